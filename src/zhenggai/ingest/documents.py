"""Documents named in 《》 with what was done, and printed figures of accountability."""

from __future__ import annotations

import re
from functools import cache

from zhenggai.ingest.patterns import one_of
from zhenggai.model import Accountability, Document
from zhenggai.rulebook import fact_rules

_BETWEEN = re.compile(r"^[、，,和及与以]{0,2}$")


@cache
def _actions() -> re.Pattern[str]:
    words = sorted({w for a in fact_rules().document_actions for w in a.words}, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words)))


@cache
def _action_of() -> dict[str, str]:
    return {word: a.action for a in fact_rules().document_actions for word in a.words}


def find_documents(text: str) -> tuple[Document, ...]:
    """Documents in order of first mention; one entry a name, with the first action that is said."""
    found: dict[str, str | None] = {}
    last_end, last_action = -1, None
    for start, end in _titles(text):
        name = text[start + 1 : end - 1].strip()
        if not name or len(name) > 120 or "\n" in name:
            continue
        action = last_action if last_end >= 0 and _BETWEEN.match(text[last_end:start]) else _said(text, start)
        found[name] = found.get(name) or action
        last_end, last_action = end, action
    return tuple(Document(name=name, action=action) for name, action in found.items())


def _titles(text: str) -> list[tuple[int, int]]:
    """Spans of 《…》, the outermost of nested ones."""
    spans: list[tuple[int, int]] = []
    depth = start = 0
    for match in re.finditer(r"[《》]", text):
        if match[0] == "《":
            if depth == 0:
                start = match.start()
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0:
                spans.append((start, match.end()))
    return spans


def _said(text: str, start: int) -> str | None:
    before = re.split(r"[。；！？\n》]", text[max(0, start - 24) : start])[-1]
    hits = [*_actions().finditer(before)]
    return _action_of()[hits[-1][0]] if hits else None


@cache
def _figures() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((f.field, one_of(f.patterns)) for f in fact_rules().accountability)


def find_accountability(text: str) -> Accountability | None:
    """The first printed figure of each kind; nothing is added up."""
    values: dict[str, int | str] = {}
    for field, pattern in _figures():
        for match in pattern.finditer(text):
            printed = next(g for g in match.groups() if g)
            if field == "money_returned":
                values[field] = printed
            else:
                values[field] = int(
                    printed.translate(str.maketrans("０１２３４５６７８９", "0123456789")).replace(",", "")
                )
            break
    return Accountability.model_validate(values) if values else None
