"""What was taken out of a notice: line by line for the eye, rule by rule for the list, in figures for the index."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from zhenggai.audit.marks import Part, excerpt, parts, shown_words, visible
from zhenggai.audit.rules import Reason, audit_rules, reason_of
from zhenggai.ingest.dates import find_dates
from zhenggai.ingest.text import Cut, Line
from zhenggai.model import Report

Kind = Literal["kept", "title", "cut", "moved"]
_LISTED = 40
"""Removals of one rule that are listed one by one; all are shown in the text itself."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a source line and what became of it."""

    kind: Kind
    at: int
    """Offset in the line's text at which it stands."""
    parts: tuple[Part, ...]
    reason: Reason | None = None
    """Of a cut; None for what stayed."""
    shown: str = ""
    """What is shown instead, in words."""
    keys: tuple[str, ...] = ()
    """Keys of the front matter that hold what was moved."""
    tagged: bool = False
    """Whether the rule's name is printed behind it."""


@dataclass(frozen=True, slots=True)
class Removal:
    """One cut in the list: its line, its words, what is shown instead, where it was moved."""

    line: int
    text: str
    shown: str
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """All removals of one rule."""

    reason: Reason
    count: int
    characters: int
    """Visible ones."""
    removals: tuple[Removal, ...]
    """The first of them."""
    more: int
    """How many are not listed."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Visible characters of a source by what became of them."""

    total: int = 0
    removed: int = 0
    """Text of vendors and pages."""
    code: int = 0
    """Markup and the like, which was no text."""
    moved: int = 0
    """Lines of page information, whose values are in the front matter."""

    @property
    def share(self) -> float:
        """Removed text as a share of all text, 0 to 1."""
        return self.removed / max(1, self.total - self.code)


NOTHING = Tally()
"""Of an input that was refused."""


def moved_to(cut: Cut, raw: str, report: Report) -> tuple[str, ...]:
    """Keys of the front matter that hold a value which this cut took out of the page's own lines."""
    text = raw[cut.start : cut.end]
    if reason_of(cut.rule).family.id != "moved" and not text.lower().startswith("<meta"):
        return ()
    packed = "".join(text.split())
    labels = [
        label
        for label, value in report.source.printed.items()
        if "".join(value.split()) in packed or packed.strip("：:|｜【】[]") == label
    ]
    keys = [f"source.printed.{label}" for label in labels]
    values = (report.source.printed[label] for label in labels)
    if report.published and any(d.value == report.published for v in values for d in find_dates(v)):
        keys.append("published")
    return tuple(keys)


def segments(
    line: Line, report: Report, title: tuple[int, int] = (0, 0), edges: Sequence[int] = ()
) -> tuple[Segment, ...]:
    """A line stretch by stretch; put together, they are its raw characters.

    `title`: the stretch of its text that is the title; `edges`: offsets in its text
    at which a stretch must end.
    """
    found: list[Segment] = []
    at = text_at = 0
    marks = sorted({*title, *edges})

    def kept(end: int) -> None:
        nonlocal at, text_at
        stop = text_at + end - at
        for start, until in pairwise([text_at, *(m for m in marks if text_at < m < stop), stop]):
            if until > start:
                kind: Kind = "title" if title[0] <= start < title[1] else "kept"
                found.append(Segment(kind, start, parts(line.raw[at : at + until - start])))
                at += until - start
        at, text_at = end, stop

    for number, cut in enumerate(line.cuts):
        kept(cut.start)
        keys = moved_to(cut, line.raw, report)
        found.append(
            Segment(
                "moved" if keys else "cut",
                text_at,
                parts(line.raw[cut.start : cut.end]),
                reason_of(cut.rule),
                _instead(cut, line.raw),
                keys,
                tagged=_is_tagged(line, number),
            )
        )
        at, text_at = cut.end, text_at + len(cut.shown)
    kept(len(line.raw))
    return tuple(found)


def _is_tagged(line: Line, number: int) -> bool:
    """Whether the rule's name stands behind a cut: the last of neighbours; of invisible cuts the last in the line."""
    cut, later = line.cuts[number], line.cuts[number + 1 :]
    if not visible(line.raw[cut.start : cut.end]):
        return all(other.rule != cut.rule for other in later)
    return not later or (later[0].start, later[0].rule) != (cut.end, cut.rule)


def _instead(cut: Cut, raw: str) -> str:
    """What is shown instead of a cut, in words; nothing to say where one blank takes the place of another."""
    if not cut.shown or not (visible(raw[cut.start : cut.end]) or visible(cut.shown)):
        return ""
    return shown_words(cut.shown)


def groups(lines: Sequence[Line], report: Report) -> tuple[Group, ...]:
    """Removals by rule: families in their order, then in the order of the text."""
    order = [family.id for family in audit_rules().families]
    found: dict[str, list[tuple[Line, Cut]]] = {}
    for line in lines:
        for cut in line.cuts:
            found.setdefault(cut.rule, []).append((line, cut))
    made = [_group(rule, cuts, report) for rule, cuts in found.items()]
    return tuple(sorted(made, key=lambda group: order.index(group.reason.family.id)))


def _group(rule: str, cuts: Sequence[tuple[Line, Cut]], report: Report) -> Group:
    listed = tuple(
        Removal(
            line.no,
            excerpt(line.raw[cut.start : cut.end]),
            _instead(cut, line.raw),
            moved_to(cut, line.raw, report),
        )
        for line, cut in cuts[:_LISTED]
    )
    characters = sum(len(visible(line.raw[cut.start : cut.end])) for line, cut in cuts)
    return Group(reason_of(rule), len(cuts), characters, listed, len(cuts) - len(listed))


def tally(lines: Sequence[Line], report: Report) -> Tally:
    """How much of a source was removed."""
    counts = {"removed": 0, "code": 0, "moved": 0}
    for kind, characters in _cut_characters(lines, report):
        counts[kind] += characters
    return Tally(sum(len(visible(line.raw)) for line in lines), **counts)


def _cut_characters(lines: Sequence[Line], report: Report) -> Iterator[tuple[str, int]]:
    for line in lines:
        for cut in line.cuts:
            characters = len(visible(line.raw[cut.start : cut.end]))
            family = reason_of(cut.rule).family.id
            kind = "moved" if moved_to(cut, line.raw, report) else "code" if family == "code" else "removed"
            yield kind, characters
