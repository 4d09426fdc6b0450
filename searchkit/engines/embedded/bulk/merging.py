"""Several segments become one: every field range of terms by range of terms, so that memory stays bounded.

Of each range the posting lists of all segments are read at once, and every list is put behind those of the same term
from the segments before: one scattered write for each array.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from searchkit.engines.arrays import distinct
from searchkit.engines.embedded.arrays import Array
from searchkit.engines.embedded.bulk.merging_columns import merge_columns, merge_stored
from searchkit.engines.embedded.bulk.source import Source
from searchkit.engines.embedded.field_reader import FieldReader
from searchkit.engines.embedded.layout import FieldPostings, Strings
from searchkit.engines.embedded.segment import ColumnarSegment
from searchkit.engines.embedded.segment_writer import SegmentWriter

__all__ = ["TextNumbers", "merge", "merge_fields", "sources_of"]

_POSTINGS_AT_ONCE = 1 << 20
"""Of all segments together; some 100 MB with their positions."""
_GONE = -1
"""The number of a term that stood only in speeches that do not stay."""
_BLOCKS = 4
"""Blocks of each source in a range, on average: more follow the sizes of ranges more closely."""


@dataclass(frozen=True, slots=True)
class _Part:
    """The terms of one source within a range: `low` to `high` of its field, and their places among all of the range."""

    source: Source
    field: FieldReader
    low: int
    high: int
    places: Array


def merge(sources: Sequence[Source], storage: Any, indexname: str) -> ColumnarSegment:
    """Write one segment of `sources`, in their order, without the speeches that do not stay; which one is it?"""
    speeches = sum(source.kept for source in sources)
    segment = ColumnarSegment(indexname, speeches=speeches)
    with SegmentWriter.whole(storage, segment.segment_id(), speeches) as writer:
        text = merge_fields(sources, writer)
        _merge_streams(sources, text, writer)
        merge_columns(sources, writer)
        merge_stored(sources, writer)
    return segment


def sources_of(storage: Any, segments: Sequence[ColumnarSegment]) -> list[Source]:
    """The `segments` in `storage` as what `merge` takes: one behind the other, deleted speeches left out."""
    sources: list[Source] = []
    first = 0
    for segment in segments:
        sources.append(Source(storage, segment.segment_id(), first, segment.live()))
        first += sources[-1].kept
    return sources


def merge_fields(sources: Sequence[Source], writer: SegmentWriter) -> TextNumbers:
    """Write the postings of every field of `sources`; which numbers have the terms of `text` then?"""
    text = TextNumbers(sources)
    # Stems name the numbers of their forms, so that `text` comes first.
    for name in sorted({name for source in sources for name in source.field_names}, key=lambda name: name != "text"):
        readers = [(source, field) for source in sources if (field := source.field(name)) is not None]
        words = sum(field.all_occurrences for _, field in readers) if name == "text" else None
        with writer.field(name, positions=any(field.has_positions for _, field in readers), words=words) as written:
            for terms, parts in _ranges(readers):
                piece, numbers = _merged(terms, parts)
                if name == "text":
                    text.take(parts, piece, numbers)
                elif any(field.has_forms for _, field in readers):
                    piece = _with_forms(piece, parts, numbers, text)
                written.add(piece)
    return text


def _merge_streams(sources: Sequence[Source], text: TextNumbers, writer: SegmentWriter) -> None:
    code_of = text.codes()
    # A term that is gone stands nowhere: any code will do.
    pieces = (source.stream(code_of[np.maximum(text.of(source), 0)]) for source in sources)
    writer.stream(code_of, itertools.chain.from_iterable(pieces))


class TextNumbers:
    """Which number in the whole has each term of each source's `text`?  Told while the field is written."""

    def __init__(self, sources: Sequence[Source]) -> None:
        self._numbers: dict[Source, list[Array]] = {source: [] for source in sources}
        self._occurrences: list[Array] = []
        self._count = 0

    def take(self, parts: list[_Part], piece: FieldPostings, numbers: Array) -> None:
        """Take in a range: `numbers` are those of its terms within `piece`, or _GONE."""
        for part in parts:
            found = numbers[part.places]
            self._numbers[part.source].append(np.where(found < 0, _GONE, found + self._count))
        assert piece.frequencies is not None
        self._occurrences.append(_sums(piece.frequencies, piece.counts))
        self._count += len(piece.terms)

    def of(self, source: Source) -> Array:
        """The numbers of all terms of `source`; _GONE for those that stand in no speech that stays."""
        return np.concatenate([*self._numbers[source], np.zeros(0, np.int64)])

    def codes(self) -> Array:
        """The code of each term in the stream: 1 + its rank by frequency."""
        occurrences = np.concatenate([*self._occurrences, np.zeros(0, np.int64)])
        codes = np.empty(len(occurrences), np.int64)
        codes[np.argsort(-occurrences, kind="stable")] = np.arange(1, len(codes) + 1)
        return codes


