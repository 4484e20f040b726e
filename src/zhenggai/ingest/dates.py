"""Dates as notices print them, as EDTF: masked, without year, in Chinese figures, damaged.

`find_dates` reads one text from left to right. A day without a year takes the
earliest year that does not put it before the date printed ahead of it, so the
end of a range takes the year of its start. What cannot be a date (6月31日) is
reported without a value, never mended.
"""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass
from functools import lru_cache

from zhenggai.ingest.dateforms import FIRST, HAN, MASK, Parts, read
from zhenggai.model import is_edtf

_TITLE = re.compile(r"《[^《》]*(?:《[^《》]*》[^《》]*)*》")
_HAN_NUMBER = re.compile(rf"[{HAN}十廿卅]+")
_YEAR = re.compile(r"(?:19|20|2X)[\dX]{2}|X{2}\d\d")
_PLAIN = str.maketrans("０１２３４５６７８９" + HAN, "0123456789" + "000" + "123456789")
_MASKS = str.maketrans(dict.fromkeys(MASK, "X"))


@dataclass(frozen=True, slots=True)
class DateFound:
    """One date in a text."""

    start: int
    end: int
    value: str | None
    """EDTF; None when what is printed is no date (2024年13月5日) or its year cannot be told."""
    printed: str
    """`text[start:end]`."""
    year_inferred: bool = False
    in_title: bool = False
    """Inside 《…》: part of a document's name."""
    range_end: bool = False
    """The second date of a range A至B; A is the one before it in the list."""
    damaged: bool = False
    """Printed so that no date can be read; a value of None without this is a day whose year is unknown."""


def find_dates(text: str, previous: str | None = None) -> list[DateFound]:
    """All dates of `text`, in order, documents' names included (`in_title`).

    `previous` is the EDTF value of the date printed ahead of the text, from which a
    first day without year takes its year. Recurring days (每年6月30日) are no dates.
    """
    titles = deque(m.span() for m in _TITLE.finditer(text)) if "《" in text else deque()
    found: list[DateFound] = []
    for start, end, parts, to in read(text):
        while titles and titles[0][1] <= start:
            titles.popleft()
        in_title = bool(titles) and titles[0][0] <= start
        value, inferred, damaged = _value(parts, previous)
        range_end = bool(to and found)
        if (
            range_end
            and value
            and found[-1].value
            and parts.day_only
            and surely_before(value, found[-1].value)
        ):
            value, damaged = None, True  # 25日至5日
        found.append(DateFound(start, end, value, text[start:end], inferred, in_title, range_end, damaged))
        if value and not in_title:
            previous = value
    return found


def single(text: str) -> DateFound | None:
    """The date of a line that holds nothing else, as under a signature; None for other lines.

    Brackets around it and spaces between any of its characters are allowed.
    """
    line = text.strip(" \t\u00a0\u3000()（）[]【】。.,，")
    if not 4 < len(line) < 40:
        return None
    packed = re.sub(r"\s+", "", line)
    dates = find_dates(packed)
    if len(dates) != 1 or dates[0].printed != packed or packed.endswith("年"):
        return None
    start = text.index(line)
    one = dates[0]
    return DateFound(start, start + len(line), one.value, line, one.year_inferred, damaged=one.damaged)


@lru_cache(maxsize=1024)
def _number(printed: str) -> str | None:
    """A month or day as two digits, `XX` where masked; None when damaged. 二十六 → 26, １２ → 12, 元 → 01."""
    if printed == FIRST:
        return "01"
    if _HAN_NUMBER.fullmatch(printed) and printed.strip("○〇"):
        plain = printed.replace("廿", "二十").replace("卅", "三十")
        if "十" in plain:
            tens, _, ones = plain.partition("十")
            if len(tens) > 1 or len(ones) > 1:
                return None
            plain = (tens or "一") + (ones or "零")
        if len(plain) > 2:
            return None
        return plain.translate(_PLAIN).zfill(2)
    plain = printed.translate(_MASKS).translate(_PLAIN)
    if not plain.strip("X"):
        return "XX"
    return plain.zfill(2) if re.fullmatch(r"\d{1,2}|\dX|X\d", plain) else None


@lru_cache(maxsize=1024)
def _year(printed: str) -> str | None:
    """A year as four characters, `X` where masked; None when damaged."""
    if printed[0] in "一二":
        plain = printed.translate(_PLAIN).translate(_MASKS)  # 二○二四: ○ is a nought
    else:
        plain = printed.translate(_MASKS).translate(_PLAIN)
    if not plain.strip("X"):
        return "XXXX"
    if len(plain) == 2 and plain.isdigit():
        return f"20{plain}"  # 23年6月: only ever asked for beside a month
    return plain if _YEAR.fullmatch(plain) else None


@lru_cache(maxsize=1024)
def _value(parts: Parts, previous: str | None) -> tuple[str | None, bool, bool]:
    """(EDTF value, year inferred, damaged) of what is printed."""
    month = None if parts.month is None else _number(parts.month)
    day = None if parts.day is None else _number(parts.day)
    if (parts.month and month is None) or (parts.day and day is None):
        return None, False, True
    if month and month != "XX" and "X" in month and not re.fullmatch(r"[01]X", month):
        month = "XX"  # X2月: the archive's dates mask whole figures from the right
    if day and day != "XX" and "X" in day and not re.fullmatch(r"[0-3]X", day):
        day = "XX"
    rest = "".join(f"-{part}" for part in (month, day) if part)
    if not is_edtf(f"2000{rest}"):
        return None, False, True
    if parts.year is not None:
        year = _year(parts.year)
        value = f"{year}{rest}"
        if year is None or not is_edtf(value):
            return None, False, True
        return value, len(parts.year) == 2 and year != "XXXX", False
    if previous is None:
        return None, False, False
    year = previous[:4]
    step = parts.relative in {"次年", "翌年"}
    later = parts.relative is None and surely_before(f"{year}{rest}", previous)
    if (step or later) and not parts.day_only:
        if not year.isdigit():
            return (f"{year}{rest}", True, False) if is_edtf(f"{year}{rest}") else (None, False, True)
        year = str(int(year) + 1)
    value = f"{year}{rest}"
    good = is_edtf(value) and int(year.replace("X", "0")) < 2100
    return (value, True, False) if good else (None, False, True)


def surely_before(one: str, other: str) -> bool:
    """Whether `one` surely lies before `other`: masked and missing parts decide nothing."""
    for a, b in zip(one.split("-"), other.split("-"), strict=False):
        if "X" in a or "X" in b:
            return False
        if a != b:
            return a < b
    return False
