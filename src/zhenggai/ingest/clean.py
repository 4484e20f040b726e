"""Vendor text, web residue and page furniture out of a notice, each removal recorded.

The stages, in order; each only adds `Cut`s to lines, so nothing can be lost:

1. invisible characters, entities, HTML (`markup`)
2. markers and inline rules: only the marker goes, the sentence stays
3. lines 发布时间：… 来源：…: values to `Cleaned.printed`
4. whole lines: page numbers, dividing lines, paths, the rule table
5. lists of links under 相关阅读 and the like
6. adverts known by several weak signals, and their neighbours at the head and the tail
7. adverts glued to a sentence of the notice
8. lines that look wrong but carry a date, an amount or a number: kept, shown to a person

Removal is timid: what is not known stays. A block tag inside a line becomes a
line feed in `Line.text` (`<p>一、…</p><p>二、…</p>`), a table cell a tab.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache
from itertools import accumulate

from zhenggai.ingest import adverts
from zhenggai.ingest.clean_forms import (
    drop_overlaps,
    is_breadcrumb,
    is_rule_line,
    marker_spans,
    may_hold_markers,
    page_numbers,
    repeated,
    title_suffix,
)
from zhenggai.ingest.edits import Span, cut_line, cut_spans
from zhenggai.ingest.folding import Words, core, fold
from zhenggai.ingest.markup import decode_entities, strip_invisible, strip_tags
from zhenggai.ingest.meta_lines import read_meta_line
from zhenggai.ingest.text import Cleaned, Decoded, Line
from zhenggai.model import Review
from zhenggai.rulebook import boilerplate

SHORT = 120
"""Lines up to this length are held against the rules for whole lines; what ends like a
sentence is from 60 characters on a paragraph, and looked through piece by piece."""

_PIECE = re.compile(r"[^。！？!?；;\n]{1,400}[。！？!?；;]{0,4}")
_INVITE = re.compile(
    r"欢迎.{0,24}监督|意见.{0,3}建议|联系(?:电话|方式)|监督电话|举报电话|向我们反映|邮政信箱|电子邮箱"
)
_CODE_LINE = re.compile(r"[!-~\s]{8,}")
_CODE_SIGN = re.compile(r"[{};]|\)\s*$|=\s*[\"'(\[\w]")
_LINK_LINE = re.compile(
    r"^\s*[·•●◆■▪►▶»>*+-]|\[?\(?\d{2,4}[-./年]\d{1,2}[-./月]\d{1,2}日?\)?\]?\s*$|^\s*\d{1,2}\s*[.、]?\s*\S"
)
_LINK_END = re.compile(r"(?:通报|公告|报告|情况|通知|公示|会议|方案|意见|工作|活动|网)$")
_TONES = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ"
_GLOSS = re.compile(rf"[\u4e00-\u9fff][（(][a-zü{_TONES}]{{1,6}}[）)]")
_TEASERS = frozenset({"remaining", "login-to-read", "omitted-words"})


def _is_short(text: str) -> bool:
    return 0 < len(text) <= SHORT and (len(text) <= 60 or text[-1] not in "。；") and not text.isspace()


class _Work:
    """The lines on their way, with what is known of each."""

    def __init__(self, lines: list[Line]) -> None:
        self.lines = lines
        self.review: list[Review] = []
        self.printed: dict[str, str] = {}
        self.refresh()

    def refresh(self) -> None:
        """Fold the short lines anew after their text changed."""
        self.texts = [line.text for line in self.lines]
        self.folded = [fold(t) if _is_short(t) else "" for t in self.texts]
        self.cores = [core(f) for f in self.folded]
        self.gone: dict[int, str] = {}

    def cut(self, i: int, rule: str) -> None:
        """Take a whole line out."""
        if i not in self.gone and self.texts[i].strip():
            self.lines[i] = cut_line(self.lines[i], rule)
            self.gone[i] = rule

    def near_contacts(self, i: int) -> bool:
        """Whether the notice's contact lines stand in this line or the four before."""
        return any(_INVITE.search(text) for text in self.texts[max(0, i - 4) : i + 1])

    def flag(self, i: int, why: str) -> None:
        """Show a kept line to a person."""
        shown = self.texts[i].strip()
        shown = shown if len(shown) <= 24 else shown[:24] + "…"
        message = f"{why}：“{shown}”，未删，请核对"
        self.review.append(Review(code="suspect-line", message=message, line=self.lines[i].no))


