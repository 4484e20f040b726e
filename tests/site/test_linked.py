"""What pages say of themselves: JSON-LD, Open Graph, canonical addresses."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.site.building import build_site
from tests.site.dom import load, parse
from tests.site.hostile import EVIL, hostile

from zhenggai.model import UnitKind
from zhenggai.site import catalog, linked, pages
from zhenggai.site.address import Site
from zhenggai.site.visible import visible

Write = Callable[..., Path]
Thing = dict[str, Any]
BASE = "https://zhenggai.example.cn/sub/"
HOSPITAL = "reports/2023/2023-tinglanxian-renminyiyuan/"
MASKED = "reports/2020/2020-xxxian-gongqingtuan/"
LATEST = "reports/2024/2024-yanxixian-wenhuaguan-2/"


def things(site: Path, address: str) -> dict[str, Thing]:
    """The page's things by type, of which it has one each."""
    found = [e for e in load(site, address).all("script") if e.attrs.get("type") == "application/ld+json"]
    if not found:
        return {}
    (script,) = found
    data = json.loads("".join(c for c in script.children if isinstance(c, str)))
    assert data["@context"] == "https://schema.org"
    by_type = {thing["@type"]: thing for thing in data["@graph"]}
    assert len(by_type) == len(data["@graph"])
    return by_type


def meta(site: Path, address: str) -> dict[str, str]:
    found = [e.attrs for e in load(site, address).all("meta") if "property" in e.attrs]
    return {a["property"]: a["content"] for a in found}


def test_a_report(addressed: Path) -> None:
    found = things(addressed, LATEST)
    assert set(found) == {"Report", "GovernmentOrganization", "BreadcrumbList"}
    report = found["Report"]
    assert report["url"] == BASE + LATEST
    assert report["headline"] == "中共砚溪县文化馆党组关于巡察整改进展情况的通报"
    assert (report["datePublished"], report["dateCreated"]) == ("2024-12-06", "2024-12-02")
    assert report["temporalCoverage"] == "2024-03-11/2024-04-30"
    assert report["author"] == report["about"]
    unit = found["GovernmentOrganization"]
    assert report["author"]["@id"] == unit["@id"] == f"{BASE}units/yanxixian-wenhuaguan/#unit"
    assert {"@type": "ContactPoint", "contactType": "举报电话", "telephone": "+869980012255"} in unit[
        "contactPoint"
    ]
    data = report["encoding"]["contentUrl"].removeprefix(BASE)
    assert json.loads((addressed / data).read_text("utf-8"))["id"] == report["identifier"]


def test_what_is_masked_or_silent_is_left_out(addressed: Path) -> None:
    found = things(addressed, MASKED)
    assert not {"datePublished", "dateCreated", "temporalCoverage"} & set(found["Report"])
    assert "contactPoint" not in found["GovernmentOrganization"]
    assert found["GovernmentOrganization"]["name"] == "共青团XX县委员会"


def test_dates_of_whole_months_are_given(tmp_path: Path, write_report: Write) -> None:
    write_report(tmp_path, published="2023-10", signed_date="2023-1X")
    read = catalog.read(tmp_path)
    (notice,) = read.notices
    report = linked.report(notice, read.units[notice.report.unit_id], Site("x"))
    assert report["datePublished"] == "2023-10"
    assert "dateCreated" not in report


def test_units_of_other_kinds(addressed: Path) -> None:
    assert set(things(addressed, HOSPITAL)) == {"Report", "Hospital", "BreadcrumbList"}
    found = things(addressed, "units/tinglanxian-renminyiyuan/")
    assert found["Hospital"]["contactPoint"][0]["telephone"] == "+869970103366;ext=802"
    assert found["Hospital"]["address"]["postalCode"] == "099700"
    unit = things(addressed, "units/yanxixian-wenhuaguan/")["GovernmentOrganization"]
    assert unit["alternateName"] == ["砚溪县文化馆"]


def test_breadcrumbs_are_those_of_the_page(addressed: Path) -> None:
    steps = things(addressed, LATEST)["BreadcrumbList"]["itemListElement"]
    shown = load(addressed, LATEST).one("nav.zg-crumbs").all("li")
    assert [s["name"] for s in steps] == [e.text for e in shown]
    assert [s["position"] for s in steps] == [1, 2, 3, 4]
    assert steps[-1]["item"] == BASE + LATEST


def test_home_can_be_searched(addressed: Path) -> None:
    site = things(addressed, "")["WebSite"]
    assert site["potentialAction"]["target"]["urlTemplate"] == f"{BASE}search/?q={{search_term_string}}"


def test_without_an_address_nothing_names_one(built: Path) -> None:
    assert set(things(built, LATEST)) == {"Report", "GovernmentOrganization"}
    assert things(built, "") == things(built, "years/") == {}
    raw = (built / LATEST / "index.html").read_text("utf-8")
    assert "og:" not in raw
    assert "@id" not in raw


def test_a_withdrawn_notice_says_nothing_of_itself(tmp_path: Path, write_report: Write) -> None:
    write_report(tmp_path, id="still-here")
    write_report(tmp_path, id="gone-2023", withdrawn={"date": "2024", "reason": "重复"})
    read = catalog.read(tmp_path)
    (gone,) = (n for n in read.everything if n.report.withdrawn)
    assert linked.json_ld(pages.report_page(read, gone), Site("x")) == ""


def test_open_graph(addressed: Path) -> None:
    assert meta(addressed, LATEST) == {
        "og:site_name": "整改公开", "og:locale": "zh_CN", "og:type": "article", "og:url": BASE + LATEST,
        "og:title": "中共砚溪县文化馆党组关于巡察整改进展情况的通报",
        "og:description": "中共砚溪县文化馆党组整改进展情况的通报：6 个问题及整改情况。",
    }  # fmt: skip
    home = meta(addressed, "")
    assert (home["og:type"], home["og:title"], home["og:url"]) == ("website", "整改公开", BASE)
    assert meta(addressed, "about/")["og:title"] == "关于本站"


def test_the_script_cannot_be_left(tmp_path: Path, write_report: Write) -> None:
    text = f"</script><script>alert(1)</script><!--\u2028{EVIL}"
    write_report(tmp_path / "reports", **hostile() | {"title": text, "unit_kind": UnitKind.STATE_FIRM})
    site = build_site(tmp_path / "reports", tmp_path / "site", SITE_URL=BASE)
    page = "reports/2023/lanxi-2023-001/"
    found = things(site, page)
    assert found["Report"]["headline"] == visible(text)
    assert found["Corporation"]["name"] == EVIL
    assert "contactPoint" not in found["Corporation"]
    assert "isBasedOn" not in found["Report"], "javascript: is no source"
    raw = (site / page / "index.html").read_text("utf-8")
    scripts = parse(raw).all("script")
    (script,) = [e for e in scripts if e.attrs.get("type")]
    inside = "".join(c for c in script.children if isinstance(c, str))
    assert not set(inside) & set("<>&\u2028\u2029")
    assert all("src" in e.attrs for e in scripts if e is not script)
    assert meta(site, page)["og:title"] == visible(text)
