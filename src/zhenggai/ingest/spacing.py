"""Blanks that a scanner's software put between all the characters of a line: 关 于 整 改 的 通 报."""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhenggai.ingest.edits import Span, cut_spans
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
    for match in _SINGLE.finditer(text):
        yield match.start(), match.end(), "set-apart", ""
