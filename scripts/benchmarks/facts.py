"""What a notice states of itself: the inspection, its days, whom to call. Nobody can be reached by these numbers."""

from __future__ import annotations

from datetime import date, timedelta

from benchmarks.places import Place, a_street
from benchmarks.speech import Speech, numeral
from benchmarks.units import Unit

_TYPES = ("常规巡察", "巡察", "专项巡察", "机动巡察", "巡察“回头看”", "政治巡察")


def inspection(speech: Speech, unit: Unit, place: Place) -> None:
    """Give the notice its unit's names, its inspection and the days from inspection to signature (2018–2026)."""
    draws = speech.draws
    start = date(2018, 1, 8) + timedelta(draws.between(0, 2900))
    end = start + timedelta(draws.between(25, 75))
    speech.since = end + timedelta(draws.between(15, 80))
    signed = speech.since + timedelta(draws.between(110, 200))
    group, session, turn = (numeral(draws.between(1, most)) for most in (8, 15, 10))
    speech.given |= {
        "self": unit.self,
        "name": unit.name,
        "full": unit.full,
        "short": unit.short,
        "committee": f"{place.level}委",
        "group": speech.masked() or group,
        "session": speech.masked() or session,
        "round": speech.masked() or turn,
        "type": draws.one(_TYPES),
        "start": speech.day(start),
        "end": speech.day(end, year=end.year != start.year),
        "feedback": speech.day(speech.since),
        "signed": speech.day(signed),
    }


def contacts(speech: Speech, place: Place) -> None:
    """Give the notice its contacts. No exchange's numbers begin with 0, no mobile network's with 1540000."""
    draws = speech.draws
    local = f"0{draws.between(100000, 999999)}"
    letters = "".join(draws.one("bcdfghjklmnpqrstxz") for _ in range(5))
    province = place.province if draws.chance(0.3) else ""
    county = "" if place.level == "市" else place.county
    hidden = speech.masked() * 3
    address = f"{province}{place.city}{county}{a_street(draws)}{draws.between(1, 399)}号"
    speech.given |= {
        "phone": hidden or (local if draws.chance(0.2) else f"099{place.code}-{local}"),
        "mobile": hidden or f"1540000{draws.between(1000, 9999)}",
        "address": speech.mask.name + f"路{hidden}号" if speech.mask else address,
        "postcode": hidden or f"09{place.code}{draws.between(100, 999)}",
        "email": hidden or f"{letters}@example.{draws.one(('org', 'com', 'net'))}",
    }


def counts(speech: Speech, problems: int, done: int, groups: int) -> None:
    """Give the notice the numbers of its lead, which are those of its text."""
    for slot, number in (("count", problems), ("done", done), ("left", problems - done), ("groups", groups)):
        speech.given[slot] = speech.masked() or str(number)
