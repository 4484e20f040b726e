"""What speaks for and against a contact: labels with values, invitations, headings of lists, measures."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from zhenggai.ingest import contact_values as values
from zhenggai.ingest.contact_labels import find_labels, has_value, is_empty, is_hotline
from zhenggai.ingest.patterns import one_of
from zhenggai.rulebook import contact_rules

MEASURE = re.compile(
    r"\s*(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]|[一二三四五六七八九十]是|第[一二三四五六七八九十]+|[①-⑳]"
    r"|[【\[]?整改(?:情况|措施|进展|成效|结果|落实|完成)[^。：:]{0,8}[：:】\]])"
)
_ENUMERATOR = r"(?:[（(]?[\d一二三四五六七八九十]{1,2}[）)、.．]|[①-⑳])"
_OPENING = re.compile(
    rf"[\s|｜·•●◆■▪➤►▶→※*◎（(【\[☎-]*(?:{_ENUMERATOR}\s*)?"
    r"(?:\w{2,24}(?:室|局|委|组|院|办|部|处|科|会|站|所|司|校|镇|乡|街道|中心|集团)的?)?"
)
_NAMED_OPENING = re.compile(rf"[\s|｜·•●◆■▪➤►▶→※*◎（(【\[-]*(?:{_ENUMERATOR}\s*)?[一-鿿、]{{0,12}}")
"""What may stand before a label that ends with a colon."""
_PURPOSE = re.compile(r"监督|举报|信访|值班|巡察|整改")
STOPS = "。！？"


class Words(NamedTuple):
    """The wordings of rules/contacts.yaml, compiled."""

    invite: re.Pattern[str]
    """Readers are asked to write or ring."""
    work: re.Pattern[str]
    """A verb of a measure right before a label."""
    stranger: re.Pattern[str]
    """Somebody else's contact."""
    heading: re.Pattern[str]


@cache
def words() -> Words:
    """The wordings, compiled once."""
    rules = contact_rules()
    heading = "|".join(rules.headings)
    return Words(
        one_of(rules.invitations),
        re.compile(rf"(?:{'|'.join(rules.work)})[^。；;：:，,请可]{{0,12}}$"),
        one_of(rules.strangers),
        re.compile(
            rf"\s*(?:{_ENUMERATOR}\s*)?[【\[]?(?:{heading})[】\]]?(?:[（(][^（()）]{{1,40}}[)）])?\s*[：:。]?\s*"
        ),
    )


def is_heading(text: str) -> bool:
    """Whether a line says that contacts follow, and nothing else: 附：监督反映方式."""
    return len(text) <= 60 and words().heading.fullmatch(text) is not None


def is_table_head(text: str) -> bool:
    """Whether the cells of a line are names of columns, two of them labels of contacts: 受理单位 | 电话 | 邮箱."""
    cells = [cell.strip() for cell in re.split(r"[\t|｜]", text) if cell.strip()]
    if not 2 <= len(cells) <= 6 or any(len(cell) > 12 or re.search(r"\d", cell) for cell in cells):
        return False
    return sum(find_labels(f"{values.fold_width(cell)}:") != [] for cell in cells) >= 2


def is_hotline_row(text: str) -> bool:
    """Whether a line has no number but hotlines (12388), which no unit has for itself."""
    numbers = values.phones(values.fold_width(text))
    return bool(numbers) and all(number.kind == "short" for number in numbers) and "@" not in text


class Mark(NamedTuple):
    """A label with its value, or a bare number or e-mail address, as offsets in its line."""

    start: int
    done: int
    """Where the label ends, or the bare value."""
    named: bool = False
    """The label ends with a colon, a bar or the line."""
    weak: bool = False
    """Postcode, hours, hotline or empty label: no contact unless asked for or beside others."""
    purpose: bool = False
    """The label says what it is for (举报电话), as no web site's does."""
    opens: bool = False
    """A label opens its sentence, or only the name of its owner stands before it."""


class Hit(NamedTuple):
    """A mark with what speaks for and against it."""

    mark: Mark
    start: int
    """Where its sentence begins."""
    end: int
    asked: bool
    """An invitation to write or ring reaches it."""
    here: bool
    """In its own line."""
    work: bool
    """Spoken of as something that was set up: 设立监督电话…"""
    measure: bool
    """In a numbered or labelled measure."""

    def counts(self, late: bool, near: bool, last: bool) -> bool:
        """Whether it is a contact of the notice; `late` in the text, `near` other contact lines, in a `last` line."""
        if self.measure:
            return (
                (self.asked or (near and self.mark.opens))
                and not self.work
                and (self.mark.named or self.mark.opens)
            )
        if self.asked:
            return not self.work
        named = (self.mark.named and (near or last)) or (self.mark.purpose and last)
        return not self.work and (self.mark.opens or named) and (late or near)


def marks(text: str, length: int) -> list[Mark]:
    """Labels with values that begin before `length`, and bare numbers and e-mail addresses."""
    labels = find_labels(text)
    marks: list[Mark] = []
    opening: dict[int, bool] = {}
    for n, label in enumerate(labels):
        stop = labels[n + 1].start if n + 1 < len(labels) else len(text)
        start = sentence(text, label.start)
        if start not in opening:
            opens = _NAMED_OPENING if label.sep == ":" else _OPENING
            opening[start] = opens.fullmatch(text, start, label.start) is not None
        filled = has_value(label, text, stop)
        if label.start < length and (
            filled or (label.kind not in ("end", "other") and is_empty(label, text, stop))
        ):
            weak = not filled or label.kind in ("postcode", "hours") or is_hotline(label, text, stop)
            purpose = _PURPOSE.match(label.printed) is not None
            named = label.sep not in ("", "(") or text[max(0, label.start - 1) : label.start] == "("
            marks.append(Mark(label.start, label.end, named, weak, purpose, opening[start]))
    bare = values.emails(text[:length]) if "@" in text else []
    if not marks:
        bare += [n for n in values.phones(text[:length]) if values.is_sure(text, n, listed=False)]
    marks += [Mark(n.start, n.end, opens=opening.get(sentence(text, n.start), False)) for n in bare]
    return marks


def sentence(text: str, at: int) -> int:
    """Where the sentence around `at` begins."""
    return max(text.rfind(mark, 0, at) for mark in STOPS) + 1
