"""Whom to ring: the contact lines of a notice, wherever and however they are printed.

Values are kept as printed; nothing is completed, repaired or unmasked.
`contact_lines` finds the passages by the evidence of `contact_marks`;
`contact_block` cuts a passage at its labels (`contact_labels`), and each kind of
value has its reader: here, in `contact_numbers` and in `contact_post`.
`contact_values` knows the forms, `contact_gathering` keeps each value once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence

from zhenggai.ingest import contact_post as post
from zhenggai.ingest import contact_values as values
from zhenggai.ingest.contact_block import EDGE, Block, Segment
from zhenggai.ingest.contact_gathering import ContactsFound, Gathered
from zhenggai.ingest.contact_lines import Passage, furniture, passages
from zhenggai.ingest.contact_numbers import read_numbers
from zhenggai.ingest.contact_seams import mend_seams
from zhenggai.ingest.letterspacing import closed_up
from zhenggai.ingest.notice_period import find_notice_period
from zhenggai.ingest.pieces import Piece

__all__ = ["ContactsFound", "find_contacts", "find_notice_period", "furniture"]

_WHEN = re.compile(
    r"(?:请|可以?)(?:于|在)((?:[^，。；,;(（]|[(（][^()（）]{0,40}[)）]){2,60}?)(?:来电|来访|来信|到|前往|与|向|拨打|致电)"
)
_NO_AT = re.compile(r"[\s:]*([\w.-]{2,40}\.(?:com|cn|net|org|gov)\b)", re.A)


def find_contacts(pieces: Sequence[Piece], page: Collection[int] = ()) -> ContactsFound:
    """The contacts of a notice, None when it prints none.

    `pieces` are all of the notice; `page` are the numbers of the lines in which
    cleaning found the web site's own notes (`furniture`).
    Review codes: mobile-in-contact, phone-without-area-code, contact-masked, contact-damaged.
    """
    got = Gathered()
    for passage in passages(mend_seams(closed_up(pieces)), page):
        _read(passage, got)
    return got.found()


def _read(passage: Passage, got: Gathered) -> None:
    """Every value of one run of lines."""
    block = Block(passage)
    _emails(block, got)
    _hours_by_form(block, got)
    read_numbers(block, got)
    for segment in block.segments:
        if segment.label is not None and segment.label.kind in _READERS:
            _READERS[segment.label.kind](segment, got)
    if not got.single.get("address") and not got.single.get("po_box"):
        post.read_address_by_form(block, got)


def _emails(block: Block, got: Gathered) -> None:
    for found in block.mails:
        if found.kind == "broken":
            continue
        value = block.text[found.start : found.end]
        line = block.line_of(found.start)
        got.email(value, line)
        if found.kind == "odd":
            got.note("contact-damaged", line, f"电子邮箱“{value}”写法特殊，不能直接使用，请对照原文")
        elif found.kind == "masked":
            got.note("contact-masked", line, f"电子邮箱“{value}”有遮盖，照原样保留")
    if values.broken_email(block.folded) or any(found.kind == "broken" for found in block.mails):
        got.note("contact-damaged", block.line_of(block.folded.find("@")), "电子邮箱残缺，请对照原文补上")


def _email(segment: Segment, got: Gathered) -> None:
    part = values.fold_width(segment.printed())
    if values.emails(part) or values.broken_email(part):
        return  # gathered over the whole block
    if values.is_po_box(part):
        post.read_address(segment, got)
    elif re.match(r"\s*[xX*×○某]{1,20}\s*(?:[,;，；。]|$)", part):
        printed = part.strip(EDGE)
        got.email(printed, segment.line())
        got.note("contact-masked", segment.line(), f"电子邮箱“{printed}”有遮盖，照原样保留")
    elif torn := _NO_AT.match(part):
        got.note("contact-damaged", segment.line(), f"电子邮箱“{torn[1]}”少了@，没有收录，请对照原文补上")
    elif values.is_blank(part):
        segment.missing(got)


def _hours_by_form(block: Block, got: Gathered) -> None:
    for when in _WHEN.finditer(block.folded):  # 请于工作日上午9时至11时来电
        if values.is_hours(when[1]) and re.search(r"\d|[上下]午", when[1]):
            got.hours(block.text[when.start(1) : when.end(1)], block.line_of(when.start()))
    for segment in block.segments:
        if segment.label and values.is_hours(segment.label.note):
            got.hours(segment.label.note, segment.line())


def _hours(segment: Segment, got: Gathered) -> None:
    part = re.split(r"[；;。\n\t|｜]", segment.printed().lstrip(), maxsplit=1)[0]
    if values.is_hours(values.fold_width(part)):
        got.hours(part, segment.line())


def _phone(segment: Segment, got: Gathered) -> None:
    if values.is_blank(values.fold_width(segment.printed())):
        segment.missing(got)


_READERS: dict[str, Callable[[Segment, Gathered], None]] = {
    "phone": _phone,
    "any": post.read_any,
    "email": _email,
    "address": post.read_address,
    "postcode": post.read_postcode,
    "hours": _hours,
}
"""By the field of the label; numbers are read over all segments, and `end` and `other` have no value of ours."""
