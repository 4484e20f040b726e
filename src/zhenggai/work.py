"""Work shared out to all cores, where the system can fork; done in this process where it cannot."""

from __future__ import annotations

import gc
import multiprocessing
import os
import pickle
import sys
import threading
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")

FEW = 8
"""Pieces of work that are not worth a process, as a rule."""
AHEAD = 4
"""Helpings that each process may be ahead of whoever takes the results: they wait in memory."""
_FORKS = sys.platform == "linux"
"""Elsewhere forking is missing or unsafe."""
_job: Callable[[int], Any] = int
"""What forked workers do: they inherit it with the memory, so nothing but numbers and results is sent."""


class WorkerError(RuntimeError):
    """A fault in a worker that cannot be sent as it is: its traceback."""


def cores() -> int:
    """Processes that may work at once: JOBS, else every core that this process may use."""
    if (jobs := os.environ.get("JOBS", "")).isdigit():
        return max(1, int(jobs))
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def shared(do: Callable[[T], R], pieces: Sequence[T], few: int = FEW) -> Iterator[R]:
    """`do` of each piece, in order. It may be any function; what it gives back must pickle.

    Each process gets at least `few` pieces. A worker starts as a copy of this process: what `do`
    changes in memory stays there. What it raises is raised here; a worker that is killed, too.
    """
    global _job
    before = _job  # a worker that shares out a part of its work has a job of its own
    jobs = min(cores(), len(pieces) // few)
    if jobs < 2 or not _FORKS:
        yield from map(do, pieces)
        return
    _job = lambda number: do(pieces[number])  # noqa: E731 - a closure over what workers inherit
    gc.freeze()  # or the first search for garbage would copy all memory into each worker
    try:
        with ProcessPoolExecutor(
            jobs, multiprocessing.get_context("fork"), initializer=_begin_worker
        ) as pool:
            size = max(1, min(16, len(pieces) // (4 * jobs)))
            waiting: deque[Future[list[tuple[Any, Exception | None]]]] = deque()
            for start in range(0, len(pieces), size):
                waiting.append(pool.submit(_calls, range(start, min(start + size, len(pieces)))))
                if len(waiting) > AHEAD * jobs:
                    yield from _results(waiting.popleft(), pool)
            while waiting:
                yield from _results(waiting.popleft(), pool)
    finally:
        _job = before
        gc.unfreeze()


class Begun(Generic[R]):
    """A job that a process of its own is at before its result is asked for; with one core, it waits until then."""

    def __init__(self, do: Callable[[], R]) -> None:
        """Begin. `do` works on a copy of this process: of what it does, its result and its files come back."""
        self._do = do
        self._process: BaseProcess | None = None
        if cores() > 1 and _FORKS:
            context = multiprocessing.get_context("fork")
            self._line, sender = context.Pipe(duplex=False)
            self._process = context.Process(target=_do_begun, args=(do, sender))
            gc.freeze()
            self._process.start()
            gc.unfreeze()
            sender.close()  # so that the end of the process is the end of the line

    def result(self) -> R:
        """Wait for it; what it raised is raised here. To be asked for once."""
        if self._process is None:
            return self._do()
        try:
            result, fault = self._line.recv()
        except EOFError:
            result, fault = None, WorkerError("a process was killed before its job was done")
        self.stop()
        if fault:
            raise fault
        return result  # type: ignore[no-any-return]

    def stop(self) -> None:
        """Leave it where it is; nothing is at work after this."""
        if self._process is not None:
            self._process.kill()
            self._process.join()


def _do_begun(do: Callable[[], Any], sender: Connection) -> None:
    _begin_worker()
    sender.send(_attempt(do))


def _begin_worker() -> None:
    gc.enable()
    end_with_parent()


def end_with_parent() -> None:
    """To be called by a worker: it ends with its parent, even with one that was killed.

    Otherwise it would go on writing, beside whoever runs next.
    """
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def follow(sentinel: int) -> None:
        wait([sentinel])
        os._exit(1)

    threading.Thread(target=follow, args=(parent.sentinel,), daemon=True).start()


def _results(helping: Future[list[tuple[Any, Exception | None]]], pool: ProcessPoolExecutor) -> Iterator[Any]:
    for result, fault in helping.result():
        if fault:
            pool.shutdown(cancel_futures=True)
            raise fault
        yield result


def _calls(numbers: Iterable[int]) -> list[tuple[Any, Exception | None]]:
    return [_call(number) for number in numbers]


def _call(number: int) -> tuple[Any, Exception | None]:
    return _attempt(lambda: _job(number))


def _attempt(do: Callable[[], Any]) -> tuple[Any, Exception | None]:
    """In a worker: what comes of it, and what went wrong, in a form that can be sent."""
    try:
        return do(), None
    except Exception as error:
        try:
            pickle.loads(pickle.dumps(error))  # noqa: S301 - our own, a moment old
        except Exception:
            return None, WorkerError("".join(traceback.format_exception(error)))
        return None, error


def leave_garbage() -> None:
    """Do not look for garbage until `mind_garbage`.

    An archive is millions of small things, none of them garbage: looking takes a fifth of the time.
    """
    if gc.get_freeze_count():  # what the build before left, in a preview
        gc.unfreeze()
        gc.collect()
    gc.disable()


def mind_garbage() -> None:
    """Look for garbage again, but not in what there is by now: it is used until the next build or the end."""
    gc.freeze()
    gc.enable()
