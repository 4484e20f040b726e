"""One command from .txt notices to a site: convert → check → build → swap in.

    python scripts/publish.py --demo
    python scripts/publish.py --incoming DIR --reports DIR --site DIR

Exit 0: published. 1: some input was refused (the rest is published), or a check or
the build failed (the old site stays). 2: wrong usage, nothing was done.
"""

import bootstrap

bootstrap.enter()

import contextlib
import errno
import hashlib
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

import sitefolder
from zhenggai import faults, published
from zhenggai.frontmatter import report_files
from zhenggai.ingest.inputs import inputs_of, passed_over
from zhenggai.ingest.lock import locked
from zhenggai.ingest.store import PRIVATE, write_atomically
from zhenggai.model import ZhenggaiError
from zhenggai.reports import brief, kept_reports
from zhenggai.site import address

ROOT = bootstrap.ROOT
SAMPLES = ROOT / "samples"
_ERRNO = re.compile(r"\[Errno (\d+)\]")
console = Console(highlight=False, soft_wrap=True)


class UsageError(ZhenggaiError):
    """Folders that cannot be what was meant; nothing has been touched."""


@dataclass(frozen=True)
class Job:
    """What goes where, as absolute paths."""

    incoming: Path | None
    reports: Path
    site: Path
    demo: bool
    force: bool = False


def plan(
    incoming: Path | None, reports: Path | None, site: Path | None, demo: bool, force: bool = False
) -> Job:
    """Settle the folders. Raises UsageError, SiteFolderError."""
    try:
        address.check_base(os.environ.get("SITE_URL", ""))
    except ZhenggaiError as error:
        raise UsageError(error.message, remedy=error.remedy) from None
    if demo:
        if incoming or reports:
            raise UsageError("--demo 只用自带的示例", remedy="去掉 --demo，或去掉 --incoming 和 --reports")
        incoming, reports = SAMPLES / "incoming", SAMPLES / "reports"
    job = Job(
        incoming=incoming.resolve() if incoming else None,
        reports=(reports or Path(os.environ.get("REPORTS") or ROOT / "docs" / "reports")).resolve(),
        site=(site or ROOT / "site").resolve(),
        demo=demo,
        force=force,
    )
    if not demo and job.reports.is_relative_to(SAMPLES):
        raise UsageError(
            f"{job.reports} 是自带示例的文件夹，正式报告不能放在里面",
            remedy="用 REPORTS= 另指一个文件夹；看示例请用 make demo",
        )
    for name, folder in (("INCOMING", job.incoming), ("REPORTS", job.reports)):
        if folder and folder.is_file():
            raise UsageError(f"{folder} 是一个文件，不是文件夹", remedy=f"用 {name}= 指文件夹")
    if job.incoming and not job.incoming.exists():
        raise UsageError(
            f"找不到放 .txt 的文件夹 {job.incoming}", remedy="检查路径；路径里有空格时整个加引号"
        )
    keep = (ROOT / "docs", SAMPLES, job.reports, *([job.incoming] if job.incoming else []))
    sitefolder.check_target(job.site, demo=demo, keep=keep)
    return job


def look_over(job: Job) -> bool:
    """Whether there is something to convert. Raises UsageError when there is nothing to publish either."""
    texts = inputs_of([job.incoming]) if job.incoming else []
    if not texts and not report_files(job.reports):
        if job.incoming is None:
            raise UsageError(
                f"{job.reports} 里还没有报告",
                remedy="用 INCOMING= 指出放 .txt 的文件夹；看示例请用 make demo",
            )
        others = sorted({path.suffix.lower() for path in passed_over([job.incoming])})
        hint = f"那里有 {'、'.join(others)} 文件，请先另存为 .txt" if others else "把通报的 .txt 放进去再运行"
        raise UsageError(f"{job.incoming} 里没有 .txt 文件", remedy=hint)
    if job.incoming and not texts:
        console.print(f"{job.incoming} 里没有 .txt 文件，跳过转换。", markup=False)
    if texts and not job.demo:
        _keep_samples_apart(texts, job)
    return bool(texts)


