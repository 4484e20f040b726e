"""The generated pages made, or taken from what earlier builds made: `make_pages`.

How a page is rendered is the caller's: nothing here knows MkDocs. A page is made anew
only if its `Fingerprints` or anything else that pages depend on has changed, and then
on all cores.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from zhenggai.kept import Kept
from zhenggai.site.fingerprint import Fingerprints
from zhenggai.site.lastsite import LastSite
from zhenggai.site.page import GeneratedPage
from zhenggai.site.work import shared


@dataclass(frozen=True)
class Made:
    """One rendered page."""

    html: str
    text: str = ""
    """A notice's own text as rendered, for search."""
    faults: tuple[str, ...] = ()
    """What is wrong with it; such a page is made again by the next build, which says it again."""


@dataclass(frozen=True)
class Account:
    """What became of the pages of one build."""

    texts: dict[str, str]
    """Address of each notice → its own text as rendered."""
    faults: tuple[str, ...]
    anew: int
    """How many pages were rendered; the others were put back."""
    keys: dict[str, str]
    """File of each page → digest of all it was made from; empty for a page with a fault."""


def make_pages(
    pages: Sequence[GeneratedPage],
    render: Callable[[GeneratedPage], Made],
    site_dir: Path,
    last: LastSite,
    texts: Kept,
    made_by: bytes,
    told: Callable[[int, int], None] = lambda done, all_: None,
) -> Account:
    """Write every page below `site_dir`; `told` hears how many of the pages to render are done.

    `last` has the pages of the last build, `texts` the notices' own texts of earlier ones;
    `made_by`: a digest of all that pages depend on beside their views.
    """
    prints = Fingerprints()
    keys = {name_of(page): hashlib.sha256(made_by + prints.of(page)).hexdigest()[:40] for page in pages}
    said: dict[str, str] = {}
    missing = []
    for page in pages:
        name = name_of(page)
        own = texts.load(keys[name]) if "notice" in page.view else b""
        if own is not None and last.put_back(name, str(site_dir), keys[name]):
            if "notice" in page.view:
                said[page.url] = own.decode()
        else:
            missing.append(page)

    def make(page: GeneratedPage) -> tuple[str, tuple[str, ...]]:
        made = render(page)
        _write(f"{site_dir}{os.sep}{page.url}", made.html)
        if "notice" in page.view and not made.faults:
            texts.save(keys[name_of(page)], made.text.encode())
        return made.text, made.faults

    faults: list[str] = []
    for done, (page, (text, wrong)) in enumerate(zip(missing, shared(make, missing), strict=True), 1):
        if "notice" in page.view:
            said[page.url] = text
        if wrong:
            faults += wrong
            keys[name_of(page)] = ""  # made again by the next build, which says it again
        told(done, len(missing))
    texts.forget(frozenset(keys.values()))
    return Account(said, tuple(faults), len(missing), keys)


def name_of(page: GeneratedPage) -> str:
    """The file of a page, from the site's root."""
    return f"{page.url}index.html"


def _write(folder: str, html: str) -> None:
    os.makedirs(folder, exist_ok=True)  # noqa: PTH103 - thousands of times in one build
    with open(f"{folder}index.html", "wb") as file:  # noqa: PTH123
        file.write(html.encode("utf-8", "xmlcharrefreplace"))
