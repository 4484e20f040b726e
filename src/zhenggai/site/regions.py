"""地区: province, city, county as the notices print them, as a tree with addresses.

A masked place (X市) is shown as printed and stands apart: two masked places of
one name need not be the same place. A notice that prints no place stands under
`UNSTATED`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from zhenggai.model import Report
from zhenggai.site import pinyin
from zhenggai.slug import slug

if TYPE_CHECKING:
    from zhenggai.site.catalog import Notice

UNSTATED = "unstated"
"""Slug of the page of notices that print no place."""

_MASK = re.compile(r"[XxＸ×○〇*＊某]")


@dataclass(eq=False)
class Region:
    """One place and all notices in it; filled by `Regions`, not changed afterwards."""

    path: tuple[str, ...]
    """Its names, outermost first: `("岚江省", "云岫县")`."""
    slug: str
    parent: Region | None
    children: list[Region] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.path[-1] if self.path else "原文未载明地区"

    @property
    def full_name(self) -> str:
        return "".join(self.path) or self.name

    @property
    def url(self) -> str:
        return f"regions/{self.slug}/"

    @property
    def masked(self) -> bool:
        """Whether any part of its name is masked."""
        return any(is_masked(name) for name in self.path)

    def walk(self) -> Iterator[Region]:
        """Itself and all places inside it, each before those inside it."""
        yield self
        for child in self.children:
            yield from child.walk()

    @property
    def ancestors(self) -> list[Region]:
        """Outermost first, itself left out."""
        return [] if self.parent is None else [*self.parent.ancestors, self.parent]


class Place(NamedTuple):
    """What a page that is not about a place shows of it."""

    name: str
    url: str
    path: tuple[str, ...]
    """Empty where the notice prints no place."""


class Regions:
    """The tree of places of one archive."""

    def __init__(self, notices: Iterable[Notice]) -> None:
        """`notices` in the order in which each place shall list its own."""
        notices = list(notices)
        self.by_slug: dict[str, Region] = {}
        self._by_path: dict[tuple[str, ...], Region] = {}
        # Of two places spelt alike, the one filed first keeps the plain address: it is the older one.
        for notice in sorted(notices, key=lambda n: (n.report.year, n.report.id)):
            self._add(place(notice.report))
        for notice in notices:
            for region in self.of(notice):
                region.notices.append(notice)
        for region in self.by_slug.values():
            region.children.sort(key=_by_name)

    @property
    def roots(self) -> list[Region]:
        """Places that stand under no other and are printed in full, by pinyin."""
        return [r for r in self._tops if r.path and not r.masked]

    @property
    def masked(self) -> list[Region]:
        """Outermost places with a masked name, by pinyin."""
        return [r for r in self._tops if r.masked]

    @property
    def unstated(self) -> Region | None:
        """Where notices without a place are gathered, if there are any."""
        return self._by_path.get(())

    @property
    def _tops(self) -> list[Region]:
        return sorted((r for r in self.by_slug.values() if r.parent is None), key=_by_name)

    def of(self, notice: Notice) -> list[Region]:
        """The place of a notice with those around it, outermost first; `[UNSTATED]` where it prints none."""
        region = self._by_path.get(place(notice.report))
        return [] if region is None else [*region.ancestors, region]

    def places(self, notice: Notice) -> tuple[Place, ...]:
        """`of`, without all that lies in those places."""
        return tuple(Place(r.name, r.url, r.path) for r in self.of(notice))

    def beside(self, notice: Notice, name: str) -> str:
        """The place to print beside the name of a unit: "" where there is none, or where the name tells it."""
        found = self.of(notice)
        told = not found or not found[-1].path or found[-1].name in name
        return "" if told else found[-1].full_name

    def _add(self, path: tuple[str, ...]) -> Region:
        if path in self._by_path:
            return self._by_path[path]
        parent = self._add(path[:-1]) if len(path) > 1 else None
        address = slug("".join(path).replace("陕西", "shaanxi")) if path else UNSTATED
        if address in self.by_slug:
            address = f"{address}-{hashlib.sha256('/'.join(path).encode()).hexdigest()[:6]}"
        region = Region(path, address, parent)
        self.by_slug[address] = self._by_path[path] = region
        if parent is not None:
            parent.children.append(region)
        return region


def place(report: Report) -> tuple[str, ...]:
    """Province, city and county of a report, without those it does not give."""
    return tuple(name for name in (report.province, report.city, report.county) if name)


def is_masked(name: str) -> bool:
    """Whether a name is masked: X市, ××县, 某县, **区."""
    return bool(_MASK.search(name))


def _by_name(region: Region) -> tuple[tuple[str, ...], str]:
    return pinyin.sort_key(region.name)
