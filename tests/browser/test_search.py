"""The search page in a real browser: exact, faceted, everything in the address, harmless whatever is typed."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from tests.browser.conftest import until
from tests.browser.search_notices import NOTICES, files
from tests.site.building import build_site
from tests.site.indexes import write_part

from zhenggai.site import search_index
from zhenggai.site.search_fold import BOUNDARY, fold
from zhenggai.site.search_index import collect

pytestmark = pytest.mark.browser

ROOT = Path(__file__).resolve().parents[2]
FOLDED = {notice.id: fold("".join(notice.lines)) for notice in NOTICES}
DONE = "#search-results[data-state=done]"


def brute(*words: str, without: tuple[str, ...] = ()) -> set[str]:
    """Ids of the notices that have all of `words` and none of `without`."""
    return {
        name for name, text in FOLDED.items()
        if all(fold(w) in text for w in words) and not any(fold(w) in text for w in without)
    }  # fmt: skip


class SearchPage:
    """/search/ as a program sees it."""

    def __init__(self, page: Any, url: str) -> None:
        self.page, self.url = page, url
        self.errors: list[str] = []
        self.requests: list[str] = []
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", lambda m: self.errors.append(m.text) if m.type in ("error", "warning") else None)
        page.on("request", lambda request: self.requests.append(request.url))

    def open(self, query: str = "") -> SearchPage:
        self.page.goto(f"{self.url}search/{query}")
        return self.settle()

    def settle(self) -> SearchPage:
        self.page.wait_for_selector(DONE, timeout=10_000, state="attached")
        return self

    def ask(self, words: str) -> SearchPage:
        """Put `words` in the box and press Enter."""
        self.page.locator("#search-q").evaluate("(box, words) => { box.value = words }", words)
        self.page.locator("#search-form").evaluate("form => form.requestSubmit()")
        return self.settle()

    @property
    def count(self) -> int:
        return int(self.page.locator("#search-results").get_attribute("data-count"))

    @property
    def ids(self) -> list[str]:
        """Notices on screen, in order."""
        found: list[str] = self.page.locator("#search-results [data-report-id]").evaluate_all(
            "all => all.map(one => one.dataset.reportId)"
        )
        return found

    @property
    def said(self) -> str:
        return str(self.page.locator("#search-status").inner_text())

    def asked(self) -> dict[str, list[str]]:
        """What the address says."""
        return parse_qs(urlsplit(self.page.url).query)

    def choose(self, facet: str, value: str) -> SearchPage:
        box = self.page.locator(f'[data-facet="{facet}"] input[value="{value}"]')
        if not box.is_visible():
            self.page.locator(f'[data-facet="{facet}"] summary').click()
        box.click()
        return self.settle()

    def counts(self, facet: str) -> dict[str, int]:
        """Facet value → the number beside it."""
        pairs: list[list[str]] = self.page.locator(f'[data-facet="{facet}"] label').evaluate_all(
            "all => all.map(l => [l.querySelector('input').value, l.querySelector('.zg-count').textContent])"
        )
        return {value: int(number) for value, number in pairs}


@pytest.fixture(scope="module")
def site_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the archive in search_notices.py."""
    folder = tmp_path_factory.mktemp("search")
    for name, content in files().items():
        path = folder / "reports" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return build_site(folder / "reports", folder / "site")


@pytest.fixture(scope="module")
def url(site_folder: Path, serve: Callable[[Path], str]) -> str:
    return serve(site_folder)


