"""Findings that depend on one report alone: made on all cores, and kept until something they depend on changes.

They depend on the report's file, on the last conversion beside it, on its name and folder, and
on our code, rules and packages. All of that is in the key they are kept under.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from zhenggai import frontmatter
from zhenggai.checks import wording
from zhenggai.checks.finding import Finding
from zhenggai.kept import Kept, kept_for
from zhenggai.model import Report, ZhenggaiError
from zhenggai.reports import Brief, kept_reports, load
from zhenggai.work import shared


@dataclass(frozen=True, slots=True)
class Opened:
    """One report file, read."""

    path: Path
    text: str
    report: Report
    body: str

    def line(self, start: str) -> int:
        """1-based line of the file that begins with `start`, see `line_of`."""
        return line_of(self.text, start)


def line_of(text: str, start: str) -> int:
    """1-based line of `text` that begins with `start` (white space and list dashes aside), else 1."""
    lines = text.splitlines()
    return next((no for no, line in enumerate(lines, 1) if line.lstrip(" -").startswith(start)), 1)


Check = Callable[[Opened], Iterable[Finding]]


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found in one report by itself."""

    path: Path
    findings: tuple[Finding, ...]
    brief: Brief | None
    """None where it cannot be read."""
    key: str = ""
    """Under which this is kept; empty where it is not."""


class Memory:
    """What earlier runs read and found in the archive at `folder`. Without a `cache`, nothing."""

    def __init__(self, folder: Path = Path(), cache: Path | None = None, made_by: bytes = b"") -> None:
        """`made_by`: a digest of all that findings depend on beside the reports."""
        self._made_by = made_by
        self.reports = kept_reports(folder, cache) if cache else Kept()
        # Where a mask may leak is for those alone who may read the reports' own folder.
        self._findings = kept_for(folder, cache, "findings", private=True) if cache else Kept()

    def recall(self, path: Path) -> Checked | None:
        """What was found in a report as it is now; None where that is not known."""
        try:
            key = self._key(path, hashlib.sha256(path.read_bytes()).digest())
        except OSError:
            return None  # who examines it says so
        data = self._findings.load(key)
        if data is None:
            return None
        known = json.loads(data)
        findings = tuple(Finding(path, *row) for row in known["findings"])
        return Checked(path, findings, Brief.of_plain(known["brief"]), key)

    def keep(self, checked: Checked, digest: bytes) -> Checked:
        """Keep what was found in a report whose file has this digest."""
        if checked.brief is None:
            return checked
        try:
            key = self._key(checked.path, digest)
        except OSError:
            return checked
        rows = [(f.line, f.code, f.message, f.remedy, f.stops) for f in checked.findings]
        record = {"brief": asdict(checked.brief), "findings": rows}
        self._findings.save(key, json.dumps(record).encode())
        return Checked(checked.path, checked.findings, checked.brief, key)

    def forget(self, checked: Iterable[Checked]) -> None:
        """Forget all but these."""
        self._findings.forget({one.key for one in checked})

    def _key(self, path: Path, digest: bytes) -> str:
        base = wording.last_conversion(path)
        before = hashlib.sha256(base.read_bytes()).digest() if base.exists() else b""
        whole = hashlib.sha256(self._made_by + digest + hashlib.sha256(before).digest())
        whole.update(f"{path.parent.name}/{path.name}".encode(errors="surrogatepass"))
        return whole.hexdigest()[:40]


def check_each(
    files: Sequence[tuple[Path, Memory]],
    checks: Sequence[Check],
    told: Callable[[int, int], None] = lambda done, every: None,
) -> list[Checked]:
    """Each file checked, or what its archive remembers of it; `told` hears how many of the others are done."""
    found = {path: memory.recall(path) for path, memory in files}
    new = [one for one in files if found[one[0]] is None]
    # The first one in this process: what it loads, the rules above all, the others then share.
    results = (_examined(*one, checks) for one in new[:1])
    for done, checked in enumerate(results, 1):
        found[checked.path] = checked
        told(done, len(new))
    for done, checked in enumerate(shared(lambda one: _examined(*one, checks), new[1:]), 2):
        found[checked.path] = checked
        told(done, len(new))
    return [checked for checked in found.values() if checked]


def _examined(path: Path, memory: Memory, checks: Sequence[Check]) -> Checked:
    try:
        loaded = load(path, memory.reports)
        if loaded.data:
            text = loaded.text.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
            report, body = loaded.report(), frontmatter.split(text)[1]
        else:
            report, body = frontmatter.read(path)
            text = path.read_text(encoding="utf-8-sig")
    except ZhenggaiError as error:
        fault = Finding(path, error.line or 1, "FRONT-MATTER", error.message, error.remedy)
        return Checked(path, (fault,), None)
    except OSError as error:
        fault = Finding(path, 1, "UNREADABLE", f"读不出来：{error.strerror}", "检查文件的权限")
        return Checked(path, (fault,), None)
    opened = Opened(path, text, report, body)
    findings = tuple(finding for check in checks for finding in check(opened))
    checked = Checked(path, findings, Brief.of(report))
    return memory.keep(checked, loaded.digest) if loaded.data else checked
