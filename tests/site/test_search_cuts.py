"""Where the row of notices is cut: from the notices alone, in few parts, and moved little by one notice more."""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhenggai.site import search_cuts
from zhenggai.site.search_cuts import NEWEST, RUN, parts, rank, runs


def cut(row: Sequence[str]) -> list[list[Sequence[str]]]:
    return parts(runs(row, str), str)


def names(count: int) -> list[str]:
    return [f"notice-{number:05d}" for number in range(count)]


@given(st.lists(st.text(max_size=3), unique=True, max_size=40))
def test_nothing_is_lost_nor_moved(row: list[str]) -> None:
    assert list(chain(*chain(*cut(row)))) == row
    assert all(run for part in cut(row) for run in part)
    assert all(cut(row))


@pytest.mark.parametrize(("count", "most"), [(300, 2), (1000, 3), (5000, 7), (20_000, 7)])
def test_parts_are_few_and_runs_are_small(count: int, most: int) -> None:
    found = cut(names(count))
    assert len(found) <= most
    assert count / 2**RUN / 2 < sum(map(len, found)) < count / 2**RUN * 2
    assert max(len(run) for part in found for run in part) < 10 * 2**RUN


def test_a_newest_notice_changes_one_run_of_a_small_part() -> None:
    before, after = cut(names(5000)), cut(names(5001))
    assert before[:-1] == after[:-1]
    assert sum(map(len, after[-1])) < 10 * 2**NEWEST
    assert [run for run in after[-1] if run not in before[-1]] == [after[-1][-1]]


def test_any_notice_changes_a_run_or_two() -> None:
    rng = random.Random(5)  # noqa: S311 - a repeatable sample
    before = list(chain(*cut(names(3000))))
    for number in range(60):
        row = names(3000)
        row.insert(rng.randrange(3000), f"older-{number}")
        changed = [run for run in chain(*cut(row)) if run not in before]
        assert len(changed) <= 2
        assert sum(map(len, changed)) < 10 * 2**RUN


def test_the_newest_part_is_small_and_the_others_are_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    for count, usual in ((3000, 10), (5000, 11), (20_000, 13)):
        *others, newest = cut(names(count))
        assert sum(map(len, newest)) < 10 * 2**NEWEST
        *settled, last = others
        assert rank(last[-1][-1]) >= NEWEST
        assert all(rank(part[-1][-1]) >= usual for part in settled)
    monkeypatch.setattr(search_cuts, "rank", lambda name: 0)
    assert len(cut(names(50))) == 1, "where nothing is picked there is one run, one part"


def test_ranks_are_as_rare_as_they_say() -> None:
    ranks = [rank(name) for name in names(20_000)]
    for least in range(8):
        assert 0.8 < sum(r >= least for r in ranks) / len(ranks) * 2**least < 1.2
