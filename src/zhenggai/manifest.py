"""MANIFEST.sha256: what a folder held when it was released, in the form that `sha256sum -c` reads.

One line per file, sorted by name: the digest, two spaces, the path with slashes. The manifest
does not list itself.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from zhenggai.model import ZhenggaiError

FILE = "MANIFEST.sha256"
_LINE = re.compile(r"([0-9a-f]{64}) [ *](.+)")


@dataclass(frozen=True, slots=True)
class Difference:
    """How a folder differs from its manifest: paths, sorted."""

    changed: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    added: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.changed or self.missing or self.added)


def digest(path: Path) -> str:
    """SHA-256 of a file's bytes, as 64 hexadecimal digits. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def files_of(folder: Path) -> list[Path]:
    """Every file below `folder` but its manifest and hidden ones, which servers do not hand out."""
    found = (path for path in folder.rglob("*") if path.is_file() and path != folder / FILE)
    return [p for p in found if not any(part.startswith(".") for part in p.relative_to(folder).parts)]


def text(folder: Path, files: Iterable[Path]) -> str:
    """The manifest of `files`, all below `folder`."""
    named = sorted((path.relative_to(folder).as_posix(), path) for path in files)
    return "".join(f"{digest(path)}  {name}\n" for name, path in named)


def read(folder: Path) -> dict[str, str] | None:
    """Path → digest as `folder` was released; None where it has no manifest. Raises ZhenggaiError."""
    path = folder / FILE
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise ZhenggaiError(
            "读不了这份校验清单", path=path, remedy="从备份恢复，或重新 make release"
        ) from error
    found: dict[str, str] = {}
    for number, line in enumerate(lines, 1):
        match = _LINE.fullmatch(line)
        if not match:
            raise ZhenggaiError(
                "这一行不是校验值", path=path, line=number, remedy="从备份恢复，或重新 make release"
            )
        found[match[2]] = match[1]
    return found


def compare(released: dict[str, str], folder: Path, files: Iterable[Path]) -> Difference:
    """How `files` of `folder`, all that there are now, differ from what was `released`."""
    now = {path.relative_to(folder).as_posix(): path for path in files}
    return Difference(
        tuple(sorted(name for name in released.keys() & now.keys() if digest(now[name]) != released[name])),
        tuple(sorted(released.keys() - now.keys())),
        tuple(sorted(now.keys() - released.keys())),
    )
