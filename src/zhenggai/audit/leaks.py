"""打码泄漏: words of a masked notice that give away what it masks.

For the private page alone, never for a report: to put such words together is to
take the mask off. Nothing is worked out from them here either; each is shown with
its lines, for a person to decide. Four kinds are told:

- 地名    a division named in a notice whose own place or unit is masked (`X区`, and 望溪区 further on)
- 名称    a name that fills a masked one: `X溪乡` and 兰溪乡, `XX中学` in the title and 青芷中学 below
- 序号    第X巡察组 and 第五巡察组, of one committee
- 联系    the area code or the postcode of a masked place

A place that the notice names openly with its own (云州市X区), or that people only
went to see (赴某地考察), gives nothing away.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from zhenggai import redaction
from zhenggai.audit.namedplaces import named_places
from zhenggai.audit.rules import audit_rules
from zhenggai.ingest.convert import Conversion
from zhenggai.ingest.markdown import plain
from zhenggai.ingest.placenames import MASK, located, printed
from zhenggai.model import Report

FILE_NAME = 0
"""Stands for a line number where the file's name gives something away."""

_MASK = f"[{re.escape(MASK)}]"
_MASKED = re.compile(_MASK)
_HAN = "\u3400-\u9fff"
_PLACE = re.compile(
    rf"(?<![A-Za-z0-9])(?P<mask>{_MASK}{{1,8}})(?P<sign>自治区|自治州|自治县|自治旗|新区|街道|[省市州盟县区旗镇乡])"
    r"(?!市?[场民容值价]|域|[划块位级]|村振|贤|愁)"
)
_BULLET = re.compile(r"\s*[○●◯□■〇]$")
_SLOT = {"省": 0, "自治区": 0, "市": 1, "州": 1, "自治州": 1, "盟": 1, "镇": 3, "乡": 3, "街道": 3}
_TYPES = (
    "团[市县区省]?委|党委|党组|党工委|纪委|人民法院|人民检察院|法院|检察院|人民医院|医院|卫生院|中心小学|实验小学|小学|"
    "实验中学|高级中学|中学|学校|学院|大学|幼儿园|委员会|管委会|办事处|街道|新区|开发区|公司|集团|支行|银行|[局镇乡县]"
)
_DIVISIONS = frozenset({"街道", "新区", "开发区", "镇", "乡", "县", "局"})
_FRAME = re.compile(
    rf"(?<![A-Za-z0-9])(?P<mask>{_MASK}{{1,8}})(?P<rest>(?P<part>[{_HAN}]{{0,3}}?)(?P<type>{_TYPES}))"
)
_START = rf"(?:(?<=^)|(?<=[^{_HAN}])|(?<=[在到赴往对向由与和及从至为给将是以]))"
_GROUP = re.compile(
    rf"(?P<owner>[省市县区州旗]委)?第(?P<n>{_MASK}{{1,4}}|[一二三四五六七八九十\d]{{1,3}})(?P<what>巡[察视]组|轮)"
)
_SIGN = re.compile(r"(?:街道|新区|自治[州县旗]|[省市州盟县区旗镇乡])$")
_AREA_CODE = re.compile(r"[（(]?\s*(0\d{2,3})\s*[)）]?[-—－\s]?\d{7,8}")

Lines = Sequence[tuple[int, str]]


@dataclass(frozen=True, slots=True)
class Leak:
    """Words that give a mask away."""

    kind: str
    """地名, 名称, 序号 or 联系."""
    found: str
    lines: tuple[int, ...]
    """Where they stand, ascending; `FILE_NAME` for the file's name."""
    masked: str
    """What is masked, as printed."""
    masked_line: int | None
    why: str


def find_leaks(conversion: Conversion) -> tuple[Leak, ...]:
    """The leaks of one notice, in the order of their first lines."""
    lines = [
        (line.no, line.raw if any(cut.rule == "meta-line" for cut in line.cuts) else line.text)
        for line in conversion.cleaned.lines
    ]
    return leaks_of(lines, conversion.report)


