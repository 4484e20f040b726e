"""What was indexed before, as it is kept beside the project (`zhenggai.kept`): runs of notices and whole parts.

Of a run its texts and its piece of the index are kept one by one: where the part that
it belongs to is still there, the texts are all that is needed.
"""

from __future__ import annotations

import hashlib
import json
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import accumulate, pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from zhenggai.kept import made_by

if TYPE_CHECKING:
    from zhenggai.site.search_index import Piece

_MADE_BY = (
    "search.py",
    "search_cache.py",
    "search_fold.py",
    "search_index.py",
    "search_parts.py",
    "search_text.py",
)
_COLUMNS = ("lengths", "keys", "firsts", "lasts", "sizes")


def key(what: bytes, made_from: Iterable[bytes]) -> str:
    """A name for what is made of things with these digests, by our code as it stands."""
    return hashlib.sha256(b"".join([_code(), what, *made_from])).hexdigest()[:40]


@cache
def _code() -> bytes:
    """What runs depend on beside the notices."""
    here = Path(__file__).parent
    return made_by(
        [here / name for name in _MADE_BY], {"letters": unicodedata.unidata_version, "bytes": sys.byteorder}
    )


def packed(things: Sequence[bytes]) -> bytes:
    """Several things as one."""
    return b"".join([json.dumps([len(thing) for thing in things]).encode(), b"\n", *things])


def unpacked(data: bytes) -> list[bytes]:
    """What was packed."""
    at = data.index(b"\n") + 1
    ends = list(accumulate(json.loads(data[:at]), initial=at))
    return [data[start:end] for start, end in pairwise(ends)]


def packed_piece(piece: Piece) -> bytes:
    """A piece of the index for keeping: each column in as few bytes as its largest number takes."""
    import numpy as np

    columns = [getattr(piece, name) for name in _COLUMNS]
    columns = [column.astype(np.min_scalar_type(column.max(initial=0))) for column in columns]
    kinds = json.dumps([column.dtype.str for column in columns]).encode()
    return packed([kinds, piece.between.tobytes(), *(column.tobytes() for column in columns)])


def unpacked_piece(data: bytes) -> Piece:
    """The piece that was packed."""
    import numpy as np

    from zhenggai.site.search_index import Piece

    kinds, between, *columns = unpacked(data)
    named = zip(_COLUMNS, columns, json.loads(kinds), strict=True)
    numbers = {name: np.frombuffer(column, kind).astype(np.int64) for name, column, kind in named}
    return Piece(**numbers, between=np.frombuffer(between, np.uint8))
