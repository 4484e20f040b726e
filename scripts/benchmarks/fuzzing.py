"""Inputs nobody would write, and what comes of them. `scripts/fuzz.py` is the command."""

from __future__ import annotations

import random
import sys
import time
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

from benchmarks import notices
from zhenggai import frontmatter, redaction
from zhenggai.checks import privacy
from zhenggai.ingest.convert import Conversion, convert
from zhenggai.ingest.markdown import plain
from zhenggai.ingest.text import RefusedError
from zhenggai.model import ZhenggaiError

LARGEST = 40_000
"""Bytes: larger inputs would test patience, not code. Limits have tests of their own."""
PIECES = (
    "一、", "（二）", "1.", "①", "第一", "关于“", "”的问题", "整改情况：", "已完成", "。", "\n", "\r\n", "\r", "\u2028", "\t", "　",
    "<p>", "</p>", "<script>", "&nbsp;", "&lt;", "&#60;", "【", "】", "《", "》", "（", "）", "“", "联系电话：", "0999-", "154",
    "邮箱：", "@", "2023年", "13月", "32日", "X", "××", "***", "秘密★", "---", "```", "|", "{{", "}}", "{#", "[a](b)", "\\",
    "\x00", "\x08", "\x1b[", "\u202e", "\u200b", "\ufeff", "\U000e0041", "\ud7ff", "𠮷", "é", "ﬁ", "①②③", "１２３", "％",
    "完成率", "共", "个问题", "发布时间：", "来源：", "本文档", "下载", "会员", "巡察", "整改", "通报", "县委", "党组", "%", "100%",
)  # fmt: skip
"""Words and signs that code looks for."""


@dataclass(frozen=True)
class Outcome:
    """What came of one input."""

    result: str
    """converted, refused, read or rejected."""
    seconds: float
    """Of the processor: other work on the machine does not count."""
    broken: str = ""
    new: bool = False
    """Whether it reached a call that none before reached."""


@dataclass(frozen=True)
class Broken:
    """An input that must not do what it did."""

    number: int
    what: str
    raw: bytes


@dataclass
class Reach:
    """From which of our lines which of our functions were called, by any input.

    Lines would tell more, but to note each makes an input a hundred times slower.
    """

    _seen: set[tuple[int, CodeType]] = field(default_factory=set)

    @property
    def count(self) -> int:
        return len(self._seen)

    def run(self, call: Any) -> bool:
        """`call()`, its calls noted; whether there was a new one."""
        before = len(self._seen)
        sys.settrace(self._entered)
        try:
            call()
        finally:
            sys.settrace(None)
        return len(self._seen) > before

    def _entered(self, frame: FrameType, event: str, _: Any) -> None:
        if "zhenggai" in frame.f_code.co_filename and frame.f_back:
            self._seen.add((frame.f_back.f_lineno, frame.f_code))


def corpus(samples: Path, folders: list[Path]) -> list[bytes]:
    """Texts to begin with: samples, their reports, invented notices, and those of `folders`."""
    files = [*sorted((samples / "incoming").rglob("*.txt")), *sorted((samples / "reports").rglob("*.md"))]
    files += [path for folder in folders for path in sorted(folder.rglob("*.txt"))]
    texts = [path.read_bytes()[:LARGEST] for path in files]
    return [*texts, *(notices.notice(number).content[:LARGEST] for number in range(60))]


def mutated(chance: random.Random, texts: list[bytes]) -> bytes:
    """Another input: one of `texts` with a few things done to it, or nothing but noise."""
    if chance.random() < 0.03:
        return chance.randbytes(chance.randrange(2000))
    if chance.random() < 0.05:
        return "".join(chance.choice(PIECES) for _ in range(chance.randrange(400))).encode("utf-8", "replace")
    raw = chance.choice(texts)
    if chance.random() < 0.25:
        return _bytes(chance, raw)
    text = (
        raw.decode("utf-8", "replace")
        if raw[:3] == b"---" or _is_utf8(raw)
        else raw.decode("gb18030", "replace")
    )
    for _ in range(chance.choice((1, 1, 2, 4, 16))):
        text = chance.choice(_CHANGES)(chance, text)
    encoding = chance.choice(("utf-8", "utf-8", "utf-8", "gb18030", "utf-16", "big5"))
    return text[:LARGEST].encode(encoding, "replace")


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode()
    except UnicodeDecodeError:
        return False
    return True


