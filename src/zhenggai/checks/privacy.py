"""The privacy gate: secrecy marks, numbers and names of private persons, in what would be published.

What `redact` hides is not published and so not found. A person may let findings pass
by an entry in the report's front matter, which without a reason does not count:

    allow:
    - {code: MOBILE, words: '154…', reason: 值班手机，单位同意公开}

Without `words` it lets all of that kind pass. Messages hint at what was found and never print the whole.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from zhenggai import redaction, secrecy
from zhenggai.checks.finding import Finding
from zhenggai.checks.privacy_rules import PrivacyRule, compiled
from zhenggai.model import Report

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_UNPUBLISHED = re.compile(
    r"^[ -]*(?:id|unit_id|sha256|url|message|anchor): .*$|\\(?=[\\`*_{}\[\]()#!+.-])", re.M
)
"""Lines of the front matter that are addresses, or are never published; and Markdown's own signs."""


@dataclass(frozen=True, slots=True)
class Found:
    """Private words in a text."""

    rule: PrivacyRule
    start: int
    words: str


def check(path: Path, text: str, report: Report) -> Iterator[Finding]:
    """Findings in the file `text` (front matter and body) that `report` neither hides nor allows."""
    for words in redaction.unfound(_without_own(text), report.redact):
        yield Finding(
            path, _line_of(text, "redact:"), "REDACT-NOTHING",
            f"redact 里的“{words[:1]}…”（{len(words)} 字）在头部和正文里都找不到，什么也没有隐去",
            "照原文改正这一项；不需要了就删去",
        )  # fmt: skip
    shown = redaction.covered_text(text, report.redact)
    marks = [*secrecy.secrecy_marks(shown)] or _seen_by_the_converter(text, report)
    for no, mark in marks:
        if not _allows(report, "SECRECY-MARK", mark):
            yield Finding(
                path, no, "SECRECY-MARK", f"有密级或内部标记“{mark}”，不得发布",
                "请负责人核实：不应公开的，删去本报告；标记有误的，在头部 allow 里写明理由",
            )  # fmt: skip
    public = _contacts(report)
    whole = unicodedata.normalize("NFKC", shown)
    plain = _UNPUBLISHED.sub("", whole)
    for found in find(plain):
        rule = found.rule
        if _allows(report, rule.code, found.words) or (rule.contact and _is_public(found.words, public)):
            continue
        yield Finding(
            path, plain.count("\n", 0, found.start) + 1, rule.code,
            f"像是{rule.name}（{hint(rule, found.words)}）",
            "隐去：在头部 redact 里照原文写出这几个字；确认可以公开的，在 allow 里写明 code 和 reason",
        )  # fmt: skip


def find(text: str) -> Iterator[Found]:
    """What the rules find in `text` (NFKC), in their order, then from top to bottom."""
    for rule, needs, pattern, spared in compiled():
        if not needs.search(text):
            continue
        for match in pattern.finditer(text):
            what = next((g for g in match.groupdict() if match[g] is not None), None)
            words = match[what] if what else match[0]
            if not spared.fullmatch(words) and _proven(rule, words):
                yield Found(rule, match.start(what) if what else match.start(), words)


def hint(rule: PrivacyRule, words: str) -> str:
    """Enough to find the words in the text, too little to know them."""
    bare = re.sub(r"[\s·•.-]", "", words)
    if rule.shown == "number":
        return f"{bare[:2]}…{bare[-1]}，共 {len(bare)} 位"
    return f"{bare[0]}某" if rule.shown == "name" else f"{bare[:3]}…，共 {len(bare)} 字"


def _seen_by_the_converter(text: str, report: Report) -> list[tuple[int, str]]:
    """Marks of the .txt that are not in the report any more as lines of their own."""
    at = _line_of(text, "review:")
    return [(at, f".txt 第 {r.line} 行") for r in report.review if r.code == secrecy.REVIEW]


def _without_own(text: str) -> str:
    """The file without the list of words to hide, and the list of those that are allowed."""
    return re.sub(r"^(?:redact|allow):.*\n(?:[ -].*\n)*", "", text, flags=re.M)


def _line_of(text: str, start: str) -> int:
    at = text.find(f"\n{start}")
    return text.count("\n", 0, at) + 2 if at >= 0 else 1


def _allows(report: Report, code: str, words: str) -> bool:
    """Whether a person let this pass, with a reason."""
    return any(
        entry.get("code") == code
        and str(entry.get("reason") or "").strip()
        and (not entry.get("words") or _same(str(entry["words"]), words))
        for entry in report.allow
    )


def _same(allowed: str, words: str) -> bool:
    return _bare(words) in _bare(allowed) or _bare(allowed) in _bare(words)


def _bare(words: str) -> str:
    return re.sub(r"[\s·•.-]", "", unicodedata.normalize("NFKC", words)).upper()


def _contacts(report: Report) -> str:
    """What the notice prints among its contacts."""
    contacts = report.contacts
    if contacts is None:
        return ""
    values = (*(phone.value for phone in contacts.phones), *contacts.emails, contacts.fax, contacts.address)
    return "\n".join(_bare(value) for value in values if value)


def _is_public(words: str, public: str) -> bool:
    return _bare(words) in public


def _proven(rule: PrivacyRule, words: str) -> bool:
    digits = re.sub(r"[\s-]", "", words).upper()
    if rule.proof == "identity":
        return digits[17] == identity_check(digits[:17]) and _birthday(digits[6:14])
    return rule.proof != "card" or card_check(digits[:-1]) == digits[-1]


def identity_check(first: str) -> str:
    """The check character (GB 11643) of an identity number's first 17 digits."""
    return "10X98765432"[sum(int(d) * weight for d, weight in zip(first, _WEIGHTS, strict=True)) % 11]


def card_check(first: str) -> str:
    """The check digit (Luhn) of a card number's other digits."""
    doubled = (int(d) * 2 if place % 2 == 0 else int(d) for place, d in enumerate(reversed(first)))
    return str(-sum(d - 9 if d > 9 else d for d in doubled) % 10)


def _birthday(digits: str) -> bool:
    try:
        born = datetime.date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return born.year >= 1850
