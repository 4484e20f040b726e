"""Every type that two packages of this project share, frozen.

The Chinese term stands beside its English here, once; the rest of the code uses
the English name. `Report` is the front matter contract between the converter
(`ingest`), the site (`site`) and the checks: see `frontmatter` for its YAML.

Dates are EDTF strings (ISO 8601-2): `2023-09-11`, `2024-06`, `2024`, and `X` for
each masked digit: `2020-XX-XX`. Nothing here is ever computed from something
else that the notice printed: a field the notice does not state is `None`.
"""

from __future__ import annotations

import datetime
import re
from enum import StrEnum
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field


class Status(StrEnum):
    """整改状态: what the notice says of one problem, in words about that problem."""

    COMPLETED = "completed"
    MOSTLY_COMPLETED = "mostly-completed"
    IN_PROGRESS = "in-progress"
    LONG_TERM = "long-term"
    UNSTATED = "unstated"

    @property
    def label(self) -> str:
        """The word that citizens read."""
        return STATUS_LABELS[self]


STATUS_LABELS = {
    Status.COMPLETED: "已完成",
    Status.MOSTLY_COMPLETED: "基本完成",
    Status.IN_PROGRESS: "正在整改",
    Status.LONG_TERM: "长期坚持",
    Status.UNSTATED: "未写明",
}


class Origin(StrEnum):
    """Who named the problem: the inspection (反馈) or the unit itself (自查)."""

    FEEDBACK = "feedback"
    SELF = "self"


class UnitKind(StrEnum):
    """单位类别."""

    YOUTH_LEAGUE = "共青团"
    MASS_ORGANISATION = "群团"
    PARTY_DEPARTMENT = "党委部门"
    GOVERNMENT = "政府部门"
    TOWNSHIP = "乡镇街道"
    COURT = "法院"
    PROCURATORATE = "检察院"
    SCHOOL = "学校"
    HOSPITAL = "医院"
    STATE_FIRM = "国企"
    LOCAL_COMMITTEE = "地方党委"
    OTHER = "其他"


class Level(StrEnum):
    """行政层级; 区 counts as 县, 街道 as 乡."""

    CENTRAL = "中央"
    PROVINCE = "省"
    CITY = "市"
    COUNTY = "县"
    TOWNSHIP = "乡"


UNDATED = "undated"

EDTF_PATTERN = "^([0-9X]{4})(?:-([0-9]{2}|XX|[01]X)(?:-([0-9]{2}|XX|[0-3]X))?)?$"
"""The form of a date (year, month, day), as regular expressions and JSON Schema both read it."""
_EDTF = re.compile(EDTF_PATTERN)


def is_edtf(value: str) -> bool:
    """Whether `value` is a calendar date in the subset of EDTF that this archive writes."""
    match = _EDTF.fullmatch(value)
    if not match:
        return False
    year, month, day = match.groups()
    if month and month.isdigit() and not 1 <= int(month) <= 12:
        return False
    if day and day.isdigit():
        try:  # a masked year is read as a leap year, a masked month as a long one
            datetime.date(
                int(year) if year.isdigit() else 2000,
                int(month) if month and month.isdigit() else 1,
                int(day),
            )
        except ValueError:
            return False
    return True


def _edtf(value: str) -> str:
    if not is_edtf(value):
        raise ValueError(f"“{value}”不是日期，请写成 2024-06-26、2024-06、2024，遮盖的位写 X")
    return value


def _plain_date(value: object) -> object:
    """YAML reads an unquoted 2024-06-26 as a date and 2024 as a number; a person may write either."""
    if isinstance(value, datetime.date):
        return value.isoformat()[:10]
    return str(value) if isinstance(value, int) else value


Date = Annotated[
    str,
    BeforeValidator(_plain_date),
    AfterValidator(_edtf),
    Field(json_schema_extra={"pattern": EDTF_PATTERN}),
]
"""An EDTF date; `None` where the notice prints none or a damaged one."""

Slug = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=120)]
ReportId = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{2,79}$")]
Anchor = Annotated[str, Field(pattern=r"^[^\s=\"'<>{}&#]+$")]
Year = Annotated[str, BeforeValidator(_plain_date), Field(pattern=r"^(\d{4}|undated)$")]


