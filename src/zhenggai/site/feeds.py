"""Feeds: Atom for all notices, for each unit, each category and /changes/; JSON Feed for all.

A feed names full addresses, so there is none where the site's own is not settled.
Notices come as entries, in a category's feed its problems; the newest `ENTRIES`.
A correction or withdrawal is an entry of its own beside them, and that of the notice is renewed.
An entry's id is its permanent address. Atom asks for an instant where notices print
days: midnight in China, and the first day of a month or year whose day is masked or
missing; `published` is given for whole days alone. A notice without any year has no
place in time and stands in no feed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, TypeVar
from xml.etree import ElementTree as ET

from zhenggai.site import changes, dates
from zhenggai.site.address import Site
from zhenggai.site.catalog import Catalog, Notice, Problem
from zhenggai.site.changes import Change
from zhenggai.site.groups import by_key, status_counts
from zhenggai.site.making import Making
from zhenggai.site.records import json_text
from zhenggai.site.visible import visible

ENTRIES = 50
ATOM, JSON = "feed.xml", "feed.json"
"""Names of the files: at the root, and of `ATOM` in the folder of each unit and category."""

T = TypeVar("T")

_NAMESPACE = "http://www.w3.org/2005/Atom"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_MIDNIGHT = "T00:00:00+08:00"


@dataclass(frozen=True)
class Entry:
    """One notice or one problem."""

    url: str
    title: str
    unit: str
    updated: str
    """The day it orders by: that of the notice, or of its last correction; see `dates.first_day`."""
    published: str | None
    """The notice's own day, if it prints a whole one."""
    summary: str
    categories: tuple[tuple[str, str], ...]
    """(slug, name)."""


@dataclass(frozen=True)
class Feed:
    """One feed, its entries newest first."""

    folder: str
    """Where it lies and what page it belongs to: "" or an address that ends in a slash."""
    title: str
    entries: tuple[Entry, ...]


def write(catalog: Catalog, site: Site, making: Making) -> None:
    """Have every feed in the site. Needs `site.base`."""
    notices = {n: entry for n in catalog.notices if (entry := _notice(n, site))}
    changed = [(c, entry) for c in changes.log(catalog) if (entry := _change(c, site))]
    told = [entry for _, entry in changed]
    everything = Feed("", site.name, _newest([*notices.values(), *told]))
    _write(everything, site, making)
    making.file(JSON, everything, lambda: json_text(json_feed(everything, site)))
    _write(Feed(changes.URL, f"{changes.TITLE} - {site.name}", _newest(told)), site, making)
    whose = by_key((change.notice.report.unit_id, entry) for change, entry in changed)
    for unit in catalog.units.values():
        found = [notices[n] for n in unit.notices if n in notices]
        title = f"{unit.name} - {site.name}"
        _write(Feed(unit.url, title, _newest([*found, *whose.get(unit.slug, ())])), site, making)
    for slug in whose.keys() - catalog.units.keys():  # all its notices were withdrawn
        told = whose[slug]
        _write(Feed(f"units/{slug}/", f"{told[0].unit} - {site.name}", _newest(told)), site, making)
    for tag in catalog.tags.values():
        placed = (p for p in tag.problems if p.notice in notices)
        newest = _newest(placed, lambda p: notices[p.notice].updated)
        entries = tuple(_problem(p, notices[p.notice], site) for p in newest)
        _write(Feed(tag.url, f"{tag.category.name} - {site.name}", entries), site, making)


def _write(feed: Feed, site: Site, making: Making) -> None:
    making.file(feed.folder + ATOM, feed, lambda: atom(feed, site))


def _newest(rows: Iterable[T], day: Callable[[T], str] = attrgetter("updated")) -> tuple[T, ...]:
    # Sorting keeps the catalog's order among those of one day.
    return tuple(sorted(rows, key=day, reverse=True)[:ENTRIES])


