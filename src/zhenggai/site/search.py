"""The archive search, built: `build_index` writes everything that /search/ reads.

    search/notices.json      facets of all notices, and where the index lies (read first, once)
    search/index/<hash>/     the exact index, in a few parts (read by the two or three files that a phrase needs of each)
    search/text/<id>.json    one notice's text, to show hits in (read for the notices on screen)

The page's side is docs/assets/search*.js. The engine stands behind one module on
either side, `search_index` and search-index.js, and can be replaced there.
`search_cuts` says which notices are indexed together, `search_parts` what of that is
made and what is found again, `search_cache` how it is kept.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zhenggai.kept import Kept
from zhenggai.model import Report
from zhenggai.site import dates, search_cuts
from zhenggai.site.making import Making
from zhenggai.site.search_facets import STATUSES, Named, Row, columns
from zhenggai.site.search_fold import fold
from zhenggai.site.search_parts import Part
from zhenggai.site.search_text import Block, read_blocks

if TYPE_CHECKING:
    from zhenggai.site.search_index import Piece

_BELOW_HEADINGS = 7
FORMAT = 1
"""Changed when the page could not read the files of an older build; the page then asks to be reloaded."""


@dataclass(frozen=True)
class Entry:
    """One notice as it was published."""

    report: Report
    url: str
    """From the site's root, no leading slash, ends in one."""
    html: str | Callable[[], str]
    """The notice's own text as rendered, with the anchors of its problems as ids; or what gives it."""
    regions: tuple[Named, ...] = ()
    """Its place and those around it, outermost first: (slug, name). Empty: worked out from the report."""
    digest: bytes = b""
    """Of report and `html`, where it is known without asking for them."""

    def text(self) -> str:
        """`html`, asked for if need be."""
        return self.html if isinstance(self.html, str) else self.html()

    def place(self) -> tuple[Named, ...]:
        """`regions`, or the printed names as their own addresses."""
        if self.regions:
            return self.regions
        names = [n for n in (self.report.province, self.report.city, self.report.county) if n]
        return tuple(("-".join(names[: i + 1]), "".join(names[: i + 1])) for i in range(len(names)))


def notice_blocks(entry: Entry) -> list[Block]:
    """All that is searched of one notice, in order: its title and its own text, each character once."""
    blocks = read_blocks(entry.text())
    head = fold("".join(block.text for block in blocks[:4]))
    if head.startswith(fold(entry.report.title)):
        return blocks
    return [Block("", entry.report.title), *blocks]


def folded_text(blocks: Iterable[Block]) -> str:
    """What a phrase is looked for in. A line break is no boundary, as the folding has it."""
    return fold("".join(f"{block.text}\n" for block in blocks))


def build_index(entries: Iterable[Entry], making: Making, kept: Kept | None = None) -> None:
    """Have search/ in the site for `entries`; withdrawn notices are left out.

    The same entries give the same bytes, in whatever order they come, whatever is `kept` and put back.
    """
    kept = kept or Kept()
    order = sorted((e for e in entries if not e.report.withdrawn), key=_oldest_first)
    used: set[str] = set()
    parts: list[dict[str, Any]] = []
    for runs in search_cuts.parts(search_cuts.runs(order, _name), _name):
        part, about = _write_part(runs, making, kept)
        used |= part.keys()
        parts.append(about)
    notices = columns([Row(report=e.report, url=e.url, regions=e.place()) for e in order])
    making.write("search/notices.json", _json({"format": FORMAT, "parts": parts, **notices}))
    _clear(making.site_dir / "search", {part["path"] for part in parts}, {entry.report.id for entry in order})
    kept.forget(used)


def _write_part(runs: Sequence[Sequence[Entry]], making: Making, kept: Kept) -> tuple[Part, dict[str, Any]]:
    """Texts and index of some runs; and what the page must know of them."""
    digests = [list(map(_digest, run)) for run in runs]
    part = Part(digests, lambda number: _read(runs[number]), kept)
    about = part.about()
    for at, run in enumerate(runs):
        for number, entry in enumerate(run):
            name = f"search/text/{entry.report.id}.json"
            making.file(name, digests[at][number].hex(), partial(part.text, at, number))
    for number in range(about["shards"]):
        name = f"search/index/{about['path']}/{number}.bin"
        making.file(name, about["path"], partial(part.file, number))
    return part, about


def _clear(folder: Path, parts: Container[str], ids: Container[str]) -> None:
    """Delete what an older build left, where the site was not emptied: a withdrawn notice must not stay."""
    for path in (folder / "index").glob("*"):
        if path.name not in parts:
            shutil.rmtree(path)
    for path in (folder / "text").glob("*"):
        if path.stem not in ids:
            path.unlink()


def _digest(entry: Entry) -> bytes:
    """Of all that a run takes from a notice."""
    if entry.digest:
        return hashlib.sha256(entry.digest).digest()
    known = hashlib.sha256(repr([entry.report.id, _head(entry.report)]).encode())
    known.update(entry.text().encode())
    return known.digest()


def _read(run: Sequence[Entry]) -> tuple[list[bytes], Piece]:
    """The texts of some notices as the page reads them, and their piece of the index."""
    from zhenggai.site.search_index import collect

    texts, folded = [], []
    for entry in run:
        head, blocks = _head(entry.report), notice_blocks(entry)
        folded.append(folded_text(blocks))
        linked = [[anchor, block.text] for anchor, block in _linked(blocks, head["problems"])]
        texts.append(_json({**head, "blocks": linked}))
    return texts, collect(folded)


def _head(report: Report) -> dict[str, Any]:
    """What the page shows of a notice around its text: title, date, problems by anchor."""
    problems: dict[str, list[Any]] = {}
    for issue in report.issues:
        shown = [issue.heading, issue.category, STATUSES.index(issue.status)]
        problems |= dict.fromkeys(issue.anchors, shown)
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