class Frozen(BaseModel):
    """Base of the contract's types: no unknown keys, no change after reading."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class SubIssue(Frozen):
    """具体问题 named under a problem (针对“…”问题); never counted as a row."""

    heading: str
    category: Slug
    anchor: Anchor


class Issue(Frozen):
    """问题: one problem with what is said of it."""

    number: str | None
    """As printed (`1.`, `（二）`, `问题一：`); None where the notice numbers nothing."""
    heading: str
    """Without number, without the frame 关于“…”的问题, end stop dropped."""
    category: Slug
    status: Status
    origin: Origin
    parents: tuple[str, ...] = ()
    """Headings above it, outermost first, as printed."""
    anchor: Anchor
    also_at: tuple[Anchor, ...] = ()
    """Anchors where the same problem is repeated, e.g. in a late group 尚未完成."""
    sub_issues: tuple[SubIssue, ...] = ()

    @property
    def anchors(self) -> tuple[str, ...]:
        """Its own, those of its repetitions and of its sub-problems."""
        return (self.anchor, *self.also_at, *(sub.anchor for sub in self.sub_issues))


class Phone(Frozen):
    """电话."""

    value: str
    """As printed, masks included."""
    label: str | None = None
    """联系电话, 监督电话, 举报电话 … as printed; they differ in meaning."""
    tel: str | None = None
    """`+86…`, only when it can be dialled from anywhere: no area code → None."""


class Contacts(Frozen):
    """监督联系方式, values as printed."""

    phones: tuple[Phone, ...] = ()
    emails: tuple[str, ...] = ()
    address: str | None = None
    po_box: str | None = None
    postcode: str | None = None
    fax: str | None = None
    hours: str | None = None


class Document(Frozen):
    """A document named in 《》 and what was done with it, when said."""

    name: str
    """Without the outer 《》."""
    action: str | None = None
    """制定, 修订, 印发, 学习 … (a wording of rules/documents.yaml)."""


class Accountability(Frozen):
    """问责与成效 figures as printed; money keeps its unit (`12.5万元`)."""

    people_educated: int | None = None
    """批评教育、提醒谈话等人数."""
    people_disciplined: int | None = None
    """党纪政务处分、问责等人数."""
    money_returned: str | None = None
    """清退、追缴、退缴的金额."""
    rules_made: int | None = None
    """新制定制度数."""
    rules_revised: int | None = None
    """修订完善制度数."""


class NoticePeriod(Frozen):
    """公示期. Whether it is over is worked out in the reader's browser."""

    start: Date | None = None
    end: Date | None = None


class Copy(Frozen):
    """Another copy of the same notice, e.g. from another site; not published a second time."""

    file: str
    """Name of its .txt, without folders."""
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    url: str | None = None


class Source(Frozen):
    """Where the text came from."""

    file: str
    """Name of the .txt, without folders."""
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    encoding: str
    url: str | None = None
    printed: dict[str, str] = Field(default_factory=dict)
    """来源, 索引号, 发布机构 … lines of the original page: label → value as printed."""
    copies: tuple[Copy, ...] = ()
    """Other copies that the converter met, for a page to show beside the source. Who takes one out
    says that it is another notice: the next conversion gives it a report of its own."""


class Review(Frozen):
    """复核: something a person should look at. Never exported."""

    code: Slug
    message: str
    line: int | None = None
    """1-based line of the .txt."""


class Correction(Frozen):
    """更正: a dated note that the public log shows."""

    date: Date
    note: str


class Withdrawal(Frozen):
    """撤下."""

    date: Date
    reason: str


class Report(Frozen):
    """The front matter of one notice: design contract, in its order."""

    id: ReportId
    title: str
    unit: str
    unit_id: Slug
    unit_kind: UnitKind
    level: Level | None
    province: str | None
    city: str | None
    county: str | None
    kind: str | None
    inspecting_body: str | None
    inspection_round: str | None
    inspection_type: str | None
    inspection_start: Date | None
    inspection_end: Date | None
    feedback_date: Date | None
    published: Date | None
    signed_date: Date | None
    signed_by: str | None
    year: Year
    problem_count: int | None
    completed_count: int | None
    completion_rate: str | None
    masked: bool
    tags: tuple[Slug, ...]
    issues: tuple[Issue, ...]
    contacts: Contacts | None
    documents: tuple[Document, ...]
    accountability: Accountability | None
    notice_period: NoticePeriod | None
    source: Source
    review: tuple[Review, ...]
    reviewed: Date | None = None
    corrections: tuple[Correction, ...] = ()
    withdrawn: Withdrawal | None = None
    redact: tuple[str, ...] = ()
    allow: tuple[dict[str, Any], ...] = ()

    @property
    def anchors(self) -> list[str]:
        """Every anchor of its problems, their repetitions and sub-problems, in order."""
        return [anchor for issue in self.issues for anchor in issue.anchors]

    def model_post_init(self, context: Any, /) -> None:
        """What one field cannot know of another."""
        categories = {issue.category for issue in self.issues}
        if set(self.tags) != categories:
            raise ValueError(f"tags 应恰为各问题的类别：{'、'.join(sorted(categories)) or '（无）'}")
        anchors = self.anchors
        twice = sorted({a for a in anchors if anchors.count(a) > 1})
        if twice:
            raise ValueError(f"anchor 重复：{'、'.join(twice)}；每个问题的 anchor 必须不同")


class ZhenggaiError(Exception):
    """An error meant for people: names the file, the line, what is wrong and what to do."""

    def __init__(
        self, message: str, *, path: object = None, line: int | None = None, remedy: str = ""
    ) -> None:
        self.message, self.path, self.line, self.remedy = message, path, line, remedy
        where = "" if path is None else f"{path}:{line}: " if line else f"{path}: "
        super().__init__(f"{where}{message}" + (f"（{remedy}）" if remedy else ""))
