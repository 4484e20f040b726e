"""Small groupings that the catalog and the templates share; each keeps the order it is given."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, TypeVar

from zhenggai.model import Contacts, Status
from zhenggai.site import pinyin

if TYPE_CHECKING:
    from zhenggai.site.catalog import Problem, Unit

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
    """Problems in printed order, cut where the heading they stand under changes."""
    groups: list[tuple[str | None, list[Problem]]] = []
    for problem in problems:
        parent = problem.issue.parents[-1] if problem.issue.parents else None
        if not groups or groups[-1][0] != parent:
            groups.append((parent, []))
        groups[-1][1].append(problem)
    return groups


def initials(units: Iterable[Unit]) -> Iterator[tuple[str, list[Unit]]]:
    """Units under the letter of their pinyin."""
    yield from by_key((pinyin.initial(u.name), u) for u in units).items()


def has_contacts(contacts: Contacts | None) -> bool:
    """Whether there is any way to reach the unit."""
    return contacts is not None and any(contacts.model_dump().values())
