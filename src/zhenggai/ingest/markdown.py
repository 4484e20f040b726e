"""Blocks → the body of a report: the notice as markdown, every sign made inert.

Only three forms are written: headings (`## 一、…`, with `{#anchor}` for a problem),
paragraphs, and `{: #anchor }` under the paragraph of a sub-problem. Everything
that Markdown, HTML or Jinja would give a meaning to is escaped, so that what a
reader sees is what the notice printed. `plain` undoes it, for the conservation
check; tests hold it against Python-Markdown itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Block:
    """A heading (level 2–6) or a paragraph (level 0)."""

    text: str
    level: int = 0
    anchor: str | None = None


_SPECIAL = re.compile(r"[\\`*_{}\[\]<>&#|!~^=+$:-]")
_ESCAPABLE = set("\\`*_{}[]#!+-")  # what Python-Markdown's backslash knows; the rest become entities
_AT_START = set("+-=:")
"""Signs that mean something only where a line begins."""
_NUMBER_START = re.compile(r"(\d+)([.)])(?=\s|$)")
_ENTITY = {
    "<": "&lt;",
    ">": "&gt;",
    "&": "&amp;",
    "|": "&#124;",
    "~": "&#126;",
    "^": "&#94;",
    "=": "&#61;",
    ":": "&#58;",
    "$": "&#36;",
}


def escape(text: str) -> str:
    """One line of text, inert."""

    def inert(match: re.Match[str]) -> str:
        sign = match[0]
        if sign in _AT_START and match.start() > 0:
            return sign
        if sign == "!" and not text.startswith("[", match.end()):
            return sign
        if sign in "$^~":
            return sign  # only extensions that this site does not load give them a meaning
        return f"\\{sign}" if sign in _ESCAPABLE else _ENTITY[sign]

    out = _SPECIAL.sub(inert, text)
    # `1. ` would begin a list; `1\.` does not
    return _NUMBER_START.sub(r"\1\\\2", out, count=1) if _NUMBER_START.match(out) else out


def write(blocks: Sequence[Block]) -> str:
    """The markdown body, ending in one newline."""
    out = []
    for block in blocks:
        text = escape(" ".join(block.text.split()))
        if block.level:
            mark = f" {{#{block.anchor}}}" if block.anchor else ""
            out.append(f"{'#' * block.level} {text}{mark}")
        else:
            mark = f"\n{{: #{block.anchor} }}" if block.anchor else ""
            out.append(f"{text}{mark}")
    return "\n\n".join(out) + "\n"


_HEADING = re.compile(r"#{1,6} (.*?)(?: \{#[^{}\s]+\})?$")
_UNESCAPE = re.compile(r"\\([\\`*_{}\[\]()#!+.-])|&(lt|gt|amp|#\d+);")
_NAMES = {"lt": "<", "gt": ">", "amp": "&"}


def plain(body: str) -> str:
    """The characters that a reader sees of a body that `write` made, lines kept."""
    lines = []
    for line in body.split("\n"):
        if line.startswith("{: #"):
            continue
        if line.startswith("#") and (match := _HEADING.match(line)):
            line = match[1]
        lines.append(_UNESCAPE.sub(_unescaped, line) if "\\" in line or "&" in line else line)
    return "\n".join(lines)


def _unescaped(match: re.Match[str]) -> str:
    if match[1]:
        return match[1]
    return _NAMES.get(match[2]) or chr(int(match[2][1:]))
