"""A release holds only what people reviewed, says what it holds, and gives the same bytes again."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

import publish
import release
import sitefolder
from zhenggai import frontmatter, manifest, published
from zhenggai.model import ZhenggaiError

ROOT = Path(__file__).resolve().parents[2]
Write = Callable[..., Path]
PAGE = "reports/2023/lanxi-2023-001"


def run(script: str, *arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "scripts" / script), *map(str, arguments)]
    env = {key: value for key, value in os.environ.items() if key not in ("REPORTS", "DEMO", "SITE_URL")}
    return subprocess.run(
        command, env=env | environment, capture_output=True, text=True, encoding="utf-8", check=False
    )


@pytest.fixture
def reports(tmp_path: Path, write_report: Write) -> Path:
    folder = tmp_path / "报告"
    write_report(folder, reviewed="2024-06-26")
    write_report(folder, id="gone-2023", withdrawn={"date": "2024-07-01", "reason": "单位要求"},
                 source={"file": "乙.txt", "sha256": "1" * 64, "encoding": "utf-8"})  # fmt: skip
    return folder


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Stands for the commands; records those that ran."""
    ran: list[str] = []

    def script(*command: str | Path) -> int:
        ran.append(Path(command[0]).stem)
        return 0

    def build(job: publish.Job, target: Path, *, demo: bool) -> int:
        ran.append("build")
        (target / "index.html").write_text("新", encoding="utf-8")
        return 0

    monkeypatch.setattr(publish, "run", script)
    monkeypatch.setattr(publish, "build", build)
    return ran


def released(reports: Path, out: Path) -> None:
    release.release(publish.plan(None, reports, out / "site", demo=False), out)


def test_what_a_release_holds(reports: Path, tmp_path: Path, quick: list[str]) -> None:
    out = tmp_path / "发布"
    released(reports, out)
    assert quick == ["check", "build", "check"], "the reports, then the built site"
    assert sorted(p.name for p in out.iterdir()) == ["SHA256SUMS", "reports.zip", "site", "site.zip"]
    lines = [line.split("  ") for line in (out / "SHA256SUMS").read_text().splitlines()]
    sums = {name: digest for digest, name in lines}
    for name in ("site.zip", "reports.zip"):
        assert sums[name] == hashlib.sha256((out / name).read_bytes()).hexdigest()
    with zipfile.ZipFile(out / "site.zip") as packed:
        assert packed.testzip() is None
        assert packed.read("site/index.html").decode() == "新"
        names = set(packed.namelist())
    assert {"site/MANIFEST.sha256", "README.txt", "nginx.conf"} <= names
    with zipfile.ZipFile(out / "reports.zip") as packed:
        assert set(packed.namelist()) == {
            f"{PAGE}.md", "reports/2023/gone-2023.md", "reports/published.txt", "reports/MANIFEST.sha256",
        }  # fmt: skip
    for folder in (out / "site", reports):
        listed = manifest.read(folder)
        assert listed
        assert {n: hashlib.sha256((folder / n).read_bytes()).hexdigest() for n in listed} == listed
    assert f"{PAGE}/" in published.read(reports).known


def test_the_manifest_is_what_sha256sum_reads(reports: Path, tmp_path: Path, quick: list[str]) -> None:
    released(reports, tmp_path / "out")
    tool = shutil.which("sha256sum")
    if tool is None:
        pytest.skip("no sha256sum here")
    for folder in (tmp_path / "out" / "site", reports):
        subprocess.run(
            [tool, "-c", "--strict", manifest.FILE], cwd=folder, check=True, stdout=subprocess.DEVNULL
        )


