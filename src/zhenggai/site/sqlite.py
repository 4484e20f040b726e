"""archive.sqlite: the tables with keys, references and indexes; and how Datasette shall show it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from zhenggai.rulebook import data_words
from zhenggai.site.address import Site
from zhenggai.site.columns import Cell, Column
from zhenggai.site.tables import TABLES, Table

FACETS = {
    "reports": ("unit_kind", "year", "level", "province"),
    "issues": ("unit_kind", "year", "category", "status"),
    "sub_issues": ("category",),
    "contacts": ("kind", "year"),
    "documents": ("action", "year"),
}
"""What Datasette counts beside each table."""

_TYPES = {"string": "TEXT", "integer": "INTEGER", "boolean": "INTEGER"}
_IN_TURN = {"reports": "published", "issues": "year"}
"""What Datasette sorts by, newest first."""


def write(path: Path, cells: Callable[[Table], Iterable[list[Cell]]]) -> dict[str, int]:
    """Write the database to `path`, where no file may stand: every table with the rows that `cells` gives for it.

    Returns how many rows each table has. The same rows give the same dump.
    """
    rows = {}
    with closing(sqlite3.connect(path, isolation_level=None)) as base:
        # Nobody else reads the file yet, and a failed build is thrown away whole.
        base.execute("PRAGMA journal_mode = OFF")
        base.execute("PRAGMA synchronous = OFF")
        base.execute("BEGIN")
        for table in TABLES:
            base.execute(_create(table))
            marks = ", ".join("?" * len(table.columns))
            insert = f"INSERT INTO {table.name} VALUES ({marks})"  # noqa: S608 - our own names
            rows[table.name] = max(
                0, base.executemany(insert, cells(table)).rowcount
            )  # -1 where there are none
        for statement in _indexes():
            base.execute(statement)
        base.execute("COMMIT")
    return rows


def _create(table: Table) -> str:
    parts = [_define(column) for column in table.columns]
    parts.append(f"PRIMARY KEY ({', '.join(table.key)})")
    parts += [
        f"FOREIGN KEY ({', '.join(r.columns)}) REFERENCES {r.table} ({', '.join(r.keys)})"
        for r in table.references
    ]
    return f"CREATE TABLE {table.name} (\n  " + ",\n  ".join(parts) + "\n)"


def _define(column: Column) -> str:
    return f"{column.name} {_TYPES[column.kind]}" + (" NOT NULL" if column.required else "")


def _indexes() -> Iterator[str]:
    for table in TABLES:
        referring = [r.columns for r in table.references if r.columns != table.key[: len(r.columns)]]
        for columns in dict.fromkeys([*referring, *((name,) for name in table.indexed)]):
            yield f"CREATE INDEX {table.name}_{'_'.join(columns)} ON {table.name} ({', '.join(columns)})"


def datasette(site: Site) -> dict[str, Any]:
    """Metadata for `datasette archive.sqlite --metadata datasette.json`: words, facets, labels."""
    about: dict[str, Any] = {
        "title": site.name,
        "description": site.description,
        "license": "".join(data_words().terms),
        "source": site.name,
    }
    if site.base:
        about |= {"source_url": site.base, "license_url": site.url("data/")}
    tables = {}
    for table in TABLES:
        shown: dict[str, Any] = {
            "title": table.title,
            "description": table.meaning,
            "columns": {c.name: f"{c.title}：{c.meaning}" for c in table.columns},
            "facets": list(FACETS.get(table.name, ())),
        }
        if table.label:
            shown["label_column"] = table.label
        if column := _IN_TURN.get(table.name):
            shown["sort_desc"] = column
        tables[table.name] = shown
    return {**about, "databases": {"archive": {"tables": tables}}}
