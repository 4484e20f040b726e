"""Scanned lines with a blank between all characters are closed up; headings set apart on purpose stay."""

from __future__ import annotations

from zhenggai.ingest.spacing import break_up, close_up
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


def test_another_blank_than_those_between_the_characters_stays() -> None:
    assert closed(*SCAN, "问 题 01　学 习 不 深 入")[3] == "问题01　学习不深入"


RUN_ON = (
    "云岫县水务局党组关于巡察整改情况的通报",
    "2031年3月5日至4月2日，县委第三巡察组对县水务局党组开展了常规巡察，现将整改情况予以公布，请广大干部群众监督。",
    "一、提高站位，压实责任",
    "局党组召开专题会议六次，逐条认领，明确责任人和完成时限，每周调度一次，每月通报一次，结果纳入年度考核。",
    "二、整改落实情况",
    "1. 学习制度执行有差距。未按计划组织研讨。",
    "补学四次，完善计划，班子成员带头领学，交流发言十二人次（含 Word 版笔记 36 份），形成调研文章五篇。",
    "2.部署落实不到位",
    "印发方案，逐项督办，对进度滞后的科室负责人约谈，全年约谈三人次，督办单全部回复，群众满意度明显提高。",
    "3.台账记录不完整",
    "逐册核对台账，补录四百余条，明确专人保管，每季度由办公室抽查一次，抽查结果在局务会上通报并存档，同时印发管理办法，组织培训两次，参加四十余人次。",
    "联系电话：0999-5550101；地址：云岫县清河路8号。",
    "云岫县水务局党组",
    "2031年7月1日",
)


def broken(*texts: str) -> list[str]:
    lines = break_up([Line(no, text) for no, text in enumerate(texts, 1)])
    return [part for line in lines for part in line.text.split("\n")]


def test_a_copy_in_one_line_gets_its_lines_back() -> None:
    assert broken(" ".join(RUN_ON)) == list(RUN_ON)
    assert broken("　　".join(RUN_ON)) == list(RUN_ON)


def test_a_long_paragraph_among_others_and_one_of_few_blanks_stay() -> None:
    assert broken(*RUN_ON[:2], *RUN_ON) == [*RUN_ON[:2], *RUN_ON]
    paragraph = "".join(RUN_ON) * 2 + " 完 毕"
    assert broken(paragraph) == [paragraph]
