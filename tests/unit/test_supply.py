"""What the project is made of: pinned below what would break it, free to use, with a way out."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

import make_licences

ROOT = Path(__file__).resolve().parents[2]
TAKEN = {
    "0BSD", "Apache-2.0", "BSD", "BSD-2-Clause", "BSD-3-Clause", "ISC", "MIT", "MPL-2.0", "PSF-2.0",
    "Artistic License", "CC0-1.0", "Unlicense", "Zlib",
}  # fmt: skip
"""Terms that let anybody use, change and pass on."""


def requirements() -> dict[str, Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    every = [*project["dependencies"], *project["optional-dependencies"]["test"]]
    return {one.name.lower(): one for one in map(Requirement, every)}


@pytest.mark.parametrize(("package", "first_refused"), [("mkdocs", "2.0"), ("mkdocs-material", "10.0")])
def test_what_would_end_the_site_is_kept_out(package: str, first_refused: str) -> None:
    """MkDocs 2 has neither hooks nor plugins; what Material 10 will be nobody knows."""
    own = requirements()[package].specifier
    for version in (first_refused, f"{first_refused}.1", f"{int(first_refused.split('.')[0]) + 1}.0"):
        assert not own.contains(version, prereleases=True), version
    assert not own.contains(f"{first_refused}rc1", prereleases=False)
    for lock in make_licences.LOCKS:
        for version in make_licences.locked(lock)[package]:
            assert Version(version) < Version(first_refused)


@pytest.mark.parametrize("lock", make_licences.LOCKS)
def test_the_locks_keep_the_ranges(lock: str) -> None:
    held = make_licences.locked(lock)
    wrong = [
        f"{name} {version}"
        for name, own in requirements().items()
        for version in held.get(name, ())
        if not own.specifier.contains(version, prereleases=True)
    ]
    assert wrong == []


def test_every_licence_is_listed_and_free() -> None:
    text = (ROOT / "LICENCES.md").read_text(encoding="utf-8")
    rows = [
        [cell.strip() for cell in line.split("|")[1:-1]]
        for line in text.splitlines()
        if line.startswith("| ")
    ]
    listed = {name: (versions.split("、"), terms) for name, versions, terms, _ in rows[2:]}
    held = make_licences.locked("requirements.lock") | make_licences.locked("requirements-test.lock")
    assert {name: versions for name, (versions, _) in listed.items()} == held, "run: make licences"
    foreign = {
        name: terms
        for name, (_, terms) in listed.items()
        if not set(re.split(r" AND | OR |[()]", terms)) - {""} <= TAKEN
    }
    assert foreign == {}


def test_the_list_is_what_the_packages_say() -> None:
    """Where they are installed; elsewhere what was read before stands."""
    assert (ROOT / "LICENCES.md").read_text(encoding="utf-8") == make_licences.table(), "run: make licences"


def test_ci_looks_for_known_holes_and_tries_the_way_out() -> None:
    flow = (ROOT / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8")
    assert "make audit" in flow
    assert "tests/exitpath.py" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert re.search(
        r"^properdocs==\S+ \\\n +--hash=sha256:[0-9a-f]{64}$",
        (ROOT / "tests" / "properdocs.txt").read_text(),
        re.M,
    )
