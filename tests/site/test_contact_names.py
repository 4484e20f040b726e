"""What the contacts page finds units by: their names in the order of the list, and how they are read."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from zhenggai.site import catalog, contact_names, pages
from zhenggai.site.catalog import Catalog
from zhenggai.site.leaves import HEAVIEST

if TYPE_CHECKING:
    from zhenggai.site.leaves import Leaf

Write = Callable[..., Path]


def leaves(archive: Catalog) -> list[Leaf]:
    return [p.view["leaf"] for p in pages.all_pages(archive) if p.template == "archive/contacts.html"]


def test_names_stand_as_the_list_has_them(archive: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "CARDS", 2)
    cut = leaves(archive)
    found = contact_names.names(reversed(cut))
    assert found["names"] == [unit.name for unit in archive.reachable]
    assert len(found["starts"]) == len(cut) > 2
    for leaf, start in zip(cut, found["starts"], strict=True):
        assert found["names"][start] == leaf.rows[0].name


def test_no_card_is_heavier_than_it_is_counted(built: Path, archive: Catalog) -> None:
    html = (built / "contacts/index.html").read_text("utf-8")
    cards = re.findall(r"<li>\s*<h2>.*?</li>", html, re.S)
    for card, unit in zip(cards, archive.reachable, strict=True):
        own = len(card.encode())
        assert own <= contact_names.card_weight(unit) <= 2 * own, unit.name


def test_heavy_cards_make_short_leaves(tmp_path: Path, write_report: Write) -> None:
    for number in range(60):
        phones = [
            {"value": f"0998-00122{number:02}", "label": "受理群众来电来访反映问题的监督电话" * 3}
            for _ in range(20)
        ]
        write_report(tmp_path, id=f"report-{number}", unit_id=f"unit-{number}", unit=f"岚溪县第{number}局",
                     contacts={"phones": phones, "address": "岚溪县人民路" * 40})  # fmt: skip
    cut = leaves(catalog.read(tmp_path))
    assert len(cut) > 1
    for leaf in cut:
        assert sum(map(contact_names.card_weight, leaf.rows)) <= HEAVIEST


def test_readings_are_those_of_the_names() -> None:
    found = contact_names.readings(["重庆路小学", "重点中学", "绿水镇 A1（X）", "重点中学"])
    assert found["重"] == ["chong", "zhong"]
    assert found["绿"] == ["lv"]
    assert not {"A", "1", "（", "X", " "} & set(found), "what is typed as it is printed has no reading"
    assert contact_names.readings([]) == {}


def test_strangers_names_stay_data(tmp_path: Path, write_report: Write) -> None:
    evil = '</script><script>alert(1)</script>"\\'
    write_report(tmp_path, unit=evil, contacts={"phones": [{"value": "0998-0012201"}]})
    (tmp_path / "contacts").mkdir()
    contact_names.write(leaves(catalog.read(tmp_path)), tmp_path)
    data = json.loads((tmp_path / "contacts/names.json").read_text("utf-8"))
    assert data["names"] == [evil]


def test_the_built_file(built: Path, archive: Catalog) -> None:
    data = json.loads((built / "contacts/names.json").read_text("utf-8"))
    assert data["names"] == [unit.name for unit in archive.reachable]
    assert data["starts"] == [0]
    assert set(data["readings"]) <= set("".join(data["names"]))
