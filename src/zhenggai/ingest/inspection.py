"""What a lead says of the inspection (巡察): by whom, in which round, of which type, when, fed back when."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from zhenggai.ingest import places
from zhenggai.ingest.dates import DateFound, find_dates
from zhenggai.ingest.letterspacing import close_up
from zhenggai.ingest.pieces import Piece
from zhenggai.model import Review

_M = "XxＸ×*＊○〇●某□"
_NUM = rf"[一二三四五六七八九十百\d{_M}]{{1,4}}"
_MODE = "提级交叉|提级|交叉|联动|专项|机动|常规|内部"
_GROUP = re.compile(rf"巡[察视](?P<n>第?{_NUM})?组")
_GROUP_AHEAD = re.compile(rf"(?:第?{_NUM}轮(?:巡[察视])?)?(?:{_MODE})?(?P<n>第?{_NUM})?(?P<m>{_MODE})?$")
_SIGN = "自治[区州县旗]|[省市县区州旗盟镇乡师]"
_COMMITTEE = re.compile(rf"(?:(?:{_SIGN})委|中央)$")
_ORGANISATION = re.compile(rf"[一-鿿{_M}]{{0,20}}(?:党委|党组|党工委|工委)")
_BEFORE_OWNER = re.compile(
    r".*(?:根据|按照|依据|依照|遵照|接受|配合|部署|安排|统一|要求|决定|期间|[上中下]旬|经(?!开|济|信|贸)|"
    r"[，。；：、,;:\s（）()“”0-9由受据被对向和与及按在届于日月年起至将])",
    re.S,
)
_PLACED = re.compile(rf"(?:^|[，。、；：\s由经受被据日,，]|中共|届)([一-鿿{_M}]{{1,4}})$")
_NOT_PLACED = re.compile(
    r"[届由经对了将受被按照据根在和与及]|安排|部署|期间|统一|关于|落实|接受|配合|针对|贯彻"
)
_ORGAN = "(?:集团|公司|学校|校|大学|学院|院|局|厅|行|联社|兵团|师市?|[区州旗])(?:党委|党组|党工委)"
_ROUNDS = (
    re.compile(
        rf"第?{_NUM}届(?:中共)?(?:[一-鿿{_M}]{{0,6}}?(?:{_SIGN})委|{_ORGAN})第?{_NUM}轮"
        rf"|(?:(?:{_SIGN})委|{_ORGAN})第?{_NUM}届第?{_NUM}轮"
    ),
    re.compile(rf"(?:(?:{_SIGN})委|{_ORGAN})第{_NUM}轮"),
)
"""With the number of the committee's term, and without."""
_KINDS = r"常规|专项|机动式?|政治|提级(?:交叉)?|交叉|延伸|内部|联动"
_TYPE = re.compile(
    rf"(?:(?:开展|进行|实施|接受)了?|的)[^，。；]{{0,16}}?(?P<t>(?:{_KINDS})巡[察视](?:“回头看”)?|巡[察视]“回头看”)"
)
"""What was done to the unit (开展了常规巡察); 政治巡察 in a general phrase is no type of this inspection."""
_TYPE_IN_TITLE = re.compile(rf"(?:{_SIGN})委(?P<t>(?:专项|机动|提级(?:交叉)?|交叉|联动)巡[察视])")
_STOP = re.compile(r"[，。；\n]")
_HEAD = 4000
"""Characters of the lead that are looked at."""


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
    texts = [(close_up(piece.text), piece.no) for piece in lead]
    head = "\n".join(text for text, _ in texts)[:_HEAD]
    start, end, feedback, review = _dates(texts)
    kind = _TYPE.search(head) or _TYPE_IN_TITLE.search(title or "")
    return Inspection(
        _body(head) or _body(title or ""),
        _round(f"{title or ''}\n{head}"),
        kind["t"] if kind else None,
        start,
        end,
        feedback,
        review,
    )


# ---------- body, round ----------


def _body(text: str) -> str | None:
    """The group that inspected, with the committee it belongs to; one with a number goes before one without."""
    best: tuple[int, str] | None = None
    for found in _GROUP.finditer(text):
        before = text[max(0, found.start() - 48) : found.start()]
        ahead = _GROUP_AHEAD.search(before)
        group = f"{ahead[0] if ahead else ''}{found[0]}"
        numbered = bool(found["n"] or (ahead and ahead["n"]))
        owner = _owner(before[: len(before) + len(found[0]) - len(group)], group)
        if not owner and not (numbered and re.match(_MODE, group)):
            continue
        worth = 2 * numbered + bool(owner)
        if best is None or worth > best[0]:
            best = worth, owner + group
        if worth == 3:
            break
    return best[1] if best else None