def _keep_samples_apart(texts: list[Path], job: Job) -> None:
    """Units that do not exist must never stand among real ones."""
    samples = {_digest(path) for path in _sample_texts()}
    sizes = {path.stat().st_size for path in _sample_texts()}
    ours = [path for path in texts if path.stat().st_size in sizes and _digest(path) in samples]
    if ours and (len(ours) < len(texts) or any(one not in samples for one in _sources(job.reports))):
        raise UsageError(
            f"{ours[0]} 是自带的示例，不能混进正式档案（共 {len(ours)} 份）",
            remedy="从文件夹里移走示例；看示例请用 make demo",
        )


def _sample_texts() -> list[Path]:
    folder = SAMPLES / "incoming"
    return inputs_of([folder]) if folder.is_dir() else []


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _sources(reports: Path) -> Iterator[str]:
    kept = kept_reports(reports, bootstrap.cache())
    for path in report_files(reports):
        try:
            yield brief(path, kept).sha256
        except ZhenggaiError:  # the check step says what is wrong with it
            yield str(path)


def only_samples(job: Job) -> bool:
    """Whether every report is a sample's: such a site says so on each page, however it was made."""
    samples = {_digest(path) for path in _sample_texts()}
    sources = _sources(job.reports)  # read no further than to the first that is none
    return next(sources, None) in samples and all(source in samples for source in sources)


def run(*command: str | Path) -> int:
    """One of our own scripts, its words passed straight on to the terminal."""
    sys.stdout.flush()
    return subprocess.run([sys.executable, *command], check=False).returncode


_STEP = re.compile(r"archive: (.+?)(?:……)?$(?<!秒)", re.M)
"""A line of the hook that says what it begins with or how far it is; not one that ends a step."""


def build(job: Job, target: Path, *, demo: bool) -> int:
    """`mkdocs build` into `target`, with what it complains of passed on and a sign of life on a terminal."""
    environment = {
        **os.environ, "REPORTS": str(job.reports), "DEMO": "true" if demo else "false",
        "NO_MKDOCS_2_WARNING": "true", "PYTHONUTF8": "1",
    }  # fmt: skip
    # Not --quiet: that hides warnings from --strict as well.
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(target)]
    with (
        console.status("正在生成网页……") as shown,
        subprocess.Popen(
            command, cwd=ROOT, env=environment, text=True, encoding="utf-8", errors="replace",
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        ) as process,
    ):  # fmt: skip
        crash: list[str] = []
        for line in process.stdout or ():
            if crash or line.startswith("Traceback "):
                crash.append(line.rstrip())
            elif not line.startswith("INFO "):
                console.print(line.rstrip(), markup=False)
            elif found := _STEP.search(line):  # what is being done, and how much of it is left
                shown.update(f"正在生成网站：{found[1]}……")
    for line in _in_words(crash):
        console.print(line, markup=False)
    return process.returncode


def _in_words(crash: list[str]) -> list[str]:
    """A crash of the build as one line for people where the disk is the reason; else as it is, for engineers."""
    last = crash[-1] if crash else ""
    number = errno.ENOSPC if "disk is full" in last else int((_ERRNO.findall(last) or ["0"])[0])
    if not number:
        return crash
    error = OSError(number, "")
    return [f"写网页时{faults.why(error)}（{faults.remedy(error)}）"]


def remember_addresses(reports: Path) -> bool:
    """Add what is about to be published to `published.txt`; whether it changed. Raises ZhenggaiError, OSError.

    Before the site is put in its place: an address too many does no harm, one that nobody remembers does.
    """
    with locked(reports / PRIVATE / "lock", lambda holder: console.print(f"等另一次转换做完（{holder}）……")):
        before = published.read(reports)
        kept = kept_reports(reports, bootstrap.cache())
        shown = (brief(path, kept) for path in report_files(reports))
        after = before.with_all(a for report in shown for a in published.addresses_of(report))
        if after.known.keys() == before.known.keys():
            return False
        write_atomically(reports / published.FILE, after.text())
        return True


