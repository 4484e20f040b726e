"""Runs of notices that were indexed before, kept beside the project (`.cache/search/`).

A run is known by everything it was made from: its notices, our own code, Python's
tables. So nothing here is ever out of date, deleting it is always safe, and what
was damaged on the disk is noticed by its check sum and made again.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import sys
import time
import unicodedata
from array import array
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from zhenggai.site.search_index import Piece

FORGOTTEN = 30 * 24 * 3600
"""Seconds after which what an archive left here is deleted, if it was not built again."""
_MADE_BY = ("search.py", "search_cache.py", "search_fold.py", "search_index.py", "search_text.py")
_SUM = hashlib.sha256().digest_size
_COLUMNS = ("lengths", "keys", "firsts", "lasts", "sizes")


@dataclass(frozen=True, slots=True)
class Run:
    """Some notices made ready: their index, and the text of each as the page reads it."""

    piece: Piece
    texts: tuple[bytes, ...]


@dataclass
class RunCache:
    """The runs of one archive. Without a folder nothing is kept."""

    folder: Path | None = None
    used: set[str] = field(default_factory=set)

    def run(self, made_from: Iterable[bytes], make: Callable[[], Run]) -> Run:
        """The run that `make` gives for notices with these digests, from the last build if it is still there."""
        if self.folder is None:
            return make()
        key = hashlib.sha256(b"".join([_code(), *made_from])).hexdigest()[:40]
        self.used.add(key)
        path = self.folder / f"{key}.run"
        try:
            return _unpacked(path.read_bytes(), key)
        except (OSError, ValueError):
            run = make()
            with contextlib.suppress(OSError):  # a full or read-only disk costs time, nothing else
                self.folder.mkdir(parents=True, exist_ok=True)
                new = path.with_suffix(f".{os.getpid()}")
                new.write_bytes(_packed(run, key))
                new.replace(path)
            return run

    def forget(self) -> None:
        """Delete the runs that this build did not use, and what other archives left long ago."""
        if self.folder is None or not self.folder.is_dir():
            return
        with contextlib.suppress(OSError):
            os.utime(self.folder)
            for path in self.folder.iterdir():
                if path.stem not in self.used:
                    path.unlink()
            for other in self.folder.parent.iterdir():
                if time.time() - other.stat().st_mtime > FORGOTTEN:
                    shutil.rmtree(other)


def kept_for(reports: Path, project: Path) -> RunCache:
    """The cache of the archive in `reports`: each has its own, so that a demo drives out no real one."""
    name = hashlib.sha256(str(reports.resolve()).encode()).hexdigest()[:12]
    return RunCache(project / ".cache" / "search" / name)


@cache
def _code() -> bytes:
    """What runs depend on beside the notices."""
    here = Path(__file__).parent
    versions = f"{sys.version} {unicodedata.unidata_version} {sys.byteorder}"
    return hashlib.sha256(
        b"".join([versions.encode(), *((here / name).read_bytes() for name in _MADE_BY)])
    ).digest()


def _packed(run: Run, key: str) -> bytes:
    columns = [getattr(run.piece, name) for name in _COLUMNS]
    sizes = [[c.typecode, len(c) * c.itemsize] for c in columns]
    head = json.dumps([sizes, len(run.piece.between), [len(text) for text in run.texts]]).encode() + b"\n"
    data = b"".join([head, *(c.tobytes() for c in columns), run.piece.between, *run.texts])
    return hashlib.sha256(key.encode() + data).digest() + data


def _unpacked(data: bytes, key: str) -> Run:
    """ValueError where the file is not, byte for byte, what was written under this key."""
    if hashlib.sha256(key.encode() + data[_SUM:]).digest() != data[:_SUM]:
        raise ValueError("damaged")
    at = data.index(b"\n", _SUM) + 1
    sizes, between, texts = json.loads(data[_SUM:at])

    def cut(size: int) -> bytes:
        nonlocal at
        at += size
        return data[at - size : at]

    columns = {name: array(kind, cut(size)) for name, (kind, size) in zip(_COLUMNS, sizes, strict=True)}
    return Run(Piece(**columns, between=cut(between)), tuple(cut(size) for size in texts))
