"""A build with what earlier builds kept is, byte for byte, a build from nothing."""

from __future__ import annotations

import hashlib
import os
import random
import re
import shutil
import signal
import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from tests.site.building import ARCHIVE, ROOT, build_site, run_mkdocs

from zhenggai import kept as keeping
from zhenggai import work
from zhenggai.kept import FORGOTTEN, Kept, kept_for, made_by
from zhenggai.model import ZhenggaiError
from zhenggai.site import problem_lists
from zhenggai.site.catalog import Catalog
from zhenggai.site.fingerprint import Fingerprints
from zhenggai.site.lastsite import LastSite
from zhenggai.site.making import Made, Making, make_pages
from zhenggai.site.page import GeneratedPage
from zhenggai.site.pages import all_pages, report_page
from zhenggai.site.reading import Read
from zhenggai.site.standing import ASIDE, Standing


def whole(site: Path) -> dict[str, bytes]:
    """Every file of a site by address; SQLite by its dump."""

    def content(path: Path) -> bytes:
        if path.suffix != ".sqlite":
            return path.read_bytes()
        with sqlite3.connect(path) as base:
            return "\n".join(base.iterdump()).encode()

    return {p.relative_to(site).as_posix(): content(p) for p in sorted(site.rglob("*")) if p.is_file()}


