"""published.txt: every address of a report, a problem or a unit that readers were ever given.

It lies beside the reports and is committed with them. Programs only add to it; a person
says behind an address where its thing has gone:

    reports/2024/2024-old-name/ -> reports/2024/2024-new-name/
    reports/2024/2024-some-report/
      #巡山记录补写
      #采购未比价 -> #采购不规范
    units/some-unit/

An anchor stands indented under the address of its report. It may go to an anchor of the
same report (`#…`), of another (`reports/…/#…`), or to a whole report. A line that
begins with `;` is a remark.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from zhenggai.model import ZhenggaiError

FILE = "published.txt"
_PAGE = r"(?:reports/(?:\d{4}|undated)/[a-z0-9][a-z0-9-]{2,79}|units/[a-z0-9][a-z0-9-]{0,119})/"
_ANCHOR = r"#[^\s=\"'<>{}&#]+"
_LINE = re.compile(rf"(?P<of>{_PAGE}|{_ANCHOR})(?:\s*(?:->|→)\s*(?P<to>{_PAGE}(?:{_ANCHOR})?|{_ANCHOR}))?")
_HEAD = """\
; 已经公开的地址：通报、问题的锚点、单位。由程序添加，请随报告一起备份、提交。
; 地址一经公开就不能失效，所以不要删行。改了名的，在那一行后面写“ -> 新地址”，旧地址会转过去。
"""


@dataclass(frozen=True, slots=True)
class Known:
    """One published address."""

    to: str = ""
    """Where a person says it has gone; "" where nothing is said."""
    line: int = 0
    """1-based, in the file; 0 for one that is not in it yet."""


@dataclass(frozen=True)
class Published:
    """Every published address: `reports/<year>/<id>/`, the same with `#<anchor>`, `units/<slug>/`."""

    known: dict[str, Known] = field(default_factory=dict)

    def now(self, address: str) -> str:
        """Where a published address leads now, as far as is said; itself if it has not gone anywhere.

        An anchor follows its report where nothing is said of itself. Raises ZhenggaiError for a circle.
        """
        seen = [address]
        while (to := self._next(seen[-1])) and to != seen[-1]:
            if to in seen:
                raise ZhenggaiError(f"{address} 转来转去又回到 {to}")
            seen.append(to)
        return seen[-1]

    def _next(self, address: str) -> str:
        if (own := self.known.get(address)) and own.to:
            return own.to
        page, sign, anchor = address.partition("#")
        above = self.known.get(page) if sign else None
        return f"{above.to}#{anchor}" if above and above.to and "#" not in above.to else ""

    def moved(self) -> Iterator[tuple[str, str]]:
        """Every published address that has gone elsewhere, and where to. Raises ZhenggaiError for a circle."""
        for address in self.known:
            if (to := self.now(address)) != address:
                yield address, to

    def with_all(self, addresses: Iterable[str]) -> Published:
        """The same with more addresses; those it has keep what is said of them."""
        return Published({address: Known() for address in addresses} | self.known)

    def text(self) -> str:
        """The file, sorted, so that two histories of one archive join without a conflict of order."""
        lines = []
        for address in sorted(self.known):
            page, sign, anchor = address.partition("#")
            to = self.known[address].to
            to = to.removeprefix(page) if sign and to.startswith(f"{page}#") else to
            lines.append((f"  #{anchor}" if sign else page) + (f" -> {to}" if to else ""))
        return _HEAD + "".join(f"{line}\n" for line in lines)


class Shown(Protocol):
    """What is published of a report, of which its addresses are made; see `redaction.redacted` first."""

    @property
    def id(self) -> str: ...
    @property
    def year(self) -> str: ...
    @property
    def unit_id(self) -> str: ...
    @property
    def anchors(self) -> Sequence[str]: ...
    @property
    def withdrawn(self) -> object: ...


def addresses_of(report: Shown) -> Iterator[str]:
    """What a published report answers to: its page, its problems, its unit."""
    page = f"reports/{report.year}/{report.id}/"
    yield page
    if not report.withdrawn:
        yield from (f"{page}#{anchor}" for anchor in report.anchors)
    yield f"units/{report.unit_id}/"


def read(folder: Path) -> Published:
    """What the archive in `folder` has published; nothing where there is no list yet.

    Raises ZhenggaiError with file and line for a list that cannot be understood.
    """
    path = folder / FILE
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return Published()
    except (OSError, UnicodeDecodeError) as error:
        raise ZhenggaiError("读不了这份清单", path=path, remedy="用 UTF-8 编码保存，或从备份恢复") from error
    known: dict[str, Known] = {}
    page = ""
    for number, line in enumerate(text.splitlines(), 1):
        if not (said := line.strip()) or said.startswith(";"):
            continue
        match = _LINE.fullmatch(said)
        of = match["of"] if match else ""
        if match is None or (of.startswith("#") and not page.startswith("reports/")):
            raise ZhenggaiError(
                f"这一行读不懂：{said[:60]}", path=path, line=number,
                remedy="照上下各行的样子写：地址，或“地址 -> 新地址”；锚点以 # 开头，写在它的通报下面",
            )  # fmt: skip
        page = page if of.startswith("#") else of
        address = page + of if of.startswith("#") else of
        to = match["to"] or ""
        if address not in known or to:  # joined by hand from two copies, it may stand there twice
            known[address] = Known(page + to if to.startswith("#") else to, number)
    return Published(known)
