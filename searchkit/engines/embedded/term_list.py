"""The posting list of one term in one segment: read piece by piece as it is asked for, and kept."""

from __future__ import annotations

import numpy as np

from searchkit.engines.embedded.answers import contained
from searchkit.engines.embedded.arrays import Array
from searchkit.engines.embedded.field_reader import FieldReader, ones_before
from searchkit.engines.embedded.layout import BITS
from searchkit.engines.embedded.segment_data import SegmentData

__all__ = ["TermList"]

_MANY = 300
"""Speeches from which on a table over the whole segment is faster than a search for each: of a list of 6,000 in a
segment of 130,000 the table costs 25 µs, and a binary search in it 0.07 for each speech."""

_TABLED_FROM = 8
"""A table of a term that an eighth of all speeches or more have pays from so great a share of its list on, over all
that is asked.  Of "government" (40,000 of 120,000 speeches) 300 speeches take 50 µs without it and 206 with it, 3,000
take 142 and 208, 10,000 take 350 and 213; of "the" (108,000) 10,000 take 498 and 558, 30,000 take 637 and 557.
"""

_KEPT_SLOTS = 50_000
"""Occurrences up to which the slots of a term stay at hand, as its speeches do, and the speech of each."""


class TermList:
    """One posting list; numbers are those of the segment."""

    __slots__ = (
        "_asked",
        "_bits",
        "_frequencies",
        "_owners",
        "_reader",
        "_slots",
        "_speeches",
        "_table",
        "count",
        "number",
        "segment",
    )

    def __init__(self, segment: SegmentData, reader: FieldReader, number: int) -> None:
        self.segment = segment
        self.number = number
        self.count = reader.count(number)
        self._reader = reader
        self._speeches: Array | None = None
        self._frequencies: Array | None = None
        self._bits: tuple[Array, Array] | None = None
        self._table: Array | None = None
        self._asked = 0
        self._slots: Array | None = None
        self._owners: Array | None = None

    @property
    def speeches(self) -> Array:
        """Which speeches have the term?"""
        if self._speeches is None:
            self._speeches = self._reader.speeches(self.number)
        return self._speeches

    @property
    def frequencies(self) -> Array:
        """How often does it stand in each?"""
        if self._frequencies is None:
            low = self._reader.low_frequencies(self.number)
            self._frequencies = _narrowed(self._reader.frequencies(self.number)) if low is None else low
        return self._frequencies

    def locate(self, speeches: Array) -> tuple[Array, Array]:
        """Which of `speeches` (rising), by their places, have it, and how often does it stand in those?"""
        self._asked += len(speeches)
        if self._table is not None or self._pays(len(speeches)):
            often = self._often().take(speeches)
            found: Array = often.nonzero()[0]
            return found, often.take(found)
        mask, places = self.places(speeches)
        return mask.nonzero()[0], self._frequencies_at(places)

    def _pays(self, asked: int) -> bool:
        """Does the table pay for so many speeches?  One that is kept does for those asked before as well."""
        if self._reader.width(self.number) == BITS:
            return self._asked * _TABLED_FROM > self.count
        return asked > _MANY and self.count > _MANY

    def _frequencies_at(self, places: Array) -> Array:
        """How often does it stand in the speeches at these places (rising) of the list?"""
        if self._frequencies is None and len(places) * _TABLED_FROM < self.count:
            return _narrowed(self._reader.frequencies_at(places + self._reader.start(self.number)))
        return self.frequencies.take(places)

    def _often(self) -> Array:
        """How often has each speech of the segment the term?  Kept for terms of so many speeches that it is small."""
        if self._table is not None:
            return self._table
        frequencies = self.frequencies
        table = np.zeros(self.segment.speeches, frequencies.dtype)
        table[self.speeches] = frequencies
        if self._reader.width(self.number) == BITS and frequencies.itemsize <= 2:
            self._table = table
        return table

    def holds(self, speeches: Array) -> Array:
        """Which of `speeches` (rising) have it, as a mask?"""
        if self._table is not None:
            return np.asarray(self._table.take(speeches) > 0)
        if self._reader.width(self.number) == BITS:
            return self._in_bits(speeches)[0]
        return contained(speeches, self.speeches)

    def places(self, speeches: Array) -> tuple[Array, Array]:
        """Which of `speeches` have it, and at which places of the list do those stand?"""
        if self._speeches is None and self._reader.width(self.number) == BITS:
            return self._places_in_bits(speeches)
        held = self.speeches
        if not len(held):
            return np.zeros(len(speeches), bool), np.empty(0, np.int64)
        if len(speeches) > _MANY and len(held) > _MANY:
            table = np.full(self.segment.speeches, -1, np.int32)
            table[held] = np.arange(len(held), dtype=np.int32)
            found = table.take(speeches)
            mask = found >= 0
            return mask, found.take(mask.nonzero()[0])
        places = held.searchsorted(speeches)
        mask = held.take(places, mode="clip") == speeches
        return mask, places.take(mask.nonzero()[0])

    def keys(self, within: Array | None) -> Array:
        """Which occurrences are there (in the speeches `within`)?  Each as speech * 2**32 + position, rising."""
        reader = self._reader
        if reader.has_forms:
            return self._keys_of_stem(within)
        if within is None:
            speeches, frequencies = self.speeches, self.frequencies
            places = self.slots() - self._begins(speeches, frequencies) if reader.has_positions else None
        elif reader.streamed(self.number):
            mask, chosen = self.places(within)
            speeches, frequencies = within[mask], self.frequencies.take(chosen)
            places = self.segment.stream.within(speeches, self.number) - self._begins(speeches, frequencies)
        else:
            mask, chosen = self.places(within)
            speeches, frequencies = within[mask], self.frequencies.take(chosen)
            ends = np.cumsum(self.frequencies, dtype=np.int64)
            starts = ends.take(chosen) - frequencies
            firsts = np.cumsum(frequencies, dtype=np.int64) - frequencies
            wanted = np.repeat(starts - firsts, frequencies) + np.arange(int(frequencies.sum(dtype=np.int64)))
            places = reader.positions_at(self.number, wanted) if reader.has_positions else None
        owners = np.repeat(speeches, frequencies)
        if places is None:
            return owners << 32
        if reader.name == "text":
            places = self.segment.stream.positions(places, owners)
        keys: Array = (owners << 32) + places
        return keys

    def fill(self, keys: Array, base: int) -> None:
        """Write the keys of a `streamed` term's occurrences into `keys`, with `base` added to the speeches.

        Some at a time, while they are in the cache: of 3.8 million it takes a third of the time of whole arrays.
        """
        stream = self.segment.stream
        owners = np.repeat(self.speeches.astype(np.int32), self.frequencies)
        done = 0
        for slots in stream.runs(self.number):
            speeches = owners[done : done + len(slots)].astype(np.int64)
            written = keys[done : done + len(slots)]
            done += len(slots)
            np.add(stream.positions(slots - stream.starts.take(speeches), speeches), speeches + base << 32, out=written)

    @property
    def streamed(self) -> bool:
        """Is it left to the stream to tell where the term stands?"""
        return self._reader.streamed(self.number)

    def slots(self) -> Array:
        """In which slots of the stream does the term of `text` stand?  Of another field: its positions, as kept."""
        if self._slots is not None:
            return self._slots
        if self._reader.streamed(self.number):
            return self.segment.stream.everywhere(self.number)
        positions = self._reader.positions(self.number)
        if self._reader.name == "text":
            positions += self._begins(self.speeches, self.frequencies)
        if len(positions) <= _KEPT_SLOTS:
            self._slots = positions
        return positions

    def owners(self) -> Array | None:
        """In which speech stands each of `slots`?  None where these do not stay at hand: the stream tells of some."""
        if self._owners is None and self._slots is not None:
            single = len(self._slots) == self.count
            self._owners = self.speeches if single else np.repeat(self.speeches, self.frequencies)
        return self._owners

    def _begins(self, speeches: Array, frequencies: Array) -> Array:
        """The first slot of the speech of each occurrence; 0 in other fields than `text`."""
        if self._reader.name != "text":
            return np.zeros(1, np.int64)
        begins: Array = np.repeat(self.segment.stream.starts.take(speeches), frequencies)
        return begins

    def _places_in_bits(self, speeches: Array) -> tuple[Array, Array]:
        mask, held, bit = self._in_bits(speeches)
        assert self._bits is not None
        kept = mask.nonzero()[0]
        below = held.take(kept) & ((np.uint64(1) << bit.take(kept)) - np.uint64(1))
        return mask, self._bits[1].take(speeches.take(kept) >> 6) + np.bitwise_count(below)

    def _in_bits(self, speeches: Array) -> tuple[Array, Array, Array]:
        """Which of `speeches` have it; and for each the word of bits it stands in, and the bit."""
        if self._bits is None:
            words = self._reader.bits(self.number)
            self._bits = words, ones_before(words)
        held, bit = self._bits[0].take(speeches >> 6), (speeches & 63).astype(np.uint64)
        return (held >> bit & np.uint64(1)).astype(bool), held, bit

    def _keys_of_stem(self, within: Array | None) -> Array:
        text = self.segment.field("text")
        assert text is not None
        forms = self._reader.forms(self.number).tolist()
        found = [TermList(self.segment, text, form).keys(within) for form in forms]
        keys = found[0] if len(found) == 1 else np.sort(np.concatenate(found))
        spoken = self.segment.speaking(self._reader.vocabulary.term(self.number))
        return keys if spoken is None else keys[spoken[keys >> 32]]


def _narrowed(numbers: Array) -> Array:
    """The numbers in as few bytes as hold them: tables of them stay in the cache."""
    return numbers.astype(np.min_scalar_type(int(numbers.max()))) if len(numbers) else numbers
