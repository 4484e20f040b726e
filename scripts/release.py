"""A release: reports that people have reviewed → a checked site, hashed and packed.

    python scripts/release.py --reports DIR --out DIR

In --out afterwards: `site/` as it goes to a web server, `site.zip` (the same to unpack behind
any web server, with instructions), `reports.zip`, `SHA256SUMS` of both. `MANIFEST.sha256` lies
in the site and beside the reports; `scripts/verify.py` holds either to it.

Exit 0: released. 1: reports that are not reviewed, or a check or the build failed. 2: wrong
usage. Where it fails, the last release stays as it is.
"""

import bootstrap

bootstrap.enter()

import os
import shutil
import tempfile
import time
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

import publish
import sitefolder
from zhenggai import manifest, published
from zhenggai.frontmatter import report_files
from zhenggai.ingest.store import write_atomically
from zhenggai.model import ZhenggaiError
from zhenggai.reports import kept_reports, read

ROOT = bootstrap.ROOT
DEPLOY = ROOT / "scripts" / "deploy"
console = publish.console


def unreviewed(reports: Path) -> list[Path]:
    """Reports that nobody released; a withdrawn one shows nothing that could be."""
    kept = kept_reports(reports, bootstrap.cache())
    found = ((path, read(path, kept)) for path in report_files(reports))
    return [path for path, report in found if not report.reviewed and not report.withdrawn]


def pack(part: Path, files: Iterable[tuple[str, Path]]) -> None:
    """Write a ZIP file of (name in it, file), the same bytes for the same contents."""
    epoch = int(os.environ.get("SOURCE_DATE_EPOCH") or 0)
    moment = max(time.gmtime(epoch)[:6], (1980, 1, 1, 0, 0, 0))
    with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, path in sorted(files):
            entry = zipfile.ZipInfo(name, moment)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system, entry.external_attr = 3, 0o100644 << 16  # wherever it was packed
            with path.open("rb") as source, archive.open(entry, "w") as packed:
                shutil.copyfileobj(source, packed)
    with part.open("rb+") as file:
        os.fsync(file.fileno())


def release(job: publish.Job, out: Path) -> None:
    """Check, build, hash, pack. Raises ZhenggaiError, OSError; then the last release is as it was."""
    if not report_files(job.reports):
        raise publish.UsageError(f"{job.reports} 里还没有报告", remedy="用 REPORTS= 指出放报告的文件夹")
    console.print(f"[bold]① 检查[/]  {escape(str(job.reports))}")
    if publish.run(ROOT / "scripts" / "check.py", job.reports):
        raise ZhenggaiError("检查没有通过，没有发布", remedy="照上面各行改正后重新运行")
    if waiting := unreviewed(job.reports):
        for path in waiting:
            console.print(f"{path}: 未复核（对照原文看过以后，在头部写 reviewed: 复核日期）", markup=False)
        raise ZhenggaiError(f"有 {len(waiting)} 份报告未复核，没有发布", remedy="逐份复核后重新运行")
    console.print("[bold]② 建站与索引[/]")
    demo = publish.only_samples(job)
    with sitefolder.building(job.site, demo=demo) as target:
        if publish.build(job, target, demo=demo):
            raise ZhenggaiError("网站没有建成，原因见上面各行；没有发布")
        console.print("[bold]③ 检查网站[/]")
        if publish.run(ROOT / "scripts" / "check.py", "--site", target):
            raise ZhenggaiError("网站的检查没有通过，没有发布", remedy="照上面各行改正后重新运行")
        publish.remember_addresses(job.reports)
        console.print("[bold]④ 校验值与打包[/]")
        write_atomically(target / manifest.FILE, manifest.text(target, manifest.files_of(target)))
        kept = [*report_files(job.reports), job.reports / published.FILE]
        write_atomically(job.reports / manifest.FILE, manifest.text(job.reports, kept))
        site = [*manifest.files_of(target), target / manifest.FILE]
        named = [(f"site/{path.relative_to(target).as_posix()}", path) for path in site]
        named += [(path.name, path) for path in DEPLOY.iterdir()]
        kept.append(job.reports / manifest.FILE)
        backup = [(f"reports/{path.relative_to(job.reports).as_posix()}", path) for path in kept]
        _write_all(out, {"site.zip": named, "reports.zip": backup})


def _write_all(out: Path, packs: dict[str, list[tuple[str, Path]]]) -> None:
    """All packs and their sums, or none."""
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".", suffix=".part", dir=out) as folder:
        new = Path(folder)
        for name, files in packs.items():
            pack(new / name, files)
        write_atomically(new / "SHA256SUMS", manifest.text(new, list(new.iterdir())))
        for path in sorted(new.iterdir()):
            path.replace(out / path.name)


def main(
    reports: Annotated[
        Path | None, typer.Option(help="放报告的文件夹；默认是环境变量 REPORTS 或 docs/reports")
    ] = None,
    out: Annotated[Path, typer.Option(help="发布的文件放在哪里")] = Path("release"),
) -> None:
    """发布：只收已复核的报告，检查、建站、算校验值、打包。

    退出码：0 已发布；1 有未复核的报告，或检查、建站没有通过（上一次发布的不动）；2 用法不对。

    例：python scripts/release.py --reports 报告 --out 发布
    """
    with publish.in_plain_words("已中止；没有发布"):
        out = out.resolve()
        job = publish.plan(None, reports, out / "site", demo=False)
        if job.reports.is_relative_to(out) or out.is_relative_to(job.reports):
            raise publish.UsageError(f"发布的文件不能和报告放在一起：{out}", remedy="用 OUT= 另指一个文件夹")
        release(job, out)
    console.print(
        f"\n已发布：{out}\n"
        "site.zip 解开放到任何网页服务器上即可；reports.zip 是报告的备份，请另存一处；SHA256SUMS 是两者的校验值。\n"
        f"{job.reports} 里的 {published.FILE}、{manifest.FILE} 请随报告一起提交。",
        markup=False,
    )


if __name__ == "__main__":
    app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
    app.command()(main)
    app()
