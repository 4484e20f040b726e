"""What is kept between builds: it saves work, it never changes a byte, and nothing depends on it."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from zhenggai.kept import Kept, kept_for
from zhenggai.model import Report
from zhenggai.site import search, search_cache, search_cuts
from zhenggai.site.lastsite import LastSite
from zhenggai.site.making import Making

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def _short_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Runs of some two notices, parts of some four."""
    monkeypatch.setattr(search_cuts, "RUN", 1)
    monkeypatch.setattr(search_cuts, "NEWEST", 2)
    monkeypatch.setattr(search_cuts, "PART", 3)


@pytest.fixture
def entries(report_data: dict[str, Any]) -> list[search.Entry]:
    """Forty notices."""
    reports = [
        Report.model_validate({**report_data, "id": f"n-{i:02d}", "title": f"第{i}份通报"}) for i in range(40)
    ]
    return [
        search.Entry(r, f"reports/2023/{r.id}/", f"<p>{r.title}的正文，团费{i}元。</p>")
        for i, r in enumerate(reports)
    ]


@pytest.fixture(autouse=True)
def _one_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """What workers read would not be `made` here."""
    monkeypatch.setenv("JOBS", "1")


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Ids of the notices that were read."""
    read: list[str] = []
    real = search.notice_blocks

    def noted(entry: search.Entry) -> Any:
        read.append(entry.report.id)
        return real(entry)

    monkeypatch.setattr(search, "notice_blocks", noted)
    return read


def files(folder: Path) -> list[Path]:
    """Of what is kept."""
    return sorted(path for path in folder.rglob("*") if path.is_file())


def content(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_the_same_bytes_whatever_was_built_before(entries: list[search.Entry], tmp_path: Path) -> None:
    """Thirty archives, one after another with one cache: each as if it were the first."""
    rng = random.Random(1)  # noqa: S311 - a repeatable sample
    kept = tmp_path / "kept"
    for number in range(30):
        some = rng.sample(entries, rng.randint(0, 40))
        search.build_index(some, Making(tmp_path / f"{number}"), Kept(kept))
        search.build_index(some, Making(tmp_path / f"{number}-clean"))
        assert content(tmp_path / f"{number}") == content(tmp_path / f"{number}-clean")


def test_one_notice_more_reads_few(entries: list[search.Entry], tmp_path: Path, made: list[str]) -> None:
    search.build_index(entries[:-1], Making(tmp_path / "1"), Kept(tmp_path / "kept"))
    made.clear()
    search.build_index(entries, Making(tmp_path / "2"), Kept(tmp_path / "kept"))
    assert entries[-1].report.id in made
    assert len(made) < 10
    made.clear()
    search.build_index(entries, Making(tmp_path / "3"), Kept(tmp_path / "kept"))
    assert made == []


@pytest.mark.parametrize("change", ["html", "heading", "title"])
def test_what_changed_is_read_again(
    entries: list[search.Entry], tmp_path: Path, made: list[str], change: str
) -> None:
    search.build_index(entries, Making(tmp_path / "1"), Kept(tmp_path / "kept"))
    one = entries[7]
    issue = one.report.issues[0].model_copy(update={"heading": "改过的标题"})
    changed = {
        "html": search.Entry(one.report, one.url, one.text() + "<p>补充</p>"),
        "heading": search.Entry(one.report.model_copy(update={"issues": (issue,)}), one.url, one.html),
        "title": search.Entry(one.report.model_copy(update={"title": "改过"}), one.url, one.html),
    }[change]
    now = [*entries[:7], changed, *entries[8:]]
    made.clear()
    search.build_index(now, Making(tmp_path / "2"), Kept(tmp_path / "kept"))
    assert one.report.id in made
    search.build_index(now, Making(tmp_path / "clean"))
    assert content(tmp_path / "2") == content(tmp_path / "clean")


def cut_off(data: bytes) -> bytes:
    return data[: len(data) // 2]


def flipped(data: bytes) -> bytes:
    return data[:-9] + bytes([data[-9] ^ 1]) + data[-8:]


@pytest.mark.parametrize("damage", [cut_off, flipped, lambda _: b"", lambda _: b"\0" * 99])
def test_a_damaged_cache_is_made_again(
    entries: list[search.Entry], tmp_path: Path, made: list[str], damage: Callable[[bytes], bytes]
) -> None:
    search.build_index(entries, Making(tmp_path / "1"), Kept(tmp_path / "kept"))
    kept = files(tmp_path / "kept")
    sound = [path.read_bytes() for path in kept]
    for path, data in zip(kept, sound, strict=True):
        path.write_bytes(damage(data))
    made.clear()
    search.build_index(entries, Making(tmp_path / "2"), Kept(tmp_path / "kept"))
    assert len(made) == len(entries)
    assert content(tmp_path / "2") == content(tmp_path / "1")
    assert [path.read_bytes() for path in kept] == sound


def test_runs_that_changed_places_are_noticed(entries: list[search.Entry], tmp_path: Path) -> None:
    search.build_index(entries, Making(tmp_path / "1"), Kept(tmp_path / "kept"))
    one, other, *_ = files(tmp_path / "kept")
    one.write_bytes(other.read_bytes())
    search.build_index(entries, Making(tmp_path / "2"), Kept(tmp_path / "kept"))
    assert content(tmp_path / "2") == content(tmp_path / "1")


def test_other_code_reads_everything(
    entries: list[search.Entry], tmp_path: Path, made: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    search.build_index(entries, Making(tmp_path / "1"), Kept(tmp_path / "kept"))
    made.clear()
    monkeypatch.setattr(search_cache, "_code", lambda: b"other")
    search.build_index(entries, Making(tmp_path / "2"), Kept(tmp_path / "kept"))
    assert len(made) == len(entries)


def test_the_key_knows_every_module_that_makes_a_run() -> None:
    """Whatever `search` and what it imports here have a hand in, and is no reading of front matter."""
    around = {"search_cuts.py", "search_facets.py", "search_names.py"}  # where runs begin, what stands beside
    modules = {path.name for path in Path(search.__file__).parent.glob("search*.py")}
    assert modules - around == set(search_cache._MADE_BY)


def test_what_is_no_longer_used_is_deleted(entries: list[search.Entry], tmp_path: Path) -> None:
    cache = tmp_path / "search"
    search.build_index(entries, Making(tmp_path / "1"), kept_for(tmp_path / "reports", tmp_path, "search"))
    before = files(cache)
    search.build_index(
        entries[:20], Making(tmp_path / "2"), kept_for(tmp_path / "reports", tmp_path, "search")
    )
    assert 0 < len(files(cache)) < len(before)


def test_where_nothing_can_be_kept_the_index_is_built(entries: list[search.Entry], tmp_path: Path) -> None:
    (tmp_path / "kept").write_text("a file, no folder")
    search.build_index(entries, Making(tmp_path / "1"), Kept(tmp_path / "kept"))
    search.build_index(entries, Making(tmp_path / "2"))
    assert content(tmp_path / "1") == content(tmp_path / "2")


def test_what_stays_is_put_back(entries: list[search.Entry], tmp_path: Path, made: list[str]) -> None:
    """The texts of all notices but one, the index of all parts but one: another name for the same file."""
    sites = [tmp_path / "1", tmp_path / "2"]
    archives = [entries, [search.Entry(entries[0].report, entries[0].url, "<p>别的</p>"), *entries[1:]]]
    for site, archive in zip(sites, archives, strict=True):
        making = Making(site, LastSite(tmp_path / "last"))
        search.build_index(archive, making, Kept(tmp_path / "kept"))
        LastSite(tmp_path / "last").keep(site, "", making.keys, ())
    same = {
        name
        for name in content(sites[0])
        if (sites[1] / name).exists() and (sites[0] / name).samefile(sites[1] / name)
    }
    texts = {name for name in content(sites[0]) if "/text/" in name}
    assert texts - same == {f"search/text/{entries[0].report.id}.json"}
    parts = [{name.split("/")[2] for name in content(site) if "/index/" in name} for site in sites]
    assert len(parts[0] & parts[1]) == len(parts[0]) - 1 > 1
    assert {name.split("/")[2] for name in same - texts} == parts[0] & parts[1]
    search.build_index(archives[1], Making(tmp_path / "clean"))
    assert content(sites[1]) == content(tmp_path / "clean")


def test_what_stays_is_not_read(
    entries: list[search.Entry], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of what is kept of parts that stay nothing but what the page must know of them."""
    making = Making(tmp_path / "1", LastSite(tmp_path / "last"))
    search.build_index(entries, making, Kept(tmp_path / "kept"))
    LastSite(tmp_path / "last").keep(tmp_path / "1", "", making.keys, ())
    making = Making(tmp_path / "2", LastSite(tmp_path / "last"))
    loaded: list[str] = []
    real = Kept.load

    def load(self: Kept, key: str) -> bytes | None:
        loaded.append(key)
        return real(self, key)

    monkeypatch.setattr(Kept, "load", load)
    search.build_index(entries, making, Kept(tmp_path / "kept"))
    parts = json.loads((tmp_path / "2" / "search" / "notices.json").read_bytes())["parts"]
    assert len(loaded) == len(parts)
    assert content(tmp_path / "1") == content(tmp_path / "2")


def test_no_numbers_are_worked_where_nothing_is_indexed(tmp_path: Path) -> None:
    """To import numpy takes a quarter of the time of a build in which nothing has changed."""
    code = "import sys, zhenggai.site.search; sys.exit('numpy' in sys.modules)"
    assert (
        subprocess.run(
            [sys.executable, "-c", code], env={**os.environ, "PYTHONPATH": "src"}, cwd=ROOT
        ).returncode
        == 0
    )
