"""Which lines of a notice hold contacts, and where each label in them stands.

A line counts when it invites readers to write or ring and carries a label, or
when it opens with a label near such a line or in the last part of the text.
Hotlines and numbers in the measures of the notice are work, not contacts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from zhenggai.ingest import contact_values as values
from zhenggai.ingest.text import Line
from zhenggai.rulebook import contact_rules

LATE = 0.6
"""Share of the text after which a labelled line needs no invitation before it."""
NEAR = 4
"""Lines with text between which contact lines belong together."""

_NUMBERED = re.compile(
    r"^\s*(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]|[一二三四五六七八九十]是|第[一二三四五六七八九十]+|[①-⑳])"
)
_OPENS = re.compile(r"^[\s|｜·•●◆■▪☎📞*◎※►-]*(?:[（(]?[\d一二三四五六七八九十]{1,2}[）)、.．]\s*)?$")
_PLACE = re.compile(r"[省市县区镇乡村路街巷号院楼室厦座栋幢层局委办]|信箱|大道|社区|中心|学校|XX|\*\*")
_QUICK = re.compile(r"[电邮☎@＠]|热\s{0,4}线|信箱|联系|地\s{0,4}址|手\s{0,4}机|传\s{0,4}真|[TtＴ][EeＥ][LlＬ]|时间|寄|来信")
_WORK = re.compile(r"设立|开通|公布了|公开了|张贴|设置|拨打12|建立|开展|组织|通过")
_VERBS = ("寄至", "寄往", "寄到", "寄送至", "邮寄至", "送至", "请寄")
_FURNITURE = frozenset({"site-owner", "copyright", "accessibility"})


@cache
def labels() -> tuple[re.Pattern[str], dict[str, str]]:
    """The pattern of all labels, and the field of each word."""
    rules = contact_rules()
    fields: dict[str, str] = {}
    for row in rules.labels:
        fields |= dict.fromkeys((re.sub(r"\s", "", word) for word in row.words), row.field)

    def spaced(words: list[str]) -> str:
        ordered = sorted(set(words), key=len, reverse=True)
        return "|".join(r"\s{0,4}".join(re.escape(c) for c in word) for word in ordered)

    opening = spaced(list(rules.openings))
    word = spaced(list(fields))
    return re.compile(
        rf"(?P<label>(?:(?:{opening})\s{{0,4}}){{0,4}}?(?P<word>{word}))"
        r"(?:\s{0,3}[(](?!\s{0,2}0\d{2,3}\s{0,2}[)])(?P<note>[^()\n]{0,40})[)])?"
        r"(?P<sep>[ \t]{0,4}(?:[:|/]|是|为|\n|\t)[ \t|]{0,4}|)"
    ), fields


@cache
def invitation() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{p})" for p in contact_rules().invitations))


def blocks(lines: Sequence[Line]) -> Iterator[list[tuple[int, str]]]:
    """Runs of lines that hold contacts: [(line number, text)], text from where the contacts begin."""
    shown = [line for line in lines if line.text.strip()]
    total = sum(len(line.text) for line in shown) or 1
    furniture = {line.no for line in lines if any(cut.rule in _FURNITURE for cut in line.cuts)}
    starts: dict[int, int] = {}
    at, last = 0, -100
    for i, line in enumerate(shown):
        text = line.text
        late = at / total >= LATE or len(shown) - i <= 6
        at += len(text)
        begin = _contact_start(text, late, i - last <= NEAR)
        invited = (late or begin is not None) and _asks(text, late) is not None
        if begin is None:
            last = i if invited and not _NUMBERED.match(text) else last
            continue
        before = shown[last].no if last >= 0 else 0
        if not invited and any(before < n and -4 < n - line.no < (3 if i - last > NEAR else 0) for n in furniture):
            continue  # the address of the site in its footer
        starts[i] = begin
        last = i
    if any(not _NUMBERED.match(shown[i].text) for i in starts):
        starts = {
            i: begin
            for i, begin in starts.items()
            if not _NUMBERED.match(shown[i].text) or _opens_with_label(shown[i].text)
        }
    block: list[tuple[int, str]] = []
    previous = -100
    for i in sorted(starts):
        gap = shown[previous + 1 : i]
        if block and len(gap) <= 2 and all(len(line.text) <= 60 for line in gap):
            block += [(line.no, line.text) for line in gap]
        elif block:
            yield block
            block = []
        text = shown[i].text
        block.append((shown[i].no, text[starts[i] :]))
        previous = i
        follows = i + 1 < len(shown) and i + 1 not in starts and len(shown[i + 1].text) <= 80
        if follows and _ends_with_label(text):  # label on one line, value on the next
            block.append((shown[i + 1].no, shown[i + 1].text))
            previous = i + 1
    if block:
        yield block


def _contact_start(text: str, late: bool, near: bool) -> int | None:
    """Where in a line its contacts begin, None for a line without."""
    if not _QUICK.search(text):
        return 0 if near and len(text) < 60 and values.emails(values.fold_width(text)) else None
    pattern, _ = labels()
    folded = values.fold_width(text)
    asked = _asks(folded, late)
    if asked is not None and (late or not _NUMBERED.match(text)) and pattern.search(folded):
        return asked
    if not (late or near):
        return None
    bare = len(text) < 120 and not _NUMBERED.match(text)
    for match in pattern.finditer(folded, 0, 200):
        opens = match["sep"] or re.match(r"\s*(?:[\da-zA-Z(+*×]|$)", folded[match.end() : match.end() + 8])
        if opens and _OPENS.match(folded[: match.start()]):
            return match.start()
        if near and bare and match["sep"].strip() in (":", "|"):
            return match.start()
        if not near and match.start() > 12:
            break
    return None


def _asks(folded: str, late: bool) -> int | None:
    """Where the line begins to invite its readers; inside the text only where a sentence begins."""
    for match in invitation().finditer(folded):
        before = folded[: match.start()].rstrip()
        if not before or before[-1] in ("。；!;?？！,，、:" if late else "。；!;?？！"):
            return match.start()
        sentence = max(before.rfind(mark) for mark in "。；!;！")
        if late and match.start() - sentence < 60 and not _WORK.search(before[sentence + 1 :]):
            return sentence + 1
    return None


def _opens_with_label(text: str) -> bool:
    match = labels()[0].search(values.fold_width(text))
    return match is not None and bool(_OPENS.match(text[: match.start()]))


def _ends_with_label(text: str) -> bool:
    folded = values.fold_width(text).rstrip()
    return any(match.end() >= len(folded) for match in labels()[0].finditer(folded))


def valid_labels(folded: str) -> Iterator[tuple[re.Match[str], str]]:
    """Label matches that open a value, with their field."""
    pattern, fields = labels()
    for match in pattern.finditer(folded):
        word = re.sub(r"\s", "", match["word"])
        kind = fields[word]
        sep = match["sep"].strip() or ("\n" if "\n" in match["sep"] else "\t" if "\t" in match["sep"] else "")
        after = folded[match.end() : match.end() + 40]
        before = folded[match.start() - 1 : match.start()]
        if kind == "end" and sep != ":":
            continue
        if sep in ("|", "\n", "\t") and before.isalnum():
            continue  # the end of a value (…A036号邮政信箱 |), not a label
        if (
            kind in ("phone", "fax")
            and not sep
            and not re.match(r"[^\w(]{0,3}[(+\dXx*×○某]|[\w()]{0,8}\s{0,2}[\d(]{3}", after)
        ):
            continue
        if kind in ("address", "hours", "any") and not sep:
            verb = word in _VERBS
            if (before and before.isalnum() and not verb) or not (
                _PLACE.search(after[:24]) if kind == "address" else re.match(r"\s*[\d(]", after)
            ):
                continue
        if kind == "postcode" and not sep and not re.match(r"\s*[\dXx*]", after):
            continue
        yield match, kind
