"""Title, counts, inspection, signature, documents: what is printed, and the traps beside it."""

from __future__ import annotations

import pytest

from zhenggai.ingest.counts import Counts, read_counts
from zhenggai.ingest.documents import find_accountability, find_documents
from zhenggai.ingest.inspection import read_inspection
from zhenggai.ingest.metadata import is_masked, read_unit
from zhenggai.ingest.pieces import Piece
from zhenggai.ingest.signature import read_signature
from zhenggai.ingest.title import find_title, kind_of_notice
from zhenggai.model import Accountability, Document, Level, UnitKind


def pieces(*texts: str) -> list[Piece]:
    return [Piece(no, text) for no, text in enumerate(texts, 1)]


LEAD = "根据县委统一部署，2024年3月4日至4月12日，县委第三巡察组对云溪县林业局党组开展了常规巡察。5月9日，巡察组反馈了意见。"


# ---------- title ----------


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (["云溪县林业局党组关于巡察整改进展情况的通报", LEAD], "云溪县林业局党组关于巡察整改进展情况的通报"),
        (["中共云溪县林业局党组", "关于县委巡察反馈意见", "整改落实情况的通报", LEAD],
         "中共云溪县林业局党组关于县委巡察反馈意见整改落实情况的通报"),
        (["云溪县林业局党组关于巡察整改情况的报告", "（本报告按规定向党内和社会公开）", LEAD],
         "云溪县林业局党组关于巡察整改情况的报告"),
        (["林业局党组关于", "市委提级巡察整改情况的报告", LEAD], "林业局党组关于市委提级巡察整改情况的报告"),
        (["首页 > 公开 > 巡察整改情况", "云溪县林业局党组关于巡察整改情况的公告", LEAD], "云溪县林业局党组关于巡察整改情况的公告"),
        (["云林党〔2024〕7号", "关于巡察整改情况的通报", "县委巡察办：", LEAD], "关于巡察整改情况的通报"),
        ([f"云溪县林业局党组关于巡察整改情况的通报　{LEAD}"], "云溪县林业局党组关于巡察整改情况的通报"),
    ],
)  # fmt: skip
def test_title(lines: list[str], title: str) -> None:
    found = find_title(pieces(*lines))
    assert found.title == title
    rest = "".join(p.text for p in found.rest)
    assert LEAD in rest
    assert title not in rest


def test_no_title_is_no_title() -> None:
    assert find_title(pieces("现将巡察整改情况报告如下：", LEAD)).title is None


def test_kind() -> None:
    assert kind_of_notice("某局关于巡察集中整改进展情况的通报", "") == "集中整改进展情况的通报"
    assert kind_of_notice(None, "没有说") is None


# ---------- counts ----------


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("反馈3方面9条问题，已全部整改完成，整改进度100％。", Counts(9, 9, "100％")),
        ("反馈4个方面15个问题，已完成整改12个，正在整改3个，整改完成率80%。", Counts(15, 12, "80%")),
        ("反馈的7项问题细化为20个具体问题，已整改到位18个。", Counts(20, 18, None)),
        ("反馈35个问题，制定80条整改措施，已完成79条。", Counts(35, None, None)),
        ("反馈3个方面11类30项问题，已整改完成28项。", Counts(30, 28, None)),
        ("反馈X个问题，已整改到位X个，整改落实率为X%。", Counts(None, None, None)),
        ("按照一个问题、一个措施的方式，完成一项，销号一项。", Counts(None, None, None)),
        ("教育提醒5人；新制定制度3项。群众满意率98%。", Counts(None, None, None)),
        ("党组自查12个问题。巡察组反馈问题8个。", Counts(8, None, None)),
        ("反馈6个问题，除1个外全部完成整改。", Counts(6, None, None)),
        ("反馈16个问题。已完成13个，占81.25%，正在推进3个。", Counts(16, 13, "81.25%")),
        ("反馈问题２１个，已完成整改１８个。", Counts(21, 18, None)),
        ("反馈会后，书记带头领办4个问题。反馈的3个方面9个问题，已完成整改8个。", Counts(9, 8, None)),
        ("反馈的9个问题，局长主抓3个，副局长分别牵头4个和2个。", Counts(9, None, None)),
        ("反馈10个问题，已完成8个；细化的146条整改措施完成139条，占95.2%。", Counts(10, 8, None)),
        ("反馈10个问题。制定措施48条，已落实47条，落实率97.9%。", Counts(10, None, None)),
        ("反馈21个问题，细化措施67条，已完成整改19个，完成率90.5%。", Counts(21, 19, "90.5%")),
        ("反馈的共性问题5个、个性问题11个，均已完成整改。", Counts(None, None, None)),
        ("全县排查同类问题132个，整改130个，整改率98.5%。", Counts(None, None, None)),
        ("对反馈的问题已完成整改。办结信访件46件，办结率100%。", Counts(None, None, None)),
        ("指出的问题涉及6个科室、4个站所，合计30个，其余27个均已完成整改。", Counts(30, 27, None)),
        ("党委共认领问题5个，已完成整改4个。", Counts(5, 4, None)),
    ],
)
def test_counts(text: str, counts: Counts) -> None:
    assert read_counts(text) == counts


