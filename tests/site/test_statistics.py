"""Figures over the archive: what is counted, what is left out and said, how it is drawn."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.site.dom import Element, load

from zhenggai.model import Status
from zhenggai.site import catalog, charts, statistics
from zhenggai.site.catalog import Catalog

NAMES = ("categories", "years", "statuses", "statuses-by-year", "days")


@pytest.fixture
def counted(tmp_path: Path, write_report: Callable[..., Path]) -> Callable[..., statistics.Statistics]:
    """`counted({…}, {…})` counts an archive of one notice per set of changes."""

    def make(*changes: dict[str, Any]) -> statistics.Statistics:
        for number, change in enumerate(changes):
            write_report(tmp_path, **{"id": f"notice-{number}", **change})
        return statistics.statistics(catalog.read(tmp_path))

    return make


# ---------- counting ----------


def test_totals_and_what_is_said_of_them(archive: Catalog) -> None:
    found = statistics.statistics(archive)
    assert (found.notices, found.problems, found.unlisted, found.self_named) == (8, 25, 1, 2)
    assert (found.undated, found.span) == (1, ("2020", "2024"))
    assert sum(bar.value for group in found.groups for bar in group.bars) == found.problems
    assert sum(bar.value for bar in found.year_bars) == found.problems
    assert sum(bar.value for bar in found.status_bars) == found.problems
    assert sum(value for _, value, _ in found.strips) == found.problems


def test_categories_stand_in_the_order_of_the_vocabulary_not_of_their_number(archive: Catalog) -> None:
    found = statistics.statistics(archive)
    names = [bar.name for group in found.groups for bar in group.bars]
    assert names == [tag.category.name for _, tags in archive.tops for tag in tags]
    values = [bar.value for group in found.groups for bar in group.bars]
    assert values != sorted(values, reverse=True)


def test_years_run_forward_and_notices_without_a_year_are_a_class_of_their_own(archive: Catalog) -> None:
    found = statistics.statistics(archive)
    assert [bar.name for bar in found.year_bars] == [
        "2020年", "2021年", "2022年", "2023年", "2024年", "年份未载明",
    ]  # fmt: skip
    assert [bar.fill for bar in found.year_bars] == ["plain"] * 5 + ["open"]
    assert found.years.rows[0] == ("2020年", 1, len(archive.years["2020"].notices[0].problems))


def test_silence_is_a_status_of_its_own(archive: Catalog) -> None:
    found = statistics.statistics(archive)
    by_name = {bar.name: bar.value for bar in found.status_bars}
    assert list(by_name) == ["已完成", "基本完成", "正在整改", "长期坚持", "未写明"]
    assert by_name["未写明"] == sum(p.issue.status is Status.UNSTATED for p in archive.problems) > 0


def test_only_dates_known_to_the_day_make_days(counted: Callable[..., statistics.Statistics]) -> None:
    found = counted(
        {"feedback_date": "2023-06-15", "published": "2023-06-15"},
        {"feedback_date": "2023-06-15", "published": "2023-07-15"},
        {"feedback_date": "2023-06-15", "published": "2023-07-16"},
        {"feedback_date": "2023-06-15", "published": "2024-06-09"},
        {"feedback_date": "2023-06-15", "published": "2024-06-10"},
        {"feedback_date": "2023-06-15", "published": "2023-06-14"},
        {"feedback_date": "2023-06", "published": "2023-10-08"},
        {"feedback_date": "2023-06-15", "published": "2023-XX-08"},
        {"feedback_date": None, "published": "2023-10-08"},
        {"feedback_date": "2023-06-15", "published": None, "signed_date": "2023-09-13"},
        {"feedback_date": "2023-06-XX", "published": None, "signed_date": "2023-09-13"},
        {"withdrawn": {"date": "2024-01-02", "reason": "单位要求"}},
    )
    days = found.to_publication
    assert days.spans == (0, 30, 31, 360, 361)
    assert dict(days.classes) | {"30 天以内": 2, "31—60 天": 1, "331—360 天": 1, "超过 360 天": 1} == dict(
        days.classes
    )
    assert (days.backwards, days.partial, days.silent) == (1, 2, 3)
    assert len(days.spans) + days.backwards + days.partial + days.silent == found.notices == 11
    assert days.half == 31
    signed = found.to_signature
    assert signed.spans == (90, 105), "only of notices without a full date of publication"
    assert len(signed.spans) + signed.backwards + signed.partial + signed.silent == 3


def test_days_from_inferred_years_are_said(counted: Callable[..., statistics.Statistics]) -> None:
    note = {"code": "year-inferred", "message": "“6月15日”没有印年份，按前一日期推定为 2023-06-15"}
    other = {"code": "year-inferred", "message": "“3月1日”没有印年份，按前一日期推定为 2023-03-01"}
    found = counted({"review": [note]}, {"review": [other]}, {})
    assert len(found.to_publication.spans) == 3
    assert found.to_publication.inferred == 1, "of the dates that are used"


def test_an_empty_archive_has_figures_too() -> None:
    found = statistics.statistics(Catalog([]))
    assert (found.notices, found.span, found.strip, found.groups) == (0, None, (), ())


# ---------- charts ----------


def test_shares_are_rounded_half_up_and_never_divide_by_nothing() -> None:
    assert [charts.share(v, 8) for v in (0, 1, 4, 8)] == ["0.0%", "12.5%", "50.0%", "100.0%"]
    assert charts.share(1, 2000) == "0.1%", "0.05 is rounded up"
    assert charts.share(1, 3) == "33.3%"
    assert charts.share(0, 0) == ""


def test_bars_keep_to_one_scale() -> None:
    one, two = charts.bars([("甲", 5), ("乙", 10)])
    assert float(two.length) == 2 * float(one.length) == charts.LONGEST
    assert charts.bars([("甲", 5)], longest=10)[0].length == one.length
    assert charts.bars([("甲", 0)])[0].length == "0.00"
    assert charts.bars([]) == ()


def test_segments_fill_the_strip() -> None:
    parts = charts.strip([(Status.COMPLETED, 2), (Status.IN_PROGRESS, 0), (Status.UNSTATED, 1)])
    assert [p.status for p in parts] == [Status.COMPLETED, Status.UNSTATED]
    assert [(p.start, p.length) for p in parts] == [("0.00", "66.66"), ("66.66", "33.33")]
    assert charts.strip([(Status.COMPLETED, 99), (Status.UNSTATED, 1)])[1].wide is False


# ---------- the page ----------


def drawings(page: Element) -> list[Element]:
    return page.all("svg.zg-chart")


def test_every_drawing_has_a_title_and_a_description(built: Path) -> None:
    for address in ("statistics/", "categories/finance/", "years/2024/"):
        page = load(built, address)
        assert drawings(page), address
        for svg in drawings(page):
            assert svg.attrs["role"] == "img"
            title, desc = (page.by_id(svg.attrs[name]) for name in ("aria-labelledby", "aria-describedby"))
            assert (title.tag, desc.tag) == ("title", "desc")
            assert title.text
            assert "个" in desc.text or "份" in desc.text, desc.text


def test_statuses_are_told_apart_without_colour(built: Path) -> None:
    """Each has a word and a shape beside its bar; and its fill is a class of its own."""
    page = load(built, "statistics/")
    (svg,) = [s for s in drawings(page) if s.attrs["aria-labelledby"] == "statuses-title"]
    rows = svg.all("svg")
    assert [row.one("use").attrs["href"] for row in rows] == [f"#zg-{s.value}" for s in Status]
    assert [row.all("text")[0].text for row in rows] == [s.label for s in Status]
    fills = [row.one("rect").attrs["class"] for row in rows]
    assert len(set(fills)) == 5
    css = (built / "assets" / "lists.css").read_text("utf-8")
    for pattern in ("mostly-completed", "long-term", "unstated"):
        assert f"url(#zg-fill-{pattern})" in css
        assert page.by_id(f"zg-fill-{pattern}").tag == "pattern"


def test_drawings_hold_no_colour_script_or_scaled_text(built: Path) -> None:
    for svg in drawings(load(built, "statistics/")):
        assert "viewbox" not in svg.attrs, "it would scale the text"
        for element in svg:
            assert element.tag in ("title", "desc", "svg", "text", "rect", "use", "circle")
            assert not {"style", "fill", "stroke", "font-size"} & element.attrs.keys()


def table_of(page: Element, name: str) -> list[list[str]]:
    """The table that stands before the link to <name>.csv."""
    links = [e for e in page.all("a") if e.attrs.get("href", "").endswith(f"{name}.csv")]
    assert len(links) == 1
    order = list(page)
    before = [e for e in order[: order.index(links[0])] if e.tag == "table"]
    return [[c.text for c in row if c.tag in ("th", "td")] for row in before[-1].all("tr")]


@pytest.mark.parametrize("name", NAMES)
def test_each_table_is_its_file(built: Path, name: str) -> None:
    raw = (built / "statistics" / f"{name}.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf"), "spreadsheets take it for UTF-8"
    rows = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"))))
    assert rows == table_of(load(built, "statistics/"), name)
    assert len(rows) > 3


def test_the_page_says_what_it_counts(built: Path) -> None:
    text = load(built, "statistics/").text
    for sentence in (
        "根据本站收存的 8 份通报",
        "问题数是本站按通报逐条列出的问题数的，共 25 个，其中 2 个是单位自查的",
        "1 份通报没有逐条列出问题，只计份数",
        "1 份通报的年份原文未载明或有遮盖，单列一类",
        "2020年至2024年的通报 7 份",
        "“未写明”是原文没有说到这一个问题改得怎样，不等于没有整改",
        "没有计入：缺其中一个日期的",
    ):
        assert sentence in text, sentence


def test_no_ranking(built: Path) -> None:
    text = load(built, "statistics/").one(".zg-page").text
    for word in ("最多", "最少", "排名", "第一", "前十", "最好", "最差", "高于", "低于"):
        assert word not in text
