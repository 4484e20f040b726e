"""Enumerators: read in every dress offices print, and nowhere else."""

from __future__ import annotations

import pytest

from zhenggai.ingest.numbering import number_of, read_is, read_number


@pytest.mark.parametrize(
    ("text", "family", "ordinal", "printed"),
    [
        ("一、提高认识", "han", 1, "一、"),
        ("十二、关于台账", "han", 12, "十二、"),
        ("（三）聚焦", "han-paren", 3, "（三）"),
        ("(二) 聚焦", "han-paren", 2, "(二)"),
        ("1.关于", "arabic-dot", 1, "1."),
        ("12．关于", "arabic-dot", 12, "12．"),
        ("１、统一思想", "arabic-comma", 1, "１、"),
        ("1、 统一思想", "arabic-comma", 1, "1、"),
        ("（1） 统一", "arabic-paren", 1, "（1）"),
        ("3）学习", "arabic-half", 3, "3）"),
        ("③学习", "circled", 3, "③"),
        ("⑵学习", "circled", 2, "⑵"),
        ("Ⅳ、问题", "roman", 4, "Ⅳ、"),
        ("Ⅱ-3 台账不清", "roman-dash", 3, "Ⅱ-3"),
        ("第一方面，聚焦", "aspect", 1, "第一方面，"),
        ("第二，学习", "part", 2, "第二，"),
        ("问题1：台账", "problem", 1, "问题1："),
        ("反馈问题二：台账", "problem", 2, "反馈问题二："),
        ("【问题3】台账", "problem", 3, "【问题3】"),
        ("问题③ 台账不清", "problem", 3, "问题③"),
        ("问题07　台账不清", "problem", 7, "问题07"),
        ("问题⑤", "problem", 5, "问题⑤"),
        ("问题2-3：台账不清", "problem", 3, "问题2-3："),
        ("立行立改事项二：台账不清", "problem", 2, "立行立改事项二："),
        ("〔12〕台账不清", "arabic-bracket", 12, "〔12〕"),
        ("［3］台账不清", "arabic-bracket", 3, "［3］"),
        ("2.1 台账不清", "decimal-2", 1, "2.1"),
        ("1.2.3台账不清", "decimal-3", 3, "1.2.3"),
    ],
)
def test_read(text: str, family: str, ordinal: int, printed: str) -> None:
    number = read_number(text)
    assert number is not None
    assert (number.family, number.ordinal, number.printed) == (family, ordinal, printed)


@pytest.mark.parametrize(
    "text",
    [
        "2024.6.26",
        "2024年6月",
        "3.5万元",
        "1.2亿元",
        "一把手抓得不紧",
        "三会一课",
        "第一时间部署",
        "XX县",
        "I am",
        "",
        "百",
        "6月10日",
        "12345热线",
        "90.5分",
        "问题12 个已销号",
        "〔2031〕7号",
        "事项审批",
    ],
)
def test_not_a_number(text: str) -> None:
    assert read_number(text) is None


def test_word_enumerator() -> None:
    number = read_is("二是：学习")
    assert number is not None
    assert (number.ordinal, number.printed, number.length) == (2, "二是", 3)
    assert read_is("但是") is None


@pytest.mark.parametrize(
    ("text", "value"), [("十", 10), ("二十", 20), ("一百零五", 105), ("三十二", 32), ("０９", 9), ("Ⅹ", 10)]
)
def test_number_of(text: str, value: int) -> None:
    assert number_of(text) == value


def test_number_of_other_text() -> None:
    assert number_of("若干") is None
