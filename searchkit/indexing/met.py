"""Which keys has a build met?  Eight bytes a key, so that a corpus of millions of records has room."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable

import numpy as np
import numpy.typing as npt

from searchkit.generations import PageRow
from searchkit.sources import StandingLines

__all__ = ["Codes", "MetKeys", "MetPages", "key_code", "repeated"]

Codes = npt.NDArray[np.uint64]

_FEW = 4_096
"""Codes that are kept apart until they are sorted in."""


def key_code(key: str) -> int:
    """By which 64-bit number is it seen that two pages have one key?

    Among a million keys two that differ have one number once in 30 million builds.
    """
    digest = hashlib.blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "little")


def repeated(codes: Codes) -> npt.NDArray[np.bool_]:
    """Which of `codes` stand before in the same array?"""
    order = np.argsort(codes, kind="stable")
    found = np.zeros(len(codes), bool)
    found[order[1:]] = codes[order[1:]] == codes[order[:-1]]
    return found


class MetKeys:
    """A set of keys by their codes: sorted arrays, each at most half as long as the one before it."""

    def __init__(self, keys: Iterable[str] = ()) -> None:
        self._sorted: list[Codes] = []
        self._few: set[int] = set()
        self._count = 0
        for key in keys:
            self.add(key)

    def __len__(self) -> int:
        return self._count

    def __contains__(self, key: str) -> bool:
        if not self._count:
            return False
        code = key_code(key)
        return code in self._few or bool(self._among_sorted(np.asarray([code], np.uint64))[0])

    def add(self, key: str) -> None:
        """Take in one key."""
        code = key_code(key)
        if code in self._few or self._among_sorted(np.asarray([code], np.uint64))[0]:
            return
        self._few.add(code)
        self._count += 1
        if len(self._few) >= _FEW:
            self._sort_in(np.zeros(0, np.uint64))

    def holds(self, codes: Codes) -> npt.NDArray[np.bool_]:
        """Which of these codes are in the set?"""
        found = self._among_sorted(codes)
        if self._few:
            found |= np.isin(codes, np.fromiter(self._few, np.uint64, len(self._few)))
        return found

    def add_new(self, codes: Codes) -> None:
        """Take in codes that differ from each other and from all in the set."""
        if len(codes):
            self._count += len(codes)
            self._sort_in(codes)

    def _among_sorted(self, codes: Codes) -> npt.NDArray[np.bool_]:
        found = np.zeros(len(codes), bool)
        for known in self._sorted:
            places = known.searchsorted(codes)
            places[places == len(known)] = 0
            found |= known[places] == codes
        return found

    def _sort_in(self, codes: Codes) -> None:
        few = np.fromiter(self._few, np.uint64, len(self._few))
        self._few.clear()
        last = np.concatenate((codes, few))
        while self._sorted and len(self._sorted[-1]) < 2 * len(last):
            last = np.concatenate((self._sorted.pop(), last))
        last.sort()
        self._sorted.append(last)


class MetPages:
    """Which pages has a build met: by their keys, or as part of what stands?"""

    def __init__(self, stands: Callable[[int, int | None], bool]) -> None:
        """`stands`: is it settled that a file of the former table stands, or a line of it?"""
        self._stands = stands
        self.keys = MetKeys()
        """Of all pages but those of files and lines that stand."""
        self._usurped: dict[int, set[int | None]] = {}
        """Files of the former table that have lost pages to other places -> the lines where these stood."""

    def is_met(self, key: str, row: PageRow | None) -> bool:
        """Was the page `key` met already?  `row` is what the former table has of it."""
        return key in self.keys or (row is not None and self._stands(row.file, row.place))

    def meet(self, key: str, row: PageRow | None) -> None:
        """Take down that the page `key` was met; a file that had it, and is still to come, has lost it."""
        self.keys.add(key)
        if row is not None:
            self.usurp(row.file, row.place)

    def usurp(self, file: int, line: int | None) -> None:
        """Take down that another place has the page that stood on this line of a file."""
        self._usurped.setdefault(file, set()).add(line)

    def has_lost(self, file: int) -> bool:
        """Has the file lost a page?"""
        return file in self._usurped

    def lost(self, lines: StandingLines) -> list[int]:
        """Which of these lines have lost their page, by the places where they stood?"""
        usurped = self._usurped.get(lines.file, set())
        return sorted(line for line in usurped if line is not None and lines.number_of(lines.file, line) is not None)
