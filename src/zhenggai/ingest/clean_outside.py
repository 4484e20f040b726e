"""What a site printed around the whole notice: above its title and below its last words.

Pages that sell or show documents put a frame around the text: buttons, file facts,
house rules in numbered sentences, lists of other documents. No table of wordings
knows every line of every frame, but a frame gives itself away by where it stands:
once one of its lines is known, the others there are of it too, unless they look
like the notice's own (a masthead, a file number, a date, a contact, an annex).
"""

from __future__ import annotations

import re
from functools import cache

from zhenggai.ingest import adverts, teasers
from zhenggai.ingest.clean_work import INVITE, SHORT, Work
from zhenggai.ingest.edits import Span
from zhenggai.ingest.folding import core, fold
from zhenggai.ingest.looks import (
    FILE,
    ends_title,
    has_file_number,
    is_date,
    is_note,
    is_numbered,
    is_own_field,
    is_title,
    is_unit,
    speaks_of_notice,
)
from zhenggai.ingest.wording import names_problem
from zhenggai.rulebook import boilerplate

_NO_EVIDENCE = frozenset({"meta-line", "page-number", "rule-line", "running-title"})
_LEAD = re.compile(r"巡[察视]")
_STOP = re.compile("[，。；,;]")
_LEAD_TOO = re.compile(r"反馈|整改|根据|按照|进行了|开展了")
_REACH = re.compile(
    r"(?:电话|热线|传真|邮编|邮箱|信箱|地址|编码|手机|联系人|电邮|邮件|意见箱)[^:]{0,10}:(?=.{0,30}[\dx*@]{4}|.{6})"
    r"|[\w.-](?:@|\(at\))[\w-]+\.\w|(?<![\d.])(?:0\d{2,3}-?\d{7,8}|1[3-9]\d{9}|[2-9]\d{6,7})(?!\d)"
)
_SIGNED = re.compile(r"(.{4,40}?)(?:\d{4}|[二〇○零一二三四五六七八九]{4})年[^年]{2,8}日")
_VENDOR_LABEL = re.compile(
    r"(?:投稿|商务|合作|官方|客服|广告|订阅|发行|报料|新闻|总编|编辑部|版权|责任编辑|美术编辑)[^:]{0,6}:"
)
_BARE_FIELD = re.compile(r"[^:附]{1,10}:")
"""A field of a form, with nothing in it: 邮箱/手机："""
_KEYWORDS = re.compile(r"(?:[^\s，。]{2,8}[ \t\u3000]+){3,}[^\s，。]{2,8}")
"""Words for a search engine: 林业 巡察 整改 通报."""
_SENTENCE_END = ("。", "；", ";")
_SHORT = 40
"""Among the lines of a frame, one of up to this many characters needs no word that gives it away."""
_LONG = 60
"""Where no first paragraph tells itself, one of more than this many characters stands for it."""
_MANY = 3
"""As many words of pages and sellers make a line theirs, whatever it looks like."""
_ABOVE = 12
"""How far above the first paragraph a title is looked for, in lines."""


def cut_outside(work: Work, signals: adverts.Signals) -> None:
    """Cut the frame above the title and below the end of the notice, where there is one.

    `signals`: with what gives a line away where it stands alone.
    """
    left = [i for i in range(len(work.texts)) if i not in work.gone]
    lead = next((i for i in left if _is_lead(work.texts[i])), None)
    if lead is None:
        lead = next(
            (i for i in left if len(work.texts[i]) > _LONG and _speaks_as_notice(work.texts[i])), None
        )
    if lead is None:
        return
    _clear(work, range(_top(work, lead, signals)), signals, head=True)
    _clear(work, range(_end(work, lead) + 1, len(work.texts)), signals, head=False)