@pytest.fixture
def search(browser: Any, url: str) -> Iterator[SearchPage]:
    """A fresh search page; no error may have been reported, no other host asked."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN")
    page = SearchPage(context.new_page(), url)
    yield page
    assert page.errors == []
    assert [r for r in page.requests if not r.startswith(url)] == []
    context.close()


# ---------- exact ----------


def test_random_pieces_of_the_notices(search: SearchPage) -> None:
    """Sixty pieces of 2–8 characters: exactly the notices that brute force finds."""
    search.open()
    rng = random.Random(20240711)  # noqa: S311 - a repeatable sample
    asked = 0
    while asked < 60:
        text = rng.choice(sorted(FOLDED.values()))
        length = rng.randint(2, 8)
        start = rng.randrange(len(text) - length)
        piece = text[start : start + length]
        if BOUNDARY in piece:
            continue
        asked += 1
        search.ask(piece)
        assert (set(search.ids), search.count) == (brute(piece), len(brute(piece))), piece


CHOSEN = [
    "团费收缴", "“团 费收缴”", "23年", "2355", "12355", "0104412", "0993", "QQ群", "ｑｑ群", "ct", "MRI", "mg",
    "校园餐", "三资", "“三资”管理", "《团费收缴登记办法》", "《校务公开实施细则（试行）》", "细则试行等制度",
    "榆溪青年原创少", "问题逐个支部核对", "收缴台账，补登137笔", "12.5万元", "38.6", "××工程", "○标段", "25℃",
    "SW-001", "yuxi@example.cn", "X县", "团", "8", "完成率66.7%", "“关于\u200b巡察\n整改”",
]  # fmt: skip


def test_chosen_words(search: SearchPage) -> None:
    search.open(f"?q={quote(CHOSEN[0])}")
    for words in CHOSEN:
        search.ask(words)
        assert brute(words), f"{words}: the archive must have it, or the test proves nothing"
        assert (set(search.ids), search.count) == (brute(words), len(brute(words))), words


def test_what_is_not_there_is_not_found(search: SearchPage) -> None:
    """A phrase does not cross a stop, and nothing like it passes for it."""
    search.open()
    for words in ("费团", "23555", "缴台账补登", "整改完成率", "QQ群群", "不规范", "榆溪县财政局", "烟"):
        search.ask(words)
        assert brute(words) == set(), f"{words}: the archive must not have it"
        assert (search.ids, search.count) == ([], 0), words


def test_the_folding_in_this_browser(search: SearchPage) -> None:
    """The page's folding is Python's: shared cases, and characters of every kind at random."""
    search.open()
    cases = json.loads((ROOT / "tests" / "site" / "fold_cases.json").read_text(encoding="utf-8"))
    rng = random.Random(7)  # noqa: S311 - a repeatable sample
    blocks = (
        (0x20, 0x17F),
        (0x2000, 0x2BFF),
        (0x3000, 0x33FF),
        (0x4E00, 0x9FFF),
        (0xFE30, 0xFFEF),
        (0x1F300, 0x1F6FF),
    )
    points = [p for low, high in blocks for p in range(low, high) if fold(chr(p)) or chr(p).isspace()]
    texts = [text for text, _ in cases] + [
        "".join(chr(rng.choice(points)) for _ in range(12)) for _ in range(1500)
    ]
    there = search.page.evaluate(
        "async texts => { const { fold } = await import('../assets/search-fold.js'); return texts.map(fold) }",
        texts,
    )
    assert [pair for pair in zip(texts, there, map(fold, texts), strict=True) if pair[1] != pair[2]] == []


def test_the_index_alone_is_exact(
    search: SearchPage, site_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before anything is checked against a text, and when the index is in two parts of many files."""
    monkeypatch.setattr(search_index, "SHARD_BYTES", 128)
    texts = list(FOLDED.values())
    folder = site_folder / "search-parts"
    parts = [write_part([collect(half)], folder / "index") for half in (texts[:4], texts[4:])]
    assert min(part["shards"] for part in parts) > 10
    rng = random.Random(3)  # noqa: S311 - a repeatable sample
    phrases = ["费团", "团团团", *(text[:4] for text in texts), *(text[-2:] for text in texts)]
    while len(phrases) < 300:
        text = rng.choice(texts)
        start = rng.randrange(len(text) - 9)
        piece = text[start : start + rng.randint(2, 9)]
        gap = rng.randrange(len(piece)) if len(piece) > 4 else 0
        whole, nearly = piece.strip(BOUNDARY), (piece[:gap] + piece[gap + 1 :]).strip(BOUNDARY)
        phrases += [phrase for phrase in (whole, nearly) if phrase]
    search.open()
    found = search.page.evaluate(
        """async ([parts, phrases]) => {
          const { Index } = await import("../assets/search-index.js");
          const index = new Index("../search-parts/", parts, () => { throw new Error("no text is to be read"); });
          return Promise.all(phrases.map(async (p) => [...(await index.phrase(p))].map(([n, { hits }]) => [n, hits])));
        }""",
        [parts, phrases],
    )
    for phrase, there in zip(phrases, found, strict=True):
        here = {n: sum(text.startswith(phrase, i) for i in range(len(text))) for n, text in enumerate(texts)}
        if len(phrase) == 1:
            here = {n: min(hits, 1) for n, hits in here.items()}
        assert dict(there) == {n: hits for n, hits in here.items() if hits}, phrase


