"""Folding: the form of a text in which two phrases are the same phrase.

One rule on both sides: `docs/assets/search-fold.js` does the same in the browser,
and `tests/site/fold_cases.json` binds the two together.

- NFKC, then lower case;
- dropped: white space, line breaks, control, zero-width and other invisible
  characters, quotation marks, brackets of every kind and 《》;
- every run of other punctuation becomes one `BOUNDARY`, which a phrase without
  punctuation never crosses (and which a phrase with punctuation finds);
- every other character stays: letters, digits, signs such as ○ × ℃ → °c, emoji.
"""

from __future__ import annotations

import re
import unicodedata

BOUNDARY = "\n"
"""Stands for punctuation in a folded text; no folded character, since line breaks are dropped."""

_DROPPED_CATEGORIES = frozenset({"Zs", "Zl", "Zp", "Cc", "Cf", "Cs", "Ps", "Pe", "Pi", "Pf"})
# Quotation marks and brackets that Unicode files elsewhere, and letters or marks that show nothing.
_DROPPED = frozenset(
    "\"'`<>\u034f\u115f\u1160\u3164\uffa0\u180b\u180c\u180d\u180f"
    + "".join(map(chr, range(0xFE00, 0xFE10)))
    + "".join(map(chr, range(0xE0100, 0xE01F0)))
)
_RUNS = re.compile(f"{BOUNDARY}+")


def _is_continuation(char: str) -> bool:
    """Whether NFKC may join `char` to what stands before it (accents, Korean vowels and finals)."""
    return unicodedata.category(char)[0] == "M" or "\u1160" <= char <= "\u11ff"


def _folded(cluster: str) -> str:
    out = []
    for char in unicodedata.normalize("NFKC", cluster):
        for low in char.lower():  # one by one: str.lower() looks at the neighbours of Σ
            category = unicodedata.category(low)
            if category in _DROPPED_CATEGORIES or low in _DROPPED:
                continue
            out.append(BOUNDARY if category[0] == "P" else low)
    return "".join(out)


class _Clusters(dict[str, str]):
    """Folded form of each cluster met so far."""

    def __missing__(self, cluster: str) -> str:
        self[cluster] = folded = _folded(cluster)
        return folded


class _Characters(dict[int, str]):
    """Folded form of each character met so far, `_JOINED` for one that belongs to what stands before it.

    Texts repeat a few thousand characters.
    """

    def __missing__(self, code: int) -> str:
        char = chr(code)
        self[code] = folded = _JOINED if _is_continuation(char) else _folded(char)
        return folded


_JOINED = "\0"
"""No folded character, since control characters are dropped."""
_CHARACTERS = _Characters()
_CLUSTERS = _Clusters()


def _clusters(text: str) -> list[str]:
    out: list[str] = []
    for char in text:
        if out and _is_continuation(char):
            out[-1] += char
        else:
            out.append(char)
    return out


def fold(text: str) -> str:
    """The folded form; never starts or ends with a boundary, never has two in a row."""
    folded = text.translate(_CHARACTERS)
    if _JOINED in folded:
        folded = "".join(map(_CLUSTERS.__getitem__, _clusters(text)))
    return _RUNS.sub(BOUNDARY, folded).strip(BOUNDARY)
