"""What was indexed before, kept beside the project (`.cache/search/`): runs of notices and whole parts.

Each is known by everything it was made from: its notices, our own code, Python's
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
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import accumulate, pairwise
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

    def packed(self) -> list[bytes]:
        """As bytes, for keeping."""
        columns: list[array[int]] = [getattr(self.piece, name) for name in _COLUMNS]
        kinds = "".join(column.typecode for column in columns).encode()
        return [kinds, *(column.tobytes() for column in columns), self.piece.between, *self.texts]

    @staticmethod
    def unpacked(packed: Sequence[bytes]) -> Run:
        """What was packed."""
        kinds, *columns = packed[: len(_COLUMNS) + 1]
        pairs = zip(_COLUMNS, kinds.decode(), columns, strict=True)
        between, *texts = packed[len(_COLUMNS) + 1 :]
        return Run(
            Piece(**{name: array(kind, data) for name, kind, data in pairs}, between=between), tuple(texts)
        )


@dataclass
class Kept:
    """What was made for one archive before. Without a folder nothing is kept."""

    folder: Path | None = None
    used: set[str] = field(default_factory=set)

    def get(self, key: str, make: Callable[[], list[bytes]]) -> list[bytes]:
        """What `make` gives; from an earlier build if it is still there. `key`: see `key`."""
        if self.folder is None:
            return make()
        self.used.add(key)
        path = self.folder / f"{key}.kept"
        try:
            return _unpacked(path.read_bytes(), key)
        except (OSError, ValueError):
            made = make()
            with contextlib.suppress(OSError):  # a full or read-only disk costs time, nothing else
                self.folder.mkdir(parents=True, exist_ok=True)
                new = path.with_suffix(f".{os.getpid()}")
                new.write_bytes(_packed(made, key))
                new.replace(path)
            return made

    def forget(self) -> None:
        """Delete what this build did not use, and what other archives left long ago."""
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


def key(what: bytes, made_from: Iterable[bytes]) -> str:
    """A name for what is made of things with these digests, by our code as it stands."""
    return hashlib.sha256(b"".join([_code(), what, *made_from])).hexdigest()[:40]


def kept_for(reports: Path, cache: Path) -> Kept:
    """What is kept of the archive in `reports`: each has its own, so that a demo drives out no real one."""
    name = hashlib.sha256(str(reports.resolve()).encode()).hexdigest()[:12]
    return Kept(cache / "search" / name)


@cache
def _code() -> bytes:
    """What runs depend on beside the notices."""
    here = Path(__file__).parent
    versions = f"{sys.version} {unicodedata.unidata_version} {sys.byteorder}"
    return hashlib.sha256(
        b"".join([versions.encode(), *((here / name).read_bytes() for name in _MADE_BY)])
    ).digest()


def _packed(pieces: Sequence[bytes], key: str) -> bytes:
    data = b"".join([json.dumps([len(piece) for piece in pieces]).encode(), b"\n", *pieces])
    return hashlib.sha256(key.encode() + data).digest() + data


def _unpacked(data: bytes, key: str) -> list[bytes]:
    """ValueError where the file is not, byte for byte, what was written under this key."""
    if hashlib.sha256(key.encode() + data[_SUM:]).digest() != data[:_SUM]:
        raise ValueError("damaged")
    at = data.index(b"\n", _SUM) + 1
    ends = list(accumulate(json.loads(data[_SUM:at]), initial=at))
    return [data[start:end] for start, end in pairwise(ends)]
