"""What the search page knows of every notice before it reads any text: facets, order, addresses.

One small file of columns, newest notice last; the numbers in a column are places
in the lists beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypedDict

from zhenggai.model import STATUS_LABELS, Issue, Level, Report, Status, UnitKind
from zhenggai.rulebook import category_by_slug
from zhenggai.site import pinyin

STATUSES = tuple(Status)

Named = tuple[str, str]
"""A value as it stands in the address, and the words for it."""


class Facets(TypedDict):
    """Lists of facet values, and per notice the places in them."""

    id: list[str]
    url: list[str]
    """"" where it is the usual reports/<year>/<id>/: a fifth of the file otherwise."""
    years: list[Named]
    year: list[int]
    units: list[Named]
    unit: list[int]
    kinds: list[Named]
    kind: list[int]
    levels: list[Named]
    level: list[int | None]
    regions: list[Named]
    region: list[list[int]]
    """Outermost first: a notice of a county is one of its province too."""
    categories: list[Named]
    statuses: list[Named]
    problems: list[list[int]]
    """Every pair of category and status that one of its problems has: category × len(statuses) + status."""


class Row(TypedDict):
    """One notice as `columns` wants it."""

    report: Report
    url: str
    regions: Sequence[Named]


def columns(rows: Sequence[Row]) -> Facets:
    """The facet columns of `rows`, in their order."""
    reports = [row["report"] for row in rows]
    names = {r.unit_id: r.unit for r in reports}  # rows are oldest first: the latest name wins
    units = sorted(names.items(), key=lambda item: (pinyin.sort_key(item[1]), item[0]))
    years = sorted({r.year for r in reports}, key=lambda y: y if y.isdigit() else "", reverse=True)
    kinds = _used(UnitKind, (r.unit_kind for r in reports))
    levels = _used(Level, (r.level for r in reports if r.level))
    regions = _regions(rows)
    slugs = _used(category_by_slug(), (i.category for r in reports for i in r.issues))
    unit_at, year_at, region_at = _places(s for s, _ in units), _places(years), _places(s for s, _ in regions)
    kind_at, level_at, slug_at = _places(kinds), _places(levels), _places(slugs)
    return Facets(
        id=[r.id for r in reports],
        url=[_unusual(row["url"], row["report"]) for row in rows],
        years=[(y, f"{y}年" if y.isdigit() else "年份不详") for y in years],
        year=[year_at[r.year] for r in reports],
        units=units,
        unit=[unit_at[r.unit_id] for r in reports],
        kinds=[(k, k) for k in kinds],
        kind=[kind_at[r.unit_kind] for r in reports],
        levels=[(v, f"{v}级" if v != Level.CENTRAL else v) for v in levels],
        level=[level_at[r.level] if r.level else None for r in reports],
        regions=regions,
        region=[[region_at[slug] for slug, _ in row["regions"]] for row in rows],
        categories=[(slug, category_by_slug()[slug].name) for slug in slugs],
        statuses=[(s, STATUS_LABELS[s]) for s in STATUSES],
        problems=[sorted({_pair(i, slug_at) for i in r.issues}) for r in reports],
    )


def _pair(issue: Issue, slug_at: dict[str, int]) -> int:
    return slug_at[issue.category] * len(STATUSES) + STATUSES.index(issue.status)


def _unusual(url: str, report: Report) -> str:
    return "" if url == f"reports/{report.year}/{report.id}/" else url


def _regions(rows: Sequence[Row]) -> list[Named]:
    """Places as a tree written out: each under the place it lies in, by pinyin."""
    seen: dict[str, tuple[str, list[str]]] = {}
    for row in rows:
        path: list[str] = []
        for slug, name in row["regions"]:
            path = [*path, name]
            seen.setdefault(slug, (name, path))

    def order(slug: str) -> tuple[list[tuple[tuple[str, ...], str]], str]:
        return [pinyin.sort_key(name) for name in seen[slug][1]], slug

    return [(slug, seen[slug][0]) for slug in sorted(seen, key=order)]


def _used(every: Iterable[str], used: Iterable[str]) -> list[str]:
    found = set(used)
    return [str(value) for value in every if value in found]


def _places(values: Iterable[str]) -> dict[str, int]:
    return {value: place for place, value in enumerate(values)}
