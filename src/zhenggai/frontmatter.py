"""The contract: Report ↔ markdown file with YAML front matter, validation, JSON Schema.

A report file is `---`, YAML, `---`, an empty line, the body. Broken YAML front
matter passes MkDocs' `--strict` in silence (it becomes page text), so every
reader in this project comes through here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from zhenggai import limits
from zhenggai.folders import files_below
from zhenggai.model import Report, ZhenggaiError

try:  # ten times quicker; absent where PyYAML was built without libyaml
    from yaml import CSafeDumper as Dumper
    from yaml import CSafeLoader as Loader
except ImportError:  # pragma: no cover
    from yaml import SafeDumper as Dumper  # type: ignore[assignment]
    from yaml import SafeLoader as Loader  # type: ignore[assignment]


class _Loader(Loader):
    """Dates stay as written (2024-13-40 is for the model to refuse); a key given twice is a fault."""

    yaml_implicit_resolvers = {  # noqa: RUF012 - PyYAML's own class attribute
        first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
        for first, resolvers in Loader.yaml_implicit_resolvers.items()
    }

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        """As PyYAML does, which lets the last of two equal keys win in silence."""
        seen = set()
        for key, _ in node.value:
            if key.value in seen:
                raise yaml.constructor.ConstructorError(None, None, f"“{key.value}”写了两次", key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep=deep)


def load_yaml(text: str) -> Any:
    """YAML as plain data, by the safe loader, in C where libyaml is there."""
    return yaml.load(text, Loader=_Loader)  # noqa: S506 - a subclass of the safe loader


_YAML_FAULTS = {
    "mapping values are not allowed": "冒号的位置不对：值里有冒号时用单引号括起，上一行的引号要成对",
    "could not find expected ':'": "缺少冒号：键的后面要写半角冒号，再空一格",
    "did not find expected key": "缩进不对，或引号不成对",
    "did not find expected '-'": "列表的短横线没有对齐",
    "found character": "有不能这样用的符号（制表符要换成空格；以 @、`、% 开头的值用单引号括起）",
    "found unexpected end of stream": "引号不成对，或内容不完整",
    "unacceptable character": "有看不见的控制字符，请删去",
    "block sequence entries": "列表的短横线位置不对",
}
_MODEL_FAULTS = {
    "missing": "缺少这一项",
    "extra_forbidden": "没有这一项，可能是键名写错了",
    "string_type": "应写文字",
    "int_type": "应写整数",
    "int_parsing": "应写整数",
    "bool_type": "应写 true 或 false",
    "bool_parsing": "应写 true 或 false",
    "tuple_type": "应是列表：每行以短横线开头",
    "dict_type": "应是“键: 值”的形式",
    "model_type": "应是“键: 值”的形式",
    "model_attributes_type": "应是“键: 值”的形式",
}


def _yaml_fault(error: yaml.YAMLError) -> tuple[str, int]:
    """What is wrong, in Chinese, and its line in the file."""
    problem = str(getattr(error, "problem", None) or getattr(error, "reason", None) or error)
    said = next((words for begin, words in _YAML_FAULTS.items() if begin in problem), None)
    if said is None:
        said = problem if re.search(r"[一-鿿]", problem) else "写法不对"
    mark = getattr(error, "problem_mark", None)
    if "could not find expected" in problem:
        mark = getattr(error, "context_mark", None) or mark  # the line that lacks the colon, not the next
    return said, mark.line + 2 if mark else 1


def _model_fault(fault: Any) -> str:
    """One pydantic fault in Chinese: which item, what is wrong."""
    where = "".join(
        f" 第 {part + 1} 项" if isinstance(part, int) else f" {part}" for part in fault["loc"]
    ).strip()
    said = _MODEL_FAULTS.get(fault["type"])
    expected = str(fault.get("ctx", {}).get("expected", ""))
    if said is None and expected:
        said = "只能写 " + re.sub(r"'|\s", "", expected).replace("or", "、").replace(",", "、")
    if said is None and fault["type"] == "string_pattern_mismatch":
        said = f"“{fault['input']}”的写法不对"
    return f"{where or '头部'}：{said or str(fault['msg']).removeprefix('Value error, ')}"


_SPLIT = re.compile(r"\A---[ \t]*\n(.*?\n)---[ \t]*(?:\n|\Z)", re.S)
OPTIONAL = ("corrections", "withdrawn", "redact", "allow")
"""Keys that only people set: not written while empty, so that the file stays short."""


_FIGURE = re.compile(r"[-+.\d_:eExXoO]+")
_NULL, _TRUE, _FALSE = (
    yaml.ScalarEvent(None, None, (True, False), word) for word in ("null", "true", "false")
)
_STR = "tag:yaml.org,2002:str"
_RESOLVE: Any = yaml.resolver.Resolver().resolve


@lru_cache(4096)
def _string(value: str) -> yaml.Event:
    """A string; in quotation marks where some YAML reader would take it for something else (099300, on)."""
    if value.isascii() and _FIGURE.fullmatch(value):
        return yaml.ScalarEvent(None, _STR, (False, True), value, style="'")
    plain = _RESOLVE(yaml.ScalarNode, value, (True, False)) == _STR
    return yaml.ScalarEvent(None, _STR, (plain, True), value)


def _events(value: object) -> Iterator[yaml.Event]:
    """YAML events of a JSON value, for the C emitter.

    The library's representer and resolver ask questions of every scalar that a report
    never raises (aliases, foreign types); they took a fifth of a whole conversion.
    """
    if value is None:
        yield _NULL
    elif isinstance(value, str):
        yield _string(value)
    elif isinstance(value, bool):
        yield _TRUE if value else _FALSE
    elif isinstance(value, (int, float)):
        yield yaml.ScalarEvent(None, None, (True, False), repr(value))
    elif isinstance(value, dict):
        yield yaml.MappingStartEvent(None, None, True, flow_style=False)
        for key, item in value.items():
            yield _string(key)
            yield from _events(item)
        yield yaml.MappingEndEvent()
    elif isinstance(value, list):
        yield yaml.SequenceStartEvent(None, None, True, flow_style=False)
        for item in value:
            yield from _events(item)
        yield yaml.SequenceEndEvent()
    else:
        raise TypeError(f"{type(value).__name__} has no place in front matter")


def _write_yaml(data: dict[str, Any]) -> str:
    events = [
        yaml.StreamStartEvent(),
        yaml.DocumentStartEvent(explicit=False),
        *_events(data),
        yaml.DocumentEndEvent(explicit=False),
        yaml.StreamEndEvent(),
    ]
    return str(yaml.emit(events, Dumper=Dumper, allow_unicode=True, width=2**20))


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
    _limit(text, head, body, path)
    try:
        data = load_yaml(head)
    except yaml.YAMLError as error:
        said, line = _yaml_fault(error)
        raise FrontMatterError(
            f"YAML 头写错了：{said}", path=path, line=line, remedy="改正这一行；不会改就删去本文件，重新转换"
        ) from error
    if not isinstance(data, dict):
        raise FrontMatterError("YAML 头不是“键: 值”的形式", path=path, line=2, remedy="从备份恢复头部")
    try:
        report = Report.model_validate(data)
        if len(report.issues) > limits.MAX_PROBLEMS:
            raise FrontMatterError(
                f"列了 {len(report.issues)} 个问题，超过 {limits.MAX_PROBLEMS} 个", path=path,
                line=_line_of(head, ("issues",)), remedy="这不像一份通报；重新转换，或拆成几份",
            )  # fmt: skip
        return report, body
    except ValidationError as error:
        first = error.errors()[0]
        more = f"；另有 {error.error_count() - 1} 处" if error.error_count() > 1 else ""
        raise FrontMatterError(
            f"{_model_fault(first)}{more}",
            path=path,
            line=_line_of(head, first["loc"]),
            remedy="改正后再运行；不会改就删去本文件，重新转换",
        ) from error


def _limit(text: str, head: str, body: str, path: object) -> None:
    """Refuse what would cost more than any notice does, before it costs anything."""
    remedy = "这不像一份通报；删去多余的部分，或删去本文件后重新转换"
    if excess := limits.of_head(head):
        raise FrontMatterError(excess.what, path=path, line=excess.line + 1, remedy=remedy)
    if excess := limits.of_body(body):
        ahead = text.replace("\r\n", "\n").count("\n") - body.count("\n")
        raise FrontMatterError(excess.what, path=path, line=excess.line + ahead, remedy=remedy)


def report_files(folder: Path) -> list[Path]:
    """Every report file of an archive, in a fixed order; none where the folder is missing.

    Hidden folders (`.private`) hold none; an archive kept in a repository of its own may have a README.
    Raises ZhenggaiError for a folder that cannot be opened.
    """
    return [
        path for path in files_below(folder)
        if path.suffix.lower() == ".md" and path.name.lower() != "readme.md"
    ]  # fmt: skip


def read(path: Path) -> tuple[Report, str]:
    """Read one report file from disk."""
    try:
        if path.stat().st_size > 4 * limits.MAX_FILE:  # a character of UTF-8 has at most four bytes
            raise FrontMatterError("文件太大，不像一份通报", path=path, remedy="检查它是什么；不是报告就移走")
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
    if not data["source"]["copies"]:
        del data["source"]["copies"]
    return f"---\n{_write_yaml(data)}---\n\n{body}"


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
