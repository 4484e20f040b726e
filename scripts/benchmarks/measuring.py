"""A command as a child process → its wall time, CPU time and peak memory, children of its own included.

Wall time everywhere; CPU time where the system tells it of a child that ended (not on
Windows); memory on Linux, where /proc shows every process of the tree.
"""

from __future__ import annotations

import os
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

INTERVAL = 0.1
"""Seconds between two looks at the memory."""


class MeasureError(Exception):
    """A command that was to be measured failed: what it was and its last words."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What one run took, or the median of several."""

    wall: float
    """Seconds from start to end."""
    cpu: float | None
    """Seconds of all cores together, user and system; None where not known."""
    peak: int | None
    """Bytes resident in all processes of the tree at once, at most; None where not known.

    A page that several of them share is counted once, in parts, as the kernel does (PSS): a forked
    worker has its parent's whole memory and takes none of it.
    """
    said: str = ""
    """What it printed."""


def run(
    command: Sequence[str | Path],
    log: Path,
    *,
    paths: Sequence[Path] = (),
    settings: Mapping[str, str] | None = None,
) -> Measured:
    """Run `command`, its output into the file `log`, with `paths` for Python to import from and `settings`
    as environment. MeasureError."""
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8", **(settings or {})}
    if paths:
        environment["PYTHONPATH"] = os.pathsep.join(map(str, paths))
    with log.open("wb") as output:
        started = time.perf_counter()
        process = subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT, env=environment)
        watch = _Watch(process.pid)
        watch.start()
        try:
            cpu = _wait(process)
        except BaseException:  # Ctrl-C, or told to end: the child must not go on alone
            process.kill()
            process.wait()
            raise
        finally:
            wall = time.perf_counter() - started
            watch.stop()
    said = log.read_text(encoding="utf-8", errors="replace")
    if process.returncode:
        end = "\n".join(said.splitlines()[-12:])
        raise MeasureError(f"{' '.join(map(str, command[:3]))} … 退出码 {process.returncode}：\n{end}")
    return Measured(wall, cpu, watch.peak, said)


def median_of(runs: Sequence[Measured]) -> Measured:
    """The median of each figure by itself."""
    cpu = [one.cpu for one in runs if one.cpu is not None]
    peak = [one.peak for one in runs if one.peak is not None]
    return Measured(
        median(one.wall for one in runs), median(cpu) if cpu else None, int(median(peak)) if peak else None
    )


class Others:
    """How much of the work of all cores was not ours since this was made: why figures may be worse than they need be."""

    def __init__(self) -> None:
        self._since = _busy(), _ours()

    def share(self) -> float | None:
        """0 to 1; None where the system does not tell."""
        busy, since = _busy(), self._since[0]
        if busy is None or since is None or busy <= since:
            return None
        return max(0.0, 1 - (_ours() - self._since[1]) / (busy - since))


def _busy() -> float | None:
    """Seconds that the cores have worked since the machine started, for whomever; None outside Linux."""
    try:
        first = Path("/proc/stat").read_text(encoding="utf-8").splitlines()[0]
    except OSError:
        return None
    user, nice, system, _idle, _waiting, *interrupts = map(int, first.split()[1:9])
    return (user + nice + system + sum(interrupts)) / os.sysconf("SC_CLK_TCK")


def _ours() -> float:
    """Seconds of this process and of its children that have ended."""
    return sum(os.times()[:4])


def _wait(process: subprocess.Popen[bytes]) -> float | None:
    """Wait for the end; CPU seconds of the process and of those it waited for itself."""
    if not hasattr(os, "wait4"):
        process.wait()
        return None
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return usage.ru_utime + usage.ru_stime


class _Watch(threading.Thread):
    """Looks at the memory of a process and all below it until told to stop."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.peak: int | None = None
        self._pid = pid
        self._over = threading.Event()

    def run(self) -> None:
        if not Path(f"/proc/{self._pid}/smaps_rollup").exists():
            return
        while not self._over.wait(INTERVAL):
            self.peak = max(self.peak or 0, sum(map(_resident, _tree(self._pid))))

    def stop(self) -> None:
        self._over.set()
        self.join()


def _tree(pid: int) -> Iterator[int]:
    """A process and all below it; who ends meanwhile is left out."""
    yield pid
    try:
        children = [file.read_text() for file in Path(f"/proc/{pid}/task").glob("*/children")]
    except OSError:
        return
    for child in " ".join(children).split():
        yield from _tree(int(child))


def _resident(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:  # it has ended, or is another's
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)
