"""Lines folded for comparison: the spelling in which rules are written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from itertools import chain

_WIDTH = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)} | {"\u3000": " ", "…": "..."}
_WIDE = re.compile("[\uff01-\uff5e\u3000…]")


def fold(text: str) -> str:
    """NFKC, lower case, no white space: full-width letters, digits and marks become half-width."""
    # What notices are full of; the rest is rare enough to look for.
    text = _WIDE.sub(lambda sign: _WIDTH[sign[0]], text)
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


def holds_any(text: str, words: Iterable[str]) -> bool:
    """Whether one of the words stands in a text. A plain loop: `any` takes three times as long for a few words."""
    for word in words:  # noqa: SIM110
        if word in text:
            return True
    return False


class Lexicon:
    """Words to be looked for in many texts, found by their first two characters."""

    def __init__(self, words: Iterable[str]) -> None:
        self.rank = {word: n for n, word in enumerate(dict.fromkeys(words))}
        self.short = [word for word in self.rank if len(word) < 2]
        self.by_pair: dict[int, list[str]] = {}
        for word in self.rank:
            for pair in _pairs(word[:2]):
                self.by_pair.setdefault(pair, []).append(word)
                break
        self.pairs = frozenset(self.by_pair)


class Words:
    """Which words of a lexicon stand in a text: a quick no for most of a long list."""

    def __init__(self, text: str, lexicon: Lexicon) -> None:
        pairs = lexicon.pairs.intersection(_pairs(text))
        found = [word for pair in pairs for word in lexicon.by_pair[pair] if word in text]
        found += [word for word in lexicon.short if word in text]
        self.held: tuple[str, ...] = tuple(sorted(found, key=lexicon.rank.__getitem__))
        """In the order of the lexicon."""


def _pairs(text: str) -> Iterable[int]:
    """Each character with the next as one number: two UTF-16 units, read at even places, then at odd ones."""
    units = memoryview(text.encode("utf-16-le", "surrogatepass"))
    even, odd = len(units) // 4 * 4, (len(units) - 2) // 4 * 4 if units else 0
    return chain(units[:even].cast("I"), units[2 : 2 + odd].cast("I"))
