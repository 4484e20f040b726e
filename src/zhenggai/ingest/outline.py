"""Pieces → a tree of headings.

The level of a heading comes from the order of appearance, never from its glyph:
offices open with `1、` and go on with `二、`, restart `1.` under every part, or let
`7.` run on across parts. The rules, in order:

1. a glyph family that is open goes on at its level, closing what lies below;
2. a number that runs on from a closed family hangs below the innermost heading;
3. a new family whose ordinal continues an open level is that level in other dress;
4. 一、 as a first item is outermost when nothing but inner families is open;
5. any other new family opens a level below.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from zhenggai.ingest import wording
from zhenggai.ingest.numbering import Number, number_of, read_is, read_number
from zhenggai.ingest.pieces import Piece
from zhenggai.ingest.tables import Row, table_rows
from zhenggai.ingest.wording import Frame, Label


@dataclass(slots=True, eq=False)
class Node:
    """A heading, or a numbered paragraph, with what stands below it."""

    piece: Piece
    family: str
    ordinal: int
    number: Number | None
    label: Label | None
    """A label right behind the number: 反馈问题：."""
    frame: Frame | None
    """The frame that the heading's words stand in; offsets count in `piece.text`."""
    mark: int = 0
    """Length of a bullet ahead of number and words: ● ▶ ◆."""
    parent: Node | None = None
    level: int = 1
    children: list[Node] = field(default_factory=list)
    told: bool = False
    """The next piece begins with 整改情况： or the like."""
    row: Row | None = None
    """Set when the piece is a row of a table."""
    body: list[Piece] = field(default_factory=list)
    """Unnumbered pieces between this heading and the next."""

    @property
    def start(self) -> int:
        """Offset in `piece.text` behind number and label."""
        at = self.mark + (self.number.length if self.number else 0)
        return at + (self.label.length if self.label else 0)

    @property
    def rest(self) -> str:
        """The words behind number and label."""
        return self.piece.text[self.start :]

    def walk(self) -> Iterator[Node]:
        """This node and all below, in order."""
        ahead = [self]
        while ahead:
            node = ahead.pop()
            yield node
            ahead += reversed(node.children)

    def ancestors(self) -> Iterator[Node]:
        """Parents, innermost first."""
        node = self.parent
        while node:
            yield node
            node = node.parent

    @property
    def root(self) -> Node:
        """The outermost heading that this one stands under, or itself."""
        return next(iter([*self.ancestors()][::-1]), self)


@dataclass(slots=True)
class Outline:
    """The headings of a notice and the pieces before the first."""

    lead: list[Piece]
    roots: list[Node]

    def walk(self) -> Iterator[Node]:
        """All nodes in order."""
        for root in self.roots:
            yield from root.walk()


UNNUMBERED = {"frame", "card", "block", "row", "quoted"}
"""Families of problems without an enumerator of their own: framed lines, record cards, a line above
整改情况：, rows of a table, lines that are a quotation and nothing else."""

_RANK = {
    "aspect": 0,
    "part": 0,
    "formal": 0,
    "latin-part": 0,
    "han": 1,
    "roman": 1,
    "han-paren": 2,
    "arabic-dot": 3,
    "arabic-comma": 3,
    "arabic-paren": 4,
    "arabic-half": 4,
    "circled": 5,
    "decimal-2": 4,
    "decimal-3": 5,
    "problem": 3,
}
_BULLET = re.compile(r"(?:[●○◎◇◆■□▶►▸▷☆★▪※✦➤❖♦▍▎▌█┃]\ufe0f?|[•·](?=[ \u3000]))[ \t\u3000]*(?=\S)")
_GLUED = re.compile(r"([0-9０-９]{1,2})[.．](?=[0-9０-９]+[一-鿿“])")
_YEAR = re.compile(r"(?:19|20)\d\d年")
_BARE = re.compile(r"(\d{1,2})[ \u3000]+(?=[一-鿿“])")
_QUOTED = re.compile(r"[“\"「『](?P<q>[^。]{6,110})[”\"」』]")
_ATTACHMENTS = re.compile(r"附件?\s*(?:[：:]|\d?\s*[：:.．])")
_BLOCK_MAX = 120
"""An unnumbered line above 整改情况： that is longer than this is a paragraph."""
_PLAIN_MAX = 32
"""An unnumbered line longer than this is a paragraph, not a heading."""


