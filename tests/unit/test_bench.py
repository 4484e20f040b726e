"""The invented corpus is always the same, rich in words and fit to convert; the clock sees every process."""

from __future__ import annotations

import csv
import hashlib
import os
import re
import subprocess
import sys
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

import bench
from benchmarks import build_report, building, corpus, facts, measuring
from benchmarks.building import Built
from benchmarks.dirt import dirty
from benchmarks.draws import Draws
from benchmarks.measuring import Measured, MeasureError, median_of, run
from benchmarks.notices import MASKS, SIZES, Notice, notice
from benchmarks.places import a_place, county_names
from benchmarks.speech import Speech, numeral
from benchmarks.tables import Row, markdown
from benchmarks.units import a_unit
from benchmarks.vocabulary import vocabulary
from zhenggai.ingest.convert import convert

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = ROOT / "scripts"


@pytest.fixture(scope="module")
def thousand() -> list[Notice]:
    return [notice(number) for number in range(1000)]


def digest(notices: list[Notice]) -> str:
    return hashlib.sha256(b"".join(n.name.encode() + n.content for n in notices)).hexdigest()


def test_same_seed_same_bytes_in_another_process() -> None:
    code = (
        "import hashlib; from benchmarks.notices import notice; "
        "print(hashlib.sha256(b''.join(n.name.encode() + n.content for n in map(notice, range(12)))).hexdigest())"
    )
    environment = {**os.environ, "PYTHONPATH": str(SCRIPTS), "PYTHONHASHSEED": "7"}
    other = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    assert other.stdout.strip() == digest([notice(number) for number in range(12)])


def test_another_seed_another_corpus() -> None:
    assert notice(3, "甲").content != notice(3, "乙").content


def test_a_notice_does_not_depend_on_how_many_there_are(tmp_path: Path) -> None:
    small, large = corpus.make(tmp_path / "a", 1, 5), corpus.make(tmp_path / "b", 3, 5)
    assert (small.count, large.count) == (5, 15)
    (only,) = small.first(5)
    first, second = large.first(10)
    assert {p.name: p.read_bytes() for p in only.iterdir()} == {
        p.name: p.read_bytes() for p in first.iterdir()
    }
    assert {p.name: p.read_bytes() for p in second.iterdir()} == {
        made.name: made.content for made in map(notice, range(5, 10))
    }
    with pytest.raises(ValueError, match="whole folders"):
        large.first(7)


def test_vocabulary_is_rich(thousand: list[Notice]) -> None:
    assert all(word in one.text for one in thousand for word in one.words)
    words = frozenset[str]().union(*(one.words for one in thousand))
    assert len(words & vocabulary().listed()) >= 5000
    assert len(words - vocabulary().listed()) >= 1000, "names of places"
    latin = {word for word in words if re.search(r"[A-Za-z]", word)}
    assert len(latin) >= 80


def test_one_in_ten_is_masked(thousand: list[Notice]) -> None:
    for start in range(0, 1000, 10):
        assert sum(one.masked for one in thousand[start : start + 10]) == 1
    places = county_names()
    for one in thousand:
        named = places & one.words
        assert bool(named) != one.masked, one.name
        if one.masked:
            assert not any(place in one.text for place in places), one.name


def test_sizes_are_those_of_real_notices(thousand: list[Notice]) -> None:
    lengths = sorted(len(one.text) for one in thousand)
    assert lengths[500] == pytest.approx(SIZES[2], rel=0.05)
    assert lengths[0] > 0.8 * SIZES[0]
    assert lengths[-1] < 1.1 * SIZES[-1]


def test_all_convert() -> None:
    """Nothing is refused, so conservation holds; what the generator knows is what the converter reads."""
    seen: set[str] = set()
    counted = 0
    for number in range(80):
        made = notice(number)
        report = convert(made.content, made.name).report
        assert report.id not in seen
        seen.add(report.id)
        assert report.masked == made.masked, made.name
        assert report.year == "undated" or 2018 <= int(report.year) <= 2026
        assert len(report.issues) >= 3
        counted += report.problem_count == len(report.issues)
    assert counted > 50


