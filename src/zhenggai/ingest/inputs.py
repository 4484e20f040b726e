"""Which files a run reads: the .txt in the folders named, and what is named itself."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from zhenggai.folders import files_below
from zhenggai.ingest.text import RefusedError

DOCUMENTS = frozenset(
    {".doc", ".docx", ".wps", ".rtf", ".odt", ".ofd", ".pdf", ".caj", ".md", ".htm", ".html", ".mht", ".mhtml",
     ".xls", ".xlsx", ".csv", ".ppt", ".pptx"}
)  # fmt: skip
"""Kinds of file in which notices come and that are not plain text, by their ending."""
SAVE_AS_TEXT = "请打开后另存为“纯文本 .txt”（编码选 UTF-8），放进来再运行"


def inputs_of(paths: Sequence[Path]) -> list[Path]:
    """The files named and the .txt lying in the folders named, sorted.

    Raises RefusedError for what is not there, ZhenggaiError for a folder that cannot be opened.

    A file that is named itself is read whatever its ending, but for `DOCUMENTS`,
    which `refuse_document` turns away with a remedy.
    """
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found += (p for p in files_below(path) if p.suffix.lower() == ".txt")
        elif path.is_file():
            found.append(path)
        else:
            raise RefusedError(
                "没有这个文件或文件夹", path=path, remedy="检查路径是否写对；带空格的路径要用引号括起"
            )
    return list(dict.fromkeys(found))


def passed_over(paths: Sequence[Path], reports: Path | None = None) -> list[Path]:
    """Documents in the folders named that are not read, sorted; those among the `reports` are none."""
    own = reports.resolve() if reports else None
    return [
        file
        for path in paths
        if path.is_dir()
        for file in files_below(path)
        if file.suffix.lower() in DOCUMENTS and not (own and file.resolve().is_relative_to(own))
    ]


def passed_over_line(files: Sequence[Path]) -> str:
    """One line that names them and says what to do; empty when there are none."""
    if not files:
        return ""
    names = "、".join(file.name for file in files[:3]) + (" 等" if len(files) > 3 else "")
    return f"有 {len(files)} 份文件不是 .txt，没有读：{names}（{SAVE_AS_TEXT}）"


def refuse_document(path: Path) -> None:
    """Turn away a document of another kind. Raises RefusedError."""
    if path.suffix.lower() in DOCUMENTS:
        raise RefusedError(f"这是 {path.suffix} 文件，不是 .txt", path=path.name, remedy=SAVE_AS_TEXT)
