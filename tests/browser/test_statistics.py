"""Charts and long lists in a real browser: text that keeps its size, colours of each scheme, paper, no JavaScript."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

pytestmark = pytest.mark.browser

STATISTICS = "statistics/"
TALLEST = """() => Math.max(...[...document.querySelectorAll('.zg-chart text')]
    .map(e => e.getBoundingClientRect().height / parseFloat(getComputedStyle(e).fontSize)))"""
OUTSIDE = """() => [...document.querySelectorAll('.zg-chart text')].filter(e => {
    const {left, right} = e.getBoundingClientRect(); return left < 0 || right > innerWidth }).map(e => e.textContent)"""
OVERLAPS = """() => [...document.querySelectorAll('.zg-chart svg')].flatMap(row => {
    const [name, ...others] = [...row.querySelectorAll('text')].map(e => [e.textContent, e.getBoundingClientRect()])
    return name ? others.filter(([, b]) => b.left < name[1].right && b.top < name[1].bottom - 4 && b.bottom > name[1].top + 4)
      .map(([text]) => `${name[0]} ${text}`) : [] })"""


def size_of(page: Any, selector: str) -> float:
    return float(page.locator(selector).first.evaluate("e => parseFloat(getComputedStyle(e).fontSize)"))


@pytest.mark.parametrize("elder", [False, True])
def test_text_of_charts_is_never_scaled_nor_cut(open_page: Callable[..., Any], elder: bool) -> None:
    """As large as the text around it on a phone, on a desk and in large type; nothing over an edge or another word."""
    for width in (320, 390, 1280):
        page = open_page(width=width)
        page.goto(STATISTICS)
        page.evaluate("on => document.documentElement.classList.toggle('zg-elder', on)", elder)
        assert size_of(page, ".zg-chart") == size_of(page, "body")
        assert page.evaluate(TALLEST) < 1.8, "a line of text, not an enlarged one"
        assert page.evaluate(OUTSIDE) == []
        assert page.evaluate(OVERLAPS) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_bars_are_as_long_as_their_figures(page: Any) -> None:
    page.goto(STATISTICS)
    rows = page.locator('.zg-chart[aria-labelledby="years-title"] > svg').evaluate_all(
        "all => all.map(row => [row.querySelector('rect').getBoundingClientRect().width,"
        " +row.querySelector('.zg-chart__value').textContent])"
    )
    assert len(rows) == 6
    scale = {round(width / value, 1) for width, value in rows if value}
    assert max(scale) - min(scale) < 0.4


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_bars_stand_out_from_the_ground(open_page: Callable[..., Any], scheme: str) -> None:
    page = open_page(scheme=scheme)
    page.goto(STATISTICS)
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    found = page.locator(".zg-chart__bar").evaluate_all(
        "all => all.map(e => { const s = getComputedStyle(e); return s.fill.startsWith('url') ? s.stroke : s.fill })"
    )
    light = {c: sum(map(int, c.removeprefix("rgb(").rstrip(")").split(","))) for c in {*found, ground}}
    solid = {c for c in found if c != ground}
    assert len(solid) >= 2
    assert all(abs(light[c] - light[ground]) > 200 for c in solid)


def test_patterns_are_drawn(page: Any) -> None:
    """A fill that names a missing pattern draws nothing: each must lead to a pattern of this page."""
    for address in (STATISTICS, "categories/finance/", "years/2024/"):
        page.goto(address)
        missing = page.locator(".zg-chart__bar").evaluate_all("""all => all.map(e => getComputedStyle(e).fill)
            .filter(f => f.startsWith('url')).filter(f => !document.querySelector(f.match(/#[\\w-]+/)[0]))""")
        assert missing == []
        shapes = page.locator(".zg-chart use").evaluate_all(
            "all => all.filter(e => !document.querySelector(e.getAttribute('href'))).length"
        )
        assert shapes == 0


def test_tables_unfold_without_javascript_and_on_paper(open_page: Callable[..., Any]) -> None:
    page = open_page(width=390, javascript=False)
    page.goto(STATISTICS)
    table = page.locator("#years ~ details table")
    assert not table.is_visible()
    page.locator("#years ~ details summary").click()
    assert table.is_visible()
    page.goto(STATISTICS)
    page.emulate_media(media="print")
    for index in range(page.locator(".zg-fold table").count()):
        assert page.locator(".zg-fold table").nth(index).is_visible()
    assert page.locator(".zg-chart").first.is_visible()


def test_files_are_downloaded(page: Any) -> None:
    page.goto(STATISTICS)
    with page.expect_download() as download:
        page.locator('a[href$="statuses.csv"]').click()
    text = download.value.path().read_text("utf-8-sig")
    assert text.splitlines()[0] == "整改状态,问题（个）,占全部问题"


def test_a_category_by_unit_and_back_by_year(open_page: Callable[..., Any]) -> None:
    page = open_page(width=390, javascript=False)
    page.goto("categories/finance/")
    page.get_by_role("link", name="按单位").click()
    assert page.url.endswith("/categories/finance/by-unit/")
    page.locator(".zg-letters").get_by_role("link", name="Y").click()
    assert page.locator(":target").inner_text().startswith("中共砚溪县文化馆党组")
    page.get_by_role("link", name="按年份").click()
    page.locator(".zg-letters").get_by_role("link", name="2022年").click()
    assert page.locator(":target").inner_text() == "2022年"


def test_open_problems_narrowed_down_without_javascript(open_page: Callable[..., Any]) -> None:
    page = open_page(width=390, javascript=False)
    page.goto("open/")
    page.get_by_role("link", name="正在整改 3 个").click()
    assert page.locator(".zg-problems__what").count() == 3
    page.locator("summary", has_text="只看一类问题").click()
    page.get_by_role("link", name="财务与资金管理").first.click()
    assert page.url.endswith("/open/finance/")
    assert page.locator("h1").inner_text() == "尚未完成：财务与资金管理"


def test_unit_by_year_becomes_cards_on_a_phone(open_page: Callable[..., Any]) -> None:
    page = open_page(width=390)
    page.goto("years/units/")
    row = page.locator(".zg-matrix tr", has_text="砚溪县文化馆")
    shown = row.locator("td").evaluate_all(
        "all => all.filter(e => getComputedStyle(e).display !== 'none').length"
    )
    assert shown == 2, "empty cells are for tables"
    name, year = row.locator("th").bounding_box(), row.locator("td:visible").first.bounding_box()
    assert year["y"] >= name["y"] + name["height"] - 1
    assert row.locator("td:visible").first.inner_text() == "2024年 1 份"
    wide = open_page(width=1280)
    wide.goto("years/units/")
    row = wide.locator(".zg-matrix tr", has_text="砚溪县文化馆")
    assert row.locator("td").count() == 6
    assert row.locator("a").nth(1).bounding_box()["width"] < 60, "the year is told by the column"


def test_the_menu_holds_every_section_on_a_phone(open_page: Callable[..., Any]) -> None:
    page = open_page(width=390, javascript=False)
    page.goto(STATISTICS)
    page.locator(".zg-menu summary").click()
    boxes = page.locator(".zg-menu a").evaluate_all("all => all.map(a => a.getBoundingClientRect().toJSON())")
    assert len(boxes) == 12
    assert max(box["bottom"] for box in boxes) < 844, "without scrolling"
    assert min(box["width"] for box in boxes) > 120
    page.locator(".zg-menu").get_by_role("link", name="文件").click()
    assert page.locator("h1").inner_text() == "文件"
