"""Where a notice speaks of its contacts: the passages that hold them.

A passage begins with the sentence of a label that a value follows. The label
alone proves nothing, measures speak of telephones and mailboxes too: what makes
it a contact is an invitation to write or ring beside it, or that it opens a
sentence in the last part of the text. Under a heading (监督渠道), an invitation that
ends with a colon, or a contact line, the lines that bear values belong to it,
labelled or not: a list.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from zhenggai.ingest import contact_values as values
from zhenggai.ingest.contact_marks import (
    MEASURE,
    STOPS,
    Hit,
    is_heading,
    is_hotline_row,
    is_table_head,
    marks,
    sentence,
    words,
)
from zhenggai.ingest.dates import single
from zhenggai.ingest.folding import holds_any
from zhenggai.ingest.patterns import one_of
from zhenggai.ingest.pieces import Piece
from zhenggai.ingest.text import Line

LATE = 0.6
"""Share of the text after which a sentence that opens with a label needs no invitation."""
SHORT = 24
"""Characters of a line that may be nothing but a label, with its value on the next line."""
ROW = 120
"""Characters that a line of a list may have."""
NEAR = 4
"""Lines with text between which contact lines belong together."""
ASKED = 160
"""Characters between an invitation and the label that it still reaches."""
AROUND = 200
"""Characters of its sentence in which a value is known for somebody else's."""

_QUICK = re.compile(  # every branch begins with a plain character: such patterns search several times faster
    r"电|邮|箱|址|☎|☏|✆|✉|⌂|@|＠|热\s{0,4}线|专\s{0,4}线|联\s{0,4}系|手\s{0,4}机|传\s{0,4}真|T[Ee][Ll]|tel|Ｔ"
    r"|时\s{0,4}间|寄|来信|来函|来访|写信|信件|信函|致函|致电|拨|地\s{0,4}点|渠道|途径|方式|投诉|咨询|举报|监督|反映|FAX|Fax|fax"
)
_PICTURES = "📞📱📧📨📩📍📮🏠🏢"
"""Not in `_QUICK`, which is twice as fast without: most notices have none at all."""
_VALUE = one_of(  # an address, or the place where a value was; numbers apart, as the two are faster than one
    [r"[@＠#]|[:：话][\s(（]*[;；。)）略xX*×○]|信箱|地\s*址|地\s*点|寄|来访|来信|信函|致函|写信|意见箱"]
)
_NUMBER = re.compile(r"[\dxX*×○某〇](?:[\dxX*×○某〇]{4}|(?<=\d)\d\d[ )）－—·-]{1,3}\d)")  # or a mask
_BEARS = re.compile(
    r"[@＠]|[\d０-９]{3}[\d０-９ )）－—–-]{1,4}[\d０-９]{4}|[XxＸ×*]{4}|信箱|邮编|邮政编码|[路街道巷村].{0,12}[\d０-９Xx×*]+.?[号栋楼室座]"
    r"|^\s*\d{6}\s*$|^\s*[2-8]\d{6,7}(?!\d)"
)
"""What a line of a list holds."""
_OF_MEASURE = re.compile(r"\s*[【\[]?整改[^。：:]{0,8}[：:】\]]")
_OPEN_END = re.compile(r"(?:如下|以下|下列)[^。；]{0,12}[：:。]?\s*$|[：:]\s*$")
_FURNITURE = frozenset({"site-owner", "copyright", "accessibility"})


def furniture(lines: Iterable[Line]) -> frozenset[int]:
    """Numbers of the lines in which cleaning found the web site's own notes (版权所有, 主办)."""
    return frozenset(line.no for line in lines if any(cut.rule in _FURNITURE for cut in line.cuts))


@dataclass(slots=True)
class Passage:
    """Neighbouring lines that hold contacts, of each only the part that does."""

    lines: list[tuple[int, str]] = field(default_factory=list)
    """(line number, text)."""
    listed: set[int] = field(default_factory=set)
    """Indexes into `lines` of those that stand in a list: numbers need no label there."""


def passages(pieces: Sequence[Piece], page: Collection[int] = ()) -> Iterator[Passage]:
    """The passages of a notice, in order; `page` are the numbers of lines with the site's own notes."""
    spans = _Reader(pieces, page).spans()
    passage = Passage()
    done = -100
    for i, (start, end, listed) in sorted(spans.items()):
        gap = pieces[done + 1 : i]
        if passage.lines and len(gap) <= 2 and all(len(line.text) <= 60 for line in gap):
            passage.lines += [(line.no, line.text) for line in gap]
        elif passage.lines:
            yield passage
            passage = Passage()
        if i <= done:  # it stood on the line after its label
            if listed:
                passage.listed.add(len(passage.lines) - 1)
            continue
        text = pieces[i].text
        if listed:
            passage.listed.add(len(passage.lines))
        passage.lines.append((pieces[i].no, text[start : min(end, len(text))]))
        done = i
        if end > len(text):  # label on one line, value on the next
            passage.lines.append((pieces[i + 1].no, pieces[i + 1].text))
            done = i + 1
    if passage.lines:
        yield passage


