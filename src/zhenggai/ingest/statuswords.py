"""What one clause or one short value says of a problem's 整改状态, by rules/status.yaml."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from zhenggai.ingest.folding import holds_any
from zhenggai.ingest.patterns import one_of
from zhenggai.model import Status
from zhenggai.rulebook import StatusRule, status_rules

MAY_TELL = one_of(
    [
        "整改|销号|办结|[清归]零|闭环|长期|常态|阶段性|推进|基本|[尚仍还暂]|未|没有|不具备|正在",
        r"(?:中|完成|完毕|到位|解决|纠正|改[正完好]|化解|落实|结束|消除|实现)(?:$|[并且，,。；;！!？?\n：:（）()【】〔〕\[\]、|｜\t★☆※])",
    ]
)
"""A text without any of these states nothing of a problem: a quick look before the patterns."""
MAY_TELL_OF_A_PART = one_of(
    [
        r"[正尚仍还]|待|剩余|其余|余[下款]|另有|个别|少数|中(?:$|[，,。；;])|力争|争取|预计|计划|拟|暂|已列入|处于"
    ]
)


@dataclass(frozen=True, slots=True)
class _Wordings:
    """Patterns of one status, those at the head of a clause apart: they are tried there only."""

    status: Status
    needs: tuple[str, ...]
    at_head: re.Pattern[str] | None
    anywhere: re.Pattern[str] | None

    def find(self, words: str, lead: int) -> re.Match[str] | None:
        """Where a clause states it; `lead`: where its own words begin behind 目前 and the like."""
        if not holds_any(words, self.needs):
            return None
        found = None
        if self.at_head:
            found = self.at_head.match(words, lead) or (self.at_head.match(words) if lead else None)
        return found or (self.anywhere.search(words) if self.anywhere else None)


@dataclass(frozen=True, slots=True)
class _Compiled:
    lead: re.Pattern[str]
    values: tuple[tuple[Status, re.Pattern[str]], ...]
    clauses: tuple[_Wordings, ...]
    parts: tuple[_Wordings, ...]
    before: re.Pattern[str]
    within: re.Pattern[str]
    after: re.Pattern[str]


@cache
def _compiled() -> _Compiled:
    rules = status_rules()

    def one(patterns: Iterable[str]) -> re.Pattern[str]:
        source = "|".join(f"(?:{p})" for p in patterns)
        for _ in "12":  # words may stand in words
            for name, said in rules.words.items():
                source = source.replace(f"{{{name}}}", said)
        return re.compile(source)

    def wordings(rule: StatusRule, patterns: Sequence[str]) -> _Wordings:
        at_head = [p[1:] for p in patterns if p.startswith("^")]
        anywhere = [p for p in patterns if not p.startswith("^")]
        return _Wordings(
            rule.status, rule.needs, one(at_head) if at_head else None, one(anywhere) if anywhere else None
        )

    return _Compiled(
        one([rules.words["lead"]]),
        tuple((rule.status, one(rule.values)) for rule in rules.statuses),
        tuple(wordings(rule, rule.patterns) for rule in rules.statuses),
        tuple(wordings(rule, rule.partial) for rule in rules.statuses if rule.partial),
        one(rules.unless_before),
        one(rules.unless_within),
        one(rules.unless_after),
    )


def of_value(words: str) -> Status | None:
    """The status that a value states with its whole wording: `完成`, `√`, `长期`."""
    return next((status for status, pattern in _compiled().values if pattern.fullmatch(words)), None)


def of_clause(words: str) -> Status | None:
    """The status that a clause states of the problem itself."""
    rules = _compiled()
    if not MAY_TELL.search(words):
        return None
    lead = _lead(words)
    for wordings in rules.clauses:
        status, match = wordings.status, wordings.find(words, lead)
        if not match or rules.after.search(words[match.end() :]):
            continue
        if status in {Status.COMPLETED, Status.MOSTLY_COMPLETED} and (
            rules.before.search(words[: match.start()]) or rules.within.search(words[: match.end()])
        ):
            continue
        return status
    return None


def of_part(words: str) -> Status | None:
    """The status that a clause states of a part or of one measure."""
    if not MAY_TELL_OF_A_PART.search(words):
        return None
    lead = _lead(words)
    return next((w.status for w in _compiled().parts if w.find(words, lead)), None)


def _lead(words: str) -> int:
    """Where a clause begins behind 目前, a date or who looked at it."""
    match = _compiled().lead.match(words)
    return match.end() if match else 0