def test_words_apart_must_all_stand_and_minus_excludes(search: SearchPage) -> None:
    search.open()
    for asked, found in [
        ("团费 12355", brute("团费", "12355")),
        ("采购 正在整改", brute("采购", "正在整改")),
        ("采购\u3000合同", brute("采购", "合同")),
        ("整改 -团费", brute("整改", without=("团费",))),
        ("-团费 -采购", brute(without=("团费", "采购"))),
        ("－团费", brute(without=("团费",))),
        ("团费 -团费收缴 -党费", brute("团费", without=("团费收缴", "党费"))),
    ]:
        search.ask(asked)
        assert (set(search.ids), search.count) == (found, len(found)), asked


# ---------- what is shown ----------


def test_a_hit_leads_to_the_problem_and_shows_the_sentence(search: SearchPage) -> None:
    search.open(f"?q={quote('补登137笔')}")
    card = search.page.locator('[data-report-id="2021-yuxi-tuan"]')
    assert "共青团榆溪县委员会" in card.inner_text()
    assert "2021年11月2日" in card.inner_text()
    hit = card.locator(".zs-hits > li")
    assert hit.count() == 1
    assert "团队组织建设与从严治团" in hit.inner_text()
    assert "已完成" in hit.inner_text()
    assert hit.locator("mark").all_inner_texts() == ["补登137笔"]
    assert "台账，补登137笔，并制定《团费收缴登记办法》。" in hit.inner_text()
    hit.locator("a").click()
    search.page.wait_for_url("**/reports/2021/2021-yuxi-tuan/#*")
    target = search.page.locator(":target")
    assert "团费收缴台账记得不全" in target.inner_text()
    plain, marked = search.page.evaluate(
        "[...document.querySelectorAll('h4')].map(h => getComputedStyle(h).backgroundColor).slice(0, 2).reverse()"
    )
    assert plain != marked, "the paragraph that was looked for is marked"
    assert search.page.evaluate("document.querySelector(':target').getBoundingClientRect().top") < 400


def test_the_mark_is_put_on_the_printed_words(search: SearchPage) -> None:
    """Folding changes the length; the marks must not slip."""
    search.open(f"?q={quote('qq群14个')}")
    assert search.page.locator("#search-results mark").all_inner_texts() == ["ＱＱ群14个"]
    search.ask("收缴台账补")
    assert search.count == 0
    search.ask("核对了 费收缴台账")
    assert search.page.locator(".zs-quote mark").all_inner_texts() == ["核对了", "费收缴 台账"]


def test_title_hits_are_marked_in_the_title(search: SearchPage) -> None:
    search.open(f"?q={quote('整改落实情况的报告')}")
    assert search.ids == ["2023-songyan-caizheng"]
    assert search.page.locator(".zs-title mark").all_inner_texts() == ["整改落实情况的报告"]


