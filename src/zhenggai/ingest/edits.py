"""Cutting what stands in a line's *text*, where its *raw* characters already have holes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from zhenggai.ingest.text import Cut, Line

Span = tuple[int, int, str, str]
"""(start, end, rule, shown) in the coordinates of `Line.text`."""


def cut_spans(line: Line, spans: Iterable[Span]) -> Line:
    """The line with the spans of its `text` cut, in one pass whatever their number.

    `spans` are sorted and do not overlap. A span that takes only a part of what
    an earlier cut shows takes the whole cut and shows the rest itself.
    """
    if not line.cuts:
        cuts = tuple(Cut(*span) for span in spans)
        return replace(line, cuts=cuts) if cuts else line
    where = _map(line)
    new: list[Cut] = []
    for start, end, rule, shown in spans:
        if end <= start:
            continue
        first, last = where[start], where[end - 1]
        text = line.text
        while start and first[2] and where[start - 1] == first:
            start -= 1  # within the shown part of an earlier cut
            shown = text[start] + shown
        while end < len(where) and last[2] and where[end] == last:
            shown += text[end]
            end += 1
        if new and first[0] < new[-1].end:
            new[-1] = Cut(new[-1].start, max(new[-1].end, last[1]), rule, new[-1].shown + shown)
        else:
            new.append(Cut(first[0], last[1], rule, shown))
    return replace(line, cuts=_merge(line.cuts, new))


def drop_overlaps(spans: list[Span]) -> list[Span]:
    """Sorted by start; of overlapping ones the first and longest stays."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda s: (s[0], -s[1])):
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return kept


def cut_line(line: Line, rule: str) -> Line:
    """The line emptied."""
    return replace(line, cuts=(Cut(0, len(line.raw), rule),)) if line.raw else line


def _map(line: Line) -> list[tuple[int, int, bool]]:
    """For each character of the text, the raw span it stands for and whether a cut shows it."""
    where: list[tuple[int, int, bool]] = []
    at = 0
    for cut in line.cuts:
        where += [(i, i + 1, False) for i in range(at, cut.start)]
        where += [(cut.start, cut.end, True)] * len(cut.shown)
        at = cut.end
    where += [(i, i + 1, False) for i in range(at, len(line.raw))]
    return where


def _merge(old: tuple[Cut, ...], new: list[Cut]) -> tuple[Cut, ...]:
    """Both lists in order, the old ones that lie inside new ones swallowed."""
    merged: list[Cut] = []
    i = 0
    for cut in new:
        while i < len(old) and old[i].end <= cut.start:
            merged.append(old[i])
            i += 1
        while i < len(old) and old[i].start < cut.end:
            i += 1
        merged.append(cut)
    merged += old[i:]
    return tuple(merged)
