#!/usr/bin/env python3
"""把 .txt 通报转换成报告（Markdown + YAML 头）。

例：python scripts/convert.py 收件箱/ --out docs/reports
"""

from __future__ import annotations

import bootstrap

bootstrap.enter()

import os
import sys
import traceback
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from zhenggai import faults
from zhenggai.audit.folder import AuditFolder, check_folder
from zhenggai.ingest.batch import Outcome, State, convert_all
from zhenggai.ingest.inputs import SAVE_AS_TEXT, inputs_of, passed_over, passed_over_line
from zhenggai.ingest.known import Memory
from zhenggai.kept import kept_for, made_by
from zhenggai.model import ZhenggaiError

HELP = """把 .txt 通报转换成报告（Markdown + YAML 头），去掉付费站和广告文字，一个字不丢。

例：python scripts/convert.py 收件箱/ --out docs/reports

人工改过的报告：新转换的改动并进去，人改过的地方照旧，并逐处说明。

退出码：0 全部转成；1 有文件没有转成（其余照常写出）；2 用法不对。
"""


def main(
    inputs: Annotated[list[Path], typer.Argument(help="要转换的 .txt 文件或文件夹", show_default=False)],
    out: Annotated[Path, typer.Option(help="报告放在哪里")] = Path("docs/reports"),
    jobs: Annotated[int, typer.Option(help="同时用几个处理器，0 为全部", min=0)] = 0,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只看结果，不写文件")] = False,
    force: Annotated[
        bool,
        typer.Option(
            "--force",
            help="人工改过的报告也用新转换的替换（更正、撤下、隐去、放行的记录保留；正文有变的须重新复核）",
        ),
    ] = False,
    audit: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            help="另写内部审核页：每份一页，原文与报告并排，写明去掉了什么、为什么（试运行时也写；不得公开）",
        ),
    ] = None,
) -> None:
    console = Console(soft_wrap=True, highlight=False, markup=False)
    try:
        files = inputs_of(inputs)
        others = passed_over(inputs, out)
        if not files:
            remedy = f"那里的 {others[0].name} 等：{SAVE_AS_TEXT}" if others else "把通报的 .txt 放进去再运行"
            raise ZhenggaiError("里面没有 .txt 文件", path="、".join(map(str, inputs)), remedy=remedy)
        pages = _audit_folder(audit, out) if audit else None
    except ZhenggaiError as error:
        _complain(error)
        raise typer.Exit(2) from error
    noted = pages.add if pages else lambda _: None
    # An audit page shows how a report came about: for that every input is converted.
    memory = None if pages or dry_run or force else _memory(out)
    processors = jobs or os.cpu_count() or 1
    try:
        outcomes = _run(console, files, out, processors, noted, memory, dry_run=dry_run, force=force)
    except KeyboardInterrupt:
        _complain(ZhenggaiError("已中止；写好的都是完整的，再运行一次就接着做完"))
        raise typer.Exit(130) from None
    except ZhenggaiError as error:  # a folder of the archive cannot be opened
        _complain(error)
        raise typer.Exit(2) from error
    except OSError as error:
        said = f"报告文件夹用不了：{faults.why(error)}"
        _complain(ZhenggaiError(said, path=error.filename or out, remedy=faults.remedy(error)))
        raise typer.Exit(2) from error
    _summary(console, outcomes, dry_run=dry_run)
    if others:
        console.print(passed_over_line(others))
    failed = any(o.state is State.REFUSED for o in outcomes)
    try:
        if pages:
            console.print(f"内部审核页：{pages.finish()}（用浏览器打开；不得公开）")
    except ZhenggaiError as error:
        _complain(error)
        failed = True
    raise typer.Exit(1 if failed else 0)


def _complain(error: ZhenggaiError) -> None:
    Console(stderr=True, soft_wrap=True, highlight=False, markup=False).print(str(error))


def _audit_folder(folder: Path, reports: Path) -> AuditFolder:
    """An empty folder of audit pages; ZhenggaiError where it would be published with the site."""
    docs, site = bootstrap.ROOT / "docs", bootstrap.ROOT / "site"
    check_folder(folder, {"报告文件夹": reports, "网站源文件": docs, "网站": site})
    return AuditFolder(folder)


def _memory(out: Path) -> Memory:
    """What earlier conversions into `out` came to. People's edits are told of in it: for nobody else to read."""
    kept = kept_for(out, bootstrap.cache(), "converted", private=True)
    return Memory(kept, made_by([bootstrap.ROOT / "src" / "zhenggai"], {}))


def _run(
    console: Console,
    files: list[Path],
    out: Path,
    jobs: int,
    noted: Callable[[Outcome], None],
    memory: Memory | None,
    *,
    dry_run: bool,
    force: bool,
) -> list[Outcome]:
    def waiting(holder: str) -> None:
        console.print(f"另一次转换正在写 {out}（{holder}），等它做完……")

    def printed(outcome: Outcome) -> None:
        noted(outcome)
        console.print(_line(outcome))

    convert = partial(
        convert_all, files, out, jobs=jobs, dry_run=dry_run, force=force, waiting=waiting, memory=memory
    )
    if not console.is_terminal:
        return convert(told=printed)
    columns = (
        TextColumn("转换"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.description}"),
    )
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("", total=len(files))

        def told(outcome: Outcome) -> None:
            noted(outcome)
            progress.update(task, advance=1, description=outcome.path.name)
            if outcome.state not in {State.WRITTEN, State.UNCHANGED}:
                progress.print(_line(outcome))

        return convert(told=told)


def _line(outcome: Outcome) -> str:
    """One line per input."""
    if outcome.state is State.REFUSED:
        return f"{outcome.state.label}  {outcome.message}"
    review = f"，{outcome.reviews} 处待复核" if outcome.reviews else ""
    message = f"  {outcome.message}" if outcome.message else ""
    return f"{outcome.state.label}  {outcome.path.name} → {outcome.report}{review}{message}"


def _summary(console: Console, outcomes: list[Outcome], *, dry_run: bool) -> None:
    table = Table(title="转换结果" + ("（试运行，没有写文件）" if dry_run else ""), title_justify="left")
    table.add_column("结果")
    table.add_column("份数", justify="right")
    table.add_column("说明")
    notes = {
        State.MERGED: "人改过的地方照旧，其余按新转换；逐处说明见上",
        State.KEPT: "报告有人改过，原样保留；要替换请加 --force",
        State.DUPLICATE: "与另一份是同一份通报，只发布一份",
        State.REFUSED: "原因见上；改正后重新运行即可",
    }
    for state in State:
        count = sum(o.state is state for o in outcomes)
        if count:
            table.add_row(state.label, str(count), notes.get(state, ""))
    waiting = [o for o in outcomes if o.reviews]
    if waiting:
        table.add_row(
            "待复核", str(len(waiting)), f"共 {sum(o.reviews for o in waiting)} 处，见各报告 YAML 头的 review"
        )
    console.print(table)


if __name__ == "__main__":
    app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
    app.command(help=HELP)(main)
    try:
        app()
    except Exception:  # a crash is not “an input was refused” (1) nor “wrong usage” (2)
        traceback.print_exc()
        print("程序意外出错，请把上面的信息发给维护者", file=sys.stderr)
        sys.exit(3)
