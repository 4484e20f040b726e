"""One command publishes, refuses what would do harm, and never leaves readers without a site."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import publish
import sitefolder
from zhenggai import frontmatter, published
from zhenggai.model import ZhenggaiError

ROOT = Path(__file__).resolve().parents[2]
Write = Callable[..., Path]

NOTICE = """\
岚溪县供销合作社联合社党组关于巡察整改进展情况的通报

发布时间：2023-10-08

根据县委统一部署，2023年3月1日至5月10日，县委第二巡察组对岚溪县供销合作社联合社党组进行了巡察。2023年6月15日，\
县委第二巡察组反馈了巡察意见。现将整改进展情况予以公布。

一、巡察反馈问题整改情况

1.关于“农资仓库值班记录补登不及时”的问题。

一是补登记录12份，由仓库主任逐份签字；二是把值班表挂进供销微信公众号，社员可以查阅。此问题已整改完成。

2.关于“基层社收购台账与磅单对不上”的问题。

逐笔核对磅单346张，更正台账27笔。此问题正在整改。

欢迎干部群众监督。联系电话：0999-0012345；邮政信箱：岚溪县荷塘路1号；电子邮箱：gxs@example.cn。

中共岚溪县供销合作社联合社党组

2023年9月28日
"""


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "scripts" / "publish.py"), *map(str, arguments)]
    env = {key: value for key, value in os.environ.items() if key not in ("REPORTS", "DEMO")}
    return subprocess.run(command, env=env, capture_output=True, text=True, encoding="utf-8", check=False)


def tree(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


# --- the whole way -------------------------------------------------------------------------------


@pytest.mark.slow
def test_from_text_to_page(tmp_path: Path) -> None:
    incoming, reports, site = tmp_path / "收 件", tmp_path / "报 告", tmp_path / "网 站"
    incoming.mkdir()
    (incoming / "供销社 通报.txt").write_text(NOTICE, encoding="utf-8")
    (incoming / "空.txt").write_bytes(b"")
    done = run("--incoming", incoming, "--reports", reports, "--site", site)
    assert done.returncode == 1, done.stdout + done.stderr  # the empty file refused, the notice published
    for step in ("① 转换", "② 检查", "③ 建站", "④ 上线"):
        assert step in done.stdout
    assert "空.txt" in done.stdout + done.stderr
    assert str(site) in done.stdout
    assert "http.server" in done.stdout
    paths = frontmatter.report_files(reports)
    assert len(paths) == 1
    report, _ = frontmatter.read(paths[0])
    page = (site / "reports" / report.year / report.id / "index.html").read_text(encoding="utf-8")
    assert "农资仓库值班记录补登不及时" in page
    assert "补登记录12份" in page
    assert "0999-0012345" in page
    assert "示例" not in (site / "index.html").read_text(encoding="utf-8")

    # What readers can now link to is on record beside the reports.
    known = published.read(reports).known
    assert set(known) == set(published.addresses_of(report))
    assert len(known) == 2 + len(report.issues)

    # Again, without the refused file: nothing changes, and an edited site is replaced.
    (incoming / "空.txt").unlink()
    before = tree(reports)
    (site / "stray.html").write_text("x", encoding="utf-8")
    done = run("--incoming", incoming, "--reports", reports, "--site", site)
    assert done.returncode == 0, done.stdout + done.stderr
    assert tree(reports) == before
    assert not (site / "stray.html").exists()

    # A fault in a report stops it before the site is touched, and names the place.
    old = tree(site)
    text = paths[0].read_text(encoding="utf-8")
    paths[0].write_text(text.replace(f"id: {report.id}", "id: other-id", 1), encoding="utf-8")
    done = run("--reports", reports, "--site", site)
    assert done.returncode == 1
    assert f"{paths[0]}:2: ID-STEM" in done.stdout
    assert "原有网站未动" in done.stderr
    assert tree(site) == old
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".")] == []


@pytest.mark.slow
def test_demo(tmp_path: Path) -> None:
    site = tmp_path / "site"
    samples = tree(ROOT / "samples")
    done = run("--demo", "--site", site)
    assert done.returncode == 0, done.stdout + done.stderr
    assert tree(ROOT / "samples").keys() >= samples.keys()
    assert {k: v for k, v in tree(ROOT / "samples").items() if k in samples and "/.private/" not in k} == {
        k: v for k, v in samples.items() if "/.private/" not in k
    }
    pages = list(site.rglob("index.html"))
    assert len(pages) > 12
    assert [p for p in pages if "示例" not in p.read_text(encoding="utf-8")] == []


# --- what is refused, before anything is done ------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--incoming", "no"], "找不到放 .txt 的文件夹"),
        (["--reports", ROOT / "samples" / "reports"], "自带示例的文件夹"),
        (["--reports", ROOT / "samples"], "自带示例的文件夹"),
        (["--demo", "--reports", "x"], "--demo"),
        (["--reports", "empty"], "还没有报告"),
        (["--incoming", "empty", "--reports", "empty"], "没有 .txt"),
        (["--incoming", "pdf", "--reports", "empty"], "另存为 .txt"),
        (["--incoming", "file.txt"], "是一个文件"),
        (["--incoming", "full", "--reports", "file.txt"], "是一个文件"),
        (["--incoming", "full", "--reports", "r", "--site", "file.txt"], "是一个文件"),
        (["--incoming", "full", "--reports", "r", "--site", "full"], "替换掉"),
        (["--incoming", "full", "--reports", "r", "--site", "."], "替换掉"),
        (["--incoming", "full", "--reports", "r", "--site", "r/site"], "在"),
        (["--incoming", "full", "--reports", "r", "--site", "others"], "已有别的文件"),
        (["--incoming", "full", "--reports", "r", "--site", ROOT], "替换掉"),
        (["--incoming", "full", "--reports", "r", "--site", ROOT / "docs" / "site"], "在"),
        (["--demo", "--site", "archive"], "示例不能盖掉"),
        (["--demo", "--site", "file.txt/deep/site"], "上级不是文件夹"),
        (["--demo", "--site", "new/" + "名" * 300], "名字太长"),
        (["--no-such-option"], ""),
    ],
)
def test_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[object], said: str) -> None:
    for name in ("empty", "full", "others", "archive", "pdf"):
        (tmp_path / name).mkdir()
    (tmp_path / "full" / "a.txt").write_text(NOTICE, encoding="utf-8")
    (tmp_path / "pdf" / "a.pdf").write_bytes(b"%PDF")
    (tmp_path / "others" / "thesis.doc").write_text("x", encoding="utf-8")
    (tmp_path / "archive" / sitefolder.MARK).write_text("archive\n", encoding="utf-8")
    (tmp_path / "file.txt").write_text("x", encoding="utf-8")
    before = tree(tmp_path)
    monkeypatch.chdir(tmp_path)
    done = run(*arguments)
    assert done.returncode == 2, done.stdout + done.stderr
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert tree(tmp_path) == before
    assert not (tmp_path / "r").exists()
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(
    "address",
    ["abc", "example.cn/sub/", "http://", "ftp://example.cn/", "https://x y/", "https://example.cn/?a=1"],
)
def test_an_address_that_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setenv("SITE_URL", address)
    done = run("--demo", "--site", tmp_path / "site")
    assert done.returncode == 2, done.stdout
    assert done.stderr.count("\n") == 1
    assert f"SITE_URL 不是完整的网址：{address}（" in done.stderr
    assert not (tmp_path / "site").exists()


@pytest.mark.parametrize(
    ("number", "said"),
    [(errno.EROFS, "那里是只读的"), (errno.EACCES, "没有权限"), (errno.EIO, "磁盘读写出错")],
)
def test_a_place_where_no_site_can_be_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, said: str
) -> None:
    real = Path.mkdir

    def mkdir(self: Path, *arguments: Any, **named: Any) -> None:
        if self.name == "site":
            raise OSError(number, os.strerror(number), str(self))
        real(self, *arguments, **named)

    monkeypatch.setattr(Path, "mkdir", mkdir)
    with pytest.raises(sitefolder.SiteFolderError, match=f"{said}（用 SITE=") as error:
        publish.plan(None, None, tmp_path / "new" / "site", demo=True)
    assert os.strerror(number) not in str(error.value)
    assert list(tmp_path.iterdir()) == [], "nothing is left of the try"


def test_a_place_for_a_site_is_only_tried(tmp_path: Path) -> None:
    publish.plan(None, None, tmp_path / "new" / "site", demo=True)
    assert list(tmp_path.iterdir()) == []


def test_samples_never_mix_with_an_archive(tmp_path: Path, write_report: Write) -> None:
    samples = sorted((ROOT / "samples" / "incoming").glob("*.txt"))
    assert samples
    incoming, reports = tmp_path / "in", tmp_path / "reports"
    incoming.mkdir()
    shutil.copy(samples[0], incoming / "renamed.txt")
    job = publish.plan(incoming, reports, tmp_path / "site", demo=False)
    assert publish.look_over(job), "samples alone, into an empty folder: somebody is trying things out"
    write_report(reports)
    with pytest.raises(publish.UsageError, match="不能混进正式档案"):
        publish.look_over(job)
    shutil.rmtree(reports)
    (incoming / "own.txt").write_text(NOTICE, encoding="utf-8")
    with pytest.raises(publish.UsageError, match=r"renamed\.txt"):
        publish.look_over(job)


def test_archive_of_samples_alone_says_so(
    tmp_path: Path, write_report: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    sample = next(iter(sorted((ROOT / "samples" / "incoming").glob("*.txt"))))
    source = {"file": sample.name, "sha256": publish._digest(sample), "encoding": "utf-8"}
    write_report(tmp_path / "reports", source=source)
    job = publish.plan(None, tmp_path / "reports", tmp_path / "site", demo=False)
    assert publish.only_samples(job)
    write_report(tmp_path / "reports", id="lanxi-2023-002")
    assert not publish.only_samples(job)


def test_reports_folder_from_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REPORTS", str(tmp_path / "r"))
    assert publish.plan(None, None, tmp_path / "s", demo=False).reports == tmp_path / "r"
    assert publish.plan(None, None, tmp_path / "s", demo=True).reports == ROOT / "samples" / "reports"


# --- what each step does to the next ---------------------------------------------------------------


@pytest.fixture
def job(tmp_path: Path, write_report: Write) -> publish.Job:
    incoming = tmp_path / "in"
    incoming.mkdir()
    (incoming / "a.txt").write_text(NOTICE, encoding="utf-8")
    write_report(tmp_path / "reports")
    site = tmp_path / "site"
    site.mkdir()
    (site / sitefolder.MARK).write_text("archive\n", encoding="utf-8")
    (site / "index.html").write_text("old", encoding="utf-8")
    return publish.plan(incoming, tmp_path / "reports", site, demo=False)


class Steps:
    """Stands for the commands: records what ran, ends as told."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, convert: int = 0, check: int = 0, build: int = 0):
        self.ran: list[str] = []
        codes = {"convert": convert, "check": check}

        def run(*command: str | Path) -> int:
            self.ran.append(Path(command[0]).stem)
            return codes[self.ran[-1]]

        def fake_build(job: publish.Job, target: Path, *, demo: bool) -> int:
            self.ran.append("build")
            (target / "index.html").write_text("new", encoding="utf-8")
            return build

        monkeypatch.setattr(publish, "run", run)
        monkeypatch.setattr(publish, "build", fake_build)


