"""Work shared out to all cores."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pytest

from zhenggai.work import Begun, WorkerError, shared


def test_a_worker_may_share_out_a_part_of_its_work(monkeypatch: pytest.MonkeyPatch) -> None:
    """And does the rest of its own afterwards."""
    monkeypatch.setenv("JOBS", "2")

    def sums(number: int) -> int:
        return sum(shared(lambda n: n * number, range(10), few=1))

    assert list(shared(sums, range(40), few=1)) == [45 * number for number in range(40)]


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_job_that_was_begun_gives_its_result_or_its_fault(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, jobs: str
) -> None:
    monkeypatch.setenv("JOBS", jobs)

    def count() -> int:
        return (tmp_path / "made").write_bytes(b"1234")

    assert Begun(count).result() == 4
    assert (tmp_path / "made").read_bytes() == b"1234"
    with pytest.raises(FileNotFoundError):
        Begun((tmp_path / "missing").read_bytes).result()


def test_a_job_begins_at_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("JOBS", "2")
    begun = Begun(lambda: (tmp_path / "begun").mkdir())
    deadline = time.monotonic() + 30
    while not (tmp_path / "begun").exists():
        assert time.monotonic() < deadline, "nobody is at it"
        time.sleep(0.01)
    begun.result()


def test_a_job_that_is_killed_is_no_result(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JOBS", "2")
    with pytest.raises(WorkerError):
        Begun(lambda: os.kill(os.getpid(), signal.SIGKILL)).result()


def test_a_job_ends_with_a_parent_that_was_killed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Even where it waits to hand over more than a pipe holds; or it would write beside the next build."""
    monkeypatch.setenv("JOBS", "2")

    def tell() -> bytes:
        (tmp_path / "pid").write_text(str(os.getpid()), encoding="utf-8")
        return bytes(1_000_000)

    if (parent := os.fork()) == 0:
        Begun(tell)
        time.sleep(60)
        os._exit(0)
    deadline = time.monotonic() + 30
    while not (tmp_path / "pid").exists() or not (tmp_path / "pid").read_text("utf-8"):
        assert time.monotonic() < deadline
        time.sleep(0.01)
    os.kill(parent, signal.SIGKILL)
    os.waitpid(parent, 0)
    child = int((tmp_path / "pid").read_text("utf-8"))
    while Path(f"/proc/{child}").exists() and "Z (" not in Path(f"/proc/{child}/status").read_text("utf-8"):
        assert time.monotonic() < deadline, "it is still there"
        time.sleep(0.05)


def test_a_job_that_is_stopped_does_nothing_more(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("JOBS", "2")

    def slow() -> None:
        time.sleep(1)
        (tmp_path / "late").mkdir()

    begun = Begun(slow)
    begun.stop()
    time.sleep(1.5)
    assert not (tmp_path / "late").exists()
