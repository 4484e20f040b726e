"""The folder of audit pages: where it may lie, what its files are called, what of an earlier run goes.

Private, so never inside what is published. Only files that begin as ours do are
replaced or removed; whatever else lies there is left alone.
"""

from __future__ import annotations

import re
import traceback
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

from zhenggai.audit.marks import plain
from zhenggai.audit.page import Entry, index_page, notice_page
from zhenggai.ingest.outcome import Outcome
from zhenggai.ingest.store import write_atomically
from zhenggai.model import ZhenggaiError

OURS = "<!doctype html>\n<!-- zhenggai audit: 内部审核页，不得公开 -->\n"
"""How every page begins."""
PAGES = "pages"
SITE_MARK = ".zhenggai-site"
"""The file by which a folder that holds a built site is known."""

_UNSAFE = re.compile(r"[^\w一-鿿·（）()-]+")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)", re.I)
_LONGEST = 60


class AuditError(ZhenggaiError):
    """A folder that audit pages must not be written to."""


def check_folder(folder: Path, published: Mapping[str, Path]) -> None:
    """Refuse a `folder` for audit pages inside one of `published` (what it is → where) or inside a built site.

    Raises AuditError.
    """
    real = folder.resolve()
    for what, place in published.items():
        if real.is_relative_to(place.resolve()):
            raise AuditError(
                f"审核页不能放在 {folder}：它在{what} {place} 里面，会随网站公开",
                remedy="审核页只供内部查看，请用 --audit 另指一个不公开的文件夹",
            )
    for place in (real, *real.parents):
        if (place / SITE_MARK).exists():
            raise AuditError(
                f"审核页不能放在 {folder}：{place} 是建好的网站，会被公开",
                remedy="审核页只供内部查看，请用 --audit 另指一个不公开的文件夹",
            )
    for place in (folder, folder / PAGES):
        if place.exists() and not place.is_dir():
            raise AuditError(f"{place} 是一个文件，不是文件夹", remedy="用 --audit 另指一个文件夹")
    index = folder / "index.html"
    if index.exists() and not _is_ours(index):
        raise AuditError(f"{index} 不是审核页，没有动它", remedy="用 --audit 另指一个文件夹，或先把它移走")


def _is_ours(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(len(OURS.encode())) == OURS.encode()
    except OSError:
        return False


def _unwritable(folder: Path, error: OSError) -> AuditError:
    return AuditError(
        f"审核页写不进 {folder}：{error.strerror or error}", remedy="检查磁盘空间和文件夹权限，再运行一次"
    )


class AuditFolder:
    """Pages of one batch, each written as its outcome comes; only the index rows are kept."""

    def __init__(self, folder: Path) -> None:
        """Make the folder and remove the pages of an earlier run. Check it first (`check_folder`).

        Raises AuditError when the folder cannot be made.
        """
        self.folder = folder
        self._entries: list[Entry] = []
        self._names: set[str] = set()
        self._fault: AuditError | None = None
        try:
            new = not folder.exists() or not any(folder.iterdir())
            (folder / PAGES).mkdir(parents=True, exist_ok=True)
            if new:  # lest it be committed with what lies around it
                write_atomically(folder / ".gitignore", "*\n")
            for old in (folder / "index.html", *sorted((folder / PAGES).glob("*.html"))):
                if _is_ours(old):
                    old.unlink()
                elif old.exists():
                    self._names.add(old.stem.casefold())
        except OSError as error:
            raise _unwritable(folder, error) from error

    def add(self, outcome: Outcome) -> None:
        """Write the page of one input and note it for the index. A page that cannot be written stops no conversion."""
        if outcome.conversion is None:
            self._entries.append(Entry(outcome.path, outcome.state, outcome.message, None))
            return
        name = self._name(outcome.path.stem)
        try:
            html, entry = notice_page(outcome, outcome.conversion, quote(f"{PAGES}/{name}.html"))
            write_atomically(self.folder / PAGES / f"{name}.html", OURS + html)
        except OSError as error:
            entry = self._without_page(outcome, _unwritable(self.folder, error))
        except Exception as error:  # a defect of ours costs this page, not the conversion of the others
            frame = traceback.extract_tb(error.__traceback__)[-1]
            where = f"{Path(frame.filename).name}:{frame.lineno}"
            said = f"审核页没有做成，程序出错：{type(error).__name__}: {error}（{where}）"
            fault = AuditError(
                said, path=outcome.path.name, remedy="这是程序的缺陷，请把该文件和这一行发给维护者"
            )
            entry = self._without_page(outcome, fault)
        self._entries.append(entry)

    def _without_page(self, outcome: Outcome, fault: AuditError) -> Entry:
        self._fault = self._fault or fault
        return Entry(outcome.path, outcome.state, str(fault), None)

    def finish(self) -> Path:
        """Write the index; its path. Raises AuditError when it or a page before it could not be written."""
        index = self.folder / "index.html"
        try:
            write_atomically(index, OURS + index_page(self._entries))
        except OSError as error:
            raise _unwritable(self.folder, error) from error
        if self._fault:
            raise self._fault
        return index

    def _name(self, stem: str) -> str:
        """A file name from an input's: safe everywhere, unlike all others of this batch."""
        safe = _UNSAFE.sub("_", plain(stem)).strip("_")[:_LONGEST] or "通报"
        if _RESERVED.fullmatch(safe):
            safe += "_"
        name, count = safe, 1
        while name.casefold() in self._names:
            count += 1
            name = f"{safe}-{count}"
        self._names.add(name.casefold())
        return name
