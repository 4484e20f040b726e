"""The gate: no figure of the labelled set may fall below its floor."""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from pathlib import Path

import pytest
import yaml
from tests.quality.scoring import SETS, Score, fold, headings, labelled, measure

from zhenggai.ingest.decode import decode
from zhenggai.model import UnitKind
from zhenggai.rulebook import category_by_slug, taxonomy

FLOORS: dict[str, dict[str, float]] = yaml.safe_load(
    (Path(__file__).parent / "floors.yaml").read_text(encoding="utf-8")
)


@pytest.fixture(scope="module")
def scores() -> dict[str, Score]:
    return {which: measure(which) for which in SETS}


def test_the_sets_are_whole() -> None:
    assert len(labelled("first")) >= 54
    assert len(labelled("second")) >= 50
    assert len(labelled("third")) >= 36


@pytest.mark.parametrize(("which", "name"), [(w, n) for w, floors in FLOORS.items() for n in sorted(floors)])
def test_floor(which: str, name: str, scores: dict[str, Score]) -> None:
    score, floor = scores[which], FLOORS[which][name]
    figure = score.figures()[name]
    misses = [m for m in score.misses if m.startswith(f"{name}:")]
    said = f"{name} is {figure:.4f}, floor {floor}:\n" + "\n".join(misses[:40])
    if name == "invented":
        assert figure <= floor, said
    else:
        assert figure >= floor, said


@pytest.mark.parametrize("which", SETS)
def test_every_figure_has_a_floor(which: str, scores: dict[str, Score]) -> None:
    assert set(scores[which].figures()) == set(FLOORS[which])


def test_headings_are_of_every_kind_and_category() -> None:
    assert list(headings()) == [kind.value for kind in UnitKind]
    given = [slugs.split() for of_kind in headings().values() for slugs in of_kind.values()]
    first = Counter(slugs[0] for slugs in given)
    assert {slug for slugs in given for slug in slugs} <= set(category_by_slug())
    least = {leaf.slug: 25 if leaf.slug.startswith(("youth", "league")) else 40 for leaf in taxonomy().leaves}
    assert {slug: first[slug] for slug, needed in least.items() if first[slug] < needed} == {}


def test_notices_share_little_text() -> None:
    """No two notices share a fifth of their 8-grams: the set is as wide as it looks."""
    grams = {}
    for path, _ in labelled():
        text = fold("".join(line.raw for line in decode(path.read_bytes(), path.name).lines))
        grams[path.name] = {text[i : i + 8] for i in range(len(text) - 7)}
    for (one, a), (other, b) in combinations(grams.items(), 2):
        assert 5 * len(a & b) <= min(len(a), len(b)), (one, other)
