"""What units are called: the one name of a unit, its kind by that name, whether a line is a name at all.

The Party group, the Party committee and the office of one unit are that unit:
中共云岫县教育局党组 and 云岫县教育局 have one name. The wordings are rules/unit_kinds.yaml.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from zhenggai.ingest.placenames import MASK, located, printed
from zhenggai.model import UnitKind
from zhenggai.rulebook import unit_kinds

SPACE = re.compile(r"[\s　“”\"'‘’]+")
MASK_SIGN = re.compile(rf"[{re.escape(MASK)}]")
_MASKED_ALONE = re.compile(rf"[{re.escape(MASK)}]*")

_PARTY_AHEAD = re.compile(r"^(?:中国共产党|中共)")
_LEAGUE_AHEAD = re.compile(
    r"^(?:中国共产主义青年团|共青团|团(?=[省市县区旗州盟]委|.{2,}[省市县区旗州盟地]委))"
)
_PARTY_BEHIND = re.compile(
    r"(?:机关)?(?:党组|分党组|党委(?:会)?|党总支(?:部)?(?:委员会)?|党支部(?:委员会)?|"
    r"总支部委员会|支部委员会|党的工作委员会)$"
)
# 望江街道党工委、办事处: one unit under two names.
_AND_ITS_OFFICE = re.compile(r"(?<=[市县区旗州局镇乡院校道])(党组|党委|党工委|委|工委)(?:、|和|及).+")
_ZONES = {"经开区": "经济技术开发区", "高新区": "高新技术产业开发区"}
_ZONE_SHORT = re.compile("|".join(_ZONES))
# 中共X县教育局委员会 is the Party committee of the bureau; 卫生健康委员会 is a bureau by itself.
_COMMITTEE_OF_BODY = re.compile(
    r"(?<=[局厅院学校司团行园中处队社心馆所站])(?:机关)?委员会$|(?<=[镇乡])(?:党)?委(?:员会)?$|"
    r"(?<=街道)(?:党)?(?:工作委员会|工委|委员会)$"
)
_TOWN_BODY = re.compile(r"(?<=[镇乡])(?:人民政府|政府|机关)$|(?<=街道)(?:办事处|办|机关)$")

SELF_SIGN = re.compile(r"^(自治区|[省市县区旗州盟])(?=[委直属级]|[^场政民容区域])")
"""The level with which a unit calls itself: 县教育局, 市妇联."""
OF_INSPECTOR = frozenset(
    {UnitKind.COURT, UnitKind.PROCURATORATE, UnitKind.SCHOOL, UnitKind.HOSPITAL, UnitKind.STATE_FIRM}
)
"""Kinds of unit without an administrative level of their own."""

_UNIT_END = re.compile(
    r"(?:委员会|[省市县区州旗盟党工纪监教]委|党组|党委|党总支|党支部|总支部|支部|局|厅|院|学校|大学|中学|小学|"
    r"[一二三四五六七八九十]中|高中|初中|幼儿园|公司|集团|办公室|[委府]办|编办|中心|联合会|总工会|协会|学会|商会|妇联|残联|"
    r"科协|文联|侨联|工商联|社科联|红十字会|政协|人民政府|办事处|管委会|部|支行|分行|总行|银行|信用社|联社|合作社|"
    r"支队|大队|总队|党校|[图档书博文][书案物化]馆|供销社|[镇乡]|街道|苏木|林场|农场|所|监狱|戒毒所|报社|电视台|"
    r"纪检监察组|纪检组|校委会|厂|矿|站|总社|公积金|血站)(?:（[^）]{1,12}）)?$"
)
_FULL_AHEAD = re.compile(r"中共|中国共产党|中国共产主义青年团|共青团|团[省市县区旗州]委$|政协.")
# Signs and words of sentences and headings.
_NO_NAME = re.compile(
    r"[，。；：！？…,;:!?《》“”\"%％]|关于|整改|情况|报告|通报|的|进展|问题|加强|落实|推进|坚持|深化|"
    r"开展|巩固|健全|完善|提高|聚焦|针对|成立|召开|按照|根据|经(?![济开信贸营])|由|对(?!外)|向(?![阳东前北南])|是|被|"
    r"巡视组|巡察组|领导小组|负责|提升|强化|发挥|规范|我|本单位|各(?!族)"
)
_NUMBERED = re.compile(r"^[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]")
_GENERIC = re.compile(
    r"(?:机关|学校|医院|公司|集团|中心|全体|基层|所属|下属|直属|相关|学院|法院|检察院|局|校|院|团|党)*"
    r"(?:党组|党委|党总支|党支部|支部|党委会|委员会|办公室|学校|医院|公司|集团|中心|法院|检察院|局)+"
)


@cache
def _patterns() -> tuple[tuple[UnitKind, re.Pattern[str]], ...]:
    return tuple(
        (rule.kind, re.compile("|".join(f"(?:{name})" for name in rule.names)))
        for rule in unit_kinds().kinds
        if rule.names
    )


@cache
def _same() -> tuple[re.Pattern[str], dict[str, str]]:
    same = unit_kinds().same
    longest_first = sorted(same, key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(map(re.escape, longest_first))})$"), same


@lru_cache(maxsize=1024)
def normalise(unit: str) -> str:
    """The one name of a unit: Party prefix and suffix off, 县委员会 → 县委, short forms spelled out.

    中共云岫县教育局党组 → 云岫县教育局; 共青团云岫县委员会 → 共青团云岫县委; 云岫县委办公室 →
    云岫县委办; 云溪镇党委 → 云溪镇. Masks stay. For telling units apart, not for showing.
    """
    name = SPACE.sub("", unit)
    name = _ZONE_SHORT.sub(lambda m: _ZONES[m[0]], _AND_ITS_OFFICE.sub(r"\1", name))
    party = bool(_PARTY_AHEAD.match(name))
    name = _PARTY_AHEAD.sub("", name)
    league = _LEAGUE_AHEAD.match(name)
    body = name[league.end() :] if league else name
    body = _town(_PARTY_BEHIND.sub("", body) or body)
    _, ahead, rest = located(body)
    place = body[: len(body) - len(rest)] if not ahead else ""
    if place and rest in {"委员会", "委"}:
        body = place if place.endswith(("镇", "乡", "街道")) else f"{place}委"
    elif re.fullmatch(r"[省市县区旗州盟]委员会", body):
        body = body.removesuffix("员会")
    elif party or league:
        body = _COMMITTEE_OF_BODY.sub("", body) or body
    if league:
        return f"共青团{body}"
    ends, same = _same()
    for _ in range(2):  # 县政府办公室 → 政府办 needs two steps
        body = ends.sub(lambda m: same[m[0]], body)
    return re.sub(r"人民(?=法院|检察院)", "", body)


def _town(body: str) -> str:
    """云溪镇人民政府, 云溪镇党委 → 云溪镇."""
    if body.endswith(("工委", "工作委员会")):
        body = _COMMITTEE_OF_BODY.sub("", body)
    return _TOWN_BODY.sub("", body)


@lru_cache(maxsize=1024)
def kind_by_name(unit: str) -> UnitKind | None:
    """The kind that a unit's name tells; None when it is masked, generic or of no listed kind."""
    name = SPACE.sub("", unit)
    if _MASKED_ALONE.fullmatch(name):
        return None
    if _LEAGUE_AHEAD.match(name):
        return UnitKind.YOUTH_LEAGUE
    name = normalise(name)
    for kind, pattern in _patterns():
        if pattern.search(name):
            return kind
    return None


@lru_cache(maxsize=1024)
def is_unit_name(line: str) -> bool:
    """Whether a short line is the name of an organisation and nothing else, as in a signature."""
    name = SPACE.sub("", line)
    if not 3 <= len(name) <= 40 or not _UNIT_END.search(name):
        return False
    if _NUMBERED.match(name) or _NO_NAME.search(name) or _GENERIC.fullmatch(name):
        return False
    if _FULL_AHEAD.match(name) or MASK_SIGN.match(name) or printed(name):
        return True
    kind = kind_by_name(name)
    return kind is not None and (kind in OF_INSPECTOR or SELF_SIGN.match(name) is not None)
