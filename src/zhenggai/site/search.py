"""The archive search, built: `build_index` writes everything that /search/ reads.

    search/notices.json      facets of all notices, and where the index lies (read first, once)
    search/index/<hash>/     the exact index, in a few parts (read by the two or three files that a phrase needs of each)
    search/text/<id>.json    one notice's text, to show hits in (read for the notices on screen)

The page's side is docs/assets/search*.js. The engine stands behind one module on
either side, `search_index` and search-index.js, and can be replaced there.
`search_cuts` says which notices are indexed together, `search_cache` keeps what was.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from zhenggai.kept import Kept
from zhenggai.model import Report
from zhenggai.site import dates, search_cuts
from zhenggai.site.search_cache import key, packed, packed_piece, unpacked, unpacked_piece
from zhenggai.site.search_facets import STATUSES, Named, Row, columns
from zhenggai.site.search_files import write_built, write_file
from zhenggai.site.search_fold import fold
from zhenggai.site.search_text import Block, read_blocks
from zhenggai.work import shared

_BELOW_HEADINGS = 7
FORMAT = 1
"""Changed when the page could not read the files of an older build; the page then asks to be reloaded."""


@dataclass(frozen=True)
class Entry:
    """One notice as it was published."""

    report: Report
    url: str
    """From the site's root, no leading slash, ends in one."""
    html: str
    """The notice's own text as rendered, with the anchors of its problems as ids."""
    regions: tuple[Named, ...] = ()
    """Its place and those around it, outermost first: (slug, name). Empty: worked out from the report."""

    def place(self) -> tuple[Named, ...]:
        """`regions`, or the printed names as their own addresses."""
        if self.regions:
            return self.regions
        names = [n for n in (self.report.province, self.report.city, self.report.county) if n]
        return tuple(("-".join(names[: i + 1]), "".join(names[: i + 1])) for i in range(len(names)))


def notice_blocks(entry: Entry) -> list[Block]:
    """All that is searched of one notice, in order: its title and its own text, each character once."""
    blocks = read_blocks(entry.html)
    head = fold("".join(block.text for block in blocks[:4]))
    if head.startswith(fold(entry.report.title)):
        return blocks
    return [Block("", entry.report.title), *blocks]


def folded_text(blocks: Iterable[Block]) -> str:
    """What a phrase is looked for in. A line break is no boundary, as the folding has it."""
    return fold("".join(f"{block.text}\n" for block in blocks))


def build_index(entries: Iterable[Entry], site_dir: Path, kept: Kept | None = None) -> None:
    """Write `site_dir`/search/ for `entries`; withdrawn notices are left out.

    The same entries give the same bytes, in whatever order they come and whatever is `kept`.
    """
    kept = kept or Kept()
    order = sorted((e for e in entries if not e.report.withdrawn), key=_oldest_first)
    folder = site_dir / "search"
    (folder / "text").mkdir(parents=True, exist_ok=True)
    there = {path.name for path in (folder / "text").iterdir()}
    used: set[str] = set()
    parts: list[dict[str, Any]] = []
    for runs in search_cuts.parts(search_cuts.runs(order, _name), _name):
        said, built, texts = _part(runs, kept, used)
        for entry, text in zip(chain(*runs), texts, strict=True):
            _write(folder / "text", f"{entry.report.id}.json", text, there)
        parts.append({**write_built(built, folder / "index"), "texts": said})
    notices = columns([Row(report=e.report, url=e.url, regions=e.place()) for e in order])
    (folder / "notices.json").write_bytes(_json({"format": FORMAT, "parts": parts, **notices}))
    _clear(folder, {part["path"] for part in parts}, {entry.report.id for entry in order})
    kept.forget(used)


