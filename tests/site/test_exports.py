"""/data/: every file says what the catalog says, and nothing of a notice can do harm in it."""

from __future__ import annotations

import asyncio
import csv
import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import frictionless
import jsonschema  # type: ignore[import-untyped]
import pytest
from tests.site.dom import load
from tests.site.hostile import EVIL, hostile

from zhenggai import frontmatter
from zhenggai.model import Accountability, Report
from zhenggai.rulebook import data_words
from zhenggai.site import catalog, csv_files, exports, records, sqlite
from zhenggai.site.address import Site
from zhenggai.site.catalog import Catalog
from zhenggai.site.columns import joined
from zhenggai.site.making import Making
from zhenggai.site.tables import TABLES

Write = Callable[..., Path]
SITE = Site("整改公开", "说明", "https://zhenggai.example.cn/sub/")
COUNTS = {
    "reports": 8, "issues": 25, "sub_issues": 2, "contacts": 25, "documents": 1, "categories": 31, "statuses": 5,
}  # fmt: skip


def rows(path: Path) -> list[dict[str, str]]:
    """A CSV file as the page /data/ tells to read it."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [{k: csv_files.unguarded(v) for k, v in row.items()} for row in csv.DictReader(file)]


def dump(path: Path) -> str:
    with closing(sqlite3.connect(path)) as base:
        return "\n".join(base.iterdump())


@pytest.fixture
def database(built: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(built / "data" / "archive.sqlite")) as base:
        base.row_factory = sqlite3.Row
        yield base


@pytest.fixture
def hostile_data(tmp_path: Path, write_report: Write) -> Path:
    """/data/ of one notice whose every field is hostile."""
    write_report(tmp_path / "reports", **hostile())
    exports.write(catalog.read(tmp_path / "reports"), SITE, Making(tmp_path / "site"))
    return tmp_path / "site" / "data"


# ---------- the same rows everywhere ----------


def test_files(built: Path) -> None:
    names = {path.name for path in (built / "data").iterdir()}
    assert names == {
        "index.html", "reports", "reports.json", "archive.sqlite", "datapackage.json", "datasette.json",
        "report.schema.json", "frontmatter.schema.json", *(f"{name}.csv" for name in COUNTS),
    }  # fmt: skip


@pytest.mark.parametrize("table", TABLES, ids=lambda t: t.name)
def test_csv_and_sqlite_hold_the_same_rows(built: Path, database: sqlite3.Connection, table: Any) -> None:
    printed = rows(built / "data" / f"{table.name}.csv")
    every = f"SELECT * FROM {table.name} ORDER BY rowid"  # noqa: S608 - our own name
    stored = [dict(row) for row in database.execute(every)]
    words: dict[Any, str] = {None: ""}
    flags = {column.name for column in table.columns if column.kind == "boolean"}
    as_printed = [
        {k: ("true" if v else "false") if k in flags else words.get(v, str(v)) for k, v in row.items()}
        for row in stored
    ]
    assert printed == as_printed
    assert len(printed) == COUNTS[table.name]
    assert list(printed[0]) == [column.name for column in table.columns]


def test_counts_are_the_catalogs(built: Path, archive: Catalog) -> None:
    data = built / "data"
    assert [r["id"] for r in rows(data / "reports.csv")] == [n.report.id for n in archive.notices]
    found = [(r["report_id"], r["anchor"]) for r in rows(data / "issues.csv")]
    assert found == [(p.notice.report.id, p.issue.anchor) for p in archive.problems]
    assert [r["id"] for r in json.loads((data / "reports.json").read_text("utf-8"))] == [
        n.report.id for n in archive.notices
    ]
    assert {p.stem for p in (data / "reports").iterdir()} == {n.report.id for n in archive.notices}


def test_a_row_of_reports(built: Path) -> None:
    found = {row["id"]: row for row in rows(built / "data" / "reports.csv")}
    masked = found["2020-xxxian-gongqingtuan"]
    assert (masked["unit"], masked["county"], masked["city"]) == ("共青团XX县委员会", "XX县", "")
    assert (masked["inspection_end"], masked["feedback_date"], masked["published"]) == (
        "2020-XX-28",
        "2020-1X",
        "",
    )
    assert (masked["masked"], masked["problem_count"], masked["issues_listed"]) == ("true", "", "2")
    assert masked["url"] == "reports/2020/2020-xxxian-gongqingtuan/"
    assert found["undated-xian-danganju"]["year"] == ""
    assert found["2024-tinglanxian-fayuan"]["issues_listed"] == "0", "listed is not what is printed"
    assert found["2024-tinglanxian-fayuan"]["problem_count"] == "12"


def test_a_row_of_issues(database: sqlite3.Connection) -> None:
    (row,) = database.execute("SELECT * FROM issues WHERE anchor = '下乡辅导排了计划却没有照办'")
    assert dict(row) == {
        "report_id": "2024-yanxixian-wenhuaguan-2", "position": 1, "number": "1.",
        "heading": "下乡辅导排了计划却没有照办", "category": "core-duty", "category_name": "主责主业履行",
        "status": "in-progress", "status_name": "正在整改", "origin": "feedback",
        "parents": "一、反馈问题的整改进展|（一）聚焦党中央决策部署在基层贯彻落实情况",
        "anchor": "下乡辅导排了计划却没有照办", "also_at": "下乡辅导排了计划却没有照办-2", "sub_issue_count": 2,
        "url": "reports/2024/2024-yanxixian-wenhuaguan-2/#下乡辅导排了计划却没有照办",
        "unit": "中共砚溪县文化馆党组", "unit_id": "yanxixian-wenhuaguan", "unit_kind": "其他", "level": "县",
        "province": "岚江省", "city": "溯川市", "county": "砚溪县", "year": 2024,
    }  # fmt: skip


def test_contacts_as_printed(database: sqlite3.Connection) -> None:
    found = database.execute(
        "SELECT kind, label, value, tel FROM contacts WHERE report_id = '2023-tinglanxian-renminyiyuan'"
    )
    assert [tuple(row) for row in found][:3] == [
        ("phone", "监督电话", "0997-0103366转802", "+869970103366;ext=802"),
        ("phone", "举报电话", "15400001122", "+8615400001122"),
        ("email", None, "jw@example.org", None),
    ]


def test_addresses_are_full_where_the_sites_own_is_known(addressed: Path) -> None:
    (first, *_) = rows(addressed / "data" / "issues.csv")
    assert first["url"].startswith("https://zhenggai.example.cn/sub/reports/2024/")
    assert "#下乡辅导" in first["url"]


# ---------- SQLite ----------


def test_keys_and_references_hold(database: sqlite3.Connection) -> None:
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    assert database.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    references = {r["table"] for r in database.execute("PRAGMA foreign_key_list(issues)")}
    assert references == {"reports", "categories", "statuses"}
    plan = database.execute("EXPLAIN QUERY PLAN SELECT * FROM issues WHERE category = 'finance'").fetchone()
    assert "USING INDEX" in plan["detail"]


def test_a_broken_reference_would_be_seen(tmp_path: Path, archive: Catalog) -> None:
    sqlite.write(tmp_path / "a.sqlite", lambda table: table.cells(archive, SITE))
    with closing(sqlite3.connect(tmp_path / "a.sqlite")) as base:
        base.execute("DELETE FROM reports WHERE id = '2024-yanxixian-wenhuaguan-2'")
        assert base.execute("PRAGMA foreign_key_check").fetchall()


def test_metadata_names_what_is_there(built: Path, database: sqlite3.Connection) -> None:
    told = json.loads((built / "data" / "datasette.json").read_text("utf-8"))["databases"]["archive"][
        "tables"
    ]
    assert set(told) == set(COUNTS)
    for name, table in told.items():
        there = [row["name"] for row in database.execute(f"PRAGMA table_info({name})")]
        assert list(table["columns"]) == there
        assert {*table["facets"], table.get("sort_desc", there[0]), table.get("label_column", there[0])} <= {
            *there
        }
    assert told["issues"]["facets"] == ["unit_kind", "year", "category", "status"]


async def browse(datasette: Any, data: Path) -> Any:
    """Every table's page opens; the first page of problems as JSON."""
    told = json.loads((data / "datasette.json").read_text("utf-8"))
    opened = datasette.Datasette(immutables=[str(data / "archive.sqlite")], metadata=told)
    await opened.invoke_startup()
    for name in COUNTS:
        assert (await opened.client.get(f"/archive/{name}")).status_code == 200
    return (await opened.client.get("/archive/issues.json?_shape=objects")).json()


