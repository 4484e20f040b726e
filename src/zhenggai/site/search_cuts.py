"""Where the row of notices is cut, so that one notice more changes little.

The row, oldest first, is cut behind notices that the hash of their id picks. So the
cuts follow from the notices alone, whatever was built before and in which order, and
a notice that comes or goes moves no cut but its own. *Runs* (some 128 notices) are
indexed one by one and kept. Runs are joined to *parts*, which the page reads: the
newest notices (some 256) make one, four times as many before them the next, and so
on: there are few, and what is new stands in a small one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

T = TypeVar("T")

RUN = 7
"""A run ends behind one notice in 2⁷."""
PART = 8
"""The newest part begins behind one notice in 2⁸, …"""
STEP = 2
"""… each part before it behind one in 2² times as many."""


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
    out: list[list[Sequence[T]]] = []
    part: list[Sequence[T]] = []
    wanted = PART
    for run in reversed(row):
        height = rank(name(run[-1]))
        if part and height >= wanted:
            out.append(part[::-1])
            part = []
            wanted += STEP
            while height >= wanted:
                wanted += STEP
        part.append(run)
    return [*([part[::-1]] if part else []), *out[::-1]]
