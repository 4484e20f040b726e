"""Each check finds its fault at the right line, and spares what is right."""

from __future__ import annotations

import subprocess
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from zhenggai.checks import content, privacy
from zhenggai.checks import site as site_check
from zhenggai.checks.finding import Finding
from zhenggai.secrecy import secrecy_mark

ROOT = Path(__file__).resolve().parents[2]
Write = Callable[..., Path]


def run(*arguments: object, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "scripts" / "check.py"), *map(str, arguments)]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)


def only(findings: list[Finding]) -> Finding:
    assert len(findings) == 1, findings
    return findings[0]


def line_with(path: Path, text: str) -> int:
    lines = path.read_text(encoding="utf-8").split("\n")
    return next(no for no, line in enumerate(lines, 1) if text in line)


def test_good_report_is_spared(tmp_path: Path, write_report: Write) -> None:
    write_report(tmp_path)
    assert content.check([tmp_path]) == []


def test_broken_front_matter(tmp_path: Path, write_report: Write) -> None:
    path = write_report(tmp_path)
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("unit_kind: 共青团", "unit_kind: 团委"), encoding="utf-8")
    found = only(content.check([path]))
    assert (found.code, found.line) == ("FRONT-MATTER", line_with(path, "unit_kind"))
    assert "unit_kind" in found.message
    assert found.remedy


@pytest.mark.parametrize(
    ("bytes_", "said"), [(b"", "YAML"), (b"\xff\xfe\x00", "UTF-8"), ("没有头".encode(), "YAML")]
)
def test_file_that_is_no_report(tmp_path: Path, bytes_: bytes, said: str) -> None:
    path = tmp_path / "2023" / "x.md"
    path.parent.mkdir()
    path.write_bytes(bytes_)
    found = only(content.check([tmp_path]))
    assert found.code == "FRONT-MATTER"
    assert said in found.message


def test_name_and_folder_are_the_address(tmp_path: Path, write_report: Write) -> None:
    path = write_report(tmp_path, name="other-name")
    found = only(content.check([tmp_path]))
    assert (found.path, found.line, found.code) == (path, line_with(path, "id: lanxi"), "ID-STEM")
    path.unlink()
    path = write_report(tmp_path)
    moved = tmp_path / "2022" / path.name
    moved.parent.mkdir()
    path.rename(moved)
    found = only(content.check([tmp_path]))
    assert (found.line, found.code) == (line_with(moved, "year:"), "YEAR-FOLDER")


def test_missing_anchor(tmp_path: Path, write_report: Write) -> None:
    path = write_report(tmp_path, body="## 1. 值班记录 {#别的锚点}\n\n正文提到 #值班记录补登不及时\n")
    found = only(content.check([tmp_path]))
    assert (found.code, found.line) == ("ANCHOR-MISSING", line_with(path, "anchor:"))


@pytest.mark.parametrize("body", ["段\n{: #值班记录补登不及时 }\n", '<p id="值班记录补登不及时">题</p>\n'])
def test_anchor_in_every_form(tmp_path: Path, write_report: Write, body: str) -> None:
    write_report(tmp_path, body=body)
    assert content.check([tmp_path]) == []


def test_anchor_of_a_sub_issue_and_a_repeat(
    tmp_path: Path, write_report: Write, report_data: dict[str, Any]
) -> None:
    sub = {"heading": "补登", "category": "other", "anchor": "补登"}
    issue = {**report_data["issues"][0], "also_at": ["再次"], "sub_issues": [sub]}
    write_report(tmp_path, issues=[issue])
    assert [f.message.split()[1].split("，")[0] for f in content.check([tmp_path])] == ["再次", "补登"]


def test_category_outside_the_vocabulary(
    tmp_path: Path, write_report: Write, report_data: dict[str, Any]
) -> None:
    issue = {**report_data["issues"][0], "category": "no-such"}
    path = write_report(tmp_path, issues=[issue], tags=["no-such"])
    found = only(content.check([tmp_path]))
    assert (found.code, found.line) == ("CATEGORY-UNKNOWN", line_with(path, "category: no-such"))


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"inspection_end": "2023-02-10"}, True),
        ({"published": "2023-09-27"}, True),
        ({"published": None, "signed_date": "2022-XX-XX"}, True),
        ({"inspection_end": "2023-XX-XX"}, False),
        ({"inspection_end": "2023-1X-XX", "feedback_date": "2023-12", "signed_date": "2024"}, True),
        ({"inspection_end": "2023-1X-XX", "feedback_date": "2023-12", "signed_date": "2023-XX-28"}, False),
        ({"feedback_date": "2023"}, False),
        ({"feedback_date": None, "inspection_end": None}, False),
        ({"feedback_date": "20XX-06-15"}, False),
    ],
)
def test_order_of_dates(tmp_path: Path, write_report: Write, changes: dict[str, Any], wrong: bool) -> None:
    write_report(tmp_path, **changes)
    findings = content.check([tmp_path])
    assert [f.code for f in findings] == (["DATE-ORDER"] if wrong else [])
    assert not any(f.stops for f in findings), "a notice may print contradictions: they are kept"


