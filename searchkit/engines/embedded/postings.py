"""Posting lists over all segments of an index, deleted speeches left out: what evaluation works on.

A list is read when it is asked for: how often a term stands in a few speeches is told without unpacking the list of a
term that most speeches have.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence
from typing import Any

import numpy as np

from searchkit.engines.embedded.answers import Numbers
from searchkit.engines.embedded.arrays import Array
from searchkit.engines.embedded.field_reader import FieldReader
from searchkit.engines.embedded.segment_data import SegmentData
from searchkit.engines.embedded.term_list import TermList

__all__ = ["NO_POSTINGS", "Postings", "PostingsReader"]

_KEPT_POSTINGS = 3_000_000
"""Postings of all lists kept in memory: some 60 MB if each was asked for everything."""


class Postings:
    """Where one term stands: the speeches in rising order, and for each how often and where."""

    __slots__ = ("_frequencies", "_lists", "_speeches", "count", "scores")

    def __init__(self, lists: Sequence[tuple[TermList, int, Array | None]]) -> None:
        """`lists`: of each segment the list, the number of its first speech in the index, and which are not deleted."""
        self._lists = lists
        self._speeches: Numbers | None = None
        self._frequencies: Array | None = None
        self.scores: Any = None
        """A place for what the evaluator makes of the whole list."""
        if any(live is not None for _, _, live in lists):
            self.count = len(self.speeches)
        else:
            self.count = sum(item.count for item, _, _ in lists)

    def __len__(self) -> int:
        """How many speeches have the term?"""
        return self.count

    @property
    def speeches(self) -> Numbers:
        """Which speeches have it?"""
        if self._speeches is None:
            parts = [_living(item, live) + base if base else _living(item, live) for item, base, live in self._lists]
            self._speeches = parts[0] if len(parts) == 1 else np.concatenate([*parts, _NOWHERE])
        return self._speeches

    @property
    def frequencies(self) -> Array:
        """How often does it stand in each?  Unsigned, of any width that holds them."""
        if self._frequencies is None:
            parts = [
                item.frequencies if live is None else item.frequencies[live[item.speeches]]
                for item, _, live in self._lists
            ]
            self._frequencies = parts[0] if len(parts) == 1 else np.concatenate([*parts, _NOWHERE])
        return self._frequencies

    def of(self, segment: SegmentData) -> TermList:
        """The list of one segment, which has the term."""
        return next(item for item, _, _ in self._lists if item.segment is segment)

    def locate(self, speeches: Numbers) -> tuple[Array, Array]:
        """Which of `speeches` (rising, none deleted), by their places, have it, and how often is it in those?"""
        places, frequencies = [_NOWHERE], [_NEVER]
        for item, base, _ in self._lists if len(speeches) else ():
            end = base + item.segment.speeches
            if not base and end > speeches[-1]:
                return item.locate(speeches)
            low, high = speeches.searchsorted((base, end))
            if low < high:
                found, often = item.locate(speeches[low:high] - base)
                places.append(found + low)
                frequencies.append(often)
        return np.concatenate(places), np.concatenate(frequencies)

    def keys(self, within: Numbers | None = None) -> Numbers:
        """Which occurrences are there (in the speeches `within`)?  Each as speech * 2**32 + position, rising."""
        if within is None and all(live is None and item.streamed for item, _, live in self._lists):
            return self._streamed_keys()
        parts = []
        for item, base, live in self._lists:
            wanted = within
            if within is not None:  # of other segments too, also where the term stands in one alone
                low, high = within.searchsorted((base, base + item.segment.speeches))
                wanted = within[low:high] - base
            keys = item.keys(wanted)
            if live is not None:
                keys = keys[live[keys >> 32]]
            parts.append(keys + (base << 32) if base else keys)
        return parts[0] if len(parts) == 1 else np.concatenate([*parts, _NOWHERE])

    def _streamed_keys(self) -> Numbers:
        ends = np.cumsum([0, *(item.frequencies.sum(dtype=np.int64) for item, _, _ in self._lists)]).tolist()
        keys = np.empty(ends[-1], np.int64)
        for (item, base, _), start, end in zip(self._lists, ends, ends[1:], strict=False):
            item.fill(keys[start:end], base)
        return keys


_NOWHERE = np.empty(0, np.int64)
_NEVER = np.empty(0, np.uint8)
NO_POSTINGS = Postings(())


class PostingsReader:
    """Finds the posting lists of one index; safe in several threads and after a fork."""

    def __init__(self, segments: Sequence[SegmentData]) -> None:
        self._segments = segments
        self.bases: list[int] = np.cumsum([0, *(segment.speeches for segment in segments)]).tolist()
        """The number of the first speech of each segment, and the end."""
        self._kept: OrderedDict[tuple[str, str], Postings] = OrderedDict()
        self._size = 0
        self._lock = threading.Lock()

    def read(self, field: str, term: str) -> Postings:
        """Where does `term` stand in `field`?"""
        key = (field, term)
        with self._lock:
            postings = self._kept.get(key)
            if postings is not None:
                self._kept.move_to_end(key)
                return postings
        postings = self._find(field, term)
        with self._lock:
            if key not in self._kept:
                self._size += postings.count
            self._kept[key] = postings
            while self._size > _KEPT_POSTINGS and len(self._kept) > 1:
                self._size -= self._kept.popitem(last=False)[1].count
        return postings

    def count(self, field: str, term: str) -> int:
        """How many speeches have `term` in `field`?  Told without reading the list where none is deleted."""
        total = 0
        for segment in self._segments:
            if segment.live is not None:
                return len(self.read(field, term))
            reader = segment.field(field)
            number = -1 if reader is None else segment.number(reader, term)
            if reader is not None and number >= 0:
                total += reader.count(number)
        return total

    def counts_in_stream(self, speeches: Numbers, terms: Sequence[str]) -> Array | None:
        """How often does each of `terms` stand in each of `speeches` (rising) of the text?  As `Stream.counts`."""
        counts = np.zeros((len(terms), len(speeches)), np.int64)
        cuts = speeches.searchsorted(self.bases).tolist()
        for segment, base, low, high in zip(self._segments, self.bases, cuts, cuts[1:], strict=False):
            text = segment.field("text")
            numbers = [] if text is None else [segment.number(text, term) for term in terms]
            known = [place for place, number in enumerate(numbers) if number >= 0]
            if low == high or not known:
                continue
            found = segment.stream.counts(speeches[low:high] - base, [numbers[place] for place in known])
            if found is None:
                return None
            counts[known, low:high] = found
        return counts

    def terms(self, field: str, prefix: str, most: int) -> list[str]:
        """Which terms of `field` begin with `prefix`, in order?  At most one more than `most`."""
        found: set[bytes] = set()
        for segment, reader in self.readers(field):
            first, last = reader.vocabulary.starting_with(prefix.encode("utf-8", "surrogatepass"))
            found.update(_terms(reader, segment.live, first, last, most + 1))
        return [term.decode("utf-8", "surrogatepass") for term in sorted(found)[: most + 1]]

    def all_terms(self, field: str) -> list[str]:
        """Which terms has `field`, in order?"""
        return self.terms(field, "", 1 << 62)

    def readers(self, field: str) -> list[tuple[SegmentData, FieldReader]]:
        """Which segments have `field`, and what reads it there?"""
        held = ((segment, segment.field(field)) for segment in self._segments)
        return [(segment, reader) for segment, reader in held if reader is not None]

    def based(self, field: str) -> list[tuple[FieldReader, int]]:
        """What reads `field` in each segment that has it, and which number has the first speech of that?"""
        held = ((segment.field(field), base) for segment, base in zip(self._segments, self.bases, strict=False))
        return [(reader, base) for reader, base in held if reader is not None]

    @property
    def segments(self) -> Sequence[SegmentData]:
        """The segments, in the order of their numbers."""
        return self._segments

    def _find(self, field: str, term: str) -> Postings:
        lists = []
        for segment, base in zip(self._segments, self.bases, strict=False):
            reader = segment.field(field)
            number = -1 if reader is None else segment.number(reader, term)
            if reader is not None and number >= 0:
                lists.append((TermList(segment, reader, number), base, segment.live))
        return Postings(lists) if lists else NO_POSTINGS


def _living(item: TermList, live: Array | None) -> Numbers:
    return item.speeches if live is None else item.speeches[live[item.speeches]]


def _terms(reader: FieldReader, live: Array | None, first: int, last: int, most: int) -> list[bytes]:
    """The terms from `first` up to `last` that a speech has which is not deleted; `most` at most."""
    if live is None:
        return reader.vocabulary.terms(first, min(last, first + most))
    if first == last:
        return []
    speeches, counts = reader.speeches_of(first, last)
    held = np.add.reduceat(live[speeches].astype(np.int64), np.cumsum(counts) - counts) > 0
    return [reader.vocabulary.term(first + int(place)) for place in np.flatnonzero(held)[:most]]
