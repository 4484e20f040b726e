"""Pieces and problems → blocks: which stretch becomes a heading, which gets an anchor.

Anchors come from the wording, never from the position, so that they stay when a
notice is corrected elsewhere. Order and characters stay as printed: a piece is
only ever cut into consecutive stretches.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from zhenggai.ingest import wording
from zhenggai.ingest.markdown import Block
from zhenggai.ingest.outline import Node, Outline
from zhenggai.ingest.pieces import Piece
from zhenggai.ingest.problem import Problem, Span
from zhenggai.slug import anchor

_HEADING_MAX = 70
"""A numbered line longer than this is a paragraph."""


@dataclass(slots=True)
class Anchors:
    """Anchors of each problem, its repetitions and its sub-problems."""

    of: dict[int, str] = field(default_factory=dict)
    """`id(span)` → anchor."""


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    level: int
    """0: the stretch stays running text and only carries the anchor."""
    anchor: str | None


def lay_out(
    pieces: Sequence[Piece], outline: Outline, problems: Sequence[Problem]
) -> tuple[list[Block], Anchors]:
    """The blocks of the body, and where each problem stands."""
    anchors = Anchors()
    taken: set[str] = set()
    marks: dict[int, list[_Mark]] = {}
    depth = _depths(outline, problems)

    def mark(span: Span, heading: str, level: int) -> None:
        name = anchor(heading, taken)
        taken.add(name)
        anchors.of[id(span)] = name
        marks.setdefault(id(span.piece), []).append(_Mark(span.start, span.end, level, name))

    for problem in problems:
        level = 0 if problem.in_text or problem.node is None else depth[problem.node]
        mark(problem.span, problem.heading, level)
    for problem in problems:  # after all problems, so that a problem has its wording without -2
        for again in problem.again:
            mark(again.span, again.heading, depth[again.node] if again.node else 0)
        level = 0 if problem.in_text or problem.node is None else depth[problem.node]
        for sub in problem.subs:
            alone = sub.span.start == 0 and sub.span.end == len(sub.span.piece.text)
            mark(sub.span, sub.heading, min(level + 1, 6) if alone and level else 0)
    for node, level in depth.items():
        if id(node.piece) not in marks:
            marks[id(node.piece)] = [_Mark(0, len(node.piece.text), level, None)]
    return [block for piece in pieces for block in _blocks(piece, marks.get(id(piece), []))], anchors


def _depths(outline: Outline, problems: Sequence[Problem]) -> dict[Node, int]:
    """Heading level of each node that is shown as a heading: 2 below the title, no level skipped."""
    rows = {p.node for problem in problems for p in (problem, *problem.again) if p.node and not p.in_text}
    depths: dict[Node, int] = {}

    def visit(node: Node, level: int, *, inside: bool) -> None:
        own = node in rows or (not inside and _is_heading(node))
        if own:
            depths[node] = min(level, 6)
        for child in node.children:
            visit(child, level + own, inside=inside or node in rows)

    for root in outline.roots:
        visit(root, 2, inside=False)
    return depths


def _is_heading(node: Node) -> bool:
    text = node.piece.text
    if len(text) > _HEADING_MAX or node.label or node.row:
        return False
    if len(text) > 30 and wording.first_sentence(node.rest) < len(node.rest):
        return False  # a sentence and its account on one line
    return bool(node.children or node.body) or (node.parent is None and text[-1] not in "。；;")


def _blocks(piece: Piece, marks: Sequence[_Mark]) -> list[Block]:
    text = piece.text
    if not marks:
        return [Block(text)]
    blocks: list[Block] = []
    at = 0
    pending: str | None = None

    def paragraph(start: int, end: int, name: str | None) -> None:
        if text[start:end].strip():
            blocks.append(Block(text[start:end].strip(), 0, name))

    for mark in sorted(marks, key=lambda m: (m.start, m.end)):
        if mark.start < at:
            continue  # cannot be: spans of one piece do not overlap
        paragraph(at, mark.start, pending)
        pending = None
        if mark.level:
            blocks.append(Block(text[mark.start : mark.end].strip(), mark.level, mark.anchor))
            at = mark.end
        else:
            at, pending = mark.start, mark.anchor
    paragraph(at, len(text), pending)
    return blocks
