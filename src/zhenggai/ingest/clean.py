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

from zhenggai.ingest import adverts
from zhenggai.ingest.clean_forms import (
    drop_overlaps,
    is_breadcrumb,
    is_rule_line,
    marker_spans,
    page_numbers,
    repeated,
)
from zhenggai.ingest.edits import Span, cut_line, cut_spans
from zhenggai.ingest.folding import core, fold
from zhenggai.ingest.markup import decode_entities, strip_invisible, strip_tags
from zhenggai.ingest.meta_lines import read_meta_line
from zhenggai.ingest.text import Cleaned, Decoded, Line
from zhenggai.model import Review
from zhenggai.rulebook import boilerplate

SHORT = 200
"""Lines up to this length are held against the rules for whole lines."""

_PIECE = re.compile(r"[^。！？!?；;\n]{1,400}[。！？!?；;]{0,4}")
_INVITE = re.compile(r"欢迎.{0,24}监督|意见.{0,3}建议|联系(?:电话|方式)|监督电话|举报电话|向我们反映|邮政信箱|电子邮箱")
_CODE_LINE = re.compile(r"[!-~\s]{8,}")
_CODE_SIGN = re.compile(r"[{};]|\)\s*$|=\s*[\"'(\[\w]")
_LINK_LINE = re.compile(r"^\s*[·•●◆■▪►▶»>*+-]|\[?\(?\d{2,4}[-./年]\d{1,2}[-./月]\d{1,2}日?\)?\]?\s*$|^\s*\d{1,2}\s*[.、]?\s*\S")
_GARBLED = re.compile("\ufffd|锟斤拷|烫烫烫|[\ue000-\uf8ff]")
_GLOSS = re.compile(r"[\u4e00-\u9fff][（(][a-zāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜ]{1,6}[）)]")
_TEASERS = frozenset({"remaining", "login-to-read", "omitted-words"})


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
        self.folded = [fold(t) if len(t) <= SHORT and not t.isspace() and t else "" for t in self.texts]
        self.cores = [core(f) for f in self.folded]
        self.gone: dict[int, str] = {}

    def cut(self, i: int, rule: str) -> None:
        """Take a whole line out."""
        if i not in self.gone and self.texts[i].strip():
            self.lines[i] = cut_line(self.lines[i], rule)
            self.gone[i] = rule

    def flag(self, i: int, why: str) -> None:
        """Show a kept line to a person."""
        shown = self.texts[i].strip()
        shown = shown if len(shown) <= 24 else shown[:24] + "…"
        self.review.append(Review(code="suspect-line", message=f"{why}：“{shown}”，未删，请核对", line=self.lines[i].no))


def clean(decoded: Decoded) -> Cleaned:
    """Clean one decoded file. Never raises, whatever the text; never drops a line."""
    lines = decode_entities(strip_invisible(list(decoded.lines)))
    lines, page_facts = strip_tags(lines)
    work = _Work(_cut_markers(lines))
    _meta_lines(work)
    work.printed = {**work.printed, **{k: v for k, v in page_facts.items() if k not in work.printed}}
    rules = adverts.active(adverts.line_rules(), "\n".join(work.folded))
    _line_rules(work, rules)
    _adverts(work)
    work.lines = _glued(work)
    _flags(work, decoded.encoding)
    return Cleaned(tuple(work.lines), work.printed, tuple(sorted(work.review, key=lambda r: r.line or 0)))


def _cut_markers(lines: list[Line]) -> list[Line]:
    """Stage 2."""
    doc = "\n".join(line.text for line in lines).lower()
    rules = adverts.active(adverts.inline_rules(), doc)
    out = []
    for line in lines:
        spans: list[Span] = list(marker_spans(line.text)) if line.text else []
        for rule in rules:
            if any(word in line.text.lower() for word in rule.words):
                spans += [(m.start(), m.end(), rule.row.id, "") for m in rule.pattern.finditer(line.text)]
        out.append(cut_spans(line, drop_overlaps(spans)) if spans else line)
    return out


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


