"""Three searches asked in a real browser: ours through its page, the others through their own code.

Each class: `open` a fresh page (nothing cached), `ask` it, get back the ids of the notices that it finds.
`first` asks and stops at the first results.
"""

from __future__ import annotations

from typing import Any, Protocol

DONE = "#search-results[data-state=done]"
TIMEOUT = 600_000
"""Milliseconds: lunr builds its index in the browser."""


class Engine(Protocol):
    """One search on one page."""

    def ask(self, words: str) -> frozenset[str]:
        """Ids of everything that is found."""

    def first(self, words: str) -> None:
        """Ask, and wait for the first results only."""


class Ours:
    """/search/, as a reader uses it: words into the box, Enter, 更多."""

    def __init__(self, page: Any, url: str) -> None:
        self.page, self.url = page, url
        self.opened = False

    def first(self, words: str) -> None:
        if not self.opened:
            from urllib.parse import quote

            self.page.goto(f"{self.url}search/?q={quote(words)}")
            self.opened = True
        else:
            self.page.locator("#search-q").evaluate("(box, words) => { box.value = words }", words)
            self.page.locator("#search-form").evaluate("form => form.requestSubmit()")
        self.page.wait_for_selector(DONE, timeout=60_000, state="attached")

    def ask(self, words: str) -> frozenset[str]:
        self.first(words)
        if self.page.locator("#search-more").is_visible():
            self.page.locator("#search-more").click()
            self.page.wait_for_selector(DONE, timeout=60_000, state="attached")
        found: list[str] = self.page.locator("#search-results [data-report-id]").evaluate_all(
            "all => all.map(one => one.dataset.reportId)"
        )
        counted = int(self.page.locator("#search-results").get_attribute("data-count"))
        if counted != len(found):
            raise AssertionError(f"{words}: {counted} said, {len(found)} shown")
        return frozenset(found)


class Lunr:
    """Material's own search: its worker, given what the theme gives it; its page only paints the answer."""

    START = """async ([worker, base]) => {
      const data = await (await fetch(base + "search/search_index.json")).json();
      const it = new Worker(base + worker);
      window.tell = (message) => new Promise((done) => {
        it.onmessage = ({ data }) => done(data);
        it.postMessage(message);
      });
      await tell({ type: 0, data: { ...data, options: { suggest: false } } });
    }"""
    ASK = """async (words) => (await tell({ type: 2, data: words })).data.items.map(([first]) => first.location)"""

    def __init__(self, page: Any, url: str, worker: str) -> None:
        self.page, self.url, self.worker = page, url, worker
        self.opened = False

    def ask(self, words: str) -> frozenset[str]:
        if not self.opened:
            self.page.set_default_timeout(TIMEOUT)
            self.page.goto(f"{self.url}empty.html")
            self.page.evaluate(self.START, [self.worker, self.url])
            self.opened = True
        found: list[str] = self.page.evaluate(self.ASK, words)
        return frozenset(address.split("/")[0] for address in found)

    def first(self, words: str) -> None:
        """Only what must be fetched first: building the index from it in the browser takes minutes."""
        self.page.goto(f"{self.url}empty.html")
        for path in (self.worker, "search/search_index.json"):
            self.page.evaluate("async (path) => { await (await fetch(path)).arrayBuffer() }", self.url + path)


class Pagefind:
    """Stock Pagefind: its own module, asked as its own interface asks it."""

    ASK = """async ([words, most]) => {
      const pagefind = await import("/pagefind/pagefind.js");
      const { results } = await pagefind.search(words);
      return Promise.all(results.slice(0, most).map(async (one) => (await one.data()).url));
    }"""

    def __init__(self, page: Any, url: str) -> None:
        self.page, self.url = page, url
        self.opened = False

    def _ask(self, words: str, most: int) -> list[str]:
        if not self.opened:
            self.page.set_default_timeout(TIMEOUT)
            self.page.goto(f"{self.url}empty.html")
            self.opened = True
        found: list[str] = self.page.evaluate(self.ASK, [words, most])
        return found

    def ask(self, words: str) -> frozenset[str]:
        return frozenset(address.strip("/").split("/")[0] for address in self._ask(words, 1_000_000))

    def first(self, words: str) -> None:
        self._ask(words, 10)
