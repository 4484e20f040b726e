"""Old addresses, corrections and tombstones in a real browser, with scripts and without."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from axe_playwright_python.base import AXE_SCRIPT  # type: ignore[import-untyped]
from tests.browser.conftest import Site, until
from tests.browser.test_axe import violations
from tests.site import test_changes
from tests.site.test_changes import NEW

pytestmark = pytest.mark.browser
changed = test_changes.site
"""A site with notices that were corrected, withdrawn, renamed."""
OLD = "reports/2022/lanxi-old/"


@pytest.fixture(scope="module")
def site(changed: Path, serve: Callable[[Path], str]) -> Site:
    """In the place of the fixture archive."""
    return Site(changed, serve(changed))


@pytest.mark.parametrize("javascript", [True, False])
def test_an_old_address_leads_on(open_page: Callable[..., Any], javascript: bool) -> None:
    page = open_page(javascript=javascript)
    page.goto(OLD)
    page.wait_for_url(f"**/{NEW}")
    assert page.locator("h1").inner_text().replace("\n", "") == "关于巡察整改进展情况的通报"


@pytest.mark.parametrize("anchor", ["补登不及时", "值班记录补登不及时"])
def test_with_scripts_so_does_what_stands_behind_it(open_page: Callable[..., Any], anchor: str) -> None:
    page = open_page()
    page.goto(f"{OLD}#{anchor}")
    until(page, f"location.pathname.endsWith('/{NEW}')")
    assert unquote(page.evaluate("location.hash")) == "#值班记录补登不及时"


@pytest.mark.parametrize("javascript", [True, False])
def test_an_old_anchor_shows_its_problem(open_page: Callable[..., Any], javascript: bool) -> None:
    page = open_page(javascript=javascript, width=390)
    page.goto(f"{NEW}#补登不及时")
    heading = page.locator("[id='值班记录补登不及时']")
    box = heading.bounding_box()
    assert 0 <= box["y"] < 844
    assert heading.evaluate("e => e.querySelector(':target') !== null")


@pytest.mark.parametrize("address", ["changes/", NEW, "reports/2023/gone-2023/", "units/gone-unit/"])
def test_nothing_serious(open_page: Callable[..., Any], address: str) -> None:
    page = open_page()
    page.goto(address)
    page.evaluate(AXE_SCRIPT)
    for width, scheme in ((1280, "light"), (390, "dark")):
        page.set_viewport_size({"width": width, "height": 844})
        page.emulate_media(color_scheme=scheme)
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (
            "nothing runs over the edge"
        )
