"""The tables that are exported, each column defined once: for CSV, SQLite, datapackage.json and /data/.

Cells are what the front matter says: null where the notice is silent, masked where
it is masked. Never exported: `review`, `redact`, `allow`, withdrawn notices.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from zhenggai.model import STATUS_LABELS, Origin, Report, Status, UnitKind
from zhenggai.rulebook import category_by_slug, data_words, taxonomy
from zhenggai.site.address import Site
from zhenggai.site.catalog import Catalog
from zhenggai.site.columns import Cell, Column, Row, column, joined, report_columns


class Reference(NamedTuple):
    """`columns` of one table are the key columns `keys` of `table`."""

    columns: tuple[str, ...]
    table: str
    keys: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """One table. Its rows stand in a fixed order: newest notice first, in printed order within one."""

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    rows: Callable[[Catalog, Site], Iterator[Row]]
    references: tuple[Reference, ...] = ()
    indexed: tuple[str, ...] = ()
    """Columns that are looked up besides the key."""
    label: str | None = None
    """The column that names a row to people."""

    @property
    def title(self) -> str:
        """Short Chinese name."""
        return data_words().tables[self.name][0]

    @property
    def meaning(self) -> str:
        """What a row is, in Chinese."""
        return data_words().tables[self.name][1]

    def cells(self, catalog: Catalog, site: Site) -> Iterator[list[Cell]]:
        """Its rows as values in the order of the columns."""
        for row in self.rows(catalog, site):
            yield [column.value(row) for column in self.columns]


def _notices(catalog: Catalog, site: Site) -> Iterator[Row]:
    return (Row(site, notice, notice) for notice in catalog.notices)


def _of_reports(items: Callable[[Report], Iterable[object]]) -> Callable[[Catalog, Site], Iterator[Row]]:
    """Rows of what each report lists."""

    def rows(catalog: Catalog, site: Site) -> Iterator[Row]:
        for notice in catalog.notices:
            for position, item in enumerate(items(notice.report), 1):
                yield Row(site, item, notice, position)

    return rows


class _Sub(NamedTuple):
    """A 具体问题 with the problem it stands under."""

    issue_anchor: str
    heading: str
    category: str
    anchor: str


def _sub_issues(report: Report) -> Iterator[_Sub]:
    for issue in report.issues:
        for sub in issue.sub_issues:
            yield _Sub(issue.anchor, sub.heading, sub.category, sub.anchor)


class _Contact(NamedTuple):
    """One value of the contact lines."""

    kind: str
    value: str
    label: str | None = None
    tel: str | None = None


CONTACT_KINDS = ("phone", "email", "address", "po_box", "postcode", "fax", "hours")


def _contacts(report: Report) -> Iterator[_Contact]:
    if contacts := report.contacts:
        yield from (_Contact("phone", p.value, p.label, p.tel) for p in contacts.phones)
        yield from (_Contact("email", email) for email in contacts.emails)
        for kind in CONTACT_KINDS[2:]:
            if value := getattr(contacts, kind):
                yield _Contact(kind, value)


def _categories(catalog: Catalog, site: Site) -> Iterator[Row]:
    return (Row(site, category) for category in taxonomy().categories)


def _statuses(catalog: Catalog, site: Site) -> Iterator[Row]:
    return (Row(site, status) for status in Status)


def _year(row: Row) -> Cell:
    return int(row.report.year) if row.report.year.isdigit() else None


def _category_name(row: Row) -> Cell:
    return category_by_slug()[row.item.category].name


def _url(row: Row) -> Cell:
    anchor = getattr(row.item, "anchor", "")  # a notice has none
    return row.site.url(row.notice.url, anchor) if row.notice else None


def _top(row: Row) -> Cell:
    return next((top.name for top in taxonomy().tops if top.slug == row.item.top), None)


_ID = column("report_id", at="report.id", required=True)
_POSITION = column("position", at="position", kind="integer", required=True)
_YEAR = column("year", of="Report.year", value=_year, kind="integer")
_UNIT = [*report_columns("unit"), *report_columns("unit_id", required=True)]
_KIND = report_columns("unit_kind", required=True, choices=UnitKind)
_PLACE = report_columns("level", "province", "city", "county")
_CATEGORY = [
    column("category", of="Issue.category", at="item.category", required=True),
    column("category_name", value=_category_name, required=True),
]
_URL = column("url", value=_url, required=True)
_TO_REPORT = Reference(("report_id",), "reports", ("id",))
_TO_CATEGORY = Reference(("category",), "categories", ("slug",))

TABLES = (
    Table(
        "reports",
        (
            *report_columns("id", required=True), _URL, *report_columns("title"), *_UNIT, *_KIND, *_PLACE,
            *report_columns("kind", "inspecting_body", "inspection_round", "inspection_type"),
            *report_columns("inspection_start", "inspection_end", "feedback_date", date=True),
            *report_columns("published", "signed_date", date=True), *report_columns("signed_by"), _YEAR,
            *report_columns("problem_count", "completed_count", kind="integer"),
            *report_columns("completion_rate"),
            column("issues_listed", value=lambda r: len(r.report.issues), kind="integer", required=True),
            *report_columns("masked", kind="boolean", required=True),
            column("tags", of="Report.tags", value=lambda r: joined(r.report.tags), several=True),
            *(column(name, of=f"Accountability.{name}", at=f"report.accountability.{name}", kind="integer")
              for name in ("people_educated", "people_disciplined", "rules_made", "rules_revised")),
            column("money_returned", of="Accountability.money_returned", at="report.accountability.money_returned"),
            column("notice_period_start", at="report.notice_period.start", date=True),
            column("notice_period_end", at="report.notice_period.end", date=True),
            *report_columns("reviewed", date=True),
            column("corrections", several=True,
                   value=lambda r: joined(f"{c.date} {c.note}" for c in r.report.corrections)),
            column("source_file", at="report.source.file"),
            column("source_sha256", at="report.source.sha256", required=True),
            column("source_encoding", at="report.source.encoding"),
            column("source_url", at="report.source.url"),
        ),
        key=("id",), rows=_notices, label="title",
        indexed=("unit_id", "unit_kind", "year", "province", "city", "county"),
    ),
    Table(
        "issues",
        (
            _ID, _POSITION,
            column("number", of="Issue.number", at="item.number"),
            column("heading", of="Issue.heading", at="item.heading"),
            *_CATEGORY,
            column("status", of="Issue.status", at="item.status", required=True, choices=Status),
            column("status_name", at="item.status.label", required=True),
            column("origin", of="Issue.origin", at="item.origin", required=True, choices=Origin),
            column("parents", of="Issue.parents", value=lambda r: joined(r.item.parents), several=True),
            column("anchor", of="Issue.anchor", at="item.anchor", required=True),
            column("also_at", of="Issue.also_at", value=lambda r: joined(r.item.also_at), several=True),
            column("sub_issue_count", value=lambda r: len(r.item.sub_issues), kind="integer", required=True),
            _URL, *_UNIT, *_KIND, *_PLACE, _YEAR,
        ),
        key=("report_id", "anchor"), rows=_of_reports(lambda report: report.issues), label="heading",
        references=(_TO_REPORT, _TO_CATEGORY, Reference(("status",), "statuses", ("slug",))),
        indexed=("category", "status", "unit_id", "unit_kind", "year", "province", "city", "county"),
    ),
    Table(
        "sub_issues",
        (
            _ID, column("issue_anchor", at="item.issue_anchor", required=True), _POSITION,
            column("heading", of="SubIssue.heading", at="item.heading"), *_CATEGORY,
            column("anchor", of="SubIssue.anchor", at="item.anchor", required=True), _URL,
        ),
        key=("report_id", "anchor"), rows=_of_reports(_sub_issues), label="heading",
        references=(
            _TO_REPORT, _TO_CATEGORY,
            Reference(("report_id", "issue_anchor"), "issues", ("report_id", "anchor")),
        ),
        indexed=("category",),
    ),
    Table(
        "contacts",
        (
            _ID, _POSITION,
            column("kind", words="contact_kind", at="item.kind", required=True, choices=CONTACT_KINDS),
            column("label", words="contact_label", at="item.label"),
            column("value", words="contact_value", at="item.value"),
            column("tel", of="Phone.tel", at="item.tel"), *_UNIT, _YEAR,
        ),
        key=("report_id", "position"), rows=_of_reports(_contacts),
        references=(_TO_REPORT,), indexed=("unit_id", "kind"),
    ),
    Table(
        "documents",
        (
            _ID, _POSITION,
            column("name", of="Document.name", at="item.name"),
            column("action", of="Document.action", at="item.action"), *_UNIT, _YEAR,
        ),
        key=("report_id", "position"), rows=_of_reports(lambda report: report.documents),
        references=(_TO_REPORT,), indexed=("name", "action"),
    ),
    Table(
        "categories",
        (
            column("slug", at="item.slug", required=True), column("name", at="item.name", required=True),
            column("scope", value=lambda r: r.item.scope or None), column("top", value=_top),
        ),
        key=("slug",), rows=_categories, label="name",
    ),
    Table(
        "statuses",
        (
            column("slug", at="item.value", required=True),
            column("name", value=lambda r: STATUS_LABELS[r.item], required=True),
        ),
        key=("slug",), rows=_statuses, label="name",
    ),
)  # fmt: skip
"""Every table, in the order in which readers are told of them."""