# ---------- whole sites ----------


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what a build needs, with reports of its own, to change."""
    folder = tmp_path_factory.mktemp("making") / "project"
    for name in ("docs", "hooks", "overrides", "src"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", "reports"))
    shutil.copy(ROOT / "mkdocs.yml", folder)
    shutil.copytree(ARCHIVE, folder / "docs" / "reports")
    return folder


def files_kept(project: Path) -> list[Path]:
    return sorted(path for path in (project / ".cache").rglob("*") if path.is_file())


def reports_of(project: Path) -> list[Path]:
    return sorted((project / "docs" / "reports").glob("*/*.md"))


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text, path
    path.write_text(text.replace(old, new), "utf-8")


def edit_some_reports(project: Path) -> None:
    """A word in the text, a status, a category, a name."""
    draw = random.Random(7)  # noqa: S311 - the same edits every time
    for path in draw.sample(reports_of(project), 3):
        text = path.read_text("utf-8")
        text = re.sub(r"status: completed", "status: in-progress", text, count=1)
        path.write_text(text.rstrip("\n") + "\n\n补充说明：以上情况属实。\n", "utf-8")


def delete_a_report(project: Path) -> None:
    reports_of(project)[2].unlink()


def rename_a_report(project: Path) -> None:
    path = reports_of(project)[0]
    edit(path, f"id: {path.stem}\n", f"id: {path.stem}-b\n")
    path.rename(path.with_name(f"{path.stem}-b.md"))


def add_a_report(project: Path) -> None:
    path = reports_of(project)[-1]
    new = path.with_name(f"{path.stem}-again.md")
    new.write_text(path.read_text("utf-8").replace(f"id: {path.stem}\n", f"id: {new.stem}\n"), "utf-8")


def withdraw_a_report(project: Path) -> None:
    path = reports_of(project)[1]
    head, rest = path.read_text("utf-8").split("\n---\n", 1)
    head = re.sub(r"^withdrawn:.*\n(?: .*\n)*", "", f"{head}\n", flags=re.M)
    path.write_text(
        f"{head}withdrawn:\n  date: '2024-07-01'\n  reason: 发布单位要求撤下\n---\n{rest}", "utf-8"
    )


def change_a_template(project: Path) -> None:
    edit(project / "overrides" / "archive" / "macros.html", "原文未载明", "原文没有写明")


def change_the_settings(project: Path) -> None:
    edit(project / "mkdocs.yml", "整改公开]", "另一个名字]")


def change_the_code(project: Path) -> None:
    edit(project / "src" / "zhenggai" / "site" / "filters.py", "年份未载明", "没有写明年份")


def change_a_rule(project: Path) -> None:
    path = project / "src" / "zhenggai" / "rules" / "taxonomy.yaml"
    text = path.read_text("utf-8")
    name = re.search(r"^\s+name: (\S+)$", text, re.M)
    assert name
    path.write_text(text.replace(f"name: {name[1]}\n", f"name: {name[1]}（改）\n", 1), "utf-8")


def damage_what_was_kept(project: Path) -> None:
    """Each kept file a little: cut short, a byte changed, empty."""
    for number, path in enumerate(files_kept(project)):
        data = bytearray(path.read_bytes())
        if number % 3 == 0:
            data = data[: len(data) // 2]
        elif number % 3 == 1:
            data[len(data) // 2] ^= 1
        else:
            data = bytearray()
        path.write_bytes(data)


CHANGES = (
    edit_some_reports,
    delete_a_report,
    rename_a_report,
    add_a_report,
    withdraw_a_report,
    change_a_template,
    change_the_settings,
    change_the_code,
    change_a_rule,
    damage_what_was_kept,
)


@pytest.mark.slow
def test_after_any_change_the_site_is_that_of_a_build_from_nothing(project: Path, tmp_path: Path) -> None:
    reports, address = Path("docs/reports"), {"SITE_URL": "https://zhenggai.example.cn/", "CACHE": ".cache"}
    first = whole(build_site(reports, tmp_path / "first", cwd=project, **address))
    written = [path.stat().st_mtime_ns for path in files_kept(project)]
    assert whole(build_site(reports, tmp_path / "again", cwd=project, **address)) == first
    assert [path.stat().st_mtime_ns for path in files_kept(project)] == written, "made twice"
    before = first
    site = tmp_path / "again"  # what stands there stays where it can; every third time all is put back
    for number, change in enumerate(CHANGES):
        change(project)
        kept = whole(build_site(reports, site if number % 3 else tmp_path / "kept", cwd=project, **address))
        bare = tmp_path / "bare"
        shutil.rmtree(bare, ignore_errors=True)
        shutil.copytree(project, bare, ignore=shutil.ignore_patterns(".cache"))
        anew = whole(build_site(reports, tmp_path / "anew", cwd=bare, JOBS="1", **address))
        assert kept.keys() == anew.keys(), change.__name__
        assert [name for name in anew if kept[name] != anew[name]] == [], change.__name__
        assert (kept != before) is (change is not damage_what_was_kept), f"{change.__name__} changes nothing"
        before = kept


def test_a_notice_with_a_lost_anchor_is_told_of_by_every_build(tmp_path: Path, archive: Catalog) -> None:
    """A page with a fault is not kept: the second build says it too."""
    page = report_page(archive, archive.notices[0])
    said = []
    for number in "12":
        last, site = LastSite(tmp_path / "last"), tmp_path / number
        making = Making(site, last)
        made = make_pages([page], lambda _: Made("x", "x", ("没有锚点",)), making, Kept(tmp_path / "texts"))
        last.keep(site, "", making.keys, ())
        said.append(made)
    assert said == [["没有锚点"], ["没有锚点"]]


def test_a_site_edited_in_place_is_not_put_back(project: Path, tmp_path: Path) -> None:
    """The last site shares its files with the site that was published."""
    reports = Path("docs/reports")
    first = whole(build_site(reports, tmp_path / "one", cwd=project, CACHE=".cache"))
    for name in ("units/index.html", "data/issues.csv"):
        with (tmp_path / "one" / name).open("ab") as file:
            file.write(b"edited")
    assert whole(build_site(reports, tmp_path / "two", cwd=project, CACHE=".cache")) == first


def test_nothing_is_read_or_made_where_nothing_changed(project: Path, tmp_path: Path) -> None:
    reports = Path("docs/reports")
    build_site(reports, tmp_path / "one", cwd=project, CACHE=".cache")
    done = run_mkdocs(reports, tmp_path / "two", cwd=project, CACHE=".cache")
    assert "nothing has changed" in done.stderr
    assert whole(tmp_path / "two") == whole(tmp_path / "one")


def test_a_page_written_where_one_of_ours_stands_is_told_of_all_the_same(
    project: Path, tmp_path: Path
) -> None:
    reports, page = Path("docs/reports"), project / "docs" / "units.md"
    build_site(reports, tmp_path / "one", cwd=project, CACHE=".cache")
    page.write_text("# 名单\n", "utf-8")
    try:
        done = run_mkdocs(reports, tmp_path / "two", cwd=project, CACHE=".cache")
    finally:
        page.unlink()
    assert done.returncode != 0
    assert "docs/units.md" in done.stderr


# ---------- the site that stands in the folder ----------


def lay(folder: Path, **files: str) -> None:
    for name, text in files.items():
        path = folder / name.replace("_", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def laid(folder: Path) -> dict[str, str]:
    return {p.relative_to(folder).as_posix(): p.read_text() for p in folder.rglob("*") if p.is_file()}


def test_what_is_kept_comes_back_and_what_was_written_meanwhile_stays(tmp_path: Path) -> None:
    lay(tmp_path, a="old", b_c="old", b_d="old", e_f_g="old", h="old")
    standing = Standing(tmp_path)
    standing.step_aside()
    assert not [path for path in tmp_path.iterdir() if not path.name.startswith(".")]
    lay(tmp_path, a="new", b_x="new")
    standing.come_back({"a", "b/c"})
    assert laid(tmp_path) == {"a": "new", "b/x": "new", "b/c": "old"}
    assert not (tmp_path / "e").exists()
    assert not (tmp_path / ASIDE).exists()


def test_what_a_killed_build_left_is_not_taken_for_a_site(tmp_path: Path) -> None:
    lay(tmp_path, **{f"{ASIDE}_old": "half", "a": "1"})
    standing = Standing(tmp_path)
    standing.step_aside()
    standing.come_back({"a", "old"})
    assert laid(tmp_path) == {"a": "1"}


def test_what_is_dropped_takes_empty_folders_with_it(tmp_path: Path) -> None:
    lay(tmp_path, a_b_c="1", a_d="1")
    Standing(tmp_path).drop(["a/b/c", "a/none"])
    assert laid(tmp_path) == {"a/d": "1"}
    assert not (tmp_path / "a" / "b").exists()


def test_there_need_not_be_a_site(tmp_path: Path) -> None:
    standing = Standing(tmp_path / "none")
    standing.step_aside()
    standing.come_back(())
    assert list(tmp_path.iterdir()) == []


def test_over_a_site_that_somebody_changed_the_same_site_is_built(project: Path, tmp_path: Path) -> None:
    reports, site = Path("docs/reports"), tmp_path / "site"
    first = whole(build_site(reports, site, cwd=project, CACHE=".cache"))
    for edited in (False, True):  # put back as a whole, and page by page
        (site / "units" / "index.html").write_text("edited", "utf-8")
        (site / "search" / "notices.json").unlink()
        lay(site, foreign="1", **{"units_foreign_index.html": "1", "data_old.csv": "1"})
        if edited:
            edit_some_reports(project)
        again = whole(build_site(reports, site, cwd=project, CACHE=".cache"))
        assert (again == first) is not edited
        assert again == whole(build_site(reports, tmp_path / f"anew-{edited}", cwd=project))


def test_a_build_that_fails_leaves_the_site_as_it_was(project: Path, tmp_path: Path) -> None:
    reports, page, site = Path("docs/reports"), project / "docs" / "units.md", tmp_path / "site"
    first = whole(build_site(reports, site, cwd=project, CACHE=".cache"))
    page.write_text("# 名单\n", "utf-8")
    try:
        assert run_mkdocs(reports, site, cwd=project, CACHE=".cache").returncode != 0
    finally:
        page.unlink()
    assert whole(site) == first


def test_so_does_one_that_is_interrupted_from_the_keyboard(project: Path, tmp_path: Path) -> None:
    reports, site, settings = Path("docs/reports"), tmp_path / "site", project / "mkdocs.yml"
    first = whole(build_site(reports, site, cwd=project, CACHE=".cache"))
    written, hook = settings.read_text("utf-8"), project / "hooks" / "interrupting.py"
    hook.write_text("def on_nav(nav, **_):\n    raise KeyboardInterrupt\n", "utf-8")
    edit(settings, "  - hooks/archive.py", "  - hooks/archive.py\n  - hooks/interrupting.py")
    try:
        assert run_mkdocs(reports, site, cwd=project, CACHE=".cache").returncode != 0
    finally:
        settings.write_text(written, "utf-8")
        hook.unlink()
    assert whole(site) == first


# ---------- which pages are made again ----------


@dataclass
class Workshop:
    """Makes pages into one folder and says which it had to render."""

    folder: Path
    builds: int = 0

    def make(self, pages: list[GeneratedPage], salt: bytes = b"") -> set[str]:
        rendered = set()

        def render(page: GeneratedPage) -> Made:
            rendered.add(page.url)
            return Made(f"<p>{page.title}</p>", page.title if page.view.get("notice") else "")

        site = self.folder / f"site{self.builds}"
        self.builds += 1
        last = LastSite(self.folder / "last")
        making = Making(site, last, salt)
        texts = Kept(self.folder / "texts")
        assert make_pages(pages, render, making, texts) == []
        last.keep(site, "", making.keys, ())
        for page in pages:
            assert (site / page.url / "index.html").read_text("utf-8") == f"<p>{page.title}</p>"
            if notice := page.view.get("notice"):
                assert texts.load(making.key(notice)) == page.title.encode()
        return rendered


@pytest.fixture
def workshop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workshop:
    monkeypatch.setenv("JOBS", "1")
    return Workshop(tmp_path)


def pages_of(archive: Catalog) -> list[GeneratedPage]:
    return [*(report_page(archive, notice) for notice in archive.everything), *all_pages(archive)]


def reads(archive: Catalog) -> list[Read]:
    return [Read(n.report, n.body, n.path, n.digest) for n in archive.everything]


def changed(archive: Catalog, number: int) -> Catalog:
    """The archive with one notice's file changed."""
    notice = archive.notices[number]
    return Catalog(replace(r, digest=b"other") if r.report is notice.report else r for r in reads(archive))