def clean(decoded: Decoded) -> Cleaned:
    """Clean one decoded file. Never raises, whatever the text; never drops a line."""
    signs = frozenset("".join([line.raw for line in decoded.lines]))
    lines = strip_invisible(list(decoded.lines), signs)
    if not signs.isdisjoint("&<>"):
        lines = decode_entities(lines)
        signs = frozenset("".join([line.text for line in lines]))
    lines, page_facts = strip_tags(lines)
    work = _Work(_cut_markers(lines, signs))
    _meta_lines(work)
    work.printed = {**work.printed, **{k: v for k, v in page_facts.items() if k not in work.printed}}
    words = Words("\n".join(work.folded))
    signals = adverts.Signals(words)
    _line_rules(work, adverts.RuleIndex(adverts.line_rules(), words), signals)
    _adverts(work, signals)
    _glued(work, signs)
    _flags(work, signs, decoded.encoding)
    return Cleaned(tuple(work.lines), work.printed, tuple(sorted(work.review, key=lambda r: r.line or 0)))


def _cut_markers(lines: list[Line], signs: frozenset[str]) -> list[Line]:
    """Stage 2."""
    texts = [line.text for line in lines]
    doc = "\n".join(texts)
    lower = doc.lower()
    rules = [rule for rule in adverts.inline_rules() if any(word in lower for word in rule.words)]
    markers = may_hold_markers(texts, doc, signs)
    if not markers and not rules:
        head = 12
        return [*(_spans_out(line, title_suffix(line.text)) for line in lines[:head]), *lines[head:]]
    out = []
    for i, line in enumerate(lines):
        spans = title_suffix(line.text) if i < 12 else []
        if line.text and markers:
            spans += marker_spans(line.text)
        for rule in rules:
            spans += [(m.start(), m.end(), rule.row.id, "") for m in rule.pattern.finditer(line.text)]
        out.append(_spans_out(line, spans))
    return out


def _spans_out(line: Line, spans: list[Span]) -> Line:
    return cut_spans(line, drop_overlaps(spans)) if spans else line


def _meta_lines(work: _Work) -> None:
    """Stage 3."""
    head = True
    for i, text in enumerate(work.texts):
        if not work.folded[i]:
            head = head and not text.strip()
            continue
        facts = read_meta_line(text, head=head)
        if facts is not None:
            for label, value in facts.items():
                work.printed.setdefault(label, value)
            work.cut(i, "meta-line")
        elif len(text) > 60 or (text.endswith("。") and len(text) > 30):
            head = False


def _line_rules(work: _Work, rules: adverts.RuleIndex, signals: adverts.Signals) -> None:
    """Stages 4 and 5."""
    pages = frozenset(page_numbers(work.texts))
    for i in pages:
        work.cut(i, "page-number")
    for i, folded in enumerate(work.folded):
        if folded and i not in work.gone and (rule := _rule_for(work, i, rules)):
            work.cut(i, rule)
            if rule in _blocks():
                _links_under(work, i)
    for i, rule in repeated(
        work.folded, work.texts, pages, lambda f: signals.weight(f) >= adverts.NEAR
    ):
        work.cut(i, rule)


def _rule_for(work: _Work, i: int, rules: adverts.RuleIndex) -> str:
    """The id of the form or rule that takes the whole line, or an empty string."""
    text, inner = work.texts[i], work.cores[i]
    if is_rule_line(text):
        return "rule-line"
    if is_breadcrumb(text):
        return "breadcrumb"
    if text.isascii() and _CODE_LINE.fullmatch(text) and _CODE_SIGN.search(text):
        return "code-line"
    for row in rules.matching(inner or work.folded[i]):
        if row.near_contacts or not work.near_contacts(i):
            return row.id
    return ""


@cache
def _blocks() -> frozenset[str]:
    return frozenset(row.id for row in boilerplate().rules if row.scope == "block")


def _links_under(work: _Work, start: int) -> None:
    """The list of links under a heading such as 相关阅读, up to the first line of another kind."""
    later = work.texts[start + 1 :]
    tail = not any(len(t) > 80 and "。" in t for t in later)
    for i in range(start + 1, len(work.texts)):
        text = work.texts[i].strip()
        if not text:
            continue
        if len(text) > 60 or text.endswith(("。", "；")) or _INVITE.search(text):
            break
        link = _LINK_LINE.search(text) is not None
        if not link and not (tail and _LINK_END.search(text)):
            break
        if re.fullmatch(r"\d{4}年\d{1,2}月\d{1,2}日", text) or re.match(r"附件\s*\d?\s*[:：]", text):
            break
        work.cut(i, "related-link")


