"""Every page of the built site is valid HTML, and what is not valid would be found."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.site import validity

PAGE = '<!doctype html><html lang="zh-CN"><head><title>题</title></head><body>{}</body></html>'


def test_every_page_is_valid(built: Path) -> None:
    pages = sorted(built.rglob("*.html"))
    assert len(pages) > 20
    assert {
        str(p.relative_to(built)): found for p in pages if (found := validity.faults(p.read_text("utf-8")))
    } == {}


@pytest.mark.parametrize(
    ("html", "fault"),
    [
        ("<p>甲<div>乙</div></p>", "unexpected-end-tag"),
        ("<div>甲", "expected-one-end-tag"),
        ("<a href='x/'><a href='y/'>甲</a></a>", "unexpected-start-tag-implies-end-tag"),
        ("<p id=a id=b>甲</p>", "duplicate-attribute"),
        ("<table><div>甲</div></table>", "table-voodoo"),
        ("<b><i>甲</b></i>", "adoption-agency"),
        ("<ul><div>甲</div></ul>", "may not stand in <ul>"),
        ("<span><div>甲</div></span>", "may not stand in <span>"),
        ("<h2><p>甲</p></h2>", "may not stand in <h2>"),
        ("<dl><p>甲</p></dl>", "may not stand in <dl>"),
        ("<dl><div><dt>甲</dt></div></dl>", "needs a <dt> first and a <dd> last"),
        ("<dl><div><h3>甲</h3></div></dl>", "may not stand in a group of <dl>"),
        (
            "<a href='x/'><button type=button>甲</button></a>",
            "<button class=None> '甲': may not stand in <a>",
        ),
        ("<button type=button><span><a href='x/'>甲</a></span></button>", "may not stand in <button>"),
        ("<div><li>甲</li></div>", "must stand in ['ol', 'ul'], not in <div>"),
        ("<p id=a>甲</p><p id=a>乙</p>", "id 'a' stands 2 times"),
        ("<p id='a b'>甲</p>", "id 'a b' is none"),
        ("<label for=q>甲</label>", "for names 'q', which is not here"),
        ("<p aria-labelledby=q>甲</p>", "aria-labelledby names 'q'"),
        ("<img src=x.png>", "has no alt"),
        ("<p hiden>甲</p>", "has no attribute hiden"),
        ("<p onclick='x()'>甲</p>", "has no attribute onclick"),
        ("<foo>甲</foo>", "no element of HTML"),
        ("<a href='x y'>甲</a>", "href is no address"),
        ("<input type=sumbit>", "has no type sumbit"),
        ("<input type=checkbox autocomplete=off>", "has nothing to complete"),
        ("<time>昨天</time>", "is no date"),
    ],
)
def test_what_is_not_valid_is_found(html: str, fault: str) -> None:
    found = validity.faults(PAGE.format(html))
    assert any(fault in each for each in found), found


def test_what_is_valid_is_spared() -> None:
    good = """<main id="m"><h1>甲<wbr>乙</h1><p>一 <a href="#m">二</a><span hidden>三</span></p><dl><div><dt>甲</dt>
      <dd>乙</dd><dd>丙</dd></div></dl><table><caption>表</caption><thead><tr><th scope="col">甲</th></tr></thead>
      <tbody><tr><td>乙</td></tr></tbody></table><label>排序 <select><option value="x">丙</option></select></label>
      <details><summary>丁</summary><ul><li><p>戊</p></li></ul></details><svg viewBox="0 0 1 1"><path d="M0 0"/></svg>
      <a href="x/"><strong>己</strong></a><time datetime="2024-06">庚</time></main>"""
    assert validity.faults(PAGE.format(good)) == []
    assert validity.faults("<!doctype html><title></title>") == [
        "the page does not say its language", "the page has no title",
    ]  # fmt: skip


def test_the_command_says_what_is_wrong_and_where(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert validity.main(tmp_path) == 1, "no page is no site"
    (tmp_path / "index.html").write_text(PAGE.format("<p>甲</p>"), "utf-8")
    assert validity.main(tmp_path) == 0
    (tmp_path / "index.html").write_text(PAGE.format("<ul>甲<p>乙</p></ul>"), "utf-8")
    capsys.readouterr()
    assert validity.main(tmp_path) == 1
    assert f"{tmp_path / 'index.html'}: <p class=None> '乙': may not stand in <ul>" in capsys.readouterr().out
