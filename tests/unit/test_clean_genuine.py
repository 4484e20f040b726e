"""Lines of notices that speak like adverts: none may lose a character, wherever it stands."""

from __future__ import annotations

import pytest

from zhenggai.ingest.clean import clean
from zhenggai.ingest.text import Decoded, Line

TITLE = "云岫县图书馆党支部关于巡察整改进展情况的通报"
OPENING = "2031年3月2日至4月1日，县委第三巡察组对县图书馆党支部开展了巡察，现将整改进展情况予以公布。"
MIDDLE = "一、关于“窗口服务不规范”问题的整改情况"
CLOSING = "下一步，支部将坚持标本兼治，把已经形成的做法固定为制度，接受各方面的检查和评议。"
CONTACT = "联系电话：0999-5550001；电子邮箱：tsg@example.cn；地址：云岫县清河路8号。"
SIGNED = ("云岫县图书馆党支部", "2031年7月1日")

GENUINE = [
    "清理长期不更新的公众号3个，关注人数不再作为评先依据",
    "会员单位12家全部完成登记，退还会费9.6万元",
    "解散重复建立的QQ群15个，微信工作群压减到4个",
    "在办事大厅张贴二维码，群众扫码即可评价窗口服务",
    "客服热线接听率由61%升至97%，投诉三日内办结",
    "下载专区增设老年人版办事指南，打印不收费",
    "公开推荐优秀年轻干部人选18名",
    "登录密码每季度更换一次，停用长期不登录的账号52个",
    "收费项目、收费标准、减免政策一律上墙公示",
    "停止付费查询业务，退还用户查询费1.2万元",
    "读者证免费办理，阅览室延长开放两小时",
    "购买图书300套，免费借阅给农家书屋",
    "订阅党报党刊26份，清退搭车订阅的报刊",
    "会员管理系统与财务系统对账，差额4300元已追回",
    "点击率、转发量、点赞数不再列入考核",
    "培训课件统一下载、统一打印，杜绝重复印制",
    "关闭无人维护的小程序2个，客户端合并为1个",
    "版权登记窗口办理时限压缩到5个工作日",
    "严禁转载来源不明的信息，落实三审三校",
    "积分兑换超市全部明码标价，积分明细按月公开",
    "充值卡余额可原路退回，预付资金存入监管账户",
    "扫一扫门牌上的二维码，可查看网格员姓名和电话",
    "“码上监督”平台收到留言36条，回复36条",
    "更多青年加入志愿服务队伍",
    "推荐使用国产办公软件，注册用户全部实名",
    "全文公开章程修订稿，听取会员代表意见41条",
    "公文流转平均用时由6天缩短为2天",
    "范文式讲话稿、模板化总结一律退回重写",
    "优惠政策直达快享，符合条件的企业免申请领取补贴",
    "网站首页增设“巡察整改”专栏，更新信息28条",
    "文件格式不规范、页数缺失的档案重新装订",
    "直播带货销售滞销农产品，店铺由村集体经营",
    "订单、售后、退款全流程留痕，接受社员查询",
    "取消“开通会员方可预约”的限制，挂号费一律线下可缴",
    "论坛发帖、跟帖由专人值守，网民诉求回复率100%",
    "棋牌室、网吧等场所开展联合检查，关停无证经营7家",
    "星期三集中学习制度流于形式",
    "上传附件须经科长复核，退回不合格材料19份",
    "编辑、校对、审核三岗分设，差错率下降一半",
    "未经批准不得复制、外借涉密文件",
    "转至相关科室办理的事项，一律跟踪到底",
    "限时办结事项清单共38项，超时自动提醒",
    "问题来源：群众来信、热线电话、网络留言",
    "页面访问量由每月300次增至5000次",
    "阅读推广活动“送书下乡”走进12个村",
    "文库建设经费使用不规范，超预算4.5万元",
    "（会员大会、理事会均已换届）",
    "【整改措施】对收费窗口实行“一单清”",
    "※下载使用“学习强国”情况由支部按月统计",
    "『扫码入会』工作推进迟缓",
]
assert len(set(GENUINE)) == len(GENUINE) >= 40


def seen(*lines: str) -> list[str]:
    """What the reader sees of the lines."""
    numbered = tuple(Line(i, text) for i, text in enumerate(lines, 1))
    return [line.text for line in clean(Decoded("a.txt", "0" * 64, "utf-8", numbered)).lines]


@pytest.mark.parametrize("text", GENUINE)
def test_a_line_of_the_text_stays(text: str) -> None:
    lines = [TITLE, OPENING, MIDDLE, text, CLOSING, CONTACT, *SIGNED]
    assert seen(*lines) == lines