def _line_rules(work: _Work, rules: tuple[adverts.Rule, ...]) -> None:
    """Stages 4 and 5."""
    pages = frozenset(page_numbers(work.texts))
    for i in pages:
        work.cut(i, "page-number")
    invites = [i for i, text in enumerate(work.texts) if _INVITE.search(text)]
    for i, folded in enumerate(work.folded):
        if not folded or i in work.gone:
            continue
        text, inner = work.texts[i], work.cores[i]
        if is_rule_line(text):
            work.cut(i, "rule-line")
        elif is_breadcrumb(text):
            work.cut(i, "breadcrumb")
        elif _CODE_LINE.fullmatch(text) and _CODE_SIGN.search(text):
            work.cut(i, "code-line")
        elif inner or folded[0] in "{<$":
            for rule in rules:
                if (rule.holds(inner) or (not inner and rule.holds(folded))) and (
                    rule.row.near_contacts or not any(0 <= i - j <= 4 for j in invites)
                ):
                    work.cut(i, rule.row.id)
                    if rule.row.scope == "block":
                        _links_under(work, i)
                    break
    for i, rule_id in repeated(work.folded, work.texts, pages, lambda f: adverts.weight(f) >= adverts.NEAR):
        work.cut(i, rule_id)


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
        if not link and (not tail or not re.search(r"(?:通报|公告|报告|情况|通知|公示|会议|方案|意见|工作|活动|网)$", text)):
            break
        if re.fullmatch(r"\d{4}年\d{1,2}月\d{1,2}日", text) or re.match(r"附件\s*\d?\s*[:：]", text):
            break
        work.cut(i, "related-link")


def _adverts(work: _Work) -> None:
    """Stage 6."""
    doc = "\n".join(work.folded)
    words = [w for w in adverts.signal_words() if w in doc]
    weights: dict[int, float] = {}
    for i, folded in enumerate(work.folded):
        if folded and i not in work.gone and len(folded) <= 120:
            weights[i] = adverts.weight(folded) if words else 0.0
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


def _glued(work: _Work) -> list[Line]:
    """Stage 7: an advert before or after the sentences of a paragraph."""
    words = boilerplate().glue_words
    rules = adverts.line_rules()
    out = list(work.lines)
    for i, text in enumerate(work.texts):
        if i in work.gone or len(text) < 16:
            continue
        lower = text.lower()
        hits = [word for word in words if word in lower]
        if not hits:
            continue
        spans: list[Span] = []
        pieces = [m for m in _PIECE.finditer(text) if m[0].strip()]
        if len(pieces) < 2 or len(pieces) > 400:
            continue
        for match in pieces:
            folded = fold(match[0])
            if not any(word in folded for word in hits) or len(folded) > 120 or _INVITE.search(text):
                continue
            inner = core(folded)
            rule = next((r.row.id for r in rules if r.row.scope == "line" and r.holds(inner)), "")
            if not rule and adverts.weight(folded) >= adverts.SURE:
                rule = "advert"
            if rule and not adverts.carries_facts(folded):
                spans.append((match.start(), match.end(), rule, ""))
        if spans and len(spans) < len(pieces):
            out[i] = cut_spans(work.lines[i], spans)
    return out


def _flags(work: _Work, encoding: str) -> None:
    """Stage 8: what a person should know of the whole text."""
    if encoding.startswith(("big5", "cp950")):
        work.review.append(Review(code="encoding-big5", message="原文是繁体（Big5 编码），请核对转换结果"))
    for i, line in enumerate(work.lines):
        if _GARBLED.search(line.text):
            work.review.append(
                Review(code="garbled-text", message="这一行有乱码或缺字，请对照原文", line=line.no)
            )
            break
        if _GLOSS.search(line.text) and len(_GLOSS.findall(line.text)) > 2:
            work.review.append(
                Review(code="pinyin-gloss", message="文字里夹有注音，可能经过转换软件，请对照原文", line=line.no)
            )
            break
        if i in work.gone and work.gone[i] in _TEASERS:
            work.review.append(
                Review(code="preview-only", message="原文是文库站的试读或节选，内容可能不全", line=line.no)
            )
            break
