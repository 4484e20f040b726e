"""Where the row of notices is cut, so that one notice more changes little.

The row, oldest first, is cut behind notices that the hash of their id picks. So the
cuts follow from the notices alone, whatever was built before and in which order, and
a notice that comes or goes moves no cut but its own. *Runs* (some 64 notices) are
indexed one by one and kept. Runs are joined to *parts*, which the page reads and
which are kept too: the newest notices (some 256) make one, all others some three, of a
thousand notices at least. So there are few, a notice more changes one of them, and
mostly the small one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

T = TypeVar("T")

RUN = 6
"""A run ends behind one notice in 2⁶."""
NEWEST = 8
"""The part of the newest begins behind one notice in 2⁸."""
PART = 10
"""The others are cut behind one notice in 2¹⁰, or in a half of all where these are more."""


def rank(name: str) -> int:
    """How many zeros the hash of `name` ends in: n with a chance of one in 2ⁿ⁺¹, so n at least with one in 2ⁿ."""
    number = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big")
    return (number & -number).bit_length() - 1 if number else 64


def runs(row: Iterable[T], name: Callable[[T], str]) -> list[list[T]]:
    """`row` cut into runs."""
    out: list[list[T]] = [[]]
    for one in row:
        out[-1].append(one)
        if rank(name(one)) >= RUN:
            out.append([])
    return out if out[-1] else out[:-1]


def parts(row: Sequence[Sequence[T]], name: Callable[[T], str]) -> list[list[Sequence[T]]]:
    """Runs joined to parts, in the same order."""
    half = sum(map(len, row)) // 2
    usual = max(PART, half.bit_length() - 1)
    wanted = NEWEST
    out: list[list[Sequence[T]]] = []
    for run in reversed(row):
        if not out:
            out.append([])
        elif rank(name(run[-1])) >= wanted:
            out.append([])
            wanted = usual
        out[-1].append(run)
    return [part[::-1] for part in reversed(out)]
