"""What stands above the title and below the signature, where a web page prints its furniture.

No sentence of the notice stands there, so one word of a page or a vendor is
enough; units, dates, file numbers, addressees, annexes, notes in brackets and
lines by which the unit can be reached stay.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from zhenggai.ingest import adverts, teasers
from zhenggai.ingest.clean_forms import is_long_menu
from zhenggai.ingest.clean_work import INVITE, Work
from zhenggai.ingest.folding import core
from zhenggai.rulebook import boilerplate

_BODY = re.compile(
    r"^(?:[(（]?[一二三四五六七八九十\d]{1,3}[)）、.．]|第[一二三四五六七八九十]|[①-⑳])|[。；：:]$"
)
_LONG = 120
_DATE_LINE = re.compile(
    r"[\dx*×○〇零一二三四五六七八九十某]{2,4}[年./-][\dx*×○一二三四五六七八九十某]{1,3}[月./-].{0,6}"
)
_BYLINE = re.compile(
    r"[\w·“”]{2,20}\s+(?:原创|昨天|今天|前天|刚刚|星期[一二三四五六日天]|周[一二三四五六日]|\d{1,2}(?:天|小时|分钟|周)前)"
    r"(?:\s*\d{1,2}[:：]\d{2})?"
)
_NOTE = re.compile(
    r"^[（(〔\[【](?!.{0,20}(?:会员|下载|付费|免费|打印|关闭|版权|扫码|阅读|浏览|字体|字号|收藏|首发|必究|本站)).{1,60}[）)〕\]】]$"
)
_LABEL = re.compile(r"(?:附[件表图录]?|注|备注|说明|抄[送报])\d{0,2}:")
_WEEKDAY = re.compile(r"星期[一二三四五六日天]|周[一二三四五六日](?!报|例)|农历|\d[℃°]|多云|天气")
_CHANNELS = re.compile(
    r"公众号|关注|二维码|扫.*|微信|小程序|客户端|app|www\.|\.com|\.net|访问|登录|阅读|浏览|点击|网友|识别|戳"
)
"""Edge words with which a unit too may invite its readers to write."""
_PARTED = re.compile(r"[|｜·•—◇◆※★☆/]")
_SPACED = re.compile(r"(?:\S\s{1,3}){5,}\S")
PAGE_RULES = frozenset(
    {
        "meta-line",
        "page-number",
        "rule-line",
        "running-title",
        "site-menu",
        "breadcrumb",
        "site-owner",
        "related",
        "related-link",
        "print-close",
        "font-size",
        "share-bar",
        "prev-next",
        "page-banner",
        "byline",
        "forum",
    }
)
"""Rules that speak of a web page, not of a vendor."""


@cache
def _edge_words() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, boilerplate().edge_words)))


@cache
def _keep_words() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, boilerplate().edge_keep)))


def title_at(work: Work) -> int:
    """Index of the first part that is a title, a unit or a paragraph of the notice."""
    for i, folded in enumerate(work.folded[: work.first]):
        if folded and i not in work.gone and _is_unit(folded):
            return i
    return work.first


def body_at(work: Work, title: int) -> int:
    """Index of the first part under the title that may be text: between them a page prints its bars."""
    for i in range(title, min(title + 8, work.first)):
        if i not in work.gone and (len(work.texts[i]) > 40 or _BODY.search(work.texts[i].strip())):
            return i
    return min(title + 8, work.first)


def end_at(work: Work) -> int:
    """Index of the last part that is a paragraph, a signature, a date or a contact line of the notice."""
    for i in range(len(work.texts) - 1, max(work.last, -1), -1):
        folded = work.folded[i]
        if not folded or i in work.gone:
            continue
        if (
            _DATE_LINE.fullmatch(folded)
            or _is_unit(folded)
            or adverts.reaches(folded)
            or work.near_contacts(i)
        ):
            return i
    return work.last


def _is_unit(folded: str) -> bool:
    return adverts.is_notice_line(folded) and len(folded) <= 60 and not _edge_words().search(folded)


def cut_edges(work: Work) -> None:
    """Page furniture and vendor lines at both ends of the notice, and what repeats them within it."""
    title, tail = title_at(work), end_at(work)
    head = body_at(work, title)
    counts = Counter(f for f in work.folded if f and len(f) <= 60)
    outside: set[str] = set()
    for i, text in enumerate(work.texts):
        if head <= i <= tail or not (inner := text.strip()) or len(inner) > _LONG:
            continue
        folded = work.folded[i]
        twice = counts[folded] > 1 and _PARTED.search(inner) and not adverts.is_notice_line(folded)
        if i not in work.gone and (rule := "watermark" if twice else _rule(folded, inner, head=i < title)):
            if rule == "edge-line" and not _is_vendor(folded) and work.near_contacts(i):
                work.flag(i, "像网页或卖家的文字，但挨着联系方式")
            else:
                work.cut(i, rule)
        if work.gone.get(i, "meta-line") not in PAGE_RULES:
            outside.add(folded)
    for i, folded in enumerate(work.folded):
        if not folded or i in work.gone or adverts.carries_facts(folded):
            continue
        twice = counts[folded] > 1
        spaced = twice and _SPACED.fullmatch(work.texts[i].strip())
        if (twice and folded in outside) or (spaced and _is_watermark(folded)):
            work.cut(i, "watermark")


def _is_vendor(folded: str) -> bool:
    """Whether a line beside the contact lines is surely none of them: two words that no unit would use there."""
    words = {word for word in _edge_words().findall(folded) if not _CHANNELS.fullmatch(word)}
    return len(words) + len(teasers.kinds(folded) & {"pay", "text"}) > 1 and not adverts.reaches(folded)


def _is_watermark(folded: str) -> bool:
    """Whether a line of letters set apart, standing twice, is printed across the pages."""
    if adverts.is_notice_line(folded) or folded.endswith((":", "。")):
        return False
    return bool(_edge_words().search(folded) or re.search(r"[^\w、，。]", folded))


def _rule(folded: str, text: str, *, head: bool) -> str:
    if is_long_menu(text):
        return "site-menu"
    if _BYLINE.fullmatch(text):
        return "byline"
    if (
        not folded
        or _keep_words().search(folded)
        or INVITE.search(folded)
        or _NOTE.match(text)
        or _LABEL.match(folded)
    ):
        return ""
    if head and _WEEKDAY.search(folded):
        return "page-banner"
    if not _edge_words().search(folded) or (
        len(text) > 60 and text.endswith("。") and not teasers.kinds(folded)
    ):
        return ""
    if adverts.is_notice_line(folded) and not teasers.kinds(folded):
        return ""
    return "edge-line" if core(folded) else ""
