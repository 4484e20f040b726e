"""What earlier builds made, kept in a folder of its own (`.cache/`) under a key of all it was made from.

A key is a digest of the sources, our own code, the templates, the settings and the
versions of all packages. So nothing here is ever out of date, deleting it is always
safe, and what was damaged on the disk is noticed by its check sum and made again.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import sys
import time
from collections.abc import Container, Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

FORGOTTEN = 30 * 24 * 3600
"""Seconds after which what an archive left here is deleted, if it was not built again."""
_NOTES = (".dist-info", ".egg-info")
_SUM = hashlib.sha256().digest_size


class Kept:
    """Things of one archive by key. Without a folder nothing is kept."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = str(folder) if folder else None

    def load(self, key: str) -> bytes | None:
        """What was kept under a key; None where it is not there or not, byte for byte, what was kept."""
        if self._folder is None:
            return None
        try:
            with open(self._path(key), "rb") as file:  # noqa: PTH123 - thousands of times in one build
                data = file.read()
        except OSError:
            return None
        return data[_SUM:] if data[:_SUM] == _sum(key, data[_SUM:]) else None

    def save(self, key: str, data: bytes) -> None:
        """Keep something; a full or read-only disk costs time, nothing else."""
        if self._folder is None:
            return
        path = Path(self._path(key))
        with contextlib.suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            new = path.with_name(f"{path.name}.{os.getpid()}")
            new.write_bytes(_sum(key, data) + data)
            new.replace(path)

    def forget(self, used: Container[str] | None = None) -> None:
        """Delete what this build did not use (None: it is not known), and what others left long ago."""
        if self._folder is None:
            return
        folder = Path(self._folder)
        with contextlib.suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
            os.utime(folder)
            for shelf in folder.iterdir():
                for path in shelf.iterdir():
                    if used is not None and path.name not in used:
                        path.unlink()
            for other in folder.parent.iterdir():
                if time.time() - other.stat().st_mtime > FORGOTTEN:
                    shutil.rmtree(other)

    def _path(self, key: str) -> str:
        return f"{self._folder}{os.sep}{key[:2]}{os.sep}{key}"


def _sum(key: str, data: bytes) -> bytes:
    return hashlib.sha256(key.encode() + data).digest()


def kept_for(reports: Path, cache: Path, what: str, address: str = "", *, private: bool = False) -> Kept:
    """Where `what` of the archive in `reports`, published at `address`, is kept.

    `private`: no other user of this machine may look into it.
    """
    folder = kept_folder(reports, cache, what, address)
    if private:
        with contextlib.suppress(OSError):
            folder.parent.mkdir(parents=True, exist_ok=True)
            folder.parent.chmod(0o700)
    return Kept(folder)


def kept_folder(reports: Path, cache: Path, what: str, address: str = "") -> Path:
    """Each archive and address has its own: a demo or a preview drives out nothing of the real site."""
    name = hashlib.sha256(f"{reports.resolve()}\n{address}".encode()).hexdigest()[:12]
    return cache / what / name


def made_by(sources: Iterable[Path], settings: Mapping[str, Any]) -> bytes:
    """A digest of everything that pages depend on beside the notices.

    `sources`: files, and folders with all that lies in them (our code, rules, templates); `settings`: of
    MkDocs, of which only plain values count. Python and every installed package count with their versions.
    """
    whole = hashlib.sha256(sys.version.encode())
    for version in _packages():
        whole.update(version.encode())
    whole.update(json.dumps(settings, sort_keys=True, default=_named).encode())
    whole.update(os.environ.get("SOURCE_DATE_EPOCH", "").encode())
    for source in sources:
        files = [source] if source.is_file() else sorted(p for p in source.rglob("*") if _counts(p))
        for path in files:
            name = path.relative_to(source).as_posix()
            whole.update(f"{name}\n{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return whole.digest()


@cache
def _packages() -> list[str]:
    """All that are installed, with their versions, as pip names the folders where it notes them.

    They do not change while we run. To read the notes (importlib.metadata) takes a twentieth of a second.
    """
    folders = [folder for folder in sys.path if os.path.isdir(folder)]  # noqa: PTH112
    notes = {name for folder in folders for name in os.listdir(folder) if name.endswith(_NOTES)}  # noqa: PTH208
    return sorted(notes)


def _counts(path: Path) -> bool:
    return path.suffix != ".pyc" and path.is_file()


def _named(value: object) -> str:
    """Functions and classes by name: their addresses in memory differ from build to build."""
    return str(getattr(value, "__qualname__", type(value).__qualname__))
