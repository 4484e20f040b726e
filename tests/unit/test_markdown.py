"""The body is inert: what Markdown shows of it is what the notice printed."""

from __future__ import annotations

import html
import re

import markdown
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhenggai.ingest.markdown import Block, plain, write

EXTENSIONS = ["attr_list", "tables", "md_in_html", "def_list", "toc"]
SIGNS = "*_`#+-=.!()[]{}<>&|~^$:;\\\"'/%@0123456789 一二（）“”《》整改aZ　"


def shown(body: str) -> list[str]:
    """The text of each block as a browser would show it."""
    rendered = markdown.markdown(body, extensions=EXTENSIONS)
    blocks = re.findall(r"<(?:p|h[2-6])(?: [^>]*)?>(.*?)</(?:p|h[2-6])>", rendered, re.S)
    return [html.unescape(re.sub(r"<[^>]*>", "", block)) for block in blocks]


@pytest.mark.parametrize(
    "text",
    [
        "***巡察",
        "1. 提高",
        "a<b>c</b>&amp;",
        "{{ x }} {% y %} {#z}",
        "# x",
        "- a",
        "+ b",
        "> q",
        "|a|b|",
        "1) x",
        "[a](javascript:x)",
        "![x](y)",
        "__x__ *y* `z`",
        "===",
        "---",
        ": def",
        "http://e.example/a_b",
        "~~~",
        "\\*",
        "x{: #a }",
        "&nbsp;",
        ":::note",
        "*[HTML]: x",
        "[^1]: x",
        "<script>alert(1)</script>",
        "!!! note",
        "[a]: b",
        "<!-- x -->",
        "<?php ?>",
        "&#60;",
        "2024. 六",
    ],
)
@pytest.mark.parametrize("level", [0, 3])
def test_signs_are_inert(text: str, level: int) -> None:
    body = write([Block("前文"), Block(text, level, "锚点"), Block("后文")])
    assert shown(body) == ["前文", text, "后文"]
    assert plain(body).split("\n\n")[1].strip() == text
    assert 'id="锚点"' in markdown.markdown(body, extensions=EXTENSIONS)


@settings(max_examples=400, deadline=None)
@given(
    st.lists(
        st.tuples(st.text(alphabet=SIGNS, min_size=1, max_size=40), st.sampled_from([0, 0, 2, 4])),
        min_size=1,
        max_size=5,
    )
)
def test_any_text_comes_through(parts: list[tuple[str, int]]) -> None:
    blocks = [Block(" ".join(text.split()), level) for text, level in parts if text.split()]
    body = write(blocks)
    assert shown(body) == [b.text for b in blocks]
    assert [p.strip() for p in plain(body).split("\n\n")] == ([b.text for b in blocks] or [""])
