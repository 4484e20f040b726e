"""Whom to ring: the contact lines of a notice, wherever and however they are printed.

Values are kept as printed; nothing is completed, repaired or unmasked.
`contact_lines` finds the passages, `contact_labels` the labels in them, and
`contact_values` knows the forms of numbers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from zhenggai.ingest import contact_values as values
from zhenggai.ingest.contact_labels import find_labels
from zhenggai.ingest.contact_lines import passages
from zhenggai.ingest.notice_period import find_notice_period
from zhenggai.ingest.text import Line
from zhenggai.model import Contacts, Phone, Review

__all__ = ["ContactsFound", "find_contacts", "find_notice_period"]

_NOTE_TAIL = re.compile(
    r"\s*[（(][^（）()]{0,40}(?:信封|注明|收件|请|备注|邮编)[^（）()]{0,40}[）)]?$"
    r"|[,，]\s*(?:请|并)?在?(?:信封|来信|邮件)[^,，]{0,20}(?:注明|标明|写明).{0,30}$"
)
_WHEN = re.compile(r"(?:请|可以?)(?:于|在)([^，。；,;]{2,30}?)(?:来电|来访|来信|到|前往|与|向|拨打|致电)")
_EDGE = " \t\n　|｜,，;；:：。.、(（"


@dataclass(frozen=True, slots=True)
class ContactsFound:
    """What `find_contacts` saw."""

    contacts: Contacts | None
    lines: tuple[int, ...]
    """Numbers of the lines they stand in."""
    review: tuple[Review, ...]


@dataclass(slots=True)
class _Gathered:
    """Values on their way, the first of a kind kept where only one can be shown."""

    phones: list[Phone] = field(default_factory=list)
    emails: list[str] = field(default_factory=list)
    single: dict[str, str] = field(default_factory=dict)
    review: dict[tuple[str, int], str] = field(default_factory=dict)
    lines: set[int] = field(default_factory=set)

    def note(self, code: str, line: int, message: str) -> None:
        """One entry per code and line."""
        self.review.setdefault((code, line), message)

    def one(self, name: str, value: str, line: int) -> None:
        """A value of which there is one."""
        self.single.setdefault(name, value)
        self.lines.add(line)
        if values.is_masked(values.fold_width(value)):
            self.note("contact-masked", line, f"联系方式有遮盖：“{value}”，照原样保留")

    def phone(self, value: str, label: str, kind: str, line: int) -> None:
        """A telephone number; the same number is kept once."""
        self.lines.add(line)
        if any(p.value == value for p in self.phones):
            return
        self.phones.append(Phone(value=value, label=label or None, tel=values.tel(value, kind)))
        if kind == "mobile":
            self.note("mobile-in-contact", line, f"联系方式里有手机号 {value}：请确认是公开的办公号码")
        elif kind == "local":
            self.note("phone-without-area-code", line, f"电话 {value} 没有区号，照原样保留，外地不能直接拨打")
        elif kind == "masked":
            self.note("contact-masked", line, f"电话“{value}”有遮盖，照原样保留")
        elif kind == "odd":
            self.note("contact-damaged", line, f"电话“{value}”位数不对，请对照原文")


def find_contacts(lines: Sequence[Line]) -> ContactsFound:
    """The contacts of a notice, None when it prints none; `lines` are the cleaned ones.

    Review codes: mobile-in-contact, phone-without-area-code, contact-masked, contact-damaged.
    """
    got = _Gathered()
    for block in passages(lines):
        _read_block(block, got)
    contacts = None
    if got.phones or got.emails or got.single:
        contacts = Contacts(phones=tuple(got.phones), emails=tuple(got.emails), **got.single)
    entries = sorted(got.review.items(), key=lambda entry: entry[0][1])
    review = tuple(Review(code=code, message=message, line=line) for (code, line), message in entries)
    return ContactsFound(contacts, tuple(sorted(got.lines)), review)


def _read_block(block: list[tuple[int, str]], got: _Gathered) -> None:
    """Every labelled value of one run of lines."""
    text = "\n".join(part for _, part in block)
    folded = values.fold_width(text)
    ends: list[tuple[int, int]] = []
    at = 0
    for no, part in block:
        at += len(part) + 1
        ends.append((at, no))

    def line_of(offset: int) -> int:
        return next((no for end, no in ends if offset < end), ends[-1][1])

    mails = values.emails(folded)
    for found in mails:
        if found.kind == "broken":
            continue
        value = text[found.start : found.end]
        if value not in got.emails:
            got.emails.append(value)
        line = line_of(found.start)
        got.lines.add(line)
        if found.kind == "odd":
            got.note("contact-damaged", line, f"电子邮箱“{value}”写法特殊，不能直接使用，请对照原文")
        elif found.kind == "masked":
            got.note("contact-masked", line, f"电子邮箱“{value}”有遮盖，照原样保留")
    if values.broken_email(folded) or any(found.kind == "broken" for found in mails):
        got.note("contact-damaged", line_of(folded.find("@")), "电子邮箱残缺，请对照原文补上")
    for when in _WHEN.finditer(folded):  # 请于工作日上午9时至11时来电
        if values.is_hours(when[1]) and re.search(r"\d|[上下]午", when[1]):
            _hours(text[when.start(1) : when.end(1)], line_of(when.start()), got)
    labels = find_labels(folded)
    for i, label in enumerate(labels):
        start = label.end
        following = labels[i + 1 :]
        stop = following[0].start if following else len(folded)
        if values.is_hours(label.note):
            _hours(label.note, line_of(start), got)
        shared = following and re.fullmatch(r"[\s/、及和(|:]*", folded[start:stop]) is not None
        if label.kind == "phone" and shared and following[0].kind == "fax":  # 电话/传真：one number for both
            start = following[0].end
            stop = following[1].start if len(following) > 1 else len(folded)
        labelled = _Value(text, folded, start, stop, label.printed, line_of)
        _READERS[label.kind](labelled, got)
        if label.kind == "phone" and "传真" in label.note:
            _fax(labelled, got)


@dataclass(frozen=True, slots=True)
class _Value:
    """What stands after one label, up to the next."""

    text: str
    folded: str
    start: int
    stop: int
    label: str
    line_of: Callable[[int], int]

    def own_line(self) -> int:
        """Where the value's line ends; a value may begin on the line after its label."""
        begin = self.start
        while begin < self.stop and self.folded[begin] in " \t|\n":
            begin += 1
        end = self.folded.find("\n", begin, self.stop)
        return end if end >= 0 else self.stop

    def missing(self, got: _Gathered) -> None:
        """A label with nothing after it: the copier took the value."""
        line = self.line_of(max(self.start - 1, 0))
        got.note("contact-damaged", line, f"“{self.label}”后面没有内容，请对照原文补上")


