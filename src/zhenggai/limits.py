"""How large and how deep a report may be: beyond, it is no notice but an attempt to stop the program.

Genuine notices stay far below: their longest paragraph has some thousand characters,
their front matter some ten kilobytes, and what the converter writes nests nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import yaml

try:
    from yaml import CSafeLoader as Loader
except ImportError:  # pragma: no cover
    from yaml import SafeLoader as Loader  # type: ignore[assignment]

MAX_FILE = 12 * 1024 * 1024
"""Characters of a report file; the converter reads no .txt beyond 8 MB."""
MAX_HEAD = 4 * 1024 * 1024
"""Characters of front matter."""
MAX_DEPTH = 100
"""Brackets open at once in front matter: YAML's reader has a stack, and no guard."""
MAX_PROBLEMS = 2000
MAX_LINKS = 500
"""Opening brackets in one paragraph that Markdown would read: it looks from each to the paragraph's end."""
MAX_BACKSLASHES = 2000
"""In one run."""
MAX_NESTING = 16
"""Quotations and lists inside one another."""

_ALIAS = re.compile(
    r"^(?:[ ]*(?:- |[\w-]+:[ ]+))*[&*][\w-]+(?:[ ]|$)|[\[,{][ ]*[&*]\w+[ ]*(?=[\[\]{},])", re.M
)
_BRACKET = re.compile(r"[\[\]{}]")
_QUOTE = re.compile(rf"^(?:[ \t]*>){{{MAX_NESTING}}}", re.M)
_LIST = re.compile(rf"^[ ]{{{4 * MAX_NESTING}}}[ ]*(?:[-*+]|\d+\.)[ ]", re.M)
_OPENING = re.compile(r"(?<!\\)\[")
_PARAGRAPH = re.compile(r"\n[ \t]*\n")


@dataclass(frozen=True)
class Excess:
    """What is too much, and on which line of the text it was looked for in."""

    what: str
    line: int


def of_head(head: str) -> Excess | None:
    """What is too much in the YAML text of a front matter."""
    if len(head) > MAX_HEAD:
        return Excess(f"头部有 {len(head)} 个字符，超过 {MAX_HEAD} 个", 1)
    depth = most = 0
    for bracket in _BRACKET.findall(head):
        depth = depth + 1 if bracket in "[{" else max(depth - 1, 0)
        most = max(most, depth)
    # Brackets in texts count here, too: only where there are many is it worth to look closer.
    if most > MAX_DEPTH and (deep := _depth(head)):
        return deep
    return _alias(head) if _ALIAS.search(head) else None


def _depth(head: str) -> Excess | None:
    """Brackets that YAML itself means; its scanner, unlike its reader, needs no stack."""
    depth = 0
    try:
        for token in yaml.scan(head, Loader=Loader):
            if isinstance(token, (yaml.FlowSequenceStartToken, yaml.FlowMappingStartToken)):
                depth += 1
            elif isinstance(token, (yaml.FlowSequenceEndToken, yaml.FlowMappingEndToken)):
                depth -= 1
            if depth > MAX_DEPTH:
                return Excess(f"括号套了 {MAX_DEPTH} 层以上", token.start_mark.line + 1)
    except yaml.YAMLError:  # whoever reads it next says what is wrong
        pass
    return None


def _alias(head: str) -> Excess | None:
    """A reference to another value: a few lines of them stand for more than any memory holds."""
    try:
        for event in yaml.parse(head, Loader=Loader):
            if isinstance(event, yaml.AliasEvent):
                mark = event.start_mark
                return Excess(
                    "头部用了 YAML 的引用（& 和 *），不需要，也不允许", mark.line + 1 if mark else 1
                )
    except yaml.YAMLError:  # whoever reads it next says what is wrong
        pass
    return None


def of_body(body: str) -> Excess | None:
    """What is too much in the Markdown of a notice."""
    if len(body) > MAX_FILE:
        return Excess(f"正文有 {len(body)} 个字符，超过 {MAX_FILE} 个", 1)
    for sign, pattern, what in ((">", _QUOTE, "引用套了"), (" " * 4 * MAX_NESTING, _LIST, "列表套了")):
        if sign in body and (match := pattern.search(body)):
            return Excess(f"{what} {MAX_NESTING} 层以上", _line(body, match.start()))
    if (at := body.find("\\" * MAX_BACKSLASHES)) >= 0:
        return Excess(f"有连续 {MAX_BACKSLASHES} 个以上的反斜杠", _line(body, at))
    if body.count("[") > MAX_LINKS:
        at = 0
        for end in (*(m.start() for m in _PARAGRAPH.finditer(body)), len(body)):
            if len(_OPENING.findall(body, at, end)) > MAX_LINKS:
                return Excess(f"一段里有 {MAX_LINKS} 个以上的方括号", _line(body, at) + (at > 0))
            at = end
    return None


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1
