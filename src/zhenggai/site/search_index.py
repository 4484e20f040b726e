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
depend on how the texts were cut into pieces.
"""

from __future__ import annotations

import hashlib
import json
import os
from array import array
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import add, sub
from pathlib import Path
from typing import TypedDict

SHARD_BYTES = 8_192
"""Wanted size of a file: small enough to read one pair cheaply, large enough to keep files few."""
MAX_SHARDS = 4_096
_SECOND = 21
"""Bits of a code point: a key is both of a pair's in one number."""
_LOW = (1 << _SECOND) - 1


class Part(TypedDict):
    """What the page must know to read one folder of index files."""

    path: str
    shards: int
    lengths: list[int]
    """Length of each folded text, in code points, in order."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some texts, indexed as if nothing stood before them. Four columns, a row for each key."""

    lengths: array[int]
    """Of each text, in code points."""
    keys: array[int]
    """First character × 2²¹ + second; 0 for the second: a single character."""
    firsts: array[int]
    """First place of a pair; number of the first text that has a single character."""
    lasts: array[int]
    """The last one."""
    sizes: array[int]
    """Bytes of what lies between."""
    between: bytes
    """Key by key: every place but the first, as differences from the one before."""

    @property
    def span(self) -> int:
        """Places that these texts take in the row, the gap behind the last one included."""
        return sum(self.lengths) + len(self.lengths)


def shard(first: int, second: int, shards: int) -> int:
    """Number of the file that holds a pair (code points; `second` 0 for a single character)."""
    return (first * 8191 + second * 131) % shards


def varint(number: int) -> bytes:
    """One number as unsigned LEB128."""
    out = bytearray()
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    out.append(number)
    return bytes(out)


_SHORT = tuple(map(varint, range(1 << 14)))
"""Nearly all numbers in an index are among these: looking them up takes a tenth of the time."""


def varints(numbers: Iterable[int]) -> bytes:
    """Numbers as unsigned LEB128, one behind the other."""
    return b"".join([_SHORT[n] if n < 1 << 14 else varint(n) for n in numbers])


def collect(texts: Iterable[str]) -> Piece:
    """The index of `texts`, folded."""
    found: dict[str, array[int]] = defaultdict(lambda: array("I"))
    lengths = array("I")
    start = 0
    for number, text in enumerate(texts):
        for place, pair in enumerate(map(add, text, text[1:]), start):
            found[pair].append(place)
        for char in set(text):
            found[char].append(number)
        start += len(text) + 1
        lengths.append(len(text))
    keys, firsts, lasts, sizes, between = array("Q"), array("I"), array("I"), array("I"), bytearray()
    for characters, places in found.items():
        rest = varints(map(sub, places[1:], places)) if len(places) > 1 else b""
        keys.append(ord(characters[0]) << _SECOND | ord(characters[1:] or "\0"))
        firsts.append(places[0])
        lasts.append(places[-1])
        sizes.append(len(rest))
        between += rest
    return Piece(lengths, keys, firsts, lasts, sizes, bytes(between))


def _joined(pieces: Iterable[Piece]) -> dict[int, bytearray]:
    """Every key with its whole list."""
    lists: dict[int, bytearray] = {}
    reached: dict[int, int] = {}
    start = text = 0
    for piece in pieces:
        between, at = piece.between, 0
        for key, first, last, size in zip(piece.keys, piece.firsts, piece.lasts, piece.sizes, strict=True):
            base = start if key & _LOW else text
            step = base + first - reached.get(key, 0)
            if (known := lists.get(key)) is None:
                lists[key] = known = bytearray()
            if step < 1 << 14:
                known += _SHORT[step]
            elif step < 1 << 21:  # most of the others; calling `varint` for them is half of the time
                known += bytes((step & 127 | 128, step >> 7 & 127 | 128, step >> 14))
            else:
                known += varint(step)
            if size:
                known += between[at : at + size]
                at += size
            reached[key] = base + last
        start += piece.span
        text += len(piece.lengths)
    return lists


def write_file(path: str, data: bytes) -> None:
    """Write one of thousands of small files: half the time of `Path.write_bytes`."""
    with open(path, "wb", buffering=0) as file:  # noqa: PTH123 - a Path for each is a third of it
        file.write(data)


def build_part(pieces: Sequence[Piece]) -> list[bytes]:
    """The index of the texts in `pieces`: what the page must know of it (JSON), then its files."""
    joined = _joined(pieces)
    total = sum(map(len, joined.values()))
    shards = max(1, min(MAX_SHARDS, -(-total // SHARD_BYTES)))
    files: list[list[tuple[int, int, bytearray]]] = [[] for _ in range(shards)]
    for key, data in joined.items():
        first, second = key >> _SECOND, key & _LOW
        files[shard(first, second, shards)].append((first, second, data))
    content = []
    for entries in files:
        entries.sort()
        head = varints([len(entries), *(n for a, b, data in entries for n in (a, b, len(data)))])
        content.append(b"".join([head, *(data for _, _, data in entries)]))
    digest = hashlib.sha256(b"".join(content) + str(shards).encode()).hexdigest()[:12]
    part = Part(path=digest, shards=shards, lengths=[n for piece in pieces for n in piece.lengths])
    return [json.dumps(part).encode(), *content]


def write_built(built: Sequence[bytes], folder: Path) -> Part:
    """Write what `build_part` made below `folder`."""
    part: Part = json.loads(built[0])
    target = folder / part["path"]
    target.mkdir(parents=True, exist_ok=True)
    for number, file in enumerate(built[1:]):
        write_file(f"{target}{os.sep}{number}.bin", file)
    return part


def write_part(pieces: Sequence[Piece], folder: Path) -> Part:
    """Build and write; the same texts give the same bytes."""
    return write_built(build_part(pieces), folder)
