"""The words and sentences of generated notices, read once from the YAML files beside this module."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).resolve().parent
Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """One line of business: who works in it, with what, on what, and its own problems."""

    name: str
    units: Words
    things: tuple[tuple[str, str], ...]
    """Thing, measure word."""
    people: Words
    work: Words
    sites: Words
    faults: Words


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Everything that notices are made of."""

    fields: tuple[Field, ...]
    words: Mapping[str, Words]
    """Slot → words, for every office alike."""
    sentences: Mapping[str, Any]
    places: Mapping[str, tuple[Words, ...]]
    """Kind of place → the parts of its names."""

    def listed(self) -> frozenset[str]:
        """Every word of the lists, without units and sentences."""
        found = {word for words in self.words.values() for word in words}
        for field in self.fields:
            found |= {thing for thing, _ in field.things} | {*field.people, *field.work, *field.sites}
        return frozenset(found)


@cache
def vocabulary() -> Vocabulary:
    """Read the files."""
    words = {slot: tuple(text.split()) for slot, text in _read("words").items()}
    fields = tuple(_field(name, data) for name, data in _read("fields").items())
    places = {
        kind: tuple(tuple(part.split()) for part in (parts if isinstance(parts, list) else [parts]))
        for kind, parts in _read("places").items()
    }
    return Vocabulary(fields, words, _read("sentences"), places)


def _field(name: str, data: Mapping[str, Any]) -> Field:
    things = [(thing, measure) for measure, text in data["things"].items() for thing in text.split()]
    lists: Sequence[Words] = [tuple(data[key].split()) for key in ("units", "people", "work", "sites")]
    units, people, work, sites = lists
    return Field(name, units, tuple(things), people, work, sites, tuple(data["faults"].splitlines()))


def _read(name: str) -> dict[str, Any]:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return dict(yaml.load((HERE / f"{name}.yaml").read_text(encoding="utf-8"), Loader=loader))  # noqa: S506
