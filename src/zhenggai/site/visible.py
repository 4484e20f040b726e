"""Characters that cannot be seen, or that turn the text behind them around, made visible: `visible`.

Checking stops at them and the converter cuts them, so they come only from a report that
somebody wrote otherwise. A page that drops them would hide that they are there, and one
that passes them on would let a title reorder what stands beside it.
"""

from __future__ import annotations

import re
from typing import Any

from zhenggai.model import Report

_HIDDEN = re.compile(
    "[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069\\ufffe\\uffff\\U000e0000-\\U000e007f]"
)
"""Control characters, marks that turn text around, signs that no text holds, invisible tags."""


def visible(text: str) -> str:
    """`text` with ␀ for a null, ⟨U+202E⟩ for a mark that turns text around, and so on."""
    return _HIDDEN.sub(lambda match: _picture(ord(match[0])), text)


def _picture(code: int) -> str:
    if code < 0x20:
        return chr(0x2400 + code)
    return "␡" if code == 0x7F else f"⟨U+{code:04X}⟩"


def made_visible(report: Report, body: str) -> tuple[Report, str]:
    """The same for all text of a report; anchors in front matter and body stay alike."""
    data = report.model_dump(mode="json")
    shown = _map(data)
    return (report if shown == data else Report.model_validate(shown)), visible(body)


def _map(value: Any) -> Any:
    if isinstance(value, str):
        return visible(value)
    if isinstance(value, list):
        return [_map(part) for part in value]
    if isinstance(value, dict):
        return {_map(key): _map(part) for key, part in value.items()}
    return value


def may_hide(data: bytes, text: str) -> bool:
    """Whether a report may hold such characters: in its file `text`, or in its front matter as JSON,
    where YAML's own escapes are read and a few signs are escaped anew."""
    return b"\\" in data or _HIDDEN.search(text) is not None or _HIDDEN.search(data.decode()) is not None
