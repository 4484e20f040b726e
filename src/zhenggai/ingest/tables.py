"""Rows of a table of problems: 序号 | 反馈问题 | 整改措施 | 完成情况.

Cells are parted by tabs or bars, or a copy left each cell on a line of its own:
then `whole_rows` puts the rows together first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from zhenggai.ingest import wording
from zhenggai.ingest.folding import holds_any
from zhenggai.ingest.numbering import Number, number_of, read_number
from zhenggai.ingest.pieces import Piece
from zhenggai.ingest.status import status_of_words
from zhenggai.model import Status

_BARS = "\t|｜"
_BAR = re.compile(f"[{_BARS}]")
_TICK = re.compile(r"[√✓✔☑●■▲是V]")
_NUMBER_COLUMN = frozenset({"序号", "编号", "号", "序"})


@dataclass(frozen=True, slots=True)
class Row:
    """One row; offsets count in the piece's text."""

    number: Number | None
    start: int
    """Where the problem's cell begins."""
    end: int
    """Where it ends."""
    status: Status | None = None
    """What a tick in a column 已完成 | 正在整改 says."""


def _cells(text: str) -> list[tuple[int, int]]:
    """Spans of the cells of a line, stripped; empty outer cells of `|a|b|` dropped."""
    spans, at = [], 0
    for match in (*_BAR.finditer(text), None):
        end = match.start() if match else len(text)
        cell = text[at:end]
        left = at + len(cell) - len(cell.lstrip())
        spans.append((left, max(left, at + len(cell.rstrip()))))
        at = match.end() if match else end
    if len(spans) > 2 and spans[0][0] == spans[0][1]:
        spans = spans[1:]
    if len(spans) > 2 and spans[-1][0] == spans[-1][1]:
        spans = spans[:-1]
    return spans


@dataclass(frozen=True, slots=True)
class _Columns:
    """What a table's header says."""

    count: int
    problem: int
    number: int | None
    ticks: tuple[tuple[int, Status], ...]
    """Columns that are ticked: 已完成 | 正在推进."""


def _header(words: Sequence[str]) -> _Columns | None:
    """The columns, if these cells head a table of problems with what was done."""
    roles = [
        label.role if (label := wording.read_label(word)) and label.length >= len(word) else ""
        for word in words
    ]
    if "problem" not in roles:
        return None
    ticks = tuple(
        (i, status)
        for i, word in enumerate(words)
        if not roles[i] and len(word) <= 8 and (status := status_of_words(word))
    )
    if not ({"measure", "status"} & set(roles) or len(ticks) > 1):
        return None
    number = next((i for i, word in enumerate(words) if word in _NUMBER_COLUMN), None)
    return _Columns(len(words), roles.index("problem"), number, ticks)


def table_rows(pieces: Sequence[Piece]) -> dict[int, Row]:
    """Index of piece → row, for every table whose header names a problem column and one of what was done."""
    rows: dict[int, Row] = {}
    columns: _Columns | None = None
    for index, piece in enumerate(pieces):
        if not holds_any(piece.text, _BARS):
            continue  # an advert or a page number may stand between two rows
        cells = _cells(piece.text)
        words = [piece.text[a:b] for a, b in cells]
        if header := _header(words):
            columns = header
            continue
        if columns and words[0] in _NUMBER_COLUMN:
            columns = None  # another table begins
        if columns is None or all(set(word) <= set("-:— ") for word in words):
            continue
        if len(cells) < (2 if columns.ticks else columns.count - 1) or len(cells) <= columns.problem:
            continue
        start, end = cells[columns.problem]
        if start == end:
            continue
        at = columns.number
        ordinal = number_of(re.sub(r"[().（）、]", "", words[at])) if at is not None else None
        printed = Number("row", ordinal, words[at], start) if at is not None and ordinal else None
        ticked = [s for i, s in columns.ticks if i < len(words) and _TICK.fullmatch(words[i])]
        rows[index] = Row(printed, start, end, ticked[0] if len(ticked) == 1 else None)
    return rows


def whole_rows(pieces: Sequence[Piece]) -> list[Piece]:
    """Pieces with every table whose cells stand on lines of their own put together row by row.

    Such a table is known by its header (序号, 反馈问题, 整改措施, …, one a line) and by
    rows that each begin with the next number. Merged rows (一、…方面) stay as they are.
    """
    out: list[Piece] = []
    i, count, following, tabs = 0, 0, 0, 0
    while i < len(pieces):
        if "\t" in pieces[i].text and (columns := _header(pieces[i].text.split("\t"))):
            tabs = columns.count - 1 if columns.number == 0 else 0
        elif tabs and _ROW.match(pieces[i].text):
            size = _broken_row(pieces[i:], tabs)
            out.append(_whole(pieces[i : i + size]))
            i += size
            continue
        if pieces[i].text in _NUMBER_COLUMN:
            count = _flat_header(pieces[i : i + 9])
            following = 1
            if count:
                out.append(_row(pieces[i : i + count]))
                i += count
                continue
        if count and pieces[i].text == str(following):
            row = pieces[i : i + count]
            nexts = [n for n, p in enumerate(row) if n and p.text == str(following + 1)]
            row = row[: nexts[0]] if nexts else row  # an empty cell left no line
            if len(row) > 2:
                out.append(_row(row))
                i += len(row)
                following += 1
                continue
        out.append(pieces[i])
        i += 1
    return out


def _broken_row(pieces: Sequence[Piece], tabs: int) -> int:
    """How many lines the first row takes up, whose cells hold line ends; `tabs` of a whole row."""
    had = 0
    for size, piece in enumerate(pieces[:_ROW_LINES]):
        more = piece.text.count("\t")
        number = read_number(piece.text)
        if size and (
            had + more > tabs
            or _ROW.match(piece.text)
            or (not more and number is None)  # a note, the heading of a group
            or (number is not None and number.family.startswith("han"))
            or wording.read_label(piece.text)
        ):
            return size
        had += more
        if had >= tabs:
            return size + 1
    return min(len(pieces), _ROW_LINES)


_ROW_LINES = 20
_ROW = re.compile(r"\d{1,3}\t")
"""How a numbered row begins."""


def _whole(lines: Sequence[Piece]) -> Piece:
    """One piece of the lines of a row: a cell goes on where the line broke."""
    text = lines[0].text
    for line in lines[1:]:
        text += line.text if text[-1].isalnum() or text[-1] in "，、" else f" {line.text}"
    return Piece(lines[0].no, text, lines[-1].last or lines[-1].no)


def _flat_header(pieces: Sequence[Piece]) -> int:
    """How many lines from the first on are the header of a table of problems; 0: none."""
    words: list[str] = []
    for piece in pieces:
        if len(piece.text) > 12 or piece.text in {"1", "一"} or _is_group(piece):
            break
        words.append(piece.text)
    return len(words) if len(words) > 2 and _header(words) else 0


def _is_group(piece: Piece) -> bool:
    number = read_number(piece.text)
    return number is not None and number.length < len(piece.text)


def _row(cells: Sequence[Piece]) -> Piece:
    return Piece(cells[0].no, "\t".join(c.text for c in cells), cells[-1].last or cells[-1].no)
