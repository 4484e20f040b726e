"""Small groupings that the catalog and the templates share; each keeps the order it is given."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, TypeVar

from zhenggai.model import Contacts, Document, Status
from zhenggai.site import pinyin

if TYPE_CHECKING:
    from zhenggai.site.catalog import Problem, Unit

_SECTION = re.compile(r"[一二三四五六七八九十]{1,3}[、.．]")
"""How a first-level heading of a notice begins."""

K = TypeVar("K")
V = TypeVar("V")


def by_key(pairs: Iterable[tuple[K, V]]) -> dict[K, list[V]]:
    """Values under their keys, both in the order they come."""
    groups: dict[K, list[V]] = defaultdict(list)
    for key, value in pairs:
        groups[key].append(value)
    return dict(groups)


def status_counts(problems: Iterable[Problem]) -> list[tuple[Status, int]]:
    """How many problems stand at each status, in the order of the statuses; statuses without any left out."""
    found = Counter(p.issue.status for p in problems)
    return [(status, found[status]) for status in Status if found[status]]


def by_parent(problems: Iterable[Problem]) -> list[tuple[str | None, list[Problem]]]:
    """Problems in printed order, cut where the headings they stand under change.

    Each group is `("（一）… › 1.…", problems)`: of the headings above, those that the
    group before did not stand under too. A first-level section (二、…) that all of
    them share is left out; None where there is then nothing to name.
    """
    problems = list(problems)
    above = {p.issue.parents[0] for p in problems if p.issue.parents}
    shared = above if len(above) == 1 and _SECTION.match(next(iter(above))) else set()
    groups: list[tuple[str | None, list[Problem]]] = []
    last: tuple[str, ...] | None = None
    for problem in problems:
        parents = problem.issue.parents
        path = parents[1:] if parents and parents[0] in shared else parents
        path = tuple(h for i, h in enumerate(path) if i == 0 or path[i - 1] != h)
        if path != last:
            groups.append((_heading(path, last or (), parents), []))
            last = path
        groups[-1][1].append(problem)
    return groups


def _heading(path: tuple[str, ...], last: tuple[str, ...], parents: tuple[str, ...]) -> str | None:
    """What to name between a group under `last` and one under `path`."""
    if not path:  # after a headed group the section is named, or its rows would seem to belong to that group
        return parents[0] if last and parents else None
    same = 0
    while same < min(len(path), len(last)) and path[same] == last[same]:
        same += 1
    # Back up to a heading named before: named again, for the same reason.
    return " › ".join(path[same:] or path[-1:])


def by_action(documents: Iterable[Document]) -> list[tuple[str | None, list[str]]]:
    """Names of documents under what was done with them, in the order of the text; those of which nothing
    is said last, under None. A name stands once under one action."""
    groups = by_key((document.action, document.name) for document in documents)
    named = [(action, list(dict.fromkeys(names))) for action, names in groups.items()]
    return sorted(named, key=lambda group: group[0] is None)


def initials(units: Iterable[Unit]) -> Iterator[tuple[str, list[Unit]]]:
    """Units under the letter of their pinyin."""
    yield from by_key((pinyin.initial(u.name), u) for u in units).items()


def has_contacts(contacts: Contacts | None) -> bool:
    """Whether there is any way to reach the unit. A number masked to its last digit is none."""
    if contacts is None:
        return False
    rest = contacts.model_dump(exclude={"phones"}).values()
    return any(rest) or any(re.search(r"\d", phone.value) for phone in contacts.phones)


def prints_contacts(contacts: Contacts | None) -> bool:
    """Whether the notice prints any contact, be it masked throughout."""
    return contacts is not None and any(contacts.model_dump().values())