# ---------- inspection ----------


def test_inspection_from_the_lead() -> None:
    found = read_inspection("云溪县林业局党组关于十五届县委第二轮巡察整改情况的通报", pieces(LEAD))
    assert (found.body, found.round, found.type) == ("县委第三巡察组", "十五届县委第二轮", "常规巡察")
    assert (found.start, found.end, found.feedback) == ("2024-03-04", "2024-04-12", "2024-05-09")
    assert [r.code for r in found.review] == ["year-inferred", "year-inferred"]


@pytest.mark.parametrize(
    ("lead", "body"),
    [
        ("县委巡察一组进驻", "县委巡察一组"),
        ("省委第六巡视组对县委开展常规巡视", "省委第六巡视组"),
        ("十二届市委第**巡察组对局党组开展巡察", "市委第**巡察组"),
        ("，澄溪市委第五巡察组对", "澄溪市委第五巡察组"),
        ("省委第二交叉巡察组对", "省委第二交叉巡察组"),
        ("根据县委安排，县委巡察组对", "县委巡察组"),
        ("根据集团党委安排，集团党委第二巡察组于", "集团党委第二巡察组"),
        ("20××年4月××日,校党委第×巡察组对", "校党委第×巡察组"),
        ("根据统一部署，自治县委第四巡察组对", "自治县委第四巡察组"),
        ("由省联社党委第三巡察组对", "省联社党委第三巡察组"),
        ("接受经开区党工委第一巡察组", "经开区党工委第一巡察组"),
        ("师党委第三巡察组对", "师党委第三巡察组"),
        ("区委巡察组汇报会上，区委第九巡察组反馈", "区委第九巡察组"),
        ("市委第九轮巡察第二巡察组对", "市委第九轮巡察第二巡察组"),
    ],
)
def test_inspecting_body(lead: str, body: str) -> None:
    assert read_inspection(None, pieces(lead)).body == body


@pytest.mark.parametrize(
    ("lead", "round_"),
    [
        ("按照县委第七轮巡察安排，十四届县委第七轮巡察", "十四届县委第七轮"),
        ("按照县委第七轮巡察安排", "县委第七轮"),
        ("按照集团党委第三轮内部巡察安排", "集团党委第三轮"),
        ("按照十三届自治县委第五轮巡察部署", "十三届自治县委第五轮"),
    ],
)
def test_round(lead: str, round_: str) -> None:
    assert read_inspection(None, pieces(lead)).round == round_


@pytest.mark.parametrize(
    ("lead", "dates"),
    [
        ("2023年3月6日，巡察组进驻，4月28日结束。6月3日反馈。", ("2023-03-06", "2023-04-28", "2023-06-03")),
        ("2023年12月11日至29日、2024年1月8日至26日，巡察组分两段开展巡察。", ("2023-12-11", "2024-01-26", None)),
        ("2023.09.11—2023.10.27，巡察组开展了巡察，次年1月10日反馈。", ("2023-09-11", "2023-10-27", "2024-01-10")),
        ("去年9月5日至11月3日，巡察组开展了巡察，今年1月8日反馈。", (None, None, None)),
        ("2024年6月3日反馈了巡察情况（巡察时间：2024年3月4日至4月26日）。", ("2024-03-04", "2024-04-26", "2024-06-03")),
        ("2024年3月上旬至4月下旬开展巡察，反馈意见于6月中旬送达。", ("2024-03", "2024-04", "2024-06")),
    ],
)  # fmt: skip
def test_dates_of_the_inspection(lead: str, dates: tuple[str | None, ...]) -> None:
    found = read_inspection(None, pieces(lead))
    assert (found.start, found.end, found.feedback) == dates


def test_masked_dates_stay_masked() -> None:
    found = read_inspection(
        None, pieces("2020年X月X日至X月X日，市委第X巡察组对团市委进行了巡察，并于X月X日反馈意见。")
    )
    assert (found.start, found.end, found.feedback) == ("2020-XX-XX", "2020-XX-XX", "2020-XX-XX")


# ---------- signature, unit ----------


def test_signature_before_or_after_the_contacts() -> None:
    body = ["通报", LEAD, "一、甲", "乙。", "丙。"]
    after = read_signature(pieces(*body, "联系电话：0999-0123456。", "中共云溪县林业局党组", "2024年9月1日"))
    before = read_signature(
        pieces(*body, "中共云溪县林业局党组", "二〇二四年九月一日", "（联系电话：0999-0123456）")
    )
    assert (after.by, after.date) == (before.by, before.date) == ("中共云溪县林业局党组", "2024-09-01")


