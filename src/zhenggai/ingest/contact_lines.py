"""Where a notice speaks of its contacts: the passages that hold them.

A passage begins with the sentence of a label that a value follows. The label
alone proves nothing, measures speak of telephones and mailboxes too: what makes
it a contact is an invitation to write or ring beside it, or that it opens a
sentence in the last part of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from zhenggai.ingest import contact_values as values
from zhenggai.ingest.contact_labels import find_labels, has_value, is_empty, is_hotline
from zhenggai.ingest.text import Line
from zhenggai.rulebook import contact_rules

LATE = 0.6
"""Share of the text after which a sentence that opens with a label needs no invitation."""
SHORT = 24
"""Characters of a line that may be nothing but a label, with its value on the next line."""
NEAR = 4
"""Lines with text between which contact lines belong together."""
ASKED = 160
"""Characters between an invitation and the label that it still reaches."""

_QUICK = re.compile(  # every branch begins with a plain character: such patterns search several times faster
    r"电|邮|箱|址|☎|📞|@|＠|热\s{0,4}线|联\s{0,4}系|手\s{0,4}机|传\s{0,4}真|T[Ee][Ll]|tel|Ｔ|时\s{0,4}间"
    r"|寄|来信|来访|写信|致函|致电|拨|地\s{0,4}点|渠道|方式|投诉|咨询|举报|监督|反映|FAX|Fax|fax"
)
_MEASURE = re.compile(
    r"\s*(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]|[一二三四五六七八九十]是|第[一二三四五六七八九十]+|[①-⑳]"
    r"|[【\[]?整改(?:情况|措施|进展|成效|结果|落实|完成)[^。：:]{0,8}[：:】\]])"
)
_OPENING = re.compile(
    r"[\s|｜·•●◆■▪☎📞*◎※►(（【\[-]*(?:[（(]?[\d一二三四五六七八九十]{1,2}[）)、.．]\s*)?"
    r"(?:\w{2,24}(?:室|局|委|组|院|办|部|处|科|会|站|所|司|校|镇|乡|街道|中心|集团)的?)?"
)
_VALUE = re.compile(  # a number, a mask, an address, or the place where one was
    r"[\dxX*×○某〇]{5}|\d{3}[ －—-]\d|[@＠#]|[:：话][\s(（]*[;；。)）略xX*×○]|信箱|地\s*址|地\s*点|寄|来访|致函|写信|意见箱"
)
_PURPOSE = re.compile(r"监督|举报|信访|值班|巡察|整改")
_STOPS = "。！？"
_FURNITURE = frozenset({"site-owner", "copyright", "accessibility"})


@cache
def _words() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Invitations; verbs of measures right before a label; words of other people's contacts."""
    rules = contact_rules()
    return (
        re.compile("|".join(f"(?:{p})" for p in rules.invitations)),
        re.compile(rf"(?:{'|'.join(rules.work)})[^。；;：:，,、]{{0,12}}$"),
        re.compile("|".join(rules.strangers)),
    )


class _Mark(NamedTuple):
    """A label with its value, or a bare e-mail address, as offsets in its line."""

    start: int
    done: int
    """Where the label ends, or the e-mail address."""
    named: bool = False
    """The label ends with a colon, a bar or the line."""
    weak: bool = False
    """Postcode, hours, hotline or empty label: no contact unless asked for or beside others."""
    purpose: bool = False
    """The label says what it is for (举报电话), as no web site's does."""
    opens: bool = False
    """A label opens its sentence, or only the name of its owner stands before it."""


class _Hit(NamedTuple):
    """A mark with what speaks for and against it."""

    mark: _Mark
    start: int
    """Where its sentence begins."""
    end: int
    asked: bool
    """An invitation to write or ring reaches it."""
    work: bool
    """Spoken of as something that was set up: 设立监督电话…"""
    measure: bool
    """In a numbered or labelled measure."""

    def counts(self, late: bool, near: bool) -> bool:
        """Whether it is a contact of the notice; `late` in the text, `near` other contact lines."""
        if self.measure:
            return self.asked and not self.work and (self.mark.named or self.mark.opens)
        if self.asked:
            return late or not self.work
        return not self.work and (self.mark.opens or (near and self.mark.named)) and (late or near)


def passages(lines: Sequence[Line]) -> Iterator[list[tuple[int, str]]]:
    """Runs of lines that hold contacts: [(line number, text)], only the part that does."""
    shown = [line for line in lines if line.text.strip()]
    spans = _spans(shown, {line.no for line in lines if any(cut.rule in _FURNITURE for cut in line.cuts)})
    block: list[tuple[int, str]] = []
    done = -100
    for i, (start, end) in sorted(spans.items()):
        gap = shown[done + 1 : i]
        if block and len(gap) <= 2 and all(len(line.text) <= 60 for line in gap):
            block += [(line.no, line.text) for line in gap]
        elif block:
            yield block
            block = []
        if i <= done:  # it stood on the line after its label
            continue
        text = shown[i].text
        block.append((shown[i].no, text[start : min(end, len(text))]))
        done = i
        if end > len(text):  # label on one line, value on the next
            block.append((shown[i + 1].no, shown[i + 1].text))
            done = i + 1
    if block:
        yield block


