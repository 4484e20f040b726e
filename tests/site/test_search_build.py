"""What the build hands to the search page: texts with their anchors, facets, order."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import markdown
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.site.building import ARCHIVE

from zhenggai.model import Report
from zhenggai.site import catalog, search, search_names, search_text
from zhenggai.site.making import Making
from zhenggai.site.search_text import read_blocks


@pytest.fixture
def entry(report_data: dict[str, Any]) -> Any:
    def make(
        html: str = "<p>正文</p>", regions: tuple[tuple[str, str], ...] = (), **changes: Any
    ) -> search.Entry:
        report = Report.model_validate({**report_data, **changes})
        return search.Entry(report, f"reports/{report.year}/{report.id}/", html, regions)

    return make


def issue(anchor: str, category: str = "other", status: str = "completed", **more: Any) -> dict[str, Any]:
    return {"number": None, "heading": f"{anchor}的事", "category": category, "status": status,
            "origin": "feedback", "anchor": anchor, **more}  # fmt: skip


def notices(folder: Path) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((folder / "search" / "notices.json").read_text(encoding="utf-8"))
    return data


def text(folder: Path, report_id: str) -> dict[str, Any]:
    path = folder / "search" / "text" / f"{report_id}.json"
    data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return data


def test_blocks_know_their_anchor_and_leave_out_what_is_no_text() -> None:
    html = (
        "<p>导 语&amp;&#x4e00;</p>"
        '<h3 id="甲">一、问题<a class="headerlink" href="#甲" title="x">¶</a></h3>'
        "<p>第一行<br>第二行<strong>粗</strong>体</p><script>var x</script>"
        '<p id="乙">后<img src=x>来</p><table><tr><td>格</td><td>子</td></tr></table>尾'
    )
    assert [(b.anchor, b.text, b.level) for b in read_blocks(html)] == [
        ("", "导 语&一", 0), ("甲", "一、问题", 3), ("甲", "第一行", 0), ("甲", "第二行粗体", 0),
        ("乙", "后来", 0), ("乙", "格", 0), ("乙", "子", 0), ("乙", "尾", 0),
    ]  # fmt: skip


PLAIN = (
    "<p>", "</p>", "<br />", "<br>", "<p/>", '<h3 id="甲">', "</h3>", '<p id="">', '<p id="乙" id="丙">', "<td>", "&", "&am",
    '<a class="headerlink" href="#x">', "</a>", '<span class="headerlink"/>', "文&lt;字", "&#x4e00;", " ", "\n", "丁", "戊",
    "<template>", "</template>", '<img src="x" />', "¶",
)  # fmt: skip
OTHER = (
    '<h3 id="a&amp;b">', "甲<乙", "<!-- x -->", "<script>", "</script>", "<textarea>", "</textarea>", "<P ID=x>", "</p >",
    "<p  id='x'>", "<b hidden>", '</div id="x">', "<svg",
)  # fmt: skip


def html_of(*pieces: str) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(pieces), max_size=12).map("".join)


@settings(max_examples=400)
@given(st.one_of(html_of(*PLAIN), html_of(*PLAIN, *OTHER)))
def test_plain_html_is_read_as_any_html_is(html: str) -> None:
    found = read_blocks(html)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(search_text, "_read_plain", lambda html, reader: False)
        assert read_blocks(html) == found


def test_what_markdown_renders_is_plain() -> None:
    """Or reading would be slow, and nobody would notice."""
    for notice in catalog.read(ARCHIVE).notices:
        html = markdown.markdown(notice.body, extensions=["toc", "tables", "attr_list"])
        assert search_text._read_plain(html, search_text._Reader()), notice.report.id


def test_title_is_searched_once(entry: Any) -> None:
    title = "关于巡察整改进展情况的通报"
    blocks = search.notice_blocks(entry("<p>正文。</p>"))
    assert [b.text for b in blocks] == [title, "正文。"]
    blocks = search.notice_blocks(entry("<p>关于巡察整改</p><p>进展情况的通报</p><p>正文。</p>"))
    assert search.folded_text(blocks) == f"{title}正文"


def test_a_line_break_is_no_boundary_but_a_stop_is(entry: Any) -> None:
    folded = search.folded_text(search.notice_blocks(entry("<p>甲\n乙。</p><p>丙</p><p>丁</p>")))
    assert folded.endswith("甲乙\n丙丁")


def test_hits_lead_to_the_problem_until_it_ends(entry: Any, tmp_path: Path) -> None:
    html = (
        '<h2 id="起">起</h2><p>a</p><h3 id="甲">甲</h3><p>b</p><h4 id="小">小</h4><p>c</p>'
        '<p id="子">d</p><p>e</p><h3 id="乙">乙</h3><p>f</p><h3 id="下一步">下一步</h3><p>g</p>'
    )
    sub = {"heading": "子", "category": "other", "anchor": "子"}
    search.build_index([entry(html, issues=[issue("甲", sub_issues=[sub]), issue("乙")])], Making(tmp_path))
    linked = {words: anchor for anchor, words in text(tmp_path, "lanxi-2023-001")["blocks"][1:]}
    assert linked == {"起": "起", "a": "起", "甲": "甲", "b": "甲", "小": "甲", "c": "甲", "d": "子",
                      "e": "子", "乙": "乙", "f": "乙", "下一步": "下一步", "g": "下一步"}  # fmt: skip


def test_problems_are_named_at_each_of_their_anchors(entry: Any, tmp_path: Path) -> None:
    one = issue("甲", "finance", "long-term", also_at=["甲-2"])
    search.build_index([entry(issues=[one], tags=["finance"])], Making(tmp_path))
    shown = text(tmp_path, "lanxi-2023-001")
    assert shown["problems"] == {"甲": ["甲的事", "finance", 3], "甲-2": ["甲的事", "finance", 3]}
    assert shown["date"] == "2023年10月8日"


def test_columns(entry: Any, tmp_path: Path) -> None:
    entries = [
        entry(id="b-1", unit="乙局", unit_id="yi", unit_kind="政府部门", year="2024", published="2024-05-01",
              tags=["other", "finance"],
              issues=[issue("甲", "finance", "in-progress"), issue("乙"), issue("丙")]),
        entry(id="a-1", unit="甲局", unit_id="jia", year="2022", published="2022-XX-XX", level=None,
              regions=(("lanjiang", "岚江省"), ("lanjiang-lanxi", "岚溪县"))),
        entry(id="c-1", unit="丙局", unit_id="bing", year="undated", published=None, signed_date=None,
              feedback_date=None, inspection_end=None, county=None, tags=[], issues=[]),
    ]  # fmt: skip
    search.build_index(entries, Making(tmp_path))
    data = notices(tmp_path)
    assert data["id"] == ["c-1", "a-1", "b-1"], "oldest first: the page counts from the end"
    assert data["url"] == ["", "", ""], "all where the year and the id say"
    assert [data["years"][y][1] for y in data["year"]] == ["年份不详", "2022年", "2024年"]
    assert [name for _, name in data["units"]] == ["丙局", "甲局", "乙局"], "bǐng jiǎ yǐ"
    assert [data["units"][u][0] for u in data["unit"]] == ["bing", "jia", "yi"]
    assert [data["kinds"][k][0] for k in data["kind"]] == ["共青团", "共青团", "政府部门"]
    assert data["level"][1] is None
    assert data["levels"] == [["县", "县级"]]
    places = [[data["regions"][r][0] for r in numbers] for numbers in data["region"]]
    assert places == [[], ["lanjiang", "lanjiang-lanxi"], ["岚溪县"]]
    statuses = [value for value, _ in data["statuses"]]
    pairs = {(data["categories"][p // 5][0], statuses[p % 5]) for p in data["problems"][2]}
    assert pairs == {("finance", "in-progress"), ("other", "completed")}
    assert data["problems"][0] == []


def test_withdrawn_notices_are_in_no_file(entry: Any, tmp_path: Path) -> None:
    gone = entry("<p>撤下的话</p>", id="gone-1", withdrawn={"date": "2024-01-01", "reason": "依申请"})
    search.build_index([gone, entry()], Making(tmp_path))
    assert notices(tmp_path)["id"] == ["lanxi-2023-001"]
    assert [p.name for p in (tmp_path / "search" / "text").iterdir()] == ["lanxi-2023-001.json"]


def test_nothing_of_an_older_build_stays(entry: Any, tmp_path: Path) -> None:
    search.build_index([entry(), entry("<p>另一份</p>", id="other-1")], Making(tmp_path))
    gone = entry("<p>另一份</p>", id="other-1", withdrawn={"date": "2024-01-01", "reason": "依申请"})
    search.build_index([entry(), gone], Making(tmp_path))
    search.build_index([entry()], Making(tmp_path / "clean"))
    files = [
        {str(p.relative_to(folder)) for p in (folder / "search").rglob("*")}
        for folder in (tmp_path, tmp_path / "clean")
    ]
    assert files[0] == files[1]


def test_same_entries_same_bytes_in_any_order(entry: Any, tmp_path: Path) -> None:
    entries = [entry(f"<p>第{i}份</p>", id=f"n-{i}", unit_id=f"u-{i % 2}") for i in range(4)]
    search.build_index(entries, Making(tmp_path / "1"))
    search.build_index(reversed(entries), Making(tmp_path / "2"))

    def content(folder: Path) -> dict[str, bytes]:
        return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}

    assert content(tmp_path / "1") == content(tmp_path / "2")
    assert len(content(tmp_path / "1")) > 5


def test_an_empty_archive_is_built(tmp_path: Path) -> None:
    search.build_index([], Making(tmp_path))
    assert notices(tmp_path)["id"] == []


def test_names_for_the_box(built: Path) -> None:
    found = json.loads((built / search_names.FILE).read_text(encoding="utf-8"))
    assert found["units"] == [[u.name, u.slug, len(u.notices)] for u in catalog.read(ARCHIVE).units.values()]
    for folder in ("units", "categories"):
        assert found[folder]
        assert all((built / folder / slug / "index.html").is_file() for _, slug, _ in found[folder])
    assert found["readings"]["团"] == ["tuan"]
