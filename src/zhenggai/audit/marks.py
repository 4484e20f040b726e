"""Text for the page: what the eye would miss or what would mislead it is written out in words."""

from __future__ import annotations

import re
import unicodedata
from itertools import groupby
from typing import NamedTuple

INVISIBLE = re.compile(r"[\s\u00ad\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\x00-\x1f\x7f-\x9f]+")
"""What conservation does not count."""
_PLAIN = frozenset(" \t\u3000")
_AS_SPACE = str.maketrans(dict.fromkeys(_PLAIN, " "))
_WORDS = {
    "Zs": "特殊空格",
    "Cf": "看不见的字符",
    "Cc": "控制符",
    "Zl": "换行符",
    "Zp": "换行符",
    "Cs": "坏字符",
}
_SHOWN = {" ": "空格", "\n": "换行", "\t": "制表符"}


class Part(NamedTuple):
    """A stretch of text as it stands, or words in place of characters that cannot be seen."""

    text: str
    named: bool = False


def _class(sign: str) -> str:
    return "" if sign in _PLAIN else _WORDS.get(unicodedata.category(sign), "")


def parts(text: str) -> tuple[Part, ...]:
    """`text` with invisible, directional and broken characters named: `〔控制符×2〕`."""
    if text.translate(_AS_SPACE).isprintable():
        return (Part(text),) if text else ()
    found = []
    for name, run in groupby(text, key=_class):
        signs = "".join(run)
        times = f"×{len(signs)}" if len(signs) > 1 else ""
        found.append(Part(f"〔{name}{times}〕", named=True) if name else Part(signs))
    return tuple(found)


def shown_words(shown: str) -> str:
    """What stands in place of a cut, in words where it is white space: a space → `空格`."""
    if not shown.strip():
        names = [_SHOWN.get(sign, "空格") for sign in shown]
        return "、".join(f"{name}×{n}" if (n := len(list(run))) > 1 else name for name, run in groupby(names))
    return plain(shown)


def plain(text: str) -> str:
    """One line of text with nothing invisible in it, for lists, attributes and file names."""
    return "".join(part.text for part in parts(re.sub(r"\s+", " ", text))).strip()


def visible(text: str) -> str:
    """The characters that a reader sees."""
    return INVISIBLE.sub("", text)


def excerpt(text: str, most: int = 60) -> str:
    """`plain(text)`, its end left off where it is longer than `most` characters."""
    text = plain(text[: most * 8])
    return text if len(text) <= most else text[:most] + "……"
