"""Marks of secrecy: found in the file as it came, whatever cleaning makes of the line; the check stops at them."""

from __future__ import annotations

from pathlib import Path

import pytest

from zhenggai import frontmatter, secrecy
from zhenggai.checks import privacy
from zhenggai.ingest.convert import convert
from zhenggai.model import Report

NOTICE = (
    "关于巡察整改情况的通报\n"
    "根据县委统一部署，2024年3月1日至5月10日，县委第二巡察组对岚溪县水务局党组开展了常规巡察。\n"
    "一、关于值班记录补登不及时的问题\n"
    "已补登记录十二份，修订值班办法一项，问题已整改完成。\n"
    "二、关于灌渠清淤不彻底的问题\n"
    "已清淤三公里，其余正在推进，计划年底前完成。\n"
    "岚溪县水务局党组\n"
    "2024年9月28日\n"
)


@pytest.mark.parametrize("line", secrecy.secrecy_rules().examples)
def test_marks(line: str) -> None:
    assert secrecy.secrecy_mark(line)


@pytest.mark.parametrize("line", secrecy.secrecy_rules().counter_examples)
def test_genuine_sentences_are_no_marks(line: str) -> None:
    assert secrecy.secrecy_mark(line) is None


def stopped(text: str, **changes: object) -> list[str]:
    conversion = convert(text.encode(), "a.txt")
    report = Report.model_validate({**conversion.report.model_dump(), **changes})
    found = privacy.check(Path("a.md"), frontmatter.render(report, conversion.body), report)
    return [one.code for one in found if one.stops]


@pytest.mark.parametrize("mark", secrecy.secrecy_rules().examples)
@pytest.mark.parametrize("after", [0, 1, 2, 4, 8], ids=lambda n: f"after line {n}")
def test_no_mark_of_a_file_gets_lost_on_the_way_to_the_gate(mark: str, after: int) -> None:
    lines = NOTICE.splitlines()
    text = "\n".join([*lines[:after], mark, *lines[after:]])
    assert set(stopped(text)) == {"SECRECY-MARK"}
    assert stopped(text, allow=[{"code": "SECRECY-MARK", "reason": "已解密"}]) == []


def test_a_notice_without_marks_passes() -> None:
    assert stopped(NOTICE) == []


@pytest.mark.parametrize(
    "line",
    [
        "内*部*资料", "内\\_部资料", "内-部资料", "内“部”资料", "内&nbsp;部资料", "内<b>部</b>资料", "**内**部资料",
        "党|内文件", "此件不*予*公*开", "此件不 公 开", "内{:#a}部资料",
    ],
)  # fmt: skip
def test_decoration_within_a_mark_hides_it_from_nobody(line: str) -> None:
    assert [no for no, _ in secrecy.secrecy_marks(f"上文\n{line}\n下文")] == [2]