@pytest.mark.parametrize("char", ["\x00", "\x08", "\x1b", "\x85", "\u202e", "\u2066"])
def test_control_characters(tmp_path: Path, write_report: Write, char: str) -> None:
    path = write_report(tmp_path)
    with path.open("a", encoding="utf-8", newline="") as file:
        file.write(f"末{char}行\n")
    found = only(content.check([tmp_path]))
    assert found.code == "CONTROL-CHAR"
    assert f"U+{ord(char):04X}" in found.message
    assert char not in str(found)


@pytest.mark.parametrize("written", ["\\0", "\\x08", "\\u202e", "\\e"])
def test_control_characters_that_yaml_escapes(tmp_path: Path, write_report: Write, written: str) -> None:
    path = write_report(tmp_path)
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("signed_by: 共青团岚溪县委员会", f'signed_by: "甲{written}乙"'), encoding="utf-8"
    )
    found = only(content.check([tmp_path]))
    assert (found.code, found.line) == ("CONTROL-CHAR", line_with(path, "signed_by"))


def test_same_id_and_same_source(tmp_path: Path, write_report: Write, report_data: dict[str, Any]) -> None:
    write_report(tmp_path)
    other = {**report_data["source"], "sha256": "1" * 64}
    again = write_report(tmp_path, year="2024", source=other)
    found = only(content.check([tmp_path]))
    assert (found.path, found.code) == (again, "ID-TWICE")
    again.unlink()
    twin = write_report(tmp_path, id="lanxi-2023-002")
    found = only(content.check([tmp_path]))
    assert (found.path, found.code, found.line) == (twin, "SOURCE-TWICE", line_with(twin, "sha256:"))


def test_hidden_folders_are_not_reports(tmp_path: Path, write_report: Write) -> None:
    write_report(tmp_path)
    hidden = write_report(tmp_path / ".private")
    hidden.write_text("no report", encoding="utf-8")
    (tmp_path / "README.md").write_text("# 说明\n", encoding="utf-8")
    assert content.check([tmp_path]) == []


@pytest.mark.parametrize(
    "line",
    ["秘密★1年", "机 密", "绝密★启封前", "【内部资料 注意保存】", "**内部资料，注意保存**", "密级：秘密",
     "    密级: 机密", "（机密★长期）", "内部文件 请勿外传", "注意保存", "（此件不公开）", "秘密（3年）"],
)  # fmt: skip
def test_secrecy_marks_stop(tmp_path: Path, write_report: Write, line: str) -> None:
    assert secrecy_mark(line)
    body = f"# 通报 {{#值班记录补登不及时}}\n\n{line}\n"
    path = write_report(tmp_path, body=body)
    found = only(content.check([tmp_path]))
    assert (found.code, found.line, found.stops) == ("SECRECY-MARK", line_with(path, line), True)
    write_report(tmp_path, body=body, allow=[{"code": "SECRECY-MARK", "reason": "原文已解密"}])
    assert content.check([tmp_path]) == []
    write_report(tmp_path, body=body, allow=[{"code": "SECRECY-MARK", "reason": " "}])
    assert only(content.check([tmp_path])).code == "SECRECY-MARK"


def id_number(first: str) -> str:
    """`first` 17 digits with their check character: no such number stands in this file."""
    return first + privacy.identity_check(first)


def numbers(text: str) -> list[str]:
    """Identity numbers found in `text`, by the digits alone."""
    found = privacy.find(unicodedata.normalize("NFKC", text))
    return ["".join(one.words.split()).upper() for one in found if one.rule.code == "ID-NUMBER"]


