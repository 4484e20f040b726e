"""Whether a page is valid HTML: what the parser must repair, and what may not stand where it stands.

python tests/site/validity.py SITE

The parsing rules are html5lib's, word for word those of the standard. The rules of
content below are the part of the standard that templates can break: enough to find
a block inside a paragraph, a list of anything but items, a link in a link, an
address of nothing. The Nu checker, which needs Java, finds the same in the examples
of test_validity.py; that nothing runs inline is this project's own rule.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import html5lib

# ruff: noqa: T201 - also a command

_GROUPS = {"dt", "dd"}
_SILENT = {"script", "template"}
CHILDREN = {
    "ul": {"li"}, "ol": {"li"}, "dl": _GROUPS | {"div"}, "table": {"caption", "colgroup", "thead", "tbody", "tfoot", "tr"},
    "thead": {"tr"}, "tbody": {"tr"}, "tfoot": {"tr"}, "tr": {"td", "th"}, "select": {"option", "optgroup"},
}  # fmt: skip
"""Elements that may hold nothing but these (and scripts)."""
NEEDED_PARENTS = {
    "li": {"ul", "ol"}, "dt": {"dl", "div"}, "dd": {"dl", "div"}, "tr": {"table", "thead", "tbody", "tfoot"},
    "td": {"tr"}, "th": {"tr"}, "caption": {"table"}, "summary": {"details"}, "figcaption": {"figure"},
    "option": {"select", "optgroup", "datalist"}, "source": {"picture", "video", "audio"},
}  # fmt: skip
WORDS_ONLY = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "span", "strong", "em", "b", "i", "small", "code", "kbd", "pre",
              "time", "label", "button", "mark", "abbr", "cite", "q", "sub", "sup", "var", "samp", "s", "u"}  # fmt: skip
"""Elements that hold text and what belongs in a line of text."""
INLINE = WORDS_ONLY - {"p", "h1", "h2", "h3", "h4", "h5", "h6", "pre"} | {
    "a", "br", "wbr", "img", "input", "select", "textarea", "svg", "data", "bdi", "bdo", "noscript",
    "option", "optgroup", *_SILENT,
}  # fmt: skip
PRESSED = {"a", "button", "input", "select", "textarea", "label", "details"}
"""What one can press; none of it stands inside a link or a button."""
BLOCKS = {"html", "head", "body", "title", "meta", "link", "style", "main", "header", "footer", "nav", "aside", "section",
          "article", "div", "blockquote", "hr", "figure", "figcaption", "form", "fieldset", "legend", "details", "summary",
          "address", "caption", "colgroup", "col", "thead", "tbody", "tfoot", "tr", "td", "th", "table", "ul", "ol", "li",
          "dl", "dt", "dd", "datalist", "p", "pre", "h1", "h2", "h3", "h4", "h5", "h6"}  # fmt: skip
GLOBAL = {"id", "class", "lang", "dir", "hidden", "tabindex", "title", "role", "itemid", "spellcheck", "autocapitalize",
          "enterkeyhint", "inputmode", "translate", "accesskey", "autofocus"}  # fmt: skip
ATTRIBUTES = {
    "a": {"href", "rel", "target", "download", "hreflang", "type"}, "link": {"rel", "href", "type", "title", "media", "hreflang", "sizes"},
    "meta": {"charset", "name", "content", "property", "http-equiv"}, "script": {"src", "type", "defer", "async"},
    "form": {"action", "method", "name", "autocomplete"}, "button": {"type", "name", "value", "disabled"},
    "input": {"type", "name", "value", "placeholder", "autocomplete", "checked", "disabled", "maxlength", "minlength",
              "required", "readonly", "list", "min", "max", "pattern"},
    "label": {"for"}, "select": {"name", "disabled", "autocomplete"}, "option": {"value", "selected", "disabled"},
    "img": {"src", "alt", "width", "height", "loading"}, "time": {"datetime"}, "td": {"colspan", "rowspan", "headers"},
    "th": {"colspan", "rowspan", "scope", "headers"}, "ol": {"start", "reversed"}, "li": {"value"}, "details": {"open", "name"},
    "col": {"span"}, "colgroup": {"span"}, "data": {"value"}, "optgroup": {"label"},
}  # fmt: skip
REFERENCES = ("for", "headers", "list", "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns")
INPUTS = {"text", "search", "checkbox", "radio", "hidden", "submit", "number", "email", "tel", "url", "date"}
UNTYPED = {"checkbox", "radio", "submit"}
_SVG = "{http://www.w3.org/2000/svg}"
_DAY = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")


def faults(html: str) -> list[str]:
    """What is wrong with a page, in the order of the standard's own rules: parsing, then content."""
    parser = html5lib.HTMLParser(
        tree=html5lib.treebuilders.getTreeBuilder("etree"), namespaceHTMLElements=False
    )
    root = parser.parse(html)
    found = [f"line {line}: {code} {detail or ''}".strip() for (line, _), code, detail in parser.errors]
    return found + list(_content(root))


