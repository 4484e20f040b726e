"""Many .txt → the reports folder: in parallel, in order, each input on its own.

Converting is pure and runs in worker processes; only this process writes. The
result depends on the inputs, not on the number of workers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import islice
from pathlib import Path

from zhenggai import frontmatter
from zhenggai.ingest.convert import Conversion, convert
from zhenggai.ingest.decode import check_size
from zhenggai.ingest.store import Entry, Store, difference, write_atomically
from zhenggai.ingest.text import RefusedError


class State(StrEnum):
    """What became of one input."""

    WRITTEN = "written"
    UNCHANGED = "unchanged"
    KEPT = "kept"
    """A person edited the report: not overwritten."""
    DUPLICATE = "duplicate"
    """The same notice as another input or report."""
    REFUSED = "refused"

    @property
    def label(self) -> str:
        """The word that a clerk reads."""
        return _LABELS[self]


_LABELS = {
    State.WRITTEN: "已写出",
    State.UNCHANGED: "无变化",
    State.KEPT: "保留人工修改",
    State.DUPLICATE: "重复",
    State.REFUSED: "未转换",
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one input, in words for the clerk."""

    path: Path
    state: State
    report: Path | None = None
    reviews: int = 0
    """How many places a person should look at."""
    message: str = ""
    conversion: Conversion | None = field(default=None, repr=False)
    """How it came about, for whoever is told of it; None when refused, and in the list that is returned."""


def inputs_of(paths: Sequence[Path]) -> list[Path]:
    """The .txt files named or lying in the folders named, sorted. RefusedError for what is not there."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found += sorted(
                p
                for p in path.rglob("*")
                if p.suffix.lower() == ".txt"
                and p.is_file()
                and not any(part.startswith(".") for part in p.relative_to(path).parts)
            )
        elif path.is_file():
            found.append(path)
        else:
            raise RefusedError(
                "没有这个文件或文件夹", path=path, remedy="检查路径是否写对；带空格的路径要用引号括起"
            )
    return list(dict.fromkeys(found))


def convert_file(path: Path) -> Conversion | RefusedError:
    """Read and convert one file; every failure comes back as a RefusedError."""
    try:
        check_size(path)
        return convert(path.read_bytes(), path.name)
    except RefusedError as error:
        return error
    except OSError as error:
        return RefusedError(
            f"读不了：{error.strerror or error}", path=path.name, remedy="检查文件权限，或复制一份再试"
        )


def convert_all(
    inputs: Sequence[Path],
    folder: Path,
    *,
    jobs: int = 1,
    dry_run: bool = False,
    force: bool = False,
    told: Callable[[Outcome], None] = lambda _: None,
) -> list[Outcome]:
    """Convert `inputs` into `folder`; `told` hears of each outcome as it comes, in the order of inputs.

    What `told` hears carries its conversion; the outcomes returned do not.
    """
    store = Store(folder)
    if not dry_run and folder.is_dir():
        store.sweep()
    outcomes = []
    for path, result in _results(inputs, jobs):
        outcome = _settle(path, result, store, dry_run=dry_run, force=force)
        if isinstance(result, Conversion):
            outcome = replace(outcome, conversion=result)
        told(outcome)
        outcomes.append(replace(outcome, conversion=None))  # memory stays flat
    return outcomes


_CHUNK = 256
"""Inputs under way at once: memory stays flat however many there are."""


def _results(inputs: Sequence[Path], jobs: int) -> Iterator[tuple[Path, Conversion | RefusedError]]:
    if jobs <= 1 or len(inputs) < 4:
        for path in inputs:
            yield path, convert_file(path)
        return
    with ProcessPoolExecutor(jobs) as pool:
        rest: Iterable[Path] = iter(inputs)
        while chunk := list(islice(rest, _CHUNK)):
            yield from zip(chunk, pool.map(convert_file, chunk, chunksize=8), strict=True)


def _settle(
    path: Path, result: Conversion | RefusedError, store: Store, *, dry_run: bool, force: bool
) -> Outcome:
    if isinstance(result, RefusedError):
        return Outcome(path, State.REFUSED, message=str(result))
    conversion = result
    source = conversion.report.source
    same = store.by_sha.get(source.sha256) or store.by_file.get(source.file)
    if same is None:
        same = store.by_id.get(conversion.report.id)
        if same:
            return Outcome(
                path, State.DUPLICATE, same.path, message=f"与 {same.file} 是同一份通报，只发布一份"
            )
    elif same.sha256 == source.sha256 and same.file != source.file:
        return Outcome(path, State.DUPLICATE, same.path, message=f"与 {same.file} 内容完全相同，只发布一份")
    elif same.path.stem != conversion.report.id:
        conversion = _renamed(conversion, same.path.stem)  # an id never changes once given
    text = frontmatter.render(conversion.report, conversion.body)
    target = same.path if same else store.folder / conversion.report.year / f"{conversion.report.id}.md"
    reviews = len(conversion.report.review)
    # What a person saved in another encoding is an edit like any other; check.py names it.
    old = target.read_text(encoding="utf-8", errors="replace") if target.is_file() else None
    last = store.last_conversion(conversion.report.id)
    if old == text:
        if not dry_run and last != text:
            store.keep(conversion, text)
        return Outcome(path, State.UNCHANGED, target, reviews)
    if old is not None and old != last and not force:
        if last == text:
            return Outcome(path, State.KEPT, target, reviews, "有人改过，原样保留")
        why = "有人改过" if last is not None else "没有上次转换的记录，当作有人改过"
        shown = difference(old, text, target.name)
        advice = f"{why}，没有覆盖；要用新转换的替换，请用 convert.py 加 --force 转换这一份"
        return Outcome(path, State.KEPT, target, reviews, f"{advice}\n{shown}")
    if not dry_run:
        try:
            write_atomically(target, text)
            store.keep(conversion, text)
        except OSError as error:
            return Outcome(
                path,
                State.REFUSED,
                message=f"{path.name}: 写不出 {target}：{error.strerror}（检查磁盘空间和文件夹权限）",
            )
    store.add(Entry(target, source.file, source.sha256))
    return Outcome(path, State.WRITTEN, target, reviews)


def _renamed(conversion: Conversion, report_id: str) -> Conversion:
    report = conversion.report.model_copy(update={"id": report_id})
    return Conversion(report, conversion.body, conversion.cleaned, conversion.choices)
