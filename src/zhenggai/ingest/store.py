"""The reports folder: what is there, what a person changed, writing without halves.

Beside the reports lies `.private/`, never part of a site: for each report its
last conversion (`<id>.base`, to tell a person's edits from the converter's work)
and its removal record (`<id>.json`). The report is written first, then its copy:
a run killed in between finds the same report again and puts the copy right.
"""

from __future__ import annotations

import difflib
import json
import os
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from zhenggai import frontmatter
from zhenggai.ingest.convert import Conversion

PRIVATE = ".private"
_SOURCE = re.compile(r"^source:\n(?:  .*\n)*", re.M)


def write_atomically(path: Path, text: str) -> None:
    """Write a whole file or none: to a temporary neighbour, synced, then renamed over."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def removal_record(conversion: Conversion) -> dict[str, Any]:
    """Every cut of a conversion: line, offsets in the decoded line, text, rule, what is shown instead."""
    source = conversion.report.source
    return {
        "file": source.file,
        "sha256": source.sha256,
        "encoding": source.encoding,
        "cuts": [
            {
                "line": line.no,
                "start": cut.start,
                "end": cut.end,
                "text": line.raw[cut.start : cut.end],
                "rule": cut.rule,
                "shown": cut.shown,
            }
            for line in conversion.cleaned.lines
            for cut in line.cuts
        ],
    }


@dataclass(frozen=True, slots=True)
class Entry:
    """A report on disk."""

    path: Path
    file: str
    sha256: str


class Store:
    """The reports of one archive, indexed by what they were made from."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.by_file: dict[str, Entry] = {}
        self.by_sha: dict[str, Entry] = {}
        self.by_id: dict[str, Entry] = {}
        for path in frontmatter.report_files(folder):
            self._index(path)

    def _index(self, path: Path) -> None:
        """Read only 来源: a report whose front matter a person broke must not stop the others."""
        raw = path.read_bytes()
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError:  # saved by an old editor; check.py names it
            text = raw.decode("gb18030", errors="replace")
        block = _SOURCE.search(text.replace("\r\n", "\n"))
        try:
            source = frontmatter.load_yaml(block[0])["source"] if block else {}
        except Exception:  # any YAML fault: check.py names it with its line
            source = {}
        self.add(Entry(path, str(source.get("file", "")), str(source.get("sha256", ""))))

    def add(self, entry: Entry) -> None:
        """Note a report that is on disk."""
        self.by_id[entry.path.stem] = entry
        if entry.sha256:
            self.by_file.setdefault(entry.file, entry)
            self.by_sha.setdefault(entry.sha256, entry)

    def private(self, report_id: str, suffix: str) -> Path:
        """Path of what is kept for the converter itself."""
        return self.folder / PRIVATE / f"{report_id}{suffix}"

    def last_conversion(self, report_id: str) -> str | None:
        """The text that the converter wrote last, None when it is not known."""
        path = self.private(report_id, ".base")
        return path.read_text(encoding="utf-8") if path.is_file() else None

    def keep(self, conversion: Conversion, text: str) -> None:
        """Keep the last conversion and the removal record."""
        report_id = conversion.report.id
        write_atomically(self.private(report_id, ".base"), text)
        record = json.dumps(removal_record(conversion), ensure_ascii=False, indent=1)
        write_atomically(self.private(report_id, ".json"), record + "\n")

    def sweep(self) -> None:
        """Remove halves that a killed run left."""
        for part in self.folder.rglob(".*.part"):
            part.unlink(missing_ok=True)


def difference(old: str, new: str, name: str, most: int = 24) -> str:
    """Unified difference of two versions of a report, at most `most` lines."""
    lines = list(
        difflib.unified_diff(
            old.splitlines(), new.splitlines(), f"{name}（现有）", f"{name}（新转换）", lineterm="", n=0
        )
    )
    more = [f"…… 另有 {len(lines) - most} 行"] if len(lines) > most else []
    return "\n".join(lines[:most] + more)
