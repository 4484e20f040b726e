"""Addresses once published never die: the list of them, and the check that holds reports to it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import publish
from zhenggai import published
from zhenggai.checks import content
from zhenggai.model import ZhenggaiError

Write = Callable[..., Path]
PAGE, ANCHOR = "reports/2023/lanxi-2023-001/", "值班记录补登不及时"


def put(folder: Path, text: str) -> None:
    folder.mkdir(exist_ok=True)
    (folder / published.FILE).write_text(text, encoding="utf-8")


def said(folder: Path) -> list[tuple[int, str]]:
    return [(f.line, f.code) for f in content.check([folder]) if f.path.name == published.FILE]


def test_what_a_report_answers_to(tmp_path: Path, write_report: Write) -> None:
    from zhenggai import frontmatter

    report, _ = frontmatter.read(write_report(tmp_path))
    assert list(published.addresses_of(report)) == [PAGE, f"{PAGE}#{ANCHOR}", "units/lanxi-tuan/"]


def test_the_list_is_written_as_it_is_read(tmp_path: Path) -> None:
    text = (
        f"; 说明\n{PAGE}\n  #甲\n  #乙→#甲\n\nreports/2022/old-one/ -> {PAGE}\n  #丙   ->  {PAGE}#甲\n"
        "units/old/ -> units/new/\nunits/new/\n"
    )
    put(tmp_path, text)
    found = published.read(tmp_path)
    assert found.known[f"{PAGE}#乙"].to == f"{PAGE}#甲"
    assert dict(found.moved()) == {
        f"{PAGE}#乙": f"{PAGE}#甲", "reports/2022/old-one/": PAGE,
        "reports/2022/old-one/#丙": f"{PAGE}#甲", "units/old/": "units/new/",
    }  # fmt: skip
    put(tmp_path, found.text())
    again = published.read(tmp_path)
    assert {a: k.to for a, k in again.known.items()} == {a: k.to for a, k in found.known.items()}
    assert again.text() == found.text()


def test_new_addresses_join_and_nothing_said_is_lost(tmp_path: Path) -> None:
    put(tmp_path, "units/old/ -> units/new/\n")
    more = published.read(tmp_path).with_all(["units/old/", PAGE])
    assert set(more.known) == {"units/old/", PAGE}
    assert more.known["units/old/"].to == "units/new/"


def test_moves_in_a_row_lead_to_the_last(tmp_path: Path) -> None:
    put(tmp_path, "reports/2021/aaa/ -> reports/2022/bbb/\n  #甲\nreports/2022/bbb/ -> reports/2023/ccc/\n")
    found = published.read(tmp_path)
    assert found.now("reports/2021/aaa/") == "reports/2023/ccc/"
    assert found.now("reports/2021/aaa/#甲") == "reports/2023/ccc/#甲"


@pytest.mark.parametrize("line", ["reports/2023/", "#甲", "units/x", "about/", f"{PAGE} => x", f"{PAGE} -> "])
def test_a_line_that_is_none(tmp_path: Path, line: str) -> None:
    put(tmp_path, f"units/a/\n{line}\n")
    with pytest.raises(ZhenggaiError) as error:
        published.read(tmp_path)
    assert error.value.line == 2
    assert said(tmp_path) == [(2, "PUBLISHED-LIST")]


# ---------- the check ----------


def test_all_there(tmp_path: Path, write_report: Write) -> None:
    write_report(tmp_path)
    put(tmp_path, f"{PAGE}\n  #{ANCHOR}\nunits/lanxi-tuan/\n")
    assert said(tmp_path) == []


def test_a_renamed_anchor_must_be_forwarded(tmp_path: Path, write_report: Write) -> None:
    write_report(tmp_path)
    put(tmp_path, f"{PAGE}\n  #旧名\n")
    (finding,) = (f for f in content.check([tmp_path]) if f.code == "ANCHOR-GONE")
    assert finding.stops
    assert finding.line == 2
    assert f"可能是 #{ANCHOR}" in finding.remedy
    put(tmp_path, f"{PAGE}\n  #旧名 -> #{ANCHOR}\n")
    assert said(tmp_path) == []
    put(tmp_path, f"{PAGE}\n  #旧名 -> #没有\n")
    assert said(tmp_path) == [(2, "REDIRECT-DEAD")]


def test_a_deleted_or_renamed_report_is_seen_once(tmp_path: Path, write_report: Write) -> None:
    path = write_report(tmp_path)
    put(tmp_path, f"{PAGE}\n  #{ANCHOR}\n  #另一处\nunits/lanxi-tuan/\n")
    path.unlink()
    write_report(tmp_path, id="lanxi-new")
    assert said(tmp_path) == [(1, "ADDRESS-GONE")]
    put(tmp_path, f"{PAGE} -> reports/2023/lanxi-new/\n  #{ANCHOR}\nunits/lanxi-tuan/\n")
    assert said(tmp_path) == []
    put(tmp_path, f"{PAGE} -> reports/2023/lanxi-new/\n  #另一处\n")
    assert said(tmp_path) == [(2, "ANCHOR-GONE")]


def test_a_renamed_unit_is_seen(tmp_path: Path, write_report: Write) -> None:
    write_report(tmp_path, unit_id="lanxi-other")
    put(tmp_path, "units/lanxi-tuan/\n")
    assert said(tmp_path) == [(1, "ADDRESS-GONE")]
    put(tmp_path, "units/lanxi-tuan/ -> units/lanxi-other/\n")
    assert said(tmp_path) == []


def test_a_circle_is_named(tmp_path: Path) -> None:
    put(tmp_path, "units/aa/ -> units/bb/\nunits/bb/ -> units/aa/\n")
    assert said(tmp_path) == [(1, "REDIRECT-CIRCLE"), (2, "REDIRECT-CIRCLE")]


def test_a_withdrawn_report_keeps_its_address(tmp_path: Path, write_report: Write) -> None:
    write_report(tmp_path, withdrawn={"date": "2024-01-01", "reason": "单位要求"})
    put(tmp_path, f"{PAGE}\n  #{ANCHOR}\nunits/lanxi-tuan/\n")
    assert said(tmp_path) == []


def test_of_a_report_that_cannot_be_read_nothing_is_said(tmp_path: Path, write_report: Write) -> None:
    path = write_report(tmp_path)
    put(tmp_path, f"{PAGE}\n  #{ANCHOR}\nunits/lanxi-tuan/\n")
    path.write_text("---\nbroken", encoding="utf-8")
    assert said(tmp_path) == []
    assert [f.code for f in content.check([tmp_path])] == ["FRONT-MATTER"]


# ---------- what nobody is to read any more ----------


def test_a_hidden_anchor_needs_no_forward_and_must_have_none(tmp_path: Path, write_report: Write) -> None:
    write_report(tmp_path, redact=["补登"])
    put(tmp_path, f"{PAGE}\n  #{ANCHOR}\n  #值班记录■■■不及时\nunits/lanxi-tuan/\n")
    assert said(tmp_path) == []  # the first is no longer told of, the second stands on the page
    put(tmp_path, f"{PAGE}\n  #{ANCHOR} -> #值班记录■■■不及时\n")
    assert said(tmp_path) == [(2, "ADDRESS-REDACTED")]  # or the page would print it
    put(tmp_path, f"{PAGE}\nreports/2021/old-one/ -> {PAGE}\n  #某人补登\n")
    assert said(tmp_path) == [(3, "ADDRESS-REDACTED")]
    put(tmp_path, f"{PAGE}\n  #值班记录不及时\n")
    assert said(tmp_path) == [(2, "ANCHOR-GONE")]  # any other is missed as ever


def test_addresses_are_remembered_as_they_are_published(tmp_path: Path, write_report: Write) -> None:
    write_report(tmp_path, redact=["补登"])
    assert publish.remember_addresses(tmp_path)
    assert list(published.read(tmp_path).known) == [PAGE, f"{PAGE}#值班记录■■■不及时", "units/lanxi-tuan/"]
    assert "补登" not in (tmp_path / published.FILE).read_text(encoding="utf-8")
    assert not publish.remember_addresses(tmp_path)
