"""What lies in a folder that people filled."""

from __future__ import annotations

import os
from pathlib import Path

from zhenggai.model import ZhenggaiError


def files_below(folder: Path) -> list[Path]:
    """All files below a folder, sorted; none where it is missing. Hidden ones, and hidden folders, are none of ours.

    Raises ZhenggaiError for a folder that cannot be opened: what lies there must not be taken for gone.
    """
    try:
        with os.scandir(folder) as listed:
            entries = [entry for entry in listed if not entry.name.startswith(".")]
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        raise ZhenggaiError("打不开这个文件夹", path=folder, remedy="检查权限，再运行一次") from error
    found: list[Path] = []
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            found += files_below(Path(entry.path))
        elif entry.is_file() or (
            entry.is_symlink() and not entry.is_dir()
        ):  # whoever reads a dead link says so
            found.append(Path(entry.path))
    return sorted(found)
