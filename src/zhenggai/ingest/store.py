"""The reports folder: what is there, what a person changed, writing without halves.

Beside the reports lies `.private/`, never part of a site. For each report it keeps
its last conversion (`<id>.base`, to tell a person's edits from the converter's work)
and its removal record (`<id>.json`). A report that is the converter's alone is
written first, its last conversion last: a run killed in between finds the report as
it would write it and puts the rest right. Where report and last conversion differ,
a note (`<id>.next`) goes ahead, so that a killed run is finished, not merged twice.
"""

from __future__ import annotations

import contextlib
import difflib
import hashlib
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


class ChangedError(OSError):
    """A report that somebody wrote to while it was being converted: it stays as they left it."""


def write_atomically(path: Path, text: str, *, before_others: bool = False, instead_of: str = "") -> None:
    """Write a whole file or none: to a temporary neighbour, synced, then renamed over.

    `before_others`: what is written later must not reach the disk without this, whatever the power
    does. `instead_of`: what the file must still hold. Raises ChangedError where it does not, OSError.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o644)
        if instead_of and _text(path) != instead_of:
            raise ChangedError(0, "转换时有人改了这份报告，没有动它；再运行一次即可", str(path))
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    if before_others:
        _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    """Have names that were given in a folder reach the disk, where the system knows how."""
    with contextlib.suppress(OSError):  # Windows opens no folders; some network disks sync none
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _text(path: Path) -> str | None:
    return path.read_text(encoding="utf-8", errors="replace") if path.is_file() else None


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
    copies: tuple[str, ...] = ()
    """SHA-256 of other copies of the same notice."""

    @property
    def id(self) -> str:
        return self.path.stem


class Store:
    """The reports of one archive, indexed by what they were made from."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.by_file: dict[str, list[Entry]] = {}
        """Two folders of an inbox may each have a 通报.txt."""
        self.by_sha: dict[str, Entry] = {}
        self.by_copy: dict[str, Entry] = {}
        self.by_id: dict[str, Entry] = {}
        self.planned: dict[str, Path] = {}
        """Reports that a dry run would have written: id → input."""
        for path in frontmatter.report_files(folder):
            self.add(_entry(path))

    def add(self, entry: Entry) -> None:
        """Note a report that is on disk, in the place of what was known of it."""
        old = self.by_id.get(entry.id)
        if old:
            self.by_file.get(old.file, [old]).remove(old)
            for index, keys in ((self.by_sha, (old.sha256,)), (self.by_copy, old.copies)):
                for key in keys:
                    if index.get(key) == old:
                        del index[key]
        self.by_id[entry.id] = entry
        self.by_file.setdefault(entry.file, []).append(entry)
        if entry.sha256:
            self.by_sha.setdefault(entry.sha256, entry)
        for sha256 in entry.copies:
            self.by_copy.setdefault(sha256, entry)

    def private(self, report_id: str, suffix: str) -> Path:
        """Path of what is kept for the converter itself."""
        return self.folder / PRIVATE / f"{report_id}{suffix}"

    def last_conversion(self, report_id: str) -> str | None:
        """The text that the converter wrote last, None when it is not known."""
        return self.text(self.private(report_id, ".base"))

    def text(self, path: Path) -> str | None:
        """A file's text, None when there is none; signs that are no UTF-8 are replaced by U+FFFD."""
        return _text(path)

    def write_own(self, path: Path, conversion: Conversion, text: str, old: str | None) -> None:
        """Write a report that is the converter's alone; `old`: what it was when that was settled."""
        write_atomically(path, text, before_others=True, instead_of=old or "")
        self.keep(conversion, text)

    def keep(self, conversion: Conversion, text: str) -> None:
        """Keep the removal record and, when all else is written, the last conversion."""
        self._keep_record(conversion)
        write_atomically(self.private(conversion.report.id, ".base"), text)

    def _keep_record(self, conversion: Conversion) -> None:
        record = json.dumps(removal_record(conversion), ensure_ascii=False, indent=1)
        write_atomically(self.private(conversion.report.id, ".json"), record + "\n", before_others=True)

    def write(
        self,
        path: Path,
        text: str,
        base: str | None,
        conversion: Conversion | None = None,
        old: str | None = None,
    ) -> None:
        """Write a report that is not as the converter alone would have it, and `base`, its last conversion.

        `base` None: what it was is not known, and stays so. `old`: what the report was when this was settled.
        """
        if base is None:
            write_atomically(path, text, instead_of=old or "")
            return
        mark = hashlib.sha256(text.encode()).hexdigest()
        following = self.private(path.stem, ".next")
        write_atomically(following, f"{mark}\n{base}", before_others=True)
        if conversion:
            self._keep_record(conversion)
        write_atomically(path, text, before_others=True, instead_of=old or "")
        write_atomically(self.private(path.stem, ".base"), base, before_others=True)
        following.unlink()

    def sweep(self) -> None:
        """Finish or undo what a killed run left: halves are removed, a written report gets its last conversion."""
        for part in self.folder.rglob(".*.part"):
            part.unlink(missing_ok=True)
        for following in sorted((self.folder / PRIVATE).glob("*.next")):
            mark, _, base = following.read_text(encoding="utf-8").partition("\n")
            entry = self.by_id.get(following.stem)
            text = self.text(entry.path) if entry else None
            if text is not None and hashlib.sha256(text.encode()).hexdigest() == mark:
                write_atomically(self.private(following.stem, ".base"), base, before_others=True)
            following.unlink()


def _entry(path: Path) -> Entry:
    """Read only 来源: a report whose front matter a person broke must not stop the others."""
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:  # saved by an old editor; check.py names it
        text = raw.decode("gb18030", errors="replace")
    block = _SOURCE.search(text.replace("\r\n", "\n"))
    try:
        source = frontmatter.load_yaml(block[0])["source"] if block else {}
        copies = tuple(str(copy["sha256"]) for copy in source.get("copies") or ())
    except Exception:  # any YAML fault: check.py names it with its line
        return Entry(path, "", "")
    return Entry(path, str(source.get("file", "")), str(source.get("sha256", "")), copies)


def difference(old: str, new: str, name: str, most: int = 24) -> str:
    """Unified difference of two versions of a report, at most `most` lines."""
    lines = list(
        difflib.unified_diff(
            old.splitlines(), new.splitlines(), f"{name}（现有）", f"{name}（新转换）", lineterm="", n=0
        )
    )
    more = [f"…… 另有 {len(lines) - most} 行"] if len(lines) > most else []
    return "\n".join(lines[:most] + more)