def test_nothing_is_rendered_twice(workshop: Workshop, archive: Catalog) -> None:
    every = pages_of(archive)
    assert workshop.make(every) == {page.url for page in every}
    assert workshop.make(pages_of(archive)) == set()


def test_one_changed_notice_renders_what_shows_it(workshop: Workshop, archive: Catalog) -> None:
    workshop.make(pages_of(archive))
    notice = archive.notices[0]
    other = next(
        n
        for n in archive.notices
        if n.report.unit_id != notice.report.unit_id
        and n.year != notice.year
        and not set(n.report.tags) & set(notice.report.tags)
    )
    again = workshop.make(pages_of(changed(archive, 0)))
    unit = archive.units[notice.report.unit_id]
    assert {notice.url, unit.url, f"years/{notice.year}/", "", "units/"} <= again
    assert {f"categories/{slug}/" for slug in notice.report.tags} <= again
    assert not {other.url, archive.units[other.report.unit_id].url, f"years/{other.year}/"} & again


def test_other_code_or_settings_render_everything(workshop: Workshop, archive: Catalog) -> None:
    every = pages_of(archive)
    workshop.make(every)
    assert workshop.make(every, salt=b"other") == {page.url for page in every}


def test_one_notice_more_leaves_most_leaves_of_long_lists_alone(
    workshop: Workshop, archive: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(problem_lists, "ROWS", 12)
    many = [
        replace(
            r, report=r.report.model_copy(update={"id": f"{r.report.id}-{n}"}), digest=b"%d" % n + r.digest
        )
        for n in range(30)
        for r in reads(archive)
    ]
    every = pages_of(Catalog(many))
    newest = Catalog(many).notices[0].report
    workshop.make(pages_of(Catalog(r for r in many if r.report is not newest)))
    again = workshop.make(every)
    later = {page.url for page in every if page.view.get("leaf") and page.view["leaf"].number > 1}
    assert len(later) > 60
    assert len(again & later) < len(later) / 3


def test_a_file_is_put_back_if_it_was_made_from_the_same(tmp_path: Path) -> None:
    def build(number: int, made_from: object, made_by: bytes = b"") -> str:
        last, site = LastSite(tmp_path / "last"), tmp_path / str(number)
        making = Making(site, last, made_by)
        making.file("a/b.txt", made_from, lambda: f"build {number}".encode())
        last.keep(site, "", making.keys, ())
        return (site / "a" / "b.txt").read_text("utf-8")

    assert build(0, ("甲", 1)) == "build 0"
    assert build(1, ("甲", 1)) == "build 0"
    assert build(2, ("甲", 2)) == "build 2"
    assert build(3, ("甲", 2), b"other code") == "build 3"
    (tmp_path / "3" / "a" / "b.txt").write_bytes(b"edited!")
    assert build(4, ("甲", 2), b"other code") == "build 4"


def test_a_file_that_is_there_is_replaced_and_its_bytes_elsewhere_stay(tmp_path: Path) -> None:
    making = Making(tmp_path / "site")
    making.write("a.txt", b"old")
    os.link(tmp_path / "site" / "a.txt", tmp_path / "kept")
    making.write("a.txt", b"new")
    assert ((tmp_path / "site" / "a.txt").read_bytes(), (tmp_path / "kept").read_bytes()) == (b"new", b"old")


def test_what_was_told_apart_once_is_not_taken_for_something_else(tmp_path: Path) -> None:
    """Values made for one question alone: the next may lie where the last one lay."""
    prints = Fingerprints()
    assert len({prints.of((str(n), [n])) for n in range(1000)}) == 1000


def test_what_a_page_shows_must_be_known() -> None:
    with pytest.raises(TypeError, match="object"):
        Fingerprints().of({"shown": object()})


def test_values_that_print_alike_are_told_apart() -> None:
    values = [
        "1",
        1,
        1.0,
        True,
        None,
        "None",
        (),
        ("",),
        ("1", ""),
        ("", "1"),
        {"1": ""},
        ("11",),
        ("1", "1"),
    ]
    prints = Fingerprints()
    assert len({prints.of(value) for value in values}) == len(values)


# ---------- what is kept ----------


def test_only_what_was_kept_comes_back(tmp_path: Path) -> None:
    kept = Kept(tmp_path / "kept")
    assert kept.load("ab12") is None
    kept.save("ab12", "通报".encode())
    assert kept.load("ab12") == "通报".encode()
    path = next(p for p in (tmp_path / "kept").rglob("*") if p.is_file())
    (path.parent / "ab13").write_bytes(path.read_bytes())
    assert kept.load("ab13") is None, "kept under another key"
    data = path.read_bytes()
    for damaged in (b"", data[:-1], data + b"x", bytes([data[0] ^ 1, *data[1:]])):
        path.write_bytes(damaged)
        assert kept.load("ab12") is None


def test_what_is_not_used_is_forgotten(tmp_path: Path) -> None:
    kept, other = Kept(tmp_path / "own"), Kept(tmp_path / "other")
    for one in (kept, other):
        one.save("ab12", b"1")
        one.save("cd34", b"2")
    kept.forget({"ab12"})
    assert (kept.load("ab12"), kept.load("cd34"), other.load("cd34")) == (b"1", None, b"2")
    os.utime(tmp_path / "other", (0, 0))
    assert FORGOTTEN > 24 * 3600
    kept.forget({"ab12"})
    assert other.load("cd34") is None


def test_a_disk_that_cannot_be_written_costs_time_only(tmp_path: Path) -> None:
    (tmp_path / "kept").write_text("a file in its place", "utf-8")
    kept = Kept(tmp_path / "kept")
    kept.save("ab12", b"1")
    kept.forget(set())
    assert kept.load("ab12") is None


def test_each_archive_and_address_has_its_own_place(tmp_path: Path) -> None:
    places = [
        kept_for(tmp_path / name, tmp_path, "pages", address)
        for name, address in (("a", ""), ("b", ""), ("a", "https://zhenggai.example.cn/"))
    ]
    for number, kept in enumerate(places):
        kept.save("ab12", bytes([number]))
    assert [kept.load("ab12") for kept in places] == [b"\0", b"\1", b"\2"]


def test_settings_files_and_their_names_count(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "x.html").write_text("1", "utf-8")
    seen = [made_by([tmp_path / "a"], {"name": "整改公开"})]
    assert made_by([tmp_path / "a"], {"name": "整改公开"}) == seen[0]
    seen.append(made_by([tmp_path / "a"], {"name": "别名"}))
    (tmp_path / "a" / "x.html").write_text("2", "utf-8")
    seen.append(made_by([tmp_path / "a"], {"name": "整改公开"}))
    (tmp_path / "a" / "x.html").rename(tmp_path / "a" / "y.html")
    seen.append(made_by([tmp_path / "a"], {"name": "整改公开"}))
    assert len(set(seen)) == 4


def test_the_versions_of_packages_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "some_package-1.0.dist-info").mkdir()
    monkeypatch.syspath_prepend(tmp_path)
    seen = []
    for version in ("1.0", "1.1"):
        next(tmp_path.glob("*.dist-info")).rename(tmp_path / f"some_package-{version}.dist-info")
        keeping._packages.cache_clear()
        seen.append(made_by([], {}))
    keeping._packages.cache_clear()
    assert seen[0] != seen[1]


