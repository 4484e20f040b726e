"""Feeds and sitemap: who is in them, when, under which address; and that any text is harmless in XML."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from urllib.parse import urljoin, urlsplit
from xml.etree import ElementTree as ET

import pytest
from tests.site.dom import load
from tests.site.hostile import EVIL, hostile

from zhenggai.site import catalog, dates, feeds, sitemap
from zhenggai.site.address import Site
from zhenggai.site.catalog import Catalog
from zhenggai.site.making import Making

Write = Callable[..., Path]
BASE = "https://zhenggai.example.cn/sub/"
SITE = Site("整改公开", "说明", BASE)
A = "{http://www.w3.org/2005/Atom}"


def atom(path: Path) -> ET.Element:
    """A feed that has what Atom asks for, once."""
    root = ET.fromstring(path.read_bytes())  # noqa: S314 - our own file
    assert root.tag == f"{A}feed"
    for node in (root, *root.findall(f"{A}entry")):
        for name in ("id", "title", "updated"):
            (element,) = node.findall(f"{A}{name}")
            assert element.text
        assert datetime.fromisoformat(node.findtext(f"{A}updated") or "").tzinfo
        assert node.findtext(f"{A}author/{A}name")
        assert urlsplit(node.findtext(f"{A}id")).netloc == "zhenggai.example.cn"
    ids = [e.findtext(f"{A}id") for e in root.findall(f"{A}entry")]
    assert len(ids) == len(set(ids))
    return root


def entries(root: ET.Element, name: str) -> list[str | None]:
    return [entry.findtext(f"{A}{name}") for entry in root.findall(f"{A}entry")]


def addresses(read: Catalog) -> list[str]:
    """Of everything that has a feed of its own."""
    return [unit.url for unit in read.units.values()] + [tag.url for tag in read.tags.values()]


def write(reports: Path, site: Path) -> Path:
    """The feeds of an archive, in the folders that a build would have made."""
    read = catalog.read(reports)
    for url in addresses(read):
        (site / url).mkdir(parents=True)
    feeds.write(read, SITE, Making(site))
    return site


def test_all_dated_notices_newest_first(addressed: Path, archive: Catalog) -> None:
    root = atom(addressed / "feed.xml")
    dated = [n for n in archive.notices if n.year.isdigit()]
    assert entries(root, "id") == [BASE + n.url for n in dated]
    assert entries(root, "title") == [n.report.title for n in dated]
    updated = entries(root, "updated")
    assert updated == sorted(updated, key=str, reverse=True)
    assert root.findtext(f"{A}updated") == updated[0] == "2024-12-06T00:00:00+08:00"
    assert "undated" not in (addressed / "feed.xml").read_text("utf-8")


def test_a_masked_day_is_no_day_of_publication(addressed: Path) -> None:
    (entry,) = atom(addressed / "units/xxxian-gongqingtuan-4f1c/feed.xml").findall(f"{A}entry")
    assert entry.find(f"{A}published") is None
    assert entry.findtext(f"{A}updated") == "2020-01-01T00:00:00+08:00"
    assert "2020年×月×日" in (entry.findtext(f"{A}summary") or "")


def test_every_unit_and_category_has_one_that_its_page_names(addressed: Path, archive: Catalog) -> None:
    for url in addresses(archive):
        root = atom(addressed / url / "feed.xml")
        links = {e.attrib["rel"]: e.attrib["href"] for e in root.findall(f"{A}link")}
        assert links == {"self": f"{BASE}{url}feed.xml", "alternate": BASE + url}
        page = load(addressed, url)
        named = [e.attrs["href"] for e in page.all("link") if e.attrs.get("type") == "application/atom+xml"]
        assert {urljoin(BASE + url, href) for href in named} == {f"{BASE}feed.xml", links["self"]}


def test_a_categorys_feed_has_its_problems(addressed: Path) -> None:
    root = atom(addressed / "categories/finance/feed.xml")
    assert entries(root, "title") == [
        "场馆出租收入没有及时入账", "外请教师课酬以现金发放", "班主任津贴发放标准不公开",
    ]  # fmt: skip
    assert (entries(root, "id")[0] or "").endswith("-wenhuaguan-2/#场馆出租收入没有及时入账")


def test_json_feed_says_the_same(addressed: Path) -> None:
    told = json.loads((addressed / "feed.json").read_text("utf-8"))
    assert told["version"] == "https://jsonfeed.org/version/1.1"
    assert told["feed_url"] == f"{BASE}feed.json"
    root = atom(addressed / "feed.xml")
    assert [item["id"] for item in told["items"]] == entries(root, "id")
    assert [item.get("date_published") for item in told["items"]] == entries(root, "published")
    assert [item["content_text"] for item in told["items"]] == entries(root, "summary")


def test_without_an_address_there_are_none(built: Path) -> None:
    assert not list(built.rglob("feed.*"))
    for address in ("", "units/yanxixian-wenhuaguan/", "categories/finance/"):
        page = load(built, address)
        assert not [e for e in page.all("link") if e.attrs["rel"] == "alternate"]
        assert "订阅" not in page.text


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("", "订阅全部新通报"), ("units/yanxixian-wenhuaguan/", "订阅这个单位"),
        ("categories/finance/", "订阅“财务与资金管理”"), ("categories/finance/by-unit/", "订阅“财务与资金管理”"),
    ],
)  # fmt: skip
def test_readers_see_what_they_can_subscribe_to(addressed: Path, address: str, words: str) -> None:
    """In plain words, with the full address to paste: most browsers show a feed as code."""
    page = load(addressed, address)
    feed = urljoin(BASE + address, page.link(words))
    assert (addressed / feed.removeprefix(BASE)).is_file()
    line = page.one("p.zg-feed")
    assert "粘贴" in line.text
    assert line.one("button.zg-copy").attrs["data-copy"] == feed


def test_the_newest_fifty(tmp_path: Path, write_report: Write) -> None:
    for number in range(feeds.ENTRIES + 5):
        date = f"2023-{number // 28 + 1:02}-{number % 28 + 1:02}"
        write_report(tmp_path / "reports", id=f"report-{number:02}", published=date)
    write(tmp_path / "reports", tmp_path / "site")
    for path in ("feed.xml", "units/lanxi-tuan/feed.xml", "categories/other/feed.xml"):
        found = entries(atom(tmp_path / "site" / path), "id")
        assert len(found) == feeds.ENTRIES
        assert "report-54" in (found[0] or "")
        assert not [url for url in found if "report-04" in (url or "")]


def test_a_correction_brings_a_notice_back_to_the_top(tmp_path: Path, write_report: Write) -> None:
    write_report(tmp_path / "reports", id="newer-notice", published="2023-12-01")
    fixed = [{"date": "2024-02-03", "note": "改正日期"}]
    write_report(tmp_path / "reports", id="older-notice", published="2023-10-01", corrections=fixed)
    write(tmp_path / "reports", tmp_path / "site")
    root = atom(tmp_path / "site" / "feed.xml")
    assert "older-notice" in (entries(root, "id")[0] or "")
    assert entries(root, "updated")[0] == "2024-02-03T00:00:00+08:00"
    assert entries(root, "published")[0] == "2023-10-01T00:00:00+08:00"
    item = json.loads((tmp_path / "site" / "feed.json").read_text("utf-8"))["items"][0]
    assert item["date_modified"] == "2024-02-03T00:00:00+08:00"


def test_nothing_depends_on_the_clock(tmp_path: Path, archive: Catalog) -> None:
    a, b = (write(Path(__file__).parent / "archive", tmp_path / name) for name in ("a", "b"))
    written = [p.relative_to(a) for p in a.rglob("feed.*")]
    assert len(written) == 3 + len(addresses(archive)), (
        "all, as Atom and JSON; /changes/; each unit and category"
    )
    assert [p for p in written if (a / p).read_bytes() != (b / p).read_bytes()] == []


def test_hostile_text_is_text(tmp_path: Path, write_report: Write) -> None:
    write_report(tmp_path / "reports", **hostile() | {"title": f"{EVIL}\x08\x1b\ufffe"})
    write(tmp_path / "reports", tmp_path / "site")
    root = atom(tmp_path / "site" / "feed.xml")
    assert entries(root, "title") == [f"{EVIL}␈␛⟨U+FFFE⟩"], "what XML cannot hold is shown"
    assert {e.tag for e in root.iter()} <= {
        f"{A}{n}" for n in ("feed", "id", "title", "updated", "link", "author", "name", "entry", "published",
                            "category", "summary")
    }  # fmt: skip
    atom(tmp_path / "site" / "categories/other/feed.xml")


def test_names_may_hold_what_xml_cannot() -> None:
    entry = feeds.Entry(f"{BASE}reports/\x0c/", "题", "某局", "2024-01-01", None, "", (("other", "类\x08"),))
    made = feeds.atom(feeds.Feed("", "名\x00", (entry,)), Site("站\x1b", "", BASE))
    root = ET.fromstring(made)  # noqa: S314 - our own
    assert root.findtext(f"{A}title") == "名␀"
    assert root.findtext(f"{A}author/{A}name") == "站␛"
    category = root.find(f"{A}entry/{A}category")
    assert category is not None
    assert category.get("label") == "类␈"
    links = [link.get("href") for link in root.iter(f"{A}link")]
    assert f"{BASE}reports/␌/" in links


def test_an_empty_archive_has_an_empty_feed(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    feeds.write(Catalog([]), SITE, Making(tmp_path / "site"))
    assert atom(tmp_path / "site" / "feed.xml").findall(f"{A}entry") == []


@pytest.mark.parametrize(
    ("date", "day"),
    [
        ("2024-06-26", "2024-06-26"), ("2024-06", "2024-06-01"), ("2024", "2024-01-01"),
        ("2020-XX-28", "2020-01-28"), ("2020-1X", "2020-10-01"), ("2020-02-3X", "2020-02-01"),
        ("20XX-01-02", None), (None, None),
    ],
)  # fmt: skip
def test_first_day(date: str | None, day: str | None) -> None:
    assert dates.first_day(date) == day


# ---------- sitemap ----------


def test_sitemap_lists_every_page_and_no_dates(addressed: Path) -> None:
    root = ET.fromstring((addressed / "sitemap.xml").read_bytes())  # noqa: S314 - our own file
    listed = [e.text for e in root.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    pages = {p.parent.relative_to(addressed).as_posix() for p in addressed.rglob("index.html")}
    assert {BASE if p == "." else f"{BASE}{p}/" for p in pages} == set(listed)
    assert listed == sorted(listed, key=str)
    assert "lastmod" not in (addressed / "sitemap.xml").read_text("utf-8")
    for page in ("units/", "data/"):
        canonical = [
            e.attrs["href"] for e in load(addressed, page).all("link") if e.attrs["rel"] == "canonical"
        ]
        assert set(canonical) <= set(listed)


def test_sitemap_escapes_addresses(tmp_path: Path) -> None:
    sitemap.write(Site("x", "", "https://x.example/?a&b/"), tmp_path, ["甲&乙/"])
    text = (tmp_path / "sitemap.xml").read_text("utf-8")
    assert "<loc>https://x.example/?a&amp;b/%E7%94%B2%26%E4%B9%99/</loc>" in text
