"""The words that processes have gathered become the fields `text` and `stems` and the stream of one segment.

Sorting the keys of a range of terms puts all its occurrences in their places: 5 million in 0.15 s.  The ranges are
chosen by how often each form stands anywhere, so that memory stays bounded; of each `Gathered` one part is in memory.
"""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from searchkit.engines.embedded.arrays import Array
from searchkit.engines.embedded.bulk.ahead import ahead
from searchkit.engines.embedded.bulk.gathered import Gathered
from searchkit.engines.embedded.bulk.scratch import Scratch
from searchkit.engines.embedded.bulk.sorting import KEY_BITS, KeySpace, pieces
from searchkit.engines.embedded.bulk.stems import StemRun
from searchkit.engines.embedded.layout import FieldPostings, Strings, streamed_from
from searchkit.engines.embedded.segment_writer import SegmentWriter

__all__ = ["JoinedText"]

_PIECE = 1 << 18
"""Occurrences that are handed on at a time."""
_RANGE = 1 << 21
"""Occurrences that are sorted at a time, unless one term has more: 16 MB."""
_RANGE_BITS = 18
"""Of a key, for the terms of a range."""


class JoinedText:
    """The words of all speeches of several `Gathered`, in the order in which these are given."""

    def __init__(self, gathered: Sequence[Gathered]) -> None:
        # The order of UTF-8 is that of code points, so that only the result is encoded.
        self._forms = sorted(set().union(*(part.forms for part in gathered)))
        place = dict(zip(self._forms, itertools.count()))
        self._ranks = [np.fromiter(map(place.__getitem__, part.forms), np.int64, len(part.forms)) for part in gathered]
        """Of each part the places of its forms among all."""
        self._times = np.zeros(len(self._forms), np.int64)
        for ranks, part in zip(self._ranks, gathered, strict=True):
            self._times[ranks] += part.times
        # The forms of each part are not asked any more, and take much room.
        self._gathered = [replace(part, forms=()) for part in gathered]
        self._firsts = [0, *itertools.accumulate(len(part.languages) for part in gathered)]
        self.terms = Strings.of_texts(self._forms)

    def write_fields(self, writer: SegmentWriter, scratch: Scratch) -> None:
        """Write `text` and `stems`."""
        languages = [language for part in self._gathered for language in part.languages]
        stems = StemRun(self._forms, languages, scratch)
        stems.expect(self._times)
        words = int(self._times.sum())
        with contextlib.closing(stems):
            with writer.field("text", positions=True, words=words) as field:
                for first, piece in self._pieces(self._space(), streamed_from(words)):
                    field.add(piece)
                    stems.add(first, piece)
            with writer.field("stems") as field:
                for postings in stems.postings():
                    for part in pieces(postings, _PIECE):
                        field.add(part)

    def write_stream(self, writer: SegmentWriter) -> None:
        """Write the stream."""
        code_of = np.empty(len(self._forms), np.int64)
        code_of[np.argsort(-self._times, kind="stable")] = np.arange(1, len(code_of) + 1)
        writer.stream(code_of, self._codes(code_of), self.terms)

    # ------------------------------------------------------------------------------------------------------------------

    def _space(self) -> KeySpace:
        """Keys of the whole: those of the parts where all speeches fit into them, which need the least work."""
        usual = self._gathered[0].space
        if self._firsts[-1] >> usual.speech_bits == 0 and all(part.space == usual for part in self._gathered):
            return usual
        slots = max(int(part.slots.max(initial=0)) for part in self._gathered)
        return KeySpace(self._firsts[-1].bit_length(), slots.bit_length())

    def _pieces(self, space: KeySpace, frequent: int) -> Iterator[tuple[int, FieldPostings]]:
        """The postings of all terms, piece by piece, each with the number of its first term."""
        for low, high, held in ahead(self._ranges(space, frequent)):
            if isinstance(held, FieldPostings):
                yield low, held
                continue
            for first, piece in space.pieces(held, self.terms.between(low, high), _PIECE):
                yield low + first, piece

    def _ranges(self, space: KeySpace, frequent: int) -> Iterator[tuple[int, int, Array | FieldPostings]]:
        """Ranges of terms, from one number to another, with their sorted keys, in which terms count from the first.

        A term that has too many keys for a range and stands `frequent` times has no positions: it comes as postings.
        """
        held = [
            _InOrder(part, ranks, first, space)
            for part, ranks, first in zip(self._gathered, self._ranks, self._firsts, strict=False)
        ]
        most = 1 << min(_RANGE_BITS, KEY_BITS - space.below)
        ends = np.cumsum(self._times)
        low = 0
        while low < len(self._forms):
            before = int(ends[low - 1]) if low else 0
            high = min(max(int(np.searchsorted(ends, before + _RANGE, side="right")), low + 1), low + most)
            if int(self._times[low]) >= max(frequent, _RANGE):
                yield low, high, self._counted(low, held, space)
            else:
                keys = np.concatenate([part for one in held for part in one.between(low, high)])
                # Those of each part are in order: such runs are merged in a fifth of the time that sorting takes.
                keys.sort(kind="stable")
                yield low, high, keys
                del keys
            low = high

    def _counted(self, term: int, held: list[_InOrder], space: KeySpace) -> FieldPostings:
        """The postings of a term without its positions."""
        times = np.zeros(self._firsts[-1], np.int64)
        for one in held:
            for keys in one.between(term, term + 1):
                first = int(keys[0]) >> space.slot_bits
                found = np.bincount(((keys >> np.uint64(space.slot_bits)) - np.uint64(first)).view(np.int64))
                times[first : first + len(found)] += found
        speeches = np.flatnonzero(times)
        return FieldPostings(
            self.terms.between(term, term + 1),
            np.asarray([len(speeches)]),
            speeches,
            times[speeches],
            np.zeros(0, np.int64),
            streamed=np.ones(1, bool),
        )

    def _codes(self, code_of: Array) -> Iterator[tuple[Array, Array]]:
        """The stream of all parts in pieces of whole speeches: codes, and how many of them each speech has."""
        for part, ranks in zip(self._gathered, self._ranks, strict=True):
            code_of_form = np.zeros(int(part.numbers.max(initial=-1)) + 2, np.int32)
            code_of_form[part.numbers + 1] = code_of[ranks]
            ends = np.cumsum(part.slots, dtype=np.int64)
            speech, taken, rest = 0, 0, np.zeros(0, np.int32)
            for piece in part.stream():
                rest = np.concatenate([rest, code_of_form.take(piece)]) if len(rest) else code_of_form.take(piece)
                behind = int(np.searchsorted(ends, taken + len(rest), side="right"))
                if behind > speech:
                    whole = int(ends[behind - 1]) - taken
                    yield rest[:whole], part.slots[speech:behind]
                    rest, speech, taken = rest[whole:], behind, taken + whole


