"""Three versions of a front matter → one: key by key, what a person changed wins.

Mappings are merged by key; problems and sub-problems by anchor, phones by number,
documents by name, things to review by what they say, copies by file. What a person
added, changed or took out stays so; `tags` follow from the merged problems.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, TypeVar

Data = dict[str, Any]
K = TypeVar("K")

_KEYS: dict[str, Callable[[Any], Hashable]] = {
    "issues": lambda one: one["anchor"],
    "sub_issues": lambda one: one["anchor"],
    "phones": lambda one: one["value"],
    "emails": lambda one: one,
    "documents": lambda one: one["name"],
    "review": lambda one: (one["code"], one["message"]),
    "copies": lambda one: (one["file"], one["sha256"]),
}
"""Lists whose members are known by something else than their place; all others are one value."""
_GONE: Any = object()
_SHORT = 30


@dataclass(frozen=True, slots=True)
class HeadClash:
    """Where both sides changed the same: the person's stands."""

    where: str
    theirs: str
    """What the new conversion has there, briefly."""


@dataclass(frozen=True, slots=True)
class MergedHead:
    """Merged front matter as plain data, and what in it is the person's."""

    data: Data
    kept: tuple[str, ...]
    """Names of the keys that stand as the person has them: `reviewed`, `issues“…”.status`."""
    clashes: tuple[HeadClash, ...]


def merge_heads(base: Data, mine: Data, theirs: Data) -> MergedHead:
    """Merge a person's front matter (`mine`) with a new conversion's (`theirs`), all as `model_dump` gives it."""
    merger = _Merger()
    data = merger.entries((), base, mine, theirs)
    data["tags"] = _tags(data["issues"], mine["tags"], theirs["tags"])
    kept = [where for where in dict.fromkeys(merger.kept) if where != "tags"]
    return MergedHead(data, tuple(kept), tuple(c for c in merger.clashes if c.where != "tags"))


def _tags(issues: list[Data], *written: list[str]) -> list[str]:
    wanted = {issue["category"] for issue in issues}
    return next((tags for tags in written if set(tags) == wanted), sorted(wanted))


def woven(base: Iterable[K], mine: Iterable[K], theirs: Iterable[K]) -> list[K]:
    """The keys of both sides in one order: the new conversion's, unless the person put them in another."""
    last, person, new = list(base), list(mine), list(theirs)
    moved = [k for k in person if k in last] != [k for k in last if k in person]
    spine, other = (person, new) if moved else (new, person)
    out = list(spine)
    for index, key in enumerate(other):
        if key not in spine:
            ahead = next((k for k in reversed(other[:index]) if k in out), None)
            out.insert(0 if ahead is None else out.index(ahead) + 1, key)
    return out


class _Merger:
    def __init__(self) -> None:
        self.kept: list[str] = []
        self.clashes: list[HeadClash] = []

    def entries(self, path: tuple[str, ...], base: Data, mine: Data, theirs: Data) -> Data:
        """Mappings: who added, took out or changed which key."""
        out: Data = {}
        for key in woven(base, mine, theirs):
            here = (*path, key)
            was, person, new = (side.get(key, _GONE) for side in (base, mine, theirs))
            if person is not _GONE and new is not _GONE:
                out[key] = self.value(here, was, person, new)
            elif new is _GONE:
                if was is _GONE:
                    self.keep(here)
                    out[key] = person
                elif person != was:
                    self.clash(here, new)
                    out[key] = person
            elif was is _GONE:
                out[key] = new
            elif new == was or path[-1:] == ("review",):
                self.keep(here)
            else:
                self.clash(here, new)
        return out

    def value(self, path: tuple[str, ...], was: Any, person: Any, new: Any) -> Any:
        if person in (was, new) or (was is _GONE and person in (None, [], {})):
            return new
        if isinstance(person, dict) and isinstance(new, dict):
            return self.entries(path, was if isinstance(was, dict) else {}, person, new)
        if isinstance(person, list) and isinstance(new, list) and path[-1] in _KEYS:
            key = _KEYS[path[-1]]
            sides = [_by_key(side, key) for side in (was if isinstance(was, list) else [], person, new)]
            last, mine, theirs = sides
            if last is not None and mine is not None and theirs is not None:
                merged = self.entries(path, last, mine, theirs)
                return list(merged.values())
        if new == was or (was is _GONE and new in (None, [], {})):
            self.keep(path)
        else:
            self.clash(path, new)
        return person

    def keep(self, path: tuple[str, ...]) -> None:
        self.kept.append(_name(path))

    def clash(self, path: tuple[str, ...], new: Any) -> None:
        self.keep(path)
        if path[-1] != "line":  # where a thing to review stands: no matter
            self.clashes.append(HeadClash(_name(path), "没有这一项" if new is _GONE else _short(new)))


def _by_key(values: list[Any], key: Callable[[Any], Hashable]) -> dict[Any, Any] | None:
    """The members by their key; None when two have the same."""
    found = {key(value): value for value in values}
    return found if len(found) == len(values) else None


def _name(path: tuple[Any, ...]) -> str:
    """`contacts.address`, `issues“护林员巡山记录补写”.status`; what is to be reviewed is one key."""
    if path[0] == "review":
        return "review"
    out = path[0]
    for above, part in pairwise(path):
        label = part[0] if isinstance(part, tuple) else part
        out += f"“{label}”" if above in _KEYS else f".{label}"
    return str(out)


def _short(value: Any) -> str:
    said = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return said if len(said) <= _SHORT else said[:_SHORT] + "…"
