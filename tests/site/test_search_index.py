"""The exact index: its files, read as the page reads them, give what brute force gives."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.site.indexes import write_part

from zhenggai.site import search_index
from zhenggai.site.search_cache import packed_piece, unpacked_piece
from zhenggai.site.search_index import Part, build_part, collect, shard, varints


def numbers(data: bytes) -> Iterator[int]:
    """LEB128, read."""
    value = shift = 0
    for byte in data:
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            yield value
            value = shift = 0


def places(folder: Path, part: Part, first: str, second: str = "") -> list[int]:
    """What the index says of a pair or, without `second`, of a single character."""
    key = ord(first), ord(second) if second else 0
    data = (folder / part["path"] / f"{shard(*key, part['shards'])}.bin").read_bytes()
    stream = numbers(data)
    keys = [(next(stream), next(stream), next(stream)) for _ in range(next(stream))]
    at = len(data) - sum(length for _, _, length in keys)
    for a, b, length in keys:
        if (a, b) == key:
            steps, found = list(numbers(data[at : at + length])), [0]
            for step in steps:
                found.append(found[-1] + step)
            return found[1:]
        at += length
    return []


def phrase(folder: Path, part: Part, words: str) -> dict[int, list[int]]:
    """Text number → places of a phrase in it, from the index alone."""
    found = set(places(folder, part, words[0], words[1]))
    for i in range(1, len(words) - 1):
        found &= {p - i for p in places(folder, part, words[i], words[i + 1])}
    out: dict[int, list[int]] = {}
    start = 0
    for number, length in enumerate(part["lengths"]):
        inside = sorted(p - start for p in found if start <= p < start + length)
        if inside:
            out[number] = inside
        start += length + 1
    return out


def brute(texts: list[str], words: str) -> dict[int, list[int]]:
    every = {n: [i for i in range(len(t)) if t.startswith(words, i)] for n, t in enumerate(texts)}
    return {n: at for n, at in every.items() if at}


TEXTS = st.lists(st.text(st.sampled_from("团费收缴2a\n"), max_size=30), min_size=1, max_size=6)


@given(texts=TEXTS, words=st.text(st.sampled_from("团费收缴2a"), min_size=2, max_size=5))
def test_phrases_as_brute_force_finds_them(tmp_path_factory: object, texts: list[str], words: str) -> None:
    folder = tmp_path_factory.mktemp("index")  # type: ignore[attr-defined] # pytest does not name its type publicly
    part = write_part([collect(texts)], folder)
    assert phrase(folder, part, words) == brute(texts, words)
    assert places(folder, part, words[0]) == [n for n, text in enumerate(texts) if words[0] in text]


def test_nothing_is_found_across_two_texts(tmp_path: Path) -> None:
    part = write_part([collect(["甲乙", "丙丁"])], tmp_path)
    assert places(tmp_path, part, "乙", "丙") == []
    assert places(tmp_path, part, "丙", "丁") == [3]


def test_same_texts_same_bytes_other_texts_other_folder(tmp_path: Path) -> None:
    texts = ["团费收缴不规范", "台账补登", "𠮷野"]
    one, two = (
        write_part([collect(texts)], tmp_path / "1"),
        write_part([collect(list(texts))], tmp_path / "2"),
    )
    assert one == two

    def content(folder: Path) -> dict[str, bytes]:
        return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*.bin")}

    assert content(tmp_path / "1") == content(tmp_path / "2") != {}
    assert write_part([collect([*texts, "新"])], tmp_path / "3")["path"] != one["path"]


def test_many_files_when_there_is_much(tmp_path: Path) -> None:
    texts = ["".join(chr(0x4E00 + (i * 37 + n * 101) % 5000) for i in range(2000)) for n in range(10)]
    part = write_part([collect(texts)], tmp_path)
    files = list((tmp_path / part["path"]).iterdir())
    assert len(files) == part["shards"] > 5
    assert max(f.stat().st_size for f in files) < 4 * search_index.SHARD_BYTES
    assert phrase(tmp_path, part, texts[3][500:504]) == brute(texts, texts[3][500:504])


def test_an_archive_without_notices(tmp_path: Path) -> None:
    part = write_part([collect([])], tmp_path)
    assert part["lengths"] == []
    assert places(tmp_path, part, "甲", "乙") == []


def varint(number: int) -> bytes:
    """Unsigned LEB128 as it is defined."""
    return bytes([number]) if number < 128 else bytes([number & 127 | 128]) + varint(number >> 7)


@given(st.lists(st.integers(0, 2**62)))
def test_varints_are_leb128(values: list[int]) -> None:
    data, sizes = varints(np.array(values, np.int64))
    assert data.tobytes() == b"".join(map(varint, values))
    assert sizes.tolist() == [len(varint(value)) for value in values]
    assert list(numbers(data.tobytes())) == values


def plain(texts: list[str], shards: int) -> list[bytes]:
    """The files as the module's head defines them, a step at a time."""
    lists: dict[tuple[int, int], list[int]] = defaultdict(list)
    start = 0
    for number, text in enumerate(texts):
        for place, (first, second) in enumerate(pairwise(text)):
            lists[ord(first), ord(second)].append(start + place)
        for char in set(text):
            lists[ord(char), 0].append(number)
        start += len(text) + 1
    out = []
    for file in range(shards):
        keys = sorted(key for key in lists if shard(*key, shards) == file)
        data = [b"".join(varint(b - a) for a, b in pairwise([0, *lists[key]])) for key in keys]
        head = [varint(n) for key, d in zip(keys, data, strict=True) for n in (*key, len(d))]
        out.append(b"".join([varint(len(keys)), *head, *data]))
    return out


