"""The story of one build: from a folder of reports to a site.

MkDocs calls the functions below in this order. Each says what it makes and
why; what the pages hold is made in `zhenggai.site`, which knows nothing of
MkDocs, and written by the templates in overrides/.

  on_config         start afresh; find the reports; prepare Markdown
  on_pre_build      read every report, or stop with a list of what is wrong
  on_files          write data and figures for others; put the notices and the generated pages among the files
  on_page_markdown  give each page its title and template values
  on_page_content   check that every problem can be linked to; keep the text for search
  on_env            make every template escape what it prints
  on_page_context   hand each template its view of the archive
  on_post_build     build the search index; write vCards, feeds and sitemap
  on_serve          watch the reports while previewing
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.exceptions import PluginError
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.toc import AnchorLink, TableOfContents

# A plain `mkdocs build` works in any environment that has the dependencies:
# the package lies beside this folder and need not be installed.
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

from zhenggai.model import ZhenggaiError
from zhenggai.site import catalog as archive
from zhenggai.site import (
    contact_names,
    exports,
    feeds,
    linked,
    pages,
    search,
    search_cache,
    search_names,
    sitemap,
    statistics,
    vcards,
)
from zhenggai.site.address import Site
from zhenggai.site.filters import FILTERS, GLOBALS
from zhenggai.site.inert import Inert

if TYPE_CHECKING:
    from collections.abc import Callable

    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page

log = get_plugin_logger("archive")

SEARCH_PAGE = pages.GeneratedPage("search/", "search.html", "搜索")


@dataclass
class Build:
    """What one build knows. A new one for each: MkDocs keeps this module between previews."""

    reports: Path = Path()
    catalog: archive.Catalog = field(default_factory=lambda: archive.Catalog([]))
    pages: dict[str, pages.GeneratedPage] = field(default_factory=dict)
    """Generated pages by source address (`units/index.md`)."""
    notices: dict[str, archive.Notice] = field(default_factory=dict)
    """Notices by source address."""
    texts: dict[str, str] = field(default_factory=dict)
    """The rendered text of each notice by its address, for search."""
    written: dict[str, str] = field(default_factory=dict)
    """Hand-written files: source by destination."""
    inert: Inert = field(default_factory=Inert)
    site: Site = field(default_factory=lambda: Site(""))


build = Build()


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Forget the last build; settle where the reports are; let Markdown treat notices as plain text."""
    global build
    build = Build(reports=_folder(config) / str(config.extra["reports"]))
    config.markdown_extensions.append(build.inert)  # type: ignore[arg-type] # an instance is as good as a name
    name = config.site_name + ("（示例，内容均为虚构）" if config.extra["demo"] else "")
    build.site = Site(name, config.site_description or "", config.site_url or "")
    config.theme.static_templates.discard("sitemap.xml")  # MkDocs' own dates every page by the clock
    return config


def on_pre_build(*, config: MkDocsConfig) -> None:
    """Read the archive before MkDocs empties the old site: a broken report leaves that as it is."""
    try:
        build.catalog = archive.read(build.reports, named=Path(str(config.extra["reports"])))
    except ZhenggaiError as error:
        raise PluginError(str(error)) from error
    log.info("%d reports, %d problems", len(build.catalog.notices), len(build.catalog.problems))


def on_files(files: Files, *, config: MkDocsConfig) -> Files:
    """Put notices and generated pages among the files, in memory: nothing is written under docs/.

    Reports never come from docs/ by themselves: those of the configured folder
    are fed in one way wherever it lies, and docs/reports is not published
    beside another archive. The theme's own scripts and styles stay out: no
    template here links them.
    """
    themes = config.theme.dirs[1:]  # the first is overrides/
    left_out = [Path(config.docs_dir, "reports"), build.reports, *map(Path, themes)]
    for file in list(files):
        if any(Path(file.abs_src_path or "").is_relative_to(folder) for folder in left_out):
            files.remove(file)

    build.written = {file.dest_uri: file.src_uri for file in files}
    for notice in build.catalog.everything:
        page = pages.report_page(build.catalog, notice)
        uri = _add(files, config, page, body="" if notice.report.withdrawn else notice.body)
        build.notices[uri] = notice
    # Before the pages: /data/ tells how large the files are.
    exported = exports.write(build.catalog, build.site, Path(config.site_dir))
    counted = statistics.write(build.catalog, Path(config.site_dir))
    made = (pages.data_page(exported), statistics.page(counted), SEARCH_PAGE)
    for page in (*pages.all_pages(build.catalog), *made):
        _add(files, config, page)
    return files


