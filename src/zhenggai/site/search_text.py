"""The notice's own text out of its rendered HTML, in blocks that know their anchor."""

from __future__ import annotations

from dataclasses import dataclass, field
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


@dataclass
class Block:
    """One block of text and the nearest anchor before it (empty: the top of the page)."""

    anchor: str
    text: str
    level: int = 0
    """1–6 for a heading, 0 for everything else."""


@dataclass
class _Reader(HTMLParser):
    blocks: list[Block] = field(default_factory=list)
    anchor: str = ""
    pieces: list[str] = field(default_factory=list)
    level: int = 0
    silent: list[str] = field(default_factory=list)
    """Open elements from the outermost one whose text is not the notice's."""

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def end_block(self) -> None:
        text = " ".join("".join(self.pieces).split())
        self.pieces.clear()
        if text:
            self.blocks.append(Block(self.anchor, text, self.level))
        self.level = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        classes = (given.get("class") or "").split()
        if self.silent or tag in _SILENT or "headerlink" in classes:
            if tag not in _VOID:
                self.silent.append(tag)
            return
        if tag in _BLOCKS:
            self.end_block()
        if given.get("id"):
            self.end_block()
            self.anchor = given["id"] or ""
        if tag in _HEADINGS:
            self.level = int(tag[1])

    def handle_endtag(self, tag: str) -> None:
        if self.silent:
            if tag in self.silent:
                while self.silent.pop() != tag:
                    pass
        elif tag in _BLOCKS:
            self.end_block()

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.pieces.append(data)


def read_blocks(html: str) -> list[Block]:
    """Blocks of `html` in order. Permalink signs (class `headerlink`), scripts and styles are no text."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.end_block()
    return reader.blocks