class _Reader:
    """One reading of a notice from its first line to its last."""

    def __init__(self, pieces: Sequence[Piece], page: Collection[int]) -> None:
        self.pieces = pieces
        self.page = page
        self.pictures = any(holds_any(piece.text, _PICTURES) for piece in pieces)
        self.total = sum(len(piece.text) for piece in pieces) or 1
        self.last = -100
        """Index of the last line with contacts."""
        self.listing = -100
        """Index of the last line that headed or continued a list."""

    def spans(self) -> dict[int, tuple[int, int, bool]]:
        """Per index of a line with contacts, where in it they begin and end, and whether it is of a list."""
        found: dict[int, tuple[int, int, bool]] = {}
        at = 0
        for i, piece in enumerate(self.pieces):
            begin, at = at, at + len(piece.text)
            row = self._is_row(i)
            if not (row or _QUICK.search(piece.text) or (self.pictures and holds_any(piece.text, _PICTURES))):
                continue
            hits = self._contacts(i, begin)
            if row:
                found[i] = (0, max([len(piece.text), *(hit.end for hit in hits)]), True)
            elif hits:
                found[i] = (min(hit.start for hit in hits), max(hit.end for hit in hits), False)
            if i in found:
                self.last = i
            if (i in found and len(piece.text) <= ROW) or self._heads_list(
                i, late=begin / self.total >= LATE
            ):
                self.listing = i
        return found

    def _is_row(self, i: int) -> bool:
        """Whether the line belongs to the list above it."""
        text = self.pieces[i].text
        if i - self.listing > 3 or len(text) > ROW or not _BEARS.search(text):
            return False
        between = self.pieces[self.listing + 1 : i]
        if any(len(piece.text) > 60 or single(piece.text) for piece in between) or self._footer(i):
            return False
        return not (words().stranger.search(text) or _OF_MEASURE.match(text) or is_hotline_row(text))

    def _heads_list(self, i: int, *, late: bool) -> bool:
        text = self.pieces[i].text
        if is_heading(text) or is_table_head(text):
            return True
        if not late and MEASURE.match(text):
            return False
        plain = late and len(text) <= SHORT and not MEASURE.match(text)  # 请予监督。
        asks = plain or _OPEN_END.search(text[-SHORT:]) is not None
        return asks and words().invite.search(text[-ASKED:]) is not None

    def _footer(self, i: int) -> bool:
        """Whether the site's own notes begin between the last contacts and this line, or stand close by."""
        near = i - self.last <= NEAR
        above = self.pieces[self.last].no if self.last >= 0 else 0
        no = self.pieces[i].no
        return any(above < n and -4 < n - no < (0 if near else 3) for n in self.page)

    def _contacts(self, i: int, begin: int) -> list[Hit]:
        """The hits of a line that are contacts of the notice; `begin` is its offset in the text."""
        text = self.pieces[i].text
        near = i - self.last <= NEAR or i - self.listing <= 1
        ends = len(self.pieces) - i <= 6
        if not (near or ends or begin / self.total >= LATE) and MEASURE.match(text):
            return []
        if not near and len(text) > SHORT and not (_VALUE.search(text) or _NUMBER.search(text)):
            return []
        footer = self._footer(i)
        last = ends and len(text) <= ROW
        hits = [
            hit
            for hit in self._hits(i, footer)
            if hit.counts(ends or (begin + hit.start) / self.total >= LATE, near, last)
            and (hit.asked or hit.mark.purpose or not footer)
            and (
                hit.here
                or not words().stranger.search(text, hit.mark.start, min(hit.end, hit.mark.done + AROUND))
            )
        ]
        return [] if not near and all(hit.mark.weak and not hit.asked for hit in hits) else hits

    def _hits(self, i: int, footer: bool) -> Iterator[Hit]:
        """The labelled values of a line, and its bare ones, that may be the notice's own."""
        _, work, stranger, _ = words()
        text = values.fold_width(self.pieces[i].text)
        length = len(text)
        if i + 1 < len(self.pieces) and (length <= SHORT or text.rstrip()[-1:] == ":"):
            text += "\n" + values.fold_width(self.pieces[i + 1].text[:80])  # label here, value there
        seen = [
            mark
            for mark in marks(text, length)
            if not stranger.search(text, max(sentence(text, mark.start), mark.start - AROUND), mark.done)
        ]
        if not seen:
            return
        numbered = MEASURE.match(text) is not None
        invited = self._invitations(i, text, min(m.start for m in seen), 0 if footer else 3)
        at_work: set[int] = set()
        """Sentences that tell of a measure: what stands behind its first value is of it too."""
        for mark in sorted(seen):
            start = sentence(text, mark.start)
            if work.search(text, max(start, mark.start - 24), mark.start):
                at_work.add(start)
            asked = [at for at in invited if mark.start - ASKED <= at]
            limit = length if text[mark.done : length].strip() else len(text)
            end = min((at for stop in STOPS if (at := text.find(stop, mark.done, limit)) >= 0), default=limit)
            yield Hit(
                mark, min([start, *(sentence(text, at) for at in asked if at >= 0)]), end,
                asked=any(at < end for at in asked),
                here=any(0 <= at < end for at in asked),
                work=start in at_work,
                measure=numbered or MEASURE.match(text, start) is not None,
            )  # fmt: skip

    def _invitations(self, i: int, text: str, start: int, back: int) -> list[int]:
        """Where readers are invited, as offsets in line `i`; negative ones lie in the `back` lines before it.

        Nothing is looked for that could not reach the first mark of the line, at `start`.
        """
        invite = words().invite
        found = [match.start() for match in invite.finditer(text, max(0, start - ASKED))]
        at = 0
        for piece in reversed(self.pieces[max(0, i - back) : i]):
            at -= len(piece.text)
            if len(piece.text) <= SHORT or not MEASURE.match(piece.text):
                tail = piece.text[-ASKED:]
                found += [at + len(piece.text) - len(tail) + match.start() for match in invite.finditer(tail)]
            if at < start - ASKED:
                break
        return found
