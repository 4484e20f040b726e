"""One generated page as data: where it stands, which template writes it, from what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from zhenggai.site.leaves import Leaf

T = TypeVar("T")


@dataclass(frozen=True)
class GeneratedPage:
    """One page: `url` from the root ("" is the home page), `template` in overrides/, what it shows."""

    url: str
    template: str
    title: str
    view: dict[str, Any] = field(default_factory=dict)
    crumbs: tuple[tuple[str, str], ...] = ()
    """(name, address) of the pages above, outermost first, the home page left out."""
    description: str = ""


def list_page(
    leaf: Leaf,
    template: str,
    title: str,
    crumbs: tuple[tuple[str, str], ...] = (),
    *,
    first: Mapping[str, Any] | None = None,
    description: str = "",
    **view: Any,
) -> GeneratedPage:
    """The page of one leaf; from the second on it says so and leads back to the first.

    `first` and `description` are for the first alone: what tells of the whole list, and changes with every row.
    """
    view["leaf"] = leaf
    if leaf.number == 1:
        return GeneratedPage(leaf.base, template, title, {**view, **(first or {})}, crumbs, description)
    crumbs = (*crumbs, (title, leaf.base))
    return GeneratedPage(leaf.url(leaf.number), template, f"{title}（第 {leaf.number} 页）", view, crumbs)


def uncounted(choices: Iterable[tuple[T, str, int]]) -> list[tuple[T, str, None]]:
    """Ways to narrow a list down without the numbers of rows, for its later leaves."""
    return [(choice, url, None) for choice, url, _ in choices]
