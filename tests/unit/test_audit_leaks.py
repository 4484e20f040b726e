"""打码泄漏: what gives a mask away is listed with its line; what only looks so is not."""

from __future__ import annotations

import pytest

from zhenggai import frontmatter
from zhenggai.audit.leaks import FILE_NAME, Leak, find_leaks
from zhenggai.audit.namedplaces import named_places
from zhenggai.ingest.convert import convert

NOTICE = """中共X市X区教育局党组关于巡察整改进展情况的通报
2023年3月6日至4月14日，区委第二巡察组对区教育局党组开展了常规巡察，5月22日反馈了2个问题。现将整改情况通报如下。
一、关于“课后服务收费不规范”的问题
{account}
二、关于“校舍维修台账不全”的问题
已逐校补登，整改完成。
欢迎监督。联系电话：{phone}。
中共X市X区教育局党组
2023年11月8日
"""


def leaks(
    account: str = "已退还多收费用。", phone: str = "XXXX-XXXXXXX", text: str = NOTICE, file: str = "通报.txt"
) -> dict[str, Leak]:
    """Leaks of an invented notice by what they say."""
    raw = text.replace("{account}", account).replace("{phone}", phone).encode()
    return {leak.found: leak for leak in find_leaks(convert(raw, file))}


def test_a_masked_notice_that_gives_nothing_away() -> None:
    assert leaks() == {}


def test_a_place_of_the_masked_level() -> None:
    found = leaks("到望溪区青芷社区走访家长，已退还多收费用。")
    assert found["望溪区"] == Leak("地名", "望溪区", (4,), "X区", 1, "同级的地名没有遮盖")


def test_a_place_inside_the_masked_one_and_its_short_name() -> None:
    text = NOTICE.replace("已逐校补登", "云溪片区六所学校已逐校补登")
    found = leaks("在云溪镇召开现场会，已退还多收费用。", text=text)
    assert found["云溪镇"].lines == (4,)
    assert "下一级" in found["云溪镇"].why
    assert (found["云溪"].lines, found["云溪"].why) == ((6,), "云溪镇的简称")


def test_every_line_in_which_it_stands() -> None:
    text = NOTICE.replace("已逐校补登", "在望溪区中心小学召开现场会，已逐校补登")
    assert leaks("到望溪区走访。已退还多收费用。", text=text)["望溪区"].lines == (4, 6)


@pytest.mark.parametrize(
    "account",
    [
        "根据区委部署、按照市委要求，会同县直部门开展检查，在全区推广。",
        "赴岚溪县考察学习课后服务经验，已退还多收费用。",
        "建成平安校园示范区、文明乡镇，走进产业园区、社区开展宣传。",
        "在X区X镇召开现场会，到○○街道走访。",
        "共在12个镇、三个乡退还多收费用。",
    ],
)
def test_what_is_no_place_or_not_its_own(account: str) -> None:
    assert leaks(account) == {}


def test_a_place_that_is_open_with_the_masked_one_is_no_leak() -> None:
    text = NOTICE.replace("X市X区", "岚溪市X区")
    assert leaks("市教育局到岚溪市实验小学检查，已退还多收费用。", text=text) == {}
    assert "望溪区" in leaks("到望溪区走访，已退还多收费用。", text=text)
    text = NOTICE.replace("中共X市X区", "中共X区")
    assert "岚溪市" in leaks("到岚溪市实验小学检查，已退还多收费用。", text=text)
    said = "在岚溪市X区召开现场会。到岚溪市实验小学检查，已退还多收费用。"
    assert leaks(said, text=text) == {}


def test_an_open_notice_has_no_leaks() -> None:
    text = NOTICE.replace("X市X区", "岚溪市望溪区").replace("5月22日", "X月X日")
    assert leaks("到青芷镇走访X次，退还X万元。", phone="0999-0123456", text=text) == {}


def test_a_name_that_fills_a_partly_masked_one() -> None:
    found = leaks("指导X溪镇中心校退还费用。云溪镇中心校一并整改，兰溪镇中心校已完成。")
    assert {"云溪镇", "兰溪镇"} <= {name[:3] for name in found}
    one = leaks("X城团委、XX中学已退还。此后，青城团委又作了检查。")["青城团委"]
    assert (one.kind, one.masked, one.masked_line) == ("名称", "X城团委", 4)


def test_a_number_of_things_is_no_masked_name() -> None:
    assert leaks("走访X个县、X所中学，共X名校长参加。此后，有五个县、实验中学退还X元。") == {}


def test_the_units_own_name() -> None:
    text = NOTICE.replace("中共X市X区教育局党组", "中共XX中学总支部委员会")
    assert leaks("青芷中学党总支已退还多收费用。", text=text)["青芷中学"].masked == "XX中学"
    assert leaks("全区各中学、部分中学、所属中学已退还多收费用。", text=text) == {}


def test_the_signature_in_full() -> None:
    head, _, tail = NOTICE.rpartition("中共X市X区教育局党组")
    found = leaks(text=f"{head}中共岚溪市望溪区教育局党组{tail}")
    assert any(leak.lines == (8,) and "望溪区" in leak.found for leak in found.values())


def test_the_number_of_the_inspection_group() -> None:
    text = NOTICE.replace("区委第二巡察组", "区委第X巡察组")
    found = leaks("按照区委第五巡察组的意见退还费用。", text=text)
    assert found["区委第五巡察组"] == Leak(
        "序号", "区委第五巡察组", (4,), "区委第X巡察组", 2, "遮盖的序号在这里写出了"
    )
    assert leaks("按照市委第五巡察组的意见退还费用。", text=text) == {}


def test_area_code_and_file_name() -> None:
    assert leaks(phone="0999-0123456")["区号 0999"].lines == (7,)
    assert leaks(phone="0123456") == {}
    found = leaks(file="在望溪区教育局通报.txt")
    assert found["望溪区"].lines == (FILE_NAME,)


def test_page_information_counts_for_it_is_published() -> None:
    found = leaks(text="发布时间：2023-11-09　来源：中共望溪区委办公室\n" + NOTICE)
    assert found["望溪区"].lines == (1,)


def test_vendor_text_does_not_count_for_it_is_gone() -> None:
    assert leaks(text="本文档编辑密码：在望溪区\n" + NOTICE) == {}


def test_leaks_never_reach_the_report() -> None:
    raw = NOTICE.replace("{account}", "到望溪区走访。").replace("{phone}", "0999-0123456").encode()
    conversion = convert(raw, "通报.txt")
    assert find_leaks(conversion)
    head, _ = frontmatter.split(frontmatter.render(conversion.report, conversion.body))
    assert "望溪" not in head
    assert "泄漏" not in head


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("来自青芷镇的群众", ["青芷镇"]),
        ("《望溪区委议事规则》", ["望溪区"]),
        ("望溪区云水社区，青芷乡", ["望溪区", "青芷乡"]),
        ("根据县委部署，落实市委要求", []),
        ("产业强县，文明乡镇，集贸市场，城乡居民，县域经济", []),
    ],
)
def test_named_places(text: str, names: list[str]) -> None:
    assert [place.name for place in named_places(text)] == names
