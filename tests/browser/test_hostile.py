"""An archive of nothing but hostile texts in a real browser: nothing runs, nothing loads, nothing is lost.

One notice for each payload, which stands in every field, in the body as the converter would write it and as
somebody might paste it, and in the names of all categories. Every page of the site is opened.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.browser.conftest import Site, until
from tests.browser.test_policy import WATCH
from tests.site.building import ROOT, build_site
from tests.site.payloads import PAYLOADS
from tests.site.test_hostile_data import SHOWN, write

from zhenggai.ingest.batch import convert_all
from zhenggai.rulebook import taxonomy
from zhenggai.site.visible import visible

pytestmark = pytest.mark.browser

TRAPS = f"""{WATCH}
  window.caught = [];
  for (const name of ["alert", "confirm", "prompt", "open", "print"]) window[name] = (...said) => caught.push(`${{name}} ${{said}}`);
  Object.defineProperty(window, "ran", {{ set(value) {{ caught.push(`ran ${{value}}`) }}, get() {{ return undefined }} }});
"""
"""Runs ahead of each page: what a payload would do leaves a trace."""

FOREIGN = """() => {
  const own = new Set(`html head meta link script title body input label div header a svg rect path span nav ol ul li main h1
    h2 h3 h4 h5 h6 p section article dl dt dd table caption colgroup col thead tbody tr th td form button details summary
    footer strong em b small br hr code pre blockquote symbol pattern use circle line text desc defs g time figure figcaption kbd
    fieldset legend select option noscript wbr mark aside sup sub abbr`.split(/\\s+/))
  const wrong = []
  const said = element => element.outerHTML.slice(0, 120)
  for (const element of document.querySelectorAll("*")) {
    const tag = element.localName
    if (!own.has(tag)) wrong.push(`element ${said(element)}`)
    if (tag === "script" && element.type !== "application/ld+json" && !new URL(element.src).pathname.includes("/assets/"))
      wrong.push(`script ${said(element)}`)
    if (tag === "meta" && element.httpEquiv && element.httpEquiv !== "Content-Security-Policy") wrong.push(said(element))
    if (tag === "link" && new URL(element.href).origin !== location.origin && !/canonical|alternate/.test(element.rel))
      wrong.push(said(element))
    if (tag === "form" && new URL(element.action).origin !== location.origin) wrong.push(said(element))
    for (const { name, value } of element.attributes) {
      if (/^on|^(style|srcdoc|formaction|ping|background)$/.test(name)) wrong.push(`${name} ${said(element)}`)
      if (/^(href|src|action|xlink:href)$/.test(name)
          && !/^(https?|mailto|tel):$/.test(new URL(value, location.href).protocol)) wrong.push(`${name} ${said(element)}`)
    }
  }
  return wrong
}"""


@pytest.fixture(scope="module")
def hostile(
    tmp_path_factory: pytest.TempPathFactory, report_data: dict[str, Any], serve: Callable[[Path], str]
) -> Site:
    """The site of the archive of all payloads, with hostile names of categories."""
    folder = tmp_path_factory.mktemp("hostile")
    write(folder / "reports", report_data)
    project = folder / "project"
    project.mkdir()
    for name in ("hooks", "docs", "overrides", "src"):
        shutil.copytree(ROOT / name, project / name, ignore=shutil.ignore_patterns("__pycache__", "reports"))
    shutil.copyfile(ROOT / "mkdocs.yml", project / "mkdocs.yml")
    rules = project / "src" / "zhenggai" / "rules" / "taxonomy.yaml"
    table = yaml.safe_load(rules.read_text("utf-8"))
    names = _category_names()
    for category in (*table["tops"], *table["leaves"], table["fallback"]):
        category["name"] = names[category["slug"]]
    rules.write_text(yaml.safe_dump(table, allow_unicode=True), "utf-8")
    site = build_site(folder / "reports", folder / "site", project, SITE_URL="https://zhenggai.example.cn/")
    return Site(site, serve(site))


def _category_names() -> dict[str, str]:
    """Slug → a hostile name; those in use here are a script and a way out of an attribute."""
    known = taxonomy()
    payloads = list(map(visible, PAYLOADS.values()))
    slugs = [*(top.slug for top in known.tops), *(category.slug for category in known.categories)]
    names: dict[str, str] = {
        slug: f"{payloads[place % len(payloads)]}{place}" for place, slug in enumerate(slugs)
    }
    return names | {
        "other": "<script>ran=1</script>其他",
        "finance": '" onmouseover="ran=1"><img src=x onerror=ran=1>',
    }


class Watched:
    """A page whose every doing is noted."""

    def __init__(self, browser: Any, home: str, width: int = 1280) -> None:
        self.context = browser.new_context(base_url=home, viewport={"width": width, "height": 900})
        self.page = self.context.new_page()
        self.done: list[str] = []
        page = self.page
        page.on("dialog", self._dismiss)
        page.on("request", lambda r: None if r.url.startswith(home) else self.done.append(f"request {r.url}"))
        page.on("pageerror", lambda error: self.done.append(f"error {error}"))
        page.on("console", lambda m: self.done.append(f"console {m.text}") if m.type == "error" else None)
        page.on("popup", lambda popup: self.done.append(f"popup {popup.url}"))
        page.on("download", lambda download: self.done.append(f"download {download.url}"))
        page.on(
            "framenavigated",
            lambda frame: None if frame.url.startswith(home) else self.done.append(frame.url),
        )
        page.add_init_script(TRAPS)

    def _dismiss(self, dialog: Any) -> None:
        self.done.append(f"dialog {dialog.message}")
        dialog.dismiss()

    def harm(self) -> list[str]:
        """What happened that must not, on the page as it is now."""
        found: list[str] = self.page.evaluate("[...caught, ...violations]")
        foreign: list[str] = self.page.evaluate(FOREIGN)
        done, self.done = self.done, []
        return [*found, *foreign, *done]


@pytest.fixture
def watched(browser: Any, hostile: Site) -> Iterator[Watched]:
    started = Watched(browser, hostile.url)
    yield started
    started.context.close()


def bare(text: str) -> str:
    return "".join(text.split())


def text_of(page: Any) -> str:
    return bare(page.evaluate("document.body.textContent"))


def test_every_page_is_harmless(watched: Watched, hostile: Site) -> None:
    """Every page of notices and lists; of the pages of regions, one in four."""
    every = sorted(path.relative_to(hostile.folder).as_posix() for path in hostile.folder.rglob("*.html"))
    pages = [name for place, name in enumerate(every) if not name.startswith("regions/") or place % 4 == 0]
    assert len(pages) > 2 * len(PAYLOADS)
    for name in pages:
        watched.page.goto(name.removesuffix("index.html"))
        assert watched.harm() == [], name


def test_every_payload_is_on_its_page_as_text(watched: Watched, hostile: Site) -> None:
    """Facts, contacts, source, ledger, corrections, citation and the notice's own words."""
    for name, shown in SHOWN.items():
        watched.page.goto(f"reports/2023/{name}/")
        text = text_of(watched.page)
        assert text.count(bare(shown)) >= 20, (name, shown)
        own = bare(watched.page.locator(".zg-text").text_content())
        assert bare(shown) in own, (name, shown)
        assert bare(watched.page.locator("h1").text_content()) == bare(shown)
        assert bare(watched.page.evaluate("document.title")).startswith(bare(shown))