def test_notices_share_little_text(thousand: list[Notice]) -> None:
    def pieces(text: str) -> set[str]:
        whole = "".join(text.split())
        return {whole[at : at + 8] for at in range(len(whole) - 7)}

    sets = [pieces(one.text) for one in thousand[::25]]
    shares = [len(a & b) / min(len(a), len(b)) for a, b in combinations(sets, 2)]
    assert max(shares) < 0.15
    assert sum(shares) / len(shares) < 0.06


def test_dirt_and_encodings_are_mixed_in(thousand: list[Notice]) -> None:
    starts = [one.content[:3] for one in thousand]
    assert 20 < sum(start == b"\xef\xbb\xbf" for start in starts) < 100
    assert 10 < sum(start[:2] == b"\xff\xfe" for start in starts) < 60
    plain = [one for one in thousand if one.content[:2] != b"\xff\xfe"]
    clean = [one for one in plain if one.content.replace(b"\r\n", b"\n") == one.text.encode()]
    assert 450 < len(clean) < 650
    assert any(one.content == one.text.encode("gb18030") for one in plain)


def test_no_place_is_real_and_nobody_can_be_reached(thousand: list[Notice]) -> None:
    table = (ROOT / "src" / "zhenggai" / "rules" / "divisions.csv").read_text(encoding="utf-8").splitlines()
    real = {row["name"] for row in csv.DictReader(line for line in table if not line.startswith("#"))}
    assert "岚皋县" in real
    assert county_names() & real == set()
    for one in thousand:
        assert all(
            number.startswith("1540000") for number in re.findall(r"(?<!\d)1[3-9]\d{9}(?!\d)", one.text)
        )
        assert all(number.startswith("0") for number in re.findall(r"(?<=\d{4}-)\d{7,8}(?!\d)", one.text))
        assert all(host.startswith("example.") for host in re.findall(r"@([\w.]+)", one.text))


@pytest.mark.parametrize("mask", [None, *MASKS], ids=str)
def test_every_sentence_finds_its_words(mask: Any) -> None:
    def sentences(data: Any) -> list[str]:
        if isinstance(data, str):
            return [data]
        return [
            one for part in (data.values() if isinstance(data, dict) else data) for one in sentences(part)
        ]

    draws = Draws("slots")
    field, place = vocabulary().fields[0], a_place(draws)
    speech = Speech(draws, field, place, mask)
    facts.inspection(speech, a_unit(draws, field, place, place.name, mask.name if mask else ""), place)
    facts.contacts(speech, place)
    facts.counts(speech, 9, 5, 3)
    dirty(speech, ["行"] * 20)
    for sentence in sentences(vocabulary().sentences):
        said = speech.say(sentence)
        assert "{" not in said
        assert "}" not in said


def test_every_unit_has_a_body() -> None:
    place = a_place(Draws("units"))
    for field in vocabulary().fields:
        for kind in field.units:
            unit = a_unit(Draws(kind), replace(field, units=(kind,)), place, place.name, "")
            assert place.name in unit.full
            assert unit.name.removeprefix("共青团").startswith(place.name)
            assert unit.short


def test_numerals() -> None:
    assert [numeral(n) for n in (1, 10, 11, 20, 35, 99)] == ["一", "十", "十一", "二十", "三十五", "九十九"]


def test_draws_give_every_card_before_one_twice() -> None:
    draws = Draws("deck")
    cards = [draws.card("d", "甲乙丙丁") for _ in range(8)]
    assert sorted(cards[:4]) == sorted(cards[4:]) == sorted("甲乙丙丁")


