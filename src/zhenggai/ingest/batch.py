"""Many .txt → the reports folder: in parallel, in order, each input on its own.

Converting is pure and runs in worker processes; only this process writes. The
result depends on the inputs, not on the number of workers, and a run that is
killed is finished by the next.
"""

from __future__ import annotations

import contextlib
import gc
import signal
import traceback
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from itertools import islice
from pathlib import Path

from zhenggai import frontmatter
from zhenggai.faults import why
from zhenggai.ingest.convert import Conversion, convert
from zhenggai.ingest.decode import check_size
from zhenggai.ingest.inputs import inputs_of, refuse_document
from zhenggai.ingest.known import Known, Memory
from zhenggai.ingest.lock import locked
from zhenggai.ingest.outcome import Outcome, State
from zhenggai.ingest.settle import Made, Settler
from zhenggai.ingest.sketchbook import Card
from zhenggai.ingest.store import PRIVATE, Store
from zhenggai.ingest.text import RefusedError
from zhenggai.work import end_with_parent

__all__ = ["Outcome", "State", "convert_all", "convert_file", "inputs_of"]

_CHUNK = 256
"""Inputs under way at once: memory stays flat however many there are."""


def convert_file(path: Path) -> Conversion | RefusedError:
    """Read and convert one file; every failure comes back as a RefusedError."""
    try:
        refuse_document(path)
        check_size(path)
        return convert(_whole(path), path.name)
    except RefusedError as error:
        return error
    except OSError as error:
        return RefusedError(f"读不了：{why(error)}", path=path.name, remedy="检查文件权限，或复制一份再试")
    except Exception as error:  # a defect of ours costs this file, not the other nineteen thousand
        frame = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{Path(frame.filename).name}:{frame.lineno}"
        return RefusedError(
            f"程序出错：{type(error).__name__}: {error}（{where}）",
            path=path.name,
            remedy="这是程序的缺陷，请把该文件和这一行发给维护者",
        )


def _whole(path: Path) -> bytes:
    """A file's bytes. Raises RefusedError where they change meanwhile, as of one that is still being copied."""
    before = _seen(path)
    data = path.read_bytes()
    if _seen(path) != before or before is None or len(data) != before[0]:
        raise _changing(path)
    return data


def _changing(path: Path) -> RefusedError:
    remedy = "等复制完、编辑器关掉以后再运行一次"
    return RefusedError("读的时候文件还在变动，没有转换", path=path.name, remedy=remedy)


def _seen(path: Path) -> tuple[int, int, int] | None:
    """Size, time and number of a file; None where it is gone."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_size, found.st_mtime_ns, found.st_ino


def convert_all(
    inputs: Sequence[Path],
    folder: Path,
    *,
    jobs: int = 1,
    dry_run: bool = False,
    force: bool = False,
    told: Callable[[Outcome], None] = lambda _: None,
    waiting: Callable[[str], None] = lambda _: None,
    memory: Memory | None = None,
) -> list[Outcome]:
    """Convert `inputs` into `folder`; `told` hears of each outcome as it comes, in the order of inputs.

    What `told` hears carries its conversion; the outcomes returned do not, nor do those of inputs
    that were not converted, since earlier runs left in `memory` that nothing would come of it. `force`
    puts new conversions in the place of edited reports. While another run is at work
    in the folder this one waits, and `waiting` hears who it is.
    """
    if dry_run or not inputs:
        return _convert_all(inputs, folder, jobs, told, memory, dry_run=dry_run, force=force)
    with locked(folder / PRIVATE / "lock", waiting):
        return _convert_all(inputs, folder, jobs, told, memory, dry_run=False, force=force)


def _convert_all(
    inputs: Sequence[Path],
    folder: Path,
    jobs: int,
    told: Callable[[Outcome], None],
    memory: Memory | None,
    *,
    dry_run: bool,
    force: bool,
) -> list[Outcome]:
    store = Store(folder)
    if not dry_run:
        store.sweep()
    settler = Settler(store, inputs, dry_run=dry_run, force=force, memory=memory)
    outcomes = []
    with contextlib.closing(_results(inputs, jobs, settler.known)) as results:
        for path, made in results:
            known = settler.settle_known(path) if isinstance(made, Known) else None
            outcome = known or _settled(settler, path, _make(path) if isinstance(made, Known) else made)
            told(outcome)
            outcomes.append(replace(outcome, conversion=None))  # memory stays flat
    if not dry_run:
        settler.save()
    return outcomes


def _settled(settler: Settler, path: Path, made: Made | RefusedError) -> Outcome:
    if isinstance(made, RefusedError):
        return Outcome(path, State.REFUSED, message=str(made))
    if _seen(path) != made.seen:  # it grew while it was converted: somebody is still copying it
        return Outcome(path, State.REFUSED, message=str(_changing(path)))
    return settler.settle(path, made)


def _results(
    inputs: Sequence[Path], jobs: int, known: Callable[[Path], Known | None]
) -> Generator[tuple[Path, Made | RefusedError | Known], None, None]:
    """Each input with what is made of it, or with what is known to become of it."""
    rest: Iterable[Path] = iter(inputs)
    begun = False
    with ProcessPoolExecutor(max(jobs, 1), initializer=_begin_worker) as pool:
        while chunk := list(islice(rest, _CHUNK)):
            found = [known(path) for path in chunk]
            new = [path for path, one in zip(chunk, found, strict=True) if one is None]
            made = _all_made(new, pool if jobs > 1 and len(inputs) >= 4 else None, begun=begun)
            for path, one in zip(chunk, found, strict=True):
                yield path, one or next(made)
            begun = begun or bool(new)


def _all_made(
    paths: list[Path], pool: ProcessPoolExecutor | None, *, begun: bool
) -> Iterator[Made | RefusedError]:
    if not begun:  # here and not in a worker: the rules are loaded once, for all of them
        for path in paths[:1]:
            yield _make(path)
            settle_down()
        paths = paths[1:]
    yield from pool.map(_make, paths, chunksize=8) if pool and len(paths) > 1 else map(_make, paths)


def settle_down() -> None:
    """Leave what is loaded by now, the rules above all, out of every later search for garbage.

    There are hundreds of thousands of objects in them, and none ever becomes garbage.
    """
    gc.collect()
    gc.freeze()


def _make(path: Path) -> Made | RefusedError:
    """All of the work on one input that needs nothing but the input."""
    seen = _seen(path)
    conversion = convert_file(path)
    if isinstance(conversion, RefusedError):
        return conversion
    report, body = conversion.report, conversion.body
    return Made(conversion, frontmatter.render(report, body), Card.of(report, body), seen)


def _begin_worker() -> None:
    """A worker ends with its parent, and leaves Ctrl-C to it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    end_with_parent()
