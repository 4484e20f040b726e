"""Pages that list notices and units: by unit, by year, unit × year, by region."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from zhenggai.model import Status
from zhenggai.site.catalog import Catalog, Notice, Unit
from zhenggai.site.filters import year_name
from zhenggai.site.groups import by_key, status_counts
from zhenggai.site.leaves import CARDS, NAMES, Leaf, Section, leaves, letter_section, printed
from zhenggai.site.page import GeneratedPage, list_page
from zhenggai.site.problem_lists import open_fits, unit_open_pages
from zhenggai.site.regions import Region

_UNITS, _YEARS, _REGIONS = (("单位", "units/"),), (("年份", "years/"),), (("地区", "regions/"),)

MASKED = Section("原文遮盖了地名", "masked")
ALONE = Section("单列的地方", "alone")
"""Places that stand under no other and have none below them: a county whose province is not known."""
SILENT = Section("原文未载明地区", "unstated")
FEW_WAYS = 40
"""Entries that the table of contents of /regions/ may have; more are told apart by letter."""


@dataclass(frozen=True)
class Span:
    """One unit in one year."""

    year: str
    notices: tuple[Notice, ...]
    url: str
    """Its one notice, or where the unit's page lists those of the year."""

    @property
    def problems(self) -> int:
        return sum(len(n.problems) for n in self.notices)

    @cached_property
    def statuses(self) -> list[tuple[Status, int]]:
        return status_counts(p for n in self.notices for p in n.problems)


@dataclass(frozen=True)
class Branch:
    """One line of /regions/ with the places inside it."""

    root: Region
    region: Region
    name: str
    below: tuple[Region, ...] = ()


def unit_pages(catalog: Catalog) -> Iterator[GeneratedPage]:
    """/units/ by pinyin, the page of each unit, its open problems where they are many."""
    units = list(catalog.units.values())

    def weight(unit: Unit) -> int:
        return 150 + len(unit.slug) + printed(unit.name, catalog.regions.beside(unit.latest, unit.name))

    first = {"units": len(units), "years": len(catalog.years)}
    for leaf in leaves("units/", units, NAMES, weight, lambda u: letter_section(u.name), lambda u: u.slug):
        places = {unit.slug: catalog.regions.beside(unit.latest, unit.name) for unit in leaf.rows}
        yield list_page(leaf, "archive/units.html", "单位", places=places, first=first)
    for unit in units:
        cut = _unit_leaves(unit)
        for leaf in cut:
            yield list_page(
                leaf, "archive/unit.html", unit.name, _UNITS,
                unit=unit, regions=catalog.regions.places(unit.latest), spans=_spans(unit, cut),
                open_fits=open_fits(unit),
                description=f"{unit.name}公开的巡察整改通报 {len(unit.notices)} 份。",
            )  # fmt: skip
        yield from unit_open_pages(unit)


def year_pages(catalog: Catalog) -> Iterator[GeneratedPage]:
    """/years/, the notices of each year, and /years/units/: which unit published in which year."""
    yield GeneratedPage("years/", "archive/years.html", "年份", {"catalog": catalog})
    for year in catalog.years.values():
        first = {"year": year, "statuses": status_counts(p for n in year.notices for p in n.problems)}
        for leaf in leaves(year.url, year.notices, CARDS, card_weight, None, _name):
            yield list_page(leaf, "archive/year.html", year_name(year.slug), _YEARS, first=first)
    rows = [(unit, {s.year: s for s in _spans(unit, _unit_leaves(unit))}) for unit in catalog.units.values()]
    years = list(catalog.years)

    def weight(row: tuple[Unit, dict[str, Span]]) -> int:
        unit, spans = row
        links = sum(150 + len(span.url) for span in spans.values())
        return 200 + len(unit.slug) + printed(unit.name) + 12 * len(years) + links

    for leaf in leaves(
        "years/units/", rows, NAMES, weight, lambda row: letter_section(row[0].name), lambda row: row[0].slug
    ):
        yield list_page(leaf, "archive/matrix.html", "各单位各年通报", _YEARS, years=years)


def region_pages(catalog: Catalog) -> Iterator[GeneratedPage]:
    """/regions/ as a tree, cut where it gets long, and the notices of each place."""
    regions = catalog.regions
    named = [Branch(r, c, c.name, tuple(c.children)) for r in regions.roots for c in r.children]
    alone = [Branch(root, root, root.name) for root in regions.roots if not root.children]
    masked = [Branch(root, region, region.full_name) for root in regions.masked for region in root.walk()]
    silent = [Branch(r, r, "查看这些通报") for r in [regions.unstated] if r]
    apart = {id(b): ALONE for b in alone} | {id(b): MASKED for b in masked} | {id(b): SILENT for b in silent}
    many = sum(bool(root.children) for root in regions.roots) > FEW_WAYS

    def section(branch: Branch) -> Section:
        root = branch.root
        way = letter_section(root.name).name if many else ""
        return apart.get(id(branch)) or Section(
            root.name, root.slug, root.url, way, f"{len(root.notices)} 份"
        )

    def weight(branch: Branch) -> int:
        return printed(branch.name) + sum(
            160 + len(r.slug) + printed(r.name) for r in (branch.region, *branch.below)
        )

    for leaf in leaves("regions/", [*named, *alone, *masked, *silent], NAMES, weight, section):
        yield list_page(leaf, "archive/regions.html", "地区")
    for region in regions.by_slug.values():
        above = tuple((r.name, r.url) for r in region.ancestors)
        for leaf in leaves(region.url, region.notices, CARDS, card_weight, None, _name):
            yield list_page(
                leaf, "archive/region.html", region.full_name, (*_REGIONS, *above),
                masked=region.masked, first={"region": region},
            )  # fmt: skip


def card_weight(notice: Notice) -> int:
    """Bytes of HTML that the card of a notice comes to."""
    report = notice.report
    broken = 3 * len(report.title)  # places where its lines may end
    return 1100 + len(notice.url) + broken + printed(report.title, report.unit, report.inspecting_body)


def _name(notice: Notice) -> str:
    return notice.report.id


def _unit_leaves(unit: Unit) -> list[Leaf]:
    return leaves(unit.url, unit.notices, CARDS, card_weight, _year_of)


def _year_of(notice: Notice) -> Section:
    return Section(year_name(notice.year), f"year-{notice.year}")


def _spans(unit: Unit, cut: list[Leaf]) -> list[Span]:
    """Its years, newest first."""
    years = by_key((n.year, n) for n in unit.notices)
    if len(years) == 1:  # its page has no headings of years
        ways = {year_name(year): f"{unit.url}#notices" for year in years}
    else:
        ways = {way.name: way.url for way in cut[0].ways}
    return [
        Span(year, tuple(own), own[0].url if len(own) == 1 else ways[year_name(year)])
        for year, own in years.items()
    ]
