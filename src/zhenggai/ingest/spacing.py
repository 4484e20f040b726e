"""Blanks that software put into a copy: between all characters (关 于 整 改), or where its lines ended."""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhenggai.ingest.edits import Span, cut_spans
from zhenggai.ingest.numbering import read_number
from zhenggai.ingest.text import Line

_SINGLE = re.compile(r"(?<=\S)[ \u3000](?=\S)(?<![A-Za-z] (?=[A-Za-z]))")
"""One blank between two characters, but not between two Latin words."""
_HAN = re.compile(r"[一-鿿](?=[ \u3000]?[一-鿿])")
_HAN_APART = re.compile(r"[一-鿿](?=[ \u3000][一-鿿])")
_MOST = 0.8
"""Share of the neighbouring Han with a blank between, from which a line counts as set apart, whatever stands
around its figures and signs: some software sets nothing else apart."""
_FEWEST = 6
"""Visible characters a line must have: 公 告 may be set apart on purpose."""
_SCAN = 3
_SHARE = 0.6
"""Share of the gaps between characters that hold a blank, from which a line counts as set apart."""
_LATIN = re.compile(r"[A-Za-z]{2}")


def close_up(lines: list[Line]) -> list[Line]:
    """The lines with such blanks cut; a wider gap (unit and date on one line) stays.

    One line set apart, or the same again and again, is a heading or a watermark; three
    different ones are a scan.
    """
    apart = {line.no: line.text for line in lines if _is_set_apart(line.text)}
    if len(set(apart.values())) < _SCAN:
        return lines
    return [cut_spans(line, _spans(line.text)) if line.no in apart else line for line in lines]


def _is_set_apart(text: str) -> bool:
    blanks = text.count(" ") + text.count("\u3000")
    if blanks < _FEWEST - 1 or 4 * blanks < len(text):
        return False
    visible = len(text) - blanks
    gaps = len(_SINGLE.findall(text))
    if visible >= _FEWEST and gaps >= _SHARE * (visible - 1) and not _LATIN.search(text):
        return True
    apart = len(_HAN_APART.findall(text))
    return apart >= _FEWEST - 1 and apart >= _MOST * len(_HAN.findall(text))


def _spans(text: str) -> Iterator[Span]:
    usual = max(" \u3000", key=text.count)  # the other parts a number from its words: 问题01　学 习 不 深
    for match in _SINGLE.finditer(text):
        if match[0] == usual:
            yield match.start(), match.end(), "set-apart", ""


_RUN_ON = 400
"""A line of so many characters may be a whole notice."""
_MOST_OF_IT = 0.6
"""Share of a file's characters in its longest line, from which that line is the notice."""
_ENDS = 8
"""As many line ends a notice has at least."""
_APART = 15
"""Characters between two of them, on average, at least."""
_BRACKETS = 40
"""Characters that stand between brackets, at most: no line ends there."""
_OPEN = re.compile(r"[（(【〔\[《“][^（()）【】〔〕\[\]《》“”]*$")
_CLOSE = re.compile(rf"[^（(【〔\[《“\n]{{0,{_BRACKETS}}}[）)】〕\]》”]")
_LINE_END = re.compile(r"(?<=\S)[ \t\u3000\u00a0]+(?=\S)(?<![a-zA-Z0-9.,:-] (?=[a-zA-Z0-9]))")


def break_up(lines: list[Line]) -> list[Line]:
    """The lines with a line end in place of each blank, where a copy put blanks for all its line ends."""
    longest = max(lines, key=lambda line: len(line.text), default=None)
    if longest is None or len(longest.text) < _RUN_ON:
        return lines
    if len(longest.text) < _MOST_OF_IT * sum(len(line.text) for line in lines) or "\n" in longest.text:
        return lines
    text = longest.text
    ends = [
        (m.start(), m.end(), "run-on", "\n")
        for m in _LINE_END.finditer(text)
        if not (_OPEN.search(text, max(0, m.start() - _BRACKETS), m.start()) and _CLOSE.match(text, m.end()))
        and not _opens(text, m.start(), m.end())
    ]
    if len(ends) < _ENDS or len(text) < _APART * len(ends):
        return lines
    return [cut_spans(line, ends) if line is longest else line for line in lines]


_AHEAD = 12
"""Characters of an enumerator, at most."""
_BOUNDS = " \t\u3000\u00a0。；！？”）)"
"""What stands ahead of one."""


def _opens(text: str, start: int, end: int) -> bool:
    """Whether the blank stands behind an enumerator or behind 关于: no line ends there."""
    if text.endswith(("关于", "针对"), 0, start):
        return True
    head = max(text.rfind(sign, max(0, start - _AHEAD), start - 1) for sign in _BOUNDS) + 1
    number = read_number(text[head : end + 1]) if start - head <= _AHEAD else None
    return number is not None and head + number.length >= end
