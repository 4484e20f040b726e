"""Days between the feedback of an inspection and what a unit published, where both dates are known to the day."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from zhenggai.model import Report
from zhenggai.site import charts
from zhenggai.site.catalog import Notice
from zhenggai.site.charts import Bar

STEP = 30
"""Days that one bar of the distribution covers."""
LAST = 360
"""Longer ones share one bar."""


@dataclass(frozen=True)
class Days:
    """Days between two full dates of a notice, and the notices that do not give both."""

    spans: tuple[int, ...]
    """In order of length."""
    silent: int
    """Notices that lack one of the dates."""
    partial: int
    """Notices of which one date is masked or not exact to the day."""
    backwards: int
    """Notices whose second date, as printed, lies before the first."""
    inferred: int
    """Notices among `spans` that print one of the dates without its year."""

    @property
    def classes(self) -> list[tuple[str, int]]:
        """How many notices fall into each stretch of `STEP` days."""
        found = Counter(min((days - 1) // STEP if days else 0, LAST // STEP) for days in self.spans)
        names = [
            f"{STEP} 天以内",
            *(f"{a + 1}—{a + STEP} 天" for a in range(STEP, LAST, STEP)),
            f"超过 {LAST} 天",
        ]
        return [(name, found[at]) for at, name in enumerate(names)]

    @property
    def bars(self) -> tuple[Bar, ...]:
        """Up to the longest that occurs; the table goes on."""
        classes = self.classes
        while classes and not classes[-1][1]:
            classes.pop()
        return charts.bars(classes)

    @property
    def half(self) -> int:
        """The number of days within which at least half of them lie."""
        return self.spans[(len(self.spans) - 1) // 2]


def full(date: str | None) -> datetime.date | None:
    """A date that is known to the day."""
    return datetime.date.fromisoformat(date) if date and len(date) == 10 and "X" not in date else None


def days_between(notices: Iterable[Notice], until: Callable[[Report], str | None]) -> Days:
    """The days from each notice's feedback to the date that `until` takes of it."""
    spans: list[int] = []
    left: Counter[str] = Counter()
    for notice in notices:
        first, second = notice.report.feedback_date, until(notice.report)
        start, end = full(first), full(second)
        if start and end:
            days = (end - start).days
            if days < 0:
                left["backwards"] += 1
            else:
                spans.append(days)
                left["inferred"] += _inferred(notice.report, {str(first), str(second)})
        else:
            left["partial" if first and second else "silent"] += 1
    return Days(tuple(sorted(spans)), left["silent"], left["partial"], left["backwards"], left["inferred"])


def _inferred(report: Report, dates: set[str]) -> bool:
    """Whether the converter had to infer the year of one of `dates`: its note tells which date it made."""
    notes = [r.message for r in report.review if r.code == "year-inferred"]
    return any(date in note for note in notes for date in dates)