LISTS = ("units/", "regions/", "documents/", "contacts/", "open/", "years/2023/", "changes/")


@pytest.mark.parametrize("address", LISTS)
def test_lists_lose_nothing(watched: Watched, hostile: Site, address: str) -> None:
    folder = hostile.folder / address
    leaves = [f"{address}{p.parent.relative_to(folder).as_posix()}/" for p in folder.rglob("index.html")
              if p.parent == folder or p.parent.name.isdigit()]  # fmt: skip
    text = ""
    for leaf in leaves:
        watched.page.goto(leaf.replace("/./", "/"))
        text += text_of(watched.page)
    assert [shown for shown in SHOWN.values() if bare(shown) not in text] == []


def test_names_of_categories_are_text(watched: Watched) -> None:
    names = _category_names()
    watched.page.goto("categories/")
    assert watched.harm() == []
    text = text_of(watched.page)
    for slug in ("other", "finance"):
        assert bare(names[slug]) in text
    watched.page.goto("categories/other/")
    assert bare(names["other"]) in bare(watched.page.locator("h1").text_content())
    assert watched.harm() == []


def test_search_shows_it_as_text(watched: Watched) -> None:
    page = watched.page
    for name, shown in SHOWN.items():
        words = "".join(c for c in shown if c.isalnum() or c in "<>=()'\" ")[:24]
        if any(c.isalnum() for c in words):
            page.goto(f"search/?q={_quoted(words)}")
            page.wait_for_selector("#search-results[data-state=done]", state="attached")
            assert watched.harm() == [], (name, words)
        page.goto(
            "search/?"
            + "&".join(f"{key}={_quoted(shown[:300])}" for key in ("q", "unit", "year", "region", "status"))
        )
        page.wait_for_timeout(80)
        assert watched.harm() == [], name


