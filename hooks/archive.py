"""The story of one build: from a folder of reports to a site.

MkDocs calls the functions below in this order. Each says what it makes and
why; what the pages hold is made in `zhenggai.site`, which knows nothing of
MkDocs, and written by the templates in overrides/.

  on_config        start afresh; find the reports; prepare Markdown
  on_pre_build     read every report, or stop with a list of what is wrong; let the last site step aside
  on_files         leave to MkDocs what people wrote; begin with data and figures; say which pages there will be
  on_nav, on_env   make every template escape what it prints; keep both for later
  on_page_context  for a page that people wrote
  on_post_build    make all other pages, on all cores, as far as earlier builds have not; then
                   search, vCards, feeds and sitemap
  on_build_error, on_shutdown
                   bring the last site back, if the build did not come to its end
  on_serve         watch the reports while previewing
"""

from __future__ import annotations

import hashlib
import sys
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.exceptions import PluginError

# A plain `mkdocs build` works in any environment that has the dependencies:
# the package lies beside this folder and need not be installed.
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

from rendering import Compiled, Renderer
from telling import log, progress, step
from zhenggai import published, readings
from zhenggai.frontmatter import report_files
from zhenggai.kept import Kept, kept_folder, kept_for, made_by
from zhenggai.model import ZhenggaiError
from zhenggai.site import catalog as archive
from zhenggai.site import (
    contact_names,
    exports,
    feeds,
    moved,
    pages,
    pinyin,
    search,
    search_names,
    sitemap,
    statistics,
    vcards,
)
from zhenggai.site.address import Site
from zhenggai.site.filters import FILTERS, GLOBALS
from zhenggai.site.inert import Inert
from zhenggai.site.lastsite import LastSite, key_of
from zhenggai.site.making import Making, make_pages
from zhenggai.site.pages import GeneratedPage
from zhenggai.site.standing import Standing
from zhenggai.work import Begun, leave_garbage, mind_garbage, shared

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page
    from mkdocs.utils.templates import TemplateContext

    from zhenggai.site.catalog import Notice

SEARCH_PAGE = GeneratedPage("search/", "search.html", "搜索")
MADE_BY = ("src/zhenggai", "overrides", "hooks", "mkdocs.yml")
"""What pages depend on beside the notices, the settings and the packages: our own files."""

ELSEWHERE = ("cache", "config_file_path", "docs_dir", "reports", "site_dir", "strict", "watch")
"""Settings that pages do not depend on: where things lie, how strictly they are checked."""


Exported = tuple[dict[str, exports.File], statistics.Statistics, dict[str, str]]
"""What there is under /data/ and on /statistics/, and what their files are made from."""


@dataclass
class Build:
    """What one build knows. A new one for each: MkDocs keeps this module between previews."""

    reports: Path = Path()
    catalog: archive.Catalog = field(default_factory=lambda: archive.Catalog([]))
    pages: list[GeneratedPage] = field(default_factory=list)
    moves: list[tuple[str, str]] = field(default_factory=list)
    """Published addresses that have gone elsewhere, and where to."""
    moved: list[GeneratedPage] = field(default_factory=list)
    """Those of the pages that only forward from an old address."""
    site: Site = field(default_factory=lambda: Site(""))
    renderer: Renderer = field(init=False)
    cache: Path = Path()
    """Where builds keep what they made."""
    made_by: bytes = b""
    """A digest of what pages depend on beside the notices."""
    last: LastSite = field(init=False)
    key: str = ""
    """What the whole site depends on."""
    standing: Standing = field(default_factory=lambda: Standing(Path()))
    same: list[str] | None = None
    """The files of the last build's site, where nothing has changed since."""
    exported: Begun[Exported] | None = None
    """Data and figures, which another process is at; None where nothing has changed."""
    making: Making = field(init=False)
    names: int = 0
    """Whose pinyin is known from earlier builds."""


