"""Forms of dirt that need few words: page numbers, paths, menus, rules, glosses, lines that repeat."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import pairwise

from zhenggai.ingest.edits import Span
from zhenggai.rulebook import boilerplate

_SUFFIX = re.compile(
    r"(?<=[告报况示知定见])\s{0,4}[-_|—–｜]{1,3}\s{0,4}"
    r"[\w·]{2,20}(?:网|网站|文库|门户|公文|范文|公众号|党建|文秘)\s{0,4}$"
)
_RULE = re.compile(r"[-—_=·•~～─━－＝▬﹏…╌┄┅☆★◆◇■▲#]{4,}|[-—_=·•~～─━－＝*＊#☆★◆◇●■▲]{8,}")
PAGE = re.compile(
    r"[-—–－·•~～_|]{1,4}\s{0,4}\d{1,3}\s{0,4}[-—–－·•~～_|]{1,4}"
    r"|第\s{0,3}\d{1,3}\s{0,3}页\s{0,3}[/，,、|(（]?\s{0,3}(?:共|/)?\s{0,3}(?:\d{1,3}\s{0,3}页)?\s{0,3}[)）]?"
    r"|共\s{0,3}\d{1,3}\s{0,3}页\s{0,3}[/，,、|]?\s{0,3}第\s{0,3}\d{1,3}\s{0,3}页"
    r"|(?:[Pp]age|[Pp]\.?)\s{0,3}\d{1,3}(?:\s{0,3}(?:of|/)\s{0,3}\d{1,3})?"
    r"|[【\[(（〔<《]\s{0,2}(?:[Pp]\.?\s{0,2}\d{1,3}|第\s{0,2}\d{1,3}\s{0,2}页)\s{0,2}[】\])）〕>》]"
    r"|[-—–－·~～]\s{0,3}\d{1,3}\s{0,3}/\s{0,3}\d{1,3}\s{0,3}[-—–－·~～]"
    r"|\d{1,3}\s{0,3}/\s{0,3}\d{1,3}\s{0,3}页|第\s{0,3}[一二三四五六七八九十]{1,3}\s{0,3}页"
)
_PAGE_EDGE = " \t　-—–－=*·•~_|()（）【】[]"
_PAGE_WORDS = re.compile(
    r"第\s{0,3}\d{1,3}\s{0,3}页|共\s{0,3}\d{1,3}\s{0,3}页|第\s{0,3}\d{1,3}\s{0,3}页.{0,3}共\s{0,3}\d{1,3}\s{0,3}页"
)
_BARE = re.compile(r"(\d{1,3})(?:\s{0,3}/\s{0,3}\d{1,3})?")
_PATH_SPLIT = re.compile(r"\s*(?:>|»|＞|›|≫|➤|▸|&gt;|::|→|/|\\)+\s*")
_MENU_SPLIT = re.compile(r"[\s|｜/·>»＞、\[\]【】:：]+")
_PATH_HEAD = re.compile(
    r"^[^:：]{0,8}(?:当前|所在|现在)[^:：]{0,6}位置[^:：]{0,3}[:：]|^(?:您的)?位置[:：]"
    r"|^(?:网站)?首\s{0,2}页$|^主页$|^home$",
    re.I,
)
_SITE_PATH = re.compile(
    r"[^>＞»，。：:]{2,14}(?:网|站|首页|论坛|社区|文库|大厅)\s*(?:[>＞»]{1,2}\s*[^>＞»，。]{1,14}){1,5}(?:[>＞»]{1,2}|$|正文.{0,40})"
)
_ENDS_SENTENCE = re.compile(r"[。；：！？”’）)》.!?;:]\s*$")
_STARTS_BLOCK = re.compile(
    r"^\s*(?:[（(]?[一二三四五六七八九十0-9]{1,3}[）)、.．]|第[一二三四五六七八九十]|[①-⑳]|附件|[一二三四五六七八九十]是)"
)


_TONES = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹ"
_GLOSS = re.compile(
    rf"(?<=[\u4e00-\u9fff])[（(]\s?(?=[^()（）]{{0,12}}[{_TONES}])[a-zü{_TONES} '’]{{1,40}}[）)]"
)


def pinyin_glosses(text: str) -> list[Span]:
    """Readings that software wrote behind words: `程序(chéng xù)`."""
    return [(match.start(), match.end(), "pinyin-gloss", "") for match in _GLOSS.finditer(text)]


_INITIAL = "(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?"
_FINAL = (
    "(?:iang|iong|uang|ang|eng|ing|ong|ian|iao|uan|uai|[aeiu]n|ai|ei|ui|ao|ou|iu|ie|ue|er|ia|ua|uo|[aoeiuv])"
)
_PINYIN_LINE = re.compile(rf"(?:{_INITIAL}{_FINAL}[\s,.!-]+){{4,30}}{_INITIAL}{_FINAL}")


def is_pinyin_line(text: str) -> bool:
    """A line of five or more spelled-out syllables and nothing else: how vendors hide their slogans."""
    return text.isascii() and _PINYIN_LINE.fullmatch(text.strip(" -=*~_.|#").lower()) is not None


def title_suffix(text: str) -> list[Span]:
    """The site's name behind a title: `…的通报_某某县政府网`."""
    match = _SUFFIX.search(text) if len(text) <= 120 else None
    return [(match.start(), match.end(), "title-suffix", "")] if match else []