CHILD = """
import subprocess, sys
held = bytearray(40 << 20)
subprocess.run([sys.executable, "-c", "import time; held = bytearray(40 << 20); time.sleep(0.4)"], check=True)
print("做完了")
"""


def test_the_clock_sees_children_of_children(tmp_path: Path) -> None:
    took = run([sys.executable, "-c", CHILD], tmp_path / "log")
    assert took.said.strip() == "做完了"
    assert took.wall > 0
    if hasattr(os, "wait4"):
        assert took.cpu is not None
    if sys.platform == "linux":
        assert took.peak is not None
        assert 80 << 20 < took.peak < 400 << 20


def test_a_failed_command_is_told_with_its_last_words(tmp_path: Path) -> None:
    with pytest.raises(MeasureError, match=r"退出码 3：\n最后一句"):
        run([sys.executable, "-c", "print('最后一句'); raise SystemExit(3)"], tmp_path / "log")


def test_no_child_goes_on_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    children: list[subprocess.Popen[bytes]] = []

    def interrupted(process: subprocess.Popen[bytes]) -> None:
        children.append(process)
        raise KeyboardInterrupt

    monkeypatch.setattr(measuring, "_wait", interrupted)
    with pytest.raises(KeyboardInterrupt):
        run([sys.executable, "-c", "import time; time.sleep(60)"], tmp_path / "log")
    assert children[0].poll() is not None


def test_medians_are_taken_figure_by_figure() -> None:
    runs = [Measured(1, 9, 30), Measured(2, 7, 10), Measured(9, 8, 20)]
    assert median_of(runs) == Measured(2, 8, 20)
    assert median_of([Measured(1, None, None)]) == Measured(1, None, None)


def test_tables_say_what_is_not_known() -> None:
    lines = markdown(
        [Row("转换", 1000, Measured(10, 8, 150 << 20)), Row("别处", 10, Measured(2, None, None))]
    )
    assert lines.splitlines()[2:] == [
        "| 转换 | 1,000 | 10.0 秒 | 8.0 秒 | 150 MB | 100 | 125 |",
        "| 别处 | 10 | 2.0 秒 | – | – | 5 | – |",
    ]


def test_work_of_others_is_told_from_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    busy, ours = iter([100.0, 150.0]), iter([10.0, 30.0])
    monkeypatch.setattr(measuring, "_busy", lambda: next(busy))
    monkeypatch.setattr(measuring, "_ours", lambda: next(ours))
    share = measuring.Others().share()
    assert share == pytest.approx(0.6)
    assert "有 60% 是别的程序的" in bench._company(share)[0]
    assert bench._company(0.05) == bench._company(None) == []


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells")
def test_our_own_work_is_none_of_others() -> None:
    before = measuring._ours()
    busy = measuring._busy()
    sum(range(3_000_000))
    assert measuring._ours() > before
    after = measuring._busy()
    assert busy is not None
    assert after is not None
    assert after >= busy > 0


@pytest.mark.parametrize(
    ("cpu", "peak", "says"),
    [
        (6.0, 200, ["167 份", "：达到", "1.00 倍：持平"]),
        (10.0, 240, ["100 份", "过了底线，没有达到目标", "1.20 倍：持平"]),
        (20.0, 500, ["50 份", "：没有达到", "2.50 倍：没有持平"]),
    ],
)
def test_missed_bars_are_said_plainly(cpu: float, peak: int, says: list[str]) -> None:
    pure = Row("纯", 1000, Measured(cpu, cpu, 100))
    whole = Row("一", 1000, Measured(30, 30, 150))
    many = Row("多", 1000, Measured(15, 30, 200))
    larger = Row("大", 5000, Measured(75, 150, peak))
    told = "\n".join(bench._ratios([pure, whole, many, larger]))
    for words in says:
        assert words in told


def built(label: str, notices: int, wall: float, peak: int = 10**9, **steps: float) -> Built:
    return Built(label, notices, Measured(wall, wall, peak), steps)