@pytest.mark.parametrize("first", ["11000019900307001", "99000018991231123", "11000020000229002"])
@pytest.mark.parametrize("form", ["身份证号{}，", "{}", "号{}号"])
def test_identity_numbers_stop_and_are_never_shown(
    tmp_path: Path, write_report: Write, first: str, form: str
) -> None:
    number = id_number(first)
    write_report(tmp_path, body=f"# 题 {{#值班记录补登不及时}}\n\n{form.format(number)}\n")
    found = only(content.check([tmp_path]))
    assert (found.code, found.stops) == ("ID-NUMBER", True)
    assert number[4:12] not in str(found)
    assert number[-4:] not in str(found)


def test_identity_numbers_in_other_clothes() -> None:
    number = id_number("11000019900307001")
    full_width = number.translate({ord("0") + i: ord("０") + i for i in range(10)})
    assert numbers(full_width) == [number]
    assert numbers(f"{number[:6]} {number[6:14]} {number[14:]}") == [number]
    x = next(n for i in range(1000) if (n := id_number(f"11000019900307{i:03}")).endswith("X"))
    assert numbers(x.lower()) == [x]


def test_other_long_numbers_are_spared() -> None:
    number = id_number("11000019900307001")
    wrong_check = number[:-1] + ("1" if number[-1] != "1" else "2")
    assert numbers(wrong_check) == []
    assert numbers("0" + number) == []
    assert numbers("a" + number) == []
    assert numbers(id_number("11000019901307001")) == [], "no thirteenth month"


def test_command_line(tmp_path: Path, write_report: Write) -> None:
    folder = tmp_path / "报告 一"
    path = write_report(folder)
    done = run(folder)
    assert (done.returncode, done.stdout) == (0, "1 份报告：没有发现问题。\n")
    path.write_text(path.read_text(encoding="utf-8").replace("\nyear:", "\nyaer:"), encoding="utf-8")
    done = run(folder)
    assert done.returncode == 1
    first, last = done.stdout.splitlines()
    assert first.startswith(f"{path}:{line_with(path, 'yaer')}: FRONT-MATTER ") or "year" in first
    assert first.endswith("）")
    assert last == "1 份报告：有 1 处问题。"
    assert run(tmp_path / "没有").returncode == 2
    assert run("--no-such").returncode == 2
    assert run(folder, "--site", folder).returncode == 2


def test_reminders_do_not_fail(tmp_path: Path, write_report: Write) -> None:
    write_report(tmp_path, inspection_end="2023-02-10")
    done = run(tmp_path)
    assert done.returncode == 0
    assert "提醒" in done.stdout


def edited(write: Write, folder: Path, body: str, **changes: Any) -> list[Finding]:
    """What is found when a person has made the converted body into `body`."""
    path = write(folder)
    kept = folder / ".private" / f"{path.stem}.base"
    kept.parent.mkdir(exist_ok=True)
    kept.write_bytes(path.read_bytes())
    write(folder, body=body, **changes)
    return content.check([folder])


CONVERTED = "## 1. 关于“值班记录补登不及时”的问题 {#值班记录补登不及时}\n\n已补登记录 12 份。\n"


def test_a_slip_in_the_notices_own_words_is_told(tmp_path: Path, write_report: Write) -> None:
    found = only(edited(write_report, tmp_path, CONVERTED.replace("12 份", "22 份")))
    path = tmp_path / "2023" / "lanxi-2023-001.md"
    assert (found.code, found.line, found.stops) == ("WORDING", line_with(path, "22 份"), False)
    assert "共 1 段" in found.message
    gone = only(edited(write_report, tmp_path, CONVERTED.replace("已补登记录 12 份。\n", "")))
    assert "共 1 段" in gone.message
    moved = CONVERTED + "\n第二段。\n\n第一段。\n"
    (tmp_path / ".private" / "lanxi-2023-001.base").unlink()
    assert "共 2 段" in only(edited(write_report, tmp_path, moved)).message


@pytest.mark.parametrize(
    ("body", "changes"),
    [
        (CONVERTED, {}),
        (CONVERTED.replace("## 1. ", "### 1\\. ").replace("份。\n", "份。  \n\n"), {}),
        (CONVERTED.replace("已补登记录", "已补登\n记录"), {}),
        (CONVERTED.replace("12", "22"), {"corrections": [{"date": "2024-03-05", "note": "应单位要求更正"}]}),
        (CONVERTED.replace("12", "■"), {"redact": ["12"]}),
    ],
    ids=["same", "form", "lines", "correction", "redaction"],
)
def test_form_and_decisions_are_no_slips(
    tmp_path: Path, write_report: Write, body: str, changes: dict[str, Any]
) -> None:
    assert [f for f in edited(write_report, tmp_path, body, **changes) if f.code == "WORDING"] == []


