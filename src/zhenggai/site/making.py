"""The generated pages made, or taken from what earlier builds made: `make_pages`.

How a page is rendered is the caller's: nothing here knows MkDocs. A page is made anew
only if its `Fingerprints` or anything else that pages depend on has changed; both the
looking and the making are shared out to all cores.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from zhenggai.site.fingerprint import Fingerprints
from zhenggai.site.kept import Kept
from zhenggai.site.page import GeneratedPage
from zhenggai.site.work import shared


@dataclass(frozen=True)
class Made:
    """One rendered page."""

    html: str
    text: str = ""
    """A notice's own text as rendered, for search."""
    faults: tuple[str, ...] = ()
    """What is wrong with it; such a page is not kept, so that the next build says it again."""


@dataclass(frozen=True)
class Account:
    """What became of the pages of one build."""

    texts: dict[str, str]
    """Address of each notice → its own text as rendered."""
    faults: tuple[str, ...]
    anew: int
    """How many pages were rendered; the others were kept."""


def make_pages(
    pages: Sequence[GeneratedPage],
    render: Callable[[GeneratedPage], Made],
    site_dir: Path,
    kept: Kept,
    made_by: bytes,
    told: Callable[[int, int], None] = lambda done, all_: None,
) -> Account:
    """Write every page below `site_dir`; `told` hears how many of the pages to render are done.

    `made_by`: a digest of all that pages depend on beside their views.
    """
    prints = Fingerprints()
    keys = [_key(made_by, page, prints) for page in pages]
    every = list(zip(pages, keys, strict=True))
    found = list(shared(lambda one: _restore(*one, site_dir, kept), every))
    texts = {page.url: text for page, text in zip(pages, found, strict=True) if text}
    missing = [one for one, text in zip(every, found, strict=True) if text is None]

    def make(one: tuple[GeneratedPage, str]) -> tuple[str, tuple[str, ...]]:
        page, key = one
        made = render(page)
        _write(site_dir, page, made.html.encode("utf-8", "xmlcharrefreplace"))
        if not made.faults:
            kept.save(key, _packed(made))
        return made.text, made.faults

    faults: list[str] = []
    for done, ((page, _), (text, wrong)) in enumerate(zip(missing, shared(make, missing), strict=True), 1):
        if text:
            texts[page.url] = text
        faults += wrong
        told(done, len(missing))
    kept.forget(frozenset(keys))
    return Account(texts, tuple(faults), len(missing))


def _key(made_by: bytes, page: GeneratedPage, prints: Fingerprints) -> str:
    return hashlib.sha256(made_by + prints.of(page)).hexdigest()[:40]


def _restore(page: GeneratedPage, key: str, site_dir: Path, kept: Kept) -> str | None:
    """Write a page as it was kept; its notice's text, "" for other pages. None: it was not kept."""
    data = kept.load(key)
    if data is None:
        return None
    length = int.from_bytes(data[:8], "big")
    _write(site_dir, page, data[8 : 8 + length])
    return data[8 + length :].decode()


def _packed(made: Made) -> bytes:
    html = made.html.encode("utf-8", "xmlcharrefreplace")
    return len(html).to_bytes(8, "big") + html + made.text.encode()


def _write(site_dir: Path, page: GeneratedPage, data: bytes) -> None:
    folder = f"{site_dir}{os.sep}{page.url}"
    os.makedirs(folder, exist_ok=True)  # noqa: PTH103 - thousands of times in one build
    with open(f"{folder}index.html", "wb") as file:  # noqa: PTH123
        file.write(data)
