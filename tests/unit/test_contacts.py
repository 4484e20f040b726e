"""Contacts: every form of contacts.md, values as printed, nothing invented, nothing taken from measures."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from zhenggai.ingest.clean import clean
from zhenggai.ingest.contact_marks import is_heading
from zhenggai.ingest.contacts import ContactsFound, find_contacts, find_notice_period, furniture
from zhenggai.ingest.decode import decode
from zhenggai.ingest.pieces import Piece, pieces
from zhenggai.ingest.text import Decoded, Line
from zhenggai.model import Contacts
from zhenggai.rulebook import ContactLabel, contact_rules

BODY = [
    "云岫县水务局关于巡察整改进展情况的通报",
    "一、关于“巡查走过场”问题。" + "修订巡查办法并组织培训，明确专人负责。" * 8,
    "二、关于“拨付不及时”问题。" + "建立按月通报制度，由分管领导签字确认。" * 8,
    "三、关于“学习不经常”问题。" + "每月集中学习一次，记录完整并归档备查。" * 8,
]
ASK = "欢迎广大干部群众对巡察整改落实情况进行监督。如有意见建议，请及时向我们反映。"
END = ["云岫县水务局", "2031年7月1日"]


def find(*tail: str) -> ContactsFound:
    return find_contacts([Piece(i, text) for i, text in enumerate([*BODY, *tail, *END], 1)])


def values(*tail: str) -> dict[str, object]:
    """The fields that are there; phones as their values."""
    contacts = find(*tail).contacts
    if contacts is None:
        return {}
    fields = {k: v for k, v in contacts.model_dump().items() if v}
    return {k: tuple(p["value"] for p in v) if k == "phones" else v for k, v in fields.items()}


def codes(*tail: str) -> set[str]:
    return {entry.code for entry in find(*tail).review}


P, P2, M = "0999-0550001", "0999-0550002", "15400000001"
FORMS = {
    "C1 masked": (
        [ASK + "联系方式：电话X；邮政信箱：X市X区X街X号。"],
        {"phones": ("X",), "address": "X市X区X街X号"},
    ),
    "C2 all": (
        [ASK + f"联系电话：{P}；邮政信箱：云岫县清河路8号，邮政编码：999001；电子邮箱：sw@example.com。"],
        {"phones": (P,), "address": "云岫县清河路8号", "postcode": "999001", "emails": ("sw@example.com",)},
    ),
    "C3 glued": (
        [ASK + "联系方式:电话05500017;电子邮箱sw2031@example.com。"],
        {"phones": ("05500017",), "emails": ("sw2031@example.com",)},
    ),
    "C4 bare": (
        [ASK + "联系方式:0550001(8:30-17:30);通讯地址:云岫县清河路8号;邮政编码:999001。"],
        {"phones": ("0550001",), "hours": "8:30-17:30", "address": "云岫县清河路8号", "postcode": "999001"},
    ),
    "C5 two": ([ASK + f"举报电话:{P},{M}"], {"phones": (P, M)}),
    "C6 no colon": ([ASK + f"举报电话{P}、{M}。"], {"phones": (P, M)}),
    "C7 po box": (
        [ASK + "专门邮政信箱:云岫县A019号邮政信箱,邮政编码999001"],
        {"po_box": "云岫县A019号邮政信箱", "postcode": "999001"},
    ),
    "C8 box first": (
        [ASK + "邮政信箱:云岫邮政信箱429号第三组,邮政编码:999001。电子信箱:a.b@example.com"],
        {"po_box": "云岫邮政信箱429号第三组", "postcode": "999001", "emails": ("a.b@example.com",)},
    ),
    "C9 hours": (
        [
            ASK
            + f"专门值班电话:{M}(可接收短信,接听时间为工作日9:00-17:00);邮编:999001;举报信箱:县委大院一楼。"
        ],
        {"phones": (M,), "hours": "工作日9:00-17:00", "postcode": "999001", "address": "县委大院一楼"},
    ),
    "C10 spaces": ([ASK + f"电  话:{P}(县委巡察办)"], {"phones": (P,)}),
    "C11 three digits": ([ASK, "监督电话:099-05500012"], {"phones": ("099-05500012",)}),
    "C14 sentence": (
        [ASK + f"举报电话:{M},接听和收短信时间为工作日8:00-18:00,电子邮箱:a@example.com"],
        {"phones": (M,), "hours": "工作日8:00-18:00", "emails": ("a@example.com",)},
    ),
    "C15 glued mail": (
        [ASK + f"专门信访电话:{P}、电子邮箱xc06@example.com"],
        {"phones": (P,), "emails": ("xc06@example.com",)},
    ),
    "C16 cells": (
        [ASK, f"专门值班电话 | {M} (工作日8:00-20:00)", "| 通信地址 | 云岫县A036号邮政信箱 |"],
        {"phones": (M,), "hours": "工作日8:00-20:00", "po_box": "云岫县A036号邮政信箱"},
    ),
    "C16 tab": (
        [ASK, f"联系电话\t{P}", "通讯地址\t云岫县清河路8号"],
        {"phones": (P,), "address": "云岫县清河路8号"},
    ),
    "C17 next line": (
        [ASK, "专门值班电话", f"{M}(8:00-18:00)", "通信地址", "云岫县A036号邮政信箱"],
        {"phones": (M,), "hours": "8:00-18:00", "po_box": "云岫县A036号邮政信箱"},
    ),
    "C17 colon": (
        [ASK, "联系电话：", P, "电子邮箱：", "a@example.com"],
        {"phones": (P,), "emails": ("a@example.com",)},
    ),
    "extension": ([ASK + f"联系电话：{P}转802"], {"phones": (f"{P}转802",)}),
    "extension word": ([ASK + f"联系电话：{P}（分机802）"], {"phones": (f"{P}（分机802）",)}),
    "bracketed": ([ASK + "联系电话：（0999）0550001"], {"phones": ("（0999）0550001",)}),
    "em dash": ([ASK + "联系电话：0999—0550001"], {"phones": ("0999—0550001",)}),
    "full width": ([ASK + "联系电话：０９９９－０５５０００１"], {"phones": ("０９９９－０５５０００１",)}),
    "slash": ([ASK + f"电话：{P}/0550002"], {"phones": (P, "0550002")}),
    "fax": ([ASK + f"联系电话：{P}；传真：{P2}"], {"phones": (P,), "fax": P2}),
    "fax shared": ([ASK + f"电话/传真：{P}"], {"phones": (P,), "fax": P}),
    "fax in brackets": ([ASK + f"联系电话（传真）：{P}"], {"phones": (P,), "fax": P}),
    "mail signs": ([ASK + "电子邮箱：a.b＠example.com。"], {"emails": ("a.b＠example.com",)}),
    "two mails": (
        [ASK + "邮箱：a@example.com、b@example.com"],
        {"emails": ("a@example.com", "b@example.com")},
    ),
    "hash mail": ([ASK + "邮箱：a#example.com"], {"emails": ("a#example.com",)}),
    "mailing note": (
        [ASK + "来信地址：云岫县清河路8号（信封请注明“巡察整改”）"],
        {"address": "云岫县清河路8号"},
    ),
    "send to": (
        [ASK + "书面意见可寄至云岫县清河路8号，邮编999001。"],
        {"address": "云岫县清河路8号", "postcode": "999001"},
    ),
    "hotline of the contact": ([ASK + f"举报电话：12388、{P}"], {"phones": ("12388", P)}),
    "other channels": (
        [
            ASK
            + f"联系人：张某；联系电话：{P}；微信公众号：云岫清风；网址：http://a.example.gov.cn；意见箱：一楼大厅"
        ],
        {"phones": (P,)},
    ),
    "masked middle": (
        [ASK + "联系电话：154****0001；邮箱：x***@example.com"],
        {"phones": ("154****0001",), "emails": ("x***@example.com",)},
    ),
    "masked number": (
        [ASK + "联系电话：0999-XXXXXXX；地址：XX县XX路XX号"],
        {"phones": ("0999-XXXXXXX",), "address": "XX县XX路XX号"},
    ),
    "lines at the end": (
        [f"联系电话：{P}", "联 系 人：张某", "电子邮箱：a@example.com"],
        {"phones": (P,), "emails": ("a@example.com",)},
    ),
    "labels twice": ([ASK + f"监督电话：{P}；举报电话：{P2}"], {"phones": (P, P2)}),
    "C12 hours behind": (
        [ASK + f"举报电话:{P}(工作日8:30-17:30)"],
        {"phones": (P,), "hours": "工作日8:30-17:30"},
    ),
    "C13 mobile": ([ASK, f"信访电话:{M}"], {"phones": (M,)}),
    "C18 stripped": ([ASK + "专门值班电话(可接收短信): ;(邮政编码:);电子邮箱:xc06@"], {}),
    "C18 mail broken by a line end": ([ASK, "电子邮箱：sw", "2031@example.com"], {}),
    "left out": ([ASK, "联系方式：电话：（略）；邮箱：（略）。"], {}),
    "ring, or write": (
        [f"（社会各界如有意见，请致电{P}转8016，或寄信至云岫县清河路8号，信封注明“整改监督”。）"],
        {"phones": (f"{P}转8016",), "address": "云岫县清河路8号"},
    ),
    "just ring": (
        [f"群众可在每月逢3上午到一楼反映，也可拨打{P}。"],
        {"phones": (P,), "hours": "每月逢3上午"},
    ),
    "when to ring": (
        [f"如有不同意见，请于工作日上午9时至11时来电反映，举报电话：{P}；或来访：云岫县水务局六楼办公室。"],
        {"phones": (P,), "hours": "工作日上午9时至11时", "address": "云岫县水务局六楼办公室"},
    ),
    "objection": (
        [f"公示期间，如对结果有异议，可通过来信、来电等形式实名反映。专门值班电话{P}。"],
        {"phones": (P,)},
    ),
    "report": ([f"如发现整改不实的，可向我们举报。举报电话:{P},{M}。"], {"phones": (P, M)}),
    "by purpose": ([f"咨询与投诉：{M}（值班手机）、{P}"], {"phones": (M, P)}),
    "by channel": (
        [f"接受电话监督：{P}，书面意见请送云岫县水务局403办公室。", "信函反映：云岫县清河路8号"],
        {"phones": (P,), "address": "云岫县水务局403办公室"},
    ),
    "owner before the label": ([f"云岫县水务局机关党委监督举报电话：{P}"], {"phones": (P,)}),
    "number behind a name": ([f"联系人：张某 {P}"], {"phones": (P,)}),
    "hotline of the area": ([ASK + "举报电话：0999-12388"], {"phones": ("0999-12388",)}),
    "country code": ([ASK + "联系电话：+86-999-0550001"], {"phones": ("+86-999-0550001",)}),
    "two extensions": ([ASK + f"联系电话：{P}分机802、803"], {"phones": (f"{P}分机802、803",)}),
    "fax on its own line": ([f"传真：{P2}", f"联系电话：{P}"], {"phones": (P,), "fax": P2}),
    "letter box": (
        [ASK + "也可将意见投入云岫县水务局一楼大厅东侧意见箱。"],
        {"address": "云岫县水务局一楼大厅东侧意见箱"},
    ),
    "visitors, next line": (
        ["如有意见，可通过以下途径反映：", "来访地点：", "云岫县清河路8号三楼监督科办公室", "联系电话：", P],
        {"phones": (P,), "address": "云岫县清河路8号三楼监督科办公室"},
    ),
    "letters and visits": (
        [f"来信来访地址：云岫县清河路8号；来电：{P}"],
        {"phones": (P,), "address": "云岫县清河路8号"},
    ),
    "post office": (
        [ASK, "邮　　寄：云岫县第0017号信箱，邮政编码：099001"],
        {"po_box": "云岫县第0017号信箱", "postcode": "099001"},
    ),
    "numbered lines under a heading": (
        ["四、监督联系方式", f"（一）监督电话：{P}", "（二）电子邮箱：a@example.com"],
        {"phones": (P,), "emails": ("a@example.com",)},
    ),
    "in a numbered section": ([f"五、接受监督。欢迎社会各界监督。联系电话{P}。"], {"phones": (P,)}),
    "mail alone": (["有意见的请发邮件到a@example.com"], {"emails": ("a@example.com",)}),
    "masked area": (["监督电话：某某-0550001"], {"phones": ("某某-0550001",)}),
    "masked at the end": (
        [ASK + "电话0XXX-XXXXXXX；地址X县XX街道XX楼；邮箱XXXX@example.com"],
        {
            "phones": ("0XXX-XXXXXXX",),
            "address": "X县XX街道XX楼",
            "emails": ("XXXX@example.com",),
        },
    ),
    "note in the address": (
        [ASK + "邮寄地址：云岫县清河路8号（请在信封上注明“整改监督”），邮编：099001。"],
        {"address": "云岫县清河路8号", "postcode": "099001"},
    ),
    "cut in the middle": (
        [
            ASK + "联系电话：0999-0",
            "550001转802，电子邮箱：sw_dang",
            "wei@example.com，来信请寄云岫县清河路8号县水",
            "务局机关纪委，邮编：999001。",
        ],
        {
            "phones": ("0999-0550001转802",),
            "emails": ("sw_dangwei@example.com",),
            "address": "云岫县清河路8号县水务局机关纪委",
            "postcode": "999001",
        },
    ),
    "not cut": (
        [
            ASK + f"联系电话：{P}、{P2}",
            "电子邮箱：a@example.com",
            "通讯地址：岚江省芷溪市云岫县清河路8号县水务局",
            "芷溪市云岫县水务局",
        ],
        {
            "phones": (P, P2),
            "emails": ("a@example.com",),
            "address": "岚江省芷溪市云岫县清河路8号县水务局",
        },
    ),
    "note after the mail": (
        [ASK + "电子信箱：a_b@example.com（请注明姓名）"],
        {"emails": ("a_b@example.com",)},
    ),
}


@pytest.mark.parametrize("name", list(FORMS))
def test_forms(name: str) -> None:
    tail, expected = FORMS[name]
    assert values(*tail) == expected


def test_labels_stay_with_their_numbers() -> None:
    contacts = find(ASK + f"监督电话：{P}；举 报 电 话：{P2}").contacts
    assert contacts is not None
    assert [(p.label, p.tel) for p in contacts.phones] == [
        ("监督电话", "+869990550001"),
        ("举报电话", "+869990550002"),
    ]


@pytest.mark.parametrize(
    ("printed", "tel"),
    [
        (P, "+869990550001"),
        (M, "+8615400000001"),
        ("400-055-0001", "+864000550001"),
        ("0550001", None),
        ("（0999）0550001", "+869990550001"),
        (f"{P}转802", "+869990550001"),
        ("0999-XXXXXXX", None),
        ("12388", None),
        ("154 0000 0001", "+8615400000001"),
        ("０９９９—０５５０００１", "+869990550001"),
    ],
)
def test_only_numbers_that_can_be_dialled_from_anywhere(printed: str, tel: str | None) -> None:
    contacts = find(ASK + f"联系电话：{printed}。").contacts
    assert contacts is not None
    assert [(p.value, p.tel) for p in contacts.phones] == [(printed, tel)]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (f"联系电话：{M}", "mobile-in-contact"),
        ("联系电话：0550001", "phone-without-area-code"),
        ("联系电话：X", "contact-masked"),
        ("邮箱：x***@example.com", "contact-masked"),
        ("联系电话：；邮政编码：", "contact-damaged"),
        ("电子邮箱：abc@", "contact-damaged"),
        ("邮箱：a#example.com", "contact-damaged"),
        ("联系电话：055001", "contact-damaged"),
    ],
)
def test_review(text: str, code: str) -> None:
    found = find(ASK + text)
    assert {(r.code, r.line) for r in found.review} == {(code, len(BODY) + 1)}


def test_plain_contacts_need_no_review() -> None:
    assert (
        codes(ASK + f"联系电话：{P}；邮政信箱：云岫县清河路8号，邮政编码：999001；电子邮箱：a@example.com。")
        == set()
    )


DECOYS = [
    "（三）线上线下宣传12355服务平台，公布举报电话12388，设立监督电话0999-0550007，欢迎群众监督。",
    "三是在微信公众号上公开单位联系方式，服务时长累计666.78小时，覆盖团员24063人。",
    "（四）实行窗口8:30-17:30延时服务，电话回访群众3000人次，办结12345热线工单560件。",
    "采取电话抽查、邮箱征集等方式收到意见35条，邮政编码库更新99001条。",
    "整改情况：在大厅公布投诉电话0999-0550007，欢迎群众监督，接到来电35件，已整改完成。",
    "（五）在大厅增设举报电话：0999-0550007，欢迎群众监督。",
    "在大厅公布投诉电话0999-0550007，欢迎群众监督，接到来电35件，均已办结。",
    "在县电视台公布监督举报电话0999-0550007，接受群众监督。",
    "印发便民联系卡3000张，卡上印有联系人、联系电话（0999-0550007）和邮箱（bm@example.com）。",
    "责任人：王某，联系电话：0999-0550007，完成时限：2031年6月底。",
    "责任科室：河道股　责任人：李某　电话：0550007　完成时限：立行立改",
    "整改成效：投诉渠道更加畅通，群众可拨打0999-0550007查询进度。",
    "将窗口电话0550007统一转接值班室，安排专人接听，群众可随时反映问题。",
    "设立书记信箱6个，地址选址公开透明，传真件登记不规范问题已整改。",
]


@pytest.mark.parametrize("decoy", DECOYS)
@pytest.mark.parametrize("at", [1, 4])
def test_measures_are_no_contacts(decoy: str, at: int) -> None:
    lines = [*BODY[:at], decoy, *BODY[at:], *END]
    found = find_contacts([Piece(i, text) for i, text in enumerate(lines, 1)])
    assert found.contacts is None
    assert found.lines == ()


@pytest.mark.parametrize(
    "stranger",
    [
        "客服热线 0999-0550007 服务时间 7×24小时",
        "声明：资料由网友分享，若侵犯您的权益请发邮件至 admin@example.com，我们将及时处理",
        "网站举报电话：0999-0550007",
        "文档下载有问题请联系本站，电话：0999-0550007",
        "本网站由云岫县人民政府主办，联系邮箱：site@example.gov.cn",
        "主办：云岫县水务局　承办：云岫县信息中心　联系电话：0999-0550007",
        "总机：0999-0550007　急救电话：0999-0550008",
        "本报社址：云岫县报业路2号　广告热线：0999-0550007　零售每份1.00元",
    ],
)
def test_strangers_at_the_end_are_nobodys_contact(stranger: str) -> None:
    assert values(stranger) == {}
    assert values(ASK + f"联系电话：{P}。", stranger) == {"phones": (P,)}


def test_one_line_for_the_whole_notice() -> None:
    text = " ".join([*BODY, DECOYS[0], *BODY[1:], ASK + f"联系电话：{P}。", *END])
    found = find_contacts([Piece(1, text)])
    assert found.contacts is not None
    assert [p.value for p in found.contacts.phones] == [P]


def test_what_a_verb_says_is_no_label() -> None:
    contacts = find(f"如有意见，可拨打{P}。").contacts
    assert contacts is not None
    assert contacts.phones[0].label is None


def test_an_early_label_without_an_invitation_is_no_contact() -> None:
    lines = [BODY[0], f"监督电话：{P2}", *BODY[1:], *BODY[1:], *END]
    assert find_contacts([Piece(i, text) for i, text in enumerate(lines, 1)]).contacts is None


def test_a_decoy_does_not_hide_the_contact() -> None:
    lines = [*BODY[:3], *DECOYS, BODY[3], ASK + f"联系电话：{P}。", *END]
    found = find_contacts([Piece(i, text) for i, text in enumerate(lines, 1)])
    assert found.contacts == Contacts(phones=found.contacts.phones) if found.contacts else None
    assert found.contacts is not None
    assert [p.value for p in found.contacts.phones] == [P]
    assert found.lines == (len(lines) - 2,)


def test_the_footer_of_the_web_site_is_nobodys_contact() -> None:
    footer = [
        "主办：云岫县人民政府办公室",
        "某ICP备00000000号",
        f"地址：云岫县府前街1号　联系电话：{P2}　邮编：999001",
    ]
    texts = [*BODY, *END, *footer]
    cleaned = clean(Decoded("a.txt", "0" * 64, "utf-8", tuple(Line(i, t) for i, t in enumerate(texts, 1))))
    assert find_contacts(pieces(cleaned.lines), furniture(cleaned.lines)).contacts is None
    texts.insert(len(BODY), ASK + f"联系电话：{P}。")
    cleaned = clean(Decoded("a.txt", "0" * 64, "utf-8", tuple(Line(i, t) for i, t in enumerate(texts, 1))))
    contacts = find_contacts(pieces(cleaned.lines), furniture(cleaned.lines)).contacts
    assert contacts is not None
    assert ([p.value for p in contacts.phones], contacts.address) == ([P], None)


def test_no_contacts() -> None:
    assert find() == ContactsFound(None, (), ())


def test_line_of_each_value() -> None:
    found = find(ASK, f"联系电话：{P}", "邮政编码：999001")
    assert found.lines == (len(BODY) + 2, len(BODY) + 3)


@pytest.mark.parametrize(
    "row",
    [row for row in contact_rules().labels if row.field not in ("end", "other")],
    ids=lambda row: row.field,
)
def test_label_table(row: object) -> None:
    for example in row.examples:  # type: ignore[attr-defined]
        assert values(ASK, example), example
    for text in row.counter_examples:  # type: ignore[attr-defined]
        assert values(ASK, text) == {}, text


@pytest.mark.parametrize("row", [row for row in contact_rules().labels if row.field == "other"])
def test_numbers_of_other_kinds_are_no_telephones(row: ContactLabel) -> None:
    for example in row.examples:
        assert values(ASK, example) == {}


def test_headings_of_lists() -> None:
    assert [text for text in contact_rules().heading_examples if not is_heading(text)] == []
    assert [text for text in contact_rules().heading_counter_examples if is_heading(text)] == []


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("公示时间：2031年6月1日至6月7日（5个工作日）", "2031-06-01", "2031-06-07"),
        ("公示期为2031年12月28日—1月3日。", "2031-12-28", "2032-01-03"),
        ("公 示 期：2031.6.1-6.7", "2031-06-01", "2031-06-07"),
        ("公示期限：自2031-06-01起至2031-06-07止", "2031-06-01", "2031-06-07"),
        ("公示时间：2031年6月1日起5个工作日", "2031-06-01", None),
        ("公示时间：203X年X月X日至X月X日", "203X-XX-XX", "203X-XX-XX"),
    ],
)
def test_notice_period(text: str, start: str, end: str | None) -> None:
    period = find_notice_period([Piece(1, text)])
    assert period is not None
    assert (period.start, period.end) == (start, end)


@pytest.mark.parametrize(
    "text",
    [
        "公示期7天",
        "公示时间：6月1日至6月7日",
        "公示期：2031年13月1日至14月2日",
        "（二）发展对象公示期2031年5月1日至5月7日不足5个工作日。",
    ],
)
def test_no_notice_period(text: str) -> None:
    assert find_notice_period([Piece(1, text)]) is None


def test_notice_period_with_a_known_year() -> None:
    period = find_notice_period([Piece(1, "公示时间：6月1日至6月7日")], "2031")
    assert period is not None
    assert (period.start, period.end) == ("2031-06-01", "2031-06-07")


@given(
    st.lists(
        st.sampled_from(
            [
                *BODY,
                ASK,
                "联系电话：",
                P,
                M,
                "（",
                "）",
                "@",
                "邮箱a@",
                "转",
                "X",
                "\n",
                "|",
                "时间",
                "公示期",
                "2031年",
            ]
        )
        | st.text(max_size=6),
        max_size=8,
    )
)
def test_never_raises_and_invents_nothing(parts: list[str]) -> None:
    text = "".join(parts)
    found = find(text, ASK + text)
    if found.contacts:
        printed = "\n".join([text, ASK + text, *BODY, *END])
        for phone in found.contacts.phones:
            assert phone.value in printed
        assert all(email in printed for email in found.contacts.emails)
    find_notice_period([Piece(1, text)])


@pytest.mark.seeds
@pytest.mark.parametrize("number", ["000", "001", "002", "003", "004"])
def test_real_notices(seeds: Path, number: str) -> None:
    gold = yaml.safe_load((seeds.parent / "gold" / f"{number}.yaml").read_text(encoding="utf-8"))
    cleaned = clean(decode((seeds / gold["source"]).read_bytes(), gold["source"]))
    found = find_contacts(pieces(cleaned.lines), furniture(cleaned.lines))
    expected = gold["contacts"]
    if expected is None:
        assert found.contacts is None
        return
    assert found.contacts is not None
    assert [p.value for p in found.contacts.phones] == [expected["phone"]]
    assert list(found.contacts.emails) == ([expected["email"]] if expected["email"] else [])
    assert found.contacts.address == expected["postal_address"]
    assert found.contacts.postcode == expected["postcode"]
    assert found.lines == (expected["line"],)