def _spans(shown: Sequence[Line], furniture: set[int]) -> dict[int, tuple[int, int]]:
    """Per index of a line with contacts, where in it they begin and end."""
    total = sum(len(line.text) for line in shown) or 1
    spans: dict[int, tuple[int, int]] = {}
    at, last = 0, -100
    for i, line in enumerate(shown):
        begin, at = at, at + len(line.text)
        if not _QUICK.search(line.text):
            continue
        near = i - last <= NEAR
        ends = len(shown) - i <= 6
        if not near and len(line.text) > SHORT and not _VALUE.search(line.text):
            continue
        if not (near or ends or at / total >= LATE) and _MEASURE.match(line.text):
            continue
        above = shown[last].no if last >= 0 else 0
        footer = any(above < n and -4 < n - line.no < (0 if near else 3) for n in furniture)
        hits = [
            hit
            for hit in _hits(shown, i, footer)
            if hit.counts(ends or (begin + hit.start) / total >= LATE, near)
            and (hit.asked or hit.mark.purpose or not footer)
        ]
        if not near and all(hit.mark.weak and not hit.asked for hit in hits):
            continue
        if hits:
            spans[i] = (min(hit.start for hit in hits), max(hit.end for hit in hits))
            last = i
    return spans


def _hits(shown: Sequence[Line], i: int, footer: bool) -> Iterator[_Hit]:
    """The labelled values of a line, and its e-mail addresses, that may be the notice's own."""
    _, work, strangers = _words()
    text = values.fold_width(shown[i].text)
    length = len(text)
    if i + 1 < len(shown) and (length <= SHORT or text.rstrip()[-1] == ":"):
        text += "\n" + values.fold_width(shown[i + 1].text[:80])  # label on one line, value on the next
    marks = [m for m in _marks(text, length) if not strangers.search(text, _sentence(text, m.start), m.done)]
    if not marks:
        return
    numbered = _MEASURE.match(text) is not None
    invited = _invitations(shown, i, text, min(m.start for m in marks), 0 if footer else 3)
    for mark in marks:
        start = _sentence(text, mark.start)
        limit = length if text[mark.done : length].strip() else len(text)
        end = min((at for stop in _STOPS if (at := text.find(stop, mark.done, limit)) >= 0), default=limit)
        yield _Hit(
            mark, start, end,
            asked=any(mark.start - ASKED <= at < end for at in invited),
            work=work.search(text, max(start, mark.start - 24), mark.start) is not None,
            measure=numbered or _MEASURE.match(text, start) is not None,
        )  # fmt: skip


def _marks(text: str, length: int) -> list[_Mark]:
    """Labels with values that begin before `length`, and e-mail addresses."""
    labels = find_labels(text)
    marks: list[_Mark] = []
    opening: dict[int, bool] = {}
    for n, label in enumerate(labels):
        stop = labels[n + 1].start if n + 1 < len(labels) else len(text)
        start = _sentence(text, label.start)
        if start not in opening:
            opening[start] = _OPENING.fullmatch(text, start, label.start) is not None
        filled = has_value(label, text, stop)
        if label.start < length and (filled or (label.kind != "end" and is_empty(label, text, stop))):
            weak = not filled or label.kind in ("postcode", "hours") or is_hotline(label, text, stop)
            purpose = _PURPOSE.match(label.printed) is not None
            marks.append(_Mark(label.start, label.end, bool(label.sep), weak, purpose, opening[start]))
    if "@" in text:
        marks += [
            _Mark(found.start, found.end, opens=opening.get(_sentence(text, found.start), False))
            for found in values.emails(text[:length])
        ]
    return marks


def _sentence(text: str, at: int) -> int:
    """Where the sentence around `at` begins."""
    return max(text.rfind(mark, 0, at) for mark in _STOPS) + 1


def _invitations(shown: Sequence[Line], i: int, text: str, start: int, back: int) -> list[int]:
    """Where readers are invited, as offsets in line `i`; negative ones lie in the `back` lines before it.

    Nothing is looked for that could not reach the first mark of the line, at `start`.
    """
    invite, _, _ = _words()
    found = [match.start() for match in invite.finditer(text, max(0, start - ASKED))]
    at = 0
    for line in reversed(shown[max(0, i - back) : i]):
        at -= len(line.text)
        if len(line.text) <= SHORT or not _MEASURE.match(line.text):
            tail = line.text[-ASKED:]
            found += [at + len(line.text) - len(tail) + match.start() for match in invite.finditer(tail)]
        if at < start - ASKED:
            break
    return found
