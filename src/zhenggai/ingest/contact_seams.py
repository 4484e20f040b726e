"""Lines that end in the middle of a value: a number, an e-mail address, a postal address goes on in the next.

Copies wrapped at one width are joined before (`pieces`); this is for the odd line
that was not, and only where both halves together are what neither is alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from zhenggai.ingest import contact_values as values
from zhenggai.ingest.contact_labels import find_labels
from zhenggai.ingest.pieces import Piece
from zhenggai.ingest.unitnames import is_unit_name

_LEAST = 18
"""Characters of a line that may have been cut; shorter ones end where they were meant to."""
_TAIL = re.compile(r"[A-Za-z0-9@._+-]{1,40}$")
_HEAD = re.compile(r"[A-Za-z0-9@._+-]{1,40}(?:转\d{1,5})?")
_ADDRESS = re.compile(r"寄|址|箱|来信|来函|来访|信函|地点")
_GOES_ON = re.compile(r"[^，,。；;：:\s]{1,24}[，,。；;]")
"""A line that goes on with an address: it has a clause of its own, and a stop behind it."""


def mend_seams(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces, those joined whose value goes on in the next."""
    mended: list[Piece] = []
    for piece in pieces:
        if mended and _torn(mended[-1].text, piece.text):
            mended[-1] = replace(mended[-1], text=mended[-1].text + piece.text, last=piece.last or piece.no)
        else:
            mended.append(piece)
    return mended


def _torn(line: str, following: str) -> bool:
    if len(line) < _LEAST or line[-1] in "。；;：:！？!?…，、":
        return False
    tail, head = _TAIL.search(line), _HEAD.match(following)
    if tail and head:
        return _one_value(tail[0], head[0])
    if not _ADDRESS.search(line[-60:]) or not _GOES_ON.match(following) or is_unit_name(following):
        return False
    folded = values.fold_width(line)
    labels = find_labels(folded)
    return (
        bool(labels) and labels[-1].kind == "address" and not re.search(r"[,;。(]", folded[labels[-1].end :])
    )


def _one_value(tail: str, head: str) -> bool:
    """Whether two ends are one number or one e-mail address, and neither was whole."""
    whole = tail + head
    for kind in (values.emails, values.phones):
        if any(found.start < len(tail) < found.end and found.kind in _WHOLE for found in kind(whole)):
            return not any(found.kind in _WHOLE and found.end == len(tail) for found in kind(tail))
    return False


_WHOLE = frozenset({"plain", "mobile", "area", "service"})
