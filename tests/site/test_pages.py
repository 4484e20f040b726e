"""What the built pages say, asked of the built fixture archive."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.site.dom import Element, load

from zhenggai.checks import site as links
from zhenggai.site.catalog import Catalog

LATEST = "reports/2024/2024-yanxixian-wenhuaguan-2/"
HOSPITAL = "reports/2023/2023-tinglanxian-renminyiyuan/"
MASKED = "reports/2020/2020-xxxian-gongqingtuan/"
UNDATED = "reports/undated/undated-xian-danganju/"


def facts(page: Element) -> dict[str, str]:
    card = page.one("section.zg-facts")
    return {row.one("dt").text: row.one("dd").text for row in card.one("dl").all("div")}


def rows(table: Element) -> list[list[str]]:
    return [[cell.text for cell in row.all("td")] for row in table.all("tr") if row.all("td")]


def headings(page: Element) -> list[str]:
    return [e.text for e in page if e.tag in ("h1", "h2", "h3", "h4", "h5", "h6")]


# ---------- a notice ----------


def test_facts_as_printed(built: Path) -> None:
    assert facts(load(built, LATEST)) == {
        "单位": "中共砚溪县文化馆党组", "地区": "岚江省 溯川市 砚溪县", "单位类别": "其他", "行政层级": "县级",
        "巡察机构": "县委第一巡察组", "巡察轮次": "十四届县委第五轮", "巡察类型": "巡察“回头看”",
        "巡察时间": "2024年3月11日至2024年4月30日", "反馈日期": "2024年5月27日", "公开日期": "2024年12月6日",
        "落款单位": "中共砚溪县文化馆党组", "落款日期": "2024年12月2日",
    }  # fmt: skip


def test_what_the_notice_does_not_say(built: Path) -> None:
    page = load(built, UNDATED)
    shown = facts(page)
    silent = {name for name, value in shown.items() if value == "原文未载明"}
    assert silent == {
        "地区", "巡察机构", "巡察轮次", "巡察类型", "巡察时间", "反馈日期", "公开日期", "落款单位", "落款日期",
    }  # fmt: skip
    assert page.one("p.zg-printed").text == "原文所写总数：原文未载明"
    assert page.one("p.zg-report__date").text == "日期原文未载明"


def test_masks_stay(built: Path) -> None:
    page = load(built, MASKED)
    shown = facts(page)
    assert shown["巡察时间"] == "2020年×月×日至2020年×月28日"
    assert shown["反馈日期"] == "2020年1×月"
    assert shown["地区"] == "XX县"
    assert not page.one("dl.zg-contact").all("a"), "nothing masked can be rung or written to"


def test_counts_as_printed_stand_apart_from_what_is_listed(built: Path) -> None:
    page = load(built, LATEST)
    assert page.one("p.zg-printed").text == "原文所写总数：问题 6 个，已完成 3 个，完成率 50%"
    counts = page.one("p.zg-counts")
    assert counts.all("strong")[0].text == "6"
    assert [e.text for e in counts.all(".zg-status")] == [
        "已完成 3",
        "基本完成 1",
        "正在整改 1",
        "长期坚持 1",
    ]


def test_ledger(built: Path) -> None:
    page = load(built, LATEST)
    ledger = page.one("table.zg-ledger")
    assert [(r[0], r[2], r[3]) for r in rows(ledger)] == [
        ("1.", "主责主业履行", "正在整改"), ("2.", "意识形态工作责任制", "已完成"),
        ("3.", "政府采购与工程项目", "已完成"), ("4.", "财务与资金管理", "基本完成"),
        ("5.", "领导班子和干部队伍建设", "长期坚持"), ("6.", "党支部标准化规范化", "已完成"),
    ]  # fmt: skip
    groups = [row.text for row in ledger.all("tr.zg-ledger__group")]
    assert groups[0] == "（一）聚焦党中央决策部署在基层贯彻落实情况"
    assert len(groups) == 3
    assert ledger.link("购置音响拆成四笔，避开招标") == "#购置音响拆成四笔避开招标"
    assert ledger.link("政府采购与工程项目") == "../../../categories/procurement/"
    assert ledger.link("原文另一处") == "#下乡辅导排了计划却没有照办-2"


def test_sub_problems_are_nested_and_name_their_own_category(built: Path) -> None:
    subs = load(built, LATEST).one("ul.zg-subs")
    assert [e.text for e in subs.all("li")] == ["排演节目只为参赛", "辅导老师补助久拖未发 财务与资金管理"]
    assert subs.link("辅导老师补助久拖未发") == "#辅导老师补助久拖未发"


def test_shapes_tell_statuses_apart(built: Path) -> None:
    """Each status has a word, and a shape of its own that the page holds."""
    page = load(built, LATEST)
    used = {e.all("use")[0].attrs["href"]: e.text for e in page.one("table.zg-ledger").all(".zg-status")}
    assert used == {
        "#zg-completed": "已完成", "#zg-mostly-completed": "基本完成",
        "#zg-in-progress": "正在整改", "#zg-long-term": "长期坚持",
    }  # fmt: skip
    for shape in used:
        assert page.by_id(shape[1:]).tag == "symbol"


def test_self_named_problems_stand_apart(built: Path) -> None:
    page = load(built, HOSPITAL)
    feedback, own = page.all("table.zg-ledger")
    assert [r[0] for r in rows(feedback)] == ["1.", "2.", "3."]
    assert [(r[0], r[3]) for r in rows(own)] == [("（1）", "已完成"), ("（2）", "未写明")]
    assert "单位自查发现的问题" in headings(page)
    assert page.one("p.zg-counts").text.startswith("列出 3 个反馈问题、2 个单位自查问题")


def test_unnumbered_and_unlisted_problems(built: Path) -> None:
    school = load(built, "reports/2021/2021-suchuanshi-qinggangzhongxue/")
    assert [r[0] for r in rows(school.one("table.zg-ledger"))] == ["", "", ""]
    court = load(built, "reports/2024/2024-tinglanxian-fayuan/")
    assert court.all("table.zg-ledger") == []
    assert court.one("p.zg-empty").text == "原文没有逐条列出问题，请看通报原文。"
    assert "问题 12 个" in court.one("p.zg-printed").text


def test_contact_card(built: Path) -> None:
    card = load(built, HOSPITAL).one("dl.zg-contact")
    shown = [(row.one("dt").text, row.one("dd").text.removesuffix("复制")) for row in card.all("div")]
    assert shown == [
        ("监督电话", "0997-0103366转802"), ("举报电话", "15400001122"),
        ("电子邮箱", "jw@example.org"), ("电子邮箱", "dangban@example.org"),
        ("地址", "汀兰县康宁路66号门诊楼五楼纪检办公室"), ("邮政编码", "099700"),
        ("传真", "0997-0103399"), ("受理时间", "8:00-12:00，14:30-17:30"),
    ]  # fmt: skip
    assert card.link("0997-0103366转802") == "tel:+869970103366;ext=802"
    assert card.link("jw@example.org") == "mailto:jw@example.org"


def test_contacts_say_when_they_were_published(built: Path) -> None:
    assert "2023年通报所载，此后可能有变动。" in load(built, HOSPITAL).text
    assert "通报日期原文未载明，可能已有变动。" in load(built, UNDATED).text


def test_a_number_without_area_code_is_no_link(built: Path) -> None:
    card = load(built, UNDATED).one("dl.zg-contact")
    assert card.all("a") == []
    assert "0123456 原文未载明区号" in card.text


def test_no_contacts(built: Path) -> None:
    page = load(built, "reports/2023/2023-yanxixian-xingdunxiang/")
    assert page.all("dl.zg-contact") == []
    assert "原文未载明联系方式。" in page.text


def test_unreviewed_until_a_person_released_it(built: Path) -> None:
    assert load(built, LATEST).all("p.zg-unreviewed")
    released = load(built, "reports/2022/2022-yanxixian-wenhuaguan-1/")
    assert not released.all("p.zg-unreviewed")
    assert "2024年2月1日 经人工复核" in released.text


def test_review_notes_are_not_published(built: Path, archive: Catalog) -> None:
    (note,) = archive.notices[0].report.review
    assert note.message not in (built / LATEST / "index.html").read_text("utf-8")


def test_source_and_other_notices_of_the_unit(built: Path) -> None:
    page = load(built, "reports/2022/2022-yanxixian-wenhuaguan-1/")
    source = page.one("section.zg-source")
    assert "砚溪县文化馆整改通报（2022）.txt" in source.text
    assert "YX-WH-2022-011" in source.text
    assert len(source.one("code").text) == 64
    assert source.link("https://www.example.cn/wenhuaguan/2022/1103.html").startswith("https://")
    assert (
        page.link("中共砚溪县文化馆党组关于巡察整改进展情况的通报")
        == "../../2024/2024-yanxixian-wenhuaguan-2/"
    )


def test_the_notices_own_text_in_order_below(built: Path, archive: Catalog) -> None:
    page = load(built, LATEST)
    assert headings(page)[:5] == [
        "中共砚溪县文化馆党组关于巡察整改进展情况的通报", "基本情况", "问题清单", "联系方式", "通报原文",
    ]  # fmt: skip
    text = page.one(".zg-text")
    assert text.by_id("辅导老师补助久拖未发").tag == "p"
    assert text.by_id("购置音响拆成四笔避开招标").text == "3.关于“购置音响拆成四笔，避开招标”的问题。"
    assert (
        text.by_id("购置音响拆成四笔避开招标").one("a.headerlink").attrs["href"]
        == "#购置音响拆成四笔避开招标"
    )
    anchors = {e.attrs["href"].removeprefix("#") for e in text.all("a.headerlink")}
    report = next(n.report for n in archive.notices if n.url == LATEST)
    assert anchors == {
        anchor
        for issue in report.issues
        for anchor in (issue.anchor, *issue.also_at, *(s.anchor for s in issue.sub_issues))
    }, "every problem has an address of its own, and nothing else"
    assert (
        text.by_id("购置音响拆成四笔避开招标").one("a.headerlink").attrs["href"]
        == "#购置音响拆成四笔避开招标"
    )
    anchors = {e.attrs["href"].removeprefix("#") for e in text.all("a.headerlink")}
    report = next(n.report for n in archive.notices if n.url == LATEST)
    assert anchors == {
        anchor
        for issue in report.issues
        for anchor in (issue.anchor, *issue.also_at, *(s.anchor for s in issue.sub_issues))
    }, "every problem has an address of its own, and nothing else"
    assert "2021年以来的出租收入38.6万元已入账36.1万元" in text.text


# ---------- lists ----------


def test_home(built: Path) -> None:
    page = load(built, "")
    assert page.one("h1").text
    assert page.one("p.zg-tally").text == "收存 7 个单位的 8 份通报，逐条列出 25 个问题"
    assert page.link("2023年") == "years/2023/"
    assert page.link("年份未载明") == "years/undated/"
    assert page.link("岚江省") == "regions/lanjiangsheng/"
    assert page.link("主责主业履行") == "categories/core-duty/"
    newest = [e.one("h3").one("a").text for e in page.all("li.zg-card")]
    assert newest[0] == "中共砚溪县文化馆党组关于巡察整改进展情况的通报"
    assert page.one("form.zg-search").attrs["action"] == "search/"


def test_unit_page(built: Path) -> None:
    page = load(built, "units/yanxixian-wenhuaguan/")
    assert page.one("h1").text == "中共砚溪县文化馆党组"
    assert [e.one("a").attrs["href"] for e in page.all("li.zg-card")] == [
        "../../reports/2024/2024-yanxixian-wenhuaguan-2/", "../../reports/2022/2022-yanxixian-wenhuaguan-1/",
    ]  # fmt: skip
    assert [r[0] for r in rows(page.one("table.zg-problems"))] == [
        "下乡辅导排了计划却没有照办", "场馆出租收入没有及时入账", "年轻业务骨干断档",
    ]  # fmt: skip
    assert page.link("0998-0012255") == "tel:+869980012255"
    assert "其他通报中的名称：砚溪县文化馆" in page.text


def test_category_page_lists_problems(built: Path) -> None:
    page = load(built, "categories/finance/")
    assert rows(page.one("table.zg-problems")) == [
        ["场馆出租收入没有及时入账", "中共砚溪县文化馆党组", "基本完成"],
        ["外请教师课酬以现金发放", "砚溪县文化馆", "已完成"],
        ["班主任津贴发放标准不公开", "溯川市青杠中学", "长期坚持"],
    ]
    assert page.link("外请教师课酬以现金发放") == (
        "../../reports/2022/2022-yanxixian-wenhuaguan-1/#外请教师课酬以现金发放"
    )
    assert page.link("辅导老师补助久拖未发").endswith("-wenhuaguan-2/#辅导老师补助久拖未发")


def test_self_named_problems_are_marked_in_lists(built: Path) -> None:
    page = load(built, "categories/work-style/")
    assert ["会员体检套餐宣传用语夸大 单位自查", "汀兰县人民医院", "未写明"] in rows(
        page.one("table.zg-problems")
    )


def test_year_region_open_contacts(built: Path) -> None:
    assert len(load(built, "years/2023/").all("li.zg-card")) == 2
    assert load(built, "years/undated/").one("h1").text == "年份未载明的通报"
    assert "归年" not in load(built, "years/undated/").text
    year = load(built, "years/2023/")
    assert year.one("h1").text == "2023年的通报"
    assert year.text.count("按公布日期归年；没有公布日期的按落款、反馈、巡察结束日期归年") == 1
    assert len(load(built, "regions/lanjiangsheng-suchuanshi-tinglanxian/").all("li.zg-card")) == 2
    assert len(load(built, "regions/unstated/").all("li.zg-card")) == 1
    assert len(rows(load(built, "open/").one("table.zg-problems"))) == 8
    contacts = load(built, "contacts/")
    assert [e.one("h2").text for e in contacts.by_id("zg-list").all("li")][:2] == [
        "溯川市青杠中学", "汀兰县人民法院",
    ]  # fmt: skip


def test_regions_page(built: Path) -> None:
    page = load(built, "regions/")
    assert page.link("砚溪县") == "lanjiangsheng-suchuanshi-yanxixian/"
    assert page.link("XX县")
    assert page.link("查看这些通报") == "unstated/"


# ---------- every page ----------

ADDRESSES = [
    "", "units/", "units/yanxixian-wenhuaguan/", "years/", "years/2024/", "years/undated/", "categories/",
    "categories/finance/", "categories/finance/by-unit/", "regions/", "regions/unstated/", "documents/", "open/",
    "open/in-progress/", "open/finance/", "contacts/", "statistics/", "years/units/", "data/", "search/", "about/",
    LATEST, UNDATED, "404.html",
]  # fmt: skip


@pytest.mark.parametrize("address", ADDRESSES)
def test_frame(built: Path, address: str) -> None:
    """Language, one heading, skip link first, sections, search, nothing inline, no other host."""
    page = load(built, address)
    assert page.one("html").attrs["lang"] == "zh-CN"
    assert len(page.all("h1")) == 1
    first = page.one("body").all("a")[0]
    assert (first.text, first.attrs["href"]) == ("跳到正文", "#main")
    assert page.by_id("main")
    menu = [e.text for e in page.one("nav.zg-nav").all("a")]
    assert menu == [
        "首页", "单位", "年份", "问题类别", "地区", "文件", "尚未完成", "联系方式", "统计", "数据", "搜索", "关于",
    ]  # fmt: skip
    assert [e for e in page.all("form") if e.attrs.get("role") == "search"]
    assert page.one("head").one("title").text.endswith("整改公开")
    assert not [e for e in page for name in e.attrs if name.startswith("on") or name == "style"]
    assert not [
        e for e in page.all("script") if "src" not in e.attrs and e.attrs.get("type") != "application/ld+json"
    ]
    assert not page.all("style")
    assert not page.all("img")
    ids = [e.attrs["id"] for e in page if "id" in e.attrs]
    assert len(ids) == len(set(ids))


def test_the_section_one_is_in_is_marked(built: Path) -> None:
    for address, name in [("", "首页"), ("units/yanxixian-wenhuaguan/", "单位"), ("about/", "关于")]:
        marked = [
            e.text for e in load(built, address).one("nav.zg-nav").all("a") if "aria-current" in e.attrs
        ]
        assert marked == [name]


def test_breadcrumbs(built: Path) -> None:
    crumbs = load(built, LATEST).one("nav.zg-crumbs").all("li")
    assert [e.text for e in crumbs] == [
        "首页", "单位", "中共砚溪县文化馆党组", "中共砚溪县文化馆党组关于巡察整改进展情况的通报",
    ]  # fmt: skip
    assert load(built, "").all("nav.zg-crumbs") == []


def test_every_link_and_fragment_resolves(built: Path) -> None:
    assert [str(finding) for finding in links.check(built)] == []


def test_a_dead_fragment_would_be_seen(built: Path, tmp_path: Path) -> None:
    page = tmp_path / "index.html"
    html = (built / "index.html").read_text("utf-8").replace('href="units/"', 'href="#nowhere"')
    page.write_text(html, "utf-8")
    assert any("nowhere" in str(finding) for finding in links.check(tmp_path))


def test_pages_are_light_and_the_themes_own_assets_stay_out(built: Path) -> None:
    assert max(p.stat().st_size for p in built.rglob("*.html")) < 50_000
    names = {p.name for p in (built / "assets").iterdir()}
    assert "archive.css" in names
    assert not [
        name for name in names if not name.startswith(("archive", "lists", "moved", "search", "favicon"))
    ]
    assert not (built / "images").exists(), "the README's pictures"
