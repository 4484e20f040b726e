"""Adverts out of a notice: lines alone, runs of lines, and sentences glued to a paragraph."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate

from zhenggai.ingest import adverts
from zhenggai.ingest.clean_work import INVITE, SHORT, Work
from zhenggai.ingest.edits import Span
from zhenggai.ingest.folding import Words, core, fold
from zhenggai.rulebook import boilerplate

_PIECE = re.compile(r"[^。！？!?；;\n]{1,400}[。！？!?；;]{0,4}")
_NO_VENDOR = frozenset({"meta-line", "page-number", "rule-line", "running-title"})


def cut_adverts(work: Work, signals: adverts.Signals) -> None:
    """Whole lines known by several weak signals, and their neighbours."""
    weights = {i: signals.weight(f) for i, f in enumerate(work.folded) if f and i not in work.gone}
    for i, value in weights.items():
        if value >= adverts.SURE:
            if adverts.carries_facts(work.folded[i]) or work.near_contacts(i):
                work.flag(i, "像广告，但带有日期、金额或电话")
            else:
                work.cut(i, "advert")
    sellers = [i for i, rule in work.gone.items() if rule not in _NO_VENDOR]
    head, tail = any(i < work.first for i in sellers), any(i > work.last for i in sellers)
    for start, end in _runs(work):
        edge = end <= work.first or start > work.last
        known = (head and end <= work.first) or (tail and start > work.last)
        _advert_run(work, range(start, end), weights, edge=edge, known=known)
    for i, value in weights.items():
        if adverts.FLAG <= value < adverts.SURE and i not in work.gone:
            work.flag(i, "像广告")


def _runs(work: Work) -> Iterator[tuple[int, int]]:
    """Stretches between lines of the notice: [start, end) of lines, the first and the last at its edges."""
    start = 0
    for i, text in enumerate(work.texts):
        if (
            i not in work.gone
            and text.strip()
            and (not work.folded[i] or adverts.is_notice_line(work.folded[i]))
        ):
            yield start, i
            start = i + 1
    yield start, len(work.texts)


def _advert_run(work: Work, lines: range, weights: dict[int, float], *, edge: bool, known: bool) -> None:
    """Neighbours of adverts that no line of the notice parts from them.

    `edge`: before the first or after the last paragraph of the notice; `known`:
    there, adverts have been found.
    """
    here = [i for i in lines if work.texts[i].strip()]
    vendor = [i for i in here if work.gone.get(i, "page-number") not in _NO_VENDOR]
    for i in here:
        if i in work.gone:
            continue
        text, value = work.folded[i], weights.get(i, 0.0)
        between = len(vendor) > 1 and vendor[0] < i < vendor[-1]
        if adverts.carries_facts(text) or len(text) > 40:
            if vendor and (edge or between):
                work.flag(i, "夹在广告之间")
        elif between or (edge and (value >= 2 or (known and value >= adverts.NEAR))):
            if not between and work.near_contacts(i):
                work.flag(i, "像广告，但挨着联系方式")
            else:
                work.cut(i, "advert-run")
        elif vendor and edge:
            work.flag(i, "紧挨着广告")


def cut_glued(work: Work, signs: frozenset[str]) -> None:
    """An advert before, behind or between the sentences of a paragraph.

    `signs`: the characters that stand in the text.
    """
    doc = "\n".join(work.texts).lower()
    if len(doc) != sum(map(len, work.texts)) + len(work.texts) - 1:
        doc = "\n".join(work.texts)  # lower case made it longer: offsets would be wrong
    lower = signs | frozenset(map(str.lower, signs))
    words = [w for w in boilerplate().glue_words if lower.issuperset(w) and w in doc]
    if not words:
        return
    ends = list(accumulate(len(text) + 1 for text in work.texts))
    hits: dict[int, list[str]] = {}
    for word in words:
        at = doc.find(word)
        while at >= 0:
            i = bisect_right(ends, at)
            hits.setdefault(i, []).append(word)
            at = doc.find(word, ends[i])
    candidates: list[tuple[int, int, list[re.Match[str]]]] = []  # part, how many pieces, those to look at
    for i, found in sorted(hits.items()):
        text = work.texts[i]
        if i in work.gone or len(text) < 16 or INVITE.search(text):
            continue
        pieces = [m for m in _PIECE.finditer(text) if m[0].strip()]
        if len(pieces) > 400 or (len(pieces) == 1 and len(text) <= SHORT):
            continue
        suspects = [m for m in pieces if len(m[0]) <= SHORT and any(word in m[0].lower() for word in found)]
        if suspects:
            candidates.append((i, len(pieces), suspects))
    folded = {m[0]: fold(m[0]) for _, _, suspects in candidates for m in suspects}
    rules = adverts.RuleIndex(adverts.line_rules(), Words("\n".join(folded.values()))) if folded else None
    for i, count, suspects in candidates:
        spans: list[Span] = []
        for match in suspects:
            piece = folded[match[0]]
            if rules and not adverts.carries_facts(piece) and (rule := _advert_rule(piece, rules)):
                spans.append((match.start(), match.end(), rule, ""))
        if len(spans) == count:
            work.cut(i, spans[0][2])
        elif spans:
            work.cut_within(i, spans)


def _advert_rule(folded: str, rules: adverts.RuleIndex) -> str:
    """The rule by which one sentence is an advert, or an empty string. `rules`: those that the text can match."""
    row = next((row for row in rules.matching(core(folded)) if row.scope == "line"), None)
    return row.id if row else "advert" if adverts.weight(folded) >= adverts.SURE else ""