def test_datasette_opens_it_with_facets(built: Path) -> None:
    datasette = pytest.importorskip("datasette.app", reason="pip install datasette: more than the tests need")
    facets = asyncio.run(browse(datasette, built / "data"))["facet_results"]
    assert {f["label"]: f["count"] for f in facets["status"]["results"]}["已完成"] == 13
    assert {f["value"] for f in facets["year"]["results"]} == {2020, 2021, 2022, 2023, 2024}
    assert facets["category"]["results"][0]["label"] == "主责主业履行"


# ---------- the data package ----------


def errors(data: Path) -> list[str]:
    return [str(e) for e in frictionless.validate(str(data / "datapackage.json")).flatten(["message"])]


def test_the_data_package_validates(built: Path, addressed: Path) -> None:
    assert errors(built / "data") == []
    assert errors(addressed / "data") == []


def test_hostile_rows_keep_to_their_schema(hostile_data: Path) -> None:
    assert errors(hostile_data) == []


@pytest.mark.parametrize(
    ("table", "old", "new"),
    [
        ("issues", "2024-yanxixian-wenhuaguan-2,1,", "2024-nobody,1,"),  # refers to no report
        ("issues", ",in-progress,", ",in-progres,"),
        ("reports", "2020-1X", "2020年"),
        ("reports", "共青团", "共青团"),  # nothing changed: no fault
    ],
)
def test_the_package_sees_faults(tmp_path: Path, archive: Catalog, table: str, old: str, new: str) -> None:
    exports.write(archive, SITE, Making(tmp_path))
    path = tmp_path / "data" / f"{table}.csv"
    changed = path.read_text("utf-8-sig").replace(old, new, 1)
    path.write_text(changed, encoding="utf-8-sig", newline="")
    package = tmp_path / "data" / "datapackage.json"
    told = json.loads(package.read_text("utf-8"))
    for resource in told["resources"]:  # that the bytes changed is another matter
        del resource["hash"], resource["bytes"]
    package.write_text(json.dumps(told), "utf-8")
    assert bool(errors(tmp_path / "data")) == (old != new)


