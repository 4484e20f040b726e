"""Telephone and fax numbers of a passage: each judged by the label ahead of it and by its form.

A number needs no label of its own where the passage is a list, or where its form
leaves no doubt (area code, mobile); what stands behind QQ, 档号 and the like is none.
"""

from __future__ import annotations

import re

from zhenggai.ingest import contact_values as values
from zhenggai.ingest.contact_block import Block, Segment
from zhenggai.ingest.contact_gathering import Gathered

_REACH = 24
"""Characters between a label, or the number before, and a number that still belongs to the label."""
_REMARK = re.compile(r"\s*\(([^()]{1,60})\)")
_CELL = re.compile(r" ?[\t|]\s?([^\t|\n]{4,40})")
_CLAUSE = re.compile(
    r",\s?((?:工作日|法定|每|周|星期|上午)[^;。\n\t|]{0,40}?\d{1,2}[:时点][^;。\n\t|]{0,40})"
)


def read_numbers(block: Block, got: Gathered) -> None:
    for segment in block.segments:
        at = segment.start
        limit = min(segment.own_line(), segment.start + 160)
        for number in segment.numbers():
            if any(number.start < mail.end and mail.start < number.end for mail in block.mails):
                continue
            chained = number.start < limit and _belongs(block.folded[at : number.start], number, segment)
            if not chained and not _stands_alone(block, segment, number):
                continue
            at = _take(block, segment, number, got, chained=chained)


def _belongs(between: str, number: values.Found, segment: Segment) -> bool:
    """Whether the number is the label's, `between` it and the label or the number before."""
    if not segment.kinds & {"phone", "any", "fax"} or len(between) > _REACH or "。" in between:
        return False
    if number.kind == "short" and segment.label is not None and not segment.label.sep:
        return False  # 请拨打12388: where another body is to be rung
    return number.kind not in ("odd", "short") or len(re.sub(r"\W", "", between)) <= 4


def _stands_alone(block: Block, segment: Segment, number: values.Found) -> bool:
    """Whether its form makes it a telephone number, whatever the label ahead of it says."""
    if segment.kinds & {"other", "postcode"} and "\n" not in block.folded[segment.start : number.start]:
        between = block.folded[segment.start : number.start]
        if not re.search(r"[;；。]|电话|手机|[,，、]\s?[一-鿿]", between):
            return False
    return values.is_sure(block.folded, number, listed=block.listed(number.start))


def _take(block: Block, segment: Segment, number: values.Found, got: Gathered, *, chained: bool) -> int:
    """Keep the number as telephone, as fax or as both; where the reading goes on."""
    printed = block.text[number.start : number.end].replace("\n", "")
    line = block.line_of(number.start)
    end = number.end
    note = _REMARK.match(block.folded, end)
    remark = note[1] if note else ""
    kinds = segment.kinds if chained else set()
    fax = (
        "fax" in kinds
        or "传真" in remark
        or (chained and segment.label is not None and "传真" in segment.label.note)
    )
    only_fax = "传真" in remark and not re.search("[兼同/、]|电话", remark)
    phone = not fax or (not only_fax and bool(kinds & {"phone", "any"}))
    if fax:
        got.one("fax", printed, line)
    if phone:
        got.phone(printed, segment.label.printed if chained and segment.label else "", number.kind, line)
    if note:
        if values.is_hours(remark) and re.search(r"\d|工作日|周", remark):
            got.hours(block.text[note.start(1) : note.end(1)], line)
        end = note.end()
    elif (cell := _CELL.match(block.folded, end)) and values.is_hours(cell[1]):
        got.hours(block.text[cell.start(1) : cell.end(1)], line)
    elif chained and (clause := _CLAUSE.match(block.folded, end)):
        got.hours(block.text[clause.start(1) : clause.end(1)], line)
    return end
