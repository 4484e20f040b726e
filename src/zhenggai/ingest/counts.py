"""Printed counts of problems, and their traps.

`problem_count` is the finest printed unit called 问题 (4个方面15个问题 → 15); aspects,
tasks, measures and people are none. Masked counts stay null; nothing is added up.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from zhenggai.ingest.folding import holds_any
from zhenggai.ingest.numbering import number_of

_DIGITS, _HAN, _MASKS = "0-9０-９", "一二三四五六七八九十百两", "XxＸ×*＊○〇某"
_N = rf"(?:[{_DIGITS}][{_DIGITS},，]{{0,5}}|[{_HAN}]{{1,5}}|[{_MASKS}]{{1,3}})"
_UNIT = r"(?:个|项|条|类|件|处|大项|小项|大类|方面)"
_FINE = r"(?:个|项|条|件|处|小项)"
_WHAT = r"(?:方面|具体|突出|主要|共性|个性|反馈|巡察|整改|重点|细化)"
_MAY_TELL = re.compile(r"完成|到位|销号|办结|整改|解决|落实|完毕|率|进度|占|改[完好了]|清零|验收|核验")
"""A sentence without any of these tells no count of what is done: a quick look before the patterns."""
_BEFORE = re.compile(
    rf"(?=[{_DIGITS}{_HAN}{_MASKS}])(?P<n>{_N})\s*(?P<u>{_UNIT})?(?:的)?{_WHAT}{{0,2}}(?:的)?问题"
)
_AFTER = re.compile(
    rf"问题(?:清单)?[（(]?(?:共|计|总数|合计|为)?(?:(?:{_N}(?:个)?(?:方面|大类|类|大项))+)?\s*(?P<n>{_N})\s*(?P<u>{_FINE})"
)
_CHAIN = re.compile(
    rf"反馈[^。；]{{0,20}}?(?:{_N}(?:个)?(?:方面|大类|类|大项))+(?P<n>{_N})(?P<u>项|条|个)(?=[，。；、（(])"
)
_SUM = re.compile(rf"[，、](?:合计|共计|总计|一共)为?\s*(?P<n>{_N})\s*(?P<u>{_FINE})(?=[，。；（(]|$)")
_TOTALS = ((_BEFORE, "问题"), (_AFTER, "问题"), (_CHAIN, "反馈"), (_SUM, "计"), (_SUM, "一共"))
"""Each with a word that it cannot do without."""
_TOTAL_WORDS = tuple(dict.fromkeys(word for _, word in _TOTALS))
_FED_BACK = re.compile(r"反馈|指出|巡[察视](?:组|中|期间)?(?:共|发现|提出|反映)")
"""Whose total it is: the inspection's."""
_OURS = re.compile(r"涉及|所列|梳理|分解|细化|共|整改|对照|制定|完成|销号")
"""Words beside which a total may be meant where none is said to be the inspection's."""
_NOT_OURS = re.compile(
    r"自查|查摆|排查|信访|群众反映|协商|解决(?:群众|企业|职工|实际)|每[个名位]|走访|现场|督办|涉及清退|化解|办理|谈话|"
    r"领办|领回|包抓|包案|包联|牵头|主抓|负责|分管|举一反三|(?:书记|[局院校行镇乡县市区厅处]长|主任|成员|干部|带头|分别|各)[^，；]{0,8}认领"
)
"""Other people's problems, and the share of one person."""
_PART = re.compile(
    r"(?:共性|个性|面上|点上|同类|类似|遗留|苗头性?|倾向性|典型|重点|立行立改|长期|剩余|其余)$"
)
_REFINED = re.compile(r"(?:分解|细化|梳理|归纳|列出|归并)[^。；，]{0,10}$")

