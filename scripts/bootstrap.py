"""Gives every command of this project its own Python environment, so that nobody has to install anything.

Each script begins with `import bootstrap; bootstrap.enter()`. Where the running
Python already has the libraries nothing happens; else `.venv` is made beside the
project from the hashed lock files and the script starts again inside it. Standard
library only, and readable by old Pythons, which must be able to say that they are old.

    python scripts/bootstrap.py            what publishing needs
    python scripts/bootstrap.py --test     what the tests need as well
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
CACHE = ROOT / ".cache"
LOCKS = ("requirements.lock", "requirements-test.lock")
OLDEST = (3, 11)
MODULES = (
    "mkdocs", "material", "jinja2", "markupsafe", "markdown", "yaml", "pydantic",
    "phonenumbers", "pypinyin", "charset_normalizer", "rapidfuzz", "numpy", "typer", "rich",
)  # fmt: skip
"""What the code imports, and the theme: a Python that has these is taken as it is."""
_AGAIN = "ZHENGGAI_BOOTSTRAPPED"


class BootstrapError(Exception):
    """Why there is no environment, and what to do: one message for people."""


def enter() -> None:
    """Return in a Python that has every library, with `src/` importable; may restart the script for it."""
    speak()
    try:
        if not _usable():
            if os.environ.get(_AGAIN) == str(VENV):
                raise BootstrapError(f"环境已建好，却仍缺少软件包。请删除文件夹 {VENV} 后重新运行。")
            _restart(ensure())
    except BootstrapError as error:
        stop(error)
    os.environ.pop(_AGAIN, None)
    if str(ROOT / "src") not in sys.path:
        sys.path.insert(0, str(ROOT / "src"))


def cache() -> Path:
    """Where commands keep what they made, as `extra.cache` of mkdocs.yml has it. Deleting it is always safe."""
    return ROOT / (os.environ.get("CACHE") or CACHE)


def ensure(test: bool = False) -> Path:
    """Make `.venv`, or bring it up to the lock files; returns its Python. Quick when nothing changed."""
    _check_python()
    if _current(test):
        return _python()
    with locked(CACHE / "bootstrap.lock"):
        if _current(test):  # another run made it while we waited
            return _python()
        wanted = _wanted(test or LOCKS[1] in _state())
        started = time.monotonic()
        print("正在准备运行环境，只需这一次，约一两分钟……", file=sys.stderr, flush=True)
        if not _sound():
            _make()
        # Only a finished environment carries the stamp; a killed one carries this and is made anew.
        _stamp().unlink(missing_ok=True)
        _unfinished().touch()
        _install([name for name in LOCKS if name in wanted])
        _stamp().write_text(json.dumps(wanted, indent=2) + "\n", encoding="utf-8")
        _unfinished().unlink(missing_ok=True)
        print(f"运行环境已就绪（{time.monotonic() - started:.0f} 秒）。", file=sys.stderr, flush=True)
    return _python()


@contextlib.contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock file `path`; waits for whoever holds it. The system lets go of it when a process dies."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+b") as handle:
        told = False
        while not _try_lock(handle.fileno()):
            if not told:
                print("另一个进程正在做同样的事，请稍候……", file=sys.stderr, flush=True)
                told = True
            time.sleep(0.3)
        yield


def speak() -> None:
    """Never fail for a character that the terminal cannot show."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError, ValueError):
            stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]


def stop(error: Exception, code: int = 1) -> NoReturn:
    """Say what is wrong, in one line, and end with `code`."""
    print(f"错误：{error}", file=sys.stderr)
    sys.exit(code)


def _usable() -> bool:
    """Whether this very Python can run the project: never our own `.venv` when unfinished or out of date."""
    if Path(sys.prefix).resolve() == VENV.resolve():
        if _unfinished().exists():
            return False
        if _stamp().exists() and not _current(test=False):
            return False
    return sys.version_info >= OLDEST and all(importlib.util.find_spec(name) for name in MODULES)


def _check_python() -> None:
    if sys.version_info < OLDEST:
        found = ".".join(map(str, sys.version_info[:3]))
        raise BootstrapError(
            f"Python 太旧：现在是 {found}，需要 3.11 或更新。"
            "装好新版后再运行，例如：make demo PYTHON=python3.12"
            "（Windows：py -3.12 scripts\\publish.py --demo）。"
        )


def _current(test: bool) -> bool:
    """Whether `.venv` is finished, works and follows the lock files (the tests' too once it has them)."""
    state = _state()
    return state == _wanted(test or LOCKS[1] in state) and _sound()


