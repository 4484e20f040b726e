"""The first N notices as files, in folders of equal size, so that a small corpus is the start of a large one."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import repeat
from pathlib import Path
from statistics import mean, median

from benchmarks.notices import SEED, notice
from benchmarks.vocabulary import vocabulary


@dataclass(frozen=True, slots=True)
class Corpus:
    """A corpus on disk, and what it is made of."""

    folders: tuple[Path, ...]
    block: int
    """Notices in each folder."""
    lengths: tuple[int, ...]
    """Characters of each notice, without vendor text."""
    masked: int
    words: int
    """Distinct words of the lists in it."""
    places: int
    """Distinct names of invented places in it."""

    @property
    def count(self) -> int:
        """How many notices there are."""
        return len(self.lengths)

    def first(self, count: int) -> list[Path]:
        """The folders of the first `count` notices, a multiple of `block`."""
        if count % self.block or count > self.count:
            raise ValueError(f"{count} notices are not whole folders of {self.block} among {self.count}")
        return list(self.folders[: count // self.block])

    def sizes(self) -> str:
        """Median and mean length, for people."""
        return f"每份中位 {median(self.lengths):,.0f} 字，平均 {mean(self.lengths):,.0f} 字"


def make(folder: Path, blocks: int, block: int, seed: str = SEED) -> Corpus:
    """Write `blocks` folders of `block` notices each into `folder`, on all cores."""
    numbers = [range(at * block, (at + 1) * block) for at in range(blocks)]
    folders = [folder / f"{some.start:05d}" for some in numbers]
    with ProcessPoolExecutor(min(os.cpu_count() or 1, blocks)) as pool:
        written = list(pool.map(_write, folders, numbers, repeat(seed)))
    listed = vocabulary().listed()
    words = frozenset[str]().union(*(one[2] for one in written))
    return Corpus(
        folders=tuple(folders),
        block=block,
        lengths=tuple(length for one in written for length in one[0]),
        masked=sum(one[1] for one in written),
        words=len(words & listed),
        places=len(words - listed),
    )


def _write(folder: Path, numbers: Sequence[int], seed: str) -> tuple[list[int], int, frozenset[str]]:
    folder.mkdir(parents=True)
    lengths, masked, words = [], 0, set[str]()
    for number in numbers:
        one = notice(number, seed)
        (folder / one.name).write_bytes(one.content)
        lengths.append(len(one.text))
        masked += one.masked
        words |= one.words
    return lengths, masked, frozenset(words)
