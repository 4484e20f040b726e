"""Checks reports, or a built site, and says of each fault where it is and what to do.

    python scripts/check.py [PATH...]      reports (files or folders; default REPORTS or docs/reports)
    python scripts/check.py --site DIR     a built site: dead links, requests to other hosts, heavy pages
    python scripts/check.py --site DIR --weights    and a table of the heaviest pages

One line per fault: `file:line: CODE message (what to do)`. Exit 0: none (reminders
do not count); 1: faults; 2: wrong usage.
"""

import bootstrap

bootstrap.enter()

import os
from pathlib import Path
from typing import Annotated

import typer

from zhenggai.checks import content, weight
from zhenggai.checks import site as site_check
from zhenggai.frontmatter import report_files
from zhenggai.model import ZhenggaiError


def main(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[PATH]...", help="报告文件或文件夹；默认是环境变量 REPORTS 或 docs/reports"),
    ] = None,
    site: Annotated[
        Path | None, typer.Option(help="改为检查这个建好的网站：失效链接、外部请求、网页大小")
    ] = None,
    weights: Annotated[
        bool, typer.Option("--weights", help="和 --site 一起用：列出每种网页里最重的")
    ] = False,
) -> None:
    """检查报告是否合乎规格，或检查建好的网站。每行一处：文件:行: 代码 问题（办法）。

    退出码：0 没有问题（“提醒”不算）；1 有问题；2 用法不对。

    例：python scripts/check.py 报告；python scripts/check.py --site 网站 --weights
    """
    if site and paths:
        bootstrap.stop(ZhenggaiError("报告和网站请分两次检查", remedy="去掉 --site 或去掉报告的路径"), 2)
    if weights and not site:
        bootstrap.stop(ZhenggaiError("--weights 要和 --site 一起用", remedy="写明网站文件夹：--site 网站"), 2)
    default = Path(os.environ.get("REPORTS") or bootstrap.ROOT / "docs" / "reports")
    folders = [site] if site else paths or [default]
    for path in folders:
        # A new archive has no reports folder yet; only a path that somebody named can be wrong.
        if not path.exists() and (site or paths):
            bootstrap.stop(ZhenggaiError(f"找不到 {path}", remedy="检查路径；路径里有空格时整个加引号"), 2)
    folders = [path for path in folders if path.exists()]
    built = site_check.Site(site) if site else None
    findings = site_check.examine(built) if built else content.check(folders)
    for finding in findings:
        print(finding)
    if built and weights:
        print(f"\n{weight.table(weight.heaviest(weight.weigh(built)))}\n")
    faults = sum(finding.stops for finding in findings)
    what = f"网站 {site}" if site else f"{_count(folders)} 份报告"
    result = f"有 {faults} 处问题" if faults else "没有发现问题"
    reminders = f"，{len(findings) - faults} 处提醒" if len(findings) > faults else ""
    print(f"{what}：{result}{reminders}。")
    raise typer.Exit(1 if faults else 0)


def _count(folders: list[Path]) -> int:
    return len({file for path in folders for file in (report_files(path) if path.is_dir() else [path])})


if __name__ == "__main__":
    app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
    app.command()(main)
    app()
