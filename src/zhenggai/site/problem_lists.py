"""Pages that list problems of many notices: per category by year and by unit, and what is still open."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from operator import attrgetter
from typing import Any, NamedTuple

from zhenggai.model import Status, SubIssue
from zhenggai.rulebook import taxonomy
from zhenggai.site.catalog import OPEN, Catalog, Problem, Tag, Unit
from zhenggai.site.filters import year_name
from zhenggai.site.groups import by_key, status_counts
from zhenggai.site.leaves import ROWS, Section, leaves, letter_section, printed
from zhenggai.site.page import GeneratedPage, list_page, uncounted

SHOWN = 15_000
"""Bytes of HTML that a page gives to a list of another kind than its own; longer ones have pages of their own."""

_weight: Callable[[Problem], int] = attrgetter("weight")
_TOP = (("问题类别", "categories/"),)


class Mention(NamedTuple):
    """A 具体问题 of one category, under a problem of another."""

    problem: Problem
    sub: SubIssue


def category_pages(catalog: Catalog) -> Iterator[GeneratedPage]:
    """Every problem of each category twice: newest first under its year, and under its unit by pinyin."""
    units = _unit_sections(catalog)
    place = {slug: at for at, slug in enumerate(catalog.units)}
    for tag in catalog.tags.values():
        name, found = tag.category.name, mentions(tag)
        fit = sum(map(_mention_weight, found)) <= SHOWN
        shared: dict[str, Any] = {"category": tag.category, "url": tag.url}
        shared["first"] = {
            "tag": tag, "statuses": status_counts(tag.problems), "mentions": found, "mentions_fit": fit,
        }  # fmt: skip
        for leaf in leaves(tag.url, tag.problems, ROWS, _weight, _year_of, _name):
            yield list_page(
                leaf, "archive/category.html", name, _TOP, **shared, order="year",
                description=f"各单位公开的“{name}”方面问题 {len(tag.problems)} 个。",
            )  # fmt: skip
        below = (*_TOP, (name, tag.url))
        if tag.problems:
            by_unit = sorted(tag.problems, key=lambda p: place[p.notice.report.unit_id])
            for leaf in leaves(
                f"{tag.url}by-unit/", by_unit, ROWS, _weight, lambda p: units[p.notice.report.unit_id], _name
            ):
                yield list_page(
                    leaf, "archive/category.html", f"{name}，按单位", below, **shared, order="unit"
                )
        if not fit:
            for leaf in leaves(f"{tag.url}mentioned/", found, ROWS, _mention_weight, None, _mention_name):
                yield list_page(
                    leaf,
                    "archive/mentioned.html",
                    f"涉及{name}的具体问题",
                    below,
                    first={"total": len(found)},
                )


def open_pages(catalog: Catalog) -> Iterator[GeneratedPage]:
    """What is still open: all of it, by status, and by category under its statuses; newest first."""
    found = catalog.open_problems
    statuses = {status: [p for p in found if p.issue.status is status] for status in OPEN}
    grouped = by_key((p.issue.category, p) for p in found)
    categories = [c for c in taxonomy().categories if c.slug in grouped]
    by_status = [(status, f"open/{status.value}/", len(rows)) for status, rows in statuses.items() if rows]
    by_category = [(c, f"open/{c.slug}/", len(grouped[c.slug])) for c in categories]
    choices: dict[str, Any] = {
        "statuses": uncounted(by_status), "categories": uncounted(by_category), "status": None, "category": None,
        "first": {"total": len(found), "statuses": by_status, "categories": by_category},
    }  # fmt: skip
    title, top = "尚未完成的整改", (("尚未完成", "open/"),)
    for leaf in leaves("open/", found, ROWS, _weight, None, _name):
        yield list_page(leaf, "archive/open.html", title, **choices)
    for status, url, _ in by_status:
        for leaf in leaves(url, statuses[status], ROWS, _weight, None, _name):
            yield list_page(
                leaf, "archive/open.html", f"{status.label}的问题", top, **(choices | {"status": status})
            )
    for category, url, _ in by_category:
        rows = sorted(grouped[category.slug], key=lambda p: OPEN.index(p.issue.status))
        for leaf in leaves(url, rows, ROWS, _weight, _status_of, _name):
            yield list_page(
                leaf, "archive/open.html", f"尚未完成：{category.name}", top,
                **(choices | {"category": category}),
            )  # fmt: skip


def unit_open_pages(unit: Unit) -> Iterator[GeneratedPage]:
    """The open problems of one unit, where its own page has no room for all of them."""
    if not open_fits(unit):
        for leaf in leaves(f"{unit.url}open/", unit.open_problems, ROWS, _weight, _year_of):
            crumbs = (("单位", "units/"), (unit.name, unit.url))
            yield list_page(leaf, "archive/unit_open.html", f"{unit.name}：尚未完成的问题", crumbs, unit=unit)


def open_fits(unit: Unit) -> bool:
    """Whether a unit's own page has room for all its open problems."""
    return sum(map(_weight, unit.open_problems)) <= SHOWN


def mentions(tag: Tag) -> list[Mention]:
    """Every 具体问题 of the category that stands under a problem of another, newest notice first."""
    slug = tag.category.slug
    return [Mention(p, sub) for p in tag.mentioned for sub in p.issue.sub_issues if sub.category == slug]


def _name(problem: Problem) -> str:
    """What tells it from every other problem of the archive."""
    return f"{problem.notice.report.id}#{problem.issue.anchor}"


def _mention_name(mention: Mention) -> str:
    return f"{mention.problem.notice.report.id}#{mention.sub.anchor}"


def _mention_weight(mention: Mention) -> int:
    notice = mention.problem.notice
    return 200 + len(notice.url) + printed(mention.sub.heading, mention.sub.anchor, notice.report.unit)


def _year_of(problem: Problem) -> Section:
    return _year(problem.notice.year)


@cache
def _year(year: str) -> Section:
    return Section(year_name(year), f"year-{year}")


def _status_of(problem: Problem) -> Section:
    return _status(problem.issue.status)


@cache
def _status(status: Status) -> Section:
    return Section(status.label, f"status-{status.value}")


def _unit_sections(catalog: Catalog) -> dict[str, Section]:
    """The heading of each unit, by slug: its name, with its place where the name does not tell it."""
    return {slug: _unit(catalog, unit) for slug, unit in catalog.units.items()}


def _unit(catalog: Catalog, unit: Unit) -> Section:
    way = letter_section(unit.name).name
    return Section(
        unit.name, f"unit-{unit.slug}", unit.url, way, catalog.regions.beside(unit.latest, unit.name)
    )
