"""What nothing would come of is not converted again; what comes of the rest is the same as if all were."""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.unit.test_killed import notice

from zhenggai.frontmatter import report_files
from zhenggai.ingest import batch, settle
from zhenggai.ingest.batch import State, convert_all, inputs_of
from zhenggai.ingest.known import Memory
from zhenggai.kept import Kept

Told = list[tuple[str, State, str, int, str]]


class Run:
    """An inbox and an archive, converted with what earlier runs left."""

    def __init__(self, folder: Path) -> None:
        self.inbox, self.reports, self.cache = folder / "inbox", folder / "reports", folder / "cache"
        self.inbox.mkdir(parents=True)
        self.made_by = b"rules and code"
        self.converted: list[str] = []

    def __call__(self, *, kept: bool = True) -> Told:
        memory = Memory(Kept(self.cache), self.made_by) if kept else None
        make, self.converted = batch._make, []

        def counted(path: Path) -> object:
            self.converted.append(path.name)
            return make(path)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(batch, "_make", counted)
            outcomes = convert_all(inputs_of([self.inbox]), self.reports, memory=memory)
        home = str(self.inbox.parent)
        return [
            (o.path.name, o.state, str(o.report).replace(home, ""), o.reviews, o.message.replace(home, ""))
            for o in outcomes
        ]

    def tree(self) -> dict[str, bytes]:
        files = (p for p in sorted(self.reports.rglob("*")) if p.is_file())
        return {str(p.relative_to(self.reports)): p.read_bytes() for p in files}

    def put(self, name: str, text: str) -> None:
        (self.inbox / name).write_text(text, encoding="utf-8")


@pytest.fixture
def run(tmp_path: Path) -> Run:
    run = Run(tmp_path / "one")
    for name, county in (("甲.txt", "岚溪县"), ("乙.txt", "望溪县"), ("丙.txt", "云洲县")):
        run.put(name, notice(county))
    run.put("另存的甲.txt", notice("岚溪县"))
    assert [state for _, state, *_ in run()].count(State.WRITTEN) == 3
    run()
    return run


def same_as_ever(run: Run) -> Told:
    """A run's outcomes, which must be those of a run that converts everything."""
    other = Run(run.inbox.parent.with_name("other"))
    shutil.rmtree(other.inbox.parent)
    shutil.copytree(run.inbox.parent, other.inbox.parent)
    told = run()
    assert told == other(kept=False)
    assert run.tree() == other.tree()
    shutil.rmtree(other.inbox.parent)
    return told


def test_nothing_new_converts_nothing(run: Run) -> None:
    before = run.tree()
    told = same_as_ever(run)
    assert run.converted == []
    assert sorted(state for _, state, *_ in told) == [State.DUPLICATE, *[State.UNCHANGED] * 3]
    assert run.tree() == before


def test_what_was_written_is_known_at_once(tmp_path: Path) -> None:
    run = Run(tmp_path / "one")
    run.put("甲.txt", notice("岚溪县"))
    run()
    assert [state for _, state, *_ in same_as_ever(run)] == [State.UNCHANGED]
    assert run.converted == []


def test_one_more_is_converted_alone(run: Run) -> None:
    run.put("丁.txt", notice("青洲县"))
    same_as_ever(run)
    assert run.converted == ["丁.txt"]


def test_an_edit_of_a_report_is_told_of_each_time(run: Run) -> None:
    path = report_files(run.reports)[0]
    path.write_text(
        path.read_text(encoding="utf-8").replace("护林站负责人4人", "护林站负责人5人"), encoding="utf-8"
    )
    for converted in (1, 0):
        assert [state for _, state, *_ in same_as_ever(run)].count(State.KEPT) == 1
        assert len([name for name in run.converted if "另存" not in name]) == converted


def test_a_merge_is_told_of_once(run: Run) -> None:
    path = report_files(run.reports)[0]
    edit("已整改完成", "已经整改完成")(path)
    for source in run.inbox.glob("*.txt"):
        edit("轨迹186条", "轨迹188条")(source)
    for merged in (1, 0, 0):
        assert [state for _, state, *_ in same_as_ever(run)].count(State.MERGED) == merged
    assert len([name for name in run.converted if "另存" not in name]) == 0


