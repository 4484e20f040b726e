"""What stands inside each problem: its wording, its account, its sub-problems, its repetitions.

Which headings are problems is decided in `rows`; what sentences tell is read in `in_text`.
Here the frame and the number come off a problem's wording, the account runs to the next
problem or to the notice's closing words, 针对“…”问题 inside it are its sub-problems, and a
late group that repeats a problem is merged into it.
"""

from __future__ import annotations

from collections.abc import Sequence

from zhenggai.ingest import wording
from zhenggai.ingest.in_text import (
    answer_by_number,
    answer_in_order,
    listed_after_label,
    self_examined,
    told_in_text,
)
from zhenggai.ingest.outline import Node, Outline
from zhenggai.ingest.pieces import Piece
from zhenggai.ingest.problem import (
    Problem,
    Span,
    Sub,
    account_of,
    against,
    head_end,
    parents_of,
    same_heading,
    tidy,
)
from zhenggai.ingest.rows import Kinds, choose_rows, is_framed, is_worded, section_kinds
from zhenggai.model import Origin


def problems(outline: Outline, stated: int | None) -> list[Problem]:
    """The problems of a notice in order; `stated` is the printed total, if any."""
    kinds = section_kinds(outline)
    chosen = choose_rows(outline, kinds, stated)
    found: list[Problem] = []
    for node in outline.walk():
        if node in chosen:
            found += listed_after_label(node, kinds) or [_problem(node, kinds)]
        elif kinds[node] == "self" and not chosen & set(node.ancestors()):
            found += self_examined(node)
    found = found or told_in_text(outline, kinds)
    _trim_last(found)
    answer_by_number(found, outline)
    answer_in_order(found, outline)
    return _merged(found)


def _trim_last(found: Sequence[Problem]) -> None:
    """What follows the last problem without a heading is the notice's closing, not its account.

    No problem before it has more unnumbered pieces than `most`: neither has the last.
    """
    headed = [p for p in found if p.node and not p.in_text]
    if len(headed) < 3 or any(p.node and p.node.children for p in headed):
        return
    most = max(len(p.account) for p in headed[:-1])
    del headed[-1].account[most:]


def _problem(node: Node, kinds: Kinds) -> Problem:
    text = node.piece.text
    start, end = head_end(node)
    body = list(node.body)
    words = node.frame.problem if node.frame else _bare(text[start:end])
    heading = tidy(words)
    span = Span(node.piece, 0, end)
    if not heading and body:  # 反馈问题： alone on its line: the wording is the next piece
        stop = wording.first_sentence(body[0].text)
        heading = tidy(body[0].text[:stop])
        span = Span(body[0], 0, stop)
        body[0] = Piece(body[0].no, body[0].text[stop:].strip() or "。", body[0].last)
    group = next(
        (k for k in (kinds[a] for a in (node, *node.ancestors())) if k in wording.group_status()), None
    )
    found_by_itself = not node.frame or any("自查" in a.rest for a in node.ancestors())
    origin = Origin.SELF if kinds[node] == "self" and found_by_itself else Origin.FEEDBACK
    problem = Problem(
        node.number.printed if node.number else None,
        heading,
        span,
        origin,
        parents_of(node),
        group,
        [text[end:], *(p.text for p in account_of(body))],
        node=node,
        ticked=node.row.status if node.row else None,
    )
    problem.account += [
        p.text for k in node.children for n in k.walk() for p in (n.piece, *account_of(n.body))
    ]
    problem.subs = [s for s in _subs(node, end) if s.heading != heading]
    return problem


def _bare(words: str) -> str:
    """The words of a problem without the 的问题 that half a frame left behind: 票据审核不严的问题。"""
    bare = tidy(words).removesuffix("的问题")
    return bare if bare != words and wording.names_problem(bare) else words


def _subs(node: Node, end: int) -> list[Sub]:
    """Sub-problems: framed or worded headings below, and 针对“…”问题 inside the text."""
    subs = _inline_subs(node.piece, end)
    for piece in node.body:
        subs += _inline_subs(piece, 0)
    listed = [child for child in node.children if not child.label]
    group = all(is_worded(k) and not wording.starts_like_measure(k.rest) for k in listed)
    for child in node.children:
        if is_framed(child) or child.frame or (group and is_worded(child) and not child.label):
            start, stop = head_end(child)
            heading = child.frame.problem if child.frame else tidy(child.piece.text[start:stop])
            if heading:
                subs.append(Sub(heading, Span(child.piece, 0, stop)))
            subs += _inline_subs(child.piece, stop)
            for piece in child.body:
                subs += _inline_subs(piece, 0)
            continue
        for inner in child.walk():
            subs += _inline_subs(inner.piece, inner.start)
            for piece in inner.body:
                subs += _inline_subs(piece, 0)
    return subs


def _inline_subs(piece: Piece, start: int) -> list[Sub]:
    return [
        Sub(frame.problem, Span(piece, frame.start, frame.end))
        for frame in against(piece, start, "against-quoted")
    ]


def _merged(found: list[Problem]) -> list[Problem]:
    """A problem that a late group repeats is one problem with the later status."""
    rows: list[Problem] = []
    by_heading: dict[str, Problem] = {}
    for problem in found:
        first = by_heading.get(same_heading(problem.heading))
        if first and (problem.group or problem.ticked):
            first.again.append(problem)
            first.subs += problem.subs
            continue
        by_heading.setdefault(same_heading(problem.heading), problem)
        rows.append(problem)
    return rows
