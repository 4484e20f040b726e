"""Which headings are problems, and what stands inside each.

A notice numbers everything: how the unit organised itself, the problems, the
measures under each, the causes, the plans. Problems are told apart by

1. a frame (关于“…”的问题, 问题一：, a record card): the outermost frame is the
   problem, frames inside it are its sub-problems; an aspect (在“…”方面) with
   problems below is their parent;
2. else by wording: of a group of sibling headings at least half must name a
   problem; the innermost such group are the problems;
3. a printed total decides between two levels when it fits only one;
4. in a self-examination 一是…二是… sentences are the problems.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from zhenggai.ingest import wording
from zhenggai.ingest.numbering import read_is
from zhenggai.ingest.outline import Node, Outline
from zhenggai.ingest.pieces import Piece
from zhenggai.model import Origin

_TRIM = " \t\u3000。.．；;：:，,、！!|｜"
_STATUS_NOTE = re.compile(r"\s*[（(【\[]\s*(?:已|基本|正在|阶段|长期|持续|未|整改)[^（）()【】\[\]]{0,14}[）)】\]]\s*$")


@dataclass(slots=True, eq=False)
class Span:
    """`piece.text[start:end]`."""

    piece: Piece
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.piece.text[self.start : self.end]


@dataclass(slots=True, eq=False)
class Sub:
    """A sub-problem and where it stands."""

    heading: str
    span: Span


@dataclass(slots=True, eq=False)
class Problem:
    """A problem as the text lays it out; status, category and anchor come later."""

    number: str | None
    heading: str
    span: Span
    """Number and heading as printed."""
    origin: Origin
    parents: tuple[str, ...]
    group: str | None
    """Kind of the group it stands in, where that says its status (`unfinished` …)."""
    account: list[str]
    """What the notice tells of it, in order."""
    subs: list[Sub] = field(default_factory=list)
    again: list[Problem] = field(default_factory=list)
    """The same problem, repeated in a late group."""
    node: Node | None = None
    """The heading's node; of a 一是 in running text, the node around it."""
    in_text: bool = False
    """A 一是… sentence in running text, not a heading."""


def problems(outline: Outline, stated: int | None) -> list[Problem]:
    """The problems of a notice in order; `stated` is the printed total, if any."""
    kinds = _kinds(outline)
    rows = _framed_rows(outline, kinds, stated)
    sections = {_root(node) for node in rows}
    rest = [root for root in outline.roots if root not in sections and kinds[root] not in _NONE]
    if rows and all(node in outline.roots for node in rows):
        rest = []  # the problems are the first level; what else stands there is none
    worded = _worded_rows(rest, kinds, None if rows else stated)
    if rows and worded:
        worded = [n for n in worded if kinds[_root(n)] in {"issues", "self", *wording.group_status()}]
    if not rows and not worded:
        rows = [n for n in outline.walk() if n.frame and kinds[n] not in _NONE and not _inside(n, outline, framed=True)]
    chosen = {*rows, *worded}
    chosen = {n for n in chosen if not (kinds[n] == "self" and n.parent is None and _is_section_heading(n, kinds))}
    found: list[Problem] = []
    for node in outline.walk():
        if node in chosen:
            found.append(_problem(node, kinds))
        elif kinds[node] == "self" and not chosen & set(node.ancestors()):
            found += _self_examined(node)
    _trim_last(found)
    return _merged(found)


_CLOSING = re.compile(
    r"(?:下一?步|今后|接下来|欢迎|特此|附件|附：|公示期|监督|联系(?:电话|方式|人)|举报|如有|需要说明|此外|另外|值班|咨询)"
    r"|.{0,14}(?:党委|党组|党总支|党支部|公司|集团|学校|[我本][院局委单校公]|班子)(?:还)?将"
)


def _told(body: Sequence[Piece]) -> list[Piece]:
    """The pieces that belong to a problem's account: those before plans, contacts and signature."""
    end = next((i for i, p in enumerate(body) if _CLOSING.match(p.text)), len(body))
    return list(body[:end])


def _trim_last(found: Sequence[Problem]) -> None:
    """What follows the last problem without a heading is the notice's closing, not its account.

    No problem before it has more unnumbered pieces than `most`: neither has the last.
    """
    headed = [p for p in found if p.node and not p.in_text]
    if len(headed) < 3 or any(p.node and p.node.children for p in headed):
        return
    most = max(len(p.account) for p in headed[:-1])
    del headed[-1].account[most:]


_NONE = {"organisation", "outlook", "causes"}


