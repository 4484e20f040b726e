"""A person's report and a new conversion → one report, with the last conversion as their common ground.

    base      what the converter wrote last (`.private/<id>.base`)
    mine      the report as it lies there, edited
    theirs    what the converter would write now

What only one side changed is as that side has it; where both changed the same, the
person's stands and the message says what the conversion has there. Nothing is
written that does not keep the contract, lacks an anchor or misses a sentence of
the new conversion that the person had not touched: then the person's report stays.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from zhenggai import frontmatter
from zhenggai.frontmatter import FrontMatterError
from zhenggai.ingest.addresses import rename, renamed_by_hand
from zhenggai.ingest.head_text import laid_out
from zhenggai.ingest.merge_body import MergedBody, merge_bodies
from zhenggai.ingest.merge_head import MergedHead, merge_heads
from zhenggai.ingest.sentences import compare, sentences
from zhenggai.model import Report, ZhenggaiError

_SHORT = 24
_MOST = 8
"""Clashes told of one by one."""


class CannotMergeError(ZhenggaiError):
    """Two versions that do not go together; the message says why. Nothing has been written."""


@dataclass(frozen=True, slots=True)
class Merged:
    """A merged report."""

    text: str
    base: str
    """The new conversion, with the anchors that the person gave: the next common ground."""
    kept: tuple[str, ...]
    """What stands as the person has it: keys, and lines of the file."""
    clashes: tuple[str, ...]
    """Where the new conversion has something else; one sentence each."""


def merge(base: str, mine: str, theirs: str) -> Merged:
    """Merge three report files. Raises FrontMatterError for a faulty one of the person's, CannotMergeError."""
    edited, edited_body = frontmatter.parse(mine)
    last, last_body = frontmatter.parse(base)
    new, new_body = frontmatter.parse(theirs)
    names = renamed_by_hand(last, edited)
    if names:
        last, last_body = rename(last, last_body, names)
        new, new_body = rename(new, new_body, names)
        base, theirs = frontmatter.render(last, last_body), frontmatter.render(new, new_body)
    head = merge_heads(*(report.model_dump(mode="json") for report in (last, edited, new)))
    report = _valid(head)
    pinned = set(report.anchors) - set(new.anchors)
    body = merge_bodies(last_body, edited_body, new_body, pinned)
    _conserve(last_body, edited_body, new_body, body)
    _anchored(report, body.text, edited, edited_body)
    text = _written(base, mine, report, body.text)
    offset = text[: len(text) - len(body.text)].count("\n")
    return Merged(text, theirs, _kept(head, body, offset), _clashes(head, body, offset))


def changes(base: str, mine: str) -> tuple[str, ...]:
    """What a person changed since the conversion `base`: keys, and lines of the file. Raises as `merge`."""
    return merge(base, mine, base).kept


def _valid(head: MergedHead) -> Report:
    try:
        return Report.model_validate(head.data)
    except ValueError as error:
        said = str(getattr(error, "errors", list)()[0]["msg"]).removeprefix("Value error, ")
        raise CannotMergeError(f"人工修改与新转换合不到一起：{said}") from error


def _conserve(base: str, mine: str, theirs: str, merged: MergedBody) -> None:
    """Each sentence of the new conversion stands there, but for those that the person changed or took out."""
    new = Counter(s.text for s in sentences(theirs)[0] if s.anchor is None)
    there = Counter(s.text for s in sentences(merged.text)[0])
    last = sentences(base)[0]
    became = compare(last, sentences(mine)[0]).of
    touched = Counter(
        was.text for was, now in zip(last, became, strict=True) if now is None or now.text != was.text
    )
    touched.update(clash.theirs for clash in merged.clashes)
    if lost := new - there - touched:
        raise CannotMergeError(f"合并会丢掉“{_brief(next(iter(lost)))}”一句")


def _anchored(report: Report, body: str, edited: Report, edited_body: str) -> None:
    """Each anchor of the front matter is in the body, unless the person had taken it out."""
    there = {s.anchor for s in sentences(body)[0]}
    before = set(edited.anchors) - {s.anchor for s in sentences(edited_body)[0]}
    if missing := [a for a in report.anchors if a not in there and a not in before]:
        raise CannotMergeError(f"问题“{missing[0]}”在人工修改过的正文里没有位置")


def _written(base: str, mine: str, report: Report, body: str) -> str:
    """The file, in the person's dress where that reads back as the same report."""
    plain = frontmatter.render(report, body)
    heads = [frontmatter.split(text)[0] for text in (base, mine, plain)]
    head = laid_out(*heads)
    if head is not None:
        dressed = f"---\n{head}---\n\n{body}"
        try:
            if frontmatter.parse(dressed) == (report, body):
                return dressed
        except FrontMatterError:
            pass
    if frontmatter.parse(plain) != (report, body):
        raise CannotMergeError("合并的结果写出后读不回来")
    return plain


def _kept(head: MergedHead, body: MergedBody, offset: int) -> tuple[str, ...]:
    lines = [
        f"正文第 {a + offset} 行" if a == b else f"正文第 {a + offset}–{b + offset} 行" for a, b in body.mine
    ]
    gone = [f"正文第 {line + offset} 行后删去的“{_brief(words)}”" for line, words in body.removed]
    return (*head.kept, *lines, *gone)


def _clashes(head: MergedHead, body: MergedBody, offset: int) -> tuple[str, ...]:
    found = [f"{clash.where}：新转换作“{clash.theirs}”" for clash in head.clashes]
    for clash in body.clashes:
        place = f"正文第 {clash.line + offset} 行" + ("" if clash.mine else "后")
        found.append(
            f"{place}：新转换作“{_differing(clash.theirs, clash.mine)}”"
            if clash.theirs
            else f"{place}：新转换没有这一句"
        )
    more = [f"另有 {len(found) - _MOST} 处"] if len(found) > _MOST else []
    return (*found[:_MOST], *more)


def _differing(words: str, other: str) -> str:
    """`words` from shortly before where they begin to differ."""
    at = next(
        (i for i, (a, b) in enumerate(zip(words, other, strict=False)) if a != b), min(len(words), len(other))
    )
    start = max(0, at - 8)
    return ("…" if start and other else "") + _brief(words[start if other else 0 :])


def _brief(words: str) -> str:
    return words if len(words) <= _SHORT else words[:_SHORT] + "…"
