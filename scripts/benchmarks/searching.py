"""Measures the archive search, step by step: corpus → reports → entries → index; then the page in a browser.

Every step leaves its files in the work folder and takes what a run before left there.
"""

from __future__ import annotations

import html
import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from importlib import import_module
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks import corpus, entries, queries
from benchmarks.engines import Engine
from benchmarks.measuring import Measured, MeasureError, median_of, run
from benchmarks.queries import Question, Score
from benchmarks.serving import Server, serving

SCRIPTS = Path(__file__).resolve().parents[1]
ROOT = SCRIPTS.parent
PATHS = (SCRIPTS, ROOT / "src")
LARGE = 5
"""The large archive has so many times the notices of the small one."""


@dataclass(frozen=True, slots=True)
class Wire:
    """Bytes of bodies until the first results of each term, nothing cached before."""

    middle: int
    most: int


@dataclass
class Result:
    """What was measured of one search on one archive."""

    name: str
    notices: int
    took: Measured
    wire: Wire | None = None
    scores: dict[str, Score] = field(default_factory=dict)


@dataclass(frozen=True)
class Asked:
    """A search that can be asked: where its files are, and how."""

    result: Result
    folder: Path
    engine: Callable[[Any, str], Engine]
    alike: bool = False
    """Whether it reads the same files whatever is typed."""


