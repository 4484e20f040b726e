"""How a notice orders its problems: heading grammars, each as one row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

from benchmarks.speech import numeral

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem with what was done."""

    heading: str
    subs: tuple[str, ...]
    measures: tuple[str, ...]
    """Sentences without their full stop."""
    status: str
    """A whole sentence, or nothing."""


@dataclass(frozen=True, slots=True)
class Form:
    """A heading grammar. In `group`, `heading`, `sub`: {n} 1, {zh} 一, {q} the text, {count} problems inside."""

    heading: str
    group: str = ""
    """Heading of a group of problems; without it problems stand at the top level."""
    sub: str = ""
    """Heading of a part of a problem; without it problems have none."""
    restart: bool = True
    """Whether numbering begins anew in each group."""
    inline: bool = False
    """Whether the account follows on the heading's own line."""
    label: str = ""
    """What the account begins with: 整改情况："""
    measures: str = "、"
    """How measures are told apart: 一是 … 二是, lines of （一）, or plain sentences."""
    status_first: bool = False


ORDINALS, LINES, PLAIN = "一是", "（一）", "。"

FORMS = (
    Form("{n}.关于“{q}”的问题。", "第{zh}方面，聚焦{q}情况。共{count}个问题。", restart=False, inline=True,
         measures=PLAIN, status_first=True),
    Form("{n}.{q}。", "（{zh}）聚焦{q}情况方面。", measures=ORDINALS),
    Form("{zh}、关于“{q}”问题的整改情况", measures=LINES),
    Form("{n}.关于“{q}”的问题", "（{zh}）{q}不够有力", "（{n}）针对“{q}”的问题，", measures=ORDINALS),
    Form("{n}、{q}。", "（{zh}）{q}方面（{count}个）", label="整改情况：", measures=ORDINALS),
    Form("反馈问题{zh}：关于“{q}”的问题。", label="整改情况：", measures=PLAIN),
    Form("{zh}、关于“{q}”问题", label="整改措施及成效：", measures=PLAIN),
    Form("{n}.关于“{q}”问题的整改", "（{zh}）在“{q}”方面", "({n})关于“{q}”。", measures=PLAIN),
    Form("（{n}）{q}。", "{n}、{q}方面。", measures=ORDINALS),
    Form("{n}．关于{q}的问题", "（{zh}）{q}方面存在的问题", restart=False, label="整改落实情况：", measures=ORDINALS),
)  # fmt: skip


def write(form: Form, problems: Sequence[Problem], groups: Sequence[str]) -> list[str]:
    """The lines of the problems, shared out evenly among the groups where the form has any."""
    if not form.group:
        return [line for at, problem in enumerate(problems, 1) for line in _problem(form, at, problem)]
    lines: list[str] = []
    number = 0
    for at, (group, inside) in enumerate(zip(groups, _shares(problems, len(groups)), strict=True), 1):
        lines.append(_heading(form.group, at, group, len(inside)))
        number = 0 if form.restart else number
        for problem in inside:
            number += 1
            lines += _problem(form, number, problem)
    return lines


def table(problems: Sequence[Problem]) -> list[str]:
    """The same as a table, cells parted by bars."""
    rows = [
        f"{at}|{problem.heading}|{_account(ORDINALS, problem.measures)}|{problem.status or '已整改到位。'}"
        for at, problem in enumerate(problems, 1)
    ]
    return ["序号|反馈问题|整改措施|完成情况", *rows]


def _problem(form: Form, number: int, problem: Problem) -> list[str]:
    head = _heading(form.heading, number, problem.heading)
    first, last = (problem.status, "") if form.status_first else ("", problem.status)
    if form.sub and problem.subs:
        lines = [head]
        shares = _shares(problem.measures, len(problem.subs))
        for at, (sub, measures) in enumerate(zip(problem.subs, shares, strict=True), 1):
            lines.append(_heading(form.sub, at, sub) + _account(form.measures, measures))
        lines[-1] += last
        return lines
    if form.measures == LINES:
        lines = [f"（{numeral(at)}）{measure}。" for at, measure in enumerate(problem.measures, 1)]
        return [head, *lines[:-1], lines[-1] + last]
    account = f"{first}{form.label}{_account(form.measures, problem.measures)}{last}"
    return [head + account] if form.inline else [head, account]


def _shares(of: Sequence[T], parts: int) -> list[Sequence[T]]:
    """As many parts as asked for, as even as can be, in order; none empty when there is enough."""
    ends = [at * len(of) // parts for at in range(parts + 1)]
    return [of[start:end] for start, end in pairwise(ends)]


def _account(style: str, measures: Sequence[str]) -> str:
    if style == ORDINALS and len(measures) > 1:
        return "".join(f"{numeral(at)}是{measure}。" for at, measure in enumerate(measures, 1))
    return "".join(f"{measure}。" for measure in measures)


def _heading(mould: str, number: int, text: str, count: int = 0) -> str:
    return mould.format(n=number, zh=numeral(number), q=text, count=count)
