"""What was found in a report is found again without looking, and never out of date."""

from __future__ import annotations

import shutil
import stat
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import bootstrap
import check
from zhenggai import frontmatter, work
from zhenggai.checks import content, privacy
from zhenggai.checks.alone import Memory, Opened
from zhenggai.checks.finding import Finding
from zhenggai.kept import kept_for
from zhenggai.site.reading import read_all

ROOT = Path(__file__).resolve().parents[2]
Write = Callable[..., Path]
MOBILE = "\n值班员手机 15412345678。\n"


class Archive:
    """Reports, a cache, and how many reports had to be looked at."""

    def __init__(self, folder: Path, cache: Path) -> None:
        self.folder, self.cache, self.looked = folder, cache, 0
        self.made_by = b"rules and code"

    def check(self) -> list[tuple[str, str]]:
        """(name, code) of each finding; the same as without anything kept, which is tried too."""
        self.looked = 0
        found = content.check([self.folder], [self._look], self._memory)
        assert found == content.check([self.folder])
        return [(finding.path.name, finding.code) for finding in found]

    def _memory(self, folder: Path) -> Memory:
        return Memory(folder, self.cache, self.made_by)

    def _look(self, one: Opened) -> Iterator[Finding]:
        self.looked += 1
        return iter(())


@pytest.fixture
def archive(tmp_path: Path, write_report: Write, monkeypatch: pytest.MonkeyPatch) -> Archive:
    monkeypatch.setattr(work, "cores", lambda: 1)
    for number in range(1, 4):
        write_report(tmp_path / "reports", id=f"lanxi-2023-00{number}", source=source(number))
    archive = Archive(tmp_path / "reports", tmp_path / "cache")
    assert archive.check() == []
    assert archive.looked == 3
    return archive


def source(number: int) -> dict[str, str]:
    return {"file": f"{number}.txt", "sha256": str(number) * 64, "encoding": "utf-8"}


def append(path: Path, text: str) -> None:
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def test_nothing_new_is_not_looked_at(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frontmatter, "load_yaml", lambda text: pytest.fail("parsed again"))
    content.check([archive.folder], [archive._look], archive._memory)
    assert archive.looked == 3, "of the first time"


def test_an_edit_is_seen_and_what_was_found_is_told_again(archive: Archive) -> None:
    first = frontmatter.report_files(archive.folder)[0]
    append(first, MOBILE)
    for looked in (1, 0):
        assert archive.check() == [(first.name, "MOBILE")]
        assert archive.looked == looked


