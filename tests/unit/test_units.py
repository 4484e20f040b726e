"""Kind, level, one name and id of units; lines that are names."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from zhenggai.ingest.places import Place
from zhenggai.ingest.units import is_unit_name, kind_of, level_of, normalise, unit_id
from zhenggai.model import Level, Slug, UnitKind
from zhenggai.rulebook import KindRule, unit_kinds

RULES = unit_kinds().kinds
YUNXIU = Place("岚江省", "岚江市", "云岫县")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.kind)
def test_each_rule_knows_its_own_and_spares_the_rest(rule: KindRule) -> None:
    assert [name for name in rule.examples if kind_of(name, "") is not rule.kind] == []
    assert [name for name in rule.counter_examples if kind_of(name, "") is rule.kind] == []


def test_every_kind_has_a_rule() -> None:
    assert {rule.kind for rule in RULES} == set(UnitKind)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("全面深化共青团改革，全年发展团员312名，团干部轮训两次，建好青年之家。", UnitKind.YOUTH_LEAGUE),
        ("局党组认真履行主体责任，局机关修订制度6项，我局行政执法案卷抽查合格。", UnitKind.GOVERNMENT),
        ("审判管理进一步规范，法官业绩档案建立，庭审直播率提高，裁判文书上网。", UnitKind.COURT),
        ("学校党委书记讲思政课，我校师生座谈会召开，校长带队检查校园食堂。", UnitKind.SCHOOL),
        ("镇党委召开扩大会议，我镇村干部集中轮训，镇村两级台账完善。", UnitKind.TOWNSHIP),
        ("公司党委前置研究事项清单修订，董事会议事规则完善，子公司同步整改。", UnitKind.STATE_FIRM),
        ("召开会议，提高认识，落实责任。青年干部座谈。", UnitKind.OTHER),
        ("", UnitKind.OTHER),
    ],
)
@pytest.mark.parametrize("name", ["***", "", "XX"])
def test_a_masked_unit_is_known_by_its_words(name: str, text: str, expected: UnitKind) -> None:
    assert kind_of(name, text) is expected


def test_words_never_overrule_a_name() -> None:
    text = "共青团工作、团干部、团县委、青年、团员" * 3
    assert kind_of("云岫县教育局", text) is UnitKind.GOVERNMENT
    assert kind_of("云岫县融媒体中心", text) is UnitKind.OTHER
    assert kind_of("XX县人民法院", text) is UnitKind.COURT


SAME = [
    ["中共云岫县教育局党组", "云岫县教育局", "云岫县教育局党委", "中共云岫县教育局委员会", "县教育局"],
    ["云岫县水务局机关党委", "云岫县水务局"],
    ["共青团云岫县委员会", "共青团云岫县委", "团云岫县委", "团县委", "中国共产主义青年团云岫县委员会"],
    ["中共云岫县委办公室", "云岫县委办公室", "云岫县委办", "县委办"],
    ["中共云岫县委员会", "云岫县委", "中国共产党云岫县委员会"],
    ["云岫县人民政府办公室党组", "云岫县政府办"],
    ["中共云岫县云溪镇委员会", "云岫县云溪镇党委", "云岫县云溪镇人民政府", "云岫县云溪镇党委、政府"],
    ["云岫县望江街道党工委、办事处", "中共云岫县望江街道工作委员会", "云岫县望江街道办事处"],
    ["云岫县卫健委", "云岫县卫生健康委员会党组", "云岫县卫生健康委"],
    ["云岫县市场监管局", "云岫县市场监督管理局"],
    ["云岫县人民法院党组", "云岫县法院"],
    ["云岫县妇联", "云岫县妇女联合会"],
    ["云岫县纪委监委", "中共云岫县纪律检查委员会"],
    ["中共云岫县第一中学委员会", "云岫县第一中学党总支"],
]


def place_of(name: str) -> Place:
    township = re.search(r"云溪镇|望江街道", name)
    return Place("岚江省", "岚江市", "云岫县", township[0] if township else None)


@pytest.mark.parametrize("names", SAME, ids=lambda names: str(names[0]))
def test_all_names_of_one_unit_have_one_id(names: list[str]) -> None:
    assert len({unit_id(name, place_of(name), False, "") for name in names}) == 1


def test_different_units_have_different_ids() -> None:
    ids = [unit_id(names[0], place_of(names[0]), False, "") for names in SAME]
    assert len(set(ids)) == len(SAME)
    elsewhere = Place("岚江省", "岚江市", "云溪区")
    assert unit_id("县教育局", YUNXIU, False, "") != unit_id("区教育局", elsewhere, False, "")
    assert unit_id("云岫县教育局", YUNXIU, False, "") == "lanjiang-lanjiang-yunxiuxian-jiaoyuju"


def test_masked_units_never_merge() -> None:
    one, other = (unit_id("共青团X市委", Place(city="X市"), True, seed) for seed in ("a" * 64, "b" * 64))
    assert one != other
    assert one[:-6] == other[:-6] == "x-shi-gongqingtuan-"
    assert unit_id("***", Place(), True, "a") == unit_id("***", Place(), True, "a")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("共青团XX县委员会", "共青团XX县委"),
        ("云岫县发改委", "云岫县发展和改革委员会"),
        ("中共岚江师范学院委员会", "岚江师范学院"),
        ("云岫县卫生健康委员会", "云岫县卫生健康委员会"),
        ("***党组", "***"),
    ],
)
def test_normalise(name: str, expected: str) -> None:
    assert normalise(name) == expected


CIXI = Place("浙江省", "宁波市", "慈溪市")


@pytest.mark.parametrize(
    ("name", "inspector", "place", "expected"),
    [
        ("共青团X市委员会", "市委第X巡察组", Place(city="X市"), Level.CITY),
        ("共青团XX县委员会", "县委第一巡察组", Place(county="XX县"), Level.COUNTY),
        ("云岫县教育局", "市委第一巡察组", YUNXIU, Level.COUNTY),  # inspected from above: its own level
        ("云溪区司法局", "区委第二巡察组", Place(county="云溪区"), Level.COUNTY),
        ("中共岚江市委员会", "省委第三巡视组", Place(city="岚江市"), Level.CITY),
        ("岚江省财政厅", "省委第一巡视组", Place("岚江省"), Level.PROVINCE),
        ("云岫县云溪镇党委", "县委第一巡察组", YUNXIU, Level.TOWNSHIP),
        ("县教育局", "县委第一巡察组", Place(), Level.COUNTY),
        ("团市委", "市委第一巡察组", Place(), Level.CITY),
        ("慈溪市教育局", "市委第一巡察组", CIXI, Level.COUNTY),
        ("市教育局", "市委第一巡察组", CIXI, Level.COUNTY),
        ("北京市海淀区教育局", "区委第一巡察组", Place("北京市", None, "海淀区"), Level.COUNTY),
        ("云岫县人民法院", "市委第三巡察组", YUNXIU, Level.CITY),
        ("慈溪市人民法院", "市委第三巡察组", CIXI, Level.COUNTY),
        ("岚江大学", "省委第二巡视组", Place(), Level.PROVINCE),
        ("岚江大学", "自治区党委第二巡视组", Place(), Level.PROVINCE),
        ("岚江市第一人民医院", None, Place(city="岚江市"), None),
        ("机械工程学院", "校党委第一巡察组", Place(), None),
        ("岚江水务集团有限公司", "岚江市委第五巡察组", Place(), Level.CITY),
    ],
)
def test_level(name: str, inspector: str | None, place: Place, expected: Level | None) -> None:
    assert level_of(name, kind_of(name, ""), inspector, place) is expected


def test_level_of_a_masked_unit_is_its_inspectors() -> None:
    assert level_of("***", UnitKind.YOUTH_LEAGUE, "十二届市委第**巡察组") is Level.CITY
    assert level_of("***", UnitKind.LOCAL_COMMITTEE, "省委第一巡视组") is None
    assert level_of("***", UnitKind.OTHER, None) is None


@pytest.mark.parametrize(
    "line",
    [
        "共青团宁海县委员会",
        "中共X县Y局党组",
        "X县人民法院党组",
        "XX中学党总支",
        "　　云岫县教育局",
        "团县委",
        "县教育局党组",
        "岚江大学党委",
        "中共云岫县云溪镇委员会",
        "云岫县云溪镇人民政府",
        "云岫县委办公室",
        "***党组",
        "云岫县水务集团有限公司",
        "政协云岫县委员会",
        "县妇联",
        "岚江市第一人民医院党委",
        "云岫县融媒体中心",
        "清源中学",
        "岚江市发展和改革委员会",
        "云岫县公安局（本级）",
    ],
)
def test_names_of_units(line: str) -> None:
    assert is_unit_name(line)


@pytest.mark.parametrize(
    "line",
    [
        "一、党的领导弱化",
        "党的领导弱化",
        "聚焦基层党组织",
        "学校党委",
        "局党组",
        "党支部",
        "推进党支部标准化",
        "意识形态工作",
        "市委第二巡察组",
        "全面从严治党",
        "加强组织部",
        "二○二四年六月二十六日",
        "机关党委",
        "对市青少年活动中心",
        "基层党委",
        "抓好办公室",
        "党建工作责任制",
        "云岫县教育局关于巡察整改进展情况的通报",
        "县教育局召开党组会。",
        "（一）云岫县教育局",
        "",
        "各镇党委",
        "云岫县教育局，云岫县水务局",
        "发挥党支部作用",
    ],
)
def test_lines_that_are_no_names(line: str) -> None:
    assert not is_unit_name(line)


WORDS = [
    *"云X*团县委局党 （）、", "共青团", "中共", "委员会", "云岫县", "教育局", "党组", "云溪镇", "街道",
    "办公室", "人民政府", "卫健委",
]  # fmt: skip


@given(st.lists(st.sampled_from(WORDS), max_size=8).map("".join) | st.text(max_size=20), st.text(max_size=20))
def test_anything_is_a_unit_with_one_stable_name(name: str, text: str) -> None:
    kind = kind_of(name, text)
    assert kind in UnitKind
    level_of(name, kind, text, YUNXIU)
    is_unit_name(name)
    for masked in (False, True):
        TypeAdapter(Slug).validate_python(unit_id(name, YUNXIU, masked, text))
