"""The contacts page: units found while one types, by name, pinyin or initials, on whatever page of the list."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from tests.browser.conftest import Site
from tests.site.building import ARCHIVE, ROOT

from zhenggai.site import pages

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, serve: Callable[[Path], str]) -> Site:
    """The fixture archive with two cards to a page: its list takes several."""
    folder = tmp_path_factory.mktemp("leaves") / "site"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("REPORTS", str(ARCHIVE))
        patch.setenv("CACHE", str(folder.parent / "cache"))
        patch.setattr(pages, "CARDS", 2)
        build(load_config(str(ROOT / "mkdocs.yml"), site_dir=str(folder)))
    assert (folder / "contacts/3/index.html").exists()
    return Site(folder, serve(folder))


@pytest.fixture
def page(open_page: Callable[..., Any]) -> Any:
    page = open_page()
    page.goto("contacts/")
    return page


def find(page: Any, words: str) -> list[str]:
    """Names of the units found for `words`, typed by hand."""
    page.evaluate("delete document.getElementById('zg-found').dataset.state")
    page.locator("#zg-unit").fill(words)
    found = page.locator("#zg-found")
    page.wait_for_selector('#zg-found[data-state="done"]', state="attached")
    names: list[str] = found.locator("h2").all_inner_texts()
    assert found.get_attribute("data-count") == str(len(names))
    return names


@pytest.mark.parametrize(
    "words",
    [
        "医院",
        "yiyuan",
        "yy",
        "tlxrmyy",
        "汀兰医院"[:2] + " 医院",
        "Ｙｉｙｕａｎ",
        "汀lan县ry"[:5],
        "tinglan yiy",
    ],
)
def test_a_unit_is_found_by_name_pinyin_or_initials(page: Any, words: str) -> None:
    assert "汀兰县人民医院" in find(page, words)


def test_what_is_not_there_is_not_found(page: Any) -> None:
    assert find(page, "财政局") == []
    assert page.locator("#zg-filter [role=status]").inner_text().startswith("没有找到")
    assert find(page, "iyuan") == [], "pinyin begins where a character does"


def test_a_card_of_another_page_is_the_card_of_the_list(page: Any, site: Site) -> None:
    first = page.locator("#zg-list h2").all_inner_texts()
    assert "汀兰县人民医院" not in first, "else this proves nothing"
    assert find(page, "汀兰县人民医院") == ["汀兰县人民医院"]
    card = page.locator("#zg-found li")
    assert card.locator('a[href="tel:+869970103366;ext=802"]').inner_text() == "0997-0103366转802"
    assert "2023年通报所载" in card.inner_text()
    assert card.locator("h2 a").evaluate("a => a.href") == f"{site.url}units/tinglanxian-renminyiyuan/"
    vcard = card.get_by_text("存入手机通讯录").evaluate("a => a.href")
    assert page.request.get(vcard).ok
    card.locator("h2 a").click()
    assert page.locator("h1").inner_text() == "汀兰县人民医院"


def test_numbers_without_area_code_are_marked(page: Any) -> None:
    assert find(page, "档案局") == ["县档案局"]
    assert "原文未载明区号" in page.locator("#zg-found li").inner_text()
    assert page.locator("#zg-found li a[href^=tel]").count() == 0


def test_the_count_is_said_and_the_list_comes_back(page: Any) -> None:
    said = page.locator("#zg-filter [role=status]")
    assert find(page, "法院") == ["汀兰县人民法院"]
    assert said.inner_text() == "找到 1 个单位"
    assert not page.locator("#zg-list").is_visible()
    page.locator("#zg-unit").fill("")
    page.locator("#zg-list").wait_for(state="visible")
    assert not page.locator("#zg-found").is_visible()
    assert said.inner_text() == ""


def test_names_are_read_only_when_they_are_asked_for(open_page: Callable[..., Any]) -> None:
    page = open_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("contacts/", wait_until="networkidle")
    assert not [url for url in asked if url.endswith("names.json")]
    find(page, "a")
    assert len([url for url in asked if url.endswith("names.json")]) == 1


def test_from_a_later_page_and_back_again(page: Any) -> None:
    page.goto("contacts/3/")
    assert find(page, "qgzx") == ["溯川市青杠中学"]
    page.locator("#zg-found h2 a").click()
    page.go_back()
    page.wait_for_selector('#zg-found[data-state="done"]')
    assert page.locator("#zg-unit").input_value() == "qgzx"
    assert page.locator("#zg-found h2").all_inner_texts() == ["溯川市青杠中学"]


def test_a_list_that_does_not_come_is_owned_up_to(browser: Any, site: Site) -> None:
    context = browser.new_context(base_url=site.url)
    page = context.new_page()
    page.route("**/names.json", lambda route: route.abort())
    page.goto("contacts/")
    page.locator("#zg-unit").fill("医院")
    page.get_by_text("名单没有取到").wait_for()
    assert page.locator("#zg-list").is_visible()
    context.close()


def test_without_javascript_there_is_the_list(open_page: Callable[..., Any]) -> None:
    page = open_page(javascript=False)
    page.goto("contacts/")
    assert not page.locator("#zg-filter").is_visible()
    names: list[str] = []
    while True:
        names += page.locator(".zg-contacts h2").all_inner_texts()
        following = page.get_by_role("link", name="下一页")
        if not following.count():
            break
        following.click()
    assert len(names) == len(set(names)) >= 5
