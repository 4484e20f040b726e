"""A site in the making: what an earlier build made from the same things is put back, the rest made anew.

`Making` knows of every file what it is made from. `make_pages` has the pages rendered;
how is the caller's: nothing here knows MkDocs.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from zhenggai.kept import Kept
from zhenggai.site.fingerprint import Fingerprints
from zhenggai.site.lastsite import LastSite
from zhenggai.site.page import GeneratedPage
from zhenggai.work import shared


class Making:
    """The folder of a site that is being made; `last` has the files of the last build, if any were kept."""

    def __init__(self, site_dir: Path, last: LastSite | None = None, made_by: bytes = b"") -> None:
        """`made_by`: a digest of all that files depend on beside what `file` is told of each."""
        self.site_dir = site_dir
        self.keys: dict[str, str] = {}
        """File, from the site's root → digest of all it is made from; empty where it is to be made again."""
        self._last, self._made_by, self._prints = last, made_by, Fingerprints()

    def file(self, name: str, made_from: Any, make: Callable[[], bytes]) -> None:
        """Have the file `name`: the last build's if it was made from the same, else what `make` gives.

        `made_from`: everything that `make` looks at, of kinds that `Fingerprints` knows.
        """
        if not self.put_back(name, made_from):
            self.write(name, make())

    def put_back(self, name: str, made_from: Any) -> bool:
        """Put the last build's file back; False where there is none that was made from the same."""
        self.keys[name] = key = self.key(made_from)
        return self._last is not None and self._last.put_back(name, str(self.site_dir), key)

    def key(self, made_from: Any) -> str:
        """A name for what is made from `made_from` by our code and settings as they are."""
        return hashlib.sha256(self._made_by + self._prints.of(made_from)).hexdigest()[:40]

    def write(self, name: str, data: bytes) -> None:
        """Write a file, in a folder that is made if need be."""
        path = f"{self.site_dir}{os.sep}{name}"
        try:
            file = open(path, "xb")  # noqa: PTH123, SIM115 - thousands of times in one build
        except FileNotFoundError:
            os.makedirs(os.path.dirname(path), exist_ok=True)  # noqa: PTH103, PTH120
            file = open(path, "xb")  # noqa: PTH123, SIM115
        except FileExistsError:  # of a site that was not emptied; it may share its bytes with what is kept
            os.unlink(path)  # noqa: PTH108
            file = open(path, "xb")  # noqa: PTH123, SIM115
        with file:
            file.write(data)


@dataclass(frozen=True)
class Made:
    """One rendered page."""

    html: str
    text: str = ""
    """A notice's own text as rendered, for search."""
    faults: tuple[str, ...] = ()
    """What is wrong with it; such a page is made again by the next build, which says it again."""


def make_pages(
    pages: Sequence[GeneratedPage],
    render: Callable[[GeneratedPage], Made],
    making: Making,
    texts: Kept,
    told: Callable[[int, int], None] = lambda done, all_: None,
) -> list[str]:
    """Have every page, those to be rendered on all cores; `told` hears how many of these are done.

    What is wrong with pages that were rendered. `texts` keeps the text of each notice that is
    rendered, under `making.key` of the notice.
    """

    def there(page: GeneratedPage) -> tuple[bool, str]:
        name = name_of(page)
        return making.put_back(name, page), making.keys[name]

    missing = []
    for page, (found, key) in zip(pages, shared(there, pages, few=500), strict=True):
        making.keys[name_of(page)] = key
        if not found:
            missing.append(page)

    def make(page: GeneratedPage) -> tuple[str, ...]:
        made = render(page)
        making.write(name_of(page), made.html.encode("utf-8", "xmlcharrefreplace"))
        if notice := page.view.get("notice"):
            texts.save(making.key(notice), made.text.encode())
        return made.faults

    faults: list[str] = []
    for done, (page, wrong) in enumerate(zip(missing, shared(make, missing), strict=True), 1):
        if wrong:
            faults += wrong
            making.keys[name_of(page)] = ""
        told(done, len(missing))
    texts.forget(frozenset(making.key(page.view["notice"]) for page in pages if "notice" in page.view))
    return faults


def name_of(page: GeneratedPage) -> str:
    """The file of a page, from the site's root."""
    return f"{page.url}index.html"