def _part(
    runs: Sequence[Sequence[Entry]], kept: Kept, used: set[str]
) -> tuple[str, list[bytes], list[bytes]]:
    """A digest of the texts of some runs, the index of them (see `build_part`), and the texts.

    Only what is not `kept` is made, only what is needed is read; `used` learns all keys.
    """
    digests = [b"".join(map(_digest, run)) for run in runs]
    whole = key(b"part", digests)
    names = [(key(b"texts", [digest]), key(b"piece", [digest])) for digest in digests]
    used.update((whole, *chain(*names)))
    built = kept.load(whole)
    texts = [kept.load(name) for name, _ in names]
    pieces = [kept.load(name) if built is None else b"" for _, name in names]
    missing = [at for at in range(len(runs)) if texts[at] is None or pieces[at] is None]

    def read(at: int) -> tuple[bytes, bytes]:
        made = _read(runs[at])
        for name, data in zip(names[at], made, strict=True):
            kept.save(name, data)
        return made

    if missing:
        import zhenggai.site.search_index  # noqa: F401 - once, before processes are forked that all want it

    for at, (text, piece) in zip(missing, shared(read, missing, few=1), strict=True):
        texts[at], pieces[at] = text, piece
    every = [text for run in texts for text in unpacked(run or b"")]
    if built is None:
        from zhenggai.site.search_index import build_part

        said = hashlib.sha256(b"".join(every)).hexdigest()[:8]
        built = packed([said.encode(), *build_part([unpacked_piece(piece or b"") for piece in pieces])])
        kept.save(whole, built)
    first, *rest = unpacked(built)
    return first.decode(), rest, every


def _clear(folder: Path, parts: Container[str], ids: Container[str]) -> None:
    """Delete what an older build left, where the site was not emptied: a withdrawn notice must not stay."""
    for path in (folder / "index").glob("*"):
        if path.name not in parts:
            shutil.rmtree(path)
    for path in (folder / "text").iterdir():
        if path.stem not in ids:
            path.unlink()


def _digest(entry: Entry) -> bytes:
    """Of all that a run takes from a notice."""
    known = hashlib.sha256(repr([entry.report.id, _head(entry.report)]).encode())
    known.update(entry.html.encode())
    return known.digest()


def _read(run: Sequence[Entry]) -> tuple[bytes, bytes]:
    """The texts of some notices as the page reads them, and their piece of the index; both packed."""
    from zhenggai.site.search_index import collect

    texts, folded = [], []
    for entry in run:
        head, blocks = _head(entry.report), notice_blocks(entry)
        folded.append(folded_text(blocks))
        linked = [[anchor, block.text] for anchor, block in _linked(blocks, head["problems"])]
        texts.append(_json({**head, "blocks": linked}))
    return packed(texts), packed_piece(collect(folded))


def _head(report: Report) -> dict[str, Any]:
    """What the page shows of a notice around its text: title, date, problems by anchor."""
    problems = {}
    for issue in report.issues:
        shown = [issue.heading, issue.category, STATUSES.index(issue.status)]
        for anchor in (issue.anchor, *issue.also_at, *(sub.anchor for sub in issue.sub_issues)):
            problems[anchor] = shown
    return {
        "title": report.title,
        "date": dates.chinese(dates.report_date(report)),
        "problems": problems,
    }


def _linked(blocks: list[Block], problems: Container[str]) -> Iterator[tuple[str, Block]]:
    """Blocks with the anchor that a hit in them leads to: that of the problem they belong to, else their own.

    A problem goes on until another one, or until a heading as high as its own.
    """
    problem, level = "", 0
    for block in blocks:
        if block.anchor in problems:
            if block.anchor != problem:
                problem, level = block.anchor, block.level or _BELOW_HEADINGS
        elif block.level and block.level <= level:
            problem = ""
        yield problem or block.anchor, block


def _oldest_first(entry: Entry) -> tuple[str, str]:
    date = dates.sort_key(dates.report_date(entry.report))
    return date or (entry.report.year if entry.report.year.isdigit() else ""), entry.report.id


def _name(entry: Entry) -> str:
    return entry.report.id


def _json(data: Any) -> bytes:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()


def _write(folder: Path, name: str, data: bytes, there: Container[str]) -> None:
    """Write a file, unless that is what it says already: what copies a site on need not look at it again."""
    if name not in there or (folder / name).read_bytes() != data:
        write_file(f"{folder}{os.sep}{name}", data)
