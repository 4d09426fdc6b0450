"""A dictionary from 64-bit keys to numbers that answers for a whole array at a time.

Open addressing: slots hold the places of entries, and these stand in the order in which they were added, so that those
of frequent words lie side by side.  A key that is known and stands in its first slot, as nearly all do, costs one
multiplication, two gathers and one comparison.  On 52,003 words of speeches: 0.2 ms, where np.unique takes 1.6 and a
Python dictionary 3.
"""

from __future__ import annotations

import secrets

import numpy as np
import numpy.typing as npt

from searchkit.analysis.bulk.growing import GrowingArray

__all__ = ["KeyTable"]

Keys = npt.NDArray[np.uint64]
Integers = npt.NDArray[np.int64]
Numbers = npt.NDArray[np.int32]

_FIRST_BITS = 14
_FULLEST = 4
"""Slots for each key: with a quarter of them taken, nine keys of ten stand in their first slot."""
UNKNOWN = -1
_NO_ENTRY = 0
_NOTHING: Integers = np.zeros(0, np.int64)


class KeyTable:
    """Numbers under keys; no key is zero, which is that of no entry."""

    def __init__(self) -> None:
        # Multiply and shift (Dietzfelbinger et al., J. Algorithms 25, 1997).  Drawn by chance, so that nobody can write
        # a text whose words all fall into one slot.
        self._multiplier = np.uint64(secrets.randbits(64) | 1)
        self._keys: GrowingArray[np.uint64] = GrowingArray(np.uint64)
        self._numbers: GrowingArray[np.int32] = GrowingArray(np.int32)
        self._keys.extend([0])
        self._numbers.extend([UNKNOWN])
        self._resize(_FIRST_BITS)

    def __len__(self) -> int:
        return len(self._keys) - 1

    def find(self, keys: Keys, unasked: Integers = _NOTHING) -> Numbers:
        """Which number has each key?  UNKNOWN (-1) for one that was never added; any for those at places `unasked`."""
        known = self._keys.values
        slots = self._slots(keys)
        entries = self._entries.take(slots)
        differs = known.take(entries) != keys
        differs[unasked] = False
        missed = np.flatnonzero(differs)
        while len(missed):
            missed = missed[entries[missed] != _NO_ENTRY]
            slots[missed] = (slots[missed] + 1) & self._last
            entries[missed] = self._entries[slots[missed]]
            missed = missed[known[entries[missed]] != keys[missed]]
        return self._numbers.values.take(entries)

    def add(self, keys: Keys, numbers: Numbers) -> None:
        """Keep `numbers` under `keys`, none of which is known or stands there twice."""
        first = len(self._keys)
        self._keys.extend(keys)
        self._numbers.extend(numbers)
        if len(self) * _FULLEST > len(self._entries):
            self._resize((len(self) * _FULLEST).bit_length() + 1)
            first = _NO_ENTRY + 1
        self._place(np.arange(first, len(self._keys), dtype=np.int32))

    def _resize(self, bits: int) -> None:
        self._entries: Numbers = np.full(1 << bits, _NO_ENTRY, np.int32)
        self._shift = np.uint64(64 - bits)
        self._last = (1 << bits) - 1

    def _slots(self, keys: Keys) -> Integers:
        slots = keys * self._multiplier
        slots >>= self._shift
        return slots.view(np.int64)

    def _place(self, entries: Numbers) -> None:
        slots = self._slots(self._keys.values[entries])
        while len(entries):
            free = np.flatnonzero(self._entries[slots] == _NO_ENTRY)[::-1]
            # Of several in one slot the last to be written stays: that which was met first, as frequent words are.
            self._entries[slots[free]] = entries[free]
            placed = self._entries[slots] == entries
            entries, slots = entries[~placed], (slots[~placed] + 1) & self._last
