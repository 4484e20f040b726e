"""What print and scans leave on every page: page numbers, running titles, stamps, watermarks.

A page number tells itself; a running title is known by the page numbers beside
it, a watermark by its words or by standing inside sentences. What repeats in a
notice for other reasons stays: fields of record cards, states, column heads.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from zhenggai.ingest.clean_work import Work
from zhenggai.ingest.folding import core, fold
from zhenggai.ingest.looks import (
    ends_sentence,
    is_field,
    is_numbered,
    is_title,
    speaks_of_notice,
    starts_block,
)

_PAGE = re.compile(
    r"[-—–·・•~_|]{1,4}\d{1,3}[-—–·・•~_|]{1,4}"
    r"|第\d{1,3}页[/,、|(]?(?:共|/)?(?:\d{1,3}页)?\)?|共\d{1,3}页[/,、|]?第\d{1,3}页"
    r"|(?:page|p\.?)\d{1,3}(?:(?:of|/)\d{1,3})?"
    r"|[【\[(〔<《](?:p\.?\d{1,3}|第\d{1,3}页)[】\])〕>》]"
    r"|[-—–·~]\d{1,3}/\d{1,3}[-—–·~]|\d{1,3}/\d{1,3}页|第[一二三四五六七八九十]{1,3}页"
)
_PAGE_EDGE = "-—–=*·•~_|()（）【】[]"
_PAGE_WORDS = re.compile(r"第\d{1,3}页|共\d{1,3}页|第\d{1,3}页.{0,3}共\d{1,3}页")
_BARE = re.compile(r"(\d{1,3})(?:/\d{1,3})?")
_BOXED = re.compile(r"[\[〔【<《][-—·]?\d{1,3}(?:/\d{1,3})?[-—·]?[\]〕】>》]")
_FURNITURE = frozenset({"page-number", "running-title", "software-credit", "page-turn", "rule-line"})
_LONGEST = 60
"""Characters of a running head, at most."""
_NEAR = 2
"""How many lines away from a page number a running title may stand."""


def cut_pages(work: Work, suspicious: Callable[[str], bool]) -> None:
    """Page numbers, running titles and watermarks; `suspicious` says which folded lines speak like a vendor."""
    marks = _page_numbers(work)
    for i in marks:
        work.cut(i, "page-number")
    lines = [i for i, folded in enumerate(work.folded) if folded]
    beside = {
        lines[k + step]
        for k, i in enumerate(lines)
        if i in marks or _BOXED.fullmatch(work.folded[i])
        for step in range(-_NEAR, _NEAR + 1)
        if 0 <= k + step < len(lines)
    }
    for group in _alike(work, sorted(beside - marks)):
        for i in group if _has_other_title(work, group) else group[1:]:
            work.cut(i, "running-title")
    _boxed_numbers(work, lines)
    _watermarks(work, suspicious)


def _page_numbers(work: Work) -> set[int]:
    """Lines that hold a page number alone.

    A bare number is one only when it goes up with the others and at least one of
    them stands inside a sentence: rows of a table are numbered too.
    """
    sure: set[int] = set()
    bare: list[int] = []
    for i, folded in enumerate(work.folded):
        if not folded or len(folded) > 24:
            continue
        if _PAGE.fullmatch(folded) or _PAGE_WORDS.fullmatch(folded.strip(_PAGE_EDGE)):
            sure.add(i)
        elif _BARE.fullmatch(folded):
            bare.append(i)
    numbers = [int(work.folded[i].split("/")[0]) for i in bare]
    steady = not any(b - a != 1 for a, b in pairwise(numbers))
    return sure | set(bare) if steady and any(splits_sentence(work, i) for i in bare) else sure


def _boxed_numbers(work: Work, lines: list[int]) -> None:
    """`[5/5]` beside other furniture of a page, `4` between two pieces of it."""
    for k, i in enumerate(lines):
        folded = work.folded[i]
        if i in work.gone or len(folded) > 9 or not (_BOXED.fullmatch(folded) or _BARE.fullmatch(folded)):
            continue
        beside = [work.gone.get(lines[j], "") in _FURNITURE for j in (k - 1, k + 1) if 0 <= j < len(lines)]
        if all(beside) or (any(beside) and _BOXED.fullmatch(folded)):
            work.cut(i, "page-number")


def _alike(work: Work, beside: list[int]) -> Iterator[list[int]]:
    """Groups of lines that say the same, but for spaces and ends: beside page numbers or inside sentences."""
    stems: dict[str, list[int]] = {}
    for i in beside:
        key = _key(work.folded[i])
        if len(key) < 4 or len(work.folded[i]) > _LONGEST or is_field(work.folded[i]) or ends_sentence(key):
            continue
        if is_numbered(work.folded[i]) and not splits_sentence(work, i):
            continue  # （二）…方面, once above the problems and once above what was done
        stems.setdefault(key[:8], []).append(i)
    stems = {stem: here for stem, here in stems.items() if len(here) > 1}
    groups: dict[str, list[int]] = {stem: [] for stem in stems}
    for i, folded in enumerate(work.folded if stems else ()):
        if folded and len(folded) <= _LONGEST and (stem := _key(folded)[:8]) in groups:
            groups[stem].append(i)
    for stem, group in groups.items():
        known = {*stems[stem]}
        elsewhere = [i for i in group if i not in known and not splits_sentence(work, i, group)]
        if len(elsewhere) <= 1 and all(_same(work, group[0], i) for i in group[1:]):
            yield group


def _has_other_title(work: Work, group: list[int]) -> bool:
    """Whether the first of the lines is no title, or not the only one above the text."""
    below = (j for j in range(group[0] + 1, work.first) if j not in group)
    return not is_title(work.folded[group[0]]) or any(is_title(work.folded[j]) for j in below)


def _key(folded: str) -> str:
    return "".join(filter(str.isalnum, folded))


def _same(work: Work, a: int, b: int) -> bool:
    """Whether two lines share their beginning, up to what the shorter lacks."""
    one, two = _key(work.folded[a]), _key(work.folded[b])
    same = next(
        (n for n, (x, y) in enumerate(zip(one, two, strict=False)) if x != y), min(len(one), len(two))
    )
    return same * 5 >= max(len(one), len(two)) * 3


def splits_sentence(work: Work, i: int, beside: Sequence[int] = ()) -> bool:
    """Whether the line, with what is known to be of no account around it, stands between two halves of a sentence."""

    def text(j: int) -> str:
        known = j in work.gone or j in beside or _BARE.fullmatch(work.folded[j])
        return "" if known else work.texts[j].strip()

    before = next((t for j in range(i - 1, max(-1, i - 8), -1) if (t := text(j))), "")
    after = next((t for j in range(i + 1, min(len(work.texts), i + 8)) if (t := text(j))), "")
    return (
        len(before) > 20 and not ends_sentence(fold(before)) and bool(after) and not starts_block(fold(after))
    )


def _watermarks(work: Work, suspicious: Callable[[str], bool]) -> None:
    """Lines that stand three times or more and are no part of the notice.

    `完成情况：已完成` stands on every card and between other fields: neither a
    field nor a line in a notice's words is a watermark, wherever it stands.
    """
    counts = Counter(f for f in work.folded if f and 2 <= len(f) <= 40)
    for value, count in counts.items():
        if count < 3 or value.isdigit() or ends_sentence(value) or is_field(value) or is_numbered(value):
            continue
        if not core(value) or speaks_of_notice(value):
            continue
        where = [i for i, f in enumerate(work.folded) if f == value and i not in work.gone]
        if where and (suspicious(value) or sum(splits_sentence(work, i) for i in where) * 2 >= count):
            for i in where:
                work.cut(i, "watermark")