@pytest.mark.parametrize("text", GENUINE)
def test_a_sentence_among_others_stays(text: str) -> None:
    lines = [TITLE, OPENING, MIDDLE, f"一是开展排查。{text}。二是明确专人负责，按月检查。", CLOSING, *SIGNED]
    assert seen(*lines) == lines


@pytest.mark.parametrize("text", GENUINE)
def test_a_row_among_short_rows_stays(text: str) -> None:
    rows = ["责任科室：办公室", text, "完成时限：长期坚持", text]
    lines = [TITLE, OPENING, MIDDLE, *rows, CLOSING, *SIGNED]
    assert seen(*lines) == lines


@pytest.mark.parametrize("text", GENUINE)
def test_a_sentence_stays_beside_a_vendor(text: str) -> None:
    dirt = ["小墨公文铺", "开通年卡，全站随便下", "会员群：1234567"]
    lines = [TITLE, OPENING, MIDDLE, f"{text}。", CLOSING, CONTACT, *SIGNED]
    assert [line for line in seen(*dirt, *lines, *dirt) if line] == lines


EDGES = [
    "（此件公开发布）",
    "（网上公开稿）",
    "云岫县供销合作社",
    "共青团云岫县委",
    "XX县融媒体中心",
    "××市××区××镇",
    "云图党〔2031〕12号",
    "各党小组、各科室：",
    "附件：整改台账（可在县政府网站下载）",
    "抄送：县纪委监委、县委组织部",
    "公示期间，可在“云岫图书”公众号留言反映",
    "来信请寄：云岫县清河路8号（请注明“巡察整改”）",
    "扫描二维码可在线提交意见建议",
    "监督举报网址：http://tsg.example.gov.cn",
    "2031年7月1日",
    "○○县○○局党组",
    "中 共 云 岫 县 委 办 公 室",
]


@pytest.mark.parametrize("text", EDGES)
def test_lines_around_the_text_stay(text: str) -> None:
    lines = [text, TITLE, OPENING, MIDDLE, CLOSING, CONTACT, *SIGNED]
    assert seen(*lines) == lines
    lines = [TITLE, OPENING, MIDDLE, CLOSING, CONTACT, *SIGNED, text]
    assert seen(*lines) == lines
    lines = [TITLE, text, OPENING, MIDDLE, CLOSING, CONTACT, text, *SIGNED]
    assert seen(*lines) == lines


@pytest.mark.parametrize("text", ["微信公众号：云岫图书", "接访时间：星期一至星期五上午", "QQ：1234567890"])
def test_channels_under_the_contact_line_stay(text: str) -> None:
    lines = [TITLE, OPENING, MIDDLE, CLOSING, CONTACT, text, *SIGNED]
    assert seen(*lines) == lines


def test_lines_beside_an_advert_are_not_its_second_half() -> None:
    """A label with a short value, a numbered heading and a problem with a vendor's word each stand below an advert."""
    own = (
        "〔8〕阳光分班监督缺位，存在递条子",
        "〔9〕校门口的小卖部和摊点",
        "办理结果：销号",
        "旧换热站、闲置门市出租多年不涨价，租金收缴不力",
    )
    for line in own:
        adverts = ("铺友看到这里，掌柜请喝茶", line, "掌柜备了新货，铺友快来")
        lines = seen(TITLE, OPENING, MIDDLE, *adverts, CLOSING, *SIGNED)
        assert line in lines


def test_group_headings_that_stand_twice_beside_page_numbers_stay() -> None:
    groups = ["（一）审判执行方面", "（二）队伍建设方面"]
    body = [f"{part}是逐项核对台账，明确专人负责。" for part in "一二"]
    notice = [
        TITLE,
        OPENING,
        "二、主要问题",
        *groups,
        body[0],
        "- 3 -",
        "三、整改情况",
        *groups,
        body[1],
        "- 4 -",
    ]
    lines = seen(*notice, CLOSING, *SIGNED)
    assert [line for line in lines if line in groups] == [*groups, *groups]


def test_a_heading_in_half_width_brackets_stays_behind_an_advert_on_its_line() -> None:
    heading = "(四)党的组织建设方面"
    lines = seen(TITLE, OPENING, MIDDLE, f"进裙备注“法苑”送模板500份→{heading}", CLOSING, *SIGNED)
    assert heading in lines


def test_a_label_in_a_vendor_s_line_is_no_vendor_s_name() -> None:
    cards = [
        line
        for n in "123"
        for line in (f"{n}.台账{n}号不清。", "逐册核对，专人保管，按季抽查。", "办理结果：销号")
    ]
    lines = seen(TITLE, OPENING, *cards, "办理结果 办理结果 办理结果", CLOSING, *SIGNED)
    assert lines.count("办理结果：销号") == 3
