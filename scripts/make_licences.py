"""Writes LICENCES.md: under which terms each package of the lock files comes.

    python scripts/make_licences.py LICENCES.md

Run it in `.venv` after `make lock`; what a package says of itself is read from what is
installed there. A test holds the file to the locks and to the terms that this project takes.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from importlib.metadata import PackageMetadata, PackageNotFoundError, metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ("requirements.lock", "requirements-test.lock")
ELSEWHERE = {"axe-playwright-python": "MIT", "colorama": "BSD-3-Clause", "tzdata": "Apache-2.0"}
"""Packages that say nothing, or that only some systems have: read from their own licence files."""
_CLASSIFIER = "License :: OSI Approved :: "
_SHORT = {
    "Apache Software License": "Apache-2.0", "Apache License 2.0": "Apache-2.0", "Apache 2.0": "Apache-2.0",
    "Apache License, Version 2.0": "Apache-2.0", "Apache License (2.0)": "Apache-2.0",
    "MIT License": "MIT", "The MIT License (MIT)": "MIT", "MIT license": "MIT",
    "BSD License": "BSD", "BSD": "BSD", "3-Clause BSD License": "BSD-3-Clause", "BSD 3-Clause": "BSD-3-Clause",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0", "Mozilla Public License 2.0": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0", "ISC License (ISCL)": "ISC",
    "The Unlicense (Unlicense)": "Unlicense", "GNU Lesser General Public License v3 (LGPLv3)": "LGPL-3.0",
}  # fmt: skip
"""Older ways to say it → SPDX."""


def locked(name: str) -> dict[str, list[str]]:
    """Package → its versions in a lock file; some have one for each range of Pythons."""
    found: dict[str, list[str]] = defaultdict(list)
    for package, version in re.findall(r"^([a-z0-9._-]+)==(\S+)", (ROOT / name).read_text("utf-8"), re.M):
        found[package].append(version)
    return dict(found)


def licence(package: str) -> str:
    """What a package says of its own terms, as SPDX where it can be told; "" where it says nothing."""
    try:
        said = metadata(package)
    except PackageNotFoundError:
        return ELSEWHERE.get(package, "")
    return _expression(said) or ELSEWHERE.get(package, "")


def _expression(said: PackageMetadata) -> str:
    if expressions := said.get_all("License-Expression"):
        return str(expressions[0])
    names = [
        c.removeprefix(_CLASSIFIER) for c in said.get_all("Classifier") or () if c.startswith(_CLASSIFIER)
    ]
    text = str((said.get_all("License") or [""])[0]).strip()
    if len(names) != 1 and text and len(text) < 40:
        names = [text]
    short = sorted({_SHORT.get(name, name) for name in names})
    if short == ["BSD"] and text in _SHORT:
        short = [_SHORT[text]]
    return " AND ".join(short)


def table() -> str:
    """The whole file."""
    run, test = (locked(name) for name in LOCKS)
    lines = [
        "# 用到的软件包和许可证",
        "",
        "由 `scripts/make_licences.py` 从锁定文件和安装好的软件包生成，勿手改。"
        "本项目自己的代码按 MIT 许可（LICENSE）；软件包安装时从软件源取得，不随本项目分发，也不进入建成的网站。",
        "",
        "| 软件包 | 版本 | 许可证 | 用途 |",
        "| --- | --- | --- | --- |",
    ]
    for package in sorted(run | test):
        versions = "、".join((run | test)[package])
        use = "运行" if package in run else "测试"
        lines.append(f"| {package} | {versions} | {licence(package) or '未注明'} | {use} |")
    return "\n".join(lines) + "\n"


def main() -> int:
    if len(sys.argv) != 2:
        print(__doc__)
        return 2
    Path(sys.argv[1]).write_text(table(), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
