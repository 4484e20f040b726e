"""Addresses: slugs of names and anchors of headings."""

from __future__ import annotations

import re
from urllib.parse import quote, unquote

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from zhenggai.model import Anchor, Slug
from zhenggai.slug import anchor, slug

SLUG, ANCHOR = TypeAdapter(Slug), TypeAdapter(Anchor)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("共青团石家庄市新华区委员会", "gongqingtuan-shijiazhuangshi-xinhuaqu-weiyuanhui"),
        ("云岫县市场监督管理局", "yunxiuxian-shichangjianduguanliju"),
        ("绿化处", "lvhuachu"),
        ("X市第１２中学", "x-shi-di-12-zhongxue"),
        ("Q&A 2024", "q-a-2024"),
    ],
)
def test_slug_reads_aloud(text: str, expected: str) -> None:
    assert slug(text) == expected


def test_long_names_stay_apart() -> None:
    one, other = (slug("云岫县" + "山水林田湖草沙一体化保护和系统治理" * 3 + end) for end in ("甲局", "乙局"))
    assert one != other
    assert one.startswith("yunxiuxian")
    assert max(len(one), len(other)) <= 60


def test_a_name_of_signs_has_a_slug_of_its_own() -> None:
    assert slug("***") != slug("****")


@given(st.text())
def test_slug_is_always_one(text: str) -> None:
    made = slug(text)
    SLUG.validate_python(made)
    assert len(made) <= 60
    assert made == slug(text)


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("党建工作责任制落实不到位", "党建工作责任制落实不到位"),
        ("“三会一课”制度执行不严，记录不全。", "三会一课制度执行不严记录不全"),
        ("2024", "问题2024"),
        ("……", "问题"),
    ],
)
def test_anchor_is_the_headings_own_words(heading: str, expected: str) -> None:
    assert anchor(heading, set()) == expected


def test_repeated_headings_are_numbered() -> None:
    taken = {"学习不深-2"}
    assert [anchor("学习不深", taken) for _ in range(3)] == ["学习不深", "学习不深-3", "学习不深-4"]


SIGNS = st.characters(codec="utf-8") | st.sampled_from("党建学习1２-“”{}#|=<>&*_")


@given(st.lists(st.text(SIGNS), max_size=8))
def test_anchors_are_valid_unique_and_survive(headings: list[str]) -> None:
    taken: set[str] = set()
    made = [anchor(heading, taken) for heading in headings]
    assert len(set(made)) == len(made)
    assert taken == set(made)
    for one in made:
        ANCHOR.validate_python(one)
        assert not one.isdigit()
        assert re.fullmatch(r"[A-Za-z0-9㐀-鿿]{1,24}(-\d+)?", one)
        assert unquote(quote(one)) == one
    page = markdown.markdown("\n\n".join(f"### 题 {{#{one}}}" for one in made), extensions=["attr_list"])
    assert re.findall(r'<h3 id="([^"]*)">题</h3>', page) == made
