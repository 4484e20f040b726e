"""Addresses stay: a new conversion takes over the anchors under which its problems are published.

An anchor comes from a heading's wording; when the wording changes (a typing error
put right, a heading read better) links that people have saved must still lead to
the problem. So problems of the new conversion are paired with the published ones,
surest sign first, and take their anchors; a problem without a pair never takes a
name that was somebody else's.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz

from zhenggai.model import Issue, Report

NEAR = 88.0
"""Likeness (0–100) from which two headings are the same problem."""
NEAR_NUMBERED = 75.0
"""The same for headings that also print the same number under the same heading above."""

_NOT_WORDING = re.compile(r"[\W_]+")
_MARK = re.compile(r"^(#{1,6} .*\{#|\{: #)([^{}\s]+)( ?\})$", re.M)
"""The two forms in which `markdown.write` puts an anchor; in running text braces are escaped."""


@dataclass(frozen=True, slots=True)
class _Spot:
    """What one anchor stands for."""

    anchor: str
    kind: str
    """`row`, `sub`, or the place of a repetition: `again 0`."""
    number: str | None
    heading: str
    above: str
    """The heading it stands under; for a sub-problem and a repetition, that of its problem."""


@dataclass(frozen=True, slots=True)
class CarriedOver:
    """A report with the anchors that were published."""

    report: Report
    body: str
    renamed: dict[str, str]
    """What the conversion called it → what it is published as; those that differ."""
    gone: tuple[str, ...]
    """Published anchors that no problem has any more."""


def carry_over(report: Report, body: str, published: Report) -> CarriedOver:
    """`report` and `body` with the anchors of `published`, wherever the problem is the same.

    `carry_over` of its own result changes nothing.
    """
    new, old = list(_spots(report)), list(_spots(published))
    pairs = _pair(new, old)
    names = {fresh.anchor: pairs[fresh].anchor for fresh in new if fresh in pairs}
    taken = {spot.anchor for spot in old} | set(names.values())
    for spot in new:
        if spot not in pairs:
            names[spot.anchor] = free = _free(spot.anchor, taken)
            taken.add(free)
    renamed = {name: to for name, to in names.items() if name != to}
    gone = tuple(spot.anchor for spot in old if spot.anchor not in names.values())
    return CarriedOver(*rename(report, body, renamed), renamed, gone)


def rename(report: Report, body: str, names: dict[str, str]) -> tuple[Report, str]:
    """`report` and `body` with anchors renamed in both, all at once (names may change places)."""
    if not names:
        return report, body

    def issue(one: Issue) -> Issue:
        subs = tuple(s.model_copy(update={"anchor": names.get(s.anchor, s.anchor)}) for s in one.sub_issues)
        also = tuple(names.get(a, a) for a in one.also_at)
        return one.model_copy(
            update={"anchor": names.get(one.anchor, one.anchor), "also_at": also, "sub_issues": subs}
        )

    renamed = report.model_copy(update={"issues": tuple(issue(one) for one in report.issues)})
    return renamed, _MARK.sub(lambda m: f"{m[1]}{names.get(m[2], m[2])}{m[3]}", body)


def renamed_by_hand(last: Report, edited: Report) -> dict[str, str]:
    """Anchors that a person renamed since the `last` conversion: problem, number and heading unchanged."""
    old, new = list(_spots(last)), list(_spots(edited))
    before, after = {spot.anchor for spot in old}, {spot.anchor for spot in new}
    added = [spot for spot in new if spot.anchor not in before]
    found: dict[str, str] = {}
    for spot in old:
        if spot.anchor in after:
            continue
        same = next((s for s in added if _exactly(s) == _exactly(spot)), None)
        if same:
            added.remove(same)
            found[spot.anchor] = same.anchor
    return found


def _spots(report: Report) -> Iterator[_Spot]:
    for one in report.issues:
        above = one.parents[-1] if one.parents else ""
        yield _Spot(one.anchor, "row", one.number, one.heading, above)
        for count, anchor in enumerate(one.also_at):
            yield _Spot(anchor, f"again {count}", one.number, one.heading, one.heading)
        for sub in one.sub_issues:
            yield _Spot(sub.anchor, "sub", None, sub.heading, one.heading)


def _exactly(spot: _Spot) -> tuple[object, ...]:
    return spot.kind, spot.number, _wording(spot.heading), _wording(spot.above)


_SIGNS: tuple[Callable[[_Spot], tuple[object, ...]], ...] = (
    _exactly,
    lambda spot: (spot.kind, spot.number, _wording(spot.heading)),
    lambda spot: (spot.kind, _wording(spot.heading)),
    lambda spot: (spot.kind.startswith("again"), _wording(spot.heading)),  # a row became a sub, or back
)
"""Signs that two spots are one problem, the surest first."""


def _pair(new: list[_Spot], old: list[_Spot]) -> dict[_Spot, _Spot]:
    """New spot → the published one that is the same problem."""
    pairs: dict[_Spot, _Spot] = {}
    new, old = list(new), list(old)

    def join(fresh: _Spot, known: _Spot) -> None:
        pairs[fresh] = known
        new.remove(fresh)
        old.remove(known)

    for sign in _SIGNS:
        waiting: dict[tuple[object, ...], list[_Spot]] = {}
        for known in old:
            waiting.setdefault(sign(known), []).append(known)
        for fresh in list(new):
            if same := waiting.get(sign(fresh)):
                join(fresh, same.pop(0))
    near = [
        (-score, new.index(fresh), old.index(known), fresh, known)
        for fresh in new
        for known in old
        if (score := _likeness(fresh, known))
    ]
    for _, _, _, fresh, known in sorted(near, key=lambda one: one[:3]):
        if fresh in new and known in old:
            join(fresh, known)
    return pairs


def _likeness(fresh: _Spot, known: _Spot) -> float:
    """How alike two headings are, 0 when they are not one problem."""
    if fresh.kind.startswith("again") != known.kind.startswith("again"):
        return 0.0
    score = fuzz.ratio(_wording(fresh.heading), _wording(known.heading))
    if fresh.kind == known.kind and fresh.anchor == known.anchor and score >= 50:
        return score + 100  # the same words as far as an anchor goes
    numbered = fresh.kind == known.kind == "row" and fresh.number is not None
    if numbered and fresh.number == known.number and _alike(fresh.above, known.above):
        return score if score >= NEAR_NUMBERED else 0.0
    return score if score >= NEAR else 0.0


def _alike(one: str, other: str) -> bool:
    return fuzz.ratio(_wording(one), _wording(other)) >= NEAR_NUMBERED if one or other else True


def _wording(heading: str) -> str:
    return _NOT_WORDING.sub("", heading)


def _free(name: str, taken: set[str]) -> str:
    stem = re.sub(r"-\d+$", "", name)
    count, free = 1, name
    while free in taken:
        count += 1
        free = f"{stem}-{count}"
    return free
