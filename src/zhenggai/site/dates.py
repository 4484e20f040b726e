"""Dates as the archive writes them (EDTF) → an order, and the Chinese that citizens read.

Masked digits stay masked: `2020-XX-XX` is 2020年×月×日, never a guess.
"""

from __future__ import annotations

import datetime

from zhenggai.model import Report


def report_date(report: Report) -> str | None:
    """The date that orders notices, see `dated`; None for none."""
    found = dated(report)
    return found[0] if found else None


def dated(report: Report) -> tuple[str, str] | None:
    """The date that orders notices and what it is: published, else signed, else feedback, else the inspection's end.

    `("2024-06-26", "公开")`; None where the notice prints none of them.
    """
    dates = (
        (report.published, "公开"), (report.signed_date, "落款"),
        (report.feedback_date, "反馈"), (report.inspection_end, "巡察结束"),
    )  # fmt: skip
    return next(((date, kind) for date, kind in dates if date), None)


def sort_key(date: str | None) -> str:
    """A string that sorts dates in time; masked or missing parts count as the start of what is known.

    `""` for no date and for a masked year, so that both come last in a newest-first list.
    """
    if date is None or not date[:4].isdigit():
        return ""
    return date.replace("X", "0").ljust(10, "0")


def first_day(date: str | None) -> str | None:
    """The first day that `date` may be: `2024-06-26` itself, `2024-06` → 2024-06-01, `2020-XX-1X` → 2020-01-10.

    None for no date and for a masked year. Where other tools ask for a day: never shown as the notice's own.
    """
    if date is None or not sort_key(date):
        return None
    known = [max(1, int(part)) for part in date.replace("X", "0").split("-")]
    year, month, day = (*known, 1, 1)[:3]
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:  # February 3X
        return datetime.date(year, month, 1).isoformat()


def iso(date: str | None) -> str | None:
    """`date` where every digit of it is known (2024-06-26, 2024-06, 2024: ISO 8601 as well as EDTF), else None."""
    return None if date is None or "X" in date else date


def chinese(date: str | None) -> str:
    """`2024-06-26` → 2024年6月26日, `2024-06` → 2024年6月, `2020-XX-XX` → 2020年×月×日; None → ""."""
    if date is None:
        return ""
    parts = date.split("-")
    return "".join(_figure(part, unit) for part, unit in zip(parts, "年月日", strict=False))


def _figure(digits: str, unit: str) -> str:
    if unit != "年":
        digits = "X" if set(digits) == {"X"} else digits.lstrip("0")
    return digits.replace("X", "×") + unit


def chinese_span(start: str | None, end: str | None) -> str:
    """A stretch of time: 2023年3月1日至2023年4月30日; one-sided stretches say 起 or 止; neither → ""."""
    if start and end:
        return f"{chinese(start)}至{chinese(end)}"
    if start:
        return f"{chinese(start)}起"
    return f"{chinese(end)}止" if end else ""