build = Build()


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Forget the last build; settle where the reports are; let Markdown treat notices as plain text."""
    global build
    build = Build(_folder(config) / str(config.extra["reports"]), standing=Standing(Path(config.site_dir)))
    inert = Inert()
    config.markdown_extensions.append(inert)  # type: ignore[arg-type] # an instance is as good as a name
    name = config.site_name + ("（示例，内容均为虚构）" if config.extra["demo"] else "")
    build.site = Site(name, config.site_description or "", config.site_url or "")
    build.renderer = Renderer(config, build.site, inert)
    config.theme.static_templates.discard("sitemap.xml")  # MkDocs' own dates every page by the clock
    return config


def on_pre_build(*, config: MkDocsConfig) -> None:
    """Read the archive before MkDocs empties the old site: a broken report leaves that as it is."""
    leave_garbage()
    project = _folder(config)
    build.cache = project / str(config.extra["cache"])
    settings = {name: value for name, value in config.items() if name not in ELSEWHERE}
    settings["extra"] = {name: value for name, value in config.extra.items() if name not in ELSEWHERE}
    build.made_by = made_by([project / name for name in MADE_BY], settings)
    try:
        build.moves = list(published.read(build.reports).moved())
    except ZhenggaiError as error:
        raise PluginError(str(error)) from error
    if _is_as_it_was(Path(config.docs_dir)):
        log.info("nothing has changed since the last build")
    else:
        _read(Path(str(config.extra["reports"])))
    build.standing.step_aside()


def _read(named: Path) -> None:
    """Read every report; messages call their folder `named`."""
    build.names = readings.recall(_names())
    try:
        with step("读报告"):
            kept = kept_for(build.reports, build.cache, "reports")
            build.catalog = archive.read(build.reports, named, kept)
    except ZhenggaiError as error:
        raise PluginError(str(error)) from error
    log.info("%d reports, %d problems", len(build.catalog.notices), len(build.catalog.problems))


def _is_as_it_was(docs: Path) -> bool:
    """Whether the site of the last build can be put back as a whole."""
    written = (path.relative_to(docs).as_posix() for path in docs.glob("**/*.md"))
    build.last = LastSite(kept_folder(build.reports, build.cache, "site", build.site.base))
    try:
        key = key_of(build.made_by, build.reports, report_files(build.reports))
        # A page that people wrote may stand where one of ours does.
        build.key = hashlib.sha256(f"{key} {sorted(written)} {build.moves}".encode()).hexdigest()[:40]
    except (OSError, ZhenggaiError):
        return False  # whoever reads the reports next says what is wrong
    build.same = build.last.whole(build.key)
    return build.same is not None


def on_files(files: Files, *, config: MkDocsConfig) -> Files:
    """Leave to MkDocs what is written by hand: notices and generated pages are made by `on_post_build`.

    Reports never come from docs/ by themselves: those of the configured folder
    are published in one way wherever it lies, and docs/reports is not published
    beside another archive. The theme's own scripts and styles stay out: no
    template here links them.
    """
    themes = config.theme.dirs[1:]  # the first is overrides/
    left_out = [Path(config.docs_dir, "reports"), build.reports, *map(Path, themes)]
    for file in list(files):
        if any(Path(file.abs_src_path or "").is_relative_to(folder) for folder in left_out):
            files.remove(file)
    build.renderer.files = files
    if build.same is not None:
        return files
    build.exported = Begun(_export)
    with step("排网页"):
        old = moved.anchors(build.moves)
        build.pages = [
            *(pages.report_page(build.catalog, n, old.get(n.url)) for n in build.catalog.everything),
            *pages.all_pages(build.catalog),
            SEARCH_PAGE,
        ]
        build.moved = list(moved.pages(build.moves, build.catalog, [page.url for page in build.pages]))
    build.pages += build.moved
    written = {file.dest_uri: file.src_uri for file in files}
    for address in (*(page.url for page in build.pages), "data/", "statistics/"):
        if other := written.get(f"{address}index.html"):
            raise PluginError(f"docs/{other} 与自动生成的页面 /{address} 地址相同（请改名或移走）")
    return files


def on_nav(nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
    """Kept for the pages that are made later."""
    build.renderer.nav = nav
    return nav


def on_env(env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
    """Escape by default: Material's templates print values as they are, and ours are strangers' texts."""
    env.autoescape = True
    env.filters.update(FILTERS)
    env.globals.update(GLOBALS, MENU=pages.MENU)
    compiled = Kept(build.cache / "templates" / build.made_by.hex()[:12])
    compiled.forget()
    env.bytecode_cache = Compiled(compiled)
    build.renderer.env = env
    return env


def on_page_context(
    context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation
) -> TemplateContext:
    """A page written by hand shows what it says and no more."""
    return build.renderer.context(context, page)


def on_post_build(*, config: MkDocsConfig) -> None:
    """Make every page; lay beside them what search, telephones, feed readers and programs take."""
    site_dir = Path(config.site_dir)
    if build.exported is None:
        _put_back(site_dir, build.same or [])
        return
    written = build.standing.written()  # by MkDocs
    keyed = frozenset(build.last.keyed)
    build.making = Making(site_dir, build.last, build.made_by)
    with step("数据和统计"):
        exported, counted, build.making.keys = build.exported.result()
        build.standing.bring_in()
    build.standing.come_back(keyed)
    # These two tell of the files beside them: how large they are, what is in them.
    build.pages += [pages.data_page(build.catalog, exported), statistics.page(counted)]
    texts = kept_for(build.reports, build.cache, "texts", build.site.base)
    with step("网页"):
        faults = make_pages(build.pages, build.renderer.page, build.making, texts, progress("网页"))
    for fault in faults:
        log.warning("%s", fault)
    entries = [
        search.Entry(
            notice.report,
            notice.url,
            partial(_text, notice, texts),
            tuple((r.slug, r.full_name) for r in build.catalog.regions.of(notice) if r.path),
            build.making.key(notice).encode(),
        )
        for notice in build.catalog.notices
    ]
    try:
        with step("搜索、通讯录、订阅"):
            _name_lists(site_dir)
            _at_once(
                lambda: search.build_index(
                    entries, build.making, kept_for(build.reports, build.cache, "search")
                ),
                lambda: _lay_beside(site_dir),
            )
    except ZhenggaiError as error:
        raise PluginError(str(error)) from error
    build.standing.drop(keyed - build.making.keys.keys())
    with step("留底"):
        readings.remember(_names(), build.names)
        build.last.keep(site_dir, "" if faults else build.key, build.making.keys, written)
    mind_garbage()


def _put_back(site_dir: Path, names: Sequence[str]) -> None:
    """The whole site as it was."""
    build.standing.come_back(frozenset(names))
    if [name for name in names if not build.last.put_back(name, str(site_dir))]:
        raise PluginError("上次建成的网站刚刚被改动，没有放回来（请再运行一次）")
    mind_garbage()


def _export() -> Exported:
    """What only looks at the catalog: made beside the pages, laid where they do not stand in its way."""
    making = Making(build.standing.ahead, build.last, build.made_by)
    exported = exports.write(build.catalog, build.site, making)
    return exported, statistics.write(build.catalog, making.site_dir), making.keys


def _text(notice: Notice, texts: Kept) -> str:
    """A notice's own text as HTML, for search: rendered with its page, now or by an earlier build."""
    own = texts.load(build.making.key(notice))
    return build.renderer.text(notice) if own is None else own.decode()


