"""Report files, each parsed once: what was read is kept as JSON under the digest of its file.

YAML takes eight times as long as JSON, and most of what is asked of every report at every
run (its address, its anchors, its source) is in a few words of it: these come first.
"""

from __future__ import annotations

import errno
import hashlib
import json
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from zhenggai import frontmatter, limits, model, redaction
from zhenggai.frontmatter import FrontMatterError
from zhenggai.kept import Kept, kept_for, made_by
from zhenggai.model import Report


@dataclass(frozen=True, slots=True)
class Brief:
    """What a report is to the rest of its archive."""

    id: str
    year: str
    unit_id: str
    withdrawn: bool
    anchors: tuple[str, ...]
    """As published, see `redaction`."""
    redact: tuple[str, ...]
    """What nobody is to read of it any more, as a person wrote it."""
    source: str
    """Name of the .txt it was made from."""
    sha256: str
    """Of that .txt."""

    @classmethod
    def of(cls, report: Report) -> Brief:
        """The report in brief."""
        return cls(
            report.id, report.year, report.unit_id, bool(report.withdrawn),
            tuple(redaction.redacted(report, "")[0].anchors), tuple(report.redact),
            report.source.file, report.source.sha256,
        )  # fmt: skip

    @classmethod
    def of_plain(cls, data: dict[str, Any]) -> Brief:
        """The same from what `asdict` and JSON made of it."""
        return cls(**data | {name: tuple(data[name]) for name in ("anchors", "redact")})


@dataclass(frozen=True, slots=True)
class Loaded:
    """One report file and what is known of it."""

    digest: bytes
    """SHA-256 of the whole file."""
    text: bytes
    """The whole file."""
    data: bytes
    """Front matter as JSON; empty where it is at fault, `frontmatter.read` says how."""
    head: bytes = b""
    """The `Brief` as JSON; empty with `data`."""

    @property
    def key(self) -> str:
        """Under which it is kept."""
        return _key(self.digest)

    def report(self) -> Report:
        """The front matter. Nothing may be at fault with it."""
        report = Report.model_validate_json(self.data)
        _forget_what_was_given(report)
        return report

    def brief(self) -> Brief:
        """The front matter in brief. Nothing may be at fault with it."""
        return Brief.of_plain(json.loads(self.head))


def load(path: Path, kept: Kept) -> Loaded:
    """A report file, from what is `kept` if it was read before. Raises OSError."""
    before = path.stat()
    if before.st_size > 4 * limits.MAX_FILE:  # no report: not worth its memory
        return Loaded(b"", b"", b"")
    text = path.read_bytes()
    if len(text) != before.st_size or path.stat().st_mtime_ns != before.st_mtime_ns:
        raise OSError(errno.EBUSY, "文件正在变动", str(path))  # half a report must not be published
    digest = hashlib.sha256(text).digest()
    found = kept.load(_key(digest))
    if found is None:
        try:
            report = frontmatter.parse(text.decode("utf-8"))[0]
            brief = json.dumps(asdict(Brief.of(report)), separators=(",", ":"))
            found = b"%s\n%s" % (brief.encode(), report.model_dump_json().encode())
        except (FrontMatterError, ValueError):  # a text that is no UTF-8, or that JSON cannot hold
            return Loaded(digest, text, b"")
        kept.save(_key(digest), found)
    head, _, data = found.partition(b"\n")
    return Loaded(digest, text, data, head)


def read(path: Path, kept: Kept) -> Report:
    """The front matter of a report file. Raises FrontMatterError, OSError."""
    loaded = load(path, kept)
    return loaded.report() if loaded.data else frontmatter.read(path)[0]


def brief(path: Path, kept: Kept) -> Brief:
    """The front matter of a report file in brief. Raises FrontMatterError, OSError."""
    loaded = load(path, kept)
    return loaded.brief() if loaded.data else Brief.of(frontmatter.read(path)[0])


def kept_reports(reports: Path, cache: Path) -> Kept:
    """Where the reports of an archive are found again, for whoever reads them."""
    return kept_for(reports, cache, "reports")


def _key(digest: bytes) -> str:
    return hashlib.sha256(_form() + digest).hexdigest()[:40]


@cache
def _form() -> bytes:
    """What the reading of front matter depends on beside its text."""
    own = (frontmatter, limits, model, redaction)
    return made_by([Path(__file__), *(Path(str(module.__file__)) for module in own)], {})


_GIVEN: set[str] = set()


def _forget_what_was_given(model: BaseModel) -> None:
    """Let all models share one set of the fields that were given.

    pydantic keeps one for each, which is most of what a report takes in memory (22 of 57 KB), and
    nobody here asks which fields a file left out.
    """
    object.__setattr__(model, "__pydantic_fields_set__", _GIVEN)
    for value in model.__dict__.values():
        if type(value) is tuple:
            for part in value:
                if isinstance(part, BaseModel):
                    _forget_what_was_given(part)
        elif isinstance(value, BaseModel):
            _forget_what_was_given(value)
