"""The archive's views: who is in them, in which order."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from zhenggai.model import Contacts, Phone, Status
from zhenggai.site import catalog, dates, filters, groups, pinyin, regions
from zhenggai.site.catalog import Catalog


def test_newest_first_undated_last(archive: Catalog) -> None:
    assert [n.report.id for n in archive.notices] == [
        "2024-yanxixian-wenhuaguan-2", "2024-tinglanxian-fayuan", "2023-tinglanxian-renminyiyuan",
        "2023-yanxixian-xingdunxiang", "2022-yanxixian-wenhuaguan-1", "2021-suchuanshi-qinggangzhongxue",
        "2020-xxxian-gongqingtuan", "undated-xian-danganju",
    ]  # fmt: skip


def test_addresses(archive: Catalog) -> None:
    notice = archive.notices[-1]
    assert notice.url == "reports/undated/undated-xian-danganju/"
    assert archive.units["yanxixian-wenhuaguan"].url == "units/yanxixian-wenhuaguan/"
    assert archive.years["2024"].url == "years/2024/"
    assert archive.tags["finance"].url == "categories/finance/"


def test_a_unit_has_its_notices_under_its_latest_name(archive: Catalog) -> None:
    unit = archive.units["yanxixian-wenhuaguan"]
    assert [n.year for n in unit.notices] == ["2024", "2022"]
    assert unit.name == "中共砚溪县文化馆党组"
    assert unit.other_names == ["砚溪县文化馆"]
    assert [(c.slug, n) for c, n in unit.recurring] == [
        ("core-duty", 2),
        ("finance", 2),
        ("branch-building", 2),
    ]


def test_units_stand_by_pinyin(archive: Catalog) -> None:
    assert [u.name for u in archive.units.values()] == [
        "溯川市青杠中学", "汀兰县人民法院", "汀兰县人民医院", "县档案局", "共青团XX县委员会",
        "中共砚溪县文化馆党组", "中共砚溪县杏墩乡委员会",
    ]  # fmt: skip
    assert [letter for letter, _ in groups.initials(archive.units.values())] == ["S", "T", "X", "Y"]


def test_years_newest_first(archive: Catalog) -> None:
    assert {y.slug: len(y.notices) for y in archive.years.values()} == {
        "2024": 2, "2023": 2, "2022": 1, "2021": 1, "2020": 1, "undated": 1,
    }  # fmt: skip
    assert list(archive.years) == ["2024", "2023", "2022", "2021", "2020", "undated"]
    assert archive.years["2023"].problems == 8


def test_a_category_lists_problems_and_only_mentions_sub_problems(archive: Catalog) -> None:
    finance = archive.tags["finance"]
    assert [p.issue.heading for p in finance.problems] == [
        "场馆出租收入没有及时入账", "外请教师课酬以现金发放", "班主任津贴发放标准不公开",
    ]  # fmt: skip
    assert finance.units == 2
    assert [p.issue.heading for p in finance.mentioned] == ["下乡辅导排了计划却没有照办"]
    assert "safety" not in archive.tags


def test_open_problems_leave_out_silence(archive: Catalog) -> None:
    assert {p.issue.status for p in archive.open_problems} == {
        Status.IN_PROGRESS, Status.MOSTLY_COMPLETED, Status.LONG_TERM,
    }  # fmt: skip
    assert len(archive.open_problems) == 8
    assert groups.status_counts(archive.open_problems) == [
        (Status.MOSTLY_COMPLETED, 3), (Status.IN_PROGRESS, 3), (Status.LONG_TERM, 2),
    ]  # fmt: skip


def test_regions_nest_and_masked_or_silent_ones_stand_apart(archive: Catalog) -> None:
    tree = archive.regions
    (province,) = tree.roots
    assert (province.name, len(province.notices)) == ("岚江省", 6)
    (city,) = province.children
    assert [(r.name, len(r.notices)) for r in city.children] == [("汀兰县", 2), ("砚溪县", 3)]
    assert [r.name for r in tree.masked] == ["XX县"]
    assert tree.unstated is not None
    assert tree.unstated.url == "regions/unstated/"
    assert [n.report.unit for n in tree.unstated.notices] == ["县档案局"]
    assert [r.name for r in tree.of(archive.notices[0])] == ["岚江省", "溯川市", "砚溪县"]


def test_contacts_are_the_latest_printed(archive: Catalog) -> None:
    names = [u.name for u in archive.reachable]
    assert "中共砚溪县杏墩乡委员会" not in names
    assert len(names) == 6
    unit = archive.units["yanxixian-wenhuaguan"]
    assert unit.reachable is not None
    assert unit.reachable.year == "2024"


def test_problems_are_cut_where_their_heading_changes(archive: Catalog) -> None:
    cut = groups.by_parent(archive.notices[0].fed_back)
    assert [(parent, len(rows)) for parent, rows in cut] == [
        ("（一）聚焦党中央决策部署在基层贯彻落实情况", 2),
        ("（二）聚焦群众身边不正之风和腐败问题情况", 2),
        ("（三）聚焦基层党组织领导班子和干部队伍建设情况", 2),
    ]


def stand_under(*paths: tuple[str, ...]) -> list[str | None]:
    """The group headings of problems that stand under these headings."""
    rows: Any = [SimpleNamespace(issue=SimpleNamespace(parents=path)) for path in paths]
    return [heading for heading, _ in groups.by_parent(rows)]


def test_a_group_names_the_whole_path_and_each_heading_once() -> None:
    s, one, two = "二、整改情况", "（一）党的领导弱化", "（二）党的建设缺失"
    assert stand_under((s, one, "1.落实不力"), (s, one, "1.落实不力"), (s, one, "2.学习不深"), (s, two, "1.松散")) == [
        "（一）党的领导弱化 › 1.落实不力", "2.学习不深", "（二）党的建设缺失 › 1.松散",
    ]  # fmt: skip
    assert stand_under((s,), (s,)) == [None]
    assert stand_under((), ()) == [None]
    assert stand_under((s, one, one)) == [one]
    assert stand_under((one,)) == [one]
    assert stand_under((s, one, "1.落实不力"), (s, one), (s,)) == [f"{one} › 1.落实不力", one, s]
    assert stand_under(("一、作风方面",), ("二、财务方面",)) == ["一、作风方面", "二、财务方面"]


def test_what_many_names_begin_with_does_not_count() -> None:
    for name in (
        "中共云岫县教育局党组",
        "中国共产党云岫县委员会",
        "共青团云岫县委",
        "中共共青团云岫县委",
        "云岫县",
    ):
        assert pinyin.initial(name) == "Y", name
    assert pinyin.initial("中共") == "Z"
    assert pinyin.initial("中国银行云岫支行") == "Z"


def test_a_number_masked_throughout_is_no_contact() -> None:
    masked = Contacts(phones=(Phone(value="XXXX-XXXXXXX"),))
    assert groups.prints_contacts(masked)
    assert not groups.has_contacts(masked)
    assert groups.has_contacts(Contacts(phones=(Phone(value="XXXX-XXXXXXX"), Phone(value="0104427"))))
    assert groups.has_contacts(Contacts(phones=(Phone(value="XXXX"),), address="老渡口街18号"))
    assert not groups.has_contacts(None)


def test_full_width_mail_is_written_to_half_width() -> None:
    assert filters.mail_href("jw＠example．org") == "mailto:jw@example.org"
    assert filters.mail_href("ＸＸＸ＠example.org") is None


@pytest.fixture
def read(tmp_path: Path, write_report: Callable[..., Path]) -> Callable[..., Catalog]:
    """`read({…}, {…})` writes one report per set of changes and reads them all."""

    def make(*changes: dict[str, Any]) -> Catalog:
        for change in changes:
            write_report(tmp_path, **change)
        return catalog.read(tmp_path)

    return make


def test_dates_fall_back_and_masked_months_come_last_in_their_year(read: Callable[..., Catalog]) -> None:
    nothing = dict.fromkeys(
        ["published", "signed_date", "feedback_date", "inspection_end", "inspection_start"]
    )
    found = read(
        {**nothing, "id": "a-published", "published": "2023-05-01", "signed_date": "2019-01-01"},
        {**nothing, "id": "b-signed", "signed_date": "2023-06"},
        {**nothing, "id": "c-feedback", "feedback_date": "2023-XX-XX"},
        {**nothing, "id": "d-inspection", "inspection_end": "2022-12-31"},
        {**nothing, "id": "e-masked-year", "published": "XXXX-05-01", "year": "undated"},
        {**nothing, "id": "f-year-only", "year": "2024"},
        {**nothing, "id": "g-none", "year": "undated"},
    )
    assert [n.report.id for n in found.notices] == [
        "f-year-only", "b-signed", "a-published", "c-feedback", "d-inspection", "e-masked-year", "g-none",
    ]  # fmt: skip


def test_withdrawn_notices_stand_in_no_view(read: Callable[..., Catalog]) -> None:
    found = read({}, {"id": "gone-2023-001", "withdrawn": {"date": "2024-01-02", "reason": "单位要求"}})
    assert [n.report.id for n in found.notices] == ["lanxi-2023-001"]
    assert len(found.everything) == 2
    assert len(found.problems) == 1
    assert len(found.units["lanxi-tuan"].notices) == 1


def test_places_spelt_alike_have_addresses_of_their_own(read: Callable[..., Catalog]) -> None:
    found = read(
        {"id": "one-2021", "county": "云溪县", "year": "2021"}, {"id": "two-2023", "county": "芸溪县"},
        {"id": "three-2023", "province": "陕西省", "county": None},
        {"id": "four-2023", "province": "山西省", "county": None},
    )  # fmt: skip
    slugs = {r.name: r.slug for r in found.regions.by_slug.values()}
    assert slugs["芸溪县"].startswith(slugs["云溪县"] + "-")
    assert slugs["陕西省"].startswith("shaanxi")
    assert slugs["山西省"].startswith("shanxi")
    assert len(set(slugs.values())) == 4


@pytest.mark.parametrize(
    ("date", "words"),
    [
        ("2024-06-26", "2024年6月26日"), ("2024-06", "2024年6月"), ("2024", "2024年"),
        ("2020-XX-XX", "2020年×月×日"), ("2022-XX-23", "2022年×月23日"), ("2020-1X", "2020年1×月"),
        ("20XX-10", "20××年10月"), ("XXXX-05-01", "××××年5月1日"), (None, ""),
    ],
)  # fmt: skip
def test_dates_in_chinese_keep_their_masks(date: str | None, words: str) -> None:
    assert dates.chinese(date) == words


def test_stretches_of_time() -> None:
    assert dates.chinese_span("2023-03-01", "2023-05") == "2023年3月1日至2023年5月"
    assert dates.chinese_span("2023-03", None) == "2023年3月起"
    assert dates.chinese_span(None, "2023-05") == "2023年5月止"
    assert dates.chinese_span(None, None) == ""


@pytest.mark.parametrize(
    ("name", "masked"),
    [("X市", True), ("××县", True), ("某县", True), ("**区", True), ("○○市", True), ("砚溪县", False)],
)
def test_masked_names(name: str, masked: bool) -> None:
    assert regions.is_masked(name) is masked
