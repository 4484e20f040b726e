"""One .txt → one report. The composer; each stage is a module of its own.

 1. decode     bytes → lines, encoding known; read with 。 where sentences end in `.` (`stops`)
 2. clean      vendor lines and markers cut out, each cut with its rule
 3. pieces     lines → headings and paragraphs (run-on text cut, torn sentences joined)
 4. title      taken out of the pieces
 5. outline    headings → a tree
 6. problems   which headings are problems, with their sub-problems
 7. facts      unit, place, inspection, dates, counts, contacts, documents
 8. classify   each problem → one category; status from its own account
 9. layout     pieces → blocks with anchors → markdown
10. conserve   every visible character is in the body, the title or a cut; else refused
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from zhenggai import limits, secrecy
from zhenggai.ingest import contacts as contact_reader
from zhenggai.ingest import counts as count_reader
from zhenggai.ingest import metadata, stops, units
from zhenggai.ingest.classify import Choice, classify
from zhenggai.ingest.clean import clean
from zhenggai.ingest.contradictions import find_contradictions
from zhenggai.ingest.dates import find_dates
from zhenggai.ingest.decode import decode
from zhenggai.ingest.documents import find_accountability, find_documents
from zhenggai.ingest.inspection import read_inspection
from zhenggai.ingest.layout import Anchors, lay_out
from zhenggai.ingest.markdown import plain, write
from zhenggai.ingest.outline import outline
from zhenggai.ingest.pieces import Piece, pieces
from zhenggai.ingest.problem import Problem
from zhenggai.ingest.problems import problems
from zhenggai.ingest.signature import read_signature
from zhenggai.ingest.status import read_legend, status_of_value, told_of
from zhenggai.ingest.tables import whole_rows
from zhenggai.ingest.text import Cleaned, Decoded, RefusedError
from zhenggai.ingest.title import Titled, find_title, kind_of_notice
from zhenggai.ingest.wording import group_status
from zhenggai.model import UNDATED, Issue, Report, Review, Source, Status, SubIssue

_INVISIBLE = re.compile(r"[\s\u00ad\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\x00-\x1f\x7f-\x9f]+")
_NOTE = re.compile(r"[（(【\[〔]([^（()）【】\[\]〔〕]+)[）)】\]〕]\s*[。.]?$")
_NOTICE = re.compile(r"巡\s*[察视]")


@dataclass(frozen=True, slots=True)
class Conversion:
    """A report with all that the audit needs to show how it came about."""

    report: Report
    body: str
    cleaned: Cleaned
    choices: dict[str, Choice]
    """Anchor → category with its reasons."""


def convert(raw: bytes, file: str) -> Conversion:
    """Convert one notice. Raises RefusedError when it cannot become a report; nothing else."""
    decoded = decode(raw, file)
    read = stops.reading(decoded)
    conversion = _convert(read, file)
    return conversion if read is decoded else _as_printed(conversion, decoded)


def _convert(decoded: Decoded, file: str) -> Conversion:
    cleaned = clean(decoded)
    whole = _visible(line.text for line in cleaned.lines)
    _require_notice(whole, file)
    titled = find_title(pieces(cleaned.lines))
    rest = tuple(whole_rows(titled.rest))
    titled = replace(titled, rest=rest)
    tree = outline(rest)
    around = _prose(rest, [])
    stated = count_reader.stated_problems(around[:6000])
    found = problems(tree, stated)
    blocks, anchors = lay_out(rest, tree, found)
    body = write(blocks)
    _conserve(whole, cleaned, titled, body, file)
    _require_moderation(len(found), body, file)
    report, choices = _report(decoded, cleaned, titled, found, anchors)
    return Conversion(report, body, cleaned, choices)


def _as_printed(conversion: Conversion, decoded: Decoded) -> Conversion:
    """The conversion of a notice that was read with other stops, with those that it prints."""
    raws = {line.no: line.raw for line in decoded.lines}
    lines = tuple(replace(line, raw=raws[line.no]) for line in conversion.cleaned.lines)
    read, printed = (_visible(line.text for line in of) for of in (conversion.cleaned.lines, lines))
    report, back = conversion.report, stops.as_printed(read, printed)
    body = stops.body_as_printed(conversion.body, report.title, read, printed)
    told = report.model_dump(mode="json", exclude={"review", "source"})
    report = Report.model_validate({**back(told), "review": report.review, "source": report.source})
    return replace(conversion, report=report, body=body, cleaned=replace(conversion.cleaned, lines=lines))


def _require_moderation(problems: int, body: str, file: str) -> None:
    """Refuse what no report may be, since no page could be made of it."""
    excess = limits.of_body(body)
    what = excess.what if excess else f"读出 {problems} 个问题，超过 {limits.MAX_PROBLEMS} 个"
    if excess or problems > limits.MAX_PROBLEMS:
        raise RefusedError(what, path=file, remedy="不像一份通报；请检查原文是否完整、有没有混入别的内容")


def _visible(texts: Iterable[str]) -> str:
    """The characters that are seen: what conservation compares."""
    text = "".join("".join(texts).split())
    return text if text.isprintable() else _INVISIBLE.sub("", text)  # most texts hold nothing else unseen


def _require_notice(visible: str, file: str) -> None:
    if len(visible) < 60:
        raise RefusedError(
            f"去掉广告后只剩 {len(visible)} 个字，不像一份通报",
            path=file,
            remedy="打开原文件看看正文是否完整，补全后再转换",
        )
    if not _NOTICE.search(visible) or "整改" not in visible:
        raise RefusedError(
            "看不出是巡察整改通报：全文没有“巡察”（或“巡视”）和“整改”字样",
            path=file,
            remedy="若确是通报，请检查文件是否贴错、缺页；若不是，请移出该文件夹",
        )


def _prose(rest: Sequence[Piece], found: Sequence[Problem]) -> str:
    """The text around the problems: what stands before the first, or everything."""
    return "\n".join(p.text for p in rest[: _first_problem(rest, found)])


def _first_problem(rest: Sequence[Piece], found: Sequence[Problem]) -> int:
    """Index of the piece in which the first problem stands; all pieces when there is none."""
    heads = {id(p.node.piece) for p in found if p.node}
    return next((i for i, piece in enumerate(rest) if id(piece) in heads), len(rest))


def _conserve(whole: str, cleaned: Cleaned, titled: Titled, body: str, file: str) -> None:
    """Refuse a conversion whose title and body are not, sign for sign, `whole`: the text that cleaning kept."""
    shown = _visible([plain(body)])
    title = _visible([titled.title or ""])
    if title:  # the title stands in the front matter: put it back in its place
        ahead = len(_visible(line.text for line in cleaned.lines if line.no < titled.lines[0]))
        at = whole.find(title, ahead)
        shown = shown[:at] + title + shown[at:] if at >= 0 else shown + title
    if whole == shown:
        return
    fault = next(
        (i for i, (a, b) in enumerate(zip(whole, shown, strict=False)) if a != b), min(len(whole), len(shown))
    )
    seen = 0
    line = next((x.no for x in cleaned.lines if (seen := seen + len(_visible([x.text]))) > fault), None)
    raise RefusedError(
        f"转换后的文字与原文对不上（“{whole[fault : fault + 12]}”一处），为免丢字没有写出",
        path=file,
        line=line,
        remedy="这是程序的缺陷，请把该文件和这一行信息发给维护者",
    )


def _report(
    decoded: Decoded, cleaned: Cleaned, titled: Titled, found: Sequence[Problem], anchors: Anchors
) -> tuple[Report, dict[str, Choice]]:
    rest = titled.rest
    text = "\n".join(p.text for p in rest)
    lead = _lead(rest, found)
    contacts = contact_reader.find_contacts(rest, contact_reader.furniture(cleaned.lines))
    inspection = read_inspection(titled.title, lead)
    signature = read_signature(rest)
    address = (contacts.contacts.address or contacts.contacts.po_box) if contacts.contacts else None
    unit = metadata.read_unit(
        titled.title, lead, signature.by, inspection.body, address, f"{titled.title}\n{text}"
    )
    counts = count_reader.read_counts(_prose(rest, found) if found else text)
    review = [*_secrecy(decoded), *cleaned.review, *inspection.review, *signature.review, *contacts.review]
    published, note = _published(cleaned)
    review += note
    masked_unit = unit.place.masked or metadata.is_masked(unit.name) or not unit.place
    year = _year(published, signature.date, inspection.feedback, inspection.end)
    issues, choices = _issues(found, anchors, unit.kind.value, read_legend(text))
    title = titled.title
    if title is None:
        title = f"{unit.name}巡察{kind_of_notice(None, text[:800]) or '整改情况'}"
        review.append(Review(code="title-missing", message="原文没有标题，题目由单位名和文种拼成", line=None))
    review += find_contradictions(found, counts, inspection)
    content = hashlib.sha256(_visible([text]).encode()).hexdigest()
    unit_id = units.unit_id(unit.name, unit.told_by, masked_unit, decoded.sha256)
    report = Report(
        id=_report_id(unit_id, year, content),
        title=title,
        unit=unit.name,
        unit_id=unit_id,
        unit_kind=unit.kind,
        level=unit.level,
        province=unit.place.province,
        city=unit.place.city,
        county=unit.place.county,
        kind=kind_of_notice(titled.title, text[:800]),
        inspecting_body=inspection.body,
        inspection_round=inspection.round,
        inspection_type=inspection.type,
        inspection_start=inspection.start,
        inspection_end=inspection.end,
        feedback_date=inspection.feedback,
        published=published,
        signed_date=signature.date,
        signed_by=signature.by,
        year=year,
        problem_count=counts.problems,
        completed_count=counts.completed,
        completion_rate=counts.rate,
        masked=metadata.is_masked(f"{titled.title or ''}\n{text}"),
        tags=tuple(sorted({issue.category for issue in issues})),
        issues=issues,
        contacts=contacts.contacts,
        documents=find_documents(text),
        accountability=find_accountability(text),
        notice_period=contact_reader.find_notice_period(rest, published or signature.date),
        source=Source(
            file=decoded.file, sha256=decoded.sha256, encoding=decoded.encoding, printed=cleaned.printed
        ),
        review=tuple(sorted(review, key=lambda r: (r.line or 0, r.code))),
    )
    return report, choices


def _secrecy(decoded: Decoded) -> Iterator[Review]:
    """Marks of secrecy in the file as it came: the check stops at them, whatever cleaning made of the line."""
    for no, mark in secrecy.secrecy_marks("\n".join(line.raw for line in decoded.lines)):
        yield Review(
            code=secrecy.REVIEW,
            message=f"原文有密级或内部标记“{mark}”，不得发布；可以公开的，在 allow 里写明理由",
            line=no,
        )


def _lead(rest: Sequence[Piece], found: Sequence[Problem]) -> list[Piece]:
    return list(rest[: _first_problem(rest, found)] or rest[:3])


_PUBLISHED = (
    "发布时间",
    "发布日期",
    "公开日期",
    "公开时间",
    "发文时间",
    "刊发日期",
    "发布于",
    "日期",
    "时间",
    "更新时间",
)


def _published(cleaned: Cleaned) -> tuple[str | None, list[Review]]:
    for label in (*_PUBLISHED, *cleaned.printed):
        if (
            label in cleaned.printed
            and re.search(r"日期|时间|发布于|刊发|发表", label)
            and "成文" not in label
        ):
            dates = find_dates(cleaned.printed[label])
            if dates and dates[0].value:
                return dates[0].value, []
            if dates:
                return None, [
                    Review(code="date-damaged", message=f"发布时间“{cleaned.printed[label]}”不成日期，未采用")
                ]
    return None, []


def _year(*dates: str | None) -> str:
    return next((d[:4] for d in dates if d and d[:4].isdigit()), UNDATED)


def _report_id(unit_id: str, year: str, content: str) -> str:
    stem = re.sub(r"-[0-9a-f]{6}$", "", unit_id)[:48].strip("-") or "notice"
    return f"{stem}-{year}-{content[:6]}"


def _issues(
    found: Sequence[Problem], anchors: Anchors, unit_kind: str, legend: Mapping[str, Status]
) -> tuple[tuple[Issue, ...], dict[str, Choice]]:
    issues = []
    choices: dict[str, Choice] = {}
    for problem in found:
        name = anchors.of[id(problem.span)]
        choice = classify(
            problem.heading,
            unit_kind=unit_kind,
            above=problem.parents,
            subs=[s.heading for s in problem.subs],
            account="".join(problem.account),
        )
        choices[name] = choice
        subs = []
        for sub in problem.subs:
            at = anchors.of[id(sub.span)]
            choices[at] = classify(sub.heading, unit_kind=unit_kind, above=(problem.heading,))
            subs.append(SubIssue(heading=sub.heading, category=choices[at].slug, anchor=at))
        issues.append(
            Issue(
                number=problem.number,
                heading=problem.heading,
                category=choice.slug,
                status=_status(problem, legend),
                origin=problem.origin,
                parents=problem.parents,
                anchor=name,
                also_at=tuple(anchors.of[id(a.span)] for a in problem.again),
                sub_issues=tuple(subs),
            )
        )
    return tuple(issues), choices


def _status(problem: Problem, legend: Mapping[str, Status]) -> Status:
    """The latest words count: a late group over the first account, sure words over the group's heading."""
    told = None
    for one in (problem, *problem.again):
        printed = one.span.text[-24:]
        note = _NOTE.search(printed)
        own = told_of(one.account, legend)
        told = (
            (status_of_value(note[1]) if note else None)
            or (own.status if own and own.sure else None)
            or one.ticked
            or (Status(group_status()[one.group]) if one.group else None)
            or (own.status if own else None)
            or told
        )
    return told or Status.UNSTATED
