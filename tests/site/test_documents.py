"""Documents named in 《》: what is one document, under what it stands, with which notices."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.site.dom import load

from zhenggai.site import catalog, documents
from zhenggai.site.catalog import Catalog
from zhenggai.site.documents import SHOWN, UNSAID


@pytest.fixture
def named(tmp_path: Path, write_report: Callable[..., Path]) -> Callable[..., Catalog]:
    """`named([("甲办法", "制定")], …)` gives an archive of one notice for each list of documents."""

    def make(*lists: list[tuple[str, str | None]]) -> Catalog:
        for number, own in enumerate(lists):
            write_report(
                tmp_path, id=f"notice-{number:03d}", unit_id=f"unit-{number}", unit=f"岚溪县第{number}局",
                documents=[{"name": name, "action": action} for name, action in own],
            )  # fmt: skip
        return catalog.read(tmp_path)

    return make


def shown(found: Catalog) -> dict[str, list[tuple[str, list[str]]]]:
    return {
        d.name: [(action, [m.notice.report.id for m in mentions]) for action, mentions in documents.by_action(d.mentions)]
        for d in documents.documents(found)
    }  # fmt: skip


def pages_by_url(found: Catalog) -> dict[str, Any]:
    made = list(documents.pages(found))
    urls = [page.url for page in made]
    assert len(urls) == len(set(urls))
    return {page.url: page for page in made}


def test_a_document_stands_once_with_all_its_notices(named: Callable[..., Catalog]) -> None:
    found = named(
        [("差旅费办法", "制定")], [("差旅费办法", "修订"), ("安全规程", None)], [("差旅费办法", "制定")]
    )
    assert shown(found) == {
        "安全规程": [(UNSAID, ["notice-001"])],
        "差旅费办法": [("制定", ["notice-000", "notice-002"]), ("修订", ["notice-001"])],
    }
    assert list(shown(found)) == ["安全规程", "差旅费办法"], "by pinyin"


def test_width_brackets_and_quotation_marks_do_not_tell_documents_apart(
    named: Callable[..., Catalog],
) -> None:
    found = named(
        [("印章管理办法（试行）", "印发")], [("印章管理办法(试行)", "印发")], [("印章管理办法(试行)", None)]
    )
    assert list(shown(found)) == ["印章管理办法(试行)"], "as most print it"
    assert len(named([("印章管理办法", "印发")], [("印章管理办法（试行）", "印发")]).notices) == 3
    assert len(shown(named([("印章管理办法", "印发")], [("印章管理办法（试行）", "印发")]))) == 2


def test_one_notice_counts_once_and_what_was_done_is_not_lost(named: Callable[..., Catalog]) -> None:
    found = named([("“阳光”餐费办法", None), ("阳光餐费办法", "制定")])
    assert shown(found) == {"阳光餐费办法": [("制定", ["notice-000"])]}


def test_each_action_has_a_list(named: Callable[..., Catalog]) -> None:
    found = pages_by_url(
        named([("甲办法", "修订"), ("乙办法", "制定"), ("丙办法", None)], [("甲办法", "制定")])
    )
    choices = found["documents/"].view["choices"]
    assert choices == [
        ("制定", "documents/zhiding/", 2), ("修订", "documents/xiuding/", 1), (UNSAID, "documents/named/", 1),
    ]  # fmt: skip
    rows = found["documents/zhiding/"].view["leaf"].rows
    assert [(e.document.name, [m.notice.report.id for m in e.mentions]) for e in rows] == [
        ("甲办法", ["notice-001"]), ("乙办法", ["notice-000"]),
    ]  # fmt: skip


def test_actions_that_people_wrote_have_addresses_of_their_own(named: Callable[..., Catalog]) -> None:
    """Spelt alike, a number, the word that stands for silence: no address is given twice."""
    found = pages_by_url(named([("甲", "修订"), ("乙", "休定"), ("丙", "2"), ("丁", "named"), ("戊", None)]))
    names = {name for name, _, _ in found["documents/"].view["choices"]}
    assert names == {"修订", "休定", "2", "named", UNSAID}


def test_a_document_of_many_notices_has_a_page_of_its_own(named: Callable[..., Catalog]) -> None:
    many = [[("党员教育管理条例", "学习" if n % 2 else "执行")] for n in range(SHOWN + 3)]
    found = pages_by_url(named(*many, [("小办法", "制定")]))
    (entry,) = [e for e in found["documents/"].view["leaf"].rows if e.document.name == "党员教育管理条例"]
    assert sum(len(mentions) for _, mentions in entry.groups) == SHOWN
    assert entry.left_out == 3
    own = found[entry.document.url]
    assert own.title == "《党员教育管理条例》"
    assert {m.notice.report.id for m in own.view["leaf"].rows} == {
        f"notice-{n:03d}" for n in range(SHOWN + 3)
    }
    assert [(w.name, w.rows) for w in own.view["leaf"].ways] == [("学习", 4), ("执行", 5)]
    assert len([url for url in found if "xiaobanfa" in url]) == 0, "few notices: no page"


def test_the_built_page(built: Path) -> None:
    page = load(built, "documents/")
    (entry,) = page.one("ul.zg-documents").all("li")
    assert entry.text == "《砚溪县文化馆器材出借办法》 制定砚溪县文化馆 2022年"
    assert entry.link("砚溪县文化馆").endswith("/reports/2022/2022-yanxixian-wenhuaguan-1/")
    assert page.one("nav.zg-choices").link("制定 1 种") == "zhiding/"
    assert load(built, "documents/zhiding/").one("h1").text == "文件：制定"
