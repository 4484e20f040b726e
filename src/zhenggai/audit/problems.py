"""Each problem with its reasons: why this category, and which words tell its status."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from zhenggai.audit.align import Aligned, Block
from zhenggai.audit.marks import excerpt
from zhenggai.ingest.classify import Choice
from zhenggai.ingest.convert import Conversion
from zhenggai.ingest.status import status_of_words
from zhenggai.ingest.wording import group_status, section_kind
from zhenggai.model import Issue, Origin, Status
from zhenggai.rulebook import category_by_slug, taxonomy

_CLAUSE = re.compile(r"[，,。；;！!？?：:（）()【】\[\]|｜\t\n]+")
_MOST = 3


@dataclass(frozen=True, slots=True)
class Why:
    """A category, and why this one."""

    category: str
    slug: str
    reasons: tuple[str, ...]
    """Each a sentence without stop: `标题有“公务接待”（5.4 分）`."""
    next_best: str
    """The category that came next, in a sentence; empty when there was none."""


@dataclass(frozen=True, slots=True)
class SubProblem:
    """具体问题."""

    heading: str
    anchor: str
    line: int | None
    why: Why


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem of the report as a clerk checks it."""

    place: int
    """1 for the first."""
    number: str
    heading: str
    anchor: str
    line: int | None
    parents: tuple[str, ...]
    self_named: bool
    why: Why
    status: str
    told_by: str
    """The words that tell the status, or why there are none."""
    again: tuple[tuple[str, int | None], ...]
    """(anchor, line) of each repetition."""
    subs: tuple[SubProblem, ...]


def read_problems(conversion: Conversion, aligned: Aligned) -> tuple[Problem, ...]:
    """The problems of one conversion, in order."""
    blocks = [block for row in aligned.rows for block in row.blocks]
    return tuple(
        Problem(
            place,
            issue.number or "",
            issue.heading,
            issue.anchor,
            aligned.line_of(issue.anchor),
            issue.parents,
            issue.origin is Origin.SELF,
            explain(conversion.choices.get(issue.anchor, Choice(issue.category))),
            issue.status.label,
            _told_by(issue, blocks),
            tuple((anchor, aligned.line_of(anchor)) for anchor in issue.also_at),
            tuple(
                SubProblem(
                    sub.heading,
                    sub.anchor,
                    aligned.line_of(sub.anchor),
                    explain(conversion.choices.get(sub.anchor, Choice(sub.category))),
                )
                for sub in issue.sub_issues
            ),
        )
        for place, issue in enumerate(conversion.report.issues, 1)
    )


def explain(choice: Choice) -> Why:
    """A choice in plain Chinese."""
    reasons = tuple(
        f"{reason}（{points:.1f} 分）" if points is not None else reason
        for reason, points in zip(choice.reasons, choice.points or (None,) * len(choice.reasons), strict=True)
    )
    if choice.score and len(choice.reasons) > 1:
        reasons = (*reasons, f"合计 {choice.score:.1f} 分（同类的词只有最重的一个算足）")
    other = choice.runner_up
    next_best = ""
    if other:
        name, why = category_by_slug()[other.slug].name, "、".join(other.reasons[:2])
        if choice.score:
            next_best = f"其次是{name}（{other.score:.1f} 分：{why}）"
        else:
            next_best = f"最接近的是{name}（{other.score:.1f} 分，不到 {taxonomy().weights.floor} 分：{why}）"
    return Why(category_by_slug()[choice.slug].name, choice.slug, reasons, next_best)


def _told_by(issue: Issue, blocks: Sequence[Block]) -> str:
    """The words of the notice that tell the status of this problem, as far as they can be shown."""
    if issue.status is Status.UNSTATED:
        return "原文没有说这个问题的进度"
    words: dict[str, None] = {}
    for block in _own(issue, blocks):
        for clause in _CLAUSE.split(block.text):
            if clause.strip() and status_of_words(clause.strip()) is issue.status:
                words.setdefault(excerpt(clause, 30))
    if words:
        more = f" 等 {len(words)} 处" if len(words) > _MOST else ""
        return "原文：" + "、".join(f"“{word}”" for word in list(words)[:_MOST]) + more
    for parent in reversed(issue.parents):
        if group_status().get(section_kind(parent) or "") == issue.status:
            return f"所在标题：“{excerpt(parent, 40)}”"
    return "由这个问题的几句话合起来判定，或取自它所在的一组"


def _own(issue: Issue, blocks: Sequence[Block]) -> list[Block]:
    """The blocks of a problem and its repetitions: from its anchor to the next heading that is not its own."""
    starts = {issue.anchor, *issue.also_at}
    inner = {sub.anchor for sub in issue.sub_issues}
    own, inside = [], False
    for block in blocks:
        if block.anchor in starts:
            inside = True
        elif block.level or (block.anchor and block.anchor not in inner):
            inside = inside and block.anchor in inner
        if inside:
            own.append(block)
    return own
