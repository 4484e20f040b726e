"""A digest of all that a page shows: equal for two builds if the page is the same in both.

Every value of a page's view is walked down to texts and numbers; a notice stands for
its file. A value of a kind that is not known here is an error, never left out: what
the digest does not see could change without the page being made again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from types import FunctionType
from typing import Any

from pydantic import BaseModel

from zhenggai.site.catalog import Catalog, Notice, Problem, Tag, Unit, Year
from zhenggai.site.regions import Region, Regions


class Fingerprints:
    """Digests of values of one archive. What it is asked about must live as long as it."""

    def __init__(self) -> None:
        self._known: dict[int, bytes] = {}

    def of(self, value: Any) -> bytes:
        """The digest of a value."""
        if value is None or isinstance(value, (bool, int, float, str, Enum)):
            return hashlib.blake2b(self._plain(value), digest_size=16).digest()
        known = self._known.get(id(value))
        if known is None:
            whole = hashlib.blake2b(type(value).__qualname__.encode(), digest_size=16)
            for part in self._parts(value):
                whole.update(part)
            known = self._known[id(value)] = whole.digest()
        return known

    def _plain(self, value: object) -> bytes:
        return f"{type(value).__qualname__} {value}".encode("utf-8", "surrogatepass")

    def _parts(self, value: Any) -> list[bytes]:
        match value:
            case Notice():
                return [value.digest]
            case Problem():
                return [value.notice.digest, value.issue.anchor.encode()]
            case Unit() | Year():
                return [value.slug.encode(), *(notice.digest for notice in value.notices)]
            case Tag():
                return [self.of(value.category), self.of(value.problems), self.of(value.mentioned)]
            case Catalog():
                return [notice.digest for notice in value.everything]
            case Region():
                own = [self.of(value.path), value.slug.encode()]
                return [*own, *map(self.of, value.children), *(notice.digest for notice in value.notices)]
            case Regions():
                return [self.of(region) for region in value.by_slug.values()]
            case BaseModel():
                return [value.model_dump_json().encode()]
            case FunctionType():  # a part of our code, which counts as a whole anyway
                return [value.__qualname__.encode()]
            case list() | tuple():
                return [self.of(one) for one in value]
            case Mapping():
                return [self.of(one) for pair in value.items() for one in pair]
        if is_dataclass(value):
            return [self.of(getattr(value, field.name)) for field in fields(value)]
        raise TypeError(
            f"a page shows a {type(value).__qualname__}, of which no digest is known: add it here"
        )
