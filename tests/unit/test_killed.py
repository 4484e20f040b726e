"""A run that is killed at any moment and started again ends the same as one that was not; two runs take turns."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from zhenggai import frontmatter
from zhenggai.ingest.batch import State, convert_all, inputs_of

ROOT = Path(__file__).resolve().parents[2]
CONVERT = ROOT / "scripts" / "convert.py"
pytestmark = pytest.mark.skipif(os.name == "nt", reason="kills by signal")

DYING = """
import os, pathlib, runpy, signal, sys
left = int(sys.argv[1])
def counted(function):
    def call(*arguments, **options):
        global left
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return function(*arguments, **options)
    return call
os.fsync = counted(os.fsync)
pathlib.Path.replace = counted(pathlib.Path.replace)
pathlib.Path.unlink = counted(pathlib.Path.unlink)
sys.argv = sys.argv[2:]
sys.path.insert(0, str(pathlib.Path(sys.argv[0]).parent))
runpy.run_path(sys.argv[0], run_name="__main__")
"""
"""Runs a script until it has synced, renamed or removed a file so many times, then dies without a word."""

HOLDER = """
import sys
sys.path.insert(0, sys.argv[1])
from pathlib import Path
from zhenggai.ingest.lock import locked
with locked(Path(sys.argv[2]), lambda _: None):
    print("held", flush=True)
    sys.stdin.read()
