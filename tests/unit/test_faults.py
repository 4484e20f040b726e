"""Power cuts, full and read-only disks, kills, runs at once, files that change meanwhile, wrong clocks.

Each fault is made to happen. Then: no report that was there is lost, none is half, none is
there twice, what is said tells a clerk what to do, and a run without the fault ends in the
bytes of one that never met it. Kills at single writes are in test_killed.py.
"""

from __future__ import annotations

import errno
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from tests.unit import test_killed
from tests.unit.test_killed import notice, put, run, snapshot

from zhenggai import frontmatter
from zhenggai.ingest import batch
from zhenggai.ingest.batch import State, convert_all, convert_file, inputs_of
from zhenggai.ingest.text import RefusedError
from zhenggai.model import ZhenggaiError
from zhenggai.site import reading

ROOT = Path(__file__).resolve().parents[2]
Figure = Callable[[str], None]
Archive = tuple[Path, Path]
archive = test_killed.archive
"""The fixture: sources, and reports that a person worked on."""
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="makes faults as Linux knows them")


def whole(reports: Path, before: set[str]) -> int:
    """Every report of `before` is there, every one that is there can be read, no notice twice; how many."""
    paths = frontmatter.report_files(reports)
    ids = [frontmatter.read(path)[0].id for path in paths]
    sources = [frontmatter.read(path)[0].source.sha256 for path in paths]
    assert len(set(ids)) == len(ids)
    assert len(set(sources)) == len(sources)
    assert before <= set(ids), "a report was lost"
    return len(paths)


def ids_of(reports: Path) -> set[str]:
    return {path.stem for path in frontmatter.report_files(reports)}


def publish(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "scripts" / "publish.py"), *map(str, arguments)]
    env = {key: value for key, value in os.environ.items() if key not in ("REPORTS", "DEMO", "SITE_URL")}
    return subprocess.run(
        command, env=env | environment, capture_output=True, text=True, encoding="utf-8", check=False
    )


@pytest.fixture
def expected(archive: Archive, tmp_path: Path) -> dict[str, bytes]:
    """What a run without any fault makes of the archive."""
    inbox, reports = archive
    undisturbed = tmp_path / "不中断"
    shutil.copytree(reports, undisturbed)
    convert_all(inputs_of([inbox]), undisturbed)
    return snapshot(undisturbed)


# ---------- power ----------


@dataclass
class Disk:
    """What survives a power cut: contents that were synced, under names that were."""

    start: dict[Path, bytes]
    done: list[tuple[str, Path, Any]] = field(default_factory=list)

    def watch(self, patch: pytest.MonkeyPatch) -> None:
        """Write down all that this process does to files."""
        fsync, replace, unlink = os.fsync, Path.replace, Path.unlink

        def synced(handle: int) -> None:
            fsync(handle)
            path = Path(f"/proc/self/fd/{handle}").readlink()
            self.done.append(("names", path, None) if path.is_dir() else ("data", path, path.read_bytes()))

        def replaced(path: Path, target: Path) -> Path:
            self.done.append(("replace", path, Path(target)))
            return replace(path, target)

        def unlinked(path: Path, missing_ok: bool = False) -> None:
            self.done.append(("unlink", path, None))
            unlink(path, missing_ok=missing_ok)

        patch.setattr(os, "fsync", synced)
        patch.setattr(Path, "replace", replaced)
        patch.setattr(Path, "unlink", unlinked)

    def after(self, count: int, keeps: Callable[[], bool]) -> dict[Path, bytes]:
        """The files after a cut behind the first `count` steps; `keeps`: whether a name not synced survives."""
        files = dict(self.start)
        data: dict[Path, bytes] = {}
        names: list[tuple[Path, Path | None, Path]] = []  # (folder, from, to or what is gone)

        def settle(name: tuple[Path, Path | None, Path]) -> None:
            _, source, target = name
            if source is None:
                files.pop(target, None)
            else:
                files[target] = data.get(source, b"")  # never synced: a name with nothing behind it

        for what, path, more in self.done[:count]:
            match what:
                case "data":
                    data[path] = more
                case "replace":
                    names.append((more.parent, path, more))
                case "unlink":
                    names.append((path.parent, None, path))
                case _:
                    for name in [name for name in names if name[0] == path]:
                        settle(name)
                        names.remove(name)
        for name in names:
            if keeps():
                settle(name)
        return files


