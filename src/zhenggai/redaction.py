"""隐去: words that a person had taken out of what is published (`redact:` in the front matter).

The report file keeps the notice as it was printed, so that conservation and a new
conversion are as ever; whoever publishes or checks a report sees it through
`redacted`: in every field, in every anchor and in the body, `MASK` stands for the
words, however Markdown writes them. The mask does not tell how long they were.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from zhenggai.model import Report

MASK = "■■■"

_GAP = "[ \\t\u3000\u00a0\u200b\ufeff]*(?:\\n[ \\t\u3000]*)?"
"""What may stand between two characters of the words: blanks, and one end of a line."""
_NO_WORDS = re.compile(r"[^\w]+")
_ANCHOR = re.compile(r"(\{:?[^{}\n]*?#)([^\s{}#]+)")
_AS_THEY_ARE = frozenset(
    {"id", "unit_id", "unit_kind", "level", "year", "sha256", "encoding", "category", "tags", "status", "origin",
     "code", "redact", "inspection_start", "inspection_end", "feedback_date", "published", "signed_date", "start",
     "end", "date", "reviewed"}
)  # fmt: skip
"""Fields that hold no words of the notice, or only such as have a form to keep."""
_PLACES = ("province", "city", "county")


def redacted(report: Report, body: str) -> tuple[Report, str]:
    """The report and its body as they are published; `redact` itself then holds masks alone."""
    words = _words(report.redact)
    if not words:
        return report, body
    data = report.model_dump(mode="json")
    covered: dict[str, Any] = {key: _cover(key, value, words) for key, value in data.items()}
    for place in _PLACES:  # a name half masked is the name of no place
        covered[place] = data[place] if covered[place] == data[place] else None
    for phone, old in zip(_phones(covered), _phones(data), strict=True):
        phone["tel"] = old["tel"] if phone["value"] == old["value"] else None
    anchors = _renamed(report, words)
    for issue in covered["issues"]:
        issue["anchor"] = anchors[issue["anchor"]]
        issue["also_at"] = [anchors[anchor] for anchor in issue["also_at"]]
        for sub in issue["sub_issues"]:
            sub["anchor"] = anchors[sub["anchor"]]
    covered["redact"] = [MASK] * len(report.redact)
    return Report.model_validate(covered), _body(body, words, anchors)


def covered_text(text: str, redact: Iterable[str]) -> str:
    """`text` (Markdown or YAML) with `MASK` for the words; the number of its lines stays."""
    words = _words(redact)
    return _body(text, words, {}) if words else text


def in_anchor(anchor: str, redact: Iterable[str]) -> bool:
    """Whether a name that is made of a heading holds some of the words."""
    return _cover_anchor(anchor, _words(redact)) != anchor


def unfound(text: str, redact: Iterable[str]) -> list[str]:
    """Those of the words that stand nowhere in `text`: nothing is hidden by them."""
    return [entry for entry in redact if not (words := _words([entry])) or not _pattern(words).search(text)]


def _words(redact: Iterable[str]) -> tuple[str, ...]:
    """What is looked for, longest first, so that no part of longer words is left."""
    plain = {"".join(unicodedata.normalize("NFKC", entry).split()) for entry in redact}
    return tuple(sorted(plain - {""}, key=lambda word: (-len(word), word)))


def _body(body: str, words: tuple[str, ...], anchors: dict[str, str]) -> str:
    named = _ANCHOR.sub(lambda m: m[1] + anchors.get(m[2], _cover_anchor(m[2], words)), body)
    return _pattern(words).sub(lambda m: MASK + "\n" * m[0].count("\n"), named)


def _cover(key: str, value: Any, words: tuple[str, ...]) -> Any:
    if key in _AS_THEY_ARE or key in ("anchor", "also_at"):
        return value
    if isinstance(value, str):
        return _pattern(words).sub(MASK, value)
    if isinstance(value, list):
        return [_cover(key, part, words) for part in value]
    if isinstance(value, dict):
        return {_pattern(words).sub(MASK, name): _cover(name, part, words) for name, part in value.items()}
    return value


def _phones(data: dict[str, Any]) -> list[dict[str, Any]]:
    phones: list[dict[str, Any]] = (data["contacts"] or {}).get("phones", [])
    return phones


def _renamed(report: Report, words: tuple[str, ...]) -> dict[str, str]:
    """Anchor → anchor without the words; each keeps a name of its own."""
    every = report.anchors
    new = {anchor: _cover_anchor(anchor, words) for anchor in every}
    taken = {anchor for anchor in every if new[anchor] == anchor}
    for anchor in every:
        if anchor not in taken:
            name, number = new[anchor], 1
            while name in taken:
                number += 1
                name = f"{new[anchor]}-{number}"
            new[anchor] = name
            taken.add(name)
    return new


def _cover_anchor(anchor: str, words: tuple[str, ...]) -> str:
    """Anchors are made of headings without their marks."""
    return _pattern(tuple(bare for word in words if (bare := _NO_WORDS.sub("", word))), "-?").sub(
        MASK, anchor
    )


@lru_cache(64)
def _pattern(words: tuple[str, ...], gap: str = _GAP) -> re.Pattern[str]:
    return re.compile("|".join(gap.join(map(_forms, word)) for word in words) or r"(?!)", re.I)


def _forms(char: str) -> str:
    """A character as it is, in full width, escaped for Markdown, as an entity, doubled in YAML's quotes."""
    if not char.isascii():
        return re.escape(char)
    forms = [re.escape(char), chr(ord(char) + 0xFEE0)]
    if not char.isalnum():
        named = {"<": "&lt;|", ">": "&gt;|", "&": "&amp;|", "'": "''|", '"': '\\\\"|'}.get(char, "")
        return rf"(?:{named}&\#{ord(char)};|\\?{forms[0]}|{forms[1]})"
    return f"[{char}{forms[1]}]"