def test_an_edit_that_keeps_size_and_time_is_seen(archive: Archive) -> None:
    import os

    first = frontmatter.report_files(archive.folder)[0]
    append(first, "\n值班员手机 25412345678。\n")
    assert archive.check() == []
    before = first.stat()
    first.write_text(
        first.read_text(encoding="utf-8").replace("25412345678", "15412345678"), encoding="utf-8"
    )
    os.utime(first, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert archive.check() == [(first.name, "MOBILE")]


def test_another_place_is_seen(archive: Archive) -> None:
    first, second, _ = frontmatter.report_files(archive.folder)
    first.rename(first.with_name("other.md"))
    (archive.folder / "2022").mkdir()
    second.rename(archive.folder / "2022" / second.name)
    assert archive.check() == [(second.name, "YEAR-FOLDER"), ("other.md", "ID-STEM")]


def test_another_last_conversion_is_seen(archive: Archive) -> None:
    first = frontmatter.report_files(archive.folder)[0]
    base = archive.folder / ".private" / f"{first.stem}.base"
    base.parent.mkdir()
    base.write_text(first.read_text(encoding="utf-8"), encoding="utf-8")
    assert archive.check() == []
    base.write_text(base.read_text(encoding="utf-8").replace("12 份", "13 份"), encoding="utf-8")
    assert archive.check() == [(first.name, "WORDING")]
    base.unlink()
    assert archive.check() == []


def test_a_second_report_of_one_source_is_seen(archive: Archive, write_report: Write) -> None:
    write_report(archive.folder, id="lanxi-2023-004", source=source(1))
    assert archive.check() == [("lanxi-2023-004.md", "SOURCE-TWICE")]
    assert archive.looked == 1
    assert archive.check() == [("lanxi-2023-004.md", "SOURCE-TWICE")]


@pytest.mark.parametrize(
    "harm", [lambda data: data[:-1], lambda data: data[:-9] + b"!" + data[-8:], lambda data: b""]
)
def test_a_damaged_entry_is_made_again(archive: Archive, harm: Callable[[bytes], bytes]) -> None:
    append(frontmatter.report_files(archive.folder)[0], MOBILE)
    found = archive.check()
    for path in [path for path in archive.cache.rglob("*") if path.is_file()]:
        path.write_bytes(harm(path.read_bytes()))
    assert archive.check() == found
    assert archive.looked == 3
    archive.check()
    assert archive.looked == 0


def test_broken_front_matter_is_told_as_long_as_it_is_broken(archive: Archive) -> None:
    first = frontmatter.report_files(archive.folder)[0]
    good = first.read_text(encoding="utf-8")
    first.write_text(good.replace("unit_kind: 共青团", "unit_kind: 团委"), encoding="utf-8")
    for _ in range(2):
        assert archive.check() == [(first.name, "FRONT-MATTER")]
    first.write_text(good, encoding="utf-8")
    assert archive.check() == []


def test_other_code_or_rules_look_again(archive: Archive) -> None:
    archive.made_by = b"another rule"
    archive.check()
    assert archive.looked == 3


def test_what_the_site_forgets_is_none_of_ours(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    """Building drops what it does not use; checking must not start afresh for that, nor the other way round."""
    kept = kept_for(archive.folder, archive.cache, "reports")
    read_all(archive.folder, kept=kept)
    archive.check()
    assert archive.looked == 0
    monkeypatch.setattr(frontmatter, "load_yaml", lambda text: pytest.fail("parsed again"))
    assert len(read_all(archive.folder, kept=kept)) == 3


def test_forgets_reports_that_are_gone(archive: Archive) -> None:
    before = len([path for path in (archive.cache / "findings").rglob("*") if path.is_file()])
    frontmatter.report_files(archive.folder)[0].unlink()
    archive.check()
    after = len([path for path in (archive.cache / "findings").rglob("*") if path.is_file()])
    assert (before, after) == (3, 2)


@pytest.mark.skipif(sys.platform == "win32", reason="no such modes")
def test_where_masks_leak_is_not_for_other_users(archive: Archive) -> None:
    assert stat.S_IMODE((archive.cache / "findings").stat().st_mode) == 0o700


@pytest.mark.parametrize(
    "changed", ["rules/privacy.yaml", "checks/privacy.py", "ingest/placenames.py", "model.py"]
)
def test_the_command_looks_again_when_a_file_of_ours_changes(
    changed: str, archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = tmp_path / "src" / "zhenggai"
    shutil.copytree(ROOT / "src" / "zhenggai", ours, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    monkeypatch.setenv("CACHE", str(archive.cache))
    looked: list[Path] = []

    def look(path: Path, text: str, report: object) -> Iterator[Finding]:
        looked.append(path)
        return iter(())

    monkeypatch.setattr(privacy, "check", look)
    for wanted in (3, 0):
        looked.clear()
        check._of_reports([archive.folder])
        assert len(looked) == wanted
    append(ours / changed, "# x\n")
    check._of_reports([archive.folder])
    assert len(looked) == 3


def test_leaks_are_counted_from_what_is_kept(
    archive: Archive, write_report: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With and without --leaks: the lines, or their number alone, the first time and after."""
    monkeypatch.setenv("CACHE", str(archive.cache))
    body = "## 1. 题 {#值班记录补登不及时}\n\n中共X市X区教育局党组已到望溪区青芷社区走访家长。\n"
    write_report(
        archive.folder,
        id="masked",
        masked=True,
        unit="中共X市X区教育局党组",
        county="X区",
        body=body,
        source=source(5),
    )
    found = [check._of_reports([archive.folder]) for _ in range(2)]
    assert found[0] == found[1]
    assert {finding.code for finding in found[0]} == {check.LEAK}
    assert "望溪" not in "".join(
        path.read_text("utf-8", "replace")
        for path in (archive.cache / "findings").rglob("*")
        if path.is_file()
    )
