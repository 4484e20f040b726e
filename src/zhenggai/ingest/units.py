"""Which unit a notice is of: its kind, its level and its id.

Units are told apart by place and by their one name (`normalise`).
"""

from __future__ import annotations

import hashlib
import re

from zhenggai.ingest.placenames import names_zone
from zhenggai.ingest.places import Place, is_county_city, located, printed
from zhenggai.ingest.unitnames import (
    MASK_SIGN,
    OF_INSPECTOR,
    SELF_SIGN,
    SPACE,
    is_unit_name,
    kind_by_name,
    normalise,
)
from zhenggai.model import Level, UnitKind
from zhenggai.rulebook import unit_kinds
from zhenggai.slug import slug

__all__ = ["is_same", "is_unit_name", "kind_of", "level_of", "normalise", "unit_id"]

_BY_SIGN = {
    "省": Level.PROVINCE, "自治区": Level.PROVINCE,
    "市": Level.CITY, "州": Level.CITY, "盟": Level.CITY, "地": Level.CITY,
    "县": Level.COUNTY, "区": Level.COUNTY, "旗": Level.COUNTY,
    "镇": Level.TOWNSHIP, "乡": Level.TOWNSHIP, "街道": Level.TOWNSHIP,
}  # fmt: skip
_BY_SLOT = (Level.PROVINCE, Level.CITY, Level.COUNTY, Level.TOWNSHIP)
_COMMITTEE = re.compile(r"(自治区|[省市州盟地县区旗])(?:纪)?委|(自治区)党委|([镇乡]|街道)党(?:工)?委")
_ENOUGH = 3000
"""Characters of a notice that tell the kind of a masked unit; long ones repeat themselves."""
_LONG = {"农商行": "农村商业银行", "农商银行": "农村商业银行"}
_SHORTENED = re.compile("农商银?行|(?:股份)?有限(?:责任)?公司")
"""What firms leave out or shorten in their own name."""
_MUNICIPALITIES = frozenset({"北京市", "天津市", "上海市", "重庆市"})


def kind_of(unit_name: str, text_cues: str) -> UnitKind:
    """The kind of a unit by its name; where the name is masked or silent, by the words of its notice.

    `text_cues` is any text of the notice, best all of it.
    """
    kind = kind_by_name(unit_name) if unit_name else None
    if kind is not None:
        return kind
    if not text_cues or (unit_name and not MASK_SIGN.search(unit_name)):
        return UnitKind.OTHER
    rules = unit_kinds()
    text_cues = text_cues[:_ENOUGH]
    scores = []
    for order, rule in enumerate(rules.kinds):
        score = sum(min(text_cues.count(cue), 5) * weight for cue, weight in rule.cues.items())
        scores.append((-score, order, rule.kind))
    (best, _, kind), (second, _, _) = sorted(scores)[:2]
    return kind if -best >= rules.cue_floor and best <= 1.5 * second else UnitKind.OTHER


def level_of(
    unit_name: str, kind: UnitKind, inspecting_body: str | None, place: Place | None = None
) -> Level | None:
    """The unit's own administrative level, None when nothing tells it.

    Courts, procuratorates, schools, hospitals and firms have no level of their
    own: theirs is that of the committee that inspected them.
    """
    place = place or Place()
    inspector = _committee_level(inspecting_body or "", place)
    if kind in OF_INSPECTOR:
        return inspector
    if kind is UnitKind.TOWNSHIP:
        return Level.TOWNSHIP
    name = SPACE.sub("", unit_name)
    if re.match(r"(?:中共)?中央|国家(?!税务总局.)|中华人民共和国|国务院", name):
        return Level.CENTRAL
    own, _, rest = located(name)
    if names_zone(rest):
        return Level.COUNTY  # as a rule; a zone is no division
    if own:
        return _BY_SLOT[own.lowest]
    sign = SELF_SIGN.match(normalise(name).removeprefix("共青团")) if kind is not UnitKind.OTHER else None
    if sign is not None:
        return _county_city(_BY_SIGN[sign[1]], place)
    if kind is UnitKind.LOCAL_COMMITTEE:
        return None  # a province's committee inspects cities and counties alike
    return inspector


def _committee_level(body: str, place: Place) -> Level | None:
    """市委第三巡察组 → 市; 慈溪市委 → 县 by the table."""
    if "中央" in body:
        return Level.CENTRAL
    own = printed(body)
    if own and own.lowest < 3 and _COMMITTEE.search(body):
        return _BY_SLOT[own.lowest]
    found = _COMMITTEE.search(body)
    if not found:
        return None
    return _county_city(_BY_SIGN[found[1] or found[2] or found[3]], place)


def _county_city(level: Level, place: Place) -> Level:
    """What 市 means at `place`: a county-level city's is 县, a municipality's is 省."""
    if level is Level.CITY:
        county = place.county or ""
        if county.endswith("市") and (place.city is None or is_county_city(county)):
            return Level.COUNTY
        if place.province in _MUNICIPALITIES and place.city is None:
            return Level.PROVINCE
    return level


def is_same(full: str, short: str) -> bool:
    """Whether `short` names the unit that `full` names, its place or its long words left out."""
    one, other = (_SHORTENED.sub(lambda m: _LONG.get(m[0], ""), normalise(name)) for name in (full, short))
    if one == other:
        return True
    ahead = one.removesuffix(other)
    place, before, rest = located(one)
    if ahead != one:
        return bool(place) and not before and one[: len(one) - len(rest)].startswith(ahead)
    return False


def unit_id(unit: str, place: Place, masked: bool, report_seed: str) -> str:
    """Slug of place and normalised name, the same for every name of one unit.

    `masked`: something of the unit's name or place is masked, so that two such
    notices may be of two units: the id gets six hex digits of `report_seed`
    (anything that is the notice's own, such as the sha256 of its file).
    """
    core = _core(normalise(unit), place)
    where = [_plain_province(place.province), _plain_city(place.city), place.county, place.township]
    made = "-".join(slug(part) for part in (*where, core) if part)
    if masked:
        seed = hashlib.sha256(report_seed.encode()).hexdigest()[:6]
        return f"{slug(made)[:60]}-{seed}"
    return slug(made)


def _core(name: str, place: Place) -> str:
    """The name without the divisions that `place` already says: 云岫县教育局 and 县教育局 → 教育局."""
    league = name.startswith("共青团")
    body = name.removeprefix("共青团")
    own, ahead, rest = located(body)
    if own and not ahead and all(n is None or n in place.names for n in own.names):
        body = rest
    elif not own and place:
        body = re.sub(r"^(?:自治区|[省市县区旗州盟])(?=委|直|政府|[^场政民容区域])", "", body)
    if league:
        return "共青团" if body in {"委", "委员会", ""} else f"共青团{body}"
    if body in {"委", "委员会"}:
        return "党委"
    return f"党{body}" if body.startswith("委") else body  # 委组织部


def _plain_province(name: str | None) -> str | None:
    return re.sub(r"(?<=..)(?:省|市|(?:壮族|回族|维吾尔)?自治区)$", "", name) if name else None


def _plain_city(name: str | None) -> str | None:
    return re.sub(r"(?<=..)市$", "", name) if name else None
