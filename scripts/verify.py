"""Tells which report was altered since its conversion and which source it came from; holds releases to their hashes.

    python scripts/verify.py [REPORTS] [--incoming DIR]
    python scripts/verify.py --site DIR

Exit 0: as released, sources as converted. 1: something was changed, is missing or was added since
the release, or a source is not the one that was converted. 2: wrong usage.
"""

import bootstrap

bootstrap.enter()

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from zhenggai import frontmatter, manifest, published
from zhenggai.ingest.inputs import inputs_of
from zhenggai.ingest.merge import changes
from zhenggai.ingest.store import PRIVATE
from zhenggai.model import ZhenggaiError

SHOWN = 8
"""Changes of one report that are named."""


def main(
    reports: Annotated[
        Path | None,
        typer.Argument(metavar="[REPORTS]", help="放报告的文件夹；默认是环境变量 REPORTS 或 docs/reports"),
    ] = None,
    incoming: Annotated[
        Path | None, typer.Option(help="放 .txt 的文件夹：再核对各份报告的来源还在不在、有没有变")
    ] = None,
    site: Annotated[Path | None, typer.Option(help="改为核对这个网站：和发布时一样不一样")] = None,
) -> None:
    """核对：哪份报告转换以后改过、改了哪里，出自哪个 .txt；报告或网站和发布时（MANIFEST.sha256）一样不一样。

    退出码：0 与发布时相同；1 有改动、缺失、多出，或来源对不上；2 用法不对。

    例：python scripts/verify.py 报告 --incoming 收件；python scripts/verify.py --site 网站
    """
    default = Path(os.environ.get("REPORTS") or bootstrap.ROOT / "docs" / "reports")
    folder = site or reports or default
    try:
        if site and (reports or incoming):
            raise ZhenggaiError("报告和网站请分两次核对", remedy="--site 不和别的一起用")
        for path in (folder, *([incoming] if incoming else [])):
            if not path.is_dir():
                raise ZhenggaiError(f"找不到文件夹 {path}", remedy="检查路径；路径里有空格时整个加引号")
        if site and manifest.read(site) is None:
            raise ZhenggaiError(
                f"{site} 里没有 {manifest.FILE}，不知道发布时是什么样",
                remedy="只有 make release 建的网站可以核对",
            )
        faults = _site(folder) if site else _reports(folder, incoming)
    except ZhenggaiError as error:
        bootstrap.stop(error, 2)
    raise typer.Exit(1 if faults else 0)


def _site(folder: Path) -> int:
    files = manifest.files_of(folder)
    faults = _against_manifest(folder, files)
    print(
        f"网站 {folder}：{len(files)} 个文件，"
        + (f"{faults} 处与发布时不同。" if faults else "与发布时相同。")
    )
    return faults


def _reports(folder: Path, incoming: Path | None) -> int:
    sources = {manifest.digest(path): path for path in inputs_of([incoming])} if incoming else None
    paths = frontmatter.report_files(folder)
    altered = faults = 0
    for path in paths:
        told, changed, wrong = _report(folder, path, sources)
        altered, faults = altered + changed, faults + wrong
        print(f"{path}: {told}")
    listed = folder / published.FILE
    faults += _against_manifest(folder, [*paths, *([listed] if listed.is_file() else [])])
    print(f"{len(paths)} 份报告，{altered} 份转换以后改过" + (f"；{faults} 处要看一眼。" if faults else "。"))
    return faults


def _report(folder: Path, path: Path, sources: dict[str, Path] | None) -> tuple[str, bool, bool]:
    """What is to be said of one report; whether it was altered; whether its source is not as converted."""
    try:
        text = path.read_text(encoding="utf-8")
        source = frontmatter.parse(text)[0].source
    except (ZhenggaiError, OSError, UnicodeDecodeError):
        return "读不懂，先运行 check.py", True, True
    altered, how = _altered(folder / PRIVATE / f"{path.stem}.base", text)
    told = f"{how}；来源 {source.file}（SHA-256 {source.sha256}）"
    if sources is None:
        return told, altered, False
    found = sources.get(source.sha256)
    if found:
        return f"{told}，原件 {found}", altered, False
    same_name = [str(p) for p in sources.values() if p.name == source.file]
    gone = f"同名的 {same_name[0]} 已不是当初转换的那一份" if same_name else "原件不在"
    return f"{told}，{gone}", altered, True


def _altered(base: Path, text: str) -> tuple[bool, str]:
    try:
        before = base.read_text(encoding="utf-8")
    except OSError:
        return False, "没有转换底账，不知道改过没有"
    if before == text:
        return False, "与转换结果相同"
    try:
        found = list(changes(before, text))
    except ZhenggaiError:
        found = []
    more = f" 等 {len(found)} 处" if len(found) > SHOWN else ""
    return True, f"转换以后改过：{'、'.join(found[:SHOWN]) or '写法'}{more}"


def _against_manifest(folder: Path, files: list[Path]) -> int:
    released = manifest.read(folder)
    if released is None:
        print(f"{folder} 里没有 {manifest.FILE}，不和发布时比较（make release 时生成）")
        return 0
    found = list(_differences(manifest.compare(released, folder, files)))
    for name, said in found:
        print(f"{folder / name}: {said}")
    return len(found)


def _differences(difference: manifest.Difference) -> Iterator[tuple[str, str]]:
    for name in difference.changed:
        yield name, "发布以后改过（是有意改的，再 make release；不是就从备份恢复）"
    for name in difference.missing:
        yield name, "发布时有，现在没有（从备份恢复）"
    for name in difference.added:
        yield name, "发布以后新增（再 make release 就收入）"


if __name__ == "__main__":
    app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
    app.command()(main)
    app()
