"""What a heading says: section kinds, problem frames, labels, problem words.

The wordings themselves are data (rules/structure.yaml); this module compiles
them once and answers questions about one heading.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from zhenggai.ingest.folding import holds_any
from zhenggai.ingest.patterns import first_signs, one_of
from zhenggai.rulebook import LabelRole, structure_rules

OPENING, CLOSING = "“「『", "”」』"
ASKED = 1024
"""Answers kept: several stages ask the same of one heading, and a notice has some hundred."""
_TRIM = " \t\u3000。.．；;：:，,、！!"


@dataclass(frozen=True, slots=True)
class Frame:
    """The frame that a text begins with: 关于“…”的问题."""

    rule: str
    problem: str
    """The wording inside the frame."""
    start: int
    end: int
    """Offset behind the frame and one stop that closes it."""


@cache
def _frame_patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    rules = structure_rules()
    out = []
    for frame in rules.frames:
        source = frame.pattern.replace("{tail}", rules.frame_tail)
        if "{p}" in source:  # a plain frame has no closing quotation mark: it must end where the clause ends
            source = (
                source.replace("{p}", r"(?P<q>[^。；;：:！？\n]{3,90}?)")
                + r"(?=[。．；;：:，,！（(【〔\s]|$|一是|已|目前)"
            )
        else:
            source = source.replace("{q}", r"(?P<q>.{2,400}?)")
        out.append((frame.id, re.compile(source)))
    return tuple(out)


@cache
def _frame_signs() -> frozenset[str]:
    """What a frame begins with."""
    return first_signs(re.sub(r"\{\w+\}", "", frame.pattern) for frame in structure_rules().frames)


@cache
def _aheads() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """What may stand ahead of a frame, with the rule that allows it."""
    return tuple((frame.id, re.compile(frame.ahead)) for frame in structure_rules().frames if frame.ahead)


def read_heading_frame(text: str, start: int) -> Frame | None:
    """The frame of a heading, which may say first what was done."""
    if frame := read_frame(text, start):
        return frame
    for rule, ahead in _aheads():
        if (match := ahead.match(text, start)) and (frame := read_frame(text, match.end(), only=rule)):
            return frame
    return None


_INNER = 8
"""Quotations inside a frame that are looked past; noise has hundreds, and each takes a pattern of its own."""


@lru_cache(512)
def _longer(pattern: str, least: int) -> re.Pattern[str]:
    """The same frame around at least so many characters."""
    return re.compile(pattern.replace("{2,400}?", f"{{{least},400}}?"))


def read_frame(text: str, start: int = 0, only: str = "") -> Frame | None:
    """The frame at `text[start:]`, or None. `only` limits to rules whose id begins so."""
    if text[start : start + 1] not in _frame_signs():
        return None
    for rule, pattern in _frame_patterns():
        if only and not rule.startswith(only):
            continue
        match = pattern.match(text, start)
        for _ in range(_INNER):
            if not match or _balanced(match["q"]):
                break
            # the first ”的问题 belongs to an inner quotation: look for the next end
            match = _longer(pattern.pattern, len(match["q"]) + 1).match(text, start)
        if match and _balanced(match["q"]):
            end = match.end()
            while end < len(text) and text[end] in "。.．：:；;":
                end += 1
            return Frame(rule, match["q"].strip(_TRIM), start, end)
    return None


def _balanced(text: str) -> bool:
    depth = 0
    for c in text:
        if c in OPENING:
            depth += 1
        elif c in CLOSING:
            depth -= 1
            if depth < 0 and "”“" not in text:
                return False
    return depth == 0


@cache
def _labels() -> tuple[re.Pattern[str], dict[str, LabelRole], frozenset[str]]:
    """What a label looks like, the role of each, and what one begins with."""
    roles = {word: rule.role for rule in structure_rules().labels for word in rule.words}
    words = "|".join(sorted(map(re.escape, roles), key=len, reverse=True))
    signs = frozenset([*"【[（(〔", *(word[0] for word in roles)])
    return re.compile(rf"[【\[（(〔]?\s*({words})\s*([】\]）)〕]\s*[：:]?|[：:]|$|(?=[|｜\t]))"), roles, signs


@dataclass(frozen=True, slots=True)
class Label:
    """整改措施： and the like at the head of a text."""

    role: LabelRole
    length: int


def read_label(text: str) -> Label | None:
    """The label that `text` begins with, or None."""
    pattern, roles, signs = _labels()
    match = pattern.match(text) if text[:1] in signs or text[:1].isspace() else None
    if not match:
        return None
    end = match.end()
    while end < len(text) and text[end] in " \t\u3000":
        end += 1
    return Label(roles[match[1]], end)


def label_words(role: LabelRole) -> tuple[str, ...]:
    """All words of one role."""
    return tuple(word for rule in structure_rules().labels if rule.role == role for word in rule.words)


@cache
def _sections() -> tuple[tuple[str, tuple[str, ...], re.Pattern[str], re.Pattern[str] | None], ...]:
    return tuple(
        (
            rule.kind,
            rule.needs,
            one_of(rule.patterns),
            one_of(rule.not_patterns) if rule.not_patterns else None,
        )
        for rule in structure_rules().sections
    )


@lru_cache(ASKED)
def section_kind(heading: str) -> str | None:
    """What kind of section a heading opens (`issues`, `organisation`, `outlook` …), or None."""
    for kind, needs, pattern, spared in _sections():
        if needs and not holds_any(heading, needs):
            continue
        if pattern.search(heading) and not (spared and spared.search(heading)):
            return kind
    return None


@cache
def group_status() -> dict[str, str]:
    """Section kinds whose heading gives all their problems a status."""
    return {rule.kind: rule.status for rule in structure_rules().sections if rule.status}


@cache
def _problem_words() -> re.Pattern[str]:
    words = structure_rules().problem_words
    clause_end = "|".join(words.clause_end.patterns)
    return one_of([*words.anywhere.patterns, rf"(?:{clause_end})(?=[，,。；;、！”’）)：:\s]|$)"])


@cache
def _measure_start() -> re.Pattern[str]:
    return re.compile("(?:" + "|".join(structure_rules().measure_starts.patterns) + ")")


@lru_cache(ASKED)
def names_problem(sentence: str) -> bool:
    """Whether a heading sentence is worded as a problem.

    A sentence that begins like a measure and is long is a measure even if it
    mentions what was not in order.
    """
    if not _problem_words().search(sentence):
        return False
    if _measure_start().match(sentence):
        clauses = re.split(r"[，,；;]", sentence)
        return len(sentence) <= 60 and bool(
            _problem_words().search(clauses[-1]) or _problem_words().search(clauses[0])
        )
    return True


def starts_like_measure(sentence: str) -> bool:
    """Whether a sentence begins with a verb of putting right (完善, 召开 …)."""
    return bool(_measure_start().match(sentence))


_STOP = re.compile(r"[。！？!?]|[.．](?=[一-鿿“‘《（(])(?<!\d[.．])|；(?=一是)|[：:](?=一是|针对[“\"])")


@cache
def _cues() -> re.Pattern[str]:
    return one_of(structure_rules().body_cues)


_SHORTEST = 4
"""No problem is worded in fewer characters."""


@lru_cache(ASKED)
def first_sentence(text: str) -> int:
    """Offset behind the first sentence of `text` (its stop included)."""
    match = _STOP.search(text)
    end = match.end() if match else len(text)
    dash = text.find("——", _SHORTEST, end)
    if dash > 0 and (text.startswith("一是", dash + 2) or names_problem(text[:dash])):
        return dash  # 台账不清——一是逐册核对…
    cue = _cues().search(text, 2, end)
    if cue and cue.start() > 3 and text[cue.start() - 1] in "，,：:；; \u3000":
        return cue.start()
    return end


def has_body_cue(text: str) -> bool:
    """Whether `text` tells what was done (一是…, 整改情况：, 目前 …)."""
    return bool(_cues().search(text))
