"""Whether two texts are one notice: copies from two sites, a corrected copy, or two notices after all.

Wording alone does not tell: two units' notices after one template, or a unit's
second notice of the same inspection, may share nine words in ten. So whatever both
print must agree as well: unit, dates, counts, what is said of each problem, figures.
What one of them masks or lacks agrees with anything.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cache, cached_property

from rapidfuzz import fuzz

from zhenggai.ingest.markdown import plain
from zhenggai.ingest.metadata import is_masked
from zhenggai.ingest.placenames import MASK
from zhenggai.ingest.sketch import worded
from zhenggai.ingest.unitnames import normalise
from zhenggai.model import Report, Status
from zhenggai.rulebook import Rule, Wordings, load

COPY = 90.0
"""Likeness (0–100) of the wording from which two texts may be copies of one notice."""
_SURE = 97.0
"""The same where neither names its unit and no date is printed in both."""
_CORRECTED = 50.0
"""Under one file name, with nothing that speaks against it."""
_DATES = ("inspection_start", "inspection_end", "feedback_date", "signed_date")
"""Not the day of publication: that is each site's own."""
_COUNTS = ("problem_count", "completed_count", "completion_rate")
_NEAR_HEADING = 80.0
_NEAR_NAME = 70.0
_MASKS = re.compile(rf"[{re.escape(MASK)}]+")
_FIGURE = re.compile(r"\d+")


class _CopyRules(Rule):
    """rules/copies.yaml."""

    later: Wordings


@cache
def later_rules() -> Wordings:
    """What later notices of a unit are called."""
    return load("copies.yaml", _CopyRules).later


def later_words(title: str) -> list[str]:
    """The words in a title that set a later notice apart from the first, sorted."""
    return sorted(re.findall("|".join(later_rules().patterns), title))


@dataclass(frozen=True, eq=False)
class Notice:
    """A notice as it is compared: a conversion, or a report read again."""

    report: Report
    body: str = field(repr=False)

    @cached_property
    def wording(self) -> str:
        """What a reader sees of the body, folded."""
        return worded(plain(self.body))

    @cached_property
    def figures(self) -> Counter[str]:
        """Every number in it."""
        return Counter(_FIGURE.findall(self.wording))


def unit_key(report: Report) -> str:
    """The unit's one name; empty where place or name are masked or missing, so that it tells nobody apart."""
    places = _places(report)
    firm = any(places) and not any(is_masked(name) for name in (report.unit, *places) if name)
    return normalise(report.unit) if firm else ""


def keys_agree(one: str, other: str) -> bool:
    """Whether two `unit_key`s may be of one unit: equal, or one with more of its place ahead."""
    return one.endswith(other) or other.endswith(one)


def dates_of(report: Report) -> str:
    """The dates on which copies agree: start and end of the inspection, feedback, signature."""
    return "|".join(getattr(report, name) or "" for name in _DATES)


def dates_agree(one: str, other: str) -> bool:
    """Whether no date of `dates_of` contradicts the other; masked digits agree with any."""
    return all(_date_agrees(a, b) for a, b in zip(one.split("|"), other.split("|"), strict=True))


def copies(one: Notice, other: Notice) -> float | None:
    """The likeness (0–100) of two copies of one notice; None when they are two notices."""
    a, b = one.report, other.report
    if not units_agree(a, b) or not dates_agree(dates_of(a), dates_of(b)) or not _counts_agree(a, b):
        return None
    if later_words(a.title) != later_words(b.title) and not (_untitled(a) or _untitled(b)):
        return None
    firm = unit_key(a) and unit_key(b)
    least = COPY if firm or _shared_dates(a, b) else _SURE
    like = likeness(one, other, least)
    if like < least or not figures_agree(one, other) or not _problems_agree(one, other):
        return None
    return like


def corrected(old: Notice, new: Notice) -> bool:
    """Whether `new`, under the same file name, is `old` put right; else another notice took the name."""
    a, b = old.report, new.report
    like = likeness(old, new, _CORRECTED)
    same_figures = figures_agree(old, new)
    if not units_agree(a, b):  # perhaps its name was what had to be put right
        return like >= _SURE and same_figures and fuzz.ratio(a.unit, b.unit) >= _NEAR_NAME
    if like >= COPY and same_figures:
        return True
    if not dates_agree(dates_of(a), dates_of(b)):
        return False
    return bool(like >= _CORRECTED or (_shared_dates(a, b) and unit_key(a) and unit_key(b)))


def likeness(one: Notice, other: Notice, least: float = 0.0) -> float:
    """How alike the wording is, 0–100; what is below `least` may come back as 0."""
    return fuzz.ratio(one.wording, other.wording, score_cutoff=least)


def units_agree(one: Report, other: Report) -> bool:
    """Whether both may be of one unit: names that differ at most by masks and by the place ahead."""
    if unit_key(one) and unit_key(other):
        places = zip(_places(one), _places(other), strict=True)
        return keys_agree(unit_key(one), unit_key(other)) and all(not a or not b or a == b for a, b in places)
    names = [normalise(report.unit) for report in (one, other)]
    if keys_agree(*(_MASKS.sub("", name) for name in names)):
        return True
    return any(
        re.fullmatch(".{0,8}".join(map(re.escape, _MASKS.split(masked))), name)
        for masked, name in (names, names[::-1])
        if _MASKS.search(masked)
    )


def figures_agree(one: Notice, other: Notice) -> bool:
    """Whether nearly every number of the text that prints fewer is in the other."""
    fewer, more = sorted((one.figures, other.figures), key=Counter.total)
    return (fewer - more).total() <= max(1, fewer.total() * 0.15)


def _places(report: Report) -> tuple[str | None, ...]:
    return report.province, report.city, report.county


def _date_agrees(one: str, other: str) -> bool:
    return not one or not other or all(a == b or "X" in (a, b) for a, b in zip(one, other, strict=False))


def _shared_dates(one: Report, other: Report) -> bool:
    """Whether a day without masks is printed in both."""
    pairs = zip(dates_of(one).split("|"), dates_of(other).split("|"), strict=True)
    return any(a == b and len(a) == 10 and "X" not in a for a, b in pairs)


def _counts_agree(one: Report, other: Report) -> bool:
    pairs = ((getattr(one, name), getattr(other, name)) for name in _COUNTS)
    return all(a is None or b is None or a == b for a, b in pairs)


def _untitled(report: Report) -> bool:
    return any(review.code == "title-missing" for review in report.review)


def _problems_agree(one: Notice, two: Notice) -> bool:
    """Nearly every problem of each is in the other's text, and none is said to stand otherwise."""
    for side, other in ((one, two), (two, one)):
        headings = [worded(issue.heading) for issue in side.report.issues]
        found = sum(fuzz.partial_ratio(heading, other.wording) >= _NEAR_HEADING for heading in headings)
        if found < len(headings) * 0.8:
            return False
    for issue in one.report.issues:
        near = (
            c
            for c in two.report.issues
            if fuzz.ratio(worded(issue.heading), worded(c.heading)) >= _NEAR_HEADING
        )
        same = max(near, key=lambda c: fuzz.ratio(worded(issue.heading), worded(c.heading)), default=None)
        if same and issue.status != same.status and Status.UNSTATED not in (issue.status, same.status):
            return False
    return True
