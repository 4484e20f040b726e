"""Problems that sentences tell, and accounts that stand elsewhere than below their problems.

In a self-examination the sentences 一是…二是… are the problems; so they are, or 针对…的问题
is, where no heading names one. A list of problems may be answered later: by number
(针对第一个问题), or in order, under the same headings.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import zip_longest

from zhenggai.ingest import wording
from zhenggai.ingest.numbering import number_of, read_is
from zhenggai.ingest.outline import Node, Outline
from zhenggai.ingest.pieces import Piece
from zhenggai.ingest.problem import (
    Problem,
    Span,
    account_of,
    against,
    head_end,
    parents_of,
    printed_heading,
    same_heading,
    tidy,
)
from zhenggai.ingest.rows import Kinds
from zhenggai.model import Origin


def told_in_text(outline: Outline, kinds: Kinds) -> list[Problem]:
    """The problems of a notice whose headings name none: 一是… of its paragraphs, or 针对…的问题 in them."""
    nodes = [node for node in outline.walk() if kinds[node] not in {"organisation", "outlook", "causes"}]
    for read in (_answered, self_examined):
        found = [problem for node in nodes for problem in read(node)]
        if len(found) >= _FEWEST:
            _tell_on(found, nodes)
            return found
    return []


_FEWEST = 3
"""One or two sentences that name a problem in passing are no list of problems."""


def _tell_on(found: Sequence[Problem], nodes: Sequence[Node]) -> None:
    """Give such problems what the paragraphs below tell of each, up to the next; the inspection fed them back."""
    order = [(piece, node) for node in nodes for piece in (node.piece, *node.body)]
    places = {id(piece): at for at, (piece, _) in enumerate(order)}
    for problem, following in zip_longest(found, found[1:]):
        problem.origin = Origin.FEEDBACK
        here = places[id(problem.span.piece)]
        end = places[id(following.span.piece)] if following else len(order)
        section = order[here][1].root
        below = [piece for piece, node in order[here + 1 : end] if node.root is section]
        problem.account += [piece.text for piece in account_of(below)]
        if following and end > here and following.span.start:
            problem.account.append(following.span.piece.text[: following.span.start])


def _answered(node: Node) -> list[Problem]:
    """The problems that the sentences of a paragraph answer: 针对食堂采购不公开的问题，一是…"""
    parents = parents_of(node)
    found = []
    for piece, start in ((node.piece, node.start), *((p, 0) for p in node.body)):
        frames = [*against(piece, start, "against")]
        for frame, following in zip_longest(frames, frames[1:]):
            account = piece.text[frame.end : following.start if following else None]
            span = Span(piece, frame.start, frame.end)
            found.append(
                Problem(
                    None,
                    frame.problem,
                    span,
                    Origin.FEEDBACK,
                    parents,
                    None,
                    [account],
                    node=node,
                    in_text=True,
                )
            )
    return found


def self_examined(node: Node) -> list[Problem]:
    """Problems that a self-examination lists as 一是…二是… within a paragraph."""
    return _enumerated(node, [(node.piece, head_end(node)[1]), *((p, 0) for p in node.body)])


def listed_after_label(node: Node, kinds: Kinds) -> list[Problem]:
    """Problems listed after one label: 反馈问题：一是…；二是…, each with the account that names its number."""
    if not (node.label and node.label.role == "problem" and read_is(node.rest)):
        return []
    items = _enumerated(node, [(node.piece, node.start)])
    answers = _by_ordinal("".join(p.text for p in node.body))
    for ordinal, item in enumerate(items, 1):
        item.origin = Origin.SELF if kinds[node] == "self" else Origin.FEEDBACK
        item.parents = item.parents[:-1]  # the label is no heading
        item.account += answers.get(ordinal, [])
    return items if len(items) > 1 else []


_ITEM = re.compile(r"(?:^|(?<=[。；：:;\n]))\s*(?:[一二三四五六七八九十]是|其[一二三四五六七八九十][，,：:])")


def _enumerated(node: Node, places: Sequence[tuple[Piece, int]]) -> list[Problem]:
    """The sentences 一是…二是… in the pieces from the offsets on, where most of them name problems."""
    found = []
    parents = (*parents_of(node), printed_heading(node))
    named: list[bool] = []
    for piece, start in places:
        marks = [m.start() for m in _ITEM.finditer(piece.text) if m.start() >= start]
        for at, following in zip(marks, [*marks[1:], len(piece.text)], strict=False):
            at += len(piece.text[at:]) - len(piece.text[at:].lstrip())
            number = read_is(piece.text[at:])
            if not number:
                continue
            words = piece.text[at + number.length : following]
            stop = wording.first_sentence(words)
            named.append(wording.names_problem(words[:stop]))
            found.append(
                Problem(
                    number.printed,
                    tidy(words[:stop]),
                    Span(piece, at, at + number.length + stop),
                    Origin.SELF,
                    parents,
                    None,
                    [words[stop:]],
                    node=node,
                    in_text=True,
                )
            )
    return found if 2 * sum(named) >= len(named) else []


_ORDINAL = re.compile(
    r"(?:针对|关于)?(?:上述|反馈的?)?第(?P<n>[一二三四五六七八九十\d]{1,3})(?:个|项|条)(?:反馈)?问题(?:的)?(?:整改)?"
    r"(?:落实|进展|完成)?(?:情况|措施|成效|结果)?[：:，,]"
)


def _by_ordinal(text: str) -> dict[int, list[str]]:
    """What a text tells under 针对第一个问题， 第2个问题整改情况：, by number."""
    marks = [*_ORDINAL.finditer(text)]
    told: dict[int, list[str]] = {}
    for match, following in zip_longest(marks, marks[1:]):
        ordinal = number_of(match["n"])
        if ordinal:
            told.setdefault(ordinal, []).append(text[match.end() : following.start() if following else None])
    return told


def answer_by_number(found: Sequence[Problem], outline: Outline) -> None:
    """Give problems that a notice lists first the accounts that it tells later, by their numbers."""
    numbered = {p.node.ordinal: p for p in found if p.node and p.node.number and not p.in_text}
    if len(numbered) != len(found):
        return
    own = {id(piece) for p in found if p.node for n in p.node.walk() for piece in (n.piece, *n.body)}
    for node in outline.walk():
        for piece in (node.piece, *node.body):
            if id(piece) in own or not _ORDINAL.match(piece.text):
                continue
            for ordinal, told in _by_ordinal(piece.text).items():
                if ordinal in numbered:
                    numbered[ordinal].account += told


def answer_in_order(found: Sequence[Problem], outline: Outline) -> None:
    """Give problems that stand in one part the accounts that another part tells under the same headings, in order."""
    groups: dict[str, list[Problem]] = {}
    for problem in found:
        if problem.in_text and problem.parents:
            groups.setdefault(same_heading(problem.parents[-1]), []).append(problem)
    own = {id(problem.span.piece) for problem in found}
    for node in outline.walk() if groups else ():
        group = groups.get(same_heading(printed_heading(node)), [])
        pieces = [piece for inner in node.walk() for piece in (inner.piece, *inner.body)]
        if not group or any(id(piece) in own for piece in pieces):
            continue
        told = _items("\n".join(piece.text for piece in pieces))
        if len(told) == len(group):
            for problem, words in zip(group, told, strict=True):
                problem.account.append(words)


def _items(text: str) -> list[str]:
    """The sentences 一是…二是… of a text, each up to the next."""
    marks = [match.start() for match in _ITEM.finditer(text)]
    return [text[at:end] for at, end in zip_longest(marks, marks[1:])]
