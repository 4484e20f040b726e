"""Payment walls, previews and offers, known by what they speak of and not by their wording.

A teaser speaks of the text itself as goods (本文, 余下内容, 前三页) and of paying, of
members, or of a button to press. Notices use each of these words; together, in a
line that is no sentence of theirs, they do not.
"""

from __future__ import annotations

import re
from functools import cache

from zhenggai.ingest.folding import holds_any
from zhenggai.ingest.patterns import one_of
from zhenggai.rulebook import boilerplate


@cache
def _kinds() -> dict[str, re.Pattern[str]]:
    return {kind: one_of(words) for kind, words in boilerplate().teasers.kinds.items()}


def kinds(folded: str) -> frozenset[str]:
    """What a folded text speaks of: the keys of the table; empty for notices' words."""
    if holds_any(folded, boilerplate().guard_words):
        return frozenset()
    return frozenset(kind for kind, pattern in _kinds().items() if pattern.search(folded))


def is_marked_teaser(folded: str) -> bool:
    """Whether words between ornaments (※…※, >>>…<<<, 〔…〕) are a teaser."""
    return len(kinds(folded)) > 1


def is_bracketed_teaser(folded: str) -> bool:
    """Whether words between brackets that notices use themselves are one; they must say more."""
    found = kinds(folded)
    return "text" in found and bool(found & {"pay", "member"}) and len(found) > 2


def is_teaser(folded: str) -> bool:
    """Whether a line without ornaments is one."""
    table = _kinds()
    if len(folded) > 70 or not (table["text"].search(folded) or table["press"].search(folded)):
        return False
    if not (table["member"].search(folded) or table["pay"].search(folded)):
        return False
    found = kinds(folded)
    return ("text" in found and len(found) > 2) or ("piece" in found and "press" in found)
