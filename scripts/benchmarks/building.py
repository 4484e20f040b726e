"""The site of invented notices, built: from nothing, again, with one notice more; and by others beside us.

Each build runs in a process of its own, on a copy of the project, so that nothing kept
for another site helps or hinders.
"""

from __future__ import annotations

import json
import re
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from benchmarks.corpus import Corpus
from benchmarks.measuring import Measured, median_of, run

ROOT = Path(__file__).resolve().parents[2]
_STEP = re.compile(r"archive: (\S+?)：([\d.]+) 秒")
_PAGES = re.compile(r"archive: 网页 \d+/(\d+)")
_PARTS = ("src", "hooks", "overrides", "docs")
_MATERIAL = """\
site_name: 整改公开
theme: {{name: material, language: zh, font: false, features: [navigation.prune]}}
not_in_nav: /reports/
markdown_extensions: [attr_list, toc]
plugins: [{plugins}]
"""


@dataclass(frozen=True)
class Built:
    """One kind of build, measured."""

    label: str
    notices: int
    took: Measured
    steps: dict[str, float] = field(default_factory=dict)
    """Seconds of each step of ours."""
    pages: int = 0
    """How many of our pages were made; the others were put back."""


class Builder:
    """Builds the same reports again and again, in folders below `work`."""

    def __init__(self, work: Path, made: Corpus, rounds: int, told: Callable[[str], None]) -> None:
        self.work, self.made, self.rounds, self.told = work, made, rounds, told

    def reports(self, count: int) -> Path:
        """The first `count` notices converted, and one more beside them in `more`; made once."""
        folder = self.work / f"reports-{count}"
        if not folder.is_dir():
            self.told(f"正在转换 {count:,} 份……")
            half = self.work / f"half-{count}"
            shutil.rmtree(half, ignore_errors=True)
            convert: list[str | Path] = [sys.executable, ROOT / "scripts" / "convert.py"]
            run([*convert, *self.made.first(count), "--out", half], self.work / "log")
            files = sorted(half.glob("*/*.md"))
            shutil.rmtree(half / ".private")
            more = self.work / f"more-{count}"
            shutil.rmtree(more, ignore_errors=True)
            (more / files[-1].parent.name).mkdir(parents=True)
            files[-1].rename(more / files[-1].parent.name / files[-1].name)
            half.rename(folder)
        return folder

    def once(self) -> None:
        """Measure what follows in one round."""
        self.rounds = 1

    def ours(self, count: int) -> list[Built]:
        """From nothing; nothing changed; one notice more."""
        reports, more = self.reports(count), self.work / f"more-{count}"
        project = self._project()
        labels = ("从头", "没有变化", "加一份")
        runs: dict[str, list[Measured]] = {label: [] for label in labels}
        for at in range(self.rounds):
            for label in labels:
                self.told(f"本站，{count:,} 份，{label}：第 {at + 1}/{self.rounds} 轮……")
                here = self.work / "growing"
                if label == "从头":
                    shutil.rmtree(project / ".cache", ignore_errors=True)
                    shutil.rmtree(here, ignore_errors=True)
                    shutil.copytree(reports, here)
                elif label == "加一份":
                    shutil.copytree(more, here, dirs_exist_ok=True)
                runs[label].append(self._build(project, here))
        return [
            Built(f"本站，{label}", count, median_of(runs[label]), steps(runs[label]), pages(runs[label][-1]))
            for label in labels
        ]

    def material(self, count: int, python: Path, search: bool) -> Built:
        """mkdocs-material alone on the same report files."""
        folder = self.work / f"material-{count}"
        (folder / "docs").mkdir(parents=True, exist_ok=True)
        (folder / "docs" / "index.md").write_text("# 整改公开\n", encoding="utf-8")
        if not (folder / "docs" / "reports").exists():
            shutil.copytree(self.reports(count), folder / "docs" / "reports")
        (folder / "mkdocs.yml").write_text(
            _MATERIAL.format(plugins="search" if search else ""), encoding="utf-8"
        )
        command: list[str | Path] = [
            python,
            "-m",
            "mkdocs",
            "build",
            "-q",
            "-f",
            folder / "mkdocs.yml",
            "-d",
            folder / "site",
        ]
        label = f"mkdocs-material，{'带它自己的搜索' if search else '不带搜索'}"
        return self._peer(label, count, command)

    def grown(self, count: int, times: int) -> Built:
        """`count` reports `times` over under other ids, from nothing, once: how time and memory grow."""
        folder = self.work / f"reports-{count}-{times}"
        if not folder.exists():
            for path in sorted(self.reports(count).glob("*/*.md")):
                text = path.read_text(encoding="utf-8")
                for at in range(times):
                    new = folder / path.parent.name / f"{path.stem}-{at}.md"
                    new.parent.mkdir(parents=True, exist_ok=True)
                    new.write_text(text.replace(f"\nid: {path.stem}\n", f"\nid: {new.stem}\n", 1), "utf-8")
        self.told(f"本站，{count * times:,} 份，从头……")
        took = self._build(self._project(), folder)
        return Built("本站，从头", count * times, took, steps([took]), pages(took))

    def zensical(self, count: int, zensical: str) -> Built:
        """Zensical, the successor of mkdocs-material, on the same files and settings, with its own search."""
        folder = self.work / f"material-{count}"  # see `material`
        label = "Zensical，带它自己的搜索"
        return self._peer(
            label, count, [zensical, "build", "--clean", "-f", folder / "mkdocs.yml"], cleared=folder / "site"
        )

    def pelican(self, count: int, pelican: str) -> Built:
        """Pelican with the theme that it brings; no feeds, no search."""
        folder = self.work / f"pelican-{count}"
        if not folder.exists():
            for path, title, body in self._texts(count):
                (folder / path.parent.name).mkdir(parents=True, exist_ok=True)
                date = path.parent.name if path.parent.name.isdigit() else "2000"
                (folder / path.parent.name / path.name).write_text(
                    f"Title: {title}\nDate: {date}-01-01\nSlug: {path.stem}\n\n{body}", "utf-8"
                )
            (folder / "settings.py").write_text("TIMEZONE = 'Asia/Shanghai'\nDEFAULT_LANG = 'zh'\n", "utf-8")
        command: list[str | Path] = [
            pelican, folder, "--output", folder / "site", "--settings", folder / "settings.py", "--quiet",
            "--ignore-cache",
        ]  # fmt: skip
        return self._peer("Pelican，只有通报页", count, command, cleared=folder / "site")

    def hugo(self, count: int, hugo: str) -> Built:
        """Hugo with one plain template, no lists, no search."""
        folder = self.work / f"hugo-{count}"
        (folder / "layouts" / "_default").mkdir(parents=True, exist_ok=True)
        (folder / "config.toml").write_text(
            'baseURL = "https://example.cn/"\ntitle = "整改公开"\ndisableKinds = ["taxonomy", "term"]\n',
            "utf-8",
        )
        page = (
            "<!doctype html><html lang=zh-CN><title>{{ .Title }}</title><h1>{{ .Title }}</h1>{{ .Content }}"
        )
        lists = "<!doctype html><title>{{ .Title }}</title>{{ range .Pages }}<p>{{ .Title }}</p>{{ end }}"
        (folder / "layouts" / "_default" / "single.html").write_text(page, "utf-8")
        for name in ("list", "home"):
            (folder / "layouts" / "_default" / f"{name}.html").write_text(lists, "utf-8")
        content = folder / "content" / "reports"
        if not content.exists():
            content.mkdir(parents=True)
            for path, title, body in self._texts(count):
                (content / path.name).write_text(f"---\ntitle: {json.dumps(title)}\n---\n{body}", "utf-8")
        return self._peer("Hugo，只有通报页", count, [hugo, "--quiet", "-s", folder, "-d", folder / "site"])

    def _texts(self, count: int) -> Iterator[tuple[Path, str, str]]:
        """File, title and body of each report."""
        for path in sorted(self.reports(count).glob("*/*.md")):
            head, body = path.read_text(encoding="utf-8").split("\n---\n", 1)
            title = re.search(r"^title: (.+)$", head, re.M)
            yield path, str(yaml.safe_load(title[1])) if title else path.stem, body

    def _peer(
        self, label: str, count: int, command: Sequence[str | Path], cleared: Path | None = None
    ) -> Built:
        """`cleared`: where it writes its site, taken away before each run."""
        runs = []
        for at in range(self.rounds):
            self.told(f"{label}，{count:,} 份：第 {at + 1}/{self.rounds} 轮……")
            if cleared:
                shutil.rmtree(cleared, ignore_errors=True)
            runs.append(run(command, self.work / "log"))
        return Built(label, count, median_of(runs))

    def _project(self) -> Path:
        folder = self.work / "project"
        shutil.rmtree(folder, ignore_errors=True)
        for name in _PARTS:
            left_out = shutil.ignore_patterns("__pycache__", "reports")
            shutil.copytree(ROOT / name, folder / name, ignore=left_out)
        shutil.copy(ROOT / "mkdocs.yml", folder)
        return folder

    def _build(self, project: Path, reports: Path) -> Measured:
        settings = {
            "REPORTS": str(reports), "SITE_URL": "https://example.cn/", "NO_MKDOCS_2_WARNING": "1",
        }  # fmt: skip
        command: list[str | Path] = [
            sys.executable, "-m", "mkdocs", "build", "--strict",
            "-f", project / "mkdocs.yml", "-d", self.work / "site",
        ]  # fmt: skip
        return run(command, self.work / "log", settings=settings)


def steps(runs: Sequence[Measured]) -> dict[str, float]:
    """Seconds of each step, the median of the runs."""
    told = [{name: float(seconds) for name, seconds in _STEP.findall(one.said)} for one in runs]
    return {name: sorted(one.get(name, 0.0) for one in told)[len(told) // 2] for name in told[0]}


def pages(one: Measured) -> int:
    """How many pages a build made."""
    told = _PAGES.search(one.said)
    return int(told[1]) if told else 0
