"""Every page that the archive generates, as data: where it stands, which template writes it, from what.

Nothing here knows MkDocs. Long lists are cut into leaves: the first leaf keeps
the list's own address, the others stand below it (`…/2/`), so that no page
grows without end.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from zhenggai.rulebook import data_words
from zhenggai.site.catalog import Catalog, Notice
from zhenggai.site.exports import File
from zhenggai.site.filters import year_name
from zhenggai.site.groups import initials
from zhenggai.site.tables import TABLES

ROWS = 200
"""Problems on one leaf of a list: about 120 KB of HTML."""
CARDS = 100
"""Notices, units or contact cards on one leaf."""
NEWEST = 8
"""Notices on the home page."""

MENU = (
    ("首页", ""),
    ("单位", "units/"),
    ("年份", "years/"),
    ("问题类别", "categories/"),
    ("地区", "regions/"),
    ("尚未完成", "open/"),
    ("联系方式", "contacts/"),
    ("数据", "data/"),
    ("搜索", "search/"),
    ("关于", "about/"),
)
"""The site's sections: name and address from the root."""


@dataclass(frozen=True)
class Leaf:
    """One part of a long list."""

    rows: Sequence[Any]
    number: int
    total: int
    base: str
    """Address of the first leaf."""

    def url(self, number: int) -> str:
        """Address of another leaf of the same list."""
        return self.base if number == 1 else f"{self.base}{number}/"


@dataclass(frozen=True)
class GeneratedPage:
    """One page: `url` from the root ("" is the home page), `template` in overrides/, what it shows."""

    url: str
    template: str
    title: str
    view: dict[str, Any] = field(default_factory=dict)
    crumbs: tuple[tuple[str, str], ...] = ()
    """(name, address) of the pages above, outermost first, the home page left out."""
    description: str = ""


def all_pages(catalog: Catalog) -> Iterator[GeneratedPage]:
    """Every generated page except the notices themselves, /data/ and /search/."""
    yield _home(catalog)
    yield from _units(catalog)
    yield from _years(catalog)
    yield from _categories(catalog)
    yield from _regions(catalog)
    yield from _open(catalog)
    yield from _contacts(catalog)


def report_page(catalog: Catalog, notice: Notice) -> GeneratedPage:
    """The page of one notice; its text is rendered from `notice.body` by the caller."""
    report = notice.report
    unit = catalog.units.get(report.unit_id)
    crumbs = (("单位", "units/"), (unit.name, unit.url)) if unit else (("单位", "units/"),)
    return GeneratedPage(
        notice.url,
        "archive/withdrawn.html" if report.withdrawn else "archive/report.html",
        report.title,
        {
            "notice": notice,
            "unit": unit,
            "regions": catalog.regions.of(notice),
            "siblings": [n for n in unit.notices if n is not notice] if unit else [],
        },
        crumbs,
        f"{report.unit}{report.kind or '巡察整改通报'}：{len(report.issues)} 个问题及整改情况。",
    )


def data_page(files: Mapping[str, File]) -> GeneratedPage:
    """/data/: what was exported, by file name; how it is read, on what terms it is used."""
    return GeneratedPage(
        "data/",
        "archive/data.html",
        "数据下载",
        {"files": files, "tables": TABLES, "terms": data_words().terms},
        description="本站全部通报和问题的数据文件：CSV、SQLite、JSON，附各列的含义。",
    )


def _home(catalog: Catalog) -> GeneratedPage:
    return GeneratedPage("", "archive/home.html", "首页", {"newest": catalog.notices[:NEWEST]})


def _units(catalog: Catalog) -> Iterator[GeneratedPage]:
    for leaf in _leaves("units/", list(catalog.units.values()), CARDS * 3):
        yield _list_page(leaf, "archive/units.html", "单位", groups=list(initials(leaf.rows)))
    for unit in catalog.units.values():
        for leaf in _leaves(unit.url, unit.notices, CARDS):
            yield _list_page(
                leaf,
                "archive/unit.html",
                unit.name,
                (("单位", "units/"),),
                unit=unit,
                regions=catalog.regions.of(unit.latest),
                description=f"{unit.name}公开的巡察整改通报 {len(unit.notices)} 份。",
            )


def _years(catalog: Catalog) -> Iterator[GeneratedPage]:
    yield GeneratedPage("years/", "archive/years.html", "年份")
    for year in catalog.years.values():
        name = year_name(year.slug)
        for leaf in _leaves(year.url, year.notices, CARDS):
            yield _list_page(leaf, "archive/year.html", name, (("年份", "years/"),), year=year)


def _categories(catalog: Catalog) -> Iterator[GeneratedPage]:
    yield GeneratedPage("categories/", "archive/categories.html", "问题类别")
    for tag in catalog.tags.values():
        for leaf in _leaves(tag.url, tag.problems, ROWS):
            yield _list_page(
                leaf,
                "archive/category.html",
                tag.category.name,
                (("问题类别", "categories/"),),
                tag=tag,
                description=f"各单位公开的“{tag.category.name}”方面问题 {len(tag.problems)} 个。",
            )


def _regions(catalog: Catalog) -> Iterator[GeneratedPage]:
    yield GeneratedPage("regions/", "archive/regions.html", "地区")
    for region in catalog.regions.by_slug.values():
        above = tuple((r.name, r.url) for r in region.ancestors)
        for leaf in _leaves(region.url, region.notices, CARDS):
            yield _list_page(
                leaf, "archive/region.html", region.full_name, (("地区", "regions/"), *above), region=region
            )


def _open(catalog: Catalog) -> Iterator[GeneratedPage]:
    for leaf in _leaves("open/", catalog.open_problems, ROWS):
        yield _list_page(leaf, "archive/open.html", "尚未完成的整改")


def _contacts(catalog: Catalog) -> Iterator[GeneratedPage]:
    for leaf in _leaves("contacts/", catalog.reachable, CARDS):
        yield _list_page(leaf, "archive/contacts.html", "各单位联系方式")


def _leaves(base: str, rows: Sequence[Any], size: int) -> Iterator[Leaf]:
    """Cut `rows` into leaves of at most `size`; an empty list has one empty leaf."""
    total = max(1, -(-len(rows) // size))
    for number in range(1, total + 1):
        yield Leaf(rows[(number - 1) * size : number * size], number, total, base)


def _list_page(
    leaf: Leaf,
    template: str,
    title: str,
    crumbs: tuple[tuple[str, str], ...] = (),
    *,
    description: str = "",
    **view: Any,
) -> GeneratedPage:
    if leaf.number > 1:
        crumbs = (*crumbs, (title, leaf.base))
        title = f"{title}（第 {leaf.number} 页）"
    return GeneratedPage(leaf.url(leaf.number), template, title, {"leaf": leaf, **view}, crumbs, description)