def home(job: publish.Job) -> str:
    return (job.site / "index.html").read_text(encoding="utf-8")


def test_all_well(job: publish.Job, monkeypatch: pytest.MonkeyPatch) -> None:
    steps = Steps(monkeypatch)
    assert publish.publish(job) == 0
    assert steps.ran == ["convert", "check", "build"]
    assert home(job) == "new"


def test_addresses_are_on_record_before_readers_have_them(
    job: publish.Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    Steps(monkeypatch)

    def full(path: Path, text: str) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(publish, "write_atomically", full)
    with pytest.raises(OSError, match="No space"):
        publish.publish(job)
    assert home(job) == "old"
    monkeypatch.undo()
    Steps(monkeypatch)
    publish.publish(job)
    assert home(job) == "new"
    listed = published.read(job.reports)
    assert "reports/2023/lanxi-2023-001/" in listed.known
    (job.reports / published.FILE).write_text(listed.text() + "units/aa/ -> units/lanxi-tuan/\n", "utf-8")
    publish.publish(job)
    assert published.read(job.reports).known["units/aa/"].to, "what a person said there stays"


def test_refused_inputs_do_not_stop_the_others(job: publish.Job, monkeypatch: pytest.MonkeyPatch) -> None:
    steps = Steps(monkeypatch, convert=1)
    assert publish.publish(job) == 1
    assert steps.ran == ["convert", "check", "build"]
    assert home(job) == "new"


@pytest.mark.parametrize(
    ("codes", "ran"),
    [
        ({"convert": 2}, ["convert"]),
        ({"convert": -9}, ["convert"]),
        ({"check": 1}, ["convert", "check"]),
        ({"build": 1}, ["convert", "check", "build"]),
    ],
)
def test_a_failed_step_leaves_the_old_site(
    job: publish.Job, monkeypatch: pytest.MonkeyPatch, codes: dict[str, int], ran: list[str]
) -> None:
    steps = Steps(monkeypatch, **codes)
    with pytest.raises(ZhenggaiError, match="原有网站未动"):
        publish.publish(job)
    assert steps.ran == ran
    assert home(job) == "old"
    assert {p.name for p in job.site.parent.iterdir()} == {"in", "reports", "site"}


def test_without_incoming_only_the_site_is_built(job: publish.Job, monkeypatch: pytest.MonkeyPatch) -> None:
    steps = Steps(monkeypatch)
    assert publish.publish(publish.plan(None, job.reports, job.site, demo=False)) == 0
    assert steps.ran == ["check", "build"]


def test_emptied_incoming_is_no_fault(job: publish.Job, monkeypatch: pytest.MonkeyPatch) -> None:
    """Texts may be put away once converted: no report goes with them."""
    assert job.incoming
    (job.incoming / "a.txt").unlink()
    steps = Steps(monkeypatch)
    assert publish.publish(job) == 0
    assert steps.ran == ["check", "build"]


@pytest.mark.slow
def test_warnings_of_the_build_are_faults(
    job: publish.Job, monkeypatch: pytest.MonkeyPatch, write_report: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    """--strict must see warnings: a problem whose anchor is missing breaks the links to it."""
    write_report(job.reports, body="没有锚点的正文\n")
    monkeypatch.setattr(publish, "run", lambda *command: 0)  # the check would have said so before
    with pytest.raises(ZhenggaiError, match="网站没有建成"):
        publish.publish(job)
    assert "没有锚点 #值班记录补登不及时" in capsys.readouterr().out
    assert home(job) == "old"
