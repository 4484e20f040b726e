"""A broken archive is not published: every fault is named, with file, line and remedy."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from zhenggai.site import reading


def faults(folder: Path) -> list[str]:
    with pytest.raises(reading.BrokenArchiveError) as caught:
        reading.read_all(folder, named=Path("docs/reports"))
    return [str(fault) for fault in caught.value.faults]


def test_every_broken_report_is_named(tmp_path: Path, write_report: Callable[..., Path]) -> None:
    write_report(tmp_path)
    yaml = write_report(tmp_path, id="broken-yaml")
    yaml.write_text(yaml.read_text("utf-8").replace("title: ", "title: ‘: : "), "utf-8")
    key = write_report(tmp_path, id="unknown-key")
    key.write_text(key.read_text("utf-8").replace("kind: ", "kinds: ", 1), "utf-8")
    (tmp_path / "2023" / "bare.md").write_text("没有头部\n", "utf-8")

    messages = faults(tmp_path)

    assert len(messages) == 3
    bare, broken, unknown = messages
    assert bare.startswith("docs/reports/2023/bare.md:1: 没有 YAML 头")
    assert broken.startswith("docs/reports/2023/broken-yaml.md:3: ")
    assert unknown.startswith("docs/reports/2023/unknown-key.md:")
    assert all("（" in message for message in messages), "each says what to do"


def test_a_file_lies_where_its_address_says(tmp_path: Path, write_report: Callable[..., Path]) -> None:
    path = write_report(tmp_path)
    path.rename(path.with_name("another-name.md"))
    (message,) = faults(tmp_path)
    assert "docs/reports/2023/another-name.md:2: " in message
    assert "2023/lanxi-2023-001.md" in message


def test_ids_are_unique(tmp_path: Path, write_report: Callable[..., Path]) -> None:
    write_report(tmp_path, year="2022")
    write_report(tmp_path, year="2023")
    (message,) = faults(tmp_path)
    assert "docs/reports/2023/lanxi-2023-001.md:2: id lanxi-2023-001 与 docs/reports/2022/" in message


def test_categories_come_from_the_vocabulary(tmp_path: Path, write_report: Callable[..., Path]) -> None:
    path = write_report(tmp_path)
    text = (
        path.read_text("utf-8")
        .replace("- other", "- no-such")
        .replace("category: other", "category: no-such")
    )
    path.write_text(text, "utf-8")
    (message,) = faults(tmp_path)
    line = text.splitlines().index("  category: no-such") + 1
    assert message.startswith(f"docs/reports/2023/lanxi-2023-001.md:{line}: 问题类别“no-such”不在词表里")
    assert "taxonomy.yaml" in message


def test_hidden_folders_and_missing_archives(tmp_path: Path, write_report: Callable[..., Path]) -> None:
    write_report(tmp_path / ".private")
    assert reading.read_all(tmp_path) == []
    assert reading.read_all(tmp_path / "nowhere") == []
