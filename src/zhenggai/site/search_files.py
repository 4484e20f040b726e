"""The files of an index, written."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TypedDict


class Part(TypedDict):
    """What the page must know to read one folder of index files."""

    path: str
    shards: int
    lengths: list[int]
    """Length of each folded text, in code points, in order."""


def write_built(built: Sequence[bytes], folder: Path) -> Part:
    """Write what `search_index.build_part` made below `folder`."""
    part: Part = json.loads(built[0])
    target = folder / part["path"]
    target.mkdir(parents=True, exist_ok=True)
    for number, file in enumerate(built[1:]):
        write_file(f"{target}{os.sep}{number}.bin", file)
    return part


def write_file(path: str, data: bytes) -> None:
    """Write one of thousands of small files: half the time of `Path.write_bytes`."""
    with open(path, "wb", buffering=0) as file:  # noqa: PTH123 - a Path for each is a third of it
        file.write(data)
