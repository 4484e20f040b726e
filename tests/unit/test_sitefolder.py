"""A new site takes the place of the old one whole, whatever happens on the way."""

from __future__ import annotations

import os
import sys
import threading
import time
from pathlib import Path

import pytest

import bootstrap
import sitefolder


def tree(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_site_is_swapped_whole(tmp_path: Path) -> None:
    site = tmp_path / "deep" / "site"
    for text in ("one", "two"):
        with sitefolder.building(site, demo=False) as target:
            assert target != site
            (target / "index.html").write_text(text, encoding="utf-8")
            (target / f"{text}.html").write_text(text, encoding="utf-8")
        assert (site / "index.html").read_text(encoding="utf-8") == text
    assert not (site / "one.html").exists()
    assert (site / sitefolder.MARK).read_text(encoding="utf-8") == "archive\n"
    assert [p.name for p in site.parent.iterdir()] == ["site"]
    assert site.stat().st_mode & 0o055, "a web server of another user reads it"


def test_site_that_cannot_be_renamed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A mount point, or a folder whose neighbours are not ours: filled in place."""
    site = tmp_path / "site"
    (site / "old").mkdir(parents=True)
    (site / "old" / "a.html").write_text("old", encoding="utf-8")
    real = Path.rename

    def rename(self: Path, target: Path) -> Path:
        if self == site:
            raise OSError(16, "busy")
        return real(self, target)

    monkeypatch.setattr(Path, "rename", rename)
    monkeypatch.setattr(sitefolder, "_exchange", lambda one, other: False)
    with sitefolder.building(site, demo=True) as target:
        (target / "new.html").write_text("new", encoding="utf-8")
    assert set(tree(site)) == {"new.html", sitefolder.MARK}
    assert not (site / "old").exists()
    assert [p.name for p in tmp_path.iterdir()] == ["site"]


def test_a_site_filled_in_place_leaves_alone_what_shares_its_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pages can be hard links that the cache of builds has too; what is put back may be the page itself."""
    site, cache = tmp_path / "site", tmp_path / "cache"
    site.mkdir()
    cache.mkdir()
    for name in ("changed.html", "same.html"):
        (cache / name).write_text("old", encoding="utf-8")
        (site / name).hardlink_to(cache / name)
    monkeypatch.setattr(sitefolder, "_exchange", lambda one, other: False)
    monkeypatch.setattr(Path, "rename", lambda self, target: (_ for _ in ()).throw(OSError(16, "busy")))
    with sitefolder.building(site, demo=False) as target:
        (target / "changed.html").write_text("new", encoding="utf-8")
        (target / "same.html").hardlink_to(cache / "same.html")
    assert tree(cache) == {"changed.html": b"old", "same.html": b"old"}
    assert tree(site) == {"changed.html": b"new", "same.html": b"old", sitefolder.MARK: b"archive\n"}


def test_readers_never_meet_no_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Old and new change names in one step, and what is in the new one has reached the disk before."""
    site, done = tmp_path / "site", []
    exchange = sitefolder._exchange
    with sitefolder.building(site, demo=False) as target:
        (target / "index.html").write_text("one", encoding="utf-8")
    if sys.platform != "linux" or not exchange(site, site):
        pytest.skip("this system cannot exchange two names in one step")

    def watched(one: Path, other: Path) -> bool:
        done.append("exchange")
        return exchange(one, other)

    monkeypatch.setattr(sitefolder, "_exchange", watched)
    monkeypatch.setattr(os, "sync", lambda: done.append("sync"))
    monkeypatch.setattr(Path, "rename", lambda *names: pytest.fail("a moment without a site"))
    with sitefolder.building(site, demo=False) as target:
        (target / "index.html").write_text("two", encoding="utf-8")
    assert done == ["sync", "exchange"]
    assert (site / "index.html").read_text(encoding="utf-8") == "two"
    assert [p.name for p in tmp_path.iterdir()] == ["site"]


def test_killed_builds_leave_no_trace(tmp_path: Path) -> None:
    site = tmp_path / "site"
    (tmp_path / ".site.new" / "half").mkdir(parents=True)
    (tmp_path / ".site.old").mkdir()
    (tmp_path / ".site.old" / "index.html").write_text("the only site there is", encoding="utf-8")
    with pytest.raises(RuntimeError), sitefolder.building(site, demo=False):
        raise RuntimeError
    assert tree(tmp_path) == {"site/index.html": b"the only site there is"}


def test_many_runs_may_try_one_place_at_once(tmp_path: Path) -> None:
    faults: list[Exception] = []

    def one() -> None:
        try:
            for _ in range(30):
                sitefolder.check_target(tmp_path / "new" / "site", demo=False, keep=())
        except Exception as fault:
            faults.append(fault)

    threads = [threading.Thread(target=one) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert list(tmp_path.iterdir()) == []


def test_two_builds_of_one_site_take_turns(tmp_path: Path) -> None:
    site = tmp_path / "site"
    inside: list[str] = []

    def one(name: str) -> None:
        with sitefolder.building(site, demo=False) as target:
            inside.append(name)
            (target / "index.html").write_text(name, encoding="utf-8")
            time.sleep(0.4)
            assert inside[-1] == name
            inside.append(name)

    threads = [threading.Thread(target=one, args=(name,)) for name in "ab"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert inside in (["a", "a", "b", "b"], ["b", "b", "a", "a"])
    assert (site / "index.html").read_text(encoding="utf-8") == inside[-1]


def test_default_folder_is_ours_without_a_mark(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A plain `mkdocs build` writes there too."""
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "index.html").write_text("x", encoding="utf-8")
    sitefolder.check_target(tmp_path / "site", demo=True, keep=())
    (tmp_path / "else").mkdir()
    (tmp_path / "else" / "index.html").write_text("x", encoding="utf-8")
    with pytest.raises(sitefolder.SiteFolderError):
        sitefolder.check_target(tmp_path / "else", demo=True, keep=())
