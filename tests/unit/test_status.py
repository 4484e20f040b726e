"""整改状态: what an account says of its problem, and what only looks so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from zhenggai.frontmatter import load_yaml
from zhenggai.ingest.convert import convert
from zhenggai.ingest.status import read_legend, status_of, status_of_value, told_of
from zhenggai.model import Status
from zhenggai.rulebook import status_rules

CASES: dict[str, list[str]] = load_yaml((Path(__file__).parent / "statuses.yaml").read_text(encoding="utf-8"))

NOTICE = """中共云岫县苔泉水利站支部委员会
关于巡察整改进展情况的通报
2023年3月1日至4月20日，县委第五巡察组对苔泉水利站党支部进行了巡察。6月2日反馈了巡察意见。现将整改情况通报如下。
{lead}
{body}
中共云岫县苔泉水利站支部委员会
2023年12月1日
"""


def statuses(body: str, lead: str = "") -> list[str]:
    """The statuses of the problems of one notice, in order."""
    text = NOTICE.format(body=body.strip(), lead=lead.strip())
    return [issue.status.value for issue in convert(text.encode(), "notice.txt").report.issues]


@pytest.mark.parametrize(("status", "account"), [(s, a) for s, accounts in CASES.items() for a in accounts])
def test_account(status: str, account: str) -> None:
    told = status_of([account])
    assert (told.value if told else "unstated") == status


def test_cases_are_many_of_each() -> None:
    assert {status: len(accounts) >= 20 for status, accounts in CASES.items()} == {
        **dict.fromkeys(("completed", "mostly-completed", "in-progress", "long-term", "unstated"), True)
    }


@pytest.mark.parametrize(
    ("value", "status"),
    [
        ("完成", Status.COMPLETED),
        ("已于5月销号", Status.COMPLETED),
        ("办结（附证明）", Status.COMPLETED),
        ("√", Status.COMPLETED),
        ("70%", Status.IN_PROGRESS),
        ("否", Status.IN_PROGRESS),
        ("长期", Status.LONG_TERM),
        ("基本到位", Status.MOSTLY_COMPLETED),
        ("制度2项", None),
        ("", None),
    ],
)
def test_a_short_value(value: str, status: Status | None) -> None:
    assert status_of_value(value) is status


def test_a_label_counts_before_a_mark_and_both_before_sentences() -> None:
    assert status_of(["该问题正在整改。", "完成情况：已完成"]) is Status.COMPLETED
    assert status_of(["该问题正在整改。✔"]) is Status.COMPLETED
    assert status_of(["完成情况：正在整改", "台账补齐。✔"]) is Status.IN_PROGRESS


def test_notes_behind_several_measures_are_weighed() -> None:
    assert status_of(["1.修订制度（已完成）", "2.清退用房（正在推进）"]) is Status.IN_PROGRESS
    assert status_of(["1.清退用房（正在推进）", "2.修订制度（已完成）"]) is Status.IN_PROGRESS
    assert status_of(["1.清退用房（已完成）", "2.修订制度（已销号）"]) is Status.COMPLETED
    assert status_of(["（一）清退用房（见附表）", "（二）修订制度（待遇标准另定）"]) is None


def test_what_is_said_of_a_part_is_not_sure() -> None:
    sure = told_of(["该问题正在整改。"])
    part = told_of(["剩余3间门面正与承租人协商。"])
    assert sure
    assert sure.sure
    assert part
    assert (part.status, part.sure) == (Status.IN_PROGRESS, False)


def test_a_sentence_that_names_every_status_explains_and_tells_nothing() -> None:
    assert status_of(["注：整改状态分为已完成、基本完成、正在整改三种。"]) is None
    assert status_of(["有的已完成整改，有的基本完成整改，有的正在整改。"]) is None


def test_a_legend_is_read_where_it_explains_more_than_one_sign() -> None:
    legend = read_legend("注：★表示已完成，◇表示正在整改，△表示长期坚持。")
    assert legend == {"★": "completed", "◇": "in-progress", "△": "long-term"}
    assert read_legend("评分以★为准。") == {}
    assert status_of(["门面重新招租。◇"], legend) is Status.IN_PROGRESS
    assert status_of(["门面重新招租。◇"]) is None


def test_signs_of_a_notice_mean_what_its_legend_says() -> None:
    body = """
一、反馈问题整改情况
（一）值班记录补记的问题
重新设计值班簿，逐日签名。★
（二）机井井盖缺失的问题
补装井盖11块，其余待明年预算批复后补装。◇
"""
    assert statuses(body, "（各项末尾：★为已完成，◇为正在整改）") == ["completed", "in-progress"]
    assert statuses(body) == ["unstated", "in-progress"]


def test_a_group_stands_against_a_word_about_a_part_but_not_about_the_problem() -> None:
    body = """
一、已完成整改的问题
（一）水费收据混用的问题
收据统一换发，剩余旧收据正按程序报税务部门核销。
（二）值班记录补记的问题
重新设计值班簿。该问题尚未销号，仍在整改。
二、仍在整改的问题（1个）
（一）闸房年久失修的问题
更换门窗4扇，已完成图纸设计。
"""
    assert statuses(body) == ["completed", "in-progress", "in-progress"]


def test_no_pattern_repeats_a_group_without_bound() -> None:
    rules = status_rules()
    patterns = [p for r in rules.statuses for p in (*r.values, *r.patterns, *r.partial)]
    patterns += [*rules.words.values(), *rules.unless_before, *rules.unless_within, *rules.unless_after]
    assert [p for p in patterns if re.search(r"\)[*+]", p)] == []


def test_every_word_put_into_patterns_exists() -> None:
    rules = status_rules()
    named = {
        name
        for r in rules.statuses
        for p in (*r.values, *r.patterns, *r.partial)
        for name in re.findall(r"\{([a-z]+)\}", p)
    }
    assert named <= set(rules.words)


def test_a_clause_that_a_status_needs_no_word_of_is_not_looked_at() -> None:
    """`needs` is a quick look only: every example passes it."""
    for rule in status_rules().statuses:
        for example in rule.examples:
            if status_of([example]) == rule.status and not re.search(r"[：:√✔是（）]", example):
                assert any(need in example for need in rule.needs), example
