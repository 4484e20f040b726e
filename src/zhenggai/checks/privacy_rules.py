"""rules/privacy.yaml: what must not go out unseen, as patterns with examples and counter-examples."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from zhenggai.rulebook import Rule, load


class PrivacyRule(Rule):
    """One kind of private words. A group `what` in a pattern is what is meant, else all of it."""

    code: str
    name: str
    """What a clerk reads."""
    shown: Literal["number", "name", "place"]
    """How a message hints at it without giving it away."""
    proof: Literal["identity", "card"] | None = None
    """An arithmetic that what is found must pass, besides its form."""
    contact: bool = False
    """What the notice prints among its contacts is meant to be public."""
    needs: str
    """A quick look: a text without this (a pattern) cannot match."""
    patterns: tuple[str, ...]
    """`{name}` and the like are put in from `words`."""
    not_patterns: tuple[str, ...] = ()
    """What is found is none of the kind where one of these matches the whole of it."""
    examples: tuple[str, ...] = ()
    """`{digits}` stands for a number that passes the proof: no such number is written down."""
    counter_examples: tuple[str, ...] = ()


class PrivacyRules(Rule):
    """rules/privacy.yaml."""

    words: dict[str, str]
    rules: tuple[PrivacyRule, ...]


@cache
def privacy_rules() -> PrivacyRules:
    """The table."""
    return load("privacy.yaml", PrivacyRules)


@cache
def compiled() -> tuple[tuple[PrivacyRule, re.Pattern[str], re.Pattern[str], re.Pattern[str]], ...]:
    """Each rule with its quick look, its patterns and what it spares, ready to use."""
    table = privacy_rules()

    def joined(patterns: tuple[str, ...]) -> re.Pattern[str]:
        text = "|".join(f"(?:{pattern})" for pattern in patterns) or r"(?!)"
        for name, words in reversed(table.words.items()):
            text = text.replace(f"{{{name}}}", words)
        return re.compile(_numbered(text))

    return tuple((r, re.compile(r.needs), joined(r.patterns), joined(r.not_patterns)) for r in table.rules)


def _numbered(pattern: str) -> str:
    """Python knows each group's name once: `what` in several alternatives becomes what1, what2 …"""
    count = 0

    def name(match: re.Match[str]) -> str:
        nonlocal count
        count += 1
        return f"(?P<what{count}>"

    return re.sub(r"\(\?P<what>", name, pattern)
