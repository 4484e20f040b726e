"""The sketches of all reports of an archive, and which of them may be copies of a new notice.

Kept in one file of `.private/`, a line for each report, so that a run need not read
the reports again. It is made from the last conversions and can be made again from
them, so it may be deleted at any time.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from zhenggai.ingest.likeness import dates_agree, dates_of, keys_agree, unit_key
from zhenggai.ingest.markdown import plain
from zhenggai.ingest.sketch import agreement, bands, sketch
from zhenggai.ingest.store import write_atomically
from zhenggai.model import Report

FORM = 2
"""Raised when sketches are made otherwise: old ones are then made again."""
_LEAST = 0.25
"""Estimated share of common clauses from which a report is worth reading."""
_MOST = 8
"""Reports read for one new notice, the likeliest first."""
_CROWD = 256
"""A key that so many reports share tells nothing: they are of one template."""


@dataclass(frozen=True, slots=True)
class Card:
    """What is known of a notice without reading it."""

    sha256: str
    """Of its source."""
    unit: str
    """`likeness.unit_key`."""
    dates: str
    """`likeness.dates_of`."""
    sketch: bytes

    @classmethod
    def of(cls, report: Report, body: str) -> Card:
        """The card of a conversion."""
        return cls(report.source.sha256, unit_key(report), dates_of(report), sketch(plain(body)))

    def may_be(self, other: Card) -> bool:
        """Whether both may be one notice, as far as cards tell."""
        units = not self.unit or not other.unit or keys_agree(self.unit, other.unit)
        return (
            units and dates_agree(self.dates, other.dates) and agreement(self.sketch, other.sketch) >= _LEAST
        )


class Sketchbook:
    """Cards by report, and by what copies have in common."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._cards: dict[str, Card] = {}
        self._by_key: dict[int, str | list[str]] = {}
        """One id for nearly every key: twenty thousand reports have to fit."""
        saved = path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""
        self._saved = _digest(saved)
        for report_id, card in _read(saved):
            self.put(report_id, card)

    def known(self, report_id: str, sha256: str) -> bool:
        """Whether the card of a report is of the source that it was made from."""
        card = self._cards.get(report_id)
        return card is not None and card.sha256 == sha256

    def put(self, report_id: str, card: Card) -> None:
        """Note the card of a report, in the place of an older one."""
        old = self._cards.get(report_id)
        if old == card:
            return
        for key in _keys(old) if old else ():
            there = self._by_key.get(key)
            if there == report_id:
                del self._by_key[key]
            elif isinstance(there, list) and report_id in there:
                there.remove(report_id)
        self._cards[report_id] = card
        for key in _keys(card):
            there = self._by_key.setdefault(key, report_id)
            if isinstance(there, list):
                there += [report_id] if len(there) <= _CROWD else []
            elif there != report_id:
                self._by_key[key] = [there, report_id]

    def alike(self, card: Card) -> list[str]:
        """Ids of reports that may be the same notice, likeliest first."""
        shared: Counter[str] = Counter()
        for key in _keys(card):
            there = self._by_key.get(key, [])
            crowd = [there] if isinstance(there, str) else there
            if len(crowd) <= _CROWD:
                shared.update(crowd)
        likeliest = sorted(shared, key=lambda report_id: (-shared[report_id], report_id))
        found = (report_id for report_id in likeliest if self._cards[report_id].may_be(card))
        return list(islice(found, _MOST))

    def save(self, report_ids: set[str]) -> None:
        """Write the cards of these reports, if that changes the file; the others are gone."""
        lines = [json.dumps({"form": FORM})]
        for report_id in sorted(report_ids & self._cards.keys()):
            card = self._cards[report_id]
            row = (report_id, card.sha256, card.unit, card.dates, card.sketch.hex())
            lines.append(json.dumps(row, ensure_ascii=False, separators=(",", ":")))
        text = "\n".join(lines) + "\n"
        if _digest(text) != self._saved and len(lines) > 1:
            write_atomically(self._path, text)


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()


def _keys(card: Card) -> list[int]:
    unit = [hash(("unit", card.unit, card.dates))] if card.unit else []
    return [*unit, *bands(card.sketch)]


def _read(text: str) -> list[tuple[str, Card]]:
    """The cards in a file; what cannot be read is made again."""
    first, _, rest = text.partition("\n")
    if first != json.dumps({"form": FORM}):
        return []
    cards = []
    for line in rest.splitlines():
        try:
            report_id, sha256, unit, dates, values = json.loads(line)
            cards.append((report_id, Card(sha256, unit, dates, bytes.fromhex(values))))
        except ValueError:
            continue
    return cards
