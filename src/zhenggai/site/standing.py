"""The site that stands in the folder from the last build, kept from being emptied: most of it will stand there again.

MkDocs empties the folder of a site before it builds, but for hidden entries. So the
site steps aside into a hidden folder within, and comes back when MkDocs has written
what is its own. What did not change need not be deleted and put back, which for tens
of thousands of files takes longer than all else that a small change takes. What is
made while MkDocs is still at work waits in a hidden folder as well.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Container, Iterable
from pathlib import Path

ASIDE, AHEAD = ".standing", ".ahead"
"""The folder that it waits in, and that of what is made ahead. Those that are there are what a killed build left."""


class Standing:
    """The files of the last build in the folder of a site."""

    def __init__(self, site_dir: Path) -> None:
        self._site_dir = str(site_dir)
        self._aside = f"{self._site_dir}{os.sep}{ASIDE}"
        self.ahead = site_dir / AHEAD
        """Where files can be made for the site before `written` was asked; `bring_in` moves them to their places."""
        self._waits = False

    def step_aside(self) -> None:
        """Move what stands there out of the way; what cannot be moved is emptied as ever."""
        for left in (self._aside, self.ahead):
            shutil.rmtree(left, ignore_errors=True)
        self._waits = True
        with contextlib.suppress(OSError):
            with os.scandir(self._site_dir) as entries:
                there = [entry for entry in entries if not entry.name.startswith(".")]
            os.mkdir(self._aside)  # noqa: PTH102
            for entry in there:
                os.rename(entry.path, f"{self._aside}{os.sep}{entry.name}")  # noqa: PTH104

    def written(self) -> frozenset[str]:
        """What was written in its place so far: files, from the site's root."""
        found = set()
        for at, folders, files in os.walk(self._site_dir):
            if at == self._site_dir:
                folders[:] = [name for name in folders if name not in (ASIDE, AHEAD)]
            found |= {os.path.relpath(f"{at}{os.sep}{name}", self._site_dir) for name in files}
        return frozenset(name.replace(os.sep, "/") for name in found)

    def bring_in(self) -> None:
        """Move what was made ahead to its places."""
        if self.ahead.is_dir():
            _merge(str(self.ahead), self._site_dir)
            shutil.rmtree(self.ahead)

    def come_back(self, keep: Container[str] | None = None) -> None:
        """Move back what was not written meanwhile: all of it, or what is in `keep` (names from the site's root)."""
        if not self._waits:
            return
        self._waits = False
        shutil.rmtree(self.ahead, ignore_errors=True)
        if keep is not None:
            self._thin_out(keep)
        if os.path.isdir(self._aside):  # noqa: PTH112
            _merge(self._aside, self._site_dir)
            shutil.rmtree(self._aside)

    def _thin_out(self, keep: Container[str]) -> None:
        for at, _, files in os.walk(self._aside, topdown=False):
            within = os.path.relpath(at, self._aside).replace(os.sep, "/")
            left = [name for name in files if (name if within == "." else f"{within}/{name}") not in keep]
            for name in left:
                os.unlink(f"{at}{os.sep}{name}")  # noqa: PTH108
            if len(left) == len(files):
                with contextlib.suppress(OSError):  # folders in it are kept
                    os.rmdir(at)  # noqa: PTH106

    def drop(self, names: Iterable[str]) -> None:
        """Delete files that no longer belong to the site, and the folders that they leave empty."""
        for name in names:
            with contextlib.suppress(OSError):
                os.unlink(f"{self._site_dir}{os.sep}{name}")  # noqa: PTH108
                folder = os.path.dirname(name)  # noqa: PTH120
                while folder:
                    os.rmdir(f"{self._site_dir}{os.sep}{folder}")  # noqa: PTH106 - ends at one that is not empty
                    folder = os.path.dirname(folder)  # noqa: PTH120


def _merge(source: str, target: str) -> None:
    """Move every entry of one folder to another; files that are there stay as they are."""
    with os.scandir(source) as entries:
        for entry in list(entries):
            there = f"{target}{os.sep}{entry.name}"
            if not os.path.lexists(there):
                os.rename(entry.path, there)  # noqa: PTH104
            elif entry.is_dir(follow_symlinks=False) and os.path.isdir(there):  # noqa: PTH112
                _merge(entry.path, there)