@pytest.mark.parametrize(("ours", "verdict"), [(8.0, "达到"), (8.1, "没有达到")])
def test_a_build_is_held_against_its_bar(ours: float, verdict: str) -> None:
    group = [built("本站，从头", 1000, ours), built("mkdocs-material，带它自己的搜索", 1000, 10.0)]
    (said,) = build_report.facts(group)
    assert said.endswith(f"要求不超过 0.8）：{verdict}。")


def test_bars_of_large_archives_are_their_own() -> None:
    for count, bar in ((1000, "0.06"), (5000, "0.03")):
        group = [built("本站，没有变化", count, 0.5), built("mkdocs-material，带它自己的搜索", count, 10.0)]
        assert f"要求不超过 {bar}）" in next(build_report.facts(group))


def test_what_a_build_made_is_read_from_its_screen() -> None:
    screen = """\
INFO    -  archive: 读报告：1.5 秒
INFO    -  archive: 网页 40/98
INFO    -  archive: 网页 98/98
INFO    -  archive: 网页：2.5 秒
"""
    made, unchanged = Measured(5, 5, 1, screen), Measured(1, 1, 1, "INFO    -  Cleaning site directory\n")
    assert building.steps([made]) == {"读报告": 1.5, "网页": 2.5}
    assert (building.pages(made), building.pages(unchanged)) == (98, 0)
    one = Built("本站，加一份", 1000, made, building.steps([made]), building.pages(made))
    (said,) = build_report.facts([one])
    assert "做了 98 页；各步：读报告 1.5 秒，网页 2.5 秒" in said


def test_planning_pages_counts_as_making_them() -> None:
    more = built("本站，加一份", 5000, 9.0, 读报告=1.0, 排网页=2.0, 网页=3.0, 留底=3.0)
    said = list(build_report.facts([more, built("Hugo，只有通报页", 5000, 10.0)]))
    assert "0.60 倍（要求不超过 0.6）：达到" in said[0]


@pytest.mark.parametrize(
    ("wall", "peak", "says"),
    [(44.0, 4 * 10**9, ["1.10 倍", "达到", "达到"]), (48.0, 5 * 10**9, ["1.20 倍", "没有达到", "没有达到"])],
)
def test_growth_is_told_by_the_notice(wall: float, peak: int, says: list[str]) -> None:
    time, memory = build_report.growth(
        built("本站，从头", 5000, 10.0), built("本站，从头", 20_000, wall, peak)
    )
    assert says[0] in time
    assert time.endswith(f"：{says[1]}。")
    assert memory.endswith(f"：{says[2]}。")
    assert f"每份 {(peak - 10**9) / 15_000 / 1024:.0f} KB" in memory


@pytest.mark.slow
def test_the_command_prints_the_readme_table_and_leaves_nothing(tmp_path: Path) -> None:
    work = tmp_path / "工作 区"
    work.mkdir()
    arguments = ["convert", "--notices", "4", "--rounds", "1", "--markdown", "--work", str(work)]
    done = subprocess.run(
        [sys.executable, str(SCRIPTS / "bench.py"), *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    rows = [line for line in done.stdout.splitlines() if line.startswith("|")]
    assert len(rows) == 6
    assert "| 20 |" in rows[-1]
    assert "20 份虚构通报" in done.stdout
    assert list(work.iterdir()) == []


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="no SIGTERM there")
def test_ended_from_outside_it_leaves_nothing(tmp_path: Path) -> None:
    arguments = ["convert", "--notices", "200", "--rounds", "9", "--work", str(tmp_path)]
    with subprocess.Popen(
        [sys.executable, str(SCRIPTS / "bench.py"), *arguments],
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
    ) as process:
        assert process.stderr is not None
        for line in process.stderr:
            if "第 1/9 轮" in line.decode():
                break
        process.terminate()
        assert process.wait(30) == 143
    assert list(tmp_path.iterdir()) == []
