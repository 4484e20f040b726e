"""One passage of contact lines as a text with its labels, cut into what stands behind each."""

from __future__ import annotations

from zhenggai.ingest import contact_values as values
from zhenggai.ingest.contact_gathering import Gathered
from zhenggai.ingest.contact_labels import Label, find_labels
from zhenggai.ingest.contact_lines import Passage

EDGE = " \t\n　|｜,，;；:：。.、(（【】"
"""Signs around a value that are not its own."""


class Block:
    """A passage as one text, with its labels."""

    def __init__(self, passage: Passage) -> None:
        self.text = "\n".join(part for _, part in passage.lines)
        self.folded = values.fold_width(self.text)
        self.lines: list[tuple[int, int, bool]] = []
        at = 0
        for index, (no, part) in enumerate(passage.lines):
            at += len(part) + 1
            self.lines.append((at, no, index in passage.listed))
        self.mails = values.emails(self.folded)
        labels = find_labels(self.folded)
        starts = [label.start for label in labels] + [len(self.folded)]
        self.segments = [Segment(self, None, 0, starts[0])]
        for label, stop in zip(labels, starts[1:], strict=True):
            self.segments.append(Segment(self, label, label.end, stop))
        for one, other in zip(self.segments, self.segments[1:], strict=False):
            if one.label and other.label and one.label.sep and not one.folded.strip(" \t\n/、及和(|:】"):
                other.also.add(one.label.kind)  # 电话/传真：one number for both
                one.shared = one.label.sep == "/"

    def line_of(self, offset: int) -> int:
        """Number of the line at `offset`."""
        return next((no for end, no, _ in self.lines if offset < end), self.lines[-1][1])

    def listed(self, offset: int) -> bool:
        """Whether the line at `offset` is of a list."""
        return next((listed for end, _, listed in self.lines if offset < end), False)


class Segment:
    """What stands after one label, up to the next; ahead of the first label there is none."""

    def __init__(self, block: Block, label: Label | None, start: int, stop: int) -> None:
        self.block = block
        self.label = label
        self.start = start
        self.stop = stop
        self.also: set[str] = set()
        """Kinds of the labels that share this value."""
        self.shared = False
        """The value is given away to the next label."""

    @property
    def folded(self) -> str:
        return self.block.folded[self.start : self.stop]

    @property
    def kinds(self) -> set[str]:
        return self.also | ({self.label.kind} if self.label else set())

    def numbers(self) -> list[values.Found]:
        """What looks like a telephone number, as offsets in the block."""
        return [
            values.Found(self.start + n.start, self.start + n.end, n.kind) for n in values.phones(self.folded)
        ]

    def own_line(self) -> int:
        """Where the value's line ends; a value may begin on the line after its label."""
        folded, begin = self.block.folded, self.start
        while begin < self.stop and folded[begin] in " \t|\n】":
            begin += 1
        end = folded.find("\n", begin, self.stop)
        return end if end >= 0 else self.stop

    def printed(self) -> str:
        """The value's line as printed."""
        return self.block.text[self.start : self.own_line()]

    def line(self, offset: int = 0) -> int:
        return self.block.line_of(self.start + offset)

    def missing(self, got: Gathered) -> None:
        """A label with nothing after it: the copier took the value."""
        if self.label and not self.shared:
            line = self.block.line_of(max(self.start - 1, 0))
            got.note("contact-damaged", line, f"“{self.label.printed}”后面没有内容，请对照原文补上")