class _InOrder:
    """The keys of one `Gathered` as keys of the whole, in rising order."""

    def __init__(self, gathered: Gathered, ranks: Array, first: int, space: KeySpace) -> None:
        """`ranks` are the places of its forms among all terms; `first` is the number of its first speech."""
        self._own, self._space, self._first = gathered.space, space, first
        self._rank_of = np.zeros(int(gathered.numbers.max(initial=-1)) + 1, np.int64)
        self._rank_of[gathered.numbers] = ranks
        self._parts = gathered.key_parts()
        self._keys = np.zeros(0, np.uint64)
        """What is left of the part that was read last; its terms count from `_base`."""
        self._base = 0

    def between(self, low: int, high: int) -> Iterator[Array]:
        """The keys of the terms `low` to `high`, which count from `low`; what lies below was asked for before."""
        while True:
            end = len(self._keys)
            if end:
                behind = max(high - self._base, 0)
                last = int(self._keys[-1]) >> self._own.below
                end = end if last < behind else int(np.searchsorted(self._keys, np.uint64(behind << self._own.below)))
            if end:
                yield self._moved(self._keys[:end], low)
                self._keys = self._keys[end:]
            if len(self._keys) or not self._read():
                return

    def _read(self) -> bool:
        """Sort the next part; is there one?"""
        keys = next(self._parts, None)
        if keys is None:
            return False
        below = np.uint64(self._own.below)
        ranks = self._rank_of.take((keys >> below).view(np.int64))
        self._base = int(ranks.min())
        ranks -= self._base
        keys &= (np.uint64(1) << below) - np.uint64(1)
        keys |= ranks.view(np.uint64) << below
        del ranks
        keys.sort()
        self._keys = keys
        return True

    def _moved(self, keys: Array, low: int) -> Array:
        """The same keys in the space of the whole; terms count from `low`."""
        own, space = self._own, self._space
        if own == space:
            by = ((self._base - low) << space.below) + (self._first << space.slot_bits)
            return keys + np.uint64(by % (1 << KEY_BITS))
        slots = keys & np.uint64((1 << own.slot_bits) - 1)
        terms = keys >> np.uint64(own.slot_bits)
        speeches = terms & np.uint64((1 << own.speech_bits) - 1)
        speeches += np.uint64(self._first)
        terms >>= np.uint64(own.speech_bits)
        terms += np.uint64((self._base - low) % (1 << KEY_BITS))
        terms <<= np.uint64(space.speech_bits)
        terms |= speeches
        terms <<= np.uint64(space.slot_bits)
        terms |= slots
        return terms
