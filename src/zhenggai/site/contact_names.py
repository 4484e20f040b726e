"""The contacts page as data: what its cards weigh, and how a unit is found while its name is typed.

contacts/names.json holds names and where they stand, nothing else: the cards
themselves are taken from the pages of the list, so that a card found is the card of
the list. How each character may be read stands beside the names once, so that jyj
and jiaoyuju find 教育局.
The page's side is docs/assets/archive-contacts.js.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zhenggai.model import Contacts
from zhenggai.readings import by_character
from zhenggai.site.groups import by_key
from zhenggai.site.leaves import Leaf, printed

if TYPE_CHECKING:
    from zhenggai.site.catalog import Unit

FILE = "contacts/names.json"


def names(leaves: Iterable[Leaf]) -> dict[str, Any]:
    """`names` in the order of the list, `starts`: with which of them each page begins, `readings`: by character."""
    pages = sorted(leaves, key=lambda leaf: leaf.number)
    every = [unit.name for leaf in pages for unit in leaf.rows]
    starts = [sum(len(leaf.rows) for leaf in pages[:at]) for at in range(len(pages))]
    return {"names": every, "starts": starts, "readings": readings(every)}


def card_weight(unit: Unit) -> int:
    """Bytes of HTML that a unit's card comes to at most: see archive/contact_card.html."""
    contacts = (unit.reachable and unit.reachable.report.contacts) or Contacts()
    phones = [text for phone in contacts.phones for text in (phone.value, phone.label, phone.tel)]
    once = (contacts.address, contacts.po_box, contacts.postcode, contacts.fax, contacts.hours)
    rows = len(contacts.phones) + len(contacts.emails) + sum(value is not None for value in once)
    # The name is a heading with breaks and the vCard's; addresses to write to stand in a link too.
    return 480 + 130 * rows + 3 * printed(unit.name) + printed(*phones, *once) + 2 * printed(*contacts.emails)


def readings(texts: Iterable[str]) -> dict[str, list[str]]:
    """The pinyin of every character that has any: as it is read in these texts (`{"重": ["chong", "zhong"]}`)."""
    found = by_key(
        (char, syllable)
        for text in sorted(set(texts))
        for char, syllable in zip(text, by_character(text), strict=True)
        if char != syllable
    )
    return {char: sorted(set(found[char])) for char in sorted(found)}


def write(leaves: Iterable[Leaf], site_dir: Path) -> None:
    """Write `FILE`; the same list gives the same bytes."""
    text = json.dumps(names(leaves), ensure_ascii=False, separators=(",", ":"))
    (site_dir / FILE).write_text(text, encoding="utf-8")