@pytest.fixture
def site(tmp_path: Path) -> Path:
    root = tmp_path / "site"
    (root / "a").mkdir(parents=True)
    (root / "assets").mkdir()
    (root / "assets" / "s.css").write_text("body{background:url(i.png)}", encoding="utf-8")
    (root / "assets" / "i.png").write_bytes(b"")
    (root / "index.html").write_text(
        "<link rel=stylesheet href=assets/s.css><h1 id=t>首页</h1>"
        '<a href="a/#%E9%97%AE%E9%A2%98">甲</a><a href="https://example.org/">外</a>'
        '<a href="tel:12345">电</a>',
        encoding="utf-8",
    )
    (root / "a" / "index.html").write_text(
        '<p id="问题">题</p><a href="..">首页</a><a href="../#t">上</a><a href="#问题">此</a>'
        '<img src="../assets/i.png">',
        encoding="utf-8",
    )
    return root


def test_whole_site_is_spared(site: Path) -> None:
    assert site_check.check(site) == []


@pytest.mark.parametrize(
    ("html", "code"),
    [
        ('<a href="no/">x</a>', "DEAD-LINK"),
        ('<a href="../outside.html">x</a>', "DEAD-LINK"),
        ('<a href="a/#没有">x</a>', "DEAD-FRAGMENT"),
        ('<a href="#没有">x</a>', "DEAD-FRAGMENT"),
        ('<script src="//cdn.example.org/x.js"></script>', "FOREIGN-HOST"),
        ('<link rel="preconnect" href="https://fonts.example.org">', "FOREIGN-HOST"),
        ('<img srcset="https://i.example.org/a.png 2x">', "FOREIGN-HOST"),
        ("<style>p{}</style>", "INLINE-CODE"),
        ('<p style="color:red">', "INLINE-CODE"),
        ("<script>x</script>", "INLINE-CODE"),
        ('<b onclick="x">', "INLINE-CODE"),
        ('<a href=" Java\tscript:x">', "INLINE-CODE"),
        ('<form action="https://f.example.org/">', "FOREIGN-HOST"),
        ('<img src="assets/none.png">', "DEAD-LINK"),
        ('<a href="http://[x/">x</a>', "BAD-LINK"),
    ],
)
def test_faults_of_a_site(site: Path, html: str, code: str) -> None:
    path = site / "index.html"
    path.write_text(path.read_text(encoding="utf-8") + "\n\n" + html, encoding="utf-8")
    found = only(site_check.check(site))
    assert (found.path, found.line, found.code) == (path, 3, code)


def test_styles_in_a_page_fetch_too(site: Path) -> None:
    path = site / "index.html"
    for html in (
        "<style>@import 'https://c.example.org/a.css'</style>",
        '<p style="background:url(https://c.example.org/a.png)">',
    ):
        path.write_text(html, encoding="utf-8")
        assert {f.code for f in site_check.check(site)} >= {"FOREIGN-HOST", "INLINE-CODE"}


def test_data_in_a_page_is_no_code(site: Path) -> None:
    (site / "index.html").write_text(
        '<h1 id="t"></h1><script type="application/ld+json">{}</script>', "utf-8"
    )
    assert site_check.check(site) == []


def test_fault_in_a_style_sheet(site: Path) -> None:
    sheet = site / "assets" / "s.css"
    sheet.write_text("a{}\nb{background:url('https://c.example.org/x.woff2')}", encoding="utf-8")
    found = only(site_check.check(site))
    assert (found.path, found.line, found.code) == (sheet, 2, "FOREIGN-HOST")


def test_site_under_a_path(site: Path) -> None:
    """Links that begin with the canonical address are links into the site."""
    path = site / "index.html"
    head = '<link rel="canonical" href="https://example.cn/archive/">'
    good = '<a href="https://example.cn/archive/a/">x</a><a href="/archive/a/">y</a>'
    path.write_text(head + path.read_text(encoding="utf-8") + good, encoding="utf-8")
    assert site_check.check(site) == []
    path.write_text(head + '<a href="/a/">', encoding="utf-8")
    assert [f.code for f in site_check.check(site)] == ["DEAD-FRAGMENT", "DEAD-LINK"]


def test_site_without_pages(tmp_path: Path) -> None:
    done = run("--site", tmp_path)
    assert done.returncode == 1
    assert "NO-PAGES" in done.stdout
