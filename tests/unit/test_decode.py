"""Decoding: every encoding a notice may come in, and a refusal that says where and why."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhenggai.ingest.decode import MAX_BYTES, check_size, decode
from zhenggai.ingest.text import RefusedError

TEXT = (
    "云岫县水务局关于巡察整改进展情况的通报\n"
    "根据县委统一部署，2031年3月2日至4月1日，县委第三巡察组进行了巡察。\n"
    "一、关于“河长巡查走过场”问题的整改情况\n"
)
TRADITIONAL = "關於巡察整改進展情況的通報\n根據縣委統一部署，縣委第三巡察組進行了巡察，發現問題五項。\n"


def lines(text: str) -> list[str]:
    return text.split("\n")[:-1]


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("gb18030", "gb18030"),
        ("gbk", "gb18030"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("utf-32", "utf-32"),
    ],
)
def test_encodings(written: str, found: str) -> None:
    decoded = decode(TEXT.encode(written), "a.txt")
    assert decoded.encoding == found
    assert [line.raw for line in decoded.lines] == lines(TEXT)
    assert TEXT.encode(written).decode(decoded.encoding) == TEXT


def test_big_endian_with_mark() -> None:
    decoded = decode(b"\xfe\xff" + TEXT.encode("utf-16-be"), "a.txt")
    assert [line.raw for line in decoded.lines] == lines(TEXT)


@pytest.mark.parametrize("mark", [b"\x84\x31\x95\x33"])
def test_gb18030_mark_is_invisible(mark: bytes) -> None:
    assert decode(mark + TEXT.encode("gb18030"), "a.txt").lines[0].raw.lstrip("\ufeff") == lines(TEXT)[0]


def test_big5_is_read_and_recorded() -> None:
    decoded = decode(TRADITIONAL.encode("big5"), "a.txt")
    assert decoded.encoding == "big5"
    assert [line.raw for line in decoded.lines] == lines(TRADITIONAL)
    rare = TRADITIONAL + "宏碁\n"  # outside plain Big5
    assert decode(rare.encode("cp950"), "a.txt").lines[-1].raw == "宏碁"
    assert decode(TRADITIONAL.encode("gb18030"), "a.txt").encoding == "gb18030"


def test_a_page_of_ascii_before_the_chinese_misleads_nobody() -> None:
    for encoding in ("gb18030", "utf-16-le", "utf-16-be"):
        text = "<div class='x'>\n" * 900 + TEXT
        assert decode(text.encode(encoding), "a.txt").encoding == encoding


def test_short_text() -> None:
    for encoding in ("utf-8", "gb18030", "utf-16"):
        assert decode("通报".encode(encoding), "a.txt").lines[0].raw == "通报"


def test_line_ends() -> None:
    ends = ["\r\n", "\n", "\r", "\u2028", "\u2029", "\x85", "\x0b", "\x0c"]
    text = "".join(f"第{i}行{end}" for i, end in enumerate(ends)) + "完"
    decoded = decode(text.encode(), "a.txt")
    assert [line.raw for line in decoded.lines] == [*(f"第{i}行" for i in range(len(ends))), "完"]
    assert [line.no for line in decoded.lines] == list(range(1, len(ends) + 2))
    assert [line.raw for line in decode("一\n\n二\n".encode(), "a.txt").lines] == ["一", "", "二"]


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b"", "0 字节"),
        (b" \r\n\t\xe2\x80\x8b\n", "没有可见的文字"),
        (b"%PDF-1.7\n...", "PDF"),
        (b"PK\x03\x04....word/document.xml", "Word"),
        (b"PK\x03\x04....xl/workbook.xml", "Excel"),
        (b"PK\x03\x04....", "ZIP"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....", "Word"),
        (b"\x89PNG\r\n\x1a\n....", "PNG"),
        (b"\xff\xd8\xff\xe0....", "JPEG"),
        (b"{\\rtf1\\ansi", "RTF"),
        (bytes(range(256)) * 40, "二进制"),
        (b"\x01\x02\x03\x04" * 100, "二进制"),
        (TEXT.encode().decode("gb18030", "ignore").encode() * 2, "乱码"),
    ],
)
def test_refusals_say_what_it_is(raw: bytes, says: str) -> None:
    with pytest.raises(RefusedError) as caught:
        decode(raw, "坏 文件.txt")
    assert says in caught.value.message
    assert caught.value.path == "坏 文件.txt"
    assert caught.value.remedy


@pytest.mark.parametrize(
    ("raw", "position"),
    [
        (TEXT.encode()[:58] + b"\xff" + TEXT.encode()[58:], 58),
        (TEXT.encode()[:-3], len(TEXT.encode()) - 4),
        (TEXT.encode("gb18030")[:39] + b"\xff\xff" + TEXT.encode("gb18030")[39:], 39),
        (TEXT.encode("utf-16")[:-1], len(TEXT.encode("utf-16")) - 2),
        ("Ünïcode façade très élevé, déjà vu".encode("latin-1"), 0),
    ],
    ids=["utf-8", "utf-8 cut off", "gb18030", "utf-16 cut off", "latin"],
)
def test_refusals_name_the_byte(raw: bytes, position: int) -> None:
    with pytest.raises(RefusedError, match=f"第 {position} 字节"):
        decode(raw, "a.txt")


def test_sizes(tmp_path: Path) -> None:
    path = tmp_path / "大 文件.txt"
    with path.open("wb") as file:
        file.truncate(50 * 1024 * 1024)
    with pytest.raises(RefusedError, match=r"50\.0 MB"):
        check_size(path)
    path.write_bytes(b"a" * MAX_BYTES)
    check_size(path)
    with pytest.raises(RefusedError, match="超过 200000 个") as caught:
        decode(("标题\n" + "长" * 200_001).encode(), "a.txt")
    assert caught.value.line == 2
    assert decode(("长" * 200_000).encode(), "a.txt").lines[0].no == 1


@given(st.binary(max_size=200))
def test_bytes_are_read_or_refused(raw: bytes) -> None:
    try:
        decoded = decode(raw, "a.txt")
    except RefusedError:
        return
    assert raw.decode(decoded.encoding).startswith(decoded.lines[0].raw)


@given(
    st.lists(
        st.text(
            st.characters(codec="utf-8", exclude_characters="\n\r\x0b\x0c\x85\u2028\u2029\x00"), max_size=20
        )
    )
)
def test_utf8_round_trip(parts: list[str]) -> None:
    text = "\n".join(["通报", *parts, "完"])
    if any(c < " " or "\x7f" <= c < "\xa0" for c in "".join(parts)):
        return
    assert [line.raw for line in decode(text.encode(), "a.txt").lines] == ["通报", *parts, "完"]
