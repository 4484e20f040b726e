"""The labels of contact lines, and whether a value of their kind follows.

Texts are folded (`contact_values.fold_width`): offsets are those of the print.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from zhenggai.ingest import contact_values as values
from zhenggai.rulebook import contact_rules

_PLACE = re.compile(
    r"[省市县区旗镇乡村路街巷号院楼室厦座栋幢层局]|委(?!托)|办(?![理结法事件好])|信箱|大道|社区|中心|学校|XX|\*\*"
)
_PLACE_NEXT = re.compile(rf"\s*[^;。\n]{{0,60}}?(?:{_PLACE.pattern})")
_MAIL_MASK = re.compile(r"\s*[xX*×○某]{1,20}\s*(?:[,;，；。]|$)")
_AFTER = re.compile(
    r"[至到往]?(?:(?:举报|反映|监督|投诉|受理|咨询)(?=\s{0,3}[:|]))?"  # 来电反映：
    r"(?:\s{0,3}[(](?!\s{0,2}(?:0\d{2,3}|[0xX*×○]{2,4})\s{0,2}[)])(?P<note>[^()\n]{0,40})[)])?"
    r"(?P<sep>[ \t]{0,4}(?:[】\]]?:|[|/】\]]|是|为|\n|\t)[ \t|]{0,4}|)"
)
_JOINED = re.compile(r"[ \t]{0,2}[/、和及与兼][ \t]{0,2}")
_IN_BRACKETS = re.compile(
    r"[至到往]?\s{0,2}\((?=[^()]{0,60}(?:\d{7}|\d{3,4}-\d{4}|[@#]|[路街巷道村].{0,12}\d号|信箱)[^()]{0,60}\))"
)
"""Behind a label: the value itself in brackets, 来电（0999-…）, not a remark."""
_SEPARATORS = ":|/】]是为\n\t"
_HOTLINE = re.compile(r"(?:1[0-2]|9[56])\d{3,4}(?!\d)")
_NUMBER_NEXT = re.compile(r"[^\w(]{0,3}[(+\dXx*×○某]|\s{0,4}[\w()]{0,10}\s{0,4}[\d(]{3}")


class Label(NamedTuple):
    """A label that opens a value."""

    start: int
    end: int
    """After its colon."""
    printed: str
    """Without white space; empty for verbs (拨打), which name no line."""
    kind: str
    """The field in rules/contacts.yaml."""
    note: str
    """The remark in brackets behind it."""
    sep: str
    """`:` `|` `/` `】` `(` 是 为, a tab or line end, or nothing; `/` also where a second label shares the value."""


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], dict[str, str], frozenset[str]]:
    """Words; openings before a word, read backwards from it; field by word; verbs."""
    rules = contact_rules()
    fields: dict[str, str] = {}
    for row in rules.labels:
        fields |= dict.fromkeys((re.sub(r"\s", "", word) for word in row.words), row.field)

    def spaced(words: Sequence[str]) -> str:
        ordered = sorted(set(words), key=len, reverse=True)
        return "|".join(r"[^\S\n]{0,4}".join(re.escape(c) for c in word) for word in ordered)

    words = re.compile(spaced(list(fields)))
    backward = spaced([word[::-1] for word in rules.openings])
    before = re.compile(rf"(?:[与和及、/]?[^\S\n]{{0,4}}(?:{backward})){{1,5}}")
    return words, before, fields, frozenset(rules.verbs)


def find_labels(folded: str) -> list[Label]:
    """The labels of a text, in order. A word that opens nothing (电话回访30人次) is none."""
    words, before, fields, verbs = _patterns()
    found: list[Label] = []
    at = done = 0
    while match := words.search(folded, at):
        word = re.sub(r"\s", "", match[0])
        at = match.end()
        behind = _AFTER.match(folded, at)
        if behind is None or (not behind[0] and words.match(folded, at)):
            continue  # 来访地址: the second word is the label
        opening = before.match(folded[max(done, match.start() - 24) : match.start()][::-1])
        start = match.start() - (opening.end() if opening else 0)
        end, sep = behind.end(), next((c for c in _SEPARATORS if c in behind["sep"]), "")
        if bracket := _IN_BRACKETS.match(folded, at):
            end, sep = bracket.end(), "("
        elif not sep and (second := _shares(folded, at, words, before)):
            end, sep = second, "/"  # 电话、传真：one value for both
        label = Label(
            start, end, "" if word in verbs else re.sub(r"\s", "", folded[start:at]), fields[word],
            "" if sep == "(" else behind["note"] or "", sep,
        )  # fmt: skip
        if _opens_value(label, word in verbs or behind[0][:1] in ("至", "到", "往"), folded):
            found.append(label)
            at = done = end
    return found


def _shares(folded: str, at: int, words: re.Pattern[str], before: re.Pattern[str]) -> int:
    """Where a second label begins that is joined to the first and ends with a colon; 0 when none does."""
    joined = _JOINED.match(folded, at)
    if joined is None:
        return 0
    second = words.search(folded, joined.end(), joined.end() + 12)
    if second is None or not re.match(r"\s{0,3}:", folded[second.end() : second.end() + 4]):
        return 0
    between = folded[joined.end() : second.start()]
    return joined.end() if not between or before.fullmatch(between[::-1]) else 0


def _opens_value(label: Label, verb: bool, folded: str) -> bool:
    before = folded[label.start - 1 : label.start]
    after = folded[label.end : label.end + 40]
    if label.kind in ("end", "other"):
        return label.sep in (":", "】") or (label.kind == "other" and after[:1].isascii())
    if label.sep in ("|", "\n", "\t", "】", "]") and before.isalnum():
        return False  # the end of a value (…A036号邮政信箱 |), not a label
    if label.sep:
        return True
    if label.kind in ("phone", "fax"):
        return _NUMBER_NEXT.match(after) is not None
    if label.kind == "postcode":
        return re.match(r"[\s“\"]*[\dXx*]", after) is not None
    if label.kind in ("address", "hours", "any"):
        if before.isalnum() and not verb:
            return False
        if label.kind == "address":
            return _PLACE.search(after[:24]) is not None
        return re.match(r"\s*[\d(]|\s+(?:工作日|周|每|上午|全天|法定)", after) is not None
    return True


def has_value(label: Label, folded: str, stop: int) -> bool:
    """Whether something that its field can hold stands between the label and `stop`."""
    part = folded[label.end : stop]
    if label.kind in ("phone", "fax", "any"):
        number = values.phones(part[:48])
        if number and number[0].start <= 24 and "。" not in part[: number[0].start]:
            return True
    if label.kind in ("email", "any") and (
        values.emails(part[:80]) or values.broken_email(part[:60]) or _MAIL_MASK.match(part)
    ):
        return True
    if label.kind in ("address", "any"):
        return _PLACE_NEXT.match(part) is not None
    if label.kind == "hours":
        return values.is_hours(part[:60])
    return label.kind == "postcode" and values.postcode(part) is not None


def is_empty(label: Label, folded: str, stop: int) -> bool:
    """Whether the copier took the value: 电话：；邮箱：（略）"""
    return label.sep in (":", "|", "】") and values.is_blank(folded[label.end : stop])


def is_hotline(label: Label, folded: str, stop: int) -> bool:
    """Whether nothing but hotlines (12388) follow, which no unit has for itself."""
    if label.kind != "phone" or not _HOTLINE.search(folded, label.end, stop):
        return False
    return all(one.kind == "short" for one in values.phones(folded[label.end : stop]))
