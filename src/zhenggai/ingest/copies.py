"""Other copies of a published notice: found, noted in its report, told of.

A copy gets no report of its own; the report lists it in `source.copies`. A person who
takes it out of the list says that it is another notice: it is then published.
"""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

from zhenggai import frontmatter
from zhenggai.frontmatter import FrontMatterError
from zhenggai.ingest.convert import Conversion, convert
from zhenggai.ingest.likeness import Notice, copies, likeness
from zhenggai.ingest.merge import CannotMergeError, merge
from zhenggai.ingest.outcome import Outcome, State
from zhenggai.ingest.sketchbook import Card, Sketchbook
from zhenggai.ingest.store import Entry, Store
from zhenggai.ingest.text import RefusedError
from zhenggai.model import Copy, Report

SKETCHES = "sketches"


class Copies:
    """Which notices of an archive are the same."""

    def __init__(self, store: Store, *, dry_run: bool) -> None:
        self._store, self._dry_run = store, dry_run
        self._book = Sketchbook(store.private(SKETCHES, ".jsonl"))
        self._complete = False

    def notice(self, entry: Entry) -> Notice | None:
        """A published notice as the converter last had it; None when its report cannot be read."""
        try:
            if entry.id in self._store.planned:  # a dry run: nothing was written
                path = self._store.planned[entry.id]
                conversion = convert(path.read_bytes(), path.name)
                return Notice(conversion.report, conversion.body)
            last = self._store.last_conversion(entry.id)
            return Notice(*(frontmatter.parse(last) if last is not None else frontmatter.read(entry.path)))
        except (FrontMatterError, RefusedError, OSError):
            return None

    def note(self, report_id: str, card: Card) -> None:
        """Remember the card of a report, if that is what the report was made from."""
        entry = self._store.by_id.get(report_id)
        if entry and entry.sha256 == card.sha256:
            self._book.put(report_id, card)

    def save(self) -> None:
        """Keep the cards for the next run."""
        self._fill()
        self._book.save(set(self._store.by_id))

    def find(self, conversion: Conversion, card: Card) -> tuple[Entry, float] | None:
        """The report of which this is another copy, and how alike they are (0–100)."""
        self._fill()
        new = Notice(conversion.report, conversion.body)
        best: tuple[float, str] | None = None
        for report_id in dict.fromkeys((conversion.report.id, *self._book.alike(card))):
            entry = self._store.by_id.get(report_id)
            known = self.notice(entry) if entry else None
            if entry is None or known is None or self._disowned(entry, conversion.report):
                continue
            like = copies(known, new)
            if like is not None and (best is None or like > best[0]):
                best = like, report_id
        return (self._store.by_id[best[1]], best[0]) if best else None

    def told(self, path: Path, entry: Entry, conversion: Conversion, like: float | None = None) -> Outcome:
        """Note that the input is a copy of the report `entry`, and say so. Raises OSError."""
        known = self.notice(entry)
        if like is None:
            new = Notice(conversion.report, conversion.body)
            like = likeness(known, new) if known else 0.0
        same = "文字相同" if like >= 100 else f"文字相似 {math.floor(like * 10) / 10}%" if like else "已登记"
        message = f"{path.name} 与 {entry.file} 是同一份通报（{same}），发布的是 {entry.file}"
        if fault := self._link(entry, conversion.report):
            message += f"；没有登记进 source.copies：{fault}"
        elif like < 100:
            message += "；若是两份通报，从那份报告的 source.copies 里删去这一条，再运行一次"
        return Outcome(path, State.DUPLICATE, entry.path, message=message, conversion=conversion)

    def _fill(self) -> None:
        """Make the cards that are missing, from the reports."""
        if self._complete:
            return
        self._complete = True
        for entry in list(self._store.by_id.values()):
            if not self._book.known(entry.id, entry.sha256) and (notice := self.notice(entry)):
                self._book.put(entry.id, Card.of(notice.report, notice.body))

    def _disowned(self, entry: Entry, report: Report) -> bool:
        """Whether a person took this copy out of the list."""
        copy = _copy(report)
        last = self.notice(entry)
        return last is not None and copy in last.report.source.copies and copy.sha256 not in entry.copies

    def _link(self, entry: Entry, report: Report) -> str:
        """List the copy in the report; returns why that was not possible."""
        copy = _copy(report)
        known = self.notice(entry)
        if self._dry_run or known is None or copy in known.report.source.copies:
            return "" if known else "那份报告读不懂"
        last = self._store.last_conversion(entry.id)
        new = frontmatter.render(_listing(known.report, copy), known.body)
        old = self._store.text(entry.path)
        try:
            merged = merge(frontmatter.render(known.report, known.body), old or "", new)
        except (FrontMatterError, CannotMergeError) as fault:
            return str(fault)
        base = merged.base if last is not None else None
        self._store.write(entry.path, merged.text, base, old=old)
        self._store.add(replace(entry, copies=(*entry.copies, copy.sha256)))
        return ""


def _copy(report: Report) -> Copy:
    source = report.source
    return Copy(file=source.file, sha256=source.sha256, url=source.url)


def _listing(report: Report, copy: Copy) -> Report:
    """The report with one more copy, in an order that does not depend on the order of inputs."""
    listed = tuple(sorted((*report.source.copies, copy), key=lambda one: (one.file, one.sha256)))
    return report.model_copy(update={"source": report.source.model_copy(update={"copies": listed})})
