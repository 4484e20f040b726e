"""For everyone: 长者模式, copying, 公示期 by the reader's own day, paper, and pages that are light and do not jump."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from typing import Any

import pytest
from tests.browser.conftest import Site, until
from tests.browser.test_axe import KINDS
from tests.browser.test_pages import CONTRAST, HOSPITAL, LATEST

pytestmark = pytest.mark.browser

Open = Callable[..., Any]
every_kind = pytest.mark.parametrize("address", KINDS.values(), ids=KINDS.keys())
SIZE = "parseFloat(getComputedStyle(document.body).fontSize)"
GROUND = "getComputedStyle(document.body).backgroundColor"


# ---------- 长者模式 ----------


def test_larger_and_remembered_from_page_to_page(page: Any) -> None:
    page.add_init_script("""new MutationObserver((_, watcher) => { if (!document.body) return
        window.atFirst = document.documentElement.className; watcher.disconnect()
    }).observe(document, {childList: true, subtree: true})""")
    page.goto("")
    button = page.get_by_role("button", name="长者模式")
    assert button.get_attribute("aria-pressed") == "false"
    before = page.evaluate(SIZE)
    button.click()
    assert button.get_attribute("aria-pressed") == "true"
    assert page.evaluate(SIZE) >= before * 1.2
    until(page, "document.getElementById('zg-said').textContent.startsWith('已打开长者模式')")
    page.goto(LATEST)
    assert "zg-elder" in page.evaluate("atFirst").split(), "on before anything is drawn"
    assert page.get_by_role("button", name="长者模式", pressed=True).count() == 1
    page.get_by_role("button", name="长者模式").click()
    page.reload()
    assert "zg-elder" not in page.evaluate("atFirst").split()
    assert page.evaluate(SIZE) == before


def test_by_keyboard(page: Any) -> None:
    page.goto("units/")
    for _ in range(6):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.className") == "zg-elder-button":
            break
    page.keyboard.press("Space")
    assert page.evaluate("document.documentElement.classList.contains('zg-elder')")


def test_dark_stays_dark(open_page: Open) -> None:
    page = open_page(scheme="dark")
    page.goto(LATEST)
    page.get_by_role("button", name="长者模式").click()
    assert page.evaluate(GROUND) == "rgb(0, 0, 0)"
    page.emulate_media(color_scheme="light")
    assert page.evaluate(GROUND) == "rgb(255, 255, 255)"


def test_a_browser_that_keeps_nothing(open_page: Open) -> None:
    page = open_page()
    page.add_init_script("Object.defineProperty(window, 'localStorage', {get() { throw new Error('no') }})")
    page.goto("about/")
    before = page.evaluate(SIZE)
    page.get_by_role("button", name="长者模式").click()
    assert page.evaluate(SIZE) > before
    page.reload()
    assert page.evaluate(SIZE) == before


def test_without_javascript_nothing_is_offered_that_cannot_work(open_page: Open) -> None:
    page = open_page(javascript=False)
    for address in (LATEST, "contacts/"):
        page.goto(address)
        assert page.locator("button:visible").all_inner_texts() == ["搜索"]


@every_kind
def test_nothing_is_lost_in_it(open_page: Open, address: str) -> None:
    """On any width, a phone's and one at 200 % among them: all within the screen, contrast of 7, large targets."""
    page = open_page()
    page.goto(address)
    page.evaluate("document.documentElement.classList.add('zg-elder')")
    for width in (320, 390, 640, 1280):
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, width
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert page.evaluate(CONTRAST.replace("4.5", "7")) == [], scheme
    heights = page.locator("button:visible, .zg-nav a, .zg-header input:visible").evaluate_all(
        "all => all.map(e => e.getBoundingClientRect().height)"
    )
    assert min(heights) >= 44


@pytest.mark.parametrize("elder", [False, True], ids=["plain", "elder"])
def test_a_number_and_a_day_stay_on_one_line(open_page: Open, elder: bool) -> None:
    for address in ("contacts/", HOSPITAL, "units/tinglanxian-renminyiyuan/"):
        for width in (390, 1280):
            page = open_page(width=width)
            if elder:
                page.add_init_script("localStorage.setItem('zg-elder', 'on')")
            page.goto(address)
            broken = page.locator(".zg-whole").evaluate_all(
                "all => all.filter(e => e.getClientRects().length > 1).map(e => e.textContent)"
            )
            # In large type on a phone an extension may go to the next line; nothing is cut off.
            assert [text for text in broken if not (elder and width == 390 and "转" in text)] == []
            assert page.locator(".zg-whole").count() > 0


