"""rules/structure.yaml, status.yaml, facts.yaml: every row matches its examples and spares the rest."""

from __future__ import annotations

import re

import pytest

from zhenggai.ingest import wording
from zhenggai.ingest.status import status_of
from zhenggai.rulebook import fact_rules, status_rules, structure_rules

SECTIONS = structure_rules().sections
FRAMES = structure_rules().frames
WORDS = structure_rules().problem_words


@pytest.mark.parametrize(("kind", "heading"), [(s.kind, e) for s in SECTIONS for e in s.examples])
def test_section_example(kind: str, heading: str) -> None:
    assert wording.section_kind(heading) == kind


@pytest.mark.parametrize(("kind", "heading"), [(s.kind, e) for s in SECTIONS for e in s.counter_examples])
def test_section_counter_example(kind: str, heading: str) -> None:
    assert wording.section_kind(heading) != kind


@pytest.mark.parametrize("example", [e for f in FRAMES for e in f.examples])
def test_frame_takes_its_whole_example(example: str) -> None:
    frame = wording.read_heading_frame(example, 0)
    assert frame is not None
    assert frame.end == len(example)
    assert frame.problem in example
    assert "问题" not in frame.problem
    assert "关于" not in frame.problem


@pytest.mark.parametrize("example", [e for f in FRAMES for e in f.counter_examples])
def test_frame_spares_its_counter_example(example: str) -> None:
    assert wording.read_heading_frame(example, 0) is None


def test_frame_ends_at_its_own_quotation_mark() -> None:
    frame = wording.read_frame("关于“对“四风”问题整治流于表面”的问题。一是召开会议")
    assert frame is not None
    assert frame.problem == "对“四风”问题整治流于表面"


@pytest.mark.parametrize("words", [*WORDS.anywhere.examples, *WORDS.clause_end.examples])
def test_problem_words(words: str) -> None:
    assert wording.names_problem(words)


@pytest.mark.parametrize("words", [*WORDS.anywhere.counter_examples, *WORDS.clause_end.counter_examples])
def test_words_that_name_no_problem(words: str) -> None:
    assert not wording.names_problem(words)


@pytest.mark.parametrize("words", structure_rules().measure_starts.examples)
def test_measure_starts(words: str) -> None:
    assert wording.starts_like_measure(words)


@pytest.mark.parametrize("words", structure_rules().measure_starts.counter_examples)
def test_not_measure_starts(words: str) -> None:
    assert not wording.starts_like_measure(words)


@pytest.mark.parametrize(
    ("status", "words"), [(r.status, e) for r in status_rules().statuses for e in r.examples]
)
def test_status_example(status: str, words: str) -> None:
    assert status_of([words]) == status


@pytest.mark.parametrize(
    ("status", "words"), [(r.status, e) for r in status_rules().statuses for e in r.counter_examples]
)
def test_status_counter_example(status: str, words: str) -> None:
    assert status_of([words]) != status


def test_label_outweighs_sentences() -> None:
    assert status_of(["整改措施：设备采购正在推进。完成情况：已完成"]) == "completed"


def test_one_open_part_keeps_a_problem_open() -> None:
    assert status_of(["主楼已整改到位，附楼正在整改。"]) == "in-progress"


def test_last_word_on_the_problem_decides() -> None:
    assert status_of(["期间有两处正在整改。此问题已整改完成。"]) == "completed"


@pytest.mark.parametrize("figure", fact_rules().accountability, ids=lambda f: f.field)
def test_accountability_figures(figure: object) -> None:
    patterns = re.compile("|".join(f"(?:{p})" for p in figure.patterns))  # type: ignore[attr-defined]
    for example in figure.examples:  # type: ignore[attr-defined]
        assert patterns.search(example), example
    for example in figure.counter_examples:  # type: ignore[attr-defined]
        assert not patterns.search(example), example


@pytest.mark.parametrize(
    "text", ["关于反馈“值班记录补登的问题。", "针对“值班”“记录的问题", "关于" + "“甲”的问题" * 300]
)
def test_quotation_marks_that_never_close_end_the_search(text: str) -> None:
    """It once went on for ever: found by scripts/fuzz.py."""
    frame = wording.read_frame(text)
    assert frame is None or frame.end <= len(text)
