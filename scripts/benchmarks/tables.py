"""Measured rows as a table for the terminal and for the README, and the machine they were measured on."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.table import Table

from benchmarks.measuring import Measured

COLUMNS = ("做什么", "份数", "耗时", "CPU 时间", "内存峰值", "份/秒", "份/核秒")


@dataclass(frozen=True, slots=True)
class Row:
    """One thing measured."""

    label: str
    notices: int
    took: Measured

    @property
    def per_core(self) -> float | None:
        """Notices in a second of one core's work."""
        return self.notices / self.took.cpu if self.took.cpu else None

    def cells(self) -> tuple[str, ...]:
        """As printed, in the order of COLUMNS; – for what this system does not tell."""
        return (
            self.label,
            f"{self.notices:,}",
            f"{self.took.wall:.1f} 秒",
            "–" if self.took.cpu is None else f"{self.took.cpu:.1f} 秒",
            "–" if self.took.peak is None else f"{self.took.peak / 2**20:,.0f} MB",
            f"{self.notices / self.took.wall:.0f}",
            "–" if self.per_core is None else f"{self.per_core:.0f}",
        )


def pretty(rows: Sequence[Row], title: str) -> Table:
    """For the terminal."""
    table = Table(title=title, title_justify="left")
    for at, name in enumerate(COLUMNS):
        table.add_column(name, justify="right" if at else "left")
    for row in rows:
        table.add_row(*row.cells())
    return table


def markdown(rows: Sequence[Row]) -> str:
    """For the README."""
    lines = [COLUMNS, ("---", *["--:"] * (len(COLUMNS) - 1)), *(row.cells() for row in rows)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def machine() -> str:
    """Cores, processor, system and Python, in one line."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    processor = f"（{_processor()}）" if _processor() else ""
    return f"{cores} 核{processor}，{platform.system()}，Python {platform.python_version()}"


def _processor() -> str:
    """The processor's name where the system tells it."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "")
