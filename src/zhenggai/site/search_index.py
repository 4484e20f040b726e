"""The exact index: where in the archive every two characters stand side by side.

All folded texts stand in one row, a gap between two of them. For each pair of
neighbouring characters the index holds every place (in code points, from the
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
"""

from __future__ import annotations

import hashlib
from array import array
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import TypedDict

SHARD_BYTES = 8_192
"""Wanted size of a file: small enough to read one pair cheaply, large enough to keep files few."""
MAX_SHARDS = 4_096


class Part(TypedDict):
    """What the page must know to read one folder of index files."""

    path: str
    shards: int
    lengths: list[int]
    """Length of each folded text, in code points, in order."""


def shard(first: int, second: int, shards: int) -> int:
    """Number of the file that holds a pair (code points; `second` 0 for a single character)."""
    return (first * 8191 + second * 131) % shards


def varints(numbers: Iterable[int]) -> bytes:
    """Unsigned LEB128."""
    out = bytearray()
    for number in numbers:
        while number > 127:
            out.append(number & 127 | 128)
            number >>= 7
        out.append(number)
    return bytes(out)


def _differences(places: array[int]) -> bytes:
    return varints(b - a for a, b in zip((0, *places[:-1]), places, strict=True))


def collect(texts: Sequence[str]) -> dict[str, array[int]]:
    """Pair → places, single character → numbers of texts; both ascending."""
    found: dict[str, array[int]] = defaultdict(lambda: array("I"))
    start = 0
    for number, text in enumerate(texts):
        for place, (a, b) in enumerate(pairwise(text), start):
            found[a + b].append(place)
        for char in set(text):
            found[char].append(number)
        start += len(text) + 1
    return found


def write_part(texts: Sequence[str], folder: Path) -> Part:
    """Write the index of folded `texts` below `folder`; the same texts give the same bytes."""
    lists = {key: _differences(places) for key, places in collect(texts).items()}
    total = sum(map(len, lists.values()))
    shards = max(1, min(MAX_SHARDS, -(-total // SHARD_BYTES)))
    files: list[list[tuple[int, int, bytes]]] = [[] for _ in range(shards)]
    for key, data in lists.items():
        first, second = ord(key[0]), ord(key[1]) if len(key) == 2 else 0
        files[shard(first, second, shards)].append((first, second, data))
    content = []
    for entries in files:
        entries.sort()
        head = varints([len(entries), *(n for a, b, data in entries for n in (a, b, len(data)))])
        content.append(head + b"".join(data for _, _, data in entries))
    digest = hashlib.sha256(b"".join(content) + str(shards).encode()).hexdigest()[:12]
    target = folder / digest
    target.mkdir(parents=True, exist_ok=True)
    for number, data in enumerate(content):
        (target / f"{number}.bin").write_bytes(data)
    return Part(path=digest, shards=shards, lengths=[len(text) for text in texts])