def _wanted(test: bool) -> dict[str, str]:
    """What a finished environment records: the hash of each lock file."""
    names = LOCKS[: 2 if test else 1]
    return {name: hashlib.sha256((ROOT / name).read_bytes()).hexdigest() for name in names}


def _state() -> dict[str, str]:
    """What the environment at hand records; empty when it is not finished."""
    try:
        state = json.loads(_stamp().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return state if isinstance(state, dict) else {}


def _stamp() -> Path:
    return VENV / "zhenggai-ready.json"


def _unfinished() -> Path:
    return VENV / "zhenggai-unfinished"


def _python() -> Path:
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def _sound() -> bool:
    """Whether `.venv` is whole enough to install into: it starts, has pip, was not left half-made.

    After a system upgrade its Python may be gone, or another than the one its libraries are for.
    """
    if _unfinished().exists() or not _python().exists():
        return False
    test = f"import pip, sys; sys.exit(sys.version_info < {OLDEST})"
    return subprocess.run([_python(), "-c", test], capture_output=True, check=False).returncode == 0


def _make() -> None:
    if not (importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip")):
        raise BootstrapError(
            "这台机器的 Python 缺少 venv。"
            "Debian、Ubuntu 请先运行：sudo apt install python3-venv，然后重新运行本命令。"
        )
    if Path(sys.prefix).resolve() == VENV.resolve():
        raise BootstrapError(f"{VENV} 没有建完。请删除这个文件夹，再用系统的 python3 运行一次。")
    shutil.rmtree(VENV, ignore_errors=True)
    VENV.mkdir(parents=True, exist_ok=True)
    _unfinished().touch()
    _run([sys.executable, "-m", "venv", str(VENV)])


def _install(locks: list[str]) -> None:
    options = ["--quiet", "--disable-pip-version-check", "--no-input", "--require-hashes"]
    _run([str(_python()), "-m", "pip", "install", *options, *(f"-r{ROOT / name}" for name in locks)])


def _run(command: list[str]) -> None:
    """Run in silence; on failure tell the reason in plain words and the tool's own last lines."""
    done = subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", errors="replace", check=False
    )
    if done.returncode == 0:
        return
    said = (done.stderr + done.stdout).strip()
    raise BootstrapError(f"{_reason(said)}\n--- 工具的原话 ---\n" + "\n".join(said.splitlines()[-12:]))


def _reason(said: str) -> str:
    """What a failed venv or pip run means to somebody who has never heard of either."""
    signs = (
        (("ensurepip is not", "No module named ensurepip", "No module named venv"),
         "这台机器的 Python 缺少 venv。Debian、Ubuntu 请先运行：sudo apt install python3-venv。"),
        (("DO NOT MATCH THE HASHES",),
         "下载到的软件包与清单的校验值不符，已停止安装。换一个网络或镜像再试；反复出现时请勿继续。"),
        (("No space left",), "磁盘已满，腾出约 500 MB 后再运行。"),
        (("Permission denied", "Errno 13"), f"没有权限写入 {VENV}。请把项目放到自己的文件夹里再运行。"),
        (("NewConnectionError", "ConnectTimeout", "Read timed out", "name resolution", "getaddrinfo",
          "Network is unreachable", "Could not find a version", "ProxyError", "SSLError", "ConnectionError"),
         "连不上软件包仓库。请检查网络；在内网请先设置镜像：pip config set global.index-url <镜像地址>。"),
    )  # fmt: skip
    return next((text for marks, text in signs if any(mark in said for mark in marks)), "安装运行环境失败。")


def _restart(python: Path) -> NoReturn:
    """Run the same script with the same arguments in the environment, and end as it ends."""
    command = [str(python), *sys.argv]
    environment = {**os.environ, _AGAIN: str(VENV)}
    sys.stdout.flush()
    if os.name == "nt":  # exec gives the prompt back at once there
        sys.exit(subprocess.run(command, env=environment, check=False).returncode)
    os.execve(command[0], command, environment)  # noqa: S606 (our own command)


if sys.platform == "win32":
    import msvcrt

    def _try_lock(handle: int) -> bool:
        try:
            os.lseek(handle, 0, os.SEEK_SET)
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _try_lock(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True


def main() -> None:
    """The command line."""
    speak()
    parser = argparse.ArgumentParser(description="准备运行环境 .venv；其他命令会自动调用，通常不必自己运行。")
    parser.add_argument("--test", action="store_true", help="连同测试所需")
    arguments = parser.parse_args()
    try:
        print(ensure(test=arguments.test))
    except BootstrapError as error:
        stop(error)


if __name__ == "__main__":
    main()
