"""A notice in 96 bytes: which other notices may be the same, without reading them again.

A MinHash over the clauses of the text, folded so that dirt, spaces, line ends and
masks do not count. A third of it is of the clauses that print a figure: they tell
apart notices written after one template. Of two copies most values are equal; two
unrelated notices share none or one.
"""

from __future__ import annotations

import hashlib
import re
import struct
import sys
import zlib
from array import array
from collections.abc import Iterable, Iterator

from zhenggai.ingest.folding import fold
from zhenggai.ingest.placenames import MASK

FIGURES, TEXT = 8, 16
"""Values from the clauses with a figure, and from all clauses."""
_BANDS = (*((at, 2) for at in range(0, FIGURES, 2)), *((at, 4) for at in range(FIGURES, FIGURES + TEXT, 4)))
"""First value and number of values that two notices must share to be looked at together."""
_FORM = struct.Struct(f">{FIGURES + TEXT}I")

_STOPS = re.compile(r"[^\w" + re.escape(MASK) + "]+")
_DIRT = re.compile(rf"[\W_{re.escape(MASK.lower())}]+")
_FIGURE = re.compile(r"\d")
_SHORTEST = 4
_TURNS = tuple(
    int.from_bytes(hashlib.sha256(f"sketch {i}".encode()).digest()[:8], "big") | 1
    for i in range(FIGURES + TEXT)
)


def worded(text: str) -> str:
    """The letters, digits and Han of a text, folded, without masks: what two copies have in common."""
    return _DIRT.sub("", fold(text))


def sketch(text: str) -> bytes:
    """The sketch of a text, the same on every machine; 96 bytes."""
    clauses = {clause for part in _STOPS.split(fold(text)) if len(clause := _DIRT.sub("", part)) >= _SHORTEST}
    every = [zlib.crc32(clause.encode()) for clause in clauses]
    figures = [zlib.crc32(clause.encode()) for clause in clauses if _FIGURE.search(clause)]
    least = [*_least(figures, _TURNS[:FIGURES]), *_least(every, _TURNS[FIGURES:])]
    return _FORM.pack(*least)


def _least(hashes: list[int], turns: Iterable[int]) -> Iterator[int]:
    """Per turn, the least upper half of all (hash × turn) mod 2⁶⁴; 0 without hashes.

    All products of a turn in one multiplication: the hashes stand 96 bits apart in one number, and a
    product of 32 and 64 bits does not reach the next.
    """
    row = int.from_bytes(b"".join([one.to_bytes(12, "little") for one in hashes]), "little")
    for turn in turns:
        words = array("I", (row * turn).to_bytes(12 * len(hashes), "little"))
        if sys.byteorder == "big":
            words.byteswap()
        yield min(words[1::3], default=0)


def bands(sketch: bytes) -> list[int]:
    """Keys of which two copies of a notice almost surely share one."""
    values = _FORM.unpack(sketch)
    return [hash((at, *values[at : at + size])) for at, size in _BANDS if any(values[at : at + size])]


def agreement(one: bytes, other: bytes) -> float:
    """An estimate of the share of clauses that two texts have in common, 0–1."""
    first, second = _FORM.unpack(one), _FORM.unpack(other)
    same = sum(a == b for a, b in zip(first[FIGURES:], second[FIGURES:], strict=True))
    return float(same / TEXT)
