"""更正与撤下: what was changed in notices after they were published, as a public log.

`corrections` and `withdrawn` are written into a report by the people who keep the archive. Each
entry has an address on its notice's page that stays: corrections are counted from the oldest.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from zhenggai.site import dates
from zhenggai.site.catalog import Catalog, Notice
from zhenggai.site.filters import year_name
from zhenggai.site.leaves import CARDS, Section, leaves, printed
from zhenggai.site.page import GeneratedPage, list_page

URL = "changes/"
TITLE = "更正与撤下"


@dataclass(frozen=True, eq=False)
class Change:
    """One entry of the log."""

    notice: Notice
    word: str
    """更正 or 撤下."""
    date: str
    """EDTF."""
    said: str
    anchor: str
    """Where its notice's page says it."""


def of(notice: Notice) -> list[Change]:
    """What was changed in one notice, newest first; a withdrawal is its end."""
    report = notice.report
    own = sorted(report.corrections, key=lambda c: dates.sort_key(c.date))
    found = [Change(notice, "更正", c.date, c.note, f"correction-{n}") for n, c in enumerate(own, 1)]
    if report.withdrawn:
        found.append(Change(notice, "撤下", report.withdrawn.date, report.withdrawn.reason, "withdrawn"))
    return found[::-1]


def log(catalog: Catalog) -> list[Change]:
    """Every change in the archive, newest first; those of one day in the order of their notices."""
    every = [change for notice in catalog.everything for change in of(notice)]
    return sorted(every, key=lambda change: dates.sort_key(change.date), reverse=True)


def pages(catalog: Catalog) -> Iterator[GeneratedPage]:
    """/changes/, the log under its years; and a page for each unit of which every notice was withdrawn."""
    found = log(catalog)
    for leaf in leaves(URL, found, CARDS, _weight, _year, lambda c: f"{c.notice.report.id}#{c.anchor}"):
        yield list_page(
            leaf, "archive/changes.html", TITLE,
            description="本站通报公开以后的更正和撤下：什么时候、哪一份、改了什么、为什么。",
        )  # fmt: skip
    gone: dict[str, list[Notice]] = {}
    for notice in catalog.everything:
        if notice.report.unit_id not in catalog.units:
            gone.setdefault(notice.report.unit_id, []).append(notice)
    for slug, notices in sorted(gone.items()):
        yield GeneratedPage(
            f"units/{slug}/", "archive/unit_gone.html", notices[0].report.unit, {"notices": notices},
            (("单位", "units/"),),
        )  # fmt: skip


def _weight(change: Change) -> int:
    report = change.notice.report
    return 320 + len(change.notice.url) + printed(change.said, report.title, report.unit)


def _year(change: Change) -> Section:
    year = change.date[:4]
    return Section(year_name(year), f"year-{year.lower()}")