# ---------- work on all cores ----------


@pytest.mark.parametrize("jobs", ["1", "2", "3"])
def test_results_come_in_order_whoever_works(jobs: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JOBS", jobs)
    told: Callable[[int], str] = lambda n: hashlib.sha256(str(n).encode()).hexdigest()  # noqa: E731
    numbers = list(range(100))
    found: Iterator[str] = work.shared(told, numbers)
    assert list(found) == [told(n) for n in numbers]


class OddError(Exception):
    """Cannot be sent between processes."""

    def __init__(self, *, why: str) -> None:
        super().__init__(why)


@pytest.mark.parametrize(
    ("fault", "raised"),
    [(ZhenggaiError("坏", remedy="换"), ZhenggaiError), (OddError(why="怪"), work.WorkerError)],
)
def test_any_fault_comes_through(fault: Exception, raised: type, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JOBS", "2")

    def fail(_: int) -> None:
        raise fault

    with pytest.raises(raised, match=str(fault)):
        list(work.shared(fail, range(40)))


def test_a_worker_that_is_killed_ends_the_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JOBS", "2")
    with pytest.raises(BrokenExecutor):
        list(work.shared(lambda n: os.kill(os.getpid(), signal.SIGKILL) if n == 3 else n, range(40)))


def test_a_fault_in_a_worker_is_raised_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JOBS", "2")

    def fail(number: int) -> int:
        if number == 60:
            raise ValueError("第 60 份")
        return number

    with pytest.raises(ValueError, match="第 60 份"):
        list(work.shared(fail, range(100)))
