"""Order and initials of Chinese names, by their pinyin."""

from __future__ import annotations

import re
from functools import cache

from pypinyin import lazy_pinyin

_COMMON = re.compile(r"(?:中国共产党|中共|共青团)+(?=.)")
"""What so many names begin with that it tells none of them apart."""


@cache
def sort_key(name: str) -> tuple[tuple[str, ...], str]:
    """Key for `sorted`: syllable by syllable of what tells the name apart (中共云岫县… stands under 云岫县…),
    then by the characters themselves."""
    own = name[found.end() :] if (found := _COMMON.match(name)) else name
    return tuple(syllable.lower() for syllable in lazy_pinyin(own)), name


def initial(name: str) -> str:
    """The letter a name stands under, A–Z; `#` for names that begin with anything else."""
    first = sort_key(name)[0][:1]
    letter = first[0][:1].upper() if first else ""
    return letter if "A" <= letter <= "Z" else "#"