@pytest.mark.parametrize(
    ("lines", "by"),
    [
        (["云溪县林业局党组（公章）", "2024年9月1日（此件公开发布）"], "云溪县林业局党组"),
        (["2024-9-1", "云溪县林业局党组"], "云溪县林业局党组"),
        (["云溪县林业局党组　　2024.9.1"], "云溪县林业局党组"),
        (["中共云溪县林业局党组", "云溪县林业局", "2024年9月1日"], "中共云溪县林业局党组、云溪县林业局"),
        (["中共云溪经济技术开发区应急管理局支部委员会", "2024年9月1日"], "中共云溪经济技术开发区应急管理局支部委员会"),
        (["云 溪 县 林 业 局 党 组", "2 0 2 4 年 9 月 1 日"], "云溪县林业局党组"),
    ],
)  # fmt: skip
def test_signatures(lines: list[str], by: str) -> None:
    found = read_signature(pieces("通报", LEAD, "一、甲", "乙。", "丙。", *lines))
    assert (found.by, found.date) == (by, "2024-09-01")


def test_damaged_signature_date_is_null_and_flagged() -> None:
    found = read_signature(
        pieces("通报", LEAD, "一、甲", "乙。", "丙。", "云溪县林业局党组", "2024年13月5日")
    )
    assert found.date is None
    assert [r.code for r in found.review] == ["date-damaged"]


def test_unit_full_name_from_the_signature() -> None:
    unit = read_unit("团县委关于巡察整改情况的通报", pieces("县委第二巡察组对团县委开展了巡察。"), "共青团云溪县委员会",
                     "县委第二巡察组", None, "共青团工作")  # fmt: skip
    assert (unit.name, unit.kind, unit.level) == ("共青团云溪县委员会", UnitKind.YOUTH_LEAGUE, Level.COUNTY)
    assert unit.place.county == "云溪县"


def test_the_signature_completes_a_short_name() -> None:
    lead = pieces("县委第二巡察组对城关镇党委开展了巡察。")
    unit = read_unit(
        "城关镇党委关于巡察整改情况的通报", lead, "中共云溪县城关镇委员会", "县委第二巡察组", None, ""
    )
    assert (unit.name, unit.place.county) == ("中共云溪县城关镇委员会", "云溪县")
    zone = read_unit(
        "云溪经开区应急管理局党支部关于巡察整改情况的通报", lead,
        "中共芷溪市云溪经济技术开发区应急管理局支部委员会", "党工委第一巡察组", "岚江省芷溪市云溪经济技术开发区1号", "",
    )  # fmt: skip
    assert zone.name == "中共芷溪市云溪经济技术开发区应急管理局支部委员会"
    assert zone.place.names[:3] == ("岚江省", "芷溪市", None)


def test_an_address_makes_no_other_unit() -> None:
    lead = pieces("县委第四巡察组对县人民医院党委开展了巡察。")
    title = "中共云溪县人民医院委员会关于巡察整改情况的通报"
    far = read_unit(title, lead, None, "县委第四巡察组", "岚江省芷溪市云溪县长街1号", "")
    near = read_unit(title, lead, None, "县委第四巡察组", None, "")
    assert far.place.city == "芷溪市"
    assert far.told_by == near.told_by


def test_an_address_tells_one_real_district_from_another() -> None:
    title = "共青团新华区委员会关于巡察整改情况的通报"
    unit = read_unit(title, pieces("区委巡察组"), None, "区委第二巡察组", "石家庄市新华区某街1号", "")
    assert unit.told_by.city == "石家庄市"


@pytest.mark.parametrize("text", ["XX县委", "***局高度重视", "第○巡察组", "某县某局", "×月×日", "张某同志"])
def test_masked(text: str) -> None:
    assert is_masked(text)


@pytest.mark.parametrize(
    "text",
    [
        "○为正在整改，☆为长期坚持",
        "○正在推进",
        "做X光检查",
        "二○二四年",
        "1280*768",
        "某种意义上",
        "《X射线装置管理办法》",
        "A4纸",
    ],
)
def test_not_masked(text: str) -> None:
    assert not is_masked(text)


# ---------- documents, accountability ----------


def test_documents_share_the_verb_of_their_row() -> None:
    found = find_documents("修订《采购办法》《用车办法》，并学习了《条例〈解读〉》。认真执行《采购办法》。")
    assert found == (
        Document(name="采购办法", action="修订"),
        Document(name="用车办法", action="修订"),
        Document(name="条例〈解读〉", action="学习"),
    )


def test_accountability_is_as_printed() -> None:
    text = "教育提醒5人；新制定制度3项，修改完善制度4项；清退补贴1.2万元，给予党纪处分1人。参加培训60人。"
    assert find_accountability(text) == Accountability(
        people_educated=5, people_disciplined=1, money_returned="1.2万元", rules_made=3, rules_revised=4
    )
    assert find_accountability("参加培训60人") is None
