"""What is asked of a search, and what it must find: brute force over the folded texts."""

from __future__ import annotations

import html
import random
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from zhenggai.site.search import Entry
from zhenggai.site.search_fold import BOUNDARY, fold

SEED = "整改公开/search"
TERMS = (
    "团费", "党费收缴", "三重一大", "谈心谈话", "公务接待", "固定资产", "招标", "采购", "民主生活会",
    "意识形态", "12", "2023年", "3年", "X县", "回头看", "举一反三", "台账", "工会",
    "食堂", "差旅费", "退还", "问责", "信访", "电话", "邮箱",
)  # fmt: skip
"""Twenty-five, as readers type them."""
PIECES = 300
PAIRS = 40


@dataclass(frozen=True, slots=True)
class Question:
    """What is typed, and the ids of the notices that have every word of it."""

    kind: str
    words: str
    answer: frozenset[str]


def texts(entries: Iterable[Entry]) -> dict[str, str]:
    """Id → folded text. Not by the index's own reader: tags are cut out, that is all."""
    return {entry.report.id: _text(entry) for entry in entries}


def _text(entry: Entry) -> str:
    without = re.sub(r'<a class="headerlink".*?</a>', "", entry.text())
    body = html.unescape(re.sub(r"<[^>]+>", "\n", without))
    folded, title = fold(body), fold(entry.report.title)
    return folded if folded.startswith(title) else fold(f"{entry.report.title}\n{body}")


def questions(archive: dict[str, str]) -> list[Question]:
    """Chosen terms, random pieces of the texts, two pieces at once: always the same of the same archive."""
    rng = random.Random(SEED)  # noqa: S311 (a sample, no secret)
    rows = sorted(archive.items())

    def asked(kind: str, *words: str) -> Question:
        folded = [fold(word) for word in words]
        found = frozenset(name for name, text in rows if all(word in text for word in folded))
        return Question(kind, " ".join(words), found)

    every = [asked("词语", term) for term in TERMS]
    every += [asked("片段", _piece(rng, rows, mixed=at % 3 == 0)) for at in range(PIECES)]
    for at in range(PAIRS):
        here = [rng.choice(rows)] if at % 2 else rows
        every.append(asked("两段", _piece(rng, here), _piece(rng, here)))
    return every


def _piece(rng: random.Random, rows: Sequence[tuple[str, str]], *, mixed: bool = False) -> str:
    """2–8 characters that stand side by side somewhere; `mixed`: with a digit or a Latin letter."""
    while True:
        _, text = rng.choice(rows)
        start = rng.randrange(len(text) - 8)
        piece = text[start : start + rng.randint(2, 8)]
        if BOUNDARY not in piece and (not mixed or re.search("[0-9a-z]", piece)):
            return piece


@dataclass(frozen=True, slots=True)
class Score:
    """Shares over all questions of a kind together."""

    recall: float
    """Of what there is, how much was found."""
    precision: float
    """Of what was found, how much is right."""

    def __str__(self) -> str:
        return f"{_share(self.recall)} / {_share(self.precision)}"


def _share(share: float) -> str:
    """1.000 only where nothing is missing."""
    return f"{min(share, 0.999) if share < 1 else share:.3f}"


def score(answers: Iterable[tuple[Question, frozenset[str]]]) -> Score:
    """What was found against what there is."""
    pairs = list(answers)
    right = sum(len(question.answer & found) for question, found in pairs)
    there = sum(len(question.answer) for question, _ in pairs)
    said = sum(len(found) for _, found in pairs)
    return Score(right / there if there else 1.0, right / said if said else 1.0)
