"""Long lists: where they are cut, which sections stand on which leaf, where each begins."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from zhenggai.site import pinyin
from zhenggai.site.leaves import HEAVIEST, Section, leaves, letter_section, printed
from zhenggai.site.page import list_page


def by_letter(word: str) -> Section:
    return Section(word[0], f"letter-{word[0]}")


def test_an_empty_list_has_one_empty_leaf() -> None:
    (leaf,) = leaves("open/", [], 10, section=by_letter)
    assert (leaf.rows, leaf.number, leaf.total, leaf.parts, leaf.ways) == ([], 1, 1, (), ())


def test_leaves_are_cut_by_number() -> None:
    cut = leaves("open/", list(range(25)), 10)
    assert [list(leaf.rows) for leaf in cut] == [list(range(10)), list(range(10, 20)), list(range(20, 25))]
    assert [leaf.url(leaf.number) for leaf in cut] == ["open/", "open/2/", "open/3/"]
    assert {leaf.total for leaf in cut} == {3}


def test_leaves_are_cut_by_weight_before_they_are_full() -> None:
    cut = leaves("open/", [HEAVIEST // 3] * 7, 100, weight=lambda size: size)
    assert [len(leaf.rows) for leaf in cut] == [3, 3, 1]


def test_a_row_too_heavy_for_any_leaf_stands_alone() -> None:
    cut = leaves("open/", [10, 2 * HEAVIEST, 10], 100, weight=lambda size: size)
    assert [list(leaf.rows) for leaf in cut] == [[10], [2 * HEAVIEST], [10]]


def test_headings_of_sections_weigh_too() -> None:
    rows = list(range(2000))
    plain = leaves("open/", rows, 10_000, weight=lambda _row: 1)
    headed = leaves("open/", rows, 10_000, lambda _row: 1, lambda row: Section(f"第{row}个单位", f"u{row}"))
    assert len(plain) == 1
    assert len(headed) > 3


def test_sections_run_over_leaves_and_say_so() -> None:
    first, second, third = leaves("x/", ["a1", "a2", "b1", "b2", "b3", "c1", "c2"], 3, section=by_letter)
    assert [(p.section.name, list(p.rows), p.continued) for p in first.parts] == [
        ("a", ["a1", "a2"], False), ("b", ["b1"], False),
    ]  # fmt: skip
    assert [(p.section.name, p.continued) for p in second.parts] == [("b", True), ("c", False)]
    assert [(p.section.name, p.continued) for p in third.parts] == [("c", True)]


def test_a_section_that_ends_with_its_leaf_is_not_continued() -> None:
    _, second = leaves("x/", ["a1", "a2", "b1"], 2, section=by_letter)
    assert [(p.section.name, p.continued) for p in second.parts] == [("b", False)]


def test_every_leaf_knows_where_each_section_begins() -> None:
    cut = leaves("x/", ["a1", "a2", "b1", "b2", "b3", "c1", "c2"], 3, section=by_letter)
    for leaf in cut:
        assert [(w.name, w.url) for w in leaf.ways] == [
            ("a", "x/#letter-a"), ("b", "x/#letter-b"), ("c", "x/2/#letter-c"),
        ]  # fmt: skip


def test_sections_may_share_an_entry() -> None:
    (leaf,) = leaves(
        "x/", ["安", "敖", "白"], 9, section=lambda n: Section(n, f"u-{n}", way=letter_section(n).name)
    )
    assert [(w.name, w.url, w.rows) for w in leaf.ways] == [("A", "x/#u-安", 2), ("B", "x/#u-白", 1)]


def test_what_is_printed_weighs_as_it_is_escaped() -> None:
    assert printed("甲", None, "<&>") == 3 + len("&lt;&amp;&gt;")


def test_names_without_pinyin_stand_together_at_the_end() -> None:
    names = ["○○区街道", "中共云岫县委", "***县总工会", "XX县委", "1号公司", "安县"]
    ordered = sorted(names, key=pinyin.sort_key)
    assert ordered[:3] == ["安县", "XX县委", "中共云岫县委"]
    assert [letter_section(n).name for n in ordered] == ["A", "X", "Y", "其他", "其他", "其他"]


def test_documents_stand_under_their_first_character() -> None:
    name = "中国共产党纪律处分条例"
    assert letter_section(name).name == "J", "of a unit it would say nothing"
    assert letter_section(name, pinyin.plain_key).name == "Z"


# ---------- leaves that stay ----------


def named(rows: Sequence[str], most: int = 40) -> list[list[str]]:
    return [list(leaf.rows) for leaf in leaves("x/", rows, most, name=str)]


def test_named_rows_make_leaves_between_half_full_and_full() -> None:
    rows = [f"row {n}" for n in range(1000)]
    cut = named(rows)
    assert [row for leaf in cut for row in leaf] == rows
    assert all(20 <= len(leaf) <= 40 for leaf in cut[:-1])
    assert 1 <= len(cut[-1]) <= 40


def test_what_fits_on_one_leaf_is_not_cut() -> None:
    assert len(named([f"row {n}" for n in range(40)])) == 1


@pytest.mark.parametrize("at", [0, 1, 333, 500, 998, 1000])
def test_a_row_that_comes_changes_few_leaves(at: int) -> None:
    rows = [f"row {n}" for n in range(1000)]
    before = {tuple(leaf) for leaf in named(rows)}
    after = [tuple(leaf) for leaf in named([*rows[:at], "new", *rows[at:]])]
    assert len([leaf for leaf in after if leaf not in before]) <= 3


def test_heavy_rows_among_light_ones_are_cut_too() -> None:
    weights = [10, 10, 10, 2 * HEAVIEST, 10, HEAVIEST // 2, HEAVIEST // 2, 10]
    cut = leaves("x/", list(enumerate(weights)), 100, weight=lambda row: row[1], name=str)
    assert [row for leaf in cut for row in leaf.rows] == list(enumerate(weights))
    assert all(sum(w for _, w in leaf.rows) <= HEAVIEST or len(leaf.rows) == 1 for leaf in cut)


def test_only_the_first_leaf_tells_how_many_rows_there_are() -> None:
    first, *others = leaves("x/", ["a1", "a2", "b1", "b2", "b3", "c1", "c2"], 3, section=by_letter)
    assert [way.rows for way in first.ways] == [2, 3, 2]
    assert {way.rows for leaf in others for way in leaf.ways} == {None}
    assert [w.url for w in first.ways] == [w.url for w in others[0].ways]


def test_later_pages_do_not_change_with_the_number_of_rows() -> None:
    first, second = leaves("x/", ["a", "b"], 1)
    one = list_page(first, "t.html", "清单", first={"total": 2}, description="共 2 个", kind="k")
    two = list_page(second, "t.html", "清单", first={"total": 2}, description="共 2 个", kind="k")
    assert (one.view, one.description) == ({"leaf": first, "kind": "k", "total": 2}, "共 2 个")
    assert (two.view, two.description) == ({"leaf": second, "kind": "k"}, "")
