"""Whether a built site holds together: no link or fragment into nothing, nothing fetched from elsewhere, no page too heavy."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import SplitResult, unquote, urljoin, urlsplit

from zhenggai.checks import weight
from zhenggai.checks.finding import Finding

_LOADING_RELS = {"stylesheet", "icon", "preload", "prefetch", "modulepreload", "preconnect", "dns-prefetch",
                 "manifest", "apple-touch-icon", "mask-icon", "shortcut"}  # fmt: skip
_ADDRESSES = {"href", "src", "action", "formaction", "xlink:href", "data", "poster"}
_LOADING_ATTRIBUTES = {"src", "srcset", "poster", "data", "background", "formaction", "action"}
_CSS_URL = re.compile(r"""url\(\s*['"]?([^'")]+)|@import\s+['"]([^'"]+)""")
_SKIPPED_SCHEMES = {"mailto", "tel", "data", "javascript", "blob", "about"}
_ORIGIN = "http://site.invalid"  # stands for wherever the site will be served


@dataclass(slots=True)
class Link:
    """One address in a page."""

    line: int
    url: str
    loads: bool
    """The browser fetches it by itself, unlike a link that a reader follows."""


@dataclass
class Page:
    """What one HTML file offers and asks for."""

    ids: set[str] = field(default_factory=set)
    links: list[Link] = field(default_factory=list)
    inline: list[tuple[int, str]] = field(default_factory=list)
    """(line, what) of code that stands in the page itself, which its policy forbids."""
    canonical: str = ""
    base: str = ""


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.page = Page()
        self._style = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        line = self.getpos()[0]
        values = {key: value or "" for key, value in attrs}
        rels = set(values.get("rel", "").lower().split())
        self.page.ids |= {values[key] for key in ("id", "name") if key == "id" or tag == "a" if key in values}
        self._style = tag == "style"
        self.page.inline += [(line, what) for what in _inline(tag, values)]
        if tag == "base":
            self.page.base = values.get("href", "")
        elif tag == "link" and "canonical" in rels:
            self.page.canonical = values.get("href", "")
        elif href := values.get("href", values.get("xlink:href", "")):
            loads = (tag == "link" and bool(rels & _LOADING_RELS)) or tag in ("use", "image")
            self.page.links.append(Link(line, href, loads))
        for key in _LOADING_ATTRIBUTES & values.keys():
            urls = [part.split() for part in values[key].split(",")] if key == "srcset" else [[values[key]]]
            self.page.links += [Link(line, url[0], loads=True) for url in urls if url and url[0]]
        self.page.links += [Link(line, url, loads=True) for url in _css_urls(values.get("style", ""))]

    def handle_data(self, data: str) -> None:
        if self._style:
            line = self.getpos()[0]
            self.page.links += [Link(line, url, loads=True) for url in _css_urls(data)]

    def handle_endtag(self, tag: str) -> None:
        self._style = False


class Site:
    """A folder of plain files, read as a browser would reach them."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._pages: dict[Path, Page] = {}
        self._targets: dict[str, Path | None] = {}

    def page(self, path: Path) -> Page:
        """The HTML file at `path`, read once."""
        if path not in self._pages:
            reader = _Reader()
            reader.feed(path.read_text(encoding="utf-8"))
            reader.close()
            self._pages[path] = reader.page
        return self._pages[path]

    def pages(self) -> list[Path]:
        """Every HTML file, sorted."""
        return sorted(self.root.rglob("*.html"))

    def address(self, path: Path) -> str:
        """Where a reader finds the file `path`, from the root of the site."""
        return path.relative_to(self.root).as_posix().removesuffix("index.html")

    def full(self, path: Path, url: str, base: str = "") -> SplitResult:
        """What `url` in the file `path` means. Raises ValueError for what is no address."""
        # Browsers drop tabs and line ends in addresses.
        url = re.sub(r"[\t\r\n]", "", url.strip())
        origin, prefix = self.home
        return urlsplit(urljoin(urljoin(origin + prefix + self.address(path), base), url))

    def file(self, path: Path, url: str, base: str = "") -> Path | None:
        """The file of this site that `url` in the file `path` leads to, or None."""
        try:
            full = self.full(path, url, base)
        except ValueError:
            return None
        here = f"{full.scheme}://{full.netloc}" == self.home[0]
        return self.target(full.path) if here else None

    @cached_property
    def home(self) -> tuple[str, str]:
        """(scheme and host, path) under which the site will be served: the home page's canonical link."""
        index = self.root / "index.html"
        parts = urlsplit(self.page(index).canonical if index.exists() else "")
        return (f"{parts.scheme}://{parts.netloc}" if parts.netloc else _ORIGIN, parts.path or "/")

    def target(self, path: str) -> Path | None:
        """The file that a server hands out for the URL path `path`, or None; asked of the disk once."""
        if path not in self._targets:
            self._targets[path] = self._find(path)
        return self._targets[path]

    def _find(self, path: str) -> Path | None:
        prefix = self.home[1]
        if not path.startswith(prefix):
            return None
        file = self.root / unquote(path[len(prefix) :])
        if file.is_dir():
            file = file / "index.html"
        elif path.endswith("/"):
            return None
        return file if file.is_file() else None


def _inline(tag: str, values: dict[str, str]) -> Iterator[str]:
    """Code in a page: scripts and styles that are no files, handlers, style attributes, addresses that run."""
    if tag == "style" or (tag == "script" and "src" not in values and not _is_data(values.get("type", ""))):
        yield f"<{tag}>"
    yield from (key for key in values if key == "style" or key.startswith("on"))
    for key in _ADDRESSES & values.keys():
        if (
            re.sub(r"[\x00-\x20]", "", values[key])
            .lower()
            .startswith(("javascript:", "vbscript:", "data:text"))
        ):
            yield f"{key}={values[key][:20]}"


def _is_data(kind: str) -> bool:
    return kind.endswith("json")


def check(root: Path) -> list[Finding]:
    """Findings over all pages and style sheets of the built site in `root`, sorted by file and line."""
    return examine(Site(root))


def examine(site: Site) -> list[Finding]:
    """The same for a site that is read already; `site` keeps what it reads."""
    root = site.root
    pages = site.pages()
    if not pages:
        return [Finding(root, 1, "NO-PAGES", "这里没有网页", "先建站：make demo 或 make site")]
    findings = set(weight.findings(weight.weigh(site)))
    for path in pages:
        page = site.page(path)
        for line, what in page.inline:
            findings.add(
                Finding(path, line, "INLINE-CODE", f"网页里直接写了代码：{what}", "移到 assets 里的文件")
            )
        for link in page.links:
            findings |= set(_judge(site, path, page, link))
    for path in root.rglob("*.css"):
        text = path.read_text(encoding="utf-8")
        for url in _css_urls(text):
            line = text[: text.find(url)].count("\n") + 1
            findings |= set(_judge(site, path, Page(), Link(line, url, loads=True)))
    return sorted(findings)


def _judge(site: Site, path: Path, page: Page, link: Link) -> Iterator[Finding]:
    try:
        scheme = urlsplit(re.sub(r"[\t\r\n]", "", link.url.strip())).scheme.lower()
        full = site.full(path, link.url, page.base)
    except ValueError:
        yield Finding(path, link.line, "BAD-LINK", f"不成地址的链接 {link.url[:80]}", "改正它的来源")
        return
    if scheme in _SKIPPED_SCHEMES:
        return
    if f"{full.scheme}://{full.netloc}" != site.home[0]:
        if link.loads:
            yield Finding(
                path, link.line, "FOREIGN-HOST", f"会向外部主机 {full.netloc} 请求 {link.url[:80]}",
                "改为随网站发布的文件",
            )  # fmt: skip
        return
    file = site.target(full.path)
    if file is None:
        yield Finding(path, link.line, "DEAD-LINK", f"链接 {link.url[:120]} 没有对应的文件", "改正它的来源")
        return
    fragment = unquote(full.fragment)
    if fragment in ("", "top") or fragment.startswith(":~:") or file.suffix not in (".html", ".htm"):
        return
    if fragment not in site.page(file).ids:
        yield Finding(
            path, link.line, "DEAD-FRAGMENT", f"链接 {link.url[:120]} 指的位置在目标网页里没有",
            "改正它的来源",
        )  # fmt: skip


def _css_urls(text: str) -> list[str]:
    """Addresses that a style sheet fetches."""
    return [a or b for a, b in _CSS_URL.findall(text) if not (a or b).startswith(("data:", "#"))]