def _root(node: Node) -> Node:
    return next(iter([*node.ancestors()][::-1]), node)


def _kinds(outline: Outline) -> dict[Node, str | None]:
    """The kind of section that each node belongs to."""
    groups = {*wording.group_status(), "causes"}
    kinds: dict[Node, str | None] = {}
    bridge = False
    for node in outline.walk():
        head = node.rest[: min(wording.first_sentence(node.rest), 70)]
        own = None if node.frame and node.frame.rule.startswith(("about", "against", "bare")) else wording.section_kind(head)
        above = kinds[node.parent] if node.parent else None
        if node.parent is None:
            kinds[node] = own
            bridge = False
        elif own in groups and not (node.label and node.label.role == "problem"):
            kinds[node] = own
        elif own == "self" and above in {None, "issues"}:
            kinds[node] = own
        else:
            kinds[node] = "causes" if bridge and above not in _NONE else above
        # 深刻剖析产生上述问题的根本原因： an unnumbered line that opens the causes
        if any(wording.section_kind(p.text[:60]) == "causes" and p.text[-1] in "：:" for p in node.body):
            bridge = True
    return kinds


def _is_framed(node: Node) -> bool:
    if node.row or node.family == "block":
        return True
    if node.label and node.label.role != "problem":
        return False
    if node.family == "frame":
        return bool(node.frame and node.frame.rule.startswith(("about", "bare")))
    return bool(node.frame or node.family == "problem" or node.label)


def _is_worded(node: Node) -> bool:
    if node.label:
        return node.label.role == "problem"
    if node.frame or node.row or node.told:
        return True
    return wording.names_problem(node.rest[: wording.first_sentence(node.rest)][:120])


def _framed_rows(outline: Outline, kinds: dict[Node, str | None], stated: int | None) -> list[Node]:
    framed = [n for n in outline.walk() if _is_framed(n) and kinds[n] != "causes"]
    inside = {n: [k for k in n.walk() if k is not n and k in set(framed)] for n in framed}

    def outer(nodes: Iterable[Node]) -> list[Node]:
        rows: list[Node] = []
        covered: set[Node] = set()
        for node in nodes:
            if node in covered:
                continue
            covered.update(node.walk())
            below = inside[node]
            aspect = _is_aspect(node)
            if below and aspect:
                rows += outer(below)
            elif aspect and (worded := _worded_rows(node.children, kinds, None)):
                rows += worded
            else:
                rows.append(node)
        return rows

    rows = outer(framed)
    leaves = [n for n in framed if not inside[n]]
    if stated and len(rows) != stated and len(leaves) == stated:
        rows = leaves
    chosen = set(rows)
    for siblings in {id(s): s for s in (r.parent.children if r.parent else outline.roots for r in rows)}.values():
        if 2 * sum(n in chosen for n in siblings) >= len(siblings):
            for n in siblings:
                if n not in chosen and _is_worded(n) and kinds[n] not in _NONE and not chosen & set(n.walk()):
                    rows.append(n)
    return rows


def _is_aspect(node: Node) -> bool:
    """Whether a frame holds an aspect (作风建设方面), not a problem: problems may stand below it."""
    if not node.frame:
        return node.family == "aspect"
    words = node.frame.problem
    return (
        node.frame.rule == "about-aspect"
        or words.endswith(_ASPECT_ENDS)
        or (node.frame.rule == "about-plain" and len(words) <= 14 and not wording.names_problem(words))
    )


_ASPECT_ENDS = ("方面", "领域", "层面", "部分")


@dataclass(slots=True)
class _Tally:
    """Headings of one rank: how many are worded as problems, how many as measures."""

    all: int = 0
    problems: int = 0
    measures: int = 0

    def add(self, node: Node) -> None:
        self.all += 1
        if _is_worded(node):
            self.problems += 1
        elif node.label or wording.starts_like_measure(node.rest) or len(_first(node)) > 70:
            self.measures += 1

    @property
    def mostly_problems(self) -> bool:
        return self.problems > 0 and 2 * self.problems >= self.all

    @property
    def may_be_problems(self) -> bool:
        """Too few are plainly worded, but hardly one is a measure: “挤牙膏” is a problem in other words."""
        return 5 * self.problems >= self.all > 0 and 4 * self.measures <= self.all


def _first(node: Node) -> str:
    return node.rest[: wording.first_sentence(node.rest)]


