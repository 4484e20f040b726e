"""A Markdown extension that keeps a notice's own text text.

The converter escapes whatever Markdown or HTML would give a meaning to. A
report may also be edited by hand or come from elsewhere, so nothing of it is
trusted when it is rendered: raw HTML is shown as the characters it is made of,
attributes other than `id` are dropped, links keep only harmless schemes,
pictures become their caption. Headings go down one level, because they stand
under the page's own 通报原文.
"""

from __future__ import annotations

from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

SCHEMES = ("http", "https", "mailto", "tel")
"""What a link in a notice may lead to; anything else loses its address and stays as text."""


class Inert(Extension):
    """Switched on for reports and off for hand-written pages through `active`."""

    active = False

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Markdown's name
        """Called by Markdown for every page, which is rendered by an instance of its own."""
        if not self.active:
            return
        md.preprocessors.deregister("html_block")
        md.inlinePatterns.deregister("html")
        # After attr_list (8), which sets the anchors; before toc (5), which reads the headings.
        md.treeprocessors.register(_Strip(md), "zhenggai_inert", 6)


class _Strip(Treeprocessor):
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


def safe_url(url: str | None, schemes: tuple[str, ...] = ("http", "https")) -> str | None:
    """`url` if it is absolute and of one of `schemes`, else None: no javascript:, no data:."""
    try:
        scheme = urlsplit((url or "").strip()).scheme
    except ValueError:
        return None
    return (url or "").strip() if scheme in schemes else None
