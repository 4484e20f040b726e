"""The search box of every page: suggestions of units and categories by name, pinyin and initials; keys; no harm."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT  # type: ignore[import-untyped]
from tests.browser.conftest import Site, until

pytestmark = pytest.mark.browser

BOX = "#zg-q"


class Box:
    """The box of one page, and what is suggested under it."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.input = page.locator(BOX)
        self.list = page.locator(".zg-suggest")
        self.options = page.locator(".zg-suggest [role=option]")

    def type(self, words: str) -> list[str]:
        """Names suggested for `words`."""
        with self.page.expect_response("**/search/names.json") if not self.list.count() else _nothing():
            self.input.focus()
        self.page.wait_for_selector(f"{BOX}[role=combobox]")
        self.input.fill("")
        self.input.press_sequentially(words)
        self.page.wait_for_timeout(100)
        return self.names

    @property
    def names(self) -> list[str]:
        names: list[str] = self.options.evaluate_all("all => all.map(a => a.firstChild.textContent)")
        return names

    @property
    def chosen(self) -> str:
        """The option that the box points to, by name; "" where it points to none."""
        found: str = self.input.evaluate(
            "box => document.getElementById(box.getAttribute('aria-activedescendant'))?.firstChild.textContent ?? ''"
        )
        return found


class _nothing:  # noqa: N801 - a context manager that waits for nothing
    def __enter__(self) -> None: ...
    def __exit__(self, *_: object) -> None: ...


@pytest.fixture
def box(page: Any) -> Box:
    page.goto("about/")
    return Box(page)


@pytest.fixture(scope="module")
def names(site: Site) -> dict[str, list[list[Any]]]:
    found: dict[str, list[list[Any]]] = json.loads((site.folder / "search/names.json").read_text("utf-8"))
    return found


def test_names_are_fetched_when_the_box_is_first_used(page: Any) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("about/")
    page.wait_for_load_state("networkidle")
    assert not [url for url in asked if "names.json" in url or "suggest" in url]
    box = Box(page)
    box.type("团")
    box.type("县")
    assert len([url for url in asked if "names.json" in url]) == 1


@pytest.mark.parametrize("words", ["共青团", "gqt", "GQT", "gongqing", "gongqt", "ｇｑｔ"])
def test_units_by_name_pinyin_and_initials(box: Box, words: str) -> None:
    found = box.type(words)
    assert found
    assert all("共青团" in name for name in found)


def test_characters_left_out_are_found_after_those_that_stand_together(box: Box, names: Any) -> None:
    whole = next(name for name, *_ in names["units"] if re.fullmatch("共青团.{2,}县委员会", name))
    assert whole in box.type("团县委")
    assert whole in box.type("txw")


def test_categories_too(box: Box, names: Any) -> None:
    name, slug, _ = names["categories"][0]
    assert name in box.type(name[:2])
    link = box.options.filter(has_text=name).first
    assert "问题类别" in link.inner_text()
    assert link.get_attribute("href").endswith(f"/categories/{slug}/")


def test_arrows_move_and_enter_opens(box: Box, names: Any) -> None:
    found = box.type("gqt")
    assert box.chosen == ""
    for name in found:
        box.input.press("ArrowDown")
        assert box.chosen == name
        assert box.options.nth(found.index(name)).get_attribute("aria-selected") == "true"
    box.input.press("ArrowDown")
    assert box.chosen == "", "behind the last one comes the box"
    box.input.press("ArrowUp")
    assert box.chosen == found[-1]
    box.input.press("ArrowDown")
    box.input.press("ArrowDown")
    slug = next(slug for name, slug, _ in names["units"] if name == found[0])
    box.input.press("Enter")
    box.page.wait_for_url(f"**/units/{slug}/")
    assert found[0] in box.page.locator("h1").inner_text().replace("\n", "")


def test_a_click_opens(box: Box) -> None:
    box.type("gqt")
    href = box.options.first.get_attribute("href")
    box.options.first.click()
    box.page.wait_for_url(href)


def test_without_a_choice_enter_searches(box: Box) -> None:
    box.type("共青团")
    box.input.press("Enter")
    box.page.wait_for_url("**/search/?q=*")
    box.page.wait_for_selector("#search-results[data-state=done]", state="attached")


