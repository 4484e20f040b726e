"""Enumerators at the head of a line: 一、 （一） 1. （1） ① 第一方面， 问题一： …

Norm: GB/T 9704-2012 has 一、 → （一） → 1. → （1）; offices print many more. Which
level a glyph stands for is not read off the glyph: see `outline`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

HAN = "一二三四五六七八九十"
FORMAL = "壹贰叁肆伍陆柒捌玖拾"
_VALUE = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
_VALUE |= {c: i for i, c in enumerate(FORMAL[:9], 1)}
_CIRCLED = {chr(0x2460 + i): i + 1 for i in range(20)} | {chr(0x2474 + i): i + 1 for i in range(20)}
_CIRCLED |= {chr(0x2488 + i): i + 1 for i in range(20)} | {chr(0x3220 + i): i + 1 for i in range(10)}
_ROMAN = {chr(0x2160 + i): i + 1 for i in range(12)}
_ROMAN |= {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9, "X": 10}


def number_of(text: str) -> int | None:
    """The value of a numeral: `12`, `１２`, `十二`, `二十`, `③`, `Ⅳ`; None for anything else."""
    if text in _CIRCLED:
        return _CIRCLED[text]
    if text in _ROMAN:
        return _ROMAN[text]
    if text.isdecimal():
        return int(text)
    if not text or any(c not in _VALUE and c not in "十百拾" for c in text):
        return None
    total, digit = 0, 0
    for c in text:
        if c == "百":
            total, digit = total + (digit or 1) * 100, 0
        elif c in "十拾":
            total, digit = total + (digit or 1) * 10, 0
        else:
            digit = _VALUE[c] if c not in "〇零" else 0
    if len(text) > 1 and not set(text) & set("十百拾"):  # 二〇二四
        return int("".join(str(_VALUE[c]) for c in text))
    return total + digit


@dataclass(frozen=True, slots=True)
class Number:
    """An enumerator read at the head of a text."""

    family: str
    """Glyph family: `han`, `han-paren`, `arabic-dot`, `arabic-comma`, `arabic-paren`, …"""
    ordinal: int
    printed: str
    """As printed, without the blanks around it."""
    length: int
    """Characters of the text that it takes up, blanks after it included."""


_N = f"[{HAN}百]{{1,4}}"
_D = r"[0-9０-９]{1,2}"
_FORMS: tuple[tuple[str, str], ...] = (
    # 问题一：/ 反馈问题1. /【问题一】/（问题一）: the number belongs to the word 问题
    (
        "problem",
        rf"[【\[（(〔]?\s*[一-鿿]{{0,6}}(?:问题|事项)\s*(?:{_D}[-—－.．])?(?P<n>{_N}|{_D}|[①-⑳])\s*(?:[】\]）)〕]\s*[：:]?|[：:、.．])",
    ),
    # 问题01　台账不清: a blank does where the figure can be nothing else
    ("problem", rf"问题\s?(?P<n>{_D}|[①-⑳])(?:[ \u3000]+(?![个项条件处类])|$)"),
    ("aspect", rf"第(?P<n>{_N}|{_D})(?:个)?(?:方面|部分|大类|大项)(?:问题)?[，,、：:．.\s]"),
    ("part", rf"第(?P<n>{_N}|{_D})(?:个)?(?:类|项|点|条)?(?:问题)?[，,、：:．.\s]"),
    ("han-paren", rf"[（(]\s*(?P<n>{_N})\s*[）)][、.．，,]?"),
    ("han", rf"(?P<n>{_N})(?:[、．，,]|\.(?!\d)|[：:](?=\S))"),
    ("formal", rf"(?P<n>[{FORMAL}]{{1,3}})\s*[|｜丨、．.·:：\s]"),
    ("latin-part", r"(?:PART|Part)[.·\s]{0,3}0?(?P<n>\d{1,2})\s*[|｜丨、．.·:：\s]"),
    ("arabic-paren", rf"[（(]\s*(?P<n>{_D})\s*[）)][、.．]?"),
    ("decimal-3", rf"(?:{_D}\s?[.．]){{2}}(?P<n>{_D})[、.．]?(?![\d.．年月/万亿元%％])(?=\s*[一-鿿“‘《])"),
    (
        "decimal-2",
        rf"{_D}[.．](?P<n>{_D})[、.．]?(?![\d.．年月日/万亿元%％个项条次人名倍余多分吨亩公米平])(?=\s*[一-鿿“‘《])",
    ),
    ("arabic-dot", rf"(?P<n>{_D})\s?[.．](?!\d)"),
    ("arabic-comma", rf"(?P<n>{_D})\s?[、]"),
    ("arabic-half", rf"(?P<n>{_D})\s?[)）]"),
    ("arabic-bracket", rf"[〔［\[【]\s*(?P<n>{_D})\s*[〕］\]】][、.．]?"),
    ("circled", r"(?P<n>[①-⑳⑴-⒇⒈-⒛㈠-㈩])[、.．]?"),
    ("roman-dash", rf"[Ⅰ-Ⅻ]\s?[-—－–]\s?(?P<n>{_D})[、.．]?"),
    ("dash", rf"{_D}[-—－–](?P<n>{_D})(?:[、.．](?!\d)|(?=[ \u3000]+[一-鿿“]))"),
    ("roman", r"(?P<n>[Ⅰ-Ⅻ]|(?:I{1,3}|IV|VI{0,3}|IX)(?=[、.．]))[、.．]?"),
)
_ANY = re.compile(
    "|".join(f"(?P<f{i}>{form.replace('?P<n>', f'?P<n{i}>')})" for i, (_, form) in enumerate(_FORMS))
)
_FIRST = frozenset(
    HAN + FORMAL + "P" + "0123456789０１２３４５６７８９（(【[〔［第ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫIV" + "".join(_CIRCLED)
)
_BLANK = re.compile(r"[\s\u3000]*")
_WORD_IS = re.compile(rf"({_N})是[：:，,]?|其({_N})[，,：:]")


def read_number(text: str) -> Number | None:
    """The enumerator that `text` begins with, or None.

    A date (2024.6.26), an amount (3.5万元) and 一是 are none.
    """
    if not text or (text[0] not in _FIRST and "问题" not in text[:12] and "事项" not in text[:12]):
        return None
    return _read_number(text[:_REACH])


_REACH = 60
"""No enumerator, blanks and all, is longer."""


@lru_cache(1024)
def _read_number(text: str) -> Number | None:
    match = _ANY.match(text)
    if not match or match.lastgroup is None:
        return None
    index = int(match.lastgroup[1:])
    ordinal = number_of(_half(match[f"n{index}"]))
    if not ordinal:
        return None
    blank = _BLANK.match(text, match.end())
    end = blank.end() if blank else match.end()
    return Number(_FORMS[index][0], ordinal, match[0].strip(), end)


def read_is(text: str) -> Number | None:
    """一是, 二是, 其一, … at the head of `text`: almost always a measure, a problem only in self-examinations."""
    match = _WORD_IS.match(text)
    ordinal = number_of(match[1] or match[2]) if match else None
    return Number("is", ordinal, match[0].rstrip("：:，,"), match.end()) if match and ordinal else None


_HALF = str.maketrans("０１２３４５６７８９", "0123456789")


def _half(text: str) -> str:
    return text if text.isascii() else text.translate(_HALF)
