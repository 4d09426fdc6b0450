"""Which terms has a field of a segment, and which number has a term?  Sorted, mapped, searched without being read.

Terms are bytes and rise as bytes do.  A search compares 8-byte prefixes as numbers, then whole terms among equals;
a field of which each term has one speech (an id) has no prefixes.
"""

from __future__ import annotations

import itertools

import numpy as np

from searchkit.engines.embedded.arrays import Array, ArrayFile

__all__ = ["Vocabulary"]

_LONGEST_LETTER = 4
"""Bytes of a character in UTF-8."""


class Vocabulary:
    """The terms of one field; a term's number is its place among them."""

    __slots__ = ("_at", "_blob", "_initials", "_prefix", "size")

    def __init__(self, file: ArrayFile, field: str) -> None:
        self._blob = file.bytes(f"{field}/blob")
        self._at = file.array(f"{field}/at")
        self._prefix = file.array(f"{field}/prefix") if f"{field}/prefix" in file else None
        self.size = len(self._at) - 1
        self._initials: tuple[list[bytes], Array, Array] | None = None

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
        return [self.term(number) for number in numbers.tolist()]

    def a_letter_apart(self, start: int, stop: int, word: bytes) -> Array:
        """Which of the terms from `start` up to `stop` may have as many letters as `word`, or one more or less?"""
        at = self._at[start : stop + 1].astype(np.int64)
        apart = np.abs(at[1:] - at[:-1] - len(word))
        fitting = apart <= (1 if word.isascii() else _LONGEST_LETTER)
        if word.isascii() and stop > start:
            # a letter that takes several bytes makes more of a difference
            wide = np.flatnonzero(np.frombuffer(self._blob, np.uint8)[at[0] : at[-1]] >= 0x80)
            owners = at.searchsorted(wide + at[0], side="right") - 1
            fitting[owners] = apart[owners] <= _LONGEST_LETTER
        return np.flatnonzero(fitting) + start

    def ending_with(self, ending: bytes, among: Array) -> Array:
        """Which of the terms `among` end with `ending`?"""
        blob = np.frombuffer(self._blob, np.uint8)
        ends = self._at[1:][among].astype(np.int64)
        long_enough = ends - self._at[among].astype(np.int64) >= len(ending)
        among, ends = among[long_enough], ends[long_enough]
        for back, byte in enumerate(reversed(ending), start=1):
            alike = blob.take(ends - back) == byte
            among, ends = among[alike], ends[alike]
        return among

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

    def behind_a_letter(self, rest: bytes) -> Array:
        """Which terms are one letter and `rest`?"""
        letters, leads, widths = self._first_letters()
        if self._prefix is None:
            return np.array([number for letter in letters if (number := self.find(letter + rest)) >= 0], np.int64)
        tails = [int.from_bytes(rest[: 8 - width].ljust(8 - width, b"\0"), "big") for width in range(5)]
        keys = leads | np.array(tails, np.uint64).take(widths)
        places = self._prefix.searchsorted(keys)
        places[places == self.size] = 0
        likely = np.flatnonzero(self._prefix.take(places) == keys).tolist() if self.size else []
        found = [number for place in likely if (number := self.find(letters[place] + rest)) >= 0]
        return np.array(found, np.int64)

    def _first_letters(self) -> tuple[list[bytes], Array, Array]:
        """The letters with which terms begin, as the first bytes of a prefix, and how many bytes each has.

        Found once, by a search for what follows each letter.
        """
        if self._initials is None:
            letters: list[bytes] = []
            place = 0
            while place < self.size:
                letter = self.term(place).decode("utf-8", "surrogatepass")[:1].encode("utf-8", "surrogatepass")
                letters += [letter] if letter else []
                place = max(place + 1, self.starting_with(letter)[1] if letter else 0)
            leads = [int.from_bytes(letter.ljust(8, b"\0"), "big") for letter in letters]
            self._initials = letters, np.array(leads, np.uint64), np.array(list(map(len, letters)), np.int64)
        return self._initials

    def starting_with(self, prefix: bytes) -> tuple[int, int]:
        """Which range of numbers have the terms that begin with `prefix`?"""
        if not prefix:
            return 0, self.size
        following = _following(prefix)
        return self.place(prefix), self.size if following is None else self.place(following)


def _following(prefix: bytes) -> bytes | None:
    """The least bytes that are greater than everything that begins with `prefix`; None if there are none."""
    kept = prefix.rstrip(b"\xff")
    return kept[:-1] + bytes([kept[-1] + 1]) if kept else None
