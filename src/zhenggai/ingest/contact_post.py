"""Postal addresses, P.O. boxes and postcodes of a passage."""

from __future__ import annotations

import re

from zhenggai.ingest import contact_values as values
from zhenggai.ingest.contact_block import EDGE, Block, Segment
from zhenggai.ingest.contact_gathering import Gathered

_NOTE = re.compile(
    r"\s*[（(][^（）()]{0,40}(?:信封|注明|收件|收信|请|勿|备注|邮编|邮政编码|收|转交?)[^（）()]{0,40}[）)]?$"
    r"|[,，]\s*(?:请|并)?在?(?:信封|来信|邮件)[^,，]{0,20}(?:注明|标明|写明).{0,30}$"
)
"""What follows an address and is none: 信封请注明…, 镇纪委收."""
_CODE_BELOW = re.compile(r"\n\s{0,4}(\d{6})\s{0,4}(?=\n|$)")
_RECEIVER = re.compile(
    r"(?<=[局室组委办科部股处人心院校会社司厅站所队镇乡道志])\s?收$|[\s,，][一-鿿]{2,4}\s?收$"
)
_NOT_ADDRESS = re.compile(r"请|[并或也可]|注明|我[们局院校]|来[电信访]|拨打|电话|反映|联系|公众号|留言|关注")
_STREET = re.compile(
    r"(?:(?<=[\s(（:：,，])|^)(?P<a>[一-鿿][一-鿿\dA-Za-z·-]{2,40}?[路街道巷村镇里园区][一-鿿\dA-Za-z·-]{0,16}?[\dXx×*]{1,5}号[一-鿿\dA-Za-z·-]{0,24})"
    r"(?=[\s,，;；。)）]|$)",
    re.M,
)
"""An address by its form, where contacts are listed without labels."""
_VISIT = re.compile(
    r"(?:[直亲]?接?到|前往|来)(?P<a>[一-鿿][^，。；,;：:]{3,40}?[路街巷道][^，。；,;：:]{0,16}?\d{1,5}号[^，。；,;：:]{0,24}?)(?:当面|现场|进行|来)?(?:反映|举报|投诉|提出|面谈|来访)"
)


_ON_COVER = re.compile(r"[，,]?\s*请?(?:务必)?[在于]?(?:信封|封面|左上角)")
"""What is to be written on the letter is no address."""


def read_address(segment: Segment, got: Gathered) -> None:
    """An address, or a P.O. box, behind its label."""
    printed = re.split(r"[；;。\n\t|｜]|\s{2,}", segment.printed().lstrip(" \t\n|｜　】"), maxsplit=1)[0]
    if not printed.strip(EDGE):
        segment.missing(got)
        return
    if values.emails(values.fold_width(printed)) or _ON_COVER.match(printed):
        return
    _keep_address(printed, segment.line(1), got)
    folded = segment.block.folded
    if below := _CODE_BELOW.match(folded, segment.own_line()):
        got.one(
            "postcode",
            segment.block.text[below.start(1) : below.end(1)],
            segment.block.line_of(below.start(1)),
        )


def _keep_address(printed: str, line: int, got: Gathered) -> None:
    """An address without the remarks and the postcode behind it."""
    printed = _enclosed(printed.strip())
    first, *clauses = re.split(r"(?=[,，])", printed)
    for clause in clauses:
        if len(first) > 8 and _NOT_ADDRESS.search(clause):
            break
        first += clause
    part = _NOTE.sub("", first.strip().strip(EDGE)).strip().strip(EDGE)
    if code := values.postcode_behind(values.fold_width(part)):
        got.one("postcode", part[code.start(1) : code.end(1)], line)
        part = part[: code.start()].strip().strip(EDGE)
    part = _RECEIVER.sub("", part)
    if 2 <= len(part) <= 80:
        got.one("po_box" if values.is_po_box(values.fold_width(part)) else "address", part, line)


def _enclosed(printed: str) -> str:
    """What stands inside the quotation marks around a value, or before the bracket that closes a bracket opened ahead."""
    if printed[:1] in '“"「' and (end := re.search(r"[”\"」]", printed[1:])):
        return printed[1 : end.start() + 1]
    for at, sign in enumerate(printed):
        if sign in "）)" and not re.search(r"[（(]", printed[:at]):
            return printed[:at]
    return printed


def read_any(segment: Segment, got: Gathered) -> None:
    """An address behind a label that says only 联系方式."""
    part = segment.printed().strip(EDGE)
    if len(part) > 60 or re.search(r"\d{7}", part) or values.emails(values.fold_width(part)):
        return
    if re.search(r"[路街巷道村镇].{0,12}号|信箱", part):
        read_address(segment, got)


def read_address_by_form(block: Block, got: Gathered) -> None:
    """An address without any label, by its form."""
    for match in (*_VISIT.finditer(block.folded), *_STREET.finditer(block.folded)):
        start, end = match.span("a")
        tail = re.match(r"\s\d{6}(?!\d)", block.folded[end:])
        _keep_address(block.text[start : end + (tail.end() if tail else 0)], block.line_of(start), got)
        return


def read_postcode(segment: Segment, got: Gathered) -> None:
    """A postcode behind its label."""
    found = values.postcode(segment.folded)
    if found:
        printed = segment.block.text[segment.start + found.start : segment.start + found.end]
        got.one("postcode", printed, segment.line(found.start))
    elif values.is_blank(values.fold_width(segment.printed())):
        segment.missing(got)
    elif torn := re.match(r"[\s:]*(\d{4,8})(?!\d)", segment.folded):
        got.note("contact-damaged", segment.line(), f"邮政编码“{torn[1]}”位数不对，没有收录，请对照原文")
