"""What a notice says that does not fit together: for a person to look at, never to be mended."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from zhenggai.ingest.counts import Counts
from zhenggai.ingest.dates import surely_before
from zhenggai.ingest.inspection import Inspection
from zhenggai.ingest.problem import Problem
from zhenggai.model import Review

_ROUNDING = 0.6
"""Percentage points by which a printed rate may differ from its counts: 81% for 13 of 16."""


def find_contradictions(found: Sequence[Problem], counts: Counts, inspection: Inspection) -> list[Review]:
    """Review entries for what does not fit together; nothing is mended."""
    review = []
    if not found:
        review.append(Review(code="no-problems", message="没有找到分条列出的问题，请对照原文核对"))
    fed_back = [p for p in found if p.origin == "feedback"]
    if counts.problems is not None and fed_back and len(fed_back) != counts.problems:
        review.append(
            Review(
                code="count-mismatch",
                message=f"原文说有 {counts.problems} 个问题，列出的是 {len(fed_back)} 个",
            )
        )
    if counts.problems is not None and found and not fed_back:
        review.append(
            Review(
                code="count-mismatch",
                message=f"原文说反馈了 {counts.problems} 个问题，但没有逐条列出；列出的是自查问题",
            )
        )
    start, feedback = inspection.start or inspection.end, inspection.feedback
    if start and feedback and "X" not in start[:4] + feedback[:4] and surely_before(feedback, start):
        review.append(
            Review(
                code="feedback-before-inspection",
                message=f"反馈日期 {feedback} 早于巡察日期 {start}，请核对原文",
            )
        )
    printed = re.search(r"\d+(?:\.\d+)?", unicodedata.normalize("NFKC", counts.rate or ""))
    if counts.problems and counts.completed is not None and printed:
        share = 100 * counts.completed / counts.problems
        shown = f"{counts.completed}/{counts.problems}"
        message = f"印出的完成率 {counts.rate} 与完成数 {shown} 对不上"
        review += [Review(code="rate-mismatch", message=message)] * (
            abs(float(printed[0]) - share) > _ROUNDING
        )
    return review