def outline(pieces: Sequence[Piece]) -> Outline:
    """The tree of headings of a notice without its title."""
    result = Outline([], [])
    stack: list[Node] = []
    families: list[set[str]] = []  # per open level: the glyph families it has been printed in
    seen: dict[str, int] = {}  # last ordinal of each family, wherever it was
    rows = table_rows(pieces)
    quoted, bare = _quoted_lines(pieces), _bare_lines(pieces)
    decimals = any((n := read_number(p.text)) and n.family == "decimal-2" for p in pieces)
    attached = False
    for index, piece in enumerate(pieces):
        following = pieces[index + 1 : index + 6]
        attached = attached or bool(_ATTACHMENTS.match(piece.text))
        node = None
        if index in quoted:
            node = Node(piece, "quoted", 0, None, None, quoted[index])
        elif not attached:
            node = _node(piece, following, rows.get(index), seen, decimals=decimals)
            if node is None and index in bare:
                node = Node(piece, "block", 0, None, None, None, told=True)
        if node and node.family == "block" and stack and _is_numbered_problem(stack[-1]):
            node = None  # its account, ahead of 整改情况：已完成
        if node and not node.number and stack and stack[-1].number and not (stack[-1].rest or stack[-1].body):
            node = None  # 问题⑤ alone on its line: these are its words
        if node is None:
            (stack[-1].body if stack else result.lead).append(piece)
            continue
        level = _level(node, stack, families, seen)
        del stack[level:], families[level + (level < len(families)) :]
        if level == len(families):
            families.append(set())
        families[level].add(node.family)
        node.level, node.parent = level + 1, stack[-1] if stack else None
        (stack[-1].children if stack else result.roots).append(node)
        stack.append(node)
        seen[node.family] = node.ordinal
    _tell_details(result)
    return result


def _quoted_lines(pieces: Sequence[Piece]) -> dict[int, Frame]:
    """Lines that are one quotation and stand above a paragraph, where a notice has two or more: its problems."""
    found: dict[int, Frame] = {}
    for index, (piece, following) in enumerate(pairwise(pieces)):
        match = _QUOTED.fullmatch(piece.text)
        if match and len(following.text) > 30 and not _QUOTED.fullmatch(following.text):
            found[index] = Frame("about-line", match["q"].strip(), 0, len(piece.text))
    return found if len(found) > 1 else {}


def _bare_lines(pieces: Sequence[Piece]) -> set[int]:
    """Lines without number or stop that name a problem above a paragraph, where a notice has three or more."""
    found = {
        index
        for index, (piece, following) in enumerate(pairwise(pieces))
        if _SHORTEST <= len(piece.text) <= _LINE_MAX
        and piece.text[-1] not in _OPEN_ENDS
        and "。" in following.text
        and len(following.text) > _PARAGRAPH
        and "\t" not in piece.text
        and not read_number(piece.text)
        and wording.names_problem(piece.text)
    }
    return found if len(found) > 2 else set()


_SHORTEST, _LINE_MAX, _PARAGRAPH = 8, 60, 40
"""Characters of a line that is a heading without a number, and of the least paragraph below it."""
_OPEN_ENDS = "。；;，,：:！!？?、"


def _tell_details(outline: Outline) -> None:
    """问题表现：… below a numbered heading tells of that heading's problem; it is no problem of its own.

    So it is where every such card is the only one below its heading, twice at least.
    """
    cards = [n for n in outline.walk() if n.family == "card" and not n.children and not read_is(n.rest)]
    above = {id(card.parent): card.parent for card in cards}
    headings = [n for n in above.values() if n and n.number and not n.frame and len(n.rest) <= _BLOCK_MAX]
    if len(headings) < 2 or len(headings) != len(cards):
        return
    for card, heading in zip(cards, headings, strict=True):
        heading.children.remove(card)
        heading.body += [card.piece, *card.body]
        heading.told = True


def _level(node: Node, stack: list[Node], families: list[set[str]], seen: dict[str, int]) -> int:
    for level in reversed(range(len(stack))):
        if node.family in families[level]:
            return level
    if node.family in UNNUMBERED:
        # an unnumbered problem stands below the innermost section, not below another's numbered measures
        sections = [i for i, n in enumerate(stack) if n.label is None and n.row is None and _is_section(n)]
        return sections[-1] + 1 if sections else 0
    if node.family == "plain":
        return 0
    if node.ordinal > 1:
        if seen.get(node.family) == node.ordinal - 1:
            return len(stack)
        same = [
            i
            for i, open_node in enumerate(stack)
            if open_node.ordinal == node.ordinal - 1 and open_node.number
        ]
        if same:
            return max(same, key=lambda i: (_likeness(stack[i].family, node.family), i))
    elif (
        node.family in {"han", "aspect", "part"} and stack and all(_RANK.get(n.family, 0) > 1 for n in stack)
    ):
        return 0
    return len(stack)


