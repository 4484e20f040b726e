"""A body as sentences, and what one version of it did to another's.

A sentence carries the white space ahead of it, so that joining them gives the body
back, and to split a paragraph changes one `lead` and no wording. Headings are one
sentence each; the anchor behind a heading or below a paragraph is one of its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from rapidfuzz import fuzz

SAME = 60.0
"""Likeness (0–100) from which a sentence is taken for a changed one, not for another."""
_MOST = 250_000
"""Pairs of sentences compared for likeness in one stretch; beyond that all count as others."""

_TOKEN = re.compile(
    r"(?P<lead>\s*)(?P<text>"
    r"\{:? ?#[^{}\s]+ ?\}(?=\s*(?:\n|\Z))"  # an anchor, behind a heading or below a paragraph
    r"|(?<=\n)#{1,6} [^\n]*?(?= \{#[^{}\s]+\}\s*(?:\n|\Z)|\s*(?:\n|\Z))"  # a whole heading
    r"|[^\n。！？；]*[。！？；]+[”’」』）)】]*|[^\n]*[^\s])"
)
_ANCHOR = re.compile(r"\{:? ?#([^{}\s]+) ?\}")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, a heading line without its anchor, or an anchor."""

    lead: str
    text: str
    heading: bool = False
    at_heading: bool = False
    """Whether a heading stands right before it: anchors are written otherwise there."""

    @property
    def anchor(self) -> str | None:
        match = _ANCHOR.fullmatch(self.text)
        return match[1] if match else None


def sentences(body: str) -> tuple[list[Sentence], str]:
    """The sentences of a body and the white space behind the last: joined they are `"\\n\\n" + body`."""
    text = "\n\n" + body
    found: list[Sentence] = []
    at = 0
    while match := _TOKEN.match(text, at):
        heading = "\n" in match["lead"] and bool(re.match(r"#{1,6} ", match["text"]))
        at_heading = bool(found) and found[-1].heading
        found.append(Sentence(match["lead"], match["text"], heading, at_heading))
        at = match.end()
    return found, text[at:] if found else body


@dataclass(frozen=True, slots=True)
class Side:
    """One side against the last conversion."""

    of: list[Sentence | None]
    """Base sentence → what became of it; None: taken out."""
    added: list[list[Sentence]]
    """Gap before base sentence i (the last: behind all) → what was added there."""


def compare(base: list[Sentence], side: list[Sentence]) -> Side:
    """What `side` did to `base`: equal sentences by difflib, changed ones by likeness in between."""
    of: list[Sentence | None] = [None] * len(base)
    added: list[list[Sentence]] = [[] for _ in range(len(base) + 1)]
    matcher = SequenceMatcher(None, [s.text for s in base], [s.text for s in side], autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            of[i1:i2] = side[j1:j2]
            continue
        pairs = _changed(base[i1:i2], side[j1:j2])
        gap = i1
        for offset, sentence in enumerate(side[j1:j2]):
            if offset in pairs:
                of[i1 + pairs[offset]] = sentence
                gap = i1 + pairs[offset] + 1
            else:
                added[gap].append(sentence)
    return Side(of, added)


def _changed(base: Sequence[Sentence], side: Sequence[Sentence]) -> dict[int, int]:
    """Sentences of `side` that are changed ones of `base`, in order: the pairs most alike in sum."""
    if not base or not side or len(base) * len(side) > _MOST:
        return {}
    worth = [[0.0] * (len(side) + 1) for _ in range(len(base) + 1)]
    like = [[_likeness(b, s) for s in side] for b in base]
    for i in range(len(base) - 1, -1, -1):
        for j in range(len(side) - 1, -1, -1):
            worth[i][j] = max(worth[i + 1][j], worth[i][j + 1], worth[i + 1][j + 1] + like[i][j])
    pairs: dict[int, int] = {}
    i = j = 0
    while i < len(base) and j < len(side):
        if like[i][j] and worth[i][j] == worth[i + 1][j + 1] + like[i][j]:
            pairs[j] = i
            i, j = i + 1, j + 1
        elif worth[i][j] == worth[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs


def _likeness(one: Sentence, other: Sentence) -> float:
    if (one.anchor is None) != (other.anchor is None):
        return 0.0
    score = fuzz.ratio(one.text, other.text)
    return score if score >= SAME else 0.0
