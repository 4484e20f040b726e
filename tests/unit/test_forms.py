"""Contact paragraphs, leads and signatures in many forms, read by the whole converter (data/*.yaml)."""

from __future__ import annotations

from typing import Any

import pytest
from tests.unit.forms import cases, read

CONTACT_KEYS = ("phones", "emails", "address", "po_box", "postcode", "fax")
STRICT = (
    "inspecting_body", "inspection_round", "inspection_type", "inspection_start", "inspection_end",
    "feedback_date", "problem_count", "completed_count", "completion_rate",
)  # fmt: skip
"""What a case does not name must not be found."""
ASKED = ("unit", "unit_kind", "level", "province", "city", "county", "signed_by", "signed_date", "published")
"""Asked for only where a case names it."""


def _id(case: dict[str, Any]) -> str:
    shown = next(case[key] for key in ("tail", "after", "in_lead", "lead", "sign", "foot") if key in case)
    return str(shown).strip()[:24]


@pytest.mark.parametrize("case", cases("contacts"), ids=_id)
def test_contacts(case: dict[str, Any]) -> None:
    contacts = read(case).contacts
    found: dict[str, Any] = {}
    if contacts is not None:
        found = {k: v for k, v in contacts.model_dump().items() if v}
        found["phones"] = [phone.value for phone in contacts.phones]
        found["emails"] = list(contacts.emails)
    keys = [*CONTACT_KEYS, *(["hours"] if "hours" in case else [])]
    assert {k: found[k] for k in keys if found.get(k)} == {k: case[k] for k in keys if k in case}


@pytest.mark.parametrize("case", cases("leads"), ids=_id)
def test_leads(case: dict[str, Any]) -> None:
    report = read(case)
    keys = [*STRICT, *(key for key in ASKED if key in case)]
    assert {key: getattr(report, key) for key in keys} == {key: case.get(key) for key in keys}
    if "title_is" in case:
        assert report.title == case["title_is"]
