"""What the templates need besides Jinja's own filters: Chinese dates and links that can do no harm."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Any

from zhenggai.rulebook import category_by_slug
from zhenggai.site import charts, dates, groups, inert, phrases, policy
from zhenggai.site.inert import fragment as fragment

_TEL = re.compile(r"\+?\d[\d-]{2,30}(?:;ext=\d{1,8})?")
_MAIL = re.compile(r"[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,24}")


def tel_href(tel: str | None) -> str | None:
    """`tel:+86…` for a number that can be dialled from anywhere, else None."""
    return f"tel:{tel}" if tel and _TEL.fullmatch(tel) else None


def mail_href(address: str) -> str | None:
    """`mailto:…` for a whole e-mail address, None for a masked or damaged one; ＠ and other full-width
    characters become those that mail programs know."""
    address = unicodedata.normalize("NFKC", address)
    masked = re.search(r"[Xx]{2}|^[Xx]@|@[Xx]\.", address)
    return None if masked or not _MAIL.fullmatch(address) else f"mailto:{address}"


def dialled_locally(number: str) -> bool:
    """Whether a printed number is whole but lacks its area code: 7 or 8 digits, nothing masked."""
    return re.fullmatch(r"\d{7,8}", re.sub(r"[\s\-—－]", "", number)) is not None


def year_name(year: str) -> str:
    """2024 → 2024年, `undated` → 年份未载明."""
    return f"{year}年" if year.isdigit() else "年份未载明"


def group(figure: int) -> str:
    """A count with its thousands told apart by a narrow space: 12 480."""
    return f"{figure:,}".replace(",", "\u202f")


def size(count: int) -> str:
    """Bytes as readers know them: 812 B is 1 KB, 12 480 is 12 KB, then MB with one decimal."""
    return f"{max(1, round(count / 1024))} KB" if count < 2**20 else f"{count / 2**20:.1f} MB"


FILTERS: dict[str, Callable[..., Any]] = {
    "edtf": dates.chinese,
    "span": dates.chinese_span,
    "tel_href": tel_href,
    "mail_href": mail_href,
    "dialled_locally": dialled_locally,
    "web_href": inert.safe_url,
    "fragment": fragment,
    "year_name": year_name,
    "figure": group,
    "size": size,
    "status_counts": groups.status_counts,
    "by_parent": groups.by_parent,
    "strip": charts.strip,
    "by_action": groups.by_action,
    "phrases": phrases.phrases,
}
"""Jinja filters by name."""

GLOBALS: dict[str, Any] = {
    "POLICY": policy.PAGE,
    "has_contacts": groups.has_contacts,
    "prints_contacts": groups.prints_contacts,
    "category": lambda slug: category_by_slug().get(slug),
}
"""Names every template knows."""
