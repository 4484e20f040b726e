"""Notices whose sentences end in `.`: read as if they ended in 。, given back as they were printed.

Some offices type half-width stops, and some programs turn every sign half-width. All rules know
a sentence by its 。, so such a notice is read with that sign in the stop's place, one character for one.
What comes of it has the printed signs again: each stands where it stood.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from zhenggai.ingest.text import Decoded, Line

_STOP = re.compile(r"(?<=[一-鿿”’）)》】])[.．｡](?![.．｡a-zA-Z])|(?<=[%％])[.．｡](?![.．｡0-9a-zA-Z])")
_NUMBER = re.compile(r"\s*[（(【\[]?第?[一二三四五六七八九十]{1,3}[）)】\]]?")
"""An enumerator at the head of a line: its stop ends no sentence."""
_HEAD = 8
"""Characters within which such an enumerator ends."""


def reading(decoded: Decoded) -> Decoded:
    """The file as it is to be read: itself, unless more of its sentences end in `.` than in 。"""
    text = "\n".join(line.raw for line in decoded.lines)
    stops = text.count("。")
    if text.count(".") + text.count("．") + text.count("｡") <= stops or len(_STOP.findall(text)) <= stops:
        return decoded
    return replace(decoded, lines=tuple(_read(line) for line in decoded.lines))


def _read(line: Line) -> Line:
    def stop(match: re.Match[str]) -> str:
        ahead = line.raw[: match.start()]
        return match[0] if len(ahead) <= _HEAD and _NUMBER.fullmatch(ahead) else "。"

    raw = _STOP.sub(stop, line.raw)
    return line if raw == line.raw else replace(line, raw=raw)


def body_as_printed(body: str, title: str, read: str, printed: str) -> str:
    """The body, in which all that was read stands in order but for the title, with its printed stops."""
    words = "".join(title.split())
    at = read.find(words) if "。" in words else -1
    own = range(at, at + len(words)) if at >= 0 else ()
    signs = iter(
        [
            sign
            for n, (sign, was) in enumerate(zip(printed, read, strict=True))
            if was == "。" and n not in own
        ]
    )
    return re.sub("。", lambda _: next(signs), body)


def as_printed(read: str, printed: str) -> Callable[[Any], Any]:
    """What puts the printed stops back into any value whose texts stand in `read`.

    `read` and `printed`: the visible characters of the notice, as read and as printed.
    """

    def back(value: Any) -> Any:
        if isinstance(value, str):
            return _text(value) if "。" in value else value
        if isinstance(value, dict):
            return {key: back(inner) for key, inner in value.items()}
        return [back(inner) for inner in value] if isinstance(value, list | tuple) else value

    def _text(text: str) -> str:
        at = read.find("".join(text.split()))
        if at < 0:
            return text
        signs = iter(sign for sign, was in zip(printed[at:], read[at:], strict=True) if was == "。")
        return re.sub("。", lambda _: next(signs), text)

    return back
