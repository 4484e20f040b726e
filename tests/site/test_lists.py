"""Lists across notices: orders and sections of problems, unit × year, places; and that no leaf grows heavy."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.site.building import build_site
from tests.site.dom import Element, load

from zhenggai.model import Status
from zhenggai.rulebook import taxonomy
from zhenggai.site import catalog, notice_lists, problem_lists
from zhenggai.site.catalog import OPEN, Catalog

LIMIT = 200_000
"""Bytes of HTML that no page may exceed."""


def problem_rows(page: Element) -> list[tuple[str, list[str]]]:
    """(section, cells) of each row of the table of problems; "" before the first section."""
    out: list[tuple[str, list[str]]] = []
    section = ""
    for row in page.one("table.zg-problems").all("tr"):
        if "zg-problems__group" in row.attrs.get("class", ""):
            section = row.text
        elif cells := row.all("td"):
            out.append((section, [cell.text for cell in cells]))
    return out


# ---------- categories ----------


def test_a_category_by_year(built: Path) -> None:
    page = load(built, "categories/finance/")
    assert problem_rows(page) == [
        ("2024年", ["场馆出租收入没有及时入账", "中共砚溪县文化馆党组", "基本完成"]),
        ("2022年", ["外请教师课酬以现金发放", "砚溪县文化馆", "已完成"]),
        ("2021年", ["班主任津贴发放标准不公开", "溯川市青杠中学", "长期坚持"]),
    ]
    assert page.one("nav.zg-letters").link("2022年 1 个") == "#year-2022"
    assert page.one("nav.zg-choices").link("按单位") == "by-unit/"


def test_a_category_by_unit(built: Path) -> None:
    page = load(built, "categories/finance/by-unit/")
    assert problem_rows(page) == [
        ("溯川市青杠中学", ["班主任津贴发放标准不公开", "2021年", "长期坚持"]),
        ("中共砚溪县文化馆党组", ["场馆出租收入没有及时入账", "2024年", "基本完成"]),
        ("中共砚溪县文化馆党组", ["外请教师课酬以现金发放", "2022年", "已完成"]),
    ]
    assert [e.text for e in page.one("nav.zg-letters").all("a")] == ["S", "Y"]
    current = [e.text for e in page.one("nav.zg-choices").all("a") if "aria-current" in e.attrs]
    assert current == ["按单位"]


def test_both_orders_hold_every_problem(archive: Catalog) -> None:
    listed: dict[str, list[Any]] = {}
    for page in problem_lists.category_pages(archive):
        if page.template == "archive/category.html":
            base = page.view["leaf"].base
            listed.setdefault(base, []).extend(page.view["leaf"].rows)
    for tag in archive.tags.values():
        assert listed[tag.url] == list(tag.problems)
        assert set(listed.get(f"{tag.url}by-unit/", [])) == set(tag.problems)


# ---------- what is open ----------


def test_open_problems_by_status_and_by_category(archive: Catalog, built: Path) -> None:
    page = load(built, "open/")
    assert len(problem_rows(page)) == 8
    status, category = page.all("nav.zg-choices")
    assert [e.text for e in status.all("a")] == [
        "全部 8 个",
        "正在整改 3 个",
        "基本完成 3 个",
        "长期坚持 2 个",
    ]
    assert sum(int(e.text.split()[-2]) for e in category.all("a")) == 8
    for wanted in OPEN:
        rows = problem_rows(load(built, f"open/{wanted.value}/"))
        assert {cells[-1] for _, cells in rows} == {wanted.label}
        assert len(rows) == sum(p.issue.status is wanted for p in archive.open_problems)
    found = [cells[0] for tag in archive.tags for cells in _open_in(built, tag)]
    assert sorted(found) == sorted(p.issue.heading for p in archive.open_problems)


def _open_in(site: Path, category: str) -> list[list[str]]:
    if not (site / "open" / category).exists():
        return []
    rows = problem_rows(load(site, f"open/{category}/"))
    assert all(section == cells[-1] for section, cells in rows), "each under its status"
    return [cells for _, cells in rows]


def test_no_category_is_called_like_a_status() -> None:
    """Both are the last part of an address below /open/."""
    slugs = {c.slug for c in taxonomy().categories}
    assert not slugs & {s.value for s in Status}
    assert not any(slug.isdigit() for slug in slugs)


# ---------- unit × year ----------


def test_units_by_year(built: Path) -> None:
    page = load(built, "years/units/")
    table = page.one("table.zg-matrix")
    head = [e.text for e in table.one("thead").all("th")]
    assert head == ["单位", "2024年", "2023年", "2022年", "2021年", "2020年", "年份未载明"]
    rows = {row.one("th").text: row.all("td") for row in table.all("tr") if row.all("td")}
    assert len(rows) == 7
    cells = rows["中共砚溪县文化馆党组"]
    assert [cell.text for cell in cells] == ["2024年 1 份", "", "2022年 1 份", "", "", ""]
    assert cells[0].one("a").attrs["href"].endswith("reports/2024/2024-yanxixian-wenhuaguan-2/")
    assert load(built, "units/").link("按年份对照") == "../years/units/"


def test_several_notices_of_a_year_lead_to_the_unit(
    tmp_path: Path, write_report: Callable[..., Path]
) -> None:
    for number in range(3):
        write_report(tmp_path, id=f"notice-{number}")
    found = catalog.read(tmp_path)
    (page,) = [p for p in notice_lists.year_pages(found) if p.url == "years/units/"]
    ((unit, spans),) = page.view["leaf"].rows
    assert spans["2023"].url == f"{unit.url}#notices", "its page needs no heading for its one year"
    write_report(tmp_path, id="older", year="2021", published="2021-05-06")
    found = catalog.read(tmp_path)
    (page,) = [p for p in notice_lists.year_pages(found) if p.url == "years/units/"]
    ((unit, spans),) = page.view["leaf"].rows
    assert {y: (len(s.notices), s.url) for y, s in spans.items()} == {
        "2023": (3, f"{unit.url}#year-2023"), "2021": (1, "reports/2021/older/"),
    }  # fmt: skip


def test_a_units_years(built: Path) -> None:
    page = load(built, "units/yanxixian-wenhuaguan/")
    rows = [[c.text for c in row if c.tag in ("th", "td")] for row in page.one("table.zg-spans").all("tr")]
    assert rows == [
        ["年份", "通报", "列出问题", "公开时的整改状态"],
        ["2024年", "1 份通报", "6 个问题", "已完成 3 基本完成 1 正在整改 1 长期坚持 1"],
        ["2022年", "1 份通报", "4 个问题", "已完成 4"],
    ]
    assert page.by_id("year-2024").tag == page.by_id("year-2022").tag == "h3"
    assert not load(built, "units/tinglanxian-renminyiyuan/").all("table.zg-spans"), "one year needs no table"


# ---------- places ----------


def test_places_stand_under_their_province_and_others_apart(built: Path) -> None:
    page = load(built, "regions/")
    assert [e.text for e in page.all("h2")] == ["岚江省 6 份", "原文遮盖了地名", "原文未载明地区"]
    assert page.link("砚溪县") == "lanjiangsheng-suchuanshi-yanxixian/"


def test_every_place_is_listed_once_however_many(tmp_path: Path, write_report: Callable[..., Path]) -> None:
    for number in range(60):
        place: dict[str, Any] = {
            "province": f"岚{number % 7}省",
            "city": f"溯{number % 20}市",
            "county": f"砚{number}县",
        }
        if number % 3 == 0:
            place |= {"province": None, "city": None}
        if number % 10 == 0:
            place |= {"province": "X省"}
        write_report(tmp_path, id=f"notice-{number:02d}", **place)
    found = catalog.read(tmp_path)
    listed: list[str] = []
    for page in notice_lists.region_pages(found):
        if page.template == "archive/regions.html":
            for part in page.view["leaf"].parts:
                listed += [part.section.url] if part.section.url and not part.continued else []
                listed += [r.url for b in part.rows for r in (b.region, *b.below)]
    assert sorted(listed) == sorted(r.url for r in found.regions.by_slug.values())


# ---------- weight ----------

LONG = "关于“<一线>&整改”责任没有层层压实" * 14
"""300 characters with signs that HTML must escape: longer than any heading one would print."""


def heavy(number: int) -> dict[str, Any]:
    """A notice with long names, long headings, many problems and documents, all in one category and place."""
    issues = [
        {
            "number": f"{n}.", "heading": f"{LONG}{n}", "category": "finance", "anchor": f"问题{n}",
            "status": "in-progress", "origin": "feedback",
            "sub_issues": [{"heading": f"{LONG}{n}之一", "category": "other", "anchor": f"具体{n}"}],
        }
        for n in range(20)
    ]  # fmt: skip
    unit = f"岚江省溯川市砚溪县{'人民政府' * 12}第{number}办公室"
    return {
        "id": f"heavy-{number:03d}", "unit": unit, "unit_id": f"heavy-{number if number > 25 else 0}",
        "title": f"{unit}关于“整改”情况的通报" * 2, "province": "岚江省", "city": "溯川市", "county": f"砚{number}县",
        "year": str(2016 + number % 9), "published": f"{2016 + number % 9}-03-05", "tags": ["finance"],
        "issues": issues,
        "documents": [{"name": f"{LONG[:90]}{number % 30}之{n}", "action": "制定"} for n in range(60)],
        "body": "".join(f"## {n}. {LONG} {{#问题{n}}}\n\n### 针对 {{#具体{n}}}\n\n" for n in range(20)),
    }  # fmt: skip


@pytest.mark.slow
def test_no_leaf_grows_heavy(tmp_path: Path, write_report: Callable[..., Path]) -> None:
    """Whatever the length of headings and names: leaves are cut by what they weigh."""
    for number in range(60):
        write_report(tmp_path / "reports", **heavy(number))
    site = build_site(tmp_path / "reports", tmp_path / "site")
    sizes = {
        p.parent.relative_to(site).as_posix(): p.stat().st_size
        for p in site.rglob("index.html")
        if p.relative_to(site).parts[0] != "reports"
    }
    assert {address: size for address, size in sizes.items() if size > LIMIT} == {}
    for kind in ("categories/finance/2", "categories/finance/by-unit/2", "categories/other/mentioned/2", "open/2",
                 "open/in-progress/2", "open/finance/2", "documents/2", "units/heavy-0/open/2", "years/2020"):  # fmt: skip
        assert kind in sizes, kind
    full = [sizes[a] for a in ("categories/finance/2", "open/2", "documents/2")]
    assert min(full) > 80_000, "nor are leaves cut too small"
