"""Invisible characters and HTML out, their visible words kept.

Works on text in which everything may be broken: tags that never close, tags
inside tags, entities twice escaped. Angle brackets around Chinese words are
punctuation (《关于〈章程〉的决议》 typed with < and >) and stay.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from zhenggai.ingest.edits import Span, cut_spans
from zhenggai.ingest.text import Line

INVISIBLE = re.compile(
    "(?P<control>[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]+)"
    "|(?P<zero>[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]+)"
    "|(?P<space>[\u00a0\u2000-\u200a\u202f\u205f]+)"
)
INVISIBLE_CHARACTERS = frozenset(c for c in map(chr, range(0x10000)) if INVISIBLE.match(c))
_ENTITY = re.compile(
    r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});"
    r"|&(?:nbsp|ensp|emsp|ldquo|rdquo|lsquo|rsquo|quot|middot|mdash|hellip|lt|gt|amp)(?![a-zA-Z0-9=;])"
)
_TAG = re.compile(
    r"<\s{0,2}(?P<slash>/?)\s{0,2}(?P<name>[A-Za-z][A-Za-z0-9:._-]*|[!?][A-Za-z\[]*)(?P<rest>[^<>]{0,4000})>"
)
_TAG_IN_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9:._-]*\s*<(?P<rest>[^<>]{0,4000})>")
_UNCLOSED = re.compile(r"</?([A-Za-z][A-Za-z0-9]*)\s+[A-Za-z-]+\s*=\s*[^<>。\n]{0,1000}$", re.M)
_HEADLESS = re.compile(r"^[!-~ ]{1,300}?[\"']\s*/?>", re.M)
_HIDDEN = re.compile(r"<(script|style|head|title|noscript|template|iframe|svg)\b[^<>]{0,1000}>", re.I)
_META = re.compile(r"<meta\b[^<>]{0,1000}>", re.I)
_ATTRIBUTE = re.compile(r"([A-Za-z-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_HAN = re.compile(r"[\u3400-\u9fff]")

_BREAK_NAMES = """p div br tr li h1 h2 h3 h4 h5 h6 table tbody thead section article ul ol dl dt dd hr
    blockquote center header footer pre main figure figcaption form fieldset body"""
_INLINE_NAMES = """a abbr address area aside audio b base bdi bdo big button canvas caption cite code col
    colgroup data del details dfn dir em embed font frame frameset head html i iframe img input ins kbd label
    legend link map mark marquee meta meter nav nobr noscript object option param picture rp rt ruby s samp
    script select small source span strike strong style sub summary sup svg template textarea tfoot time
    title track tt u var video wbr xml content"""
_BREAKS = frozenset(_BREAK_NAMES.split())
_CELLS = frozenset({"td", "th"})
_TAGS = _BREAKS | _CELLS | frozenset(_INLINE_NAMES.split())
META_NAMES = {
    "pubdate": "发布时间",
    "contentsource": "来源",
    "publisher": "发布机构",
    "indexno": "索引号",
    "filenum": "文号",
}
"""Names that Chinese government sites are told to use in <meta>: the label they stand for."""


def strip_invisible(lines: list[Line], signs: frozenset[str]) -> list[Line]:
    """Control and zero-width characters out, exotic spaces to plain ones.

    `signs`: those of `INVISIBLE_CHARACTERS`, and any others, that stand in the lines.
    """

    def spans(line: Line) -> Iterator[Span]:
        for match in INVISIBLE.finditer(line.text):
            if match["space"]:
                yield match.start(), match.end(), "nbsp", " " * (match.end() - match.start())
            else:
                yield match.start(), match.end(), "control" if match["control"] else "zero-width", ""

    if INVISIBLE_CHARACTERS.isdisjoint(signs):
        return lines
    return [cut_spans(line, spans(line)) if INVISIBLE.search(line.text) else line for line in lines]


def decode_entities(lines: list[Line]) -> list[Line]:
    """`&nbsp;` and the like become what they stand for, also when escaped twice."""
    for _ in range(3):
        changed = False
        for i, line in enumerate(lines):
            if "&" in line.text:
                spans = [
                    (m.start(), m.end(), "html-entity", shown)
                    for m in _ENTITY.finditer(line.text)
                    if (shown := _shown(m[0])) is not None
                ]
                if spans:
                    lines[i] = cut_spans(line, spans)
                    changed = True
        if not changed:
            break
    return lines


def _shown(entity: str) -> str | None:
    text = html.unescape(entity if entity.endswith(";") else entity + ";")
    if text.startswith("&") and len(text) > 1:
        return None  # no entity after all
    text = re.sub(r"\s", " ", text)
    return INVISIBLE.sub(lambda m: " " if m["space"] else "", text)


def strip_tags(lines: list[Line]) -> tuple[list[Line], dict[str, str]]:
    """Tags, comments and scripts out; what the page's <meta> said, by label.

    A block tag between two visible texts of one line shows a line feed, a table
    cell a tab, so that `<p>一、…</p><p>二、…</p>` does not run together.
    """
    doc = "\n".join(line.text for line in lines)
    if "<" not in doc and '">' not in doc:
        return lines, {}
    printed: dict[str, str] = {}
    for match in _META.finditer(doc):
        values = {m[1].lower(): m[2] or m[3] or m[4] or "" for m in _ATTRIBUTE.finditer(match[0])}
        label = META_NAMES.get(values.get("name", "").lower())
        if label and values.get("content", "").strip():
            printed.setdefault(label, values["content"].strip())
    spans: list[tuple[int, int, str, str]] = []
    last = 0
    for start, end, rule, tag in sorted(_all_markup(doc), key=lambda s: (s[0], -s[1])):
        if start >= last:
            spans.append((start, end, rule, tag))
            last = end
    return _cut_across(lines, spans), printed


def _all_markup(doc: str) -> Iterator[tuple[int, int, str, str]]:
    """(start, end, rule, tag name) of markup in the joined text, overlapping."""
    at = doc.find("<!--")
    closes = "-->" in doc
    while at >= 0:
        end = doc.find("-->", at + 4, at + 4000) if closes else -1
        inside = doc[at + 4 : end] if end >= 0 else ""
        if end < 0 or len(_HAN.findall(inside)) > 60:  # too much to hide: only the markers go
            yield at, at + 4, "html-comment", ""
        else:
            yield at, end + 3, "html-comment", ""
        at = doc.find("<!--", at + 4)
    at = doc.find("-->")
    while at >= 0:
        yield at, at + 3, "html-comment", ""
        at = doc.find("-->", at + 3)
    lower = None
    for match in _HIDDEN.finditer(doc):
        lower = doc.lower() if lower is None else lower
        name = match[1].lower()
        end = lower.find(f"</{name}", match.end(), match.end() + 50_000)
        close = doc.find(">", end, end + 20) if end >= 0 else -1
        if close >= 0 and len(_HAN.findall(doc, match.end(), end)) <= 200:
            yield match.start(), close + 1, "html-hidden", "p"
    for match in _TAG.finditer(doc):
        if doc[match.start() - 1 : match.start()] == "<" and doc[match.end() : match.end() + 1] == ">":
            continue  # <<PAY:ON>>: a vendor's marker, cut whole or not at all
        if _is_markup(match["slash"], match["name"], match["rest"]):
            yield match.start(), match.end(), "html-tag", match["name"].lower()
    for match in _TAG_IN_TAG.finditer(doc):
        if not _HAN.search(match["rest"]) or "=" in match["rest"]:
            yield match.start(), match.end(), "html-tag", ""
    for match in _UNCLOSED.finditer(doc):
        if match[1].lower() in _TAGS:
            yield match.start(), match.end(), "html-tag", ""
    for match in _HEADLESS.finditer(doc):
        if re.search(r"[=:;]", match[0]) and "<" not in match[0]:
            yield match.start(), match.end(), "html-tag", ""


def _is_markup(slash: str, name: str, rest: str) -> bool:
    name = name.lower()
    if name.startswith(("!", "?")):
        return not _HAN.search(rest)
    attributes = rest[:1].isspace() and "=" in rest
    if name in _TAGS or ":" in name or "-" in name:
        return attributes or (not _HAN.search(rest) and not rest[:1].isalnum())
    if set(name) <= {"x"}:
        return False  # a masked name in title marks
    return attributes or (bool(slash) and not rest.strip())


def _cut_across(lines: list[Line], spans: list[tuple[int, int, str, str]]) -> list[Line]:
    """Spans of the joined text, cut line by line, with breaks shown between visible texts."""
    out: list[Line] = []
    i, offset = 0, 0
    for line in lines:
        end = offset + len(line.text)
        here: list[tuple[int, int, str, str]] = []
        while i < len(spans) and spans[i][0] < end:
            start, stop, rule, tag = spans[i]
            here.append((max(start, offset) - offset, min(stop, end) - offset, rule, tag))
            if stop > end:  # goes on in the next line
                spans[i] = (end + 1, stop, rule, tag)
                break
            i += 1
        while i < len(spans) and spans[i][1] <= end + 1:
            i += 1
        out.append(cut_spans(line, _with_breaks(line.text, here)) if here else line)
        offset = end + 1
    return out


def _with_breaks(text: str, spans: list[tuple[int, int, str, str]]) -> list[Span]:
    shown = [""] * len(spans)
    seen_text, pending, kind, at = False, -1, "", 0
    for i, (start, end, _, tag) in enumerate([*spans, (len(text), len(text), "", "")]):
        if text[at:start].strip():
            if pending >= 0 and seen_text:
                shown[pending] = kind
            seen_text, pending, kind = True, -1, ""
        if tag in _BREAKS or tag in _CELLS:
            pending = i if pending < 0 else pending
            kind = "\n" if tag in _BREAKS else kind or "\t"
        at = end
    return [(s[0], s[1], s[2], mark) for s, mark in zip(spans, shown, strict=True) if s[1] > s[0]]