def test_the_package_says_what_the_files_are(built: Path) -> None:
    told = json.loads((built / "data" / "datapackage.json").read_text("utf-8"))
    for resource in told["resources"]:
        content = (built / "data" / resource["path"]).read_bytes()
        assert resource["bytes"] == len(content)
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
    assert "通报原文属各发布单位" in told["licenses"][0]["title"]
    assert told["sources"]


# ---------- JSON ----------


def test_json_is_the_front_matter_without_private_notes(built: Path, archive: Catalog) -> None:
    for found in json.loads((built / "data" / "reports.json").read_text("utf-8")):
        (notice,) = (n for n in archive.notices if n.report.id == found["id"])
        own = notice.report.model_dump(mode="json")
        assert {k: v for k, v in own.items() if k not in records.PRIVATE} == {
            k: v for k, v in found.items() if k != "url"
        }
        single = json.loads((built / "data" / "reports" / f"{found['id']}.json").read_text("utf-8"))
        assert single == {**found, "body": notice.body}


def test_schemas_fit_what_they_describe(built: Path, addressed: Path, archive: Catalog) -> None:
    for data in (built / "data", addressed / "data"):
        schema = json.loads((data / "report.schema.json").read_text("utf-8"))
        jsonschema.Draft202012Validator.check_schema(schema)
        for found in json.loads((data / "reports.json").read_text("utf-8")):
            jsonschema.validate(found, schema)
            with pytest.raises(jsonschema.ValidationError):
                jsonschema.validate({**found, "published": "2024年6月"}, schema)
            with pytest.raises(jsonschema.ValidationError):
                jsonschema.validate({**found, "review": []}, schema)
    schema = json.loads((built / "data" / "frontmatter.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    for notice in archive.notices:
        head, _ = frontmatter.split(notice.path.read_text("utf-8"))
        jsonschema.validate(frontmatter.load_yaml(head), schema)


def test_every_field_is_named_and_nothing_else_is() -> None:
    """In the schemas; and each table and column in data.yaml is one that is written."""
    words = data_words()
    schema = Report.model_json_schema()
    models = {"Report": schema, **{n: d for n, d in schema["$defs"].items() if "properties" in d}}
    assert {n: set(d["properties"]) for n, d in models.items()} == {
        n: set(f) for n, f in words.models.items()
    }
    assert set(words.tables) == {table.name for table in TABLES}
    used = {c.words[1] for table in TABLES for c in table.columns if not c.words[0]}
    assert used == set(words.columns)
    for field in schema["properties"]:
        told = records.frontmatter_schema(SITE)["properties"][field]
        assert (told["title"], told["description"]) == words.models["Report"][field]


def test_an_empty_archive_has_empty_tables(tmp_path: Path) -> None:
    exports.write(Catalog([]), SITE, Making(tmp_path))
    assert json.loads((tmp_path / "data" / "reports.json").read_text("utf-8")) == []
    assert rows(tmp_path / "data" / "issues.csv") == []
    assert errors(tmp_path / "data") == []


# ---------- what stays inside ----------


def test_private_notes_and_withdrawn_notices_stay_inside(tmp_path: Path, write_report: Write) -> None:
    write_report(
        tmp_path / "reports", redact=["甲乙丙丁戊"], allow=[{"code": "ID-NUMBER", "reason": "己庚辛"}],
        review=[{"code": "mask-leak", "message": "壬癸子丑"}],
    )  # fmt: skip
    write_report(tmp_path / "reports", id="gone-2023", withdrawn={"date": "2024", "reason": "寅卯辰巳"})
    (tmp_path / "reports" / ".private").mkdir()
    (tmp_path / "reports" / ".private" / "a.md").write_text("午未申酉", "utf-8")
    exports.write(catalog.read(tmp_path / "reports"), SITE, Making(tmp_path))
    for path in (p for p in (tmp_path / "data").rglob("*") if p.is_file()):
        content = path.read_bytes().decode("utf-8", "replace")
        for secret in ("甲乙丙丁戊", "己庚辛", "壬癸子丑", "寅卯辰巳", "午未申酉", "gone-2023"):
            assert secret not in content, path.name


# ---------- cells ----------


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+86", "-1", "@x", "\tx", "\rx", "\nx", "\0", "＝1", "＋1", "－1", "＠x", "'=1", "''=1", "=HYPERLINK(\"x\")"],
)  # fmt: skip
def test_formulas_are_guarded_and_come_back(text: str) -> None:
    cell = csv_files.guarded(text)
    assert cell == f"'{text}"
    assert csv_files.unguarded(cell) == text


@pytest.mark.parametrize("text", ["", "'", "''", "'x", "x=1", "（一）", "1.", "—x", " =1"])
def test_other_cells_stay_as_they_are(text: str) -> None:
    assert csv_files.guarded(text) == text
    assert csv_files.unguarded(text) == text


def test_hostile_cells_come_back_whole_and_none_is_a_formula(tmp_path: Path) -> None:
    nasty = ['=cmd|"/c calc"!A1', "'=1", 'a"b,c\r\nd', "\ttab", "；|\\", EVIL, "'"]
    given = [[text, None] for text in nasty]
    assert list(csv_files.written(tmp_path / "x.csv", ["a", "b"], given)) == given
    assert csv_files.write(tmp_path / "y.csv", ["a", "b"], given) == len(given)
    assert (tmp_path / "x.csv").read_bytes() == (tmp_path / "y.csv").read_bytes()
    raw = (tmp_path / "x.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbfa,b\r\n")
    assert [row["a"] for row in rows(tmp_path / "x.csv")] == nasty
    with (tmp_path / "x.csv").open(encoding="utf-8-sig", newline="") as file:
        assert not [cell for row in csv.reader(file) for cell in row if cell[:1] in tuple("=+-@\t\r\n")]


def test_several_values_in_one_cell() -> None:
    assert joined(["一", "二"]) == "一|二"
    assert joined(["甲|乙", "丙\\"]) == "甲\\|乙|丙\\\\"
    assert joined([]) is None


def test_hostile_text_is_whole_in_every_form(hostile_data: Path) -> None:
    (report,) = rows(hostile_data / "reports.csv")
    assert report["title"] == EVIL
    with closing(sqlite3.connect(hostile_data / "archive.sqlite")) as base:
        assert base.execute("SELECT title FROM reports").fetchall() == [(EVIL,)]
    (record,) = json.loads((hostile_data / "reports.json").read_text("utf-8"))
    assert record["title"] == EVIL


# ---------- the same bytes ----------


def test_two_builds_give_the_same_files(tmp_path: Path, archive: Catalog) -> None:
    for name in ("one", "two"):
        exports.write(archive, SITE, Making(tmp_path / name))
    for path in (p for p in (tmp_path / "one").rglob("*") if p.is_file()):
        other = tmp_path / "two" / path.relative_to(tmp_path / "one")
        if path.suffix == ".sqlite":
            assert dump(path) == dump(other)
        else:
            assert path.read_bytes() == other.read_bytes(), path.name


# ---------- the page ----------


def test_the_page_lists_every_file_with_its_size(built: Path) -> None:
    page = load(built, "data/")
    names = {a.text for a in page.one("div.zg-page").all("a") if "download" in a.attrs} - {"all.vcf"}
    files = {p.name for p in (built / "data").iterdir() if p.suffix in (".csv", ".json", ".sqlite")}
    assert names == files
    shown = {e.one("a").text: e.text for e in page.all("p.zg-files__name") if e.all("a")}
    assert "25 行" in shown["issues.csv"]
    assert "8 份" in shown["reports.json"]
    size = (built / "data" / "issues.csv").stat().st_size
    assert f"{round(size / 1024)} KB" in shown["issues.csv"]


def test_the_page_explains_every_column(built: Path) -> None:
    page = load(built, "data/")
    told = {d.one("summary").one("code").text: d for d in page.all("details.zg-table")}
    for table in TABLES:
        shown = [row.one("dt").text for row in told[table.name].one("dl").all("div")]
        assert shown == [f"{c.name} {c.title}" for c in table.columns]


def test_the_page_says_whether_there_are_feeds(built: Path, addressed: Path) -> None:
    assert "本站还没有设定网址，所以没有订阅源" in load(built, "data/").text
    assert load(addressed, "data/").link("feed.xml") == "../feed.xml"


def test_money_keeps_its_words(tmp_path: Path, write_report: Write) -> None:
    figures = Accountability(people_educated=3, money_returned="12.5万元").model_dump()
    write_report(
        tmp_path / "reports", accountability=figures, corrections=[{"date": "2024-01", "note": "甲|乙"}]
    )
    exports.write(catalog.read(tmp_path / "reports"), SITE, Making(tmp_path))
    (row,) = rows(tmp_path / "data" / "reports.csv")
    assert (row["people_educated"], row["money_returned"], row["rules_made"]) == ("3", "12.5万元", "")
    assert row["corrections"] == "2024-01 甲\\|乙"
