"""Where a unit is: what its evidence prints, put together and completed from the division table.

Evidence is the unit's name, the signature, the Party committee and the address.
What is masked stays masked: nothing is derived beside it.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache, lru_cache

from zhenggai.ingest.placenames import MASK, Place, located, printed, table
from zhenggai.model import Level
from zhenggai.rulebook import Division, divisions

__all__ = [
    "MASK",
    "Place",
    "complete",
    "is_ambiguous",
    "is_county_city",
    "located",
    "merge",
    "printed",
    "real_names",
]


@cache
def real_names() -> frozenset[str]:
    """Full names of all real divisions; samples and tests of invented places must not use them."""
    return frozenset(d.name for d in divisions())


@lru_cache(maxsize=1024)
def complete(place: Place) -> Place:
    """`place` with the upper levels the table knows, when only one reading is possible.

    A district of a municipality (北京市海淀区) has no city between. Nothing is
    derived beside a masked level, nor for a place the table does not hold.
    """
    if place.masked or not place:
        return place
    for slot in (2, 1):  # a zone or an invented county in a real city still has the city's province
        rows = [d for d in table().get(place.names[slot] or "", ()) if d.slot == slot and _agrees(d, place)]
        rows = [d for d in rows if not d.former] or rows
        parents = {(d.province, d.city if slot == 2 else d.name) for d in rows}
        if len(parents) == 1:
            province, city = parents.pop()
            return replace(place, province=province, city=place.city or city)
    return place


def is_ambiguous(place: Place) -> bool:
    """Whether the table knows several places of this name and the upper levels do not say which."""
    if place.masked or not place:
        return False
    rows = [d for d in table().get(place.names[place.lowest] or "", ()) if not d.former and _agrees(d, place)]
    return len({d.code for d in rows}) > 1


def _agrees(division: Division, place: Place) -> bool:
    return (place.province in (None, division.province)) and (
        division.slot < 2 or place.city in (None, division.city)
    )


def is_county_city(name: str) -> bool:
    """Whether a 市 is a county-level one (慈溪市) by the table."""
    rows = table().get(name, ())
    return bool(rows) and all(d.slot == 2 for d in rows if not d.former or len(rows) == 1)


_DEPTH = {Level.CENTRAL: 0, Level.PROVINCE: 1, Level.CITY: 2, Level.COUNTY: 3, Level.TOWNSHIP: 4}


def merge(*places: Place, level: Level | None = None) -> Place:
    """One place from several evidence, the best first: unit name, signature, Party committee, address.

    The first that says anything sets how deep the place goes: the street of a
    city's bureau is no part of its place. Later ones fill gaps above that, as
    long as they agree; beside a masked level nothing is filled. With `level`,
    divisions below the unit's own level go too, unless its own name, the first
    argument, prints them.
    """
    result = Place()
    for place in filter(None, places):
        if not result:
            result = place
            continue
        if result.masked or place.masked:
            continue
        names = list(result.names)
        if any(a and b and a != b for a, b in zip(names, place.names, strict=True)):
            continue
        for slot in range(result.lowest):
            names[slot] = names[slot] or place.names[slot]
        result = Place(*names)
    depth = 4 if level is None else max(_DEPTH[level], places[0].lowest + 1 if places else 0)
    return Place(*result.names[:depth])
