"""What does not fit together is noted for a person, and nothing else is."""

from __future__ import annotations

import pytest

from zhenggai.ingest.contradictions import find_contradictions
from zhenggai.ingest.counts import Counts
from zhenggai.ingest.inspection import Inspection
from zhenggai.ingest.outline import outline
from zhenggai.ingest.pieces import Piece
from zhenggai.ingest.problem import Problem
from zhenggai.ingest.problems import problems


def two_problems() -> list[Problem]:
    texts = ["一、关于“台账不清”问题的整改情况", "已补录。", "二、关于“值班松散”问题的整改情况", "已排班。"]
    return problems(outline([Piece(no, text) for no, text in enumerate(texts, 1)]), None)


def inspection(start: str | None = None, feedback: str | None = None) -> Inspection:
    return Inspection(None, None, None, start, None, feedback, ())


def codes(counts: Counts, seen: Inspection | None = None) -> list[str]:
    return [r.code for r in find_contradictions(two_problems(), counts, seen or inspection())]


def test_what_fits_is_not_noted() -> None:
    assert codes(Counts(2, 1, "50%"), inspection("2023-03-01", "2023-06-01")) == []
    assert codes(Counts()) == []


def test_stated_total_against_the_list() -> None:
    assert codes(Counts(3)) == ["count-mismatch"]


@pytest.mark.parametrize(
    ("rate", "noted"),
    [("50％", False), ("５０.0%", False), ("49.5%", False), ("80%", True), ("百分之八十", False)],
)
def test_rate_against_counts(rate: str, noted: bool) -> None:
    assert ("rate-mismatch" in codes(Counts(2, 1, rate))) == noted


@pytest.mark.parametrize(
    ("start", "feedback", "noted"),
    [
        ("2022-XX-XX", "2019-07-16", True),
        ("2022-05-XX", "2022-XX-16", False),
        ("2022-05-10", "2022-05-09", True),
    ],
)
def test_feedback_before_the_inspection(start: str, feedback: str, noted: bool) -> None:
    assert ("feedback-before-inspection" in codes(Counts(), inspection(start, feedback))) == noted


def test_no_problem_found() -> None:
    assert [r.code for r in find_contradictions([], Counts(4), inspection())] == ["no-problems"]
