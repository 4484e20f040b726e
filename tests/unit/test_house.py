"""Promises of the repository: nothing machine-bound in it, commands that exist and explain themselves."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# Put together here, so that this file does not hold what it looks for.
HOSTS = ("pypi" + ".org", "python" + "hosted.org", "npmjs" + ".", "mirrors" + ".", "index" + "-url http")
PLACES = ("wo" + "rk/main", "wo" + "rk/shared", "ro" + "ot", "ho" + r"me/\w+", "Us" + r"ers/\w+")
MACHINE = re.compile(rf"(?<![\w.:/-])/(?:{'|'.join(PLACES)})\b")
MAKERS = sorted((ROOT / "scripts").glob("make_*.py"))
"""Write a data file once, for engineers; they only have to say how they are called."""
COMMANDS = [
    path
    for path in sorted((ROOT / "scripts").glob("*.py"))
    if path not in MAKERS and '__name__ == "__main__"' in path.read_text(encoding="utf-8")
]


def tracked() -> list[Path]:
    """Files that git has or would take."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    if done.returncode:
        pytest.skip("not a git checkout: what would be committed cannot be told")
    return [path for name in done.stdout.decode().split("\0") if name and (path := ROOT / name).is_file()]


def offences(text: str) -> list[str]:
    return [host for host in HOSTS if host in text] + MACHINE.findall(text)


def test_no_registry_and_no_machine_in_any_file() -> None:
    found = {}
    for path in tracked():
        text = path.read_bytes().decode("utf-8", errors="replace")
        if bad := offences(text):
            found[str(path.relative_to(ROOT))] = bad
    assert found == {}


def test_offences_are_seen() -> None:
    assert offences("--index" + "-url http://x") == ["index" + "-url http"]
    assert offences("open('/wo" + "rk/main/x')")
    assert not offences("https://example.org/work/main and a/work/main and /work/ and /rooted")


def test_ci_run_is_there_and_executable() -> None:
    path = ROOT / ".ci" / "run"
    assert os.access(path, os.X_OK)
    text = path.read_text(encoding="utf-8")
    assert text.startswith("#!/usr/bin/env bash\n")
    assert "set -euo pipefail" in text
    assert "make test" in text
    assert "make demo" in text
    assert ".ci/run" in (ROOT / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", COMMANDS, ids=lambda p: p.name)
def test_every_command_explains_itself(path: Path) -> None:
    done = subprocess.run([sys.executable, path, "--help"], capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert path.name in done.stdout
    assert re.search(r"[一-鿿]{4}", done.stdout), "people read Chinese"


@pytest.mark.parametrize("path", MAKERS, ids=lambda p: p.name)
def test_every_maker_says_how_it_is_called(path: Path) -> None:
    done = subprocess.run([sys.executable, path], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert f"python scripts/{path.name}" in done.stdout + done.stderr


def makefile_targets() -> dict[str, str]:
    """Target → what its line says of it."""
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = re.search(r"^\.PHONY: (.*)$", text, re.M)
    assert phony
    said = dict(re.findall(r"^([a-z]+):.*?## (.*)$", text, re.M))
    return {target: said.get(target, "") for target in phony[1].split()}


def test_make_help_lists_every_target() -> None:
    targets = makefile_targets()
    assert {"demo", "test", "site", "serve", "check"} <= targets.keys()
    assert [target for target, said in targets.items() if not said] == []
    done = subprocess.run(["make", "-s"], cwd=ROOT, capture_output=True, text=True, check=True)
    assert [line.split()[1] for line in done.stdout.splitlines()] == list(targets)


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "ARCHITECTURE.md"])
def test_commands_in_the_documents_exist(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    targets = makefile_targets()
    code = "\n".join(re.findall(r"```.*?```|`[^`\n]+`", text, re.S))
    named = re.findall(r"(?:^|`|&& )make ([a-z]+)", code, re.M)
    assert named or "make" not in code
    assert [target for target in named if target not in targets] == []
    scripts = re.findall(r"scripts[/\\]([\w/\\]+\.py)", code)
    assert [s for s in scripts if not (ROOT / "scripts" / s.replace("\\", "/")).is_file()] == []
    for script, options in re.findall(r"scripts[/\\](\w+\.py)([^\n`]*)", code):
        source = (ROOT / "scripts" / script).read_text(encoding="utf-8")
        for option in re.findall(r"(?<!\S)--([a-z]+)", options):
            assert re.search(rf"--{option}\b|^    {option}: Annotated", source, re.M), f"{script} --{option}"


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "ARCHITECTURE.md", "CHANGELOG.md"])
def test_links_and_paths_in_the_documents_exist(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    links = [link.split("#")[0] for link in re.findall(r"\]\(([^)\s]+)\)", text) if "://" not in link]
    paths = re.findall(r"`((?:src|tests|docs|hooks|overrides|samples)/[\w./-]+)`", text)
    made_later = {"docs/reports"}  # a user's archive: empty here, so git has no such folder
    missing = {path for path in [*links, *paths] if path and not (ROOT / path).exists()}
    assert missing - made_later == set()


def test_readme_says_what_a_fresh_machine_needs() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert re.search(r"sudo apt install .*python3-venv", text)
    assert "make demo" in text
    assert "make test" in text


def test_every_requirement_is_pinned_and_hashed() -> None:
    for name in ("requirements.lock", "requirements-test.lock"):
        text = (ROOT / name).read_text(encoding="utf-8")
        requirements = re.split(r"^(?=[a-zA-Z0-9])", text, flags=re.M)[1:]
        assert len(requirements) > 20
        assert [r for r in requirements if not re.match(r"\S+==\S+", r) or "--hash=sha256:" not in r] == []
