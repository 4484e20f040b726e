"""The two kinds of page: one notice, source beside report; and the index of a batch."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from zhenggai.audit.align import Aligned, Block, Piece, align
from zhenggai.audit.facts import read_facts
from zhenggai.audit.leaks import FILE_NAME, Leak, find_leaks
from zhenggai.audit.marks import plain
from zhenggai.audit.problems import Problem, read_problems
from zhenggai.audit.removals import NOTHING, Segment, Tally, groups, moved_to, segments, tally
from zhenggai.audit.rules import audit_rules
from zhenggai.ingest.convert import Conversion
from zhenggai.ingest.outcome import Outcome, State
from zhenggai.ingest.text import Line
from zhenggai.model import Report, Review

MANY_REVIEWS = 6
"""From so many entries on a notice is among those to look at first."""
LARGE_SHARE = 0.2
"""Removed text, as a share of all text, from which on a notice is among those to look at first."""


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A numbered line on the left, or a piece of one."""

    no: int
    first: bool
    """Whether the line begins with it."""
    segments: tuple[Segment, ...]
    blank: bool
    reviews: tuple[Review, ...]
    leaks: tuple[Leak, ...]


@dataclass(frozen=True, slots=True)
class ReportBlock:
    """A block on the right, with the problem that begins there."""

    block: Block
    problem: Problem | None
    again: bool
    """Whether the problem is repeated here."""
    sub: bool
    """Whether the anchor is that of a sub-problem."""


@dataclass(frozen=True, slots=True)
class PageRow:
    """Lines and blocks side by side."""

    lines: tuple[SourceLine, ...]
    blocks: tuple[ReportBlock, ...]

    @property
    def blank(self) -> bool:
        """Whether nothing stands on either side."""
        return not self.blocks and all(line.blank for line in self.lines)

    @property
    def left_out(self) -> tuple[Segment, ...]:
        """Of lines that left nothing on the right: what was cut, the first of each rule."""
        if self.blocks:
            return ()
        cuts = (s for line in self.lines for s in line.segments if s.reason and not line.blank)
        return tuple({s.reason.id: s for s in cuts if s.reason}.values())


@dataclass(frozen=True, slots=True)
class Entry:
    """What the index says of one input."""

    path: Path
    """As it was named to the command."""
    state: State
    message: str
    page: str | None
    """Address of its page; None when it was refused, or its page could not be made."""
    title: str = ""
    problems: int = 0
    tally: Tally = NOTHING
    reviews: int = 0
    leaks: int = 0

    @property
    def name(self) -> str:
        """The input's name."""
        return self.path.name

    @property
    def folder(self) -> str:
        """Where it lies; empty for the folder in which the command ran."""
        return "" if self.path.parent == Path() else str(self.path.parent)

    @property
    def first(self) -> tuple[str, ...]:
        """Why a person should look at it before the others; empty when nothing stands out."""
        if self.state is State.REFUSED:
            return ("没有转成",)
        if self.page is None:
            return ("没有审核页",)
        why = []
        if self.leaks:
            why.append(f"疑似打码泄漏 {self.leaks} 处")
        if self.tally.share >= LARGE_SHARE:
            why.append(f"去掉的文字占 {self.tally.share:.0%}")
        if self.reviews >= MANY_REVIEWS:
            why.append(f"待复核 {self.reviews} 处")
        if not self.problems:
            why.append("没有读出问题")
        return tuple(why)


@cache
def _templates() -> Environment:
    folder = Path(__file__).parent / "templates"
    env = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    env.filters["plain"] = plain
    env.globals["FILE_NAME"] = FILE_NAME
    # Nothing runs and nothing loads: of all that stands in a page only this very style sheet counts.
    css = (folder / "style.css").read_text(encoding="utf-8")
    env.globals["style"] = Markup(css)  # noqa: S704 - our own file
    env.globals["style_hash"] = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    return env


def notice_page(outcome: Outcome, conversion: Conversion, page: str) -> tuple[str, Entry]:
    """The page of one converted notice, to be kept as `page`, and its entry for the index."""
    report, lines = conversion.report, conversion.cleaned.lines
    aligned = align(conversion)
    problems = read_problems(conversion, aligned)
    leaks = find_leaks(conversion)
    entry = Entry(
        outcome.path,
        outcome.state,
        outcome.message,
        page,
        report.title,
        len(problems),
        tally(lines, report),
        len(report.review),
        len(leaks),
    )
    removed = groups(lines, report)
    html = (
        _templates()
        .get_template("page.html")
        .render(
            outcome=outcome,
            report=report,
            entry=entry,
            rows=_rows(conversion, aligned, problems, leaks),
            removed=removed,
            families=[f for f in audit_rules().families if any(g.reason.family == f for g in removed)],
            leaks=leaks,
            problems=problems,
            facts=read_facts(report, [(line.no, _read(line, report)) for line in lines]),
        )
    )
    return html, entry


def _read(line: Line, report: Report) -> str:
    """What the report has of a line: its text, or the whole of it when its values went to the front matter."""
    return line.raw if any(moved_to(cut, line.raw, report) for cut in line.cuts) else line.text


def index_page(entries: Sequence[Entry]) -> str:
    """The index of a batch."""
    states = [(state, sum(entry.state is state for entry in entries)) for state in State]
    return (
        _templates()
        .get_template("index.html")
        .render(
            entries=entries,
            first=[entry for entry in entries if entry.first],
            states=[(state, count) for state, count in states if count],
            tally=Tally(
                *(
                    sum(getattr(e.tally, key) for e in entries)
                    for key in ("total", "removed", "code", "moved")
                )
            ),
        )
    )


def _rows(
    conversion: Conversion, aligned: Aligned, problems: Sequence[Problem], leaks: Sequence[Leak]
) -> list[PageRow]:
    at = {problem.anchor: problem for problem in problems}
    again = {anchor: problem for problem in problems for anchor, _ in problem.again}
    subs = {sub.anchor for problem in problems for sub in problem.subs}

    edges: dict[int, list[int]] = {}
    for row in aligned.rows:
        for piece in row.pieces:
            edges.setdefault(piece.line.no, []).append(piece.start)

    def source(piece: Piece) -> SourceLine:
        line, report = piece.line, conversion.report
        whole = segments(line, report, aligned.title.get(line.no, (0, 0)), edges[line.no])
        return SourceLine(
            line.no,
            piece.start == 0,
            tuple(s for s in whole if piece.start <= s.at and (piece.last or s.at < piece.end)),
            not line.raw.strip(),
            tuple(review for review in report.review if review.line == line.no and piece.last),
            tuple(leak for leak in leaks if line.no in leak.lines and piece.last),
        )

    def shown(block: Block) -> ReportBlock:
        anchor = block.anchor or ""
        return ReportBlock(block, at.get(anchor) or again.get(anchor), anchor in again, anchor in subs)

    return [PageRow(tuple(map(source, row.pieces)), tuple(map(shown, row.blocks))) for row in aligned.rows]
