"""整改状态 of one problem, from words about that very problem."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from zhenggai.ingest import wording
from zhenggai.model import Status
from zhenggai.rulebook import status_rules

_CLAUSE = re.compile(r"[，,。；;！!？?\n：:（）()【】\[\]、|｜\t]+")
_MAY = re.compile(
    r"整改|完成|销号|办结|解决|长期|阶段|推进|正在|到位|兑现|清零|改[正完]|中(?:之中)?$|待|需|尚|已改|未"
)
"""A clause without any of these states nothing: a quick look before the patterns."""
_SENTENCE = re.compile(r"[。；;！!？?\n]+")


@cache
def _compiled() -> tuple[tuple[Status, re.Pattern[str]], ...]:
    return tuple(
        (rule.status, re.compile("|".join(f"(?:{p})" for p in rule.patterns)))
        for rule in status_rules().statuses
    )


@cache
def _spared() -> tuple[re.Pattern[str], re.Pattern[str]]:
    rules = status_rules()
    return re.compile("|".join(rules.unless_before)), re.compile("|".join(rules.unless_after))


@cache
def _label() -> re.Pattern[str]:
    words = "|".join(sorted(map(re.escape, wording.label_words("status")), key=len, reverse=True))
    return re.compile(rf"(?:{words})\s*[】\]）)]?\s*[：:]\s*([^。；;\n]{{1,60}})")


def status_of_words(words: str) -> Status | None:
    """The status that a clause states, or None: `已整改完成` → completed."""
    before, after = _spared()
    for status, pattern in _compiled():
        match = pattern.search(words)
        if not match:
            continue
        if status is not Status.IN_PROGRESS and before.search(words[: match.start()]):
            continue
        if after.search(words[match.end() :]):
            continue
        return status
    return None


def status_of(account: Sequence[str]) -> Status | None:
    """The status of a problem from its account; None when nothing is said of it.

    A labelled value (完成情况：…) counts before sentences. Where one part is done
    and another is not, the problem is not done; a last word on 问题 decides.
    """
    found: list[tuple[Status, str]] = []
    for text in account:
        for value in _label().findall(text):
            told = [s for clause in _CLAUSE.split(value) if (s := status_of_words(clause.strip()))]
            if told:
                return _weigh(told)
        for sentence in _SENTENCE.split(text):
            if "具体问题" in sentence:
                continue  # 该具体问题已完成整改: said of a sub-problem only
            found += [
                (status, sentence)
                for clause in _CLAUSE.split(sentence)
                if _MAY.search(clause) and (status := status_of_words(clause.strip()))
            ]
    if not found:
        return None
    last, sentence = found[-1]
    if re.search(r"(此|该|本|上述)(项)?问题", sentence):
        return last
    return _weigh([s for s, _ in found])


def _weigh(told: Sequence[Status]) -> Status:
    for status in (Status.MOSTLY_COMPLETED, Status.IN_PROGRESS, Status.COMPLETED):
        if status in told:
            return status
    return Status.LONG_TERM
