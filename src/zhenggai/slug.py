"""Names in addresses: ASCII slugs of Chinese names, readable Chinese anchors of headings."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache

from zhenggai import readings

LONGEST_SLUG = 60
LONGEST_ANCHOR = 24

_HAN = "\u3400-\u4dbf\u4e00-\u9fff"
_PIECES = re.compile(rf"[{_HAN}]+|[A-Za-z0-9]+")
_NOT_SLUG = re.compile(r"[^a-z0-9]+")
"""What is left of a reading that is none: characters too rare to have one."""
_NOT_ANCHOR = re.compile(rf"[^A-Za-z0-9{_HAN}]+")
_WORD_ENDS = re.compile(
    r"(?<=[省市州盟县区旗镇乡])(?=[^场政民容域村划])|(?=委员会|党组|党委|人民法院|人民检察院|人民政府|街道|医院|中学|小学|学院|大学|公司)|(?<=共青团)(?=.)"
)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]


@lru_cache(maxsize=8192)
def slug(text: str) -> str:
    """An ASCII slug of at most 60 characters, never empty, the same on every machine.

    共青团石家庄市新华区委员会 → gongqingtuan-shijiazhuangshi-xinhuaqu-weiyuanhui.
    What would be longer is cut at a word and closed by eight digits of a hash, so
    that two long names never meet; a text without letters is its hash alone.
    """
    text = unicodedata.normalize("NFKC", text)
    words: list[str] = []
    for piece in _PIECES.findall(text):
        if piece.isascii():
            words.append(piece.lower())
        else:
            words += ["".join(readings.syllables(word)) for word in _WORD_ENDS.split(piece) if word]
    words = [kept for word in words if (kept := _NOT_SLUG.sub("", word))]
    if not words:
        return _digest(text)
    whole = "-".join(words)
    if len(whole) <= LONGEST_SLUG:
        return whole
    room = LONGEST_SLUG - 9
    kept = whole[: room + 1].rpartition("-")[0] or whole[:room]
    return f"{kept}-{_digest(text)}"


def anchor(heading: str, taken: set[str]) -> str:
    """A Chinese anchor of the heading's own words, unique in `taken`, which it joins.

    At most 24 letters, digits and Han characters, then -2, -3 for a repetition:
    safe in an address, in `{#…}` of attr_list and as an element's id. A heading
    of digits alone, or of none of these, gets 问题 in front.
    """
    words = _NOT_ANCHOR.sub("", unicodedata.normalize("NFKC", heading))[:LONGEST_ANCHOR]
    if not words or words.isdigit():
        words = f"问题{words}"[:LONGEST_ANCHOR]
    made, count = words, 1
    while made in taken:
        count += 1
        made = f"{words}-{count}"
    taken.add(made)
    return made
