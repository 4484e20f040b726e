"""From bytes to lines: the encoding is found, recorded, and never guessed past a fault.

Order of trial: byte order mark, NUL pattern (UTF-16 without one), strict UTF-8,
then the two-byte encodings, weighed by how many of their characters are common
ones. What no encoding explains is refused with the position of its first faulty
byte: a replaced character would be an invented one.
"""

from __future__ import annotations

import codecs
import hashlib
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from charset_normalizer import from_bytes

from zhenggai.ingest.text import Decoded, Line, RefusedError

MAX_BYTES = 8 * 1024 * 1024
MAX_LINE = 200_000
SAMPLE = 2_400
"""Bytes on which encodings are weighed; enough to tell them apart, even after a page of ASCII."""
CERTAIN = 0.85
"""Share of common characters that no wrong reading reaches."""
PLAUSIBLE = 0.55
"""Share of common characters under which a reading is no Chinese text; true readings reach 0.9."""

_ENDS = ("\r\n", "\n", "\r", "\u2028", "\u2029", "\x85", "\x0b", "\x0c")
"""Ends of lines; vertical tab and form feed are Word's soft line and page breaks in a .txt export."""
LINE_END = re.compile("|".join(_ENDS))

_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"\x84\x31\x95\x33", "gb18030"),
)

