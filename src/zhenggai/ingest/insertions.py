"""What a vendor, a page or a program put into a sentence: words in brackets, marks, contact numbers.

What stands between brackets is held against the rules and signals for whole
lines, as if it were one. Brackets that notices use themselves (（含下属单位）) need
more to be cut than those that they do not put into sentences (【…】 〔…〕 {…} ★…★).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from zhenggai.ingest import adverts
from zhenggai.ingest.clean_brands import stamped
from zhenggai.ingest.clean_forms import is_menu, is_nav_word
from zhenggai.ingest.clean_work import CONTACT, INVITE, Work
from zhenggai.ingest.edits import Span
from zhenggai.ingest.folding import Words, core, fold, holds_any
from zhenggai.ingest.looks import has_file_number, is_date, speaks_of_notice
from zhenggai.ingest.teasers import kinds

_IN = r"[^()（）\[\]［］【】〔〕{}｛｝〖〗「」『』⟪⟫⟦⟧⦅⦆❲❳〘〙▣\n]"
_GROUP = re.compile(rf"[（(\[［【〔{{｛〖「『⟪⟦⦅❲〘▣]{_IN}{{1,60}}[）)\]］】〕}}｝〗」』⟫⟧⦆❳〙▣]")
_RARE = "⟪⟦⦅❲〘▣"
"""Brackets that no office prints."""
_SIGNED = re.compile(
    r"[★☆※◆◇●■▲♦♥✦✪〓♪][^\n★☆※◆◇●■▲♦♥✦✪〓♪，。]{2,30}[★☆※◆◇●■▲♦♥✦✪〓♪]|[#＃][\w·]{2,16}[#＃]"
    r"|[\U0001f300-\U0001faff☞☛➤►▶]{1,3}[^\n\U0001f300-\U0001faff。]{2,30}[\U0001f300-\U0001faff☜◀◄]{1,3}"
    r"|[↓↑⇓⇑▼]{2,6}[^\n↓↑⇓⇑▼。]{2,30}[↓↑⇓⇑▼]{2,6}"
    r"|[｜|][^\n｜|]{2,30}(?:[｜|][^\n｜|]{2,30})?[｜|]"
)
_SIGNS = re.compile("[★☆※◆◇●■▲♦♥✦✪〓♪#＃｜|☞☛➤►▶↓↑⇓⇑▼\U0001f300-\U0001faff]")
_PARTED = frozenset(" 　|｜/·、:：")
_PLAIN = "（(「『"
_LABEL = re.compile(rf"[\u4e00-\u9fff]{{0,4}}(?:{CONTACT.pattern})[\u4e00-\u9fff]{{0,2}}")
"""【邮箱】 in a unit's own contact line, although sites print it in their menus too."""
_OPENING = re.compile(
    r"[不包]?含|包括|如|例|即|指|其中|另|共|约|原|现|均|以下简称|下同|截至|除|经|由|按|[详附]?见|每|以"
)
"""How notices begin what they put in brackets."""
_CURLY = "{｛"
_EMOJI = re.compile("[←→↑↓⇑⇓\u261d\u261e\u2764\u2b07\u2b06\U0001f300-\U0001faff]")
_FACES = re.compile(
    r"强|弱|赞|捂脸|微笑|呲牙|偷笑|玫瑰|抱拳|握手|鼓掌|ok|爱心|拥抱|表情|笑哭|可怜|大哭|憨笑|太阳|红包|加油|耶|旺柴|庆祝|礼物|咖啡|合十|比心"
)
_EVERYBODY = re.compile(r"[@＠](?:所有人|全体成员|全体)")
_CHANNELS = ("微信", "wx", "vx", "v信", "薇信", "威信", "qq", "扣扣", "企鹅", "加v", "加q")
_CONTACT_ID = re.compile(
    r"(?:微信号?|wx|vx|v信|薇信|威信|qq群?|扣扣|企鹅)\s?[:：]\s?[A-Za-z0-9_-]{5,20}(?:\s?[（(][^（()）\n]{1,16}[）)])?"
    r"|(?:wx|vx|v信|加v|加q)\s?[A-Za-z0-9_-]{5,20}(?:\s?[（(][^（()）\n]{1,16}[）)])?",
    re.I,
)


def _is_teaser(inner: str) -> bool:
    found = kinds(inner)
    return len(found) > 1 and bool(found & {"text", "pay"})


