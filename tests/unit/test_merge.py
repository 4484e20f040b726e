"""A person's edits and a new conversion in one report: nobody's lone change is lost, no sentence is."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zhenggai import frontmatter
from zhenggai.frontmatter import FrontMatterError
from zhenggai.ingest.merge import CannotMergeError, changes, merge
from zhenggai.ingest.merge_body import merge_bodies
from zhenggai.ingest.sentences import sentences
from zhenggai.model import Report

BODY = """2023年6月15日反馈了2个问题。现通报如下。

## 一、反馈问题整改情况

### 1.关于“值班记录补登不及时”的问题。 {#值班记录补登不及时}

补登记录12份。把值班表挂进社务公开栏。此问题已整改完成。

2.关于“收购台账与磅单对不上”的问题。逐笔核对磅单346张。更正台账27笔。此问题正在整改。

共青团岚溪县委员会

2023年9月28日
"""


def issue(heading: str, **changed: Any) -> dict[str, Any]:
    return {
        "number": None, "heading": heading, "category": "other", "status": "completed",
        "origin": "feedback", "anchor": heading, **changed,
    }  # fmt: skip


@pytest.fixture
def make(report_data: dict[str, Any]) -> Callable[..., str]:
    """`make(body=…, **changes)`: a report file as the converter writes it."""

    def make(body: str = BODY, **changed: Any) -> str:
        data = {**report_data, "issues": [issue("值班记录补登不及时")], **changed}
        return frontmatter.render(Report.model_validate(data), body)

    return make


@pytest.fixture
def base(make: Callable[..., str]) -> str:
    return make()


def body_of(text: str) -> str:
    return frontmatter.parse(text)[1]


# --- the body --------------------------------------------------------------------------------------


def test_each_side_alone_is_taken_as_it_is(base: str) -> None:
    other = base.replace("补登记录12份", "补登记录13份").replace("status: completed", "status: in-progress")
    assert merge(base, other, base).text == other
    assert merge(base, base, other).text == other
    assert merge(base, base, base).kept == ()


def test_different_sentences_of_one_paragraph_both_change(base: str) -> None:
    mine = base.replace("补登记录12份。", "补登值班记录12份。")
    theirs = base.replace("把值班表挂进社务公开栏。", "把值班表挂进村务公开栏。")
    merged = merge(base, mine, theirs)
    assert "补登值班记录12份。把值班表挂进村务公开栏。此问题" in merged.text
    assert merged.clashes == ()
    (kept,) = merged.kept
    line = merged.text[: merged.text.index("补登值班")].count("\n") + 1
    assert kept == f"正文第 {line} 行"


def test_the_same_sentence_is_as_the_person_has_it_and_the_other_is_told(base: str) -> None:
    mine = base.replace("更正台账27笔。", "更正收购台账27笔。")
    theirs = base.replace("更正台账27笔。", "更正台账28笔。")
    merged = merge(base, mine, theirs)
    assert "更正收购台账27笔。" in merged.text
    assert "28笔" not in merged.text
    assert len(merged.clashes) == 1
    assert "28笔" in merged.clashes[0]


def test_a_paragraph_becomes_a_problem_while_a_person_corrects_it(base: str) -> None:
    mine = base.replace("磅单346张", "磅单364张").replace("岚溪县委员会\n\n", "岚溪县委员会（盖章）\n\n")
    theirs = base.replace(
        "2.关于“收购台账与磅单对不上”的问题。",
        "### 2.关于“收购台账与磅单对不上”的问题。 {#收购台账与磅单对不上}\n\n",
    )
    body = body_of(merge(base, mine, theirs).text)
    assert "### 2.关于“收购台账与磅单对不上”的问题。 {#收购台账与磅单对不上}\n\n逐笔核对磅单364张。" in body
    assert "（盖章）" in body


def test_what_both_add_is_kept(base: str) -> None:
    mine = base + "\n编者按：原文到此为止。\n"
    theirs = base + "\n附件：整改台账。\n"
    body = body_of(merge(base, mine, theirs).text)
    assert body.endswith("2023年9月28日\n\n附件：整改台账。\n\n编者按：原文到此为止。\n")


def test_a_sentence_added_by_the_source_survives_in_a_paragraph_that_a_person_took_out(base: str) -> None:
    paragraph = "补登记录12份。把值班表挂进社务公开栏。此问题已整改完成。"
    mine = base.replace(paragraph + "\n\n", "")
    theirs = base.replace(paragraph, paragraph + "已交社员代表会评议。")
    merged = merge(base, mine, theirs)
    assert "已交社员代表会评议。" in merged.text
    assert "把值班表挂进" not in merged.text
    assert any("删去的“补登记录12份。”" in kept for kept in merged.kept)


def test_a_heading_never_runs_into_text() -> None:
    base = "## 甲情况\n\n第一句话在此。第二句话在此。\n"
    mine = "## 甲情况\n\n第二句话在此。\n"
    theirs = "## 甲情况\n\n第一句话在此。新添一句说明。第二句话在此。\n"
    assert merge_bodies(base, mine, theirs).text == "## 甲情况\n\n新添一句说明。\n\n第二句话在此。\n"


def test_an_anchor_follows_its_line_from_paragraph_to_heading() -> None:
    base = "针对甲的问题。\n\n末句。\n"
    mine = "针对甲事的问题。\n\n末句。\n"
    theirs = "### 针对甲的问题。 {#甲}\n\n末句。\n"
    merged = merge_bodies(base, mine, theirs)
    assert merged.text == "针对甲事的问题。\n{: #甲 }\n\n末句。\n"
    assert len(merged.clashes) == 1


# --- the front matter --------------------------------------------------------------------------------


def test_people_s_own_keys_stay(base: str, make: Callable[..., str]) -> None:
    own = (
        "reviewed: 2024-10-01\ncorrections:\n- date: 2024-10-02\n  note: 更正一处\nwithdrawn:\n"
        "  date: 2024-10-03\n  reason: 重复\nredact:\n- 某人\nallow:\n- code: ID-NUMBER\n  reason: 编号\n"
    )
    mine = base.replace("reviewed: null\n", own)
    merged = merge(base, mine, make(BODY.replace("12份", "13份"), published="2023-10-09"))
    assert own in merged.text
    assert "published: '2023-10-09'" in merged.text
    assert "13份" in merged.text
    assert set(merged.kept) == {"reviewed", "corrections", "withdrawn", "redact", "allow"}


def test_comments_order_and_quotation_marks_of_a_person_stay(base: str, make: Callable[..., str]) -> None:
    mine = base.replace("title: 关于巡察整改进展情况的通报\nunit: 共青团岚溪县委员会\n",
                        "# 核对过原件\nunit: 共青团岚溪县委员会   # 全称\ntitle: \"关于巡察整改进展情况的通报\"\n")  # fmt: skip
    mine = mine.replace("reviewed: null\n---", "reviewed: null\n# 待二审\n---")
    merged = merge(base, mine, make(published="2023-10-09"))
    assert merged.text == mine.replace("published: '2023-10-08'", "published: '2023-10-09'")


def test_comments_inside_what_is_written_anew_move_above_it(base: str, make: Callable[..., str]) -> None:
    mine = base.replace("  status: completed\n", "  status: in-progress # 与单位核实\n  # 电话记录在案\n")
    theirs = make(issues=[issue("值班记录补登不及时"), issue("台账与磅单对不上", status="unstated")],
                  body=BODY.replace("2.关于", "{: #台账与磅单对不上 }\n\n2.关于"))  # fmt: skip
    merged = merge(base, mine, theirs)
    assert "\n# 与单位核实\n# 电话记录在案\nissues:\n" in merged.text
    report, _ = frontmatter.parse(merged.text)
    assert [i.status for i in report.issues] == ["in-progress", "unstated"]


def test_problems_merge_by_anchor(make: Callable[..., str]) -> None:
    def made(*issues: dict[str, Any]) -> str:
        body = "".join(f"## {i['heading']} {{#{i['anchor']}}}\n\n已改。\n\n" for i in issues)
        return make(body, issues=list(issues), tags=sorted({i["category"] for i in issues}))

    first, second, third = issue("甲事不及时"), issue("乙事不规范"), issue("丙事不到位")
    base = made(first, second)
    mine = made({**first, "category": "safety"}, {**second, "status": "in-progress"})
    theirs = made(first, {**second, "category": "rural"}, third)
    merged = merge(base, mine, theirs)
    report, _ = frontmatter.parse(merged.text)
    assert [(i.anchor, i.category, i.status) for i in report.issues] == [
        ("甲事不及时", "safety", "completed"),
        ("乙事不规范", "rural", "in-progress"),
        ("丙事不到位", "other", "completed"),
    ]
    assert set(report.tags) == {"safety", "rural", "other"}
    assert set(merged.kept) == {"issues“甲事不及时”.category", "issues“乙事不规范”.status"}
    assert merged.clashes == ()


def test_a_problem_that_a_person_worked_on_stays_with_its_place(make: Callable[..., str]) -> None:
    two = [issue("甲事不及时"), issue("乙事不规范")]
    body = "## 甲事不及时 {#甲事不及时}\n\n已改。\n\n## 乙事不规范 {#乙事不规范}\n\n在改。\n"
    base = make(body, issues=two)
    mine = make(body, issues=[two[0], {**two[1], "status": "in-progress"}])
    theirs = make(body.replace("## 乙事不规范 {#乙事不规范}", "乙事不规范"), issues=two[:1])
    merged = merge(base, mine, theirs)
    report, kept = frontmatter.parse(merged.text)
    assert [i.anchor for i in report.issues] == ["甲事不及时", "乙事不规范"]
    assert "{#乙事不规范}" in kept
    assert any("乙事不规范" in clash for clash in merged.clashes)


def test_a_problem_taken_out_by_either_side_is_gone(make: Callable[..., str]) -> None:
    names = ["甲事不及时", "乙事不规范", "丙事不到位"]

    def made(*kept: str) -> str:
        body = "".join(f"## {n} {{#{n}}}\n\n就{n}已改。\n\n" for n in kept)
        return make(body, issues=[issue(n) for n in kept])

    merged = merge(made(*names), made(*names[:2]), made(*names[1:]))
    assert [i.anchor for i in frontmatter.parse(merged.text)[0].issues] == ["乙事不规范"]


def test_contacts_merge_by_key_and_phones_by_number(make: Callable[..., str]) -> None:
    phone = {"value": "0999-0123456"}
    base = make(contacts={"phones": [phone]})
    mine = make(contacts={"phones": [{**phone, "label": "监督电话"}], "address": "荷塘路1号"})
    theirs = make(contacts={"phones": [phone, {"value": "0999-0123457"}], "postcode": "099300"})
    contacts = frontmatter.parse(merge(base, mine, theirs).text)[0].contacts
    assert contacts is not None
    assert [(p.value, p.label) for p in contacts.phones] == [
        ("0999-0123456", "监督电话"),
        ("0999-0123457", None),
    ]
    assert (contacts.address, contacts.postcode) == ("荷塘路1号", "099300")


def test_a_reviewed_reminder_does_not_come_back(make: Callable[..., str]) -> None:
    reminder = {"code": "year-inferred", "message": "没有年份", "line": 3}
    other = {"code": "title-missing", "message": "没有标题", "line": None}
    merged = merge(make(review=[reminder]), make(review=[]), make(review=[{**reminder, "line": 4}, other]))
    assert [r.code for r in frontmatter.parse(merged.text)[0].review] == ["title-missing"]
    assert merged.clashes == ()


def test_an_anchor_renamed_by_a_person_stays_renamed(base: str, make: Callable[..., str]) -> None:
    mine = base.replace("anchor: 值班记录补登不及时", "anchor: 值班记录").replace(
        "{#值班记录补登不及时}", "{#值班记录}"
    )
    merged = merge(base, mine, make(BODY.replace("12份", "13份")))
    report, body = frontmatter.parse(merged.text)
    assert [i.anchor for i in report.issues] == ["值班记录"]
    assert "{#值班记录}" in body
    assert "13份" in body
    assert merge(merged.base, merged.text, merged.base).text == merged.text


# --- what is not merged --------------------------------------------------------------------------------


def test_a_broken_head_is_told_with_its_line(base: str) -> None:
    mine = base.replace("title: 关于", "title: 注意: 关于")
    with pytest.raises(FrontMatterError) as caught:
        merge(base, mine, base.replace("12份", "13份"))
    assert caught.value.line == 3


def test_an_anchor_without_a_place_is_not_written(base: str, make: Callable[..., str]) -> None:
    """The person took out the line that the new conversion makes a problem of."""
    sentence = "2.关于“收购台账与磅单对不上”的问题。"
    mine = base.replace(sentence, "")
    theirs = make(
        BODY.replace(sentence, f"### {sentence} {{#收购台账与磅单对不上}}\n\n"),
        issues=[issue("值班记录补登不及时"), issue("收购台账与磅单对不上")],
    )
    with pytest.raises(CannotMergeError, match="收购台账与磅单对不上"):
        merge(base, mine, theirs)


# --- any edits -------------------------------------------------------------------------------------------


@dataclass
class Version:
    """One side of a random history: what it did to which sentence."""

    sign: str
    paragraphs: list[list[str]]
    changed: set[int] = field(default_factory=set)
    removed: set[int] = field(default_factory=set)
    added: list[str] = field(default_factory=list)

    def body(self) -> str:
        return "\n\n".join("".join(p) for p in self.paragraphs if p) + "\n"


WORDS = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉"


def sentence(number: int) -> str:
    """Sentences that have little in common."""
    return (
        "".join(
            chr(0x4E00 + (number * 977 + place * 131 + number * place * 37) % 20000) for place in range(9)
        )
        + "。"
    )


Edit = tuple[str, int]
EDITS = st.lists(
    st.tuples(st.sampled_from(["change", "remove", "add", "split", "join"]), st.integers(0, 30)), max_size=8
)


def edited(shape: list[int], edits: list[Edit], sign: str) -> Version:
    """The notice of paragraphs of these lengths, with edits made to it."""
    numbers = iter(range(1000))
    version = Version(sign, [[sentence(next(numbers)) for _ in range(n)] for n in shape])
    ids = iter(range(1000))
    places = [[next(ids) for _ in p] for p in version.paragraphs]
    for kind, where in edits:
        flat = [(p, s) for p, paragraph in enumerate(version.paragraphs) for s in range(len(paragraph))]
        if not flat:
            break
        p, s = flat[where % len(flat)]
        known = places[p][s]
        if kind == "change" and known >= 0:
            version.paragraphs[p][s] = f"{sentence(known)[:-1]}{sign}。"
            version.changed.add(known)
        elif kind == "remove" and known >= 0:
            del version.paragraphs[p][s], places[p][s]
            version.changed.discard(known)
            version.removed.add(known)
        elif kind == "add":
            new = f"{sign}{sentence(500 + len(version.added) + (100 if sign == '人' else 0))}"
            version.added.append(new)
            version.paragraphs[p].insert(s, new)
            places[p].insert(s, -1)
        elif kind == "split" and s:
            version.paragraphs.insert(p + 1, version.paragraphs[p][s:])
            places.insert(p + 1, places[p][s:])
            del version.paragraphs[p][s:], places[p][s:]
        elif kind == "join" and p + 1 < len(version.paragraphs):
            version.paragraphs[p] += version.paragraphs.pop(p + 1)
            places[p] += places.pop(p + 1)
    return version


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(shape=st.lists(st.integers(1, 4), min_size=1, max_size=6), by_hand=EDITS, by_source=EDITS)
def test_any_edits_of_both_sides(shape: list[int], by_hand: list[Edit], by_source: list[Edit]) -> None:
    base = edited(shape, [], "")
    mine, theirs = edited(shape, by_hand, "人"), edited(shape, by_source, "机")
    merged = merge_bodies(base.body(), mine.body(), theirs.body())
    there = [s.text for s in sentences(merged.text)[0]]
    for new in (*mine.added, *theirs.added):
        assert there.count(new) == 1
    for number in range(sum(shape)):
        as_it_was = sentence(number)
        by_person, by_converter = (f"{as_it_was[:-1]}{sign}。" for sign in "人机")
        if number in mine.changed:
            wanted = by_person
        elif number in mine.removed:
            wanted = None
        elif number in theirs.changed:
            wanted = by_converter
        else:
            wanted = None if number in theirs.removed else as_it_was
        found = [t for t in there if t in (as_it_was, by_person, by_converter)]
        assert found == ([wanted] if wanted else []), (number, merged.text)
    assert merge_bodies(base.body(), base.body(), theirs.body()).text == theirs.body()
    assert merge_bodies(base.body(), mine.body(), base.body()).text == mine.body()
    assert not re.search(r"\n{3,}|^<<<|^>>>|^===", merged.text)


PLACES: dict[str, tuple[tuple[str | int, ...], list[Any]]] = {
    "title": (("title",), ["关于整改进展情况的通报", "关于整改情况的通报"]),
    "published": (("published",), ["2023-10-09", None]),
    "status": (("issues", 0, "status"), ["in-progress", "unstated"]),
    "category": (("issues", 0, "category"), ["safety", "rural"]),
    "heading": (("issues", 1, "heading"), ["台账与磅单对不上（一）", "台账与磅单对不拢"]),
    "address": (("contacts", "address"), ["荷塘路1号", "荷塘路2号"]),
    "phones": (("contacts", "phones"), [[], [{"value": "0999-0123457", "label": "监督电话", "tel": None}]]),
    "documents": (("documents",), [[], [{"name": "值班办法", "action": "修订"}]]),
    "period": (
        ("notice_period",),
        [{"start": "2023-10-08", "end": None}, {"start": None, "end": "2023-10-20"}],
    ),
    "review": (("review",), [[], [{"code": "title-missing", "message": "没有标题", "line": 2}]]),
    "reviewed": (("reviewed",), ["2023-11-01", "2023-11-02"]),
}
CHOICES = st.dictionaries(st.sampled_from(sorted(PLACES)), st.integers(0, 1), max_size=6)


def at(data: Any, path: tuple[str | int, ...]) -> Any:
    for part in path:
        data = data[part]
    return data


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(CHOICES, CHOICES, st.booleans(), EDITS, EDITS)
def test_any_edits_of_both_sides_of_a_whole_report(
    make: Callable[..., str],
    report_data: dict[str, Any],
    by_hand: dict[str, int],
    by_source: dict[str, int],
    commented: bool,
    body_by_hand: list[Edit],
    body_by_source: list[Edit],
) -> None:
    def made(chosen: dict[str, int], edits: list[Edit], sign: str) -> tuple[str, dict[str, Any]]:
        data = {
            **report_data, "issues": [issue("甲事不及时"), issue("乙事不规范")],
            "contacts": {"phones": [{"value": "0999-0123456", "label": None, "tel": None}], "address": None},
            "documents": [{"name": "台账办法", "action": None}],
            "review": [{"code": "year-inferred", "message": "没有年份", "line": 3}],
        }  # fmt: skip
        data = Report.model_validate(data).model_dump(mode="json")
        for key, choice in chosen.items():
            path, values = PLACES[key]
            at(data, path[:-1])[path[-1]] = values[choice]
        data["tags"] = sorted({i["category"] for i in data["issues"]})
        report = Report.model_validate(data)
        heads = "".join(f"## {i.anchor} {{#{i.anchor}}}\n\n" for i in report.issues)
        return frontmatter.render(report, heads + edited([2, 3], edits, sign).body()), data

    (base, last), (mine, hers), (theirs, its) = (
        made({}, [], ""),
        made(by_hand, body_by_hand, "人"),
        made(by_source, body_by_source, "机"),
    )
    if commented:
        mine = mine.replace("unit_kind:", "# 与编办核对过\nunit_kind:").replace("\nyear: ", "\nyear:   ")
    merged = merge(base, mine, theirs)
    data = frontmatter.parse(merged.text)[0].model_dump(mode="json")
    for path, _ in PLACES.values():
        was, person, new, now = (at(one, path) for one in (last, hers, its, data))
        if person == was or new == was:
            assert now == (new if person == was else person)
        elif not isinstance(person, (list, dict)):
            assert now == person
        elif isinstance(person, list):
            assert [one for one in person if one not in now] == []
    assert ("# 与编办核对过\nunit_kind:" in merged.text) is commented
    assert body_of(merged.text) == merge_bodies(body_of(base), body_of(mine), body_of(theirs)).text
    # run twice; unedited; nothing new
    assert merge(merged.base, merged.text, merged.base).text == merged.text
    assert merge(base, base, theirs).text == theirs
    assert merge(base, mine, base).text == mine


def test_any_text_is_put_together_again() -> None:
    @settings(max_examples=300, deadline=None)
    @given(st.text(alphabet="甲乙。；！#{}: \n\\”*-1\t\u3000", max_size=80))
    def check(body: str) -> None:
        found, end = sentences(body)
        assert "".join(s.lead + s.text for s in found) + end == ("\n\n" + body if found else body)
        assert merge_bodies(body, body, body).text == body

    check()


@settings(max_examples=150, deadline=None)
@given(*[st.text(alphabet="甲乙丙丁。 #{}:\n", max_size=40)] * 3)
def test_any_three_texts_lose_no_added_sentence(base: str, mine: str, theirs: str) -> None:
    merged = merge_bodies(base, mine, theirs).text
    assert merge_bodies(base, mine, base).text == mine
    assert merge_bodies(base, base, theirs).text == theirs
    for lone in {s.text for s in sentences(mine)[0]} - {s.text for s in sentences(base)[0]}:
        assert lone in merged or "{" in lone or "#" in lone


def test_what_a_person_changed_is_named(base: str) -> None:
    mine = base.replace("reviewed: null", "reviewed: 2024-10-01").replace("补登记录12份", "补登记录13份")
    keys = changes(base, mine)
    assert keys[0] == "reviewed"
    assert keys[1].startswith("正文第 ")