def _is_group(nodes: Sequence[Node]) -> bool:
    """Whether sibling headings are worded as problems, most of them."""
    tally = _Tally()
    for node in nodes:
        tally.add(node)
    return tally.mostly_problems


def _worded_rows(tops: Sequence[Node], kinds: dict[Node, str | None], stated: int | None) -> list[Node]:
    """Problems that only their wording shows, below and among `tops` (which are siblings or sections)."""
    usable = {n for top in tops for n in top.walk() if kinds[n] not in _NONE and not (n.label and n.label.role != "problem")}
    ranks: dict[tuple[int, str], _Tally] = {}
    for node in usable:
        if not _is_section_heading(node, kinds):
            ranks.setdefault((node.level, node.family), _Tally()).add(node)
    leaf: list[Node] = []
    upper: list[Node | None] = []

    def collect(nodes: Sequence[Node], above: Node | None) -> bool:
        """Add the rows of one group of siblings; whether there were any."""
        here = _Tally()
        told = [n for n in nodes if n in usable and n.family != "frame" and not _is_section_heading(n, kinds)]
        for node in told:
            here.add(node)
        in_group = above is not None and kinds[above] in wording.group_status()
        found = False
        for node in nodes:
            if node not in usable:
                continue
            before = len(leaf)
            if collect(node.children, node):
                found = True
                if _is_worded(node) and all(k.parent is node for k in leaf[before:]):
                    upper.append(node)
                continue
            rank = ranks.get((node.level, node.family), _Tally())
            runs_on = bool(leaf) and told and told[0].family == leaf[-1].family and (
                told[0].ordinal == leaf[-1].ordinal + 1 or node.ordinal == leaf[-1].ordinal + 1 and found
            )
            group = in_group or here.mostly_problems or runs_on or (
                (rank.mostly_problems or rank.may_be_problems)
                and 2 * here.measures <= here.all
                and above is not None
                and (_names_aspect(above) or _is_worded(above))
            )
            if node in told and group and not (wording.starts_like_measure(node.rest) and not _is_worded(node)):
                leaf.append(node)
                found = True
        return found

    collect(tops, tops[0].parent if tops else None)
    # A problem with sub-headings, or each sub-heading a problem? The printed total knows.
    raised = list(dict.fromkeys(n.parent if n.parent in upper else n for n in leaf))
    return raised if stated and len(leaf) != stated == len(raised) else leaf


def _names_aspect(node: Node) -> bool:
    words = _first(node).rstrip("。：:；;")
    return words.endswith((*_ASPECT_ENDS, "问题")) or words.startswith("聚焦") or _is_aspect(node)


def _is_section_heading(node: Node, kinds: dict[Node, str | None]) -> bool:
    """A heading that opens a part (二、存在问题及原因, 聚焦…方面) and is no problem itself."""
    if node.label or node.row or node.told or (node.frame and not _is_aspect(node)):
        return False
    words = _first(node).rstrip("。：:；;")
    if words.endswith((*_ASPECT_ENDS, "情况")) or words.startswith("聚焦"):
        return True
    own = wording.section_kind(words)
    return own in {"self", *wording.group_status()} or (node.parent is None and own == "issues" and bool(node.children))


def _inside(node: Node, outline: Outline, *, framed: bool) -> bool:
    return any(bool(a.frame) == framed for a in node.ancestors())


def _head_end(node: Node) -> tuple[int, int]:
    """Offsets in `piece.text` where the problem's words begin and where the heading ends."""
    text, start = node.piece.text, node.start
    if node.row:
        return node.row.start, node.row.end
    if node.frame:
        return start, node.frame.end
    rest = text[start:]
    stop = wording.first_sentence(rest)
    tail = rest[stop:].strip()
    if not tail:
        return start, len(text)
    own_line = (
        bool(node.body)
        and len(rest) <= 150
        and not wording.has_body_cue(tail)
        and all(_goes_on_naming(s) for s in re.split(r"[。！？]", tail) if s.strip())
    )
    return start, len(text) if own_line else start + stop


def _goes_on_naming(sentence: str) -> bool:
    """Whether a second sentence of a heading line still names the problem: 跟踪走访不够。部分台账缺页。"""
    if len(sentence) > 60 or wording.starts_like_measure(sentence):
        return False
    return wording.names_problem(sentence) or (len(sentence) <= 30 and not re.search(r"\d", sentence))


