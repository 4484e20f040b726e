"""The contract: what is written is read again; each fault is named with its line, in Chinese."""

from __future__ import annotations

import re
from typing import Any

import pytest

from zhenggai import frontmatter
from zhenggai.frontmatter import FrontMatterError
from zhenggai.model import Report


@pytest.fixture
def text(report_data: dict[str, Any]) -> str:
    data = {**report_data, "contacts": {"postcode": "099300", "phones": [{"value": "0999-0123456"}]}}
    return frontmatter.render(Report.model_validate(data), "正文\n")


def test_written_is_read_again(text: str) -> None:
    report, body = frontmatter.parse(text)
    assert frontmatter.render(report, body) == text
    assert body == "正文\n"


def test_figures_are_quoted_for_every_reader(text: str) -> None:
    assert "postcode: '099300'" in text
    assert "year: '2023'" in text


def test_saved_by_a_windows_editor(text: str) -> None:
    assert frontmatter.parse("\ufeff" + text.replace("\n", "\r\n"))[0] == frontmatter.parse(text)[0]


@pytest.mark.parametrize("date", ["2024-06-26", "'2024-06-26'", "2024-06", "2024"])
def test_reviewed_as_a_person_writes_it(text: str, date: str) -> None:
    report, _ = frontmatter.parse(text.replace("reviewed: null", f"reviewed: {date}"))
    assert report.reviewed == date.strip("'")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("reviewed: null", "reviewed: 2024-13-40", "reviewed：“2024-13-40”不是日期"),
        ("reviewed: null", "reviewed: 2024年6月26日", "不是日期"),
        ("reviewed: null", "reviewed: null\nreviewed: 2024-06-26", "“reviewed”写了两次"),
        ("level: 县", "level: 大", "level：只能写 中央、省、市、县、乡"),
        ("problem_count: 1", "problem_count: 一个", "problem_count：应写整数"),
        ("status: completed", "status: 完成", "issues 第 1 项 status：只能写"),
        ("title: 关", "titel: 关", "没有这一项，可能是键名写错了|缺少这一项"),
        ("title: 关于", "title: 注意: 关于", "冒号的位置不对"),
        ("reviewed: null", "reviewed：2024-06-26", "缺少冒号"),
        ("year: '2023'", "year: 二〇二三", "year：“二〇二三”的写法不对"),
    ],
)
def test_fault_is_named_with_its_line_in_chinese(text: str, old: str, new: str, says: str) -> None:
    assert old in text
    line = text[: text.index(old)].count("\n") + 1
    with pytest.raises(FrontMatterError) as caught:
        frontmatter.parse(text.replace(old, new, 1), "a.md")
    said = str(caught.value)
    assert re.search(says, said), said
    assert "（" in said
    assert re.match(r"a\.md:(\d+): ", said)
    named = int(re.match(r"a\.md:(\d+): ", said)[1])  # type: ignore[index]
    assert named in {line, line + 1} or "缺少这一项" in said
    assert not re.search(r"Input should|pattern|mapping|expected", said)


def test_no_front_matter() -> None:
    with pytest.raises(FrontMatterError, match=r"a\.md:1: 没有 YAML 头"):
        frontmatter.parse("# 标题\n", "a.md")
