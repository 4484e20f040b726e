"""Source lines beside the blocks of the report that they became.

Nothing is guessed: a conversion keeps every visible character in its order (title
apart, which stands in the front matter), so each character of the report is known
by its place in the source.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from zhenggai.audit.marks import visible
from zhenggai.ingest.convert import Conversion
from zhenggai.ingest.markdown import plain
from zhenggai.ingest.text import Line

_HEADING = re.compile(r"(?P<level>#{1,6}) .*?(?: \{#(?P<anchor>[^{}\s]+)\})?")
_ANCHOR = re.compile(r"\{: #(?P<anchor>[^{}\s]+) \}")
TITLE_LEVEL = 1


@dataclass(frozen=True, slots=True)
class Block:
    """A heading (level 2–6), a paragraph (level 0) or the title (level 1) as a reader sees it."""

    text: str
    level: int
    anchor: str | None


@dataclass(frozen=True, slots=True)
class Piece:
    """A line, or of a line that holds several blocks the stretch that belongs to one."""

    line: Line
    start: int
    """Offset in `line.text`; what was cut there belongs to this piece."""
    end: int
    last: bool
    """Whether the line ends with it."""


@dataclass(frozen=True, slots=True)
class Row:
    """The fewest pieces and blocks that hold the same words."""

    pieces: tuple[Piece, ...]
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Aligned:
    """The whole notice, and in which stretch of which line the title stands."""

    rows: tuple[Row, ...]
    title: dict[int, tuple[int, int]]
    """Number of a line → [start, end) of its `text`."""

    def line_of(self, anchor: str) -> int | None:
        """The line in which the block with this anchor begins, as far as its row tells."""
        for row in self.rows:
            if any(block.anchor == anchor for block in row.blocks):
                return next((p.line.no for p in row.pieces if p.line.text.strip()), row.pieces[0].line.no)
        return None


def blocks_of(body: str) -> list[Block]:
    """The blocks of a body that `ingest.markdown` wrote."""
    found = []
    for piece in body.strip("\n").split("\n\n"):
        first, _, rest = piece.partition("\n")
        heading, mark = _HEADING.fullmatch(first), _ANCHOR.fullmatch(rest)
        if heading:
            found.append(Block(plain(first), len(heading["level"]), heading["anchor"]))
        else:
            found.append(Block(plain(first), 0, mark["anchor"] if mark else None))
    return found


@dataclass(frozen=True, slots=True)
class _Span:
    start: int
    end: int
    block: Block


def align(conversion: Conversion) -> Aligned:
    """Lines and blocks of one conversion, row by row, in order; no line and no block is left out."""
    lines, blocks = conversion.cleaned.lines, blocks_of(conversion.body)
    whole = "".join(visible(line.text) for line in lines)
    title = visible(conversion.report.title)
    at = _title_at(whole, "".join(visible(block.text) for block in blocks), title)
    spans: list[_Span] = []
    offset = 0
    for block in blocks:
        start, offset = offset, offset + len(visible(block.text))
        late, over = at >= 0 and start >= at, at >= 0 and offset > at
        spans.append(_Span(start + len(title) * late, offset + len(title) * over, block))
    if at >= 0:
        spans.append(_Span(at, at + len(title), Block(conversion.report.title, TITLE_LEVEL, None)))
        spans.sort(key=lambda span: (span.start, span.end))
    return Aligned(tuple(_rows(lines, spans)), _title_in(lines, at, len(title)) if at >= 0 else {})


def _title_at(whole: str, shown: str, title: str) -> int:
    """Where the title was taken out of the text; -1 when it is not printed."""
    at = whole.find(title) if title and len(whole) == len(shown) + len(title) else -1
    while at >= 0 and whole[:at] + whole[at + len(title) :] != shown:
        at = whole.find(title, at + 1)
    return at


def _rows(lines: Sequence[Line], spans: Sequence[_Span]) -> list[Row]:
    """Cut where the end of a piece is also the end of a block."""
    rows: list[tuple[list[Piece], list[Block]]] = []
    offset = end = taken = 0
    for piece in _pieces(lines, sorted({span.start for span in spans})):
        stop = offset + len(visible(piece.line.text[piece.start : piece.end]))
        if not rows or offset >= end:
            rows.append(([], []))
        rows[-1][0].append(piece)
        offset, end = stop, max(end, stop)
        while taken < len(spans) and spans[taken].start < end:
            rows[-1][1].append(spans[taken].block)
            end = max(end, spans[taken].end)
            taken += 1
    if rows and taken < len(spans):  # cannot be while characters are conserved; never leave one out
        rows[-1][1].extend(span.block for span in spans[taken:])
    return [Row(tuple(held), tuple(blocks)) for held, blocks in rows]


def _pieces(lines: Sequence[Line], starts: Sequence[int]) -> Iterator[Piece]:
    """The lines, cut where a block begins inside one. `starts`: places of those in the visible text."""
    offset = 0
    for line in lines:
        stop = offset + len(visible(line.text))
        inside = {
            start - offset for start in starts[bisect_right(starts, offset) : bisect_left(starts, stop)]
        }
        at = seen = 0
        for i, sign in enumerate(line.text) if inside else ():
            if visible(sign):
                if seen in inside:
                    yield Piece(line, at, i, last=False)
                    at = i
                seen += 1
        yield Piece(line, at, len(line.text), last=True)
        offset = stop


def _title_in(lines: Sequence[Line], at: int, length: int) -> dict[int, tuple[int, int]]:
    found: dict[int, tuple[int, int]] = {}
    seen = 0
    for line in lines:
        for i, sign in enumerate(line.text):
            if not visible(sign):
                continue
            if at <= seen < at + length:
                found[line.no] = (found.get(line.no, (i, i))[0], i + 1)
            seen += 1
        if seen >= at + length:
            break
    return found