def leaks_in_report(text: str, report: Report, body: str) -> tuple[Leak, ...]:
    """The leaks of a report file `text`, with its own lines, in what it publishes of the notice."""
    if not report.masked:
        return ()
    report, body = redaction.redacted(report, body)
    head = text.count("\n") - body.count("\n")
    lines = [(no, plain(line)) for no, line in enumerate(body.split("\n"), head + 1)]
    title = next((no for no, line in enumerate(text.split("\n"), 1) if line.startswith("title:")), 1)
    return leaks_of([(title, report.title), *lines], report)


def leaks_of(lines: Lines, report: Report) -> tuple[Leak, ...]:
    """The leaks of a notice of these (number, text) lines, in the order of their first lines."""
    masks = read_masks(lines, report)
    leaks = [*_groups(lines), *_names(lines, report)]
    if masks:
        leaks += [
            *_signer(lines, report, masks),
            *_places(lines, report, masks),
            *_contacts(lines, report, masks),
        ]
    found: dict[str, Leak] = {}
    for leak in leaks:
        if not any(leak.found in other.found and leak.lines == other.lines for other in found.values()):
            found.setdefault(leak.found, leak)
    return tuple(sorted(found.values(), key=lambda leak: (leak.lines, leak.kind, leak.found)))


@dataclass(frozen=True, slots=True)
class Masks:
    """(line, words) of the masked places of a notice whose own unit or place is masked."""

    own: tuple[tuple[int, str], ...]
    """Those of its own unit or place, or the masked unit itself; never empty."""
    others: tuple[tuple[int, str], ...]

    @property
    def slot(self) -> int:
        """The highest level of its own that is masked, 0 the province; 0 too when the unit is nothing but a mask."""
        return min((_slot(words) or 0 for _, words in self.own), default=0)


def read_masks(lines: Lines, report: Report) -> Masks | None:
    """What is masked; None when the notice's unit and place are open, so that nothing can be given away."""
    names = [name for name in (report.province, report.city, report.county) if name and _MASKED.search(name)]
    if not names and not _MASKED.search(report.unit):
        return None
    found = [
        (no, next((name for name in names if match[0] in name and name in text), match[0]))
        for no, text in lines
        for match in _PLACE.finditer(text)
        if not _BULLET.match(text[: match.end("mask")])
    ]
    own = [one for one in found if one[1] in report.unit or one[1] in names]
    unit_at = next((no for no, text in lines if report.unit in text), lines[0][0])
    return Masks(tuple(own) or ((unit_at, report.unit),), tuple(one for one in found if one not in own))


def _gather(hits: Iterable[tuple[int, str]]) -> dict[str, tuple[int, ...]]:
    """Words → the lines in which they stand."""
    found: dict[str, list[int]] = {}
    for no, words in hits:
        found.setdefault(words, []).append(no)
    return {words: tuple(sorted(set(numbers))) for words, numbers in found.items()}


def _places(lines: Lines, report: Report, masks: Masks) -> Iterator[Leak]:
    """Places that are named although the notice's own is masked."""
    open_names = _open_names(lines, report, masks)
    texts = [*lines, (FILE_NAME, report.source.file)]
    hits = [(no, place) for no, text in texts for place in named_places(text) if place.name not in open_names]
    slots = {place.name: place.slot for _, place in hits}
    for name, numbers in _gather((no, place.name) for no, place in hits).items():
        no, words = _counterpart(name, slots[name], masks)
        yield Leak("地名", name, numbers, words, no, _place_why(slots[name], words))
        short = _SIGN.sub("", name)
        bare = tuple(at for at, text in texts if len(short) > 1 and short in text.replace(name, ""))
        if bare:
            yield Leak("地名", short, bare, words, no, f"{name}的简称")


def _counterpart(name: str, slot: int, masks: Masks) -> tuple[int, str]:
    """The mask that a name is held against: of its sign, else of its level, else the notice's own."""
    return min((*masks.own, *masks.others), key=lambda m: (m[1][-1] != name[-1], _slot(m[1]) != slot))


def _slot(masked: str) -> int | None:
    match = _PLACE.search(masked)
    return _SLOT.get(match["sign"], 2) if match else None


def _place_why(slot: int, masked: str) -> str:
    own = _slot(masked)
    if own is None:
        return "单位名遮盖了，这里却写出地名"
    if slot == own:
        return "同级的地名没有遮盖"
    if slot > own:
        return "下一级的地名没有遮盖，可以由它找到上一级"
    return "上一级的地名没有遮盖"


