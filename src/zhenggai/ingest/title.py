"""The title of a notice: on one line, split over several, sharing a line with the lead, or absent."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from zhenggai.ingest.dates import single
from zhenggai.ingest.numbering import read_number
from zhenggai.ingest.pieces import Piece

_END = r"(?:通报|报告|公告|公示|公布|通告|说明|情况|总结|汇报|公开|清单|材料|工作|方案)"
_NOTE = r"(?:\s*[（(【\[][^（）()【】\[\]]{1,14}[）)】\]])?"
_WHOLE = re.compile(rf".*(?:巡[察视]|整改).*{_END}{_NOTE}$", re.S)
_SHARED = re.compile(
    rf"(.{{4,90}}?(?:整改|巡[察视]).{{0,24}}?{_END}{_NOTE})"
    r"(?:[ \t\u3000\u00a0]+(?=\S)|(?=根据|按照|为(?:深入)?贯彻|\d{4}年))"
)
_NOT_TITLE = re.compile(
    r"[。；;！!？?：:，,]$|^(?:根据|按照|现将|为了?|附件|抄送|主送)|^[（(](?:本|此|该|供|按|经)[^（()）]{3,40}[）)]$|^[（(]?.{2,12}[〔\[【]\d{4}[〕\]】]"
)
_LONGEST, _LOOK, _PARTS = 90, 14, 4


@dataclass(frozen=True, slots=True)
class Titled:
    """A notice's title and its other pieces."""

    title: str | None
    """Lines joined without blanks between Han; None when the text has none."""
    lines: tuple[int, ...]
    rest: tuple[Piece, ...]


def find_title(pieces: Sequence[Piece]) -> Titled:
    """Take the title out of the pieces.

    Of all runs of up to four lines above the lead that read like a title, the one
    that names a unit and a kind of notice wins; a line above it is joined only
    while the unit is still missing, so that nothing foreign gets into a title.
    """
    best: tuple[int, int, int, str] | None = None  # worth, first, last, words
    for index, piece in enumerate(pieces[:_LOOK]):
        shared = _SHARED.match(piece.text) if len(piece.text) > 60 and not read_number(piece.text) else None
        if shared and not re.search(r"[。；]", shared[1]):
            rest = replace(piece, text=piece.text[shared.end() :].strip())
            return Titled(_joined([shared[1]]), (piece.no,), (*pieces[:index], rest, *pieces[index + 1 :]))
        if not _may_be(piece):
            if len(piece.text) > 60 or read_number(piece.text):
                break  # the lead has begun
            continue
        for first in range(index, max(-1, index - _PARTS), -1):
            if not _may_be(pieces[first]):
                break
            words = _joined([p.text for p in pieces[first : index + 1]])
            if len(words) > _LONGEST:
                break
            worth = _worth(words)
            if worth and (best is None or worth > best[0] or (worth == best[0] and index > best[2])):
                best = (worth, first, index, words)
            if worth >= _SURE:
                break
    if best is None:
        return Titled(None, (), tuple(pieces))
    _, first, last, words = best
    lines = tuple(p.no for p in pieces[first : last + 1])
    return Titled(words, lines, (*pieces[:first], *pieces[last + 1 :]))


_SURE = 5
_STRONG_END = re.compile(rf"(?:通报|报告|公告|公示|公布|通告|说明|情况){_NOTE}$")
_UNIT_AHEAD = re.compile(
    r"^(?!关于).{0,40}?(?:委员会|[省市县区州旗镇乡团]委(?!第|提级|交叉|巡|反馈|专项|统一)|党组|党委|党工委|总支|支部|[局厅院校会部办社司站所]|中心|集团|街道|[*×○某XＸ]{2,})"
    r".{0,24}?(?:关于|巡[察视]|整改|落实)"
)


def _worth(words: str) -> int:
    """How much a line, or lines joined, reads like a whole title; 0: not at all."""
    if not _WHOLE.match(words):
        return 0
    foreign = bool(re.search(r"[>＞»|｜]|首页|www|://", words))
    return (
        1
        + 2 * bool(_UNIT_AHEAD.match(words))
        + bool(_STRONG_END.search(words))
        + ("关于" in words or "整改" in words)
        + words.startswith("关于")
        - 3 * foreign
    )


def _may_be(piece: Piece) -> bool:
    text = piece.text
    return len(text) <= 80 and not _NOT_TITLE.search(text) and not read_number(text) and not single(text)


_SET_APART = re.compile(r"(?:[一-鿿][ \t\u3000]+){1,9}[一-鿿]")


def _closed(part: str) -> str:
    """One line of a title, stripped; 通　　报 set apart for its looks is 通报."""
    part = part.strip()
    return "".join(part.split()) if _SET_APART.fullmatch(part) else part


def _joined(parts: Sequence[str]) -> str:
    words = _closed(parts[0])
    for part in parts[1:]:
        part = _closed(part)
        blank = " " if words[-1:].isascii() and part[:1].isascii() else ""
        words += blank + part
    return re.sub(r"[ \t\u3000\u00a0]+", " ", words)


def kind_of_notice(title: str | None, lead: str) -> str | None:
    """What the notice calls itself: 整改进展情况的通报; None when it does not say."""
    match = re.search(rf"((?:集中)?整改[^，。：“”（(]{{0,20}}{_END})", title) if title else None
    if not match:
        match = re.search(
            r"现将[^。]{0,40}?((?:集中)?整改[^，。：]{0,12}?(?:情况|进展))(?:报告|通报|公布|公示|公告|汇报)",
            lead,
        )
    return match[1] if match else None
