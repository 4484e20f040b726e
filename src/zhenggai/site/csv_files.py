"""CSV that spreadsheets open as it is meant: UTF-8 with a byte order mark, RFC 4180, no formulas.

A cell that a spreadsheet would work out (it begins with `=`, `+`, `-`, `@`, their
full-width forms, a tab, a line end or a null) gets an apostrophe in front. So that
this can be taken back, a cell gets one too if such a character follows its own
leading apostrophes: whoever reads the file drops one apostrophe wherever
apostrophes and then such a character begin a cell.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

from zhenggai.site.columns import Cell

_FORMULA = re.compile(r"'*[=+\-@＝＋－＠\t\r\n\0]")
_FIRST = frozenset("'=+-@＝＋－＠\t\r\n\0")
"""What one begins with: most cells are told apart by their first character."""


def guarded(text: str) -> str:
    """`text` as a cell that is never worked out: `=1+1` → `'=1+1`."""
    return f"'{text}" if text[:1] in _FIRST and _FORMULA.match(text) else text


def unguarded(cell: str) -> str:
    """The text that `guarded` was given."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


Row = TypeVar("Row", bound=Sequence[Cell])


def written(path: Path, header: Sequence[str], rows: Iterable[Row]) -> Iterator[Row]:
    """Write one table while its rows go by to whoever needs them too; the file is whole when they are through.

    Null is an empty cell, true and false are words.
    """
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        for row in rows:
            writer.writerow([v if type(v) is str and v[:1] not in _FIRST else _cell(v) for v in row])
            yield row


def write(path: Path, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> int:
    """Write one table as `written` does, for itself; how many rows there were."""
    return sum(1 for _ in written(path, header, rows))


def _cell(value: Cell) -> str | int:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return guarded(value) if isinstance(value, str) else value
