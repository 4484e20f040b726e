"""问题类别: each problem → one category of the vocabulary, by transparent weights.

The words and what they count are data (rules/taxonomy.yaml, whose head explains
them). The heading decides; sub-problems and the headings above it count less, the
account only when all of these are silent, for it speaks of measures. A problem that
nothing speaks for is `other`: unsure is better than wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from zhenggai.ingest.categorywords import votes_of
from zhenggai.rulebook import Top, category_by_slug, taxonomy

_FOCUS = re.compile(r"聚焦|围绕|方面[。.]?$|层面[。.]?$")
_NOTICE = re.compile(
    r"(?:巡[察视])?(?:反馈)?(?:的?意见|的?问题)?整改(?:落实|进展)?(?:的?(?:情况|工作|成效))?"
)
_ACCOUNT_LENGTH = 300
_REASONS = 4


@dataclass(frozen=True, slots=True)
class Choice:
    """A category with the words that spoke for it, for the audit."""

    slug: str
    reasons: tuple[str, ...] = ()
    points: tuple[float, ...] = ()
    """What each reason counts, in the order of `reasons`; empty where no words decided."""
    score: float = 0.0
    """All that spoke for it, put together."""
    runner_up: Choice | None = None
    """The category that came next, or the one that was too weak when nothing was chosen; None: no other."""


@cache
def _tops() -> tuple[tuple[Top, re.Pattern[str]], ...]:
    return tuple((top, re.compile("|".join(top.cues))) for top in taxonomy().tops if top.cues)


@cache
def _order() -> dict[str, int]:
    return {leaf.slug: number for number, leaf in enumerate(taxonomy().leaves)}


class _Tally:
    """What speaks for each category: (points, where it stands, the word or the pair of words)."""

    def __init__(self, unit_kind: str) -> None:
        self.unit_kind = unit_kind
        self.votes: dict[str, list[tuple[float, str, str]]] = {}

    def read(self, text: str, factor: float, where: str, *, of_measures: bool = False) -> None:
        """Count the words of one text; `of_measures`: what any account speaks of does not count."""
        for slug, points, words in votes_of(text, self.unit_kind):
            if not (of_measures and category_by_slug()[slug].remedy):
                self.votes.setdefault(slug, []).append((points * factor, where, words))

    def scores(self) -> dict[str, float]:
        """The heaviest vote of each category in full, the others in part."""
        weights = taxonomy().weights
        out = {}
        for slug, votes in self.votes.items():
            points = [vote[0] for vote in votes]
            best = max(points)
            out[slug] = best + min(weights.more * (sum(points) - best), weights.most * best)
        return out

    def choice(self, slug: str, score: float, runner_up: Choice | None = None) -> Choice:
        """The category with its heaviest reasons."""
        heaviest: dict[str, float] = {}
        for points, where, words in sorted(self.votes.get(slug, ()), key=lambda vote: -vote[0]):
            heaviest.setdefault(f"{where}{words}", points)
        kept = tuple(heaviest)[:_REASONS]
        return Choice(slug, kept, tuple([heaviest[reason] for reason in kept]), score, runner_up)


def classify(
    heading: str, *, unit_kind: str, above: Sequence[str] = (), subs: Sequence[str] = (), account: str = ""
) -> Choice:
    """The category of one problem.

    `above`: the headings it stands under, outermost first; `subs`: its sub-problems;
    `account`: what was done about it. Never fails: unknown wording is `other`.
    """
    weights = taxonomy().weights
    tally = _Tally(unit_kind)
    tally.read(heading, 1.0, "标题")
    for sub in subs:
        tally.read(sub, weights.sub, "具体问题")
    announced = _announced(above)
    for distance, parent in enumerate(reversed(above[-2:]), 1):
        if own := _own_words(parent):
            tally.read(own, weights.above / distance, "上级标题")
    if not tally.votes and account:
        tally.read(account[:_ACCOUNT_LENGTH], weights.account, "整改内容", of_measures=True)
    return _decide(tally, announced)


def _decide(tally: _Tally, announced: Sequence[tuple[Top, str]]) -> Choice:
    weights = taxonomy().weights
    tops = {top.slug for top, _ in announced}
    scores = tally.scores()
    for slug in scores:
        if category_by_slug()[slug].top in tops:
            scores[slug] += weights.top
    ranked = sorted(scores, key=lambda slug: (-round(scores[slug], 6), _order()[slug]))
    second = tally.choice(ranked[1], scores[ranked[1]]) if len(ranked) > 1 else None
    if ranked and scores[ranked[0]] >= weights.floor:
        return tally.choice(ranked[0], scores[ranked[0]], second)
    first = tally.choice(ranked[0], scores[ranked[0]]) if ranked else None
    for top, parent in announced:
        if top.default and any(cue in parent for cue in top.default_cues):
            why = f"标题没有可用的词，按上级标题“{parent}”归类"
            return Choice(top.default, (why,), runner_up=first)
    return Choice(taxonomy().fallback.slug, ("没有可用的词",), runner_up=first)


def _announced(above: Iterable[str]) -> list[tuple[Top, str]]:
    """The 聚焦 that the headings above announce."""
    return [(top, parent) for parent in above for top in _focus(parent)]


@lru_cache(maxsize=1024)  # the same headings stand above every problem of a group
def _focus(parent: str) -> tuple[Top, ...]:
    return tuple(top for top, pattern in _tops() if pattern.search(parent))


@lru_cache(maxsize=1024)
def _own_words(parent: str) -> str:
    """What a heading above says of its problems: nothing when it announces a 聚焦 or is the notice's own."""
    return "" if _FOCUS.search(parent) else _NOTICE.sub("", parent)
