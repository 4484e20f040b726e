"""What `redact` hides is nowhere in what is published; the report file stays as it was printed."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.site.building import build_site

from zhenggai import frontmatter, redaction
from zhenggai.checks import content
from zhenggai.ingest.batch import convert_all
from zhenggai.ingest.convert import convert
from zhenggai.ingest.outcome import State
from zhenggai.model import Report
from zhenggai.redaction import MASK

ROOT = Path(__file__).resolve().parents[2]
Write = Callable[..., Path]
NAME, MOBILE = "赵青禾", "15400000007"


def hidden(report_data: dict[str, Any], body: str, *redact: str, **changes: Any) -> tuple[Report, str]:
    report = Report.model_validate({**report_data, **changes, "redact": list(redact)})
    return redaction.redacted(report, body)


@pytest.mark.parametrize(
    "body",
    [
        f"联系{NAME}核实。\n",
        "联系赵 青\u3000禾核实。\n",
        "联系赵青\n禾核实。\n",
        f"## 1. 关于{NAME}的问题 {{#关于{NAME}的问题}}\n",
        f"段\n{{: #{NAME} }}\n",
    ],
)
def test_words_are_hidden_however_they_stand(report_data: dict[str, Any], body: str) -> None:
    _, shown = hidden(report_data, body, NAME)
    assert MASK in shown
    assert not set(NAME) & set(shown)
    assert shown.count("\n") == body.count("\n")


@pytest.mark.parametrize(
    ("printed", "body"),
    [
        ("a_b*c", "句a\\_b\\*c句"), ("<甲>&", "句&lt;甲&gt;&amp;句"), ("a|b=c", "句a&#124;b&#61;c句"),
        ("15400000007", "句１５４０００００００７句"), ("154-0000-0007", "句154\\-0000\\-0007句"),
    ],
)  # fmt: skip
def test_words_are_hidden_however_markdown_writes_them(
    report_data: dict[str, Any], printed: str, body: str
) -> None:
    assert hidden(report_data, body, printed)[1] == f"句{MASK}句"


def test_every_field_is_covered(report_data: dict[str, Any]) -> None:
    """Whatever field the model has or will have: the words are in none that holds text."""
    words = NAME
    issue = {
        **report_data["issues"][0], "heading": f"给{words}发补贴", "number": words, "parents": [words],
        "anchor": f"给{words}发补贴", "also_at": [f"又{words}"],
        "sub_issues": [{"heading": words, "category": "other", "anchor": f"再{words}"}],
    }  # fmt: skip
    texts = ("title", "unit", "province", "city", "county", "kind", "inspecting_body", "inspection_round",
             "inspection_type", "signed_by", "completion_rate")  # fmt: skip
    report, _ = hidden(
        report_data, "x", words, **dict.fromkeys(texts, words), issues=[issue],
        contacts={"phones": [{"value": words, "label": words, "tel": "+8615400000007"}], "emails": [words],
                  **dict.fromkeys(("address", "po_box", "postcode", "fax", "hours"), words)},
        documents=[{"name": words, "action": words}], accountability={"money_returned": words},
        source={**report_data["source"], "file": words, "url": words, "printed": {words: words},
                "copies": [{"file": words, "sha256": "1" * 64, "url": words}]},
        review=[{"code": "x", "message": words}], corrections=[{"date": "2024", "note": words}],
        withdrawn={"date": "2024", "reason": words}, allow=[{"code": "X", "reason": words}],
    )  # fmt: skip
    assert words not in json.dumps(report.model_dump(mode="json"), ensure_ascii=False)
    assert report.redact == (MASK,)
    assert report.contacts
    assert report.contacts.phones[0].tel is None, "a hidden number cannot be dialled either"
    assert (report.province, report.city, report.county) == (None, None, None)
    assert (report.id, report.unit_id, report.year) == ("lanxi-2023-001", "lanxi-tuan", "2023")


def test_other_numbers_can_still_be_dialled(report_data: dict[str, Any]) -> None:
    phones = [{"value": MOBILE, "tel": "+8615400000007"}, {"value": "12345", "tel": "12345"}]
    report, _ = hidden(report_data, "x", MOBILE, contacts={"phones": phones})
    assert report.contacts
    assert [(p.value, p.tel) for p in report.contacts.phones] == [(MASK, None), ("12345", "12345")]


def test_anchors_stay_apart_and_the_body_follows(report_data: dict[str, Any]) -> None:
    one = report_data["issues"][0]
    issues = [{**one, "anchor": f"向{name}借款"} for name in ("甲甲", "乙乙")]
    body = "## 向甲甲借款 {#向甲甲借款}\n\n## 向乙乙借款 {#向乙乙借款}\n"
    report, shown = hidden(report_data, body, "甲甲", "乙乙", issues=issues)
    anchors = [issue.anchor for issue in report.issues]
    assert anchors == [f"向{MASK}借款", f"向{MASK}借款-2"]
    assert [line.split("{#")[1].rstrip("}") for line in shown.splitlines() if line] == anchors


def test_anchors_lose_words_whose_marks_they_never_had(report_data: dict[str, Any]) -> None:
    issues = [{**report_data["issues"][0], "anchor": "给赵青禾户主发补贴"}]
    report, _ = hidden(report_data, "## x {#给赵青禾户主发补贴}\n", "赵青禾（户主）", issues=issues)
    assert report.issues[0].anchor == f"给{MASK}发补贴"


def test_nothing_to_hide_changes_nothing(report_data: dict[str, Any]) -> None:
    report = Report.model_validate(report_data)
    assert redaction.redacted(report, "甲\n") == (report, "甲\n")
    assert redaction.redacted(report.model_copy(update={"redact": (" ",)}), "甲 乙\n")[1] == "甲 乙\n"


def test_a_long_run_of_blanks_costs_little(report_data: dict[str, Any]) -> None:
    body = (NAME[0] + " " * 20_000 + "\n" + " " * 20_000) * 5
    assert hidden(report_data, body, NAME)[1] == body


def test_the_gate_is_content_with_what_is_hidden(tmp_path: Path, write_report: Write) -> None:
    body = f"## 1. 题 {{#值班记录补登不及时}}\n\n拨打{MOBILE}。\n"
    write_report(tmp_path, body=body)
    assert [f.code for f in content.check([tmp_path])] == ["MOBILE"]
    write_report(tmp_path, body=body, redact=[MOBILE])
    assert content.check([tmp_path]) == []
    path = write_report(tmp_path, body=body, redact=["15400000008"])
    found = content.check([tmp_path])
    assert sorted(f.code for f in found) == ["MOBILE", "REDACT-NOTHING"]
    assert not any(MOBILE in str(f) or "15400000008" in str(f) for f in found)
    assert (
        path.read_text(encoding="utf-8")
        .splitlines()[found[0].line - 1]
        .strip("- ")
        .startswith(("redact", "拨"))
    )


@pytest.mark.parametrize(
    ("allow", "codes"),
    [
        ([{"code": "MOBILE", "reason": "值班手机"}], []),
        ([{"code": "MOBILE", "reason": " "}], ["MOBILE", "MOBILE"]),
        ([{"code": "PLATE", "reason": "公车"}], ["MOBILE", "MOBILE"]),
        ([{"code": "MOBILE", "words": MOBILE, "reason": "值班手机"}], ["MOBILE"]),
    ],
)
def test_a_finding_is_allowed_with_a_reason(
    tmp_path: Path, write_report: Write, allow: list[dict[str, str]], codes: list[str]
) -> None:
    body = f"## 1. 题 {{#值班记录补登不及时}}\n\n拨打{MOBILE}。\n\n拨打15400000009。\n"
    write_report(tmp_path, body=body, allow=allow)
    assert [f.code for f in content.check([tmp_path])] == codes


def test_the_contact_line_is_public(tmp_path: Path, write_report: Write) -> None:
    contacts = {"phones": [{"value": MOBILE}], "address": "岚溪县春晖小区3号楼2单元502室"}
    body = f"## 1. 题 {{#值班记录补登不及时}}\n\n电话：{MOBILE}，地址：岚溪县春晖小区3号楼2单元502室\n"
    write_report(tmp_path, body=body, contacts=contacts)
    assert content.check([tmp_path]) == []
    write_report(tmp_path, body=body, contacts=None)
    assert [f.code for f in content.check([tmp_path])] == ["HOME-ADDRESS", "MOBILE"]


NOTICE = (
    "关于巡察整改情况的通报\n"
    "根据县委统一部署，2024年3月1日至5月10日，县委第二巡察组对岚溪县水务局党组开展了常规巡察。\n"
    f"一、关于{NAME}值班记录补登不及时的问题\n"
    "已补登记录十二份，修订值班办法一项，问题已整改完成。\n"
    "岚溪县水务局党组\n"
    "2024年9月28日\n"
)


def test_a_new_conversion_keeps_what_is_hidden_and_the_record_straight(tmp_path: Path) -> None:
    """The file keeps every sign of the notice, so each conversion proves conservation anew."""
    inbox, reports = tmp_path / "in", tmp_path / "reports"
    inbox.mkdir()
    (inbox / "a.txt").write_text(NOTICE, encoding="utf-8")
    (first,) = convert_all([inbox / "a.txt"], reports, jobs=1)
    assert first.report
    text = first.report.read_text(encoding="utf-8")
    first.report.write_text(text.replace("reviewed: null\n", f"reviewed: null\nredact:\n- {NAME}\n"), "utf-8")
    (inbox / "a.txt").write_text(NOTICE.replace("十二份", "十三份"), encoding="utf-8")
    (again,) = convert_all([inbox / "a.txt"], reports, jobs=1)
    assert again.state in (State.MERGED, State.KEPT)
    report, body = frontmatter.read(first.report)
    assert report.redact == (NAME,)
    assert "十三份" in body
    assert NAME in body, "the file is the notice as printed"
    assert NAME not in "".join(map(str, redaction.redacted(report, body)))
    assert convert(NOTICE.encode(), "a.txt").body.count(NAME) == body.count(NAME)


def test_the_whole_site_is_without_the_words(tmp_path: Path, write_report: Write) -> None:
    """Pages, lists, search, data, database, cards: no file of the site holds them."""
    words = "龘青禾户主"  # the first sign stands nowhere else
    issue = {"number": "1.", "heading": f"给{words}发补贴", "category": "other", "status": "completed",
             "origin": "feedback", "anchor": f"给{words}发补贴"}  # fmt: skip
    write_report(
        tmp_path / "reports", redact=[words, "0999-0123456"], issues=[issue], title=f"{words}的通报",
        unit=f"岚溪县{words}中心", body=f"## 1. 给{words}发补贴 {{#给{words}发补贴}}\n\n找{words}，拨打0999\\-0123456。\n",
        contacts={"phones": [{"value": "0999-0123456", "tel": "+869990123456"}], "address": words},
        documents=[{"name": words}], source={"file": f"{words}.txt", "sha256": "0" * 64, "encoding": "utf-8"},
    )  # fmt: skip
    site = tmp_path / "site"
    build_site(tmp_path / "reports", site, SITE_URL="https://zhenggai.example.cn/")
    files = [path for path in site.rglob("*") if path.is_file()]
    assert len(files) > 50
    for path in files:
        raw = path.read_bytes()
        assert not any(word.encode() in raw for word in ("龘", "0123456")), path
    page = (site / "reports" / "2023" / "lanxi-2023-001" / "index.html").read_text(encoding="utf-8")
    assert f'id="给{MASK}发补贴"' in page
    assert "隐去" in page, "readers are told"


def test_check_says_the_same_on_the_command_line(tmp_path: Path, write_report: Write) -> None:
    write_report(tmp_path, body=f"## 1. 题 {{#值班记录补登不及时}}\n\n拨打{MOBILE}。\n")
    command = [sys.executable, str(ROOT / "scripts" / "check.py"), str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "MOBILE" in done.stdout
    assert MOBILE not in done.stdout


def test_masking_leaks_are_told_privately(tmp_path: Path) -> None:
    """Never by their words, by line only to who asks for it; hidden or allowed they are gone."""
    text = NOTICE.replace("岚溪县水务局", "X县水务局").replace(
        "修订值班办法一项", "在望溪县召开现场会，修订值班办法一项"
    )
    inbox, reports = tmp_path / "in", tmp_path / "reports"
    inbox.mkdir()
    (inbox / "a.txt").write_text(text, encoding="utf-8")
    (made,) = convert_all([inbox / "a.txt"], reports)
    assert made.report
    file = made.report.read_text(encoding="utf-8")

    def check(*options: str) -> str:
        command = [sys.executable, str(ROOT / "scripts" / "check.py"), str(reports), *options]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0
        assert "望溪" not in done.stdout
        return done.stdout

    line = next(no for no, words in enumerate(file.splitlines(), 1) if "在望溪县" in words)
    assert f"a.md:{line}: MASK-LEAK" in check("--leaks").replace(made.report.name, "a.md")
    said = check()
    assert "MASK-LEAK" not in said
    assert "1 份报告疑似打码泄漏" in said
    for settled in ("redact:\n- 望溪县", "allow:\n- code: MASK-LEAK\n  reason: 邻县，与遮盖的无关"):
        made.report.write_text(file.replace("reviewed: null\n", f"reviewed: null\n{settled}\n"), "utf-8")
        assert "泄漏" not in check()
        assert "MASK-LEAK 提醒" not in check("--leaks")
