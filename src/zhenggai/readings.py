"""How names are read: their pinyin, remembered from run to run.

To read a name takes a sixth of a millisecond, and an archive names tens of thousands, so what
was read is remembered. pypinyin takes a third of a second to be imported: only who reads a new
name pays.
"""

from __future__ import annotations

import hashlib
import json
import sys
from importlib.metadata import version

from zhenggai.kept import Kept

_syllables: dict[str, list[str]] = {}
"""By text."""
_characters: dict[str, list[str]] = {}
"""By text, one for each character of it."""


def recall(kept: Kept) -> int:
    """Take over how names were read in earlier runs; how many are known now."""
    if data := kept.load(_kept_as()):
        for known, read in zip((_syllables, _characters), json.loads(data), strict=True):
            known.update(read)
    return len(_syllables) + len(_characters)


def remember(kept: Kept, before: int) -> None:
    """Keep how names were read, if there are more than `before`."""
    if len(_syllables) + len(_characters) > before:
        kept.save(_kept_as(), json.dumps([_syllables, _characters]).encode())


def _kept_as() -> str:
    return hashlib.sha256(f"4 {version('pypinyin')} {sys.version}".encode()).hexdigest()[:40]


def syllables(text: str) -> list[str]:
    """Its syllables in small letters, ü written v; what is not read stands as it is, a run of it as one."""
    known = _syllables.get(text)
    if known is None:
        from pypinyin import lazy_pinyin

        known = _syllables[text] = [sys.intern(syllable.lower()) for syllable in lazy_pinyin(text)]
    return known


def by_character(text: str) -> list[str]:
    """A syllable for each character; a character that is not read stands for itself."""
    known = _characters.get(text)
    if known is None:
        from pypinyin import lazy_pinyin

        known = lazy_pinyin(text, errors=list)  # type: ignore[arg-type] # a list is taken as several answers
        _characters[text] = known
    return known
