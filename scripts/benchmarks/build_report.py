"""What builds of one size say of each other and of the bars, in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from benchmarks.building import Built

_BARS = (
    ("从头建全部", "本站，从头", "带它自己的搜索", 0.8),
    ("没有变化", "本站，没有变化", "带它自己的搜索", 0.06),
    ("加一份", "本站，加一份", "带它自己的搜索", 0.1),
)
"""What, ours, beside which, and the most that it may take of its time."""
_LARGE = {"没有变化": 0.03}
"""Bars from 5,000 notices on."""
_PAGES = ("读报告", "排网页", "网页")


_MEMORY = 4 * 1024**3
_LINEAR = 1.15
"""How much more time a notice may take in a large archive than in a small one and still be called linear."""


def growth(small: Built, large: Built) -> Iterator[str]:
    """Whether time grows in line with the number of notices, and how much memory the larger takes."""
    ratio = (large.took.wall / large.notices) / (small.took.wall / small.notices)
    verdict = "达到" if ratio <= _LINEAR else "没有达到"
    yield (
        f"从头建，{large.notices:,} 份每份用的时间是 {small.notices:,} 份的 {ratio:.2f} 倍（随份数成比例）：{verdict}。"
    )
    if small.took.peak and large.took.peak:
        each = (large.took.peak - small.took.peak) / (large.notices - small.notices) / 1024
        verdict = "达到" if large.took.peak <= _MEMORY else "没有达到"
        yield f"{large.notices:,} 份的内存 {large.took.peak / 1024**3:.1f} GB，每份 {each:.0f} KB（要求不超过 4 GB）：{verdict}。"


def facts(group: Sequence[Built]) -> Iterator[str]:
    """The ratios of one size; none where there is nothing to compare with."""
    count = group[0].notices
    for what, ours, peer, bar in _BARS:
        one, other = _of(group, ours), _of(group, peer)
        if one and other:
            most = _LARGE.get(what, bar) if count >= 5000 else bar
            yield _said(count, what, one.took.wall, "mkdocs-material（带搜索）", other.took.wall, most)
    clean, plain = _of(group, "本站，从头"), _of(group, "不带搜索")
    if clean and plain:
        pages = sum(clean.steps.get(name, 0.0) for name in _PAGES)
        rest = clean.took.wall - clean.steps.get("搜索、通讯录、订阅", 0.0)
        yield _said(
            count, "从头建通报页和列表页", pages, "mkdocs-material（不带搜索）", plain.took.wall, 0.65
        )
        yield _said(count, "从头建搜索以外的全部", rest, "mkdocs-material（不带搜索）", plain.took.wall, 1.0)
    more, hugo = _of(group, "本站，加一份"), _of(group, "Hugo")
    if more and hugo:
        pages = sum(more.steps.get(name, 0.0) for name in _PAGES)
        yield _said(count, "加一份，网页部分", pages, "Hugo 从头", hugo.took.wall, 0.6)
    for one in group:
        if one.steps:
            told = "，".join(f"{name} {seconds:.1f} 秒" for name, seconds in one.steps.items())
            yield f"{count:,} 份，{one.label}，做了 {one.pages:,} 页；各步：{told}。"


def _of(group: Sequence[Built], label: str) -> Built | None:
    return next((one for one in group if label in one.label), None)


def _said(count: int, what: str, ours: float, peer: str, theirs: float, bar: float) -> str:
    ratio = ours / theirs
    verdict = "达到" if ratio <= bar else "没有达到"
    return f"{count:,} 份，{what}：是 {peer} 的 {ratio:.2f} 倍（要求不超过 {bar}）：{verdict}。"