def test_what_is_found_is_the_notice(watched: Watched) -> None:
    page = watched.page
    for words, name in (("onerror=ran", "img"), ("HYPERLINK", "csv-equals"), ("DROP TABLE", "sql")):
        number = list(PAYLOADS).index(name)
        page.goto(f"search/?q={_quoted(words)}")
        page.wait_for_selector("#search-results[data-state=done]", state="attached")
        found = page.locator("#search-results [data-report-id]").evaluate_all(
            "all => all.map(a => a.dataset.reportId)"
        )
        assert f"hostile-{number:03}" in found
        assert words in page.locator("#search-results").text_content()
        assert watched.harm() == []


def test_suggestions_show_it_as_text(watched: Watched) -> None:
    page = watched.page
    page.goto("about/")
    box = page.locator("#zg-q")
    box.focus()
    page.wait_for_selector("#zg-q[role=combobox]")
    offered = ""
    for words in (
        "script",
        "img",
        "javascript",
        "jinja",
        "onmouseover",
        "HYPERLINK",
        "甲",
        "汉汉",
        "AAAA",
        "__proto__",
        "7",
    ):
        box.fill(words)
        page.wait_for_timeout(60)
        offered += page.locator(".zg-suggest").text_content()
        assert watched.harm() == [], words
    assert "<script>ran=1</script>" in offered


def test_the_filter_of_contacts_shows_it_as_text(watched: Watched) -> None:
    page = watched.page
    page.goto("contacts/")
    for words in ("script", "img", "javascript", "HYPERLINK"):
        page.locator("#zg-filter input").fill(words)
        page.wait_for_timeout(200)
        until(page, "document.getElementById('zg-found').dataset.state === 'done'")
        assert int(page.locator("#zg-found").get_attribute("data-count")) > 0
        assert watched.harm() == [], words


def test_data_and_figures_and_old_addresses(watched: Watched) -> None:
    for address in ("data/", "statistics/", "changes/", "404.html", "about/", ""):
        watched.page.goto(address)
        assert watched.harm() == []


WIDE = """() => [...document.querySelectorAll("body *")].filter(e => e.getBoundingClientRect().right > innerWidth + 1
  && getComputedStyle(e).position !== "absolute").map(e => `${e.localName}.${e.className} ${e.textContent.trim().slice(0, 40)}`)"""


@pytest.mark.parametrize("width", [390, 1280])
def test_no_text_widens_a_page(browser: Any, hostile: Site, width: int) -> None:
    """Words of 3,000 letters break; a letter with a hundred marks on it cannot."""
    watched = Watched(browser, hostile.url, width)
    long = ("long-word", "long-chinese", "long-tag", "spaces", "markdown-signs")
    pages = ["", "units/", "contacts/", "open/", "categories/other/", "documents/", "changes/", "regions/"]
    for name, payload in zip(SHOWN, PAYLOADS, strict=True):
        if payload in long:
            pages += [f"reports/2023/{name}/", f"units/hostile-unit-{name[-3:]}/"]
    for address in pages:
        watched.page.goto(address)
        assert watched.page.evaluate("document.documentElement.scrollWidth") <= width, (
            address,
            watched.page.evaluate(WIDE),
        )
    watched.context.close()


