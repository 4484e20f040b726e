"""Lines folded for comparison: the spelling in which rules are written."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

_WIDTH: dict[int, str] = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_WIDTH |= {0x3000: " ", 0x2026: "..."}


def fold(text: str) -> str:
    """NFKC, lower case, no white space: full-width letters, digits and marks become half-width."""
    text = text.translate(_WIDTH)  # what notices are full of; the rest is rare enough to look for
    if not unicodedata.is_normalized("NFKC", text):
        text = unicodedata.normalize("NFKC", text)
    return "".join(text.lower().split())


def core(folded: str) -> str:
    """Folded text without ornaments, marks and brackets at both ends."""
    start, end = 0, len(folded)
    while start < end and not folded[start].isalnum():
        start += 1
    while end > start and not folded[end - 1].isalnum():
        end -= 1
    return folded[start:end]


class Words:
    """Which words stand in a text: a quick no for most of a long list."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._signs = frozenset(text)

    def held(self, words: Iterable[str]) -> list[str]:
        """Those of `words` that stand in the text."""
        has, text = self._signs.issuperset, self._text
        return [word for word in words if has(word) and word in text]
