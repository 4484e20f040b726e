"""Number and seed → one incoming notice, always the same bytes.

1. unit       a field of work, an invented place, a unit; one notice in ten is masked
2. facts      inspection, feedback, signature between 2018 and 2026; contacts
3. problems   headings with accounts, as many as fill the size
4. whole      title, lead, how the unit set about it, the problems in one of the heading grammars, outlook, contacts
5. dirt       what sites that sell documents put around it and into it, on four notices in ten
6. bytes      UTF-8 mostly; GB18030, UTF-16, a byte order mark or CRLF now and then
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from benchmarks import facts
from benchmarks.dirt import dirty, encoded
from benchmarks.draws import Draws
from benchmarks.forms import FORMS, Problem, table, write
from benchmarks.places import a_place
from benchmarks.speech import Mask, Speech, numeral
from benchmarks.units import a_unit
from benchmarks.vocabulary import vocabulary

SEED = "整改公开"
SIZES = (2300, 4400, 5000, 5600, 12400)
"""Characters: least, quarter, half, three quarters and most of the real notices that the converter is tried on."""
MASKS = (Mask("X", "X"), Mask("XX", "X"), Mask("***", "**"), Mask("○○", "○"), Mask("××", "×"))


@dataclass(frozen=True, slots=True)
class Notice:
    """One incoming file."""

    name: str
    content: bytes
    text: str
    """Its text, without vendor text."""
    masked: bool
    words: frozenset[str]
    """Its words that were drawn from the lists, and the places it names."""


def notice(number: int, seed: str = SEED) -> Notice:
    """Notice `number` (from 0). It does not depend on how many others are made."""
    draws = Draws(f"{seed}/{number}")
    masked = number % 10 == Draws(f"{seed}/masked/{number // 10}").between(0, 9)
    field = draws.one(vocabulary().fields)
    place = a_place(draws)
    mask = draws.one(MASKS) if masked else None
    speech = Speech(draws, field, place, mask)
    unit = a_unit(draws, field, place, speech.given["place"], mask.name if mask else "")
    facts.inspection(speech, unit, place)
    facts.contacts(speech, place)
    lines = _whole(speech, _size(draws))
    content = encoded(draws, dirty(speech, lines) if draws.chance(0.4) else lines)
    name = f"{number:05d} {'' if masked else unit.name}巡察整改.txt"
    text = "\n".join(lines)
    return Notice(name, content, text, masked, frozenset(word for word in speech.words if word in text))


def _size(draws: Draws) -> int:
    return draws.between(*draws.one(list(pairwise(SIZES))))


def _whole(speech: Speech, size: int) -> list[str]:
    draws = speech.draws
    form = draws.one(FORMS)
    as_table = draws.chance(0.03)
    in_parts = bool(form.group) or as_table
    stated = draws.chance(0.8)
    problems: list[Problem] = []
    room = size - size // 4 - 650
    headings = _headings(speech)
    while room > 80 or len(problems) < 3:
        problems.append(_problem(speech, next(headings), most=room, stated=stated, subs=bool(form.sub)))
        room -= _length(problems[-1])
    groups = [speech.say("{top}") for _ in range(min(draws.between(2, 5), len(problems)))]
    whole = frozenset(vocabulary().sentences["statuses"]["done"])
    done = sum(problem.status in whole for problem in problems)
    facts.counts(speech, len(problems), done, len(groups))
    body = table(problems) if as_table else write(form, problems, groups)
    opening = _opening(speech, size // 6)
    outlook = _outlook(speech, size // 12)
    if in_parts:
        first, second, third = (speech.pick(f"parts.{part}") for part in ("first", "second", "third"))
        opening = [f"（{numeral(at)}）{line}" for at, line in enumerate(opening, 1)]
        body = [first, *opening, second, *body, third, *outlook]
    else:
        body = [*opening, *body, *outlook]
    lead = speech.pick("leads_with_counts" if stated and 0 < done < len(problems) else "leads")
    end = speech.pick("closings") + ("" if draws.chance(0.3) else speech.pick("contacts"))
    indent = " " * draws.between(0, 40)
    signature = [f"{indent}{speech.given['full']}", f"{indent}{speech.given['signed']}"]
    return [*speech.pick("titles").split("\n"), lead, *body, *end.split("\n"), *signature]


def _headings(speech: Speech) -> Iterator[str]:
    """Problems without end, none twice: the field's own, and such as every office has."""
    own = list(speech.field.faults)
    told = set()
    while True:
        if own and speech.draws.chance(0.4):
            heading = own.pop(speech.draws.between(0, len(own) - 1))
        else:
            heading = speech.pick("problems")
        if heading not in told:
            told.add(heading)
            yield heading


def _problem(speech: Speech, heading: str, *, most: int, stated: bool, subs: bool) -> Problem:
    draws = speech.draws
    parts = tuple(speech.pick("subs") for _ in range(draws.between(2, 3))) if subs else ()
    size = min(draws.between(110, 440), most)
    measures = [speech.pick("measures") for _ in range(max(2, len(parts)))]
    while sum(map(len, measures)) < size:
        measures.append(speech.pick("measures"))
    share = draws.share()
    told = next(name for name, up_to in _STATUSES if share < up_to)
    return Problem(heading, parts, tuple(measures), speech.pick(f"statuses.{told}") if stated else "")


_STATUSES = (("done", 0.7), ("mostly", 0.78), ("open", 0.93), ("long", 1.0))


def _length(problem: Problem) -> int:
    return sum(map(len, (problem.heading, problem.status, *problem.subs, *problem.measures))) + 20


def _opening(speech: Speech, size: int) -> list[str]:
    """How the unit set about it: paragraphs, each under a few words of its own."""
    lines: list[str] = []
    while sum(map(len, lines)) < size:
        said = "。".join(speech.pick("opening") for _ in range(speech.draws.between(2, 3)))
        lines.append(f"{speech.say('以{spirit}带动{spirit}')}。{said}。")
    return lines


def _outlook(speech: Speech, size: int) -> list[str]:
    said = [speech.pick("outlook_leads")]
    for at in range(1, 12):
        said.append(f"{numeral(at)}是{speech.pick('outlook')}。")
        if sum(map(len, said)) >= size:
            break
    return ["".join(said)]
