"""datapackage.json: the CSV tables described for machines, after Frictionless' tabular data package."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from zhenggai.rulebook import data_words
from zhenggai.site.address import Site
from zhenggai.site.columns import Column
from zhenggai.site.tables import TABLES, Table


def describe(folder: Path, site: Site) -> dict[str, Any]:
    """The descriptor of the CSV files that lie in `folder`, with their sizes and SHA-256."""
    terms: dict[str, Any] = {"name": "notspecified", "title": "".join(data_words().terms)}
    source: dict[str, Any] = {"title": "各单位公开发布的巡察整改通报，逐份的出处见 reports 表的 source_url"}
    about: dict[str, Any] = {
        "profile": "tabular-data-package",
        "name": "zhenggai",
        "title": site.name,
        "description": site.description,
    }
    if site.base:
        about["homepage"] = site.base
        terms["path"] = site.url("data/")
    resources = [_resource(table, folder / f"{table.name}.csv") for table in TABLES]
    return {**about, "licenses": [terms], "sources": [source], "resources": resources}


def _resource(table: Table, path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "title": table.title,
        "description": table.meaning,
        "path": path.name,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": path.stat().st_size,
        "hash": f"sha256:{digest}",
        "dialect": {
            "delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True, "header": True,
        },
        "schema": {
            "fields": [_field(column) for column in table.columns],
            "missingValues": [""],
            "primaryKey": list(table.key),
            "foreignKeys": [
                {"fields": list(r.columns), "reference": {"resource": r.table, "fields": list(r.keys)}}
                for r in table.references
            ],
        },
    }  # fmt: skip


def _field(column: Column) -> dict[str, Any]:
    limits: dict[str, Any] = {}
    if column.required:
        limits["required"] = True
    if column.pattern:
        limits["pattern"] = column.pattern
    if column.choices:
        limits["enum"] = list(column.choices)
    field: dict[str, Any] = {
        "name": column.name,
        "type": column.kind,
        "title": column.title,
        "description": column.meaning + ("；多个值用 | 隔开" if column.several else ""),
    }
    return field | ({"constraints": limits} if limits else {})
