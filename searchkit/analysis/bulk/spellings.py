"""Which number has each of many byte strings?  One table for words, one for what stands between them.

Strings of up to 8 bytes are their own key; those of up to 16 are hashed, and every hit is compared with what was
hashed, so that two strings never share a number; longer ones, a few in a thousand, go through a dictionary.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from searchkit.analysis.bulk.growing import GrowingArray
from searchkit.analysis.bulk.key_table import KeyTable

__all__ = ["PADDING", "Spans", "Spellings"]

Integers = npt.NDArray[np.int64]
Keys = npt.NDArray[np.uint64]
Numbers = npt.NDArray[np.int32]

PADDING = 16
"""Bytes that must follow the last span, because 8 are loaded at a time."""
_WORD = 8
_MASKS: Keys = np.array([(1 << 8 * length) - 1 for length in range(_WORD + 1)], np.uint64)
_FIRST_MIX = np.uint64(0xBF58476D1CE4E5B9)
_SECOND_MIX = np.uint64(0x94D049BB133111EB)
"""Odd constants of the SplitMix64 generator (Steele, Lea, Flood, OOPSLA 2014)."""


@dataclass(frozen=True, slots=True)
class Spans:
    """Byte strings inside one buffer; none holds a zero byte, none is empty, PADDING bytes follow the last."""

    buffer: npt.NDArray[np.uint8]
    starts: Integers
    lengths: Integers

    def one(self, place: int) -> bytes:
        """Which bytes are the span number `place`?"""
        start = int(self.starts[place])
        return self.buffer[start : start + int(self.lengths[place])].tobytes()

    def loaded(self, places: Integers | slice, skip: int = 0) -> Keys:
        """Bytes `skip` to `skip` + 8 of these spans as one integer each, zero beyond their end."""
        # The view has an entry for every byte, so that no span needs to be aligned.
        view = np.ndarray((len(self.buffer) - _WORD + 1,), "<u8", self.buffer, strides=(1,))
        masks = _MASKS.take(self.lengths[places] - skip, mode="clip")
        starts = self.starts[places]
        masks &= view[starts + skip if skip else starts]
        return masks


class Spellings:
    """Numbers for byte strings, in the order in which they were first met."""

    def __init__(self) -> None:
        self.met: list[bytes] = []
        """The strings by their numbers."""
        self._short = KeyTable()
        self._longer = KeyTable()
        self._longer_parts: GrowingArray[np.uint64] = GrowingArray(np.uint64)
        """Number and both halves of each string in `_longer`, one after another."""
        self._longest: dict[bytes, int] = {}

    def __len__(self) -> int:
        return len(self.met)

    def numbers(self, spans: Spans) -> Numbers:
        """Which number has each span?  New strings get the next numbers and stand at the end of `met` afterwards."""
        lengths = spans.lengths
        if not len(lengths) or int(lengths.max()) <= _WORD:
            return self._of_short(spans, np.zeros(0, np.int64))
        long = np.flatnonzero(lengths > _WORD)
        numbers = self._of_short(spans, long)
        longest = lengths[long] > 2 * _WORD
        middle = long[~longest]
        numbers[middle] = self._of_longer(spans, middle)
        for place in long[longest].tolist():
            numbers[place] = self._of_longest(spans.one(place))
        return numbers

    def _of_short(self, spans: Spans, others: Integers) -> Numbers:
        """The numbers of all spans but `others`."""
        keys = spans.loaded(slice(None))
        numbers = self._short.find(keys, others)
        numbers[others] = 0
        unknown = np.flatnonzero(numbers < 0)
        if len(unknown):
            new, first, inverse = np.unique(keys[unknown], return_index=True, return_inverse=True)
            added = self._append(spans, unknown[first])
            self._short.add(new, added)
            numbers[unknown] = added[inverse]
        return numbers

    def _of_longer(self, spans: Spans, places: Integers) -> Numbers:
        halves = spans.loaded(places), spans.loaded(places, _WORD)
        keys = (halves[0] * _FIRST_MIX) ^ (halves[1] * _SECOND_MIX)
        keys ^= keys >> np.uint64(32)
        keys[keys == 0] = 1
        numbers = self._longer.find(keys)
        unknown = np.flatnonzero(numbers < 0)
        if len(unknown):
            new, first, inverse = np.unique(keys[unknown], return_index=True, return_inverse=True)
            added = self._append(spans, places[unknown[first]])
            entries = np.arange(len(self._longer), len(self._longer) + len(new), dtype=np.int32)
            parts = np.stack([added.astype(np.uint64), *(half[unknown[first]] for half in halves)], axis=1)
            self._longer_parts.extend(parts.reshape(-1))
            self._longer.add(new, entries)
            numbers[unknown] = entries[inverse]
        held = self._longer_parts.values.reshape(-1, 3)[numbers]
        found = held[:, 0].astype(np.int32)
        for place in np.flatnonzero((held[:, 1] != halves[0]) | (held[:, 2] != halves[1])).tolist():
            found[place] = self._of_longest(spans.one(int(places[place])))
        return found

    def _of_longest(self, string: bytes) -> int:
        number = self._longest.setdefault(string, len(self.met))
        if number == len(self.met):
            self.met.append(string)
        return number

    def _append(self, spans: Spans, places: Integers) -> Numbers:
        first = len(self.met)
        self.met += map(spans.one, places.tolist())
        return np.arange(first, len(self.met), dtype=np.int32)
