"""Shows the site on this machine and rebuilds it whenever a report changes."""

import bootstrap

bootstrap.enter()

import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from zhenggai.frontmatter import report_files
from zhenggai.model import ZhenggaiError
from zhenggai.site import address

ROOT = bootstrap.ROOT
SAMPLES = ROOT / "samples" / "reports"


def choose(reports: Path | None, demo: bool) -> tuple[Path, bool]:
    """The reports to show and whether they are the samples. Raises ZhenggaiError."""
    if demo:
        return SAMPLES, True
    folder = (reports or Path(os.environ.get("REPORTS") or ROOT / "docs" / "reports")).resolve()
    if folder.is_relative_to(ROOT / "samples"):
        return folder, True
    if reports and not folder.is_dir():
        raise ZhenggaiError(f"找不到报告文件夹 {folder}", remedy="检查 REPORTS= 的路径")
    if not reports and not report_files(folder):
        print(f"{folder} 里还没有报告，先显示自带的示例。")
        return SAMPLES, True
    return folder, False


def free_port(port: int) -> int:
    """`port`, or the next free one after it."""
    for candidate in range(port, port + 20):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", candidate)):
                return candidate
    raise ZhenggaiError(f"端口 {port} 到 {port + 19} 都被占用", remedy="用 --port 另指一个")


def main(
    reports: Annotated[
        Path | None, typer.Option(help="放报告的文件夹；默认是环境变量 REPORTS 或 docs/reports，空则示例")
    ] = None,
    demo: Annotated[bool, typer.Option("--demo", help="显示自带的示例")] = False,
    port: Annotated[int, typer.Option(help="端口，被占用时自动换下一个")] = 8000,
) -> None:
    """在本机预览网站；报告一改，网页自动更新。按 Ctrl+C 结束。

    例：python scripts/serve.py --reports 报告
    """
    try:
        address.check_base(os.environ.get("SITE_URL", ""))
        folder, is_demo = choose(reports, demo)
        port = free_port(port)
    except ZhenggaiError as error:
        bootstrap.stop(error, 2)
    print(f"正在建站，稍后请用浏览器打开 http://127.0.0.1:{port}/ （Ctrl+C 结束）", flush=True)
    environment = {
        **os.environ, "REPORTS": str(folder), "DEMO": "true" if is_demo else "false",
        "NO_MKDOCS_2_WARNING": "true",
    }  # fmt: skip
    # --livereload is MkDocs' default, but Click 8.2.2 to 8.3 turn it off unless it is said.
    options = ["--livereload", "--dev-addr", f"127.0.0.1:{port}", "--watch", str(folder)]
    command = [sys.executable, "-m", "mkdocs", "serve", *options]
    if os.name == "posix":  # one process: who ends this one leaves no server behind
        os.chdir(ROOT)
        os.execve(sys.executable, command, environment)  # noqa: S606 - our own words
    try:
        done = subprocess.run(command, cwd=ROOT, env=environment, check=False)
    except KeyboardInterrupt:
        raise typer.Exit(0) from None
    raise typer.Exit(done.returncode)


if __name__ == "__main__":
    app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
    app.command()(main)
    app()