_DONE = r"(?:完成整改|整改完成|整改到位|整改完毕|整改销号|改到位|改正到位|改[完好了]|见底清零|清零|对账销号|通过(?:联合|现场|第三方)?(?:验收|核验)|完成|销号|办结|整改|解决)"
_DONE_N = re.compile(
    rf"(?:已|已经|现已|目前|其中|累计|全部)*(?P<done>{_DONE})(?:了)?(?:的)?(?:问题)?(?:有|共)?\s*(?P<n>{_N})\s*(?P<u>个|项|条|件|小项)(?P<w>[一-鿿]{{0,4}})"
)
_N_DONE = re.compile(
    rf"(?P<n>{_N})\s*(?P<u>个|小项|项|条|件)(?P<w>{_WHAT}?(?:问题|任务|事项)?)"
    rf"(?:已经?|均已|现已|都已|全部|均|按期|(?<=问题)(?=整改))(?:全部|整体)?(?P<done>{_DONE})(?!{_N}|率)"
)
_OF_THEM = re.compile(
    rf"问题中?(?:已有|已|有)\s*(?P<n>{_N})\s*(?P<u>个|项|条|件)(?P<w>)(?:已)?(?P<done>{_DONE})(?!{_N}|率)"
)
"""22个问题中已有17个通过验收"""
_ALL_DONE = re.compile(
    r"(?:已|均已|现已|目前)?(?:全部|均已)(?:按期|如期)?(?:整改)?(?:完成|到位|销号|办结|整改)(?!\d)|(?:均|都)已(?:整改)?(?:完成|到位|销号|办结)"
)
_RATE = re.compile(
    r"(?P<of>[一-鿿]{0,6})(?P<k>(?:完成|到位|落实|办结|销号|整改)率|(?<=[个项条]，占)|(?<=[个项条]，占比)|整改进度|完成进度)(?:已|为|达到|达|是|均|[：:])*\s*"
    r"(?P<r>[0-9０-９.．]{1,6}\s*[%％]|[X×*○]{1,3}[%％]|百分之[一二三四五六七八九十百点]+)"
)
_MAY_RATE = re.compile("率|占|进度")
"""No rate is printed without one of these."""
_OTHER_RATE = re.compile(r"措施|任务|满意|经费|项目|投诉|制度|建档|党费|指标|工程|检查|培训")
_NOUNS = "措施|任务|制度|建议|事项|举措|人|方案|清单|问题|线索|信访件|信访|案件|工单|诉求|提案|议案|隐患|图斑|项目|合同|热线|投诉"
_COUNTED = re.compile(
    rf"(?P<n>{_N})\s*(?P<u>个|小项|项|条|件|起|宗)(?P<a>(?![受因由需])[一-鿿]{{0,6}}?)(?P<k>{_NOUNS})"
    rf"|(?P<a2>[一-鿿]{{0,4}}?)(?P<k2>{_NOUNS})(?:共|计|共计|合计|[一-鿿]{{0,2}}?)\s*(?P<n2>{_N})\s*(?P<u2>个|小项|项|条|件|起|宗)"
)
"""A number with what it counts, in either order: 146条整改措施, 同类问题132个."""


@dataclass(frozen=True, slots=True)
class Counts:
    """As printed; None where not printed, masked or not of problems."""

    problems: int | None = None
    completed: int | None = None
    rate: str | None = None


def value_of(text: str) -> int | None:
    """A printed number; None when masked."""
    plain = (
        text.translate(str.maketrans("０１２３４５６７８９", "0123456789")).replace(",", "").replace("，", "")
    )
    return number_of(plain) if plain[:1].isdecimal() or plain[:1] in "一二三四五六七八九十百" else None


def read_counts(text: str) -> Counts:
    """Counts from the prose around the problems (lead, organisation, closing), in order."""
    problems = stated_problems(text)
    completed: int | None = None
    rate: str | None = None
    before = ""
    for sentence in _sentences(text):
        if _MAY_TELL.search(sentence):
            if completed is None:
                completed = _completed(sentence, before, problems)
            if rate is None and _MAY_RATE.search(sentence):
                rate = _rate(sentence, before)
        before = sentence
    return Counts(problems, completed, rate)


def _sentences(text: str) -> list[str]:
    return text.replace("！", "。").replace("？", "。").replace("\n", "。").split("。")


def stated_problems(text: str) -> int | None:
    """The printed total of problems; the first, unless a finer one follows (…，细化为42个具体问题).

    A total that the inspection is said to have fed back goes before one that is only printed.
    """
    counting = [
        (sentence, hits)
        for sentence in _sentences(text)
        if holds_any(sentence, _TOTAL_WORDS)
        and (hits := [m for pattern, word in _TOTALS if word in sentence for m in pattern.finditer(sentence)])
    ]
    return _total(counting, _FED_BACK) or _total(counting, _OURS)


