"""What lies in the folders that people fill: all of it, or a message."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from zhenggai import frontmatter
from zhenggai.folders import files_below
from zhenggai.ingest.inputs import inputs_of
from zhenggai.model import ZhenggaiError


def lay(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("x", encoding="utf-8")


def test_all_files_but_hidden_ones_in_a_fixed_order(tmp_path: Path) -> None:
    lay(tmp_path, "2024/b.md", "2024/a.md", "2023/x/c.txt", ".private/d.md", "2024/.e.md", "README.md")
    found = [path.relative_to(tmp_path).as_posix() for path in files_below(tmp_path)]
    assert found == ["2023/x/c.txt", "2024/a.md", "2024/b.md", "README.md"]
    assert frontmatter.report_files(tmp_path) == [tmp_path / "2024/a.md", tmp_path / "2024/b.md"]
    assert inputs_of([tmp_path]) == [tmp_path / "2023/x/c.txt"]
    assert files_below(tmp_path / "nowhere") == files_below(tmp_path / "README.md") == []


def test_links_and_what_is_no_file(tmp_path: Path) -> None:
    lay(tmp_path, "in/a.txt", "elsewhere/b.txt")
    (tmp_path / "in/dead.txt").symlink_to(tmp_path / "gone.txt")
    (tmp_path / "in/loop.txt").symlink_to(tmp_path / "in/loop.txt")
    (tmp_path / "in/through.txt").symlink_to(tmp_path / "in/a.txt/b")
    (tmp_path / "in/link.txt").symlink_to(tmp_path / "elsewhere/b.txt")
    (tmp_path / "in/folder.txt").symlink_to(tmp_path / "elsewhere")
    os.mkfifo(tmp_path / "in/pipe.txt")
    found = [path.name for path in files_below(tmp_path / "in")]
    assert found == ["a.txt", "dead.txt", "link.txt", "loop.txt", "through.txt"], (
        "whoever reads a dead link says so; a pipe would never end"
    )


@pytest.mark.parametrize("look", [files_below, frontmatter.report_files, lambda folder: inputs_of([folder])])
def test_a_folder_that_cannot_be_opened_is_no_empty_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, look: Any
) -> None:
    lay(tmp_path, "2024/a.md")
    opened = os.scandir

    def scandir(path: Any) -> Any:
        if Path(path).name == "2024":
            raise PermissionError(13, "Permission denied", str(path))
        return opened(path)

    monkeypatch.setattr(os, "scandir", scandir)
    with pytest.raises(ZhenggaiError, match="打不开这个文件夹") as fault:
        look(tmp_path)
    assert str(tmp_path / "2024") in str(fault.value)