def test_escape_closes_then_clears(box: Box) -> None:
    box.type("gqt")
    box.input.press("Escape")
    assert box.list.is_hidden()
    assert box.input.input_value() == "gqt"
    box.input.press("Escape")
    assert box.input.input_value() == ""


def test_leaving_closes(box: Box) -> None:
    box.type("gqt")
    box.input.press("Tab")
    assert box.list.is_hidden()
    assert box.input.get_attribute("aria-expanded") == "false"


def test_an_input_method_is_not_asked_half_way(box: Box) -> None:
    box.type("gqt")
    box.input.fill("")
    driver = box.page.context.new_cdp_session(box.page)
    for half in ("g", "go", "gong'q"):
        driver.send("Input.imeSetComposition", {"text": half, "selectionStart": 9, "selectionEnd": 9})
    box.page.wait_for_timeout(200)
    assert box.names == []
    driver.send("Input.insertText", {"text": "共青"})
    box.page.wait_for_timeout(100)
    assert box.names


def test_it_is_a_combobox_and_says_how_many(box: Box) -> None:
    assert box.input.get_attribute("role") is None, "before it can do anything it is a plain box"
    found = box.type("gqt")
    assert box.input.get_attribute("aria-expanded") == "true"
    assert box.page.locator(f"#{box.input.get_attribute('aria-controls')}[role=listbox]").is_visible()
    said = f"有 {len(found)} 个单位或类别可选，用上下箭头选"
    until(box.page, f"document.getElementById('zg-said').textContent === '{said}'")
    box.input.press("ArrowDown")
    box.page.evaluate(AXE_SCRIPT)
    for scheme in ("light", "dark"):
        box.page.emulate_media(color_scheme=scheme)
        rules: list[str] = box.page.evaluate(
            "async () => (await axe.run('.zg-search')).violations.map(v => v.id)"
        )
        assert rules == [], scheme


@pytest.mark.parametrize("width", [390, 1280])
def test_it_lies_over_the_page_and_inside_the_screen(open_page: Callable[..., Any], width: int) -> None:
    page = open_page(width=width)
    page.goto("about/")
    box = Box(page)
    before = page.locator("h1").bounding_box()
    box.type("g")
    at = box.list.bounding_box()
    assert at["x"] >= 0
    assert at["x"] + at["width"] <= width
    assert page.locator("h1").bounding_box() == before
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert all(a.bounding_box()["height"] >= 44 for a in box.options.all())


STRANGE = [
    "<img src=x onerror=alert(1)>",
    "(.*)+$",
    "[",
    "\\",
    "' OR 1=1;--",
    "😀",
    "团\ud83d",
    "-",
    "g" * 10_000,
]


def test_strange_words_are_text(box: Box) -> None:
    box.type("g")
    for words in STRANGE:
        box.input.evaluate(
            "(box, words) => { box.value = words; box.dispatchEvent(new InputEvent('input')) }", words
        )
        box.page.wait_for_timeout(30)
        assert box.page.locator(".zg-suggest :not(a, span)").count() == 0, words[:30]
    assert box.type("gqt")


@pytest.mark.parametrize("path", ["", "units/", "404.html", "contacts/"])
def test_slash_goes_to_the_box(page: Any, path: str) -> None:
    page.goto(path)
    page.locator("body").press("/")
    assert page.evaluate("document.activeElement.name") == "q"
    assert page.locator(BOX).input_value() == ""


def test_without_names_the_box_still_searches(page: Any, site: Site) -> None:
    page.route("**/names.json", lambda route: route.fulfill(status=200, body="{"))
    page.goto("about/")
    page.locator(BOX).fill("团")
    page.locator(BOX).press("Enter")
    page.wait_for_url("**/search/?q=*")


def test_without_javascript_the_box_leads_to_the_search_page(open_page: Callable[..., Any]) -> None:
    plain = open_page(javascript=False)
    plain.goto("about/")
    plain.locator(BOX).fill("团费")
    plain.locator(BOX).press("Enter")
    plain.wait_for_url("**/search/?q=*")
    assert plain.locator("#search-guide").is_visible()
