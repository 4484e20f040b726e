"""The contacts of a notice on their way: each value once, with what a person should look at."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from zhenggai.ingest import contact_values as values
from zhenggai.model import Contacts, Phone, Review

_EDGE = " \t\n　|｜,，;；:：。.、(（)）【】"


@dataclass(frozen=True, slots=True)
class ContactsFound:
    """What `find_contacts` saw."""

    contacts: Contacts | None
    lines: tuple[int, ...]
    """Numbers of the lines they stand in."""
    review: tuple[Review, ...]


@dataclass(slots=True)
class Gathered:
    """Values as printed, the first of a kind kept where only one can be shown."""

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

    def email(self, value: str, line: int) -> None:
        """An e-mail address; the same one is kept once."""
        self.lines.add(line)
        if value not in self.emails:
            self.emails.append(value)

    def hours(self, printed: str, line: int) -> None:
        """Office hours without the words around them: 可接收短信，接听时间为工作日9:00-17:00."""
        printed = re.sub(r"^.*(?:时间|时段)\s*(?:为|是|:|：)\s*", "", printed, count=1, flags=re.S)
        clauses = re.split(r"([,，])", printed)
        timed = [i for i in range(0, len(clauses), 2) if values.is_hours(values.fold_width(clauses[i]))]
        if timed:
            shown = "".join(clauses[timed[0] : timed[-1] + 1]).strip().strip(_EDGE)
            shown = re.sub(r"(?:接听|接待|受理|开放|拨打)$", "", shown)
            self.one("hours", shown + _closing(shown), line)

    def found(self) -> ContactsFound:
        """All of it; contacts None when there are none."""
        contacts = None
        if self.phones or self.emails or self.single:
            contacts = Contacts(phones=tuple(self.phones), emails=tuple(self.emails), **self.single)
        entries = sorted(self.review.items(), key=lambda entry: entry[0][1])
        review = tuple(Review(code=code, message=message, line=line) for (code, line), message in entries)
        return ContactsFound(contacts, tuple(sorted(self.lines)), review)


def _closing(text: str) -> str:
    """The bracket that stripping took from an open one: 工作日（8:30-17:30 → ）."""
    return "）" if text.count("（") > text.count("）") else ")" if text.count("(") > text.count(")") else ""