def _owner(before: str, group: str) -> str:
    """The committee named right before the group, with its place where that is printed; may be empty."""
    sign = _COMMITTEE.search(before)
    if sign is not None:
        placed = _PLACED.search(before[: sign.start()])
        if (
            placed
            and not _NOT_PLACED.search(placed[1])
            and places.printed(placed[1] + sign[0] + group).lowest >= 0
        ):
            return placed[1].removeprefix("中共") + sign[0]
        return sign[0]
    cut = _BEFORE_OWNER.match(before)
    whole = _ORGANISATION.fullmatch(before, cut.end() if cut else 0)
    return whole[0] if whole else ""


def _round(text: str) -> str | None:
    clauses = [clause for clause in _STOP.split(text) if "轮" in clause]
    found = (pattern.search(clause) for pattern in _ROUNDS for clause in clauses)
    return next((match[0] for match in found if match), None)


# ---------- dates ----------


_INSPECTED = re.compile(r"进驻|巡[察视](?!整改)|检查")
_TO = re.compile(r"(?:(?:起|开始)[，,]?|[，,])(?:截至|直至|至|到|-|—|–|～|~)")
_AND = re.compile(r"[、，,和及与\s]{1,2}")
_STARTED = re.compile(r"[^。；]{0,20}(?:进驻|开始|起[，对])")
_DONE_ON = re.compile(r"[^。；]{2,60}?(?:开展|进行|实施)[^。；，]{0,12}巡[察视]")
_ENDED = re.compile(r"[^。；，,\d]{0,10}(?:结束|撤离|撤点|离点)")
_FEEDBACK = re.compile(r"^[^。；\n]{0,45}?(?:反馈|通报了?(?:巡|意见)|提出立行立改)")
_FED_BACK = re.compile(r"反馈[^，。；]{0,8}(?:于|时间[为是：:]?)\s*$")


def _dates(texts: Sequence[tuple[str, int]]) -> tuple[str | None, str | None, str | None, tuple[Review, ...]]:
    start = end = feedback = None
    review: list[Review] = []
    previous: str | None = None
    for text, no in texts:
        told = [d for d in find_dates(text, previous) if not d.in_title]
        spans = _spans(text, told)
        inspected: DateFound | None = None
        """The last day of the inspection's range, while another stretch may follow it."""
        opened: str | None = None
        """A day on which there was inspection: its first one when the last is told too."""
        for index, (first, last) in enumerate(spans):
            final = last or first
            limit = spans[index + 1][0].start if index + 1 < len(spans) else len(text)
            before = text[max(0, first.start - 30) : first.start]
            after = text[final.end : min(final.end + 60, limit)]
            if last is not None:
                if inspected and _AND.fullmatch(text, inspected.end, first.start):
                    end, inspected = last.value, last  # 分两个阶段
                elif (
                    start is None
                    and end is None
                    and _INSPECTED.search(before + _sentence_after(text, last.end))
                ):
                    start, end, inspected = first.value, last.value, last
                    review += [*noted(first, no), *noted(last, no)]
            elif feedback is None and (_FEEDBACK.search(after) or _FED_BACK.search(before)):
                feedback = first.value
                review += noted(first, no)
            elif start is None and end is None and _STARTED.match(after):
                start = first.value
                review += noted(first, no)
            elif (start or opened) and end is None and _ENDED.match(after):
                start, end = start or opened, first.value
                review += noted(first, no)
            elif opened is None and _DONE_ON.match(after):
                opened = first.value
        previous = next((d.value for d in reversed(told) if d.value), previous)
        if feedback and (start or end):
            break
    return start, end, feedback, tuple(review)


def _spans(text: str, told: Sequence[DateFound]) -> list[tuple[DateFound, DateFound | None]]:
    """Single dates and ranges A至B, 从A起至B."""
    spans: list[tuple[DateFound, DateFound | None]] = []
    for date in told:
        if spans and spans[-1][1] is None:
            first = spans[-1][0]
            if date.range_end or _TO.fullmatch(text, first.end, date.start):
                spans[-1] = (first, date)
                continue
        spans.append((date, None))
    return spans


def _sentence_after(text: str, at: int) -> str:
    return re.split(r"[。；\n]", text[at : at + 90])[0]


def noted(date: DateFound, line: int) -> list[Review]:
    """What a person should know of a date that was taken: its year inferred, or not taken: damaged."""
    if date.damaged:
        return [Review(code="date-damaged", message=f"日期“{date.printed}”不成日期，未采用", line=line)]
    if date.year_inferred:
        message = f"“{date.printed}”没有印年份，按前一日期推定为 {date.value}"
        return [Review(code="year-inferred", message=message, line=line)]
    return []
