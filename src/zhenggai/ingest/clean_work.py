"""The lines of one notice while it is cleaned, with what is known of each."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from zhenggai.ingest.contact_marks import is_heading
from zhenggai.ingest.edits import Span, cut_line, cut_spans, drop_overlaps
from zhenggai.ingest.folding import core, fold
from zhenggai.ingest.patterns import one_of
from zhenggai.ingest.text import Line
from zhenggai.model import Review

SHORT = 120
"""Lines up to this length are held against the rules for whole lines; what ends like a
sentence is from 60 characters on a paragraph, and looked through piece by piece."""

_WHOLE = 600
INVITE = re.compile(
    r"欢迎.{0,24}监督|意见.{0,3}建议|联系(?:电话|方式)|监督电话|举报电话|向我们反映|邮政信箱|电子邮箱"
)
"""Words of the lines in which a notice asks its readers to write or ring."""
CONTACT = one_of(
    [r"[电邮]\s{0,4}[话箱编件]|信箱|地\s{0,4}址|传\s{0,4}真|联\s{0,4}系|微信|QQ|网址|手机|热线|意见箱"]
)
"""Labels of contact lines."""
_FIGURES = re.compile(r"\d\d{6}|[@☎✉⌂📞📧📍]")
"""Nothing of `_REACHED` is without."""
_REACHED = re.compile(
    r"(?<!\d)(?:0\d{2,3}[-－—）)]?)?[2-8]\d{6,7}(?!\d)|(?<!\d)1[3-9]\d{9}(?!\d)|[\w.-]@[\w-]+\.\w|[☎✉⌂📞📧📍]"
)


def _is_short(text: str) -> bool:
    return 0 < len(text) <= SHORT and (len(text) <= 60 or text[-1] not in "。；") and not text.isspace()


def _is_paragraph(text: str) -> bool:
    return len(text) > 60 or (len(text) > 20 and text.rstrip().endswith("。"))


def _wrap_width(texts: list[str]) -> int:
    """The number of characters at which a copy's lines are broken, or 0 when they are not."""
    lengths = Counter(len(text) for text in texts if len(text) > 19)
    if len(texts) < 20 or not lengths:
        return 0
    about = {n: lengths.get(n - 1, 0) + lengths[n] + lengths.get(n + 1, 0) for n in lengths}
    width = max(about, key=about.__getitem__)
    full = about[width]
    return width if full >= 8 and full * 3 >= lengths.total() and width <= 60 else 0


@lru_cache(256)  # a line is asked about for itself and for the seven below it
def _told_by(text: str) -> tuple[int, bool, bool]:
    """How long a line is without its blanks, whether it asks for opinions, and whether it holds a contact."""
    text = "".join(text.split())
    asks = INVITE.search(text) is not None or is_heading(text)
    return len(text), asks, len(text) < 60 and _reaches(text)


def _reaches(text: str) -> bool:
    return bool(CONTACT.search(text) or (_FIGURES.search(text) and _REACHED.search(text)))


