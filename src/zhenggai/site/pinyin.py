"""Order and initials of Chinese names, by their pinyin."""

from __future__ import annotations

from functools import cache

from pypinyin import lazy_pinyin


@cache
def sort_key(name: str) -> tuple[tuple[str, ...], str]:
    """Key for `sorted`: syllable by syllable, then by the characters themselves."""
    return tuple(syllable.lower() for syllable in lazy_pinyin(name)), name


def initial(name: str) -> str:
    """The letter a name stands under, A–Z; `#` for names that begin with anything else."""
    first = sort_key(name)[0][:1]
    letter = first[0][:1].upper() if first else ""
    return letter if "A" <= letter <= "Z" else "#"
