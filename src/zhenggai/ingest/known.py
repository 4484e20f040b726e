"""Inputs that need no conversion, since it is known that nothing would come of it.

What becomes of an input that the archive has already follows from its bytes and name, from its
report, from the last conversion of that, and from our code, rules and packages. Where all of it
is as it was when the input was settled and nothing had to be written, the outcome is the same.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from zhenggai.ingest.decode import check_size
from zhenggai.ingest.outcome import Outcome, State
from zhenggai.ingest.sketchbook import Card
from zhenggai.ingest.store import Entry, Store
from zhenggai.ingest.text import RefusedError
from zhenggai.kept import Kept


@dataclass(frozen=True, slots=True)
class Known:
    """What became of an input the last time."""

    outcome: Outcome
    entry: Entry
    """Its report, or the one that it is a copy of."""
    card: Card


@dataclass(frozen=True, slots=True)
class Memory:
    """Where outcomes are kept, and a digest of what conversions depend on beside the inputs."""

    kept: Kept
    made_by: bytes


class Ledger:
    """The known outcomes of one archive; none without a memory."""

    def __init__(self, store: Store, memory: Memory | None) -> None:
        self._store, self._memory = store, memory

    def find(self, path: Path) -> Known | None:
        """What would become of the input at `path`, if that is known."""
        if self._memory is None:
            return None
        try:
            check_size(path)
            sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
            found = self._stands(path, sha256)
        except (OSError, RefusedError):  # who converts it says so
            return None
        if found is None:
            return None
        entry, state = found
        data = self._memory.kept.load(_key(sha256, own=entry.file == path.name))
        known: dict[str, Any] = json.loads(data) if data else {}
        if known.get("state") != state:
            return None
        outcome = Outcome(path, State(known["outcome"]), entry.path, known["reviews"], known["message"])
        card = Card(sha256, known["unit"], known["dates"], bytes.fromhex(known["sketch"]))
        return Known(outcome, entry, card)

    def state(self, path: Path, card: Card) -> str:
        """A digest of all that the outcome of an input follows from; empty where it is not in the archive."""
        found = self._stands(path, card.sha256) if self._memory else None
        return found[1] if found else ""

    def keep(self, path: Path, outcome: Outcome, card: Card, state: str) -> None:
        """Keep the outcome of an input that wrote nothing."""
        found = self._stands(path, card.sha256)
        if self._memory is None or found is None or found[1] != state or found[0].path != outcome.report:
            return
        record = {
            "state": state, "outcome": outcome.state, "reviews": outcome.reviews, "message": outcome.message,
            "unit": card.unit, "dates": card.dates, "sketch": card.sketch.hex(),
        }  # fmt: skip
        key = _key(card.sha256, own=found[0].file == path.name)
        self._memory.kept.save(key, json.dumps(record).encode())

    def forget(self) -> None:
        """Forget the inputs of reports that are gone."""
        if self._memory:
            sources = self._store.by_sha.keys() | self._store.by_copy.keys()
            self._memory.kept.forget({_key(sha256, own=own) for sha256 in sources for own in (True, False)})

    def _stands(self, path: Path, sha256: str) -> tuple[Entry, str] | None:
        """The report that stands for an input, with a digest of all that the outcome follows from."""
        own = self._store.by_sha.get(sha256)
        entry = own or self._store.by_copy.get(sha256)
        if entry is None or self._memory is None:
            return None
        files = [self._digest(entry.path), self._digest(self._store.private(entry.id, ".base"))]
        said = [sha256, path.name, own is not None, str(entry.path), entry.file, *files]
        whole = hashlib.sha256(self._memory.made_by + json.dumps(said).encode())
        return entry, whole.hexdigest()

    def _digest(self, path: Path) -> str:
        try:
            return hashlib.sha256(path.read_bytes()).hexdigest()
        except FileNotFoundError:
            return ""


def _key(sha256: str, *, own: bool) -> str:
    """By source; `own`: under the name that its report was made from, else a copy under another."""
    return hashlib.sha256(f"{sha256} {own}".encode()).hexdigest()[:40]
