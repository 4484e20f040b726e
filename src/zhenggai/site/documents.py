"""文件: what notices name in 《》, once each, with the notices that name it and what was done with it.

Names are the same if their folded forms are (full and half width, brackets and
quotation marks do not tell documents apart). Whether two units of one name mean
one document the archive does not know, and the page says so.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from zhenggai.rulebook import fact_rules
from zhenggai.site import pinyin
from zhenggai.site.catalog import Catalog, Notice
from zhenggai.site.groups import by_key
from zhenggai.site.leaves import NAMES, Section, leaves, letter_section, printed
from zhenggai.site.page import GeneratedPage, list_page, uncounted
from zhenggai.site.search_fold import fold
from zhenggai.slug import slug

SHOWN = 6
"""Notices that a list gives for one document; where there are more, the document has a page of its own."""
UNSAID = "只提到名称"
"""What stands for a document of which the notice does not say what was done."""

_DOCUMENTS = (("文件", "documents/"),)


@dataclass(frozen=True, eq=False)
class Mention:
    """One notice that names a document."""

    notice: Notice
    action: str | None
    printed: str
    """The name as this notice prints it, without 《》."""


@dataclass(frozen=True, eq=False)
class Document:
    """One document; its mentions newest first."""

    key: str
    """The folded name."""
    mentions: tuple[Mention, ...]

    @cached_property
    def name(self) -> str:
        """As most notices print it."""
        found = Counter(m.printed for m in self.mentions)
        return min(found, key=lambda name: (-found[name], name))

    @cached_property
    def order(self) -> tuple[tuple[str, ...], str]:
        return pinyin.plain_key(self.name)

    @property
    def url(self) -> str:
        """Its own page; there is none for documents with few notices, see `paged`."""
        return f"documents/{slug(self.key)}-{hashlib.sha256(self.key.encode()).hexdigest()[:8]}/"

    @property
    def paged(self) -> bool:
        return len(self.mentions) > SHOWN


@dataclass(frozen=True)
class Entry:
    """A document in a list, with those of its notices that the list is about."""

    document: Document
    mentions: tuple[Mention, ...]

    @property
    def groups(self) -> list[tuple[str, list[Mention]]]:
        """The first of them, by what was done, in the order of the actions."""
        return by_action(self.mentions[:SHOWN])

    @property
    def left_out(self) -> int:
        """How many of its notices only the document's own page gives."""
        return max(0, len(self.mentions) - SHOWN)


def documents(catalog: Catalog) -> list[Document]:
    """Every document of the archive by pinyin."""
    named: dict[str, dict[str, Mention]] = {}
    for notice in catalog.notices:
        for found in notice.report.documents:
            own = named.setdefault(fold(found.name) or found.name, {})
            before = own.get(notice.report.id)
            # Named twice, in two spellings: what was done counts.
            if before is None or (found.action and not before.action):
                own[notice.report.id] = Mention(notice, found.action, found.name)
    listed = (Document(key, tuple(own.values())) for key, own in named.items())
    return sorted(listed, key=lambda d: (d.order, d.key))


def by_action(mentions: Iterable[Mention]) -> list[tuple[str, list[Mention]]]:
    """Mentions under what was done: 制定, 修订 … in the order of the rules, `UNSAID` last."""
    found = by_key((m.action, m) for m in mentions)
    return [(action or UNSAID, found[action]) for action in _ordered(found)]


def pages(catalog: Catalog) -> Iterator[GeneratedPage]:
    """/documents/: all documents, those of each action, and pages for documents of many notices."""
    found = documents(catalog)
    entries = [Entry(d, d.mentions) for d in found]
    per_action = by_key((m.action, (d, m)) for d in found for m in d.mentions)
    addresses = _addresses(_ordered(per_action))
    actions = [
        (
            action or UNSAID,
            addresses[action],
            [Entry(d, tuple(m)) for d, m in by_key(per_action[action]).items()],
        )
        for action in addresses
    ]
    choices = [(name, url, len(rows)) for name, url, rows in actions]
    view: dict[str, Any] = {
        "choices": uncounted(choices), "first": {"choices": choices, "total": len(found)},
    }  # fmt: skip
    for leaf in leaves("documents/", entries, NAMES, _weight, _letter, _name):
        yield list_page(
            leaf, "archive/documents.html", "文件", action=None, **view,
            description=f"各单位通报里用书名号写出的文件 {len(found)} 份，写明制定、修订、印发还是学习。",
        )  # fmt: skip
    for name, url, rows in actions:
        for leaf in leaves(url, rows, NAMES, _weight, _letter, _name):
            yield list_page(leaf, "archive/documents.html", f"文件：{name}", _DOCUMENTS, action=name, **view)
    for document in found:
        if document.paged:
            mentions = [m for _, group in by_action(document.mentions) for m in group]
            for leaf in leaves(document.url, mentions, NAMES, _mention_weight, _action):
                yield list_page(
                    leaf, "archive/document.html", f"《{document.name}》", _DOCUMENTS, document=document
                )


def _ordered(actions: Iterable[str | None]) -> list[str | None]:
    """The order of rules/facts.yaml, then what people wrote themselves by pinyin, then None."""
    known = [a.action for a in fact_rules().document_actions]
    place = {action: (0, at, ((), "")) for at, action in enumerate(known)}
    return sorted(
        actions,
        key=lambda a: (2, 0, ((), "")) if a is None else place.get(a, (1, 0, pinyin.plain_key(a))),
    )


def _addresses(actions: Iterable[str | None]) -> dict[str | None, str]:
    """An address for each action that no leaf and no other action has."""
    taken: set[str] = set()
    out: dict[str | None, str] = {}
    for action in actions:
        own = "named" if action is None else slug(action)
        if own.isdigit() or own in taken:
            own = f"{own}-{hashlib.sha256((action or '').encode()).hexdigest()[:6]}"
        taken.add(own)
        out[action] = f"documents/{own}/"
    return out


def _letter(entry: Entry) -> Section:
    return letter_section(entry.document.name, pinyin.plain_key)


def _name(entry: Entry) -> str:
    return entry.document.key


def _action(mention: Mention) -> Section:
    name = mention.action or UNSAID
    return Section(name, "named" if mention.action is None else slug(name))


def _weight(entry: Entry) -> int:
    own = entry.document
    link = len(own.url) if own.paged else 0
    return 200 + 2 * link + printed(own.name) + sum(map(_mention_weight, entry.mentions[:SHOWN]))


def _mention_weight(mention: Mention) -> int:
    return 160 + len(mention.notice.url) + printed(mention.notice.report.unit, mention.action or UNSAID)
