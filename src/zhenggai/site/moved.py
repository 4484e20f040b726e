"""Addresses that have gone elsewhere still lead there: pages in the old places, old anchors in the new.

Where to is written in `published.txt`, see `zhenggai.published`. All of it works as plain files on any
server: an old page forwards by itself, an old anchor is an empty mark at the problem that it named.
"""

from __future__ import annotations

import contextlib
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from zhenggai.site.catalog import Catalog
from zhenggai.site.page import GeneratedPage

TEMPLATE = "archive/moved.html"
BESIDE = ("feed.xml", "contact.vcf")
"""Files in a page's folder that programs have learned the address of."""

Anchors = Mapping[str, Mapping[str, tuple[str, ...]]]
"""Address of a page → one of its anchors ("" for its top) → published anchors that lead there now."""


def anchors(moves: Iterable[tuple[str, str]]) -> Anchors:
    """Old anchors by the page and the anchor that they lead to now."""
    out: dict[str, dict[str, tuple[str, ...]]] = {}
    for old, new in moves:
        if "#" not in old:
            continue
        page, _, anchor = new.partition("#")
        was = old.partition("#")[2]
        if was != anchor:
            own = out.setdefault(page, {})
            own[anchor] = tuple(dict.fromkeys((*own.get(anchor, ()), was)))
    return out


def pages(
    moves: Sequence[tuple[str, str]], catalog: Catalog, taken: Iterable[str]
) -> Iterator[GeneratedPage]:
    """A page that forwards, at each old address of a report or unit that no page of `taken` stands at."""
    titles = {notice.url: notice.report.title for notice in catalog.everything}
    titles |= {f"units/{slug}/": unit.name for slug, unit in catalog.units.items()}
    there = set(taken)
    below: dict[str, list[tuple[str, str]]] = {}
    for old, new in moves:
        page, sign, anchor = old.partition("#")
        if sign:
            below.setdefault(page, []).append((anchor, new))
    for old, new in moves:
        page = new.partition("#")[0]
        if "#" in old or old in there or page not in there:
            continue  # a target that is not there is a finding of check.py
        view = {"to": new, "name": titles.get(page, ""), "anchors": tuple(below.get(old, ()))}
        yield GeneratedPage(old, TEMPLATE, "地址已变更", view)


def keep_anchors(html: str, old: Mapping[str, tuple[str, ...]]) -> tuple[str, list[str]]:
    """A notice's text with marks for old anchors; with those for which it has no place."""
    homeless = list(old.get("", ()))
    for anchor, names in old.items():
        if not anchor:
            continue
        marks = "".join(f'<span class="zg-was" id="{name}"></span>' for name in names)
        # In text every < is escaped: what looks like a tag is one.
        html, found = re.subn(
            rf'(<\w+(?: [^<>]*)? id="{re.escape(anchor)}"[^<>]*>)', rf"\g<1>{marks}", html, count=1
        )
        if not found:
            homeless += names
    return html, homeless


def copy_beside(moved: Iterable[GeneratedPage], site_dir: Path) -> None:
    """Give programs what they learned to fetch from an old address."""
    for page in moved:
        for name in BESIDE:
            with contextlib.suppress(FileNotFoundError):
                shutil.copyfile(
                    site_dir / page.view["to"].partition("#")[0] / name, site_dir / page.url / name
                )
