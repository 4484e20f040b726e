"""Telling adverts from notices: fixed forms first, then several weak signals together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from zhenggai.ingest.folding import Lexicon, Words, core, holds_any
from zhenggai.ingest.looks import is_heading
from zhenggai.ingest.patterns import one_of, plain_heads
from zhenggai.rulebook import BoilerplateRule, SignalPattern, boilerplate

SURE = 4.0
"""Weight from which a line goes wherever it stands."""
NEAR = 1.0
"""Weight from which it goes among adverts at the head or the tail."""
TWO = 2.0
"""Weight of two signals."""
TELL = 1.5
"""Weight of one signal that no office gives in a line of its own."""
PLAIN = 2.0
"""Weight from which words between the brackets that notices use themselves are none of theirs."""
THREE = 3.0
"""Weight of three signals that an office may give as well."""
FLAG = 2.5
"""Weight from which a line that stays is shown to a person."""

_MEASURE = re.compile(
    r"\d(?:个|名|户|家|件|起|项|处|人(?![赞看下购付评已])|人次|场次|%|倍|亩|公里|平方米|万元|元/)(?!.{0,2}(?:未读|剩|可看))"
)
"""What a notice counts."""
_LATIN = re.compile(r"[a-z0-9¥]")
_DATE = re.compile(r"\d{4}[年.-]\d{1,2}|\d{1,2}月\d{1,2}日|[x*×]{1,2}月|\d{4}年")
_MONEY = re.compile(r"\d(?:\.\d+)?[余多]?[万亿]元|\d元/人")
_REACH = re.compile(
    r"(?:电话|热线|传真|邮编|邮箱|信箱|地址|电邮|邮件|e-?mail|邮政编码|手机|联系人|意见箱)[^:]{0,10}:"
    r"|[\w.-]@[\w-]+\.[a-z]|监督|反映|举报|意见|建议"
)
_MAY_BE_FACT = re.compile("[年月.元话线真编址-]")
"""No date, amount or number is without one of these: a quick look before the patterns."""
_PHONE = re.compile(r"(?:电话|热线|传真|邮编|地址)[^\d]{0,8}[\dx*]{5,}")


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """A row of the rule table, compiled."""

    row: BoilerplateRule
    words: tuple[str, ...]
    pattern: re.Pattern[str]
    at_head: bool
    """Whether it can match nowhere but where a text begins."""

    def found(self, text: str) -> Iterator[re.Match[str]]:
        """Where the pattern matches within a text."""
        if self.at_head:
            match = self.pattern.match(text)
            return iter((match,) if match else ())
        return self.pattern.finditer(text)


def _compile(row: BoilerplateRule) -> Rule:
    flags = re.I if row.scope == "inline" else 0
    at_head = all(head.startswith("^") for p in row.patterns for head in plain_heads(p))
    return Rule(row, row.words, re.compile("|".join(f"(?:{p})" for p in row.patterns), flags), at_head)


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
        self._present = [(word, by_word[word]) for word in words.held if word in by_word]

    def matching(self, inner: str) -> Iterator[BoilerplateRule]:
        """Rows that match the whole core, unless the line speaks in words of a notice."""
        guarded: bool | None = None
        tried: set[str] = set()
        for rule in self._always:
            if rule.pattern.fullmatch(inner):
                yield rule.row
        for word, rules in self._present:
            if word not in inner:
                continue
            for rule in rules:
                if rule.row.id in tried:
                    continue
                tried.add(rule.row.id)
                if rule.pattern.fullmatch(inner):
                    if guarded is None:
                        guarded = _is_guarded(inner)
                    if not guarded:
                        yield rule.row


def _is_guarded(inner: str) -> bool:
    """Whether a line that matches a rule speaks like a notice and not like an advert."""
    if not (is_heading(inner) or any(word in inner for word in boilerplate().guard_words)):
        return False
    return weight(inner) < FLAG and _all_signals(True).judge(inner)[1] < TELL


class Signals:
    """The weak signals of one text; those whose words stand nowhere in it are left out.

    Without `words` none are: for a few lines that is cheaper than to look.
    """

    def __init__(self, words: Words | None = None, *, tells: bool = False) -> None:
        """`tells`: with what gives a line away only where it stands alone."""
        table = _table(tells)
        held = dict.fromkeys(words.held) if words else table.by_word
        rows: dict[int, list[str]] = {}
        for word in held:
            for n in table.by_word.get(word, ()):
                rows.setdefault(n, []).append(word)
        self._words = [(*table.rows[n], present) for n, present in sorted(rows.items())]
        self._patterns = [
            (form, [word for word in form.row.words if word in held])
            for form in table.forms
            if not form.row.words or any(word in held for word in form.row.words)
        ]
        self._notice = [word for word in held if word in table.notice]

    def weight(self, folded: str) -> float:
        """How much the folded line looks like an advert; below zero it speaks for a notice."""
        return self.judge(folded)[0]

    def judge(self, folded: str) -> tuple[float, float]:
        """The weight, and that of the heaviest tell or form."""
        total = top = 0.0
        for value, tell, words in self._words:
            for word in words:
                if word in folded:
                    total += value
                    if tell and value > top:
                        top = value
                    break
        inner = core(folded)
        latin = _LATIN.search(inner) is not None
        for form, words in self._patterns:
            if (holds_any(folded, words) if words else latin) and form.pattern.search(
                folded if form.tell else inner
            ):
                total += form.row.weight
                top = max(top, form.row.weight if form.tell or form.row.weight >= PLAIN else 0)
        if not total:
            return 0.0, 0.0
        notice = boilerplate().notice_signals
        total += 0.5 if folded.endswith("!") else 0
        total -= notice.weight * min(sum(word in folded for word in self._notice), notice.most)
        total -= _MEASURE.search(folded) is not None
        return total - (folded.endswith(("。", ";"))) - (len(folded) > 60), top


def is_name(folded: str) -> bool:
    """Whether some letters are more than words of pages and sellers put together: two of them are left over."""
    by_word = _table(True).by_word
    for word in sorted(Words(folded, lexicon()).held, key=len, reverse=True):
        if len(word) > 1 and by_word.get(word):
            folded = folded.replace(word, "")
    return len(folded) > 1


def weight(folded: str) -> float:
    """The weight of one line by itself."""
    return _all_signals(False).weight(folded)


@cache
def _all_signals(tells: bool) -> Signals:
    return Signals(tells=tells)


@dataclass(frozen=True, slots=True, eq=False)
class _Form:
    """A pattern that weighs like a signal; those of tells are searched in the whole line, others in its core."""

    row: SignalPattern
    tell: bool
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True, eq=False)
class _Table:
    """The signals, ready to be looked up by their words."""

    rows: list[tuple[float, bool]]
    """Weight, and whether it is a tell."""
    by_word: dict[str, list[int]]
    """Word → rows that hold it; words of patterns and of notices have none."""
    forms: list[_Form]
    notice: frozenset[str]


@cache
def _table(tells: bool) -> _Table:
    book = boilerplate()
    rows = [(row, False) for row in book.signals] + [(row, True) for row in book.tells if tells]
    forms = [(row, False) for row in book.signal_patterns] + [
        (row, True) for row in book.tell_patterns if tells
    ]
    by_word: dict[str, list[int]] = {}
    for n, (row, _) in enumerate(rows):
        for word in row.words:
            by_word.setdefault(word, []).append(n)
    for word in (*(word for row, _ in forms for word in row.words), *book.notice_signals.words):
        by_word.setdefault(word, [])
    return _Table(
        [(row.weight, tell) for row, tell in rows],
        by_word,
        [_Form(row, tell, one_of([row.pattern])) for row, tell in forms],
        frozenset(book.notice_signals.words),
    )


@cache
def lexicon() -> Lexicon:
    """All words by which lines are judged."""
    return Lexicon([*(word for rule in line_rules() for word in rule.words), *_table(True).by_word])


@cache
def _notice_pattern() -> re.Pattern[str]:
    return re.compile(boilerplate().notice_lines.pattern)


def carries_facts(folded: str) -> bool:
    """A date, an amount or an office's number: never removed by a guess."""
    if not _MAY_BE_FACT.search(folded):
        return False
    return bool(_DATE.search(folded) or _MONEY.search(folded) or _PHONE.search(folded))


def reaches(folded: str) -> bool:
    """Whether the line says how somebody can be reached: never removed by a guess."""
    return _REACH.search(folded) is not None


def is_notice_line(folded: str) -> bool:
    """A title, heading, unit, date or paragraph of the notice itself, by its look alone."""
    if len(folded) > 60:
        return True
    words = boilerplate().notice_lines.words
    return holds_any(folded, words) or bool(_notice_pattern().search(core(folded) or folded))
