"""One run at a time in one reports folder.

The operating system holds the lock and lets go of it when a process dies, however
it dies. The lock file names who is at work; it goes with the run that made it.
"""

from __future__ import annotations

import contextlib
import errno
import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path


@contextlib.contextmanager
def locked(path: Path, waiting: Callable[[str], None]) -> Iterator[None]:
    """Hold the lock file `path`; waits for another run, after telling `waiting` once who it is."""
    path.parent.mkdir(parents=True, exist_ok=True)
    told = False
    while True:
        with path.open("a+b", buffering=0) as handle:
            if _take(handle.fileno()):
                if _still_there(path, handle.fileno()):
                    handle.truncate(0)
                    handle.write(f"进程 {os.getpid()}，{time.strftime('%H:%M')} 开始\n".encode())
                    try:
                        yield
                    finally:
                        _remove(path)
                    return
                continue  # its holder removed it when it was done: take the new one
        if not told:
            waiting(_holder(path))
            told = True
        time.sleep(0.2)


def _holder(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8").strip()
    except OSError:
        return ""


def _still_there(path: Path, handle: int) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(handle))
    except FileNotFoundError:
        return False


def _remove(path: Path) -> None:
    with contextlib.suppress(OSError):  # Windows removes no open file: it stays, empty of meaning
        path.unlink()


if sys.platform == "win32":
    import msvcrt

    _FAR = 1 << 30
    """The locked byte lies behind the words, which others may read."""

    def _take(handle: int) -> bool:
        try:
            os.lseek(handle, _FAR, os.SEEK_SET)
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
            os.lseek(handle, 0, os.SEEK_SET)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _take(handle: int) -> bool:
        try:
            # Not flock: worker processes would inherit it and hold it after their parent was killed.
            fcntl.lockf(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            return error.errno not in (errno.EACCES, errno.EAGAIN)  # a share without locks: go on without
        return True
