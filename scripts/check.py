"""Checks reports, or a built site, and says of each fault where it is and what to do.

    python scripts/check.py [PATH...]      reports (files or folders; default REPORTS or docs/reports)
    python scripts/check.py --leaks …      and where a masked notice gives away what it masks: for the clerk alone
    python scripts/check.py --site DIR     a built site: dead links, requests to other hosts, heavy pages
    python scripts/check.py --site DIR --weights    and a table of the heaviest pages

One line per fault: `file:line: CODE message (what to do)`. Exit 0: none (reminders
do not count); 1: faults; 2: wrong usage.
"""

import bootstrap

bootstrap.enter()

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from zhenggai.checks import content, weight
from zhenggai.checks import site as site_check
from zhenggai.checks.alone import Memory, Opened
from zhenggai.checks.finding import Finding
from zhenggai.frontmatter import report_files
from zhenggai.kept import made_by
from zhenggai.model import ZhenggaiError

LEAK = "MASK-LEAK"


def main(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[PATH]...", help="报告文件或文件夹；默认是环境变量 REPORTS 或 docs/reports"),
    ] = None,
    site: Annotated[
        Path | None, typer.Option(help="改为检查这个建好的网站：失效链接、外部请求、网页大小")
    ] = None,
    leaks: Annotated[
        bool, typer.Option("--leaks", help="另列疑似打码泄漏在哪一行；只供内部，不要把结果公开")
    ] = False,
    weights: Annotated[
        bool, typer.Option("--weights", help="和 --site 一起用：列出每种网页里最重的")
    ] = False,
) -> None:
    """检查报告是否合乎规格，或检查建好的网站。每行一处：文件:行: 代码 问题（办法）。

    退出码：0 没有问题（“提醒”不算）；1 有问题；2 用法不对。

    例：python scripts/check.py 报告；python scripts/check.py --site 网站 --weights
    """
    if site and paths:
        bootstrap.stop(ZhenggaiError("报告和网站请分两次检查", remedy="去掉 --site 或去掉报告的路径"), 2)
    if weights and not site:
        bootstrap.stop(ZhenggaiError("--weights 要和 --site 一起用", remedy="写明网站文件夹：--site 网站"), 2)
    default = Path(os.environ.get("REPORTS") or bootstrap.ROOT / "docs" / "reports")
    folders = [site] if site else paths or [default]
    for path in folders:
        # A new archive has no reports folder yet; only a path that somebody named can be wrong.
        if not path.exists() and (site or paths):
            bootstrap.stop(ZhenggaiError(f"找不到 {path}", remedy="检查路径；路径里有空格时整个加引号"), 2)
    folders = [path for path in folders if path.exists()]
    built = site_check.Site(site) if site else None
    try:
        findings = site_check.examine(built) if built else _of_reports(folders)
    except ZhenggaiError as error:  # a folder cannot be opened
        bootstrap.stop(error)
    given_away = [finding for finding in findings if finding.code == LEAK]
    if not leaks:
        findings = [finding for finding in findings if finding.code != LEAK]
    for finding in findings:
        print(finding)
    if built and weights:
        print(f"\n{weight.table(weight.heaviest(weight.weigh(built)))}\n")
    faults = sum(finding.stops for finding in findings)
    what = f"网站 {site}" if site else f"{_count(folders)} 份报告"
    result = f"有 {faults} 处问题" if faults else "没有发现问题"
    reminders = f"，{len(findings) - faults} 处提醒" if len(findings) > faults else ""
    print(f"{what}：{result}{reminders}。")
    if given_away and not leaks:
        print(
            f"{len({one.path for one in given_away})} 份报告疑似打码泄漏；加 --leaks 列出在哪一行（只供内部）。"
        )
    raise typer.Exit(1 if faults else 0)


def _of_reports(folders: list[Path]) -> list[Finding]:
    """Findings in reports, leaks among them; on a terminal with a bar of how many are still to be checked."""
    ours = made_by([bootstrap.ROOT / "src" / "zhenggai", Path(__file__)], {})
    console = Console(stderr=True)
    columns = (TextColumn("检查"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("", visible=False)
        return content.check(
            folders,
            [_leaks],
            lambda folder: Memory(folder, bootstrap.cache(), ours),
            lambda done, every: progress.update(task, completed=done, total=every, visible=True),
        )


def _leaks(one: Opened) -> Iterator[Finding]:
    """Reminders of masking leaks: line numbers only, since the words would take the mask off."""
    # Only where there is something to look at: it brings the whole converter, half a second.
    from zhenggai.audit.leaks import leaks_in_report

    if any(entry.get("code") == LEAK and entry.get("reason") for entry in one.report.allow):
        return
    for leak in leaks_in_report(one.text, one.report, one.body):
        place = f"第 {leak.masked_line} 行遮盖的" if leak.masked_line else "遮盖的"
        yield Finding(
            one.path, max(leak.lines[0], 1), LEAK, f"这里可能说出了{place}{leak.kind}",
            "确要隐去的，在头部 redact 里照原文写出；可以公开的，在 allow 里写明理由", stops=False,
        )  # fmt: skip


def _reports(folders: list[Path]) -> list[Path]:
    return sorted({file for path in folders for file in (report_files(path) if path.is_dir() else [path])})


def _count(folders: list[Path]) -> int:
    return len(_reports(folders))


if __name__ == "__main__":
    app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
    app.command()(main)
    app()