@pytest.mark.slow
def test_power_cut_at_any_moment(
    archive: Archive,
    expected: dict[str, bytes],
    tmp_path: Path,
    figure: Figure,
) -> None:
    inbox, reports = archive
    live = tmp_path / "live"
    shutil.copytree(reports, live)
    disk = Disk({path: path.read_bytes() for path in live.rglob("*") if path.is_file()})
    with pytest.MonkeyPatch.context() as patch:
        disk.watch(patch)
        convert_all(inputs_of([inbox]), live)
    before, cuts = ids_of(reports), 0
    assert len(disk.done) > 40
    draw = random.Random(8)  # noqa: S311
    ways: tuple[Callable[[], bool], ...] = (lambda: False, lambda: draw.random() < 0.5, lambda: True)
    for count in range(1, len(disk.done) + 1):
        keeps = ways[count % len(ways)]
        left = tmp_path / "left"
        for path, data in disk.after(count, keeps).items():
            copy = left / path.relative_to(live)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(data)
        whole(left, before)
        convert_all(inputs_of([inbox]), left)
        assert snapshot(left) == expected, disk.done[count - 1]
        shutil.rmtree(left)
        cuts += 1
    figure(
        f"{cuts} power cuts, 0 reports lost, {sum(map(len, expected.values())):,} bytes the same after each"
    )


# ---------- a full disk ----------


@pytest.mark.slow
def test_disk_full_at_any_write(
    archive: Archive,
    expected: dict[str, bytes],
    tmp_path: Path,
    figure: Figure,
) -> None:
    inbox, reports = archive
    before, faults = ids_of(reports), 0
    for count in range(0, 60, 2):
        again = tmp_path / str(count)
        shutil.copytree(reports, again)
        left = count

        def full(handle: int, sync: Callable[[int], None] = os.fsync) -> None:
            nonlocal left
            left -= 1
            if left < 0:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            sync(handle)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(os, "fsync", full)
            outcomes = convert_all(inputs_of([inbox]), again)
        refused = [o.message for o in outcomes if o.state is State.REFUSED and "空.txt" not in o.message]
        if left >= 0:
            break
        assert all("磁盘满了" in said and "腾出空间后再运行一次" in said for said in refused)
        faults += 1
        whole(again, before)
        assert not list(again.rglob("*.part"))
        convert_all(inputs_of([inbox]), again)
        assert snapshot(again) == expected, count
        shutil.rmtree(again)
    assert faults > 10
    figure(f"{faults} full disks, 0 reports lost")


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """A disk of 256 KB."""
    disk = tmp_path / "小盘"
    disk.mkdir()
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", disk], capture_output=True, check=False
    )
    if done.returncode:
        pytest.skip("this user may not mount a small disk")
    yield disk
    subprocess.run(["umount", "-l", disk], check=True)