def test_the_years_of_a_unit_are_cards_on_a_phone(open_page: Open) -> None:
    page = open_page(width=390)
    page.goto("units/yanxixian-wenhuaguan/")
    row = page.locator(".zg-spans tbody tr").first
    assert row.inner_text().split()[:5] == ["2024年", "1", "份通报", "6", "个问题"]
    assert page.locator(".zg-spans thead").evaluate("e => e.getBoundingClientRect().height") <= 1
    page.set_viewport_size({"width": 1280, "height": 844})
    assert row.locator("td").first.evaluate("e => getComputedStyle(e).display") == "table-cell"
    assert page.locator(".zg-spans__of").first.evaluate("e => e.getBoundingClientRect().width") <= 1


# ---------- copying ----------


def test_a_number_is_copied_and_said(page: Any) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(HOSPITAL)
    button = page.get_by_role("button", name="复制 0997-0103366转802")
    button.click()
    until(page, "document.getElementById('zg-said').textContent === '已复制0997-0103366转802'")
    assert page.evaluate("navigator.clipboard.readText()") == "0997-0103366转802"
    assert button.get_attribute("data-copied") == ""


def test_copying_over_plain_http(open_page: Open) -> None:
    """An intranet has no https, and so no clipboard for scripts."""
    page = open_page()
    page.context.grant_permissions(["clipboard-read"])
    page.add_init_script("Object.defineProperty(Navigator.prototype, 'clipboard', {get: () => undefined})")
    page.goto(HOSPITAL)
    button = page.get_by_role("button", name="复制 jw@example.org", exact=True)
    button.focus()
    page.keyboard.press("Enter")
    until(page, "document.getElementById('zg-said').textContent === '已复制jw@example.org'")
    assert page.evaluate("document.activeElement.getAttribute('data-copy')") == "jw@example.org"
    page.locator(".zg-header input").focus()
    page.keyboard.press("Control+V")
    assert page.locator(".zg-header input").input_value() == "jw@example.org"


def test_a_problem_and_a_citation_are_copied_with_their_addresses(page: Any, site: Site) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(LATEST)
    for link in (page.locator("tr", has_text="场馆出租收入没有及时入账").locator(".zg-link"),
                 page.locator("#场馆出租收入没有及时入账 .headerlink")):  # fmt: skip
        link.click()
        until(page, "document.getElementById('zg-said').textContent === '已复制这一条的地址'")
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied == page.url
        assert page.locator(":target").get_attribute("id") == "场馆出租收入没有及时入账"
        page.evaluate("document.getElementById('zg-said').textContent = ''")
    page.get_by_role("button", name="复制引用").click()
    until(page, "document.getElementById('zg-said').textContent === '已复制引用'")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == (
        f"中共砚溪县文化馆党组. 中共砚溪县文化馆党组关于巡察整改进展情况的通报[EB/OL]. (2024-12-06). 整改公开. {site.url}{LATEST}"
    )


# ---------- the reader's own day ----------


@pytest.mark.parametrize(
    ("end", "day", "over"),
    [
        ("2024-01-10", "2024-01-10T23:59:00", False), ("2024-01-10", "2024-01-11T00:01:00", True),
        ("2024-01", "2024-01-31T12:00:00", False), ("2024-01", "2024-02-01T12:00:00", True),
        ("2023", "2023-12-31T12:00:00", False), ("2023", "2024-01-01T12:00:00", True),
    ],
)  # fmt: skip
def test_a_notice_period_is_over_when_its_last_day_is(page: Any, end: str, day: str, over: bool) -> None:
    def answer(route: Any) -> None:
        response = route.fetch()
        route.fulfill(
            response=response, body=response.text().replace('data-until="2024-01-10"', f'data-until="{end}"')
        )

    page.route(f"**/{HOSPITAL}", answer)
    page.clock.set_fixed_time(day)
    page.goto(HOSPITAL)
    assert page.locator(".zg-until").inner_text() == ("已截止" if over else "")


def test_without_javascript_the_dates_stand_alone(open_page: Open) -> None:
    page = open_page(javascript=False)
    page.goto(HOSPITAL)
    assert page.locator(".zg-facts dd", has_text="2023年12月28日至2024年1月10日").count() == 1
    assert "已截止" not in page.locator("body").inner_text()


# ---------- titles ----------