def test_nothing_found_offers_the_nearest_apart(search: SearchPage) -> None:
    search.open(f"?q={quote('团费收缴登记制度')}")
    assert search.count == 0
    assert search.ids == []
    assert search.said == "没有找到完全符合的通报"
    near = search.page.locator("#search-nearest [data-near-id]")
    assert near.first.get_attribute("data-near-id") == "2021-yuxi-tuan"
    assert "团费收缴登记" in near.first.locator("mark").all_inner_texts()
    search.ask("团费收缴")
    assert search.page.locator("#search-nearest").is_hidden()


def test_names_are_offered_when_no_text_has_the_words(search: SearchPage) -> None:
    """Initials and names with something left out: they stand in no text, but they are known."""
    search.open("?q=gqtyxx")
    named = search.page.locator("#search-named")
    assert (search.count, named.is_visible()) == (0, True)
    assert named.locator("a").all_inner_texts() == ["共青团榆溪县委员会"]
    search.ask("团费")
    assert named.is_hidden()
    search.ask("榆溪团县委")
    assert named.is_hidden(), "not in this order"
    search.ask("团县委")
    named.get_by_role("link", name="共青团榆溪县委员会").click()
    search.page.wait_for_url("**/units/yuxi-tuan/")


def test_nearest_never_offers_what_was_excluded(search: SearchPage) -> None:
    search.open()
    near = search.page.locator("#search-nearest [data-near-id]")
    for words, excluded in (("团费收缴", "团费"), ("团费收缴登记 采购", "补登")):
        search.ask(f"{words} -{excluded}")
        offered = set(near.evaluate_all("all => all.map(one => one.dataset.nearId)"))
        assert search.count == 0
        assert offered
        assert offered <= brute(without=(excluded,))
    note = search.page.locator("#search-nearest-note").inner_text()
    assert note == "以下通报只含所查文字的一部分，不含要排除的词。"


def test_nothing_found_says_what_to_try(search: SearchPage) -> None:
    search.open(f"?q={quote('团费')}&year=2024")
    tips = search.page.locator("#search-tips")
    for words in ("错别字", "用空格隔开（顿号、逗号是原文的一部分）", "少打几个字"):
        assert words in tips.inner_text()
    assert tips.get_by_role("link", name="单位").get_attribute("href") == "../units/"
    assert tips.get_by_role("link", name="去掉筛选再找").get_attribute("href") == f"?q={quote('团费')}"
    tips.get_by_role("link", name="去掉筛选再找").click()
    search.settle()
    assert set(search.ids) == brute("团费")
    assert tips.is_hidden()
    search.ask("查无此词")
    assert tips.is_visible()
    assert not tips.get_by_role("link", name="去掉筛选再找").is_visible()


def test_more_loads_the_rest(search: SearchPage) -> None:
    search.page.route("**/search.js", lambda route: route.fulfill(
        body=(ROOT / "docs/assets/search.js").read_text(encoding="utf-8").replace("const FIRST = 10;", "const FIRST = 4;"),
        content_type="text/javascript",
    ))  # fmt: skip
    search.open(f"?q={quote('整改')}")
    assert search.count == len(NOTICES)
    assert len(search.ids) == 4
    search.page.locator("#search-more").click()
    search.settle()
    assert set(search.ids) == brute("整改")
    assert len(search.ids) == len(NOTICES)
    assert search.page.locator("#search-more").is_hidden()
    for card in search.page.locator("[data-report-id]").all():
        assert card.locator("mark").count() > 0


def test_order(search: SearchPage) -> None:
    search.open("?sort=newest")
    newest = [n.id for n in sorted(NOTICES, key=lambda n: n.published, reverse=True)]
    assert search.ids == newest
    search.open()
    assert search.ids == newest, "without words the newest stand first"
    search.open("?sort=unit")
    units = {n.id: n.unit_id for n in NOTICES}
    assert [units[i] for i in search.ids] == [
        "songyan-caizheng", "songyan-qinghe", "songyan-yiyuan", "songyan-shuiwu", "masked-tuan-1", "yuxi-erzhong",
        "yuxi-fayuan", "yuxi-tuan", "yuxi-tuan",
    ]  # fmt: skip
    search.open(f"?q={quote('松堰县财政局')}")
    assert search.ids[0] == "2023-songyan-caizheng"


