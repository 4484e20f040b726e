"""One generated page as MkDocs would make it: its own `Page`, the theme's context and templates.

Nothing that a notice says is parsed as front matter or trusted as HTML.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape
from typing import TYPE_CHECKING, Any

from jinja2.bccache import Bucket, BytecodeCache
from markdown import Markdown
from markupsafe import Markup
from mkdocs.commands.build import get_context
from mkdocs.structure.files import File, InclusionLevel
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents, get_toc

from zhenggai.kept import Kept
from zhenggai.site import linked, moved
from zhenggai.site.making import Made

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.utils.templates import TemplateContext

    from zhenggai.site.address import Site
    from zhenggai.site.catalog import Notice
    from zhenggai.site.inert import Inert
    from zhenggai.site.pages import GeneratedPage


class Compiled(BytecodeCache):
    """Templates as Jinja compiled them for an earlier build; to compile them takes longer than many a page."""

    def __init__(self, kept: Kept) -> None:
        """`kept`: of builds with the same code, settings and versions, see `kept.made_by`."""
        self._kept = kept

    def load_bytecode(self, bucket: Bucket) -> None:
        if data := self._kept.load(self._key(bucket)):
            bucket.bytecode_from_string(data)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._kept.save(self._key(bucket), bucket.bytecode_to_string())

    def _key(self, bucket: Bucket) -> str:
        return f"{bucket.key}{bucket.checksum}"


_ANCHOR = re.compile(r'\bid="([^"]*)"')


class Renderer:
    """Renders the pages of one build. `nav`, `files` and `env` are MkDocs', set as they become known."""

    nav: Navigation
    files: Files
    """Those that MkDocs takes care of."""
    env: Environment

    def __init__(self, config: MkDocsConfig, site: Site, inert: Inert) -> None:
        self._config, self._site, self._inert = config, site, inert
        self._menus: dict[tuple[str, int], Markup] = {}
        self._markdown: Markdown | None = None

    def page(self, generated: GeneratedPage) -> Made:
        """A generated page; of a notice, its own text by itself and what anchors that lacks."""
        notice: Notice | None = generated.view.get("notice")
        text = _shown(notice) if notice else ""
        file = File.generated(
            self._config, f"{generated.url}index.md", content=text, inclusion=InclusionLevel.NOT_IN_NAV
        )
        page = Page(None, file, self._config)
        page.meta = {
            "template": generated.template,
            "title": generated.title,
            "description": generated.description,
        }
        page.markdown = text
        own, page.toc = self._text(text) if text else ("", TableOfContents([]))
        page.content, homeless = moved.keep_anchors(own, generated.view.get("old") or {})
        context = get_context(self.nav, self.files, self._config, page)
        template = self.env.get_template(generated.template)
        html = template.render(self.context(context, page, generated, homeless))
        return Made(html, own, tuple(_unanchored(notice, own)) if notice and text else ())

    def text(self, notice: Notice) -> str:
        """A notice's own text as HTML, as its page has it."""
        return self._text(_shown(notice))[0]

    def context(
        self,
        context: TemplateContext,
        page: Page,
        generated: GeneratedPage | None = None,
        homeless: Iterable[str] = (),
    ) -> TemplateContext:
        """The template's values; of a page written by hand, which is not `generated`, what it says and no more.

        `homeless`: old anchors that the page's text has no place for.
        """
        ours: dict[str, Any] = {
            "headings": page.toc,
            "homeless": homeless,
            "view": generated.view if generated else {},
            "crumbs": generated.crumbs if generated else (),
            "jsonld": linked.json_ld(generated, self._site) if generated else "",
            "menu": self._menu(context, page),
        }
        # Material's skip link leads to the first heading of the table of contents; ours leads to the page.
        page.toc = TableOfContents([AnchorLink("正文", "main", 1)])
        context.update(ours)  # type: ignore[typeddict-item] # templates know more names than MkDocs lists
        return context

    def _text(self, text: str) -> tuple[str, TableOfContents]:
        """A notice's own text as HTML, and its headings.

        As MkDocs' pages render it, but for links to other pages, which notices have none of, and by one
        instance of Markdown for all notices: to make one takes as long as to render a page.
        """
        if self._markdown is None:
            self._inert.active = True
            self._markdown = Markdown(
                extensions=self._config.markdown_extensions, extension_configs=self._config.mdx_configs
            )
        html = self._markdown.reset().convert(text)
        return html, get_toc(getattr(self._markdown, "toc_tokens", []))

    def _menu(self, context: TemplateContext, page: Page) -> Markup:
        """The menu, rendered once for all pages of a section and depth: it takes as long as all around it."""
        place = page.url.split("/", 1)[0], page.url.count("/")
        if place not in self._menus:
            template = self.env.get_template("archive/menu.html")
            self._menus[place] = Markup(template.render(context))  # noqa: S704 - a template's, and escaped there
        return self._menus[place]


def _shown(notice: Notice) -> str:
    """What is to be read of it."""
    return "" if notice.report.withdrawn else notice.body


def _unanchored(notice: Notice, html: str) -> Iterator[str]:
    """Every problem of the front matter must have its paragraph, or links to it would lead nowhere."""
    there = set(map(unescape, _ANCHOR.findall(html)))
    for anchor in notice.report.anchors:
        if anchor not in there:
            yield (
                f"{notice.path.name}: 正文里没有锚点 #{anchor}"
                f"（在该问题的标题行尾补上 {{#{anchor}}}，或重新转换）"
            )
