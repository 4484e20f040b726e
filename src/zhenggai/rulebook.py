"""Loads and validates `rules/`: everything this archive knows as data.

Rules are data with examples and counter-examples; the code that uses them knows
forms, not wordings. A faulty rule file stops the program with its name and the
faulty entry. Each table is read once per process.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from zhenggai.frontmatter import load_yaml
from zhenggai.model import Slug, ZhenggaiError

RULES = Path(__file__).parent / "rules"

T = TypeVar("T", bound=BaseModel)


class RuleError(ZhenggaiError):
    """A rule file that cannot be used."""


class Rule(BaseModel):
    """Base of all rule tables: frozen, no unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Top(Rule):
    """One of the four official 聚焦 under which inspections report."""

    slug: Slug
    name: str
    seen_as: tuple[str, ...]


class Category(Rule):
    """问题类别: what a problem is about."""

    slug: Slug
    top: Slug | None = None
    name: str
    scope: str = ""
    keywords: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()


class Taxonomy(Rule):
    """rules/taxonomy.yaml: the vocabulary. Slugs are addresses and never change; names may be edited."""

    tops: tuple[Top, ...]
    leaves: tuple[Category, ...]
    fallback: Category

    @property
    def categories(self) -> tuple[Category, ...]:
        """All categories in their official order, 其他 last."""
        return (*self.leaves, self.fallback)


def load(name: str, model: type[T]) -> T:
    """Read `rules/<name>` as `model`; RuleError names the file and the faulty entry."""
    path = RULES / name
    try:
        data: Any = load_yaml(path.read_text(encoding="utf-8"))
        return model.model_validate(data)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise RuleError(
            f"规则文件写错了：{error}", path=f"rules/{name}", line=mark.line + 1 if mark else None
        ) from error
    except ValidationError as error:
        first = error.errors()[0]
        raise RuleError(
            f"{'.'.join(map(str, first['loc']))}：{first['msg']}", path=f"rules/{name}",
            remedy="照同一文件里其他条目的样子改正",
        ) from error


@cache
def taxonomy() -> Taxonomy:
    """The category vocabulary."""
    return load("taxonomy.yaml", Taxonomy)


@cache
def category_by_slug() -> dict[str, Category]:
    """Categories by slug."""
    return {category.slug: category for category in taxonomy().categories}
