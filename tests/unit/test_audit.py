"""Private audit pages: nothing hidden, nothing alive, nothing beside the truth, and never where it is published."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest
from tests.site.dom import Element, parse

from zhenggai.audit.align import align, blocks_of
from zhenggai.audit.folder import OURS, SITE_MARK, AuditError, AuditFolder, check_folder
from zhenggai.audit.marks import plain, visible
from zhenggai.audit.rules import audit_rules, reason_of
from zhenggai.ingest.batch import Outcome, State, convert_all, convert_file, inputs_of
from zhenggai.ingest.convert import Conversion, convert
from zhenggai.ingest.markdown import plain as markdown_plain
from zhenggai.model import Report
from zhenggai.rulebook import boilerplate

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "samples" / "incoming"

DIRTY = """本文档编辑密码：wode2024
首页 > 党务公开 > 巡察整改
发布时间：2024-09-05　来源：云溪县林业局　浏览次数：88
中共云溪县林业局党组关于巡察整改进展情况的通报
2024年3月4日至4月12日，县委第三巡察组对县林业局党组开展了常规巡察。5月9日反馈了2个问题。现将整改情况通报如下。
一、关于“护林员巡山记录补写”问题的整改情况
##付费阅读##更换巡山终端&nbsp;32台，已整改完成。
- 1 -
二、关于“公务接待无公函，固定资产未入账”问题的整改情况
修订《接待管理办法》，新制定制度2项，正在整改。
欢迎监督。联系电话：0999-0123456。
中共云溪县林业局党组
2024年9月1日
"""
HOSTILE = DIRTY.replace(
    "护林员巡山记录补写", "护林员<script>alert(1)</script><img src=x onerror=alert(2)>巡山记录&lt;b&gt;补写"
).replace(
    "欢迎监督。", '欢迎监督。" onmouseover="alert(3) {{ 7*7 }} {% raw %} </style> ]]> \u202e倒写\u202c '
)


def page_of(text: str, tmp_path: Path, name: str = "通报.txt", **options: bool) -> Element:
    """The audit page of one notice."""
    _, pages = audited({name: text}, tmp_path, **options)
    assert len(pages) == 1
    return pages[0]


def audited(texts: dict[str, str], tmp_path: Path, **options: bool) -> tuple[Element, list[Element]]:
    """The index and the pages of a batch."""
    inbox, folder = tmp_path / "收件", tmp_path / "审核"
    for name, text in texts.items():
        path = inbox / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    run(inbox, folder, tmp_path / "报告", **options)
    index = parse((folder / "index.html").read_text(encoding="utf-8"))
    found = [parse(p.read_text(encoding="utf-8")) for p in sorted((folder / "pages").glob("*.html"))]
    return index, found


def run(inbox: Path, folder: Path, reports: Path, **options: bool) -> None:
    pages = AuditFolder(folder)
    convert_all(inputs_of([inbox]), reports, told=pages.add, **options)  # type: ignore[arg-type]
    pages.finish()


def raw_text(line: Element) -> str:
    """The source characters that a line of the page shows: tags, notes and words for the invisible left out."""

    def inner(element: Element) -> str:
        if element.tag in {"ins", "a"} or "sign" in element.attrs.get("class", ""):
            return ""
        return "".join(child if isinstance(child, str) else inner(child) for child in element.children)

    return "".join(inner(raw) for raw in line.all(".raw"))


def source_of(page: Element) -> dict[int, str]:
    """Line number → its source characters, pieces of one line put together."""
    found: dict[int, str] = {}
    for line in page.all("div.line"):
        no = int(line.all(".no")[0].text.removesuffix("续"))
        found[no] = found.get(no, "") + raw_text(line)
    return found


def links_hold(page: Element) -> None:
    """Every link inside the page leads to an element of it."""
    ids = [e.attrs["id"] for e in page if "id" in e.attrs]
    assert sorted(set(ids)) == sorted(ids), "an id twice"
    inner = {e.attrs["href"][1:] for e in page.all("a") if e.attrs["href"].startswith("#")}
    assert inner - set(ids) == set()


# ---- what stands on a page ------------------------------------------------------------------------


@pytest.mark.parametrize("text", [DIRTY, HOSTILE], ids=["dirty", "hostile"])
def test_every_visible_character_of_the_source_stands_on_the_page(text: str, tmp_path: Path) -> None:
    page = page_of(text, tmp_path)
    shown = source_of(page)
    for no, line in enumerate(text.splitlines(), 1):
        assert visible(shown[no]) == visible(line), no
    links_hold(page)


@pytest.mark.parametrize("path", inputs_of([SAMPLES]), ids=lambda p: p.stem[:20])
def test_samples_are_shown_whole_on_both_sides(path: Path, tmp_path: Path) -> None:
    conversion = convert_file(path)
    assert isinstance(conversion, Conversion)
    page = page_of_conversion(path, conversion, tmp_path)
    shown = source_of(page)
    assert {no: visible(text) for no, text in shown.items()} == {
        line.no: visible(line.raw) for line in conversion.cleaned.lines
    }
    right = "".join(
        p.text for div in page.all("div.rep") for p in div.all("p") if p.attrs["class"] not in {"chip", "out"}
    )
    printed = (
        "" if any(r.code == "title-missing" for r in conversion.report.review) else conversion.report.title
    )
    title, _, rest = visible(right).partition(visible(printed))
    assert title + rest == visible(markdown_plain(conversion.body))
    assert len(page.all("div.problem")) == len(conversion.report.issues)
    links_hold(page)


def page_of_conversion(path: Path, conversion: Conversion, tmp_path: Path) -> Element:
    pages = AuditFolder(tmp_path / "审核")
    pages.add(Outcome(path, State.WRITTEN, Path("报告.md"), conversion=conversion))
    pages.finish()
    (file,) = (tmp_path / "审核" / "pages").glob("*.html")
    return parse(file.read_text(encoding="utf-8"))


def test_every_cut_is_marked_with_its_rule_and_listed_with_its_reason(tmp_path: Path) -> None:
    conversion = convert(DIRTY.encode(), "通报.txt")
    page = page_of(DIRTY, tmp_path)
    cuts = [cut for line in conversion.cleaned.lines for cut in line.cuts]
    assert {"doc-password", "breadcrumb", "meta-line", "marker", "html-entity", "page-number"} <= {
        c.rule for c in cuts
    }
    marked = [
        e
        for e in page
        if e.tag in {"del", "span"} and "title" in e.attrs and "is-title" not in e.attrs["class"]
    ]
    assert [e.attrs["title"] for e in marked] == [f"{c.rule}：{reason_of(c.rule).why}" for c in cuts]
    for rule in {c.rule for c in cuts}:
        listed = page.by_id(f"rule-{rule}")
        assert reason_of(rule).why in listed.text
        assert rule in listed.text
    line = page.by_id("L1")
    assert line.one("del").text == "本文档编辑密码：wode2024"
    assert line.one("a.tag").attrs["href"] == "#rule-doc-password"
    assert "第 1 行" in page.by_id("rule-doc-password").text
    entity = page.by_id("L7").all("del")[1]
    assert entity.text == "&nbsp;"
    assert "空格" in page.by_id("L7").one("ins").text


def test_what_moved_to_the_front_matter_says_where(tmp_path: Path) -> None:
    page = page_of(DIRTY, tmp_path)
    line = page.by_id("L3")
    assert line.all("del") == []
    assert line.one("span.moved").text == "发布时间：2024-09-05 来源：云溪县林业局 浏览次数：88"
    keys = {a.attrs["title"] for a in line.all("a.to")}
    assert keys == {"source.printed.发布时间", "source.printed.来源", "published"}
    assert "2024-09-05" in page.by_id("fact-published").text
    assert page.by_id("L4").one("span.is-title").text == "中共云溪县林业局党组关于巡察整改进展情况的通报"


def test_source_and_report_stand_side_by_side(tmp_path: Path) -> None:
    page = page_of(DIRTY, tmp_path)
    row = page.by_id("L6").parent
    assert row is not None
    assert row.parent is not None
    right = row.parent.one("div.rep")
    assert right.one("p.h").text == "一、关于“护林员巡山记录补写”问题的整改情况"
    assert "问题 1" in right.one("p.chip").text
    assert "已完成" in right.one("p.chip").text
    assert "#护林员巡山记录补写" in right.one("p.chip").text


def test_run_on_lines_are_parted_where_the_report_parts_them() -> None:
    head, _, rest = DIRTY.partition("一、")
    text = head + ("一、" + rest.replace("- 1 -\n", "")).replace("\n", " ")
    conversion = convert(text.encode(), "一行.txt")
    rows = align(conversion).rows
    assert [b for row in rows for b in row.blocks if b.level != 1] == blocks_of(conversion.body)
    assert max(len(row.blocks) for row in rows) == 1
    for row in rows:
        left = "".join(p.line.text[p.start : p.end] for p in row.pieces)
        assert visible(left) == visible("".join(block.text for block in row.blocks))


def test_wrapped_lines_stand_beside_their_one_paragraph() -> None:
    text = DIRTY.replace("开展了常规巡察。5月9日", "开展了常规巡察，\n5月9日")
    rows = align(convert(text.encode(), "折行.txt")).rows
    (row,) = [row for row in rows if any("常规巡察" in b.text for b in row.blocks)]
    assert [piece.line.no for piece in row.pieces] == [5, 6]


def test_reviews_lead_to_their_lines(tmp_path: Path) -> None:
    page = page_of(DIRTY, tmp_path)
    items = [li for li in page.all("li") if li.attrs.get("id", "").startswith("review-")]
    report = convert(DIRTY.encode(), "通报.txt").report
    assert len(items) == len(report.review) > 0
    for item, review in zip(items, report.review, strict=True):
        assert review.message in item.text
        assert review.line is None or item.one("a").attrs["href"] == f"#L{review.line}"
    assert any("复核：" in note.text for note in page.all("p.note"))


def test_categories_and_status_are_explained(tmp_path: Path) -> None:
    page = page_of(DIRTY, tmp_path)
    second = page.by_id("P2").text
    assert "中央八项规定" in second
    assert re.search(r"标题有“公务接待”（\d+\.\d 分）", second)
    assert "其次是" in second
    assert "固定资产" in second
    assert "正在整改 原文：“正在整改”" in second
    assert "已完成 原文：“已整改完成”" in page.by_id("P1").text


def test_facts_name_their_line_or_how_they_were_made(tmp_path: Path) -> None:
    page = page_of(DIRTY, tmp_path)

    def fact(key: str) -> tuple[str, str]:
        cells = page.by_id(f"fact-{key}").all("td")
        return cells[1].text, cells[2].text

    assert fact("title") == ("中共云溪县林业局党组关于巡察整改进展情况的通报", "第 4 行")
    assert fact("inspection_start") == ("2024-03-04", "第 5 行")
    assert fact("feedback_date") == ("2024-05-09", "第 5 行")
    assert fact("signed_date") == ("2024-09-01", "第 13 行")
    assert fact("signed_by") == ("中共云溪县林业局党组", "第 12 行")
    assert fact("problem_count") == ("2", "第 5 行")
    assert fact("completion_rate") == ("原文未载明", "")
    assert fact("notice_period") == ("原文未载明", "")
    assert fact("contacts.phones[0]")[1].startswith("第 11 行")
    assert fact("documents[0]") == ("《接待管理办法》（修订）", "第 10 行")
    assert fact("accountability.rules_made") == ("2", "第 10 行")
    value, made = fact("unit_kind")
    assert value == "政府部门"
    assert "判定" in made
    keys = {row.attrs["id"].removeprefix("fact-") for row in page.all("tr") if "id" in row.attrs}
    shown_elsewhere = {
        "issues",
        "review",
        "source",
        "reviewed",
        "corrections",
        "withdrawn",
        "redact",
        "allow",
    }
    assert {
        key for key in Report.model_fields if not any(k.startswith(key) for k in keys)
    } == shown_elsewhere - {"source"}


# ---- nothing alive, nothing leaving -----------------------------------------------------------------


def test_hostile_text_and_names_are_harmless(tmp_path: Path) -> None:
    name = '"><script>alert(9)<!--&amp; onload=x {{1}}.txt'
    index, (page,) = audited({name: HOSTILE}, tmp_path)
    for root in (index, page):
        assert {e.tag for e in root} <= {
            "html", "head", "meta", "title", "style", "body", "main", "section", "nav", "h1", "h2", "h3", "p", "a", "b",
            "small", "code", "pre", "div", "span", "del", "ins", "ol", "ul", "li", "dl", "dt", "dd", "table", "thead",
            "tbody", "tr", "th", "td", "br", "details", "summary",
        }  # fmt: skip
        assert not any(key.startswith("on") for e in root for key in e.attrs)
        assert not any("style" in e.attrs for e in root)
        assert '"><script>alert(9)<!--&amp; onload=x {{1}}.txt' in root.text
        links_hold(root)
    assert "<script>alert(1)</script>" in source_of(page)[6]
    assert "{{ 7*7 }}" in source_of(page)[11]
    assert "\u202e" not in page.text
    (file,) = (tmp_path / "审核" / "pages").glob("*.html")
    assert re.fullmatch(r"[\w.()-]+\.html", file.name)


def test_pages_ask_for_nothing_and_say_that_they_are_private(tmp_path: Path) -> None:
    index, (page,) = audited({"通报.txt": DIRTY}, tmp_path)
    for root in (index, page):
        assert root.one("p.private").text == "内部审核页，不得公开"
        metas = {e.attrs.get("name", ""): e.attrs.get("content", "") for e in root.all("meta")}
        assert metas["robots"] == "noindex"
        assert [e for e in root if "src" in e.attrs or e.tag == "link"] == []
        css = root.one("style").text
        assert "url(" not in css
        assert "@import" not in css
        assert not any("//" in e.attrs["href"] for e in root.all("a"))
    for path in (tmp_path / "审核").rglob("*.html"):
        assert path.read_text(encoding="utf-8").startswith("<!doctype html>\n")


def test_links_between_index_and_pages_hold(tmp_path: Path) -> None:
    index, pages = audited({"甲 %23.txt": DIRTY, "乙/通报.txt": DIRTY.replace("林业", "水务")}, tmp_path)
    folder = tmp_path / "审核"
    from urllib.parse import unquote

    found = {e.attrs["href"] for e in index.all("a")}
    assert len(found) == 2
    assert all((folder / unquote(href)).is_file() for href in found)
    assert all(page.link("← 本批目录") == "../index.html" for page in pages)


# ---- the index ----------------------------------------------------------------------------------------


def test_index_has_a_row_for_every_input_in_order(tmp_path: Path) -> None:
    other = DIRTY.replace("林业", "水务").replace("本文档编辑密码：wode2024\n", "")
    index, pages = audited(
        {"1甲.txt": DIRTY, "2空.txt": "", "3丙.txt": other, "4同.txt": DIRTY, "5卖.txt": "会员群：123456789\n" * 90 + other.replace("水务", "粮食")},
        tmp_path,
    )  # fmt: skip
    rows = [[cell.text for cell in tr.all("td")] for tr in index.one("tbody").all("tr")]
    assert [row[0][:3] for row in rows] == ["1甲.", "2空.", "3丙.", "4同.", "5卖."]
    for row, state in zip(rows, ["已写出", "未转换", "已写出", "重复", "已写出"], strict=True):
        assert row[1].startswith(state)
    assert "空" in rows[1][1]
    assert [row[2] for row in rows] == ["2", "—", "2", "2", "2"]
    assert int(rows[0][3]) - int(rows[2][3]) == len("本文档编辑密码：wode2024")
    assert rows[0][4].endswith("%")
    first = [li.text for li in index.one("div.look").all("li")]
    assert first[0] == "2空.txt：没有转成"
    assert re.fullmatch(r"5卖\.txt：去掉的文字占 \d+%", first[1])
    assert len(first) == 2
    assert len(pages) == 4
    assert "本批 5 份" in index.text


def test_a_report_that_a_person_edited_is_told(tmp_path: Path) -> None:
    audited({"通报.txt": DIRTY}, tmp_path)
    (report,) = (tmp_path / "报告").glob("2*/*.md")
    report.write_text(report.read_text(encoding="utf-8").replace("32台", "33台"), encoding="utf-8")
    page = page_of(DIRTY, tmp_path)
    assert "保留人工修改" in page.one("dl.head").text
    assert "以报告文件为准" in page.one("dl.head").text


# ---- the folder -----------------------------------------------------------------------------------------


def test_same_input_same_bytes(tmp_path: Path) -> None:
    def snapshot(folder: Path) -> dict[str, bytes]:
        return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}

    for name in ("一", "二"):
        run(SAMPLES, tmp_path / name, tmp_path / "报告", dry_run=True)
    assert snapshot(tmp_path / "一") == snapshot(tmp_path / "二")
    assert len(snapshot(tmp_path / "一")) == len(inputs_of([SAMPLES])) + 2


def test_two_inputs_of_one_name_have_two_pages(tmp_path: Path) -> None:
    texts = {
        "甲/A.txt": DIRTY,
        "乙/a.txt": DIRTY.replace("林业", "水务"),
        "丙/con.txt": DIRTY.replace("林业", "粮食"),
    }
    _, pages = audited(texts, tmp_path)
    names = {p.stem.casefold() for p in (tmp_path / "审核" / "pages").glob("*.html")}
    assert names == {"a", "a-2", "con_"}
    assert len(pages) == 3


def test_pages_of_an_earlier_run_go_and_nothing_else(tmp_path: Path) -> None:
    folder = tmp_path / "审核"
    (folder / "pages").mkdir(parents=True)
    for path in (folder / "笔记.txt", folder / "pages" / "通报.html", folder / "pages" / "旧.html"):
        path.write_text("别人的", encoding="utf-8")
    audited({"通报.txt": DIRTY, "第二份.txt": DIRTY.replace("林业", "水务")}, tmp_path)
    assert not (folder / ".gitignore").exists(), "it would hide the others' files"
    (tmp_path / "收件" / "第二份.txt").unlink()
    run(tmp_path / "收件", folder, tmp_path / "报告")
    assert {p.name for p in (folder / "pages").iterdir()} == {"通报.html", "旧.html", "通报-2.html"}
    assert (folder / "笔记.txt").read_text(encoding="utf-8") == "别人的"
    assert (folder / "pages" / "通报.html").read_text(encoding="utf-8") == "别人的"


def test_a_new_folder_is_kept_out_of_git(tmp_path: Path) -> None:
    audited({"通报.txt": DIRTY}, tmp_path)
    assert (tmp_path / "审核" / ".gitignore").read_text(encoding="utf-8") == "*\n"


@pytest.mark.parametrize("where", ["报告", "报告/审核", "报告/.private/审核", "链接/审核", "网站/审核"])
def test_never_inside_what_is_published(where: str, tmp_path: Path) -> None:
    reports, site = tmp_path / "报告", tmp_path / "网站"
    reports.mkdir()
    site.mkdir()
    (site / SITE_MARK).write_text("archive\n", encoding="utf-8")
    (tmp_path / "链接").symlink_to(reports, target_is_directory=True)
    with pytest.raises(AuditError, match="公开"):
        check_folder(tmp_path / where, {"报告文件夹": reports})
    check_folder(tmp_path / "审核", {"报告文件夹": reports})


def test_a_foreign_index_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<h1>别的网页</h1>", encoding="utf-8")
    with pytest.raises(AuditError, match="不是审核页"):
        check_folder(tmp_path, {})
    (tmp_path / "index.html").write_text(OURS, encoding="utf-8")
    check_folder(tmp_path, {})


def test_a_page_that_cannot_be_written_stops_no_conversion(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = AuditFolder(tmp_path / "审核")
    real = Path.replace

    def full(self: Path, target: Path) -> Path:
        if target.parent.name == "pages":
            raise OSError(28, "No space left on device")
        return real(self, target)

    monkeypatch.setattr(Path, "replace", full)
    (tmp_path / "通报.txt").write_text(DIRTY, encoding="utf-8")
    (outcome,) = convert_all([tmp_path / "通报.txt"], tmp_path / "报告", told=pages.add)
    assert outcome.state is State.WRITTEN
    with pytest.raises(AuditError, match="No space left"):
        pages.finish()
    index = parse((tmp_path / "审核" / "index.html").read_text(encoding="utf-8"))
    assert "没有审核页" in index.one("div.look").text


def test_a_defect_costs_one_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(conversion: Conversion) -> tuple[()]:
        if conversion.report.source.file == "坏.txt":
            raise KeyError("x")
        return ()

    monkeypatch.setattr("zhenggai.audit.page.find_leaks", broken)
    texts = {"坏.txt": DIRTY, "好.txt": DIRTY.replace("林业", "水务")}
    with pytest.raises(AuditError, match=r"坏\.txt.*程序的缺陷"):
        audited(texts, tmp_path)
    assert [p.name for p in (tmp_path / "审核" / "pages").iterdir()] == ["好.html"]
    assert len(list((tmp_path / "报告").glob("2*/*.md"))) == 2


def command(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    whole = [sys.executable, *map(str, (ROOT / "scripts" / "convert.py", *arguments))]
    return subprocess.run(whole, capture_output=True, text=True, check=False, cwd=ROOT)


def test_the_command_writes_pages_also_when_it_writes_no_report(tmp_path: Path) -> None:
    (tmp_path / "通报.txt").write_text(DIRTY, encoding="utf-8")
    done = command(tmp_path, "--out", tmp_path / "报告", "--audit", tmp_path / "审核", "--dry-run")
    assert done.returncode == 0, done.stderr
    assert "index.html" in done.stdout
    assert (tmp_path / "审核" / "pages" / "通报.html").is_file()
    assert not (tmp_path / "报告").exists()


def test_the_command_refuses_published_folders_before_it_writes(tmp_path: Path) -> None:
    (tmp_path / "通报.txt").write_text(DIRTY, encoding="utf-8")
    for audit in (tmp_path / "报告" / "审核", ROOT / "docs" / "审核", ROOT / "site" / "审核"):
        done = command(tmp_path, "--out", tmp_path / "报告", "--audit", audit)
        assert done.returncode == 2
        assert "审核页不能放在" in done.stderr
        assert not audit.exists()
    assert not (tmp_path / "报告").exists()


# ---- the tables -------------------------------------------------------------------------------------------


def rules_in_code() -> set[str]:
    """Rules by which code cuts: what `cut(i, "…")` names, and the third of four in a span."""
    found = set()
    for path in (ROOT / "src" / "zhenggai" / "ingest").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr == "cut"
            ):
                named = [n for arg in node.args[1:2] for n in ast.walk(arg)]
            elif isinstance(node, ast.Tuple) and len(node.elts) == 4:  # (start, end, rule, shown)
                rule = node.elts[2]
                named = [rule.body, rule.orelse] if isinstance(rule, ast.IfExp) else [rule]
            else:
                continue
            texts = (n.value for n in named if isinstance(n, ast.Constant))
            found |= {t for t in texts if isinstance(t, str) and re.fullmatch(r"[a-z]{2,}(?:-[a-z]+)*", t)}
    return found


def test_every_rule_has_its_reason_and_its_family() -> None:
    known = {form.id for form in audit_rules().forms} | {row.id for row in boilerplate().rules}
    used = rules_in_code()
    assert {"marker", "meta-line", "page-number", "html-tag", "advert", "zero-width"} <= used
    assert used - known == set()
    for path in inputs_of([SAMPLES, ROOT / "tests" / "quality" / "notices"]):
        conversion = convert_file(path)
        if isinstance(conversion, Conversion):
            assert {cut.rule for line in conversion.cleaned.lines for cut in line.cuts} <= known


def test_families_list_rules_that_exist() -> None:
    families = audit_rules().families
    rows = {row.id for row in boilerplate().rules}
    listed = [rule for family in families for rule in family.rules]
    assert sorted(set(listed)) == sorted(listed)
    assert set(listed) <= rows
    assert {form.family for form in audit_rules().forms} <= {family.id for family in families}
    css = (ROOT / "src" / "zhenggai" / "audit" / "templates" / "style.css").read_text(encoding="utf-8")
    assert [family.id for family in families if f".f-{family.id} " not in css] == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("护林\u200b\u200b员", "护林〔看不见的字符×2〕员"),
        ("a\x07b", "a〔控制符〕b"),
        ("\u202etxt", "〔看不见的字符〕txt"),
        ("坏\udcff名", "坏〔坏字符〕名"),
        ("一\n二\t三", "一 二 三"),
    ],
)
def test_what_cannot_be_seen_is_named(text: str, shown: str) -> None:
    assert plain(text) == shown
