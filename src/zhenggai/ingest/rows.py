"""Which headings are problems.

A notice numbers everything: how the unit organised itself, the problems, the
measures under each, the causes, the plans. Problems are told apart by

1. a frame (关于“…”的问题, 问题一：, a record card, a table's row): the outermost
   frame is the problem, frames inside it are its sub-problems; an aspect
   (在“…”方面) with problems below is their parent;
2. else by wording: of a group of sibling headings at least half must name a
   problem; the innermost such group are the problems. Where a rank of headings
   has measures hardly anywhere, fewer need to be plainly worded (“挤牙膏”);
3. a count that runs on from accepted problems goes on with them;
4. a printed total decides between two levels when it fits only one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from zhenggai.ingest import wording
from zhenggai.ingest.outline import Node, Outline

Kinds = dict[Node, str | None]
"""Kind of section (rules/structure.yaml) that each node belongs to."""

_NONE = {"organisation", "outlook", "causes"}


def section_kinds(outline: Outline) -> Kinds:
    """The kind of section that each node belongs to."""
    groups = {*wording.group_status(), "causes"}
    kinds: Kinds = {}
    bridge = False
    for node in outline.walk():
        head = node.rest[: min(wording.first_sentence(node.rest), 70)]
        own = (
            None
            if node.frame and node.frame.rule.startswith(("about", "against", "bare"))
            else wording.section_kind(head)
        )
        above = kinds[node.parent] if node.parent else None
        if node.parent is None:
            kinds[node] = own
            bridge = False
        elif (own in groups and not (node.label and node.label.role == "problem")) or (
            own == "self" and above in {None, "issues"} and _opens(node)
        ):
            kinds[node] = own
        else:
            kinds[node] = "causes" if bridge and above not in _NONE else above
        # 深刻剖析产生上述问题的根本原因： an unnumbered line that opens the causes
        if any(p.text[-1] in "：:" and wording.section_kind(p.text[:60]) == "causes" for p in node.body):
            bridge = True
    return kinds


def _opens(node: Node) -> bool:
    """Whether a heading has something of its own below it: what tells all on its own line opens no section."""
    return bool(node.children or node.body)


def choose_rows(outline: Outline, kinds: Kinds, stated: int | None) -> set[Node]:
    """The headings that are problems; `stated` is the printed total, if any."""
    rows = _framed_rows(outline, kinds, stated)
    sections = {node.root for node in rows}
    if rows and all(any(map(is_worded, node.ancestors())) for node in rows):
        tops = [root for root in outline.roots if root in sections]
        rows = _tell_in_part(rows, _worded_rows(tops, kinds, stated)) or rows
    rest = [root for root in outline.roots if root not in sections and kinds[root] not in _NONE]
    if rows and all(node in outline.roots for node in rows):
        rest = []  # the problems are the first level; what else stands there is none
    worded = _worded_rows(rest, kinds, None if rows else stated)
    if rows and worded:
        sure = {"issues", "self", *wording.group_status()}
        unsure = [n for n in worded if kinds[n.root] not in sure]
        if not _are_plain(unsure):
            worded = [n for n in worded if n not in unsure]
    if not rows and not worded:  # nothing but 针对…问题 lines
        rows = [
            n
            for n in outline.walk()
            if n.frame and kinds[n] not in _NONE and not any(a.frame for a in n.ancestors())
        ]
    return {
        n
        for n in (*rows, *worded)
        if not (kinds[n] == "self" and n.parent is None and is_section_heading(n, kinds))
    }


def _tell_in_part(rows: Sequence[Node], worded: list[Node]) -> list[Node]:
    """The headings of which fewer than half hold all the frames: the problems, with their details framed below."""
    among = set(worded)
    above = [next((a for a in node.ancestors() if a in among), None) for node in rows]
    return worded if all(above) and 2 * len(set(above)) < len(worded) else []


def is_framed(node: Node) -> bool:
    if node.row or node.family == "block":
        return True
    if node.label and node.label.role != "problem":
        return False
    if node.family == "frame":
        return bool(node.frame and node.frame.rule.startswith(("about", "bare")))
    return bool(node.frame or node.family == "problem" or node.label)


def is_worded(node: Node) -> bool:
    if node.label:
        return node.label.role == "problem"
    if node.frame or node.row or node.told:
        return True
    return wording.names_problem(node.rest[: wording.first_sentence(node.rest)][:120])


def _framed_rows(outline: Outline, kinds: Kinds, stated: int | None) -> list[Node]:
    framed = [n for n in outline.walk() if is_framed(n) and kinds[n] != "causes"]
    among = set(framed)
    inside = {n: [k for k in n.walk() if k is not n and k in among] for n in framed}

    def outer(nodes: Iterable[Node]) -> list[Node]:
        rows: list[Node] = []
        covered: set[Node] = set()
        for node in nodes:
            if node in covered:
                continue
            covered.update(node.walk())
            below = inside[node]
            aspect = _is_aspect(node)
            if below and aspect:
                rows += outer(below)
            elif aspect and (worded := _worded_rows(node.children, kinds, None)):
                rows += worded
            else:
                rows.append(node)
        return rows

    rows = outer(framed)
    leaves = [n for n in framed if not inside[n]]
    if stated and len(rows) != stated and len(leaves) == stated:
        rows = leaves
    chosen = set(rows)
    for siblings in {
        id(s): s for s in (r.parent.children if r.parent else outline.roots for r in rows)
    }.values():
        alike = all(n in chosen or (n.number and is_worded(n)) for n in siblings)
        if alike or 2 * sum(n in chosen for n in siblings) >= len(siblings):
            for n in siblings:
                if n not in chosen and is_worded(n) and kinds[n] not in _NONE and not chosen & set(n.walk()):
                    rows.append(n)
    return rows


def _are_plain(rows: Sequence[Node]) -> bool:
    """Whether headings that only wording singled out stand among headings worded alike, hardly a measure."""
    tally = _Tally()
    for siblings in {id(s): s for s in (n.parent.children for n in rows if n.parent)}.values():
        for node in siblings:
            tally.add(node)
    return 2 * tally.problems >= tally.all > 0 and 4 * tally.measures <= tally.all


def _is_aspect(node: Node) -> bool:
    """Whether a frame holds an aspect (作风建设方面), not a problem: problems may stand below it."""
    if not node.frame:
        return node.family == "aspect"
    words = _EXISTS.sub("", node.frame.problem)
    return (
        node.frame.rule == "about-aspect"
        or words.endswith(_ASPECT_ENDS)
        or (node.frame.rule == "about-plain" and len(words) <= 14 and not wording.names_problem(words))
    )


_EXISTS = re.compile(r"(?:还|仍)?存在(?:的)?$")
"""关于…方面存在的问题: the verb is of the frame."""
_ASPECT_ENDS = ("方面", "领域", "层面", "部分")


@dataclass(slots=True)
class _Tally:
    """Headings of one rank: how many are worded as problems, how many as measures."""

    all: int = 0
    problems: int = 0
    measures: int = 0

    def add(self, node: Node) -> None:
        self.all += 1
        if is_worded(node):
            self.problems += 1
        elif node.label or wording.starts_like_measure(node.rest) or len(_first(node)) > 70:
            self.measures += 1

    @property
    def mostly_problems(self) -> bool:
        return self.problems > 0 and 2 * self.problems >= self.all

    @property
    def may_be_problems(self) -> bool:
        """Too few are plainly worded, but hardly one is a measure: “挤牙膏” is a problem in other words."""
        return 5 * self.problems >= self.all > 0 and 4 * self.measures <= self.all


def _first(node: Node) -> str:
    return node.rest[: wording.first_sentence(node.rest)]


def _worded_rows(tops: Sequence[Node], kinds: Kinds, stated: int | None) -> list[Node]:
    """Problems that only their wording shows, below and among `tops` (which are siblings or sections)."""
    usable = {
        n
        for top in tops
        for n in top.walk()
        if kinds[n] not in _NONE and not (n.label and n.label.role != "problem")
    }
    ranks: dict[tuple[int, str], _Tally] = {}
    for node in usable:
        if not is_section_heading(node, kinds):
            ranks.setdefault((node.level, node.family), _Tally()).add(node)
    leaf: list[Node] = []
    upper: list[Node] = []

    def collect(nodes: Sequence[Node], above: Node | None) -> bool:
        """Add the rows of one group of siblings; whether there were any."""
        here = _Tally()
        told = [n for n in nodes if n in usable and n.family != "frame" and not is_section_heading(n, kinds)]
        for node in told:
            here.add(node)
        in_group = above is not None and kinds[above] in wording.group_status()
        found = False
        for node in nodes:
            if node not in usable:
                continue
            before = len(leaf)
            if collect(node.children, node):
                found = True
                if is_worded(node) and all(k.parent is node for k in leaf[before:]):
                    upper.append(node)
                continue
            rank = ranks.get((node.level, node.family), _Tally())
            runs_on = bool(told) and _runs_on(leaf, told[0], node, begun=found)
            alike = (
                (rank.mostly_problems or rank.may_be_problems)
                and 2 * here.measures <= here.all
                and above is not None
                and (_names_aspect(above) or is_worded(above))
            )
            group = in_group or here.mostly_problems or runs_on or alike
            if node in told and group and not (_is_measure(node) and not (in_group and _stands_alone(node))):
                leaf.append(node)
                found = True
        return found

    collect(tops, tops[0].parent if tops else None)
    # A problem with sub-headings, or each sub-heading a problem? The printed total knows.
    raised = list(dict.fromkeys(n.parent if n.parent and n.parent in upper else n for n in leaf))
    return raised if stated and len(leaf) != stated == len(raised) else leaf


def _is_measure(node: Node) -> bool:
    return wording.starts_like_measure(node.rest) and not is_worded(node)


def _stands_alone(node: Node) -> bool:
    """A short heading line above its account: in a group of problems it is one, whatever it begins with."""
    return bool(node.body) and len(node.rest) <= 60 and node.rest[-1] not in "。；;，,：:"


def _runs_on(rows: Sequence[Node], first: Node, node: Node, *, begun: bool) -> bool:
    """Whether a group that begins with `first` goes on with the count of the last row (…3. | 4. 5.)."""
    if not rows or first.family != rows[-1].family:
        return False
    following = rows[-1].ordinal + 1
    return first.ordinal == following or (begun and node.ordinal == following)


def _names_aspect(node: Node) -> bool:
    words = _first(node).rstrip("。：:；;")
    return words.endswith((*_ASPECT_ENDS, "问题")) or words.startswith("聚焦") or _is_aspect(node)


def is_section_heading(node: Node, kinds: Kinds) -> bool:
    """A heading that opens a part (二、存在问题及原因, 聚焦…方面) and is no problem itself."""
    if node.label or node.row or node.told or (node.frame and not _is_aspect(node)):
        return False
    words = _first(node).rstrip("。：:；;")
    if words.endswith((*_ASPECT_ENDS, "情况")) or words.startswith("聚焦"):
        return True
    own = wording.section_kind(words)
    return (
        (own == "self" and _opens(node))
        or own in wording.group_status()
        or (node.parent is None and own == "issues" and bool(node.children))
    )
