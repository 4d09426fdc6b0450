"""Positions that are left to the stream are told by it: of a whole list, of some speeches, and through merging."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from whoosh.filedb.filestore import FileStorage

from searchkit.engines.embedded import layout, slots
from searchkit.engines.embedded.bulk.batch import BulkBatch, Words
from searchkit.engines.embedded.bulk.merging import merge, sources_of
from searchkit.engines.embedded.nearby import near_in_stream
from searchkit.engines.embedded.postings import PostingsReader
from searchkit.engines.embedded.segment import ColumnarSegment
from searchkit.engines.embedded.segment_data import SegmentData
from searchkit.engines.embedded.term_list import TermList
from searchkit.models import Speech
from searchkit.query import nodes
from searchkit.schema import with_own_fields

FIELDS = with_own_fields(("party",))
Some = Callable[[int, int], list[Speech]]
Plain = Callable[[list[Speech]], ColumnarSegment]


@pytest.fixture
def few_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Positions are left to the stream from a few occurrences on."""
    monkeypatch.setattr(layout, "STREAMED_FROM", 9)
    monkeypatch.setattr(layout, "STREAMED_SHARE", 27)


def bulk(storage: FileStorage, speeches: list[Speech]) -> ColumnarSegment:
    batch = BulkBatch(FIELDS, Words())
    batch.add(speeches)
    return batch.write(storage, "BULK")


def keys(data: SegmentData, within: Any = None) -> dict[bytes, list[int]]:
    """Where does each word of the text stand?"""
    text = data.field("text")
    assert text is not None
    return {
        text.vocabulary.term(number): TermList(data, text, number).keys(within).tolist()
        for number in range(len(text.vocabulary))
    }


def streamed(data: SegmentData) -> int:
    """How many terms have no positions of their own?"""
    text = data.field("text")
    assert text is not None
    mask = text.streamed_of(0, len(text.vocabulary))
    assert mask.tolist() == [text.streamed(number) for number in range(len(mask))]
    return int(mask.sum())


@pytest.mark.usefixtures("few_kept")
@pytest.mark.parametrize("gathered", [1, 1_000_000])
def test_of_all_speeches_and_of_some(
    speeches: Some, plain_segment: Plain, storage: FileStorage, monkeypatch: pytest.MonkeyPatch, gathered: int
) -> None:
    monkeypatch.setattr(slots, "_GATHERED", gathered)
    some = speeches(200, 4)
    lean, whole = SegmentData(storage, bulk(storage, some)), SegmentData(storage, plain_segment(some))
    assert streamed(whole) == 0
    assert 5 < streamed(lean) < len(keys(lean))
    assert keys(lean) == keys(whole)
    for within in (np.arange(0, 200, 3), np.array([7]), np.arange(0)):
        assert keys(lean, within) == keys(whole, within)


@pytest.mark.usefixtures("few_kept")
def test_through_merging(speeches: Some, plain_segment: Plain, storage: FileStorage) -> None:
    some = speeches(240, 6)
    parts = [bulk(storage, some[:9]), bulk(storage, some[9:150]), bulk(storage, some[150:])]
    assert len({streamed(SegmentData(storage, part)) for part in parts}) > 1
    gone = {3, 40, 41, 200}
    for number in gone:
        place = 0 if number < 9 else 1 if number < 150 else 2
        parts[place].delete_document(number - (0, 9, 150)[place])
    merged = SegmentData(storage, merge(sources_of(storage, parts), storage, "MERGED"))
    assert streamed(merged) >= streamed(SegmentData(storage, parts[1]))
    left = [speech for number, speech in enumerate(some) if number not in gone]
    assert keys(merged) == keys(SegmentData(storage, plain_segment(left)))


@pytest.mark.usefixtures("few_kept")
@pytest.mark.parametrize("distance", [1, 2, 7])
def test_words_near_each_other(speeches: Some, storage: FileStorage, distance: int) -> None:
    data = SegmentData(storage, bulk(storage, speeches(200, 4)))
    places = keys(data)
    words = sorted(places, key=lambda word: -len(places[word]))[:8]
    for left in words:
        for right in words:
            near = nodes.Near(nodes.Term("text", left.decode()), nodes.Term("text", right.decode()), distance)
            held = set(places[right])
            steps = [step for step in range(-distance, distance + 1) if step]
            expected = {key >> 32 for key in places[left] if any(key + step in held for step in steps)}
            found = near_in_stream(near, PostingsReader([data]))
            assert found is not None
            assert found.tolist() == sorted(expected)
