"""Lines → pieces: the units that structure reads.

Most pieces are one line. Copies that ran every heading into one line are cut
before each enumerator that continues a count; copies that were wrapped at a
fixed width, or whose sentence a page number tore apart, are joined again.
No character is added or dropped but white space at the ends.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from zhenggai.ingest.numbering import number_of, read_number
from zhenggai.ingest.text import Line

_ENDED = tuple("。！？!?；;：:…")
"""What ends a sentence or opens a list."""
_CLOSED = (*_ENDED, *"”’』」》）)】")
"""Also what ends a line; but a full line that ends with a closing bracket or quotation mark goes on."""
_TEARING = ("page", "watermark", "marker", "advert")
"""Rules whose cuts leave an empty line in the middle of a sentence."""
_INDENT = re.compile(r"[ \t\u3000\u00a0]{2,}|\u3000")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that stands for itself: a heading, a paragraph, a signature."""

    no: int
    """1-based line of the .txt in which it begins."""
    text: str
    """Stripped, never empty."""
    last: int = 0
    """Line in which it ends, when that is another one."""


def pieces(lines: Sequence[Line]) -> list[Piece]:
    """The pieces of a cleaned notice, in order."""
    wrapped = _wrapped_at(lines)
    joined: list[Piece] = []
    full = False  # the line ahead reaches the width at which the copy was wrapped
    torn = False  # a line that cleaning emptied stands between the last piece and this line
    for line in lines:
        if not line.text.strip():
            torn = torn or any(cut.rule.startswith(_TEARING) for cut in line.cuts)
            continue
        for part in line.text.split("\n"):  # a pasted <br> or </p>
            text = part.strip()
            if not text:
                continue
            previous = joined[-1] if joined else None
            if previous and _continues(previous, line, text, full=full, torn=torn):
                joined[-1] = Piece(previous.no, previous.text + text, line.no)
            else:
                joined.append(Piece(line.no, text))
            torn = False
        # a marker may have stood in the line when it was wrapped
        full = any(measure(max(line.text, line.raw, key=len).rstrip()) >= least for measure, least in wrapped)
    return list(_unrun(joined))


def _continues(previous: Piece, line: Line, text: str, *, full: bool, torn: bool) -> bool:
    """Whether this line goes on with the sentence that the last piece left open."""
    over = full and (previous.last or previous.no) == line.no - 1
    if previous.text.endswith((*(_ENDED if over else _CLOSED), "|", "｜")):
        return False
    number = read_number(text)
    if text[0] in "|｜" or "\t" in previous.text or (number and not (over and number.printed[-1] in "，,")):
        return False  # but: 标准把握不 | 一，有时…
    if previous.text.endswith(("、", "，", ",")):
        return (previous.last or previous.no) >= line.no - 1 or torn
    if torn:
        return len(previous.text) > 25 and "，" in previous.text and len(text) > 2
    return over and not _INDENT.match(line.text)


def _wrapped_at(lines: Sequence[Line]) -> list[tuple[Callable[[str], int], int]]:
    """How to measure a line, and the least that a full one measures; nothing where no copy was wrapped.

    Some programs wrap by characters, others by columns (a Han takes two, a figure one).
    """
    texts = [line.text.rstrip() for line in lines if line.text.strip()]
    if len(texts) < 10:
        return []
    return [
        (measure, width - slack)
        for measure, slack, least, most in ((len, 3, 18, 90), (_columns, 6, 36, 180))
        if (width := _common_width(Counter(map(measure, texts)), slack)) and least <= width <= most
    ]


def _common_width(widths: Counter[int], slack: int) -> int:
    """The width that most lines reach to within `slack`, or 0.

    A stray long line (a page's head, a footer) is left aside. The slack is for a mark
    that may not begin the next line. Where no line is longer, fewer will do: paragraphs
    of any length never end so often where the longest does.
    """
    total = widths.total()
    full, width = max((sum(widths.get(n, 0) for n in range(w - slack, w + 1)), w) for w in widths)
    over = sum(count for n, count in widths.items() if n > width)
    most = full >= 0.45 * total and over <= 0.1 * total
    return width if most or (not over and full >= max(_FULL, 0.2 * total)) else 0


_FULL = 8
"""As many lines reach a width where nothing else tells that they were wrapped at it."""


def _columns(text: str) -> int:
    return len(text.encode("gbk", "replace"))  # in GBK a Han takes two bytes, ASCII one


