"""Lines folded for comparison: the spelling in which rules are written."""

from __future__ import annotations

import unicodedata


def fold(text: str) -> str:
    """Full-width letters, digits and marks half-width, lower case, no white space."""
    return "".join(unicodedata.normalize("NFKC", text).lower().split())


def core(folded: str) -> str:
    """Folded text without ornaments, marks and brackets at both ends."""
    start, end = 0, len(folded)
    while start < end and not folded[start].isalnum():
        start += 1
    while end > start and not folded[end - 1].isalnum():
        end -= 1
    return folded[start:end]
