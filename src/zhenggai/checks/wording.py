"""Whether a report's text is still what was converted: a slip of the keyboard in a notice's own words is seen."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from zhenggai import frontmatter, redaction
from zhenggai.checks.finding import Finding
from zhenggai.model import Report, ZhenggaiError

_ANCHOR = re.compile(r"\{:?[^{}\n]*?#[^{}\n]*\}")
_FORM = re.compile(r"^[#>\s]+|[\s\\]+")
_MASKS = re.compile("■+")
"""A person may have covered the words in the body as well, with as many signs as they like."""


def check(path: Path, text: str, body: str, report: Report) -> Iterator[Finding]:
    """A reminder where the body says other words than the last conversion, which lies in `.private`.

    Nothing is said where no conversion is kept, where the difference is one of form
    (anchors, levels of headings, line ends) or in words that `redact` hides, or where
    a person has written down `corrections`.
    """
    kept = last_conversion(path)
    if report.corrections or not kept.is_file():
        return
    try:
        before = frontmatter.split(kept.read_text(encoding="utf-8"))[1]
    except (ZhenggaiError, OSError, UnicodeDecodeError):  # the converter says so when it next runs
        return
    ours, theirs = (_lines(redaction.covered_text(one, report.redact)) for one in (body, before))
    if "".join(ours) == "".join(theirs):
        return
    new, gone = Counter(ours) - Counter(theirs), Counter(theirs) - Counter(ours)
    changed = max(new.total(), gone.total(), 1)
    first = text[: len(text) - len(body)].count("\n")
    line = next(
        (no for no, own in enumerate(map(_plain, body.splitlines()), first + 1) if own in new), first + 1
    )
    yield Finding(
        path, line, "WORDING",
        f"正文与上一次转换的文字不同，共 {changed} 段" if new or gone else "正文各段的先后与上一次转换的不同",
        "对照原文：不是有意的就改回去；有意更正的，在头部 corrections 里写明",
        stops=False,
    )  # fmt: skip


def last_conversion(path: Path) -> Path:
    """Where the last conversion of the report at `path` lies, if there is one."""
    return path.parent.parent / ".private" / f"{path.stem}.base"


def _plain(line: str) -> str:
    return _MASKS.sub("■", _FORM.sub("", _ANCHOR.sub("", line)))


def _lines(body: str) -> list[str]:
    """The words of each line, form left out; empty lines are none."""
    return [plain for line in body.splitlines() if (plain := _plain(line))]