def on_page_markdown(markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Title and description come from the view, not from text that MkDocs would parse.

    Called just before the page is rendered: the moment to say how far its text is trusted.
    """
    build.inert.active = page.file.src_uri in build.notices
    if generated := build.pages.get(page.file.src_uri):
        page.meta.update(title=generated.title, description=generated.description)
    return markdown


def on_page_content(html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Every problem of the front matter must have its paragraph, or links to it would lead nowhere."""
    notice = build.notices.get(page.file.src_uri)
    if notice is None or notice.report.withdrawn:
        return html
    for issue in notice.report.issues:
        for anchor in (issue.anchor, *issue.also_at, *(s.anchor for s in issue.sub_issues)):
            if anchor not in (page.present_anchor_ids or ()):
                log.warning(
                    "%s: 正文里没有锚点 #%s（在该问题的标题行尾补上 {#%s}，或重新转换）",
                    notice.path.name,
                    anchor,
                    anchor,
                )
    build.texts[notice.url] = html
    return html


def on_env(env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
    """Escape by default: Material's templates print values as they are, and ours are strangers' texts."""
    env.autoescape = True
    env.filters.update(FILTERS)
    env.globals.update(GLOBALS, catalog=build.catalog, MENU=pages.MENU)
    return env


def on_page_context(
    context: dict[str, Any], *, page: Page, config: MkDocsConfig, nav: Navigation
) -> dict[str, Any]:
    """The template's values: `view`, breadcrumbs, the notice's own headings, what search engines are told."""
    generated = build.pages.get(page.file.src_uri)
    context["headings"] = page.toc
    # Material's skip link leads to the first heading of the table of contents; ours leads to the page.
    page.toc = TableOfContents([AnchorLink("正文", "main", 1)])
    context["view"] = generated.view if generated else {}
    context["crumbs"] = generated.crumbs if generated else ()
    context["jsonld"] = linked.json_ld(generated, build.site) if generated else ""
    return context


def on_post_build(*, config: MkDocsConfig) -> None:
    """Index what was published; lay beside it what telephones, feed readers and search engines take."""
    site_dir = Path(config.site_dir)
    entries = [
        search.Entry(
            notice.report,
            notice.url,
            build.texts[notice.url],
            tuple((r.slug, r.full_name) for r in build.catalog.regions.of(notice) if r.path),
        )
        for notice in build.catalog.notices
    ]
    try:
        search.build_index(entries, site_dir, search_cache.kept_for(build.reports, _folder(config)))
    except ZhenggaiError as error:
        raise PluginError(str(error)) from error
    search_names.write(build.catalog.units.values(), build.catalog.tags.values(), site_dir)
    vcards.write(build.catalog, build.site, site_dir)
    contacts = (page for page in build.pages.values() if page.template == "archive/contacts.html")
    contact_names.write((page.view["leaf"] for page in contacts), site_dir)
    if build.site.base:  # feeds and sitemap are made of full addresses
        feeds.write(build.catalog, build.site, site_dir)
        sitemap.write(build.site, site_dir)


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


def _add(files: Files, config: MkDocsConfig, page: pages.GeneratedPage, body: str = "") -> str:
    """Put one generated page among the files and return its source address.

    Only the template's name goes through MkDocs' front matter, so that nothing
    a notice says is ever parsed there.
    """
    uri = f"{page.url}index.md"
    file = File.generated(
        config, uri, content=f"---\ntemplate: {page.template}\n---\n\n{body}",
        inclusion=InclusionLevel.NOT_IN_NAV,
    )  # fmt: skip
    if other := build.written.get(file.dest_uri):
        raise PluginError(f"docs/{other} 与自动生成的页面 /{page.url} 地址相同（请改名或移走）")
    files.append(file)
    build.pages[uri] = page
    return uri
