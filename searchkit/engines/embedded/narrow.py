"""Whole numbers in fewer bytes than the greatest of them needs: their low parts in a row, and a table of exceptions.

A section NAME holds the low 4, 8, 16 or 32 bits of every number; NAME.at and NAME.high say for the few that are greater
where they stand (rising) and what is missing, shifted down.  Any slice is read with three array operations, which is
why this beats denser codings here.  Of 4 bits, two stand in a byte, the first in its low half.
"""

from __future__ import annotations

import numpy as np

from searchkit.engines.embedded.arrays import Array, ArrayFile, ArrayFileWriter, Section

__all__ = ["HALF", "Narrow", "NarrowWriter"]

HALF = 0.5
"""The width of numbers of which two stand in a byte."""

_NONE: Array = np.empty(0, np.int64)
_BYTES = np.arange(256, dtype=np.uint16)
_HALVES: Array = (_BYTES >> 4 << 8 | _BYTES & 15).astype("<u2")
"""Each byte as the two bytes of its halves."""
_BYTE = 8


class NarrowWriter:
    """Writes one narrow array, piece by piece."""

    def __init__(self, file: ArrayFileWriter, name: str, width: float, *, direct: bool = False) -> None:
        """`width` in bytes: HALF, 1, 2 or 4."""
        self._file = file
        self._bits = int(8 * width)
        self._type = f"<u{max(1, int(width))}"
        self._low: Section = file.stream(name, self._type) if direct else file.section(name, self._type)
        self._count = 0
        self._odd: Array = np.empty(0, np.uint8)
        self._at: list[Array] = []
        self._high: list[Array] = []

    def __len__(self) -> int:
        return self._count

    def append(self, values: Array) -> None:
        """Write `values` (none negative) behind what is there."""
        if len(values) and self._bits < 32 and values.max() >> self._bits:
            places = np.flatnonzero(values >> self._bits)
            self._at.append(places + self._count)
            self._high.append(values[places] >> self._bits)
        self._count += len(values)
        low = values.astype(self._type)  # which keeps the low bits
        self._low.append(low if self._bits >= _BYTE else self._paired(low))

    def _paired(self, low: Array) -> Array:
        """Two of `low` in a byte; the last one waits if it has no second."""
        low = np.concatenate((self._odd, low & 15))
        whole = len(low) & ~1
        self._odd = low[whole:]
        pairs: Array = low[:whole:2] | low[1:whole:2] << 4
        return pairs

    def drop(self) -> None:
        """Give the array up."""
        self._low.drop()

    def close(self) -> None:
        """Finish the array."""
        self._low.append(self._odd)
        self._low.close()
        if self._at:
            at, high = np.concatenate(self._at), np.concatenate(self._high)
            self._file.write(f"{self._low.name}.at", at, "<u8" if at[-1] >> 32 else "<u4")
            self._file.write(f"{self._low.name}.high", high, "<u4")


class Narrow:
    """Reads one narrow array."""

    __slots__ = ("_at", "_bits", "_high", "_low")

    def __init__(self, file: ArrayFile, name: str, width: float | None = None) -> None:
        """`width` is needed where it is HALF."""
        self._low = file.array(name)
        self._bits = 8 * self._low.dtype.itemsize if width is None else int(8 * width)
        exceptional = f"{name}.at" in file
        self._at = file.array(f"{name}.at") if exceptional else _NONE
        self._high = file.array(f"{name}.high") if exceptional else _NONE

    def low(self, start: int, stop: int) -> Array:
        """Which low parts have the numbers from `start` up to `stop`?"""
        if self._bits >= _BYTE:
            return self._low[start:stop]
        halves = _HALVES.take(self._low[start // 2 : (stop + 1) // 2]).view(np.uint8)
        return halves[start & 1 : (start & 1) + stop - start]

    def read(self, start: int, stop: int) -> Array:
        """Which numbers stand from `start` up to `stop`?  As int64, in an array of its own."""
        values = self.low(start, stop).astype(np.int64)
        if len(self._at):
            self._add_high(values, start, stop)
        return values

    def read_runs(self, starts: Array, lengths: Array) -> Array:
        """Which numbers stand in runs of these `lengths` from each of `starts` on, run after run?  As int64."""
        begin, end = int(starts[0]), int(starts[-1]) + int(lengths[-1])
        if end - begin == lengths.sum():
            return self.read(begin, end)
        return np.concatenate([self.read(start, start + length)
                               for start, length in zip(starts.tolist(), lengths.tolist(), strict=True)])  # fmt: skip

    def take(self, places: Array) -> Array:
        """Which numbers stand at `places` (rising)?  As int64."""
        values = self._low_at(places).astype(np.int64)
        if len(self._at):
            wanted = places.astype(self._at.dtype)
            found = self._at.searchsorted(wanted)
            found[found == len(self._at)] = 0
            exceptional = np.flatnonzero(self._at.take(found) == wanted)
            values[exceptional] += self._high.take(found[exceptional]).astype(np.int64) << self._bits
        return values

    def _low_at(self, places: Array) -> Array:
        if self._bits >= _BYTE:
            return self._low.take(places)
        held: Array = self._low.take(places >> 1) >> ((places & 1) << 2).astype(np.uint8) & 15
        return held

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
