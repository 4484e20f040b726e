"""One notice → one report: conservation, inertness, no error but its own, on anything."""

from __future__ import annotations

import html
import re
from pathlib import Path

import markdown
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from zhenggai import frontmatter
from zhenggai.ingest.convert import convert
from zhenggai.ingest.markdown import write
from zhenggai.ingest.text import RefusedError

GENUINE = [
    "一、提高站位，压实整改责任",
    "二、反馈问题整改情况",
    "（一）聚焦学习方面",
    "1.学习研讨走过场。补学三次，已整改完成。",
    "2.关于“台账“两张皮”现象突出”的问题。正在整改。",
    "（1）调研不深入。一是走访；二是座谈。",
    "针对“账实不符”的问题，盘点资产。",
    "通过微信公众号公开会员名单，开通VIP窗口的传闻不实。",
    "《办法》〔2024〕3号",
    "第一，持续用力。",
    "问题一：票据审核不严。",
    "整改措施：修订制度。",
    "下一步，继续整改。",
    "联系电话：0999-0123456；邮箱：a@example.cn。",
    "中共云溪县林业局党组",
    "2024年6月26日",
    "***局党组接受县委巡察组巡察，反馈X个问题。",
    "a < b 与 <关于试行的通知> 并存 * _ ` # | {x}",
    "序号\t问题\t整改措施",
    "1\t账目混用\t分设账簿",
]
DIRT = [
    "##paidbegin##",
    "【【会员专享】】",
    "本文档编辑密码：abc123",
    "加微信：abc123 领取全套资料",
    '<p class="x">',
    "</div>",
    "&nbsp;&ldquo;",
    "第 3 页 共 9 页",
    "更多范文请访问 www.example.com",
    "\u200b\ufeff",
    "\x00\x07",
    "<script>alert(1)</script>",
    "扫码关注公众号回复666",
    "[[PAY]]",
]
lines = st.lists(
    st.one_of(st.sampled_from(GENUINE), st.sampled_from(DIRT), st.tuples(st.sampled_from(DIRT), st.sampled_from(GENUINE)).map("".join),
              st.text(max_size=30)),
    min_size=1, max_size=24,
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@example(
    ["整改情况", "针对“账实不符”的问题，盘点资产。", "整改情况", "一、提高站位，压实整改责任",
     "***局党组接受县委巡察组巡察，反馈X个问题。"], "\n", "utf-8",
)  # fmt: skip
@given(
    lines, st.sampled_from(["\n", "\r\n", "\r", "\u2028"]), st.sampled_from(["utf-8", "gb18030", "utf-16"])
)
def test_anything_is_a_report_or_refused(parts: list[str], end: str, encoding: str) -> None:
    raw = end.join(parts).encode(encoding, errors="ignore")
    refused: RefusedError | None = None
    try:
        conversion = convert(raw, "混.txt")
    except RefusedError as error:
        refused = error
    if refused:
        assert "混.txt" in str(refused)
        assert "这是程序的缺陷" not in str(refused)
        return
    text = frontmatter.render(conversion.report, conversion.body)
    assert frontmatter.parse(text) == (conversion.report, conversion.body)
    again = convert(raw, "混.txt")
    assert frontmatter.render(again.report, again.body) == text
    rendered = markdown.markdown(conversion.body, extensions=["attr_list"])
    shown = re.sub(r"\s", "", html.unescape(re.sub(r"<[^>]*>", "", rendered)))
    kept = re.sub(r"\s", "", "".join(line.text for line in conversion.cleaned.lines))
    title = re.sub(r"\s", "", conversion.report.title)
    # The title may be printed more than once: that which was taken for it stands in the front matter.
    printed = [match.start() for match in re.finditer(f"(?={re.escape(title)})", kept)]
    assert shown in {kept, *(kept[:at] + kept[at + len(title) :] for at in printed)}
    for issue in conversion.report.issues:
        for anchor in (issue.anchor, *issue.also_at, *(s.anchor for s in issue.sub_issues)):
            assert f'id="{anchor}"' in rendered


def test_a_lost_sign_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    notice = "关于巡察整改情况的通报\n县委第一巡察组开展了巡察。\n一、关于“台账不清”问题的整改情况\n已补录台账，逐项核对，整改完成，长期保持，定期抽查。"
    convert(notice.encode(), "a.txt")
    monkeypatch.setattr("zhenggai.ingest.convert.write", lambda blocks: write(blocks).replace("逐", "", 1))
    with pytest.raises(RefusedError, match=r"a\.txt:4: 转换后的文字与原文对不上"):
        convert(notice.encode(), "a.txt")


def test_two_signs_changed_round_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    notice = "关于巡察整改情况的通报\n县委第一巡察组开展了巡察。\n一、关于“台账不清”问题的整改情况\n已补录台账，逐项核对，整改完成，长期保持，定期抽查。"
    monkeypatch.setattr(
        "zhenggai.ingest.convert.write", lambda blocks: write(blocks).replace("核对", "对核", 1)
    )
    with pytest.raises(RefusedError, match="对不上"):
        convert(notice.encode(), "a.txt")


def test_title_made_up_is_flagged() -> None:
    notice = "根据统一安排，县委第一巡察组对云溪县林业局党组开展了巡察。现将云溪县林业局党组巡察整改情况报告如下：\n一、关于“台账不清”问题的整改情况\n已补录台账，逐项核对，整改完成，长期保持，定期抽查。"
    report = convert(notice.encode(), "a.txt").report
    assert report.unit == "云溪县林业局党组"
    assert report.title.startswith("云溪县林业局党组")
    assert "title-missing" in {r.code for r in report.review}


@pytest.mark.seeds
def test_the_real_notices_convert(seeds: Path) -> None:
    for path in sorted(seeds.glob("*.txt")):
        report = convert(path.read_bytes(), path.name).report
        assert report.issues, path.name
        assert report.unit_kind == "共青团"
