"""Many inputs into one folder: what is written, kept, refused; nothing halved, nothing doubled."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from zhenggai import frontmatter
from zhenggai.ingest.batch import Outcome, State, convert_all, inputs_of
from zhenggai.ingest.convert import Conversion, convert
from zhenggai.ingest.inputs import passed_over, passed_over_line
from zhenggai.ingest.store import PRIVATE, Store, write_atomically
from zhenggai.ingest.text import RefusedError

NOTICE = """中共云溪县林业局党组关于巡察整改进展情况的通报
2024年3月4日至4月12日，县委第三巡察组对县林业局党组开展了常规巡察。5月9日反馈了2个问题。现将整改情况通报如下。
一、关于“护林员巡山记录补写”问题的整改情况
更换巡山终端32台，已整改完成。
二、关于“苗木采购未比价”问题的整改情况
修订《苗木采购办法》，正在整改。
欢迎监督。联系电话：0999-0123456。
中共云溪县林业局党组
2024年9月1日
"""


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "收件 箱"
    folder.mkdir()
    (folder / "林业局 通报.txt").write_text(NOTICE, encoding="utf-8")
    return folder


def run(inbox: Path, reports: Path, **options: bool) -> list[Outcome]:
    return convert_all(inputs_of([inbox]), reports, **options)  # type: ignore[arg-type]


def snapshot(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_written_then_unchanged(inbox: Path, tmp_path: Path) -> None:
    reports = tmp_path / "reports"
    first = run(inbox, reports)
    assert [o.state for o in first] == [State.WRITTEN]
    before = snapshot(reports)
    again = run(inbox, reports)
    assert [o.state for o in again] == [State.UNCHANGED]
    assert snapshot(reports) == before
    assert first[0].report is not None
    report, body = frontmatter.read(first[0].report)
    assert first[0].report == reports / "2024" / f"{report.id}.md"
    assert [i.status for i in report.issues] == ["completed", "in-progress"]
    assert "巡山终端32台" in body


def test_what_is_kept_for_the_converter_is_hidden_and_complete(inbox: Path, tmp_path: Path) -> None:
    (inbox / "林业局 通报.txt").write_text("本文档编辑密码：abc2024\n" + NOTICE, encoding="utf-8")
    reports = tmp_path / "reports"
    (outcome,) = run(inbox, reports)
    assert outcome.report is not None
    private = reports / PRIVATE
    assert private.name.startswith(".")
    assert (private / f"{outcome.report.stem}.base").read_bytes() == outcome.report.read_bytes()
    record = (private / f"{outcome.report.stem}.json").read_text(encoding="utf-8")
    assert "本文档编辑密码" in record
    assert "本文档编辑密码" not in outcome.report.read_text(encoding="utf-8")


def test_a_persons_edit_is_kept_until_forced(inbox: Path, tmp_path: Path) -> None:
    reports = tmp_path / "reports"
    (first,) = run(inbox, reports)
    assert first.report is not None
    edited = first.report.read_text(encoding="utf-8").replace("reviewed: null", "reviewed: '2024-10-01'")
    first.report.write_text(edited, encoding="utf-8")
    (same_source,) = run(inbox, reports)
    assert (same_source.state, same_source.message) == (State.KEPT, "有人改过，原样保留：reviewed")
    assert first.report.read_text(encoding="utf-8") == edited

    (inbox / "林业局 通报.txt").write_text(NOTICE.replace("32台", "33台"), encoding="utf-8")
    (merged,) = run(inbox, reports)
    assert merged.state is State.MERGED
    assert merged.message.startswith("人工修改照旧：reviewed；其余按新转换（复核日期 2024-10-01 未动")
    text = first.report.read_text(encoding="utf-8")
    assert "33台" in text
    assert "reviewed: '2024-10-01'" in text

    (forced,) = run(inbox, reports, force=True)
    assert forced.state is State.UNCHANGED  # nothing but the review is the person's
    first.report.write_text(text.replace("33台", "三十三台"), encoding="utf-8")
    (forced,) = run(inbox, reports, force=True)
    assert forced.state is State.WRITTEN
    assert "请重新复核" in forced.message
    text = first.report.read_text(encoding="utf-8")
    assert "33台" in text
    assert "reviewed: null" in text


def test_edits_and_a_corrected_source_are_merged_once(inbox: Path, tmp_path: Path) -> None:
    reports = tmp_path / "reports"
    (first,) = run(inbox, reports)
    assert first.report is not None
    text = first.report.read_text(encoding="utf-8").replace("正在整改。", "正在整改（按季复查）。")
    first.report.write_text(text.replace("status: in-progress", "status: long-term"), encoding="utf-8")
    (inbox / "林业局 通报.txt").write_text(NOTICE.replace("32台", "33台"), encoding="utf-8")
    (merged,) = run(inbox, reports)
    assert (merged.state, merged.state.label) == (State.MERGED, "合并：保留人工修改")
    assert "issues“苗木采购未比价”.status" in merged.message
    line = next(
        no
        for no, line in enumerate(first.report.read_text(encoding="utf-8").split("\n"), 1)
        if "复查" in line
    )
    assert f"正文第 {line} 行" in merged.message
    text = first.report.read_text(encoding="utf-8")
    assert "33台" in text
    assert "按季复查" in text
    before = snapshot(reports)
    (again,) = run(inbox, reports)
    assert again.state is State.KEPT
    assert snapshot(reports) == before
    assert "33台" in (reports / PRIVATE / f"{first.report.stem}.base").read_text(encoding="utf-8")
    (inbox / "林业局 通报.txt").write_text(NOTICE.replace("正在整改。", "正在抓紧整改。"), encoding="utf-8")
    (clash,) = run(inbox, reports)
    assert "新转换作“" in clash.message
    assert "抓紧" in clash.message
    assert "按季复查" in first.report.read_text(encoding="utf-8")


def test_a_broken_head_is_left_alone_and_told_with_its_line(inbox: Path, tmp_path: Path) -> None:
    reports = tmp_path / "reports"
    (first,) = run(inbox, reports)
    assert first.report is not None
    broken = first.report.read_text(encoding="utf-8").replace("title: ", "title: 注意: ")
    first.report.write_text(broken, encoding="utf-8")
    for text in (NOTICE, NOTICE.replace("32台", "33台")):
        (inbox / "林业局 通报.txt").write_text(text, encoding="utf-8")
        (outcome,) = run(inbox, reports)
        assert outcome.state is State.KEPT
        assert f"{first.report}:3: " in outcome.message
        assert first.report.read_text(encoding="utf-8") == broken
    (outcome,) = run(inbox, reports, force=True)
    assert outcome.state is State.WRITTEN
    assert "33台" in first.report.read_text(encoding="utf-8")


def test_force_never_loses_what_people_decided(inbox: Path, tmp_path: Path) -> None:
    reports = tmp_path / "reports"
    (first,) = run(inbox, reports)
    assert first.report is not None
    decided = "withdrawn:\n  date: '2024-10-03'\n  reason: 单位来函\nredact:\n- 0999-0123456\n"
    text = first.report.read_text(encoding="utf-8").replace(
        "reviewed: null\n", "reviewed: 2024-10-01\n" + decided
    )
    first.report.write_text(text.replace("32台", "三十二台"), encoding="utf-8")
    (forced,) = run(inbox, reports, force=True)
    assert (
        forced.message == "已用新转换的替换；保留 withdrawn、redact；原复核日期 2024-10-01 已去掉，请重新复核"
    )
    now = first.report.read_text(encoding="utf-8")
    report, _ = frontmatter.read(first.report)
    assert (report.withdrawn and report.withdrawn.reason, report.redact) == ("单位来函", ("0999-0123456",))
    assert report.reviewed is None
    assert "32台" in now
    broken = now.replace("title: ", "title: 注意: ")  # who cannot be read cannot be asked
    first.report.write_text(broken, encoding="utf-8")
    (kept,) = run(inbox, reports, force=True)
    assert kept.state is State.KEPT
    assert first.report.read_text(encoding="utf-8") == broken


def test_without_the_last_conversion_an_edited_report_is_kept(inbox: Path, tmp_path: Path) -> None:
    reports = tmp_path / "reports"
    (first,) = run(inbox, reports)
    assert first.report is not None
    first.report.write_text(
        first.report.read_text(encoding="utf-8").replace("32台", "33台"), encoding="utf-8"
    )
    (reports / PRIVATE / f"{first.report.stem}.base").unlink()
    before = snapshot(reports)
    for _ in range(2):
        (kept,) = run(inbox, reports)
        assert kept.state is State.KEPT
        assert "没有上次转换的记录" in kept.message
        assert "+更换巡山终端32台" in kept.message
        assert "--force" in kept.message
        assert snapshot(reports) == before


def test_a_report_saved_in_another_encoding_is_kept(inbox: Path, tmp_path: Path) -> None:
    reports = tmp_path / "reports"
    (first,) = run(inbox, reports)
    assert first.report is not None
    saved = first.report.read_text(encoding="utf-8").encode("gb18030")
    first.report.write_bytes(saved)
    (again,) = run(inbox, reports)
    assert again.state is State.KEPT
    assert "UTF-8" in again.message
    assert first.report.read_bytes() == saved


def test_a_corrected_source_keeps_its_id(inbox: Path, tmp_path: Path) -> None:
    reports = tmp_path / "reports"
    (first,) = run(inbox, reports)
    (inbox / "林业局 通报.txt").write_text(NOTICE.replace("32台", "35台"), encoding="utf-8")
    (second,) = run(inbox, reports)
    assert (second.state, second.report) == (State.WRITTEN, first.report)
    assert len(list(reports.glob("*/*.md"))) == 1


def test_the_same_notice_twice_is_published_once(inbox: Path, tmp_path: Path) -> None:
    (inbox / "另一份.txt").write_text("仅供学习 禁止外传\n\n" + NOTICE, encoding="gb18030")
    outcomes = run(inbox, tmp_path / "reports")
    assert sorted(o.state for o in outcomes) == [State.DUPLICATE, State.WRITTEN]
    assert len(list((tmp_path / "reports").glob("2*/*.md"))) == 1


def test_deleting_a_source_deletes_no_report(inbox: Path, tmp_path: Path) -> None:
    reports = tmp_path / "reports"
    run(inbox, reports)
    (inbox / "林业局 通报.txt").unlink()
    assert run(inbox, reports) == []
    assert len(list(reports.glob("2*/*.md"))) == 1


def test_dry_run_writes_nothing(inbox: Path, tmp_path: Path) -> None:
    (outcome,) = run(inbox, tmp_path / "reports", dry_run=True)
    assert outcome.state is State.WRITTEN
    assert not (tmp_path / "reports").exists()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "空"),
        (b"\x00\x01\x02\xff" * 50, "不是"),
        (b"%PDF-1.7\n" + b"x" * 400, "PDF"),
        ("今天天气很好，适合散步。".encode() * 20, "看不出是巡察整改通报"),
    ],
)
def test_bad_input_costs_only_itself(inbox: Path, tmp_path: Path, content: bytes, says: str) -> None:
    (inbox / "坏文件.txt").write_bytes(content)
    by_name = {o.path.name: o for o in run(inbox, tmp_path / "reports")}
    assert by_name["坏文件.txt"].state is State.REFUSED
    assert says in by_name["坏文件.txt"].message
    assert "坏文件.txt" in by_name["坏文件.txt"].message
    assert "\n" not in by_name["坏文件.txt"].message
    assert by_name["林业局 通报.txt"].state is State.WRITTEN


def test_a_defect_of_ours_costs_only_one_file(
    inbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (inbox / "一.txt").write_text(NOTICE.replace("云溪县", "云岭县"), encoding="utf-8")

    def failing(raw: bytes, file: str) -> Conversion:
        if file == "一.txt":
            raise KeyError("甲")
        return convert(raw, file)

    monkeypatch.setattr("zhenggai.ingest.batch.convert", failing)
    by_name = {o.path.name: o for o in run(inbox, tmp_path / "reports")}
    assert by_name["一.txt"].state is State.REFUSED
    assert "KeyError" in by_name["一.txt"].message
    assert by_name["林业局 通报.txt"].state is State.WRITTEN


@pytest.mark.parametrize("name", ["通报.docx", "通报.PDF", "通报.html", "说明.md"])
def test_a_document_is_named_with_its_remedy(inbox: Path, tmp_path: Path, name: str) -> None:
    """In a folder it is passed over, by name it is refused, in the same words."""
    (inbox / name).write_text(NOTICE, encoding="utf-8")
    assert [p.name for p in inputs_of([inbox])] == ["林业局 通报.txt"]
    line = passed_over_line(passed_over([inbox]))
    assert line.startswith(f"有 1 份文件不是 .txt，没有读：{name}（")
    (outcome,) = convert_all(inputs_of([inbox / name]), tmp_path / "reports")
    assert outcome.state is State.REFUSED
    for said in (line, outcome.message):
        assert "另存为“纯文本 .txt”" in said
    assert passed_over([inbox], inbox) == []  # the reports themselves are .md


def test_plain_text_under_another_name_is_read_when_it_is_named(inbox: Path, tmp_path: Path) -> None:
    path = inbox / "通报.text"
    path.write_text(NOTICE, encoding="utf-8")
    (outcome,) = convert_all(inputs_of([path]), tmp_path / "reports")
    assert outcome.state is State.WRITTEN


def test_huge_file_is_refused_unread(inbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    huge = inbox / "大.txt"
    with huge.open("wb") as file:
        file.truncate(50 * 1024 * 1024)
    read = Path.read_bytes

    def guarded(path: Path) -> bytes:
        assert path != huge, "the whole file was read"
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", guarded)
    by_name = {o.path.name: o for o in run(inbox, tmp_path / "reports")}
    assert by_name["大.txt"].state is State.REFUSED
    assert "MB" in by_name["大.txt"].message


def test_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match="没有这个文件或文件夹"):
        inputs_of([tmp_path / "没有"])


def test_a_failed_write_leaves_no_half(inbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reports = tmp_path / "reports"

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    (outcome,) = run(inbox, reports)
    assert outcome.state is State.REFUSED
    assert "磁盘满了" in outcome.message
    assert snapshot(reports) == {}


def test_halves_of_a_killed_run_are_swept(inbox: Path, tmp_path: Path) -> None:
    half = tmp_path / "reports" / "2024" / ".abc.part"
    half.parent.mkdir(parents=True)
    half.write_text("---\nid: ha", encoding="utf-8")
    run(inbox, tmp_path / "reports")
    assert not half.exists()


def test_killed_between_report_and_copy_is_no_edit(inbox: Path, tmp_path: Path) -> None:
    reports = tmp_path / "reports"
    (first,) = run(inbox, reports)
    assert first.report is not None
    (reports / PRIVATE / f"{first.report.stem}.base").unlink()
    (again,) = run(inbox, reports)
    assert again.state is State.UNCHANGED
    assert (reports / PRIVATE / f"{first.report.stem}.base").exists()


def test_workers_change_nothing(inbox: Path, tmp_path: Path) -> None:
    for number in range(9):
        (inbox / f"{number}.txt").write_text(
            NOTICE.replace("云溪县", f"云{'甲乙丙丁戊己庚辛壬'[number]}县"), encoding="utf-8"
        )
    files = inputs_of([inbox])
    one, two = tmp_path / "one", tmp_path / "two"
    told: list[str] = []
    convert_all(files, one, jobs=1)
    convert_all(files, two, jobs=2, told=lambda o: told.append(o.path.name))
    assert snapshot(one) == snapshot(two)
    assert told == [f.name for f in files]
    assert len(list(one.glob("2*/*.md"))) == 10


def test_who_is_told_gets_the_conversion_and_the_list_stays_light(inbox: Path, tmp_path: Path) -> None:
    (inbox / "空.txt").write_bytes(b"")
    told: list[Outcome] = []
    kept = convert_all(inputs_of([inbox]), tmp_path / "reports", told=told.append)
    by_name = {o.path.name: o.conversion for o in told}
    assert by_name["空.txt"] is None
    conversion = by_name["林业局 通报.txt"]
    assert conversion is not None
    assert [i.number for i in conversion.report.issues] == ["一、", "二、"]
    assert [o.conversion for o in kept] == [None, None]


def test_write_atomically_replaces_whole(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b.md"
    write_atomically(path, "旧")
    write_atomically(path, "新\n")
    assert path.read_text(encoding="utf-8") == "新\n"
    assert [p.name for p in path.parent.iterdir()] == ["b.md"]


def test_store_reads_reports_with_broken_heads(tmp_path: Path) -> None:
    path = tmp_path / "2024" / "abc-2024.md"
    write_atomically(path, "---\nid: [\n---\n")
    assert list(Store(tmp_path).by_id) == ["abc-2024"]


# --- the command ---------------------------------------------------------------------------------------


def command(*arguments: object) -> subprocess.CompletedProcess[str]:
    script = Path(__file__).resolve().parents[2] / "scripts" / "convert.py"
    return subprocess.run(
        [sys.executable, str(script), *map(str, arguments)],
        capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip


def test_the_command_says_each_thing_once(inbox: Path, tmp_path: Path) -> None:
    (inbox / "空.txt").write_bytes(b"")
    (inbox / "扫描件.pdf").write_bytes(b"%PDF-1.7")
    done = command(inbox, "--out", tmp_path / "reports")
    assert done.returncode == 1
    assert done.stdout.count("文件是空的") == 1
    assert done.stdout.count("扫描件.pdf") == 1
    done = command(inbox / "扫描件.pdf", "--out", tmp_path / "reports")
    assert done.returncode == 1


def test_a_folder_of_documents_only(inbox: Path, tmp_path: Path) -> None:
    for path in inbox.iterdir():
        path.rename(path.with_suffix(".docx"))
    done = command(inbox, "--out", tmp_path / "reports")
    assert done.returncode == 2
    assert "林业局 通报.docx" in done.stderr
    assert "另存为" in done.stderr


def test_a_reports_folder_that_cannot_be_one(inbox: Path, tmp_path: Path) -> None:
    (tmp_path / "报告").write_text("一个文件", encoding="utf-8")
    done = command(inbox, "--out", tmp_path / "报告")
    assert done.returncode == 2
    assert "报告文件夹用不了" in done.stderr
    assert "Traceback" not in done.stderr
