"""Characters that hide, or turn the text behind them around, are shown as what they are."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from zhenggai.site import reading
from zhenggai.site.visible import visible

TURNING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""All marks by which Unicode (UAX #9) embeds, overrides or isolates a direction."""
SHOWN = {
    "\0": "␀", "\x07": "␇", "\x08": "␈", "\x0b": "␋", "\x0c": "␌", "\r": "␍", "\x1b": "␛", "\x7f": "␡",
    "\x80": "⟨U+0080⟩", "\x85": "⟨U+0085⟩", "\x9f": "⟨U+009F⟩", "\u2028": "⟨U+2028⟩", "\u2029": "⟨U+2029⟩",
    "\ufffe": "⟨U+FFFE⟩", "\uffff": "⟨U+FFFF⟩", "\U000e0001": "⟨U+E0001⟩", "\U000e007f": "⟨U+E007F⟩",
    **{sign: f"⟨U+{ord(sign):04X}⟩" for sign in TURNING},
}  # fmt: skip


@pytest.mark.parametrize("sign", SHOWN, ids=lambda sign: f"U+{ord(sign):04X}")
def test_a_hidden_character_is_shown(sign: str) -> None:
    assert visible(f"甲{sign}乙") == f"甲{SHOWN[sign]}乙"


def test_all_else_stays() -> None:
    text = "甲\t乙\n丙 a\u3000b\u200b“c”—…😀\u00a0é"
    assert visible(text) == text


def test_they_are_shown_in_every_field_and_in_the_text(
    tmp_path: Path, write_report: Callable[..., Path]
) -> None:
    for number, sign in enumerate(SHOWN):
        if sign != "\r":  # the end of a line, in a file
            write_report(tmp_path, id=f"lanxi-2023-{number:03}", title=f"题{sign}目", body=f"正{sign}文\n")
    found = {read.report.title: read.body for read in reading.read_all(tmp_path)}
    assert found == {f"题{s}目": f"正{s}文\n" for sign, s in SHOWN.items() if sign != "\r"}
