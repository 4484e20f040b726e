"""What becomes of one input, in words for the clerk."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from zhenggai.ingest.convert import Conversion


class State(StrEnum):
    """What became of one input."""

    WRITTEN = "written"
    UNCHANGED = "unchanged"
    MERGED = "merged"
    """A person edited the report: their changes stand, the new conversion's others came in."""
    KEPT = "kept"
    """A person edited the report: not overwritten."""
    DUPLICATE = "duplicate"
    """The same notice as another input or report."""
    REFUSED = "refused"

    @property
    def label(self) -> str:
        """The word that a clerk reads."""
        return _LABELS[self]


_LABELS = {
    State.WRITTEN: "已写出",
    State.UNCHANGED: "无变化",
    State.MERGED: "合并：保留人工修改",
    State.KEPT: "保留人工修改",
    State.DUPLICATE: "重复",
    State.REFUSED: "未转换",
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one input."""

    path: Path
    state: State
    report: Path | None = None
    reviews: int = 0
    """How many places a person should look at."""
    message: str = ""
    conversion: Conversion | None = field(default=None, repr=False)
    """How it came about, for whoever is told of it; None when refused, and in the list that is returned."""
