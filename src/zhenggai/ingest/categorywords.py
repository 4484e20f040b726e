"""What one text says for each category: words, phrases and combinations of rules/taxonomy.yaml, found in one pass."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from operator import add
from typing import NamedTuple

from zhenggai.ingest.patterns import one_of
from zhenggai.rulebook import category_by_slug, taxonomy

_STRIP = re.compile("[“”‘’\"'「」『』《》〈〉【】＂＇ \t　]")
_CLAUSE = re.compile(r"[，。；：？！,;:?!]")
_COVERS = one_of(
    [
        r"(?:以|借|用|打着)([^，。；]{2,14}?)(?:的)?"
        r"(?:名义|之名|为名|之机|为由|之由|旗号|幌子|代替|替代|顶替|冲抵|充抵|代之)",
        r"重([^，。；轻]{1,8})[、，]?轻",
    ]
)
"""What stands for something else (以业务会代替支委会, 借调研之机旅游, 重业务轻党建): not what the problem is about."""
_EARLIER = 0.001
"""Of two words of one weight the earlier counts."""
_NEAR = 6
"""Characters between two words of a phrase, at most."""
_OFTEN = 24
"""Words of one combination that are looked at, at most: no text is long enough to need more."""

Vote = tuple[str, float, str]
"""(category, points, the words that speak for it)."""
_Found = tuple[int, int, str]
"""(group of a combination, position, word)."""


@dataclass(frozen=True, slots=True)
class _Combination:
    """Words that say together what none says alone."""

    slug: str
    weight: float
    ordered: bool
    """One behind the other, near each other, in one clause."""


class _Word(NamedTuple):
    """What one word is good for."""

    votes: tuple[tuple[str, float], ...]
    """(category, weight)"""
    parts: tuple[tuple[int, int], ...]
    """(combination, group of it)"""
    stands: bool
    """Counts by itself or is neutral: keeps the shorter words inside it from counting by themselves."""
    neutral: bool
    """Keeps the shorter words inside it from counting in combinations too."""


@dataclass(frozen=True, slots=True)
class _Index:
    """Every word that counts for one kind of unit, for one pass over a text."""

    words: dict[str, _Word]
    lengths: dict[str, tuple[int, ...]]
    """first two characters (or the only one) → lengths of the words that begin so, longest first"""
    combinations: tuple[_Combination, ...]


@cache
def _kinds_of_their_own() -> frozenset[str]:
    """The kinds of unit for which other words count than for the rest."""
    return frozenset(kind for leaf in taxonomy().leaves for kind in (*leaf.only_for, *leaf.own))


class _Entry(NamedTuple):
    """What one row of the vocabulary says of one word."""

    kinds: tuple[str, ...]
    """The kinds of unit for which it counts; empty: all."""
    vote: tuple[str, float] | None
    """(category, weight)"""
    part: tuple[int, int] | None
    """(combination, group of it)"""


@cache
def _entries() -> tuple[dict[str, list[_Entry]], tuple[_Combination, ...]]:
    """All words with what is said of each, in the order of the table; all combinations."""
    weights = taxonomy().weights
    entries: dict[str, list[_Entry]] = {word: [] for word in taxonomy().neutral}
    combinations: list[_Combination] = []
    for leaf in taxonomy().leaves:
        ranks = (
            (leaf.only_for, weights.settling, leaf.settling),
            (leaf.only_for, weights.decisive, leaf.decisive),
            (leaf.only_for, weights.keywords, leaf.keywords),
            (leaf.only_for, weights.places, leaf.places),
            *(((kind,), weights.places, words) for kind, words in leaf.own.items()),
            (leaf.only_for, weights.hints, leaf.hints),
        )
        for kinds, weight, words in ranks:
            for word in words:
                vote = (leaf.slug, weight + _length(word))
                entries.setdefault(word, []).append(_Entry(tuple(kinds), vote, None))
        for combination, groups in _combinations_of(leaf.slug):
            for number, group in enumerate(groups):
                for word in group:
                    part = (len(combinations), number)
                    entries.setdefault(word, []).append(_Entry(tuple(leaf.only_for), None, part))
            combinations.append(combination)
    return entries, tuple(combinations)


@cache
def _index(unit_kind: str) -> _Index:
    """The words that count for a kind of unit; `` stands for all kinds without words of their own.

    The index of such a kind shares all but its own words with that of the rest.
    """
    entries, combinations = _entries()
    if not unit_kind:
        words = {word: found for word, said in entries.items() if (found := _word(word, said, ""))}
        return _Index(words, _lengths(words), combinations)
    rest = _index("")
    if unit_kind not in _kinds_of_their_own():
        return rest
    own = {
        word: found for word in _own_words()[unit_kind] if (found := _word(word, entries[word], unit_kind))
    }
    words = {**rest.words, **own}
    return _Index(words, {**rest.lengths, **_lengths(words, own)}, combinations)


@cache
def _own_words() -> dict[str, list[str]]:
    """Kind of unit → the words of which something is said for it alone."""
    own: dict[str, list[str]] = defaultdict(list)
    for word, said in _entries()[0].items():
        for kind in {kind for entry in said for kind in entry.kinds}:
            own[kind].append(word)
    return own


def _word(word: str, said: Sequence[_Entry], unit_kind: str) -> _Word | None:
    """What a word is good for in a notice of a kind of unit; None where it says nothing there."""
    here = [entry for entry in said if not entry.kinds or unit_kind in entry.kinds]
    neutral = word in _neutral()
    votes = tuple(entry.vote for entry in here if entry.vote)
    parts = tuple(entry.part for entry in here if entry.part)
    return _Word(votes, parts, bool(votes) or neutral, neutral) if votes or parts or neutral else None


@cache
def _neutral() -> frozenset[str]:
    return frozenset(taxonomy().neutral)


@cache
def _combinations_of(slug: str) -> tuple[tuple[_Combination, tuple[tuple[str, ...], ...]], ...]:
    """The combinations of one category, each with its groups of words."""
    leaf, weights = category_by_slug()[slug], taxonomy().weights
    found = []
    for rules, ordered in ((leaf.together, False), (leaf.phrases, True)):
        for rule in rules:
            said, _, points = rule.partition(" = ")
            usual = weights.phrases if ordered else weights.together
            groups = (group.split("|") for group in said.split(" > " if ordered else " + "))
            # long rules run over lines: a space where a line ends
            words = tuple(tuple(map(str.strip, group)) for group in groups)
            found.append((_Combination(slug, float(points or usual), ordered), words))
    return tuple(found)


def _lengths(words: Mapping[str, _Word], some: Collection[str] | None = None) -> dict[str, tuple[int, ...]]:
    """How long the words are that begin with the same two characters, of all or of those that begin as `some` do."""
    keys = None if some is None else {word[:2] for word in some}
    sizes: dict[str, set[int]] = defaultdict(set)
    for word in words:
        if keys is None or word[:2] in keys or word[0] in keys:
            sizes[word[:2]].add(len(word))
    for key, of_key in sizes.items():
        if len(key) == 2 and key[0] in words:
            of_key.add(1)
    return {key: tuple(sorted(of_key, reverse=True)) for key, of_key in sizes.items()}


def _length(word: str) -> float:
    """A long word is surer than a short one; never enough to lift it a rank."""
    return 0.1 * min(len(word), 8)


@lru_cache(maxsize=1024)  # the same headings stand above every problem of a group
def votes_of(text: str, unit_kind: str) -> tuple[Vote, ...]:
    """What speaks for which category in one text of a notice of such a unit."""
    index = _index(unit_kind)
    text = _STRIP.sub("", text)
    clause = _CLAUSE.search(text)
    later = clause.start() if clause else len(text)
    covered = [match.span(match.lastindex or 0) for match in _COVERS.finditer(text)]
    out: list[Vote] = []
    seen: set[str] = set()
    groups: defaultdict[int, list[_Found]] = defaultdict(list)
    words, lengths = index.words, index.lengths
    end = hidden = 0
    pairs = [*map(add, text, text[1:]), text[-1:]]
    begun = [(at, lengths.get(pair) or lengths.get(pair[:1])) for at, pair in enumerate(pairs)]
    for at, known in begun:
        for length in known or ():
            said = text[at : at + length]
            word = words.get(said)
            if word is None or at + length <= hidden:
                continue
            if word.neutral:
                hidden = at + length
            for number, group in word.parts:
                found = groups[number]
                if len(found) < _OFTEN:
                    found.append((group, at, said))
            if not word.stands or at + length <= end:
                continue
            end = at + length
            if said not in seen:
                seen.add(said)
                scale = _scale(at, at, later, _inside(covered, at))
                out += [(slug, weight * scale, f"有“{said}”") for slug, weight in word.votes]
    for number, found in groups.items():
        if len(found) > 1:
            out += _combined(index.combinations[number], found, text, later, covered)
    return tuple(out)


def _scale(first: int, last: int, later: int, covered: bool) -> float:
    weights = taxonomy().weights
    scale = (1.0 if last < later else weights.later) - _EARLIER * min(first, 100)
    return scale * weights.covered if covered else scale


def _combined(
    rule: _Combination, found: list[_Found], text: str, later: int, covered: Sequence[tuple[int, int]]
) -> list[Vote]:
    """The vote of one combination, if two of its words are where they should be."""
    pair = _behind(found, text) if rule.ordered else _apart(found)
    if not pair:
        return []
    (_, first, one), (_, second, two) = pair
    # 以办公会代替党组会: the phrase 办公会 > 代替 speaks of the cover itself
    stands_for = (_inside(covered, first) or _inside(covered, second)) and all(
        second != e for _, e in covered
    )
    scale = _scale(first, second, later, stands_for)
    how = "连用" if rule.ordered else "同时出现"
    return [(rule.slug, rule.weight * scale, f"里“{one}”与“{two}”{how}")]


def _inside(spans: Sequence[tuple[int, int]], at: int) -> bool:
    return any(start <= at < end for start, end in spans)


def _apart(found: list[_Found]) -> list[_Found]:
    """The first two that are of two groups and do not overlap; none: empty."""
    for number, one in enumerate(found):
        for two in found[number + 1 :]:
            if one[0] != two[0] and one[1] + len(one[2]) <= two[1]:
                return [one, two]
    return []


def _behind(found: list[_Found], text: str) -> list[_Found]:
    """The first two, of groups 0 and 1, one close behind the other in one clause; none: empty."""
    for one in found:
        end = one[1] + len(one[2])
        for two in found:
            near = (one[0], two[0]) == (0, 1) and end <= two[1] <= end + _NEAR
            if near and not _CLAUSE.search(text, end, two[1]):
                return [one, two]
    return []
