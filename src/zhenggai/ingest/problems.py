"""What stands inside each problem: its wording, its account, its sub-problems, its repetitions.

Which headings are problems is decided in `rows`. Here a problem is read: the
frame and the number come off its wording, the account runs to the next problem
or to the notice's closing words, 针对“…”问题 inside it are its sub-problems, and a
late group that repeats a problem is merged into it. In a self-examination the
sentences 一是…二是… are the problems.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from zhenggai.ingest import wording
from zhenggai.ingest.numbering import number_of, read_is
from zhenggai.ingest.outline import Node, Outline
from zhenggai.ingest.pieces import Piece
from zhenggai.ingest.rows import Kinds, choose_rows, is_framed, is_worded, section_kinds
from zhenggai.ingest.wording import Frame
from zhenggai.model import Origin, Status

_TRIM = " \t\u3000。.．；;：:，,、！!|｜"
_STATUS_NOTE = re.compile(
    r"\s*[（(【\[]\s*(?:已|基本|正在|阶段|长期|持续|有序|推进|办理|进行|未|整改)[^（）()【】\[\]]{0,14}[）)】\]]\s*$"
)


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
    ticked: Status | None = None
    """The column of a table of states in which its row is ticked."""
    in_text: bool = False
    """A 一是… sentence in running text, not a heading."""


def problems(outline: Outline, stated: int | None) -> list[Problem]:
    """The problems of a notice in order; `stated` is the printed total, if any."""
    kinds = section_kinds(outline)
    chosen = choose_rows(outline, kinds, stated)
    found: list[Problem] = []
    for node in outline.walk():
        if node in chosen:
            found += _listed(node, kinds) or [_problem(node, kinds)]
        elif kinds[node] == "self" and not chosen & set(node.ancestors()):
            found += _self_examined(node)
    found = found or _told_in_text(outline, kinds)
    _trim_last(found)
    _answer(found, outline)
    _answer_in_order(found, outline)
    return _merged(found)


_CLOSING = re.compile(
    r"(?:整改(?:中|期间|过程中|以来)[，,]|下一?步|今后|接下来|欢迎|特此|附件|附：|公示期|监督|联系(?:电话|方式|人)|举报|如有|需要说明|此外|另外|值班|咨询)"
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


def _problem(node: Node, kinds: Kinds) -> Problem:
    text = node.piece.text
    start, end = _head_end(node)
    body = list(node.body)
    words = node.frame.problem if node.frame else _bare(text[start:end])
    heading = _tidy(words)
    span = Span(node.piece, 0, end)
    if not heading and body:  # 反馈问题： alone on its line: the wording is the next piece
        stop = wording.first_sentence(body[0].text)
        heading = _tidy(body[0].text[:stop])
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
        tuple(_printed_heading(a) for a in reversed([*node.ancestors()])),
        group,
        [text[end:], *(p.text for p in _told(body))],
        node=node,
        ticked=node.row.status if node.row else None,
    )
    problem.account += [p.text for k in node.children for n in k.walk() for p in (n.piece, *_told(n.body))]
    problem.subs = [s for s in _subs(node, end) if s.heading != heading]
    return problem


def _tidy(words: str) -> str:
    words = _STATUS_NOTE.sub("", words.strip(_TRIM))
    return words.strip(_TRIM)


def _bare(words: str) -> str:
    """The words of a problem without the 的问题 that half a frame left behind: 票据审核不严的问题。"""
    bare = words.rstrip(_TRIM).removesuffix("的问题")
    return bare if bare != words and wording.names_problem(bare) else words


def _printed_heading(node: Node) -> str:
    text = node.piece.text
    if len(text) <= 60:
        return text
    return text[: _head_end(node)[1]].strip()


_AGAINST = "针对"


def _subs(node: Node, end: int) -> list[Sub]:
    """Sub-problems: framed or worded headings below, and 针对“…”问题 inside the text."""
    subs = _inline_subs(node.piece, end)
    for piece in node.body:
        subs += _inline_subs(piece, 0)
    listed = [child for child in node.children if not child.label]
    group = all(is_worded(k) and not wording.starts_like_measure(k.rest) for k in listed)
    for child in node.children:
        if is_framed(child) or child.frame or (group and is_worded(child) and not child.label):
            start, stop = _head_end(child)
            heading = child.frame.problem if child.frame else _tidy(child.piece.text[start:stop])
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
        for frame in _against(piece, start, "against-quoted")
    ]


def _against(piece: Piece, start: int, rule: str) -> Iterator[Frame]:
    """The frames 针对…问题 of a piece that begin a clause."""
    at = piece.text.find(_AGAINST, start)
    while at >= 0:
        before = piece.text[:at].rstrip()
        if not before or before[-1] in "。；;！？：:，,、":
            frame = wording.read_frame(piece.text, at, only=rule)
            if frame:
                yield frame
        at = piece.text.find(_AGAINST, at + len(_AGAINST))


def _listed(node: Node, kinds: Kinds) -> list[Problem]:
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


def _answer(found: Sequence[Problem], outline: Outline) -> None:
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


def _answer_in_order(found: Sequence[Problem], outline: Outline) -> None:
    """Give problems that stand in one part the accounts that another part tells under the same headings, in order."""
    groups: dict[str, list[Problem]] = {}
    for problem in found:
        if problem.in_text and problem.parents:
            groups.setdefault(same_heading(problem.parents[-1]), []).append(problem)
    own = {id(problem.span.piece) for problem in found}
    for node in outline.walk() if groups else ():
        group = groups.get(same_heading(_printed_heading(node)), [])
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


def _self_examined(node: Node) -> list[Problem]:
    """Problems that a self-examination lists as 一是…二是… within a paragraph."""
    return _enumerated(node, [(node.piece, _head_end(node)[1]), *((p, 0) for p in node.body)])


def _told_in_text(outline: Outline, kinds: Kinds) -> list[Problem]:
    """The problems of a notice whose headings name none: 一是… of its paragraphs, or 针对…的问题 in them."""
    nodes = [node for node in outline.walk() if kinds[node] not in {"organisation", "outlook", "causes"}]
    for read in (_answered, _self_examined):
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
        section = _section(order[here][1])
        below = [piece for piece, node in order[here + 1 : end] if _section(node) is section]
        problem.account += [piece.text for piece in _told(below)]
        if following and end > here and following.span.start:
            problem.account.append(following.span.piece.text[: following.span.start])


def _section(node: Node) -> Node:
    return next(iter([*node.ancestors()][::-1]), node)


def _answered(node: Node) -> list[Problem]:
    """The problems that the sentences of a paragraph answer: 针对食堂采购不公开的问题，一是…"""
    parents = tuple(_printed_heading(a) for a in reversed([*node.ancestors()]))
    found = []
    for piece, start in ((node.piece, node.start), *((p, 0) for p in node.body)):
        frames = [*_against(piece, start, "against")]
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


_ITEM = re.compile(r"(?:^|(?<=[。；：:;\n]))\s*(?:[一二三四五六七八九十]是|其[一二三四五六七八九十][，,：:])")


def _enumerated(node: Node, places: Sequence[tuple[Piece, int]]) -> list[Problem]:
    """The sentences 一是…二是… in the pieces from the offsets on, where most of them name problems."""
    found = []
    parents = (*(_printed_heading(a) for a in reversed([*node.ancestors()])), _printed_heading(node))
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
                    _tidy(words[:stop]),
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


def same_heading(text: str) -> str:
    """A heading reduced to what makes two of them the same problem."""
    return re.sub(r"[\s\W_]+", "", text)


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