class Work:
    """The parts of a notice on their way to be kept or cut.

    A part is a line, or what stands between two line feeds where HTML blocks
    made several lines of one. `texts` as they stand; `folded` and `cores` of the
    short ones, else empty; `first` and `last` paragraph of the notice; `width` at
    which its lines are broken, if they are; `gone`: index of a part → the rule that
    takes it.
    """

    def __init__(self, lines: list[Line]) -> None:
        self._lines = lines
        self._places: list[tuple[int, int]] = []  # index of the line, offset in its text
        self.texts: list[str] = []
        for n, line in enumerate(lines):
            offset = 0
            for part in line.text.split("\n"):
                self._places.append((n, offset))
                self.texts.append(part)
                offset += len(part) + 1
        self.emptied = frozenset(
            i
            for i, (n, _) in enumerate(self._places)
            if lines[n].cuts and not self.texts[i].strip() and lines[n].raw.strip()
        )
        """Parts that held nothing but markers and codes."""
        self.folded = [fold(t) if _is_short(t) else "" for t in self.texts]
        self.cores = [core(f) for f in self.folded]
        paragraphs = [i for i, text in enumerate(self.texts) if _is_paragraph(text)]
        self.first = paragraphs[0] if paragraphs else len(self.texts)
        self.last = paragraphs[-1] if paragraphs else -1
        self.width = _wrap_width(self.texts)
        self.gone: dict[int, str] = {}
        self._spans: dict[int, list[Span]] = {}
        self._flags: dict[int, str] = {}
        self.printed: dict[str, str] = {}

    def cut(self, i: int, rule: str) -> None:
        """Take a whole part out."""
        if i not in self.gone and self.texts[i].strip():
            self.gone[i] = rule
            self.cut_within(i, [(0, len(self.texts[i]), rule, "")])

    def cut_within(self, i: int, spans: list[Span]) -> None:
        """Take stretches of one part out."""
        n, offset = self._places[i]
        self._spans.setdefault(n, []).extend(
            (s + offset, e + offset, rule, shown) for s, e, rule, shown in spans
        )

    def cut_inside(self, i: int, spans: list[Span]) -> None:
        """Take stretches out of a part that stays; what is left of it is judged by itself from here on."""
        self.cut_within(i, spans)
        if self.folded[i]:
            self.folded[i] = fold(self.left(i))
            self.cores[i] = core(self.folded[i])

    def left(self, i: int) -> str:
        """The text of a part with spaces for what has been taken out of it."""
        n, offset = self._places[i]
        text, end = self.texts[i], offset + len(self.texts[i])
        for start, stop, _, _ in self._spans.get(n, ()):
            if start < end and stop > offset:
                a, b = max(start - offset, 0), min(stop - offset, len(text))
                text = text[:a] + " " * (b - a) + text[b:]
        return text

    def line_no(self, i: int) -> int:
        """The number of the line in which a part stands."""
        return self._lines[self._places[i][0]].no

    def result(self) -> list[Line]:
        """The lines with everything cut."""
        lines = list(self._lines)
        for n, spans in self._spans.items():
            spans = drop_overlaps(spans)
            left, at = [], 0
            for start, end, _, _ in spans:
                left.append(lines[n].text[at:start])
                at = end
            empty = not "".join([*left, lines[n].text[at:]]).strip()
            lines[n] = cut_line(lines[n], spans[0][2]) if empty else cut_spans(lines[n], spans)
        return lines

    def is_wrapped(self, i: int) -> bool:
        """Whether the part is a piece of a paragraph that was broken by its width: a full line, or the last after one."""
        if not self.width:
            return False
        if self._is_full(i):
            return True
        return i > 0 and self._is_full(i - 1) and self.texts[i].rstrip().endswith(("。", "；"))

    def _is_full(self, i: int) -> bool:
        return abs(len(self.texts[i]) - self.width) < 2

    def near_contacts(self, i: int) -> bool:
        """Whether the part belongs to the notice's contact lines: nothing but such lines parts it from them."""
        for j in range(i, max(-1, i - 8), -1):
            length, asks, reaches = _told_by(self.texts[j])
            if j < i and length > _WHOLE:
                return False  # a whole notice on one line
            if asks:
                return True
            if j < i and length and not reaches:
                return False
        return False

    def flag(self, i: int, why: str) -> None:
        """Show a line to a person, unless a later stage takes it."""
        self._flags.setdefault(i, why)

    def flags(self) -> list[Review]:
        """What a person should look at, of the lines that stay."""
        return [
            Review(
                code="suspect-line", message=f"{why}：“{self._shown(i)}”，未删，请核对", line=self.line_no(i)
            )
            for i, why in self._flags.items()
            if i not in self.gone
        ]

    def _shown(self, i: int) -> str:
        text = self.texts[i].strip()
        return text if len(text) <= 24 else text[:24] + "…"
