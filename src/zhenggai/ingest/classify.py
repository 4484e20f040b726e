"""问题类别: each problem → one category of the vocabulary, by transparent weights.

A keyword found in the heading counts for its length; the same in a sub-problem or
the heading above counts less, in the account least. The official 聚焦 that a
problem stands under breaks ties. Below a floor the answer is `other`: unsure is
better than wrong.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from zhenggai.rulebook import Category, taxonomy

_HEADING, _SUB, _ABOVE, _ACCOUNT, _TOP = 1.0, 0.35, 0.3, 0.12, 0.6
_FLOOR = 1.0


@dataclass(frozen=True, slots=True)
class Choice:
    """A category with the words that spoke for it, for the audit."""

    slug: str
    reasons: tuple[str, ...] = ()


@cache
def _index() -> tuple[re.Pattern[str], dict[str, list[tuple[str, float]]]]:
    words: dict[str, list[tuple[str, float]]] = {}
    for category in taxonomy().leaves:
        for weight, keywords in ((2.0, category.keywords), (1.0, category.hints)):
            for word in keywords:
                words.setdefault(word, []).append((category.slug, weight))
    longest_first = sorted(words, key=lambda w: (-len(w), w))
    return re.compile("(?=(" + "|".join(map(re.escape, longest_first)) + "))"), words


@cache
def _tops() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((top.slug, re.compile("|".join(top.cues))) for top in taxonomy().tops if top.cues)


@cache
def _by_slug() -> dict[str, Category]:
    return {c.slug: c for c in taxonomy().leaves}


def _found(text: str) -> list[str]:
    """Keywords in `text`, longest at each place, none inside a longer one."""
    pattern, _ = _index()
    out: list[str] = []
    end = 0
    for match in pattern.finditer(text):
        if match.end(1) > end:
            out.append(match[1])
            end = match.end(1)
    return out


def classify(heading: str, *, unit_kind: str, above: Sequence[str] = (), subs: Sequence[str] = (),
             account: str = "") -> Choice:
    """The category of one problem."""
    _, words = _index()
    scores: dict[str, float] = {}
    reasons: dict[str, list[str]] = {}

    def count(text: str, factor: float, where: str) -> None:
        for word in dict.fromkeys(_found(text)):
            for slug, weight in words[word]:
                if not _fits(slug, unit_kind):
                    continue
                points = weight * factor * (0.6 + 0.2 * min(len(word), 6))
                scores[slug] = scores.get(slug, 0.0) + points
                if points >= 0.2:
                    reasons.setdefault(slug, []).append(f"{where}“{word}”")

    count(heading, _HEADING, "标题")
    for sub in subs:
        count(sub, _SUB, "具体问题")
    for parent in above[-2:]:
        count(parent, _ABOVE, "上级标题")
    if not scores or max(scores.values()) < 2 * _FLOOR:
        count(account[:400], _ACCOUNT, "整改内容")
    for parent in above:
        for top, pattern in _tops():
            if pattern.search(parent):
                for slug in scores:
                    if _by_slug()[slug].top == top:
                        scores[slug] += _TOP
    if not scores:
        return Choice(taxonomy().fallback.slug)
    order = {c.slug: i for i, c in enumerate(taxonomy().leaves)}
    best = max(scores, key=lambda slug: (round(scores[slug], 6), -order[slug]))
    if scores[best] < _FLOOR:
        return Choice(taxonomy().fallback.slug, tuple(reasons.get(best, ())))
    return Choice(best, tuple(reasons.get(best, ())))


def _fits(slug: str, unit_kind: str) -> bool:
    """Categories of the Youth League are for its organisations only."""
    only = _by_slug()[slug].only_for
    return not only or unit_kind in only
