"""Long lists: where they are cut, which sections stand on which leaf, where each begins."""

from __future__ import annotations

from zhenggai.site import pinyin
from zhenggai.site.leaves import HEAVIEST, Section, leaves, letter_section, printed


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
        assert [(w.name, w.url, w.rows) for w in leaf.ways] == [
            ("a", "x/#letter-a", 2), ("b", "x/#letter-b", 3), ("c", "x/2/#letter-c", 2),
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
