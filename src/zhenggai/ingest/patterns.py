"""Wordings of the rule tables, joined so that `re` finds them quickly.

`re` jumps to where an alternation can begin only if each of its alternatives begins with a
plain character; otherwise it tries all of them at every character of a text. People write
`(已|均已)(完成|销号)` and `[清归]零`: here these become `已(完成|销号)|均已(完成|销号)` and `清零|归零`.
The same is tried in the same order, so that what matches stays the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_MOST = 64
"""Alternatives that one pattern may become; what would be more is left as it is written."""
_HEAD = re.compile(r"\((?:\?:)?(?![?*])|\[(?P<set>[^\]\[\\^-]{2,8})\](?![?*+{])")
_GROUP_END = re.compile(r"\)(?P<maybe>\?(?![?+]))?(?![?*+{])")


def one_of(patterns: Iterable[str], flags: int = 0) -> re.Pattern[str]:
    """A pattern that matches what the first of `patterns` matches that matches; its groups have no numbers to rely on."""
    return re.compile("|".join(plain for pattern in patterns for plain in plain_heads(pattern)), flags)


def plain_heads(pattern: str) -> list[str]:
    """Patterns that match, tried in order, the same as `pattern`, as many as can be with a plain first character."""
    if "(?P" in pattern or re.search(r"\\\d", pattern):  # a group that is asked for can stand only once
        return [f"(?:{pattern})"]
    found = [head for alternative in _alternatives(pattern) for head in _opened(alternative)]
    return found if len(found) <= _MOST else [f"(?:{pattern})"]


def first_signs(patterns: Iterable[str]) -> frozenset[str]:
    """The characters that texts begin with which the patterns match; all of them must have plain heads."""
    heads = [head for pattern in patterns for head in plain_heads(pattern)]
    plain = (head[:1].isalnum() or head[:1] in tuple('“「『"') for head in heads)
    if not all(plain) or any(head[1:2] in tuple("?*{") for head in heads):
        raise ValueError(f"not all begin with a plain character: {heads}")
    return frozenset(head[0] for head in heads)


def _opened(pattern: str) -> list[str]:
    """One alternative with the group or the set that it begins with written out."""
    head = _HEAD.match(pattern)
    if not head:
        return [pattern]
    if head["set"]:
        return [re.escape(sign) + pattern[head.end() :] for sign in head["set"]]
    stop = _closing(pattern)
    end = _GROUP_END.match(pattern, stop)
    if not end:
        return [pattern]
    rest = pattern[end.end() :]
    inner = [first + rest for one in _alternatives(pattern[head.end() : stop]) for first in _opened(one)]
    return [*inner, *_opened(rest)] if end["maybe"] else inner


def _alternatives(pattern: str) -> list[str]:
    """What stands between the bars of a pattern that are in no group and no set."""
    bars = [at for at, sign, depth in _signs(pattern) if sign == "|" and not depth]
    return [
        pattern[start:end] for start, end in zip([0, *(at + 1 for at in bars)], [*bars, None], strict=True)
    ]


def _closing(pattern: str) -> int:
    """Where the group ends that a pattern begins with."""
    return next(at for at, sign, depth in _signs(pattern) if sign == ")" and not depth)


def _signs(pattern: str) -> Iterable[tuple[int, str, int]]:
    """(offset, sign, open groups behind it) of each bar and each bracket of a group."""
    depth = 0
    for token in re.finditer(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|[()|]", pattern, re.S):
        if token[0] in "()|":
            depth += {"(": 1, ")": -1, "|": 0}[token[0]]
            yield token.start(), token[0], depth
