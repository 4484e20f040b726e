"""落款: who signed a notice and when, on one line or several, in either order, before or after the contacts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from zhenggai.ingest import units
from zhenggai.ingest.dates import DateFound, single
from zhenggai.ingest.inspection import noted
from zhenggai.ingest.letterspacing import close_up
from zhenggai.ingest.pieces import Piece
from zhenggai.model import Review

_TAIL = 40
"""Pieces from the end among which a dated signature stands: lists of contacts, tables and notes may follow it."""
_END = 14
"""Pieces from the end among which a name without a date is taken for the signature."""
_LONGEST = 80
_SEAL = re.compile(r"\s*[（(](?:公章|盖章|印章|章|代章|签章)[）)]$")
_REMARK = re.compile(r"(?<=[日\d])\s*[（(][^（()）]{1,60}[）)]$")
_LABEL = re.compile(
    r"^\s*(?:落款|署名|单位|日期|时间|成文日期|印发日期|报告单位|公示单位|发布单位)\s*[:：]\s*"
)
_ISSUED = re.compile(
    r"(?<=[日\d])\s*(?:印发|发布|公布|公示|公开|制|(?<=日)\s*\d{1,2}[:：]\d\d(?:[:：]\d\d)?)(?=[）)]?$)"
)
_GLUED = re.compile(
    r"(?P<by>.{4,44}?)[ \t\u3000\u00a0]*(?P<date>(?:\d{4}|[二２][〇○零0Ｏ一二三四五六七八九]{3}|20[XxＸ×*]{2}).{3,16}日?)$"
)
_DATED = re.compile(r"年|\d[-./]\d")
_BODY = re.compile(r"[^，。；：、\s]{4,32}[组委局会院校司部]")


@dataclass(frozen=True, slots=True)
class Signature:
    """落款."""

    by: str | None
    date: str | None
    line: int | None
    review: tuple[Review, ...] = ()


def read_signature(pieces: Sequence[Piece]) -> Signature:
    """Signing unit and date among the last pieces, wherever the contact paragraph stands."""
    tail = [(_plain(piece.text), piece.no) for piece in pieces[-_TAIL:]] if len(pieces) > 4 else []
    texts = [text for text, _ in tail]
    for index in reversed(range(len(tail))):
        text, no = tail[index]
        if len(text) > _LONGEST:
            continue
        if not _DATED.search(text):
            continue
        if date := single(text):
            by = _signers(texts[:index]) or _signer_behind(texts[index + 1 :])
            near = len(tail) - index
            if by or (near <= _END and index and len(texts[index - 1]) < 40) or near <= 3:
                return _signed(by, date, no)
        glued = _GLUED.match(text)
        if glued and units.is_unit_name(glued["by"].strip()) and (date := single(glued["date"])):
            return _signed(glued["by"].strip(), date, no)
    for text, no in reversed(tail[-_END:]):
        if units.is_unit_name(text):
            return Signature(text, None, no)
    return Signature(None, None, None)


def _plain(text: str) -> str:
    """A line without what is printed beside a name or a date: 落款：, （公章）, （此件公开发布）."""
    if len(text) > _LONGEST:
        return text
    text = close_up(text)
    if ":" in text or "：" in text:
        text = _LABEL.sub("", text)
    if text.endswith(("）", ")")):
        text = _SEAL.sub("", _REMARK.sub("", text))
    return _ISSUED.sub("", text) if text[-1:] in "发布示开制）)" or ":" in text or "：" in text else text


def _signed(by: str | None, date: DateFound, line: int) -> Signature:
    return Signature(by, date.value, line, tuple(noted(date, line)))


def _signers(above: Sequence[str]) -> str | None:
    """The names on the lines right above the date; several are joined with 、."""
    names: list[str] = []
    for text in reversed(above[-4:]):
        if not units.is_unit_name(text) and not _BODY.fullmatch(text):
            break
        names.insert(0, text)
    return "、".join(names) if any(map(units.is_unit_name, names)) else None


def _signer_behind(below: Sequence[str]) -> str | None:
    """The name on the line below the date."""
    return below[0] if below and units.is_unit_name(below[0]) else None
