"""Work shared out to all cores, where the system can fork; done in this process where it cannot."""

from __future__ import annotations

import gc
import multiprocessing
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")

_FEW = 8
"""Pieces that are not worth a process."""
_job: Callable[[int], object] = int
"""What forked workers do: they inherit it with the memory, so nothing but numbers and results is sent."""


def cores() -> int:
    """Processes that may work at once: JOBS, else every core that this process may use."""
    if (jobs := os.environ.get("JOBS", "")).isdigit():
        return max(1, int(jobs))
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def shared(do: Callable[[T], R], pieces: Sequence[T]) -> Iterator[R]:
    """`do` of each piece, in order. It may be any function; what it gives back must pickle.

    A worker starts as a copy of this process: what `do` changes in memory stays there.
    """
    global _job
    jobs = min(cores(), len(pieces) // _FEW)
    if jobs < 2 or sys.platform != "linux":  # elsewhere forking is missing or unsafe
        yield from map(do, pieces)
        return
    _job = lambda number: do(pieces[number])  # noqa: E731 - a closure over what workers inherit
    gc.collect()
    gc.freeze()  # or the first search for garbage would copy all memory into each worker
    try:
        with multiprocessing.get_context("fork").Pool(jobs) as pool:
            size = max(1, min(16, len(pieces) // (4 * jobs)))
            yield from pool.imap(_call, range(len(pieces)), size)
    finally:
        _job = int
        gc.unfreeze()


def _call(number: int) -> object:
    return _job(number)