def publish(job: Job) -> int:
    """Do the job; returns the exit code. UsageError: nothing was done; ZhenggaiError: the old site stays."""
    started = time.monotonic()
    refused = False
    if look_over(job) and job.incoming:
        console.print(f"[bold]① 转换[/]  {escape(str(job.incoming))}")
        force = ("--force",) if job.force else ()
        code = run(ROOT / "scripts" / "convert.py", job.incoming, "--out", job.reports, *force)
        if code not in (0, 1):
            raise ZhenggaiError(f"转换没有完成（退出码 {code}），到此为止；原有网站未动")
        refused = code == 1
        if not report_files(job.reports):
            raise ZhenggaiError("没有一份通报转换成功，没有可发布的内容；原有网站未动")
    console.print(f"[bold]② 检查[/]  {escape(str(job.reports))}")
    # What a masked notice gives away is for the clerk's own terminal, not for the log of a public CI.
    private = () if os.environ.get("CI") else ("--leaks",)
    if run(ROOT / "scripts" / "check.py", job.reports, *private):
        raise ZhenggaiError("检查没有通过，原有网站未动", remedy="照上面各行改正后重新运行")
    console.print("[bold]③ 建站与索引[/]")
    demo = job.demo or only_samples(job)
    with sitefolder.building(job.site, demo=demo) as target:
        if build(job, target, demo=demo):
            raise ZhenggaiError("网站没有建成，原因见上面各行；原有网站未动")
        with console.status("正在记下新公开的地址……"):
            news = not demo and remember_addresses(job.reports)
        if news:
            name = job.reports / published.FILE
            console.print(f"新公开的地址已记入 {name}，请随报告一起备份、提交。", markup=False)
        console.print(f"[bold]④ 上线[/]  {escape(str(job.site))}")
    _farewell(job, refused, time.monotonic() - started)
    return 1 if refused else 0


def _farewell(job: Job, refused: bool, seconds: float) -> None:
    count = len(report_files(job.reports))
    console.print(f"\n完成：{count} 份报告，用时 {seconds:.0f} 秒。网站在 {job.site}", markup=False)
    windows = os.name == "nt"
    python = "py" if windows else "python3"
    serve = r"py scripts\serve.py --reports " if windows else "make serve REPORTS="
    console.print(
        f'查看：{python} -m http.server -d "{job.site}" 8000，然后用浏览器打开 http://localhost:8000/\n'
        f'边改边看：{serve}"{job.reports}"；正式发布：把这个文件夹整个交给网页服务器（见 README.md）。',
        markup=False,
    )
    if refused:
        console.print("注意：有文件没有被收下，原因见 ① 的各行；改好后再运行一次即可。", style="yellow")


@contextlib.contextmanager
def in_plain_words(aborted: str) -> Iterator[None]:
    """End the command where the block fails: one line for people, and the exit code of that kind of fault."""
    try:
        yield
    except (UsageError, sitefolder.SiteFolderError) as error:
        bootstrap.stop(error, 2)
    except ZhenggaiError as error:
        bootstrap.stop(error)
    except OSError as error:
        bootstrap.stop(faults.told(error))
    except KeyboardInterrupt:
        bootstrap.stop(ZhenggaiError(aborted), 130)


def main(
    incoming: Annotated[Path | None, typer.Option(help="放通报 .txt 的文件夹；不写就只检查和建站")] = None,
    reports: Annotated[
        Path | None, typer.Option(help="放报告的文件夹，没有会新建；默认是环境变量 REPORTS 或 docs/reports")
    ] = None,
    site: Annotated[Path | None, typer.Option(help="网站建到哪个文件夹；默认 site")] = None,
    demo: Annotated[bool, typer.Option("--demo", help="用自带的示例（虚构单位）建一个示例网站")] = False,
    force: Annotated[
        bool,
        typer.Option("--force", help="人工改过的报告也全部用新转换的替换；只替换一份请用 convert.py"),
    ] = False,
) -> None:
    """把 .txt 通报转成报告并建成网站：转换 → 检查 → 建站 → 上线。

    退出码：0 全部完成；1 有文件没收下，或检查、建站没通过（原有网站不动）；2 用法不对。

    例：python scripts/publish.py --incoming 收件 --reports 报告 --site 网站
    """
    with in_plain_words("已中止；原有网站未动"):
        code = publish(plan(incoming, reports, site, demo, force))
    raise typer.Exit(code)


if __name__ == "__main__":
    app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
    app.command()(main)
    app()
