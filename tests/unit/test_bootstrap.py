"""The environment comes into being by itself, survives being killed, and says what it lacks."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

import bootstrap
import browser

ROOT = Path(__file__).resolve().parents[2]
BASE = getattr(sys, "_base_executable", sys.executable)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with a space in its name and no requirements, so that only the environment itself is made."""
    folder = tmp_path / "项 目"
    (folder / "scripts").mkdir(parents=True)
    source = (ROOT / "scripts" / "bootstrap.py").read_text(encoding="utf-8")
    head, rest = source.split("MODULES = (", 1)
    source = f'{head}MODULES = ("pip",{rest[rest.index(chr(10) + ")") :]}'
    (folder / "scripts" / "bootstrap.py").write_text(source, encoding="utf-8")
    (folder / "scripts" / "hello.py").write_text(
        "import bootstrap\nbootstrap.enter()\nimport sys\nprint(sys.prefix, *sys.argv[1:], sep='|')\n"
        "sys.exit(7)\n",
        encoding="utf-8",
    )
    for name in bootstrap.LOCKS:
        (folder / name).write_text("", encoding="utf-8")
    return folder


Done = subprocess.CompletedProcess[str]


def run(project: Path, *arguments: str, python: str = BASE, isolate: bool = True) -> Done:
    """Run hello.py in a Python without pip (`-S -s` hides site-packages), so that it must make its own."""
    ours = ("PYTHON", "ZHENGGAI")
    environment = {key: value for key, value in os.environ.items() if not key.startswith(ours)}
    flags = ["-S", "-s"] if isolate else []
    command = [python, *flags, "scripts/hello.py", *arguments]
    return subprocess.run(
        command, cwd=project, env=environment, capture_output=True, text=True, encoding="utf-8", check=False
    )


def stamp(project: Path) -> dict[str, str]:
    path = project / ".venv" / "zhenggai-ready.json"
    state: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    return state


@pytest.mark.slow
def test_a_whole_life(project: Path) -> None:
    venv = project / ".venv"
    first = run(project, "一 二", "-x")
    assert (first.stdout, first.returncode) == (f"{venv}|一 二|-x\n", 7), first.stderr
    assert len([line for line in first.stderr.splitlines() if "正在准备" in line]) == 1
    assert stamp(project).keys() == {"requirements.lock"}

    again = run(project)
    assert (again.stdout, again.stderr) == (f"{venv}\n", "")

    # Another lock file: brought up to date in place, whether called from outside or inside.
    for python, isolate in ((BASE, True), (str(venv / "bin" / "python"), False)):
        before = stamp(project)
        with (project / "requirements.lock").open("a", encoding="utf-8") as lock:
            lock.write("# changed\n")
        assert "已就绪" in run(project, python=python, isolate=isolate).stderr
        assert stamp(project) != before

    # Killed while it was being made: made anew.
    (venv / "zhenggai-unfinished").touch()
    (venv / "leftover").touch()
    assert run(project).stdout == f"{venv}\n"
    assert not (venv / "leftover").exists()
    assert not (venv / "zhenggai-unfinished").exists()

    # The Python under it was removed by a system upgrade.
    (venv / "bin" / "python").unlink()
    assert run(project).stdout == f"{venv}\n"


@pytest.mark.slow
def test_two_at_once(project: Path) -> None:
    done: list[Done] = []
    threads = [threading.Thread(target=lambda: done.append(run(project))) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [d.stdout for d in done] == [f"{project / '.venv'}\n"] * 2
    assert sum("已就绪" in d.stderr for d in done) == 1, "one makes it, the other waits"


@pytest.fixture
def loose(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The module itself, working on a folder of its own."""
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    monkeypatch.setattr(bootstrap, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(bootstrap, "CACHE", tmp_path / ".cache")
    for name in bootstrap.LOCKS:
        (tmp_path / name).write_text("", encoding="utf-8")
    return bootstrap


def test_nothing_is_made_where_libraries_are_at_hand(loose: ModuleType, tmp_path: Path) -> None:
    loose.enter()
    assert not (tmp_path / ".venv").exists()


def test_debian_without_venv(loose: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    real = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "ensurepip" else real(name))
    with pytest.raises(bootstrap.BootstrapError, match="sudo apt install python3-venv"):
        loose.ensure()


def test_old_python(loose: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 9, 2, "final", 0))
    with pytest.raises(bootstrap.BootstrapError, match=r"3\.9\.2.*3\.11"):
        loose.ensure()


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("Retrying ... NewConnectionError(...) Temporary failure in name resolution", "检查网络"),
        ("ERROR: Could not find a version that satisfies the requirement x==1", "镜像"),
        ("THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE", "校验值不符"),
        ("OSError: [Errno 28] No space left on device", "磁盘已满"),
        ("something else", "安装运行环境失败"),
    ],
)
def test_what_failed_is_said_plainly(said: str, told: str) -> None:
    command = [sys.executable, "-c", f"import sys; sys.exit({said!r})"]
    with pytest.raises(bootstrap.BootstrapError) as caught:
        bootstrap._run(command)
    assert told in str(caught.value).splitlines()[0]
    assert said in str(caught.value)


def test_no_endless_restart(loose: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(bootstrap, "MODULES", ("no_such_module",))
    monkeypatch.setenv("ZHENGGAI_BOOTSTRAPPED", str(tmp_path / ".venv"))
    monkeypatch.setattr(bootstrap, "ensure", lambda: pytest.fail("tried again"))
    with pytest.raises(SystemExit) as caught:
        loose.enter()
    assert caught.value.code == 1


def test_lock_is_held_and_let_go(tmp_path: Path) -> None:
    path = tmp_path / "a" / "x.lock"
    got: list[float] = []

    def want() -> None:
        with bootstrap.locked(path):
            got.append(1)

    thread = threading.Thread(target=want)
    with bootstrap.locked(path):
        thread.start()
        thread.join(timeout=0.5)
        assert not got
    thread.join(timeout=5)
    assert got


def test_browser_that_only_asks_for_a_snap_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stub, real = tmp_path / "chromium-browser", tmp_path / "google-chrome"
    stub.write_text("#!/bin/sh\necho snap install chromium >&2\nexit 1\n", encoding="utf-8")
    real.write_text("#!/bin/sh\necho Chromium 1\n", encoding="utf-8")
    for path in (stub, real):
        path.chmod(0o755)
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert browser.find() == real
    monkeypatch.setenv("CHROMIUM", str(stub))
    assert browser.find() is None
    with pytest.raises(bootstrap.BootstrapError, match="CHROMIUM"):
        browser.get()


def test_apt_is_used_only_without_a_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: f"/bin/{name}")
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    for code, command in ((1, []), (0, ["/bin/sudo", "-n", "/bin/apt-get"])):
        monkeypatch.setattr(subprocess, "run", lambda *a, code=code, **k: SimpleNamespace(returncode=code))
        assert browser._apt() == command
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert browser._apt() == ["/bin/apt-get"]
