"""Chance that comes out the same everywhere."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


class Draws:
    """Draws from a seed. Built on `Random.random` alone: of all of `random`, only its sequence is promised
    to stay the same between versions of Python."""

    def __init__(self, seed: str) -> None:
        self._random = random.Random(seed).random  # noqa: S311 (a corpus, no secret)
        self._decks: dict[str, list[str]] = {}

    def share(self) -> float:
        """A number in [0, 1)."""
        return self._random()

    def chance(self, share: float) -> bool:
        """True in `share` of cases."""
        return self._random() < share

    def between(self, low: int, high: int) -> int:
        """A whole number, both ends included."""
        return low + int(self._random() * (high - low + 1))

    def one(self, of: Sequence[T]) -> T:
        """One of a sequence."""
        return of[int(self._random() * len(of))]

    def card(self, deck: str, of: Sequence[str]) -> str:
        """The next of a shuffled deck, which is known by its name: nothing twice before all were drawn."""
        left = self._decks.get(deck)
        if not left:
            left = self._decks[deck] = list(of)
        at = int(self._random() * len(left))
        left[at], left[-1] = left[-1], left[at]
        return left.pop()
