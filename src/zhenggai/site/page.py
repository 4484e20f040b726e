"""One generated page as data: where it stands, which template writes it, from what."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from zhenggai.site.leaves import Leaf


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
    description: str = "",
    **view: Any,
) -> GeneratedPage:
    """The page of one leaf; from the second on it says so and leads back to the first."""
    if leaf.number > 1:
        crumbs = (*crumbs, (title, leaf.base))
        title = f"{title}（第 {leaf.number} 页）"
    return GeneratedPage(leaf.url(leaf.number), template, title, {"leaf": leaf, **view}, crumbs, description)
