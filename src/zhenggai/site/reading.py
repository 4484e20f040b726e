"""Reads every report of an archive once and names everything that is wrong with any of them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from zhenggai import frontmatter, redaction
from zhenggai.kept import Kept
from zhenggai.model import Report, ZhenggaiError
from zhenggai.reports import Loaded, load
from zhenggai.rulebook import category_by_slug
from zhenggai.site.visible import made_visible, may_hide
from zhenggai.work import shared


class BrokenArchiveError(ZhenggaiError):
    """One or more reports that cannot be published; `faults` has one message for each."""

    def __init__(self, faults: list[ZhenggaiError]) -> None:
        self.faults = faults
        lines = "\n".join(f"  {fault}" for fault in faults)
        super().__init__(f"{len(faults)} 处需要先改正，网站未生成：\n{lines}")


@dataclass(frozen=True)
class Read:
    """One report file as it is published: front matter and body without what `redact` hides; where it lies."""

    report: Report
    body: str
    path: Path
    digest: bytes = b""
    """Of the whole file."""


def read_all(folder: Path, named: Path | None = None, kept: Kept | None = None) -> list[Read]:
    """Every report under `folder`. Messages name files as `named`/<year>/<id>.md (default: `folder`).

    `kept`: where front matter that was read before is found again; reading YAML is slow.
    Raises BrokenArchiveError with all faults of all files, not only the first.
    """
    faults: list[ZhenggaiError] = []
    found: list[Read] = []
    first: dict[str, Path] = {}
    keys: set[str] = set()
    paths = frontmatter.report_files(folder)
    kept = kept or Kept()
    for path, raw in zip(paths, shared(lambda path: _raw(path, kept), paths), strict=True):
        shown = (named or folder) / path.relative_to(folder)
        if raw is None:
            faults.append(
                ZhenggaiError(
                    "读不了这份报告",
                    path=shown,
                    remedy="正在保存的，存好再运行；否则检查文件是否还在、权限对不对",
                )
            )
            continue
        try:
            report, body = _parsed(raw, path)
        except ZhenggaiError as error:
            faults.append(type(error)(error.message, path=shown, line=error.line, remedy=error.remedy))
            continue
        faults += _misplaced(report, path, folder, shown, first)
        faults += _unknown_categories(report, path, shown)
        first.setdefault(report.id, shown)
        found.append(Read(*redaction.redacted(report, body), path, raw.loaded.digest))
        keys.add(raw.loaded.key)
    if faults:
        raise BrokenArchiveError(faults)
    kept.forget(keys)
    return found


class _Raw(NamedTuple):
    """A report file as a worker hands it over."""

    loaded: Loaded
    """Without its text."""
    body: str
    hides: bool
    """Whether it may hold characters that cannot be seen."""


def _raw(path: Path, kept: Kept) -> _Raw | None:
    """A report file; None where it is unreadable or just being saved."""
    try:
        loaded = load(path, kept)
    except OSError:
        return None
    if not loaded.data:
        return _Raw(loaded, "", hides=False)
    text = loaded.text.decode("utf-8")
    body, hides = frontmatter.split(text)[1], may_hide(loaded.data, text)
    return _Raw(replace(loaded, text=b"", head=b""), body, hides)


def _parsed(raw: _Raw, path: Path) -> tuple[Report, str]:
    if not raw.loaded.data:
        return frontmatter.read(path)  # what is wrong is said where all faults are gathered
    report = raw.loaded.report()
    return made_visible(report, raw.body) if raw.hides else (report, raw.body)


def _misplaced(
    report: Report, path: Path, folder: Path, shown: Path, first: dict[str, Path]
) -> list[ZhenggaiError]:
    """The address is made of year and id: the file must lie where its front matter says, and alone."""
    faults = []
    if report.id in first:
        faults.append(
            ZhenggaiError(
                f"id {report.id} 与 {first[report.id]} 相同",
                path=shown,
                line=_line(path, "id:"),
                remedy="id 是永久地址，不能重复：同一通报删去一份，不同通报给后来的一份改 id 和文件名",
            )
        )
    wanted = Path(report.year) / f"{report.id}.md"
    if path.relative_to(folder) != wanted:
        faults.append(
            ZhenggaiError(
                f"文件位置与头部不符：按 year 和 id 应在 {wanted.as_posix()}",
                path=shown,
                line=_line(path, "id:"),
                remedy="把文件移到该处，或改正 year、id",
            )
        )
    return faults


def _unknown_categories(report: Report, path: Path, shown: Path) -> list[ZhenggaiError]:
    known = category_by_slug()
    used = {i.category for i in report.issues} | {s.category for i in report.issues for s in i.sub_issues}
    return [
        ZhenggaiError(
            f"问题类别“{slug}”不在词表里",
            path=shown,
            line=_line(path, f"category: {slug}"),
            remedy="改用 src/zhenggai/rules/taxonomy.yaml 里已有的类别",
        )
        for slug in sorted(used - known.keys())
    ]


def _line(path: Path, text: str) -> int | None:
    """1-based line of the first line that holds `text` as YAML would write it."""
    lines = path.read_text(encoding="utf-8").splitlines()
    pattern = re.compile(rf"^[\s-]*{re.escape(text)}")
    return next((number for number, line in enumerate(lines, 1) if pattern.match(line)), None)