def test_order_is_chosen_and_kept_in_the_address(search: SearchPage) -> None:
    search.open(f"?q={quote('整改')}")
    choice = search.page.locator("#search-sort")
    assert choice.input_value() == "relevance"
    orders = {}
    for order in ("newest", "unit", "relevance"):
        choice.select_option(order)
        search.settle()
        assert search.asked() == {"q": ["整改"], "sort": [order]}
        orders[order] = search.ids
    assert orders["newest"] != orders["unit"]
    assert set(orders["newest"]) == set(orders["unit"]) == set(orders["relevance"])
    search.page.go_back()
    until(search.page, "location.search.includes('sort=unit')")
    assert search.settle().ids == orders["unit"]


# ---------- facets and address ----------


def with_problem(test: Callable[[Any], bool]) -> set[str]:
    return {n.id for n in NOTICES if any(test(p) for p in n.problems)}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("year=2023", {n.id for n in NOTICES if n.published[:4] == "2023"}),
        ("year=2023&year=2021", {n.id for n in NOTICES if n.published[:4] in ("2023", "2021")}),
        ("unit=yuxi-tuan", {"2021-yuxi-tuan", "2022-yuxi-tuan"}),
        (f"kind={quote('法院')}", {"2024-yuxi-fayuan"}),
        (f"level={quote('乡')}", {"2023-songyan-qinghe"}),
        ("category=procurement", with_problem(lambda p: p.category == "procurement")),
        ("status=in-progress", with_problem(lambda p: p.status == "in-progress")),
        ("category=finance&status=completed", {"2024-yuxi-fayuan"}),
        ("category=rural&status=completed", set()),
        (f"q={quote('团费')}&year=2022", {"2022-yuxi-tuan"}),
        ("year=1999", set()),
        ("unit=%3Cimg%20src=x%3E", set()),
    ],
)
def test_facets_in_the_address(search: SearchPage, query: str, found: set[str]) -> None:
    """Category and status must meet in one problem: 财政局 has 资产 completed, but no 财务 completed."""
    search.open(f"?{query}")
    assert (set(search.ids), search.count) == (found, len(found))


def test_regions(search: SearchPage) -> None:
    search.open()
    labels = search.page.locator('[data-facet="region"] label').all_text_contents()
    assert any(re.fullmatch(r".*松堰县\s*4", label) for label in labels), labels
    value = (
        search.page.locator('[data-facet="region"] label', has_text="松堰县")
        .locator("input")
        .get_attribute("value")
    )
    search.choose("region", str(value))
    assert set(search.ids) == {n.id for n in NOTICES if n.county == "松堰县"}
    assert search.asked() == {"region": [value]}


def test_counts_say_what_a_choice_would_find(search: SearchPage) -> None:
    search.open()
    assert search.counts("year") == {"2024": 2, "2023": 3, "2022": 2, "2021": 1, "2020": 1}
    search.choose("category", "procurement")
    assert search.counts("year") == {"2024": 1, "2023": 1, "2022": 1}
    assert search.counts("status") == {"completed": 3}, "only of problems of this category"
    assert search.counts("category")["finance"] == 2, "as if chosen too"
    search.choose("category", "finance")
    assert search.count == 5
    assert search.counts("status") == {"completed": 4, "in-progress": 1, "unstated": 1}


def test_counts_of_category_and_status_together(search: SearchPage) -> None:
    """Each count is of notices with one problem that has both, whatever else is chosen in its own list."""
    search.open("?category=rural&status=in-progress")
    going_on = {p.category for n in NOTICES for p in n.problems if p.status == "in-progress"}
    assert search.counts("category") == {
        category: len({
            n.id for n in NOTICES if any((p.category, p.status) == (category, "in-progress") for p in n.problems)
        })
        for category in going_on
    }  # fmt: skip
    assert search.counts("status") == {"in-progress": 1, "long-term": 1}
    search.open("?category=rural&status=completed")
    done = {p.category for n in NOTICES for p in n.problems if p.status == "completed"}
    assert set(search.counts("category")) == {*done, "rural"}


