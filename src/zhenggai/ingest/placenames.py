"""The divisions that a unit's name, an address or a committee's name prints.

A name is read from its front, division by division, from the province down:
names of the division table first, then masked ones (`X市`, `某县`), then any
name with a division's suffix, so that a place missing in the table is read too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from zhenggai.rulebook import Division, divisions

MASK = "XxＸｘ*＊×╳✕○〇●◯□■某"
"""Signs that stand for a name that was taken out."""
_MASK_RUN = re.compile(rf"[{re.escape(MASK)}]+")
_MASKED = re.compile(rf"[{re.escape(MASK)}]")


@dataclass(frozen=True, slots=True)
class Place:
    """Divisions by level, each as printed (`X市`) or by its official name; None where nothing is said."""

    province: str | None = None
    city: str | None = None
    county: str | None = None
    township: str | None = None

    @property
    def masked(self) -> bool:
        """Whether any level is masked."""
        return any(name is not None and _MASKED.search(name) for name in self.names)

    @property
    def names(self) -> tuple[str | None, ...]:
        """All four levels, the highest first."""
        return (self.province, self.city, self.county, self.township)

    @property
    def lowest(self) -> int:
        """Index into `names` of the lowest level given; -1 when empty."""
        return max((i for i, name in enumerate(self.names) if name), default=-1)

    def __bool__(self) -> bool:
        return self.lowest >= 0


_PEOPLES = (
    "蒙古族|回族|藏族|维吾尔|维吾尔族|苗族|彝族|壮族|布依族|朝鲜族|满族|侗族|瑶族|白族|"
    "土家族|哈尼族|哈萨克|哈萨克族|傣族|黎族|傈僳族|佤族|畲族|拉祜族|水族|东乡族|纳西族|"
    "景颇族|柯尔克孜|柯尔克孜族|土族|达斡尔族|仫佬族|羌族|布朗族|撒拉族|毛南族|仡佬族|锡伯|"
    "阿昌族|普米族|塔吉克|怒族|鄂温克族|德昂族|保安族|裕固族|独龙族|鄂伦春|门巴族|珞巴族|"
    "基诺族|各族|蒙古"
)
_ANY_PEOPLE = "|".join(sorted(_PEOPLES.split("|"), key=len, reverse=True))
_AUTONOMOUS = re.compile(rf"(.{{2,}}?)(?:{_ANY_PEOPLE})*(自治区|自治州|自治县|自治旗)")
_SHORT_SUFFIX = {"自治州": "州", "自治县": "县", "自治旗": "旗"}


def _short(name: str) -> str:
    """恩施土家族苗族自治州 → 恩施; 石家庄市 → 石家庄; 沙市区 → 沙市."""
    match = _AUTONOMOUS.fullmatch(name)
    if match:
        return match[1]
    return re.sub(r"(?:地区|省|市|盟|县|区|旗)$", "", name)


@cache
def table() -> dict[str, tuple[Division, ...]]:
    """Official name → its divisions, those of today first; `恩施州` for an autonomous prefecture too."""
    found: dict[str, list[Division]] = {}
    for division in divisions():
        found.setdefault(division.name, []).append(division)
        match = _AUTONOMOUS.fullmatch(division.name)
        if match and match[2] in _SHORT_SUFFIX and len(match[1]) > 1:
            found.setdefault(match[1] + _SHORT_SUFFIX[match[2]], []).append(division)
    return {name: tuple(sorted(rows, key=lambda d: d.former)) for name, rows in found.items()}


@cache
def _short_names() -> dict[str, Division]:
    """河北 → 河北省, 石家庄 → 石家庄市: good only before a division that lies inside (see `_from_table`)."""
    return {
        _short(d.name): d
        for d in sorted(divisions(), key=lambda d: (not d.former, d.code[2:] != "0000"))
        if d.slot < 2 and len(_short(d.name)) > 1
    }


# A unit's name may carry what is no place ahead of the place.
_AHEAD = re.compile(
    r"(?:[\s　“”\"'‘’《]|中国共产党|中国共产主义青年团|中共|共青团|团(?=.{2,}[市县区省旗]委)|政协|"
    r"中国人民政治协商会议|民革|民盟|民建|民进|农工党|致公党|九三学社|台盟|国家税务总局|国网|中国|关于|原|"
    r"(?:.{2,14}(?:股份有限公司|有限责任公司|有限公司|集团|总局|总公司|银行)(?=.{2,}[市县区省旗])))+"
)
_NAME = re.compile(rf"[\u3400-\u9fff{re.escape(MASK)}]+")
# 州, 盟 and 旗 end many words: a division only where its own bodies are named.
_GOVERNS = re.compile(
    r"[\u3400-\u9fff]*?(?:委|人民|政府|政协|纪|局|法院|检|公|教|党|社|会|院|校|办|中心|医|银行|第[一二三四五六七八九十])"
)
# What never stands inside the name of a place but often before or after its suffix.
_NOT_IN_NAME = re.compile(
    r"[的了对向于在及和与为被把将等委局院党校团厅署办科股号第届各本我全该属直级是有]|中国|国家|银行|公司|集团|学院|大学|人民|"
    r"政府|管理|建设|规划|工作|整改|关于|巡察|巡视|组织|城市|农业|法院|检察|医院|中学|小学"
)
_ZONE = "(?:(?:高新技术|经济技术|经济|高新|工业)(?:产业)?开发|高新|经开|综合保税|保税|旅游度假|试验|示范|开发|新|工业园)区"
"""A development zone: an area with a management committee, no division; what governs it is a county's."""
_SUFFIX = re.compile(
    rf"特别行政区|{_ZONE}|"
    r"自治区|自治州|自治县|自治旗|地区|街道|苏木|省|市|州|盟|县|区|旗|镇|乡"
)
_IS_ZONE = re.compile(_ZONE)
_OF_ZONE = re.compile(rf"[一-鿿{re.escape(MASK)}]{{0,8}}?{_ZONE}(?!域)")
_SLOT_OF = {
    "省": 0, "自治区": 0, "特别行政区": 0,
    "市": 1, "自治州": 1, "地区": 1, "州": 1, "盟": 1,
    "县": 2, "自治县": 2, "自治旗": 2, "旗": 2,
    "镇": 3, "乡": 3, "街道": 3, "苏木": 3,
}  # fmt: skip
# 市场, 县域, 乡村 …: the sign belongs to the next word. Also 市委 and the like need a name of their own.
_NEXT_WORD = re.compile(
    r"市(?:场|政|民|容|值|价|郊)|省(?:级|直)|区(?:域|划|位|块)|县(?:域|城(?![区镇关市厢南北东西中郊乡建管投发交]))|乡(?:村|贤|镇|愁|土)|镇村|"
    r"旗(?:帜|舰|袍)|州际|盟员"
)
_JOINED = re.compile(r"州[市区县镇乡旗]|镇[区县乡]|乡[县区市镇]|旗[镇县]|盟[县镇]|街道|市[镇乡](?!村)")
_FALSE = re.compile(
    r"(?:社|校|院|片|辖|小|景|厂|库|牧|灾|军|战|园|街|禁|地|山|城|郊|新城|老城|老|主城|中心城)区|"
    r".*(?:社|校|院|片|辖|小|景|军|战|灾)区|"
    r".*(?:超|上|门|夜|股|城)市|(?:都|大)市|神州|九州|.*(?:民|联|同|加|结)盟|.*(?:红|国|升|军|锦)旗|"
    r".*(?:城|村|集|古|小|乡)镇|.*(?:城|家|下|返|故|老|同|回|离)乡|.*大街道|[外同邻两几数团]县|.*[反节]省"
)


