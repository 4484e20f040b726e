"""sitemap.xml: every page of a built site. No dates of change: a build knows of none that it could vouch for."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from urllib.parse import quote
from xml.sax.saxutils import escape

from zhenggai.site.address import Site

FILE = "sitemap.xml"


def write(site: Site, site_dir: Path, pages: Iterable[str]) -> None:
    """List `pages` (addresses from the root) by their full addresses, sorted. Needs `site.base`."""
    urls = sorted(site.url(quote(page)) for page in set(pages))
    with (site_dir / FILE).open("w", encoding="utf-8", newline="\n") as file:
        file.write('<?xml version="1.0" encoding="UTF-8"?>\n')
        file.write('<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n')
        file.writelines(f"<url><loc>{escape(url)}</loc></url>\n" for url in urls)
        file.write("</urlset>\n")
