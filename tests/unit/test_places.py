"""Places read from names, completed from the division table."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhenggai import rulebook
from zhenggai.ingest.places import Place, complete, is_county_city, merge, printed, real_names
from zhenggai.model import Level
from zhenggai.rulebook import RuleError, divisions


def place(text: str) -> Place:
    """`河北省/石家庄市/新华区/-` → Place."""
    return Place(*(None if part == "-" else part for part in text.split("/")))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        # the table
        ("共青团石家庄市新华区委员会", "-/石家庄市/新华区/-"),
        ("宁海县", "-/-/宁海县/-"),
        ("荆州市沙市区人民法院", "-/荆州市/沙市区/-"),
        ("沙市区人民法院", "-/-/沙市区/-"),
        ("乐山市市中区教育局", "-/乐山市/市中区/-"),
        ("枣庄市中区委", "-/枣庄市/市中区/-"),
        ("慈溪市教育局", "-/-/慈溪市/-"),
        ("浙江省宁波市慈溪市浒山街道", "浙江省/宁波市/慈溪市/浒山街道"),
        ("北京市海淀区中关村街道", "北京市/-/海淀区/中关村街道"),
        ("吉林省吉林市船营区", "吉林省/吉林市/船营区/-"),
        ("中共恩施州委", "-/恩施土家族苗族自治州/-/-"),
        ("晋城市城区教育局", "-/晋城市/城区/-"),
        ("石家庄新华区教育局", "-/石家庄市/新华区/-"),
        ("浙江宁海县某局", "浙江省/-/宁海县/-"),
        ("沙县教育局", "-/-/沙县/-"),
        ("国家税务总局宁海县税务局", "-/-/宁海县/-"),
        ("国网浙江省电力有限公司宁海县供电公司", "-/-/宁海县/-"),
        ("邮政信箱：石家庄市新华区友谊路1号", "-/石家庄市/新华区/-"),
        # masked
        ("共青团X市委", "-/X市/-/-"),
        ("共青团XX县委员会", "-/-/XX县/-"),
        ("X市X区X街X号", "-/X市/X区/-"),
        ("**市**区教育局", "-/**市/**区/-"),
        ("某省某市某县教育局", "某省/某市/某县/-"),
        ("宁X县教育局", "-/-/宁X县/-"),
        ("中共X县XX镇委员会", "-/-/X县/XX镇"),
        # not in the table
        ("中共岚江省云岫县委员会", "岚江省/-/云岫县/-"),
        ("共青团云岫市云溪区委员会", "-/云岫市/云溪区/-"),
        ("岚江市云溪市水务局", "-/岚江市/云溪市/-"),
        ("云乡市教育局", "-/云乡市/-/-"),
        ("云岭壮族自治县教育局", "-/-/云岭壮族自治县/-"),
        ("云岚州委组织部", "-/云岚州/-/-"),
        ("云岫县望江街道办事处", "-/-/云岫县/望江街道"),
        ("青溪县溪口乡中心小学", "-/-/青溪县/溪口乡"),
        ("云岫县城关镇人民政府", "-/-/云岫县/城关镇"),
        ("云岫县城市管理局", "-/-/云岫县/-"),
        ("乌仁塔拉旗供销合作社联合社党组", "-/-/乌仁塔拉旗/-"),
        # a development zone is no division: the name is read up to it
        ("岚江市高新区管委会", "-/岚江市/-/-"),
        ("岚江市滨江新区", "-/岚江市/-/-"),
        # the next word begins with a division's sign
        ("云岫县乡村振兴局", "-/-/云岫县/-"),
        ("岚江市市政管理局", "-/岚江市/-/-"),
        ("岚江市市场监督管理局", "-/岚江市/-/-"),
        ("岚江市云溪市场管理处", "-/岚江市/-/-"),
        ("云岫县住房和城乡建设局", "-/-/云岫县/-"),
        ("岚江市城市管理局", "-/岚江市/-/-"),
        ("岚江市红旗中学", "-/岚江市/-/-"),
    ],
)
def test_printed(name: str, expected: str) -> None:
    assert printed(name) == place(expected)


@pytest.mark.parametrize(
    "name",
    [
        "市场监管局",
        "市场监督管理局",
        "区委",
        "县委",
        "团县委",
        "县委第二巡察组",
        "十二届市委第**巡察组",
        "市委第X巡察组",
        "我县",
        "本市教育局",
        "社区党委",
        "城区教育局",
        "乡镇街道",
        "XX中学",
        "***",
        "",
        "浙江大学",
        "宁海中学",
        "新华书店",
        "岚江大学附属医院",
        "县教育局",
        "各乡镇",
        "地区教育局",
        "高新区",
        "云岫经济技术开发区党工委",
    ],
)
def test_no_place(name: str) -> None:
    assert printed(name) == Place()


@pytest.mark.parametrize(
    ("given_", "expected"),
    [
        ("-/-/宁海县/-", "浙江省/宁波市/宁海县/-"),
        ("-/石家庄市/新华区/-", "河北省/石家庄市/新华区/-"),
        ("-/-/新华区/-", "-/-/新华区/-"),  # several cities have one
        ("-/-/慈溪市/浒山街道", "浙江省/宁波市/慈溪市/浒山街道"),
        ("-/-/海淀区/-", "北京市/-/海淀区/-"),
        ("-/-/济源市/-", "河南省/-/济源市/-"),
        ("-/-/沙县/-", "福建省/三明市/沙县/-"),  # a district since 2021
        ("-/东莞市/-/-", "广东省/东莞市/-/-"),
        ("吉林省/-/朝阳区/-", "吉林省/长春市/朝阳区/-"),
        ("-/襄阳市/东津新区/-", "湖北省/襄阳市/东津新区/-"),
        ("-/X市/宁海县/-", "-/X市/宁海县/-"),
        ("-/宁波市/X县/-", "-/宁波市/X县/-"),
        ("-/岚江市/宁海县/-", "-/岚江市/宁海县/-"),
        ("岚江省/-/宁海县/-", "岚江省/-/宁海县/-"),
        ("-/-/云岫县/-", "-/-/云岫县/-"),
        ("-/-/-/-", "-/-/-/-"),
    ],
)
def test_complete(given_: str, expected: str) -> None:
    assert complete(place(given_)) == place(expected)


def test_merge_fills_gaps_above_the_first_evidence() -> None:
    unit, address = place("-/-/新华区/-"), place("-/石家庄市/新华区/-")
    assert merge(unit, Place(), address) == address
    assert merge(place("-/X市/-/-"), place("-/X市/X区/-")) == place("-/X市/-/-")
    assert merge(place("-/岚江市/-/-"), place("岚江省/岚江市/云溪区/-")) == place("岚江省/岚江市/-/-")
    assert merge(Place(), address) == address


def test_merge_takes_nothing_from_contradicting_or_masked_evidence() -> None:
    assert merge(place("-/-/新华区/-"), place("-/石家庄市/桥西区/-")) == place("-/-/新华区/-")
    assert merge(place("-/-/X县/-"), place("浙江省/宁波市/宁海县/-")) == place("-/-/X县/-")
    assert merge(place("-/-/宁海县/-"), place("-/X市/宁海县/-")) == place("-/-/宁海县/-")


def test_merge_drops_what_lies_below_the_units_level() -> None:
    address = place("岚江省/岚江市/云溪区/云溪镇")
    assert merge(Place(), address, level=Level.CITY) == place("岚江省/岚江市/-/-")
    assert merge(Place(), address, level=Level.COUNTY) == place("岚江省/岚江市/云溪区/-")
    assert merge(place("-/-/云溪区/-"), address, level=Level.CITY) == place("岚江省/岚江市/云溪区/-")
    assert merge(level=Level.CITY) == Place()


def test_county_level_cities() -> None:
    assert is_county_city("慈溪市")
    assert is_county_city("龙海市")
    assert not is_county_city("宁波市")
    assert not is_county_city("云岫市")


def test_the_table_is_whole() -> None:
    rows = divisions()
    now = [row for row in rows if not row.former]
    assert len([row for row in now if row.slot == 0]) == 31
    assert 330 <= len([row for row in now if row.slot == 1]) <= 340
    assert 2800 <= len([row for row in now if row.slot == 2]) <= 2900
    assert {"宁海县", "新华区", "石家庄市", "沙县"} <= real_names()
    assert "市辖区" not in real_names()
    assert len({(row.code, row.name) for row in rows}) == len(rows)


def test_a_broken_row_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    table = "# 说明\ncode,name,former\n110000,北京市,\n1100,东城区,\n"
    (tmp_path / "divisions.csv").write_text(table, encoding="utf-8")
    monkeypatch.setattr(rulebook, "RULES", tmp_path)
    with pytest.raises(RuleError, match=r"divisions\.csv:4: .*1100"):
        divisions.__wrapped__()


@pytest.mark.parametrize("division", [d for d in divisions() if len(d.name) > 2][::41], ids=lambda d: d.code)
def test_real_names_are_read_whole(division: rulebook.Division) -> None:
    above = [name for name in (division.province, division.city) if name and name != division.name]
    found = printed(f"中共{''.join(above)}{division.name}委员会")
    assert found.province == division.province
    assert found.names[division.slot] == division.name


WORDS = [*"云溪江新华X*某省市县区州盟旗镇乡 ", "街道", "自治县", "委员会", "共青团", "中共", "宁海县"]
NAMES = st.lists(st.sampled_from(WORDS), max_size=10).map("".join)


@given(NAMES | st.text(max_size=20))
def test_places_are_read_from_anything_and_stay_as_printed(name: str) -> None:
    found = printed(name)
    whole = complete(found)
    if found.masked:
        assert whole == found
    for before, after in zip(found.names, whole.names, strict=True):
        assert before is None or before == after
    assert merge(found, whole).lowest == found.lowest