def test_what_is_not_reviewed_is_refused(
    reports: Path, tmp_path: Path, write_report: Write, quick: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    source = {"file": "丙.txt", "sha256": "2" * 64, "encoding": "utf-8"}
    path = write_report(reports, id="lanxi-2023-003", source=source)
    with pytest.raises(ZhenggaiError, match="有 1 份报告未复核"):
        released(reports, tmp_path / "out")
    assert f"{path}: 未复核" in capsys.readouterr().out
    assert quick == ["check"]
    assert not (tmp_path / "out").exists()
    assert not (reports / manifest.FILE).exists()


def test_what_fails_leaves_the_last_release(
    reports: Path, tmp_path: Path, quick: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    released(reports, out)
    before = {p: p.read_bytes() for p in sorted(out.rglob("*")) if p.is_file()}

    def full(part: Path, files: object) -> None:
        part.write_bytes(b"half")
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(release, "pack", full)
    with pytest.raises(OSError, match="No space"):
        released(reports, out)
    monkeypatch.setattr(publish, "build", lambda job, target, demo: 1)
    with pytest.raises(ZhenggaiError, match="没有建成"):
        released(reports, out)
    assert {p: p.read_bytes() for p in sorted(out.rglob("*")) if p.is_file()} == before
    assert not [p.name for p in out.iterdir() if p.name.startswith(".")]


@pytest.mark.parametrize("out", ["报告/out", "."])
def test_a_place_that_cannot_be_meant(reports: Path, tmp_path: Path, out: str) -> None:
    done = run("release.py", "--reports", reports, "--out", tmp_path / out)
    assert done.returncode == 2, done.stdout + done.stderr
    assert not (tmp_path / "SHA256SUMS").exists()


# ---------- verify ----------


def test_verify_tells_what_was_altered_and_where_it_came_from(tmp_path: Path) -> None:
    incoming, reports = tmp_path / "收件", tmp_path / "报告"
    shutil.copytree(ROOT / "samples" / "incoming", incoming)
    assert run("convert.py", incoming, "--out", reports).returncode == 0
    paths = frontmatter.report_files(reports)
    assert len(paths) > 2
    done = run("verify.py", reports, "--incoming", incoming)
    assert done.returncode == 0, done.stdout
    assert done.stdout.count("与转换结果相同") == len(paths)
    assert f"{len(paths)} 份报告，0 份转换以后改过。" in done.stdout

    edited = paths[0]
    text = edited.read_text(encoding="utf-8")
    edited.write_text(text.replace("reviewed: null", "reviewed: 2024-06-26"), encoding="utf-8")
    gone = frontmatter.read(paths[1])[0].source.file
    (incoming / gone).write_text("另一份", encoding="utf-8")
    done = run("verify.py", reports, "--incoming", incoming)
    assert done.returncode == 1
    lines = {line.partition(": ")[0]: line for line in done.stdout.splitlines()}
    assert "转换以后改过：reviewed" in lines[str(edited)]
    source = frontmatter.read(edited)[0].source
    assert f"来源 {source.file}（SHA-256 {source.sha256}），原件 " in lines[str(edited)]
    assert "已不是当初转换的那一份" in lines[str(paths[1])]
    (incoming / gone).unlink()
    done = run("verify.py", reports, "--incoming", incoming)
    assert f"来源 {gone}（" in done.stdout
    assert "原件不在" in done.stdout
    shutil.rmtree(reports / ".private")
    assert run("verify.py", reports).stdout.count("没有转换底账") == len(paths)


def test_verify_holds_reports_and_site_to_the_release(
    reports: Path, tmp_path: Path, write_report: Write, quick: list[str]
) -> None:
    out = tmp_path / "out"
    released(reports, out)
    assert run("verify.py", reports).returncode == 0
    assert run("verify.py", "--site", out / "site").returncode == 0
    (reports / "2023" / "gone-2023.md").unlink()
    path = reports / "2023" / "lanxi-2023-001.md"
    path.write_text(path.read_text(encoding="utf-8").replace("12 份", "13 份"), encoding="utf-8")
    write_report(reports, id="lanxi-new")
    done = run("verify.py", reports)
    assert done.returncode == 1
    assert f"{path}: 发布以后改过" in done.stdout
    assert "gone-2023.md: 发布时有，现在没有" in done.stdout
    assert "lanxi-new.md: 发布以后新增" in done.stdout
    (out / "site" / "index.html").write_text("被改", encoding="utf-8")
    (out / "site" / "x.html").write_text("多出", encoding="utf-8")
    done = run("verify.py", "--site", out / "site")
    assert done.returncode == 1
    assert "index.html: 发布以后改过" in done.stdout
    assert "x.html: 发布以后新增" in done.stdout


@pytest.mark.parametrize("arguments", [["nowhere"], ["--site", "."], ["a", "--site", "b"]])
def test_verify_used_wrongly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str]) -> None:
    monkeypatch.chdir(tmp_path)
    done = run("verify.py", *arguments)
    assert done.returncode == 2
    assert "错误：" in done.stderr


# ---------- the same bytes ----------


@pytest.mark.slow
def test_two_releases_from_two_folders_are_the_same_bytes(
    tmp_path: Path, figure: Callable[[str], None]
) -> None:
    """Another folder, another clock's zone, another order of hashing, another umask: not one byte differs."""
    made = []
    for name, zone, seed in (("a", "Asia/Shanghai", "1"), ("另一个 长得多的文件夹", "UTC", "2")):
        project = tmp_path / name / "整改公开"
        for part in ("docs", "hooks", "overrides", "src", "scripts", "samples"):
            shutil.copytree(
                ROOT / part, project / part, ignore=shutil.ignore_patterns("__pycache__", "images")
            )
        shutil.copy(ROOT / "mkdocs.yml", project)
        shutil.copytree(ROOT / "tests" / "site" / "archive", project / "reports")
        for path in frontmatter.report_files(project / "reports"):
            text = path.read_text(encoding="utf-8")
            path.write_text(text.replace("reviewed: null", "reviewed: 2024-06-26"), encoding="utf-8")
        done = subprocess.run(
            [sys.executable, "scripts/release.py", "--reports", "reports", "--out", "out"],
            cwd=project, capture_output=True, text=True, encoding="utf-8", check=False,
            env=os.environ | {
                "TZ": zone, "PYTHONHASHSEED": seed, "SOURCE_DATE_EPOCH": "1750000000",
                "SITE_URL": "https://zhenggai.example.cn/",
            },
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        made.append(project / "out")
    first, second = (
        {p.relative_to(m).as_posix(): p.read_bytes() for p in m.rglob("*") if p.is_file()} for m in made
    )
    assert len(first) > 100
    assert first.keys() == second.keys()
    assert [name for name in first if first[name] != second[name]] == []
    figure(f"{len(first)} files, {sum(map(len, first.values())):,} bytes compared, 0 differ")


def test_a_site_is_marked_as_what_it_is(tmp_path: Path) -> None:
    sitefolder.mark(tmp_path, demo=False)
    assert (tmp_path / sitefolder.MARK).read_bytes() == b"archive\n"
