"""The site as it was last built: its files are put back one by one, or the whole of it where nothing has changed.

Its files are hard links to those of the site itself, which take no room and hardly
any time; where site and project lie on different disks they are copies. A file that
was changed in place after the build, on either side, is noticed by its size or time
and made again.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
from collections.abc import Container, Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from zhenggai.kept import Kept


class _File(NamedTuple):
    """One file as it was when the build ended."""

    size: int
    time: int
    """When it was written, in nanoseconds."""
    key: str = ""
    """Digest of all it was made from, where that is known."""


class LastSite:
    """The site of one archive as it was last built."""

    def __init__(self, folder: Path) -> None:
        self._folder = str(folder / "files")
        self._list = Kept(folder / "list")
        data = self._list.load("site")
        key, rows = json.loads(data) if data else ("", {})
        self._key: str = key
        """What the whole site depended on."""
        self._files = {name: _File(*row) for name, row in rows.items()}

    @property
    def keyed(self) -> Iterable[str]:
        """Its files of which it is known what they were made from."""
        return (name for name, file in self._files.items() if file.key)

    def whole(self, key: str) -> list[str] | None:
        """Its files, if it is the site that `key` stands for and all are there as they were; else None."""
        if key != self._key or not all(map(self._is_there, self._files)):
            return None
        return list(self._files)

    def put_back(self, name: str, site_dir: str, key: str | None = None) -> bool:
        """Put a file back into a site; False where it is not there as it was, or was made from something else."""
        file = self._files.get(name)
        if file is None or (key is not None and file.key != key):
            return False
        target = f"{site_dir}{os.sep}{name}"
        with contextlib.suppress(OSError):
            if _stamp(target) == file[:2]:
                return True  # it stands there
        try:
            _link(f"{self._folder}{os.sep}{name}", target)
        except FileNotFoundError:
            return False
        if _stamp(target) != file[:2]:  # looked at in its new place: another build may be at work in ours
            os.unlink(target)  # noqa: PTH108
            return False
        return True

    def keep(self, site_dir: Path, key: str, keys: Mapping[str, str], left_out: Container[str]) -> None:
        """Keep every file below `site_dir` but those `left_out`; `keys` by name, where they are known."""
        files: dict[str, _File] = {}
        with contextlib.suppress(OSError):  # a full or read-only disk costs time, nothing else
            for name in _names(site_dir):
                if name in left_out:
                    continue
                there, here = f"{site_dir}{os.sep}{name}", f"{self._folder}{os.sep}{name}"
                files[name] = file = _File(*_stamp(there), keys.get(name, ""))
                if file == self._files.get(name):  # it was put back
                    continue
                with contextlib.suppress(FileNotFoundError):
                    os.unlink(here)  # noqa: PTH108 - thousands of times in one build
                _link(there, here)
            for name in self._files.keys() - files.keys():
                with contextlib.suppress(FileNotFoundError):
                    os.unlink(f"{self._folder}{os.sep}{name}")  # noqa: PTH108
            self._list.save("site", json.dumps([key, files]).encode())

    def _is_there(self, name: str) -> bool:
        try:
            return _stamp(f"{self._folder}{os.sep}{name}") == self._files[name][:2]
        except OSError:
            return False


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
    """A second name for a file, in a folder that may have to be made; a copy on another disk."""
    for attempt in (1, 2):
        try:
            os.link(source, target)
        except FileNotFoundError:
            if attempt == 2:
                raise
            os.makedirs(os.path.dirname(target), exist_ok=True)  # noqa: PTH103, PTH120
        except FileExistsError:
            if attempt == 2:
                raise
            os.unlink(target)  # noqa: PTH108
        except OSError:
            shutil.copy2(source, target)
            return
        else:
            return


def _stamp(path: str) -> tuple[int, int]:
    found = os.stat(path)  # noqa: PTH116
    return found.st_size, found.st_mtime_ns
