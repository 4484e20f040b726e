"""Ids and anchors never change once they are published."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zhenggai import frontmatter
from zhenggai.ingest.addresses import carry_over, rename
from zhenggai.ingest.batch import State, convert_all, inputs_of
from zhenggai.model import Report

Make = Callable[..., tuple[Report, str]]


def issue(heading: str, anchor: str | None = None, **changed: Any) -> dict[str, Any]:
    return {
        "number": None, "heading": heading, "category": "other", "status": "completed",
        "origin": "feedback", "anchor": anchor or heading, **changed,
    }  # fmt: skip


def sub(heading: str, anchor: str | None = None) -> dict[str, Any]:
    return {"heading": heading, "category": "other", "anchor": anchor or heading}


@pytest.fixture
def make(report_data: dict[str, Any]) -> Make:
    """`make(issue, …)`: a report with these problems, and a body with their anchors."""

    def make(*issues: dict[str, Any]) -> tuple[Report, str]:
        tags = ["other"] if issues else []
        report = Report.model_validate({**report_data, "issues": list(issues), "tags": tags})
        lines = []
        for one in report.issues:
            lines.append(f"## {one.number or ''}{one.heading} {{#{one.anchor}}}")
            lines += [f"{s.heading}\n{{: #{s.anchor} }}" for s in one.sub_issues]
            lines += [f"### 又：{one.heading} {{#{anchor}}}" for anchor in one.also_at]
        return report, "\n\n".join(lines) + "\n"

    return make


def test_a_heading_put_right_keeps_its_anchor_in_front_matter_and_body(make: Make) -> None:
    published, _ = make(issue("护林员巡山记录补写", number="1."), issue("苗木采购未比价", number="2."))
    report, body = make(issue("护林员巡山记录事后补写", number="1."), issue("苗木采购未比价", number="2."))
    carried = carry_over(report, body, published)
    assert carried.report.anchors == ["护林员巡山记录补写", "苗木采购未比价"]
    assert "## 1.护林员巡山记录事后补写 {#护林员巡山记录补写}" in carried.body
    assert carried.renamed == {"护林员巡山记录事后补写": "护林员巡山记录补写"}
    assert carried.gone == ()


def test_sub_problems_and_repetitions_keep_theirs(make: Make) -> None:
    old = issue("巡山记录补写", "巡山", also_at=["巡山又"], sub_issues=[sub("记录由一人代签", "代签")])
    new = issue("巡山记录补写", also_at=["巡山记录补写-2"], sub_issues=[sub("记录由一人代笔签名")])
    report, body = make(new)
    carried = carry_over(report, body, make({**old, "sub_issues": [sub("记录由一人代签名", "代签")]})[0])
    assert carried.report.anchors == ["巡山", "巡山又", "代签"]
    assert "{: #代签 }" in carried.body
    assert "{#巡山又}" in carried.body


def test_a_sub_problem_that_became_a_problem_keeps_its_anchor(make: Make) -> None:
    published, _ = make(issue("巡山不实", sub_issues=[sub("记录由一人代签", "代签")]))
    report, body = make(issue("巡山不实"), issue("记录由一人代签"))
    assert carry_over(report, body, published).report.anchors == ["巡山不实", "代签"]


def test_problems_that_change_places_keep_their_own(make: Make) -> None:
    """Both are named alike; the number behind the name follows the problem, not the place."""
    published, _ = make(
        issue("执行制度不严", number="1.", parents=["一、甲方面"]),
        issue("执行制度不严", "执行制度不严-2", number="2.", parents=["二、乙方面"]),
    )
    report, body = make(
        issue("执行制度不严", number="2.", parents=["二、乙方面"]),
        issue("执行制度不严", "执行制度不严-2", number="1.", parents=["一、甲方面"]),
    )
    carried = carry_over(report, body, published)
    assert carried.report.anchors == ["执行制度不严-2", "执行制度不严"]
    assert carried.body.index("{#执行制度不严-2}") < carried.body.index("{#执行制度不严}")


def test_another_problem_never_takes_a_published_name(make: Make) -> None:
    published, _ = make(issue("采购管理不够规范", "采购不规范"))
    report, body = make(issue("采购管理不够规范"), issue("采购不规范"))
    assert carry_over(report, body, published).report.anchors == ["采购不规范", "采购不规范-2"]


def test_a_problem_that_is_gone_is_told(make: Make) -> None:
    published, _ = make(issue("护林员巡山记录补写"), issue("食堂账目不公开"))
    report, body = make(issue("护林员巡山记录补写"))
    assert carry_over(report, body, published).gone == ("食堂账目不公开",)


def test_unlike_headings_are_not_one_problem(make: Make) -> None:
    published, _ = make(issue("党建责任落实不到位", number="1."))
    report, body = make(issue("食堂账目长期不公开", number="1."))
    carried = carry_over(report, body, published)
    assert carried.report.anchors == ["食堂账目长期不公开"]
    assert carried.gone == ("党建责任落实不到位",)


def test_rename_leaves_running_text_alone(make: Make) -> None:
    report, _ = make(issue("甲事"))
    body = "## 甲事 {#甲事}\n\n甲事写作 \\{#甲事\\}，并非锚点。\n"
    assert rename(report, body, {"甲事": "乙"})[1] == "## 甲事 {#乙}\n\n甲事写作 \\{#甲事\\}，并非锚点。\n"


HEADINGS = st.lists(st.text("甲乙丙丁戊", min_size=1, max_size=6), max_size=6)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(HEADINGS, HEADINGS)
def test_any_headings(make: Make, old: list[str], new: list[str]) -> None:
    def made(headings: list[str]) -> tuple[Report, str]:
        named = [
            f"{h}-{headings[:i].count(h) + 1}" if h in headings[:i] else h for i, h in enumerate(headings)
        ]
        return make(*(issue(h, a) for h, a in zip(headings, named, strict=True)))

    (published, _), (report, body) = made(old), made(new)
    carried = carry_over(report, body, published)
    names = carried.report.anchors
    assert len(set(names)) == len(names)
    assert [name for name in names if f"{{#{name}}}" not in carried.body] == []
    assert set(published.anchors) - set(names) == set(carried.gone)
    for one in carried.report.issues:
        if one.heading in old:
            assert one.anchor in published.anchors or new.count(one.heading) > old.count(one.heading)
    again = carry_over(report, body, carried.report)
    assert (again.report, again.body, again.gone) == (carried.report, carried.body, ())


# --- through a whole conversion ---------------------------------------------------------------------

NOTICE = """中共云溪县林业局党组关于巡察整改进展情况的通报
2024年3月4日至4月12日，县委第三巡察组对县林业局党组开展了常规巡察。5月9日反馈了2个问题。现将整改情况通报如下。
一、关于“护林员巡山记录补写”问题的整改情况
更换巡山终端32台，已整改完成。
二、关于“苗木采购未比价”问题的整改情况
修订《苗木采购办法》，正在整改。
中共云溪县林业局党组
2024年9月1日
"""


@pytest.fixture
def notice(tmp_path: Path) -> Path:
    path = tmp_path / "收件" / "林业局.txt"
    path.parent.mkdir()
    path.write_text(NOTICE, encoding="utf-8")
    return path


def published(reports: Path) -> tuple[Path, Report, str]:
    (path,) = frontmatter.report_files(reports)
    return path, *frontmatter.read(path)


def test_a_corrected_source_keeps_id_year_and_anchors(notice: Path, tmp_path: Path) -> None:
    reports = tmp_path / "报告"
    convert_all([notice], reports)
    path, first, _ = published(reports)
    corrected = NOTICE.replace("护林员巡山记录补写", "护林员巡山记录事后补写").replace(
        "2024年9月1日", "2025年9月1日"
    )
    notice.write_text(corrected, encoding="utf-8")
    (outcome,) = convert_all([notice], reports)
    assert outcome.state is State.WRITTEN
    again, second, body = published(reports)
    assert (again, second.id, second.year) == (path, first.id, first.year)
    assert second.signed_date == "2025-09-01"
    assert "2024" in outcome.message
    assert second.issues[0].heading == "护林员巡山记录事后补写"
    assert [i.anchor for i in second.issues] == [i.anchor for i in first.issues]
    assert f"{{#{first.issues[0].anchor}}}" in body
    assert [o.state for o in convert_all([notice], reports)] == [State.UNCHANGED]


def test_a_problem_that_disappears_is_told(notice: Path, tmp_path: Path) -> None:
    convert_all([notice], tmp_path / "报告")
    shorter = NOTICE.replace("二、关于“苗木采购未比价”问题的整改情况\n", "").replace("2个问题", "1个问题")
    notice.write_text(shorter, encoding="utf-8")
    (outcome,) = convert_all([notice], tmp_path / "报告")
    assert "已没有锚点 苗木采购未比价" in outcome.message


def test_addresses_survive_the_loss_of_the_private_folder(notice: Path, tmp_path: Path) -> None:
    """A clone of the archive has the reports only."""
    reports = tmp_path / "报告"
    convert_all([notice], reports)
    notice.write_text(NOTICE.replace("巡山记录补写", "巡山记录事后补写"), encoding="utf-8")
    convert_all([notice], reports)
    _, before, _ = published(reports)
    for file in (reports / ".private").iterdir():
        file.unlink()
    (outcome,) = convert_all([notice], reports)
    assert outcome.state is State.UNCHANGED
    assert published(reports)[1] == before


def test_two_folders_may_each_have_a_file_of_one_name(tmp_path: Path) -> None:
    inbox, reports = tmp_path / "收件", tmp_path / "报告"
    for county in ("云岭县", "云川县"):
        (inbox / county).mkdir(parents=True)
        (inbox / county / "通报.txt").write_text(NOTICE.replace("云溪县", county), encoding="utf-8")
    convert_all(inputs_of([inbox]), reports)
    units = {frontmatter.read(p)[0].unit: p for p in frontmatter.report_files(reports)}
    assert set(units) == {"中共云岭县林业局党组", "中共云川县林业局党组"}
    assert [o.state for o in convert_all(inputs_of([inbox]), reports)] == [State.UNCHANGED] * 2
    for count, (unit, path) in enumerate(units.items(), 35):  # one is put right: the other must not move
        county = unit[2:5]
        text = NOTICE.replace("云溪县", county).replace("32台", f"{count}台")
        (inbox / county / "通报.txt").write_text(text, encoding="utf-8")
        convert_all(inputs_of([inbox]), reports)
        assert len(frontmatter.report_files(reports)) == 2
        assert f"{count}台" in path.read_text(encoding="utf-8")
        assert {frontmatter.read(p)[0].unit: p for p in units.values()} == units


def test_another_notice_under_an_old_file_name_is_a_new_report(notice: Path, tmp_path: Path) -> None:
    reports = tmp_path / "报告"
    convert_all([notice], reports)
    other = (
        NOTICE.replace("林业局", "粮食局")
        .replace("2024年", "2025年")
        .replace("护林员巡山记录补写", "库存账实不符")
    )
    notice.write_text(other.replace("更换巡山终端32台", "核对仓单410张"), encoding="utf-8")
    (outcome,) = convert_all([notice], reports)
    assert "另立一份" in outcome.message
    assert len(frontmatter.report_files(reports)) == 2
    assert [o.state for o in convert_all([notice], reports)] == [State.UNCHANGED]
