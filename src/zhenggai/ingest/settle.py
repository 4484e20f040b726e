"""One conversion → one report: which report it is.

The first answer that holds:
 1. the report made from the same bytes; under another file name, a duplicate
 2. the one that lists these bytes among its copies: a duplicate
 3. the one made from a file of the same name, if this is that notice put right
 4. the one that is the same notice in another copy: a duplicate, noted there
 5. a new one
Inputs are settled one after the other in their order, so the outcome does not depend
on how many processes converted them, nor on where an earlier run was killed.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from zhenggai.faults import remedy, why
from zhenggai.ingest.convert import Conversion
from zhenggai.ingest.copies import Copies
from zhenggai.ingest.known import Known, Ledger, Memory
from zhenggai.ingest.likeness import Notice, corrected
from zhenggai.ingest.outcome import Outcome, State
from zhenggai.ingest.sketchbook import Card
from zhenggai.ingest.store import ChangedError, Entry, Store
from zhenggai.ingest.writing import Writer


@dataclass(frozen=True, slots=True)
class Made:
    """What a worker makes of one input."""

    conversion: Conversion
    text: str
    """The report file, were this the first conversion."""
    card: Card
    seen: tuple[int, int, int] | None = None
    """Size, time and number of the input's file before it was read."""


class Settler:
    """Settles the inputs of one run."""

    def __init__(
        self,
        store: Store,
        inputs: Sequence[Path],
        *,
        dry_run: bool,
        force: bool,
        memory: Memory | None = None,
    ) -> None:
        self._store = store
        self._ledger = Ledger(store, None if dry_run or force else memory)
        self._looker = Writer(store, dry_run=True, force=False)
        self._copies = Copies(store, dry_run=dry_run)
        self._writer = Writer(store, dry_run=dry_run, force=force)
        self._inputs: dict[str, list[Path]] = {}
        for path in inputs:
            self._inputs.setdefault(path.name, []).append(path)
        self._settled: set[str] = set()
        """Ids of reports that an input of this run already stands for."""

    def settle(self, path: Path, made: Made) -> Outcome:
        """Decide and write; the outcome carries the conversion as it stands in the archive."""
        try:
            before, entry = self._ledger.state(path, made.card), self._store.by_sha.get(made.card.sha256)
            outcome = self._settle(path, made)
            self._remember(path, made, outcome, before, entry)
            return outcome
        except ChangedError as error:
            return Outcome(path, State.REFUSED, message=f"{path.name}: {error.filename}：{error.strerror}")
        except OSError as error:
            place = error.filename or self._store.folder
            said = f"{path.name}: 报告写不出来：{why(error)}：{place}（{remedy(error)}）"
            return Outcome(path, State.REFUSED, message=said)

    def known(self, path: Path) -> Known | None:
        """What will become of an input that need not be converted, as things stand."""
        return self._ledger.find(path)

    def settle_known(self, path: Path) -> Outcome | None:
        """Settle an input that need not be converted; None where things do not, or no longer, stand so."""
        known = self._ledger.find(path)
        if known is None:
            return None
        if known.outcome.state is not State.DUPLICATE:
            self._store.add(known.entry)
            self._settled.add(known.entry.id)
            self._copies.note(known.entry.id, known.card)
        return known.outcome

    def save(self) -> None:
        """Keep for the next run what is known of the reports; it can be found out again."""
        with contextlib.suppress(OSError):
            self._copies.save()
        self._ledger.forget()

    def _remember(self, path: Path, made: Made, outcome: Outcome, before: str, entry: Entry | None) -> None:
        """Have the ledger know what will become of the input the next time, where that is sure."""
        after = self._ledger.state(path, made.card)
        if not after or outcome.report is None:
            return
        now = self._store.by_id.get(outcome.report.stem)
        if outcome.state is State.WRITTEN and now:
            text = self._store.text(now.path)
            if text is not None and text == self._store.last_conversion(now.id):
                outcome = self._looker.write(path, made.conversion, made.text, now)
                if outcome.state is State.UNCHANGED:
                    self._ledger.keep(path, outcome, made.card, after)
        elif before == after and (outcome.state is State.DUPLICATE or now is not entry):
            # A report that could not be read is told of anew: the store took no note of it.
            self._ledger.keep(path, outcome, made.card, after)

    def _settle(self, path: Path, made: Made) -> Outcome:
        conversion, source, note = made.conversion, made.conversion.report.source, ""
        entry = self._store.by_sha.get(source.sha256)
        if entry and entry.file != source.file:
            return self._copies.told(path, entry, conversion)
        if entry is None and (listing := self._store.by_copy.get(source.sha256)):
            return self._copies.told(path, listing, conversion)
        if entry is None:
            entry, note = self._namesake(path, conversion)
        if entry is None and (found := self._copies.find(conversion, made.card)):
            return self._copies.told(path, found[0], conversion, found[1])
        outcome = self._writer.write(path, conversion, made.text, entry)
        if outcome.report:
            self._settled.add(outcome.report.stem)
            self._copies.note(outcome.report.stem, made.card)
        return replace(outcome, message="；".join(filter(None, (note, outcome.message)))) if note else outcome

    def _namesake(self, path: Path, conversion: Conversion) -> tuple[Entry | None, str]:
        """The report of the notice that this file held before it was put right, else what to say of it."""
        known = [e for e in self._store.by_file.get(path.name, ()) if e.id not in self._settled]
        others = [p for p in self._inputs.get(path.name, ()) if p != path]
        if known and others:  # two folders may each have a 通报.txt
            taken = {hashlib.sha256(other.read_bytes()).hexdigest() for other in others}
            known = [entry for entry in known if entry.sha256 not in taken]
        new = Notice(conversion.report, conversion.body)
        for entry in known:
            notice = self._copies.notice(entry)
            if notice is None or corrected(notice, new):
                return entry, ""
        return None, f"与已发布的同名文件（{known[0].id}）不是同一份通报，另立一份" if known else ""
