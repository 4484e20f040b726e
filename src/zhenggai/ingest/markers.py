"""Vendor markers: words between brackets, signs, arrows or dashes of any style, paired or not.

Only the marker is cut; the sentence that it is glued to stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from zhenggai.ingest.edits import Span, drop_overlaps
from zhenggai.ingest.folding import Words, core, fold, holds_any
from zhenggai.ingest.teasers import is_bracketed_teaser, is_marked_teaser
from zhenggai.rulebook import boilerplate

_SIGNS = "#@$~＃＠※★☆◆◇●■▲►▼◎♦♥✦✪*＊⚡⚠⭐❗✨✅❤〓♪♫\U0001f300-\U0001faff"
_OPENING = r"\[【{〖〔﹝〘〚(（《〈<「『［｛"
_CLOSING = r"\]】}〗〕﹞〙〛)）》〉>」』］｝"
_PLAIN = "（(《【[“「『<〈{"
"""Brackets that notices use themselves."""
_BODY = rf"[^{_SIGNS}{_OPENING}{_CLOSING}\n]"
_BRACKETED = re.compile(
    rf"(?P<open>[{_OPENING}]{{1,4}}[\U0001f300-\U0001faff]{{0,2}})(?P<body>{_BODY}{{1,60}})(?P<close>[{_CLOSING}]{{1,4}})"
)
_SIGNED = re.compile(rf"(?P<open>[{_SIGNS}]{{1,12}})(?P<body>{_BODY}{{1,60}})(?P<close>[{_SIGNS}]{{1,12}})")
_ARROWED = re.compile(
    r"(?P<open>[>＞»》→↓↑⇓⇑▶▷►☞👇👆🔥🔒💰❤✨⭐\u2b07\u2b06]{2,12}|[→↓↑▶►☞👉🔒🔥💰👇])"
    r"(?P<body>[^<＜«《←↓↑⇓⇑◀◁◄☜👈。\n>＞»→▶]{1,60}?(?:《[^》\n]{1,40}》[^<＜«《←↓↑。\n>]{0,30})?)"
    r"(?P<close>[<＜«《←↓↑⇓⇑◀◁◄☜👇👆🔥🔒💰👈\u2b07\u2b06]{1,12})"
)
_DASHED = re.compile(r"(?P<open>[-—_─=－%&]{2,20})(?P<body>[^-—_─=－%&\n]{2,40})(?P<close>[-—_─=－%&]{2,20})")
_LONE = re.compile(
    r"(?P<open>[#@$%&＃＠]{2,6})"
    r"(?P<body>[ \t　]{0,3}[A-Za-z][A-Za-z_-]{2,30}|[^\W\d_a-zA-Z]{2,12})(?P<close>)"
)
_CODE = re.compile(
    r"\{\{[^{}\n\u3400-\u9fff]{1,60}\}\}|\$\{[^{}\n\u3400-\u9fff]{1,60}\}|<%[^%\n\u3400-\u9fff]{0,80}%>"
)


@cache
def _contents() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{p})" for p in boilerplate().markers.contents))


@cache
def _words() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, boilerplate().markers.words)))


@cache
def _latin() -> re.Pattern[str]:
    return re.compile(boilerplate().markers.latin)


_ARROWS = re.compile("[>＞»》]{2}|[→↓↑⇓⇑▶▷►☞👉👇👆🔥🔒💰]")
_ANY_SIGN = re.compile(rf"[{_SIGNS}]")
_DASHES = re.compile(r"[-—_─=－%&]{2}")
_SHAPES = (
    (frozenset(_SIGNS), _ANY_SIGN, (_SIGNED, _LONE)),
    (frozenset("-—_─=－%&"), _DASHES, (_DASHED,)),
    (frozenset(">＞»》→↓↑⇓⇑▶▷►☞"), _ARROWS, (_ARROWED,)),
)
"""Signs (and emoji) without which a text has no such marker, what is cheap to look for in a line, and the
shapes of markers that need it. Brackets are everywhere."""
_PAIRS = (
    "##",
    "@@",
    "$$",
    "~~",
    "＃＃",
    "＠＠",
    "%%",
    "&&",
    "==",
    "[[",
    "【【",
    "{{",
    "${",
    "<%",
    "《《",
    "〖〖",
    "（（",
    "((",
    "<<",
)
SIGNS = frozenset().union(*(known for known, _, _ in _SHAPES), (pair[0] for pair in _PAIRS))
"""Signs of which `Suspects` has to know whether a text holds them."""
_STRONG = re.compile("|".join(map(re.escape, _PAIRS)))


@cache
def _marker_words() -> frozenset[str]:
    return frozenset(boilerplate().markers.words)


class Suspects:
    """Which lines of a text can hold a marker at all: those with a marker's word or a paired sign."""

    def __init__(self, doc: str, words: Words, signs: frozenset[str]) -> None:
        """`doc`: the whole text; `words`: those of it in lower case; `signs`: which of `SIGNS` it holds."""
        known = _marker_words()
        self._words = [word for word in words.held if word in known]
        self._strong = any(pair[0] in signs and pair in doc for pair in _PAIRS)
        emoji = len(doc.encode("utf-16-le", "surrogatepass")) > 2 * len(doc)
        self._shapes = [
            (sign, shapes) for known, sign, shapes in _SHAPES if emoji or not known.isdisjoint(signs)
        ]

    def __bool__(self) -> bool:
        return self._strong or bool(self._words)

    def spans(self, text: str) -> list[Span]:
        """Vendor markers in one line of the text, paired or not: (start, end, rule, "")."""
        strong = self._strong and _STRONG.search(text) is not None
        if not strong and not self._holds_word(text):
            return []
        spans: list[Span] = []
        if strong:
            spans += [(m.start(), m.end(), "template-code", "") for m in _CODE.finditer(text)]
        for sign, shapes in self._shapes:
            if sign.search(text):
                for shape in shapes:
                    spans += _markers(shape, text)
        spans += _markers(_BRACKETED, text)
        return drop_overlaps(spans) if spans else spans

    def _holds_word(self, text: str) -> bool:
        lower = text.lower()
        return holds_any(lower, self._words)


def _markers(pattern: re.Pattern[str], text: str) -> Iterator[Span]:
    at = 0
    while match := pattern.search(text, at):
        if _is_marker(match):
            yield match.start(), match.end(), "marker", ""
            at = match.end()
        else:  # the closing sign may open the next pair
            at = max(match.end() - len(match["close"]), match.start() + 1)


def _is_marker(match: re.Match[str]) -> bool:
    body: str = match["body"]
    lower = body.lower()
    strong = match["open"][1:2] != ""
    if not strong and not _words().search(lower):
        return False
    body = core(fold(body))
    if not body:
        return False
    if _contents().fullmatch(body):
        return True
    if is_bracketed_teaser(body) if match["open"][0] in _PLAIN and not strong else is_marked_teaser(body):
        return True
    paired = _STRONG.match(match["open"]) is not None and len(match["close"]) > 1
    return paired and _latin().fullmatch(body) is not None and set(body) != {"x"}
