"""Sentences of a vendor glued before, behind or between those of the notice."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import accumulate

from zhenggai.ingest import adverts
from zhenggai.ingest.clean_work import INVITE, SHORT, Work
from zhenggai.ingest.edits import Span
from zhenggai.ingest.folding import Words, core, fold
from zhenggai.ingest.looks import speaks_of_notice
from zhenggai.rulebook import boilerplate

_PIECE = re.compile(
    r"(?:[(（〔【\[][^()（）〔〕【】\[\]\n]{1,12}[)）〕】\]](?=[^。！？；\n]{6}))?"
    r"[^。！？!?；;\n]{1,400}[。！？!?；;]{0,4}"
)
_STATE = re.compile(r"[(（〔【\[][^()（）〔〕【】\[\]\n]{1,12}[)）〕】\]](?=\S)")
"""What may stand behind a sentence and before what was glued to it: 〔已销号〕"""
_HEADING = re.compile(
    r"(?<=[^\s、，。（(“\d])\s{0,4}"
    r"(?=[一二三四五六七八九十]{1,3}、[^、，。]{2}|[（(〔［][一二三四五六七八九十\d]{1,2}[）)〕］]\S|\d{1,2}[.．、][^\d\s])"
)
_MAY_HEAD = re.compile("[、（(〔［.．]")
"""No heading is without one of these."""
_WHOLE = 600
"""A paragraph of so many characters holds more than the lines by which the unit is reached."""
_FULL_STOP = ("。", "！", "？", "；", "!", "?", ";", "：", ":")


def cut_glued(work: Work, held: Iterable[str], brands: frozenset[str]) -> None:
    """Cut them. `held`: of `glue_words`, those that stand in the text; `brands`: names of vendors."""
    pieces: list[tuple[int, int, list[tuple[int, int]]]] = []  # part, how many pieces, those to look at
    texts: dict[int, str] = {}
    for i, words in _parts(work, [*held, *sorted(brands)]):
        text = texts[i] = work.left(i)
        if i in work.gone or len(text) < 16 or (len(text) < _WHOLE and INVITE.search(text)):
            continue
        found = list(_pieces(text))
        if len(found) > 400 or (len(found) == 1 and len(text) <= SHORT):
            continue
        suspects = [
            (start, end)
            for start, end in found
            if end - start <= SHORT
            and any(word in text[start:end].lower() for word in words)
            and not (len(text) >= _WHOLE and INVITE.search(text, max(0, start - SHORT), end + SHORT))
        ]
        if suspects:
            pieces.append((i, len(found), suspects))
    if not pieces:
        return
    folded = {(i, start): fold(texts[i][start:end]) for i, _, spans in pieces for start, end in spans}
    present = Words("\n".join(folded.values()), adverts.lexicon())
    rules, signals = adverts.RuleIndex(adverts.line_rules(), present), adverts.Signals(present, tells=True)
    for i, count, suspects in pieces:
        text = texts[i]
        spans: list[Span] = []
        for start, end in suspects:
            piece = folded[i, start]
            open_end = end == len(text.rstrip()) and not text.rstrip().endswith(_FULL_STOP)
            if rule := _rule(piece, rules, signals, brands, open_end=open_end):
                spans.append((start, end, rule, ""))
        if len(spans) == count:
            work.cut(i, spans[0][2])
        elif spans:
            work.cut_within(i, spans)


def _parts(work: Work, held: Iterable[str]) -> Iterator[tuple[int, list[str]]]:
    """Parts that hold a word of glued adverts, with the words."""
    doc = "\n".join(work.texts).lower()
    if len(doc) != sum(map(len, work.texts)) + len(work.texts) - 1:
        doc = "\n".join(work.texts)  # lower case made it longer: offsets would be wrong
    ends = list(accumulate(len(text) + 1 for text in work.texts))
    hits: dict[int, list[str]] = {}
    for word in held:
        at = doc.find(word)
        while at >= 0:
            i = bisect_right(ends, at)
            hits.setdefault(i, []).append(word)
            at = doc.find(word, ends[i])
    return iter(sorted(hits.items()))


@cache
def glue_words() -> frozenset[str]:
    """Words of the table, and those that no office writes at all."""
    table = boilerplate()
    sure = (word for row in table.tells if row.weight >= adverts.PLAIN for word in row.words)
    return frozenset((*table.glue_words, *sure))


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """Sentences, and what stands before a heading that begins within the line."""
    for match in _PIECE.finditer(text):
        if not match[0].strip():
            continue
        start = match.start()
        if start and (state := _STATE.match(text, start, match.end())):
            start = state.end()
        if _MAY_HEAD.search(text, start + 4, match.end()):
            for cut in _HEADING.finditer(text, start + 4, match.end()):
                yield start, cut.start()
                start = cut.start()
        if start < match.end():
            yield start, match.end()


def _rule(
    piece: str,
    rules: adverts.RuleIndex,
    signals: adverts.Signals,
    brands: frozenset[str],
    *,
    open_end: bool,
) -> str:
    """The rule by which one sentence is an advert, or an empty string. `open_end`: it lacks its full stop."""
    if adverts.carries_facts(piece):
        return ""
    if row := next((row for row in rules.matching(core(piece)) if row.scope == "line"), None):
        return row.id
    if adverts.weight(piece) >= adverts.SURE:
        return "advert"
    total, top = signals.judge(piece)
    if len(piece) <= 30 and not speaks_of_notice(piece) and any(brand in piece for brand in brands):
        return "vendor-name"
    if speaks_of_notice(piece) > (1 if open_end else 0) or adverts.reaches(piece):
        return ""
    if open_end and top >= adverts.TELL and total >= (adverts.FLAG if top >= adverts.PLAIN else adverts.SURE):
        return "advert"
    return "advert" if top >= adverts.PLAIN and total >= adverts.SURE else ""


def vendor_head(text: str) -> int:
    """Where a heading of the notice begins behind a vendor's words on the same line; 0 where none does."""
    match = _HEADING.search(text, 4) if len(text) <= SHORT else None
    return match.start() if match else 0