_GLYPH = re.compile(
    r"(?P<han>[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)])|(?P<dot>\d{1,2}[.．、](?!\d))"
    r"|(?P<paren>[（(]\d{1,2}[）)])"
    r"|(?P<word>第[一二三四五六七八九十]方面[，,：:]|(?:反馈|存在)?问题[一二三四五六七八九十\d]{1,3}[：:])"
    r"|(?P<circled>[①-⑳])"
)
_CIRCLED = re.compile("[①-⑳]")
_STOPS = "。！？"
_BEHIND_HAN = _STOPS + "；;：:!?”）)"
_BLANKS = " \t\u3000\u00a0"
_OPENING = re.compile(rf"[{_BEHIND_HAN}】{_BLANKS}](?=[一二三四五六七八九十（(\d第反存问①-⑳])")
"""The character ahead of what may be a glyph: one set of characters is looked for much faster than the forms."""


def _opens(match: re.Match[str]) -> bool:
    """Whether what stands ahead of an inner enumerator lets a new heading begin there.

    Asked of each candidate, not by look-behinds in the pattern: those cost a look at every character.
    """
    text, at = match.string, match.start()
    while at and text[at - 1] in _BLANKS:
        at -= 1
    if not at:
        return False
    gap, ahead = at < match.start(), text[at - 1]
    if match["han"]:
        return gap or ahead in _BEHIND_HAN
    if match["dot"]:
        return ahead in _STOPS + "）】" or (gap and (ahead == "”" or "一" <= ahead <= "鿿"))
    return ahead in _STOPS or (gap and (match["word"] is not None or "一" <= ahead <= "鿿"))


_LINE_END = re.compile(rf"[。！？][{_BLANKS}]+(?=\S)")
"""Where a heading's line ended before the copy ran it on: a blank behind a stop."""
_HEADING = 150
"""No heading is longer."""
_LONG = 60
"""A line shorter than this is no run-on text: its inner enumerators are its own list."""
_CLOSING = re.compile(r"(?<=[。！？])[ \t\u3000]*(?=欢迎.{0,30}监督)")
_SIGNED = re.compile(
    r"(?<=[。！？])[ \t\u3000]*(?=[^。！？；，：]{4,40}?[ \t\u3000]*[二2][〇○零0][一-九〇○零\d]{2}\s?年[^。！？；，：]{2,9}日?$)"
)
_DAY = 12
"""Characters at the end of a text within which the year of such a date ends."""


def _counts_on(joined: Sequence[Piece]) -> bool:
    """Whether ①②③ is one count through several paragraphs, not a list of measures begun anew in each."""
    circled = [signs for piece in joined if (signs := _CIRCLED.findall(piece.text))]
    count = [number_of(sign) for signs in circled for sign in signs]
    return len(circled) > 1 and len(count) > _FEW and count == [*range(1, len(count) + 1)]


_FEW = 3
"""A count of so many items may be a list."""


def _unrun(joined: Sequence[Piece]) -> Iterable[Piece]:
    """Cut run-on lines before enumerators that continue a count begun anywhere in the notice."""
    last: dict[str, int] = {}
    circles = _counts_on(joined)
    for piece in joined:
        start = 0
        text = piece.text
        head = read_number(text)
        if head:
            last[head.family] = head.ordinal
        if len(text) < _LONG or "\t" in text:  # cells of a table number their measures
            yield piece
            continue
        cuts: list[int] = []
        candidates = [
            (match.start(), read_number(text[match.start() : match.start() + 24]))
            for ahead in _OPENING.finditer(text)
            if (match := _GLYPH.match(text, ahead.end()))
            and _opens(match)
            and (circles or not match["circled"])
        ]
        numbers = [(at, n) for at, n in candidates if n]
        inner: dict[str, int] = {}  # a list of measures inside this line, in the glyphs of its own head
        for index, (at, number) in enumerate(numbers):
            own_list = number.ordinal == 1 or number.ordinal == inner.get(number.family, 0) + 1
            if head and number.family == head.family and own_list:
                inner[number.family] = number.ordinal
                continue
            # A first item counts only when a second of its family follows, here or later.
            goes_on = number.ordinal == last.get(number.family, 0) + 1 or (
                number.family == "han" and number.ordinal - 1 in last.values()  # 1、… 二、
            )
            starts = number.ordinal == 1 and (
                number.family in {"han", "part", "circled"}
                or any(n.family == number.family and n.ordinal == 2 for _, n in numbers[index + 1 :])
                or number.family in last
            )
            if goes_on or starts:
                cuts.append(at)
                last[number.family] = number.ordinal
        if cuts:
            closing = _CLOSING.search(text, cuts[-1])
            if closing:
                cuts.append(closing.end())
        signed = _SIGNED.search(text, cuts[-1] if cuts else 0) if "年" in text[-_DAY:] else None
        if signed:  # 落款 run on behind the last sentence
            cuts.append(signed.end())
        ends = [
            end.end()
            for at, stop in pairwise([*cuts, len(text)])
            if (end := _LINE_END.search(text, at, min(stop, at + _HEADING)))
        ]
        for at in sorted({*cuts, *ends, len(text)}):
            part = text[start:at].strip()
            if part:
                yield Piece(piece.no, part, piece.last)
            start = at
