"""Every page that the archive generates, as data: where it stands, which template writes it, from what.

Nothing here knows MkDocs. Long lists are cut into leaves, see `leaves`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice

from zhenggai.rulebook import data_words
from zhenggai.site import changes, contact_names, documents
from zhenggai.site.catalog import Catalog, Notice
from zhenggai.site.exports import File
from zhenggai.site.leaves import CARDS, leaves
from zhenggai.site.notice_lists import region_pages, unit_pages, year_pages
from zhenggai.site.page import GeneratedPage as GeneratedPage
from zhenggai.site.page import list_page
from zhenggai.site.problem_lists import category_pages, open_pages
from zhenggai.site.tables import TABLES

NEWEST = 8
"""Notices on the home page."""
SIBLINGS = 20
"""Other notices of its unit that a notice's page lists; the unit's own page has all."""

MENU = (
    ("首页", ""),
    ("单位", "units/"),
    ("年份", "years/"),
    ("问题类别", "categories/"),
    ("地区", "regions/"),
    ("文件", "documents/"),
    ("尚未完成", "open/"),
    ("联系方式", "contacts/"),
    ("统计", "statistics/"),
    ("数据", "data/"),
    ("搜索", "search/"),
    ("关于", "about/"),
)
"""The site's sections: name and address from the root."""


def all_pages(catalog: Catalog) -> Iterator[GeneratedPage]:
    """Every generated page except the notices themselves, /data/ and /search/."""
    yield _home(catalog)
    yield from unit_pages(catalog)
    yield from year_pages(catalog)
    yield _categories(catalog)
    yield from category_pages(catalog)
    yield from region_pages(catalog)
    yield from open_pages(catalog)
    yield from documents.pages(catalog)
    yield from _contacts(catalog)
    yield from changes.pages(catalog)


def report_page(
    catalog: Catalog, notice: Notice, old: Mapping[str, tuple[str, ...]] | None = None
) -> GeneratedPage:
    """The page of one notice; its text is rendered from `notice.body` by the caller.

    `old`: what else its anchors were called, see `moved.anchors`.
    """
    report = notice.report
    unit = catalog.units.get(report.unit_id)
    crumbs = (("单位", "units/"), (unit.name if unit else report.unit, f"units/{report.unit_id}/"))
    return GeneratedPage(
        notice.url,
        "archive/withdrawn.html" if report.withdrawn else "archive/report.html",
        report.title,
        {
            "notice": notice,
            "unit": unit,
            "regions": catalog.regions.places(notice),
            "siblings": list(islice((n for n in unit.notices if n is not notice), SIBLINGS)) if unit else [],
            "changes": changes.of(notice),
            "old": old or {},
        },
        crumbs,
        f"{report.unit}{report.kind or '巡察整改通报'}：{len(report.issues)} 个问题及整改情况。",
    )


def data_page(catalog: Catalog, files: Mapping[str, File]) -> GeneratedPage:
    """/data/: what was exported, by file name; how it is read, on what terms it is used."""
    return GeneratedPage(
        "data/",
        "archive/data.html",
        "数据下载",
        {"catalog": catalog, "files": files, "tables": TABLES, "terms": data_words().terms},
        description="本站全部通报和问题的数据文件：CSV、SQLite、JSON，附各列的含义。",
    )


def _home(catalog: Catalog) -> GeneratedPage:
    return GeneratedPage(
        "", "archive/home.html", "首页", {"catalog": catalog, "newest": catalog.notices[:NEWEST]}
    )


def _categories(catalog: Catalog) -> GeneratedPage:
    return GeneratedPage("categories/", "archive/categories.html", "问题类别", {"catalog": catalog})


def _contacts(catalog: Catalog) -> Iterator[GeneratedPage]:
    units = catalog.reachable
    for leaf in leaves("contacts/", units, CARDS, contact_names.card_weight, None, lambda unit: unit.slug):
        yield list_page(leaf, "archive/contacts.html", "各单位联系方式", first={"units": len(units)})
