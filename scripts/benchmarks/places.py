"""Places that do not exist, in provinces that do."""

from __future__ import annotations

from dataclasses import dataclass

from benchmarks.draws import Draws
from benchmarks.vocabulary import Words, vocabulary


@dataclass(frozen=True, slots=True)
class Place:
    """Where a unit sits: its county, and the city and province above."""

    province: str
    city: str
    county: str
    code: int
    """The last digit of its invented area code, 0 to 9."""
    level: str
    """The level of the unit: 县, 区 or 市."""

    @property
    def name(self) -> str:
        """The place whose unit it is."""
        return self.city if self.level == "市" else self.county


def a_place(draws: Draws) -> Place:
    """One of 280 counties and districts, or, one time in five, its city; city and province follow from it."""
    firsts, lasts = _parts("counties")
    at = draws.between(0, len(firsts) * len(lasts) - 1)
    first, last = divmod(at, len(lasts))
    city = at % 28
    name = firsts[(city * 7 + 3) % len(firsts)] + lasts[(city * 5 + 1) % len(lasts)] + "市"
    kind = "区" if at % 4 == 0 else "县"
    provinces = vocabulary().places["provinces"][0]
    return Place(
        province=provinces[city % len(provinces)],
        city=name,
        county=firsts[first] + lasts[last] + kind,
        code=city % 10,
        level="市" if draws.chance(0.2) else kind,
    )


def a_town(draws: Draws) -> str:
    """A town's name without 镇 or 乡."""
    return _joined(draws, "towns")


def a_village(draws: Draws) -> str:
    """A village's name with 村."""
    return f"{_joined(draws, 'villages')}村"


def a_street(draws: Draws) -> str:
    """A street's name."""
    return _joined(draws, "streets")


def county_names() -> set[str]:
    """Every name of a county, district or city that can come up."""
    firsts, lasts = _parts("counties")
    return {first + last + kind for first in firsts for last in lasts for kind in "县区市"}


def _parts(what: str) -> tuple[Words, Words]:
    firsts, lasts = vocabulary().places[what]
    return firsts, lasts


def _joined(draws: Draws, what: str) -> str:
    firsts, lasts = _parts(what)
    return draws.one(firsts) + draws.one(lasts)