def _is_lead(text: str) -> bool:
    """The first paragraph: it says who inspected, or that what follows is made public."""
    if len(text) <= 30 or not _STOP.search(text):
        return False
    folded = fold(text)
    return bool(
        _LEAD.search(folded) and _LEAD_TOO.search(folded) and not FILE.search(folded) and _foreign(folded) < 2
    )


def _speaks_as_notice(text: str) -> bool:
    return speaks_of_notice(text) > 2 and _foreign(fold(text)) < 2


def _top(work: Work, lead: int, signals: adverts.Signals) -> int:
    """Index of the first line of the title, of the addressee, or of the lead itself."""

    above = [i for i in range(lead) if i not in work.gone and work.texts[i].strip()][-_ABOVE:]
    own = [_foreign(work.folded[i]) < 2 and signals.judge(work.folded[i])[1] < adverts.TELL for i in above]
    top = len(above)
    for k in range(len(above) - 1, -1, -1):
        if own[k] and ends_title(work.folded[above[k]]):
            lines = next(
                (n for n in (1, 2, 3, 4) if n <= k + 1 and _is_title(work, above[k + 1 - n : k + 1])), 0
            )
            if lines:
                top = k + 1 - lines
                break
    if top == len(above):
        return next((i for i in above[-1:] if work.texts[i].strip().endswith(("：", ":"))), lead)
    while (
        top
        and own[top - 1]
        and (is_title(work.folded[above[top - 1]]) or _is_own(work.folded[above[top - 1]]))
    ):
        top -= 1
    return above[top]


def _belongs_to_title(folded: str) -> bool:
    """Whether a line above the end of a title is of it: a unit, a date, or the title's first words."""
    if _is_own(folded) or is_title(folded):
        return True
    words = "关于" in folded or speaks_of_notice(folded)
    return (
        bool(words)
        and len(folded) <= _SHORT
        and not _foreign(folded)
        and not folded.endswith(("。", ";", ":"))
    )


def _is_title(work: Work, lines: list[int]) -> bool:
    """Whether lines make one title together."""
    return is_title("".join(work.folded[i] for i in lines))


def _end(work: Work, lead: int) -> int:
    """Index of the last line that is plainly the notice's: signature and date, else a contact or a paragraph."""
    below = [i for i in range(lead + 1, len(work.texts)) if i not in work.gone and work.texts[i].strip()]
    kind_below, last = "", lead
    for i in reversed(below):
        kind = _kind(work.folded[i])
        if {kind, kind_below} == {"unit", "date"}:
            return last
        if kind == "both":
            return i
        if len(work.texts[i]) > 80 and speaks_of_notice(work.texts[i]) > 2:
            break  # what is signed stands above its signature
        kind_below, last = kind, i
    for i in reversed(below):
        folded = work.folded[i] or fold(work.texts[i])
        foreign, own = _foreign(folded), speaks_of_notice(folded)
        if FILE.search(folded) or foreign > (len(folded) > _LONG and own > 2):
            continue
        if _is_own(folded) or (own and _is_prose(folded)) or _is_problem(folded):
            return i
    return lead


def _is_problem(folded: str) -> bool:
    """A numbered heading that names a problem, and no numbered rule of a house."""
    return is_numbered(folded) and not folded.endswith("。") and names_problem(folded)


def _is_prose(folded: str) -> bool:
    """A sentence, a paragraph or a numbered heading, whatever sign it ends with."""
    return len(folded) > _LONG or folded.endswith(("。", ".")) or is_numbered(folded)


def _kind(folded: str) -> str:
    """Whether a line is a unit, a date, or both, as signatures are."""
    if not folded or len(folded) > 60:
        return ""
    if is_date(folded):
        return "date"
    match = _SIGNED.fullmatch(folded)
    unit = match[1] if match else folded
    if not is_unit(unit) or _foreign(unit):
        return ""
    return "both" if match else "unit"


