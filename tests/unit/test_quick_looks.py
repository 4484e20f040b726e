"""A quick look that spares a pattern its search must see whatever the pattern would find."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhenggai.ingest import (
    adverts,
    clean_glued,
    clean_work,
    contact_lines,
    contact_values,
    counts,
    notice_period,
    pieces,
    statuswords,
)

LOOKS = {
    "dates": (adverts._MAY_BE_FACT, adverts._DATE),
    "amounts": (adverts._MAY_BE_FACT, adverts._MONEY),
    "numbers of offices": (adverts._MAY_BE_FACT, adverts._PHONE),
    "glued headings": (clean_glued._MAY_HEAD, clean_glued._HEADING),
    "ways to reach": (clean_work._FIGURES, clean_work._REACHED),
    "telephones": (contact_values._FIGURES, contact_values._PHONE),
    "rates": (counts._MAY_RATE, counts._RATE),
    "rates in sentences": (counts._MAY_TELL, counts._RATE),
    "periods": (notice_period._ANNOUNCED, notice_period._LABEL),
    **{
        f"parts that are {wordings.status.label}": (statuswords.MAY_TELL_OF_A_PART, pattern)
        for wordings in statuswords._compiled().parts
        for pattern in (wordings.anywhere, wordings.at_head)
        if pattern
    },
}


@pytest.mark.parametrize("name", LOOKS)
@given(data=st.data())
def test_nothing_is_found_that_the_quick_look_does_not_see(name: str, data: st.DataObject) -> None:
    look, pattern = LOOKS[name]
    text = data.draw(st.from_regex(pattern))
    assert look.search(text), text


@given(st.from_regex(pieces._SIGNED))
def test_the_year_of_a_signature_stands_near_the_end(text: str) -> None:
    text = text.rstrip("\n")
    assert not pieces._SIGNED.search(text) or "年" in text[-pieces._DAY :]


def test_pictures_are_looked_for_apart() -> None:
    assert not any(contact_lines._QUICK.search(sign) for sign in contact_lines._PICTURES)
    assert all(ord(sign) > 0xFFFF for sign in contact_lines._PICTURES)
