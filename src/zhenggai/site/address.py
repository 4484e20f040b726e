"""Where the site stands: its name and the addresses that other tools are given."""

from __future__ import annotations

from dataclasses import dataclass

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
