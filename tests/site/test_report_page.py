"""A report page's rarer parts: 公示期, documents, copies elsewhere, a title of our own making, how to cite it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.site.building import build_site
from tests.site.dom import Element, load

from zhenggai import frontmatter
from zhenggai.model import Document, Report
from zhenggai.site import catalog
from zhenggai.site.groups import by_action
from zhenggai.site.pages import SIBLINGS, report_page

HASH = "0" * 64
RICH: dict[str, Any] = {
    "notice_period": {"start": "2023-10-08", "end": "2023-10-20"},
    "documents": [
        {"name": "岚溪县青年之家管理办法", "action": "制定"}, {"name": "岚溪团费使用细则"},
        {"name": "值班制度", "action": "修订"}, {"name": "台账规范", "action": "制定"},
        {"name": "台账规范", "action": "制定"},
    ],
    "source": {
        "file": "岚溪.txt", "sha256": HASH, "encoding": "utf-8", "url": "https://www.example.cn/1.html",
        "copies": [
            {"file": "岚溪（转载）.txt", "sha256": "1" * 64, "url": "https://www.example.org/2.html"},
            {"file": "岚溪 另一份.txt", "sha256": "2" * 64, "url": "javascript:alert(1)"},
            {"file": "岚溪 第三份.txt", "sha256": "3" * 64},
        ],
    },
}  # fmt: skip
PLAIN: dict[str, Any] = {
    "id": "lanxi-2022-002", "year": "2022", "published": "2022-XX-08", "contacts": {"phones": [{"value": "0123456"}]},
    "notice_period": {"start": "2022-10-08", "end": "2022-XX-20"},
    "review": [{"code": "title-missing", "message": "题目由单位名与文种拼成"}],
}  # fmt: skip


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, report_data: dict[str, Any]) -> Path:
    """Two notices: one that states everything, one that states little and masks it."""
    folder = tmp_path_factory.mktemp("reports")
    body = "## 1. 关于“值班记录补登不及时”的问题 {#值班记录补登不及时}\n\n已补登记录 12 份。\n"
    for changes in (RICH, PLAIN):
        report = Report.model_validate({**report_data, **changes})
        path = folder / report.year / f"{report.id}.md"
        path.parent.mkdir()
        path.write_text(frontmatter.render(report, body), encoding="utf-8")
    return build_site(folder, folder / "site", SITE_URL="https://zhenggai.example.cn/")


@pytest.fixture(scope="module")
def rich(site: Path) -> Element:
    return load(site, "reports/2023/lanxi-2023-001/")


@pytest.fixture(scope="module")
def plain(site: Path) -> Element:
    return load(site, "reports/2022/lanxi-2022-002/")


def entry(page: Element, name: str) -> Element:
    return next(row.one("dd") for row in page.all("div") if [dt.text for dt in row.all("dt")] == [name])


def test_the_notice_period_says_its_dates_and_leaves_the_day_to_the_reader(
    rich: Element, plain: Element
) -> None:
    shown = entry(rich, "公示期")
    assert shown.text == "2023年10月8日至2023年10月20日", "no clock has been looked at"
    assert shown.one("span.zg-until").attrs["data-until"] == "2023-10-20"
    masked = entry(plain, "公示期")
    assert masked.text == "2022年10月8日至2022年×月20日"
    assert not masked.all("span.zg-until"), "nobody can tell when a masked day is over"


def test_documents_stand_under_what_was_done_with_them(rich: Element, plain: Element) -> None:
    groups = rich.one("dl.zg-documents").all("div")
    assert [(g.one("dt").text, [d.text for d in g.all("dd")]) for g in groups] == [
        ("制定", ["《岚溪县青年之家管理办法》", "《台账规范》"]), ("修订", ["《值班制度》"]),
        ("提到", ["《岚溪团费使用细则》"]),
    ]  # fmt: skip
    assert not plain.all("dl.zg-documents")
    assert by_action([Document(name="甲"), Document(name="乙", action="印发")]) == [
        ("印发", ["乙"]),
        (None, ["甲"]),
    ]


def test_copies_elsewhere(rich: Element, plain: Element) -> None:
    copies = entry(rich, "同文另见")
    assert [li.text for li in copies.all("li")] == [
        "https://www.example.org/2.html（岚溪（转载）.txt）", "javascript:alert(1)（岚溪 另一份.txt）", "岚溪 第三份.txt",
    ]  # fmt: skip
    assert [a.attrs["href"] for a in copies.all("a")] == ["https://www.example.org/2.html"]
    assert "同文另见" not in plain.text


def test_a_title_of_our_own_making_says_so(rich: Element, plain: Element) -> None:
    note = "原文没有题目，题目为本站据单位名和文种拼成。"
    assert note in plain.text
    assert note not in rich.text


def test_the_citation_holds_what_is_stated(rich: Element, plain: Element) -> None:
    assert rich.by_id("citation").text == (
        "共青团岚溪县委员会. 关于巡察整改进展情况的通报[EB/OL]. (2023-10-08). 整改公开. "
        "https://zhenggai.example.cn/reports/2023/lanxi-2023-001/"
    )
    assert plain.by_id("citation").text == (
        "共青团岚溪县委员会. 关于巡察整改进展情况的通报（题目为本站所拟）[EB/OL]. (2022年×月8日). 整改公开. "
        "https://zhenggai.example.cn/reports/2022/lanxi-2022-002/"
    )


def test_without_a_settled_address_the_browser_tells_it(built: Path) -> None:
    page = load(built, "reports/undated/undated-xian-danganju/")
    citation = page.by_id("citation")
    assert "(" not in citation.text.partition("[EB/OL]. ")[2], "the notice prints no day of publication"
    assert citation.all("span")[0].text == "/reports/undated/undated-xian-danganju/"
    assert all(
        "data-address" in e.attrs for e in (citation.all("span")[0], page.one("p.zg-paper").one("span"))
    )


def test_every_row_has_an_address_of_its_own(rich: Element) -> None:
    row = rich.one("td.zg-ledger__what")
    link = row.one("a.zg-link")
    assert (link.text, link.attrs["href"]) == ("链接", "#值班记录补登不及时")
    assert link.attrs["aria-label"] == "链接：值班记录补登不及时"
    text = rich.by_id("值班记录补登不及时")
    assert text.one("a.headerlink").attrs["href"] == "#值班记录补登不及时"
    assert text.text == "1. 关于“值班记录补登不及时”的问题", "the link adds no word to the notice"


def test_copy_buttons_name_what_they_copy(plain: Element, built: Path) -> None:
    assert [b.attrs["aria-label"] for b in plain.one("dl.zg-contact").all("button")] == ["复制 0123456"]
    hospital = load(built, "reports/2023/2023-tinglanxian-renminyiyuan/").one("dl.zg-contact")
    assert [b.attrs["data-copy"] for b in hospital.all("button.zg-copy")] == [
        "0997-0103366转802", "15400001122", "jw@example.org", "dangban@example.org",
        "汀兰县康宁路66号门诊楼五楼纪检办公室",
    ]  # fmt: skip
    assert not load(built, "contacts/").all("button.zg-copy"), "a long list does without"


def test_vcards_are_where_the_links_say(site: Path, rich: Element, plain: Element) -> None:
    assert plain.one("p.zg-vcard").one("a").attrs["href"] == "contact.vcf"
    assert (site / "reports/2022/lanxi-2022-002/contact.vcf").is_file()
    assert not rich.all("p.zg-vcard"), "it prints no contact"


def test_a_unit_with_many_notices(tmp_path: Path, report_data: dict[str, Any]) -> None:
    """The page lists the newest others and leads to all: it must not grow with each new notice."""
    for number in range(SIBLINGS + 3):
        changes = {
            "id": f"notice-{number:02}",
            "published": f"2023-10-{number + 1:02}",
            "issues": [],
            "tags": [],
        }
        report = Report.model_validate({**report_data, **changes})
        path = tmp_path / "2023" / f"{report.id}.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text(frontmatter.render(report, "正文。\n"), encoding="utf-8")
    found = catalog.read(tmp_path)
    shown = report_page(found, found.notices[0]).view["siblings"]
    assert [n.report.id for n in shown] == [f"notice-{n:02}" for n in range(SIBLINGS + 1, 1, -1)]
    assert found.notices[-1] not in shown
    page = load(build_site(tmp_path, tmp_path / "site"), "reports/2023/notice-00/")
    (siblings,) = [s for s in page.all("section") if s.attrs.get("aria-labelledby") == "siblings"]
    assert len(siblings.all("li.zg-card")) == SIBLINGS
    assert siblings.link(f"查看本单位全部 {SIBLINGS + 3} 份通报") == "../../../units/lanxi-tuan/#notices"
