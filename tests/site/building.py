"""Builds sites for tests, with the command that everybody uses."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ARCHIVE = Path(__file__).resolve().parent / "archive"
"""Eight reports of units that do not exist; what each is there for: README.md beside them."""


def run_mkdocs(
    reports: Path, site: Path, cwd: Path = ROOT, **environment: str
) -> subprocess.CompletedProcess[str]:
    """`mkdocs build --strict` of the archive in `reports` in the project at `cwd`, whatever comes of it."""
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-d", str(site)]
    settings = {
        "REPORTS": str(reports), "NO_MKDOCS_2_WARNING": "1", "SOURCE_DATE_EPOCH": "1750000000",
        "CACHE": f"{site}.cache",  # a build from nothing, unless the site was built before
    }  # fmt: skip
    return subprocess.run(
        command, cwd=cwd, capture_output=True, text=True, check=False,
        env={k: v for k, v in os.environ.items() if k not in ("SITE_URL", "DEMO", "FOOTER", "SITE_NAME")}
        | settings | environment,
    )  # fmt: skip


def build_site(reports: Path, site: Path, cwd: Path = ROOT, **environment: str) -> Path:
    """The same, which must succeed; gives back `site`."""
    done = run_mkdocs(reports, site, cwd, **environment)
    assert done.returncode == 0, done.stdout + done.stderr
    return site
