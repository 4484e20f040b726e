"""The samples' reports are golden: reviewed by reading, made again byte for byte."""

from __future__ import annotations

from pathlib import Path

import pytest

from zhenggai import frontmatter
from zhenggai.ingest.convert import convert

ROOT = Path(__file__).resolve().parents[2]
INCOMING = sorted((ROOT / "samples/incoming").glob("*.txt"))
REPORTS = {frontmatter.read(p)[0].source.file: p for p in (ROOT / "samples/reports").glob("2*/*.md")}


def test_a_dozen_samples_each_with_its_report() -> None:
    assert len(INCOMING) >= 12
    assert {p.name for p in INCOMING} == set(REPORTS)


@pytest.mark.parametrize("path", INCOMING, ids=lambda p: p.stem)
def test_sample_converts_to_its_report(path: Path) -> None:
    conversion = convert(path.read_bytes(), path.name)
    golden = REPORTS[path.name].read_text(encoding="utf-8")
    assert frontmatter.render(conversion.report, conversion.body) == golden