@dataclass(frozen=True, slots=True)
class _Token:
    slot: int
    name: str
    end: int
    division: Division | None = None


def _from_table(text: str, at: int, least: int, above: Division | None) -> _Token | None:
    """The longest division of the table that `text` names at `at`, no higher than `least`.

    Under a known division those inside it come first; another one of that name is
    still read as printed. 城区, 郊区, 东区 are places only under their city.
    """
    for size in range(min(15, len(text) - at), 1, -1):
        rows = [d for d in table().get(text[at : at + size], ()) if d.slot >= least]
        inside = [d for d in rows if above is not None and d.code.startswith(above.prefix)]
        if not inside and size == 2 and text[at + 1] != "县":
            continue
        rows = inside or rows
        if not rows or _NEXT_WORD.match(text, at + size - 1):
            continue
        same = {d.code[: 2 * d.slot] for d in rows}
        return _Token(rows[0].slot, rows[0].name, at + size, rows[0] if len(same) == 1 else None)
    return None


def _shortened(text: str, at: int, least: int, above: Division | None) -> _Token | None:
    """河北石家庄市…, 石家庄新华区…, 济宁市中区…: a name without suffix, told by what lies inside it."""
    if least > 1:
        return None
    names = _short_names()
    for size in range(min(6, len(text) - at), 1, -1):
        division = names.get(text[at : at + size])
        if division is None or division.slot < least:
            continue
        if above and not division.code.startswith(above.prefix):
            continue
        inside = _from_table(text, at + size, division.slot + 1, division)
        if inside and inside.division and inside.division.code.startswith(division.prefix):
            return _Token(division.slot, division.name, at + size, division)
    return None


