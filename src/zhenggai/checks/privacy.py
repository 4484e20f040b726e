"""What must not go out: secrecy marks and identity numbers. First part of the privacy gate.

A person may let a finding pass by an entry in the report's front matter:
`allow: [{code: ID-NUMBER, reason: 示例号码，非真实身份证}]`. Without a reason it does not count.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from zhenggai.checks.finding import Finding
from zhenggai.model import Report

# A mark stands alone on its line, or after 密级; the same words within a sentence are ordinary text.
_KEEP = r"(?:注意保存|妥善保管|不得外传|请勿外传|严禁外传|禁止外传)"
_MARK = re.compile(
    r"(?:(?:文件)?密级|秘密等级)?:?(?:绝密|机密|秘密)(?:★.*|\(?\d+年\)?|\(.{1,6}\))?(?:保密期限.*)?"
    r"|(?:(?:文件)?密级|秘密等级):?内部"
    rf"|(?:党内|内部)(?:资料|文件|材料|刊物|传阅|参阅)(?:[,;、。!]?{_KEEP})*[。!]?"
    rf"|{_KEEP}[。!]?"
    r"|(?:此|本)件不(?:予)?公开[。!]?"
)
_DECORATION = re.compile(r"[\s\\*_#>~`|【】\[\]〔〕「」《》“”\"'-]|<[^<>]*>|&#?\w+;")
_BRACKETED = re.compile(r"[（(](.+)[）)]")
_ID_NUMBER = re.compile(r"(?<![0-9A-Za-z])\d{6}[ -]?\d{8}[ -]?\d{3}[\dXx](?![0-9A-Za-z])")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def check(path: Path, text: str, report: Report) -> Iterator[Finding]:
    """Findings in the file `text` (front matter and body) that `report.allow` does not let pass."""
    allowed = {entry.get("code") for entry in report.allow if str(entry.get("reason") or "").strip()}
    for no, line in enumerate(text.splitlines(), 1):
        if "SECRECY-MARK" not in allowed and (mark := secrecy_mark(line)):
            yield Finding(
                path, no, "SECRECY-MARK", f"有密级或内部标记“{mark}”，不得发布",
                "请负责人核实：不应公开的，删去本报告；标记有误的，在 allow 里写明理由",
            )  # fmt: skip
        if "ID-NUMBER" not in allowed:
            for number in id_numbers(line):
                yield Finding(
                    path, no, "ID-NUMBER", f"像是身份证号（{number[:2]}…{number[-1]}，共 18 位）",
                    "遮盖后再发布；确认不是身份证号的，在 allow 里写明理由",
                )  # fmt: skip


def secrecy_mark(line: str) -> str | None:
    """The mark that `line` consists of, if it is one: 秘密★1年, 机密, 内部资料 注意保存 …"""
    bare = _DECORATION.sub("", unicodedata.normalize("NFKC", line))
    if inside := _BRACKETED.fullmatch(bare):
        bare = inside[1]
    return bare if 0 < len(bare) <= 40 and _MARK.fullmatch(bare) else None


def id_numbers(line: str) -> list[str]:
    """Identity numbers (GB 11643) in `line`: 18 characters, a possible birthday, the right check digit."""
    found = []
    for match in _ID_NUMBER.finditer(unicodedata.normalize("NFKC", line)):
        number = re.sub(r"[ -]", "", match[0]).upper()
        total = sum(int(digit) * weight for digit, weight in zip(number[:17], _WEIGHTS, strict=True))
        if "10X98765432"[total % 11] == number[17] and _birthday(number[6:14]):
            found.append(number)
    return found


def _birthday(digits: str) -> bool:
    try:
        born = datetime.date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return born.year >= 1850