def test_choices_are_a_sentence_that_can_be_taken_apart(search: SearchPage) -> None:
    search.open(f"?q={quote('整改')}&year=2023&year=2024&status=completed")
    sentence = search.page.locator("#search-sentence")
    words = re.sub(r"[\s×]+", "", sentence.inner_text())
    assert words.startswith("原文整改，年份2023年或2024年，整改状态已完成")
    sentence.get_by_role("button", name="去掉“2024年”").click()
    search.settle()
    assert search.asked() == {"q": ["整改"], "year": ["2023"], "status": ["completed"]}
    sentence.get_by_role("button", name="去掉全部筛选").click()
    search.settle()
    assert search.asked() == {"q": ["整改"]}
    sentence.get_by_role("button", name="去掉“整改”").click()
    search.settle()
    assert search.asked() == {}
    assert search.count == len(NOTICES)


def test_back_and_forward(search: SearchPage) -> None:
    search.open(f"?q={quote('团费')}")
    search.choose("year", "2022")
    assert search.ids == ["2022-yuxi-tuan"]
    assert search.asked() == {"q": ["团费"], "year": ["2022"]}
    search.page.go_back()
    until(search.page, "!location.search.includes('year')")
    search.settle()
    assert set(search.ids) == brute("团费")
    search.page.go_forward()
    until(search.page, "location.search.includes('year')")
    search.settle()
    assert search.ids == ["2022-yuxi-tuan"]
    search.page.reload()
    search.settle()
    assert search.ids == ["2022-yuxi-tuan"]


def test_no_match_under_the_filters_says_how_many_without(search: SearchPage) -> None:
    search.open(f"?q={quote('团费')}&year=2024")
    assert search.count == 0
    assert search.said == f"没有符合全部条件的通报；不加筛选，有 {len(brute('团费'))} 份"


@pytest.mark.parametrize("path", ["", "about/", "reports/2021/2021-yuxi-tuan/"])
def test_the_box_on_other_pages_leads_here(search: SearchPage, path: str) -> None:
    search.page.goto(search.url + path)
    box = search.page.locator("form[role=search] input[name=q]:visible")
    box.fill("团费收缴")
    box.press("Enter")
    search.settle()
    assert search.asked() == {"q": ["团费收缴"]}
    assert set(search.ids) == brute("团费收缴")


# ---------- hands ----------


def test_typing_searches_after_a_pause_and_keeps_one_history_entry(search: SearchPage) -> None:
    search.open()
    before = search.page.evaluate("history.length")
    search.page.locator("#search-q").press_sequentially("2355")
    search.settle()
    assert set(search.ids) == brute("2355")
    assert search.asked() == {"q": ["2355"]}
    assert search.page.evaluate("history.length") == before
    assert search.said == f"找到 {len(brute('2355'))} 份通报"


def test_an_input_method_does_not_search_half_typed(search: SearchPage) -> None:
    search.open()
    box = search.page.locator("#search-q")
    box.focus()
    search.requests.clear()
    driver = search.page.context.new_cdp_session(search.page)
    for half in ("t", "tu", "tuan'f", "团f"):
        driver.send(
            "Input.imeSetComposition", {"text": half, "selectionStart": len(half), "selectionEnd": len(half)}
        )
    search.page.wait_for_timeout(500)
    assert search.asked() == {}
    assert search.count == len(NOTICES)
    driver.send("Input.insertText", {"text": "团费"})
    until(search.page, "location.search.includes('q=')")
    search.settle()
    assert set(search.ids) == brute("团费")


