"""Imports run one way.

model ← rulebook, frontmatter ← ingest | site | checks ← scripts; ingest ← audit ← scripts; site ← hooks.
"""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

import bootstrap

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "zhenggai"
PARTS = ("ingest", "site", "checks", "audit")
MODULES = sorted(PACKAGE.rglob("*.py"))
SCRIPTS = sorted((ROOT / "scripts").rglob("*.py"))
HOOKS = sorted((ROOT / "hooks").glob("*.py"))


def imported(source: str) -> set[str]:
    """Full names that `source` imports anywhere, even for types only."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"line {node.lineno}: relative import"
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def wrong(part: str, names: set[str]) -> set[str]:
    """Those of `names` that a module of `part` (a subpackage, "" for the shared modules) must not import."""
    allowed = (part, "ingest") if part == "audit" else (part,)
    others = [f"zhenggai.{other}" for other in PARTS if other not in allowed]
    forbidden = ["mkdocs", "material", "scripts", "hooks", "tests", "bootstrap", "benchmarks", "archive"]
    forbidden += others
    if part == "ingest":  # the converter knows nothing of pages
        forbidden += ["jinja2", "markdown"]
    return {name for name in names if any(name == f or name.startswith(f + ".") for f in forbidden)}


def part_of(path: Path) -> str:
    parent = path.relative_to(PACKAGE).parts[0]
    return parent if parent in PARTS else ""


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_package_imports_one_way(path: Path) -> None:
    assert wrong(part_of(path), imported(path.read_text(encoding="utf-8"))) == set()


def test_model_stands_alone() -> None:
    names = imported((PACKAGE / "model.py").read_text(encoding="utf-8"))
    assert {name for name in names if name.startswith("zhenggai")} == set()


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda p: p.name)
def test_scripts_leave_mkdocs_to_the_hook(path: Path) -> None:
    """They start it as a program; what it loads is the hook's affair."""
    roots = {name.split(".")[0] for name in imported(path.read_text(encoding="utf-8"))}
    assert roots & {"mkdocs", "material", "hooks"} == set()


@pytest.mark.parametrize("name", ["bootstrap.py", "browser.py"])
def test_what_sets_up_needs_nothing(name: str) -> None:
    """They run before any library is there."""
    roots = {found.split(".")[0] for found in imported((ROOT / "scripts" / name).read_text(encoding="utf-8"))}
    assert roots - {"bootstrap"} <= sys.stdlib_module_names


def test_bootstrap_looks_for_what_is_imported() -> None:
    """Else a Python that lacks a library would be taken for a ready one, or none ever would."""
    own = {path.relative_to(ROOT / "scripts").parts[0].removesuffix(".py") for path in SCRIPTS}
    own |= {"zhenggai", *(path.stem for path in HOOKS)}
    roots: set[str] = set()
    for path in (*MODULES, *SCRIPTS, *HOOKS):
        roots |= {name.split(".")[0] for name in imported(path.read_text(encoding="utf-8"))}
    assert roots - sys.stdlib_module_names - own | {"material"} == set(bootstrap.MODULES)


def test_hooks_know_only_the_site() -> None:
    names = {name for path in HOOKS for name in imported(path.read_text(encoding="utf-8"))}
    parts = {name.split(".")[1] for name in names if name.startswith("zhenggai.")}
    assert parts & {"ingest", "checks", "audit"} == set()
    assert "site" in parts


@pytest.mark.parametrize(
    ("part", "source"),
    [
        ("site", "from zhenggai.ingest import text"),
        ("site", "def f():\n    import zhenggai.ingest.text"),
        ("checks", "from zhenggai.site.catalog import Catalog"),
        ("ingest", "from zhenggai import site"),
        ("", "from zhenggai import checks"),
        ("site", "from mkdocs.plugins import log"),
        ("ingest", "import jinja2"),
        ("ingest", "from benchmarks import notices"),
        ("ingest", "from zhenggai.audit import leaks"),
        ("site", "from zhenggai.audit import leaks"),
        ("audit", "from zhenggai.site.catalog import Catalog"),
    ],
)
def test_the_rule_itself_sees_wrong_imports(part: str, source: str) -> None:
    assert wrong(part, imported(source))