def edit(pattern: str, new: str) -> Callable[[Path], None]:
    def change(path: Path) -> None:
        text = path.read_text(encoding="utf-8")
        path.write_text(re.sub(pattern, new, text, count=1), encoding="utf-8")

    return change


def to_year(path: Path, year: str) -> None:
    folder = path.parent.with_name(year)
    folder.mkdir(exist_ok=True)
    path.rename(folder / path.name)


CHANGES = {
    "report edited": ("reports/*/*.md", edit("已整改完成", "已经整改完成")),
    "report broken": ("reports/*/*.md", edit("unit_kind: .*", "unit_kind: 无")),
    "report gone": ("reports/*/*.md", Path.unlink),
    "report moved": ("reports/*/*.md", lambda path: path.rename(path.with_name("other-id-2024.md"))),
    "report in another year": ("reports/*/*.md", lambda path: to_year(path, "2019")),
    "sketch other": ("reports/.private/sketches.jsonl", edit(r'[0-9a-f]{8}"\]', '01234567"]')),
    "copy disowned": ("reports/*/*.md", edit(r"  copies:\n(?:  - .*\n(?:    .*\n)*)+", "")),
    "last conversion other": ("reports/.private/*.base", edit("轨迹186条", "轨迹187条")),
    "last conversion gone": ("reports/.private/*.base", Path.unlink),
    "source corrected": ("inbox/*.txt", edit("轨迹186条", "轨迹188条")),
    "source renamed": ("inbox/*.txt", lambda path: path.rename(path.with_name("改名.txt"))),
    "source gone": ("inbox/*.txt", Path.unlink),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_is_seen(name: str, run: Run) -> None:
    pattern, change = CHANGES[name]
    for number in range(len(list(run.inbox.parent.glob(pattern)))):
        paths = sorted(run.inbox.parent.glob(pattern))
        change(paths[min(number, len(paths) - 1)])
        same_as_ever(run)
        same_as_ever(run)


@pytest.mark.parametrize("seed", range(6))
def test_any_history_is_as_if_all_were_converted(seed: int, run: Run) -> None:
    chance = random.Random(seed)  # noqa: S311
    for _ in range(8):
        pattern, change = chance.choice(sorted(CHANGES.values(), key=lambda one: one[0]))
        paths = sorted(run.inbox.parent.glob(pattern))
        if paths:
            change(chance.choice(paths))
        if chance.random() < 0.3:
            run.put(
                f"{chance.randrange(9)}.txt",
                notice(chance.choice(["岚溪县", "青洲县"]), chance.randrange(30, 33)),
            )
        same_as_ever(run)


def test_other_code_or_rules_convert_again(run: Run) -> None:
    run.made_by = b"another rule"
    same_as_ever(run)
    assert len(run.converted) == 4


def test_a_damaged_entry_is_made_again(run: Run) -> None:
    for path in [path for path in run.cache.rglob("*") if path.is_file()]:
        path.write_bytes(path.read_bytes()[:-2] + b"!}")
    same_as_ever(run)
    assert len(run.converted) == 4
    run()
    assert run.converted == []


def test_forgets_what_has_no_report_any_more(run: Run) -> None:
    def entries() -> int:
        return len([path for path in run.cache.rglob("*") if path.is_file()])

    before = entries()
    next(iter(run.inbox.glob("乙.txt"))).unlink()
    next(path for path in report_files(run.reports) if "wangxi" in path.name).unlink()
    run()
    assert entries() == before - 1


def test_what_changes_between_looking_and_settling_is_converted(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All inputs are looked up before the first is settled, which may change what the others meet."""
    report = report_files(run.reports)[0]
    find, times = settle.Settler.known, []

    def later(self: settle.Settler, path: Path) -> object:
        found = find(self, path)
        times.append(path)
        if len(times) == 4:
            edit("已整改完成", "已经整改完成")(report)
        return found

    monkeypatch.setattr(settle.Settler, "known", later)
    told = run()
    assert State.KEPT in {state for _, state, *_ in told}
