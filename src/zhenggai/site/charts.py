"""What a chart shows, worked out; overrides/archive/chart.html draws it as SVG.

Bars lie across, one below the other, each named above itself. Lengths across are
percentages, lengths down are in em: the drawing takes any width and any size of
type, and text is never scaled.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from zhenggai.model import Status

LONGEST = 72
"""Percent of the width that the longest bar takes; its figure stands behind it."""
WIDE = 9
"""Percent of a strip from which on a segment has room for its shape."""


@dataclass(frozen=True)
class Bar:
    """One bar of a chart."""

    name: str
    value: int
    length: str
    """Percent of the drawing's width."""
    note: str = ""
    """Stands at the right end of the name's line, such as a share."""
    fill: str = "plain"
    """Which pattern fills it: a status, `plain`, `second` or `open`."""


@dataclass(frozen=True)
class Segment:
    """One part of a strip that shows shares of a whole."""

    status: Status
    value: int
    share: str
    """As people read it: 34.3%."""
    start: str
    length: str
    """Percent of the strip, as is `start`."""
    middle: str
    wide: bool
    """Whether its shape fits into it."""


def bars(
    values: Sequence[tuple[str, int]],
    *,
    longest: int | None = None,
    fills: Sequence[str] = (),
    shares: bool = False,
) -> tuple[Bar, ...]:
    """Bars of `values` in their order, to the scale of the largest value or of `longest`."""
    top = longest or max((value for _, value in values), default=0)
    total = sum(value for _, value in values)
    return tuple(
        Bar(
            name, value, _percent(value * LONGEST, top), share(value, total) if shares else "",
            fills[at] if fills else "plain",
        )
        for at, (name, value) in enumerate(values)
    )  # fmt: skip


def strip(counts: Iterable[tuple[Status, int]]) -> tuple[Segment, ...]:
    """The shares of the statuses, side by side; statuses without any problem left out."""
    found = [(status, value) for status, value in counts if value]
    total = sum(value for _, value in found)
    out: list[Segment] = []
    before = 0
    for status, value in found:
        out.append(
            Segment(
                status, value, share(value, total), _percent(before * 100, total), _percent(value * 100, total),
                _percent(before * 100 + value * 50, total), value * 100 >= total * WIDE,
            )
        )  # fmt: skip
        before += value
    return tuple(out)


def share(value: int, total: int) -> str:
    """A share in percent with one decimal, halves rounded up; "" of nothing."""
    if not total:
        return ""
    tenths = (value * 2000 + total) // (2 * total)
    return f"{tenths // 10}.{tenths % 10}%"


def _percent(part: int, whole: int) -> str:
    """`part` of `whole` with two decimals, in whole numbers: the same on every machine."""
    hundredths = part * 100 // whole if whole else 0
    return f"{hundredths // 100}.{hundredths % 100:02d}"
