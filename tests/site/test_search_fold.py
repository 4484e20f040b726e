"""Folding: the rule itself, and that the browser's twin keeps it."""

from __future__ import annotations

import json
import shutil
import subprocess
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zhenggai.site.search_fold import BOUNDARY, fold

ROOT = Path(__file__).resolve().parents[2]
CASES: list[list[str]] = json.loads((Path(__file__).parent / "fold_cases.json").read_text(encoding="utf-8"))
# Characters that Python knows: a browser may know newer ones.
CHARS = st.characters(exclude_categories=["Cn"])
CHINESE = st.sampled_from("团费收缴２０23Ａab，。、“”《》（）…—·\u3000 \n\u200b○×①℃e\u0301😀")
TEXTS = st.text(st.one_of(CHINESE, CHARS), max_size=40)

TWIN = """
const { readFileSync } = await import("node:fs");
const source = readFileSync(process.argv[1], "utf8"); // as data: Node would ask for a package.json beside it
const { fold } = await import("data:text/javascript," + encodeURIComponent(source));
let rest = "";
process.stdin.setEncoding("utf8").on("data", (data) => {
  const lines = (rest + data).split("\\n");
  rest = lines.pop();
  for (const line of lines) process.stdout.write(JSON.stringify(fold(JSON.parse(line))) + "\\n");
});
"""


@pytest.fixture(scope="module")
def twin() -> Iterator[Callable[[str], str]]:
    """The page's `fold`, running in Node; tests/browser runs it in the browser, where Node is absent."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not here; tests/browser/test_search.py compares the two in the browser")
    module = str(ROOT / "docs" / "assets" / "search-fold.js")
    command = [node, "--input-type=module", "-e", TWIN, module]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
    ) as process:
        assert process.stdin
        assert process.stdout
        ask, answer = process.stdin, process.stdout

        def fold_there(text: str) -> str:
            ask.write(json.dumps(text) + "\n")
            ask.flush()
            folded: str = json.loads(answer.readline())
            return folded

        yield fold_there
        ask.close()


@pytest.mark.parametrize(("text", "folded"), CASES)
def test_cases(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(("text", "folded"), CASES)
def test_cases_in_javascript(twin: Callable[[str], str], text: str, folded: str) -> None:
    assert twin(text) == folded


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=TEXTS)
def test_javascript_folds_alike(twin: Callable[[str], str], text: str) -> None:
    assert twin(text) == fold(text)


@given(TEXTS)
def test_boundaries_are_single_and_inside(text: str) -> None:
    folded = fold(text)
    assert BOUNDARY * 2 not in folded
    assert folded == folded.strip(BOUNDARY)


@given(TEXTS)
def test_nothing_is_left_to_fold(text: str) -> None:
    """A folded phrase folds to itself, boundaries apart (they read as line breaks)."""
    for run in fold(text).split(BOUNDARY):
        if not any(unicodedata.category(c)[0] == "M" or "\u1160" <= c <= "\u11ff" for c in run):
            assert fold(run) == run


@given(st.text(CHINESE.filter(lambda c: c not in "e\u0301"), max_size=30), st.data())
def test_a_piece_of_a_text_is_found_in_it(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    assert fold(text[start:end]) in fold(text)
