"""What a copy picks up on its way: text of sites that sell documents, of web pages, and an editor's encoding."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.draws import Draws
from benchmarks.speech import Speech

_SHOPS = (
    "青檐文汇",
    "砚边公文网",
    "竹简材料库",
    "墨渡范文社",
    "笔架山文库",
    "简斋公文坊",
    "素笺写作网",
    "朱批材料汇",
)
_ENCODINGS = (("utf-8", 0.86), ("gb18030", 0.92), ("utf-8-sig", 0.97), ("utf-16", 1.0))
"""Encoding, and up to which share it is chosen."""


def dirty(speech: Speech, lines: Sequence[str]) -> list[str]:
    """The lines with vendor text ahead, behind, in between and, one time in four, a marker glued to a line."""
    draws = speech.draws
    speech.given |= {
        "shop": draws.one(_SHOPS),
        "code": f"{draws.one('bcdk')}{draws.one('wxyz')}{draws.between(2018, 2026)}",
        "group_number": f"0{draws.between(100000, 999999)}",
    }
    body = list(lines)
    if draws.chance(0.25):
        at = draws.between(len(body) // 2, len(body) - 4)
        body[at] = speech.pick("dirt.markers") + body[at]
    if draws.chance(0.5):
        body.insert(draws.between(5, len(body) - 3), speech.pick("dirt.between"))
    ahead = [speech.pick("dirt.head") for _ in range(draws.between(1, 3))]
    behind = [speech.pick("dirt.tail") for _ in range(draws.between(0, 3))]
    return [*ahead, *[""] * draws.between(0, 3), *body, *[""] * draws.between(0, 9), *behind]


def encoded(draws: Draws, lines: Sequence[str]) -> bytes:
    """The file's bytes."""
    share = draws.share()
    encoding = next(name for name, most in _ENCODINGS if share < most)
    text = ("\r\n" if draws.chance(0.15) else "\n").join(lines)
    if encoding == "utf-16":  # the same on every machine: little endian with its mark
        return b"\xff\xfe" + text.encode("utf-16-le")
    return text.encode(encoding)
