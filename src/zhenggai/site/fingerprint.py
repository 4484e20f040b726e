"""A digest of all that a page or another file shows: equal for two builds if it is the same in both.

Every value is walked down to texts and numbers; a notice stands for its file. A value
of a kind that is not known here is an error, never left out: what the digest does not
see could change without the page being made again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from operator import attrgetter
from types import FunctionType
from typing import Any

from pydantic import BaseModel

from zhenggai.site.catalog import Catalog, Notice, Problem, Tag, Unit, Year
from zhenggai.site.leaves import Leaf
from zhenggai.site.regions import Region, Regions

_PLAIN = (str, bool, int, float, type(None))
"""Kinds that are told apart by what they are."""
_SIZE = 16
"""Bytes of a digest."""


class Fingerprints:
    """Digests of values of one archive."""

    def __init__(self) -> None:
        self._known: dict[int, bytes] = {}
        self._alive: list[Any] = []
        """All values that are known: as long as they are there, nothing else has their identity."""
        self._ways: dict[type, Callable[[Any], list[bytes]]] = {
            Notice: lambda notice: [notice.digest],
            Problem: lambda problem: [problem.notice.digest, problem.issue.anchor.encode()],
            Unit: self._group,
            Year: self._group,
            Tag: lambda tag: [self.of(tag.category), self.of(tag.problems), self.of(tag.mentioned)],
            Catalog: lambda catalog: [notice.digest for notice in catalog.everything],
            Region: self._region,
            Regions: lambda regions: [self.of(region) for region in regions.by_slug.values()],
            Leaf: self._leaf,
            FunctionType: lambda part: [part.__qualname__.encode()],  # of our code, which counts as a whole
            list: self._each,
            tuple: self._each,
        }
        """By the kind of a value: what its digest is made of."""

    def of(self, value: Any) -> bytes:
        """The digest of a value; one that is short is told apart by what it is instead."""
        known = self._known.get(id(value))
        if known is None:
            if type(value) in _PLAIN or isinstance(value, Enum):
                return _plain(value)
            parts = (self._ways.get(type(value)) or self._way(value))(value)
            whole = hashlib.blake2b(type(value).__qualname__.encode(), digest_size=_SIZE)
            whole.update(b"".join(parts))
            known = self._known[id(value)] = whole.digest()
            self._alive.append(value)
        return known

    def _way(self, value: Any) -> Callable[[Any], list[bytes]]:
        """How the digest of a kind is made that has none of its own in the list."""
        way: Callable[[Any], list[bytes]]
        if isinstance(value, BaseModel):
            way = lambda model: [model.model_dump_json().encode()]  # noqa: E731
        elif isinstance(value, (list, tuple)):
            way = self._each
        elif isinstance(value, Mapping):
            way = lambda pairs: self._each([one for pair in pairs.items() for one in pair])  # noqa: E731
        elif is_dataclass(value):
            own = [attrgetter(field.name) for field in fields(value)]
            way = lambda record: self._each([get(record) for get in own])  # noqa: E731
        else:
            raise TypeError(
                f"a page shows a {type(value).__qualname__}, of which no digest is known: add it here"
            )
        return self._ways.setdefault(type(value), way)

    def _each(self, values: Iterable[Any]) -> list[bytes]:
        """Looks for itself whether a value is known: most are rows, which stand in many lists."""
        known = self._known.get
        return [known(id(value)) or self.of(value) for value in values]

    def _group(self, group: Unit | Year) -> list[bytes]:
        return [self.of(group.slug), *(notice.digest for notice in group.notices)]

    def _region(self, region: Region) -> list[bytes]:
        own = [self.of(region.path), self.of(region.slug)]
        return [*own, *map(self.of, region.children), *(notice.digest for notice in region.notices)]

    def _leaf(self, leaf: Leaf) -> list[bytes]:
        """Its parts hold the same rows."""
        return self._each((leaf.number, leaf.total, leaf.base, leaf.ways, leaf.parts or leaf.rows))


def _plain(value: object) -> bytes:
    """Kind, length and value: nothing that follows can be taken for a part of it."""
    text = str(value).encode("utf-8", "surrogatepass")
    return b"%s %d %s" % (type(value).__qualname__.encode(), len(text), text)