class Insertions:
    """Finds what was put into the sentences of one notice."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._texts = [text if i not in work.gone else "" for i, text in enumerate(work.texts)]
        self._doc = "\n".join(self._texts)
        self._lower = self._doc.lower()
        self._ends = list(accumulate(len(text) + 1 for text in self._texts))

    def cut(self, brands: frozenset[str]) -> None:
        """Cut them; `brands`: folded names of vendors that the text has been found to print."""
        spans: list[tuple[int, int]] = [*self._groups(brands), *self._contact_ids(), *self._tags(brands)]
        by_part: dict[int, list[Span]] = {}
        for start, end in spans:
            i = bisect_right(self._ends, start)
            offset = self._ends[i - 1] if i else 0
            by_part.setdefault(i, []).append((start - offset, end - offset, "insertion", ""))
        for i, found in by_part.items():
            self._work.cut_inside(i, found)

    def _groups(self, brands: frozenset[str]) -> Iterator[tuple[int, int]]:
        """Groups in brackets; those that are a whole line are judged elsewhere."""
        runs: list[list[re.Match[str]]] = []
        found = list(_GROUP.finditer(self._doc))
        if _SIGNS.search(self._doc):
            found = sorted([*found, *_SIGNED.finditer(self._doc)], key=lambda m: m.start())
        for match in found:
            if runs and not self._doc[runs[-1][-1].end() : match.start()].strip(" "):
                runs[-1].append(match)
            else:
                runs.append([match])
        runs = [run for run in runs if not self._is_whole_line(run[0].start(), run[-1].end())]
        folded = {m[0]: fold(m[0][1:-1]) for run in runs for m in run}
        words = Words("\n".join(folded.values()), adverts.lexicon())
        judge = _Judge(
            words.held,
            adverts.RuleIndex(adverts.line_rules(), words),
            adverts.Signals(words, tells=True),
            brands,
        )
        for run in runs:
            inner = [core(folded[m[0]]) for m in run]
            if len(run) > 1 and (all(map(_FACES.fullmatch, inner)) or all(map(is_nav_word, inner))):
                yield run[0].start(), run[-1].end()
            else:
                yield from (
                    m.span()
                    for m in run
                    if judge.is_foreign(m[0], folded[m[0]]) and not _LABEL.fullmatch(folded[m[0]])
                )

    def _is_whole_line(self, start: int, end: int) -> bool:
        last = self._doc.find("\n", end)
        line = self._doc[self._doc.rfind("\n", 0, start) + 1 : last if last >= 0 else None]
        return len(line.strip()) - (end - start) < 2

    def _contact_ids(self) -> Iterator[tuple[int, int]]:
        """`wx：abc12345（备注来意）` in a sentence that does not ask its readers to write."""
        lower = self._lower
        for word in _CHANNELS if len(lower) == len(self._doc) else ():
            at = lower.find(word)
            while at >= 0:
                match = _CONTACT_ID.match(self._doc, at)
                at = lower.find(word, match.end() if match else at + 1)
                if not match or self._doc[max(0, match.start() - 1)].isascii():
                    continue
                text = self._texts[bisect_right(self._ends, match.start())]
                rest = text.replace(match[0], "")
                if len(rest) > 16 and not INVITE.search(text) and not CONTACT.search(rest):
                    yield match.span()

    def _tags(self, brands: frozenset[str]) -> Iterator[tuple[int, int]]:
        """`@name` and `name.com` of a vendor, `@所有人` of a chat."""
        lower = self._lower
        if "@" in lower:
            for match in _EVERYBODY.finditer(lower):
                yield match.span()
        for brand in brands:
            if brand not in lower:
                continue
            if self._work.width and not brand.isascii():
                yield from self._stamped(brand)
            name = re.escape(brand)
            domain = rf"(?<![\w@.#-])(?:www\.)?{name}\.[a-z]{{2,8}}(?![\w.@])"
            for match in re.finditer(domain if brand.isascii() else rf"(?<!\w)@\s?{name}", lower):
                text = self._texts[bisect_right(self._ends, match.start())]
                if not CONTACT.search(text) and not INVITE.search(text):
                    yield match.span()

    def _stamped(self, brand: str) -> Iterator[tuple[int, int]]:
        """A vendor's name printed over the beginnings of lines."""
        pattern = stamped(brand)
        for i, text in enumerate(self._texts):
            if match := pattern.match(text):
                start = self._ends[i - 1] if i else 0
                yield start, start + match.end()


@dataclass(frozen=True, slots=True)
class _Judge:
    """Tells a vendor's brackets from a notice's."""

    words: tuple[str, ...]
    rules: adverts.RuleIndex
    signals: adverts.Signals
    brands: frozenset[str]

    def is_foreign(self, text: str, folded: str) -> bool:
        """Whether a group is none of the notice's. `text`: with its brackets; `folded`: without."""
        inner = core(folded)
        if not inner or (
            inner[0].isdigit() and (inner.isdigit() or is_date(inner) or has_file_number(folded))
        ):
            return False
        if holds_any(inner, self.brands) or (text[0] in _RARE and not speaks_of_notice(inner)):
            return True
        plain = text[0] in _PLAIN and not _EMOJI.search(text)
        if plain and not is_nav_word(inner) and not holds_any(folded, self.words):
            return False
        total, top = self.signals.judge(inner)
        if plain and _OPENING.match(inner) and top < adverts.PLAIN:
            return False
        if not _PARTED.isdisjoint(folded) and is_menu(folded) and not (plain and total < 1):
            return True
        rule = next(self.rules.matching(inner), None)
        if rule and (not plain or (rule.near_contacts and rule.in_brackets)):
            return True
        if is_nav_word(inner) and (not plain or len(inner) > 3):
            return True
        if not plain and (_FACES.fullmatch(inner) or _is_teaser(inner)):
            return True
        if text[0] >= "\U0001f300" and not speaks_of_notice(inner):
            return True
        if adverts.reaches(folded) or (adverts.carries_facts(folded) and total < adverts.FLAG):
            return False
        if text[0] in _CURLY:
            return total >= 1 or inner.isascii()
        if top < adverts.TELL:
            return total >= (adverts.SURE if plain else adverts.THREE)
        return total >= (adverts.PLAIN if plain else adverts.TELL)