def _adverts(work: _Work, signals: adverts.Signals) -> None:
    """Stage 6."""
    weights = {i: signals.weight(f) for i, f in enumerate(work.folded) if f and i not in work.gone}
    for i, value in weights.items():
        if value >= adverts.SURE:
            if adverts.carries_facts(work.folded[i]):
                work.flag(i, "像广告，但带有日期、金额或电话")
            else:
                work.cut(i, "advert")
    for zone in (range(len(work.texts)), range(len(work.texts) - 1, -1, -1)):
        _advert_run(work, zone, weights)
    for i, value in weights.items():
        if adverts.FLAG <= value < adverts.SURE and i not in work.gone:
            work.flag(i, "像广告")


def _advert_run(work: _Work, zone: range, weights: dict[int, float]) -> None:
    """Neighbours of adverts, from one end of the file up to the first line of the notice."""
    vendor: list[int] = []
    others: list[int] = []
    for i in zone:
        if not work.texts[i].strip():
            continue
        if i in work.gone:
            if work.gone[i] not in ("meta-line", "page-number", "rule-line"):
                vendor.append(i)
        elif not work.folded[i] or adverts.is_notice_line(work.folded[i]):
            break
        else:
            others.append(i)
    for i in others:
        text, value = work.folded[i], weights.get(i, 0.0)
        between = any(v < i for v in vendor) and any(v > i for v in vendor)
        if adverts.carries_facts(text) or len(text) > 40:
            if vendor:
                work.flag(i, "夹在广告之间")
        elif (between and len(vendor) > 1) or (vendor and value >= adverts.NEAR) or value >= 2:
            work.cut(i, "advert-run")
        elif vendor:
            work.flag(i, "紧挨着广告")


def _glued(work: _Work, signs: frozenset[str]) -> None:
    """Stage 7: an advert before or after the sentences of a paragraph."""
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
    for i, found in sorted(hits.items()):
        text = work.texts[i]
        if i in work.gone or len(text) < 16 or _INVITE.search(text):
            continue
        pieces = [m for m in _PIECE.finditer(text) if m[0].strip()]
        if len(pieces) > 400 or (len(pieces) == 1 and len(text) <= SHORT):
            continue
        spans: list[Span] = []
        for match in pieces:
            if len(match[0]) > SHORT or not any(word in match[0].lower() for word in found):
                continue
            folded = fold(match[0])
            if rule := "" if adverts.carries_facts(folded) else _advert_rule(folded):
                spans.append((match.start(), match.end(), rule, ""))
        if len(spans) == len(pieces):
            work.cut(i, spans[0][2])
        elif spans:
            work.lines[i] = cut_spans(work.lines[i], spans)


def _advert_rule(folded: str) -> str:
    """The rule by which one sentence is an advert, or an empty string."""
    rules = adverts.RuleIndex(adverts.line_rules(), Words(folded))
    row = next((row for row in rules.matching(core(folded)) if row.scope == "line"), None)
    return row.id if row else "advert" if adverts.weight(folded) >= adverts.SURE else ""


def _flags(work: _Work, signs: frozenset[str], encoding: str) -> None:
    """Stage 8: what a person should know of the whole text."""
    if encoding.startswith(("big5", "cp950")):
        work.review.append(Review(code="encoding-big5", message="原文是繁体（Big5 编码），请核对转换结果"))
    if max(signs, default="") >= "\ue000" and (
        garbled := frozenset(c for c in signs if c == "\ufffd" or "\ue000" <= c <= "\uf8ff")
    ):
        no = next(line.no for line in work.lines if not garbled.isdisjoint(line.raw))
        work.review.append(Review(code="garbled-text", message="这一行有乱码或缺字，请对照原文", line=no))
    if not signs.isdisjoint(_TONES):
        glossed = [line.no for line in work.lines if _GLOSS.search(line.text)]
        if glossed:
            message = "文字里夹有注音，可能经软件转换，请对照原文"
            work.review.append(Review(code="pinyin-gloss", message=message, line=glossed[0]))
    cut_short = [i for i in sorted(work.gone) if work.gone[i] in _TEASERS]
    if cut_short:
        message = "原文是文库站的试读或节选，内容可能不全"
        work.review.append(Review(code="preview-only", message=message, line=work.lines[cut_short[0]].no))
