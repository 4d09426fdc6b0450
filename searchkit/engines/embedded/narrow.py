"""Whole numbers in fewer bytes than the greatest of them needs: their low parts in a row, and a table of exceptions.

A section NAME holds the low 8, 16 or 32 bits of every number; NAME.at and NAME.high say for the few that are greater
where they stand (rising) and what is missing, shifted down.  Any slice is read with three array operations, which is
why this beats denser codings here.
"""

from __future__ import annotations

import numpy as np

from searchkit.engines.embedded.arrays import Array, ArrayFile, ArrayFileWriter, Section

__all__ = ["Narrow", "NarrowWriter"]

_NONE: Array = np.empty(0, np.int64)


class NarrowWriter:
    """Writes one narrow array, piece by piece."""

    def __init__(self, file: ArrayFileWriter, name: str, width: int, *, direct: bool = False) -> None:
        self._file = file
        self._bits = 8 * width
        dtype = f"<u{width}"
        self._low: Section = file.stream(name, dtype) if direct else file.section(name, dtype)
        self._at: list[Array] = []
        self._high: list[Array] = []

    def __len__(self) -> int:
        return self._low.count

    def append(self, values: Array) -> None:
        """Write `values` (none negative) behind what is there."""
        if len(values) and self._bits < 32 and values.max() >> self._bits:
            places = np.flatnonzero(values >> self._bits)
            self._at.append(places + self._low.count)
            self._high.append(values[places] >> self._bits)
        # a cast to a narrower unsigned type keeps the low bits
        self._low.append(values.astype(f"<u{self._bits // 8}"))

    def drop(self) -> None:
        """Give the array up."""
        self._low.drop()

    def close(self) -> None:
        """Finish the array."""
        self._low.close()
        if self._at:
            at, high = np.concatenate(self._at), np.concatenate(self._high)
            self._file.write(f"{self._low.name}.at", at, "<u8" if at[-1] >> 32 else "<u4")
            self._file.write(f"{self._low.name}.high", high, "<u4")


class Narrow:
    """Reads one narrow array."""

    __slots__ = ("_at", "_bits", "_high", "low")

    def __init__(self, file: ArrayFile, name: str) -> None:
        self.low = file.array(name)
        """The low parts of all numbers."""
        self._bits = 8 * self.low.dtype.itemsize
        exceptional = f"{name}.at" in file
        self._at = file.array(f"{name}.at") if exceptional else _NONE
        self._high = file.array(f"{name}.high") if exceptional else _NONE

    def __len__(self) -> int:
        return len(self.low)

    def read(self, start: int, stop: int) -> Array:
        """Which numbers stand from `start` up to `stop`?  As int64, in an array of its own."""
        values = self.low[start:stop].astype(np.int64)
        if len(self._at):
            self._add_high(values, start, stop)
        return values

    def take(self, places: Array) -> Array:
        """Which numbers stand at `places` (rising)?  As int64."""
        values = self.low.take(places).astype(np.int64)
        if len(self._at):
            wanted = places.astype(self._at.dtype)
            found = self._at.searchsorted(wanted)
            found[found == len(self._at)] = 0
            exceptional = np.flatnonzero(self._at.take(found) == wanted)
            values[exceptional] += self._high.take(found[exceptional]).astype(np.int64) << self._bits
        return values

    def fits(self, start: int, stop: int) -> bool:
        """Are the numbers from `start` up to `stop` whole in their low parts?"""
        if not len(self._at):
            return True
        first, last = self._exceptions(start, stop)
        return first == last

    def _add_high(self, values: Array, start: int, stop: int) -> None:
        first, last = self._exceptions(start, stop)
        if first != last:
            places = self._at[first:last].astype(np.int64) - start
            values[places] += self._high[first:last].astype(np.int64) << self._bits

    def _exceptions(self, start: int, stop: int) -> tuple[int, int]:
        # Asked in the table's own type: with another one, searchsorted would first copy the whole table.
        first, last = self._at.searchsorted(np.array((start, stop), self._at.dtype))
        return int(first), int(last)
