"""What would stop the program is refused at once, by line; what genuine notices hold passes."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from zhenggai import frontmatter, limits
from zhenggai.ingest.convert import convert
from zhenggai.ingest.text import RefusedError
from zhenggai.model import Report, ZhenggaiError
from zhenggai.rulebook import RULES

ROOT = Path(__file__).resolve().parents[2]
HEADS = {
    "brackets": "id: " + "[" * 100_000,
    "closed brackets": "id: " + "[" * 100_000 + "]" * 100_000,
    "braces": "id: " + "{a: " * 50_000,
    "laughs": "a: &a [x, x, x]\nb: &b [*a, *a, *a]\nallow: [*b, *b]",
    "merge": "a: &a\n  x: 1\nb:\n  <<: *a",
    "size": "title: " + "字" * (limits.MAX_HEAD + 1),
}
BODIES = {
    "quotes": "> " * 3000 + "甲",
    "lists": "\n".join(" " * 4 * depth + "- 甲" for depth in range(400)),
    "brackets": "[" * 20_000,
    "links": "[甲](" * 5_000,
    "pictures": "![" * 20_000,
    "backslashes": "\\" * 100_000,
    "size": "字" * (limits.MAX_FILE + 1),
}


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS)
def test_front_matter_beyond_measure_is_refused(head: str) -> None:
    """In a process of its own: without the limit some of these take the interpreter down."""
    code = (
        "import sys; from zhenggai import frontmatter, model\n"
        "try: frontmatter.parse(sys.stdin.read(), 'x.md')\n"
        "except model.ZhenggaiError as error: print(error)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], input=f"---\n{head}\n---\n\n甲\n", capture_output=True, text=True,
        timeout=60, check=False, env={"PYTHONPATH": str(ROOT / "src"), "PYTHONUTF8": "1"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-500:]
    assert re.match(r"x\.md:\d+: ", done.stdout)
    assert any(word in done.stdout for word in ("层以上", "引用（& 和 *）", "超过"))


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_a_body_beyond_measure_is_refused(report_data: dict[str, Any], body: str) -> None:
    text = frontmatter.render(Report.model_validate(report_data), f"首段\n\n{body}\n")
    with pytest.raises(ZhenggaiError) as refused:
        frontmatter.parse(text, "x.md")
    assert refused.value.line
    assert refused.value.line > 3


def test_too_many_problems(report_data: dict[str, Any]) -> None:
    one = report_data["issues"][0]
    issues = [{**one, "anchor": f"a{number}"} for number in range(limits.MAX_PROBLEMS + 1)]
    text = frontmatter.render(Report.model_validate({**report_data, "issues": issues}), "甲\n")
    with pytest.raises(ZhenggaiError, match="个问题，超过"):
        frontmatter.parse(text, "x.md")


def test_what_is_written_within_measure_is_read(report_data: dict[str, Any]) -> None:
    hard = ["*甲", "&乙", "- *丙", "a: *b", "[&x]", "[[[【", "{{{", "&a *b", "x: &y z", "<<: *a"]
    report = Report.model_validate(
        {**report_data, "title": " ".join(hard), "redact": hard, "kind": "*a", "unit": "[" * 500 + "{" * 500}
    )
    body = "一段 \\[\\[ > 甲 [乙](https://example.cn/)\n"
    assert frontmatter.parse(frontmatter.render(report, body)) == (report, body)


def test_the_converter_writes_nothing_that_is_refused_later() -> None:
    notice = (
        "关于巡察整改情况的通报\n县委第二巡察组对县水务局党组开展了巡察。问题已经整改完成，现予公布，欢迎监督批评。\n{}\n"
        + "整改" * 40
    )
    for noise in ("\\" * 3000, "[" * 3000, "> " * 300, "&a *a [[[", "<" * 3000):
        try:
            conversion = convert(notice.format(noise).encode(), "a.txt")
        except RefusedError:
            assert noise.startswith("\\")
            continue
        assert frontmatter.parse(frontmatter.render(conversion.report, conversion.body))[1] == conversion.body


# ---------- patterns that could blow up ----------


def patterns() -> Iterator[tuple[str, str]]:
    """Every regular expression of the rules, by file, and every one that code compiles when it is loaded."""

    def texts(value: Any) -> Iterator[str]:
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            for key, part in value.items():
                if "example" not in str(key):
                    yield from texts(part)
        elif isinstance(value, list):
            for part in value:
                yield from texts(part)

    for path in sorted(RULES.glob("*.yaml")):
        table = frontmatter.load_yaml(path.read_text("utf-8"))
        words = table.get("words") if isinstance(table, dict) else None
        for text in texts(table):
            if re.search(r"[\\+*?({\[|]", text):
                for name, inner in reversed((words if isinstance(words, dict) else {}).items()):
                    text = text.replace(f"{{{name}}}", str(inner))
                yield path.name, text
    import importlib
    import pkgutil

    import zhenggai

    for module in pkgutil.walk_packages(zhenggai.__path__, "zhenggai."):
        for value in vars(importlib.import_module(module.name)).values():
            if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
                yield module.name, value.pattern


SEEDS = (
    "一",
    "a",
    "1",
    " ",
    "关于“",
    "”的问题",
    "，",
    "（",
    "X",
    "-",
    "\t",
    "　",
    "整改",
    "的",
    "12-",
    "a.",
    "、",
    "<a ",
    "1 ",
    "是否",
)
TEXTS = [seed * (600 // len(seed)) for seed in SEEDS]
TEXTS += [f"{text}\n!" for text in TEXTS[:8]] + [
    "关于" + "对“甲”的" * 800,
    "联系电话：" + "0999-" * 800,
    "1 2" * 1300,
]


@pytest.mark.slow
def test_no_pattern_blows_up() -> None:
    """On 600 characters of one sign each ends, however slow the machine; one that backtracks takes for ever."""
    code = (
        "import re, sys, json, time, signal\n"
        "signal.signal(signal.SIGPROF, signal.SIG_DFL)\n"
        "texts, patterns = json.load(sys.stdin)\n"
        "for name, pattern in patterns:\n"
        "    try: compiled = re.compile(pattern)\n"
        "    except re.error: continue\n"
        "    print(name, pattern[:200].replace('\\n', ' '), flush=True)\n"
        "    signal.setitimer(signal.ITIMER_PROF, 120)\n"
        "    for text in texts:\n"
        "        started = time.process_time()\n"
        "        for _ in zip(compiled.finditer(text), range(5000)): pass\n"
        "        took = time.process_time() - started\n"
        "        if took > 20: print('SLOW', round(took, 1), repr(text[:8]), flush=True)\n"
        "    signal.setitimer(signal.ITIMER_PROF, 0)\n"
    )
    import json

    told = json.dumps([TEXTS, sorted(set(patterns()))])
    done = subprocess.run(
        [sys.executable, "-c", code], input=told, capture_output=True, text=True, check=False
    )
    lines = done.stdout.splitlines()
    assert done.returncode == 0, f"never came back: {lines[-1]}"
    slow = [f"{lines[place - 1]} {line}" for place, line in enumerate(lines) if line.startswith("SLOW")]
    assert slow == []
    assert len(lines) > 500
