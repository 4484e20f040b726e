"""Adverts out of a notice: lines known by several weak signals, and the lines that stand among them."""

from __future__ import annotations

from collections.abc import Iterator

from zhenggai.ingest import adverts
from zhenggai.ingest.clean_work import Work

_NO_VENDOR = frozenset({"meta-line", "page-number", "rule-line", "running-title"})


def cut_adverts(work: Work, signals: adverts.Signals) -> None:
    """Whole lines known by several weak signals, and their neighbours."""
    left = (i for i, f in enumerate(work.folded) if f and i not in work.gone and not work.is_wrapped(i))
    weights = {i: signals.weight(work.folded[i]) for i in left}
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
        if i in work.gone or work.is_wrapped(i):
            continue
        text, value = work.folded[i], weights.get(i, 0.0)
        between = len(vendor) > 1 and vendor[0] < i < vendor[-1]
        reach = value < adverts.TWO and adverts.reaches(text)
        if adverts.carries_facts(text) or reach or "。" in text or len(text) > 40:
            if vendor and (edge or between) and not reach:
                work.flag(i, "夹在广告之间")
        elif between or (edge and (value >= 2 or (known and value >= adverts.NEAR))):
            if not between and work.near_contacts(i):
                work.flag(i, "像广告，但挨着联系方式")
            else:
                work.cut(i, "advert-run")
        elif vendor and edge:
            work.flag(i, "紧挨着广告")
