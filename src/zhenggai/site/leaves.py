"""Long lists cut into leaves, so that no page grows without end.

The first leaf keeps the list's own address, the others stand below it (`…/2/`).
A leaf is full when it has its number of rows or when what its rows print would
weigh too much, whichever comes first: a page stays light however long headings
and names are. Where rows have names, a leaf ends between half full and full, behind
the row that a hash of the names picks: so a row that comes or goes moves the ends of
its own leaf, the others stay as they are and need not be made again. For the same
reason only the first leaf tells of the list as a whole (how many rows, under which
headings how many). A list may be told apart into sections (a year, a unit, a letter)
that stand under a heading each and may run over leaves.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any, TypeVar

from markupsafe import escape

from zhenggai.site import pinyin

ROWS = 200
"""Problems on one leaf of a list: about 120 KB of HTML."""
CARDS = 100
"""Notices, units or contact cards on one leaf."""
NAMES = 300
"""Names with a link and little else on one leaf."""
HEAVIEST = 150_000
"""Bytes of HTML that the rows of one leaf may come to; frame, headings and tables of contents come on top."""

T = TypeVar("T")

_MARKS = re.compile(r"[&<>\"']")
"""What is written in other characters; to look for it is cheaper than to escape what has none."""


@dataclass(frozen=True)
class Section:
    """What neighbouring rows of a list have in common."""

    name: str
    anchor: str
    """Where its heading can be linked to."""
    url: str = ""
    """The page about it, from the site's root; "" for none."""
    way: str = ""
    """What the list's own table of contents calls it, where several sections share an entry (a letter)."""
    note: str = ""
    """What stands beside the heading: a place, a count."""


@dataclass(frozen=True)
class Part:
    """The rows of one section on one leaf."""

    section: Section
    rows: Sequence[Any]
    continued: bool = False
    """Whether the section began on the leaf before."""


@dataclass(frozen=True)
class Way:
    """An entry of a list's table of contents."""

    name: str
    url: str
    rows: int | None
    """How many there are; None on all leaves but the first."""


@dataclass(frozen=True)
class Leaf:
    """One part of a long list."""

    rows: Sequence[Any]
    number: int
    total: int
    base: str
    """Address of the first leaf."""
    parts: Sequence[Part] = ()
    """The same rows by section; empty for a list without sections."""
    ways: Sequence[Way] = field(default=(), repr=False)
    """Where on which leaf each section of the whole list begins."""

    def url(self, number: int) -> str:
        """Address of another leaf of the same list."""
        return self.base if number == 1 else f"{self.base}{number}/"


def letter_section(name: str, key: Callable[[str], Any] = pinyin.sort_key) -> Section:
    """The letter that `name` stands under in a list ordered by `key`; 其他 for what has no pinyin."""
    return _letter(pinyin.initial(name, key))


@cache
def _letter(letter: str) -> Section:
    return Section("其他", "letter-other") if letter == "#" else Section(letter, f"letter-{letter}")


def printed(*texts: str | None) -> int:
    """Bytes that texts of a notice come to in HTML."""
    text = "".join(filter(None, texts))
    size = len(text.encode())
    return size + len(escape(text)) - len(text) if _MARKS.search(text) else size


def leaves(
    base: str,
    rows: Sequence[T],
    most: int,
    weight: Callable[[T], int] = lambda _row: 0,
    section: Callable[[T], Section] | None = None,
    name: Callable[[T], str] | None = None,
) -> list[Leaf]:
    """Cut `rows` into leaves of at most `most` rows; an empty list has one empty leaf.

    `weight` gives the bytes of HTML of a row. `section` gives the section of a
    row; rows of one section must stand together. `name` tells rows apart, whatever
    else becomes of them; without it each leaf but the last is full.
    """
    ends = list(_ends(rows, most, weight, section, name)) or [0]
    starts = [0, *ends[:-1]]
    cut = [Leaf(rows[a:b], n, len(ends), base) for n, (a, b) in enumerate(zip(starts, ends, strict=True), 1)]
    if section is None:
        return cut
    parts: list[list[Part]] = []
    last: Section | None = None
    for leaf in cut:
        parts.append(list(_parts(leaf.rows, section, last)))
        last = parts[-1][-1].section if parts[-1] else None
    ways = tuple(_ways(cut, parts))
    uncounted = tuple(replace(way, rows=None) for way in ways)
    return [
        replace(leaf, parts=tuple(own), ways=uncounted if leaf.number > 1 else ways)
        for leaf, own in zip(cut, parts, strict=True)
    ]


def _ends(
    rows: Sequence[T],
    most: int,
    weight: Callable[[T], int],
    section: Callable[[T], Section] | None,
    name: Callable[[T], str] | None,
) -> Iterator[int]:
    """Where each leaf ends. A row that is too heavy by itself has a leaf of its own."""
    weights = [weight(row) for row in rows]
    under = [section(row) if section else None for row in rows]
    start = 0
    while start < len(rows):
        load, half, last, end = 0, start, None, start
        while end < len(rows):
            # Most sections are one and the same object, and a comparison of contents is slow.
            new = under[end] is not last and under[end] != last
            heading = _heading(under[end]) if new else 0  # said again on each leaf
            load += weights[end] + heading
            if end > start and (end - start >= most or load > HEAVIEST):
                break
            last = under[end]
            end += 1
            if 2 * load < HEAVIEST and 2 * (end - start) < most:
                half = end
        if name and end < len(rows):
            end = 1 + min(
                range(min(half, end - 1), end), key=lambda at: (zlib.crc32(name(rows[at]).encode()), at)
            )
        yield end
        start = end


def _heading(section: Section | None) -> int:
    return 250 + 2 * printed(section.name, section.note) if section else 0


def _parts(rows: Iterable[T], section: Callable[[T], Section], last: Section | None) -> Iterator[Part]:
    group: list[T] = []
    now: Section | None = None
    continued = False
    for row in rows:
        found = section(row)
        if found is not now and found != now:
            if now is not None:
                yield Part(now, group, continued)
            continued = now is None and found == last
            now, group = found, []
        group.append(row)
    if now is not None:
        yield Part(now, group, continued)


def _ways(cut: Sequence[Leaf], parts: Sequence[Sequence[Part]]) -> Iterator[Way]:
    """The table of contents: sections in their order, those of one `way` together."""
    name, url, rows = "", "", 0
    for leaf, own in zip(cut, parts, strict=True):
        for part in own:
            called = part.section.way or part.section.name
            if called != name:
                if rows:
                    yield Way(name, url, rows)
                name, url, rows = called, f"{leaf.url(leaf.number)}#{part.section.anchor}", 0
            rows += len(part.rows)
    if rows:
        yield Way(name, url, rows)