def _phones(value: _Value, got: _Gathered) -> bool:
    stop = min(value.own_line(), value.start + 160)
    part = value.folded[value.start : stop]
    at = 0
    seen = False
    for found in values.phones(part):
        between = part[at : found.start]
        if len(between) > 24 or "。" in between:
            break
        if found.kind in ("odd", "short") and len(re.sub(r"\W", "", between)) > 4:
            continue
        line = value.line_of(value.start + found.start)
        printed = value.text[value.start + found.start : value.start + found.end]
        got.phone(printed, value.label, found.kind, line)
        note = re.match(r"\s*\(([^()]{1,60})\)", part[found.end :])
        if note and values.is_hours(note[1]):
            at = value.start + found.end + note.start(1)
            _hours(value.text[at : at + len(note[1])], line, got)
            at = found.end + note.end()
        else:
            at = found.end
        seen = True
    return seen


def _phone(value: _Value, got: _Gathered) -> None:
    if not _phones(value, got) and values.is_blank(value.folded[value.start : value.own_line()]):
        value.missing(got)


def _fax(value: _Value, got: _Gathered) -> None:
    part = value.folded[value.start : value.own_line()]
    found = values.phones(part)
    if found:
        printed = value.text[value.start + found[0].start : value.start + found[0].end]
        got.one("fax", printed, value.line_of(value.start + found[0].start))


def _any(value: _Value, got: _Gathered) -> None:
    if not _phones(value, got) and not values.emails(value.folded[value.start : value.own_line()]):
        part = value.text[value.start : value.own_line()].strip(_EDGE)
        if re.search(r"[路街巷道村镇].{0,12}号|信箱", part) and len(part) <= 60:
            _address(value, got)


def _email(value: _Value, got: _Gathered) -> None:
    part = value.folded[value.start : value.own_line()]
    if values.emails(part) or values.broken_email(part):
        return  # gathered over the whole block
    if values.is_po_box(part):
        _address(value, got)
    elif re.match(r"\s*[xX*×○某]{1,20}\s*(?:[,;，；。]|$)", part):
        printed = part.strip(_EDGE)
        got.emails.append(printed)
        line = value.line_of(value.start)
        got.lines.add(line)
        got.note("contact-masked", line, f"电子邮箱“{printed}”有遮盖，照原样保留")
    elif values.is_blank(part):
        value.missing(got)


def _address(value: _Value, got: _Gathered) -> None:
    part = value.text[value.start : value.own_line()]
    part = re.split(r"[；;。\n\t|｜]", part.lstrip(" \t\n|｜　"), maxsplit=1)[0]
    part = _NOTE_TAIL.sub("", part.strip().strip(_EDGE)).strip().strip(_EDGE)
    if not part:
        value.missing(got)
        return
    if values.emails(values.fold_width(part)) or len(part) > 80:
        return
    name = "po_box" if values.is_po_box(values.fold_width(part)) else "address"
    got.one(name, part, value.line_of(value.start + 1))


def _postcode(value: _Value, got: _Gathered) -> None:
    found = values.postcode(value.folded[value.start : value.stop])
    if found:
        printed = value.text[value.start + found.start : value.start + found.end]
        got.one("postcode", printed, value.line_of(value.start + found.start))
    elif values.is_blank(value.folded[value.start : value.own_line()]):
        value.missing(got)


def _hours_value(value: _Value, got: _Gathered) -> None:
    part = value.text[value.start : value.own_line()]
    part = re.split(r"[；;。\n]", part, maxsplit=1)[0]
    if values.is_hours(values.fold_width(part)):
        _hours(part, value.line_of(value.start), got)


def _hours(printed: str, line: int, got: _Gathered) -> None:
    """Office hours without the words around them: 可接收短信，接听时间为工作日9:00-17:00."""
    printed = re.sub(r"^.*(?:时间|时段)\s*(?:为|是|:|：)?\s*", "", printed, count=1, flags=re.S)
    clauses = re.split(r"([,，])", printed)
    timed = [i for i in range(0, len(clauses), 2) if values.is_hours(values.fold_width(clauses[i]))]
    if timed:
        got.one("hours", "".join(clauses[timed[0] : timed[-1] + 1]).strip().strip(_EDGE + "）)"), line)


def _nothing(value: _Value, got: _Gathered) -> None:
    """A label of something that reports have no field for."""


_READERS: dict[str, Callable[[_Value, _Gathered], None]] = {
    "phone": _phone,
    "fax": _fax,
    "any": _any,
    "email": _email,
    "address": _address,
    "postcode": _postcode,
    "hours": _hours_value,
    "end": _nothing,
}
