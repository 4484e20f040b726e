"""The text of one notice on its way: lines that remember what was cut out of them.

A `Line` never loses a character: what a reader no longer sees is a `Cut` with
the rule that made it, so conservation (nothing lost, nothing invented) can be
checked by reading the lines, and the removal record is a list of their cuts.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from zhenggai.model import Review, ZhenggaiError


class RefusedError(ZhenggaiError):
    """An input that cannot become a report; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Cut:
    """Characters `raw[start:end]` of a line, taken out by `rule`; `shown` stands in their place.

    `shown` is empty but for decoded entities and the like (`&nbsp;` → a space).
    """

    start: int
    end: int
    rule: str
    shown: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the decoded file, without its line end."""

    no: int
    """1-based, as editors count."""
    raw: str
    cuts: tuple[Cut, ...] = ()
    """Sorted by start, not overlapping."""
    text: str = field(init=False)
    """What is left for the reader."""

    def __post_init__(self) -> None:
        if not self.cuts:
            object.__setattr__(self, "text", self.raw)
            return
        parts: list[str] = []
        at = 0
        for cut in self.cuts:
            if cut.start < at or cut.end < cut.start or cut.end > len(self.raw):
                raise ValueError(f"line {self.no}: cuts overlap or leave the line: {self.cuts}")
            parts += (self.raw[at : cut.start], cut.shown)
            at = cut.end
        parts.append(self.raw[at:])
        object.__setattr__(self, "text", "".join(parts))

    def without(self, start: int, end: int, rule: str, shown: str = "") -> Line:
        """The line with `raw[start:end]` cut; cuts that lie inside are swallowed."""
        kept = tuple(c for c in self.cuts if c.end <= start or c.start >= end)
        return replace(self, cuts=tuple(sorted((*kept, Cut(start, end, rule, shown)), key=lambda c: c.start)))


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file as text. `lines` are cut at CRLF, LF, CR, U+2028, U+2029."""

    file: str
    sha256: str
    encoding: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A notice without vendor text. Every removal is a `Cut` of one of `lines`."""

    lines: tuple[Line, ...]
    """All lines of the file, emptied ones too, so that numbers stay true."""
    printed: dict[str, str] = field(default_factory=dict)
    """Values of 发布时间, 来源, 索引号 … lines: label → value as printed; cut as `meta-line`."""
    review: tuple[Review, ...] = ()
