"""Whether reports keep the contract: each by itself, and all of them together."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from zhenggai import frontmatter, rulebook
from zhenggai.checks import addresses, privacy, wording
from zhenggai.checks.alone import Check, Memory, Opened, check_each, line_of
from zhenggai.checks.finding import Finding
from zhenggai.reports import Brief

_ATTRIBUTE_ANCHOR = re.compile(r"\{:?[^{}\n]*?#([^\s{}#]+)[^{}\n]*\}")
_ID_ANCHOR = re.compile(r"""\bid="([^"\s]+)\"""")
# Marks that turn text around: they can make a reader see another order of characters than is there.
_TURNING = {*range(0x202A, 0x202F), *range(0x2066, 0x206A)}
_DATES = (
    ("inspection_start", "巡察开始"),
    ("inspection_end", "巡察结束"),
    ("feedback_date", "反馈"),
    ("signed_date", "落款"),
    ("published", "发布"),
)


def check(
    paths: Iterable[Path],
    more: Sequence[Check] = (),
    memory: Callable[[Path], Memory] = lambda folder: Memory(),
    told: Callable[[int, int], None] = lambda done, every: None,
) -> list[Finding]:
    """Check the reports at `paths` (files, or folders with all their reports), sorted by file and line.

    `more`: checks of one report beside our own; `memory`: of an archive, by its folder; `told` hears
    how many of the reports that have to be checked are done. Nothing else depends on `memory`.
    """
    archives = {path: memory(path if path.is_dir() else path.parent.parent) for path in paths}
    files = {file: remembered for path, remembered in archives.items() for file in _files(path)}
    checked = check_each(sorted(files.items(), key=lambda one: one[0]), [_alone, *more], told)
    findings = [finding for one in checked for finding in one.findings]
    read = {one.path: one.brief for one in checked if one.brief}
    findings += _twice(read)
    for folder, remembered in archives.items():
        if folder.is_dir():
            own = set(_files(folder))
            briefs = [brief for path, brief in read.items() if path in own]
            findings += addresses.check(folder, briefs, own - read.keys())
            remembered.forget(one for one in checked if one.path in own)
    return sorted(findings)


def _files(path: Path) -> list[Path]:
    return frontmatter.report_files(path) if path.is_dir() else [path]


def _alone(one: Opened) -> Iterator[Finding]:
    """What depends on nothing but the report, its place and its last conversion."""
    for own in (_place, _anchors, _vocabulary, _dates, _characters):
        yield from own(one)
    yield from privacy.check(one.path, one.text, one.report)
    yield from wording.check(one.path, one.text, one.body, one.report)


def _place(one: Opened) -> Iterator[Finding]:
    """The file's name and folder are parts of the report's permanent address."""
    report, path = one.report, one.path
    if path.stem != report.id:
        yield Finding(
            path, one.line("id:"), "ID-STEM", f"id 是 {report.id}，文件名却是 {path.stem}",
            f"把 id 改回 {path.stem}；已发布的 id 不要改。若改的是文件名，就把文件名改回去",
        )  # fmt: skip
    if path.parent.name != report.year:
        yield Finding(
            path, one.line("year:"), "YEAR-FOLDER",
            f"year 是 {report.year}，文件却在 {path.parent.name} 文件夹",
            f"把文件移到 {report.year} 文件夹，或改正 year",
        )  # fmt: skip


def _anchors(one: Opened) -> Iterator[Finding]:
    """Every problem of the front matter can be linked to."""
    present = {*_ATTRIBUTE_ANCHOR.findall(one.body), *_ID_ANCHOR.findall(one.body)}
    for anchor in one.report.anchors:
        if anchor not in present:
            yield Finding(
                one.path, one.line(f"anchor: {anchor}"), "ANCHOR-MISSING",
                f"正文里没有锚点 {anchor}，指向这个问题的链接会落空",
                f"在正文里该问题的标题行末补上 {{#{anchor}}}",
            )  # fmt: skip


def _vocabulary(one: Opened) -> Iterator[Finding]:
    known = rulebook.category_by_slug()
    issues = one.report.issues
    used = [issue.category for issue in issues]
    used += [sub.category for issue in issues for sub in issue.sub_issues]
    for slug in dict.fromkeys(used):
        if slug not in known:
            yield Finding(
                one.path, one.line(f"category: {slug}"), "CATEGORY-UNKNOWN", f"词表里没有类别 {slug}",
                "改成 rules/taxonomy.yaml 里的 slug，或照 CONTRIBUTING.md 先加这个类别",
            )  # fmt: skip


def _dates(one: Opened) -> Iterator[Finding]:
    """Only a reminder: the notice itself may print dates that contradict each other."""
    last: tuple[str, str] | None = None
    for key, name in _DATES:
        value: str | None = getattr(one.report, key)
        if value is None:
            continue
        if last and _earliest(last[1]) > _latest(value):
            yield Finding(
                one.path, one.line(f"{key}:"), "DATE-ORDER", f"{name}（{value}）早于{last[0]}（{last[1]}）",
                "与原文核对；原文如此则不必改", stops=False,
            )  # fmt: skip
        last = (name, value)


def _earliest(date: str) -> str:
    """Not after any day that an EDTF date can mean; comparable as text."""
    return (date + "-XX-XX"[len(date) - 4 :]).replace("X", "0")


def _latest(date: str) -> str:
    """Not before any day that an EDTF date can mean; comparable as text."""
    return (date + "-XX-XX"[len(date) - 4 :]).replace("X", "9")


def _characters(one: Opened) -> Iterator[Finding]:
    """No control characters, none that reorders text, none that cannot be seen."""
    for no, line in enumerate(re.split(r"\r\n|\n", one.text), 1):
        for char in line:
            kind = unicodedata.category(char)
            if (kind == "Cc" and char != "\t") or ord(char) in _TURNING:
                yield Finding(
                    one.path, no, "CONTROL-CHAR", f"有不可见的控制字符 U+{ord(char):04X}",
                    "删去它；编辑器里看不见时，把这一行重新打一遍",
                )  # fmt: skip
                break
    data = one.report.model_dump(mode="json")
    for key, text in _strings(data):  # YAML knows ways to write them so that a file shows none
        if char := next(
            (c for c in text if ord(c) in _TURNING or (unicodedata.category(c) == "Cc" and c not in "\t\n")),
            None,
        ):
            if char in one.text:
                continue
            yield Finding(
                one.path, one.line(f"{key}:"), "CONTROL-CHAR", f"{key} 里有不可见的控制字符 U+{ord(char):04X}",
                "删去它：在这一项里写成 \\u、\\x 或反斜杠加一个字母的样子",
            )  # fmt: skip


def _strings(value: Any, key: str = "") -> Iterator[tuple[str, str]]:
    """Every text of the front matter with the key it stands under."""
    if isinstance(value, str):
        yield key, value
    elif isinstance(value, dict):
        for name, part in value.items():
            yield from _strings(part, name)
            yield name, name
    elif isinstance(value, list):
        for part in value:
            yield from _strings(part, key)


def _twice(read: Mapping[Path, Brief]) -> Iterator[Finding]:
    """Ids are addresses; the same source twice is the same notice counted twice."""
    ids: dict[str, list[Path]] = defaultdict(list)
    sources: dict[str, list[Path]] = defaultdict(list)
    for path, brief in read.items():
        ids[brief.id].append(path)
        sources[brief.sha256].append(path)
    for first, *others in ids.values():
        for path in others:
            yield Finding(
                path, _line(path, "id:"), "ID-TWICE", f"id {read[path].id} 已被 {first} 使用",
                "两份都是正本时给后发布的一份换 id 和文件名，否则删去多余的一份",
            )  # fmt: skip
    for first, *others in sources.values():
        for path in others:
            if read[path].id != read[first].id:
                yield Finding(
                    path, _line(path, "sha256:"), "SOURCE-TWICE",
                    f"与 {first} 出自同一个 .txt（{read[path].source}）",
                    "保留已发布的一份，删去另一份",
                )  # fmt: skip


def _line(path: Path, start: str) -> int:
    return line_of(path.read_text(encoding="utf-8-sig"), start)