def _open_names(lines: Lines, report: Report, masks: Masks) -> frozenset[str]:
    """Divisions above its own masked one that the notice names with it: 云州市X区 is meant to be open as to 云州市."""
    found = [printed(report.unit)]
    for _, text in lines:
        for match in _PLACE.finditer(text):
            ahead = re.search(rf"[{_HAN}]{{2,16}}$", text[: match.start()])
            words = ahead[0] if ahead else ""
            readings = (located(words[start:] + match[0]) for start in range(len(words)))
            found += [place for place, skipped, rest in readings if place and not skipped and not rest][:1]
    names = {name for place in found for name in place.names[: masks.slot] if name}
    own = {name for name in printed(report.unit).names if name}
    return frozenset(name for name in names | own if not _MASKED.search(name))


@cache
def _no_name() -> re.Pattern[str]:
    words = "|".join(map(re.escape, audit_rules().leaks.no_names))
    return re.compile(rf"^(?:{words})|[的了和及与对向由在到把将被各等]|(?:{words})$")


@cache
def _counted() -> tuple[str, ...]:
    return audit_rules().leaks.counted


def _names(lines: Lines, report: Report) -> Iterator[Leak]:
    """Names that fill a masked one."""
    own = "".join(report.unit.split())
    frames: dict[str, tuple[int, str]] = {}
    for no, text in lines:
        for match in _FRAME.finditer(text):
            rest = match["rest"]
            if rest.startswith(_counted()) or _BULLET.match(text[: match.end("mask")]):
                continue
            if not match["part"] and (match["type"] in _DIVISIONS or match[0] not in own):
                continue  # a place (see `_places`), or any school, bureau … of the kind
            if match["part"] not in {"县", "区", "市", "省"}:
                frames.setdefault(rest, (no, match[0]))
    for rest, (no, words) in frames.items():
        filled = re.compile(rf"{_START}(?P<fill>[{_HAN}]{{1,4}}){re.escape(rest)}", re.M)
        hits = [
            (at, match["fill"] + rest)
            for at, text in (*lines, (FILE_NAME, report.source.file))
            for match in filled.finditer(text)
            if not _no_name().search(match["fill"]) and not _MASKED.search(match["fill"])
        ]
        for name, numbers in _gather(hits).items():
            yield Leak("名称", name, numbers, words, no, "写出的名称正好补上遮盖的部分")


def _signer(lines: Lines, report: Report, masks: Masks) -> Iterator[Leak]:
    """The unit's full name under the notice although it is masked above."""
    signer = report.signed_by or ""
    at = tuple(no for no, text in lines if signer and signer.split("、")[0] in text)[-1:]
    if at and _MASKED.search(report.unit) and not _MASKED.search(signer) and printed(signer):
        yield Leak("名称", signer, at, report.unit, masks.own[0][0], "单位名遮盖了，落款却写出全名")


def _groups(lines: Lines) -> Iterator[Leak]:
    """第X巡察组, and its number elsewhere."""
    hits = [(no, match) for no, text in lines for match in _GROUP.finditer(text)]
    for no, masked in hits:
        if not _MASKED.search(masked["n"]):
            continue
        named = [
            (at, match[0])
            for at, match in hits
            if match["what"] == masked["what"]
            and not _MASKED.search(match["n"])
            and match["owner"] == masked["owner"]
        ]
        for words, numbers in _gather(named).items():
            yield Leak("序号", words, numbers, masked[0], no, "遮盖的序号在这里写出了")


def _contacts(lines: Lines, report: Report, masks: Masks) -> Iterator[Leak]:
    """Area codes and postcodes: each belongs to one city."""
    city = printed(report.unit).city
    if not report.contacts or (city and not _MASKED.search(city)):
        return
    codes = [
        (phone.value, f"区号 {code[1]}")
        for phone in report.contacts.phones
        if (code := _AREA_CODE.match(phone.value))
    ]
    postcode = report.contacts.postcode or ""
    if postcode.isdigit():
        codes.append((postcode, f"邮政编码 {postcode}"))
    no, masked = masks.own[0]
    for value, words in codes:
        at = tuple(at for at, text in lines if value in text)[:1]
        yield Leak("联系", words, at, masked, no, f"由{words.split()[0]}可以查出是哪里")
