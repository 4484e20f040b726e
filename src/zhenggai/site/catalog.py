"""The archive as the site sees it: notices, and the ways in to them.

Everything here is a view of front matter, in a fixed order: notices newest
first with undated ones last, names by pinyin, categories as in the vocabulary.
Withdrawn notices keep their page but stand in no view.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from zhenggai.kept import Kept
from zhenggai.model import Issue, Origin, Report, Status
from zhenggai.rulebook import Category, Top, category_by_slug, taxonomy
from zhenggai.site import dates, pinyin, reading
from zhenggai.site.groups import by_key, has_contacts, prints_contacts
from zhenggai.site.leaves import printed
from zhenggai.site.regions import Regions

OPEN = (Status.IN_PROGRESS, Status.MOSTLY_COMPLETED, Status.LONG_TERM)
"""What a unit says it is still working on. 未写明 is not among them: silence is no statement."""


@dataclass(frozen=True, eq=False)
class Notice:
    """One report with its address and its problems."""

    report: Report
    body: str = field(repr=False)
    """Markdown, without front matter."""
    path: Path
    digest: bytes = field(default=b"", repr=False)
    """Of its whole file."""

    @cached_property
    def url(self) -> str:
        """From the site's root, without a leading slash."""
        return f"reports/{self.report.year}/{self.report.id}/"

    @property
    def year(self) -> str:
        return self.report.year

    @cached_property
    def date(self) -> str | None:
        """The EDTF date that orders it."""
        return dates.report_date(self.report)

    @property
    def date_kind(self) -> str:
        """Which of its dates that is: 公开 落款 反馈 巡察结束."""
        found = dates.dated(self.report)
        return found[1] if found else ""

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """All its problems in printed order."""
        return tuple(Problem(self, issue) for issue in self.report.issues)

    @property
    def fed_back(self) -> tuple[Problem, ...]:
        """Problems that the inspection named."""
        return tuple(p for p in self.problems if p.issue.origin is Origin.FEEDBACK)

    @property
    def self_named(self) -> tuple[Problem, ...]:
        """Problems that the unit named itself."""
        return tuple(p for p in self.problems if p.issue.origin is Origin.SELF)


@dataclass(frozen=True, eq=False)
class Problem:
    """One problem of one notice."""

    notice: Notice
    issue: Issue

    @property
    def category(self) -> Category:
        return category_by_slug()[self.issue.category]

    @cached_property
    def weight(self) -> int:
        """Bytes of HTML that its row comes to, whatever columns a list has."""
        report, issue = self.notice.report, self.issue
        links = len(self.notice.url) + len(report.unit_id) + len(issue.category)
        return 420 + links + printed(issue.heading, issue.anchor, report.unit, self.category.name)


@dataclass(frozen=True, eq=False)
class Unit:
    """被巡察单位: all notices of one `unit_id`."""

    slug: str
    notices: tuple[Notice, ...]

    @property
    def url(self) -> str:
        return f"units/{self.slug}/"

    @property
    def latest(self) -> Notice:
        return self.notices[0]

    @property
    def name(self) -> str:
        """As its latest notice gives it."""
        return self.latest.report.unit

    @property
    def other_names(self) -> list[str]:
        """Names in its other notices, where they differ."""
        return sorted({n.report.unit for n in self.notices} - {self.name}, key=pinyin.sort_key)

    @cached_property
    def reachable(self) -> Notice | None:
        """The latest notice that prints a contact one can use."""
        return next((n for n in self.notices if has_contacts(n.report.contacts)), None)

    @property
    def masked_contacts(self) -> Notice | None:
        """The latest notice that prints any contact, where none prints one that can be used."""
        found = (n for n in self.notices if prints_contacts(n.report.contacts))
        return None if self.reachable else next(found, None)

    @cached_property
    def open_problems(self) -> tuple[Problem, ...]:
        return tuple(p for n in self.notices for p in n.problems if p.issue.status in OPEN)

    @cached_property
    def recurring(self) -> list[tuple[Category, int]]:
        """Categories found in two or more of its notices, with the number of notices."""
        found = Counter(slug for n in self.notices for slug in n.report.tags)
        return [(c, found[c.slug]) for c in taxonomy().categories if found[c.slug] > 1]


