"""What was measured of the searches, as a table and in sentences."""

from __future__ import annotations

from collections.abc import Sequence

from rich.table import Table

from benchmarks.measuring import Measured
from benchmarks.searching import Result

COLUMNS = ("搜索", "份数", "建索引", "内存峰值", "首次结果传输", "25 个词语", "300 个片段", "40 个两段")
MOST_BYTES = {1000: 300 * 1024, 5000: 650 * 1024}
"""To the first results."""
SHARE = 1 / 5
"""Of a full index's time, for one notice more."""
MEMORY = 4 * 2**30
"""For 20,000 notices."""


def cells(result: Result) -> tuple[str, ...]:
    """One row; – for what was not measured."""
    wire, took = result.wire, result.took
    scores = [str(result.scores[kind]) if kind in result.scores else "–" for kind in ("词语", "片段", "两段")]
    return (
        result.name,
        f"{result.notices:,}",
        f"{took.wall:.1f} 秒",
        "–" if took.peak is None else f"{took.peak / 2**20:,.0f} MB",
        f"{_kb(wire.middle)}（最多 {_kb(wire.most)}）" if wire else "–",
        *scores,
    )


def pretty(results: Sequence[Result]) -> Table:
    """For the terminal."""
    shown = Table(title="搜索", title_justify="left")
    for at, name in enumerate(COLUMNS):
        shown.add_column(name, justify="right" if at else "left")
    for result in results:
        shown.add_row(*cells(result))
    return shown


def table(results: Sequence[Result]) -> str:
    """For the README."""
    lines = [COLUMNS, ("---", *["--:"] * (len(COLUMNS) - 1)), *map(cells, results)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def facts(
    results: Sequence[Result], full: Measured, newest: Measured, older: Measured, large: int
) -> list[str]:
    """Ratios and bars, a sentence each."""
    said = [_adding(*which, full, large) for which in (("最新的", newest), ("早先的", older))]
    for ours in (r for r in results if r.name == "本站"):
        if ours.wire and (most := MOST_BYTES.get(ours.notices)):
            said.append(
                f"{ours.notices:,} 份时首次结果传输中位 {_kb(ours.wire.middle)}、最多 {_kb(ours.wire.most)}"
                f"（不超过 {_kb(most)}）：{_verdict(ours.wire.most <= most)}。"
            )
        if ours.notices >= 20_000 and ours.took.peak:
            said.append(
                f"{ours.notices:,} 份建索引的内存峰值 {ours.took.peak / 2**30:.1f} GB（不超过 {MEMORY / 2**30:.0f} GB）："
                f"{_verdict(ours.took.peak <= MEMORY)}。"
            )
        if ours.scores:
            exact = all(score.recall == score.precision == 1 for score in ours.scores.values())
            said.append(f"召回和准确都须是 1.000：{_verdict(exact)}。")
        said += [_beside(ours, r) for r in results if r.name != "本站" and r.notices == ours.notices]
    return said


def _adding(which: str, more: Measured, full: Measured, large: int) -> str:
    share = more.wall / full.wall
    told = f"{large:,} 份再加一份{which}：{more.wall:.1f} 秒，是全部重建（{full.wall:.1f} 秒）的 {share:.0%}"
    if more.cpu and full.cpu:
        told += f"；CPU 时间 {more.cpu:.1f} 秒，是 {full.cpu:.1f} 秒的 {more.cpu / full.cpu:.0%}"
    return f"{told}（不超过 {SHARE:.0%}）：{_verdict(share <= SHARE)}。"


def _beside(ours: Result, other: Result) -> str:
    parts = [f"建索引用时是本站的 {other.took.wall / ours.took.wall:.2f} 倍"]
    if other.took.peak and ours.took.peak:
        parts.append(f"内存 {other.took.peak / ours.took.peak:.2f} 倍")
    if other.wire and ours.wire:
        parts.append(f"首次结果传输 {other.wire.middle / ours.wire.middle:.1f} 倍")
    return f"{other.name}，{other.notices:,} 份：{'，'.join(parts)}。"


def _kb(count: int) -> str:
    return f"{count / 1024:,.0f} KB"


def _verdict(met: bool) -> str:
    return "达到" if met else "没有达到"
