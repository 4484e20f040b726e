"""What a column of an exported table is, and the builders with which `tables` defines them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, Literal

from zhenggai.model import EDTF_PATTERN
from zhenggai.rulebook import data_words
from zhenggai.site.address import Site
from zhenggai.site.catalog import Notice

Cell = str | int | bool | None
Kind = Literal["string", "integer", "boolean"]


@dataclass(frozen=True, slots=True)
class Row:
    """What the cells of one row are read from."""

    site: Site
    item: Any
    """A problem, a contact, a category …; the notice itself in the table of notices."""
    notice: Notice | None = None
    position: int = 0
    """1-based place of the item in its notice."""

    @property
    def report(self) -> Any:
        """Front matter of the notice."""
        return self.notice.report if self.notice else None


@dataclass(frozen=True)
class Column:
    """One column: how its cells are read, and what may stand in them."""

    name: str
    words: tuple[str, str]
    """Where data.yaml says what it is: (model, field), or ("", name) among its `columns`."""
    value: Callable[[Row], Cell]
    kind: Kind = "string"
    required: bool = False
    """Never null and never empty."""
    pattern: str | None = None
    choices: tuple[str, ...] = ()
    several: bool = False
    """Whether a cell may hold several values, see `joined`."""

    @property
    def title(self) -> str:
        """Short Chinese name."""
        return self._said[0]

    @property
    def meaning(self) -> str:
        """What it says, in Chinese."""
        return self._said[1]

    @property
    def _said(self) -> tuple[str, str]:
        model, name = self.words
        known = data_words()
        return known.models[model][name] if model else known.columns[name]


def column(
    name: str, *, of: str = "", at: str = "", words: str = "", value: Callable[[Row], Cell] | None = None,
    kind: Kind = "string", required: bool = False, date: bool = False, choices: Iterable[str] = (),
    several: bool = False,
) -> Column:  # fmt: skip
    """A column that is named in data.yaml as the field `of` (`Issue.heading`), or as `words` (default: its name).

    Its cells stand at the dotted path `at` from the row, or are made by `value`.
    """
    model, _, field = of.partition(".")
    pattern = EDTF_PATTERN if date else None
    said = (model, field) if of else ("", words or name)
    return Column(name, said, value or _read(at), kind, required, pattern, tuple(map(str, choices)), several)


def report_columns(*names: str, **limits: Any) -> list[Column]:
    """Columns that are fields of the report under the same name."""
    return [column(name, of=f"Report.{name}", at=f"report.{name}", **limits) for name in names]


def joined(values: Iterable[str]) -> str | None:
    r"""Several values in one cell, `|` between them; `\` stands before a `|` or `\` of a value itself.

    None for no value.
    """
    return "|".join(v.replace("\\", "\\\\").replace("|", "\\|") for v in values) or None


def _read(path: str) -> Callable[[Row], Cell]:
    """The value at `path`; None where anything on the way is null."""
    steps = path.split(".")
    straight = attrgetter(path) if path else None

    def value(row: Row) -> Cell:
        try:
            found: Any = straight(row) if straight else row
        except AttributeError:
            found = row
            for step in steps:
                if found is None:
                    return None
                found = getattr(found, step)
        # a plain string, not an enumeration's
        return str(found) if type(found) is not str and isinstance(found, str) else found

    return value