def _is_own(folded: str) -> bool:
    """A unit, a date, a file number, a way to reach the unit."""
    return bool(
        is_unit(folded)
        or is_date(folded)
        or has_file_number(folded)
        or INVITE.search(folded)
        or _REACH.search(folded)
    )


def _clear(work: Work, region: range, signals: adverts.Signals, *, head: bool) -> None:
    here = [i for i in region if work.texts[i].strip()]
    folded = {i: work.folded[i] or fold(work.texts[i]) for i in here}
    signs = {i: _signs(folded[i], signals) for i in here if i not in work.gone}
    known = any(work.gone.get(i, "meta-line") not in _NO_EVIDENCE for i in here)
    known = known or any(count > 1 for count, _ in signs.values()) or not work.emptied.isdisjoint(region)
    annex = False
    for i in here:
        if i in work.gone:
            annex = annex and work.gone[i] in _NO_EVIDENCE
            continue
        (count, sure), line = signs[i], folded[i]
        annex = annex or line.startswith("附")
        if "。" in core(line) and any(map(speaks_of_notice, line.split("。"))):
            continue  # a vendor's sentence glued to one of the notice: a later stage
        if not sure and (annex or _keeps(line, work.texts[i], count, head=head)):
            continue
        if count > (len(line) > 60) or (known and len(line) <= _SHORT and not line.endswith(_SENTENCE_END)):
            only_title = head and not any(map(is_title, work.folded[i + 1 : region.stop + 1]))
            if only_title and (around := _around_title(work.texts[i])):
                work.cut_inside(i, around)
            else:
                work.cut(i, "frame")
            annex = False
        elif known:
            work.flag(i, "像网页或卖家的文字")


_GROUP = r"[【\[（(〔][^【】\[\]（()）〔〕]{1,24}[】\]）)〕]"
_TITLED = re.compile(rf"\s*(?P<head>(?:{_GROUP}\s*)*)(?P<title>.+?)(?P<tail>(?:\s*{_GROUP})*)\s*")


def _around_title(text: str) -> list[Span]:
    """What a seller put around the title on its own line: 【可套用】某局关于…的通报（某某文库排版）."""
    match = _TITLED.fullmatch(text) if len(text) <= SHORT else None
    if not match or not is_title(fold(match["title"])) or _foreign(fold(match["title"])):
        return []
    return [(*match.span(name), "frame", "") for name in ("head", "tail") if match[name].strip()]


def _signs(folded: str, signals: adverts.Signals) -> tuple[int, bool]:
    """How many words of pages and sellers a line holds, and whether one is such as no office writes."""
    total, top = signals.judge(folded)
    file = bool(FILE.search(folded) and not _keep_words().search(folded))
    found = len({*_edge_words().findall(folded), *_frame_words().findall(folded)})
    found += len(teasers.kinds(folded) & {"pay", "deal"}) + (total >= 1)
    return found + 2 * (top >= adverts.PLAIN or file), top >= adverts.TELL or file


def _keeps(folded: str, text: str, signs: int, *, head: bool) -> bool:
    """What an office prints there itself: annexes, copies, notes, another unit, and above the text its title."""
    if _KEYWORDS.fullmatch(text.strip()) or _BARE_FIELD.fullmatch(folded):
        return False
    if INVITE.search(folded) or (
        head and (is_title(folded) or (not signs and adverts.is_notice_line(folded)))
    ):
        return True
    if _VENDOR_LABEL.match(folded):
        return False
    return signs < _MANY and (
        _is_own(folded) or is_note(folded) or is_own_field(folded) or bool(_keep_words().search(folded))
    )


def _foreign(folded: str) -> int:
    """How many different words of pages and sellers a line holds."""
    return len(set(_edge_words().findall(folded))) + len(teasers.kinds(folded) & {"pay", "text", "deal"})


@cache
def _edge_words() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, boilerplate().edge_words)))


@cache
def _frame_words() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, boilerplate().frame_words)))


@cache
def _keep_words() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, boilerplate().edge_keep)))