def test_data_for_search_engines_is_whole_on_every_page(hostile: Site) -> None:
    start, end = '<script type="application/ld+json">', "</script>"
    for path in hostile.folder.rglob("*.html"):
        html = path.read_text("utf-8")
        if start in html:
            assert json.loads(html.split(start, 1)[1].split(end, 1)[0])["@context"] == "https://schema.org", (
                path
            )


def test_the_traps_work(watched: Watched) -> None:
    """Each way of doing harm is noticed; else this file would prove nothing."""
    page = watched.page
    for code, trace in (
        ("ran = 1", "ran"), ("alert(1)", "alert"), ("console.error('x')", "console"),
        ("document.body.append(document.createElement('iframe'))", "element"),
        ("document.body.setAttribute('onclick', 'ran=1')", "onclick"),
        ("document.body.append(Object.assign(document.createElement('a'), {href: 'javascript:ran=1'}))", "href"),
        ("new Image().src = 'https://evil.example/x'", "img-src"),
    ):  # fmt: skip
        page.goto("about/")
        page.evaluate(f"() => {{ {code} }}")
        page.wait_for_timeout(100)
        assert any(trace in one for one in watched.harm()), code


# ---------- audit pages ----------


NOTICE = (
    "关于巡察整改情况的通报\n"
    "根据县委统一部署，2024年3月1日至5月10日，县委第二巡察组对岚溪县水务局党组开展了常规巡察。\n"
    "一、关于{0}值班记录补登不及时的问题\n"
    "{0}\n"
    "已补登记录十二份{0}，修订值班办法一项，问题已整改完成。\n"
    "联系电话：{0}\n"
    "岚溪县水务局党组{0}\n"
    "2024年9月28日\n"
)


def test_audit_pages_and_file_names(browser: Any, tmp_path: Path, serve: Callable[[Path], str]) -> None:
    """Each payload in a .txt and, as far as a disk takes it, in its name: source and report show it as text."""
    from zhenggai.audit.folder import AuditFolder

    inbox = tmp_path / "in"
    inbox.mkdir()
    for number, payload in enumerate(PAYLOADS.values()):
        name = "".join(c for c in payload if c not in "/\0\n\r")[:60].encode()[:200].decode("utf-8", "ignore")
        (inbox / f"{name} {number}.txt").write_text(NOTICE.format(payload), encoding="utf-8", newline="\n")
    audit = AuditFolder(tmp_path / "audit")
    outcomes = convert_all(sorted(inbox.iterdir()), tmp_path / "reports", told=audit.add)
    audit.finish()
    assert {outcome.state.name for outcome in outcomes} <= {"WRITTEN", "DUPLICATE", "REFUSED"}
    assert sum(outcome.state.name == "REFUSED" for outcome in outcomes) <= 4
    outside = [
        p
        for p in tmp_path.rglob("*")
        if p.is_file() and p.relative_to(tmp_path).parts[0] not in ("in", "reports", "audit")
    ]
    assert outside == []
    watched = Watched(browser, serve(tmp_path / "audit"))
    pages = sorted(p.relative_to(tmp_path / "audit").as_posix() for p in (tmp_path / "audit").rglob("*.html"))
    assert len(pages) > len(PAYLOADS) * 0.8
    text = ""
    for name in pages:
        watched.page.goto(_quoted(name))
        found = [one for one in watched.harm() if not one.startswith("element <style")
                 and not one.startswith("element <del") and not one.startswith("element <ins")]  # fmt: skip
        assert found == [], name
        text += text_of(watched.page)
    for payload in ("script", "img", "jinja", "javascript", "csv-equals", "yaml-tag", "template-literal"):
        assert bare(PAYLOADS[payload]) in text
    watched.context.close()


def _quoted(text: str) -> str:
    from urllib.parse import quote

    return quote(text)
