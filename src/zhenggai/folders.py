"""What lies in a folder that people filled."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from zhenggai.model import ZhenggaiError


def files_below(folder: Path) -> list[Path]:
    """All files below a folder, sorted; none where it is missing. Hidden ones, and hidden folders, are none of ours.

    Raises ZhenggaiError for a folder that cannot be opened: what lies there must not be taken for gone.
    """
    return sorted(_below(folder))


def _below(folder: Path) -> Iterator[Path]:
    try:
        with os.scandir(folder) as listed:
            entries = [entry for entry in listed if not entry.name.startswith(".")]
    except (FileNotFoundError, NotADirectoryError):
        return
    except OSError as error:
        raise ZhenggaiError("打不开这个文件夹", path=folder, remedy="检查权限，再运行一次") from error
    for entry in entries:
        path = Path(entry.path)
        if entry.is_dir(follow_symlinks=False):
            yield from _below(path)
        elif entry.is_file(follow_symlinks=False) or (entry.is_symlink() and _may_be_file(path)):
            yield path


def _may_be_file(link: Path) -> bool:
    """A link to a file; or to nothing or to itself: whoever reads it says so."""
    return link.is_file() or not link.exists()
