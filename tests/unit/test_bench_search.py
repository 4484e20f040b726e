"""The search bench: its answers come from brute force, its figures from what is sent and counted."""

from __future__ import annotations

import gzip
import json
import re
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from benchmarks import entries, search_report
from benchmarks.measuring import Measured
from benchmarks.queries import PAIRS, PIECES, TERMS, Question, Score, questions, score, texts
from benchmarks.searching import Result, Wire
from benchmarks.serving import serving
from zhenggai.model import Report
from zhenggai.site.search import Entry, folded_text, notice_blocks
from zhenggai.site.search_fold import BOUNDARY, fold

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def archive(report_data: dict[str, Any]) -> list[Entry]:
    """Twelve notices."""
    made = []
    for number in range(12):
        report = Report.model_validate({**report_data, "id": f"n-{number:02d}", "title": f"第{number}号通报"})
        body = f"团费{number * 37}元，QQ群{number}个；共青团a{number}县委。" * 3
        made.append(Entry(report, f"reports/2023/{report.id}/", f"<p>{body}</p><h3>下一步&amp;打算</h3>"))
    return made


def test_brute_force_reads_what_the_index_reads(archive: list[Entry]) -> None:
    assert texts(archive) == {e.report.id: folded_text(notice_blocks(e)) for e in archive}


def test_questions_are_always_the_same_and_have_their_answers(archive: list[Entry]) -> None:
    known = texts(archive)
    asked = questions(known)
    assert asked == questions(texts(reversed(archive)))
    assert [q.kind for q in asked] == ["词语"] * len(TERMS) + ["片段"] * PIECES + ["两段"] * PAIRS
    assert (len(TERMS), len(set(TERMS)), PIECES, PAIRS) == (25, 25, 300, 40)
    for question in asked:
        words = [fold(word) for word in question.words.split()]
        assert question.answer == {name for name, text in known.items() if all(w in text for w in words)}
    pieces = [q.words for q in asked if q.kind == "片段"]
    assert all(2 <= len(piece) <= 8 and BOUNDARY not in piece for piece in pieces)
    assert sum(bool(re.search("[0-9a-z]", piece)) for piece in pieces) >= PIECES / 3
    assert all(q.answer for q in asked if q.kind == "片段")


def test_score() -> None:
    asked = [Question("", "a", frozenset("xyz")), Question("", "b", frozenset())]
    assert score([(asked[0], frozenset("xyz")), (asked[1], frozenset())]) == Score(1.0, 1.0)
    assert score([(asked[0], frozenset("xy")), (asked[1], frozenset("vw"))]) == Score(2 / 3, 1 / 2)
    assert str(Score(1.0, 0.99999)) == "1.000 / 0.999", "not whole is never printed as whole"


def test_entries_are_written_as_the_site_renders_them(tmp_path: Path) -> None:
    reports = ROOT / "samples" / "reports"
    file = tmp_path / "entries.jsonl"
    count = entries.write(reports, file)
    assert count == len(list(reports.glob("*/*.md")))
    found = list(entries.read(file, count + 2))
    assert len({entry.report.id for entry in found}) == count + 2, "repeated under ids of their own"
    assert found[count].html == found[0].html
    for entry in found[:count]:
        for issue in entry.report.issues:
            assert f'id="{issue.anchor}"' in entry.text()


def test_indexing_says_how_long_it_took(tmp_path: Path) -> None:
    file = tmp_path / "entries.jsonl"
    entries.write(ROOT / "samples" / "reports", file)
    command: list[str | Path] = [
        sys.executable,
        "-m",
        "benchmarks.indexing",
        file,
        "3",
        tmp_path / "site",
        tmp_path / "kept",
    ]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=True,
        env={"PYTHONPATH": f"{ROOT / 'scripts'}:{ROOT / 'src'}", "PATH": ""},
    )  # fmt: skip
    assert json.loads(done.stdout).keys() == {"wall", "cpu"}
    assert len(list((tmp_path / "site" / "search" / "text").iterdir())) == 3
    assert list((tmp_path / "kept").iterdir())


def test_what_is_sent_is_counted_as_it_is_sent(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("[" + "1," * 5000 + "1]", encoding="utf-8")
    (tmp_path / "b.bin").write_bytes(b"\0" * 700)
    with serving(tmp_path) as server:
        for name in ("a.json?x", "b.bin"):
            with urllib.request.urlopen(server.url + name) as answer:  # noqa: S310 - our own server
                answer.read()
        assert server.sent == len(gzip.compress((tmp_path / "a.json").read_bytes(), 6, mtime=0)) + 700


def test_the_report_says_plainly_what_is_missed() -> None:
    took = Measured(10.0, 9.0, 2**30)
    good = Result("本站", 1000, took, Wire(200 * 1024, 290 * 1024), {"词语": Score(1, 1)})
    bad = Result("本站", 5000, took, Wire(200 * 1024, 700 * 1024))
    other = Result("别的", 1000, Measured(20.0, None, None), Wire(400 * 1024, 1), {"词语": Score(0.5, 1)})
    said = "\n".join(
        search_report.facts([good, bad, other], took, Measured(1.0, 1.8, 1), Measured(3.0, None, None), 5000)
    )
    assert (
        "加一份最新的：1.0 秒，是全部重建（10.0 秒）的 10%；CPU 时间 1.8 秒，是 9.0 秒的 20%（不超过 20%）：达到"
        in said
    )
    assert "加一份早先的：3.0 秒，是全部重建（10.0 秒）的 30%（不超过 20%）：没有达到" in said
    assert "1,000 份时首次结果传输中位 200 KB、最多 290 KB（不超过 300 KB）：达到" in said
    assert "最多 700 KB（不超过 650 KB）：没有达到" in said
    assert "别的，1,000 份：建索引用时是本站的 2.00 倍，首次结果传输 2.0 倍" in said
    rows = search_report.table([good, other]).splitlines()
    assert rows[2] == "| 本站 | 1,000 | 10.0 秒 | 1,024 MB | 200 KB（最多 290 KB） | 1.000 / 1.000 | – | – |"
    good.scores["片段"] = Score(1, 0.9999)
    assert "1.000：没有达到" in "\n".join(search_report.facts([good], took, took, took, 5000))
