"""Where a title may be broken over lines: between its phrases, not inside 整改.

Browsers break Chinese anywhere. On a phone a title takes three or four lines, and
half of its words would be cut in two. The rules are data: `rules/phrases.yaml`.
"""

from __future__ import annotations

import re
from functools import cache

from markupsafe import Markup, escape

from zhenggai.rulebook import Rule, load


class BreakRule(Rule):
    """One place to break: what stands before it and what follows, as regular expressions."""

    after: str
    before: str
    examples: tuple[str, ...]
    """With a `|` at each place that this rule finds."""
    counter_examples: tuple[str, ...]

    def places(self, text: str) -> set[int]:
        """Numbers of characters after which a line may end."""
        found = re.finditer(rf"(?=((?:{self.after})(?={self.before})))", text)
        return {match.end(1) for match in found}


class Phrases(Rule):
    """The whole table."""

    breaks: tuple[BreakRule, ...]


@cache
def table() -> Phrases:
    """Read once per process."""
    return load("phrases.yaml", Phrases)


def cut(text: str) -> list[str]:
    """`text` in pieces that should stay whole; joined they are the text again."""
    places = sorted(set().union(*(rule.places(text) for rule in table().breaks)) - {0, len(text)})
    return [text[start:end] for start, end in zip([0, *places], [*places, len(text)], strict=True)]


@cache
def phrases(text: str) -> Markup:
    """For a template: `text` with `<wbr>` between its phrases; the style sheet lets lines end nowhere else."""
    return Markup("<wbr>").join(escape(piece) for piece in cut(text))