_MAGIC = (
    (b"%PDF", "PDF 文件"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "旧版 Word/Excel/WPS 文件"),
    (b"{\\rtf", "RTF 写字板文件"),
    (b"\x89PNG\r\n\x1a\n", "PNG 图片"),
    (b"\xff\xd8\xff", "JPEG 图片"),
    (b"GIF87a", "GIF 图片"),
    (b"GIF89a", "GIF 图片"),
    (b"RIFF", "图片或音像文件"),
    (b"II*\0", "TIFF 图片"),
    (b"MM\0*", "TIFF 图片"),
    (b"Rar!\x1a\x07", "RAR 压缩包"),
    (b"7z\xbc\xaf\x27\x1c", "7z 压缩包"),
    (b"\x1f\x8b\x08", "gzip 压缩包"),
    (b"SQLite format 3\0", "SQLite 数据库"),
    (b"\x7fELF", "程序"),
    (b"CAJ\0", "CAJ 文件"),
)
_ZIP_KINDS = (
    (b"word/", "Word 文件（docx）"),
    (b"xl/", "Excel 文件（xlsx）"),
    (b"ppt/", "PowerPoint 文件（pptx）"),
    (b"OFD.xml", "OFD 版式文件"),
    (b"opendocument.text", "ODT 文档"),
)
_SAVE_AS_TEXT = "请用原来的软件打开，另存为“纯文本 .txt”（编码选 UTF-8）后再转换"
_SAVE_AS_UTF8 = "请在能正常显示它的软件里打开，另存为 UTF-8 编码的 .txt 后再转换"
_VISIBLE = re.compile(r"[^\s\x00-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
_NOT_ASCII = re.compile(rb"[\x80-\xff]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f]")


def check_size(path: Path) -> None:
    """Refuse a file that is too large to be a notice before it is read. Raises RefusedError."""
    size = path.stat().st_size
    if size > MAX_BYTES:
        raise RefusedError(
            f"文件有 {size / 1024 / 1024:.1f} MB，超过 {MAX_BYTES // 1024 // 1024} MB，不像一篇通报",
            path=path.name,
            remedy="请只保留通报正文，每篇存为一个 .txt",
        )


def decode(raw: bytes, file: str) -> Decoded:
    """Read `raw` as text. `raw.decode(result.encoding)` gives the same characters.

    Raises RefusedError for empty and binary input, for bytes that no Chinese
    encoding explains (with their position), and for lines past 200,000 characters.
    """
    if not raw:
        raise RefusedError("文件是空的（0 字节）", path=file, remedy="请重新复制通报全文后保存")
    if kind := _binary_kind(raw):
        raise RefusedError(f"这是{kind}，不是文本", path=file, remedy=_SAVE_AS_TEXT)
    encoding, text = _read(raw, file)
    if text.count("锛") + text.count("銆") > 3:  # what the marks ，。 of UTF-8 become when read as GBK
        raise RefusedError(
            "全文是乱码：UTF-8 的文字被当成 GBK 存过一次", path=file, remedy="请回到原网页或原文件重新复制"
        )
    controls = len(_CONTROL.findall(text, 0, SAMPLE * 4))
    if controls > max(8, min(len(text), SAMPLE * 4) // 20):
        at = _CONTROL.search(text)
        where = len(text[: at.start()].encode(encoding, "surrogatepass")) if at else 0
        raise RefusedError(
            f"这是二进制文件，不是文本（第 {where} 字节起是控制字符）", path=file, remedy=_SAVE_AS_TEXT
        )
    if not _VISIBLE.search(text):
        raise RefusedError("文件里没有可见的文字", path=file, remedy="请重新复制通报全文后保存")
    return Decoded(file, hashlib.sha256(raw).hexdigest(), encoding, tuple(_lines(text, file)))


def _lines(text: str, file: str) -> Iterator[Line]:
    for end in _ENDS:  # and split at one: four times as fast as by the pattern
        text = text.replace(end, "\n")
    parts = text.split("\n")
    if parts and not parts[-1]:
        parts.pop()  # the end of the last line opens no new one
    for no, part in enumerate(parts, 1):
        if len(part) > MAX_LINE:
            raise RefusedError(
                f"这一行有 {len(part)} 个字符，超过 {MAX_LINE} 个，不像通报",
                path=file,
                line=no,
                remedy="请检查是否混入了网页代码或图片数据，删去后再转换",
            )
        yield Line(no, part)


def _binary_kind(raw: bytes) -> str | None:
    if raw.startswith(b"PK\x03\x04"):
        head = raw[:200_000] + raw[-20_000:]
        return next((name for mark, name in _ZIP_KINDS if mark in head), "ZIP 压缩包")
    if raw.startswith(b"MZ") and b"\0" in raw[:512] and b"PE\0\0" in raw[:1024]:
        return "程序（exe）"
    return next((name for mark, name in _MAGIC if raw.startswith(mark)), None)


def _read(raw: bytes, file: str) -> tuple[str, str]:
    for bom, encoding in _BOMS:
        if raw.startswith(bom):
            return encoding, _strict(raw, encoding, file)
    if b"\0" in raw:
        return _read_with_nuls(raw, file)
    try:
        return "utf-8", raw.decode("utf-8")
    except UnicodeDecodeError as error:
        broken_utf8 = error
    if _weight(raw, "gb18030") >= CERTAIN:
        return "gb18030", _strict(raw, "gb18030", file)
    weights = {name: _weight(raw, name) for name in ("gb18030", "big5", "utf-16-le", "utf-16-be", "utf-8")}
    best = max(weights, key=lambda name: weights[name])
    if weights[best] >= PLAUSIBLE:
        if best == "big5":  # a few characters outside plain Big5: the larger tables may know them
            for name in ("big5", "big5hkscs", "cp950"):
                try:
                    return name, raw.decode(name)
                except UnicodeDecodeError:
                    continue
        return best, _strict(raw, best, file)
    guess = from_bytes(_sample(raw)).best()  # the last resort: an encoding nobody expected
    if guess is not None and guess.encoding not in weights:
        try:
            text = raw.decode(guess.encoding)
        except (UnicodeDecodeError, LookupError):
            text = ""
        if text and _share_common(text) >= PLAUSIBLE:
            return guess.encoding, text
    raise RefusedError(
        f"认不出编码：第 {broken_utf8.start} 字节（0x{raw[broken_utf8.start]:02X}）起不是 UTF-8，"
        "按 GB18030、UTF-16、Big5 读也不成中文",
        path=file,
        remedy=_SAVE_AS_UTF8,
    )


def _read_with_nuls(raw: bytes, file: str) -> tuple[str, str]:
    """NULs: UTF-16 (or UTF-32) without a mark, a text with stray NULs, or a binary file."""
    names = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be", "utf-8", "gb18030")
    for name in names[:2]:
        if _weight(raw, name) >= CERTAIN:
            return name, _strict(raw, name, file)
    weights = {name: _weight(raw, name) for name in names}
    best = max(names, key=lambda name: weights[name])
    if weights[best] < PLAUSIBLE:
        raise RefusedError(
            f"这是二进制文件，不是文本（第 {raw.index(0)} 字节是 NUL）", path=file, remedy=_SAVE_AS_TEXT
        )
    return best, _strict(raw, best, file)


def _strict(raw: bytes, encoding: str, file: str) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        shown = encoding.upper().replace("-SIG", "")
        at = min(error.start, len(raw) - 1)
        line = 1 + len(LINE_END.findall(raw[: error.start].decode(encoding, "ignore")))
        raise RefusedError(
            f"第 {error.start} 字节（0x{raw[at]:02X}）不是正确的 {shown} 编码，文件可能损坏或被截断",
            path=file,
            line=line,
            remedy=_SAVE_AS_UTF8,
        ) from None


def _weight(raw: bytes, encoding: str) -> float:
    """How plausible the file is in `encoding`, 0 to 1; faults weigh as wrong characters."""
    text = _sample(raw).decode(encoding, "replace")
    return _share_common(text, encoding.startswith("big5"))


def _sample(raw: bytes) -> bytes:
    """The first bytes from where the Chinese begins (an even offset, for UTF-16)."""
    first = _NOT_ASCII.search(raw)
    start = max(0, (first.start() if first else 0) - 64) & ~3
    return raw[start : start + SAMPLE]


def _share_common(text: str, traditional: bool = False) -> float:
    """Share of common Chinese characters and marks among those that are not plain ASCII."""
    common = _common_traditional() if traditional else _common()
    wide = [c for c in text if c > "\x7f" or c < "\t"]
    if not wide:
        return 1.0 if text.strip() else 0.0
    if wide[-1] == "\ufffd" and len(wide) > 1:
        wide.pop()  # the sample may end within a character
    return len([c for c in wide if c in common]) / len(wide)


_MARKS = "　、。·—…‘’“”〔〕〈〉《》「」『』【】±×÷℃○●★※→①②③④⑤⑥⑦⑧⑨⑩（），：；！？％．－～\u00a0\u200b\ufeff"


@cache
def _common() -> frozenset[str]:
    """The 3,755 most used simplified characters (GB 2312, first level) and usual marks."""
    rows, cells = range(0xB0, 0xD8), range(0xA1, 0xFF)
    han = (bytes((row, cell)).decode("gb2312", "ignore") for row in rows for cell in cells)
    return frozenset(han) | frozenset(_MARKS) - {""}


@cache
def _common_traditional() -> frozenset[str]:
    """The 5,401 most used traditional characters (Big5, first level) and usual marks."""
    cells = (*range(0x40, 0x7F), *range(0xA1, 0xFF))
    han = (bytes((row, cell)).decode("big5", "ignore") for row in range(0xA4, 0xC7) for cell in cells)
    return frozenset(han) | frozenset(_MARKS) - {""}
