"""Work shared out to all cores."""

from __future__ import annotations

import pytest

from zhenggai.work import shared


def test_a_worker_may_share_out_a_part_of_its_work(monkeypatch: pytest.MonkeyPatch) -> None:
    """And does the rest of its own afterwards."""
    monkeypatch.setenv("JOBS", "2")

    def sums(number: int) -> int:
        return sum(shared(lambda n: n * number, range(10), few=1))

    assert list(shared(sums, range(40), few=1)) == [45 * number for number in range(40)]