def _ranges(readers: list[tuple[Source, FieldReader]]) -> Iterator[tuple[list[bytes], list[_Part]]]:
    """Consecutive ranges of terms with some _POSTINGS_AT_ONCE postings each: their terms, and where these come from."""
    # Every source is cut into blocks of as many postings; so many of these blocks in the order of terms make a range.
    block = max(1, _POSTINGS_AT_ONCE // (_BLOCKS * len(readers)))
    begins = sorted(itertools.chain.from_iterable(_block_terms(field, block) for _, field in readers))
    cuts = [*dict.fromkeys(begins[:: _BLOCKS * len(readers)]), None]
    for first, behind in itertools.pairwise(cuts):
        held = []
        for source, field in readers:
            low = 0 if first is None or first == cuts[0] else field.vocabulary.place(first)
            high = len(field.vocabulary) if behind is None else field.vocabulary.place(behind)
            if low < high:
                held.append((source, field, low, high, field.vocabulary.terms(low, high)))
        # Sorting goes through lists that are in order already by merging them.
        terms = list(dict.fromkeys(sorted(itertools.chain.from_iterable(item[-1] for item in held))))
        places = dict(zip(terms, itertools.count()))
        parts = [
            _Part(source, field, low, high, np.fromiter(map(places.__getitem__, own), np.int64, len(own)))
            for source, field, low, high, own in held
        ]
        yield terms, parts


def _block_terms(field: FieldReader, block: int) -> list[bytes]:
    """Every term of `field` that begins another `block` postings."""
    size = len(field.vocabulary)
    ends = np.cumsum(field.counts(0, size))
    numbers = np.unique(np.searchsorted(ends, np.arange(0, int(ends[-1]) if size else 0, block), side="right"))
    return [field.vocabulary.term(number) for number in numbers.tolist()]


def _merged(terms: list[bytes], parts: list[_Part]) -> tuple[FieldPostings, Array]:
    """The postings of a range over all sources, and the number that each of `terms` has among those left, or _GONE."""
    read = [part.source.postings(part.field, part.low, part.high) for part in parts]
    counts = np.zeros(len(terms), np.int64)
    times = np.zeros(len(terms), np.int64)
    for part, found in zip(parts, read, strict=True):
        counts[part.places] += found.counts
        times[part.places] += found.counts if found.frequencies is None else _sums(found.frequencies, found.counts)
    has_positions = any(part.field.has_positions for part in parts)
    streamed = np.zeros(len(terms), bool)
    for part, found in zip(parts, read, strict=True):
        if found.streamed is not None:
            streamed[part.places] |= found.streamed
    speeches, frequencies = np.empty(int(counts.sum()), np.int64), np.ones(int(counts.sum()), np.int64)
    placed = np.where(streamed, 0, times)
    positions = np.empty(int(placed.sum()) if has_positions else 0, np.int64)
    posting_at, position_at = np.cumsum(counts) - counts, np.cumsum(placed) - placed
    for part, found in zip(parts, read, strict=True):
        targets = _targets(posting_at, part.places, found.counts)
        speeches[targets] = found.speeches
        own_times = found.counts
        if found.frequencies is not None:
            frequencies[targets] = found.frequencies
            own_times = _sums(found.frequencies, found.counts)
        if found.positions is not None:
            # What one of the sources leaves to its stream, the whole does.
            dropped = streamed[part.places]
            given = own_times if found.streamed is None else np.where(found.streamed, 0, own_times)
            kept = found.positions[np.repeat(~dropped, given)] if dropped.any() else found.positions
            positions[_targets(position_at, part.places, np.where(dropped, 0, given))] = kept
    left = counts > 0
    numbers = np.where(left, np.cumsum(left) - 1, _GONE)
    texts = Strings.of(
        terms if left.all() else [term for term, stays in zip(terms, left.tolist(), strict=True) if stays]
    )
    merged = FieldPostings(
        texts, counts[left], speeches, frequencies, positions if has_positions else None, streamed=streamed[left]
    )  # fmt: skip
    return merged, numbers


def _targets(at: Array, places: Array, counts: Array) -> Array:
    """Where do lists of lengths `counts` go that belong to the terms `places`?  `at` moves on behind them."""
    starts = np.cumsum(counts) - counts
    targets: Array = np.repeat(at[places] - starts, counts) + np.arange(int(counts.sum()))
    at[places] += counts
    return targets


def _with_forms(piece: FieldPostings, parts: list[_Part], numbers: Array, text: TextNumbers) -> FieldPostings:
    """The postings of stems with the numbers that their forms have in the whole."""
    pairs = []
    for part in parts:
        forms, counts = part.field.forms_of(part.low, part.high)
        stems, words = np.repeat(numbers[part.places], counts), text.of(part.source)[forms]
        pairs.append(((stems << 32) | words)[(stems != _GONE) & (words != _GONE)])
    different = distinct(np.sort(np.concatenate([*pairs, np.zeros(0, np.int64)])))
    forms_at = np.searchsorted(different >> 32, np.arange(len(piece.terms) + 1))
    return replace(piece, forms_at=forms_at, forms=different & 0xFFFFFFFF)


def _sums(values: Array, counts: Array) -> Array:
    """The sum of each of several runs of `values`, of lengths `counts`."""
    before = np.concatenate(([0], np.cumsum(values, dtype=np.int64)))
    ends = np.cumsum(counts)
    sums: Array = before[ends] - before[ends - counts]
    return sums
