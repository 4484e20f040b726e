"""Lines such as `发布时间：… 来源：… 浏览：…` that a web page prints around a notice."""

from __future__ import annotations

import re
from functools import cache

from zhenggai.ingest.looks import is_heading
from zhenggai.rulebook import MetaLabel, boilerplate

_FURNITURE = re.compile(
    r"[\s\[\]【】（）()〖〗|｜/·、,，:：>-]|我要|打印(?:本页|正文)?|关闭(?:窗口|本页)?|收藏(?:本页)?|纠错"
    r"|复制链接|返回|分享到?|微信|微博|QQ空间|[超特]?[大中小](?=[\s\]】）)〗|/、]|$)|字体|字号|次|人次"
)
_STAMP = re.compile(r"\d{4}(?:年|[-./])\d{1,2}(?:月|[-./])\d{1,2}日?(?:\s*\d{1,2}:\d{2}(?::\d{2})?)?")
_CLOCKED = re.compile(
    r"(?:原创\s+(?:\S{1,20}\s+){1,3}|\S{1,20}\s+)?(?P<stamp>\d{4}(?:年|[-./])\d{1,2}(?:月|[-./])\d{1,2}日?\s{1,4}\d{1,2}[:：]\d{2}(?:[:：]\d{2})?)"
    r"(?:\s*(?:发表于|发布于)?\s*\S{0,10})?"
)
_OTHER = re.compile(r"(?:[一-鿿]{2,6}\s{0,2}[:：]\s{0,2}[^:：，。；\s]{1,16}[\s\u3000|｜]+){1,3}")
"""Labels that the table does not know, ahead of one that it does: 公开属性：主动公开　发布日期：…"""
_SENTENCE = re.compile(r"[。！；]|，.{6,}，")
_BUTTONS = re.compile(
    r"\s*[\[【（(]\s*(?:字|打印|大|关闭|收藏|我要|浏览|分享)|(?:\s{2,}|\s*[|｜]\s*)(?:打印|关闭|分享|字体)"
)
_SEPARATOR = re.compile(r"[:：丨|｜\t\[【]")
_NAMES = frozenset({"来源", "编辑", "作者"})
_MAX_LINE, _MAX_VALUE = 240, 60


@cache
def _labels() -> tuple[re.Pattern[str], dict[str, MetaLabel]]:
    table = {re.sub(r"\s", "", name): row for row in boilerplate().meta for name in row.names}
    spaced = "|".join(r"\s{0,4}".join(map(re.escape, name)) for name in sorted(table, key=len, reverse=True))
    after = r"\s{0,4}(?:[】\]]?[:：丨|｜]|[】\]]|\t|(?=[\[【]))"
    return re.compile(rf"(?<!\w)(?P<label>{spaced}){after}"), table


def lone_label(text: str) -> str | None:
    """The kept label that is all of the line (`索 引 号：`), its value being on the next; else None."""
    if len(text) > 20:
        return None
    pattern, table = _labels()
    if not _SEPARATOR.search(text):  # the cells of a table, one below the other
        row = table.get(re.sub(r"\s", "", text))
        return row.label if row and row.keep and row.alone else None
    match = pattern.match(text.strip())
    row = table[re.sub(r"\s", "", match["label"])] if match and match.end() == len(text.strip()) else None
    return row.label if row and row.keep and row.label != "名称" else None


def is_lone_value(label: str, text: str) -> bool:
    """Whether a line of its own can be the value of a lone label."""
    text = text.strip()
    if not 0 < len(text) <= 40 or _SEPARATOR.search(text) or re.search(r"关于|通报|公告|[。，；]", text):
        return False
    if "时间" in label or "日期" in label:
        return _STAMP.match(text) is not None
    if label in ("索引号", "文号"):
        return re.search(r"\d", text) is not None
    return True


def time_stamp(text: str) -> str | None:
    """The date of a line that is a date with a clock time (`2031-07-02 09:30 发表于某地`): page information."""
    match = _CLOCKED.fullmatch(text.strip()) if len(text) <= 60 else None
    return match["stamp"] if match else None


def read_meta_line(text: str, *, head: bool, edge: bool = True) -> dict[str, str] | None:
    """The facts a page-information line prints, or None when the line is something else.

    `head`: the line stands before the notice's first paragraph, where a label
    such as 日期 or 名称 alone is enough; `edge`: before the first or after the last.
    Between them one label alone may be a word of the notice. An empty dict is a line without facts
    (浏览：12). Values are as printed.
    """
    if len(text) > _MAX_LINE or not _SEPARATOR.search(text):
        return None
    pattern, table = _labels()
    found = list(pattern.finditer(text))
    if not found:
        return None
    rows = [table[re.sub(r"\s", "", match["label"])] for match in found]
    before = text[: found[0].start()]
    stamp = _STAMP.search(before)
    if _FURNITURE.sub("", _STAMP.sub("", before)).strip() and not (head and _OTHER.fullmatch(before)):
        return None
    strong = [row for row in rows if row.alone]
    if not strong and not (len(rows) > 1 or (head and rows[0].keep and found[0]["label"] != "时间")):
        return None
    if not edge and len(rows) == 1 and rows[0].label not in ("发布时间", "浏览", "编辑"):
        return None
    facts: dict[str, str] = {}
    if stamp:
        facts["日期"] = stamp[0]
    for i, (match, row) in enumerate(zip(found, rows, strict=True)):
        end = found[i + 1].start() if i + 1 < len(found) else len(text)
        value = _value(text[match.end() : end], row)
        if len(value) > _MAX_VALUE or _SENTENCE.search(value):
            return None  # a sentence: the label is a word of the notice
        if not edge and is_heading(value):
            return None
        if len(rows) == 1 and row.label in _NAMES and (len(value) > 30 or re.search("[，、]", value)):
            return None
        if row.label == "发布时间" and len(rows) == 1 and not re.search(r"\d{4}|[\dX*×]{1,4}[年/-]", value):
            return None
        if row.keep and value:
            facts.setdefault(row.label, value)
    return facts


def _value(text: str, row: MetaLabel) -> str:
    text = text.strip().strip("|｜丨\t").strip()
    if not row.keep:
        return text
    text = _BUTTONS.split(text, maxsplit=1)[0]
    for opening, closing in ("[]", "【】", "（）", "()"):
        if text.endswith(closing) and opening not in text:
            text = text[:-1].rstrip()
    return text.strip().rstrip("|｜丨；;，,、【[").rstrip()