def _content(root: Any) -> Iterator[str]:
    parents = {child: parent for parent in root.iter() for child in parent}
    ids = Counter(e.get("id") for e in root.iter() if isinstance(e.tag, str) and e.get("id") is not None)
    yield from (f"id {name!r} stands {count} times" for name, count in ids.items() if count > 1)
    yield from (f"id {name!r} is none" for name in ids if not name or re.search(r"\s", name))
    if root.get("lang") is None:
        yield "the page does not say its language"
    if not (root.findtext("head/title") or "").strip():
        yield "the page has no title"
    for element in root.iter():
        if not isinstance(element.tag, str) or element.tag.startswith(_SVG):
            continue
        above = []
        at = parents.get(element)
        while at is not None:
            above.append(at)
            at = parents.get(at)
        for fault in _element(element, above, ids):
            text = " ".join("".join(element.itertext()).split())[:30]
            yield f"<{element.tag} class={element.get('class')!r}> {text!r}: {fault}"


def _element(element: Any, above: list[Any], ids: Counter[str]) -> Iterator[str]:
    tag = element.tag
    parent = above[0].tag if above else ""
    tags = [e.tag for e in above]
    if tag not in BLOCKS | INLINE:
        yield "no element of HTML, or one that this project has no use for"
    if parent in CHILDREN and tag not in CHILDREN[parent] | _SILENT:
        yield f"may not stand in <{parent}>"
    if tag in NEEDED_PARENTS and parent not in NEEDED_PARENTS[tag]:
        yield f"must stand in {sorted(NEEDED_PARENTS[tag])}, not in <{parent}>"
    if parent == "div" and len(tags) > 1 and tags[1] == "dl" and tag not in _GROUPS | _SILENT:
        yield "may not stand in a group of <dl>"
    if tag not in INLINE and (holder := next((t for t in tags if t in WORDS_ONLY), None)):
        yield f"may not stand in <{holder}>"
    if tag in PRESSED and (holder := next((t for t in tags if t in ("a", "button")), None)):
        yield f"may not stand in <{holder}>"
    if tag == "dl" or (tag == "div" and parent == "dl"):
        kinds = [c.tag for c in element if isinstance(c.tag, str) and c.tag not in _SILENT]
        if kinds and set(kinds) <= _GROUPS and (kinds[0], kinds[-1]) != ("dt", "dd"):
            yield "a group needs a <dt> first and a <dd> last"
    yield from _attributes(element, ids)


def _attributes(element: Any, ids: Counter[str]) -> Iterator[str]:
    tag = element.tag
    for name, value in element.attrib.items():
        if name not in GLOBAL | ATTRIBUTES.get(tag, set()) and not re.match(
            r"(?:aria|data)-[a-z-]+$", str(name)
        ):
            yield f"has no attribute {name}"
        if name in REFERENCES:
            yield from (f"{name} names {ref!r}, which is not here" for ref in value.split() if not ids[ref])
        if name in ("href", "src", "action") and re.search(r"[\s<>\"`{}|\\^]", value.strip()):
            yield f"{name} is no address: {value!r}"
    if tag == "img" and element.get("alt") is None:
        yield "has no alt"
    if tag == "input" and element.get("type", "text") not in INPUTS:
        yield f"has no type {element.get('type')}"
    if tag == "input" and "autocomplete" in element.attrib and element.get("type") in UNTYPED \
            and element.get("class") != "md-toggle":  # fmt: skip # the theme's own skeleton has two
        yield "has nothing to complete"
    if tag == "time" and not _DAY.fullmatch(element.get("datetime") or "".join(element.itertext())):
        yield "is no date"


def main(site: Path) -> int:
    """Print every fault of every page; 1 if there is any."""
    every = {path: faults(path.read_text(encoding="utf-8")) for path in sorted(site.rglob("*.html"))}
    for path, found in every.items():
        for fault in found:
            print(f"{path}: {fault}")
    print(f"{len(every)} pages, {sum(map(len, every.values()))} faults")
    return 1 if any(every.values()) or not every else 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.exit(main(Path(sys.argv[1])))
