"""Cleaning: thorough on dirt of any form, timid on the notice, and never losing a character."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from zhenggai.ingest.clean import clean
from zhenggai.ingest.decode import decode
from zhenggai.ingest.edits import cut_line, cut_spans
from zhenggai.ingest.text import Cleaned, Decoded, Line

NOTICE = [
    "云岫县水务局关于巡察整改进展情况的通报",
    "根据县委统一部署，2031年3月2日至4月1日，县委第三巡察组对县水务局党组进行了巡察。现将整改进展情况予以公布。",
    "一、关于“河长巡查走过场”问题的整改情况",
    "（一）修订巡查办法，将微信公众号留言纳入线索来源，全年受理群众来信36件，办结率100%。",
    "（二）推荐青企协会员单位参与河道保洁，关注重点河段，下载使用巡河软件，发放明白纸2000份。",
    "二、关于“资金拨付不及时”问题的整改情况",
    "截至6月底，已拨付资金120.5万元，剩余款项按合同约定支付，并建立了按月通报制度，由分管领导签字确认。",
    "欢迎广大干部群众对巡察整改落实情况进行监督。联系电话：0999-5550001；邮政信箱：云岫县清河路8号。",
    "云岫县水务局",
    "2031年7月1日",
]


def run(*lines: str, encoding: str = "utf-8") -> Cleaned:
    """Clean lines as they are."""
    return clean(Decoded("a.txt", "0" * 64, encoding, tuple(Line(i, t) for i, t in enumerate(lines, 1))))


def seen(cleaned: Cleaned) -> list[str]:
    """What the reader sees, without empty lines."""
    return [line.text for line in cleaned.lines if line.text.strip()]


def rules(cleaned: Cleaned) -> set[str]:
    """Names of the rules that cut something."""
    return {cut.rule for line in cleaned.lines for cut in line.cuts}


def with_dirt(at: int, *dirt: str) -> Cleaned:
    """The notice with lines put in before its line `at` (0-based)."""
    return run(*NOTICE[:at], *dirt, *NOTICE[at:])


def test_a_clean_notice_is_untouched() -> None:
    cleaned = run(*NOTICE)
    assert seen(cleaned) == NOTICE
    assert not any(line.cuts for line in cleaned.lines)
    assert cleaned.review == ()
    assert cleaned.printed == {}


DIRT = {
    "advert run": [
        "仅供参考 严禁外传",
        "某某文斋",
        "天天上新、随时可查",
        "加入会员立享全部资料",
        "QQ群：1234567",
    ],
    "slogans between": ["海量公文模板免费下载", "写作路上的好帮手", "开通年卡，全站随便下"],
    "page furniture": [
        "您当前的位置：首页 > 党务公开",
        "【字号：大 中 小】【打印】【关闭】",
        "分享到：微信 微博",
        "浏览次数：35",
    ],
    "site menu": ["首页 > 政务公开 > 通知公告", "无障碍 | 关怀版 | 繁体"],
    "footer": [
        "主办：某某县人民政府办公室",
        "某ICP备00000000号-1　网站标识码：0000000000",
        "关于我们 | 网站地图",
    ],
    "links": ["相关阅读：", "· 某某县召开会议 [2030-01-02]", "· 某某局通报整改情况 [2030-01-03]"],
    "watermark": ["云 岫 文 稿 ◇ 仅 供 预 览", "云 岫 文 稿 ◇ 仅 供 预 览"],
    "forum": [
        "楼主 | 发表于 2031-7-2 10:22 | 只看该作者",
        "回复 ｜ 举报 ｜ 评分",
        "Archiver | 手机版 | 小黑屋",
    ],
    "teasers": [
        "※ 后面还有 6 页，开通月卡继续看 ※",
        "★☆ 支付 3 元解锁 ☆★",
        "〖以下内容需 2 积分〗",
        "《《VIP 章节》》",
    ],
    "arrows": [">>> 未完，登录后看全文 <<<", "↑↑ 以上为免费试读，翻页请充值 ↑↑", "→ 点这里，领 500 套课件 ←"],
    "credits": [
        "大小：41KB　格式：docx　页数：12",
        "本页由快转工具自动生成",
        "【P12】",
        "第３页／共５页（下转第4页）",
    ],
    "gambling": ["某某娱乐城 首充100送88 真人荷官在线"],
    "tags": ["<div class='wrap'>", "</div>", "<!-- 正文开始 -->", "&nbsp;&nbsp;"],
    "script": ["<script>", "var a = '中文';", "document.write(a);", "</script>"],
    "paywall": ["试读结束，购买后可阅读全文", "还剩60%未读", "售价：3.00元"],
}


@pytest.mark.parametrize("name", list(DIRT))
@pytest.mark.parametrize("at", [0, 3, len(NOTICE)], ids=["head", "middle", "tail"])
def test_dirt_goes_and_the_notice_stays(name: str, at: int) -> None:
    assert seen(with_dirt(at, *DIRT[name])) == NOTICE


EDGE_DIRT = {
    "page bars": [
        "镇情概览｜党建引领｜乡村振兴｜便民服务",
        "2031年7月2日 星期三 多云 18~26℃",
        "A- A A+　朗读　打印",
    ],
    "trade": ["小墨公文铺", "小墨代笔 2 元/百字，当天交稿", "mo mo chu pin, zhi liang bao zheng"],
    "slogan twice": ["稿木小站 | 机关人的书架"],
    "byline": ["云岫清风 昨天", "点击上方“云岫清风”，一起学习"],
    "hashtags": ["#写材料# #公文写作#"],
}


@pytest.mark.parametrize("name", list(EDGE_DIRT))
def test_dirt_that_only_the_edges_give_away(name: str) -> None:
    dirt = EDGE_DIRT[name]
    assert seen(run(*dirt, *NOTICE, *dirt)) == NOTICE


@pytest.mark.parametrize(
    ("dirty", "left"),
    [
        ("##vipbegin##二、整改情况", "二、整改情况"),
        ("二、整改情况##vipend##", "二、整改情况"),
        ("【【以下为会员内容】】二、整改情况", "二、整改情况"),
        ("二、整改[[hide]]情况[[/hide]]", "二、整改情况"),
        ("已完成整改。★更多公文请到某某范文网★", "已完成整改。"),
        ("已完成整改。（本文来自某某公文网）", "已完成整改。"),
        ("已完成整改。更多范文请访问www.example.com", "已完成整改。"),
        ("已完成整改。关注公众号“某某材料”免费获取全文！", "已完成整改。"),
        ("更多公文材料请加微信abc12345。二、整改情况已报县纪委备案。", "二、整改情况已报县纪委备案。"),
        ("<p>一、整改<b>情况</b></p>", "一、整改情况"),
        ("<p>一、整改</p><p>已完成。</p>", "一、整改\n已完成。"),
        ("<td>联系电话</td><td>0999-5550001</td>", "联系电话\t0999-5550001"),
        (
            '通过《关于<x< span="" style="a: b;">县章程（草案）>的决议》</x<>',
            "通过《关于县章程（草案）>的决议》",
        ),
        ("通过《关于<云岫县章程>的决议》", "通过《关于<云岫县章程>的决议》"),
        ("通过《<XX>章程》", "通过《<XX>章程》"),
        ("&ldquo;三会一课&rdquo;&nbsp;制度", "“三会一课” 制度"),
        ("&amp;ldquo;三会一课&amp;rdquo;", "“三会一课”"),
        ("&lt;p&gt;一、整改情况&lt;/p&gt;", "一、整改情况"),
        ("整\u200b改\ufeff情\x08况\u00a0表", "整改情况 表"),
        ("完善程序(chéng xù)，公开事项。", "完善程序，公开事项。"),
        ("已完成。※会员可读※逐项销号。", "已完成。逐项销号。"),
        ("已完成。【付费内容，登录可见】逐项销号。", "已完成。逐项销号。"),
        ("已完成，>>>购买后看全文<<<逐项销号。", "已完成，逐项销号。"),
        ("已完成，【P7】逐项销号。", "已完成，逐项销号。"),
        ("〈翻页扣 1 金币〉二、整改情况", "二、整改情况"),
        ("[size=3]一、整改情况[/size]", "一、整改情况"),
        ("整改前后对比![图](http://a.example/1.png)见下。", "整改前后对比见下。"),
        ("某县水务局整改情况的通报_某某县政府网", "某县水务局整改情况的通报"),
    ],
)
def test_only_the_marker_goes(dirty: str, left: str) -> None:
    assert run(dirty, *NOTICE[1:]).lines[0].text == left


@pytest.mark.parametrize(
    "line",
    [
        "由***同志任组长，XXX同志任副组长，×××负责联络。",
        "***",
        "○○县",
        "某团〔2031〕12号",
        "三是建立“河长+检察长”机制，发现→整改→销号闭环管理。",
        "2031年3月2日，印发《〈云岫县河道管理办法〉实施细则》。",
        "责任单位：办公室、会员部",
        "整改时限：立行立改",
        "A≥B<C>D",
        "联系方式：电话X；邮政信箱：X市X区X街X号。",
        "内部资料 注意保存",
    ],
)
def test_odd_but_genuine(line: str) -> None:
    cleaned = with_dirt(4, line)
    assert line in seen(cleaned)
    assert rules(cleaned) == set()


def test_a_number_beside_the_contact_lines_is_the_units_own() -> None:
    line = "QQ：1234567890"
    assert line in seen(run(*NOTICE[:8], line, *NOTICE[8:]))
    assert line not in seen(run(line, *NOTICE))


def test_facts_of_the_page_are_kept() -> None:
    cleaned = with_dirt(
        1, "发布时间：2031-07-02 09:30　来源：某某县纪委监委　浏览：35次", "索引号：0000/2031-1"
    )
    assert cleaned.printed == {
        "发布时间": "2031-07-02 09:30",
        "来源": "某某县纪委监委",
        "索引号": "0000/2031-1",
    }
    assert seen(cleaned) == NOTICE
    assert rules(cleaned) == {"meta-line"}


@pytest.mark.parametrize(
    ("line", "printed"),
    [
        ("公开类型：主动公开　　　　发布日期：2031-07-02 16:20", {"发布时间": "2031-07-02 16:20"}),
        (
            "【索引号】0000/2031-1　【发文日期】2031-07-01　【公开日期】2031年7月2日",
            {"索引号": "0000/2031-1", "发文日期": "2031-07-01", "发布时间": "2031年7月2日"},
        ),
    ],
)
def test_rows_of_labels(line: str, printed: dict[str, str]) -> None:
    cleaned = with_dirt(1, line)
    assert cleaned.printed == printed
    assert seen(cleaned) == NOTICE


def test_a_whole_page_in_one_line() -> None:
    page = [
        "首页 > 党务公开",
        NOTICE[0],
        "发布时间：2031-07-02　来源：县纪委监委",
        *NOTICE[1:],
        "上一篇：没有了",
        "打印 | 关闭",
    ]
    cleaned = run("<div>" + "</div><div>".join(page) + "</div>")
    assert cleaned.lines[0].text.split("\n") == [x if x in NOTICE else "" for x in page]
    assert cleaned.printed == {"发布时间": "2031-07-02", "来源": "县纪委监委"}


def test_meta_tags_of_the_page_are_kept() -> None:
    head = '<head><meta name="PubDate" content="2031-07-02"><title>某某网</title></head>'
    cleaned = run(head, *NOTICE)
    assert cleaned.printed == {"发布时间": "2031-07-02"}
    assert seen(cleaned) == NOTICE


def test_a_nameless_line_is_an_advert_only_among_adverts() -> None:
    assert seen(with_dirt(3, "写作路上的好帮手")) == [*NOTICE[:3], "写作路上的好帮手", *NOTICE[3:]]
    assert seen(with_dirt(3, "开通年卡，全站随便下", "写作路上的好帮手", "QQ群：1234567")) == NOTICE


def test_page_numbers_even_inside_a_sentence() -> None:
    first, second = NOTICE[6][:25], NOTICE[6][25:]
    lines = [*NOTICE[:3], "- 1 -", *NOTICE[3:6], first, "2", second, *NOTICE[7:], "3"]
    assert seen(run(*lines)) == [*NOTICE[:6], first, second, *NOTICE[7:]]


def test_rows_of_a_table_keep_their_numbers() -> None:
    lines = [*NOTICE[:2], "1", "巡查走过场", "已整改", "2", "资金拨付慢", "已整改", *NOTICE[6:]]
    assert seen(run(*lines)) == lines


def test_labels_of_record_cards_may_repeat() -> None:
    card = ["问题描述：巡查不到位", "整改完成情况", "已完成", "责任领导：张某"]
    lines = [*NOTICE[:2], *card * 4, *NOTICE[6:]]
    assert seen(run(*lines)) == lines


def test_repeated_watermarks_go() -> None:
    lines = [x for line in NOTICE for x in (line, "某某公文写作网")]
    assert seen(run(*lines)) == NOTICE


def test_running_title_stays_once() -> None:
    lines = [NOTICE[0]]
    for page, line in enumerate(NOTICE[1:5], 1):
        lines += [line, f"- {page} -", NOTICE[0]]
    assert seen(run(*lines, *NOTICE[5:])) == NOTICE


def test_a_suspect_line_with_facts_is_kept_and_shown() -> None:
    line = "2031年5月起，本站会员免费下载公文模板、写作素材，扫码加群即可领取"
    cleaned = with_dirt(3, line)
    assert line in seen(cleaned)
    assert [(r.code, r.line) for r in cleaned.review] == [("suspect-line", 4)]


def test_text_left_out_by_the_vendor_is_shown() -> None:
    cleaned = with_dirt(3, "健全制度……（此处省略300字，会员可阅读全文）……落实到人。")
    assert "健全制度落实到人。" in seen(cleaned)
    assert [(r.code, r.line) for r in cleaned.review] == [("preview-only", 4)]


def test_what_a_person_should_know() -> None:
    assert [r.code for r in run(*NOTICE, encoding="big5").review] == ["encoding-big5"]
    assert [(r.code, r.line) for r in with_dirt(2, "整改\ufffd情况").review] == [("garbled-text", 3)]
    assert [(r.code, r.line) for r in with_dirt(2, "縣(xiàn)委巡察組").review] == [("pinyin-gloss", 3)]
    assert [r.code for r in with_dirt(2, "还剩60%未读").review] == ["preview-only"]


def visible(line: Line) -> str:
    """Kept and cut characters put together again, from the record alone."""
    out, at = [], 0
    for cut in line.cuts:
        assert at <= cut.start <= cut.end
        out += [line.raw[at : cut.start], line.raw[cut.start : cut.end]]
        at = cut.end
    return "".join([*out, line.raw[at:]])


FRAGMENTS = st.sampled_from(
    [
        *NOTICE,
        "##paid##",
        "【【付费内容】】",
        "会员群：123456",
        "<p>",
        "</p>",
        "<x<",
        "<!--",
        "-->",
        "&nbsp;",
        "&lt;",
        "&amp;",
        "\u200b",
        "\u00a0",
        "\x00",
        "\ufeff",
        "- 3 -",
        "第3页",
        "发布时间：2031-01-01",
        "来源：",
        "{{a}}",
        "★",
        "※",
        "《",
        "》",
        "<",
        ">",
        "&",
        "#",
        "*",
        "\t",
        " ",
        "　",
        "更多范文请访问www.example.com",
        "。",
        "：",
        "\n",
        "(ā",
        "※会员可读※",
        "→点这里看全文←",
        "【🔒",
        "<script>",
        "</script>",
        'style="a">',
        "[b]",
        "![a](b)",
        "相关阅读",
        "\ud800",
        "😀",
        "İ",
        "ﬁ",
        "㎡",
    ]
)
RAW = st.lists(st.lists(FRAGMENTS | st.text(max_size=8), max_size=8).map("".join), max_size=14)


LONG_HEADS = [
    "云岫县水务局关于巡察整改进展情况的通报" * 4,
    "云岫县水务局关于巡察整改进展情况的通报" * 4 + "<p>- 3 -",
]
"""Twice the same beside a page number, and too long for a running head."""


@settings(max_examples=250, deadline=None)
@example(LONG_HEADS)
@given(RAW)
def test_nothing_is_lost_and_nothing_raises(lines: list[str]) -> None:
    cleaned = run(*lines)
    assert [line.raw for line in cleaned.lines] == lines
    assert [line.no for line in cleaned.lines] == list(range(1, len(lines) + 1))
    for line in cleaned.lines:
        assert visible(line) == line.raw
        shown = "".join(cut.shown for cut in line.cuts)
        kept = len(line.raw) - sum(cut.end - cut.start for cut in line.cuts)
        assert len(line.text) == kept + len(shown)


@settings(max_examples=120, deadline=None)
@given(
    st.permutations(NOTICE[1:7]), st.lists(st.sampled_from([d for v in DIRT.values() for d in v]), max_size=4)
)
def test_the_notice_survives_any_dirt_around_it(body: list[str], dirt: list[str]) -> None:
    cleaned = run(*dirt, NOTICE[0], *body, *NOTICE[7:])
    assert [t for t in seen(cleaned) if t in NOTICE] == [NOTICE[0], *body, *NOTICE[7:]]


@settings(max_examples=100, deadline=None)
@given(
    st.text("ab<>&;", max_size=12),
    st.lists(st.tuples(st.integers(0, 12), st.integers(0, 3), st.text("xy", max_size=2)), max_size=4),
)
def test_cuts_on_cut_text_add_up(raw: str, wanted: list[tuple[int, int, str]]) -> None:
    line, expected = Line(1, raw), raw
    for start, length, shown in wanted:
        start = min(start, len(line.text))
        end = min(start + length, len(line.text))
        if end > start:
            line = cut_spans(line, [(start, end, "r", shown)])
            expected = expected[:start] + shown + expected[end:]
            assert line.text == expected
    assert cut_line(line, "all").text == ""


HOSTILE = [
    "<",
    "<a ",
    "<a b='",
    "<!--",
    "&lt;",
    "&amp;",
    "##",
    "【",
    "【【",
    "《(",
    "★a",
    "——",
    "- ",
    "1/",
    "更多",
    "www.",
    "chang ",
    "字(ā",
    "某站>> a ",
    "→点",
    "【🔒",
    "#a ",
    "付费3元",
    "a|",
    "发布时间：",
    "首页>",
    "[b]",
    "![",
    "{{",
    "\u00a0字",
    "。更多范文http://a",
    "网",
    "<p>字</p>",
    "<script>",
    "a.a",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_lines_cost_in_proportion_to_their_length(piece: str) -> None:
    """Four times the text may cost four times the work, not sixteen: ratios, since machines differ."""

    def cost(length: int) -> float:
        line = (piece * (length // len(piece) + 1))[:length]
        start = time.process_time()
        run(line, *NOTICE)
        return time.process_time() - start

    cost(1_000)  # patterns are compiled once
    assert cost(200_000) < 10 * cost(50_000) + 0.5


@pytest.mark.seeds
@pytest.mark.parametrize("number", ["000", "001", "002", "003", "004"])
def test_real_notices(seeds: Path, number: str) -> None:
    gold = yaml.safe_load((seeds.parent / "gold" / f"{number}.yaml").read_text(encoding="utf-8"))
    decoded = decode((seeds / gold["source"]).read_bytes(), gold["source"])
    cleaned = clean(decoded)
    gone = {item["line"] for item in gold["boilerplate"]}
    inline: dict[int, list[str]] = {}
    for item in gold["inline_boilerplate"]:
        inline.setdefault(item["line"], []).append(item["text"])
    for line in cleaned.lines:
        expected = "" if line.no in gone else line.raw
        for text in inline.get(line.no, []):
            expected = expected.replace(text, "")
        assert line.text.strip() == expected.replace("\u00a0", " ").strip()
    for item in gold["keep_though_odd"]:
        assert item["text"].strip() in cleaned.lines[item["line"] - 1].text
    assert not [r for r in cleaned.review if r.code == "suspect-line"]


@pytest.mark.parametrize(
    ("line", "left"),
    [
        ("<<PAY:ON>>1．关于“台账不清”的问题。", "1．关于“台账不清”的问题。"),
        ("此问题已整改完成。<<PAY:OFF>>", "此问题已整改完成。"),
        ("印发《关于<试行办法>的通知》，与<<办法>>衔接。", "印发《关于<试行办法>的通知》，与<<办法>>衔接。"),
    ],
)
def test_doubled_angle_marker_goes_whole_or_not_at_all(line: str, left: str) -> None:
    text = f"云溪县林业局党组关于巡察整改情况的通报\n县委第一巡察组开展了巡察。\n{line}\n下一步，继续整改。"
    assert clean(decode(text.encode(), "a.txt")).lines[2].text == left
