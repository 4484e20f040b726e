"""统计: figures over all notices, each with what it counts and what it leaves out.

Problems are those that notices list, counted by us; printed totals are never
mixed in. Nothing is estimated: a notice that is silent, masked or not exact to
the day counts for what it says and is named among those left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from zhenggai.model import UNDATED, Origin, Status
from zhenggai.site import charts, csv_files
from zhenggai.site.catalog import Catalog
from zhenggai.site.charts import Bar, Segment
from zhenggai.site.filters import year_name
from zhenggai.site.page import GeneratedPage
from zhenggai.site.spans import Days, days_between, full

Cell = str | int


@dataclass(frozen=True)
class Figures:
    """The table under a chart, and the same as /statistics/<name>.csv."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    links: tuple[str, ...] = ()
    """Address of each row's own page; empty where rows have none."""

    @property
    def url(self) -> str:
        return f"statistics/{self.name}.csv"


@dataclass(frozen=True)
class Group:
    """The categories under one 聚焦 with their bars."""

    name: str
    problems: int
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class Statistics:
    """Everything that /statistics/ shows."""

    notices: int
    problems: int
    unlisted: int
    """Notices that list no problem one by one."""
    unreviewed: int
    undated: int
    """Notices without a year, and …"""
    undated_problems: int
    """… the problems that they list."""
    span: tuple[str, str] | None
    """First and last year, None where no notice has one."""
    self_named: int
    """Problems that units named themselves; they are among `problems`."""
    groups: tuple[Group, ...]
    categories: Figures
    year_bars: tuple[Bar, ...]
    years: Figures
    strip: tuple[Segment, ...]
    status_bars: tuple[Bar, ...]
    statuses: Figures
    strips: tuple[tuple[str, int, tuple[Segment, ...]], ...]
    """(year, problems, shares) for each year with problems."""
    statuses_by_year: Figures
    to_publication: Days
    to_signature: Days
    """Only of notices without a full date of publication."""
    days: Figures
    files: tuple[Figures, ...] = field(repr=False)
    """Every table."""


def statistics(catalog: Catalog) -> Statistics:
    """Count everything once."""
    notices, problems = catalog.notices, catalog.problems
    dated = [y for y in reversed(catalog.years.values()) if y.slug != UNDATED]
    years = [*dated, *(y for y in catalog.years.values() if y.slug == UNDATED)]
    per_year = {y.slug: Counter(p.issue.status for n in y.notices for p in n.problems) for y in years}
    per_status = Counter(p.issue.status for p in problems)
    undated = catalog.years.get(UNDATED)
    published = days_between(notices, lambda r: r.published)
    signed = days_between((n for n in notices if not full(n.report.published)), lambda r: r.signed_date)
    tables = (
        _categories(catalog),
        Figures(
            "years", ("年份", "通报（份）", "列出问题（个）"),
            tuple((year_name(y.slug), len(y.notices), y.problems) for y in years),
            tuple(y.url for y in years),
        ),
        Figures(
            "statuses", ("整改状态", "问题（个）", "占全部问题"),
            tuple((s.label, per_status[s], charts.share(per_status[s], len(problems))) for s in Status),
        ),
        Figures(
            "statuses-by-year", ("年份", *(s.label for s in Status), "合计"),
            tuple((year_name(y.slug), *(per_year[y.slug][s] for s in Status), y.problems) for y in years),
            tuple(y.url for y in years),
        ),
        _days_table(published, signed),
    )  # fmt: skip
    longest = max((len(tag.problems) for tag in catalog.tags.values()), default=0)
    return Statistics(
        notices=len(notices),
        problems=len(problems),
        unlisted=sum(not n.problems for n in notices),
        unreviewed=sum(not n.report.reviewed for n in notices),
        undated=len(undated.notices) if undated else 0,
        undated_problems=undated.problems if undated else 0,
        span=(dated[0].slug, dated[-1].slug) if dated else None,
        self_named=sum(p.issue.origin is Origin.SELF for p in problems),
        groups=tuple(
            Group(
                top.name if top else "其他",
                sum(len(tag.problems) for tag in tags),
                charts.bars([(t.category.name, len(t.problems)) for t in tags], longest=longest),
            )
            for top, tags in catalog.tops
        ),
        categories=tables[0],
        year_bars=charts.bars(
            [(year_name(y.slug), y.problems) for y in years],
            fills=["open" if y.slug == UNDATED else "plain" for y in years],
        ),
        years=tables[1],
        strip=charts.strip((s, per_status[s]) for s in Status),
        status_bars=charts.bars(
            [(s.label, per_status[s]) for s in Status], fills=[s.value for s in Status], shares=True
        ),
        statuses=tables[2],
        strips=tuple(
            (year_name(y.slug), y.problems, charts.strip((s, per_year[y.slug][s]) for s in Status))
            for y in years
            if y.problems
        ),
        statuses_by_year=tables[3],
        to_publication=published,
        to_signature=signed,
        days=tables[4],
        files=tables,
    )


def page(found: Statistics) -> GeneratedPage:
    """/statistics/."""
    return GeneratedPage(
        "statistics/", "archive/statistics.html", "统计", {"found": found},
        description=f"{found.notices} 份巡察整改通报、{found.problems} 个问题的统计图、表和数据文件。",
    )  # fmt: skip


def write(catalog: Catalog, site_dir: Path) -> Statistics:
    """Count everything, and write each table as CSV to /statistics/."""
    found = statistics(catalog)
    for table in found.files:
        path = site_dir / table.url
        path.parent.mkdir(parents=True, exist_ok=True)
        csv_files.write(path, table.columns, table.rows)
    return found


def _categories(catalog: Catalog) -> Figures:
    rows = [(top.name if top else "其他", tag) for top, tags in catalog.tops for tag in tags]
    return Figures(
        "categories",
        ("类别", "问题（个）", "其中单位自查（个）", "涉及单位（个）", "所属聚焦"),
        tuple(
            (
                tag.category.name, len(tag.problems),
                sum(p.issue.origin is Origin.SELF for p in tag.problems), tag.units, top,
            )
            for top, tag in rows
        ),
        tuple(tag.url for _, tag in rows),
    )  # fmt: skip


def _days_table(published: Days, signed: Days) -> Figures:
    def rows() -> Iterator[tuple[str, int, int]]:
        for (name, one), (_, other) in zip(published.classes, signed.classes, strict=True):
            yield name, one, other
        yield "合计", len(published.spans), len(signed.spans)
        yield "未计入：缺其中一个日期", published.silent, signed.silent
        yield "未计入：日期有遮盖或没写到日", published.partial, signed.partial
        yield "未计入：后一日期早于反馈日期", published.backwards, signed.backwards
        yield "计入的里面，日期没写年份、由本站推定的", published.inferred, signed.inferred

    return Figures("days", ("天数", "反馈到公布（份）", "反馈到落款（份）"), tuple(rows()))
