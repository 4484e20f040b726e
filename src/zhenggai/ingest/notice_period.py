"""公示期: from when to when a notice may be objected to, when it prints the dates."""

from __future__ import annotations

import re
from collections.abc import Sequence

from zhenggai.ingest.contact_values import fold_width
from zhenggai.ingest.pieces import Piece
from zhenggai.model import NoticePeriod, is_edtf

_X = r"[\dXx*×○]"
_LABEL = re.compile(
    r"(?:^|[。；;,，\s(（、])(?:本次|本)?公\s{0,4}[示告]\s{0,4}(?:时\s{0,4}间|期限?|日期|时段)\s{0,4}"
    r"(?:为|是|:)?\s{0,4}(?:自|从)?"
)
_ANNOUNCED = re.compile(r"公\s{0,4}[示告]")
_DATE = re.compile(
    rf"(?:(?P<y>\d{{4}}|\d{{2,3}}[Xx*×○]|[Xx*×○]{{2,4}})\s{{0,2}}[年./-]\s{{0,2}})?"
    rf"(?:(?P<m>{_X}{{1,2}})\s{{0,2}}[月./-]\s{{0,2}})?(?P<d>{_X}{{1,2}})\s{{0,2}}[日号]?"
)
_TO = re.compile(r"\s{0,3}(?:起|开始)?\s{0,3}(?:至|到|-+|~+|～)\s{0,3}")
_MEASURE = re.compile(
    r"^\s*(?:[（(][一二三四五六七八九十\d]|[一二三四五六七八九十\d]{1,3}[、.．]|[一二三四五六七八九十]是)"
)


def find_notice_period(pieces: Sequence[Piece], year: str | None = None) -> NoticePeriod | None:
    """The printed 公示期, None when no date of it is printed (公示期7天).

    `year` (four digits) completes a period printed without one, for callers that
    know it from the date printed ahead; without it such a period is None.
    """
    for piece in pieces:
        if not _ANNOUNCED.search(piece.text) or _MEASURE.match(piece.text):
            continue
        folded = fold_width(piece.text)
        for label in _LABEL.finditer(folded):
            period = _read(folded[label.end() : label.end() + 60], year)
            if period:
                return period
    return None


def _read(text: str, year: str | None) -> NoticePeriod | None:
    first = _DATE.match(text)
    if not first or not first["m"]:
        return None
    start = _edtf(first["y"] or year, first["m"], first["d"])
    end = None
    to = _TO.match(text, first.end())
    second = _DATE.match(text, to.end()) if to else None
    if start and second:
        month = second["m"] or first["m"]
        end_year = second["y"] or start[:4]
        if not second["y"] and month.isdigit() and first["m"].isdigit() and int(month) < int(first["m"]):
            end_year = str(int(start[:4]) + 1) if start[:4].isdigit() else end_year
        end = _edtf(end_year, month, second["d"])
    return NoticePeriod(start=start, end=end) if start else None


def _edtf(year: str | None, month: str, day: str) -> str | None:
    if not year:
        return None

    def digits(part: str, width: int) -> str:
        return re.sub(r"\D", "X", part).rjust(width, "0" if part.isdigit() else "X")

    value = f"{digits(year, 4)}-{digits(month, 2)}-{digits(day, 2)}"
    return value if is_edtf(value) else None
