"""The five real notices, from .txt to a reader: converted, published, found by unit, year, category and search."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from zhenggai import frontmatter
from zhenggai.model import Report
from zhenggai.rulebook import category_by_slug

pytestmark = [pytest.mark.browser, pytest.mark.seeds]

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def archive(seeds: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A user's archive of the real notices, made with the command that a clerk runs."""
    folder = tmp_path_factory.mktemp("档案 一")
    command = [
        sys.executable, str(ROOT / "scripts/publish.py"), "--incoming", str(seeds),
        "--reports", str(folder / "reports"), "--site", str(folder / "site"),
    ]  # fmt: skip
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return folder


@pytest.fixture(scope="module")
def reports(archive: Path) -> list[tuple[Report, str]]:
    found = [frontmatter.read(p) for p in sorted((archive / "reports").glob("[0-9u]*/*.md"))]
    assert len(found) == 5
    return found


@pytest.fixture
def page(archive: Path, browser: Any, serve: Callable[[Path], str]) -> Any:
    url = serve(archive / "site").rstrip("/")
    context = browser.new_context(base_url=url, locale="zh-CN")
    yield context.new_page()
    context.close()


def address(report: Report) -> str:
    return f"/reports/{report.year}/{report.id}/"


def links(page: Any) -> list[str]:
    hrefs: list[str] = page.locator("main a[href]").evaluate_all("all => all.map(a => a.href)")
    return [unquote(href) for href in hrefs]


def test_found_through_unit_year_and_category(page: Any, reports: list[tuple[Report, str]]) -> None:
    for report, _ in reports:
        for path in (f"/units/{report.unit_id}/", f"/years/{report.year}/"):
            response = page.goto(path)
            assert response.ok, path
            assert any(address(report) in href for href in links(page)), (path, report.id)
        for issue in report.issues:
            response = page.goto(f"/categories/{issue.category}/")
            assert response.ok, issue.category
            there = [href for href in links(page) if href.endswith(f"{address(report)}#{issue.anchor}")]
            assert there, (issue.category, issue.heading)
            assert issue.heading in page.locator("main").inner_text()
            assert category_by_slug()[issue.category].name in page.locator("h1").inner_text()


def test_links_to_problems_land_on_them(page: Any, reports: list[tuple[Report, str]]) -> None:
    for report, _ in reports:
        issue = report.issues[-1]
        page.goto(f"{address(report)}#{issue.anchor}")
        target = page.locator(":target")
        assert target.count() == 1
        assert issue.heading[:12] in target.inner_text()
        assert target.evaluate(
            "e => { const r = e.getBoundingClientRect(); return r.top >= 0 && r.top < innerHeight }"
        )


def test_every_problem_and_contact_stands_on_its_report(page: Any, reports: list[tuple[Report, str]]) -> None:
    for report, _ in reports:
        page.goto(address(report))
        text = page.locator("main").inner_text()
        for issue in report.issues:
            assert issue.heading in text
        for phone in report.contacts.phones if report.contacts else ():
            assert phone.value in text
            called = page.locator(f'a[href="tel:{phone.tel}"]').count()
            assert (called > 0) == (phone.tel is not None)


def test_found_by_a_phrase_of_the_notice(page: Any, reports: list[tuple[Report, str]]) -> None:
    for report, _ in reports:
        for issue in (report.issues[0], report.issues[-1]):
            page.goto(f"/search/?q={issue.heading}")
            results = page.locator('#search-results[data-state="done"]')
            results.wait_for(state="attached", timeout=10_000)
            shown = page.locator("#search-results [data-report-id]").evaluate_all(
                "all => all.map(e => e.dataset.reportId)"
            )
            assert report.id in shown, issue.heading
            hit = page.locator(f'[data-report-id="{report.id}"] a[href*="#"]').first
            hit.click()
            page.wait_for_url(f"**{address(report)}*")


def test_vendor_text_is_nowhere(archive: Path) -> None:
    site = "".join(p.read_text(encoding="utf-8") for p in (archive / "site").rglob("*.html"))
    for gone in ("paidbegin", "paidend", "编辑密码", "立享前3年", "打击倒卖", 'box-sizing: border-box;"&gt;'):
        assert gone not in site
    assert not list((archive / "site").rglob(".private*"))
