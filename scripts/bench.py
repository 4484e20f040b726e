"""量一量快慢：造出一批虚构的通报，量转换、建站和搜索的耗时、处理器时间和峰值内存，搜索找得全不全、准不准。

例：python scripts/bench.py convert；python scripts/bench.py build；python scripts/bench.py search
"""

from __future__ import annotations

import bootstrap

bootstrap.enter()

import json
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

import browser
from benchmarks import build_report, corpus, search_report
from benchmarks.building import Builder
from benchmarks.corpus import Corpus
from benchmarks.engines import Lunr, Ours, Pagefind
from benchmarks.measuring import Measured, MeasureError, Others, median_of, run
from benchmarks.searching import Asked, Bench, Result, chromium, peer
from benchmarks.tables import Row, machine, markdown, pretty

SCRIPTS = Path(__file__).resolve().parent
ENOUGH = 80
"""Notices a second that a core must convert."""
AIM = 150
"""… and should."""
FLAT = 1.25
"""How much memory may grow from the smallest corpus to the largest and still be called flat."""
CROWDED = 0.1
"""How much of the cores' work may be for others before the figures say so."""

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, no_args_is_help=True)
told = Console(stderr=True, highlight=False, soft_wrap=True)


@app.callback()
def main() -> None:
    """量一量快慢：造出一批虚构的通报，量耗时、处理器时间和峰值内存，取几轮的中位数。"""


@app.command()
def convert(
    notices: Annotated[int, typer.Option(help="最小一批造几份；大的是它的 5 倍和 20 倍", min=4)] = 1000,
    rounds: Annotated[int, typer.Option(help="每项量几轮，取中位数", min=1)] = 3,
    full: Annotated[
        bool, typer.Option("--full", help="再量 20 倍的一批，只量一轮（约需 2 GB 磁盘、十几分钟）")
    ] = False,
    as_markdown: Annotated[bool, typer.Option("--markdown", help="打印 README 里的那张表")] = False,
    work: Annotated[Path | None, typer.Option(help="临时文件放在哪里，用后删去；默认系统临时文件夹")] = None,
) -> None:
    """量转换：一个进程里的纯转换、convert.py 用一个核和用全部核、通报增多时的内存。

    例：python scripts/bench.py convert --markdown；只想试一试：python scripts/bench.py convert --notices 50 --rounds 1
    """
    cores = os.cpu_count() or 1
    others = Others()
    with tempfile.TemporaryDirectory(prefix="zhenggai-bench-", dir=work) as name:
        folder = Path(name)
        told.print("正在造通报……")
        made = corpus.make(folder / "incoming", 20 if full else 5, notices)
        rows = [_pure(made, notices, rounds, folder)]
        for count, jobs, times in (
            (notices, 1, rounds),
            (notices, cores, rounds),
            (5 * notices, cores, rounds),
            *([(20 * notices, cores, 1)] if full else []),
        ):
            rows.append(_whole(made, count, jobs, times, folder))
    facts = [
        f"{machine()}；{rounds} 轮的中位数{f'，{20 * notices:,} 份只量一轮' if full else ''}。",
        *_company(others.share()),
        f"{made.count:,} 份虚构通报，{made.sizes()}，遮盖 {made.masked:,} 份，用词 {made.words:,} 个、虚构地名 {made.places:,} 个。",
        *_ratios(rows),
    ]
    _print(markdown(rows), pretty(rows, "转换"), facts, as_markdown)


@app.command()
def search(
    notices: Annotated[int, typer.Option(help="小的一批造几份；大的是它的 5 倍", min=20)] = 1000,
    rounds: Annotated[int, typer.Option(help="每项量几轮，取中位数", min=1)] = 3,
    full: Annotated[
        bool, typer.Option("--full", help="再量 20 倍的一批建索引（大的一批换编号重复四次）")
    ] = False,
    peers: Annotated[
        Path | None,
        typer.Option(help="装有 mkdocs-material、jieba、pagefind 的虚拟环境，用来对照；默认在本环境里找"),
    ] = None,
    as_markdown: Annotated[bool, typer.Option("--markdown", help="打印 README 里的那张表")] = False,
    work: Annotated[
        Path | None, typer.Option(help="中间文件放在哪里；指明了就留着，下次接着用。默认临时文件夹，用后删去")
    ] = None,
) -> None:
    """量搜索：在浏览器里逐条核对找得全不全、准不准，首次结果传输多少，建索引和加一份要多久、多少内存。

    例：python scripts/bench.py search --markdown；只想试一试：python scripts/bench.py search --notices 40 --rounds 1
    """
    others = Others()
    with tempfile.TemporaryDirectory(prefix="zhenggai-bench-") as name:
        folder = work or Path(name)
        folder.mkdir(parents=True, exist_ok=True)
        bench = Bench(folder.resolve(), notices, rounds, told.print)
        bench.prepare()
        results, said = _searches(bench, peers, full=full)
        adding = bench.adding()
    facts = [
        f"{machine()}；{rounds} 轮的中位数，大的一批各量一轮。",
        *_company(others.share()),
        *search_report.facts(results, *adding, bench.large),
        *said,
    ]
    _print(search_report.table(results), search_report.pretty(results), facts, as_markdown)