def _is_section(node: Node) -> bool:
    words = node.rest[: wording.first_sentence(node.rest)]
    return len(words) <= 60 and not wording.starts_like_measure(words)


def _is_numbered_problem(node: Node) -> bool:
    head = node.rest[: wording.first_sentence(node.rest)]
    framed = bool(
        node.frame and node.frame.rule != "about-aspect" and not node.frame.problem.endswith("方面")
    )
    told = node.label.role == "problem" if node.label else wording.names_problem(head)
    return node.number is not None and bool(head) and (framed or told)


def _likeness(one: str, other: str) -> int:
    script = ("han" in one) == ("han" in other)
    brackets = ("paren" in one) == ("paren" in other)
    return 2 * brackets + script


def _node(
    piece: Piece, following: Sequence[Piece], row: Row | None, seen: Mapping[str, int], *, decimals: bool
) -> Node | None:
    text = piece.text
    if row:
        return Node(piece, "row", 0, row.number, None, None, row=row)
    bullet = _BULLET.match(text)
    if bullet:
        return _bulleted(piece, bullet.end(), following)
    number = (
        _glued_number(text, following, seen)
        or read_number(text)
        or (_bare_number(text) if decimals else None)
    )
    start = number.length if number else 0
    label = wording.read_label(text[start:])
    if number and label and text[-1] not in "：:" and start + label.length >= len(text):
        label = None  # 二、整改落实情况: a section's heading, not a label
    at = start + (label.length if label else 0)
    frame = wording.read_heading_frame(text, at) if number else wording.read_frame(text, at)
    told = bool(following) and _tells(following[0])
    if number:
        return Node(piece, number.family, number.ordinal, number, label, frame, told=told)
    if label and label.role == "problem" and (len(text) > label.length or following):
        return Node(piece, "card", 0, None, label, frame)
    if label:
        return None
    if frame:
        return Node(piece, "frame", 0, None, None, frame)
    if not following or read_is(text):
        return None
    if told and len(text) <= _BLOCK_MAX and text[-1] not in "：:":
        return Node(piece, "block", 0, None, None, None, told=True)
    if len(text) <= _PLAIN_MAX and text[-1] not in "。；;，,：:！!？?" and wording.section_kind(text):
        return Node(piece, "plain", 0, None, None, None)
    return None


def _bulleted(piece: Piece, mark: int, following: Sequence[Piece]) -> Node | None:
    """A heading behind a bullet: ● 关于“…”的问题, ▶ 聚焦…方面, ◆ 学习不深入; None for listed measures."""
    text = piece.text
    if wording.read_label(text[mark:]) or read_is(text[mark:]):
        return None
    if number := read_number(text[mark:]) or _bare_number(text[mark:]):
        frame = wording.read_heading_frame(text, mark + number.length)
        told = bool(following) and _tells(following[0])
        return Node(piece, f"{text[0]} {number.family}", number.ordinal, number, None, frame, mark, told=told)
    frame = wording.read_frame(text, mark)
    if frame:
        return Node(piece, "frame", 0, None, None, frame, mark=mark)
    told = bool(following) and _tells(following[0])
    if not following or len(text) > _BLOCK_MAX or text[-1] in "；;，,：:":
        return None
    words = text[mark:]
    if told or wording.section_kind(words) or wording.names_problem(words):
        return Node(piece, f"bullet {text[0]}", 0, None, None, None, mark=mark, told=told)
    return None


def _tells(piece: Piece) -> bool:
    """Whether a piece begins with 整改情况： or the like: the account of the heading above."""
    label = wording.read_label(piece.text)
    return bool(label and label.role in {"measure", "status"})


def _glued_number(text: str, following: Sequence[Piece], seen: Mapping[str, int]) -> Number | None:
    """`1.65岁以上…`: a number before a figure is an enumerator only if `2.` follows soon; `12.2018年…` also behind 11."""
    match = _GLUED.match(text)
    ordinal = number_of(match[1]) if match else None
    if not match or not ordinal:
        return None
    heads = [read_number(p.text) for p in following]
    goes_on = seen.get("arabic-dot") == ordinal - 1 and _YEAR.match(text, match.end())
    if not goes_on and not any(n and n.family == "arabic-dot" and n.ordinal == ordinal + 1 for n in heads):
        return None
    return Number("arabic-dot", ordinal, match[0], match.end())


def _bare_number(text: str) -> Number | None:
    """`2 理论武装方面` above `2.1 …`: a bare figure counts only where decimals do."""
    match = _BARE.match(text)
    return Number("bare", int(match[1]), match[1], match.end()) if match and len(text) <= 60 else None
