"""How heavy the pages of a built site are: the HTML of each, and what a first visit brings over the wire."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from zhenggai.checks.finding import Finding

if TYPE_CHECKING:
    from zhenggai.checks.site import Site

HTML_LIMIT = 200_000
"""Bytes of one HTML file as it lies on the disk."""
FIRST_LIMIT = 120_000
"""Bytes of a page with its style sheets, scripts, icons and pictures, each packed by gzip."""

_LEVEL = 1
"""What nginx packs with unless it is told otherwise: no server sends more."""
_PACKED = {".avif", ".gif", ".jpeg", ".jpg", ".png", ".webp", ".woff", ".woff2"}
_IMPORT = re.compile(r"""^\s*(?:import|export)\b[^"';]*["'](\.[^"']+)["']""", re.MULTILINE)
_FETCHED = re.compile(r"""url\(\s*['"]?([^'")]+)|@import\s+['"]([^'"]+)""")

KINDS = (
    ("首页", r""),
    ("一份通报", r"reports/.+"),
    ("单位一览", r"units/(\d+/)?"),
    ("单位的尚未完成", r"units/.+/open/.*"),
    ("一个单位", r"units/.+"),
    ("年份一览", r"years/"),
    ("单位与年份对照", r"years/units/.*"),
    ("一年", r"years/.+"),
    ("类别一览", r"categories/"),
    ("一类问题，按单位", r"categories/.+/by-unit/.*"),
    ("一类问题，涉及的", r"categories/.+/mentioned/.*"),
    ("一类问题", r"categories/.+"),
    ("地区一览", r"regions/(\d+/)?"),
    ("一个地区", r"regions/.+"),
    ("尚未完成", r"open/.*"),
    ("一份文件", r"documents/.+-[0-9a-f]{8}/.*"),
    ("文件", r"documents/.*"),
    ("联系方式", r"contacts/.*"),
    ("统计", r"statistics/.*"),
    ("更正与撤下", r"changes/.*"),
    ("数据", r"data/.*"),
    ("搜索", r"search/.*"),
    ("其他", r".*"),
)
"""Kinds of page: name, and what their addresses look like from the root; the first that fits."""
_KINDS = tuple((name, re.compile(pattern)) for name, pattern in KINDS)


@dataclass(frozen=True, slots=True)
class Weight:
    """One page, in bytes."""

    path: Path
    address: str
    """From the root of the site; "" is the home page."""
    html: int
    first: int

    @property
    def kind(self) -> str:
        """Its row in `KINDS`."""
        return next(name for name, pattern in _KINDS if pattern.fullmatch(self.address))


@dataclass(frozen=True, slots=True)
class Row:
    """The pages of one kind: how many, and the heaviest by either measure."""

    kind: str
    count: int
    html: Weight
    first: Weight


def weigh(site: Site) -> Iterator[Weight]:
    """Every page of the site, by path. What is fetched by scripts later on (the search index) is not in it."""

    @cache
    def packed(path: Path) -> int:
        data = path.read_bytes()
        return len(data) if path.suffix in _PACKED else len(gzip.compress(data, _LEVEL))

    @cache
    def needs(path: Path) -> frozenset[Path]:
        """What a style sheet or a module asks for in its turn."""
        if path.suffix not in (".css", ".js"):
            return frozenset()
        text = path.read_text(encoding="utf-8")
        urls = _IMPORT.findall(text) if path.suffix == ".js" else [a or b for a, b in _FETCHED.findall(text)]
        return frozenset(file for url in urls if (file := site.file(path, url)))

    for path in site.pages():
        page = site.page(path)
        waiting = [
            file for link in page.links if link.loads and (file := site.file(path, link.url, page.base))
        ]
        loaded: set[Path] = set()
        while waiting:
            file = waiting.pop()
            # A form's target counts as an address that is asked for, but not on a first view.
            if file not in loaded and file.suffix != ".html":
                loaded.add(file)
                waiting += needs(file)
        own = path.read_bytes()
        first = len(gzip.compress(own, _LEVEL)) + sum(map(packed, loaded))
        yield Weight(path, site.address(path), len(own), first)


def findings(weights: Iterable[Weight]) -> Iterator[Finding]:
    """One for each page over a limit."""
    for weight in weights:
        if weight.html > HTML_LIMIT:
            yield Finding(
                weight.path, 1, "HEAVY-PAGE",
                f"网页有 {kb(weight.html)}，超过 {kb(HTML_LIMIT)}，手机上打开慢",
                "清单应分页（site/leaves.py）；通报本身太长的，可分成几份收存",
            )  # fmt: skip
        if weight.first > FIRST_LIMIT:
            yield Finding(
                weight.path, 1, "HEAVY-FIRST-VIEW",
                f"第一次打开要传 {kb(weight.first)}（压缩后，连同样式和脚本），超过 {kb(FIRST_LIMIT)}",
                "减少样式、脚本或图片",
            )  # fmt: skip


def heaviest(weights: Iterable[Weight]) -> list[Row]:
    """The heaviest page of each kind, in the order of `KINDS`."""
    kinds: dict[str, list[Weight]] = {name: [] for name, _ in KINDS}
    for weight in weights:
        kinds[weight.kind].append(weight)
    return [
        Row(name, len(own), max(own, key=lambda w: w.html), max(own, key=lambda w: w.first))
        for name, own in kinds.items()
        if own
    ]


def kb(size: int) -> str:
    """Thousands of bytes, for people."""
    return f"{size / 1000:,.1f} KB"


def table(rows: Iterable[Row]) -> str:
    """The heaviest pages as a Markdown table."""
    lines = ["| 网页 | 页数 | 最重一页的 HTML | 第一次打开，压缩后 |", "| --- | --: | --: | --: |"]
    lines += [f"| {r.kind} | {r.count:,} | {kb(r.html.html)} | {kb(r.first.first)} |" for r in rows]
    return "\n".join(lines)
