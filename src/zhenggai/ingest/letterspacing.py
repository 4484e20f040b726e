"""Letter-spaced print (监 督 电 话 ： 0 9 9 9): blanks that are layout, not text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from zhenggai.ingest.pieces import Piece

_RUN = re.compile(r"(?<!\S)\S(?:[ \u3000]\S(?!\S)){5,}")
"""Six signs or more, each alone between single blanks: no sentence is printed so on purpose."""


def close_up(text: str) -> str:
    """`text` without the blanks inside letter-spaced runs; numbers set apart by a blank stay apart."""
    if text.count(" ") + text.count("\u3000") < 5:
        return text
    return _RUN.sub(lambda run: re.sub(r"[ \u3000]", "", run[0]), text)


def closed_up(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces with letter-spaced runs closed up; for reading facts, not for showing."""
    return [
        piece if (text := close_up(piece.text)) == piece.text else replace(piece, text=text)
        for piece in pieces
    ]
