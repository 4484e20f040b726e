"""The Content-Security-Policy: on every kind of page, without a hole, and nothing of ours in its way."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from tests.browser.conftest import Site, until
from tests.browser.test_pages import HOSPITAL, LATEST, every_kind

from zhenggai.site import policy

pytestmark = pytest.mark.browser

WATCH = """
  window.violations = [];
  document.addEventListener("securitypolicyviolation", e => violations.push(`${e.violatedDirective} ${e.blockedURI}`));
"""


@pytest.fixture
def watched(open_page: Callable[..., Any]) -> Callable[..., Any]:
    """A page that notes what its policy forbids; it fails on any error that it reports as well."""

    def start(**how: Any) -> Any:
        page = open_page(**how)
        page.add_init_script(WATCH)
        return page

    return start


def violations(page: Any) -> list[str]:
    found: list[str] = page.evaluate("violations")
    return found


def test_the_policy_has_no_hole() -> None:
    for words in ("unsafe", "*", "data:", "blob:", "http", "nonce"):
        assert words not in policy.HEADER
    assert policy.PAGE.startswith("default-src 'none'; ")
    assert f"{policy.PAGE}; frame-ancestors 'none'" == policy.HEADER, "which a meta element cannot say"


@every_kind
def test_every_page_has_it_ahead_of_all_code(site: Site, address: str) -> None:
    path = site.folder / address
    html = (path / "index.html" if path.is_dir() else path).read_text(encoding="utf-8")
    meta = html.index('http-equiv="Content-Security-Policy"')
    assert meta < min(html.index("<script src"), html.index('rel="stylesheet"'))
    assert html.count("Content-Security-Policy") == 1


@every_kind
def test_no_page_breaks_it(watched: Callable[..., Any], address: str) -> None:
    for how in ({"width": 1280}, {"width": 390, "scheme": "dark"}):
        page = watched(**how)
        page.goto(address)
        page.wait_for_load_state("networkidle")
        assert violations(page) == []
        page.emulate_media(media="print")
        assert violations(page) == []


def test_nothing_that_readers_use_breaks_it(watched: Callable[..., Any]) -> None:
    page = watched()
    page.goto("search/")
    page.locator("#search-q").fill("整改")
    page.keyboard.press("Enter")
    page.wait_for_selector("#search-results[data-state=done] [data-report-id]")
    page.locator("input[type=checkbox]:visible").first.check()
    page.wait_for_selector("#search-results[data-state=done]")
    assert violations(page) == []
    page.goto("about/")
    page.locator("#zg-q").focus()
    page.wait_for_selector("#zg-q[role=combobox]")
    page.locator("#zg-q").press_sequentially("yiyuan")
    page.wait_for_selector(".zg-suggest [role=option]")
    page.locator(".zg-elder-button").click()
    assert page.locator("html.zg-elder").count() == 1
    assert violations(page) == []
    page.goto("contacts/")
    page.locator("#zg-filter input").fill("医院")
    page.wait_for_selector("#zg-found[data-state=done]")
    assert violations(page) == []
    for address in (LATEST, HOSPITAL):
        page.goto(address)
        page.evaluate("document.querySelectorAll('main button').forEach(button => button.click())")
        assert violations(page) == []


def test_data_for_search_engines_is_no_code(watched: Callable[..., Any]) -> None:
    page = watched()
    page.goto(LATEST)
    assert page.locator('script[type="application/ld+json"]').count() == 1
    assert violations(page) == []


BAD = (
    "document.body.insertAdjacentHTML('beforeend', '<p onclick=\"ran = 1\" id=evil>x</p>'); evil.click()",
    "document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"ran = 1\">')",
    "document.body.append(Object.assign(document.createElement('script'), {textContent: 'ran = 1'}))",
    "document.body.append(Object.assign(document.createElement('script'), {src: 'https://example.org/x.js'}))",
    "document.body.insertAdjacentHTML('beforeend', '<style>body { color: red }</style>')",
    "document.body.insertAdjacentHTML('beforeend', '<p style=\"color: red\">x</p>')",
    "document.body.append(Object.assign(document.createElement('iframe'), {src: 'https://example.org/'}))",
    "document.body.insertAdjacentHTML('beforeend', '<a href=\"javascript:ran = 1\" id=evil>x</a>'); evil.click()",
    "fetch('https://example.org/').catch(() => {})",
    "document.head.append(Object.assign(document.createElement('base'), {href: 'https://example.org/'}))",
)


@pytest.mark.parametrize("code", BAD)
def test_whatever_got_into_a_page_would_not_run(browser: Any, site: Site, code: str) -> None:
    """The second wall: even text that was not escaped does nothing. Each of these is noticed, too."""
    page = browser.new_page(base_url=site.url)
    strangers: list[str] = []
    page.on("response", lambda r: None if r.url.startswith(site.url) else strangers.append(r.url))
    page.add_init_script(WATCH)
    page.goto("about/")
    page.evaluate(f"() => {{ {code} }}")
    until(page, "violations.length > 0")
    assert page.evaluate("typeof ran") == "undefined"
    assert strangers == []
    page.close()


def test_servers_say_the_same() -> None:
    """Whatever server configuration is shipped repeats the one policy to the letter."""
    from tests.site.building import ROOT

    for path in (ROOT / "scripts" / "deploy").glob("*"):
        for said in re.findall(r'Content-Security-Policy"?\s+"([^"]+)"', path.read_text(encoding="utf-8")):
            assert said == policy.HEADER, path
