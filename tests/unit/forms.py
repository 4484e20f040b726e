"""Whole notices made around one paragraph of `data/*.yaml`, and what the converter takes from them."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from zhenggai.ingest.convert import convert
from zhenggai.model import Report

DATA = Path(__file__).parent / "data"
TITLE = "云岫县水务局党组关于巡察整改进展情况的通报"
SIGNED = ["中共云岫县水务局党组", "2031年7月1日"]
BODY = [
    "一、整改工作组织情况",
    "局党组召开会议研究部署，压实责任链条，逐条对照检视，确保条条有着落、件件有回音。",
    "二、具体问题整改情况",
    "（一）巡查走过场",
    "整改情况：" + "修订巡查办法并组织培训，明确专人负责。" * 6,
    "（二）拨付不及时",
    "整改情况：" + "建立按月通报制度，由分管领导签字确认。" * 6,
    "（三）学习不经常",
    "整改情况：" + "每月集中学习一次，记录完整并归档备查。" * 6,
    "三、下一步打算",
    "坚持标准不降、力度不减，把整改成果转化为推动工作的实效。",
]
PLAIN = "根据县委统一部署，县委第三巡察组于2030年9月3日至10月31日对县水务局党组开展了常规巡察，现将整改情况通报如下。"
COLUMNS = 52
"""Columns of a line in a notice that was wrapped like a printed page; Han take two."""


@cache
def cases(name: str) -> list[dict[str, Any]]:
    """The cases of `data/NAME.yaml`."""
    loaded: list[dict[str, Any]] = yaml.safe_load((DATA / f"{name}.yaml").read_text(encoding="utf-8"))
    return loaded


def notice(case: dict[str, Any]) -> str:
    """The text of a notice that holds the case's paragraphs in their places."""

    def lines(key: str) -> list[str]:
        value = case.get(key, [])
        return value.splitlines() if isinstance(value, str) else list(value)

    title = lines("title") or [TITLE]
    lead = lines("lead") or [PLAIN + case.get("in_lead", "")]
    signed = case.get("sign", SIGNED)
    inner = [*lead, *BODY, *lines("tail")]
    if case.get("wrapped"):
        inner = [row for line in inner for row in _wrapped(line)]
    parts = [lines("head"), title, inner, signed, lines("after"), lines("foot")]
    return "\n".join(line for part in parts for line in part) + "\n"


def _wrapped(line: str) -> list[str]:
    """A paragraph in lines of one width, its first one indented."""
    rows, used = [""], 0
    for sign in f"　　{line}":
        used += len(sign.encode("gbk"))
        if used > COLUMNS:
            rows.append("")
            used = len(sign.encode("gbk"))
        rows[-1] += sign
    return rows


def read(case: dict[str, Any]) -> Report:
    """The report of the case's notice."""
    return convert(notice(case).encode(), "notice.txt").report
