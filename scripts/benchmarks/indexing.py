"""Builds the search index of the first N entries and says how long that took.

Run as `python -m benchmarks.indexing ENTRIES N SITE [CACHE]` with `scripts` and `src` on PYTHONPATH; prints one
line of JSON: seconds of `build_index` alone, wall and cpu.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from benchmarks import entries
from zhenggai.site.search import build_index
from zhenggai.site.search_cache import Kept


def main(file: Path, count: int, site: Path, cache: Path | None) -> None:
    """Read, then index against the clock."""
    archive = list(entries.read(file, count))
    wall, cpu = time.perf_counter(), time.process_time()
    build_index(archive, site, Kept(cache))
    print(json.dumps({"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]), Path(sys.argv[4]) if sys.argv[4:] else None)