"""


def notice(county: str, terminals: int = 32, more: str = "") -> str:
    return textwrap.dedent(f"""\
        中共{county}林业局党组关于巡察整改进展情况的通报
        2024年3月4日至4月12日，县委第三巡察组对{county}林业局党组开展了常规巡察。5月9日反馈了2个问题。现将整改情况通报如下。
        一、关于“护林员巡山记录补写”问题的整改情况
        更换巡山终端{terminals}台，按周抽查轨迹186条。约谈护林站负责人4人。{more}已整改完成。
        二、关于“苗木采购未比价”问题的整改情况
        修订《苗木采购办法》，重新询价27个品种，正在整改。
        欢迎监督。联系电话：0999-0123456。
        中共{county}林业局党组
        2024年9月1日
        """)


def put(folder: Path, texts: dict[str, str]) -> None:
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")


@pytest.fixture
def archive(tmp_path: Path) -> tuple[Path, Path]:
    """Sources, and reports that a person worked on before the sources changed and copies came in."""
    inbox, reports = tmp_path / "收件", tmp_path / "报告"
    put(inbox, {f"{county}.txt": notice(county) for county in ("云溪县", "云岭县", "云川县")})
    assert run(inbox, reports).returncode == 0
    for path in frontmatter.report_files(reports):
        text = path.read_text(encoding="utf-8")
        if "云川县" not in text:
            text = text.replace("reviewed: null", "reviewed: 2024-10-01 # 核对过").replace(
                "186条", "一百八十六条"
            )
            text = text.replace("约谈护林站负责人4人。", "")
        path.write_text(text, encoding="utf-8")
    more = "约谈护林队负责人4人。"  # like what the person took out: to merge it twice would double it
    put(inbox, {f"{county}.txt": notice(county, 35, more) for county in ("云溪县", "云川县")})
    put(
        inbox,
        {
            "云岭县（另一网站）.txt": "仅供学习 禁止外传\n\n" + notice("云岭县"),
            "云谷县.txt": notice("云谷县"),
        },
    )
    put(inbox, {"云谷县（另一网站）.txt": "仅供学习 禁止外传\n\n" + notice("云谷县"), "空.txt": ""})
    return inbox, reports


def run(inbox: Path, reports: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(CONVERT), str(inbox), "--out", str(reports), "--jobs", "1", *options]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


def killed(inbox: Path, reports: Path, after: int, jobs: int = 1) -> bool:
    """Whether a run died of the kill; what it started must be gone with it."""
    arguments = [str(after), str(CONVERT), str(inbox), "--out", str(reports), "--jobs", str(jobs)]
    with subprocess.Popen(
        [sys.executable, "-c", DYING, *arguments], start_new_session=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    ) as process:  # fmt: skip
        process.wait()
    for _ in range(200):
        try:
            os.killpg(process.pid, 0)
        except ProcessLookupError:
            return process.returncode == -signal.SIGKILL
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGKILL)
    pytest.fail("a worker outlived the run that started it")


def snapshot(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def dies_after(count: int, inbox: Path, reports: Path) -> bool:
    """Convert in a fork of this process that dies at its write number `count`; whether it came so far."""
    child = os.fork()
    if not child:
        left = count

        def counted(function: Callable[..., Any]) -> Callable[..., Any]:
            def call(*arguments: Any, **options: Any) -> Any:
                nonlocal left
                left -= 1
                if left < 0:
                    os.kill(os.getpid(), signal.SIGKILL)
                return function(*arguments, **options)

            return call

        os.fsync = counted(os.fsync)
        Path.replace = counted(Path.replace)  # type: ignore[method-assign]
        Path.unlink = counted(Path.unlink)  # type: ignore[method-assign]
        convert_all(inputs_of([inbox]), reports)
        os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


@pytest.mark.slow
def test_killed_at_every_write(
    archive: tuple[Path, Path], tmp_path: Path, figure: Callable[[str], None]
) -> None:
    inbox, reports = archive
    whole = tmp_path / "不中断"
    shutil.copytree(reports, whole)
    states = [o.state for o in convert_all(inputs_of([inbox]), whole)]
    assert {State.WRITTEN, State.MERGED, State.DUPLICATE, State.REFUSED} <= set(states)
    expected = snapshot(whole)
    for count in range(200):
        again = tmp_path / str(count)
        shutil.copytree(reports, again)
        died = dies_after(count, inbox, again)
        for path in frontmatter.report_files(again):
            frontmatter.read(path)  # never half a report
        convert_all(inputs_of([inbox]), again)
        assert snapshot(again) == expected, count
        shutil.rmtree(again)
        if not died:
            break
    assert 30 < count < 199
    figure(f"{count} kills, one at each write, 0 reports lost, halved or doubled")


@pytest.mark.slow
def test_the_command_killed_again_and_again(archive: tuple[Path, Path], tmp_path: Path) -> None:
    inbox, reports = archive
    whole = tmp_path / "不中断"
    shutil.copytree(reports, whole)
    assert run(inbox, whole).returncode == 1  # 空.txt
    expected = snapshot(whole)
    draw = random.Random(3)  # noqa: S311
    kills = 0
    while killed(inbox, reports, draw.randint(4, 16), jobs=2):
        kills += 1
        assert kills < 30, "no progress"
    assert kills > 2
    assert snapshot(reports) == expected
    merged = [p for p in expected if p.endswith(".md") and "核对过" in expected[p].decode()]
    assert len(merged) == 2
    assert "合并" not in run(inbox, reports).stdout
    assert snapshot(reports) == expected


@pytest.mark.slow
def test_two_runs_at_once(archive: tuple[Path, Path], tmp_path: Path) -> None:
    inbox, reports = archive
    whole = tmp_path / "一次"
    shutil.copytree(reports, whole)
    run(inbox, whole)
    command = [sys.executable, str(CONVERT), str(inbox), "--out", str(reports)]
    both = [subprocess.Popen(command, stdout=subprocess.DEVNULL) for _ in range(2)]
    assert [process.wait() for process in both] == [1, 1]
    assert snapshot(reports) == snapshot(whole)


def test_who_comes_second_says_so_and_waits(tmp_path: Path) -> None:
    inbox, reports = tmp_path / "收件", tmp_path / "报告"
    put(inbox, {"一.txt": notice("云溪县")})
    lock = reports / ".private" / "lock"
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(ROOT / "src"), str(lock)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as first:  # fmt: skip
        assert first.stdin is not None
        assert first.stdout is not None
        assert first.stdout.readline() == "held\n"
        with subprocess.Popen(
            [sys.executable, str(CONVERT), str(inbox), "--out", str(reports)],
            stdout=subprocess.PIPE, text=True, encoding="utf-8",
        ) as second:  # fmt: skip
            assert second.stdout is not None
            said = second.stdout.readline()
            assert f"进程 {first.pid}" in said
            assert "等它做完" in said
            assert frontmatter.report_files(reports) == []
            first.stdin.close()
            second.stdout.read()
    assert second.returncode == 0
    assert len(frontmatter.report_files(reports)) == 1
    assert not lock.exists()


def test_the_lock_of_a_killed_run_holds_nobody_up(tmp_path: Path) -> None:
    inbox, reports = tmp_path / "收件", tmp_path / "报告"
    put(inbox, {"一.txt": notice("云溪县")})
    assert killed(inbox, reports, 3)
    assert (reports / ".private" / "lock").exists()
    assert run(inbox, reports).returncode == 0
    assert not (reports / ".private" / "lock").exists()


def test_interrupted_from_the_keyboard(tmp_path: Path) -> None:
    inbox, reports = tmp_path / "收件", tmp_path / "报告"
    put(inbox, {f"{n:03}.txt": notice(f"云{chr(0x4E00 + n)}县") for n in range(240)})
    with subprocess.Popen(
        [sys.executable, str(CONVERT), str(inbox), "--out", str(reports), "--jobs", "2"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8",
    ) as process:  # fmt: skip
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.send_signal(signal.SIGINT)
        _, said = process.communicate()
    assert process.returncode == 130
    assert "再运行一次就接着做完" in said
    assert "Traceback" not in said
    assert not list(reports.rglob("*.part"))
