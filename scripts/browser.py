"""Finds the Chromium that the browser tests drive, or gets one. Standard library only.

An installed Chromium or Chrome is best: it is what readers have. Else the system's
package, else Playwright's own build in the project's environment.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import bootstrap

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)


def find() -> Path | None:
    """A browser that starts: `$CHROMIUM`, then one on the PATH, then Playwright's own."""
    named = os.environ.get("CHROMIUM")
    for path in [named] if named else _installed():
        if _starts(path):
            return Path(path)
    return None if named else _playwrights()


def get() -> Path:
    """A browser, installed if there is none. Raises BootstrapError where none can be had."""
    if found := find():
        return found
    if named := os.environ.get("CHROMIUM"):
        raise bootstrap.BootstrapError(f"环境变量 CHROMIUM 指的 {named} 无法启动，请改正或去掉它。")
    print("没有找到 Chromium 或 Chrome，正在安装一个供测试用……", file=sys.stderr, flush=True)
    if apt := _apt():
        for arguments in (["update", "-q"], ["install", "-y", "-q", "--no-install-recommends", "chromium"]):
            _quietly([*apt, *arguments])
        if found := find():
            return found
    python = bootstrap.ensure(test=True)
    # Root can also fetch the system libraries that Playwright's build needs.
    extra = ["--with-deps"] if apt else []
    said = _quietly([str(python), "-m", "playwright", "install", *extra, "chromium"])
    if found := find():
        return found
    raise bootstrap.BootstrapError(
        "装不上浏览器。请自行安装 Chromium 或 Chrome 后再运行"
        f"（Debian：sudo apt install chromium）。\n--- 工具的原话 ---\n{said[-800:]}"
    )


def _installed() -> Iterator[str]:
    for name in NAMES:
        if path := shutil.which(name):
            yield path
    yield from (place for place in PLACES if Path(place).exists())


def _starts(path: str) -> bool:
    """Ubuntu's `chromium-browser` may be a stub that only asks for a snap: try it."""
    try:
        done = subprocess.run([path, "--version"], capture_output=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def _playwrights() -> Path | None:
    """The build that `playwright install` fetched, if any."""
    code = (
        "from playwright.sync_api import sync_playwright as s\n"
        "with s() as p: print(p.chromium.executable_path)"
    )
    python = bootstrap.VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if not python.exists():
        return None
    done = subprocess.run([python, "-c", code], capture_output=True, text=True, check=False)
    path = Path(done.stdout.strip() or os.devnull)
    return path if done.returncode == 0 and path.is_file() and _starts(str(path)) else None


def _apt() -> list[str]:
    """How to call apt-get here without being asked for a password; empty where that cannot be done."""
    apt = shutil.which("apt-get")
    if not apt or os.name == "nt":
        return []
    if os.geteuid() == 0:
        return [apt]
    sudo = shutil.which("sudo")
    if not sudo:
        return []
    asks = subprocess.run([sudo, "-n", "true"], capture_output=True, check=False)
    return [sudo, "-n", apt] if asks.returncode == 0 else []


def _quietly(command: list[str]) -> str:
    """Run, show nothing, return what was said; failing is the caller's to notice."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    done = subprocess.run(
        command, capture_output=True, text=True, errors="replace", env=environment, check=False
    )
    return done.stdout + done.stderr


def main() -> None:
    """The command line."""
    bootstrap.speak()
    parser = argparse.ArgumentParser(description="找出测试用的浏览器，没有就装一个，并打印它在哪里。")
    parser.add_argument("--find", action="store_true", help="只找，不安装；找不到时退出码为 1")
    arguments = parser.parse_args()
    try:
        path = find() if arguments.find else get()
    except bootstrap.BootstrapError as error:
        bootstrap.stop(error)
    if path is None:
        bootstrap.stop(bootstrap.BootstrapError("没有找到浏览器。"))
    print(path)


if __name__ == "__main__":
    main()
