"""The whole site of the last build, put back when nothing at all has changed.

Its files are hard links to those of the site itself: they take no room and no time.
Where site and project lie on different disks there are none, and a build makes do
with the pages that were kept. A file that was changed in place after the build, on
either side, is noticed by its size or time, and nothing is put back.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
from collections.abc import Container, Iterable
from pathlib import Path

from zhenggai.site.kept import Kept


class LastSite:
    """The site of one archive as it was last built."""

    def __init__(self, folder: Path) -> None:
        self._files = folder / "files"
        self._list = Kept(folder / "list")

    def keep(self, site_dir: Path, key: str, written: Container[str]) -> None:
        """Keep every file below `site_dir` but those `written` by others, as the site that `key` stands for."""
        shutil.rmtree(self._files, ignore_errors=True)
        stamps = {}
        with contextlib.suppress(OSError):
            for name in _names(site_dir):
                if name not in written:
                    _link(f"{site_dir}{os.sep}{name}", f"{self._files}{os.sep}{name}")
                    stamps[name] = _stamp(f"{self._files}{os.sep}{name}")
            self._list.save(key, json.dumps(stamps).encode())
            self._list.forget({key})

    def names(self, key: str) -> list[str] | None:
        """The files that `key` stands for; None where they are not all there as they were."""
        data = self._list.load(key)
        if data is None:
            return None
        stamps: dict[str, list[int]] = json.loads(data)
        with contextlib.suppress(OSError):
            if all(_stamp(f"{self._files}{os.sep}{name}") == stamp for name, stamp in stamps.items()):
                return list(stamps)
        return None

    def put_back(self, names: Iterable[str], site_dir: Path) -> None:
        """Link the files into a site; copy them where that is on another disk."""
        for name in names:
            source, target = f"{self._files}{os.sep}{name}", f"{site_dir}{os.sep}{name}"
            try:
                _link(source, target)
            except OSError:
                shutil.copy2(source, target)


def key_of(made_by: bytes, folder: Path, files: Iterable[Path]) -> str:
    """What a site stands for: all it depends on, and each of its report files with its place."""
    whole = hashlib.sha256(made_by)
    for path in files:
        whole.update(f"{path.relative_to(folder).as_posix()}\n".encode())
        whole.update(hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()[:40]


def _names(folder: Path) -> Iterable[str]:
    for at, _, files in os.walk(folder):
        within = os.path.relpath(at, folder).replace(os.sep, "/")
        yield from (name if within == "." else f"{within}/{name}" for name in files)


def _link(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except FileNotFoundError:
        os.makedirs(os.path.dirname(target), exist_ok=True)  # noqa: PTH103, PTH120
        os.link(source, target)


def _stamp(path: str) -> list[int]:
    found = os.stat(path)  # noqa: PTH116
    return [found.st_size, found.st_mtime_ns]