def _at_once(*jobs: Callable[[], None]) -> None:
    """Several jobs that have nothing to do with one another, on as many cores as there are."""

    def known_after(job: Callable[[], None]) -> dict[str, str]:
        job()
        return build.making.keys

    for keys in shared(known_after, jobs, few=1):
        build.making.keys |= keys  # a worker's own memory is gone


def _name_lists(site_dir: Path) -> None:
    """What search boxes take; made here and not by a worker, whose memory of new names' pinyin would be lost."""
    for region in build.catalog.regions.by_slug.values():
        pinyin.sort_key(region.full_name)  # search will have them in this order
    search_names.write(build.catalog.units.values(), build.catalog.tags.values(), site_dir)
    contacts = (page for page in build.pages if page.template == "archive/contacts.html")
    contact_names.write((page.view["leaf"] for page in contacts), site_dir)


def _lay_beside(site_dir: Path) -> None:
    """What telephones and feed readers take, into the folders of the pages; the list of all pages."""
    vcards.write(build.catalog, build.site, build.making)
    if build.site.base:  # feeds and sitemap are made of full addresses
        feeds.write(build.catalog, build.site, build.making)
        by_hand = (file.url.removeprefix("./") for file in build.renderer.files.documentation_pages())
        ours = (page.url for page in build.pages)
        sitemap.write(build.site, site_dir, {*by_hand, *ours} - {page.url for page in build.moved})
    moved.copy_beside(build.moved, site_dir)


def on_build_error(*, error: Exception) -> None:
    """Bring back what stood there, where it has not come back yet."""
    _give_up()


def on_shutdown() -> None:
    """The same for a build that was interrupted from the keyboard: MkDocs calls that no error."""
    _give_up()


def _give_up() -> None:
    """Of no effect on a build that came to its end."""
    mind_garbage()
    if build.exported:
        build.exported.stop()
    build.standing.come_back()


def on_serve(
    server: LiveReloadServer, *, config: MkDocsConfig, builder: Callable[..., Any]
) -> LiveReloadServer:
    """Rebuild the preview when a report or a template's page changes."""
    if build.reports.is_dir():
        server.watch(str(build.reports))
    return server


def _folder(config: MkDocsConfig) -> Path:
    """The folder of mkdocs.yml: relative paths in it are meant from there."""
    return Path(config.config_file_path).absolute().parent


def _names() -> Kept:
    """How names are read is the same for all archives."""
    return Kept(build.cache / "pinyin")
