"""Every page kind in a real browser: links land where they promise, on any width, with and without JavaScript."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import quote, unquote

import pytest
from tests.browser.conftest import Site, until

pytestmark = pytest.mark.browser

LATEST = "reports/2024/2024-yanxixian-wenhuaguan-2/"
HOSPITAL = "reports/2023/2023-tinglanxian-renminyiyuan/"
KINDS = {
    "home": "", "units": "units/", "unit": "units/yanxixian-wenhuaguan/", "years": "years/",
    "year": "years/2024/", "categories": "categories/", "category": "categories/finance/",
    "regions": "regions/", "region": "regions/lanjiangsheng-suchuanshi-yanxixian/", "open": "open/",
    "contacts": "contacts/", "about": "about/", "search": "search/", "report": LATEST,
    "masked": "reports/2020/2020-xxxian-gongqingtuan/", "missing": "404.html", "statistics": "statistics/",
    "documents": "documents/", "by unit": "categories/finance/by-unit/", "matrix": "years/units/",
}  # fmt: skip
every_kind = pytest.mark.parametrize("address", KINDS.values(), ids=KINDS.keys())

CONTRAST = """() => {
  const light = c => { const [r, g, b] = c.match(/[\\d.]+/g).map(Number).map(v => v / 255)
    .map(v => v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4); return .2126 * r + .7152 * g + .0722 * b }
  const ground = e => { for (; e; e = e.parentElement) { const c = getComputedStyle(e).backgroundColor
    if (!/rgba\\(.*, 0\\)|transparent/.test(c)) return c } return getComputedStyle(document.documentElement).backgroundColor }
  const poor = []
  for (const e of document.body.querySelectorAll('*')) {
    if (![...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()) || !e.checkVisibility()) continue
    const [a, b] = [light(getComputedStyle(e).color), light(ground(e))].sort((x, y) => y - x)
    const ratio = (a + .05) / (b + .05)
    if (ratio < 4.5) poor.push(`${e.tagName}.${e.className} ${e.textContent.trim().slice(0, 20)} ${ratio.toFixed(2)}`)
  }
  return poor
}"""


def lands(page: Any, anchor: str) -> None:
    """The paragraph is on screen and marked, unlike its neighbours."""
    assert unquote(page.url.split("#")[1]) == anchor
    spot = page.locator(":target")
    assert spot.get_attribute("id") == anchor
    box = spot.bounding_box()
    assert 0 <= box["y"] < page.viewport_size["height"] - 20
    ground = "e => getComputedStyle(e).backgroundColor"
    assert spot.evaluate(ground) != page.locator(".zg-text > p").first.evaluate(ground)
    assert spot.evaluate(ground) not in ("rgba(0, 0, 0, 0)", "transparent")


# ---------- every page kind ----------


@every_kind
def test_nothing_runs_off_the_screen(page: Any, address: str) -> None:
    page.goto(address)
    for width in (320, 390, 700, 1280):
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@every_kind
def test_words_stand_out(page: Any, address: str) -> None:
    page.goto(address)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert page.evaluate(CONTRAST) == [], scheme


def test_poor_contrast_would_be_seen(page: Any) -> None:
    page.goto("about/")
    page.locator("p").evaluate_all("all => all.forEach(p => { p.style.color = '#999' })")
    assert page.evaluate(CONTRAST)


@every_kind
def test_text_is_large_enough(page: Any, address: str) -> None:
    page.goto(address)
    assert float(page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")) >= 17
    smallest = page.evaluate("""() => Math.min(...[...document.querySelectorAll('main *')]
        .filter(e => e.checkVisibility() && [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()))
        .map(e => parseFloat(getComputedStyle(e).fontSize)))""")
    assert smallest >= 15


@every_kind
def test_skip_link_comes_first(page: Any, address: str) -> None:
    page.goto(address)
    first = page.evaluate("""() => [...document.querySelectorAll('a[href], button, input, summary')]
        .filter(e => e.checkVisibility())[0].textContent.trim()""")
    assert first == "跳到正文"


def test_skip_link_shows_itself_and_leads_to_the_page(page: Any) -> None:
    page.goto(LATEST)
    skip = page.locator(".md-skip")
    assert skip.bounding_box()["x"] < 0
    page.keyboard.press("Tab")
    assert skip.bounding_box()["x"] >= 0
    page.keyboard.press("Enter")
    until(page, "document.activeElement.id === 'main'")


# ---------- ways through the archive ----------


def test_from_the_ledger_to_the_paragraph(page: Any) -> None:
    page.goto(LATEST)
    page.locator(".zg-ledger").get_by_role("link", name="购置音响拆成四笔，避开招标", exact=True).click()
    lands(page, "购置音响拆成四笔避开招标")


def test_to_a_sub_problem_and_to_a_repetition(page: Any) -> None:
    page.goto(LATEST)
    page.get_by_role("link", name="辅导老师补助久拖未发").click()
    lands(page, "辅导老师补助久拖未发")
    assert page.locator(":target").inner_text().startswith("针对“辅导老师补助久拖未发”问题")
    page.get_by_role("link", name="原文另一处").click()
    lands(page, "下乡辅导排了计划却没有照办-2")


@pytest.mark.parametrize("address", ["categories/finance/", "open/", "units/yanxixian-wenhuaguan/"])
def test_from_lists_to_the_paragraph(page: Any, address: str) -> None:
    page.goto(address)
    page.locator(".zg-problems").get_by_role("link", name="场馆出租收入没有及时入账").click()
    lands(page, "场馆出租收入没有及时入账")


def test_from_the_home_page_by_every_way_in(page: Any) -> None:
    for section, steps in {
        "单位": ["汀兰县人民医院"],
        "年份": ["2023年"],
        "问题类别": ["民生实事与公共服务"],
        "地区": ["岚江省", "溯川市", "汀兰县"],
    }.items():
        page.goto("")
        page.locator(".zg-nav").get_by_role("link", name=section, exact=True).click()
        for step in steps:
            page.locator("#main").get_by_role("link", name=step).first.click()
        page.locator(f'#main a[href*="{HOSPITAL}"]').first.click()
        assert page.locator("h1").inner_text() == "汀兰县人民医院党委关于巡察整改情况的公示"


def test_header_search_leads_to_the_search_page(page: Any, site: Site) -> None:
    page.goto("units/")
    page.locator(".zg-header input[type=search]").fill("团费 & 收缴")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=*")
    assert page.url.startswith(f"{site.url}search/?q=" + quote("团费"))
    assert "%26" in page.url


def test_numbers_can_be_rung(page: Any) -> None:
    page.goto(HOSPITAL)
    links = page.locator(".zg-contact a")
    assert links.evaluate_all("all => all.map(a => [a.textContent, a.getAttribute('href')])") == [
        ["0997-0103366转802", "tel:+869970103366;ext=802"], ["15400001122", "tel:+8615400001122"],
        ["jw@example.org", "mailto:jw@example.org"], ["dangban@example.org", "mailto:dangban@example.org"],
    ]  # fmt: skip
    page.goto("reports/undated/undated-xian-danganju/")
    assert page.locator(".zg-contact a").count() == 0


# ---------- phone ----------


def test_menu_unfolds_on_a_phone_without_javascript(open_page: Callable[..., Any]) -> None:
    page = open_page(width=390, javascript=False)
    page.goto("units/")
    menu = page.locator(".zg-menu")
    assert not page.locator(".zg-nav").is_visible()
    assert not menu.get_by_role("link", name="年份").is_visible()
    menu.locator("summary").click()
    menu.get_by_role("link", name="年份").click()
    assert page.locator("h1").inner_text() == "年份"


def test_the_menu_button_stays_where_it_is(open_page: Callable[..., Any]) -> None:
    page = open_page(width=390)
    for address in ("", "units/"):
        page.goto(address)
        button = page.locator(".zg-menu summary")
        before = button.bounding_box()
        button.click()
        assert page.locator(".zg-menu").get_by_role("link", name="年份").is_visible()
        assert button.bounding_box() == before


def test_tables_become_cards_on_a_phone(open_page: Callable[..., Any]) -> None:
    page = open_page(width=390)
    page.goto(LATEST)
    row = page.locator(".zg-ledger tbody tr").nth(1)
    what, status = (
        row.locator(".zg-ledger__what").bounding_box(),
        row.locator(".zg-ledger__status").bounding_box(),
    )
    assert status["y"] >= what["y"] + what["height"] - 1, "the status stands below the wording"
    wide = open_page(width=1280)
    wide.goto(LATEST)
    row = wide.locator(".zg-ledger tbody tr").nth(1)
    assert abs(
        row.locator(".zg-ledger__what").bounding_box()["y"] - row.locator(".zg-ledger__status").bounding_box()["y"]
    ) < 2  # fmt: skip


@every_kind
def test_links_in_lists_are_large_enough_to_tap(open_page: Callable[..., Any], address: str) -> None:
    """Buttons and menu entries are at least 40 px high on a phone; links are lines of text."""
    page = open_page(width=390)
    page.goto(address)
    if page.locator(".zg-menu summary").count():
        page.locator(".zg-menu summary").click()
    heights = page.locator(".zg-menu a, .zg-menu summary, .zg-search button, .zg-search input").evaluate_all(
        "all => all.map(e => e.getBoundingClientRect().height)"
    )
    assert min(heights) >= 40


# ---------- without JavaScript, on paper ----------


def test_every_notice_and_contact_without_javascript(open_page: Callable[..., Any], site: Site) -> None:
    page = open_page(javascript=False)
    page.goto("units/")
    units = page.locator(".zg-letter a").evaluate_all("all => all.map(a => a.href)")
    found = set()
    for address in units:
        page.goto(address)
        found |= set(page.locator(".zg-card a").evaluate_all("all => all.map(a => a.href)"))
    published = {p.parent.name for p in (site.folder / "reports").rglob("index.html")}
    assert {address.rstrip("/").split("/")[-1] for address in found} == published
    for address in found:
        page.goto(address)
        assert page.locator(".zg-text p").count() > 0
        assert page.locator("#contact").is_visible()


def test_paper(page: Any) -> None:
    """Print keeps the notice, its facts and its shapes, and drops what one cannot use on paper."""
    page.emulate_media(media="print")
    page.goto(LATEST)
    for gone in (".zg-nav", ".zg-search", ".zg-rail", ".zg-crumbs"):
        assert not page.locator(gone).first.is_visible(), gone
    for kept in ("h1", ".zg-facts", ".zg-ledger", ".zg-contact", ".zg-text", ".zg-source"):
        assert page.locator(kept).first.is_visible(), kept
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"


def test_dark_paper_is_white(open_page: Callable[..., Any]) -> None:
    page = open_page(scheme="dark")
    page.emulate_media(media="print")
    page.goto(LATEST)
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def test_dark_is_dark(open_page: Callable[..., Any]) -> None:
    page = open_page(scheme="dark")
    page.goto(LATEST)
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(22, 24, 27)"
