"""vCards: read back by a reader of our own, they hold what is printed and nothing that was not."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.site.dom import load
from tests.site.hostile import EVIL, hostile

from zhenggai.site import catalog, vcards
from zhenggai.site.address import Site
from zhenggai.site.catalog import Catalog
from zhenggai.site.making import Making
from zhenggai.site.visible import visible

Write = Callable[..., Path]
Card = list[tuple[str, str]]
SITE = Site("整改公开", "说明", "https://zhenggai.example.cn/")


def read(text: str) -> list[Card]:
    """Cards as (name with parameters, value): unfolded, `\\n`, `\\,`, `\\;` and `\\\\` taken back."""
    assert text.endswith("\r\n")
    assert not re.search("(?<!\r)\n|\r(?!\n)|[\u0085\u2028\u2029]", text), "many readers end a line there"
    raw = text.encode().split(b"\r\n")[:-1]
    assert max(map(len, raw)) <= 75
    assert all(line.decode() for line in raw), "no character is cut in two"
    cards: list[Card] = []
    for line in text.replace("\r\n ", "").split("\r\n")[:-1]:
        name, _, value = line.partition(":")
        if line == "BEGIN:VCARD":
            cards.append([])
        elif line != "END:VCARD":
            plain = re.sub(r"\\(.)", lambda m: "\n" if m[1] == "n" else m[1], value)
            cards[-1].append((name, plain))
    return cards


def values(card: Card, name: str) -> list[str]:
    return [
        value for key, value in card if re.split(r"[;.]", key.removeprefix("item"))[-1] == name or key == name
    ]


def one(path: Path) -> Card:
    (card,) = read(path.read_bytes().decode())
    return card


def made(contacts: dict[str, Any], tmp_path: Path, write_report: Write, **more: Any) -> Card:
    write_report(tmp_path, contacts=contacts, **more)
    (notice,) = catalog.read(tmp_path).notices
    (card,) = read(vcards.card(notice, notice.report.unit, notice.url, SITE))
    return card


def test_a_notices_card(addressed: Path) -> None:
    card = one(addressed / "reports/2023/2023-tinglanxian-renminyiyuan/contact.vcf")
    assert card[0] == ("VERSION", "3.0")
    assert [v for k, v in card if k == "FN"] == ["汀兰县人民医院"]
    assert [(k, v) for k, v in card if ".TEL" in k or "ABLabel" in k] == [
        ("item1.TEL;TYPE=WORK,VOICE", "+869970103366"), ("item1.X-ABLabel", "监督电话"),
        ("item2.TEL;TYPE=WORK,VOICE", "+8615400001122"), ("item2.X-ABLabel", "举报电话"),
    ]  # fmt: skip
    assert [v for k, v in card if k.startswith("EMAIL")] == ["jw@example.org", "dangban@example.org"]
    assert [v for k, v in card if k.startswith("ADR")] == [";;汀兰县康宁路66号门诊楼五楼纪检办公室;;;099700;"]
    (note,) = (v for k, v in card if k == "NOTE")
    assert note.split("\n") == [
        "2023年通报所载，此后可能有变动。", "出自《汀兰县人民医院党委关于巡察整改情况的公示》",
        "监督电话：0997-0103366转802", "传真：0997-0103399", "受理时间：8:00-12:00，14:30-17:30",
    ]  # fmt: skip
    assert ("URL", "https://zhenggai.example.cn/sub/reports/2023/2023-tinglanxian-renminyiyuan/") in card


def test_one_download_of_all(built: Path, archive: Catalog) -> None:
    cards = read((built / "contacts/all.vcf").read_bytes().decode())
    assert [v for card in cards for k, v in card if k == "FN"] == [u.name for u in archive.reachable]
    assert len({v for card in cards for k, v in card if k == "UID"}) == len(cards)
    assert cards == [one(built / u.url / "contact.vcf") for u in archive.reachable]
    assert not [k for card in cards for k, _ in card if k == "URL"], "no address of the site, no address here"


def test_pages_lead_to_them(built: Path) -> None:
    assert (
        load(built, "contacts/").link("下载全部 6 个单位的联系方式（vCard，可导入手机通讯录）") == "all.vcf"
    )
    report = "reports/2023/2023-tinglanxian-renminyiyuan/"
    for page in (report, "units/tinglanxian-renminyiyuan/"):
        (link,) = [e for e in load(built, page).all("a") if e.text == "存入手机通讯录"]
        assert link.attrs == {"href": "contact.vcf", "download": "汀兰县人民医院.vcf"}
    silent = load(built, "reports/2023/2023-yanxixian-xingdunxiang/")
    assert "存入手机通讯录" not in silent.text
    assert not (built / "reports/2023/2023-yanxixian-xingdunxiang/contact.vcf").exists()


def test_only_what_can_be_dialled_is_a_number(tmp_path: Path, write_report: Write) -> None:
    phones = [
        {"value": "0123456"}, {"value": "0XXX-XXXXXXX", "label": "监督电话"},
        {"value": "0998-0012201", "tel": "+869980012201"},
    ]  # fmt: skip
    card = made({"phones": phones, "emails": ["XXX@example.cn"]}, tmp_path, write_report)
    assert [(k, v) for k, v in card if "TEL" in k] == [("TEL;TYPE=WORK,VOICE", "+869980012201")]
    assert not [k for k, _ in card if "EMAIL" in k]
    (note,) = (v for k, v in card if k == "NOTE")
    assert note.split("\n")[2:] == [
        "电话：0123456（原文未载明区号）", "监督电话：0XXX-XXXXXXX", "电子邮箱：XXX@example.cn",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    ["a\r\nEND:VCARD\r\nBEGIN:VCARD", "a\nTEL:110", "a;b,c\\d\\n", "\u2028TEL:110\u0085x", "  两端  ", EVIL],
)
def test_nothing_breaks_out_of_its_field(tmp_path: Path, write_report: Write, text: str) -> None:
    card = made({"address": text, "hours": text}, tmp_path, write_report, unit=text or "x", title=text)
    plain = visible(text)
    assert [v for k, v in card if k == "FN"] == [plain]
    assert [k.split(";")[0] for k, _ in card] == [
        "VERSION", "UID", "FN", "N", "ORG", "X-ABShowAs", "ADR", "URL", "NOTE",
    ]  # fmt: skip


def test_a_hostile_notice_makes_one_harmless_card(tmp_path: Path, write_report: Write) -> None:
    write_report(tmp_path, **hostile())
    (notice,) = catalog.read(tmp_path).notices
    (card,) = read(vcards.card(notice, notice.report.unit, notice.url, SITE))
    assert not [k for k, _ in card if "TEL" in k or "EMAIL" in k]


def test_no_contacts_no_files(tmp_path: Path, write_report: Write) -> None:
    write_report(tmp_path / "reports")
    vcards.write(catalog.read(tmp_path / "reports"), SITE, Making(tmp_path / "site"))
    assert not (tmp_path / "site").exists()
