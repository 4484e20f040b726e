"""The exact index: where in the archive every two characters stand side by side.

All folded texts of a part stand in one row, a gap between two of them. For each pair
of neighbouring characters the index holds every place (in code points, from the
start of the row) where it begins. A phrase stands where its pairs do: 团费收缴
begins where 团费 begins two places before 收缴. So what is found is exact by
construction, a short phrase needs two or three small files, and the page needs no
engine but some arithmetic (`docs/assets/search-index.js`). For a single character
the index holds the notices that have it.

Files: `<hash>/<number>.bin`, a pair's file being `shard(pair)`. A file is a row of
unsigned LEB128 numbers: how many keys; for each key first character, second
character (0: a single character), length of its list in bytes; then the lists,
each as differences from the number before. The folder is named after its content,
so browsers may keep it for good.

Looking through texts is slow, joining is fast: `collect` indexes some texts, to be
kept, and `build_part` puts such pieces behind one another. What it makes does not
depend on how the texts were cut into pieces. Both work on whole columns of numbers;
where nothing is indexed, neither this module nor numpy is imported.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypedDict

os.environ.setdefault(
    "OPENBLAS_NUM_THREADS", "1"
)  # numpy would start threads for sums we never do: no forking then
import numpy as np
from numpy.typing import NDArray

SHARD_BYTES = 8_192
"""Wanted size of a file: small enough to read one pair cheaply, large enough to keep files few."""
MAX_SHARDS = 4_096
_SECOND = 21
"""Bits of a code point: a key is both of a pair's in one number."""
_LOW = (1 << _SECOND) - 1
_GAP = "\0"
"""Stands behind every text; folded texts have none."""
_AT_ONCE = 1 << 16
"""Slices that are laid in a row at once: some megabytes."""

Numbers = NDArray[np.int64]
Bytes = NDArray[np.uint8]


class Part(TypedDict):
    """What the page must know to read one folder of index files."""

    path: str
    shards: int
    lengths: list[int]
    """Length of each folded text, in code points, in order."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some texts, indexed as if nothing stood before them. But for `lengths` and `between` a row for each key."""

    lengths: Numbers
    """Of each text, in code points."""
    keys: Numbers
    """First character × 2²¹ + second; 0 for the second: a single character. Each once."""
    firsts: Numbers
    """First place of a pair; number of the first text that has a single character."""
    lasts: Numbers
    """The last one."""
    sizes: Numbers
    """Bytes of what lies between."""
    between: Bytes
    """Key by key: every place but the first, as differences from the one before."""

    @property
    def span(self) -> int:
        """Places that these texts take in the row, the gap behind the last one included."""
        return int(self.lengths.sum()) + len(self.lengths)


def shard(first: Any, second: Any, shards: int) -> Any:
    """Number of the file that holds a pair (code points; `second` 0 for a single character). Of columns: a column."""
    return (first * 8191 + second * 131) % shards


def varints(numbers: Numbers) -> tuple[Bytes, Numbers]:
    """Numbers (0 or more) as unsigned LEB128, one behind the other; and how many bytes each takes."""
    sizes = np.ones(len(numbers), np.int64)
    for shift in range(7, int(numbers.max(initial=0)).bit_length(), 7):
        sizes += numbers >> shift > 0
    out = np.empty(sizes.sum(), np.uint8)
    at, rest = _starts(sizes), numbers
    while len(rest):
        more = rest > 127
        out[at] = rest & 127 | more * 128
        at, rest = at[more] + 1, rest[more] >> 7
    return out, sizes


