"""Invented units: how each is named in full, in short, and how it speaks of itself."""

from __future__ import annotations

from dataclasses import dataclass

from benchmarks.draws import Draws
from benchmarks.places import Place, a_town
from benchmarks.vocabulary import Field

_BY_ENDING = (
    (("法院", "检察院"), "党组", "党组", "院党组"),
    (("医院", "保健院", "福利院", "卫生院", "光荣院", "测绘院"), "委员会", "党委", "院党委"),
    (("中学", "小学", "学校", "中专", "体校", "大学"), "委员会", "党委", "校党委"),
    (("学院",), "委员会", "党委", "学院党委"),
    (("公司", "集团", "银行", "联社", "报社", "宾馆", "林场", "粮库"), "委员会", "党委", "公司党委"),
    (("局",), "党组", "党组", "局党组"),
    (("联合会", "总工会", "协会", "红十字会", "总会"), "党组", "党组", "会党组"),
    (("办公室",), "党组", "党组", "办党组"),
    (("委员会",), "党组", "党组", "委党组"),
    (("中心",), "党组", "党组", "中心党组"),
    (("研究室",), "党组", "党组", "室党组"),
    (("电视台",), "委员会", "党委", "台党委"),
    (("大队", "支队"), "委员会", "党委", "大队党委"),
    (("馆", "宫", "所", "站", "处", "社"), "总支部委员会", "党总支", "党总支"),
)
"""Endings of a name, the Party body in full and in short, how the notice calls itself."""
_OF_COMMITTEE = {"部": "部务会", "校": "校委会", "会": "委机关", "室": "室务会", "局": "局领导班子"}


@dataclass(frozen=True, slots=True)
class Unit:
    """All names as printed; masked when the place given is."""

    name: str
    full: str
    short: str
    self: str


def a_unit(draws: Draws, field: Field, place: Place, printed: str, masked: str) -> Unit:
    """A unit of this field. `printed`: the place as the notice prints it; `masked`: what stands for a name."""
    kind = draws.one(field.units)
    if kind in {"镇", "乡"}:
        town = (masked or a_town(draws)) + kind
        return Unit(f"{printed}{town}", f"中共{printed}{town}委员会", f"{town}党委", f"{kind}党委")
    if kind == "街道":
        town = f"{masked or a_town(draws)}街道"
        return Unit(f"{printed}{town}", f"中共{printed}{town}工作委员会", f"{town}党工委", "街道党工委")
    if kind == "共青团委员会":
        return Unit(
            f"共青团{printed}委员会", f"共青团{printed}委员会", f"共青团{printed}委", f"团{place.level}委"
        )
    name = printed + kind
    if kind.startswith("委"):
        return Unit(name, f"中共{name}", name, _OF_COMMITTEE[kind[-1]])
    for endings, full, short, own in _BY_ENDING:
        if kind.endswith(endings):
            return Unit(name, f"中共{name}{full}", f"{name}{short}", own)
    raise LookupError(f"{kind}: no ending of _BY_ENDING fits")
