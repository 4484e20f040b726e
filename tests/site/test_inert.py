"""A notice's text as HTML: what Markdown is spared changes nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown
from tests.site.payloads import PAYLOADS

from zhenggai.site.inert import Inert

SIGNS = st.sampled_from(
    [*"`\\[]()!<>&*_#{}:;.~^\"'=|-+/@ \n", "  \n", "\t", "\x02", "\x03", "甲", "乙。", "a", "1"]
)


def rendered(text: str, *, spared: bool) -> str:
    inert = Inert()
    inert.active = True
    md = Markdown(extensions=["attr_list", "toc", inert])
    if not spared:
        md.treeprocessors.deregister("zhenggai_plain")
    return md.convert(text)


@given(st.lists(SIGNS, max_size=40).map("".join))
def test_sparing_markdown_plain_text_changes_nothing(text: str) -> None:
    assert rendered(text, spared=True) == rendered(text, spared=False)


@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=list(PAYLOADS))
def test_nor_of_hostile_text(payload: str) -> None:
    for text in (payload, f"# {payload}", f"- 甲 {payload}\n- 乙 {{#a}}"):
        assert rendered(text, spared=True) == rendered(text, spared=False)


def test_every_pattern_of_markdown_needs_one_of_the_signs() -> None:
    """Should Markdown come to know another pattern, it is to be looked at whether the signs suffice."""
    known = Markdown().inlinePatterns
    looked_at = (
        "backtick", "escape", "reference", "link", "image_link", "image_reference", "short_reference",
        "short_image_ref", "autolink", "automail", "linebreak", "html", "entity", "em_strong",
    )  # fmt: skip
    assert sorted(map(known.get_index_for_name, looked_at)) == list(range(len(known)))
