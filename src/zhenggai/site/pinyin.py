"""Order and initials of Chinese names, by their pinyin."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from zhenggai.readings import syllables

_COMMON = re.compile(r"(?:中国共产党|中共|共青团)+(?=.)")
"""What so many names begin with that it tells none of them apart."""


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
    read = syllables(text)
    lettered = bool(read) and "a" <= read[0][:1] <= "z"
    return tuple(read if lettered else ["~", *read]), text


def initial(name: str, key: Callable[[str], tuple[tuple[str, ...], str]] = sort_key) -> str:
    """The letter a name stands under in the order of `key`, A–Z; `#` for names that begin with anything else."""
    first = key(name)[0][:1]
    letter = first[0][:1].upper() if first else ""
    return letter if "A" <= letter <= "Z" else "#"
