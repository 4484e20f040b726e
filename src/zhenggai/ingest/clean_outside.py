"""What a site printed around the whole notice: above its title and below its last words.

Pages that sell or show documents put a frame around the text: buttons, file facts,
house rules in numbered sentences, lists of other documents. No table of wordings
knows every line of every frame, but a frame gives itself away by where it stands:
once two of its lines are known, the others there are of it too, unless they look
like the notice's own (a masthead, a file number, a date, a contact, an annex).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from zhenggai.ingest import teasers
from zhenggai.ingest.clean_work import INVITE, Work
from zhenggai.ingest.folding import core, fold
from zhenggai.rulebook import boilerplate

_NO_EVIDENCE = frozenset({"meta-line", "page-number", "rule-line", "running-title"})
_LEAD = re.compile(r"巡[察视]")
_LEAD_TOO = re.compile(r"反馈|整改|根据|按照|进行了|开展了")
_TITLE = re.compile(
    r"巡[察视].{0,60}(?:通报|报告|公示|公告|情况|说明|公开|结果)|整改.{0,30}(?:通报|报告|公示|公告|公开)"
)
_FILE = re.compile(r"\.(?:docx?|pdf|pptx?|wps|txt|rar|zip|ofd)(?![a-z])|_第\d+页", re.I)
_UNIT = re.compile(
    r"(?:党组|党委|党工委|委员会|支部|总支|党支部|联合会|局|院|校|公司|集团|办公室|厅|部|镇|乡|街道|办事处|中心|处|队)$"
)
_DATE = re.compile(
    r"[\dx*×○〇零一二三四五六七八九十某]{2,4}[年./-][\dx*×○一二三四五六七八九十某]{1,3}[月./-].{0,4}"
)
_FILE_NUMBER = re.compile(r"[〔\[(（]\d{4}[〕\])）]\d{1,4}号")
_REACH = re.compile(
    r"(?:电话|热线|传真|邮编|邮箱|信箱|地址|编码|手机|联系人|电邮)[^:]{0,10}:(?=.*[\dx*@]{4}|.{6})|[\w.-]+@[\w-]+\.\w"
)
_FIELD = re.compile(r"[^:附]{1,10}:")
"""A field of a form, with nothing in it: 邮箱/手机："""
_KEYWORDS = re.compile(r"(?:[^\s，。]{2,8}[ \t\u3000]+){3,}[^\s，。]{2,8}")
"""Words for a search engine: 林业 巡察 整改 通报."""
_SENTENCE_END = ("。", "；", ";")
_OPENING = 160
"""Characters in which a first paragraph shows what it is; a run-on notice is all one paragraph."""
_LONGEST = 600
"""A longer stretch is never taken whole, whatever it says."""
_SHORT = 30
"""Among the lines of a frame, one of up to this many characters needs no word that gives it away."""
_ABOVE = 12
"""How far above the first paragraph a title is looked for, in lines."""


def cut_outside(work: Work) -> None:
    """Cut the frame above the title and below the end of the notice, where there is one."""
    lead = next((i for i, text in enumerate(work.texts) if i not in work.gone and _is_lead(text)), None)
    if lead is None:
        return
    _clear(work, range(_top(work, lead)))
    _clear(work, range(_end(work, lead) + 1, len(work.texts)))


def _is_lead(text: str) -> bool:
    """The first paragraph: it says who inspected, or that what follows is made public."""
    return (
        len(text) > 30
        and _LEAD.search(text) is not None
        and _LEAD_TOO.search(text) is not None
        and not _FILE.search(text)
        and _foreign(fold(text[:_OPENING])) < 2
    )


def _top(work: Work, lead: int) -> int:
    """Index of the first line of the title, of the addressee, or of the lead itself."""
    above = [i for i in range(lead) if i not in work.gone and work.texts[i].strip()][-_ABOVE:]
    top = lead
    for i in reversed(above):
        if _is_title(work.folded[i]):
            top = i
            break
    if top == lead:
        return next((i for i in above[-1:] if work.texts[i].strip().endswith(("：", ":"))), lead)
    while top:  # a title may stand on several lines
        folded = work.folded[top - 1]
        if top - 1 in work.gone or not (_is_title(folded) or (_is_own(folded) and not _foreign(folded))):
            break
        top -= 1
    return top


def _is_title(folded: str) -> bool:
    return bool(
        folded and len(folded) <= 70 and _TITLE.search(folded) and not _FILE.search(folded)
        and not folded.endswith((*_SENTENCE_END, ":")) and not _foreign(folded)
    )  # fmt: skip


def _end(work: Work, lead: int) -> int:
    """Index of the last line that is plainly the notice's: signature, date, contact or paragraph."""
    for i in range(len(work.texts) - 1, lead, -1):
        if i in work.gone or not work.texts[i].strip():
            continue
        folded = work.folded[i] or fold(work.texts[i])
        if _foreign(folded) or _FILE.search(folded):
            continue
        if _is_own(folded) or (folded.endswith("。") and _speaks_of_notice(folded)):
            return i
    return lead


def _is_own(folded: str) -> bool:
    """A unit, a date, a file number, a way to reach the unit."""
    inner = core(folded)
    return bool(
        (len(inner) <= 40 and _UNIT.search(inner) and not _TITLE.search(inner))
        or _DATE.fullmatch(folded)
        or _FILE_NUMBER.search(folded)
        or INVITE.search(folded)
        or _REACH.search(folded)
    )


def _clear(work: Work, region: Iterable[int]) -> None:
    here = [i for i in region if work.texts[i].strip()]
    known = sum(work.gone.get(i, "meta-line") not in _NO_EVIDENCE for i in here)
    known += sum(_gives_away(work.folded[i] or fold(work.texts[i])) for i in here if i not in work.gone)
    if known < 2:
        return
    for i in here:
        if i in work.gone:
            continue
        folded = work.folded[i] or fold(work.texts[i])
        signs = _foreign(folded) + len({*_frame_words().findall(folded)}) + bool(_FILE.search(folded))
        if (
            not signs
            and (_is_own(folded) or _keeps(folded))
            and not _KEYWORDS.fullmatch(work.texts[i].strip())
        ):
            continue
        if len(folded) > _LONGEST:
            work.flag(i, "像网页或卖家的文字")
        elif signs > (len(folded) > 60) or (len(folded) <= _SHORT and not folded.endswith(_SENTENCE_END)):
            work.cut(i, "frame")
        else:
            work.flag(i, "像网页或卖家的文字")


def _gives_away(folded: str) -> int:
    """How much a line tells of a frame: 1 for a file's name or two words of pages and sellers, 2 for more."""
    signs = _foreign(folded) + 2 * bool(_FILE.search(folded) and not _keep_words().search(folded))
    return min(signs // 2, 2)


def _keeps(folded: str) -> bool:
    """What an office prints there itself: annexes, copies, notes, another title."""
    if _FIELD.fullmatch(folded):
        return False
    return bool(_keep_words().search(folded)) or any(w in folded for w in boilerplate().notice_lines.words)


def _foreign(folded: str) -> int:
    """How many different words of pages and sellers a line holds."""
    return len(set(_edge_words().findall(folded))) + len(teasers.kinds(folded) & {"pay", "text", "deal"})


def _speaks_of_notice(folded: str) -> bool:
    return any(word in folded for word in boilerplate().notice_signals.words)


@cache
def _edge_words() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, boilerplate().edge_words)))


@cache
def _frame_words() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, boilerplate().frame_words)))


@cache
def _keep_words() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, boilerplate().edge_keep)))
