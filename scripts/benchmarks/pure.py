"""Converts the .txt in the folders named, one after another in this process, and writes nothing.

Run as `python -m benchmarks.pure FOLDER…` with `scripts` and `src` on PYTHONPATH; prints one line of JSON:
notices, refused, and the seconds (wall, cpu) from the second notice on: the first loads the rules.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from zhenggai.ingest.batch import convert_file, inputs_of, settle_down
from zhenggai.ingest.text import RefusedError


def main() -> None:
    """The command line."""
    files = inputs_of([Path(argument) for argument in sys.argv[1:]])
    convert_file(files[0])
    settle_down()
    wall, cpu = time.perf_counter(), time.process_time()
    refused = sum(isinstance(convert_file(path), RefusedError) for path in files)
    seconds = {"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu}
    print(json.dumps({"notices": len(files), "refused": refused, **seconds}))


if __name__ == "__main__":
    main()
