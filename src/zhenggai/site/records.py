"""Notices as JSON, with the JSON Schema they keep.

reports.json               every notice: its front matter and address, one line each
reports/<id>.json          one notice, its text as Markdown with it
report.schema.json         what stands in either
frontmatter.schema.json    what a report file may hold, for whoever writes or edits one
"""

from __future__ import annotations

import json
from typing import Any

from zhenggai import frontmatter
from zhenggai.model import Report
from zhenggai.rulebook import data_words
from zhenggai.site.address import Site
from zhenggai.site.catalog import Catalog, Notice
from zhenggai.site.making import Making

PRIVATE = ("review", "redact", "allow")
"""Notes of those who keep the archive: they may quote what is masked."""
_PRIVATE = frozenset(PRIVATE)
_OWN = {
    "url": {"title": "网页地址", "type": "string"},
    "body": {"title": "通报原文", "type": "string"},
}
_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def record(notice: Notice, site: Site) -> str:
    """One notice as others see it, as JSON: its address and its front matter without `PRIVATE`."""
    told = notice.report.model_dump_json(exclude=_PRIVATE)  # type: ignore[arg-type] # any set is taken
    return f'{{"url":{json.dumps(site.url(notice.url))},{told[1:]}'


def write(catalog: Catalog, site: Site, folder: str, making: Making) -> None:
    """Have the files named above in `folder` (from the site's root, ends in a slash), notice by notice."""
    with (making.site_dir / folder / "reports.json").open("w", encoding="utf-8", newline="\n") as every:
        between = "[\n"
        for notice in catalog.notices:
            told = record(notice, site)
            every.write(between + told)
            between = ",\n"
            name = f"{folder}reports/{notice.report.id}.json"
            if not making.put_back(name, notice):
                body = json.dumps(notice.body, ensure_ascii=False)
                making.write(name, f'{told[:-1]},"body":{body}}}\n'.encode())
        every.write("[]\n" if not catalog.notices else "\n]\n")
    making.write(f"{folder}report.schema.json", json_text(report_schema(site)))
    making.write(f"{folder}frontmatter.schema.json", json_text(frontmatter_schema(site)))


def json_text(value: object) -> bytes:
    """JSON for people and machines: UTF-8 as it is, two spaces deep, keys as they come."""
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()


def frontmatter_schema(site: Site) -> dict[str, Any]:
    """The contract of report files, with Chinese names and meanings."""
    return _explained(frontmatter.json_schema(), site, "frontmatter.schema.json", "通报文件的头部")


def report_schema(site: Site) -> dict[str, Any]:
    """What `record` gives; `body` only in files of one notice."""
    schema = _explained(
        Report.model_json_schema(mode="serialization"), site, "report.schema.json", "一份通报"
    )
    fields = {name: field for name, field in schema["properties"].items() if name not in PRIVATE}
    schema["properties"] = {"url": _OWN["url"], **fields, "body": _OWN["body"]}
    schema["required"] = ["url", *(name for name in schema["required"] if name not in PRIVATE)]
    del schema["$defs"]["Review"]
    return schema


def _explained(schema: dict[str, Any], site: Site, file: str, title: str) -> dict[str, Any]:
    """A schema of the model with the words of data.yaml in place of those for programmers."""
    words = data_words().models
    for name, part in {"Report": schema, **schema["$defs"]}.items():
        part.pop("description", None)
        part.pop("title", None)
        for key, field in part.get("properties", {}).items():
            field["title"], field["description"] = words[name][key]
    identity = {"$id": site.url(f"data/{file}")} if site.base else {}
    return {"$schema": _DIALECT, **identity, "title": title, **schema}
