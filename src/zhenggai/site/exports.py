"""Everything under /data/, written in one go: `write` is the table of contents."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from zhenggai.site import csv_files, datapackage, records, sqlite
from zhenggai.site.address import Site
from zhenggai.site.catalog import Catalog
from zhenggai.site.columns import Cell
from zhenggai.site.making import Making
from zhenggai.site.tables import Table

FOLDER = "data/"


@dataclass(frozen=True)
class File:
    """A written file, as the page /data/ tells of it."""

    path: str
    """From the site's root."""
    bytes: int
    rows: int | None = None


def write(catalog: Catalog, site: Site, making: Making) -> dict[str, File]:
    """Have /data/ in the site; its files by name, those of single notices left out."""
    folder = making.site_dir / FOLDER
    folder.mkdir(parents=True, exist_ok=True)

    def cells(table: Table) -> Iterator[list[Cell]]:
        """Each row is made once, for both."""
        header = [column.name for column in table.columns]
        return csv_files.written(folder / f"{table.name}.csv", header, table.cells(catalog, site))

    counts = sqlite.write(folder / "archive.sqlite", cells)
    rows = {f"{name}.csv": count for name, count in counts.items()}
    rows["reports.json"] = len(catalog.notices)
    records.write(catalog, site, FOLDER, making)
    making.write(f"{FOLDER}datasette.json", records.json_text(sqlite.datasette(site)))
    making.write(f"{FOLDER}datapackage.json", records.json_text(datapackage.describe(folder, site)))
    return {
        path.name: File(FOLDER + path.name, path.stat().st_size, rows.get(path.name))
        for path in sorted(folder.iterdir())
        if path.is_file()
    }