def _problem(node: Node, kinds: dict[Node, str | None]) -> Problem:
    text = node.piece.text
    start, end = _head_end(node)
    body = list(node.body)
    if node.frame:
        words = node.frame.problem
    else:
        words = text[start:end]
    heading = _tidy(words)
    span = Span(node.piece, 0, end)
    if not heading and body:  # 反馈问题： alone on its line: the wording is the next piece
        stop = wording.first_sentence(body[0].text)
        heading = _tidy(body[0].text[:stop])
        span = Span(body[0], 0, stop)
        body[0] = Piece(body[0].no, body[0].text[stop:].strip() or "。", body[0].last)
    group = next((k for k in (kinds[a] for a in (node, *node.ancestors())) if k in wording.group_status()), None)
    origin = Origin.SELF if kinds[node] == "self" and not node.frame else Origin.FEEDBACK
    problem = Problem(
        node.number.printed if node.number else None, heading, span, origin,
        tuple(_printed_heading(a) for a in reversed([*node.ancestors()])), group,
        [text[end:], *(p.text for p in _told(body))], node=node,
    )
    problem.account += [p.text for k in node.children for n in k.walk() for p in (n.piece, *_told(n.body))]
    problem.subs = [s for s in _subs(node, end) if s.heading != heading]
    return problem


def _tidy(words: str) -> str:
    words = _STATUS_NOTE.sub("", words.strip(_TRIM))
    return words.strip(_TRIM)


def _printed_heading(node: Node) -> str:
    text = node.piece.text
    if len(text) <= 60:
        return text
    return text[: _head_end(node)[1]].strip()


_AGAINST = re.compile(r"针对")


def _subs(node: Node, end: int) -> list[Sub]:
    """Sub-problems: framed or worded headings below, and 针对“…”问题 inside the text."""
    subs = _inline_subs(node.piece, end)
    for piece in node.body:
        subs += _inline_subs(piece, 0)
    group = _is_group(node.children)
    for child in node.children:
        if _is_framed(child) or child.frame or (group and _is_worded(child) and not child.label):
            start, stop = _head_end(child)
            heading = child.frame.problem if child.frame else _tidy(child.piece.text[start:stop])
            if heading:
                subs.append(Sub(heading, Span(child.piece, 0, stop)))
            continue
        for inner in child.walk():
            subs += _inline_subs(inner.piece, inner.start)
            for piece in inner.body:
                subs += _inline_subs(piece, 0)
    return subs


def _inline_subs(piece: Piece, start: int) -> list[Sub]:
    subs = []
    for match in _AGAINST.finditer(piece.text, start):
        before = piece.text[: match.start()].rstrip()
        if before and before[-1] not in "。；;！？：:，,、":
            continue
        frame = wording.read_frame(piece.text, match.start(), only="against-quoted")
        if frame:
            subs.append(Sub(frame.problem, Span(piece, frame.start, frame.end)))
    return subs


def _self_examined(node: Node) -> list[Problem]:
    """Problems that a self-examination lists as 一是…二是… within a paragraph."""
    found = []
    parents = (*(_printed_heading(a) for a in reversed([*node.ancestors()])), _printed_heading(node))
    named: list[bool] = []
    for piece, start in ((node.piece, _head_end(node)[1]), *((p, 0) for p in node.body)):
        marks = [m.start() for m in re.finditer(r"(?:^|(?<=[。；：:;]))\s*[一二三四五六七八九十]是", piece.text) if m.start() >= start]
        for at, following in zip(marks, [*marks[1:], len(piece.text)], strict=False):
            at += len(piece.text[at:]) - len(piece.text[at:].lstrip())
            number = read_is(piece.text[at:])
            if not number:
                continue
            words = piece.text[at + number.length : following]
            stop = wording.first_sentence(words)
            named.append(wording.names_problem(words[:stop]))
            found.append(
                Problem(number.printed, _tidy(words[:stop]), Span(piece, at, at + number.length + stop), Origin.SELF,
                        parents, None, [words[stop:]], node=node, in_text=True)
            )
    return found if 2 * sum(named) >= len(named) else []


def same_heading(text: str) -> str:
    """A heading reduced to what makes two of them the same problem."""
    return re.sub(r"[\s\W_]+", "", text)


def _merged(found: list[Problem]) -> list[Problem]:
    """A problem that a late group repeats is one problem with the later status."""
    rows: list[Problem] = []
    by_heading: dict[str, Problem] = {}
    for problem in found:
        first = by_heading.get(same_heading(problem.heading))
        if first and problem.group:
            first.again.append(problem)
            first.subs += problem.subs
            continue
        by_heading.setdefault(same_heading(problem.heading), problem)
        rows.append(problem)
    return rows
