"""One build as a whole: where reports come from, what stops it, what strangers' texts cannot do."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from tests.site.building import ARCHIVE, ROOT, build_site, run_mkdocs
from tests.site.dom import Element, load, parse
from tests.site.hostile import EVIL, hostile

from zhenggai.checks import site as links
from zhenggai.site import catalog, leaves, notice_lists, pages, problem_lists

Write = Callable[..., Path]


def addresses(site: Path) -> set[str]:
    """Addresses of all pages, `` for the home page."""
    return {p.parent.relative_to(site).as_posix() + "/" for p in site.rglob("index.html")}


# ---------- where reports come from ----------


def test_an_empty_archive_says_how_to_begin(tmp_path: Path) -> None:
    site = build_site(tmp_path / "none", tmp_path / "site")
    page = load(site, "")
    assert "还没有收入通报" in [e.text for e in page.all("h2")]
    assert "make site INCOMING=" in page.text
    assert "python scripts/publish.py --incoming" in page.text
    assert addresses(site) == {
        "./", "units/", "years/", "years/units/", "categories/", "regions/", "documents/", "open/", "contacts/", "changes/",
        "statistics/", "data/", "about/", "search/",
    }  # fmt: skip
    assert [str(finding) for finding in links.check(site)] == []
    for address in ("units/", "years/units/", "documents/", "open/", "contacts/", "statistics/"):
        assert load(site, address).all("p.zg-empty"), address


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of what a build needs, to change."""
    folder = tmp_path / "project"
    for name in ("docs", "hooks", "overrides", "src"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", "reports"))
    shutil.copy(ROOT / "mkdocs.yml", folder)
    return folder


def test_reports_lie_in_docs_by_default(project: Path, tmp_path: Path, write_report: Write) -> None:
    write_report(project / "docs" / "reports")
    site = build_site(Path("docs/reports"), tmp_path / "site", cwd=project)
    assert "reports/2023/lanxi-2023-001/" in addresses(site)


def test_reports_elsewhere_stand_alone(project: Path, tmp_path: Path, write_report: Write) -> None:
    """Nothing of docs/reports is published beside another archive, nor anything hidden, nor other files."""
    write_report(project / "docs" / "reports", id="not-this-one")
    (project / "docs" / "reports" / "notes.txt").write_text("内部", "utf-8")
    own = tmp_path / "own"
    write_report(own)
    write_report(own / ".private", id="last-conversion")
    (own / "2023" / "scan.png").write_bytes(b"no")
    site = build_site(own, tmp_path / "site", cwd=project)
    found = [a for a in addresses(site) if a.startswith("reports/")]
    assert found == ["reports/2023/lanxi-2023-001/"]
    everything = [p.name for p in site.rglob("*")]
    assert not {"notes.txt", "scan.png", "not-this-one", ".private"} & set(everything)
    assert not [p for p in site.rglob("*.html") if "last-conversion" in p.read_text("utf-8")]


def test_nothing_is_written_beside_the_sources(project: Path, tmp_path: Path) -> None:
    def files() -> set[Path]:
        return {p for p in project.rglob("*") if not {"__pycache__", ".cache"} & {*p.parts}}

    before = files()
    build_site(ARCHIVE, tmp_path / "site", cwd=project)
    assert files() == before


def test_a_hand_written_page_does_not_hide_a_generated_one(project: Path, tmp_path: Path) -> None:
    (project / "docs" / "units.md").write_text("# 名单\n", "utf-8")
    done = run_mkdocs(ARCHIVE, tmp_path / "site", cwd=project)
    assert done.returncode != 0
    assert "docs/units.md" in done.stderr
    assert "/units/" in done.stderr


# ---------- what stops it ----------


def test_broken_reports_stop_the_build_and_leave_the_old_site(tmp_path: Path, write_report: Write) -> None:
    site = build_site(ARCHIVE, tmp_path / "site")
    before = sorted(site.rglob("*"))
    reports = tmp_path / "reports"
    for name in ("first-broken", "second-broken"):
        path = write_report(reports, id=name)
        path.write_text(path.read_text("utf-8").replace("unit_kind: 共青团", "unit_kind: 团委"), "utf-8")
    done = run_mkdocs(reports, site)
    assert done.returncode != 0
    for name in ("first-broken", "second-broken"):
        assert f"2023/{name}.md:6: unit_kind" in done.stderr
    assert "Traceback" not in done.stderr
    assert sorted(site.rglob("*")) == before


def test_a_problem_without_its_paragraph_stops_a_strict_build(tmp_path: Path, write_report: Write) -> None:
    write_report(tmp_path / "reports", body="正文里没有这个问题。\n")
    done = run_mkdocs(tmp_path / "reports", tmp_path / "site")
    assert done.returncode != 0
    assert "lanxi-2023-001.md: 正文里没有锚点 #值班记录补登不及时" in done.stderr


# ---------- settings ----------


def test_demo_banner_on_every_page(tmp_path: Path, built: Path) -> None:
    site = build_site(ARCHIVE, tmp_path / "site", DEMO="true")
    for path in site.rglob("*.html"):
        banner = parse(path.read_text("utf-8")).one("p.zg-demo")
        assert banner.text == "示例以下单位与内容均为虚构示例"
    assert load(built, "").all("p.zg-demo") == []
    for data, name in ((site, "整改公开（示例，内容均为虚构）"), (built, "整改公开")):
        assert json.loads((data / "data" / "datapackage.json").read_text("utf-8"))["title"] == name


def test_site_address(tmp_path: Path, built: Path) -> None:
    site = build_site(ARCHIVE, tmp_path / "site", SITE_URL="https://zhenggai.example.cn/sub/")
    page = load(site, "units/")
    canonical = [e.attrs["href"] for e in page.all("link") if e.attrs.get("rel") == "canonical"]
    assert canonical == ["https://zhenggai.example.cn/sub/units/"]
    assert "https://zhenggai.example.cn/sub/units/" in (site / "sitemap.xml").read_text("utf-8")
    assert load(site, "404.html").one("a.zg-brand").attrs["href"].startswith("/sub")
    assert not (built / "sitemap.xml").exists()


def test_same_reports_same_bytes(tmp_path: Path, built: Path) -> None:
    again = build_site(ARCHIVE, tmp_path / "site")
    files = {p.relative_to(built) for p in built.rglob("*") if p.is_file()}
    assert files == {p.relative_to(again) for p in again.rglob("*") if p.is_file()}
    assert [f for f in sorted(files) if (built / f).read_bytes() != (again / f).read_bytes()] == []


# ---------- many ----------


def test_lists_are_cut_into_leaves_that_hold_everything_once(
    tmp_path: Path, write_report: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(7):
        write_report(tmp_path, id=f"report-{number}", published=f"2023-10-0{number + 1}")
    monkeypatch.setattr(problem_lists, "ROWS", 3)
    monkeypatch.setattr(notice_lists, "CARDS", 2)
    made = {page.url: page for page in pages.all_pages(catalog.read(tmp_path))}
    cut = [
        made[url].view["leaf"] for url in ("categories/other/", "categories/other/2/", "categories/other/3/")
    ]
    assert all(1 <= len(leaf.rows) <= 3 for leaf in cut)
    assert "categories/other/4/" not in made
    assert [p.notice.report.id for leaf in cut for p in leaf.rows] == [
        f"report-{n}" for n in range(6, -1, -1)
    ]
    by_year = [page.view["leaf"] for url, page in made.items() if url.startswith("years/2023/")]
    assert [len(leaf.rows) <= 2 for leaf in by_year] == [True] * by_year[0].total
    assert sum(len(leaf.rows) for leaf in by_year) == 7
    assert made["years/2023/4/"].crumbs[-1] == ("2023年", "years/2023/")


def test_full_leaves_stay_under_200_kb(tmp_path: Path, write_report: Write) -> None:
    long = "关于落实上级部署打折扣、议事规则执行不到位以及日常监督流于形式并且多年没有根本好转"
    for number in range(leaves.ROWS + 20):
        issue = {
            "number": "（一）", "heading": f"{long}{number}", "category": "other", "status": "in-progress",
            "origin": "feedback", "anchor": f"{long[:24]}{number}",
        }  # fmt: skip
        write_report(
            tmp_path / "reports", id=f"report-{number:03}", issues=[issue], unit=f"中共岚溪县{long[:16]}{number}局党组",
            unit_id=f"unit-{number}", title=long * 2, body=f"## 标题 {{#{long[:24]}{number}}}\n\n正文。\n",
            contacts={"phones": [{"value": "0998-0012201", "tel": "+869980012201"}], "address": long},
        )  # fmt: skip
    site = build_site(tmp_path / "reports", tmp_path / "site")
    sizes = {str(p.relative_to(site)): p.stat().st_size for p in site.rglob("*.html")}
    assert {name: size for name, size in sizes.items() if size > 200_000} == {}
    first, second = load(site, "open/"), load(site, "open/2/")
    listed = [len(page.one("table.zg-problems").all("td.zg-problems__what")) for page in (first, second)]
    assert sum(listed) == leaves.ROWS + 20
    assert listed[0] > 150
    assert second.one("nav.zg-pager").link("上一页") == "../"
    assert first.one("nav.zg-pager").link("下一页") == "2/"
    assert [str(finding) for finding in links.check(site)] == []


def test_a_withdrawn_notice_keeps_its_address_and_loses_its_text(tmp_path: Path, write_report: Write) -> None:
    write_report(tmp_path / "reports", withdrawn={"date": "2024-03-05", "reason": "单位来函说明有误"})
    site = build_site(tmp_path / "reports", tmp_path / "site")
    page = load(site, "reports/2023/lanxi-2023-001/")
    assert "这份通报已于 2024年3月5日 撤下。" in page.text
    assert "单位来函说明有误" in page.text
    assert "已补登记录" not in page.text
    unit = load(site, "units/lanxi-tuan/")
    assert "这个单位的通报已经撤下。" in unit.text
    assert "已补登记录" not in unit.text
    assert [str(finding) for finding in links.check(site)] == []


# ---------- strangers' texts ----------


def all_pages(site: Path) -> dict[str, Element]:
    return {str(p.relative_to(site)): parse(p.read_text("utf-8")) for p in sorted(site.rglob("*.html"))}


def test_nothing_runs_and_nothing_is_lost(tmp_path: Path, write_report: Write) -> None:
    write_report(tmp_path / "reports", **hostile())
    write_report(
        tmp_path / "reports", **hostile() | {"id": "gone-2023", "withdrawn": {"date": "2024", "reason": EVIL}}
    )
    site = build_site(tmp_path / "reports", tmp_path / "site")
    found = all_pages(site)
    for name, page in found.items():
        for element in page:
            assert not [a for a in element.attrs if a.startswith("on") or a == "style"], name
            assert element.tag not in ("img", "iframe", "object", "embed", "base", "style"), name
            for attribute in ("href", "src", "action"):
                address = element.attrs.get(attribute, "")
                assert urlsplit(address).scheme in ("", "https", "mailto", "tel"), (name, address)
        assert all("src" in script.attrs for script in page.all("script") if "type" not in script.attrs), name
        assert "49" not in page.one("body").text, f"{name}: a template ran"
    shown = " ".join(EVIL.split())
    report = found["reports/2023/lanxi-2023-001/index.html"]
    assert report.one("h1").text == shown
    assert report.one("title").text.startswith(shown)
    assert report.one("section.zg-facts").text.count(shown) >= 7
    assert report.one("dl.zg-contact").text.count(shown) == 8
    assert report.one("dl.zg-contact").all("a") == []
    assert report.one("section.zg-source").text.count(shown) == 5, "file, one printed line, citation"
    assert [e.all("a")[0].text for e in report.all("td.zg-ledger__what")[1:]] == [shown]
    assert found["reports/2023/gone-2023/index.html"].text.count(shown) >= 2
    for name in ("index.html", "units/lanxi-tuan/index.html", "categories/other/index.html", "open/index.html",
                 "contacts/index.html", "regions/index.html", "years/2023/index.html"):  # fmt: skip
        assert shown in found[name].text, name
    assert [str(finding) for finding in links.check(site)] == []


def test_a_notices_own_markup_stays_text(tmp_path: Path, write_report: Write) -> None:
    write_report(tmp_path / "reports", **hostile())
    site = build_site(tmp_path / "reports", tmp_path / "site")
    text = load(site, "reports/2023/lanxi-2023-001/").one(".zg-text")
    for printed in ("<script>alert(1)</script>", '<div onclick="alert(2)">甲</div>', "{{ 7*7 }}", "<b>",
                    "<b onmouseover=alert(7)>壬</b>", "<!-- 癸 -->", "己"):  # fmt: skip
        assert printed in text.text
    own = [e for e in text if e not in text.all("a.headerlink")]
    assert {e.text: e.attrs.get("href") for e in own if e.tag == "a"}["戊"] == "https://www.example.cn/"
    assert {e.text for e in own if "href" in e.attrs} == {"戊"}
    assert {a for e in own for a in e.attrs} <= {"id", "href", "rel"}
    assert [e.tag for e in text if "id" in e.attrs] == ["h3"] * 4, "one level below 通报原文"


def test_hand_written_pages_keep_their_markup(project: Path, tmp_path: Path) -> None:
    (project / "docs" / "help.md").write_text("# 帮助\n\n<div class='own'>块</div>\n", "utf-8")
    site = build_site(ARCHIVE, tmp_path / "site", cwd=project)
    page = load(site, "help/")
    assert page.one(".own").text == "块"
    assert len(page.all("h1")) == 1
