"""Rows of a table of problems: 序号 | 反馈问题 | 整改措施 | 完成情况, cells parted by tabs or bars."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from zhenggai.ingest import wording
from zhenggai.ingest.numbering import Number, number_of
from zhenggai.ingest.pieces import Piece

_BAR = re.compile(r"[\t|｜]")


@dataclass(frozen=True, slots=True)
class Row:
    """One row; offsets count in the piece's text."""

    number: Number | None
    start: int
    """Where the problem's cell begins."""
    end: int
    """Where it ends."""


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


def table_rows(pieces: Sequence[Piece]) -> dict[int, Row]:
    """Index of piece → row, for every table whose header names a problem column and one of what was done."""
    rows: dict[int, Row] = {}
    columns: tuple[int, int | None, int] | None = None  # problem column, number column, cells
    for index, piece in enumerate(pieces):
        if not _BAR.search(piece.text):
            continue  # an advert or a page number may stand between two rows
        cells = _cells(piece.text)
        words = [piece.text[a:b] for a, b in cells]
        roles = [
            label.role if (label := wording.read_label(word)) and label.length >= len(word) else ""
            for word in words
        ]
        if "problem" in roles and {"measure", "status"} & set(roles):
            number = next((i for i, word in enumerate(words) if word in {"序号", "编号", "号"}), None)
            columns = roles.index("problem"), number, len(cells)
            continue
        if columns is None or len(cells) < columns[2] - 1 or all(set(word) <= set("-:— ") for word in words):
            continue
        problem, at, _ = columns
        start, end = cells[problem]
        if start == end:
            continue
        ordinal = number_of(re.sub(r"[().（）、]", "", words[at])) if at is not None else None
        printed = Number("row", ordinal, words[at], start) if at is not None and ordinal else None
        rows[index] = Row(printed, start, end)
    return rows