def remount(disk: Path, options: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{options}", disk], check=True)


@pytest.mark.slow
def test_a_disk_that_is_too_small(small: Path, tmp_path: Path, figure: Figure) -> None:
    inbox, elsewhere = tmp_path / "收件", tmp_path / "大盘"
    put(inbox, {f"{n:02}.txt": notice(f"云{chr(0x4E00 + n)}县") for n in range(40)})
    assert run(inbox, elsewhere).returncode == 0
    reports = small / "报告"
    full = run(inbox, reports)
    assert full.returncode == 1, full.stdout + full.stderr
    assert "磁盘满了" in full.stdout
    assert "腾出空间后再运行一次" in full.stdout
    assert "Traceback" not in full.stdout + full.stderr
    written = whole(reports, set())
    assert 0 < written < 40
    remount(small, "size=64m")
    assert run(inbox, reports).returncode == 0
    assert snapshot(reports) == snapshot(elsewhere)

    # The site's disk is full: the old site stays, and what is said names the disk.
    site = small / "网站"
    assert publish("--reports", reports, "--site", site).returncode == 0
    old = snapshot(site)
    used = int(subprocess.run(["du", "-sk", small], capture_output=True, check=True).stdout.split()[0])
    remount(small, f"size={used + 400}k")
    shutil.copytree(reports, tmp_path / "报告二")
    failed = publish("--reports", tmp_path / "报告二", "--site", site)
    assert failed.returncode == 1
    assert "磁盘满了" in failed.stdout + failed.stderr
    assert "原有网站未动" in failed.stdout + failed.stderr
    assert "Traceback" not in failed.stdout + failed.stderr
    assert snapshot(site) == old
    assert [p.name for p in small.iterdir() if p.name.startswith(".")] == []
    figure(f"disk full after {written} of 40 reports and again for the site, 0 lost")


# ---------- a folder that cannot be written ----------


def test_read_only(small: Path, tmp_path: Path) -> None:
    inbox, reports = tmp_path / "收件", small / "报告"
    put(inbox, {"一.txt": notice("云溪县")})
    assert run(inbox, reports).returncode == 0
    put(inbox, {"二.txt": notice("云岭县")})
    before = snapshot(small)
    remount(small, "ro")
    done = run(inbox, reports)
    assert done.returncode == 2
    assert "那里是只读的" in done.stderr
    assert "换一个可以写入的文件夹" in done.stderr
    assert done.stderr.count("\n") == 1
    done = publish("--reports", reports, "--site", small / "网站")
    assert done.returncode == 2
    assert "只读" in done.stderr
    done = publish("--reports", reports, "--site", tmp_path / "网站")  # nobody could remember the addresses
    assert done.returncode == 1
    assert "只读" in done.stderr
    assert not (tmp_path / "网站").exists()
    assert snapshot(small) == before
    remount(small, "rw")
    assert run(inbox, reports).returncode == 0
    assert whole(reports, {frontmatter.report_files(reports)[0].stem}) == 2


def test_an_inbox_that_is_read_only_is_read(small: Path, tmp_path: Path) -> None:
    put(small / "收件", {"一.txt": notice("云溪县")})
    remount(small, "ro")
    assert run(small / "收件", tmp_path / "报告").returncode == 0


# ---------- kills ----------


def kill_after(seconds: float, command: list[str]) -> bool:
    """Start a command in a group of its own and kill all of it; whether it was still running."""
    with subprocess.Popen(
        command, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            return True
    return False


@pytest.mark.slow
def test_convert_killed_at_random_moments(
    archive: Archive,
    expected: dict[str, bytes],
    figure: Figure,
) -> None:
    inbox, reports = archive
    before, draw, kills = ids_of(reports), random.Random(5), 0  # noqa: S311
    command = [sys.executable, str(ROOT / "scripts" / "convert.py"), str(inbox), "--out", str(reports)]
    started = time.monotonic()
    subprocess.run([*command[:-1], str(reports.with_name("probe"))], check=False, capture_output=True)
    long = time.monotonic() - started
    for _ in range(15):
        kills += kill_after(draw.uniform(0.2, 1.0) * long, command)
        whole(reports, before)
    assert run(inbox, reports).returncode == 1  # 空.txt
    assert snapshot(reports) == expected
    figure(f"{kills} kills, 0 reports lost, halved or doubled")
    assert kills > 3


@pytest.mark.slow
def test_publish_killed_at_random_moments(tmp_path: Path, figure: Figure) -> None:
    inbox, reports, site = tmp_path / "收件", tmp_path / "报告", tmp_path / "网站"
    put(inbox, {f"{n}.txt": notice(f"云{chr(0x4E00 + n)}县") for n in range(4)})
    started = time.monotonic()
    assert publish("--incoming", inbox, "--reports", reports, "--site", site).returncode == 0
    long = time.monotonic() - started
    old, before = snapshot(site), ids_of(reports)
    put(inbox, {"新.txt": notice("云岭县")})
    assert (
        publish("--incoming", inbox, "--reports", tmp_path / "旁", "--site", tmp_path / "旁站").returncode
        == 0
    )
    new = snapshot(tmp_path / "旁站")
    command = [
        sys.executable, str(ROOT / "scripts" / "publish.py"),
        "--incoming", str(inbox), "--reports", str(reports), "--site", str(site),
    ]  # fmt: skip
    draw, kills = random.Random(4), 0  # noqa: S311
    for _ in range(6):
        kills += kill_after(draw.uniform(0.3, 1.05) * long, command)
        whole(reports, before)
        assert snapshot(site) in (old, new), "readers have half a site"
    assert publish("--incoming", inbox, "--reports", reports, "--site", site).returncode == 0
    assert snapshot(site) == new
    assert snapshot(reports) == snapshot(tmp_path / "旁")
    assert {p.name for p in tmp_path.iterdir()} == {"收件", "报告", "网站", "旁", "旁站"}
    figure(f"{kills} kills, 0 reports lost, the site always whole")
    assert kills > 2


# ---------- two at once ----------


@pytest.mark.slow
def test_two_publish_at_once(tmp_path: Path) -> None:
    inbox, reports, site = tmp_path / "收件", tmp_path / "报告", tmp_path / "网站"
    put(inbox, {f"{n}.txt": notice(f"云{chr(0x4E00 + n)}县") for n in range(4)})
    done: list[subprocess.CompletedProcess[str]] = []

    def one() -> None:
        done.append(publish("--incoming", inbox, "--reports", reports, "--site", site))

    both = [threading.Thread(target=one) for _ in range(2)]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    assert [d.returncode for d in done] == [0, 0], [d.stdout + d.stderr for d in done]
    assert (
        publish("--incoming", inbox, "--reports", tmp_path / "旁", "--site", tmp_path / "旁站").returncode
        == 0
    )
    assert snapshot(reports) == snapshot(tmp_path / "旁")
    assert snapshot(site) == snapshot(tmp_path / "旁站")


# ---------- a file that changes while it is read ----------


def test_a_file_that_grows_while_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "一.txt"
    text = notice("云溪县").encode()
    path.write_bytes(text[: len(text) // 2])
    read = Path.read_bytes

    def slow(self: Path) -> bytes:
        data = read(self)
        if self == path:
            self.write_bytes(text)  # the copy goes on
        return data

    monkeypatch.setattr(Path, "read_bytes", slow)
    refused = convert_file(path)
    assert isinstance(refused, RefusedError)
    assert "还在变动" in str(refused)
    assert "再运行一次" in str(refused)
    monkeypatch.undo()
    assert not isinstance(convert_file(path), RefusedError)


def test_a_file_that_grows_while_it_is_converted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Half a notice looks like a notice: it must not be published for want of a moment's patience."""
    path, reports = tmp_path / "一.txt", tmp_path / "报告"
    text = notice("云溪县")
    path.write_text(text.partition("二、")[0], encoding="utf-8")
    make = batch._make

    def slow(one: Path) -> Any:
        made = make(one)
        one.write_text(text, encoding="utf-8")
        return made

    monkeypatch.setattr(batch, "_make", slow)
    (outcome,) = convert_all([path], reports)
    assert outcome.state is State.REFUSED
    assert "还在变动" in outcome.message
    assert frontmatter.report_files(reports) == []
    monkeypatch.undo()
    (outcome,) = convert_all([path], reports)
    assert outcome.state is State.WRITTEN
    (report,) = frontmatter.report_files(reports)
    assert len(frontmatter.read(report)[0].issues) == 2


def test_a_report_that_somebody_saves_while_it_is_converted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, reports = tmp_path / "一.txt", tmp_path / "报告"
    path.write_text(notice("云溪县"), encoding="utf-8")
    convert_all([path], reports)
    (report,) = frontmatter.report_files(reports)
    path.write_text(notice("云溪县", 35), encoding="utf-8")
    fsync = os.fsync

    def saved(handle: int) -> None:
        fsync(handle)
        text = report.read_text(encoding="utf-8")
        report.write_text(text.replace("reviewed: null", "reviewed: 2024-10-01"), encoding="utf-8")

    monkeypatch.setattr(os, "fsync", saved)
    (outcome,) = convert_all([path], reports)
    assert outcome.state is State.REFUSED
    assert "有人改了这份报告" in outcome.message
    assert "再运行一次" in outcome.message
    monkeypatch.undo()
    assert frontmatter.read(report)[0].reviewed == "2024-10-01", "what a person saved is not written over"
    (outcome,) = convert_all([path], reports)
    assert outcome.state is State.MERGED
    text = report.read_text(encoding="utf-8")
    assert "35台" in text
    assert "reviewed: 2024-10-01" in text


def test_a_report_that_somebody_saves_while_the_site_is_built(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An editor empties a file before it writes it anew."""
    path, reports = tmp_path / "一.txt", tmp_path / "报告"
    path.write_text(notice("云溪县"), encoding="utf-8")
    convert_all([path], reports)
    (report,) = frontmatter.report_files(reports)
    whole_text, read = report.read_bytes(), Path.read_bytes

    def slow(self: Path) -> bytes:
        if self == report:
            self.write_bytes(whole_text[:-200])
        return read(self)

    monkeypatch.setattr(Path, "read_bytes", slow)
    with pytest.raises(ZhenggaiError, match="正在保存的，存好再运行"):
        reading.read_all(reports)
    monkeypatch.undo()
    report.write_bytes(whole_text)
    assert len(reading.read_all(reports)) == 1


# ---------- a wrong clock ----------

CLOCK = """
import os, time
now = float(os.environ["NOW"])
time.time = lambda: now
time.time_ns = lambda: int(now * 1e9)
local, gm = time.localtime, time.gmtime
time.localtime = lambda seconds=None: local(now if seconds is None else seconds)
time.gmtime = lambda seconds=None: gm(now if seconds is None else seconds)
"""


@pytest.fixture
def clock(tmp_path: Path) -> Callable[[int], dict[str, str]]:
    """`clock(now)`: environment in which every Python, and every one that it starts, has this clock."""
    (tmp_path / "clock").mkdir()
    (tmp_path / "clock" / "sitecustomize.py").write_text(CLOCK, encoding="utf-8")

    def environment(now: int) -> dict[str, str]:
        own = {key: value for key, value in os.environ.items() if key not in ("REPORTS", "DEMO")}
        return own | {"PYTHONPATH": str(tmp_path / "clock"), "NOW": str(now)}

    told = subprocess.run(
        [sys.executable, "-c", "import time; print(int(time.time()))"],
        env=environment(7), capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert told.stdout == "7\n"
    return environment


@pytest.mark.parametrize("now", [0, 4_102_444_800], ids=["1970", "2100"])
def test_a_wrong_clock(
    archive: Archive, expected: dict[str, bytes], clock: Callable[[int], dict[str, str]], now: int
) -> None:
    """Neither the computer's clock nor the times of files say anything of a notice."""
    inbox, reports = archive
    for path in (*inbox.iterdir(), *reports.rglob("*.md")):
        os.utime(path, (now, now))
    command = [sys.executable, str(ROOT / "scripts" / "convert.py"), str(inbox), "--out", str(reports)]
    done = subprocess.run(command, env=clock(now), capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stdout + done.stderr  # 空.txt
    assert snapshot(reports) == expected


@pytest.mark.slow
def test_a_site_does_not_look_at_the_clock(
    tmp_path: Path, clock: Callable[[int], dict[str, str]], figure: Figure
) -> None:
    """Each is built from nothing."""
    sites = []
    for now in (0, 4_102_444_800):
        reports, site = tmp_path / f"{now}" / "报告", tmp_path / f"{now}" / "网站"
        shutil.copytree(ROOT / "tests" / "site" / "archive", reports)
        for path in reports.rglob("*.md"):
            os.utime(path, (now, now))
        command = [sys.executable, str(ROOT / "scripts" / "publish.py")]
        done = subprocess.run(
            [*command, "--reports", str(reports), "--site", str(site)], capture_output=True, text=True,
            check=False, env=clock(now) | {"SITE_URL": "https://zhenggai.example.cn/"},
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        sites.append(snapshot(site))
    assert sites[0] == sites[1]
    figure(f"2 clocks, 1970 and 2100: {sum(map(len, sites[0].values())):,} bytes the same")
