"""An index on the disk, for tests that read it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from zhenggai.site.search_index import Part, Piece, build_part


def write_part(pieces: Sequence[Piece], folder: Path) -> Part:
    """Write the files of a part as a site has them; what the page must know of it."""
    about, *files = build_part(pieces)
    part: Part = json.loads(about)
    (folder / part["path"]).mkdir(parents=True, exist_ok=True)
    for number, data in enumerate(files):
        (folder / part["path"] / f"{number}.bin").write_bytes(data)
    return part
