"""One conversion → its report on disk: as published, merged with a person's edits, or left alone."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from zhenggai import frontmatter
from zhenggai.frontmatter import FrontMatterError
from zhenggai.ingest.addresses import carry_over
from zhenggai.ingest.convert import Conversion
from zhenggai.ingest.forced import forced, holds_decisions
from zhenggai.ingest.merge import CannotMergeError, changes, merge
from zhenggai.ingest.outcome import Outcome, State
from zhenggai.ingest.store import Entry, Store, difference
from zhenggai.model import Report

_YEAR = re.compile(r"\d{4}|undated")
_MOST = 8
"""Changes of a person told of one by one."""


@dataclass(frozen=True, slots=True)
class Fresh:
    """A conversion under the addresses that are published."""

    conversion: Conversion
    text: str
    gone: tuple[str, ...] = ()
    """Published anchors that it has no problem for."""
    note: str = ""


class Writer:
    """Writes the reports of one run."""

    def __init__(self, store: Store, *, dry_run: bool, force: bool) -> None:
        self._store, self._dry_run, self._force = store, dry_run, force

    def write(self, path: Path, conversion: Conversion, text: str, entry: Entry | None) -> Outcome:
        """Write what the input at `path` became; `entry` is its report, None for a new one. Raises OSError."""
        report = conversion.report
        if entry is None:
            report_id = self._free_id(report.id)
            target = self._store.folder / report.year / f"{report_id}.md"
        else:
            report_id, target = entry.id, entry.path
        old, last = self._store.text(target), self._store.last_conversion(report_id)
        fresh = _fresh(conversion, text, target, last if last is not None else old)
        if self._dry_run and entry is None:
            self._store.planned[report_id] = path
        return self._settle(path, fresh, target, old, last)

    def _free_id(self, wanted: str) -> str:
        """Six digits of a hash may meet: then the later notice gets a number."""
        count, report_id = 1, wanted
        while report_id in self._store.by_id:
            count += 1
            report_id = f"{wanted}-{count}"
        return report_id

    def _settle(self, path: Path, fresh: Fresh, target: Path, old: str | None, last: str | None) -> Outcome:
        text = fresh.text
        if old == text:
            if last != text and not self._dry_run:
                self._store.keep(fresh.conversion, text)
            return self._outcome(path, State.UNCHANGED, target, fresh, fresh.conversion.report)
        if old is None or old == last:
            if not self._dry_run:
                self._store.write_own(target, fresh.conversion, text, old)
            return self._outcome(path, State.WRITTEN, target, fresh, fresh.conversion.report)
        try:
            edited, edited_body = frontmatter.read(target)
        except FrontMatterError as fault:
            if not self._force or holds_decisions(old):
                return self._kept(path, target, fresh, f"有人改过，但读不懂，没有覆盖：{fault}")
            edited, edited_body = fresh.conversion.report, ""
        if self._force:
            return self._forced(path, target, fresh, old, edited, edited_body)
        if last is None:
            return self._kept(path, target, fresh, "没有上次转换的记录，当作有人改过，没有覆盖", old, edited)
        try:
            return self._merged(path, target, fresh, old, last, edited)
        except CannotMergeError as fault:
            return self._kept(path, target, fresh, f"有人改过，没有覆盖：{fault}", old, edited)
        except FrontMatterError:
            return self._kept(path, target, fresh, "上次转换的记录读不懂，没有覆盖", old, edited)

    def _merged(self, path: Path, target: Path, fresh: Fresh, old: str, last: str, edited: Report) -> Outcome:
        if last == fresh.text:
            message = f"有人改过，原样保留：{_listed(changes(last, old))}"
            return self._outcome(path, State.KEPT, target, fresh, edited, message)
        merged = merge(last, old, fresh.text)
        if not self._dry_run:
            self._store.write(target, merged.text, merged.base, fresh.conversion, old)
        kept = f"人工修改照旧：{_listed(merged.kept)}"
        state = State.KEPT
        if merged.text != old:
            state = State.MERGED
            kept += "；其余按新转换"
            kept += f"（复核日期 {edited.reviewed} 未动，请看一眼并入的内容）" if edited.reviewed else ""
        shown = frontmatter.parse(merged.text)[0]
        message = "\n  ".join((kept, *merged.clashes))
        outcome = self._outcome(path, state, target, fresh, shown, message)
        raised = [review for review in shown.review if review not in edited.review]
        return replace(outcome, reviews=len(raised)) if edited.reviewed else outcome

    def _forced(
        self, path: Path, target: Path, fresh: Fresh, old: str, edited: Report, edited_body: str
    ) -> Outcome:
        text, told = forced(edited, edited_body, fresh.conversion.report, fresh.conversion.body)
        if text == old:
            if not self._dry_run:
                self._store.keep(fresh.conversion, fresh.text)
            return self._outcome(path, State.UNCHANGED, target, fresh, edited, told)
        if not self._dry_run:
            self._store.write(target, text, fresh.text, fresh.conversion, old)
        message = "；".join(filter(None, ("已用新转换的替换", told)))
        return self._outcome(path, State.WRITTEN, target, fresh, frontmatter.parse(text)[0], message)

    def _kept(
        self, path: Path, target: Path, fresh: Fresh, why: str, old: str = "", edited: Report | None = None
    ) -> Outcome:
        if edited is None:
            return Outcome(path, State.KEPT, target, message=why, conversion=fresh.conversion)
        advice = "；要用新转换的替换，请用 convert.py 加 --force 转换这一份"
        shown = f"{advice}\n{difference(old, fresh.text, target.name)}"
        return self._outcome(path, State.KEPT, target, fresh, edited, why + shown)

    def _outcome(
        self, path: Path, state: State, target: Path, fresh: Fresh, shown: Report, message: str = ""
    ) -> Outcome:
        """`shown`: the report as it now stands, which the store takes note of."""
        source = shown.source
        self._store.add(Entry(target, source.file, source.sha256, tuple(c.sha256 for c in source.copies)))
        there = set(shown.anchors)
        gone = [anchor for anchor in fresh.gone if anchor not in there]
        lost = f"已没有锚点 {'、'.join(gone)}，指向它的链接会落空" if gone else ""
        said = "；".join(filter(None, (fresh.note if state is not State.UNCHANGED else "", lost)))
        first, _, more = message.partition("\n")
        first = "；".join(filter(None, (first, said)))
        reviews = 0 if shown.reviewed else len(shown.review)
        message = f"{first}\n{more}" if more else first
        return Outcome(path, state, target, reviews, message, fresh.conversion)


def _fresh(conversion: Conversion, text: str, target: Path, published: str | None) -> Fresh:
    """The conversion under its published id, year and anchors, with the copies noted so far."""
    report, note = conversion.report, ""
    update: dict[str, str] = {"id": target.stem} if report.id != target.stem else {}
    year = target.parent.name
    if report.year != year and _YEAR.fullmatch(year):
        update["year"] = year
        note = f"归档年份仍是已公开的 {year}（按新转换应为 {report.year}）"
    if update:
        report = report.model_copy(update=update)
        text = frontmatter.render(report, conversion.body)
    if published is None or published == text:
        return Fresh(_with(conversion, report, conversion.body, {}), text, note=note)
    try:
        last, _ = frontmatter.parse(published)
    except FrontMatterError:  # the caller finds out what it means
        return Fresh(_with(conversion, report, conversion.body, {}), text, note=note)
    carried = carry_over(report, conversion.body, last)
    source = carried.report.source.model_copy(update={"copies": last.source.copies})
    report = carried.report.model_copy(update={"source": source})
    text = frontmatter.render(report, carried.body)
    return Fresh(_with(conversion, report, carried.body, carried.renamed), text, carried.gone, note)


def _with(conversion: Conversion, report: Report, body: str, renamed: dict[str, str]) -> Conversion:
    choices = {renamed.get(anchor, anchor): choice for anchor, choice in conversion.choices.items()}
    return Conversion(report, body, conversion.cleaned, choices)


def _listed(kept: Iterable[str]) -> str:
    told = list(kept)
    more = f" 等 {len(told)} 处" if len(told) > _MOST else ""
    return ("、".join(told[:_MOST]) or "写法") + more
