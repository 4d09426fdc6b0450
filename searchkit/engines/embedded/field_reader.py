"""Where terms stand: posting lists of one field of one segment as flat arrays, each read with a few array operations.

Every list is an array of its own, in rising order; nothing here knows of other segments or of deletions.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np

from searchkit.engines.arrays import distinct
from searchkit.engines.embedded.arrays import Array, ArrayFile
from searchkit.engines.embedded.layout import BITS, width_of, widths_of
from searchkit.engines.embedded.narrow import HALF, Narrow
from searchkit.engines.embedded.vocabulary import Vocabulary

__all__ = ["FieldReader", "FieldSources", "ones_before"]

_NONE: Array = np.empty(0, np.uint32)


@dataclass(frozen=True, slots=True)
class FieldSources:
    """The files that hold the fields of a segment."""

    terms: ArrayFile
    postings: ArrayFile
    places: ArrayFile


class FieldReader:
    """Reads the vocabulary and the postings of one field."""

    def __init__(self, files: FieldSources, name: str) -> None:
        terms, postings, places = files.terms, files.postings, files.places
        facts = terms.meta["fields"][name]
        speeches = int(facts["speeches"])
        self.name = name
        self.vocabulary = Vocabulary(terms, name)
        self.all_postings = int(facts["postings"])
        self.all_occurrences = int(facts["occurrences"])
        self.speeches_in_segment = speeches
        self._terms, self._postings = terms, postings
        self._row_bytes = (speeches + 7) // 8
        self._speeches_at = None if facts["single"] else terms.array(f"{name}/speeches_at")
        self._postings_at = None if facts["single"] else terms.array(f"{name}/postings_at")
        self._bits = postings.array(f"{name}/bits")
        self._by_width = {
            width: Narrow(postings, f"{name}/speeches{width}")
            for width in (1, 2, 4)
            if f"{name}/speeches{width}" in postings
        }
        kept = f"{name}/frequencies" in postings
        self._frequencies = Narrow(postings, f"{name}/frequencies", HALF) if kept else None
        self.has_positions = f"{name}/positions_at" in terms
        if self.has_positions:
            self._positions_at = terms.array(f"{name}/positions_at")
            self._positions = Narrow(places, f"{name}/positions")
        left_out = f"{name}/streamed" in places
        self._streamed = places.array(f"{name}/streamed") if left_out else _NONE
        self._streamed_at = places.array(f"{name}/streamed_at") if left_out else _NONE
        self.has_forms = f"{name}/forms_at" in terms

    # -- one term ------------------------------------------------------------------------------------------------------

    def count(self, term: int) -> int:
        """How many speeches have the term?"""
        return 1 if self._postings_at is None else int(self._postings_at[term + 1]) - int(self._postings_at[term])

    def start(self, term: int) -> int:
        """At which place among all postings of the field do the term's begin?"""
        return term if self._postings_at is None else int(self._postings_at[term])

    def width(self, term: int) -> int:
        """In how many bytes a speech is the list kept?  BITS: one bit a speech of the segment."""
        return width_of(self.count(term), self.speeches_in_segment)

    def speeches(self, term: int) -> Array:
        """Which speeches have the term?"""
        count, place = self.count(term), self._place(term)
        width = width_of(count, self.speeches_in_segment)
        if width == BITS:
            return _set_bits(self._row(place), self.speeches_in_segment)
        deltas = self._by_width[width].read(place, place + count)
        return np.cumsum(deltas, out=deltas)

    def bits(self, term: int) -> Array:
        """The speeches of a term of width BITS, as 64-bit words of one bit each."""
        row = self._row(self._place(term))
        words = np.zeros((self.speeches_in_segment + 63) // 64, "<u8")
        words.view(np.uint8)[: len(row)] = row
        return words

    def frequencies(self, term: int) -> Array:
        """How often does it stand in each of them?"""
        start, count = self.start(term), self.count(term)
        if self._frequencies is None:
            return np.ones(count, np.int64)
        return self._frequencies.read(start, start + count)

    def frequencies_at(self, places: Array) -> Array:
        """How often does a term stand in a speech, by the places of postings in the field, rising?"""
        if self._frequencies is None:
            return np.ones(len(places), np.int64)
        return self._frequencies.take(places)

    def low_frequencies(self, term: int) -> Array | None:
        """The same in one byte each; None if one of them does not fit, or all are 1."""
        if self._frequencies is None:
            return None
        start = self.start(term)
        stop = start + self.count(term)
        return self._frequencies.low(start, stop) if self._frequencies.fits(start, stop) else None

    def occurrences(self, term: int) -> int:
        """How often does it stand in all speeches together?"""
        if self.has_positions:
            return int(self._positions_at[term + 1]) - int(self._positions_at[term])
        return int(self.frequencies(term).sum())

    def positions(self, term: int) -> Array:
        """Where does it stand, speech after speech?  As many in each as its frequency says; of no `streamed` term."""
        return self.positions_of(term, term + 1)

    def positions_at(self, term: int, places: Array) -> Array:
        """Which positions stand at `places` (rising) among all of the term's?  Of no `streamed` term."""
        return self._positions.take(places + self._position(term))

    def streamed(self, term: int) -> bool:
        """Is it left to the stream to tell the term's positions?"""
        place = int(self._streamed.searchsorted(self._streamed.dtype.type(term)))
        return place < len(self._streamed) and int(self._streamed[place]) == term

    def streamed_of(self, first: int, last: int) -> Array:
        """Of which of the terms from `first` up to `last` is that so?"""
        mask = np.zeros(last - first, bool)
        low, high = self._streamed.searchsorted(np.array((first, last), self._streamed.dtype))
        mask[self._streamed[low:high].astype(np.int64) - first] = True
        return mask

    # -- a range of terms ----------------------------------------------------------------------------------------------

    def counts(self, first: int, last: int) -> Array:
        """How many speeches has each of the terms from `first` up to `last`?"""
        if self._postings_at is None:
            return np.ones(last - first, np.int64)
        return np.diff(self._postings_at[first : last + 1].astype(np.int64))

    def mark(self, terms: Array, mask: Array) -> None:
        """Set in `mask`, of a place a speech of the segment, the speeches that have any of `terms` (rising)."""
        if not len(terms):
            return
        counts, places = self._extents(terms)
        widths = widths_of(counts, self.speeches_in_segment)
        lists: list[Array] = []
        lengths: list[Array] = []
        for width in set(widths.tolist()):
            chosen = np.flatnonzero(widths == width)
            if width == BITS:
                self._or_rows(places.take(chosen), mask)
            else:
                lengths.append(counts.take(chosen))
                lists.append(self._by_width[width].read_runs(places.take(chosen), lengths[-1]))
        if lists:
            mask[_risen(np.concatenate(lists), np.concatenate(lengths))] = True

    def speeches_of(self, first: int, last: int) -> tuple[Array, Array]:
        """Which speeches has each of the terms from `first` up to `last`?  All lists in a row, and their lengths."""
        counts = self.counts(first, last)
        widths = widths_of(counts, self.speeches_in_segment)
        places = self._places(first, last)
        found = np.empty(int(counts.sum()), np.int64)
        for width in distinct(np.sort(widths)).tolist():
            chosen = widths == width
            if width == BITS:
                rows = places[chosen].astype(np.int64).tolist()
                run = np.concatenate([_set_bits(self._row(row), self.speeches_in_segment) for row in rows])
            else:
                lengths = counts[chosen]
                run = _risen(self._by_width[width].read_runs(places[chosen].astype(np.int64), lengths), lengths)
            found[np.repeat(chosen, counts)] = run
        return found, counts

    def frequencies_of(self, first: int, last: int) -> Array | None:
        """How often do they stand in each of these?  None: once in each."""
        if self._frequencies is None:
            return None
        return self._frequencies.read(self._posting(first), self._posting(last))

    def occurrences_of(self, first: int, last: int) -> Array:
        """How often does each of them stand in all speeches together?  Of a field with positions."""
        return np.diff(self._positions_at[first : last + 1].astype(np.int64))

    def positions_of(self, first: int, last: int) -> Array:
        """Where, in all of these but the `streamed` ones?"""
        return self._positions.read(self._position(first), self._position(last))

    def forms(self, term: int) -> Array:
        """Which terms of `text` have the stem `term`?"""
        at = self._terms.array(f"{self.name}/forms_at")
        return self._terms.array(f"{self.name}/forms")[int(at[term]) : int(at[term + 1])]

    def forms_of(self, first: int, last: int) -> tuple[Array, Array]:
        """The forms of all stems from `first` up to `last`, and how many each has."""
        at = self._terms.array(f"{self.name}/forms_at")[first : last + 1].astype(np.int64)
        return self._terms.array(f"{self.name}/forms")[int(at[0]) : int(at[-1])].astype(np.int64), np.diff(at)

    # -- what a foreign program's formats keep -------------------------------------------------------------------------

    def weights(self, term: int) -> Array | None:
        """Which weights have the term's postings, where they are not its frequencies?"""
        if f"{self.name}/weights" not in self._postings:
            return None
        start = self.start(term)
        at = self._postings.array(f"{self.name}/weights_at")
        first, last = at.searchsorted(np.array((start, start + self.count(term)), at.dtype))
        weights = self.frequencies(term).astype(np.float64)
        weights[at[first:last].astype(np.int64) - start] = self._postings.array(f"{self.name}/weights")[first:last]
        return weights

    def lengths(self, term: int) -> tuple[int, int] | None:
        """Between which lengths (as bytes) are the speeches that have the term, if that was kept?"""
        if f"{self.name}/shortest" not in self._terms:
            return None
        shortest, longest = (self._terms.array(f"{self.name}/{name}") for name in ("shortest", "longest"))
        return int(shortest[term]), int(longest[term])

    def values(self, term: int) -> list[bytes] | None:
        """Which values has a format of Whoosh's kept with the term's postings?  None if it keeps none of its own."""
        if f"{self.name}/values" not in self._postings:
            return None
        start = self.start(term)
        ends = self._postings.array(f"{self.name}/values_at")[start : start + self.count(term) + 1].tolist()
        blob = self._postings.bytes(f"{self.name}/values")
        return [bytes(blob[begin:end]) for begin, end in itertools.pairwise(ends)]

    # ------------------------------------------------------------------------------------------------------------------

    def _position(self, term: int) -> int:
        """Where do the positions of the term begin, or would?"""
        place = int(self._positions_at[term])
        if len(self._streamed):
            place -= int(self._streamed_at[self._streamed.searchsorted(self._streamed.dtype.type(term))])
        return place

    def _place(self, term: int) -> int:
        """Where do the term's speeches begin in the array of its width?"""
        return term if self._speeches_at is None else int(self._speeches_at[term])

    def _places(self, first: int, last: int) -> Array:
        return np.arange(first, last) if self._speeches_at is None else self._speeches_at[first:last]

    def _posting(self, term: int) -> int:
        return term if self._postings_at is None else int(self._postings_at[term])

    def _row(self, row: int) -> Array:
        return self._bits[row * self._row_bytes : (row + 1) * self._row_bytes]

    def _extents(self, terms: Array) -> tuple[Array, Array]:
        """How many speeches has each of `terms`, and where do they begin in the array of its width?"""
        if self._postings_at is None or self._speeches_at is None:
            return np.ones(len(terms), np.int64), terms
        counts = self._postings_at.take(terms + 1).astype(np.int64) - self._postings_at.take(terms)
        return counts, self._speeches_at.take(terms).astype(np.int64)

    def _or_rows(self, rows: Array, mask: Array) -> None:
        held = self._bits.reshape(-1, self._row_bytes)[rows]
        joined = held[0] if len(held) == 1 else np.bitwise_or.reduce(held, axis=0)
        mask |= np.unpackbits(joined, count=len(mask), bitorder="little").view(bool)


def _risen(steps: Array, lengths: Array) -> Array:
    """What rises by `steps`, made anew in each of the runs of these `lengths`: `steps` is changed to it."""
    if len(lengths) > 1:
        begins = np.cumsum(lengths) - lengths
        # what a run has come to is taken back where the next one begins
        steps[begins[1:]] -= np.add.reduceat(steps, begins)[:-1]
    return np.cumsum(steps, out=steps)


def _set_bits(row: Array, size: int) -> Array:
    return np.flatnonzero(np.unpackbits(row, count=size, bitorder="little").view(bool))


def ones_before(words: Array) -> Array:
    """How many bits are set before each 64-bit word?"""
    before = np.zeros(len(words) + 1, np.int64)
    np.cumsum(np.bitwise_count(words), out=before[1:])
    return before[:-1]
