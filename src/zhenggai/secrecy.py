"""密级与内部标记: marks that say a text was not meant for the public.

The converter looks in the file as it came, where cleaning may take such a line for
the frame of a web site or join it to the title; the check looks in the report.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from zhenggai.rulebook import Rule, load

REVIEW = "secrecy-mark"
"""Code of the `review` entry by which the converter hands on what it saw."""

_DECORATION = re.compile(r"[^\S\n]|[\\*_#>~`|【】\[\]〔〕「」《》“”\"'-]|<[^<>\n]*>|&#?\w+;|\{:?#[^{}\n]*\}")
_BRACKETED = re.compile(r"[（(](.+)[）)]")
_MAYBE = re.compile(
    "密|内_部|党_内|保_[存管]|外_传|不_(?:予_)?公_开".replace("_", f"(?:{_DECORATION.pattern}){{0,20}}")
)
"""A quick look: no mark is without one of these, whatever decorates it."""
_LONGEST = 40
_LONGEST_LINE = 400
_YAML_KEY = re.compile(r"^[ -]*[a-z_]+: ")


class SecrecyRules(Rule):
    """rules/secrecy.yaml; each of `patterns` is held against a whole line without blanks and decoration."""

    patterns: tuple[str, ...]
    inside: str
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...]


@cache
def secrecy_rules() -> SecrecyRules:
    """The table."""
    return load("secrecy.yaml", SecrecyRules)


@cache
def _marks() -> tuple[re.Pattern[str], re.Pattern[str]]:
    return re.compile("|".join(secrecy_rules().patterns)), re.compile(secrecy_rules().inside)


def secrecy_marks(text: str) -> Iterator[tuple[int, str]]:
    """(line, mark) of the lines of `text` that are a mark or bear one among other labels."""
    if not _MAYBE.search(text):
        return
    for no, line in enumerate(text.split("\n"), 1):
        if mark := secrecy_mark(line):
            yield no, mark


def secrecy_mark(line: str) -> str | None:
    """The mark of a line, if it has one: 秘密★1年, 机密, 内部资料 注意保存 …"""
    if not _MAYBE.search(line):
        return None
    line = _YAML_KEY.sub("", unicodedata.normalize("NFKC", line[:_LONGEST_LINE]))
    bare = _DECORATION.sub("", line)
    if inside := _BRACKETED.fullmatch(bare):
        bare = inside[1]
    whole, among = _marks()
    if 0 < len(bare) <= _LONGEST and whole.fullmatch(bare):
        return bare
    found = among.search(line)
    return found[0].strip() if found else None
