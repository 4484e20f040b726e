"""Dates as notices print them."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhenggai.ingest.dates import find_dates, single
from zhenggai.model import is_edtf


def values(text: str, previous: str | None = None) -> list[str | None]:
    return [found.value for found in find_dates(text, previous)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2023年6月29日", "2023-06-29"),
        ("２０２４年６月２６日", "2024-06-26"),
        ("2024 年 6 月 26 日", "2024-06-26"),
        ("2024年6月26号", "2024-06-26"),
        ("二〇二四年六月二十六日", "2024-06-26"),
        ("二○二四年十二月三十一日", "2024-12-31"),
        ("二零二四年十月廿一日", "2024-10-21"),
        ("2024年6月", "2024-06"),
        ("2024年6月份", "2024-06"),
        ("2024年", "2024"),
        ("2024-06-26", "2024-06-26"),
        ("2024.6.26", "2024-06-26"),
        ("2024/6/26", "2024-06-26"),
        ("2024－06－26", "2024-06-26"),
    ],
)
def test_whole_dates(text: str, expected: str) -> None:
    (found,) = find_dates(f"于{text}，对")
    assert (found.value, found.printed, found.start) == (expected, text, 1)
    assert not found.year_inferred
    assert not found.damaged


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2022年XX月23日", "2022-XX-23"),
        ("2020年X月X日", "2020-XX-XX"),
        ("2022年*月**日", "2022-XX-XX"),
        ("202X年3月5日", "202X-03-05"),
        ("202X年", "202X"),
        ("20××年×月×日", "20XX-XX-XX"),
        ("某年某月某日", "XXXX-XX-XX"),
        ("○○○○年○月○日", "XXXX-XX-XX"),
        ("二○二四年○月○日", "2024-XX-XX"),
        ("2024年6月2X日", "2024-06-2X"),
        ("2024-XX-XX", "2024-XX-XX"),
    ],
)
def test_masked_parts_stay_masked(text: str, expected: str) -> None:
    assert values(f"自{text}起") == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2023年6月29日至8月31日", ["2023-06-29", "2023-08-31"]),
        ("2022年11月21日至1月15日", ["2022-11-21", "2023-01-15"]),
        ("2024年3月4日（星期一）至4月26日", ["2024-03-04", "2024-04-26"]),
        ("2022年11月21日到2023年1月15日", ["2022-11-21", "2023-01-15"]),
        ("2024年3月1日至15日", ["2024-03-01", "2024-03-15"]),
        ("2024年3月1—15日", ["2024-03-01", "2024-03-15"]),
        ("2024年3月25日-5日", ["2024-03-25", None]),
        ("2023年7-9月", ["2023-07", "2023-09"]),
        ("2023年11月至2024年1月", ["2023-11", "2024-01"]),
        ("2024.3.1-3.15", ["2024-03-01", "2024-03-15"]),
        ("2020年X月X日～X月X日", ["2020-XX-XX", "2020-XX-XX"]),
        ("2022年XX月23日至2023年X月28日", ["2022-XX-23", "2023-XX-28"]),
    ],
)
def test_ranges(text: str, expected: list[str | None]) -> None:
    found = find_dates(f"于{text}，开展")
    assert [one.value for one in found] == expected
    assert [one.range_end for one in found] == [False, True]


def test_a_day_without_year_is_not_before_the_date_ahead_of_it() -> None:
    found = find_dates("2023年11月5日至12月20日，开展巡察。1月9日反馈。")
    assert [(one.value, one.year_inferred) for one in found] == [
        ("2023-11-05", False),
        ("2023-12-20", True),
        ("2024-01-09", True),
    ]
    assert values("9月1日", "2023-10-19") == ["2024-09-01"]
    assert values("X月14日", "2023-XX-28") == ["2023-XX-14"]
    assert values("2月3日，同年5月，次年1月6日", "2023-01-01") == ["2023-02-03", "2023-05", "2024-01-06"]


def test_no_year_is_made_up() -> None:
    (found,) = find_dates("截至6月18日")
    assert (found.value, found.damaged, found.year_inferred) == (None, False, False)


@pytest.mark.parametrize(
    "text",
    [
        "2024年13月5日",
        "2024年6月31日",
        "2023年2月29日",
        "6月3l日",
        "2O24年6月26日",
        "20234年6月2日",
        "2024.13.26",
    ],
)
def test_damaged_dates_have_no_value(text: str) -> None:
    (found,) = find_dates(f"于{text}，", "2024-01-01")
    assert (found.value, found.damaged, found.printed) == (None, True, text)


@pytest.mark.parametrize(
    "text",
    [
        "近3年来",
        "3个月内",
        "X年以来",
        "每年6月30日前",
        "每年的7-9月",
        "去年9月5日至11月3日",
        "今年3月4日至26日",
        "明年6月",
        "每月5日",
        "三年行动",
        "第三季度",
        "十二届市委",
        "0311-86951141",
        "8:30-17:30",
        "666.78小时",
        "1.2.3",
        "XX大学X年级",
        "/2024/06/26/",
    ],
)
def test_no_dates(text: str) -> None:
    assert find_dates(text, "2024-01-01") == []


def test_dates_in_names_of_documents_are_marked_and_lend_no_year() -> None:
    found = find_dates("按《关于做好2021年工作的意见（附《2020年要点》）》，2023年5月8日", None)
    assert [one.value for one in found] == ["2021", "2020", "2023-05-08"]
    assert [one.in_title for one in found] == [True, True, False]
    assert values("2023年5月8日印发《2025年计划》，6月1日") == ["2023-05-08", "2025", "2023-06-01"]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("　　2024年6月26日 ", "2024-06-26"),
        ("（二〇二四年六月二十六日）", "2024-06-26"),
        ("二 〇 二 四 年 六 月", "2024-06"),
        ("2024.6.26", "2024-06-26"),
        ("X年X月X日", "XXXX-XX-XX"),
        ("2024年6月31日", None),
    ],
)
def test_a_line_that_is_only_a_date(line: str, expected: str | None) -> None:
    found = single(line)
    assert found is not None
    assert found.value == expected
    assert line[found.start : found.end] == found.printed == line.strip(" 　（）")


@pytest.mark.parametrize(
    "line", ["", "2024年", "2024年6月26日印发", "6月至7月", "一、2024年6月26日", "2024年6月1日至2日"]
)
def test_lines_that_are_more_or_less_than_a_date(line: str) -> None:
    assert single(line) is None


SIGNS = [*"0123456789２０Xx*×○〇某一二十廿年月日号至-.—/ 《》每同l ，", "2024年", "6月", "30日", "次年"]
LIKE_DATES = st.lists(st.sampled_from(SIGNS), max_size=24).map("".join)


@given(LIKE_DATES | st.text(max_size=30), st.sampled_from([None, "2023-06-29", "202X-XX-05", "XXXX"]))
def test_every_value_is_a_date_and_stands_in_the_text(text: str, previous: str | None) -> None:
    end = 0
    for found in find_dates(text, previous):
        assert found.value is None or is_edtf(found.value)
        assert text[found.start : found.end] == found.printed
        assert end <= found.start < found.end
        assert not (found.damaged and found.value)
        end = found.end
    one = single(text)
    assert one is None or text[one.start : one.end] == one.printed


@given(st.dates(min_value=datetime.date(1950, 1, 1), max_value=datetime.date(2099, 12, 31)))
def test_every_day_of_the_calendar_is_read(day: datetime.date) -> None:
    year, month, date = str(day).split("-")
    for text in (f"{year}年{int(month)}月{int(date)}日", str(day), f"{year}.{int(month)}.{int(date)}"):
        assert values(text) == [str(day)]
