"""Notices whose sentences end in a half-width stop are read like others and shown as they were printed."""

from __future__ import annotations

import pytest

from zhenggai.ingest import stops
from zhenggai.ingest.convert import Conversion, convert
from zhenggai.ingest.markdown import plain
from zhenggai.ingest.text import Decoded, Line
from zhenggai.model import Status

NOTICE = """\
中共云岫县图书馆党支部关于巡察整改进展情况的通报
2031年3月2日至4月1日,县委第三巡察组对县图书馆党支部开展了巡察.反馈的3个问题,已完成整改2个.现予公布.
一、提高站位,压实责任
(一)迅速行动.召开专题会议3次,逐条认领.
二、逐项整改情况
1.学习制度执行有差距.未按计划组织研讨.
补学四次.该问题已整改完成.
2.关于“台账‘两张皮’.账实不符”的问题.整改情况:逐册核对.目前正在整改.
3.借阅证办理不及时.整改情况：购置设备12.5万元.此项已完成。
联系电话:0999-5550102;电子邮箱:tsg@example.cn.
中共云岫县图书馆党支部
2031年7月1日
"""


def converted(text: str) -> Conversion:
    return convert(text.encode(), "通报.txt")


def test_it_is_read_like_a_notice_with_full_stops() -> None:
    report = converted(NOTICE).report
    full = converted(NOTICE.replace(".\n", "。\n").replace("差距.未", "差距。未")).report
    assert [(i.number, i.status) for i in report.issues] == [
        ("1.", Status.COMPLETED),
        ("2.", Status.IN_PROGRESS),
        ("3.", Status.COMPLETED),
    ]
    assert report.completed_count == 2
    assert [i.category for i in report.issues] == [i.category for i in full.issues]
    assert report.contacts is not None
    assert report.contacts.emails == ("tsg@example.cn",)


def test_every_stop_is_shown_as_it_was_printed() -> None:
    conversion = converted(NOTICE)
    title, *rest = NOTICE.split("\n")
    assert "".join(plain(conversion.body).split()) == "".join("".join(rest).split())
    assert conversion.report.title == title
    assert [i.heading for i in conversion.report.issues] == [
        "学习制度执行有差距.未按计划组织研讨",
        "台账‘两张皮’.账实不符",
        "借阅证办理不及时",
    ]
    assert [line.raw for line in conversion.cleaned.lines][1] == rest[0]
    assert conversion.cleaned.lines[1].text == rest[0]


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("召开会议.逐条认领.", "召开会议。逐条认领。"),
        ("已完成．正在整改｡", "已完成。正在整改。"),
        ("一.总体情况", "一.总体情况"),
        ("（二）.整改情况", "（二）.整改情况"),
        ("经费12.5万元,版本2.0.", "经费12.5万元,版本2.0."),
        ("已公开.2031年7月验收.", "已公开。2031年7月验收。"),
        ("反复提了三次以上.13件由局长包案.", "反复提了三次以上。13件由局长包案。"),
        ("详见附件.docx", "详见附件.docx"),
        ("等等...", "等等..."),
    ],
)
def test_only_what_ends_a_sentence_is_a_stop(printed: str, read: str) -> None:
    filler = "逐条认领.压实责任.补学四次.定期通报."
    lines = (Line(1, printed), Line(2, filler))
    decoded = stops.reading(Decoded("x", "0", "utf-8", lines))
    assert decoded.lines[0].raw == read
    assert decoded.lines[1].raw == filler.replace(".", "。")


def test_a_notice_with_full_stops_is_left_alone() -> None:
    decoded = Decoded("x", "0", "utf-8", (Line(1, "召开会议。逐条认领。补学四次.已完成。"),))
    assert stops.reading(decoded) is decoded