def _total(counting: Iterable[tuple[str, list[re.Match[str]]]], whose: re.Pattern[str]) -> int | None:
    """The total of the sentences that `whose` allows, of those that count something."""
    problems: int | None = None
    refined = False
    for sentence, hits in counting:
        if not whose.search(sentence):
            continue
        for match in sorted(hits, key=lambda m: m.start("n")):
            number, unit = value_of(match["n"]), match["u"]
            clause = re.split(r"[，；]", sentence[: match.start()])[-1]
            whole = re.split(r"[，；]", sentence[match.start("n") :])[0]
            if unit in {"方面", "类", "大类", "大项"} or (
                unit is None and number is not None and match.re is _BEFORE and not match["n"][0].isdigit()
            ):
                continue
            if match["n"] in {"一", "两"}:
                continue  # 一个问题、一个措施: a way of speaking
            if _NOT_OURS.search(clause + whole) or _PART.search(clause) or _done_here(sentence, match):
                continue
            if match.re is _SUM and "问题" not in sentence[: match.start()]:
                continue
            if number is None and problems is None:
                return None  # masked: what is printed further on counts something else
            if number is None:
                continue
            if problems is None:
                problems = number
            elif not refined and number > problems and _REFINED.search(clause):
                problems, refined = number, True
    return problems


def _rate(sentence: str, before: str) -> str | None:
    """The printed rate of problems put right, None when there is none or it is masked."""
    for found in _RATE.finditer(sentence):
        if _OTHER_RATE.search(found["of"]) or re.search(r"[X×*○]", found["r"]):
            continue
        ahead = sentence[: found.start("k")]
        done = re.findall(rf"{_N}\s*(个|小项|项|条|件)", ahead)
        if _subject(f"{before}，{ahead}", done[-1] if done else None) and re.search(
            r"整改|问题", before + sentence
        ):
            return found["r"].strip()
    return None


def _subject(ahead: str, unit: str | None) -> bool:
    """Whether what is counted with `unit` behind `ahead` is the inspection's problems, as far as said."""
    counted = [*_COUNTED.finditer(ahead)]
    same = [one for one in counted if (one["u"] or one["u2"]) == unit] if unit else counted
    if not same:
        return not re.search(r"(?:信访|投诉|热线|排查|自查)[^，；]{0,12}$", ahead)
    last = same[-1]
    noun, attribute = last["k"] or last["k2"], last["a"] or last["a2"] or ""
    around = ahead[max(0, last.start() - 8) : last.end()]
    return noun == "问题" and not re.search(r"同类|类似|排查|自查|查摆|信访|审计", attribute + around)


def _done_here(sentence: str, match: re.Match[str]) -> bool:
    """Whether the number counts what is done (已完成整改问题12个), not what was found."""
    before = sentence[max(0, match.start() - 8) : match.start("n")]
    return bool(
        re.search(
            r"(?:完成整改|整改完成|已完成|整改到位|销号|未完成|正在整改|剩余|余下|其余|其中|基本完成|立行立改)",
            before,
        )
    )


def _completed(sentence: str, ahead: str, problems: int | None) -> int | None:
    """The number of problems done, if `sentence` prints it; `ahead` is the sentence before it."""
    if not re.search(r"问题|整改|反馈", ahead + sentence):
        return None
    for match in (m for form in (_DONE_N, _N_DONE, _OF_THEM) for m in form.finditer(sentence)):
        before, word = sentence[: match.start()], match["w"] or ""
        if re.search(
            r"(?:基本|阶段性|未|尚未|正在|没有|拟|计划|将|力争|先期|提前|立行立改)$", before
        ) or word.startswith(("措施", "制度", "任务", "人", "建议", "方面")):
            continue
        if match["done"] == "整改" and not re.search(r"已$|已整改|其中", match[0] + before[-1:]):
            continue
        if not word.startswith("问题") and not _subject(f"{ahead}，{before}", match["u"]):
            continue
        if match["n"] in {"一", "两"}:
            continue  # 完成一项、销号一项
        number = value_of(match["n"])
        if number is None:
            return None
        if problems is None or number <= problems:
            return number
    if problems is not None and "问题" in sentence:
        for match in _ALL_DONE.finditer(sentence):
            before = sentence[: match.start()]
            nouns = [*_COUNTED.finditer(re.sub(r"[（(][^（()）]*[）)]", "", before))]
            if re.search(r"(?:除|未|尚未|将|确保|力争|基本|推动|督促)[^，]{0,14}$", before) or (
                nouns
                and (
                    "问题" not in (nouns[-1]["k"], nouns[-1]["k2"])
                    or value_of(nouns[-1]["n"] or nouns[-1]["n2"]) != problems
                )
            ):
                continue
            return problems
    return None