@dataclass(frozen=True, eq=False)
class Year:
    """年份: the notices filed under one year, or under `undated`."""

    slug: str
    notices: tuple[Notice, ...]

    @property
    def url(self) -> str:
        return f"years/{self.slug}/"

    @cached_property
    def problems(self) -> int:
        """How many problems they list together."""
        return sum(len(n.problems) for n in self.notices)


@dataclass(frozen=True, eq=False)
class Tag:
    """One category with every problem it was given."""

    category: Category
    problems: tuple[Problem, ...]
    mentioned: tuple[Problem, ...]
    """Problems of other categories with a 具体问题 of this one; never counted."""

    @property
    def url(self) -> str:
        return f"categories/{self.category.slug}/"

    @cached_property
    def units(self) -> int:
        return len({p.notice.report.unit_id for p in self.problems})


class Catalog:
    """All views of one archive."""

    def __init__(self, reports: Iterable[reading.Read]) -> None:
        notices = sorted((Notice(r.report, r.body, r.path, r.digest) for r in reports), key=_newest_first)
        self.everything: tuple[Notice, ...] = tuple(notices)
        self.notices: tuple[Notice, ...] = tuple(n for n in notices if not n.report.withdrawn)
        self.regions = Regions(self.notices)

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """Every problem, newest notice first, in printed order within one."""
        return tuple(p for n in self.notices for p in n.problems)

    @cached_property
    def units(self) -> dict[str, Unit]:
        """By slug, in the order of the names."""
        groups = by_key((n.report.unit_id, n) for n in self.notices)
        units = [Unit(slug, tuple(members)) for slug, members in groups.items()]
        return {u.slug: u for u in sorted(units, key=lambda u: (pinyin.sort_key(u.name), u.slug))}

    @cached_property
    def years(self) -> dict[str, Year]:
        """Newest first, `undated` last."""
        groups = by_key((n.year, n) for n in self.notices)
        order = sorted(groups, key=lambda y: y if y.isdigit() else "", reverse=True)
        return {year: Year(year, tuple(groups[year])) for year in order}

    @cached_property
    def tags(self) -> dict[str, Tag]:
        """Categories that any problem or 具体问题 was given, in the order of the vocabulary."""
        rows = by_key((p.issue.category, p) for p in self.problems)
        mentions = by_key(
            (slug, p)
            for p in self.problems
            for slug in sorted({s.category for s in p.issue.sub_issues} - {p.issue.category})
        )
        return {
            c.slug: Tag(c, tuple(rows.get(c.slug, ())), tuple(mentions.get(c.slug, ())))
            for c in taxonomy().categories
            if c.slug in rows or c.slug in mentions
        }

    @cached_property
    def tops(self) -> list[tuple[Top | None, list[Tag]]]:
        """The categories under the four official 聚焦; those without one last, under None."""
        tops: list[Top | None] = [*taxonomy().tops, None]
        groups = [
            (top, [t for t in self.tags.values() if t.category.top == (top.slug if top else None)])
            for top in tops
        ]
        return [(top, tags) for top, tags in groups if tags]

    @cached_property
    def open_problems(self) -> tuple[Problem, ...]:
        return tuple(p for p in self.problems if p.issue.status in OPEN)

    @cached_property
    def reachable(self) -> list[Unit]:
        """Units with any contact, by name."""
        return [u for u in self.units.values() if u.reachable]


def read(folder: Path, named: Path | None = None, kept: Kept | None = None) -> Catalog:
    """The catalog of the archive in `folder`; see `reading.read_all` for the others and what it raises."""
    return Catalog(reading.read_all(folder, named, kept))


def _newest_first(notice: Notice) -> tuple[tuple[int, ...], str]:
    key = dates.sort_key(notice.date) or (f"{notice.year}0000" if notice.year.isdigit() else "")
    return tuple(-ord(c) for c in key.ljust(10, "0")), notice.report.id
