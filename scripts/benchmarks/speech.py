"""Sentences with slots → text about one unit, masked if its notice is."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from benchmarks.draws import Draws
from benchmarks.places import Place, a_place, a_town, a_village
from benchmarks.vocabulary import Field, vocabulary

_SLOT = re.compile(r"\{(\w+)\}")
_NUMERALS = "零一二三四五六七八九十"
_MADE = ("制定", "修订", "印发", "出台", "重新修订", "制定出台", "修订完善")
_DOCUMENTS = (
    "{place}{subject}{doc}", "{thing}{doc}", "{work}{doc}", "关于规范{subject}的若干措施", "{self}{subject}{doc}（试行）",
    "{work}与{subject}{doc}", "{thing}{stage}{doc}", "关于加强{money}管理的通知", "{people}{subject}{doc}",
)  # fmt: skip


def numeral(number: int) -> str:
    """1 to 99 as 一 to 九十九."""
    if number <= 10:
        return _NUMERALS[number]
    tens, ones = divmod(number, 10)
    return ("" if tens == 1 else _NUMERALS[tens]) + "十" + (_NUMERALS[ones] if ones else "")


@dataclass(frozen=True, slots=True)
class Mask:
    """What stands for names and for figures."""

    name: str
    figure: str


class Speech:
    """Says sentences for one notice. `words` gathers what was drawn from the lists, and the places named."""

    def __init__(self, draws: Draws, field: Field, place: Place, mask: Mask | None) -> None:
        self.draws = draws
        self.field = field
        self.mask = mask
        self.words: set[str] = set()
        self.given: dict[str, str] = {"place": self.named(place.name), "self": ""}
        """Slots that this notice fills always alike."""
        self.since = date(2018, 1, 1)
        """From when on something was put right: the day of the feedback."""
        self._own: Mapping[str, Callable[[], str]] = {
            "n": lambda: self.figure(str(draws.between(2, 9))),
            "n2": lambda: self.figure(str(draws.between(11, 96))),
            "n3": lambda: self.figure(str(draws.between(110, 2980))),
            "share": lambda: self.figure(f"{draws.between(110, 996) / 10:g}") + "%",
            "wan": lambda: self.figure(f"{draws.between(11, 4800) / 10:g}") + "万元",
            "yuan": lambda: self.figure(str(draws.between(320, 98600))),
            "day": lambda: self.day(self.since + timedelta(draws.between(3, 100)), year=False),
            "due": self._due,
            "document": self._document,
            "made": lambda: draws.one(_MADE),
            "counted": self._counted,
            "town": lambda: self.named(a_town(draws) + draws.one(("镇", "乡"))),
            "village": lambda: self.named(a_village(draws)),
            "county": lambda: self.named(a_place(draws).county),
            "thing": lambda: self._heard(draws.card("thing", [thing for thing, _ in field.things])),
            "people": lambda: self._heard(draws.card("people", field.people)),
            "work": lambda: self._heard(draws.card("work", field.work)),
            "site": lambda: self._heard(draws.card("sites", field.sites)),
        }

    def say(self, sentence: str) -> str:
        """The sentence with its slots filled. KeyError for a slot that nothing fills."""
        return _SLOT.sub(lambda slot: self._fill(slot[1]), sentence)

    def pick(self, deck: str) -> str:
        """The next sentence of a list in sentences.yaml (`dirt.head` for a list in a list), said."""
        sentences = vocabulary().sentences
        for key in deck.split("."):
            sentences = sentences[key]
        return self.say(self.draws.card(f"say {deck}", list(sentences)))

    def masked(self) -> str:
        """What stands for figures in a masked notice; nothing in another."""
        return self.mask.figure if self.mask else ""

    def figure(self, digits: str) -> str:
        """A number as printed: masked two times in three where the notice is."""
        return self.mask.figure if self.mask and self.draws.chance(0.67) else digits

    def named(self, name: str) -> str:
        """The name of a place as printed: of a masked one only what kind of place it is."""
        if self.mask:
            return self.mask.name + name[-1]
        self.words.add(name)
        return name

    def day(self, when: date, *, year: bool = True) -> str:
        """A day as printed."""
        month, day = (self.mask.figure,) * 2 if self.mask else (str(when.month), str(when.day))
        return (f"{when.year}年" if year else "") + f"{month}月{day}日"

    def _fill(self, slot: str) -> str:
        if slot in self.given:
            return self.given[slot]
        if slot in self._own:
            return self._own[slot]()
        return self._heard(self.draws.card(slot, vocabulary().words[slot]))

    def _heard(self, word: str) -> str:
        self.words.add(word)
        return word

    def _counted(self) -> str:
        thing, measure = self.draws.one(self.field.things)
        return f"{self._heard(thing)}{self.figure(str(self.draws.between(3, 180)))}{measure}"

    def _document(self) -> str:
        return f"《{self.say(self.draws.card('documents', _DOCUMENTS))}》"

    def _due(self) -> str:
        when = self.since + timedelta(self.draws.between(200, 420))
        return f"{when.year}年{self.mask.figure if self.mask else when.month}月底"
