"""More keys than fit into memory, sorted: they go to files by ranges of their texts, and each range is sorted alone.

A key is a number in its upper bits, which stands for a text, and anything below.  The numbers are given as texts come
up; the order that is wanted is that of the texts.  The ranges are chosen once, so that those seen until then are alike
in size, and no key is read or written twice.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import IO

import numpy as np

from searchkit.analysis.bulk.growing import GrowingArray
from searchkit.engines.embedded.arrays import Array
from searchkit.engines.embedded.bulk.scratch import Scratch

__all__ = ["Buckets"]

_HELD = 1 << 21
"""Keys that are held in memory: 16 MB."""
_RANGES, _MOST_RANGES = 24, 240
"""Of 50 million keys each then has as many as are held at first; more where it is known that more will come."""


class Buckets:
    """Takes keys in any order; `texts` are those of all numbers so far, and may grow."""

    def __init__(self, texts: Sequence[str], bits: int, scratch: Scratch, name: str) -> None:
        """`bits` is how many of a key stand below its number; the files in `scratch` begin with `name`."""
        self._texts = texts
        self._bits = np.uint64(bits)
        self._scratch = scratch
        self._name = name
        self._held: list[Array] = []
        self._count = 0
        self._firsts: list[str] = []
        """The first text of each range but the first one."""
        self._range_of: GrowingArray[np.uint8] = GrowingArray(np.uint8)
        self._files: list[IO[bytes]] = []

    def add(self, keys: Array) -> None:
        """Take in some keys."""
        if self._files:
            self._put(keys)
            return
        self._held.append(keys)
        self._count += len(keys)
        if self._count > _HELD:
            self._part()

    def expect(self, times: Array) -> None:
        """Choose the ranges by how often each number will come, where the first keys tell nothing of the others."""
        if (keys := int(times.sum())) > _HELD:
            self._choose(times, min(max(_RANGES, keys // _HELD), _MOST_RANGES))

    def parts(self) -> Iterator[Array]:
        """All keys, unsorted, range by range; asked once."""
        if self._count:
            held, self._held = self._held, []
            yield np.concatenate(held)
        for file in self._files:
            file.seek(0)
            keys = np.fromfile(file, np.uint64)
            file.close()
            if len(keys):
                yield keys

    def in_order(self, rank: Array) -> Iterator[Array]:
        """All keys in rising order, range by range, with the ranks of their texts in the place of numbers.

        `rank` tells the place of each number's text in the order of texts.  Each part is not empty, and no text stands
        in two of them.  They can be asked for once.
        """
        shifted = rank.astype(np.uint64) << self._bits
        below = (np.uint64(1) << self._bits) - np.uint64(1)
        for keys in self.parts():
            numbers = (keys >> self._bits).view(np.int64)
            keys &= below
            keys |= shifted.take(numbers)
            del numbers
            keys.sort()
            yield keys

    def leave(self) -> int:
        """Write what is held and let go of the files, which stay; how many are there, in the order of their ranges?"""
        if self._count:
            held, self._held = self._held, []
            self._files.append(self._scratch.file(f"{self._name}.0"))
            for keys in held:
                self._files[0].write(keys.data)
        self.close()
        return len(self._files)

    def close(self) -> None:
        """Let go of the files."""
        for file in self._files:
            file.close()

    # ------------------------------------------------------------------------------------------------------------------

    def _part(self) -> None:
        """Choose the ranges, and let what is held go to them."""
        times = np.bincount(np.concatenate([(keys >> self._bits).view(np.int64) for keys in self._held]))
        self._choose(times, _RANGES)
        held, self._held, self._count = self._held, [], 0
        for keys in held:
            self._put(keys)

    def _choose(self, times: Array, ranges: int) -> None:
        used = np.flatnonzero(times).tolist()
        used.sort(key=self._texts.__getitem__)
        ends = np.cumsum(times[used])
        firsts = np.unique(np.searchsorted(ends, np.arange(1, ranges) * ends[-1] // ranges))
        self._firsts = [self._texts[used[place]] for place in firsts.tolist() if place]
        self._files = [self._scratch.file(f"{self._name}.{place}") for place in range(len(self._firsts) + 1)]

    def _put(self, keys: Array) -> None:
        new = self._texts[len(self._range_of) :]
        if new:
            self._range_of.extend([bisect_right(self._firsts, text) for text in new])
        ranges = self._range_of.values.take((keys >> self._bits).view(np.int64))
        keys = keys.take(np.argsort(ranges, kind="stable"))
        ends = np.cumsum(np.bincount(ranges, minlength=len(self._files))).tolist()
        start = 0
        for file, end in zip(self._files, ends, strict=True):
            if start < end:
                file.write(keys[start:end].data)
            start = end
