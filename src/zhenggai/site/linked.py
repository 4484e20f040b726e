"""What a page says of itself to search engines: schema.org as JSON-LD.

Only what the notice prints: no masked date, no number that cannot be dialled.
Addresses are full ones, so whatever needs one (breadcrumbs, the search of the home
page) is left out where the site's own address is not settled.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from zhenggai.model import Contacts, Report, UnitKind
from zhenggai.site import dates, exports, filters, inert
from zhenggai.site.address import Site
from zhenggai.site.catalog import Notice, Unit
from zhenggai.site.pages import GeneratedPage

Thing = dict[str, Any]

_KINDS = {
    UnitKind.SCHOOL: "EducationalOrganization",
    UnitKind.HOSPITAL: "Hospital",
    UnitKind.STATE_FIRM: "Corporation",
}
"""Units that are no GovernmentOrganization."""
_ESCAPES = {ord(c): f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"}


def json_ld(page: GeneratedPage, site: Site) -> str:
    """What stands in the page's `<script type="application/ld+json">`, or "" for nothing to say.

    Nothing in it can end the script: every < is written \\u003c, which JSON reads as the same character.
    """
    things = list(_things(page, site))
    data = json.dumps({"@context": "https://schema.org", "@graph": things}, ensure_ascii=False)
    return data.translate(_ESCAPES) if things else ""


def _things(page: GeneratedPage, site: Site) -> Iterator[Thing]:
    if not page.url and site.base:
        yield _website(site)
    notice, unit = page.view.get("notice"), page.view.get("unit")
    if notice is not None and notice.report.withdrawn:
        pass  # its page says that it is gone, and no more
    elif notice is not None and unit is not None:
        yield report(notice, unit, site)
        yield organisation(unit, notice.report.unit, notice.report, site)
    elif unit is not None:
        source = unit.reachable or unit.latest
        yield organisation(unit, unit.name, source.report, site)
    if page.url and site.base:
        yield _breadcrumbs(page, site)


def report(notice: Notice, unit: Unit, site: Site) -> Thing:
    """One notice as a Report, by and about its unit."""
    r = notice.report
    whose = _reference(unit, r.unit, site)
    thing = {
        "@type": "Report", **_at(site, notice.url), "identifier": r.id, "headline": r.title,
        "inLanguage": "zh-CN", "author": whose, "about": whose,
        "datePublished": dates.iso(r.published), "dateCreated": dates.iso(r.signed_date),
        "temporalCoverage": _span(r), "isBasedOn": inert.safe_url(r.source.url),
        "keywords": list(dict.fromkeys(p.category.name for p in notice.problems)),
    }  # fmt: skip
    if site.base:
        data = site.url(f"{exports.FOLDER}reports/{r.id}.json")
        thing["encoding"] = {"@type": "MediaObject", "encodingFormat": "application/json", "contentUrl": data}
    return _stated(thing)


def organisation(unit: Unit, name: str, source: Report, site: Site) -> Thing:
    """The unit under `name`, with the contacts that `source` prints."""
    contacts = source.contacts or Contacts()
    return _stated({
        **_reference(unit, name, site), **({"url": site.url(unit.url)} if site.base else {}),
        "alternateName": [n for n in (unit.name, *unit.other_names) if n != name],
        "address": _place(contacts), "contactPoint": list(_points(contacts)),
    })  # fmt: skip


def _reference(unit: Unit, name: str, site: Site) -> Thing:
    kind = _KINDS.get(unit.latest.report.unit_kind, "GovernmentOrganization")
    identity = {"@id": site.url(unit.url, "unit")} if site.base else {}
    return {"@type": kind, **identity, "name": name}


def _points(contacts: Contacts) -> Iterator[Thing]:
    for phone in contacts.phones:
        if href := filters.tel_href(phone.tel):
            yield _stated({
                "@type": "ContactPoint", "contactType": phone.label, "telephone": href.removeprefix("tel:"),
            })  # fmt: skip
    for email in contacts.emails:
        if href := filters.mail_href(email):
            yield {"@type": "ContactPoint", "email": href.removeprefix("mailto:")}


def _place(contacts: Contacts) -> Thing | None:
    place = _stated({
        "streetAddress": contacts.address, "postOfficeBoxNumber": contacts.po_box, "postalCode": contacts.postcode,
    })  # fmt: skip
    return {"@type": "PostalAddress", **place} if place else None


def _span(r: Report) -> str | None:
    start, end = dates.iso(r.inspection_start), dates.iso(r.inspection_end)
    return f"{start}/{end}" if start and end else None


def _website(site: Site) -> Thing:
    target = {"@type": "EntryPoint", "urlTemplate": site.url("search/?q={search_term_string}")}
    return {
        "@type": "WebSite", **_at(site, ""), "name": site.name, "description": site.description,
        "inLanguage": "zh-CN", "potentialAction": {
            "@type": "SearchAction", "target": target, "query-input": "required name=search_term_string",
        },
    }  # fmt: skip


def _breadcrumbs(page: GeneratedPage, site: Site) -> Thing:
    steps = (("首页", ""), *page.crumbs, (page.title, page.url))
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": at, "name": name, "item": site.url(address)}
            for at, (name, address) in enumerate(steps, 1)
        ],
    }


def _at(site: Site, path: str) -> Thing:
    return {"@id": site.url(path), "url": site.url(path)} if site.base else {}


def _stated(thing: Thing) -> Thing:
    """Without what the notice does not state."""
    return {key: value for key, value in thing.items() if value not in (None, [], "")}
