"""Lines that stand between two complete paragraphs and are none of the notice's.

A heading, a field, a caption, a state, a row of a table: what a notice prints on
a line of its own looks like one of these, or speaks of its matters. What is left
belongs to a page or a vendor when it holds a word that no office would use there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhenggai.ingest import adverts
from zhenggai.ingest.clean_edges import PAGE_RULES
from zhenggai.ingest.clean_work import INVITE, Work
from zhenggai.ingest.looks import (
    ends_sentence,
    is_date,
    is_heading,
    is_numbered,
    is_own_field,
    is_unit,
    speaks_of_notice,
)
from zhenggai.ingest.wording import names_problem, read_label

STAMP = "stamp"
"""The rule that takes lines with who wrote or printed, and when."""
_LONG = 60
_RUN = 5
"""How many lines one advert may be broken over."""
_CAPTION = re.compile(r"^[▲△↑▼]?(?:[上下左右]?图|表|照片)(?:为|[一二三四五六七八九十\d]|:)")
_ONLY = re.compile("[仅只]")
"""What a vendor says of who may read, as a notice says it of too little."""
_QUOTED = re.compile(r"^[“\"‘「].{2,40}[”\"’」]")


def cut_orphans(work: Work, signals: adverts.Signals) -> None:
    """Lines alone, then runs of lines that say one thing together. `signals`: with the tells."""
    inside = [i for i in range(_first(work), work.last) if i not in work.gone and work.texts[i].strip()]
    judged = {i: _judge(work, i, signals) for i in inside if _may_be_foreign(work, i)}
    judged = {i: found for i, found in judged.items() if not _looks_own(work, i, *found)}
    known = any(rule not in PAGE_RULES for rule in work.gone.values())
    for i, (total, top) in judged.items():
        if _is_enough(work.folded[i], total, top, adverts.THREE if known else adverts.SURE):
            if adverts.carries_facts(work.folded[i]) or adverts.reaches(work.folded[i]):
                work.flag(i, "像网页或卖家的文字，但带有日期、金额或联系方式")
            else:
                work.cut(i, "orphan")
    for run in _runs(inside, judged):
        left = [i for i in run if i not in work.gone]
        if left and len(left) < len(run) and all(_goes_with(work, run, i, judged[i][0]) for i in left):
            joint, _ = signals.judge("".join(work.folded[i] for i in run))
            if joint >= adverts.FLAG:
                for i in left:
                    work.cut(i, "orphan")


def _goes_with(work: Work, run: list[int], i: int, total: float) -> bool:
    """Whether a line of a run may be of the advert that runs over it: it speaks so, or stands within it."""
    at = run.index(i)
    within = 0 < at < len(run) - 1 and run[at - 1] in work.gone and run[at + 1] in work.gone
    return total > 0 or (total == 0 and within)


def _judge(work: Work, i: int, signals: adverts.Signals) -> tuple[float, float]:
    """Weight and heaviest tell of a line; what stands under the name and time of a chat is said there."""
    total, top = signals.judge(work.folded[i])
    if STAMP not in work.gone.values():
        return total, top
    above = next((j for j in range(i - 1, -1, -1) if work.texts[j].strip()), -1)
    return (total + adverts.PLAIN, max(top, adverts.PLAIN)) if work.gone.get(above) == STAMP else (total, top)


def _is_enough(folded: str, total: float, top: float, wanted: float) -> bool:
    """One word that no office uses; in a whole sentence more. Of words that it may use as much as is `wanted`."""
    if top < adverts.TELL:
        return total >= wanted and len(folded) <= 40 and not folded.endswith("。")
    return total >= (adverts.TELL if not folded.endswith("。") else adverts.PLAIN)


def _first(work: Work) -> int:
    return work.first + 1


def _runs(inside: list[int], judged: dict[int, tuple[float, float]]) -> Iterator[list[int]]:
    """Lines that may be foreign and stand together."""
    run: list[int] = []
    for i in inside:
        if i in judged:
            run.append(i)
            continue
        if 1 < len(run) <= _RUN:
            yield run
        run = []
    if 1 < len(run) <= _RUN:
        yield run


def _may_be_foreign(work: Work, i: int) -> bool:
    """Whether the line stands by itself and is no sentence, item or field of the notice."""
    folded = work.folded[i]
    if not folded or len(folded) > _LONG or "。" in work.cores[i] or INVITE.search(folded):
        return False
    if is_own_field(folded) or folded.startswith("附") or read_label(folded):
        return False
    return not work.is_wrapped(i) and _parted(work, i) and not work.near_contacts(i)


def _looks_own(work: Work, i: int, total: float, top: float) -> bool:
    """Whether the line looks like an item, a unit, a caption, a heading, or speaks of a notice's matters."""
    folded = work.folded[i]
    if is_numbered(work.texts[i].strip()) or is_numbered(folded):
        return total < adverts.THREE or top < adverts.PLAIN or speaks_of_notice(folded) > 0
    if total < adverts.THREE and names_problem(_ONLY.sub("", folded)):
        return True
    if top >= adverts.PLAIN:
        return False
    if is_unit(folded) or is_date(folded) or _CAPTION.match(folded) or _QUOTED.match(folded):
        return True
    return is_heading(folded) or speaks_of_notice(folded) > 1


def _parted(work: Work, i: int) -> bool:
    """Whether what stands before the line is complete: a line of a sentence wrapped by its width is not touched."""
    for j in range(i - 1, -1, -1):
        if before := work.texts[j].strip():
            return j in work.gone or "\t" in before or len(before) < 30 or ends_sentence(before)
    return True
