"""What was corrected, withdrawn or renamed after publication: told, dated, and every old address leads on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin
from xml.etree import ElementTree as ET

import pytest
from tests.conftest import REPORT_BODY
from tests.site.building import build_site
from tests.site.dom import load

from zhenggai import frontmatter, published
from zhenggai.checks import content
from zhenggai.checks import site as links
from zhenggai.model import Report
from zhenggai.site import catalog, changes

Write = Callable[..., Path]
BASE = "https://zhenggai.example.cn/sub/"
A = "{http://www.w3.org/2005/Atom}"
NOTES = (
    {"date": "2024-08-01", "note": "“20台”应为“12台”，据原件 <改正>。"},
    {"date": "2024-03-01", "note": "单位名称补全。"},
)
GONE = {"date": "2024-09-10", "reason": "单位来函说明有误"}
NEW = "reports/2023/lanxi-2023-001/"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, report_data: dict[str, Any]) -> Path:
    """One corrected notice, one withdrawn, one whose id, unit and anchor were once others."""
    folder = tmp_path_factory.mktemp("changes")
    reports = folder / "reports"
    gone = {"id": "gone-2023", "unit_id": "gone-unit", "withdrawn": GONE, "corrections": NOTES[:1]}
    for own in ({"corrections": NOTES}, gone):
        report = Report.model_validate({**report_data, **own})
        path = reports / report.year / f"{report.id}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(frontmatter.render(report, REPORT_BODY), encoding="utf-8")
    (reports / published.FILE).write_text(
        f"{NEW}\n  #补登不及时 -> #值班记录补登不及时\n  #已并入 -> {NEW}\n"
        f"reports/2022/lanxi-old/ -> {NEW}\n  #补登不及时\n  #值班记录补登不及时\n"
        "units/lanxi-old/ -> units/lanxi-tuan/\n",
        encoding="utf-8",
    )
    assert [str(f) for f in content.check([reports]) if f.path.name == published.FILE] == []
    return build_site(reports, folder / "site", SITE_URL=BASE)


# ---------- told where readers look ----------


def test_a_correction_stands_on_the_notices_page(site: Path) -> None:
    banner = load(site, NEW).one("aside.zg-corrected")
    assert [e.text for e in banner.all("li")] == [
        "更正2024年8月1日：“20台”应为“12台”，据原件 <改正>。", "更正2024年3月1日：单位名称补全。",
    ]  # fmt: skip
    assert [e.attrs["id"] for e in banner.all("li")] == ["correction-2", "correction-1"]
    assert banner.link("全部更正与撤下") == "../../../changes/"


def test_a_notice_without_changes_has_no_banner(built: Path) -> None:
    assert not load(built, "reports/2024/2024-yanxixian-wenhuaguan-2/").all("aside.zg-corrected")
    assert "目前没有更正，也没有撤下的通报。" in load(built, "changes/").text


def test_the_log_has_every_change_newest_first(site: Path) -> None:
    page = load(site, "changes/")
    told = [(li.one("a").attrs["href"], li.one(".zg-mark").text) for li in page.one("ol.zg-log").all("li")]
    assert told == [
        ("../reports/2023/gone-2023/#withdrawn", "撤下"),
        ("../reports/2023/gone-2023/#correction-1", "更正"),
        (f"../{NEW}#correction-2", "更正"),
        (f"../{NEW}#correction-1", "更正"),
    ]
    assert "单位来函说明有误" in page.text
    assert page.one("footer.zg-footer").link("更正与撤下") == "./"
    assert load(site, "about/").one(".zg-prose").link("更正与撤下") == "../changes/"


def test_a_tombstone_keeps_the_address_of_notice_and_unit(site: Path) -> None:
    stone = load(site, "reports/2023/gone-2023/")
    assert stone.by_id("withdrawn").text == "这份通报已于 2024年9月10日 撤下。"
    assert stone.by_id("correction-1")
    assert "已补登记录" not in stone.text
    assert [e.attrs["content"] for e in stone.all("meta") if e.attrs.get("name") == "robots"] == ["noindex"]
    unit = load(site, urljoin("reports/2023/gone-2023/", stone.link("共青团岚溪县委员会")))
    assert "这个单位的通报已经撤下" in unit.text
    assert unit.link("关于巡察整改进展情况的通报") == "../../reports/2023/gone-2023/"


def test_a_long_log_is_cut(tmp_path: Path, write_report: Write) -> None:
    notes = [
        {"date": f"2024-{m:02}-{d:02}", "note": "改一字。" * 200} for m in range(1, 13) for d in range(1, 29)
    ]
    write_report(tmp_path, corrections=notes)
    found = list(changes.pages(catalog.read(tmp_path)))
    assert len(found) > 5
    assert sum(len(page.view["leaf"].rows) for page in found) == len(notes)
    assert [page.url for page in found[:2]] == ["changes/", "changes/2/"]


# ---------- feeds ----------


@pytest.mark.parametrize(
    ("feed", "words"),
    [
        ("feed.xml", ["撤下", "更正", "更正", "更正"]),
        ("changes/feed.xml", ["撤下", "更正", "更正", "更正"]),
        ("units/lanxi-tuan/feed.xml", ["更正", "更正"]),
        ("units/gone-unit/feed.xml", ["撤下", "更正"]),
    ],
)
def test_feeds_tell_of_changes(site: Path, feed: str, words: list[str]) -> None:
    root = ET.fromstring((site / feed).read_bytes())  # noqa: S314 - our own file
    entries = root.findall(f"{A}entry")
    told = [e for e in entries if (e.findtext(f"{A}title") or "")[:3] in ("更正：", "撤下：")]
    assert [(e.findtext(f"{A}title") or "")[:2] for e in told] == words
    ids = [e.findtext(f"{A}id") or "" for e in entries]
    assert len(set(ids)) == len(ids)
    for address in ids:  # each leads to where it is said
        page, _, anchor = address.removeprefix(BASE).partition("#")
        assert not anchor or load(site, page).by_id(unquote(anchor))
    assert "已补登记录" not in (site / feed).read_text("utf-8")


def test_the_corrected_notice_is_renewed(site: Path) -> None:
    root = ET.fromstring((site / "feed.xml").read_bytes())  # noqa: S314
    (own,) = (e for e in root.findall(f"{A}entry") if e.findtext(f"{A}id") == BASE + NEW)
    assert own.findtext(f"{A}updated") == "2024-08-01T00:00:00+08:00"


# ---------- old addresses ----------


def test_an_old_anchor_lands_on_the_problem(site: Path) -> None:
    page = load(site, NEW)
    heading = page.by_id("值班记录补登不及时")
    mark = page.by_id("补登不及时")
    assert mark.parent is heading
    assert mark.text == ""
    assert page.by_id("已并入").tag == "span", "one whose problem is gone still lands on the page"


@pytest.mark.parametrize(
    ("old", "new"), [("reports/2022/lanxi-old/", NEW), ("units/lanxi-old/", "units/lanxi-tuan/")]
)
def test_an_old_address_forwards(site: Path, old: str, new: str) -> None:
    page = load(site, old)
    (refresh,) = (e.attrs["content"] for e in page.all("meta") if e.attrs.get("http-equiv") == "refresh")
    assert refresh.startswith("0; url=")
    assert urljoin(BASE + old, refresh.removeprefix("0; url=")) == BASE + new
    (canonical,) = (e.attrs["href"] for e in page.all("link") if e.attrs.get("rel") == "canonical")
    assert canonical == BASE + new
    assert urljoin(BASE + old, page.by_id("zg-moved").attrs["href"]) == BASE + new
    assert BASE + old not in (site / "sitemap.xml").read_text("utf-8")


def test_an_old_anchor_of_an_old_address_leads_on(site: Path) -> None:
    page = load(site, "reports/2022/lanxi-old/")
    for anchor in ("补登不及时", "值班记录补登不及时"):
        target = urljoin("reports/2022/lanxi-old/", page.by_id(anchor).one("a").attrs["href"])
        assert load(site, target.partition("#")[0]).by_id(unquote(target.partition("#")[2]))


def test_programs_find_feeds_and_cards_at_the_old_address(site: Path) -> None:
    assert (site / "units/lanxi-old/feed.xml").read_bytes() == (
        site / "units/lanxi-tuan/feed.xml"
    ).read_bytes()


def test_all_links_lead_somewhere(site: Path) -> None:
    assert [str(finding) for finding in links.check(site)] == []
