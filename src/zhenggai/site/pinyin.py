"""Order and initials of Chinese names, by their pinyin; how each character of a name is read.

To read a name takes a sixth of a millisecond, and an archive names tens of thousands, so what
was read is remembered from build to build. pypinyin takes a third of a second to be imported:
only who reads a new name pays.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections.abc import Callable
from functools import cache
from importlib.metadata import version

from zhenggai.kept import Kept

_COMMON = re.compile(r"(?:中国共产党|中共|共青团)+(?=.)")
"""What so many names begin with that it tells none of them apart."""


_readings: dict[str, list[str]] = {}
"""Syllables by text."""
_characters: dict[str, list[str]] = {}
"""By text, one for each character of it."""


def recall(kept: Kept) -> int:
    """Take over how names were read in earlier builds; how many are known now."""
    if data := kept.load(_kept_as()):
        for known, read in zip((_readings, _characters), json.loads(data), strict=True):
            known.update(read)
    return len(_readings) + len(_characters)


def remember(kept: Kept, before: int) -> None:
    """Keep how names were read, if there are more than `before`."""
    if len(_readings) + len(_characters) > before:
        kept.save(_kept_as(), json.dumps([_readings, _characters]).encode())


def _kept_as() -> str:
    return hashlib.sha256(f"3 {version('pypinyin')} {sys.version}".encode()).hexdigest()[:40]


@cache
def sort_key(name: str) -> tuple[tuple[str, ...], str]:
    """Key for `sorted`: syllable by syllable of what tells the name apart (中共云岫县… stands under 云岫县…),
    then by the characters themselves."""
    return plain_key(name[found.end() :] if (found := _COMMON.match(name)) else name)[0], name


@cache
def plain_key(text: str) -> tuple[tuple[str, ...], str]:
    """The same for what is no name of a unit, from its first character on.

    What begins with neither Chinese nor Latin (***县, ○○区) stands after Z, all of it together.
    """
    syllables = _readings.get(text)
    if syllables is None:
        from pypinyin import lazy_pinyin

        syllables = _readings[text] = [sys.intern(syllable.lower()) for syllable in lazy_pinyin(text)]
    lettered = bool(syllables) and "a" <= syllables[0][:1] <= "z"
    return tuple(syllables if lettered else ["~", *syllables]), text


def initial(name: str, key: Callable[[str], tuple[tuple[str, ...], str]] = sort_key) -> str:
    """The letter a name stands under in the order of `key`, A–Z; `#` for names that begin with anything else."""
    first = key(name)[0][:1]
    letter = first[0][:1].upper() if first else ""
    return letter if "A" <= letter <= "Z" else "#"


def by_character(text: str) -> list[str]:
    """A syllable for each character; a character that is not read stands for itself."""
    known = _characters.get(text)
    if known is None:
        from pypinyin import lazy_pinyin

        known = lazy_pinyin(text, errors=list)  # type: ignore[arg-type] # a list is taken as several answers
        _characters[text] = known
    return known
