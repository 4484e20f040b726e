"""整改状态 of one problem, from words about that very problem.

Told most surely by a labelled value (整改状态：完成), a mark (✔) or a note in brackets; then
by a clause that has the problem or 整改 for its subject; least by what is said of a part or
of one measure. The wordings are rules/status.yaml.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from zhenggai.ingest import statuswords, wording
from zhenggai.ingest.folding import holds_any
from zhenggai.model import Status

_CLAUSE_END = r"[，,。；;！!？?\n：:（）()【】〔〕\[\]、|｜\t]"
_CLAUSE = re.compile(f"{_CLAUSE_END}{_CLAUSE_END}*")  # with + the first sign is looked for half as fast
_SENTENCE = re.compile(r"[。；;！!？?\n][。；;！!？?\n]*")
_TRIM = " \t\u3000“”\"'‘’《》*＊★☆※—-－~～·"
"""Also the star of 已完成★, which a note below the table explains."""
_THE_PROBLEM = re.compile(r"(?:此|该|本|上述)项?问题|[此该本]项")
_WHEN = re.compile(r"[已于在]")
_KEPT_UP = re.compile(r"措施\s*[】\]）)]?\s*[：:]|制度|机制|做法|例会|会商|联席|规定|办法")
_COUNTED = re.compile(
    r"[\dX×]\s*(?:余|多)?(?:处|个|件|条|起|户|家|台|套|间|名|人|笔|辆|份|宗|座|栋|块|所|村|次|期|场)(?!.{0,8}问题)"
)
_KINDS = re.compile(r"分为|分成|[两三四五几][类种]")
"""状态分为已完成、正在整改两类 explains and tells nothing; so does a sentence that names three statuses."""
_PLURAL = re.compile(r"^(?:目前|现)?(?:均|都|已全部|全部|已均|已办结|已解决)")
_SIGNS = "✔✓√☑✅○●◯☆★△▲◎◇◆□■☐×✘✗※→"
_TICKS = "✔✓√☑✅■"
_BOX = re.compile(rf"[{_TICKS}]\s*([^{_SIGNS}\s，。；]{{2,10}})")
_LEGEND = re.compile(
    rf"([{_SIGNS}])[”\"’]?\s*(?:表示|代表|为|指|即|[＝=：:]|—+)\s*[“\"‘]?([^，,、；;。）)”\"’{_SIGNS}]{{2,12}})"
)
_BRACKETS_AHEAD = re.compile(r"\s*[（(【\[〔]([^（()）【】\[\]〔〕]{1,24})[）)】\]〕]")
_BRACKETS_BEHIND = re.compile(r"[（(【\[〔]([^（()）【】\[\]〔〕]{1,24})[）)】\]〕]\s*[。．.；;]?\s*$")
_CLOSING = "）)】]〕"
_STOPS = " \t\u3000。．.；;"


@dataclass(frozen=True, slots=True)
class Told:
    """A status and whether the words speak of the problem itself (else of a part of it or of one measure)."""

    status: Status
    sure: bool


@cache
def _label() -> re.Pattern[str]:
    words = "|".join(sorted(map(re.escape, wording.label_words("status")), key=len, reverse=True))
    return re.compile(rf"(?:{words})\s*(?:[】\]）)〕]\s*[：:]?|[：:])\s*([^。；;\n]{{1,60}})")


@cache
def _bare_label() -> re.Pattern[str]:
    """整改情况：已完成。 整改状态 完成 A label of any kind with nothing but a short value behind it."""
    known = (*wording.label_words("status"), *wording.label_words("measure"))
    words = "|".join(sorted(map(re.escape, known), key=len, reverse=True))
    return re.compile(
        rf"(?:{words})\s*(?:[】\]）)〕]\s*[：:]?|[：:]|(?<=[ \u3000]))\s*([^，,。；;\n]{{1,10}})(?=[。；;\n]|$)"
    )


@lru_cache(maxsize=1024)  # the same few notes stand behind most problems
def status_of_value(words: str) -> Status | None:
    """The status that a short value states: `完成`, `√`, `已销号，转入日常监督`; None: no status."""
    words = words.strip(_TRIM + _STOPS + "□☐")
    words = words.lstrip(_TICKS) or words
    if not words:
        return None
    if status := statuswords.of_value(words):
        return status
    told = []
    for clause in _CLAUSE.split(words):
        clause = clause.strip(_TRIM)
        told += [s for s in (statuswords.of_value(clause) or statuswords.of_clause(clause),) if s]
    if told and told[0] is Status.LONG_TERM:
        return told[0]  # 长期坚持，持续推进
    return _weigh(told) if told else None


def status_of_words(words: str) -> Status | None:
    """The status that a clause states, of the problem or of a part of it, or None: `已整改完成` → completed."""
    return statuswords.of_clause(words) or statuswords.of_part(words)


def read_legend(text: str) -> dict[str, Status]:
    """What the signs behind problems mean, where a notice explains them: `✔为整改完成，○为正在整改`."""
    legend = {sign: status_of_value(words) for sign, words in _LEGEND.findall(text)}
    told = {sign: status for sign, status in legend.items() if status}
    return told if len(told) > 1 else {}


def told_of(account: Sequence[str], legend: Mapping[str, Status] | None = None) -> Told | None:
    """What an account says of its problem; None: nothing.

    A labelled value (完成情况：…) counts before a mark, both before sentences. Where one part is
    done and another is not, the problem is not done; a last word on 问题, or a last sentence that
    is a status and nothing else, decides.
    """
    for text in account:
        if status := _labelled(text):
            return Told(status, True)
    if marks := [status for text in account if (status := _marked(text, legend or {}))]:
        return Told(_weigh(marks), True)
    found = [
        (status, sentence)
        for text in account
        for sentence in _telling(text)
        for status in _of_sentence(sentence)
    ]
    if not found:
        parts = (
            statuswords.of_part(clause.strip(_TRIM))
            for text in account
            if statuswords.MAY_TELL_OF_A_PART.search(text)
            for clause in _CLAUSE.split(text)
        )
        part = next((status for status in parts if status), None)
        return Told(part, False) if part else None
    last, sentence = found[-1]
    decides = _THE_PROBLEM.search(sentence) or statuswords.of_value(sentence.strip(_TRIM))
    return Told(last if decides else _weigh([s for s, _ in found]), True)


def _telling(text: str) -> Iterator[str]:
    """The sentences of a text that may state something, found in one pass."""
    begin = 0
    while match := statuswords.MAY_TELL.search(text, begin):
        stop = _SENTENCE.search(text, match.start())
        end = stop.start() if stop else len(text)
        yield _SENTENCE.split(text[begin:end])[-1]
        if not stop:
            return
        begin = stop.end()


def _of_sentence(sentence: str) -> list[Status]:
    """What the clauses of one sentence say of the problem itself, in order."""
    if "具体问题" in sentence:
        return []  # 该具体问题已完成整改: said of a sub-problem only
    told: list[Status] = []
    going_on: list[Status] = []
    clauses = _CLAUSE.split(sentence)
    for n, clause in enumerate(clauses):
        words = clause.strip(_TRIM)
        status = statuswords.of_clause(words)
        if not status and n and _WHEN.match(words) and _THE_PROBLEM.search(clauses[n - 1]):
            status = statuswords.of_clause(f"该问题{words}")  # 此问题属立行立改，已于6月21日完成
        if not status:
            continue
        if n and _PLURAL.search(words) and _COUNTED.search(clauses[n - 1].strip(_TRIM)):
            continue  # 查出隐患9处，均已整改到位
        if words in {"长期坚持", "长期推进"} and _KEPT_UP.search(sentence):
            continue  # 每季度会商一次，长期坚持: the measure is kept up
        (going_on if words in {"持续推进", "持续整改"} else told).append(status)
    if Status.LONG_TERM not in told:
        told += going_on  # but: 该问题需长期整改，持续推进
    return told if len(set(told)) < (2 if _KINDS.search(sentence) else 3) else []


def status_of(account: Sequence[str], legend: Mapping[str, Status] | None = None) -> Status | None:
    """The status of a problem from its account alone; None when nothing is said of it."""
    told = told_of(account, legend)
    return told.status if told else None


def _labelled(text: str) -> Status | None:
    if not holds_any(text, "：:】]）)〕 \u3000"):
        return None
    for value in _label().findall(text):
        if status := _boxed(value) or status_of_value(value):
            return status
    return next(
        (s for value in _bare_label().findall(text) if (s := statuswords.of_value(value.strip(_TRIM)))),
        None,
    )


def _boxed(text: str) -> Status | None:
    """☑已完成 □正在整改: the ticked one of several."""
    if "□" not in text and "☐" not in text:
        return None
    ticked = _BOX.search(text)
    return status_of_value(ticked[1]) if ticked else None


def _marked(text: str, legend: Mapping[str, Status]) -> Status | None:
    """A sign that ends an account: by the notice's own legend, a tick means done anyhow."""
    end = text.rstrip(_STOPS)[-1:]
    if end in legend:
        return legend[end]
    if end and end in "✔✓√☑✅" and "\t" not in text:  # a tick in a table means what its column says
        return Status.COMPLETED
    for match in (
        _BRACKETS_AHEAD.match(text),
        _BRACKETS_BEHIND.search(text, max(0, len(text) - 48)) if end in _CLOSING else None,
    ):
        if match and (status := status_of_value(match[1])):
            return status
    return _boxed(text)


def _weigh(told: Sequence[Status]) -> Status:
    for status in (Status.MOSTLY_COMPLETED, Status.IN_PROGRESS, Status.COMPLETED):
        if status in told:
            return status
    return Status.LONG_TERM