ANY = st.lists(
    st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=40), max_size=9
)


@given(
    texts=st.one_of(ANY, TEXTS),
    cuts=st.lists(st.integers(0, 9), max_size=3),
    size=st.sampled_from([8, 64, 8192]),
)
def test_files_are_as_defined(texts: list[str], cuts: list[int], size: int) -> None:
    """Any texts, cut into any pieces, in any number of files."""
    ends = [0, *sorted(min(cut, len(texts)) for cut in cuts), len(texts)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(search_index, "SHARD_BYTES", size)
        patch.setattr(search_index, "_AT_ONCE", 5)
        about, *files = build_part([collect(texts[a:b]) for a, b in pairwise(ends)])
    assert files == plain(texts, json.loads(about)["shards"])
    assert json.loads(about)["lengths"] == [len(text) for text in texts]


@given(texts=ANY)
def test_pieces_are_kept_as_they_are(texts: list[str]) -> None:
    piece = collect(texts)
    again = unpacked_piece(packed_piece(piece))
    for name in ("lengths", "keys", "firsts", "lasts", "sizes", "between"):
        assert getattr(again, name).tolist() == getattr(piece, name).tolist()
        assert getattr(again, name).dtype == getattr(piece, name).dtype


@given(texts=TEXTS, cuts=st.lists(st.integers(0, 6), max_size=3))
def test_pieces_joined_are_the_whole(tmp_path_factory: object, texts: list[str], cuts: list[int]) -> None:
    """However texts are cut into pieces, the same bytes are written."""
    folder = tmp_path_factory.mktemp("index")  # type: ignore[attr-defined] # as above
    ends = [0, *sorted(min(cut, len(texts)) for cut in cuts), len(texts)]
    pieces = [collect(texts[a:b]) for a, b in pairwise(ends)]
    one, other = write_part([collect(texts)], folder / "1"), write_part(pieces, folder / "2")
    assert one == other
    assert [p.read_bytes() for p in sorted((folder / "1").rglob("*.bin"))] == [
        p.read_bytes() for p in sorted((folder / "2").rglob("*.bin"))
    ]
