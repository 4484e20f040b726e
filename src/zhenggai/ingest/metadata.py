"""Facts about the notice: unit, place, inspection, dates, signature."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from zhenggai.ingest import places, units
from zhenggai.ingest.dates import DateFound, find_dates, single
from zhenggai.ingest.pieces import Piece
from zhenggai.ingest.places import Place
from zhenggai.model import Level, Review, UnitKind

_M = "XxＸ×*＊○〇●某□"
_NUM = rf"[一二三四五六七八九十\d{_M}]{{1,4}}"
_SIGN = "[省市县区州旗盟镇乡]|自治区"
_BODIES = tuple(
    re.compile(p)
    for p in (
        rf"(?:{_SIGN})委(?:第)?{_NUM}(?:提级|交叉|联动|专项|机动|常规)?巡[察视]组",
        rf"(?:{_SIGN})委(?:提级|交叉|联动|专项|机动|常规)?(?:第{_NUM}|{_NUM})?(?:提级|交叉|联动|专项)?巡[察视](?:第)?{_NUM}组",
        rf"(?:{_SIGN})委第{_NUM}轮(?:巡[察视])?第?{_NUM}(?:巡[察视])?组",
        rf"(?:中央|(?:{_SIGN})委)?(?:提级|交叉|联动|专项|机动)巡[察视](?:第)?{_NUM}组",
        rf"中央第?{_NUM}巡视组",
        rf"(?:{_SIGN})委(?:提级|交叉|联动|专项|机动|常规)?巡[察视]组",
        rf"(?:{_SIGN})委某巡[察视]组",
    )
)
_OWNER = re.compile(rf"(?:^|[，。、；：\s由经受被据日,]|中共|届)([一-鿿{_M}]{{1,4}})$")
_NOT_OWNER = re.compile(r"[届由经对了将受被按照据根在和与及]|安排|部署|期间|统一")
_ROUND = re.compile(
    rf"(?:第?{_NUM}届[一-鿿{_M}]{{0,5}}?(?:{_SIGN})委(?:第)?{_NUM}轮|(?:{_SIGN})委第{_NUM}轮|(?:{_SIGN})委{_NUM}届第{_NUM}轮)"
)
_TYPE = re.compile(
    r"(?:(?:开展|进行|实施|接受)了?|的)[^，。；]{0,16}?(?P<t>(?:常规|专项|机动|政治|提级|交叉|延伸)巡[察视](?:“回头看”)?|巡[察视]“回头看”)"
)
"""What was done to the unit (开展了常规巡察); 政治巡察 in a general phrase is no type of this inspection."""


@dataclass(frozen=True, slots=True)
class Inspection:
    """What the lead says of the inspection (巡察)."""

    body: str | None
    round: str | None
    type: str | None
    start: str | None
    end: str | None
    feedback: str | None
    review: tuple[Review, ...]


def read_inspection(title: str | None, lead: Sequence[Piece]) -> Inspection:
    """Inspecting body, round, type and dates; `lead` are the pieces before the first problem."""
    text = "\n".join(p.text for p in lead)
    head = text[:4000]
    start, end, feedback, review = _inspection_dates(lead)
    both = f"{title or ''}\n{head}"
    round_ = _ROUND.search(both)
    return Inspection(
        _body(head) or _body(title or ""),
        round_[0] if round_ else None,
        kind["t"] if (kind := _TYPE.search(head)) else None,
        start,
        end,
        feedback,
        review,
    )


def _body(text: str) -> str | None:
    for pattern in _BODIES:
        match = pattern.search(text)
        if not match:
            continue
        found = match[0]
        before = text[max(0, match.start() - 8) : match.start()]
        owner = _OWNER.search(before)
        if owner and not _NOT_OWNER.search(owner[1]) and places.printed(owner[1] + found[0]).lowest >= 0:
            found = owner[1] + found
        return found
    return None


def _inspection_dates(lead: Sequence[Piece]) -> tuple[str | None, str | None, str | None, tuple[Review, ...]]:
    start = end = feedback = None
    review: list[Review] = []
    previous: str | None = None
    for piece in lead:
        dates = find_dates(piece.text, previous)
        told = [d for d in dates if not d.in_title]
        for index, date in enumerate(told):
            before = piece.text[: date.start]
            following = told[index + 1] if index + 1 < len(told) else None
            after = piece.text[date.end : min(date.end + 60, following.start if following else date.end + 60)]
            is_range = following is not None and (following.range_end or bool(_TO.fullmatch(after)))
            if date.range_end or (index and _TO.fullmatch(piece.text[told[index - 1].end : date.start])):
                continue
            if (
                following
                and is_range
                and start is None
                and end is None
                and _INSPECTED.search(before[-30:] + _sentence_after(piece.text, following.end))
            ):
                start, end = date.value, following.value
                review += [*_noted(date, piece), *_noted(following, piece)]
            elif feedback is None and _FEEDBACK.search(after) and not is_range:
                feedback = date.value
                review += _noted(date, piece)
            elif start is None and end is None and not is_range and _STARTED.match(after):
                start = date.value
                review += _noted(date, piece)
        previous = next((d.value for d in reversed(told) if d.value), previous)
        if feedback and (start or end):
            break
    return start, end, feedback, tuple(review)


_INSPECTED = re.compile(r"巡[察视]|进驻|检查")
_TO = re.compile(r"(?:起|开始)(?:至|到|-|—|–|～|~)")
_STARTED = re.compile(r"[^。；]{0,20}(?:进驻|开始|起[，对])")
_FEEDBACK = re.compile(r"^[^。；\n]{0,45}?(?:反馈|通报了?(?:巡|意见)|召开.{0,10}反馈)")


def _sentence_after(text: str, at: int) -> str:
    return re.split(r"[。；\n]", text[at : at + 90])[0]


def _noted(date: DateFound, piece: Piece) -> list[Review]:
    if date.damaged:
        return [Review(code="date-damaged", message=f"日期“{date.printed}”不成日期，未采用", line=piece.no)]
    if date.year_inferred:
        return [
            Review(
                code="year-inferred",
                message=f"“{date.printed}”没有印年份，按前一日期推定为 {date.value}",
                line=piece.no,
            )
        ]
    return []


@dataclass(frozen=True, slots=True)
class Signature:
    """落款."""

    by: str | None
    date: str | None
    line: int | None
    review: tuple[Review, ...] = ()


def read_signature(pieces: Sequence[Piece]) -> Signature:
    """Signing unit and date among the last pieces, wherever the contact paragraph stands."""
    tail = list(pieces[-14:]) if len(pieces) > 4 else []
    for index in reversed(range(len(tail))):
        piece = tail[index]
        text = piece.text
        if len(text) > 80:
            continue
        date = single(text)
        if date:
            above = tail[index - 1].text if index else ""
            names = _signers(tail[:index])
            if names or (index and len(above) < 40) or index >= len(tail) - 3:
                review = tuple(_noted(date, piece))
                return Signature(names, date.value, piece.no, review)
        glued = re.match(
            r"(.{4,44}?)[ \t\u3000\u00a0]*((?:\d{4}|[二２][〇○零０0一二三四五六七八九]{3}).{3,16}日?)$", text
        )
        if glued and units.is_unit_name(glued[1].strip()) and (date := single(glued[2])):
            return Signature(glued[1].strip(), date.value, piece.no, tuple(_noted(date, piece)))
    for piece in reversed(tail):
        if units.is_unit_name(piece.text):
            return Signature(piece.text, None, piece.no)
    return Signature(None, None, None)


def _signers(tail: Sequence[Piece]) -> str | None:
    names: list[str] = []
    for piece in reversed(tail[-4:]):
        if not units.is_unit_name(piece.text) and not _BODY.fullmatch(piece.text):
            break
        names.insert(0, piece.text)
    return "、".join(names) if any(map(units.is_unit_name, names)) else None


_BODY = re.compile(r"[^，。；：、\s]{4,32}[组委局会院校司部]")


@dataclass(frozen=True, slots=True)
class Unit:
    """The inspected unit and where it is."""

    name: str
    kind: UnitKind
    level: Level | None
    place: Place
    told_by: Place
    """The place that tells this unit from others of its name."""


_TITLE_UNIT = re.compile(
    r"^(?P<u>.{2,44}?)(?:关于|巡[察视]整改|整改|落实|贯彻|接受|对(?=[省市县区巡])|针对|就|向|领导班子|"
    r"(?<=[委组院校局部室会])(?:20\d\d年|十[一-鿿]届|[一二三四五六七八九]届)|(?<=[委组院校局部室会司心])[ 　])"
)
_NOW = re.compile(r"现将(?P<u>[^，。：（(]{2,36}?)(?:[（(]以下|落实|关于|巡[察视]|对[省市县区]|整改|的?整改)")
_INSPECTED_UNIT = re.compile(
    r"(?:对|进驻|向)(?P<u>[^，。；：、]{2,34}?)(?:[（(]以下简称[^）)]*[）)])?(?:党组|党委|党总支)?(?:开展|进行|实施|了|反馈|及所)"
)
_SHORT = re.compile(rf"^(?:我|本)|^(?:团|党)?[{_M}]*[省市县区]?委(?:员会)?$|^(?:团[省市县区]委|该)")


def read_unit(
    title: str | None,
    lead: Sequence[Piece],
    signed_by: str | None,
    inspecting: str | None,
    address: str | None,
    cues: str,
) -> Unit:
    """The inspected unit by its fullest name: title, signature, lead, in that order of trust."""
    text = "\n".join(p.text for p in lead)[:3000]
    found: list[str] = []
    match = _TITLE_UNIT.match(title) if title else None
    if match and not re.search(r"^关于", match["u"]):
        found.append(match["u"].strip())
    signer = signed_by.split("、")[0] if signed_by else None
    if signer:
        found.append(signer)
    for pattern in (_NOW, _INSPECTED_UNIT):
        for hit in pattern.finditer(text):
            name = hit["u"].strip(' “”"')
            if units.is_unit_name(name) or re.fullmatch(rf"[{_M}]+", name):
                found.append(name)
                break
    full = [n for n in found if not _SHORT.search(n) and (places.printed(n) or re.search(rf"[{_M}]", n))]
    named = [n for n in found if not _SHORT.search(n)]
    name = (full or named or found or ["（未载明）"])[0]
    if (
        signer
        and name != signer
        and len(signer) > len(name)
        and units.normalise(signer) == units.normalise(name)
    ):
        name = signer
    committee = places.printed(inspecting.split("委")[0]) if inspecting and "委" in inspecting else Place()
    own, signed = places.printed(name), places.printed(signer or "")
    if own and signed.names[own.lowest] == own.names[own.lowest]:
        own = max(own, signed, key=lambda p: sum(map(bool, p.names)))  # the same place, printed in full
    evidence = (own, signed, places.printed(address or ""), committee)
    kind = units.kind_of(name, cues)
    level = units.level_of(name, kind, inspecting, places.merge(*evidence))
    place = places.complete(places.merge(*evidence, level=level))
    # A unit is told by its own name: one notice with a full address must not make it another
    # unit. Only a name that the table knows several times (新华区) needs the address.
    told = places.complete(places.merge(own, signed, committee, level=level))
    return Unit(name, kind, level, place, place if not told or places.is_ambiguous(told) else told)


_MASKED = re.compile(
    r"(?<![A-Za-zＡ-Ｚ0-9.])[XＸ×]{1,8}(?=[一-鿿“”《》，。；：、])|(?<=[一-鿿“《])[XＸ×]{1,8}(?![A-Za-z0-9光射])"
    r"|(?<=[一-鿿《，。“（])\*{1,8}(?=[一-鿿》，。”）])|^\*{1,8}(?=[一-鿿])"
    r"|[○●□]{1,6}(?=[一-鿿])(?<![二〇○]○)|(?<=[一-鿿])[○●□]{2,6}"
    r"|某某|某(?=[县市区镇乡村局委厅院校年月日路街]|公司|单位|同志)|(?<=[一-鿿])某(?=[、，。）]|同志|等)"
)
_MASK_SIGN = re.compile(r"[XＸ×*○●□某]+")
_NOT_MASKED = re.compile(r"[XＸ](?:光|射线|线|型|轴)|二[○〇]|[0-9]\*[0-9]")


def is_masked(text: str) -> bool:
    """Whether X, ***, ×, ○, 某 stand for names, dates or figures."""
    return any(
        _MASKED.match(text, at)
        and not _NOT_MASKED.match(text, max(0, at - 1))
        and not _NOT_MASKED.match(text, at)
        for sign in _MASK_SIGN.finditer(text)
        for at in range(*sign.span())
    )