def _notice(notice: Notice, site: Site) -> Entry | None:
    """None for a notice without a year."""
    report = notice.report
    day = dates.first_day(notice.date)
    if day is None:
        return None
    corrected = [first for c in report.corrections if (first := dates.first_day(c.date))]
    counts = "、".join(f"{status.label} {count}" for status, count in status_counts(notice.problems))
    said = f"列出问题 {len(notice.problems)} 个（{counts}）" if counts else "原文没有逐条列出问题"
    return Entry(
        site.url(notice.url), report.title, report.unit, max([day, *corrected]),
        day if day == notice.date else None,
        f"{report.unit}，{dates.chinese(notice.date)}{notice.date_kind}。{said}。",
        tuple(dict.fromkeys((p.category.slug, p.category.name) for p in notice.problems)),
    )  # fmt: skip


def _problem(problem: Problem, entry: Entry, site: Site) -> Entry:
    issue, category = problem.issue, problem.category
    return Entry(
        site.url(problem.notice.url, issue.anchor), issue.heading, entry.unit, entry.updated, entry.published,
        f"{entry.unit}：{issue.heading}（{issue.status.label}）。出自《{entry.title}》。",
        ((category.slug, category.name),),
    )  # fmt: skip


def _change(change: Change, site: Site) -> Entry | None:
    """None where the day is not known so far that the entry could stand in time."""
    day, report = dates.first_day(change.date), change.notice.report
    if day is None:
        return None
    return Entry(
        site.url(change.notice.url, change.anchor), f"{change.word}：{report.title}", report.unit, day,
        day if day == change.date else None,
        f"{report.unit}，{dates.chinese(change.date)}{change.word}：{change.said}", (),
    )  # fmt: skip


def atom(feed: Feed, site: Site) -> bytes:
    """The feed as Atom (RFC 4287).

    XML has no way to write most control characters. Notices come without them; names of
    categories and of the site may hold any.
    """
    root = ET.Element("feed", {"xmlns": _NAMESPACE, _LANGUAGE: "zh-CN"})
    home = site.url(feed.folder)
    _text(root, "id", home)
    _text(root, "title", feed.title)
    _text(root, "updated", (feed.entries[0].updated if feed.entries else "1970-01-01") + _MIDNIGHT)
    ET.SubElement(root, "link", {"rel": "self", "type": "application/atom+xml", "href": home + ATOM})
    ET.SubElement(root, "link", {"rel": "alternate", "type": "text/html", "href": home})
    _text(ET.SubElement(root, "author"), "name", site.name)
    for entry in feed.entries:
        item = ET.SubElement(root, "entry")
        _text(item, "id", entry.url)
        _text(item, "title", entry.title)
        _text(item, "updated", entry.updated + _MIDNIGHT)
        if entry.published:
            _text(item, "published", entry.published + _MIDNIGHT)
        ET.SubElement(item, "link", {"rel": "alternate", "type": "text/html", "href": visible(entry.url)})
        _text(ET.SubElement(item, "author"), "name", entry.unit)
        for slug, name in entry.categories:
            ET.SubElement(item, "category", {"term": slug, "label": visible(name)})
        _text(item, "summary", entry.summary)
    ET.indent(root)
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"


def json_feed(feed: Feed, site: Site) -> dict[str, Any]:
    """The feed as JSON Feed 1.1."""
    return {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "description": site.description,
        "home_page_url": site.url(feed.folder),
        "feed_url": site.url(feed.folder + JSON),
        "language": "zh-CN",
        "items": list(_items(feed.entries)),
    }


def _items(entries: Iterable[Entry]) -> Iterator[dict[str, Any]]:
    for entry in entries:
        item: dict[str, Any] = {"id": entry.url, "url": entry.url, "title": entry.title}
        if entry.published:
            item["date_published"] = entry.published + _MIDNIGHT
            if entry.updated != entry.published:
                item["date_modified"] = entry.updated + _MIDNIGHT
        yield item | {
            "content_text": entry.summary,
            "authors": [{"name": entry.unit}],
            "tags": [name for _, name in entry.categories],
        }


def _text(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = visible(text)
