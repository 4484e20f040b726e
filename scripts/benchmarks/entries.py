"""Reports → what the search index is built from, one line of JSON each, in the order of the invented notices.

Run as `python -m benchmarks.entries REPORTS FILE` with `scripts` and `src` on PYTHONPATH. `read` gives back
as many of them as wanted: indexing can then be measured without conversion and Markdown.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import markdown
from markdown.extensions import Extension
from markdown.extensions.toc import slugify_unicode

from zhenggai.model import Report
from zhenggai.site.inert import Inert
from zhenggai.site.reading import read_all
from zhenggai.site.search import Entry


def rendered(body: str) -> str:
    """A notice's Markdown as the site renders it."""
    inert = Inert()
    inert.active = True
    extensions: list[str | Extension] = [inert, "attr_list", "toc", "tables", "fenced_code"]
    return markdown.markdown(
        body, extensions=extensions, extension_configs={"toc": {"slugify": slugify_unicode}}
    )


def write(reports: Path, file: Path) -> int:
    """Write the entries of every report in `reports`; how many there are."""
    found = sorted(read_all(reports), key=lambda read: read.report.source.file)
    with file.open("w", encoding="utf-8") as out:
        for one in found:
            line = {"report": one.report.model_dump(mode="json"), "html": rendered(one.body)}
            out.write(json.dumps(line, ensure_ascii=False) + "\n")
    return len(found)


def read(file: Path, count: int) -> Iterator[Entry]:
    """`count` entries: those of the file, then the same again under other ids."""
    with file.open(encoding="utf-8") as lines:
        for at in range(count):
            line = lines.readline()
            if not line:
                lines.seek(0)
                line = lines.readline()
            data = json.loads(line)
            if round_ := at // size(file):
                data["report"]["id"] += f"-{round_ + 1}"
            report = Report.model_validate(data["report"])
            yield Entry(report, f"reports/{report.year}/{report.id}/", data["html"])


@cache
def size(file: Path) -> int:
    """How many entries the file has."""
    with file.open("rb") as lines:
        return sum(1 for _ in lines)


if __name__ == "__main__":
    print(write(Path(sys.argv[1]), Path(sys.argv[2])))
