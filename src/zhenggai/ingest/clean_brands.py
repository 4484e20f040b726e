"""The names of vendors, found where they print them, and their other lines found by them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from zhenggai.ingest import adverts
from zhenggai.ingest.clean_edges import PAGE_RULES
from zhenggai.ingest.clean_glued import vendor_head
from zhenggai.ingest.clean_work import CONTACT, Work
from zhenggai.ingest.folding import core, fold
from zhenggai.ingest.looks import is_numbered, is_unit, speaks_of_notice
from zhenggai.ingest.wording import read_label

_TRADE = re.compile(
    r"(?:公文|材料|资料|文稿|范文|写作|文档|文案|素材|文秘|文墨|模板|稿|文|书)"
    r"(?:网|库|小?铺|小?站|社|工?坊|舍|斋|馆|圈|群|汇|宝典|助手|苑|行|吧|小?屋|店|驿站)|小站|文库|工作室|小铺|扫描[王宝侠]|全能王"
)
_WITH_TRADE = re.compile(rf"[\u4e00-\u9fff]{{1,6}}?(?:{_TRADE.pattern})")
_QUOTED = re.compile(r"[“\"「『【《〖〔]([\w·]{2,12})[”\"」』】》〗〕]")
_NAMED = re.compile(
    r"(?:公众号|服务号|订阅号|小程序|微信号|来自|出自|转自|关注|by|(?<!\w)@|©|搜索?|认准|请到)[:：]?[“「【]?([\w·]{2,12})"
)
_PARTS = re.compile(r"[\s|｜·・,，。!！—–/()（）「」【】“”:：~～-]+")
_DOMAIN = re.compile(
    r"(?<![@\w.-])(?:[a-z0-9-]{1,12}\.){0,2}([a-z0-9-]{3,24})\.(?:com|net|cn|org|cc|top|vip|xyz|example|site|club)(?![\w.]*gov)"
)
_HOSTS = frozenset(
    [
        "163",
        "126",
        "139",
        "189",
        "qq",
        "sina",
        "sohu",
        "gmail",
        "outlook",
        "hotmail",
        "foxmail",
        "yeah",
        "aliyun",
        "21cn",
        "tom",
        "example",
        "www",
    ]
)
"""Hosts of mail, and names that say nothing."""
_BRACKETS = re.compile(
    r"[（(\[［【〔{｛「『][^（()）\[\]［］【】〔〕{}｛｝「」『』\n]{1,60}[）)\]］】〕}｝」』]|[#＃｜|★※][^#＃｜|★※。\n]{2,30}[#＃｜|★※]|[@＠]\w{2,16}|[a-zA-Z0-9-]{3,24}\.[a-z]{2,8}"
)
_HAN = re.compile(r"[\u4e00-\u9fff·]{3,10}")


def find_brands(work: Work) -> frozenset[str]:
    """Folded names of vendors that stand in lines known as theirs and nowhere in the notice's own sentences."""
    found: Counter[str] = Counter()
    for i, rule in work.gone.items():
        if rule not in PAGE_RULES:
            found.update(set(_names(work.texts[i])))
    for i, folded in enumerate(work.folded):
        if not folded or i in work.gone or len(folded) > 40 or speaks_of_notice(folded):
            continue
        if "gov.cn" in folded or adverts.reaches(folded) or CONTACT.search(folded):
            continue
        if ("." in folded and _DOMAIN.search(folded)) or _repeats(work.texts[i]):
            found.update(set(_names(work.texts[i])))
    names = [name for name in found if _is_name(name)]
    lower = [text.lower() for text in work.texts] if names else []
    return frozenset(name for name in names if not _is_own(work, lower, name))


def _is_name(name: str) -> bool:
    """Whether letters can be a vendor's name: more than words of pages, no notice's, no host of mail."""
    if name.isascii():
        return name.isalpha() and len(name) > 3 and name not in _HOSTS
    return (
        len(name) <= 10
        and not speaks_of_notice(name)
        and not read_label(name)
        and (_TRADE.search(name) is not None or adverts.is_name(name))
    )


def _is_own(work: Work, lower: Sequence[str], name: str) -> bool:
    """Whether a name stands in the notice's own sentences: outside brackets, marks and addresses.

    `lower`: the texts of the work in lower case.
    """
    for i, text in enumerate(lower):
        if name not in text or i in work.gone:
            continue
        own = len(text) > 40 or is_unit(work.folded[i]) or adverts.is_notice_line(work.folded[i])
        left = _BRACKETS.sub("", work.left(i)).lower().strip()
        if own and name in (stamped(name).sub("", left) if work.width else left):
            return True
    return False


def stamped(name: str) -> re.Pattern[str]:
    """A name that a program printed over the beginning of a line: `CS扫描宝腕带即可打印`."""
    return re.compile(rf"^[a-z]{{0,4}}{re.escape(name)}(?=[\u4e00-\u9fff])", re.I)


def _names(text: str) -> Iterator[str]:
    """What may be a name in one line of a vendor."""
    folded = fold(text)
    for match in _WITH_TRADE.finditer(folded):
        yield match[0]
        stem = _TRADE.sub("", match[0])
        if len(stem) > 1:
            yield stem
    for pattern in (_QUOTED, _NAMED, _DOMAIN):
        for match in pattern.finditer(folded):
            if len(match[1]) > 2 and (pattern is _DOMAIN or not match[1].isascii()):
                yield match[1]
    parts = [core(fold(part)) for part in _PARTS.split(text) if part]
    if parts and _HAN.fullmatch(parts[0]):
        yield parts[0]
    if _DOMAIN.search(folded) or _repeats(text):
        yield from filter(_HAN.fullmatch, parts)


def _repeats(text: str) -> bool:
    """Whether the line is one word, over and over."""
    parts = [part for part in _PARTS.split(text.strip()) if part]
    return len(parts) > 1 and len(set(parts)) == 1 and len(parts[0]) > 2


def cut_brands(work: Work, brands: frozenset[str]) -> None:
    """Lines that hold a vendor's name and no sentence of the notice."""
    left = "\n".join(folded for i, folded in enumerate(work.folded) if i not in work.gone)
    brands = frozenset(brand for brand in brands if brand in left)
    for i, folded in enumerate(work.folded) if brands else ():
        if not folded or i in work.gone or not any(brand in folded for brand in brands):
            continue
        if len(folded) > 60 or adverts.carries_facts(folded) or is_numbered(folded) or is_unit(folded):
            continue
        if at := vendor_head(work.texts[i]):
            if any(brand in fold(work.texts[i][:at]) for brand in brands):
                work.cut_inside(i, [(0, at, "vendor-name", "")])
        elif speaks_of_notice(folded) < 2 and not work.near_contacts(i) and "。" not in core(folded):
            work.cut(i, "vendor-name")