def _bytes(chance: random.Random, raw: bytes) -> bytes:
    changed = bytearray(raw)
    for _ in range(chance.randrange(1, 12)):
        at = chance.randrange(len(changed) + 1)
        way = chance.randrange(4)
        if way == 0:
            changed[at:at] = chance.randbytes(chance.randrange(1, 5))
        elif way == 1:
            del changed[at : at + chance.randrange(1, 60)]
        elif changed:
            changed[at % len(changed)] = chance.randrange(256)
    return bytes(changed)


def _insert(chance: random.Random, text: str) -> str:
    at = chance.randrange(len(text) + 1)
    return text[:at] + chance.choice(PIECES) * chance.choice((1, 1, 1, 3, 200)) + text[at:]


def _delete(chance: random.Random, text: str) -> str:
    at = chance.randrange(len(text) + 1)
    return text[:at] + text[at + chance.choice((1, 2, 10, 300)) :]


def _repeat(chance: random.Random, text: str) -> str:
    at = chance.randrange(len(text) + 1)
    piece = text[at : at + chance.choice((1, 3, 20, 400))]
    return text[:at] + piece * chance.choice((2, 5, 80)) + text[at:]


def _lines(chance: random.Random, text: str) -> str:
    lines = text.split("\n")
    way = chance.randrange(4)
    if way == 0:
        chance.shuffle(lines)
    elif way == 1:
        lines.insert(chance.randrange(len(lines) + 1), chance.choice(lines))
    elif way == 2:
        del lines[chance.randrange(len(lines))]
    return ("" if way == 3 else "\n").join(lines)


def _letters(chance: random.Random, text: str) -> str:
    way = chance.randrange(4)
    if way == 0:
        return unicodedata.normalize(chance.choice(("NFKC", "NFD")), text)
    if way == 1:
        return chance.choice((" ", "\u200b", "\u3000")).join(text[:3000]) + text[3000:]
    if way == 2:
        return text.translate({c: c + 0xFEE0 for c in range(0x21, 0x7F)})
    return "".join(chr(chance.randrange(0x20, 0x3000)) if chance.random() < 0.02 else c for c in text)


_CHANGES = (_insert, _insert, _insert, _delete, _delete, _repeat, _lines, _letters)


def tried(raw: bytes, chance: random.Random, reach: Reach | None) -> Outcome:
    """Convert `raw`, or read it as a report where it looks like one; never raises."""
    result: list[str] = []
    call = _read if raw[:3] == b"---" else _convert
    started = time.process_time()
    broken, new = "", False
    try:
        result.append(call(raw))
    except Exception as error:  # the very thing that is looked for
        broken = f"{type(error).__name__}: {str(error)[:200]}"
    seconds = time.process_time() - started
    if reach and not broken:
        new = reach.run(lambda: call(raw))
    return Outcome(result[0] if result else "broken", seconds, broken, new)


def _convert(raw: bytes) -> str:
    try:
        conversion = convert(raw, "输入.txt")
    except RefusedError as error:
        if "这是程序的缺陷" in str(error):
            raise AssertionError(str(error)) from error
        return "refused"
    conserve(conversion)
    text = frontmatter.render(conversion.report, conversion.body)
    report, body = frontmatter.parse(text)
    if (report, body) != (conversion.report, conversion.body):
        raise AssertionError("the report is not read back as it was written")
    list(privacy.check(Path("x.md"), text, report))
    return "converted"


def conserve(conversion: Conversion) -> None:
    """Each line is what was kept of it and what was cut; what was kept is in the title or the body, sign for sign.

    Counted here anew, by other means than the converter's own. Raises AssertionError.
    """
    for line in conversion.cleaned.lines:
        at, kept = 0, []
        for cut in line.cuts:
            kept += [line.raw[at : cut.start], cut.shown]
            at = cut.end
        if "".join(kept) + line.raw[at:] != line.text:
            raise AssertionError(f"line {line.no}: its cuts do not account for it")
    kept_signs = _signs("".join(line.text for line in conversion.cleaned.lines))
    title = (
        "" if any(r.code == "title-missing" for r in conversion.report.review) else conversion.report.title
    )
    shown = _signs(plain(conversion.body) + title)
    if kept_signs != shown:
        raise AssertionError("signs were lost or invented")


def _signs(text: str) -> list[str]:
    """Visible characters, in the order of their codes: the title has left its place."""
    return sorted(
        c for c in text if not c.isspace() and unicodedata.category(c) not in ("Cc", "Cf", "Zl", "Zp")
    )


def _read(raw: bytes) -> str:
    try:
        report, body = frontmatter.parse(raw.decode("utf-8"))
    except (ZhenggaiError, UnicodeDecodeError):
        return "rejected"
    redaction.redacted(report, body)
    list(privacy.check(Path("x.md"), raw.decode("utf-8"), report))
    return "read"
