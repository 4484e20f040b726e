"""Telling adverts from notices: fixed forms first, then several weak signals together."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from zhenggai.ingest.folding import core, fold
from zhenggai.rulebook import BoilerplateRule, boilerplate

SURE = 4.0
"""Weight from which a line goes wherever it stands."""
NEAR = 1.0
"""Weight from which it goes among adverts at the head or the tail."""
FLAG = 2.5
"""Weight from which a line that stays is shown to a person."""

_DATE = re.compile(r"\d{4}[年.-]\d{1,2}|\d{1,2}月\d{1,2}日|[x*×]{1,2}月|\d{4}年")
_MONEY = re.compile(r"\d(?:\.\d+)?[余多]?[万亿]元|\d元/人")
_PHONE = re.compile(r"(?:电话|热线|传真|邮编|地址)[^\d]{0,8}[\dx*]{5,}")


@dataclass(frozen=True, slots=True)
class Rule:
    """A row of the rule table, compiled."""

    row: BoilerplateRule
    words: tuple[str, ...]
    pattern: re.Pattern[str]

    def holds(self, text: str) -> bool:
        """Whether it matches the whole of a line's core."""
        if self.words and not any(word in text for word in self.words):
            return False
        return self.pattern.fullmatch(text) is not None


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


def active(rules: tuple[Rule, ...], doc: str) -> tuple[Rule, ...]:
    """Those rules that can match somewhere in `doc` at all."""
    return tuple(r for r in rules if not r.words or any(word in doc for word in r.words))


@cache
def _signals() -> tuple[tuple[float, tuple[str, ...]], ...]:
    return tuple((s.weight, s.words) for s in boilerplate().signals)


@cache
def _signal_patterns() -> tuple[tuple[float, re.Pattern[str]], ...]:
    return tuple((s.weight, re.compile(s.pattern)) for s in boilerplate().signal_patterns)


@cache
def signal_words() -> tuple[str, ...]:
    """Every word that weighs for an advert."""
    return tuple(word for s in boilerplate().signals for word in s.words)


@cache
def _notice_pattern() -> re.Pattern[str]:
    return re.compile(boilerplate().notice_lines.pattern)


def weight(folded: str) -> float:
    """How much the folded line looks like an advert; below zero it speaks for a notice."""
    total = sum(value for value, words in _signals() if any(word in folded for word in words))
    inner = core(folded)
    total += sum(value for value, pattern in _signal_patterns() if pattern.search(inner))
    total += 0.5 if folded.endswith("!") else 0
    if total <= 0:
        return 0.0
    notice = boilerplate().notice_signals
    found = sum(word in folded for word in notice.words)
    total -= notice.weight * min(found, notice.most)
    return total - (1 if folded.endswith(("。", ";")) else 0) - (1 if len(folded) > 60 else 0)


def carries_facts(folded: str) -> bool:
    """A date, an amount or an office's number: never removed by a guess."""
    return bool(_DATE.search(folded) or _MONEY.search(folded) or _PHONE.search(folded))


def is_notice_line(folded: str) -> bool:
    """A title, heading, unit, date or paragraph of the notice itself, by its look alone."""
    if len(folded) > 60:
        return True
    words = boilerplate().notice_lines.words
    return any(word in folded for word in words) or bool(_notice_pattern().search(core(folded) or folded))


def folded_core(text: str) -> str:
    """`core(fold(text))`."""
    return core(fold(text))