def test_titles_do_not_break_inside_words(open_page: Open) -> None:
    page = open_page(width=390)
    page.goto(LATEST)
    lines = page.locator("h1").evaluate("""h => { const lines = []; let last
        for (const node of h.childNodes) if (node.nodeType === 3) for (let i = 0; i < node.length; i++) {
          const range = document.createRange(); range.setStart(node, i); range.setEnd(node, i + 1)
          const top = Math.round(range.getBoundingClientRect().top)
          if (top !== last) lines.push(''); last = top; lines[lines.length - 1] += node.data[i] }
        return lines }""")
    assert len(lines) > 1
    assert "".join(lines) == "中共砚溪县文化馆党组关于巡察整改进展情况的通报"
    for word in ("砚溪县", "文化馆", "党组", "巡察", "整改", "进展", "通报"):
        assert any(word in line for line in lines), (word, lines)


# ---------- the missing page ----------


def test_the_missing_page_leads_on(page: Any) -> None:
    page.goto("404.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "跳到正文"
    page.keyboard.press("Enter")
    until(page, "location.hash === '#main'")
    ways = page.locator("#main a").evaluate_all("all => all.map(a => new URL(a.href).pathname)")
    assert {"/", "/units/", "/years/", "/categories/", "/regions/", "/contacts/"} <= set(ways)
    page.locator("#main input[type=search]").fill("团费")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=*")


# ---------- paper ----------


def test_a_clean_paper_copy(page: Any, site: Site) -> None:
    page.goto(HOSPITAL)
    page.emulate_media(media="print")
    text = page.locator("body").inner_text()
    for kept in ("汀兰县人民医院党委关于巡察整改情况的公示", "公示期", "0997-0103366转802", "通报原文", "文件校验值", "引用格式",
                 f"本页地址：{site.url}{HOSPITAL}"):  # fmt: skip
        assert kept in text, kept
    for gone in ("菜单", "长者模式", "首页", "复制", "存入手机通讯录", "关于本站"):
        assert gone not in text.replace("整改公开", ""), gone
    assert not page.locator("a.headerlink, a.zg-link, button, nav, form").filter(visible=True).count()


def test_paper_breaks_between_rows_and_is_a_sheet_wide(page: Any) -> None:
    page.goto(LATEST)
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 643, "height": 900})  # A4 between its margins
    style = "(e, name) => getComputedStyle(e)[name]"
    assert page.locator(".zg-ledger tr").nth(2).evaluate(style, "breakInside") == "avoid"
    assert page.locator(".zg-text h4").first.evaluate(style, "breakAfter") == "avoid"
    assert page.locator(".zg-ledger thead").evaluate(style, "display") == "table-header-group"
    assert page.locator(".zg-ledger td").first.evaluate(style, "display") == "table-cell", "a table, no cards"
    assert page.evaluate("document.documentElement.scrollWidth") <= 643
    sheets = page.pdf(prefer_css_page_size=True)
    assert sheets.startswith(b"%PDF")


# ---------- light and still ----------


def test_a_first_view_over_the_wire(open_page: Open) -> None:
    """A report with everything it loads, as a server with gzip sends it."""
    page = open_page()
    sizes: dict[str, int] = {}
    page.on("response", lambda response: sizes.__setitem__(response.url, len(gzip.compress(response.body()))))
    page.goto(LATEST, wait_until="networkidle")
    assert len(sizes) >= 4
    assert sum(sizes.values()) <= 120_000, sizes


@pytest.mark.parametrize("address", ["", LATEST, HOSPITAL, "units/", "categories/finance/", "contacts/"])
def test_nothing_moves_while_a_page_loads(open_page: Open, address: str) -> None:
    for width, elder in ((390, False), (1280, False), (390, True)):
        page = open_page(width=width)
        if elder:
            page.add_init_script("localStorage.setItem('zg-elder', 'on')")
        page.add_init_script("""window.shifts = []; new PerformanceObserver(list => list.getEntries().forEach(e =>
            shifts.push([e.value, ...e.sources.map(s => s.node?.className ?? '')])))
            .observe({type: 'layout-shift', buffered: true})""")
        page.goto(address, wait_until="networkidle")
        page.evaluate("new Promise(done => requestAnimationFrame(() => setTimeout(done, 100)))")
        assert page.evaluate("shifts") == [], (width, elder)


def test_a_shift_would_be_seen(page: Any) -> None:
    page.add_init_script("""window.shifts = []; new PerformanceObserver(list => list.getEntries().forEach(e =>
        shifts.push(e.value))).observe({type: 'layout-shift', buffered: true})""")
    page.goto("about/", wait_until="networkidle")
    page.evaluate(
        "document.querySelector('h1').before(Object.assign(document.createElement('p'), {textContent: '迟到'}))"
    )
    until(page, "shifts.length > 0")
