"""What all tests share: markers, the real notices if they are at hand, a browser, reports to play with."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import browser
from zhenggai import frontmatter
from zhenggai.model import Report

ROOT = Path(__file__).resolve().parent.parent
SEEDS = ROOT.parent / "shared" / "seeds"

MARKERS = (
    "seeds: needs the five real notices, which are not part of this repository",
    "browser: drives a real Chromium",
    "slow: takes more than a few seconds",
)


def pytest_configure(config: pytest.Config) -> None:
    """Declare the markers here, beside their meaning."""
    for marker in MARKERS:
        config.addinivalue_line("markers", marker)


@pytest.fixture(scope="session", autouse=True)
def cache_of_its_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What commands keep from run to run is the tests' own: none finds what a person's archive left."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CACHE", str(tmp_path_factory.mktemp("cache")))
        yield


_FIGURES = pytest.StashKey[list[str]]()


@pytest.fixture
def figure(request: pytest.FixtureRequest) -> Callable[[str], None]:
    """`figure("3 kills")` has it printed below the results: what the README says was measured."""
    told = request.config.stash.setdefault(_FIGURES, [])
    return lambda said: told.append(f"{request.node.name}: {said}")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Print what tests measured."""
    for line in config.stash.get(_FIGURES, []):
        terminalreporter.write_line(line)


@pytest.fixture(scope="session")
def seeds() -> Path:
    """The folder of real notices; the test is skipped, and says so, where it is absent."""
    if not SEEDS.is_dir():
        pytest.skip("the real notices (../shared/seeds) are not here")
    return SEEDS


@pytest.fixture(scope="session")
def chromium() -> str:
    """Path of a Chromium to drive. `make test` sets it up; CI must not pass for want of one."""
    found = browser.find()
    if found is None:
        reason = "no Chromium or Chrome: run `python scripts/browser.py`"
        if os.environ.get("CI") or os.environ.get("CHROMIUM"):
            pytest.fail(reason)
        pytest.skip(reason)
    return str(found)


@pytest.fixture(scope="session")
def report_data() -> dict[str, Any]:
    """Front matter of an invented notice with one problem, as plain data: copy, change, validate."""
    return {
        "id": "lanxi-2023-001", "title": "关于巡察整改进展情况的通报", "unit": "共青团岚溪县委员会",
        "unit_id": "lanxi-tuan", "unit_kind": "共青团", "level": "县",
        "province": None, "city": None, "county": "岚溪县", "kind": "整改进展情况的通报",
        "inspecting_body": "县委第二巡察组", "inspection_round": None, "inspection_type": "常规巡察",
        "inspection_start": "2023-03-01", "inspection_end": "2023-05-10", "feedback_date": "2023-06-15",
        "published": "2023-10-08", "signed_date": "2023-09-28", "signed_by": "共青团岚溪县委员会",
        "year": "2023", "problem_count": 1, "completed_count": None, "completion_rate": None, "masked": False,
        "tags": ["other"],
        "issues": [{
            "number": "1.", "heading": "值班记录补登不及时", "category": "other", "status": "completed",
            "origin": "feedback", "anchor": "值班记录补登不及时",
        }],
        "contacts": None, "documents": [], "accountability": None, "notice_period": None,
        "source": {"file": "岚溪.txt", "sha256": "0" * 64, "encoding": "utf-8"}, "review": [],
    }  # fmt: skip


REPORT_BODY = "## 1. 关于“值班记录补登不及时”的问题 {#值班记录补登不及时}\n\n已补登记录 12 份。\n"


@pytest.fixture
def write_report(report_data: dict[str, Any]) -> Callable[..., Path]:
    """`write_report(folder, body=…, name=…, **changes)` writes a report as <folder>/<year>/<id>.md."""

    def write(folder: Path, *, body: str = REPORT_BODY, name: str | None = None, **changes: Any) -> Path:
        report = Report.model_validate({**report_data, **changes})
        path = folder / report.year / f"{name or report.id}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(frontmatter.render(report, body), encoding="utf-8")
        return path

    return write
