"""Scanned lines with a blank between all characters are closed up; headings set apart on purpose stay."""

from __future__ import annotations

from zhenggai.ingest.spacing import close_up
from zhenggai.ingest.text import Line


def closed(*texts: str) -> list[str]:
    return [line.text for line in close_up([Line(no, text) for no, text in enumerate(texts, 1)])]


SCAN = (
    "稷 山 县 人 民 法 院 党 组",
    "清 理 积 案 8 4 件 ， 结 案 率 9 7 . 5 % 。",
    "整 改 情 况 ： 已 完 成 。",
)


def test_a_scan_is_closed_up_and_its_raw_text_kept() -> None:
    lines = close_up([Line(no, text) for no, text in enumerate(SCAN, 1)])
    assert [line.text for line in lines] == [
        "稷山县人民法院党组",
        "清理积案84件，结案率97.5%。",
        "整改情况：已完成。",
    ]
    assert [line.raw for line in lines] == list(SCAN)
    assert {cut.rule for line in lines for cut in line.cuts} == {"set-apart"}


def test_a_wide_gap_stays() -> None:
    assert (
        closed(*SCAN, "中 共 某 县 水 务 局 党 组　　　2024 年 3 月")[3]
        == "中共某县水务局党组　　　2024年3月"
    )


def test_one_line_set_apart_or_the_same_repeated_stays() -> None:
    title = "关 于 巡 察 整 改 情 况 的 通 报"
    assert closed(title, "根据县委统一部署，现通报如下。") == [title, "根据县委统一部署，现通报如下。"]
    mark = "青 禾 材 料 铺 样 稿"
    assert closed(mark, "一、总体情况", mark, "二、整改情况", mark)[0] == mark


def test_ordinary_lines_and_latin_words_stay() -> None:
    plain = ("联系电话： 0799-5550101", "1 2 3", "W o r d 版 is free to read", "联 系 人：办公室")
    assert closed(*SCAN, *plain)[3:] == list(plain)


def test_a_scan_that_sets_nothing_but_han_apart_is_closed_up_too() -> None:
    lines = (
        "2.关 于“议 事 规 则 不 清”的 问 题。已 完 成 整 改。",
        "2031年3月5日 至4月2日，县 委 第 三 巡 察 组 对 本 单 位 开 展 了 常 规 巡 察。",
        "修 订 Word Excel 使 用 办 法12项，培 训36人 次。",
    )
    assert closed(*lines) == [
        "2.关于“议事规则不清”的问题。已完成整改。",
        "2031年3月5日至4月2日，县委第三巡察组对本单位开展了常规巡察。",
        "修订Word Excel使用办法12项，培训36人次。",
    ]


def test_names_in_a_row_are_no_scan() -> None:
    row = "工会 妇联 科协 残联 文联 社科联 侨联"
    assert closed(*SCAN, row)[3] == row
