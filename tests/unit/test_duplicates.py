"""Copies of one notice are published once and linked; what only looks alike is published twice."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

from zhenggai import frontmatter
from zhenggai.ingest import likeness
from zhenggai.ingest.batch import Outcome, State, convert_all, inputs_of
from zhenggai.ingest.convert import convert
from zhenggai.ingest.sketch import agreement, bands, sketch
from zhenggai.ingest.sketchbook import Card, Sketchbook
from zhenggai.ingest.store import PRIVATE
from zhenggai.model import Report

NOTICE = """中共云溪县林业局党组关于巡察整改进展情况的通报
2024年3月4日至4月12日，县委第三巡察组对云溪县林业局党组开展了常规巡察。5月9日，县委第三巡察组反馈了3个问题。县林业局党组逐条认领，现将整改进展情况通报如下。
一、关于“护林员巡山记录补写”问题的整改情况
更换巡山终端32台，按周抽查轨迹186条，对代签的4名护林员予以更换。此问题已整改完成。
二、关于“苗木采购未比价”问题的整改情况
修订《苗木采购办法》，重新询价27个品种，退回高于市价的苗木款1.8万元。此问题正在整改。
三、关于“林区防火物资过期”问题的整改情况
清点库房11处，更换过期灭火水枪53支，建立按季盘点台账。此问题已整改完成。
下一步，县林业局党组将继续盯住苗木采购一项，定期向县委巡察办报告。欢迎干部群众监督。联系电话：0999-0123456；邮政信箱：云溪县杉木路8号。
中共云溪县林业局党组
2024年9月1日
"""
DIRT = "首页 > 政务公开 > 正文\n仅供学习 禁止外传\n\n" + NOTICE + "\n扫描二维码关注微信公众号 下载完整版\n"


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "收件"
    folder.mkdir()
    (folder / "1.txt").write_text(NOTICE, encoding="utf-8")
    return folder


def run(inbox: Path, **options: bool) -> dict[str, Outcome]:
    outcomes = convert_all(inputs_of([inbox]), inbox.parent / "报告", **options)  # type: ignore[arg-type]
    return {o.path.name: o for o in outcomes}


def reports(inbox: Path) -> list[Report]:
    return [frontmatter.read(path)[0] for path in frontmatter.report_files(inbox.parent / "报告")]


def snapshot(inbox: Path) -> dict[str, bytes]:
    folder = inbox.parent / "报告"
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def wrapped(text: str) -> str:
    """As copied from a page 40 signs wide."""
    return "\n".join(line[at : at + 40] for line in text.split("\n") for at in range(0, len(line) or 1, 40))


def mistyped(text: str, seed: int = 7) -> str:
    """A sign left out here and there, none of a date, a name or a status."""
    draw = random.Random(seed)  # noqa: S311
    plain = re.compile(r"[巡山抽查轨迹护林员予以更询价苗木库房过期灭火水枪建立按季盘点定期向办报告干部]")
    return "".join(c for c in text if not (plain.match(c) and draw.random() < 0.06))


COPIES = {
    "dirt": DIRT,
    "spaces and line ends": NOTICE.replace("，", "， ").replace("\n", "\r\n\r\n　　"),
    "a line of the page ahead": "云溪县人民政府门户网站  发布时间：2024-09-06  来源：县林业局\n" + NOTICE,
    "no title": NOTICE.partition("\n")[2],
    "no signature": NOTICE.replace("中共云溪县林业局党组\n2024年9月1日\n", ""),
    "typing errors": mistyped(NOTICE),
    "full-width signs": NOTICE.translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789"}),
    "place masked": NOTICE.replace("云溪县", "XX县").replace("杉木路8号", "***路*号"),
    "dates masked": NOTICE.replace("2024年3月4日至4月12日", "2024年X月X日至X月X日").replace(
        "5月9日", "X月X日"
    ),
    "phone masked": NOTICE.replace("0999-0123456", "0999-*******"),
}


@pytest.mark.parametrize("text", COPIES.values(), ids=COPIES.keys())
def test_a_copy_is_linked_and_not_published(inbox: Path, text: str) -> None:
    (inbox / "2.txt").write_text(text, encoding="utf-8")
    outcomes = run(inbox)
    assert (outcomes["1.txt"].state, outcomes["2.txt"].state) == (State.WRITTEN, State.DUPLICATE)
    (report,) = reports(inbox)
    assert report.source.file == "1.txt"
    assert [copy.file for copy in report.source.copies] == ["2.txt"]
    said = outcomes["2.txt"].message
    assert "1.txt" in said
    assert re.search(r"文字相同|文字相似 9\d", said)
    assert outcomes["2.txt"].report == outcomes["1.txt"].report
    before = snapshot(inbox)
    again = run(inbox)
    assert (again["1.txt"].state, again["2.txt"].state) == (State.UNCHANGED, State.DUPLICATE)
    assert again["2.txt"].message == said
    assert snapshot(inbox) == before


LATER = NOTICE.replace("2024年9月1日", "2025年3月3日")
OTHERS = {
    "another unit after one template": NOTICE.replace("云溪县", "云岭县"),
    "another bureau": NOTICE.replace("林业局", "粮食局"),
    "a later notice": LATER,
    "a later notice, undated": NOTICE.replace("\n2024年9月1日", "").replace("此问题正在整改", "此问题已整改完成"),
    "a supplement": NOTICE.replace("的通报", "的补充通报").replace("\n2024年9月1日", ""),
    "another round": NOTICE.replace("2024年3月4日至4月12日", "2022年3月4日至4月12日"),
    "another count": NOTICE.replace("反馈了3个问题", "反馈了4个问题"),
    "other figures": re.sub(r"(?<=[一-鿿])(32|186|27|11|53)(?=[台条个处支])", lambda m: str(int(m[1]) + 3), NOTICE),
}  # fmt: skip


@pytest.mark.parametrize("text", OTHERS.values(), ids=OTHERS.keys())
def test_what_only_looks_alike_is_published(inbox: Path, text: str) -> None:
    (inbox / "2.txt").write_text(text, encoding="utf-8")
    outcomes = run(inbox)
    assert (outcomes["1.txt"].state, outcomes["2.txt"].state) == (State.WRITTEN, State.WRITTEN)
    assert len(reports(inbox)) == 2


def read(text: str) -> likeness.Notice:
    made = convert(text.encode(), "一.txt")
    return likeness.Notice(made.report, made.body)


@pytest.mark.parametrize("text", COPIES.values(), ids=COPIES.keys())
def test_copies_agree(text: str) -> None:
    assert likeness.copies(read(NOTICE), read(text))
    assert likeness.copies(read(text), read(NOTICE))


@pytest.mark.parametrize("text", OTHERS.values(), ids=OTHERS.keys())
def test_others_do_not(text: str) -> None:
    assert likeness.likeness(read(NOTICE), read(text)) > likeness.COPY
    assert likeness.copies(read(NOTICE), read(text)) is None
    assert likeness.copies(read(text), read(NOTICE)) is None


def test_a_listed_copy_stays_one_when_the_published_text_is_put_right(inbox: Path) -> None:
    (inbox / "2.txt").write_text(wrapped(NOTICE), encoding="utf-8")
    run(inbox)
    (inbox / "1.txt").write_text(NOTICE.replace("反馈了3个问题", "反馈了4个问题"), encoding="utf-8")
    outcomes = run(inbox)
    assert (outcomes["1.txt"].state, outcomes["2.txt"].state) == (State.WRITTEN, State.DUPLICATE)
    assert len(reports(inbox)) == 1


def test_two_masked_notices_of_one_template_are_two(inbox: Path) -> None:
    masked = re.sub("云溪县|(?<=对)县", "XX县", NOTICE).replace("2024年", "20XX年")
    (inbox / "1.txt").write_text(masked, encoding="utf-8")
    other = re.sub(r"\d+(?=[台条个处支名])", lambda m: str(int(m[0]) * 2 + 1), masked)
    (inbox / "2.txt").write_text(other, encoding="utf-8")
    assert len({o.report for o in run(inbox).values()}) == 2


def test_the_first_in_order_is_published_whatever_the_workers(inbox: Path, tmp_path: Path) -> None:
    for number in range(8):
        unit = f"云{'甲乙丙丁戊己庚辛'[number]}县"
        text = NOTICE.replace("云溪县", unit)
        (inbox / f"{number}b.txt").write_text(wrapped(text), encoding="utf-8")
        (inbox / f"{number}a.txt").write_text(text, encoding="utf-8")
    folders = [tmp_path / name for name in ("一", "二")]
    for jobs, folder in enumerate(folders, 1):
        outcomes = convert_all(inputs_of([inbox]), folder, jobs=jobs)
        assert sum(o.state is State.DUPLICATE for o in outcomes) == 8
    one, two = ({str(p.relative_to(f)): p.read_bytes() for p in f.rglob("*") if p.is_file()} for f in folders)
    assert one == two
    assert {r.source.file for r in (frontmatter.read(p)[0] for p in frontmatter.report_files(folders[0]))} == {
        "1.txt", *(f"{n}a.txt" for n in range(8))
    }  # fmt: skip


def test_a_published_report_stays_the_published_one(inbox: Path) -> None:
    run(inbox)
    (inbox / "2.txt").write_text(DIRT, encoding="utf-8")
    (inbox / "0.txt").write_text(mistyped(NOTICE), encoding="utf-8")  # sorts before it
    outcomes = run(inbox)
    assert [outcomes[name].state for name in ("0.txt", "2.txt")] == [State.DUPLICATE] * 2
    (report,) = reports(inbox)
    assert report.source.file == "1.txt"
    assert [copy.file for copy in report.source.copies] == ["0.txt", "2.txt"]


def test_a_corrected_copy_is_an_update_and_no_duplicate(inbox: Path) -> None:
    run(inbox)
    (inbox / "1.txt").write_text(NOTICE.replace("32台", "35台"), encoding="utf-8")
    assert run(inbox)["1.txt"].state is State.WRITTEN
    (report,) = reports(inbox)
    assert report.source.copies == ()


def test_copies_stay_listed_when_the_source_is_put_right_or_a_person_edits(inbox: Path) -> None:
    (inbox / "2.txt").write_text(DIRT, encoding="utf-8")
    path = run(inbox)["1.txt"].report
    assert path is not None
    path.write_text(
        path.read_text(encoding="utf-8").replace("reviewed: null", "reviewed: 2024-10-01"), encoding="utf-8"
    )
    (inbox / "3.txt").write_text(wrapped(NOTICE), encoding="utf-8")
    outcomes = run(inbox)
    assert outcomes["1.txt"].message == "有人改过，原样保留：reviewed"
    (inbox / "1.txt").write_text(NOTICE.replace("32台", "35台"), encoding="utf-8")
    assert run(inbox)["1.txt"].state is State.MERGED
    (report,) = reports(inbox)
    assert report.reviewed == "2024-10-01"
    assert [copy.file for copy in report.source.copies] == ["2.txt", "3.txt"]
    before = snapshot(inbox)
    run(inbox)
    assert snapshot(inbox) == before


def test_who_takes_a_copy_out_of_the_list_has_it_published(inbox: Path) -> None:
    (inbox / "2.txt").write_text(mistyped(NOTICE), encoding="utf-8")
    outcomes = run(inbox)
    assert "source.copies 里删去" in outcomes["2.txt"].message
    path = outcomes["1.txt"].report
    assert path is not None
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"  copies:\n(?:  [- ] .*\n)+", "", text), encoding="utf-8")
    outcomes = run(inbox)
    assert [outcomes[name].state for name in ("1.txt", "2.txt")] == [State.KEPT, State.WRITTEN]
    assert len(reports(inbox)) == 2
    before = snapshot(inbox)
    run(inbox)
    assert snapshot(inbox) == before


def test_the_same_bytes_under_another_name(inbox: Path) -> None:
    (inbox / "2.txt").write_text(NOTICE, encoding="utf-8")
    outcome = run(inbox)["2.txt"]
    assert (outcome.state, "文字相同" in outcome.message) == (State.DUPLICATE, True)
    (report,) = reports(inbox)
    assert [(c.file, c.sha256) for c in report.source.copies] == [("2.txt", report.source.sha256)]


def test_a_copy_of_a_report_that_cannot_be_read_is_told_and_not_published(inbox: Path) -> None:
    path = run(inbox)["1.txt"].report
    assert path is not None
    broken = path.read_text(encoding="utf-8").replace("title: ", "title: 注意: ")
    path.write_text(broken, encoding="utf-8")
    (inbox / "2.txt").write_text(wrapped(NOTICE), encoding="utf-8")
    outcome = run(inbox)["2.txt"]
    assert outcome.state is State.DUPLICATE
    assert f"{path.name}" in outcome.message or "没有登记" in outcome.message
    assert path.read_text(encoding="utf-8") == broken


def test_a_dry_run_tells_the_same_and_writes_nothing(inbox: Path) -> None:
    (inbox / "2.txt").write_text(wrapped(NOTICE), encoding="utf-8")
    dry = run(inbox, dry_run=True)
    assert not (inbox.parent / "报告").exists()
    wet = run(inbox)
    assert {name: (o.state, o.message) for name, o in dry.items()} == {
        name: (o.state, o.message) for name, o in wet.items()
    }


def test_copies_are_left_out_of_the_file_while_there_are_none(inbox: Path) -> None:
    path = run(inbox)["1.txt"].report
    assert path is not None
    assert "copies" not in path.read_text(encoding="utf-8")


# --- what is known without reading ------------------------------------------------------------------


def test_the_sketchbook_is_made_again_when_it_is_lost_or_old(inbox: Path) -> None:
    run(inbox)
    file = inbox.parent / "报告" / PRIVATE / "sketches.jsonl"
    whole = file.read_bytes()
    (inbox / "1.txt").unlink()
    (inbox / "2.txt").write_text(wrapped(NOTICE), encoding="utf-8")
    for damaged in (b"", b"{}\n", whole.replace(b'"form": 2', b'"form": 0'), whole[:-40], b"\xff" * 9):
        file.write_bytes(damaged)
        assert run(inbox)["2.txt"].state is State.DUPLICATE
        assert file.read_bytes() == whole


def test_sketches_of_copies_meet_and_those_of_others_do_not() -> None:
    here = sketch(NOTICE)
    for text in COPIES.values():
        assert set(bands(here)) & set(bands(sketch(text)))
        assert agreement(here, sketch(text)) > 0.5
    for path in (Path(__file__).resolve().parents[2] / "samples/incoming").glob("*.txt"):
        assert not set(bands(here)) & set(bands(sketch(path.read_text(encoding="utf-8", errors="replace"))))


def test_a_sketch_is_the_same_on_every_machine() -> None:
    assert sketch(NOTICE).hex()[:32] == sketch(DIRT.partition("\n\n")[2].partition("\n扫")[0]).hex()[:32]
    assert sketch("一二三四五，共6789项。").hex()[:16] == "affca05a6a331e9f"


def test_a_crowd_of_one_template_is_not_read_one_by_one(
    tmp_path: Path, report_data: dict[str, object]
) -> None:
    """Only what may be the same unit's is looked at, and no more than a few of those."""
    book = Sketchbook(tmp_path / "sketches.jsonl")
    for number in range(600):
        card = Card("0" * 64, f"云{chr(0x4E00 + number)}县林业局", "|||", sketch(NOTICE))
        book.put(f"report-{number:03}", card)
    mine = Card("1" * 64, f"云{chr(0x4E00 + 7)}县林业局", "|||", sketch(NOTICE))
    assert book.alike(mine) == ["report-007"]


# --- which facts must agree --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ("云溪县林业局", "中共云溪县林业局党组", True),
        ("XX县林业局", "云溪县林业局", True),
        ("***县林业局", "X县林业局", True),
        ("县林业局", "云溪县林业局", True),
        ("云岭县林业局", "云溪县林业局", False),
        ("XX县粮食局", "云溪县林业局", False),
    ],
)
def test_units(report_data: dict[str, object], one: str, other: str, agree: bool) -> None:
    def made(unit: str) -> Report:
        county = unit.removeprefix("中共")[:3] if "云" in unit else None
        return Report.model_validate({**report_data, "unit": unit, "county": county})

    assert likeness.units_agree(made(one), made(other)) is agree


@pytest.mark.parametrize("title", likeness.later_rules().examples)
def test_a_later_notice_is_called_so(title: str) -> None:
    assert likeness.later_words(title)


@pytest.mark.parametrize("title", likeness.later_rules().counter_examples)
def test_a_first_notice_is_not(title: str) -> None:
    assert not likeness.later_words(title)
