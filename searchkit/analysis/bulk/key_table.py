"""A dictionary from 64-bit keys to numbers that answers for a whole array at a time.

Open addressing over flat arrays: one multiplication, one gather and one comparison a key where the key is known and
stands in its first slot, as nearly all do.  On 52,003 words of speeches: 0.2 ms, where np.unique takes 1.6 and a Python
dictionary 3.
"""

from __future__ import annotations

import secrets

import numpy as np
import numpy.typing as npt

__all__ = ["KeyTable"]

Keys = npt.NDArray[np.uint64]
Numbers = npt.NDArray[np.int32]

_FIRST_BITS = 14
_FULLEST = 4
"""Slots for each key: with a quarter of them taken, nine keys of ten stand in their first slot."""
UNKNOWN = -1


class KeyTable:
    """Numbers under keys; no key is zero, which marks an empty slot."""

    def __init__(self) -> None:
        # Multiply and shift (Dietzfelbinger et al., J. Algorithms 25, 1997).  Drawn by chance, so that nobody can write
        # a text whose words all fall into one slot.
        self._multiplier = np.uint64(secrets.randbits(64) | 1)
        self._resize(_FIRST_BITS)
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def find(self, keys: Keys) -> Numbers:
        """Which number has each key?  UNKNOWN (-1) for one that was never added."""
        slots = self._slots(keys)
        held = self._keys[slots]
        numbers = self._numbers[slots]
        missed = np.flatnonzero(held != keys)
        while len(missed):
            empty = held[missed] == 0
            numbers[missed[empty]] = UNKNOWN
            missed = missed[~empty]
            slots[missed] = (slots[missed] + 1) & self._last
            held[missed] = self._keys[slots[missed]]
            numbers[missed] = self._numbers[slots[missed]]
            missed = missed[held[missed] != keys[missed]]
        return numbers

    def add(self, keys: Keys, numbers: Numbers) -> None:
        """Keep `numbers` under `keys`, none of which is known or stands there twice."""
        self._count += len(keys)
        if self._count * _FULLEST > len(self._keys):
            taken = np.flatnonzero(self._keys)
            keys = np.concatenate((self._keys[taken], keys))
            numbers = np.concatenate((self._numbers[taken], numbers))
            self._resize((self._count * _FULLEST).bit_length() + 1)
        self._place(keys, numbers)

    def _resize(self, bits: int) -> None:
        self._keys: Keys = np.zeros(1 << bits, np.uint64)
        self._numbers: Numbers = np.zeros(1 << bits, np.int32)
        self._shift = np.uint64(64 - bits)
        self._last = (1 << bits) - 1

    def _slots(self, keys: Keys) -> npt.NDArray[np.int64]:
        return ((keys * self._multiplier) >> self._shift).view(np.int64)

    def _place(self, keys: Keys, numbers: Numbers) -> None:
        slots = self._slots(keys)
        while len(keys):
            free = np.flatnonzero(self._keys[slots] == 0)
            self._keys[slots[free]] = keys[free]  # of several in one slot the last stays
            placed = self._keys[slots] == keys
            self._numbers[slots[placed]] = numbers[placed]
            keys, numbers, slots = keys[~placed], numbers[~placed], (slots[~placed] + 1) & self._last
