"""One problem: what a notice lays out of it, and how its own heading is read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from zhenggai.ingest import wording
from zhenggai.ingest.outline import Node
from zhenggai.ingest.pieces import Piece
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


_CLOSING = re.compile(
    r"(?:整改(?:中|期间|过程中|以来)[，,]|下一?步|今后|接下来|欢迎|特此|附件|附：|公示期|监督|联系(?:电话|方式|人)|举报|如有|需要说明|此外|另外|值班|咨询)"
    r"|.{0,14}(?:党委|党组|党总支|党支部|公司|集团|学校|[我本][院局委单校公]|班子)(?:还)?将"
)


def account_of(body: Sequence[Piece]) -> list[Piece]:
    """The pieces that belong to a problem's account: those before plans, contacts and signature."""
    end = next((i for i, p in enumerate(body) if _CLOSING.match(p.text)), len(body))
    return list(body[:end])


def head_end(node: Node) -> tuple[int, int]:
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


def tidy(words: str) -> str:
    words = _STATUS_NOTE.sub("", words.strip(_TRIM))
    return words.strip(_TRIM)


def parents_of(node: Node) -> tuple[str, ...]:
    """The headings above one, outermost first, as printed."""
    return tuple(printed_heading(above) for above in reversed([*node.ancestors()]))


def printed_heading(node: Node) -> str:
    text = node.piece.text
    if len(text) <= 60:
        return text
    return text[: head_end(node)[1]].strip()


_AGAINST = "针对"


def against(piece: Piece, start: int, rule: str) -> Iterator[Frame]:
    """The frames 针对…问题 of a piece that begin a clause."""
    at = piece.text.find(_AGAINST, start)
    while at >= 0:
        before = piece.text[:at].rstrip()
        if not before or before[-1] in "。；;！？：:，,、":
            frame = wording.read_frame(piece.text, at, only=rule)
            if frame:
                yield frame
        at = piece.text.find(_AGAINST, at + len(_AGAINST))


def same_heading(text: str) -> str:
    """A heading reduced to what makes two of them the same problem."""
    return re.sub(r"[\s\W_]+", "", text)
