"""Vendor text, web residue and page furniture out of a notice, each removal recorded.

The stages, in order; each only adds `Cut`s to lines, so nothing can be lost:

1. invisible characters, entities, HTML (`markup`), blanks between all characters or for line ends (`spacing`)
2. markers and inline rules: only the marker goes, the sentence stays
3. lines 发布时间：… 来源：…: values to `Cleaned.printed`
4. whole lines: page numbers, dividing lines, paths, the rule table
5. lists of links under 相关阅读 and the like
6. adverts known by several weak signals, and their neighbours (`clean_adverts`)
7. what stands above the title and below the signature, what repeats (`clean_edges`)
8. the frame that a site printed around the whole notice (`clean_outside`)
9. adverts glued to a sentence of the notice
10. lines that look wrong but carry a date, an amount or a number: kept, shown to a person

Removal is timid: what is not known stays. A block tag inside a line becomes a
line feed in `Line.text` (`<p>一、…</p><p>二、…</p>`), a table cell a tab.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from zhenggai.ingest import adverts
from zhenggai.ingest.clean_adverts import cut_adverts
from zhenggai.ingest.clean_brands import cut_brands, find_brands
from zhenggai.ingest.clean_edges import cut_edges
from zhenggai.ingest.clean_forms import (
    forum_noise,
    is_breadcrumb,
    is_code,
    is_hashtags,
    is_latin_sentence,
    is_menu,
    is_pinyin_line,
    is_rule_line,
    is_stamp,
    pinyin_glosses,
    sample_number,
    title_in,
    title_suffix,
)
from zhenggai.ingest.clean_glued import cut_glued, glue_words, vendor_head
from zhenggai.ingest.clean_orphans import STAMP, cut_orphans
from zhenggai.ingest.clean_outside import cut_outside
from zhenggai.ingest.clean_pages import cut_pages
from zhenggai.ingest.clean_work import INVITE, Work
from zhenggai.ingest.edits import Span, cut_spans, drop_overlaps
from zhenggai.ingest.folding import Lexicon, Words
from zhenggai.ingest.insertions import Insertions
from zhenggai.ingest.looks import is_numbered, is_title
from zhenggai.ingest.markers import SIGNS, Suspects
from zhenggai.ingest.markup import INVISIBLE_CHARACTERS, decode_entities, strip_invisible, strip_tags
from zhenggai.ingest.meta_lines import is_lone_value, lone_label, read_meta_line, time_stamp
from zhenggai.ingest.spacing import break_up, close_up
from zhenggai.ingest.teasers import is_teaser
from zhenggai.ingest.text import Cleaned, Decoded, Line
from zhenggai.model import Review
from zhenggai.rulebook import boilerplate

_LINK_LINE = re.compile(
    r"^\s*[·•●◆■▪►▶»>*+-]\s*\S|\S\s*[\[(（]?\d{2,4}[-./年]\d{1,2}[-./月]\d{1,2}日?[\])）]?\s*$"
)
_LINK_NUMBER = re.compile(r"\s*\d{1,2}\s*[.、]?\s*\S")
_NO_LINK = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日$|附件\s*\d{0,2}\s*[:：]")
_LINK_END = re.compile(r"《[^》]{4,40}》$|(?:通报|公告|报告|情况|通知|公示|会议|方案|意见|工作|活动|网)$")
_TONES = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ"
_NOISE = frozenset("!&^~{}|`$")
_GARBLED = frozenset(["\ufffd", *map(chr, range(0xE000, 0xF900))])
_HEAD = 12
"""Lines at the top in which a title is looked for."""
_GLOSSES = frozenset({"pinyin-gloss"})
_TEASERS = frozenset({"remaining", "login-to-read", "omitted-words"})


def clean(decoded: Decoded) -> Cleaned:
    """Clean one decoded file. Never raises, whatever the text; never drops a line."""
    asked = _asked()
    signs = frozenset(asked.findall("\n".join([line.raw for line in decoded.lines])))
    lines = strip_invisible(list(decoded.lines), signs)
    if not signs.isdisjoint("&<>"):
        lines = decode_entities(lines)
        signs = frozenset(asked.findall("\n".join([line.text for line in lines])))
    lines, page_facts = strip_tags(lines)
    lines = break_up(close_up(lines))
    doc = "\n".join([line.text for line in lines])
    raw = Words(doc.lower(), _lexicon())
    work = Work(_cut_markers(lines, doc, raw, signs))
    _meta_lines(work)
    work.printed = {**work.printed, **{k: v for k, v in page_facts.items() if k not in work.printed}}
    words = Words("\n".join(work.folded), adverts.lexicon())
    signals, tells = adverts.Signals(words), adverts.Signals(words, tells=True)
    _line_rules(work, adverts.RuleIndex(adverts.line_rules(), words), signals, tells)
    cut_adverts(work, signals)
    cut_edges(work)
    cut_outside(work, tells)
    brands = find_brands(work)
    cut_brands(work, brands)
    Insertions(work).cut(brands)
    cut_orphans(work, tells)
    if more := find_brands(work) - brands:
        cut_brands(work, more)
        Insertions(work).cut(more)
    cut_glued(work, [word for word in raw.held if word in glue_words()], brands | more)
    lines = work.result()
    review = [*work.flags(), *_flags(lines, signs, decoded.encoding)]
    return Cleaned(tuple(lines), work.printed, tuple(sorted(review, key=lambda r: r.line or 0)))


@cache
def _asked() -> re.Pattern[str]:
    """The signs that a stage asks for whether the text holds them at all."""
    asked = INVISIBLE_CHARACTERS | SIGNS | _NOISE | _GARBLED | frozenset("&<>" + _TONES)
    return re.compile(f"[{''.join(map(re.escape, sorted(asked)))}]")


@cache
def _lexicon() -> Lexicon:
    """Words that are looked for in sentences."""
    inline = (word for rule in adverts.inline_rules() for word in rule.words)
    return Lexicon([*boilerplate().markers.words, *map(str.lower, inline), *sorted(glue_words())])


def _cut_markers(lines: list[Line], doc: str, words: Words, signs: frozenset[str]) -> list[Line]:
    """Stage 2. `words`: those of the text in lower case."""
    held = frozenset(words.held)
    rules = [rule for rule in adverts.inline_rules() if not held.isdisjoint(map(str.lower, rule.words))]
    markers = Suspects(doc, words, signs)
    glosses, noise = not signs.isdisjoint(_TONES), not signs.isdisjoint(_NOISE)
    out = []
    for i, line in enumerate(lines):
        text = line.text
        spans = [*title_suffix(text), *sample_number(text)] if i < _HEAD else []
        if text and markers:
            spans += markers.spans(text)
        if glosses:
            spans += pinyin_glosses(text)
        if noise and " " in text:
            spans += forum_noise(text)
        for rule in rules:
            spans += [(m.start(), m.end(), rule.row.id, "") for m in rule.found(text)]
        out.append(_spans_out(line, spans) if spans else line)
    return out


def _spans_out(line: Line, spans: list[Span]) -> Line:
    return cut_spans(line, drop_overlaps(spans)) if spans else line


def _meta_lines(work: Work) -> None:
    """Stage 3."""
    waiting: tuple[int, str] | None = None  # a label whose value may be on the next line
    for i, text in enumerate(work.texts):
        if not work.folded[i]:
            continue
        head = i < work.first
        if waiting and is_lone_value(waiting[1], text):
            work.printed.setdefault(waiting[1], text.strip())
            work.cut(i, "meta-line")
            if waiting[0] not in work.gone:
                work.cut(waiting[0], "meta-line")
            waiting = None
            continue
        waiting = (i, label) if head and (label := lone_label(text)) else None
        facts = read_meta_line(text, head=head, edge=head or i > work.last)
        if head and facts is None and (stamp := time_stamp(text)):
            facts = {"日期": stamp}
        if facts is not None:
            for label, value in facts.items():
                work.printed.setdefault(label, value)
            work.cut(i, "meta-line")


def _line_rules(
    work: Work, rules: adverts.RuleIndex, signals: adverts.Signals, tells: adverts.Signals
) -> None:
    """Stages 4 and 5."""
    for i, folded in enumerate(work.folded):
        if i in work.gone:
            continue
        if is_code(work.texts[i]):
            work.cut(i, "code-line")
        elif folded and (rule := _rule_for(work, i, rules, tells)):
            if at := vendor_head(work.texts[i]):
                work.cut_inside(i, [(0, at, rule, "")])
                continue
            if i < work.first and (at := title_in(work.texts[i])) and not _title_below(work, i):
                work.cut_inside(i, [(at, len(work.texts[i]), rule, "")])
                continue
            work.cut(i, rule)
            if rule in _blocks():
                _links_under(work, i)
    cut_pages(work, lambda folded: signals.weight(folded) >= adverts.TWO)


def _title_below(work: Work, i: int) -> bool:
    """Whether another title stands between the line and the first paragraph."""
    return any(is_title(folded) for folded in work.folded[i + 1 : work.first])


def _rule_for(work: Work, i: int, rules: adverts.RuleIndex, signals: adverts.Signals) -> str:
    """The id of the form or rule that takes the whole line, or an empty string."""
    text, inner = work.texts[i], work.cores[i]
    if is_rule_line(text):
        return "rule-line"
    if is_stamp(text):
        return STAMP
    if is_latin_sentence(text):
        return "latin-line"
    if is_breadcrumb(text):
        return "breadcrumb"
    if is_menu(text):
        return "site-menu"
    if is_hashtags(text.strip()):
        return "hashtags"
    if is_pinyin_line(text):
        return "pinyin-line"
    if "。" in inner and any(adverts.is_notice_line(p) or is_numbered(p) for p in inner.split("。")):
        return ""  # an advert glued to a sentence of the notice: a later stage
    if work.is_wrapped(i) and signals.judge(work.folded[i])[1] < adverts.PLAIN:
        return ""  # a piece of a paragraph
    if is_teaser(inner) and not adverts.is_notice_line(work.folded[i]) and not adverts.reaches(inner):
        return "teaser"
    for row in rules.matching(inner or work.folded[i]):
        if row.near_contacts or not work.near_contacts(i):
            return row.id
    return ""


@cache
def _blocks() -> frozenset[str]:
    return frozenset(row.id for row in boilerplate().rules if row.scope == "block")


def _links_under(work: Work, start: int) -> None:
    """The list of links under a heading such as 相关阅读, up to the first line of another kind.

    Where the notice goes on below, only lines that plainly are links go: with a
    bullet or ending in a date.
    """
    tail = not any(len(text) > 30 and "。" in text for text in work.texts[start + 1 :])
    for i in range(start + 1, len(work.texts)):
        text = work.texts[i].strip()
        if not text:
            continue
        if len(text) > 60 or text.endswith(("。", "；")) or INVITE.search(text) or _NO_LINK.match(text):
            break
        if not (_LINK_LINE.search(text) or (tail and (_LINK_END.search(text) or _LINK_NUMBER.match(text)))):
            break
        work.cut(i, "related-link")


def _flags(lines: list[Line], signs: frozenset[str], encoding: str) -> Iterator[Review]:
    """Stage 10: what a person should know of the whole text."""
    if encoding.startswith(("big5", "cp950")):
        yield Review(code="encoding-big5", message="原文是繁体（Big5 编码），请核对转换结果", line=None)
    garbled = signs & _GARBLED
    if garbled and (no := next((line.no for line in lines if not garbled.isdisjoint(line.text)), None)):
        yield Review(code="garbled-text", message="这一行有乱码或缺字，请对照原文", line=no)
    if no := _first_cut(lines, _GLOSSES):
        yield Review(code="pinyin-gloss", message="文字里夹有注音，可能经软件转换，请对照原文", line=no)
    if no := _first_cut(lines, _TEASERS):
        yield Review(code="preview-only", message="原文是文库站的试读或节选，内容可能不全", line=no)


def _first_cut(lines: list[Line], rules: frozenset[str]) -> int | None:
    """The first line from which one of these rules took something."""
    return next((x.no for x in lines if x.cuts and any(cut.rule in rules for cut in x.cuts)), None)
