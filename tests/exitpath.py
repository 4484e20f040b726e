"""The way out, should MkDocs end: the same project built with ProperDocs has the same addresses.

    python tests/exitpath.py [REPORTS]

Puts ProperDocs (tests/properdocs.txt: version and hash) into `.cache/`, builds the reports with
both and compares the lists of addresses, then the pages themselves without the line that names
the program. Exit 0: the same addresses; 1: others, or a build failed.
"""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "tests" / "properdocs.txt"
_GENERATOR = re.compile(rb'<meta name="generator"[^>]*>')


def installed() -> Path:
    """A folder with ProperDocs; everything else it needs MkDocs needs, too. Raises CalledProcessError."""
    folder = ROOT / ".cache" / "properdocs" / hashlib.sha256(LOCK.read_bytes()).hexdigest()[:12]
    if not (folder / "properdocs").is_dir():
        command = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run(
            [*command, "--no-deps", "--require-hashes", "--target", str(folder), "-r", str(LOCK)], check=True
        )
    return folder


def build(program: str, reports: Path, site: Path, path: Path | None = None) -> Path:
    """Build with `mkdocs` or `properdocs`. Raises CalledProcessError."""
    environment = os.environ | {
        "REPORTS": str(reports), "SOURCE_DATE_EPOCH": "1750000000", "NO_MKDOCS_2_WARNING": "1",
        "SITE_URL": "https://zhenggai.example.cn/", "PYTHONPATH": str(path or ""),
    }  # fmt: skip
    command = [sys.executable, "-m", program, "build", "--strict", "-f", "mkdocs.yml", "-d", str(site)]
    subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)
    return site


def contents(site: Path) -> dict[str, bytes]:
    """Address → what is there, without the name of the program that made it."""
    return {
        path.relative_to(site).as_posix(): _GENERATOR.sub(b"", path.read_bytes())
        for path in site.rglob("*")
        if path.is_file()
    }


def main() -> int:
    reports = Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "tests" / "site" / "archive").resolve()
    try:
        with tempfile.TemporaryDirectory() as folder:
            ours = contents(build("mkdocs", reports, Path(folder) / "mkdocs"))
            theirs = contents(build("properdocs", reports, Path(folder) / "properdocs", installed()))
    except subprocess.CalledProcessError as error:
        print(error, error.stdout.decode() if error.stdout else "", sep="\n", file=sys.stderr)
        return 1
    for name in sorted(ours.keys() ^ theirs.keys()):
        print(f"{name}: only with {'MkDocs' if name in ours else 'ProperDocs'}")
    same = sum(ours[name] == theirs[name] for name in ours.keys() & theirs.keys())
    print(f"MkDocs {len(ours)} addresses, ProperDocs {len(theirs)}; {same} with the same bytes")
    return int(ours.keys() != theirs.keys())


if __name__ == "__main__":
    raise SystemExit(main())
