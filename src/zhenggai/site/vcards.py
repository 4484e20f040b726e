"""vCards of printed contacts: one for each unit's latest, one for each notice's own, one file with all units'.

vCard 3.0, which every telephone reads. Only a number that can be dialled from
anywhere becomes a number to dial; extensions, local and masked numbers, office
hours and whatever else has no field of its own stand in the note as printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhenggai.model import Contacts
from zhenggai.site import filters
from zhenggai.site.address import Site
from zhenggai.site.catalog import Catalog, Notice
from zhenggai.site.groups import has_contacts
from zhenggai.site.making import Making

FILE = "contact.vcf"
"""In the folder of a unit and of a notice that has contacts."""
EVERY = "contacts/all.vcf"
_WIDTH = 75


def write(catalog: Catalog, site: Site, making: Making) -> None:
    """Have every card in the site; no contacts at all, no `EVERY`."""
    whose = [(n, n.report.unit, n.url) for n in catalog.notices if has_contacts(n.report.contacts)]
    units = [(unit.reachable, unit.name, unit.url) for unit in catalog.reachable if unit.reachable]
    for notice, name, page in (*whose, *units):
        if not making.put_back(page + FILE, (notice, name)):
            making.write(page + FILE, card(notice, name, page, site).encode())
    if units:
        making.file(EVERY, units, lambda: "".join(card(n, of, at, site) for n, of, at in units).encode())


def card(notice: Notice, name: str, page: str, site: Site) -> str:
    """One vCard: the contacts of `notice` for the unit `name`, which the page at `page` is about."""
    contacts = notice.report.contacts or Contacts()
    # X-ABShowAs: Apple then files the card under organisations.
    lines = ["BEGIN:VCARD", "VERSION:3.0", f"UID:{_text(site.url(page))}", f"FN:{_text(name)}", "N:;;;;",
             f"ORG:{_text(name)}", "X-ABShowAs:COMPANY", *_fields(contacts)]  # fmt: skip
    if site.base:
        lines.append(f"URL:{_text(site.url(page))}")
    lines += [f"NOTE:{_text(_note(notice, contacts))}", "END:VCARD"]
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _fields(contacts: Contacts) -> Iterator[str]:
    labelled = 0
    for phone in contacts.phones:
        number = _dialled(phone.tel)
        if number and phone.label:
            labelled += 1
            yield f"item{labelled}.TEL;TYPE=WORK,VOICE:{number}"
            yield f"item{labelled}.X-ABLabel:{_text(phone.label)}"
        elif number:
            yield f"TEL;TYPE=WORK,VOICE:{number}"
    for email in contacts.emails:
        if href := filters.mail_href(email):
            yield f"EMAIL;TYPE=INTERNET,WORK:{href.removeprefix('mailto:')}"
    place = (contacts.po_box, None, contacts.address, None, None, contacts.postcode, None)
    if any(place):
        yield "ADR;TYPE=WORK:" + ";".join(_text(part or "") for part in place)


def _note(notice: Notice, contacts: Contacts) -> str:
    """How old this is and where it stands, then what no field holds as printed."""
    year = notice.year
    lines = [
        f"{year}年通报所载，此后可能有变动。" if year.isdigit() else "通报日期原文未载明，可能已有变动。"
    ]
    lines.append(f"出自《{notice.report.title}》")
    for phone in contacts.phones:
        if _dialled(phone.tel) != phone.tel or phone.tel is None:
            local = "（原文未载明区号）" if filters.dialled_locally(phone.value) else ""
            lines.append(f"{phone.label or '电话'}：{phone.value}{local}")
    lines += [f"电子邮箱：{email}" for email in contacts.emails if not filters.mail_href(email)]
    lines += [
        f"{name}：{value}" for name, value in (("传真", contacts.fax), ("受理时间", contacts.hours)) if value
    ]
    return "\n".join(lines)


def _dialled(tel: str | None) -> str | None:
    """The number alone: what telephones make of an extension differs, and a wrong one may be rung."""
    href = filters.tel_href(tel)
    return href.removeprefix("tel:").partition(";")[0] if href else None


def _text(value: str) -> str:
    """A value in which nothing ends the line, the field or the card."""
    value = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", "", value)
    value = re.sub(r"([\\;,])", r"\\\1", value)
    return re.sub("\r\n|[\r\n\u0085\u2028\u2029]", r"\\n", value)


def _folded(line: str) -> str:
    """At most 75 octets a line, no character cut in two; what follows begins with a space."""
    rest = line.encode()
    pieces, room = [], _WIDTH
    while len(rest) > room:
        end = room
        while rest[end] & 0xC0 == 0x80:  # inside a character
            end -= 1
        pieces.append(rest[:end].decode())
        rest, room = rest[end:], _WIDTH - 1
    return "\r\n ".join([*pieces, rest.decode()])
