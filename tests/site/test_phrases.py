"""Titles are broken between phrases: every rule of phrases.yaml on its own examples, then whole titles."""

from __future__ import annotations

import pytest

from zhenggai.site.phrases import BreakRule, cut, phrases, table

RULES = pytest.mark.parametrize("rule", table().breaks, ids=lambda rule: f"{rule.after} {rule.before}"[:40])


@RULES
def test_breaks_its_examples(rule: BreakRule) -> None:
    assert rule.examples
    for example in rule.examples:
        text = example.replace("|", "")
        places = sorted(rule.places(text))
        shown = "|".join(text[a:b] for a, b in zip([0, *places], [*places, len(text)], strict=True))
        assert shown == example


@RULES
def test_spares_its_counter_examples(rule: BreakRule) -> None:
    assert rule.counter_examples
    for example in rule.counter_examples:
        assert rule.places(example) == set(), example


@pytest.mark.parametrize(
    "title",
    [
        "共青团|芷汀市|委员会|关于市委|巡察|反馈意见|整改情况的|通报",
        "中共|砚溪县|文化馆|党组|关于巡察|整改进展情况的|通报",
        "汀兰县|人民医院|党委|关于巡察|整改情况的|公示",
        "中共|云岫县|教育局|党组|关于县委|巡察|整改情况的|通报",
        "XX县委办公室|关于十四届县委第五轮|巡察|反馈意见|整改落实情况的|报告",
        "芷汀市城市|建设投资|集团|有限公司|党委|关于落实市委|巡察|反馈意见|整改任务的|公开清单",
        "○○区|○○街道|党工委|整改通报",
        "共青团|X市委|关于市委第X巡察组|反馈问题|整改情况的|报告",
    ],
)
def test_whole_titles(title: str) -> None:
    assert "|".join(cut(title.replace("|", ""))) == title


def test_nothing_is_lost_and_nothing_is_trusted() -> None:
    assert cut("") == [""]
    assert phrases("<b>整改情况的通报</b>") == "&lt;b&gt;整改情况的<wbr>通报&lt;/b&gt;"