@dataclass
class Bench:
    """One archive in a work folder, and everything that is measured on it."""

    work: Path
    notices: int
    rounds: int
    told: Callable[[str], None]

    # ---------- what is searched ----------

    def prepare(self) -> None:
        """Invented notices, converted and rendered: `entries.jsonl`, and the reports of the small archive."""
        if self.entries.exists():
            self.told(f"用 {self.entries} 里现成的。")
            return
        self.told("正在造通报……")
        made = corpus.make(self.work / "incoming", LARGE, self.notices)
        self.told(f"正在转换 {made.count:,} 份……")
        out = self.work / "reports"
        log = self.work / "convert.log"
        run([sys.executable, SCRIPTS / "convert.py", *made.folders, "--out", out], log)
        new = self.entries.with_suffix(".new")
        run([sys.executable, "-m", "benchmarks.entries", out, new], log, paths=PATHS)
        new.replace(self.entries)

    @property
    def entries(self) -> Path:
        return self.work / "entries.jsonl"

    @property
    def large(self) -> int:
        return LARGE * self.notices

    @cached_property
    def questions(self) -> list[Question]:
        return queries.questions(queries.texts(entries.read(self.entries, self.notices)))

    # ---------- indexing ----------

    def ours(self, count: int, rounds: int) -> Result:
        """A full index of `count` notices: nothing kept from before."""
        site = self.work / f"index-{count}"
        return Result(
            "本站", count, self._median(f"建索引，{count:,} 份", rounds, lambda: self._index(count, site))
        )

    def adding(self) -> tuple[Measured, Measured, Measured]:
        """A full index of the large archive that keeps what it makes; one notice more, again and again: the
        newest of all, then one of any year."""
        kept = self.work / "kept"
        shutil.rmtree(kept, ignore_errors=True)
        site = self.work / "index-one-more"
        full = self._index(self.large, site, kept)
        more = iter(range(1, 2 * self.rounds + 1))

        def once() -> Measured:
            return self._index(self.large + next(more), site, kept)

        newest = self._median("加一份最新的", self.rounds, once)
        return full, newest, self._median("加一份早先的", self.rounds, once)

    def _index(self, count: int, site: Path, kept: Path | None = None) -> Measured:
        shutil.rmtree(site, ignore_errors=True)
        command: list[str | Path] = [
            sys.executable,
            "-m",
            "benchmarks.indexing",
            self.entries,
            str(count),
            site,
        ]
        more: list[str | Path] = [kept, str(self.large + self.rounds)] if kept else []
        return _timed(run([*command, *more], self.work / "log", paths=PATHS))

    def lunr(self, python: Path, count: int) -> tuple[Result, str]:
        """Material's search index, and the address of its worker."""
        site = self.work / f"lunr-{count}"
        script = SCRIPTS / "benchmarks" / "peer_lunr.py"
        said = ""

        def once() -> Measured:
            nonlocal said
            shutil.rmtree(site, ignore_errors=True)
            took = run([python, script, self.entries, str(count), site], self.work / "log")
            said = json.loads(took.said.splitlines()[-1])["worker"]
            return _timed(took)

        rounds = self.rounds if count == self.notices else 1
        result = Result(
            "Material（lunr + jieba）", count, self._median(f"Material，{count:,} 份", rounds, once)
        )
        (site / "empty.html").write_text("<!doctype html><title>-</title>", encoding="utf-8")
        return result, said

    def pagefind(self, python: Path, count: int) -> Result:
        """Stock Pagefind over lean pages: title and text, nothing around them."""
        site = self.work / f"pagefind-{count}"
        shutil.rmtree(site, ignore_errors=True)
        for entry in entries.read(self.entries, count):
            page = site / entry.report.id / "index.html"
            page.parent.mkdir(parents=True)
            title = html.escape(entry.report.title)
            head = (
                f'<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>{title}</title></head>'
            )
            page.write_text(
                f"{head}<body data-pagefind-body><h1>{title}</h1>{entry.text()}</body></html>", "utf-8"
            )

        def once() -> Measured:
            shutil.rmtree(site / "pagefind", ignore_errors=True)
            return run([python, "-m", "pagefind", "--quiet", "--site", site], self.work / "log")

        rounds = self.rounds if count == self.notices else 1
        result = Result("Pagefind，照原样", count, self._median(f"Pagefind，{count:,} 份", rounds, once))
        (site / "empty.html").write_text("<!doctype html><title>-</title>", encoding="utf-8")
        return result

    def _median(self, what: str, rounds: int, once: Callable[[], Measured]) -> Measured:
        runs = []
        for at in range(rounds):
            self.told(f"{what}：第 {at + 1}/{rounds} 轮……")
            runs.append(once())
        return median_of(runs)

    # ---------- the page ----------

    def site(self) -> Path:
        """The whole site of the small archive, as the build command makes it."""
        site, reports = self.work / "site", self.work / "reports-small"
        if not (site / "search" / "notices.json").exists():
            self.told(f"正在建 {self.notices:,} 份的网站……")
            wanted = {entry.report.id for entry in entries.read(self.entries, self.notices)}
            for path in (self.work / "reports").glob("*/*.md"):
                if path.stem in wanted:
                    target = reports / path.parent.name / path.name
                    target.parent.mkdir(parents=True, exist_ok=True)
                    shutil.copyfile(path, target)
            settings = {"REPORTS": str(reports), "NO_MKDOCS_2_WARNING": "1"}
            command: list[str | Path] = [
                sys.executable,
                "-m",
                "mkdocs",
                "build",
                "-f",
                ROOT / "mkdocs.yml",
                "-d",
                site,
            ]
            run(command, self.work / "log", settings=settings)
        return site

    def large_site(self) -> Path:
        """The same pages over the index of the large archive: all that the search page reads."""
        site = self.work / "site-large"
        shutil.rmtree(site, ignore_errors=True)
        shutil.copytree(self.work / "site" / "assets", site / "assets")
        shutil.copytree(self.work / f"index-{self.large}" / "search", site / "search")
        shutil.copyfile(self.work / "site" / "search" / "index.html", site / "search" / "index.html")
        return site

    def ask(self, browser: Any, one: Asked) -> None:
        """All questions: recall and precision."""
        result = one.result
        self.told(f"{result.name}：{len(self.questions)} 个查询……")
        with serving(one.folder) as server, _page(browser) as page:
            asked = one.engine(page, server.url)
            answers = [(question, asked.ask(question.words)) for question in self.questions]
        for kind in dict.fromkeys(question.kind for question in self.questions):
            result.scores[kind] = queries.score((q, found) for q, found in answers if q.kind == kind)

    def weigh(self, browser: Any, one: Asked) -> None:
        """Bytes to the first results of the chosen terms, each in a browser that has nothing of the site."""
        result = one.result
        self.told(f"{result.name}：{result.notices:,} 份，首次查询传输多少……")
        terms = queries.TERMS[:1] if one.alike else queries.TERMS
        with serving(one.folder) as server:
            sent = [_sent(browser, server, one.engine, words) for words in terms]
        result.wire = Wire(int(median(sent)), max(sent))


def _sent(browser: Any, server: Server, engine: Callable[[Any, str], Engine], words: str) -> int:
    with _page(browser) as page:
        before = server.sent
        engine(page, server.url).first(words)
        return server.sent - before


@contextmanager
def _page(browser: Any) -> Iterator[Any]:
    context = browser.new_context(locale="zh-CN", viewport={"width": 1280, "height": 900})
    try:
        yield context.new_page()
    finally:
        context.close()


@contextmanager
def chromium(path: Path) -> Iterator[Any]:
    """A browser."""
    playwrights = import_module("playwright.sync_api")  # by name: the tests need it, the project does not
    with playwrights.sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu", "--no-first-run"] if os.name != "nt" else []
        browser = playwright.chromium.launch(executable_path=str(path), args=arguments)
        try:
            yield browser
        finally:
            browser.close()


def peer(python: Path, module: str) -> bool:
    """Whether that Python has a module."""
    try:
        run([python, "-c", f"import {module}"], Path(os.devnull))
    except (MeasureError, OSError):
        return False
    return True


def _timed(took: Measured) -> Measured:
    """The child's own clock, the memory that was seen from outside."""
    own = json.loads(took.said.splitlines()[-1])
    return Measured(own["wall"], own["cpu"], took.peak)
