"""The notice's own text out of its rendered HTML, in blocks that know their anchor.

Python's own parser reads any HTML, piece by piece. What Markdown
renders is plain: there one regular expression finds all tags, in a third of the time.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser

_BLOCKS = frozenset(
    (
        "address",
        "article",
        "aside",
        "blockquote",
        "br",
        "caption",
        "dd",
        "div",
        "dl",
        "dt",
        "figcaption",
        "figure",
        "footer",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    )
)
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_VOID = frozenset(("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "wbr"))
_SILENT = frozenset(("script", "style", "template"))
_UNPARSED = frozenset(
    (
        "iframe",
        "noembed",
        "noframes",
        "noscript",
        "plaintext",
        "script",
        "style",
        "textarea",
        "title",
        "xmp",
    )
)
"""What looks like a tag in these is none, as some versions of Python's parser have it."""
_TAG = re.compile(r'<(?:/([a-z][a-z0-9]*)|([a-z][a-z0-9]*)((?: [a-z-]+="[^"<>&]*")*)( ?/)?)>')
"""A tag of plain HTML: name of what ends, name of what starts, its attributes, whether it ends at once."""
_ATTRIBUTE = re.compile(r' ([a-z-]+)="([^"]*)"')


@dataclass
class Block:
    """One block of text and the nearest anchor before it (empty: the top of the page)."""

    anchor: str
    text: str
    level: int = 0
    """1–6 for a heading, 0 for everything else."""


@dataclass
class _Reader:
    """Is told of tags and texts in order."""

    blocks: list[Block] = field(default_factory=list)
    anchor: str = ""
    pieces: list[str] = field(default_factory=list)
    level: int = 0
    silent: list[str] = field(default_factory=list)
    """Open elements from the outermost one whose text is not the notice's."""

    def end_block(self) -> None:
        if self.pieces:
            text = " ".join("".join(self.pieces).split())
            self.pieces.clear()
            if text:
                self.blocks.append(Block(self.anchor, text, self.level))
        self.level = 0

    def start(self, tag: str, attributes: Mapping[str, str | None]) -> None:
        classes = (attributes.get("class") or "").split()
        if self.silent or tag in _SILENT or "headerlink" in classes:
            if tag not in _VOID:
                self.silent.append(tag)
            return
        if tag in _BLOCKS:
            self.end_block()
        if anchor := attributes.get("id"):
            self.end_block()
            self.anchor = anchor
        if tag in _HEADINGS:
            self.level = int(tag[1])

    def end(self, tag: str) -> None:
        if self.silent:
            if tag in self.silent:
                while self.silent.pop() != tag:
                    pass
        elif tag in _BLOCKS:
            self.end_block()

    def text(self, text: str) -> None:
        if not self.silent:
            self.pieces.append(text)


class _Parser(HTMLParser):
    """Tells of any HTML."""

    def __init__(self, reader: _Reader) -> None:
        super().__init__(convert_charrefs=True)
        self._reader = reader

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._reader.start(tag, dict(attrs))

    def handle_endtag(self, tag: str) -> None:
        self._reader.end(tag)

    def handle_data(self, data: str) -> None:
        self._reader.text(data)


def read_blocks(html: str) -> list[Block]:
    """Blocks of `html` in order. Permalink signs (class `headerlink`), scripts and styles are no text."""
    reader = _Reader()
    if not _read_plain(html, reader):
        parser = _Parser(reader)
        parser.feed(html)
        parser.close()
    reader.end_block()
    return reader.blocks


def _read_plain(html: str, reader: _Reader) -> bool:
    """Tell of HTML that has nothing but plain tags and text; False for any other, which is left alone."""
    *found, rest = _TAG.split(html)
    ends, starts = found[1::5], found[2::5]
    if len(ends) != html.count("<") or not _UNPARSED.isdisjoint(starts):
        return False
    for text, end, start, attributes, at_once in zip(
        found[::5], ends, starts, found[3::5], found[4::5], strict=True
    ):
        if text:
            reader.text(unescape(text))
        if start:
            reader.start(start, dict(_ATTRIBUTE.findall(attributes)) if attributes else {})
        if end or at_once:
            reader.end(end or start)
    reader.text(unescape(rest))
    return True