def test_keys(search: SearchPage) -> None:
    page = search.open(f"?q={quote('团费')}").page
    focused = (
        "document.activeElement.closest('[data-report-id]')?.dataset.reportId ?? document.activeElement.id"
    )
    page.locator("body").press("/")
    assert page.evaluate(focused) == "search-q"
    assert page.locator("#search-q").input_value() == "团费", "the stroke itself is not typed"
    page.keyboard.press("ArrowDown")
    assert page.evaluate(focused) == search.ids[0]
    page.keyboard.press("ArrowUp")
    assert page.evaluate(focused) == "search-q"
    page.keyboard.press("Escape")
    search.settle()
    assert page.locator("#search-q").input_value() == ""
    assert search.count == len(NOTICES)
    assert search.asked() == {}
    search.ask("团费收缴登记办法")
    page.locator("#search-q").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/reports/2021/2021-yuxi-tuan/**")


def test_results_are_announced(search: SearchPage) -> None:
    search.open(f"?q={quote('团费')}")
    status = search.page.locator("#search-status[role=status]")
    assert status.get_attribute("aria-live") == "polite"
    assert status.inner_text() == f"找到 {len(brute('团费'))} 份通报"


# ---------- bad input, bad luck ----------


STRANGE = [
    "<img src=x onerror=alert(1)>", "\"><script>alert(1)</script>", "{{7*7}}", "^(.*)+$", "[", "\\", "*", "(?<=团)费",
    "' OR 1=1; DROP TABLE reports;--", "😀😀", "\u0000\u0007\u001b[31m", "团\ud83d费", "__proto__", "constructor",
    "%E5%9B%A2%", "\u202e整改", "-", "--", "“", "“”《》，。", "团费" * 5000, "a b " * 2500, "，" * 10_000, "“" * 10_000,
]  # fmt: skip


def test_strange_input_is_text(search: SearchPage) -> None:
    def dialog(box: Any) -> None:
        search.errors.append(f"dialog: {box.message}")
        box.dismiss()

    search.page.on("dialog", dialog)
    search.open()
    for words in STRANGE:
        search.ask(words)
        found = [w for w in re.findall(r'(?:"[^"]*"|“[^”]*”|\S)+', words) if not re.match("-.", w)]
        assert set(search.ids) == brute(*filter(None, map(fold, found))), words[:50]
        assert search.page.locator("#search-app img, #search-app script").count() == 0, words[:50]
        assert search.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), words[:50]
    search.ask("团费收缴")
    assert set(search.ids) == brute("团费收缴"), "and the next search works"


def test_a_whole_notice_pasted_is_found(search: SearchPage) -> None:
    search.open()
    notice = NOTICES[3]
    search.ask("“" + "".join(notice.lines).replace("“", "").replace("”", "") + "”")
    assert search.ids == [notice.id]


def test_a_long_query_stays_out_of_the_address_but_comes_back(search: SearchPage) -> None:
    words = "".join(NOTICES[3].lines).replace("“", "").replace("”", "") * 3
    search.open().ask(words)
    assert search.asked() == {}
    search.page.reload()
    search.settle()
    assert search.page.locator("#search-q").input_value() == words


def test_no_data_is_said_plainly(search: SearchPage) -> None:
    search.page.route("**/search/index/**", lambda route: route.abort())
    search.open()
    search.page.locator("#search-q").fill("团费")
    search.page.wait_for_selector("#search-results[data-state=error]")
    assert search.said == "搜索数据没有取到。请检查网络，然后刷新本页。"
    search.page.unroute("**/search/index/**")
    search.ask("团费")
    assert set(search.ids) == brute("团费"), "the next try works"
    assert any("ERR_FAILED" in error for error in search.errors)
    search.errors.clear()


def test_a_renewed_site_shows_nothing_false(search: SearchPage) -> None:
    """The index is of yesterday, the text of today: what is shown is checked against the text."""

    def changed(route: Any) -> None:
        data = route.fetch().json()
        data["blocks"] = [[anchor, text.replace("团费", "会费")] for anchor, text in data["blocks"]]
        route.fulfill(json=data)

    search.page.route("**/search/text/2022-yuxi-tuan.json*", changed)
    search.open(f"?q={quote('团费')}")
    rest = brute("团费") - {"2022-yuxi-tuan"}
    assert (set(search.ids), search.count) == (rest, len(rest))


