"""The front matter as a clerk checks it: each key, its value, and the line where the value is printed."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from zhenggai.audit.marks import visible
from zhenggai.audit.rules import audit_rules
from zhenggai.ingest.counts import read_counts
from zhenggai.ingest.dates import find_dates
from zhenggai.ingest.documents import find_accountability
from zhenggai.model import Report
from zhenggai.rulebook import category_by_slug

Texts = Sequence[tuple[int, str]]
"""(number of a line, what the report has of it), in order."""

_PRINTED = frozenset(
    ("title", "unit", "province", "city", "county", "kind",
     "inspecting_body", "inspection_round", "inspection_type", "completion_rate")
)  # fmt: skip
_DATES = frozenset({"inspection_start", "inspection_end", "feedback_date", "published", "signed_date"})
_AT_THE_END = frozenset({"signed_date", "signed_by"})
_CONTACTS = (
    ("emails", "电子邮箱"), ("address", "地址"), ("po_box", "信箱"), ("postcode", "邮政编码"), ("fax", "传真"),
    ("hours", "接待时间"),
)  # fmt: skip
_ACCOUNTABILITY = {
    "people_educated": "批评教育、提醒谈话人数", "people_disciplined": "处分、问责人数", "money_returned": "清退、追缴金额",
    "rules_made": "新制定制度数", "rules_revised": "修订完善制度数",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fact:
    """One key of the front matter."""

    key: str
    label: str
    value: str | None
    """None: 原文未载明."""
    line: int | None = None
    """Where it is printed."""
    made: str = ""
    """How it comes about, when it is not printed as it stands."""


class Finder:
    """Finds printed values in a source."""

    def __init__(self, texts: Texts) -> None:
        self.texts = texts
        shown = [visible(text) for _, text in texts]
        self._stream = "".join(shown)
        self._starts = [0]
        for text in shown:
            self._starts.append(self._starts[-1] + len(text))
        self._dates: list[tuple[str, int]] | None = None

    def words(self, value: str, *, last: bool = False) -> int | None:
        """The first (or last) line in which a value stands, even one torn over several lines."""
        wanted = visible(value)
        at = (self._stream.rfind(wanted) if last else self._stream.find(wanted)) if wanted else -1
        return self.texts[bisect_right(self._starts, at) - 1][0] if at >= 0 else None

    def date(self, value: str, *, last: bool = False) -> int | None:
        """The first (or last) line that prints a date, its year on this line or taken from the one ahead."""
        if self._dates is None:
            self._dates = []
            previous: str | None = None
            for no, text in self.texts:
                for date in find_dates(text, previous):
                    if date.value and not date.in_title:
                        self._dates.append((date.value, no))
                        previous = date.value
        lines = [no for found, no in self._dates if found == value]
        return (lines[-1] if last else lines[0]) if lines else None

    def reading(self, read: Callable[[str], object], value: object) -> int | None:
        """The first line from which `read` reads `value`."""
        return next((no for no, text in self.texts if read(text) == value), None)


def read_facts(report: Report, texts: Texts) -> tuple[Fact, ...]:
    """All keys in their order; what the notice does not state has no value."""
    finder = Finder(texts)
    return (
        *_plain(report, finder),
        *_contacts(report, finder),
        *_documents(report, finder),
        *_accountability(report, finder),
        *_period(report, finder),
        *_source(report, finder),
    )


def _plain(report: Report, finder: Finder) -> Iterator[Fact]:
    for row in audit_rules().facts:
        value = getattr(report, row.key)
        if value is None or value == ():
            yield Fact(row.key, row.label, None)
            continue
        line = _line_of(row.key, value, finder)
        yield Fact(row.key, row.label, _words(row.key, value), line, "" if line else row.made)


def _words(key: str, value: object) -> str:
    if key == "masked":
        return "有" if value else "没有"
    if isinstance(value, tuple):
        return "、".join(category_by_slug()[slug].name for slug in value)
    return str(value)


def _line_of(key: str, value: object, finder: Finder) -> int | None:
    last = key in _AT_THE_END
    if key in _DATES:
        return finder.date(str(value), last=last)
    if key == "signed_by":
        return finder.words(str(value), last=last) or finder.words(str(value).split("、")[0], last=last)
    if key == "problem_count":
        return finder.reading(lambda text: read_counts(text).problems, value)
    if key == "completed_count":
        return finder.reading(lambda text: read_counts(text).completed, value)
    return finder.words(str(value)) if key in _PRINTED else None


def _contacts(report: Report, finder: Finder) -> Iterator[Fact]:
    contacts = report.contacts
    if contacts is None:
        yield Fact("contacts", "联系方式", None)
        return
    for number, phone in enumerate(contacts.phones):
        made = f"可拨 {phone.tel}" if phone.tel else "没有区号，只作本地号码"
        line = finder.words(phone.value, last=True)
        yield Fact(f"contacts.phones[{number}]", phone.label or "电话", phone.value, line, made)
    for key, label in _CONTACTS:
        value = getattr(contacts, key)
        if isinstance(value, tuple):
            for number, one in enumerate(value):
                yield Fact(f"contacts.{key}[{number}]", label, one, finder.words(one, last=True))
        elif value:
            yield Fact(f"contacts.{key}", label, value, finder.words(value, last=True))


def _documents(report: Report, finder: Finder) -> Iterator[Fact]:
    if not report.documents:
        yield Fact("documents", "提到的文件", None)
    for number, document in enumerate(report.documents):
        value = f"《{document.name}》" + (f"（{document.action}）" if document.action else "")
        yield Fact(f"documents[{number}]", "提到的文件", value, finder.words(f"《{document.name}》"))


def _accountability(report: Report, finder: Finder) -> Iterator[Fact]:
    figures = report.accountability
    if figures is None:
        yield Fact("accountability", "问责与成效", None)
        return
    for key, label in _ACCOUNTABILITY.items():
        value = getattr(figures, key)
        if value is not None:
            line = finder.reading(partial(_figure, key), value)
            yield Fact(f"accountability.{key}", label, str(value), line, "" if line else "由通篇的数字读出")


def _figure(key: str, text: str) -> object:
    figures = find_accountability(text)
    return getattr(figures, key) if figures else None


def _period(report: Report, finder: Finder) -> Iterator[Fact]:
    if report.notice_period is None:
        yield Fact("notice_period", "公示期", None)
        return
    for key, label in (("start", "公示开始"), ("end", "公示结束")):
        value = getattr(report.notice_period, key)
        line = finder.date(value) if value else None
        yield Fact(
            f"notice_period.{key}", label, value, line, "" if line or not value else "由公示期的说法读出"
        )


def _source(report: Report, finder: Finder) -> Iterator[Fact]:
    for label, value in report.source.printed.items():
        yield Fact(f"source.printed.{label}", label, value, finder.words(value))