@app.command()
def build(
    notices: Annotated[int, typer.Option(help="小的一批造几份；大的是它的 5 倍", min=20)] = 1000,
    rounds: Annotated[int, typer.Option(help="每项量几轮，取中位数", min=1)] = 3,
    large: Annotated[bool, typer.Option("--large", help="也量大的一批")] = False,
    full: Annotated[
        bool,
        typer.Option(
            "--full", help="也量大的一批，再把它换编号重复四次，从头建一次（约需 10 GB 磁盘、半小时以上）"
        ),
    ] = False,
    peers: Annotated[
        Path | None,
        typer.Option(help="装有 mkdocs-material、Zensical、Pelican 的虚拟环境，用来对照；默认在本环境里找"),
    ] = None,
    as_markdown: Annotated[bool, typer.Option("--markdown", help="打印 README 里的那张表")] = False,
    work: Annotated[
        Path | None, typer.Option(help="中间文件放在哪里；指明了就留着，下次接着用。默认临时文件夹，用后删去")
    ] = None,
) -> None:
    """量建站：从头、没有变化、加一份通报，和装着的别的程序对照。

    例：python scripts/bench.py build --markdown；只想试一试：python scripts/bench.py build --notices 40 --rounds 1
    """
    others = Others()
    python = _python(peers)
    with tempfile.TemporaryDirectory(prefix="zhenggai-bench-") as name:
        folder = (work or Path(name)).resolve()
        folder.mkdir(parents=True, exist_ok=True)
        made = corpus.make(folder / "incoming", 5 if large or full else 1, notices)
        builder = Builder(folder, made, rounds, told.print)
        groups = []
        for count in (notices, 5 * notices) if large or full else (notices,):
            group = builder.ours(count)
            if peer(python, "material"):
                group += [builder.material(count, python, search) for search in (False, True)]
                if zensical := _program("zensical", peers):
                    group.append(builder.zensical(count, zensical))
            if pelican := _program("pelican", peers):
                group.append(builder.pelican(count, pelican))
            if hugo := _program("hugo", peers):
                group.append(builder.hugo(count, hugo))
            groups.append(group)
            builder.once()
        grown = builder.grown(5 * notices, 4) if full else None
    jieba = "带" if peer(python, "jieba") else "不带"
    facts = [
        f"{machine()}；{rounds} 轮的中位数，大的一批只量一轮；mkdocs-material 的搜索{jieba} jieba。",
        *_company(others.share()),
        *(fact for group in groups for fact in build_report.facts(group)),
        *(build_report.growth(groups[-1][0], grown) if grown else ()),
    ]
    every = [*(one for group in groups for one in group), *([grown] if grown else [])]
    rows = [Row(one.label, one.notices, one.took) for one in every]
    _print(markdown(rows), pretty(rows, "建站"), facts, as_markdown)


def _print(table: str, shown: object, facts: Sequence[str], as_markdown: bool) -> None:
    """The table and what it says: for the README, or for people."""
    if as_markdown:
        print(f"{table}\n\n" + "\n".join(f"- {fact}" for fact in facts))
    else:
        Console(soft_wrap=True).print(shown)
        print("\n".join(facts))


def _python(peers: Path | None) -> Path:
    """The Python that others are looked for in."""
    within = "Scripts/python.exe" if os.name == "nt" else "bin/python"
    return peers / within if peers else Path(sys.executable)


def _program(name: str, peers: Path | None) -> str | None:
    """Another builder, beside that Python or wherever the system finds it."""
    return shutil.which(name, path=str(_python(peers).parent)) or shutil.which(name)