def test_over_plain_http(browser: Any, url: str) -> None:
    """On an intranet no page is a secure context: nothing that needs one may be used."""
    context = browser.new_context()
    page = context.new_page()
    host = "http://zhenggai.intranet/"
    page.route(f"{host}**", lambda r: r.fulfill(response=r.fetch(url=r.request.url.replace(host, url))))
    search = SearchPage(page, host).open(f"?q={quote('团费')}")
    assert page.evaluate("isSecureContext") is False
    assert set(search.ids) == brute("团费")
    page.goto(f"{host}about/")
    page.locator("#zg-q").press_sequentially("gqt")
    page.wait_for_selector(".zg-suggest [role=option]")
    assert search.errors == []
    context.close()


def test_what_is_typed_is_sent_to_nobody(search: SearchPage) -> None:
    """No request but for index files and texts, and none says what was looked for."""
    search.open()
    search.requests.clear()
    search.page.locator("#search-q").press_sequentially("0104412 Xyzzy")
    search.settle()
    assert search.requests
    assert [r for r in search.requests if re.search("0104412|xyzzy", r, re.IGNORECASE)] == []


def test_without_javascript_the_page_is_a_guide(browser: Any, url: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{url}search/")
    assert page.locator("#search-app").is_hidden()
    assert "没有启用" in page.locator("#search-guide").inner_text()
    links = page.locator("#search-guide a").evaluate_all("all => all.map(a => a.href)") or [
        a.get_attribute("href") for a in page.locator("#search-guide a").all()
    ]
    assert len(links) == 6
    for link in links:
        assert page.request.get(link).ok, link
    context.close()


def test_opened_from_a_folder_it_says_what_to_do(browser: Any, site_folder: Path) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto((site_folder / "search" / "index.html").as_uri())
    assert page.locator("#search-file").is_visible()
    assert "http.server" in page.locator("#search-file").inner_text()
    assert page.locator("#search-app").is_hidden()
    context.close()


def test_nothing_inline_runs(site_folder: Path) -> None:
    """The page works under a strict policy: no inline script, no handler, no eval."""
    html = (site_folder / "search" / "index.html").read_text(encoding="utf-8")
    assert re.findall(r"<script(?![^>]*\bsrc=)[^>]*>", html) == []
    assert re.findall(r"\son\w+\s*=", html) == []
    for script in (site_folder / "assets").glob("search*.js"):
        source = script.read_text(encoding="utf-8")
        assert (
            re.findall(r"\beval\(|new Function|innerHTML|insertAdjacentHTML|document\.write", source) == []
        ), script


def test_under_a_strict_content_policy(search: SearchPage) -> None:
    def strict(route: Any) -> None:
        answer = route.fetch()
        route.fulfill(
            response=answer, headers={**answer.headers, "content-security-policy": "default-src 'self'"}
        )

    search.page.route(re.compile(r"/search/(\?.*)?$"), strict)
    search.open(f"?q={quote('团费')}")
    assert set(search.ids) == brute("团费")


@pytest.mark.parametrize("width", [390, 1280])
def test_it_fits_the_screen_and_can_be_read(search: SearchPage, width: int) -> None:
    search.page.set_viewport_size({"width": width, "height": 844})
    search.open(f"?q={quote('整改')}&status=completed")
    assert search.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    small: list[str] = search.page.locator("#search-app *").evaluate_all(
        "all => all.filter(e => e.checkVisibility() && [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim())"
        " && parseFloat(getComputedStyle(e).fontSize) < 17).map(e => e.outerHTML.slice(0, 80))"
    )
    assert small == []
