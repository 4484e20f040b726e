"""Three versions of a body → one: sentence by sentence, what a person changed wins.

Both sides are compared with the last conversion. A sentence that one side changed or
took out is as that side has it; where both did, as the person has it; what either
side added is kept. So no sentence of the new conversion is missing but one that
the person had changed or taken out, and each of those is told of.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from zhenggai.ingest.sentences import Sentence, compare, sentences


@dataclass(frozen=True, slots=True)
class Clash:
    """Where both sides changed the same: the person's stands."""

    line: int
    """1-based line of the merged body at which the person's stands, or would."""
    mine: str
    """What stands there; empty: the person took the sentence out."""
    theirs: str
    """What the new conversion has there; empty: it took the sentence out."""


@dataclass(frozen=True, slots=True)
class MergedBody:
    """A merged body, and what in it is the person's."""

    text: str
    mine: tuple[tuple[int, int], ...]
    """First and last line (1-based) of each stretch in which a person's words stand."""
    removed: tuple[tuple[int, str], ...]
    """What the person took out: (line at which it would stand, its words)."""
    clashes: tuple[Clash, ...]


@dataclass(frozen=True, slots=True)
class _Piece:
    sentence: Sentence
    mine: bool


@dataclass(frozen=True, slots=True)
class _Told:
    """A person's removal or a clash, at the place of the piece with this index."""

    at: int
    mine: str
    theirs: str | None
    """None: the new conversion is as the last was."""
    last: str


def merge_bodies(base: str, mine: str, theirs: str, pinned: Iterable[str] = ()) -> MergedBody:
    """Merge a person's body (`mine`) with a new conversion's (`theirs`); `base` is the last conversion's.

    Lines that carry one of the `pinned` anchors stay as the person has them.
    """
    last, base_end = sentences(base)
    person, person_end = sentences(mine)
    new, new_end = sentences(theirs)
    hers, its = compare(last, person), compare(last, new)
    pins = _pinned(last, set(pinned))
    pieces: list[_Piece] = []
    told: list[_Told] = []
    for index in range(len(last) + 1):
        left = index > 0 and hers.of[index - 1] is None
        pieces += _woven(hers.added[index], _without_anchor(its.added[index]) if left else its.added[index])
        if index == len(last):
            break
        was, person_has, new_has = last[index], hers.of[index], its.of[index]
        changed = person_has is None or person_has.text != was.text or index in pins
        differs = new_has is None or new_has.text != was.text
        if person_has is None:
            if new_has is not None:
                told.append(_Told(len(pieces), "", new_has.text if differs else None, was.text))
        elif new_has is None:
            if changed:
                pieces.append(_Piece(person_has, mine=True))
                told.append(_Told(len(pieces) - 1, person_has.text, "", was.text))
        else:
            text = person_has.text if changed else new_has.text
            lead = person_has.lead if person_has.lead != was.lead else new_has.lead
            own = (changed and text != new_has.text) or lead != new_has.lead
            pieces.append(_Piece(replace(person_has if changed else new_has, lead=lead), own))
            if changed and differs and text != new_has.text:
                told.append(_Told(len(pieces) - 1, text, new_has.text, was.text))
    if pieces:  # a body without sentences is all end
        person_end, new_end = person_end if person else base_end, new_end if new else base_end
    end = person_end if person_end != base_end else new_end
    return _joined(pieces, end, told)


def _pinned(base: list[Sentence], anchors: set[str]) -> set[int]:
    """Base sentences that must stay as the person has them: the anchor and what it stands at."""
    found: set[int] = set()
    for index, sentence in enumerate(base):
        if sentence.anchor in anchors:
            found |= {index, index - 1}
    return found


def _without_anchor(added: list[Sentence]) -> list[Sentence]:
    """An anchor is of what stands before it, which is gone."""
    return added[1:] if added and added[0].anchor is not None else added


def _woven(mine: list[Sentence], theirs: list[Sentence]) -> list[_Piece]:
    """What both added in one place, each sentence once: first what goes on with the paragraph."""
    texts = [sentence.text for sentence in mine]
    fresh: list[Sentence] = []
    for sentence in theirs:
        if sentence.text in texts:
            texts.remove(sentence.text)
        else:
            fresh.append(sentence)
    own = [_Piece(sentence, mine=True) for sentence in mine]
    new = [_Piece(sentence, mine=False) for sentence in fresh]
    if mine and "\n" not in mine[0].lead:
        return own + new
    return new + own


def _joined(pieces: list[_Piece], end: str, told: list[_Told]) -> MergedBody:
    out: list[str] = []
    lines: list[int] = []
    line = -1  # the two line ends that `sentences` puts ahead
    before: Sentence | None = None
    stretches: list[tuple[int, int]] = []
    for piece in pieces:
        sentence = _fitted(piece.sentence, before)
        line += sentence.lead.count("\n")
        lines.append(line)
        out.append(sentence.lead + sentence.text)
        if piece.mine:
            if stretches and line <= stretches[-1][1] + 2:
                stretches[-1] = (stretches[-1][0], line)
            else:
                stretches.append((line, line))
        before = sentence
    lines.append(line)
    removed = tuple((lines[t.at], t.last) for t in told if not t.mine and t.theirs is None)
    clashes = tuple(Clash(lines[t.at], t.mine, t.theirs) for t in told if t.theirs is not None)
    whole = "".join((*out, end))
    if pieces:
        whole = whole.removeprefix("\n\n") if whole.startswith("\n\n") else whole.lstrip("\n")
    return MergedBody(whole, tuple(stretches), removed, clashes)


def _fitted(sentence: Sentence, before: Sentence | None) -> Sentence:
    """Mended where two versions meet: headings and anchors stand alone, an anchor in the form of its place."""
    broken = "\n" in sentence.lead
    if sentence.anchor is None:
        alone = before is not None and (before.heading or before.anchor is not None)
        return replace(sentence, lead="\n\n") if not broken and (alone or sentence.heading) else sentence
    if before is None or before.heading == sentence.at_heading:
        return sentence
    if before.heading:
        return replace(sentence, lead=" ", text=f"{{#{sentence.anchor}}}")
    return replace(sentence, lead="\n", text=f"{{: #{sentence.anchor} }}")
