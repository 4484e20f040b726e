"""Shared by all browser tests: the built fixture archive, a local server, Chromium, a page that watches itself."""

from __future__ import annotations

import functools
import http.server
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from tests.site.building import ARCHIVE, build_site


def until(page: Any, condition: str, seconds: int = 10) -> None:
    """Wait for a JavaScript condition. Playwright's own way runs `eval` in the page, which its policy forbids."""
    for _ in range(seconds * 20):
        if page.evaluate(condition):
            return
        page.wait_for_timeout(50)
    pytest.fail(f"never came true: {condition}")


@dataclass(frozen=True)
class Site:
    """The site of tests/site/archive, built once."""

    folder: Path
    url: str
    """Ends in a slash."""


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class names it so
        """Say nothing."""


@pytest.fixture(scope="session")
def serve() -> Iterator[Callable[[Path], str]]:
    """`serve(folder)` serves it on a free loopback port and gives its address, which ends in a slash."""
    servers: list[http.server.ThreadingHTTPServer] = []

    def start(folder: Path) -> str:
        handler = functools.partial(_Quiet, directory=str(folder))
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}/"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, serve: Callable[[Path], str]) -> Site:
    """The fixture archive, built into a temporary folder and served."""
    folder = build_site(ARCHIVE, tmp_path_factory.mktemp("site") / "site")
    return Site(folder, serve(folder))


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Any]:
    """One Chromium for the whole run."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=chromium,
            args=["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
                  "--disable-component-update", "--disable-sync"],
        )  # fmt: skip
        yield started
        started.close()


@pytest.fixture
def open_page(browser: Any, site: Site) -> Iterator[Callable[..., Any]]:
    """`open_page(width=…, javascript=…, scheme=…)` gives a page whose own errors and requests are watched.

    The test fails if any page reported an error or asked another host for anything.
    """
    contexts, errors, strangers = [], [], []

    def failed(request: Any) -> None:
        if (
            request.failure != "net::ERR_ABORTED"
        ):  # the page was left before it had loaded: no fault of its own
            errors.append(f"{request.url}: {request.failure}")

    def start(*, width: int = 1280, javascript: bool = True, scheme: str = "light") -> Any:
        context = browser.new_context(
            viewport={"width": width, "height": 844 if width < 600 else 900}, locale="zh-CN",
            java_script_enabled=javascript, color_scheme=scheme, base_url=site.url,
        )  # fmt: skip
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(f"{page.url}: {error}"))
        page.on("console", lambda m: errors.append(f"{page.url}: {m.text}") if m.type == "error" else None)
        page.on("requestfailed", failed)
        page.on("request", lambda r: None if _ours(r.url, site.url) else strangers.append(r.url))
        return page

    yield start
    for context in contexts:
        context.close()
    assert errors == []
    assert strangers == []


@pytest.fixture
def page(open_page: Callable[..., Any]) -> Any:
    """A desktop page; see `open_page`."""
    return open_page()


def _ours(address: str, base: str) -> bool:
    return address.startswith((base, "data:", "blob:"))
