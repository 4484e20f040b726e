"""Names of places anywhere in running text: by the division table, else by their form and what stands around them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from zhenggai.audit.rules import audit_rules
from zhenggai.ingest.placenames import MASK, located, table

_HAN = "\u3400-\u9fff"
_NEXT_WORD = re.compile(
    r"市(?:场|政|民|容|值|价|郊|级|直)|省(?:级|直)|区(?:域|划|位|块|级|直)|县(?:域|城(?!区|镇)|级|直)|"
    r"乡(?:村|贤|镇|愁|土)|镇村|旗(?:帜|舰|袍)"
)
"""The sign of a division and what makes it the beginning of another word."""
_NAME = rf"[{_HAN}]{{2,3}}(?:街道|新区|[县镇乡区市])"
_PLACED = r"(?:(?<=[在到赴往])|(?<=前往|位于|深入|走进|走访|来自|中共|送至)|(?<=共青团)|(?<=《))"
"""Words and signs behind which only the name of a place comes: anything may follow it."""
_FREE = rf"(?:^|(?<=[^{_HAN}]))"
_THING = rf"(?=[{_HAN}]{{1,4}}(?:村|社区|街|路|镇|乡|中学|小学|医院)|[、，。）]|$)"
"""What must follow behind any other sign, lest 根据县委 be a place."""
_FORMS = (re.compile(f"{_PLACED}{_NAME}"), re.compile(f"{_FREE}{_NAME}{_THING}", re.M))
_KIND = re.compile(
    r"(?:[园街校片辖厂景库牧灾小山城郊战社林矿学军]区|[集夜超门都股城县]市|[城村集古小]镇|[城家返故老]乡)$"
)
"""园区, 集市 are no divisions."""
_COUNT = re.compile(rf"[一二三四五六七八九十百千两几个各全每{re.escape(MASK)}]")
_WENT = re.compile(rf"(?:赴|前往)[{_HAN}、]{{0,24}}$")
_CLAUSE = re.compile(r"[，。；：！？\n]")


@dataclass(frozen=True, slots=True)
class Named:
    """A division that a text names."""

    start: int
    name: str
    slot: int
    """0 province, 1 city, 2 county, 3 township."""


@cache
def _by_two() -> dict[str, tuple[str, ...]]:
    """First two characters → names of the table, the longest first. 城区 and 和县 are too short to be told."""
    found: dict[str, list[str]] = {}
    for name in table():
        if len(name) > 2 and not _is_common(name):
            found.setdefault(name[:2], []).append(name)
    return {two: tuple(sorted(names, key=len, reverse=True)) for two, names in found.items()}


@cache
def _common() -> frozenset[str]:
    return frozenset(audit_rules().leaks.no_places)


def _is_common(name: str) -> bool:
    return re.sub(r"(?:街道|新区|[省市县区镇乡])$", "", name) in _common()


@cache
def _visits() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, audit_rules().leaks.visits)))


def _is_visit(text: str, start: int, end: int) -> bool:
    went = _WENT.search(text[:start])
    return went is not None and _visits().search(_CLAUSE.split(text[end : end + 40])[0]) is not None


def _is_place(name: str, text: str, end: int) -> bool:
    """Whether a word of the form of a division is the name of one."""
    if (
        name.startswith(tuple(_common()))
        or _KIND.search(name)
        or _COUNT.search(name)
        or _NEXT_WORD.match(text, end - 1)
    ):
        return False
    place, ahead, rest = located(name)
    return bool(place) and not ahead and not rest


def named_places(text: str) -> Iterator[Named]:
    """The places that a text names, in order; those that people only went to see (赴…考察) left out."""
    found: dict[int, Named] = {}
    by_two = _by_two()
    at = 0
    while at < len(text) - 2:
        name = next((n for n in by_two.get(text[at : at + 2], ()) if text.startswith(n, at)), None)
        if name is None or _NEXT_WORD.match(text, at + len(name) - 1):
            at += 1
            continue
        found[at] = Named(at, name, table()[name][0].slot)
        at += len(name)
    covered = {i for place in found.values() for i in range(place.start, place.start + len(place.name))}
    for form in _FORMS:
        for match in form.finditer(text):
            if covered.isdisjoint(range(*match.span())) and _is_place(match[0], text, match.end()):
                found[match.start()] = Named(match.start(), match[0], located(match[0])[0].lowest)
                covered.update(range(*match.span()))
    for start in sorted(found):
        if not _is_visit(text, start, start + len(found[start].name)):
            yield found[start]
