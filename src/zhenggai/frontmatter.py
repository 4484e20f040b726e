"""The contract: Report ↔ markdown file with YAML front matter, validation, JSON Schema.

A report file is `---`, YAML, `---`, an empty line, the body. Broken YAML front
matter passes MkDocs' `--strict` in silence (it becomes page text), so every
reader in this project comes through here.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from zhenggai.model import Report, ZhenggaiError

try:  # ten times quicker; absent where PyYAML was built without libyaml
    from yaml import CSafeDumper as Dumper
    from yaml import CSafeLoader as Loader
except ImportError:  # pragma: no cover
    from yaml import SafeDumper as Dumper  # type: ignore[assignment]
    from yaml import SafeLoader as Loader  # type: ignore[assignment]


def load_yaml(text: str) -> Any:
    """`yaml.safe_load`, in C where libyaml is there."""
    return yaml.load(text, Loader=Loader)


_SPLIT = re.compile(r"\A---[ \t]*\n(.*?\n)---[ \t]*(?:\n|\Z)", re.S)
OPTIONAL = ("corrections", "withdrawn", "redact", "allow")
"""Keys that only people set: not written while empty, so that the file stays short."""


class _Dumper(Dumper):
    """Quotes every string that some YAML reader would take for a number (099300)."""


_FIGURE = re.compile(r"[-+.\d_:eExXoO]+")


def _represent_str(dumper: Any, value: str) -> Any:
    style = "'" if value.isascii() and _FIGURE.fullmatch(value) else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


_Dumper.add_representer(str, _represent_str)


class FrontMatterError(ZhenggaiError):
    """A report that does not keep the contract."""


def split(text: str, path: object = None) -> tuple[str, str]:
    """The YAML text and the body of a report file."""
    match = _SPLIT.match(text.removeprefix("\ufeff").replace("\r\n", "\n"))
    if not match:
        raise FrontMatterError(
            "没有 YAML 头：文件须以一行 --- 开头，头部之后再有一行 ---",
            path=path,
            line=1,
            remedy="从备份恢复头部，或删去本文件后重新转换",
        )
    return match[1], match.string[match.end() :].removeprefix("\n")


def parse(text: str, path: object = None) -> tuple[Report, str]:
    """Read one report file: (front matter, body). Raises FrontMatterError with the line of the fault."""
    head, body = split(text, path)
    try:
        data = load_yaml(head)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise FrontMatterError(
            f"YAML 头写错了：{getattr(error, 'problem', None) or error}",
            path=path,
            line=mark.line + 2 if mark else 1,
            remedy="检查该行的缩进、冒号后的空格和引号；值里有冒号或井号时用单引号括起",
        ) from error
    if not isinstance(data, dict):
        raise FrontMatterError("YAML 头不是“键: 值”的形式", path=path, line=2, remedy="从备份恢复头部")
    try:
        return Report.model_validate(data), body
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        reason = {
            "missing": "缺少这一项",
            "extra_forbidden": "没有这一项，可能是键名写错了",
        }.get(first["type"], first["msg"].removeprefix("Value error, "))
        more = f"；另有 {error.error_count() - 1} 处" if error.error_count() > 1 else ""
        raise FrontMatterError(
            f"{key or '头部'}：{reason}{more}",
            path=path,
            line=_line_of(head, first["loc"]),
            remedy="改正后再运行；各项含义见 CONTRIBUTING.md",
        ) from error


def report_files(folder: Path) -> list[Path]:
    """Every report file of an archive, in a fixed order; none where the folder is missing.

    Hidden folders (`.private`) hold none; an archive kept in a repository of its own may have a README.
    """
    return sorted(
        path for path in folder.rglob("*.md")
        if path.is_file() and path.name.lower() != "readme.md"
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    )  # fmt: skip


def read(path: Path) -> tuple[Report, str]:
    """Read one report file from disk."""
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise FrontMatterError(
            f"不是 UTF-8 文本（第 {error.start} 字节）", path=path, remedy="用 UTF-8 编码另存后再运行"
        ) from error
    return parse(text, path)


def render(report: Report, body: str) -> str:
    """Write one report file; `parse(render(r, b)) == (r, b)` for a body that ends in one newline."""
    data = report.model_dump(mode="json")
    for key in OPTIONAL:
        if not data[key]:
            del data[key]
    head = yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=2**20)
    return f"---\n{head}---\n\n{body}"


def json_schema() -> dict[str, Any]:
    """JSON Schema of the front matter, for other tools."""
    return Report.model_json_schema()


def _line_of(head: str, loc: tuple[int | str, ...]) -> int:
    """1-based line in the file of the key at `loc` (the YAML starts on line 2)."""
    node = yaml.compose(head, Loader=Loader)
    line = 2
    for part in loc:
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                if key.value == str(part):
                    line, node = key.start_mark.line + 2, value
                    break
            else:
                break
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
            line = node.start_mark.line + 2
        else:
            break
    return line
