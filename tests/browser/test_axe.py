"""axe-core finds nothing serious on any page kind: light, dark and 长者模式, on a phone and on a desk."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT  # type: ignore[import-untyped]
from tests.site.building import ARCHIVE

from zhenggai.site import catalog, pages

pytestmark = pytest.mark.browser

GRAVE = ("serious", "critical")
MODES = [(width, scheme, elder) for width in (1280, 390) for scheme, elder in
         (("light", False), ("dark", False), ("light", True))] + [(390, "dark", True)]  # fmt: skip
"""Width, colour scheme, 长者模式."""
RUN = """async () => (await axe.run({resultTypes: ['violations'], preload: false})).violations.flatMap(v => v.nodes.map(n =>
  [v.impact, v.id, n.target.join(' '), n.html.slice(0, 120)]))"""


def kinds() -> dict[str, str]:
    """An address for every template that writes a page of the fixture archive, and for every section."""
    archive = catalog.read(ARCHIVE)
    every = [*pages.all_pages(archive), pages.report_page(archive, archive.notices[0])]
    found = {page.template: page.url for page in reversed(every)}
    found |= {address: address for _, address in pages.MENU if address not in found.values()}
    return found | {"search/": "search/?q=", "missing": "404.html"}


KINDS = kinds()


def violations(page: Any) -> list[list[str]]:
    found: list[list[str]] = page.evaluate(RUN)
    return [v for v in found if v[0] in GRAVE]


@pytest.mark.parametrize("address", KINDS.values(), ids=KINDS.keys())
def test_nothing_serious(open_page: Callable[..., Any], address: str) -> None:
    page = open_page()
    page.goto(address)
    if address.startswith("search/"):
        page.wait_for_selector('#search-results[data-state="done"]', state="attached")
    page.evaluate(AXE_SCRIPT)
    found = {}
    for width, scheme, elder in MODES:
        page.set_viewport_size({"width": width, "height": 844})
        page.emulate_media(color_scheme=scheme)
        page.evaluate("on => document.documentElement.classList.toggle('zg-elder', on)", elder)
        if bad := violations(page):
            found[width, scheme, elder] = bad
    assert found == {}


def test_something_serious_would_be_found(page: Any) -> None:
    page.goto("about/")
    page.evaluate(AXE_SCRIPT)
    page.evaluate("document.querySelector('.zg-search label').remove()")
    page.locator("p").evaluate_all("all => all.forEach(p => { p.style.color = '#aaa' })")
    assert {rule for _, rule, *_ in violations(page)} >= {"color-contrast"}
