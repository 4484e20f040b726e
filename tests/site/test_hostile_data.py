"""Every payload in every field comes back whole from every file for programs, and means nothing in any."""

from __future__ import annotations

import csv
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from tests.site.payloads import PAYLOADS, notices
from tests.site.test_exports import rows
from tests.site.test_feeds import atom, entries
from tests.site.test_vcards import read

from zhenggai import frontmatter
from zhenggai.checks import content
from zhenggai.model import Report
from zhenggai.site import catalog, exports, feeds, linked, pages, search_names, vcards
from zhenggai.site.address import Site
from zhenggai.site.catalog import Catalog
from zhenggai.site.making import Making
from zhenggai.site.visible import visible

SITE = Site("整改公开", "说明", "https://zhenggai.example.cn/")
SHOWN = {f"hostile-{number:03}": visible(evil) for number, evil in enumerate(PAYLOADS.values())}
"""Id → the payload as a reader sees it."""


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory, report_data: dict[str, Any]) -> tuple[Catalog, Path]:
    """The archive of all payloads, and /data/, feeds and cards made of it."""
    folder = tmp_path_factory.mktemp("hostile")
    write(folder / "reports", report_data)
    read_ = catalog.read(folder / "reports")
    site = folder / "site"
    for url in (*(n.url for n in read_.notices), *(u.url for u in read_.units.values()),
                *(t.url for t in read_.tags.values()), "contacts/", "search/"):  # fmt: skip
        (site / url).mkdir(parents=True)
    exports.write(read_, SITE, Making(site))
    feeds.write(read_, SITE, Making(site))
    vcards.write(read_, SITE, Making(site))
    search_names.write(read_.units.values(), read_.tags.values(), site)
    return read_, site


def write(folder: Path, report_data: dict[str, Any]) -> None:
    """A report file for each payload."""
    for _, fields in notices():
        body = fields.pop("body")
        report = Report.model_validate({**report_data, **fields, "tags": ["other"]})
        path = folder / report.year / f"{report.id}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(frontmatter.render(report, body), encoding="utf-8", newline="\n")


def test_front_matter_is_read_back_as_it_was_written(tmp_path: Path, report_data: dict[str, Any]) -> None:
    write(tmp_path, report_data)
    found = [frontmatter.read(path)[0] for path in frontmatter.report_files(tmp_path)]
    assert [report.title for report in found] == list(PAYLOADS.values())
    assert [report.source.printed for report in found] == [{evil: evil} for evil in PAYLOADS.values()]


def test_the_check_stops_at_what_cannot_be_seen(tmp_path: Path, report_data: dict[str, Any]) -> None:
    write(tmp_path, report_data)
    stopped = {finding.path.stem for finding in content.check([tmp_path]) if finding.code == "CONTROL-CHAR"}
    wanted = {"null", "controls", "bidi", "bidi-open"}
    assert stopped >= {name for name, payload in zip(SHOWN, PAYLOADS, strict=True) if payload in wanted}


def test_csv(hostile: tuple[Catalog, Path]) -> None:
    _, site = hostile
    table = {row["id"]: row for row in rows(site / "data" / "reports.csv")}
    for name, shown in SHOWN.items():
        for column in ("title", "unit", "province", "city", "county", "kind", "inspecting_body",
                       "inspection_round", "inspection_type", "signed_by", "completion_rate"):  # fmt: skip
            assert table[name][column] == shown, (name, column)
    for path in (site / "data").glob("*.csv"):
        with path.open(encoding="utf-8-sig", newline="") as file:
            cells = [cell for row in csv.reader(file) for cell in row]
        assert not [cell for cell in cells if cell[:1] in tuple("=+-@＝＋－＠\t\r\n\0")], path.name


def test_sqlite(hostile: tuple[Catalog, Path]) -> None:
    _, site = hostile
    with closing(sqlite3.connect(site / "data" / "archive.sqlite")) as base:
        assert dict(base.execute("SELECT id, title FROM reports")) == SHOWN
        assert {heading for (heading,) in base.execute("SELECT heading FROM issues")} == set(SHOWN.values())
        assert {value for (value,) in base.execute("SELECT value FROM contacts")} >= set(SHOWN.values())


def test_json(hostile: tuple[Catalog, Path]) -> None:
    _, site = hostile
    every = json.loads((site / "data" / "reports.json").read_text("utf-8"))
    assert {one["id"]: one["title"] for one in every} == SHOWN
    for one in every:
        alone = json.loads((site / "data" / "reports" / f"{one['id']}.json").read_text("utf-8"))
        assert alone.pop("body").count(SHOWN[one["id"]]) >= 1
        assert alone == one
        assert one["source"]["printed"] == {SHOWN[one["id"]]: SHOWN[one["id"]]}
    for path in site.rglob("*.json"):
        json.loads(path.read_text("utf-8"))


def test_feeds(hostile: tuple[Catalog, Path]) -> None:
    read_, site = hostile
    (feed,) = [site / "feed.xml"]
    titles = entries(atom(feed), "title")
    known = {f"{sign}{shown}" for shown in SHOWN.values() for sign in ("", "更正：")}
    assert titles
    assert set(titles) <= known
    for unit in read_.units.values():
        assert unit.latest.report.title in entries(atom(site / unit.url / "feed.xml"), "title")
    told = json.loads((site / "feed.json").read_text("utf-8"))
    assert {item["title"] for item in told["items"]} <= known


def test_cards(hostile: tuple[Catalog, Path]) -> None:
    read_, site = hostile
    for notice in read_.notices:
        (card,) = read((site / notice.url / "contact.vcf").read_bytes().decode())
        names = {name.split(";")[0] for name, _ in card}
        assert names <= {
            "VERSION",
            "N",
            "FN",
            "ORG",
            "TEL",
            "EMAIL",
            "ADR",
            "NOTE",
            "URL",
            "REV",
            "PRODID",
            "UID",
            "X-ABShowAs",
        }
        assert SHOWN[notice.report.id] in "\n".join(value for _, value in card)
    together = read((site / "contacts" / "all.vcf").read_bytes().decode())
    assert len(together) == len(read_.units)


def json_ld(read_: Catalog) -> Iterator[tuple[str, str]]:
    for notice in read_.notices:
        yield notice.report.id, linked.json_ld(pages.report_page(read_, notice), SITE)


def test_json_ld(hostile: tuple[Catalog, Path]) -> None:
    for name, text in json_ld(hostile[0]):
        assert not set("<>&\u2028\u2029") & set(text), "nothing in it can end the script"
        (report,) = (thing for thing in json.loads(text)["@graph"] if thing["@type"] == "Report")
        assert report["headline"] == SHOWN[name]
        assert str(report.get("isBasedOn", "https:")).startswith("http")


def test_names_for_suggestions(hostile: tuple[Catalog, Path]) -> None:
    text = (hostile[1] / "search" / "names.json").read_text("utf-8")
    assert json.loads(text)
    for shown in SHOWN.values():
        assert json.dumps(shown, ensure_ascii=False) in text or json.dumps(shown) in text


def test_the_set_is_large() -> None:
    assert len(PAYLOADS) >= 80
    assert len(set(PAYLOADS.values())) == len(PAYLOADS)