def _searches(bench: Bench, peers: Path | None, *, full: bool) -> tuple[list[Result], list[str]]:
    """Ours and the others, small and large; and a sentence for what could not be measured."""
    python = _python(peers)
    small, large = bench.ours(bench.notices, bench.rounds), bench.ours(bench.large, 1)
    results, said = [small, large], []
    site = bench.site()
    asked: list[Asked] = [Asked(small, site, Ours), Asked(large, bench.large_site(), Ours)]
    if full:
        results.append(bench.ours(20 * bench.notices, 1))
    for count in (bench.notices, bench.large):
        if peer(python, "material, jieba"):
            result, worker = bench.lunr(python, count)
            results.append(result)
            asked.append(
                Asked(result, bench.work / f"lunr-{count}", partial(Lunr, worker=worker), alike=True)
            )
        if peer(python, "pagefind"):
            results.append(bench.pagefind(python, count))
            asked.append(Asked(results[-1], bench.work / f"pagefind-{count}", Pagefind))
    if len(asked) == 2:
        said.append(
            "没有装 mkdocs-material、jieba、pagefind，不作对照（用 --peers 指明装有它们的虚拟环境）。"
        )
    path = browser.find()
    if path is None or not peer(Path(sys.executable), "playwright"):
        return results, [
            *said,
            "没有浏览器或 Playwright，没有核对查询结果，也没有量传输（先运行 make test 的准备）。",
        ]
    with chromium(path) as started:
        for one in asked:
            if one.result.notices == bench.notices:
                bench.ask(started, one)
            bench.weigh(started, one)
    return results, said


def _pure(made: Corpus, count: int, rounds: int, folder: Path) -> Row:
    """Conversion alone in one process: its own clock, without Python's start and the loading of rules."""
    command: list[str | Path] = [sys.executable, "-m", "benchmarks.pure", *made.first(count)]
    paths = [SCRIPTS, SCRIPTS.parent / "src"]

    def once() -> Measured:
        took = run(command, folder / "log", paths=paths)
        told_by = json.loads(took.said.splitlines()[-1])
        if told_by["refused"]:
            raise MeasureError(f"{told_by['refused']} 份虚构通报没有转成（请先让它们都能转换）")
        return Measured(told_by["wall"], told_by["cpu"], took.peak)

    return Row("纯转换，一个进程", count, _median("纯转换", rounds, once))


def _whole(made: Corpus, count: int, jobs: int, rounds: int, folder: Path) -> Row:
    """The command as clerks run it, into an empty folder each time."""
    label = f"整条命令，{jobs} 核"
    out = folder / "reports"
    command: list[str | Path] = [
        sys.executable,
        SCRIPTS / "convert.py",
        *made.first(count),
        "--out",
        out,
        "--jobs",
        str(jobs),
    ]

    def once() -> Measured:
        shutil.rmtree(out, ignore_errors=True)
        return run(command, folder / "log")

    return Row(label, count, _median(f"{label}，{count:,} 份", rounds, once))


def _median(what: str, rounds: int, once: Callable[[], Measured]) -> Measured:
    runs = []
    for at in range(rounds):
        told.print(f"{what}：第 {at + 1}/{rounds} 轮……")
        runs.append(once())
    return median_of(runs)


def _company(share: float | None) -> list[str]:
    """A sentence when other work kept the machine busy."""
    if share is None or share < CROWDED:
        return []
    return [f"量的时候机器正忙，处理器所做的事有 {share:.0%} 是别的程序的，数字比清静时差。"]


def _ratios(rows: list[Row]) -> list[str]:
    """What the rows say of each other and of the bars, in sentences."""
    pure, one, many, *larger = rows
    facts = [
        f"整条命令（一个核）是纯转换的 {one.took.wall / pure.took.wall:.2f} 倍时间；"
        f"用全部核比只用一个核快到 {one.took.wall / many.took.wall:.2f} 倍。"
    ]
    rate = pure.per_core or pure.notices / pure.took.wall
    verdict = "达到" if rate >= AIM else "过了底线，没有达到目标" if rate >= ENOUGH else "没有达到"
    facts.append(f"每核每秒 {rate:.0f} 份（底线 {ENOUGH}，目标 {AIM}）：{verdict}。")
    for row in larger:
        if row.took.peak and many.took.peak:
            grown = row.took.peak / many.took.peak
            flat = "持平" if grown <= FLAT else f"没有持平（上限 {FLAT} 倍）"
            facts.append(f"{row.notices:,} 份的内存是 {many.notices:,} 份的 {grown:.2f} 倍：{flat}。")
    return facts


if __name__ == "__main__":
    # Ended from outside: take away the corpus and the child as well.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        app()
    except MeasureError as error:
        bootstrap.stop(error)
