"""Where the site stands: its name and the addresses that other tools are given."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from zhenggai.model import ZhenggaiError
from zhenggai.site.filters import fragment


@dataclass(frozen=True)
class Site:
    """What `mkdocs.yml` says of the site as a whole."""

    name: str
    description: str = ""
    base: str = ""
    """Its full address, ending in a slash; "" where it is not settled."""

    def url(self, path: str, anchor: str = "") -> str:
        """Full address of `path` (from the root, no leading slash); without a base, `path` itself."""
        return f"{self.base}{path}" + (f"#{fragment(anchor)}" if anchor else "")


def check_base(base: str) -> None:
    """Refuse what is no full address of a site; "" stands for none. Raises ZhenggaiError."""
    try:
        parts = urlsplit(base)
        whole = parts.scheme in ("http", "https") and parts.hostname and (parts.port or True)
    except ValueError:  # a port or an IPv6 address that is none
        whole = False
    if base and (not whole or parts.query or parts.fragment or "@" in parts.netloc or re.search(r"\s", base)):
        raise ZhenggaiError(
            f"SITE_URL 不是完整的网址：{base}",
            remedy="写明 http:// 或 https:// 和域名，如 https://zhenggai.example.cn/；还没有网址就不写",
        )
