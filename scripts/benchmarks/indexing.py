"""Builds the search index of the first N entries and says how long that took.

Run as `python -m benchmarks.indexing ENTRIES N SITE [CACHE [LAST]]` with `scripts` and `src` on PYTHONPATH; notices
beyond those of the file, up to number LAST, are dated after all others. Prints one line of JSON: seconds of `build_index` alone, wall and cpu.
"""

from __future__ import annotations

import json
import sys
import time
from dataclasses import replace
from pathlib import Path

from benchmarks import entries
from zhenggai.kept import Kept
from zhenggai.site import pinyin
from zhenggai.site.making import Making
from zhenggai.site.search import build_index


def main(file: Path, count: int, site: Path, cache: Path | None, last: int) -> None:
    """Read, then index against the clock."""
    archive = list(entries.read(file, count))
    for at in range(entries.size(file), min(last, count)):
        report = archive[at].report.model_copy(update={"published": "2099-01-01"})
        archive[at] = replace(archive[at], report=report)
    for entry in archive:  # a build has put its lists in order by then, and remembers how names are read
        for name in (entry.report.unit, *(name for _, name in entry.place())):
            pinyin.sort_key(name)
    wall, cpu = time.perf_counter(), time.process_time()
    build_index(archive, Making(site), Kept(cache))
    print(json.dumps({"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu}))


if __name__ == "__main__":
    given = sys.argv[1:]
    kept = Path(given[3]) if given[3:] else None
    main(Path(given[0]), int(given[1]), Path(given[2]), kept, int(given[4]) if given[4:] else 0)
