"""Just enough of a page to ask it questions."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


class Element:
    """A node: `tag` ("" for the page), `attrs`, children in order (elements and text)."""

    def __init__(self, tag: str, attrs: dict[str, str], parent: Element | None) -> None:
        self.tag, self.attrs, self.parent = tag, attrs, parent
        self.children: list[Element | str] = []

    def __iter__(self) -> Iterator[Element]:
        """Every element below, in document order."""
        for child in self.children:
            if isinstance(child, Element):
                yield child
                yield from child

    @property
    def text(self) -> str:
        """What a reader sees, white space as one space."""
        return " ".join(self._raw().split())

    def _raw(self) -> str:
        return "".join(c if isinstance(c, str) else c._raw() for c in self.children)

    def all(self, what: str) -> list[Element]:
        """Elements of a tag (`h2`), a class (`.zg-card`) or both (`li.zg-card`)."""
        tag, _, name = what.partition(".")
        return [
            e for e in self
            if tag in ("", e.tag) and (not name or name in e.attrs.get("class", "").split())
        ]  # fmt: skip

    def one(self, what: str) -> Element:
        found = self.all(what)
        assert len(found) == 1, f"{what}: {len(found)} of them"
        return found[0]

    def by_id(self, name: str) -> Element:
        found = [e for e in self if e.attrs.get("id") == name]
        assert len(found) == 1, f"#{name}: {len(found)} of them"
        return found[0]

    def link(self, text: str) -> str:
        """Where the one link with this text leads."""
        found = {e.attrs["href"] for e in self.all("a") if e.text == text}
        assert len(found) == 1, f"{text}: {found}"
        return found.pop()


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = self.at = Element("", {}, None)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {k: v or "" for k, v in attrs}, self.at)
        self.at.children.append(element)
        if tag not in VOID:
            self.at = element

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.at.children.append(Element(tag, {k: v or "" for k, v in attrs}, self.at))

    def handle_endtag(self, tag: str) -> None:
        node: Element | None = self.at
        while node is not None and node.tag != tag:
            node = node.parent
        if node is not None and node.parent is not None:
            self.at = node.parent

    def handle_data(self, data: str) -> None:
        self.at.children.append(data)


def parse(html: str) -> Element:
    """The page as a tree."""
    builder = _Builder()
    builder.feed(html)
    builder.close()
    return builder.root


def load(site: Path, address: str) -> Element:
    """A page of a built site by its address (`units/`, "" for the home page, `404.html`)."""
    path = site / address
    return parse((path if address.endswith(".html") else path / "index.html").read_text(encoding="utf-8"))