def collect(texts: Sequence[str]) -> Piece:
    """The index of `texts`, folded."""
    row = "".join([f"{text}{_GAP}" for text in texts])
    lengths = np.array([len(text) for text in texts], np.int64)
    chars, ranks = _ranked(np.frombuffer(row.encode("utf-32-le"), np.uint32))
    pairs = np.flatnonzero((ranks[:-1] > 0) & (ranks[1:] > 0))
    seen = np.zeros((len(chars), len(texts)), np.bool_)
    seen[ranks, np.repeat(np.arange(len(texts)), lengths + 1)] = True
    seen[0] = False
    single, having = np.nonzero(seen)
    # Key and place in one number: sorting plain numbers is ten times as fast as sorting rows. Of its
    # 63 bits a run of 64 notices takes some 45; only 2²⁷ characters, half a gigabyte, could take all.
    places = len(row).bit_length()
    found = np.concatenate(
        [
            (ranks[pairs] * len(chars) + ranks[pairs + 1]) << places | pairs,
            (single * len(chars)) << places | having,
        ]
    )
    found.sort()
    keys, at = found >> places, found & (1 << places) - 1
    new = np.diff(keys, prepend=-1) != 0
    starts = np.flatnonzero(new)
    ends = np.append(starts, len(found))[1:]
    between, sizes = varints(np.diff(at, prepend=0)[~new])
    reached = np.append(_starts(sizes), len(between))
    number = np.arange(len(starts) + 1)  # so many were first of their key, and are not among `sizes`
    return Piece(
        lengths,
        keys=chars[keys[starts] // len(chars)] << _SECOND | chars[keys[starts] % len(chars)],
        firsts=at[starts],
        lasts=at[ends - 1],
        sizes=np.diff(reached[np.append(starts, len(found)) - number]),
        between=between,
    )


def _ranked(codes: NDArray[np.uint32]) -> tuple[Numbers, Numbers]:
    """The characters there are, and the place of each of `codes` among them. The gap is always the first."""
    there = np.zeros(_LOW + 1, np.bool_)
    there[codes] = there[ord(_GAP)] = True
    chars = np.flatnonzero(there)
    rank = np.zeros(_LOW + 1, np.int64)
    rank[chars] = np.arange(len(chars))
    return chars, rank[codes]


def build_part(pieces: Sequence[Piece]) -> list[bytes]:
    """The index of the texts in `pieces`: what the page must know of it (JSON), then its files."""
    keys, source, starts, sizes = _joined(pieces)
    rows = np.flatnonzero(np.diff(keys, prepend=-1))
    lists = np.add.reduceat(sizes.sum(axis=1), rows) if len(rows) else rows
    shards = max(1, min(MAX_SHARDS, -(-int(lists.sum()) // SHARD_BYTES)))
    first, second = keys[rows] >> _SECOND, keys[rows] & _LOW
    file = shard(first, second, shards)
    count = np.bincount(file, minlength=shards)
    heads = np.column_stack([first, second, lists])[np.argsort(file, kind="stable")]
    head, head_sizes = varints(np.insert(heads.ravel(), 3 * _starts(count), count))
    head_ends = np.cumsum(head_sizes)[np.cumsum(3 * count + 1) - 1]
    order = np.argsort(np.repeat(file, np.diff(np.append(rows, len(keys)))), kind="stable")
    body = _laid(source, starts, sizes, order)
    del source, starts, sizes  # half of the memory, in an archive of thousands
    body_ends = np.cumsum(np.bincount(file, lists, shards).astype(np.int64))
    content = [a + b for a, b in zip(_cut(head, head_ends), _cut(body, body_ends), strict=True)]
    digest = hashlib.sha256()
    for data in (*content, str(shards).encode()):
        digest.update(data)
    lengths = [int(length) for piece in pieces for length in piece.lengths]
    part = Part(path=digest.hexdigest()[:12], shards=shards, lengths=lengths)
    return [json.dumps(part).encode(), *content]


def _joined(pieces: Sequence[Piece]) -> tuple[Numbers, Bytes, Numbers, Numbers]:
    """The keys of all pieces in order, those of one key as the pieces are; what their lists are laid from.

    Two slices of the bytes, in two columns where they start and how long they are, for each of those keys:
    the step to its first place, and what the piece has behind that.
    """
    texts = np.array([len(piece.lengths) for piece in pieces], np.int64)
    spans = np.array([piece.span for piece in pieces], np.int64)
    keys = _column(pieces, "keys")
    order = np.argsort(keys, kind="stable")
    piece = np.repeat(np.arange(len(pieces)), [len(piece.keys) for piece in pieces])
    base = np.where(keys & _LOW, _starts(spans)[piece], _starts(texts)[piece])
    keys = keys[order]
    reached = np.roll((base + _column(pieces, "lasts"))[order], 1)
    reached[np.diff(keys, prepend=-1) != 0] = 0
    steps, step_sizes = varints((base + _column(pieces, "firsts"))[order] - reached)
    del piece, base, reached
    between = _column(pieces, "sizes")
    starts = np.column_stack([_starts(step_sizes), len(steps) + _starts(between)[order]])
    sizes = np.column_stack([step_sizes, between[order]])
    return keys, np.concatenate([steps, *(piece.between for piece in pieces)]), starts, sizes


def _laid(source: Bytes, starts: Numbers, sizes: Numbers, order: Numbers) -> Bytes:
    """Slices of `source`, row by row in this order, one behind the other."""
    out, end = np.empty(len(source), np.uint8), 0
    for at in range(0, len(order), _AT_ONCE):
        rows = order[at : at + _AT_ONCE]
        start, size = starts[rows].ravel(), sizes[rows].ravel()
        begin, end = end, end + int(size.sum())
        out[begin:end] = source[np.repeat(start - _starts(size), size) + np.arange(end - begin)]
    return out


def _cut(data: Bytes, ends: Numbers) -> Iterator[bytes]:
    return (part.tobytes() for part in np.split(data, ends[:-1]))


def _column(pieces: Sequence[Piece], name: str) -> Numbers:
    return np.concatenate([np.empty(0, np.int64), *(getattr(piece, name) for piece in pieces)])


def _starts(sizes: Numbers) -> Numbers:
    """Where things of these sizes start that stand one behind the other."""
    return np.cumsum(sizes) - sizes
