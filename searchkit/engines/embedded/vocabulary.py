"""Which terms has a field of a segment, and which number has a term?  Sorted, mapped, searched without being read.

Terms are bytes and rise as bytes do.  A search compares 8-byte prefixes as numbers, then whole terms among equals;
a field of which each term has one speech (an id) has no prefixes.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Literal

import numpy as np

from searchkit.engines.embedded.arrays import Array, ArrayFile

__all__ = ["Vocabulary"]

_LOADED = 8
"""Bytes that are compared as one number."""


class Vocabulary:
    """The terms of one field; a term's number is its place among them."""

    def __init__(self, file: ArrayFile, field: str) -> None:
        self._blob = file.bytes(f"{field}/blob")
        self._at = file.array(f"{field}/at")
        self._prefix = file.array(f"{field}/prefix") if f"{field}/prefix" in file else None
        self.size = len(self._at) - 1

    def __len__(self) -> int:
        return self.size

    def term(self, number: int) -> bytes:
        """Which term has this number?"""
        return bytes(self._blob[int(self._at[number]) : int(self._at[number + 1])])

    def terms(self, start: int, stop: int) -> list[bytes]:
        """Which terms have the numbers from `start` up to `stop`?"""
        if start >= stop:
            return []
        ends = self._at[start : stop + 1].tolist()
        blob = bytes(self._blob[ends[0] : ends[-1]])
        base = ends[0]
        return [blob[begin - base : end - base] for begin, end in itertools.pairwise(ends)]

    def chosen(self, numbers: Array) -> list[bytes]:
        """Which terms have these numbers (rising)?"""
        if len(numbers) and int(numbers[-1]) - int(numbers[0]) < 4 * len(numbers):
            first = int(numbers[0])
            held = self.terms(first, int(numbers[-1]) + 1)
            return [held[number - first] for number in numbers.tolist()]
        starts, ends = self._at.take(numbers).tolist(), self._at.take(numbers + 1).tolist()
        return [bytes(self._blob[start:end]) for start, end in zip(starts, ends, strict=True)]

    def alike(self, word: bytes, first: int, last: int, lengths: range) -> dict[int, bytes]:
        """Which terms have two of three parts of `word`, its `first` and its `last` bytes and those between?

        They begin with the first two, end with the last two, or begin with the first and end with the last, as far as
        8 bytes tell at either end, and have one of `lengths` in bytes.  By their numbers; others may be among them.
        """
        ends = word[len(word) - last :][-_LOADED:]
        low, high, start, stop = self._ranges((word[: len(word) - last], word[:first]))
        framed = np.arange(start, stop)
        if ends:
            last_bytes = self._endings[start:stop] >> np.uint64(8 * (_LOADED - len(ends)))
            framed = np.flatnonzero(last_bytes == int.from_bytes(ends, "little")) + start
        numbers = np.concatenate([np.arange(low, high), framed, self._ending_with(word[first:][-_LOADED:])])
        starts, stops = self._at.take(numbers), self._at.take(numbers + 1)
        sizes = stops - starts
        fitting = np.flatnonzero((sizes >= lengths.start) & (sizes < lengths.stop))
        found = zip(*(part.take(fitting).tolist() for part in (numbers, starts, stops)), strict=True)
        return {number: bytes(self._blob[begin:end]) for number, begin, end in found}

    def _ranges(self, prefixes: Sequence[bytes]) -> list[int]:
        """From which to which number have terms the first 8 bytes of each of `prefixes`?"""
        if self._prefix is None:
            return [bound for prefix in prefixes for bound in self.starting_with(prefix)]
        keys = [key for prefix in prefixes for key in _bounds(prefix[:_LOADED].ljust, "big")]
        bounds: list[int] = self._prefix.searchsorted(np.array(keys, np.uint64)).tolist()
        return bounds

    def _ending_with(self, ending: bytes) -> Array:
        """Which terms end with `ending`, of 8 bytes at most?"""
        endings, numbers = self._by_ending
        low, high = endings.searchsorted(np.array(_bounds(ending.rjust, "little"), np.uint64))
        return numbers[low:high]

    def packed(self, start: int, stop: int) -> tuple[bytes, Array]:
        """The same terms as one piece of bytes, and where each begins in it, one entry more than terms."""
        at = self._at[start : stop + 1].astype(np.int64)
        return bytes(self._blob[int(at[0]) : int(at[-1])]), at - at[0]

    def find(self, term: bytes) -> int:
        """Which number has `term`?  -1 if it is not there."""
        place = self.place(term)
        return place if place < self.size and self.term(place) == term else -1

    def place(self, term: bytes) -> int:
        """How many terms stand before `term`, be it there or not?"""
        low, high = 0, self.size
        if self._prefix is not None:
            key = np.uint64(int.from_bytes(term[:8].ljust(8, b"\0"), "big"))
            low = int(self._prefix.searchsorted(key))
            if low == self.size or self._prefix[low] != key or self.term(low) >= term:
                return low
            high = int(self._prefix.searchsorted(key, side="right"))
            low += 1
        while low < high:
            middle = (low + high) // 2
            if self.term(middle) < term:
                low = middle + 1
            else:
                high = middle
        return low

    @cached_property
    def _endings(self) -> Array:
        """The last 8 bytes of each term as one number, the last the highest, and zeros before a shorter one."""
        blob = np.frombuffer(bytes(_LOADED) + bytes(self._blob), np.uint8)
        ends = self._at[1:].astype(np.int64)
        loads = np.ndarray((len(self._blob) + 1,), "<u8", blob, strides=(1,))[ends]
        missing = np.maximum(_LOADED - (ends - self._at[:-1]), 0).astype(np.uint64) << np.uint64(3)
        endings: Array = loads >> missing << missing
        return endings

    @cached_property
    def _by_ending(self) -> tuple[Array, Array]:
        """The same in rising order, and the terms in that order."""
        numbers = np.argsort(self._endings)
        return self._endings.take(numbers), numbers

    def starting_with(self, prefix: bytes) -> tuple[int, int]:
        """Which range of numbers have the terms that begin with `prefix`?"""
        if not prefix:
            return 0, self.size
        following = _following(prefix)
        return self.place(prefix), self.size if following is None else self.place(following)


def _bounds(padded: Callable[[int, bytes], bytes], order: Literal["big", "little"]) -> tuple[int, int]:
    """Between which numbers, the last left out, are 8 bytes of which some are given?  No byte of UTF-8 is 0xFF."""
    low, high = (int.from_bytes(padded(_LOADED, fill), order) for fill in (b"\0", b"\xff"))
    return low, min(high + 1, 2**64 - 1)


def _following(prefix: bytes) -> bytes | None:
    """The least bytes that are greater than everything that begins with `prefix`; None if there are none."""
    kept = prefix.rstrip(b"\xff")
    return kept[:-1] + bytes([kept[-1] + 1]) if kept else None
