"""One part of the archive for search: its index and its texts, made or found again only where asked for.

Of a part whose notices have not changed nothing is asked but what the page must know
of it: its files are put back from the last site.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any

from zhenggai.kept import Kept
from zhenggai.site.search_cache import key, packed, packed_piece, unpacked, unpacked_piece
from zhenggai.work import shared

if TYPE_CHECKING:
    from zhenggai.site.search_index import Piece


class Part:
    """Some runs of notices."""

    def __init__(
        self,
        runs: Sequence[Sequence[bytes]],
        read: Callable[[int], tuple[list[bytes], Piece]],
        kept: Kept,
    ) -> None:
        """`runs`: of each a digest of every notice; `read`: texts of a run, by its number, and its piece of the index."""
        made_from = [b"".join(run) for run in runs]
        self._read, self._kept = read, kept
        self._runs = [(key(b"texts", [run]), key(b"piece", [run])) for run in made_from]
        self._about, self._index = key(b"part", made_from), key(b"index", made_from)
        self._texts: dict[int, list[bytes]] = {}
        self._files: list[bytes] = []

    def keys(self) -> set[str]:
        """Under which it is kept."""
        return {self._about, self._index, *chain(*self._runs)}

    def about(self) -> dict[str, Any]:
        """What the page must know of it: `search_index.Part`, and a digest of all `texts`."""
        data = self._kept.load(self._about)
        found: dict[str, Any] = json.loads(self._make() if data is None else data)
        return found

    def file(self, number: int) -> bytes:
        """A file of its index."""
        if not self._files:
            data = self._kept.load(self._index)
            if data is None:
                self._make()
            else:
                self._files = unpacked(data)
        return self._files[number]

    def text(self, run: int, number: int) -> bytes:
        """One of the texts of a run."""
        if run not in self._texts:
            data = self._kept.load(self._runs[run][0])
            self._texts[run] = unpacked(self._ready(run)[0] if data is None else data)
        return self._texts[run][number]

    def _make(self) -> bytes:
        """Make the index, and what there is to know of it."""
        from zhenggai.site.search_index import build_part  # here: before processes are forked that want it

        pieces = {run: self._kept.load(piece) for run, (_, piece) in enumerate(self._runs)}
        missing = [run for run, piece in pieces.items() if piece is None]
        for run, (texts, piece) in zip(missing, shared(self._ready, missing, few=1), strict=True):
            self._texts[run], pieces[run] = unpacked(texts), piece
        said = hashlib.sha256()
        for run in pieces:
            self.text(run, 0)
            said.update(b"".join(self._texts[run]))
        part, *self._files = build_part([unpacked_piece(pieces.pop(run) or b"") for run in list(pieces)])
        about = json.dumps({**json.loads(part), "texts": said.hexdigest()[:8]}).encode()
        self._kept.save(self._index, packed(self._files))
        self._kept.save(self._about, about)
        return about

    def _ready(self, run: int) -> tuple[bytes, bytes]:
        """A run read: its texts and its piece, packed."""
        texts, piece = self._read(run)
        made = packed(texts), packed_piece(piece)
        for name, data in zip(self._runs[run], made, strict=True):
            self._kept.save(name, data)
        return made