def is_rule_line(text: str) -> bool:
    """A dividing line of at least four signs; runs of * and X may be masks and need eight."""
    return _RULE.fullmatch(text.strip()) is not None


_HASHTAGS = re.compile(r"(?:[#＃][^#＃\s]{1,16}[#＃]?\s*){2,12}")


def is_hashtags(text: str) -> bool:
    """A line of two or more #topics# and nothing else."""
    return text.startswith(("#", "＃")) and _HASHTAGS.fullmatch(text) is not None


def is_breadcrumb(text: str) -> bool:
    """`您当前的位置：首页 > 党务公开`, `首页>党务公开>巡察`; never a process (发现→整改→销号)."""
    text = text.strip()
    if len(text) > 120 or "。" in text:
        return False
    if _SITE_PATH.match(text):
        return True
    if match := _PATH_HEAD.match(text):
        rest = text[match.end() :]
        return len(rest) < 100 and "，" not in rest
    parts = _PATH_SPLIT.split(text.strip("　 [【】]"))
    return len(parts) > 1 and bool(_PATH_HEAD.match(parts[0])) and all(len(p) <= 40 for p in parts)


@cache
def _nav_words() -> frozenset[str]:
    return frozenset(boilerplate().nav_words)


def is_menu(text: str) -> bool:
    """Two or more entries of a site's menu in a row: `首页 | 政务公开 | 互动交流`."""
    parts = [part for part in _MENU_SPLIT.split(text.strip().lower()) if part]
    if not 2 <= len(parts) <= 30 or len(text) > 160:
        return False
    known = sum(part in _nav_words() for part in parts)
    return known >= 2 and known * 3 >= len(parts) * 2 and max(map(len, parts)) <= 12


_ITEM_SPLIT = re.compile(r"\s*(?:[|｜·•/>»＞›┃│‖※◆]+|\s{1,}|　+)\s*")
_HARD_SPLIT = re.compile(r"[|｜·•>»＞›┃│‖]")
_ITEM = re.compile(r"[A-Za-z]{2,12}|[\u4e00-\u9fffA-Z+]{2,8}")


@cache
def _nav_ends() -> tuple[str, ...]:
    return tuple(boilerplate().nav_ends)


def is_long_menu(text: str) -> bool:
    """Four or more short entries in a row, one of them such as menus hold; for the edges of a notice."""
    parts = [part for part in _ITEM_SPLIT.split(text.strip(" \t　|｜·•[]【】>»＞")) if part]
    if not 4 <= len(parts) <= 40 or not all(map(_ITEM.fullmatch, parts)):
        return False
    known: int = sum(part.lower() in _nav_words() or part.endswith(_nav_ends()) for part in parts)
    return known > (0 if _HARD_SPLIT.search(text) else 1)


def page_numbers(texts: Sequence[str]) -> Iterator[int]:
    """Indices of lines that hold a page number alone.

    A bare number is one only when it goes up with the others and at least one of
    them stands inside a sentence: rows of a table are numbered too.
    """
    bare: list[int] = []
    for i, text in enumerate(texts):
        if not text or len(text) > 40:
            continue
        stripped = text.strip()
        if not stripped or len(stripped) > 24:
            continue
        if PAGE.fullmatch(stripped) or _PAGE_WORDS.fullmatch(stripped.strip(_PAGE_EDGE)):
            yield i
        elif _BARE.fullmatch(stripped):
            bare.append(i)
    numbers = [int(texts[i].split("/")[0]) for i in bare]
    if any(b - a != 1 for a, b in pairwise(numbers)):
        return
    if any(splits_sentence(texts, i) for i in bare):
        yield from bare


def splits_sentence(texts: Sequence[str], i: int) -> bool:
    """Whether the line stands between the two halves of one sentence."""
    before = next((t for t in reversed(texts[:i]) if t.strip()), "")
    after = next((t for t in texts[i + 1 :] if t.strip()), "")
    return (
        len(before.strip()) > 20
        and not _ENDS_SENTENCE.search(before)
        and bool(after.strip())
        and not _STARTS_BLOCK.match(after)
    )


def repeated(
    folded: Sequence[str], texts: Sequence[str], pages: frozenset[int], suspicious: Callable[[str], bool]
) -> Iterator[tuple[int, str]]:
    """Lines that stand three times or more and are no part of the notice: (index, rule).

    A running title is known by the page numbers beside it (its first stays); a
    watermark by its words, or by standing inside sentences. Labels of record
    cards repeat too and stay.
    """
    counts = Counter(f for f in folded if f and 2 <= len(f) <= 40)
    for value, count in counts.items():
        if count < 3 or value.endswith((":", "。")):
            continue
        where = [i for i, f in enumerate(folded) if f == value]
        if pages and sum(1 for i in where if pages & {i - 2, i - 1, i + 1, i + 2}) >= count - 1:
            yield from ((i, "running-title") for i in where[1:])
        elif not value.isdigit() and (
            suspicious(value) or sum(splits_sentence(texts, i) for i in where) * 2 >= count
        ):
            yield from ((i, "watermark") for i in where)
