"""Telling adverts from notices: fixed forms first, then several weak signals together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from zhenggai.ingest.folding import Words, core
from zhenggai.rulebook import BoilerplateRule, boilerplate

SURE = 4.0
"""Weight from which a line goes wherever it stands."""
NEAR = 1.0
"""Weight from which it goes among adverts at the head or the tail."""
FLAG = 2.5
"""Weight from which a line that stays is shown to a person."""

_LATIN = re.compile(r"[a-z0-9¥]")
_DATE = re.compile(r"\d{4}[年.-]\d{1,2}|\d{1,2}月\d{1,2}日|[x*×]{1,2}月|\d{4}年")
_MONEY = re.compile(r"\d(?:\.\d+)?[余多]?[万亿]元|\d元/人")
_REACH = re.compile(
    r"(?:电话|热线|传真|邮编|邮箱|信箱|地址|电邮|e-?mail|邮政编码|手机|联系人)[^:]{0,10}:|监督|反映|举报|意见|建议"
)
_PHONE = re.compile(r"(?:电话|热线|传真|邮编|地址)[^\d]{0,8}[\dx*]{5,}")


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """A row of the rule table, compiled."""

    row: BoilerplateRule
    words: tuple[str, ...]
    pattern: re.Pattern[str]


def _compile(row: BoilerplateRule) -> Rule:
    flags = re.I if row.scope == "inline" else 0
    return Rule(row, row.words, re.compile("|".join(f"(?:{p})" for p in row.patterns), flags))


@cache
def line_rules() -> tuple[Rule, ...]:
    """Rules on whole lines, block headings among them."""
    return tuple(_compile(row) for row in boilerplate().rules if row.scope != "inline")


@cache
def inline_rules() -> tuple[Rule, ...]:
    """Rules that cut within a line."""
    return tuple(_compile(row) for row in boilerplate().rules if row.scope == "inline")


@cache
def _by_word(rules: tuple[Rule, ...]) -> tuple[dict[str, list[Rule]], list[Rule]]:
    by_word: dict[str, list[Rule]] = {}
    for rule in rules:
        for word in rule.words:
            by_word.setdefault(word, []).append(rule)
    return by_word, [rule for rule in rules if not rule.words]


class RuleIndex:
    """The rules that can match in one text, found by the words that stand in it."""

    def __init__(self, rules: tuple[Rule, ...], words: Words) -> None:
        by_word, self._always = _by_word(rules)
        self._present = [(word, by_word[word]) for word in words.held(by_word)]

    def matching(self, inner: str) -> Iterator[BoilerplateRule]:
        """Rows that match the whole core, unless the line speaks in words of a notice."""
        guarded = any(word in inner for word in boilerplate().guard_words)
        if guarded and weight(inner) < FLAG:
            return
        tried: set[str] = set()
        for word, rules in self._present:
            if word in inner:
                for rule in rules:
                    if rule.row.id not in tried:
                        tried.add(rule.row.id)
                        if rule.pattern.fullmatch(inner):
                            yield rule.row
        yield from (rule.row for rule in self._always if rule.pattern.fullmatch(inner))


class Signals:
    """The weak signals of one text; those whose words stand nowhere in it are left out.

    Without `words` none are: for a few lines that is cheaper than to look.
    """

    def __init__(self, words: Words | None = None) -> None:
        table = boilerplate()
        self._words = [
            (signal.weight, present)
            for signal in table.signals
            if (present := words.held(signal.words) if words else list(signal.words))
        ]
        notice = table.notice_signals.words
        self._notice = words.held(notice) if words else list(notice)

    def weight(self, folded: str) -> float:
        """How much the folded line looks like an advert; below zero it speaks for a notice."""
        total = 0.0
        for value, words in self._words:
            for word in words:
                if word in folded:
                    total += value
                    break
        inner = core(folded)
        if _LATIN.search(inner):
            total += sum(value for value, pattern in _signal_patterns() if pattern.search(inner))
        elif len(inner) <= 16:
            total += sum(value for value, pattern in _signal_patterns()[-1:] if pattern.search(inner))
        if total <= 0:
            return 0.0
        notice = boilerplate().notice_signals
        found = sum(word in folded for word in self._notice)
        total += 0.5 if folded.endswith("!") else 0
        total -= notice.weight * min(found, notice.most)
        return total - (1 if folded.endswith(("。", ";")) else 0) - (1 if len(folded) > 60 else 0)


def weight(folded: str) -> float:
    """The weight of one line by itself."""
    return _all_signals().weight(folded)


@cache
def _all_signals() -> Signals:
    return Signals()


@cache
def _signal_patterns() -> tuple[tuple[float, re.Pattern[str]], ...]:
    """Forms that weigh; the last is the one without letters or digits (a site's name)."""
    return tuple((s.weight, re.compile(s.pattern)) for s in boilerplate().signal_patterns)


@cache
def _notice_pattern() -> re.Pattern[str]:
    return re.compile(boilerplate().notice_lines.pattern)


def carries_facts(folded: str) -> bool:
    """A date, an amount or an office's number: never removed by a guess."""
    return bool(_DATE.search(folded) or _MONEY.search(folded) or _PHONE.search(folded))


def reaches(folded: str) -> bool:
    """Whether the line says how somebody can be reached: never removed by a guess."""
    return _REACH.search(folded) is not None


def is_notice_line(folded: str) -> bool:
    """A title, heading, unit, date or paragraph of the notice itself, by its look alone."""
    if len(folded) > 60:
        return True
    words = boilerplate().notice_lines.words
    return any(word in folded for word in words) or bool(_notice_pattern().search(core(folded) or folded))
