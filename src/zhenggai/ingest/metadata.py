"""The inspected unit and where it is; whether a text is masked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from zhenggai.ingest import places, units
from zhenggai.ingest.folding import holds_any
from zhenggai.ingest.letterspacing import close_up
from zhenggai.ingest.pieces import Piece
from zhenggai.ingest.places import Place
from zhenggai.model import Level, UnitKind

_M = "XxＸ×*＊○〇●某□"


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
    r"^(?P<u>.{2,44}?)(?:关于|巡[察视](?:反馈问题)?整改|整改|落实|贯彻|接受|对(?=[省市县区巡])|针对|就|向|领导班子|"
    r"(?<=[委组院校局部室会司站所社])巡[察视](?=反馈)|(?<=[委组院校局部室会])(?:20\d\d年|十[一-鿿]届|[一二三四五六七八九]届)|(?<=[委组院校局部室会司心])[ 　])"
)
_PUBLISHED_FOR = re.compile(
    r"(?:巡[察视](?:工作领导小组办公室|办|机构)关于(?:公布|公开|发布|转发|公示)?|公布|公开|发布|转发|公示)"
    r"(?P<u>[^，。]{4,40}?)(?:关于|落实|巡[察视]|整改)"
)
"""Another body publishes the unit's notice: 巡察办关于公布X局党组巡察整改情况的公告."""
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
    text = "\n".join(close_up(p.text) for p in lead)[:3000]
    found: list[str] = []
    match = _TITLE_UNIT.match(title) if title else None
    published = _PUBLISHED_FOR.search(title) if title else None
    if published and units.is_unit_name(published["u"].strip()):
        found.append(published["u"].strip())
    elif match and not re.search(r"^关于", match["u"]):
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
    if signer and len(signer) > len(name) and units.is_same(signer, name):
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
    r"|(?<=[一-鿿])[○●□](?=[一-鿿])(?<!二○)|[○●□]{2,6}(?=[一-鿿])(?<![二〇○]○)|(?<=[一-鿿])[○●□]{2,6}"
    r"|某某|某(?=[县市区镇乡村局委厅院校年月日路街]|公司|单位|同志)|(?<=[一-鿿])某(?=[、，。）]|同志|等)"
)
_MASK_SIGNS = "XＸ×*○●□某"
_MASK_SIGN = re.compile(f"[{_MASK_SIGNS}]+")
_NOT_MASKED = re.compile(r"[XＸ](?:光|射线|线|型|轴)|二[○〇]|[0-9]\*[0-9]")


def is_masked(text: str) -> bool:
    """Whether X, ***, ×, ○, 某 stand for names, dates or figures."""
    if not holds_any(text, _MASK_SIGNS):
        return False
    return any(
        _MASKED.match(text, at)
        and not _NOT_MASKED.match(text, max(0, at - 1))
        and not _NOT_MASKED.match(text, at)
        for sign in _MASK_SIGN.finditer(text)
        for at in range(*sign.span())
    )
