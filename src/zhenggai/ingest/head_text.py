"""The YAML of a merged front matter, with a person's own writing left where it is.

Block by block, one for each key: what the person did not touch is written by the
converter; what stands as the person has it keeps their lines, with comments, order
and quotation marks; what both changed is written anew, and comments that stood
inside it move above it. Other than that nothing is normalised but line ends.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import yaml

from zhenggai import frontmatter
from zhenggai.ingest.merge_head import woven

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class _Block:
    """One key of a front matter as written."""

    above: tuple[str, ...]
    """Comments and empty lines before it."""
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Head:
    blocks: dict[str, _Block]
    end: tuple[str, ...]
    """Comments behind the last key."""


def laid_out(base: str, mine: str, written: str) -> str | None:
    """The YAML `written` by the converter, in the person's dress; None when theirs cannot be cut into keys.

    All three are YAML texts: the last conversion's, the person's, the merged one's.
    """
    last, person, new = _cut(base), _cut(mine), _cut(written)
    if last is None or person is None or new is None:
        return None
    has = frontmatter.load_yaml(mine)
    wants = frontmatter.load_yaml(written)
    extra = {key for key in person.blocks.keys() - wants.keys() if not has[key]}  # written out though empty
    mine_keys = [key for key in person.blocks if key in wants or key in extra]
    out: list[str] = []
    for key in woven(last.blocks, mine_keys, new.blocks):
        block = person.blocks.get(key)
        if block is None:
            out += new.blocks[key].lines
            continue
        out += block.above
        untouched = key in last.blocks and block.lines == last.blocks[key].lines
        if key in extra or (has[key] == wants[key] and not untouched):
            out += block.lines
        else:
            if not untouched:
                out += (f"{comment}\n" for comment in _comments(block.lines))
            out += new.blocks[key].lines
    return "".join((*out, *person.end))


def _cut(head: str) -> _Head | None:
    """A front matter cut at its keys; None when they do not each begin a line."""
    node = yaml.compose(head, Loader=_LOADER)
    if not isinstance(node, yaml.MappingNode) or node.flow_style:
        return None
    lines = head.splitlines(keepends=True)
    starts = [key.start_mark.line for key, _ in node.value]
    if any(key.start_mark.column for key, _ in node.value) or len(set(starts)) < len(starts):
        return None
    blocks: dict[str, _Block] = {}
    above = tuple(lines[: starts[0]])
    for (key, _), (start, after) in zip(node.value, pairwise((*starts, len(lines))), strict=True):
        end = after
        while end > start + 1 and (lines[end - 1].startswith("#") or not lines[end - 1].strip()):
            end -= 1
        blocks[str(key.value)] = _Block(above, tuple(lines[start:end]))
        above = tuple(lines[end:after])
    return _Head(blocks, above)


def _comments(lines: tuple[str, ...]) -> list[str]:
    """The comments in YAML text: `# …` between two tokens, never inside a value."""
    text = "".join(lines)
    found: list[str] = []
    at = 0
    tokens: list[Any] = list(yaml.scan(text, Loader=_LOADER))
    for token in tokens:
        between = text[at : token.start_mark.index]
        found += ("#" + line.split("#", 1)[1].rstrip() for line in between.split("\n") if "#" in line)
        at = max(at, token.end_mark.index)
    return found
