"""`--force`: the new conversion in the place of an edited report, but for what people decided about it.

Corrections, a withdrawal, redactions and allowances are decisions about the notice,
not readings of its text: they stay. The date of a review stays only where a reader
would find nothing changed: else nobody has looked at what now stands there.
"""

from __future__ import annotations

import re

from zhenggai import frontmatter
from zhenggai.frontmatter import OPTIONAL
from zhenggai.model import Report

_DECIDED = re.compile(rf"^(?:{'|'.join(OPTIONAL)})[ \t]*[:：](?![ \t]*(?:null|~|\[\])[ \t]*$)", re.M)
"""A line that begins with one of these keys and does not say that it is empty."""


def holds_decisions(text: str) -> bool:
    """Whether a report that cannot be read seems to hold a decision that must not get lost."""
    return bool(_DECIDED.search(text))


def forced(edited: Report, edited_body: str, report: Report, body: str) -> tuple[str, str]:
    """The file to write, and what to tell: what was kept, and whether it has to be reviewed again."""
    decided = {key: getattr(edited, key) for key in OPTIONAL if getattr(edited, key)}
    new = report.model_copy(update=decided)
    same = edited.model_copy(update={"reviewed": None}) == new and edited_body == body
    if same:
        new = new.model_copy(update={"reviewed": edited.reviewed})
    kept = f"保留 {'、'.join(decided)}" if decided else ""
    again = f"原复核日期 {edited.reviewed} 已去掉，请重新复核" if edited.reviewed and not same else ""
    return frontmatter.render(new, body), "；".join(filter(None, (kept, again)))
