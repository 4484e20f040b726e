"""Forms of dirt that need no word list: markers in any bracket style, page numbers, paths, rules."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import pairwise

from zhenggai.ingest.edits import Span
from zhenggai.ingest.folding import Words, core, fold
from zhenggai.rulebook import boilerplate

_SIGNS = "#@$~＃＠※★☆◆◇●■▲►▼◎♦♥✦✪*＊"
_OPENING = r"\[【{〖〔(（《〈<「『［｛"
_CLOSING = r"\]】}〗〕)）》〉>」』］｝"
_BODY = rf"[^{_SIGNS}{_OPENING}{_CLOSING}\n]"
_BRACKETED = re.compile(
    rf"(?P<open>[{_OPENING}]{{1,4}})(?P<body>{_BODY}{{1,60}})(?P<close>[{_CLOSING}]{{1,4}})"
)
_SIGNED = re.compile(rf"(?P<open>[{_SIGNS}]{{1,12}})(?P<body>{_BODY}{{1,60}})(?P<close>[{_SIGNS}]{{1,12}})")
_DASHED = re.compile(r"(?P<open>[-—_─=－%&]{2,20})(?P<body>[^-—_─=－%&\n]{2,40})(?P<close>[-—_─=－%&]{2,20})")
_LONE = re.compile(
    r"(?P<open>[#@$%&＃＠]{2,6})"
    r"(?P<body>[ \t　]{0,3}[A-Za-z][A-Za-z_-]{2,30}|[^\W\d_a-zA-Z]{2,12})(?P<close>)"
)
_CODE = re.compile(
    r"\{\{[^{}\n\u3400-\u9fff]{1,60}\}\}|\$\{[^{}\n\u3400-\u9fff]{1,60}\}|<%[^%\n\u3400-\u9fff]{0,80}%>"
)
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
    r"|\d{1,3}\s{0,3}/\s{0,3}\d{1,3}\s{0,3}页|第\s{0,3}[一二三四五六七八九十]{1,3}\s{0,3}页"
)
_PAGE_EDGE = " \t　-—–－=*·•~_|()（）【】[]"
_PAGE_WORDS = re.compile(r"第\s{0,3}\d{1,3}\s{0,3}页|共\s{0,3}\d{1,3}\s{0,3}页|第\s{0,3}\d{1,3}\s{0,3}页.{0,3}共\s{0,3}\d{1,3}\s{0,3}页")
_BARE = re.compile(r"(\d{1,3})(?:\s{0,3}/\s{0,3}\d{1,3})?")
_PATH_SPLIT = re.compile(r"\s*(?:>|»|＞|›|≫|➤|▸|&gt;|::|→|/|\\)+\s*")
_MENU_SPLIT = re.compile(r"[\s|｜/·>»＞、\[\]【】:：]+")
_PATH_HEAD = re.compile(
    r"^[^:：]{0,8}(?:当前|所在|现在)[^:：]{0,6}位置[^:：]{0,3}[:：]|^(?:您的)?位置[:：]"
    r"|^(?:网站)?首\s{0,2}页$|^主页$|^home$",
    re.I,
)
_ENDS_SENTENCE = re.compile(r"[。；：！？”’）)》.!?;:]\s*$")
_STARTS_BLOCK = re.compile(
    r"^\s*(?:[（(]?[一二三四五六七八九十0-9]{1,3}[）)、.．]|第[一二三四五六七八九十]|[①-⑳]|附件|[一二三四五六七八九十]是)"
)


@cache
def _contents() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{p})" for p in boilerplate().markers.contents))


@cache
def _latin() -> re.Pattern[str]:
    return re.compile(boilerplate().markers.latin)


_ANY_SIGN = re.compile(rf"[{_SIGNS}]")
_DASHES = re.compile(r"[-—_─=－%&]{2}")
_DASH_PAIRS = ("--", "——", "__", "──", "－－")
_PAIRS = ("##", "@@", "$$", "~~", "＃＃", "＠＠", "%%", "&&", "==", "[[", "【【", "{{", "${", "<%", "《《", "〖〖", "（（", "((")
_STRONG = re.compile("|".join(map(re.escape, _PAIRS)))


def may_hold_markers(lines: Sequence[str], doc: str, signs: frozenset[str]) -> bool:
    """Whether any line (joined: `doc`, whose characters are `signs`) can hold a vendor's marker at all."""
    if any(pair[0] in signs and pair in doc for pair in _PAIRS):
        return True
    bodies = [match["body"] for match in _BRACKETED.finditer(doc)]
    if not signs.isdisjoint(_SIGNS):
        bodies += [match["body"] for match in _SIGNED.finditer(doc)]
    for pair in _DASH_PAIRS:
        if pair[0] in signs and doc.count(pair) > 1:
            dashed = (text for text in lines if text.count(pair) > 1)
            bodies += [match["body"] for text in dashed for match in _DASHED.finditer(text)]
    held = Words("\n".join(bodies).lower())
    return any(held.hold(word) for word in boilerplate().markers.words)


def marker_spans(text: str) -> list[Span]:
    """Vendor markers in `text`, paired or not: (start, end, rule, "")."""
    spans: list[Span] = []
    if _STRONG.search(text):
        spans += [(m.start(), m.end(), "template-code", "") for m in _CODE.finditer(text)]
    if _ANY_SIGN.search(text):
        spans += _markers(_SIGNED, text)
        spans += _markers(_LONE, text)
    if _DASHES.search(text):
        spans += _markers(_DASHED, text)
    spans += _markers(_BRACKETED, text)
    return drop_overlaps(spans) if spans else spans


def title_suffix(text: str) -> list[Span]:
    """The site's name behind a title: `…的通报_某某县政府网`."""
    match = _SUFFIX.search(text) if len(text) <= 120 else None
    return [(match.start(), match.end(), "title-suffix", "")] if match else []


def _markers(pattern: re.Pattern[str], text: str) -> Iterator[Span]:
    at = 0
    while match := pattern.search(text, at):
        if _is_marker(match):
            yield match.start(), match.end(), "marker", ""
            at = match.end()
        else:  # the closing sign may open the next pair
            at = max(match.end() - len(match["close"]), match.start() + 1)


def _is_marker(match: re.Match[str]) -> bool:
    body = match["body"]
    lower = body.lower()
    strong = match["open"][1:2] != ""
    if not strong and not any(word in lower for word in boilerplate().markers.words):
        return False
    body = core(fold(body))
    if not body:
        return False
    if _contents().fullmatch(body):
        return True
    strong = _STRONG.match(match["open"]) is not None and (not match["close"] or len(match["close"]) > 1)
    return strong and bool(match["close"]) and bool(_latin().fullmatch(body)) and set(body) != {"x"}


def drop_overlaps(spans: list[Span]) -> list[Span]:
    """Sorted by start; of overlapping ones the first and longest stays."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda s: (s[0], -s[1])):
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return kept


def is_rule_line(text: str) -> bool:
    """A dividing line of at least four signs; runs of * and X may be masks and need eight."""
    return _RULE.fullmatch(text.strip()) is not None


def is_breadcrumb(text: str) -> bool:
    """`您当前的位置：首页 > 党务公开`, `首页>党务公开>巡察`; never a process (发现→整改→销号)."""
    text = text.strip()
    if len(text) > 120 or "。" in text:
        return False
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
