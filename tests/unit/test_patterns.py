"""Rewritten wordings match what the written ones match, in the same order."""

from __future__ import annotations

import re

import pytest

from zhenggai.ingest import patterns
from zhenggai.rulebook import contact_rules, fact_rules, structure_rules


@pytest.mark.parametrize(
    ("written", "heads"),
    [
        ("(已|均已)(完成|销号)", ["已(完成|销号)", "均已(完成|销号)"]),
        ("[清归]零|a", ["清零", "归零", "a"]),
        ("(?:目前)?(?:还|仍)存在", ["目前(?:还|仍)存在", "还存在", "仍存在"]),
        ("(a(b|c)|[ef]g)?h", ["a(b|c)h", "egh", "fgh", "h"]),
        ("(?:|a)b", ["b", "ab"]),
    ],
)
def test_heads_are_written_out(written: str, heads: list[str]) -> None:
    assert patterns.plain_heads(written) == heads


@pytest.mark.parametrize(
    "written",
    [
        "(a|b)+c",
        "(?:a|b){2}",
        "(?:a|b)??c",
        "(?<!x)a",
        "(?i:x)a",
        "[a-z]b",
        "[^ab]c",
        "[ab]+c",
        "[|]a",
        r"\(a",
    ],
)
def test_what_cannot_be_written_out_stays(written: str) -> None:
    assert patterns.plain_heads(written) == [written]


@pytest.mark.parametrize("written", ["(?P<n>a|b)c", r"(a|b)\1"])
def test_a_group_that_is_asked_for_stands_once(written: str) -> None:
    assert patterns.plain_heads(written) == [f"(?:{written})"]


def tables() -> list[tuple[str, ...]]:
    structure = structure_rules()
    return [
        *(rule.patterns for rule in structure.sections),
        *(rule.not_patterns for rule in structure.sections if rule.not_patterns),
        structure.problem_words.anywhere.patterns,
        structure.body_cues,
        contact_rules().invitations,
        contact_rules().strangers,
        *(rule.patterns for rule in fact_rules().accountability),
    ]


def test_rules_match_the_same_as_written() -> None:
    structure = structure_rules()
    texts = [
        *(text for rule in structure.sections for text in (*rule.examples, *rule.counter_examples)),
        *(text for rule in fact_rules().accountability for text in (*rule.examples, *rule.counter_examples)),
        *contact_rules().heading_examples,
    ]
    joined = "。".join(texts)
    for table in tables():
        written = re.compile("|".join(f"(?:{pattern})" for pattern in table))
        made = patterns.one_of(table)
        for text in (*texts, joined):
            assert [m.span() for m in made.finditer(text)] == [m.span() for m in written.finditer(text)], (
                table
            )


def test_first_signs_must_be_plain() -> None:
    assert patterns.first_signs(["(?:关于|对)x", "针对"]) == frozenset("关对针")
    for written in ("[^a]b", "对?于", "是{0,1}的", "ab|c?d", "c*d", "a|"):
        with pytest.raises(ValueError, match="plain"):
            patterns.first_signs([written])
