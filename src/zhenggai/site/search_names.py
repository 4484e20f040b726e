"""What the search box of every page suggests while one types: units and categories, by name or pinyin.

search/names.json is read when the box is first used. How each character may be read
stands beside the names once, so that tgw and tuangongwei find 团工委.
The page's side is docs/assets/search-suggest.js.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zhenggai.site.contact_names import readings

if TYPE_CHECKING:
    from zhenggai.site.catalog import Tag, Unit

FILE = "search/names.json"


def names(units: Iterable[Unit], tags: Iterable[Tag]) -> dict[str, Any]:
    """Two lists of [name, last part of the address, notices of a unit or problems of a category], and `readings`."""
    listed: dict[str, list[list[Any]]] = {
        "units": [[unit.name, unit.slug, len(unit.notices)] for unit in units],
        "categories": [[tag.category.name, tag.category.slug, len(tag.problems)] for tag in tags],
    }
    return {**listed, "readings": readings(name for rows in listed.values() for name, _, _ in rows)}


def write(units: Iterable[Unit], tags: Iterable[Tag], site_dir: Path) -> None:
    """Write `FILE`; the same lists give the same bytes."""
    text = json.dumps(names(units, tags), ensure_ascii=False, separators=(",", ":"))
    (site_dir / FILE).write_text(text, encoding="utf-8")
