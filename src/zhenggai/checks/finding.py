"""What a check says: one line that names the file, the line, what is wrong and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing that a check found. `stops`: it must be mended, or allowed, before publishing."""

    path: Path
    line: int
    """1-based."""
    code: str
    message: str
    remedy: str
    stops: bool = True

    def __str__(self) -> str:
        mark = "" if self.stops else "提醒："
        return f"{self.path}:{self.line}: {self.code} {mark}{self.message}（{self.remedy}）"
