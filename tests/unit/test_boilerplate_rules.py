"""Every row of rules/boilerplate.yaml keeps its promises, alone and among all the others."""

from __future__ import annotations

import re
import time
import unicodedata

import pytest

from zhenggai.ingest.adverts import inline_rules, line_rules
from zhenggai.ingest.clean import clean
from zhenggai.ingest.folding import core, fold
from zhenggai.ingest.meta_lines import read_meta_line
from zhenggai.ingest.teasers import is_teaser
from zhenggai.ingest.text import Cleaned, Decoded, Line
from zhenggai.rulebook import boilerplate

RULES = boilerplate().rules
BEFORE = [
    "云岫县档案馆关于巡察整改进展情况的通报",
    "根据县委统一部署，2031年3月2日至4月1日，县委第三巡察组对县档案馆党支部进行了巡察，现将整改进展情况予以公布。",
    "一、关于“库房管理不严”问题的整改情况",
    "已修订库房管理制度，安排专人每日登记温湿度，并于四月底前完成了全部旧卷的清点和编目工作。",
]
AFTER = [
    "二、关于“学习不经常”问题的整改情况",
    "支部每月集中学习一次，记录完整，由支部书记审阅签字后归档，年底前接受机关工委的检查和评议。",
]


def cleaned(*lines: str) -> Cleaned:
    """A small notice with the lines in its middle."""
    texts = [*BEFORE, *lines, *AFTER]
    return clean(Decoded("a.txt", "0" * 64, "utf-8", tuple(Line(i, t) for i, t in enumerate(texts, 1))))


def middle(*lines: str) -> list[str]:
    """What the reader sees of those lines."""
    return [line.text for line in cleaned(*lines).lines[len(BEFORE) : len(BEFORE) + len(lines)]]


EXAMPLES = [(row.id, row.scope, text) for row in RULES for text in row.examples]
COUNTER = [(row.id, text) for row in RULES for text in row.counter_examples]
ALL_COUNTER = [
    *(text for _, text in COUNTER),
    *boilerplate().markers.counter_examples,
    *boilerplate().meta_counter_examples,
]


def test_table_is_sound() -> None:
    ids = [row.id for row in RULES]
    assert len(ids) == len(set(ids))
    for row in RULES:
        assert row.examples, f"{row.id}: no example"
        assert row.why
        assert row.patterns


@pytest.mark.parametrize("row", [r for r in RULES if r.scope != "inline"], ids=lambda r: r.id)
def test_line_patterns_are_written_folded(row: object) -> None:
    """A full-width sign or a capital in a pattern would never match a folded line."""
    for pattern in row.patterns:  # type: ignore[attr-defined]
        plain = re.sub(r"\\.", "", pattern)
        assert unicodedata.normalize("NFKC", plain) == plain, pattern
        assert not re.search(r"[A-Z ]", plain), pattern
        assert not re.search(r"\\[1-9]", pattern), pattern


@pytest.mark.parametrize(("rule", "scope", "text"), EXAMPLES, ids=[f"{r}-{t[:12]}" for r, _, t in EXAMPLES])
def test_row_matches_its_own_examples(rule: str, scope: str, text: str) -> None:
    if scope == "inline":
        row = next(r for r in inline_rules() if r.row.id == rule)
        assert row.pattern.search(text)
        assert any(word in text for word in row.words)
    else:
        row = next(r for r in line_rules() if r.row.id == rule)
        inner = core(fold(text)) or fold(text)
        assert row.pattern.fullmatch(inner), inner
        assert not row.words or any(word in inner for word in row.words), "no word of `words` stands in it"


@pytest.mark.parametrize(("rule", "scope", "text"), EXAMPLES, ids=[f"{r}-{t[:12]}" for r, _, t in EXAMPLES])
def test_example_goes_from_a_notice(rule: str, scope: str, text: str) -> None:
    (left,) = middle(text)
    if scope == "inline":
        assert left != text
        assert left.strip()
    else:
        assert left == ""


@pytest.mark.parametrize("text", ALL_COUNTER)
def test_no_rule_touches_a_counter_example(text: str) -> None:
    assert middle(text) == [text]
    sentence = (
        f"一是召开专题会议研究部署。{text}{'' if text.endswith('。') else '。'}二是明确专人负责，按月检查。"
    )
    assert middle(sentence) == [sentence]


@pytest.mark.parametrize("text", boilerplate().markers.examples)
def test_marker_goes_and_its_sentence_stays(text: str) -> None:
    (left,) = middle(text)
    assert left != text
    sentences = re.findall(r"[^\W\d_a-zA-Z]{6,}。|[一二三]、\w+|^关于\w+|一是\w+。", text)
    assert all(sentence in left for sentence in sentences if "文" not in sentence)


@pytest.mark.parametrize("text", boilerplate().meta_examples)
def test_meta_line_is_cut_and_its_facts_are_kept(text: str) -> None:
    facts = read_meta_line(text, head=True)
    assert facts is not None
    assert all(value in text for value in facts.values())


@pytest.mark.parametrize("text", boilerplate().meta_counter_examples)
def test_meta_counter_example_is_no_meta_line(text: str) -> None:
    assert read_meta_line(text, head=True) is None


@pytest.mark.parametrize("text", boilerplate().teasers.examples)
def test_teaser_goes_from_a_notice(text: str) -> None:
    assert is_teaser(core(fold(text)))
    assert middle(text) == [""]
    assert middle(f"已逐项销号。※{text}※二是建立台账。") == ["已逐项销号。二是建立台账。"]


@pytest.mark.parametrize("text", boilerplate().teasers.counter_examples)
def test_no_teaser(text: str) -> None:
    assert middle(text) == [text]
    assert middle(f"一是全面排查（{text}）。") == [f"一是全面排查（{text}）。"]


HOSTILE = "网站文库a1:免费下载会员更多范文公众号扫码阅读关注。微信qq群(（【#-|>w.m图"


@pytest.mark.parametrize("rule", [*line_rules(), *inline_rules()], ids=lambda r: r.row.id)
def test_no_pattern_blows_up(rule: object) -> None:
    """Each row on lines made to make it backtrack: fragments of its own examples, over and over."""
    pieces = [rule.row.examples[0], *rule.row.words, *HOSTILE]  # type: ignore[attr-defined]
    for piece in pieces:
        text = (fold(piece) * 120)[:120] + "。"
        start = time.process_time()
        rule.pattern.fullmatch(text)  # type: ignore[attr-defined]
        assert time.process_time() - start < 0.05, (piece, text)
