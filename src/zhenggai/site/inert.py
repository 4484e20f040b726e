"""A Markdown extension that keeps a notice's own text text.

The converter escapes whatever Markdown or HTML would give a meaning to. A
report may also be edited by hand or come from elsewhere, so nothing of it is
trusted when it is rendered: raw HTML is shown as the characters it is made of,
attributes other than `id` are dropped, links keep only harmless schemes,
pictures become their caption. Headings go down one level, because they stand
under the page's own 通报原文. Whatever has an anchor (a problem) gets a link to
itself; its word 链接 is written by the style sheet, so that the text stays the notice's.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

SCHEMES = ("http", "https", "mailto", "tel")
"""What a link in a notice may lead to; anything else loses its address and stays as text."""

PERMALINK = {"class": "headerlink", "aria-label": "这一条的链接"}
"""Markdown's own name for such links: the search leaves them out."""
_SIGNS = re.compile(r"[`\\\[!<&*_\x02]|  \n")
"""Without one of these no inline pattern of Markdown matches; \\x02 stands for what it has put aside."""
_TEXT = ("h2", "h3", "h4", "h5", "h6", "p", "li", "td", "th")
"""What may hold a link at its end."""


class Inert(Extension):
    """Switched on for reports and off for hand-written pages through `active`."""

    active = False

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Markdown's name
        """Called by Markdown for every page, which is rendered by an instance of its own."""
        if not self.active:
            return
        md.preprocessors.deregister("html_block")
        md.inlinePatterns.deregister("html")
        md.treeprocessors.register(_Plain(md), "zhenggai_plain", 30)  # before inline (20)
        # After attr_list (8), which sets the anchors; before toc (5), which reads the headings.
        strip = _Strip(md)
        md.treeprocessors.register(strip, "zhenggai_inert", 6)
        # After MkDocs (0), which would look for these links' targets among undecoded anchors.
        md.treeprocessors.register(_Permalinks(md, strip), "zhenggai_permalinks", -1)


class _Plain(Treeprocessor):
    """Tells Markdown of text that holds none of the signs that mean anything within a line.

    It would try fifteen patterns on each; most paragraphs of a notice are such text.
    """

    def run(self, root: Element) -> None:
        for element in root.iter():
            if element.text and not _SIGNS.search(element.text):
                element.text = AtomicString(element.text)


class _Strip(Treeprocessor):
    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        self.anchored: list[Element] = []
        """What the notice gives an anchor of its own; all headings get one later."""

    def run(self, root: Element) -> None:
        for element in root.iter():
            kept = {key: value for key, value in element.attrib.items() if key == "id"}
            if element.tag == "a":
                if href := safe_url(element.get("href"), SCHEMES):
                    kept |= {"href": href, "rel": "nofollow noopener"}
                else:
                    element.tag = "span"
            if element.tag == "img":
                element.tag, element.text = "span", element.get("alt", "")
            element.attrib.clear()
            element.attrib.update(kept)
            if element.tag in ("h1", "h2", "h3", "h4", "h5"):
                element.tag = f"h{int(element.tag[1]) + 1}"
        self.anchored = [e for e in root.iter() if e.get("id") and e.tag in _TEXT]


class _Permalinks(Treeprocessor):
    def __init__(self, md: Markdown, strip: _Strip) -> None:
        super().__init__(md)
        self.strip = strip

    def run(self, root: Element) -> None:
        for element in self.strip.anchored:
            link = SubElement(element, "a", PERMALINK)
            link.set("href", f"#{fragment(element.get('id', ''))}")


def fragment(anchor: str) -> str:
    """An anchor as the part of an address after `#`: readable, with only what browsers would misread encoded."""
    return anchor.replace("%", "%25").replace("\\", "%5C")


def safe_url(url: str | None, schemes: tuple[str, ...] = ("http", "https")) -> str | None:
    """`url` if it is absolute and of one of `schemes`, else None: no javascript:, no data:."""
    try:
        scheme = urlsplit((url or "").strip()).scheme
    except ValueError:
        return None
    return (url or "").strip() if scheme in schemes else None