def _by_suffix(text: str, at: int, least: int) -> _Token | None:
    """A name that the table does not hold, masked or unknown, told by its suffix; no higher than `least`."""
    mask = _MASK_RUN.match(text, at)
    for match in _SUFFIX.finditer(text, at, at + 16):
        suffix, end = match[0], match.end()
        body = text[at : match.start()]
        all_masked = mask is not None and mask.end() == match.start()
        if not all_masked and _JOINED.match(text, end - 1) and not _NEXT_WORD.match(text, end):
            continue  # 云州区: the sign is part of the name
        if _IS_ZONE.fullmatch(suffix):
            return None
        slot = 2 if suffix == "区" else _SLOT_OF[suffix]
        if suffix == "市" and least == 2:
            slot = 2  # under its prefecture: a county-level city
        if slot < least or not body or _NEXT_WORD.match(text, end - 1):
            return None  # 市委, 县教育局 have no name
        return _Token(slot, text[at:end], end) if all_masked or _is_name(body, suffix, text, end) else None
    return None


def _is_name(body: str, suffix: str, text: str, end: int) -> bool:
    """Whether `body` + `suffix`, which ends at `end` of `text`, reads like the name of a division."""
    short_county = len(body) == 1 and suffix == "县" and end == 2  # 沙县: only where nothing stands ahead
    if not short_county and not 1 < len(body) <= (12 if suffix.startswith("自治") else 6):
        return False
    if _NOT_IN_NAME.search(body) or not _NAME.fullmatch(body) or _FALSE.fullmatch(body + suffix):
        return False
    return suffix not in {"州", "盟", "旗"} or _GOVERNS.match(text, end) is not None


@lru_cache(maxsize=1024)
def printed(name: str) -> Place:
    """The divisions that a unit's name, an address or a committee's name prints; empty when none."""
    return located(name)[0]


def names_zone(name: str) -> bool:
    """Whether a name, its divisions taken off, begins with a development zone: 高新区管委会."""
    return _OF_ZONE.match(name) is not None


@lru_cache(maxsize=1024)
def located(name: str) -> tuple[Place, str, str]:
    """(place, words ahead of it, words after it) of a name, without white space and label."""
    text = re.sub(r"[\s　]+", "", name.rpartition("：")[2].rpartition(":")[2])
    ahead = _AHEAD.match(text)
    first = at = ahead.end() if ahead else 0
    found: list[str | None] = [None, None, None, None]
    least, above = 0, None
    while at < len(text) and least < 4:
        token = (
            _shortened(text, at, least, above)
            or _from_table(text, at, least, above)
            or _by_suffix(text, at, least)
        )
        if token is None:
            break
        found[token.slot] = token.name
        at, least = token.end, token.slot + 1
        above = token.division
    return Place(*found), text[:first], text[at:]
