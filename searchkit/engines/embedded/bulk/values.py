"""What speeches have in their fields beside the text: each distinct value is looked at once, and speeches refer to it.

Titles, names, dates and offices come up again and again, so that a speech costs one dictionary look-up a field.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from searchkit.engines.embedded.arrays import Array
from searchkit.engines.embedded.bulk.sorting import grouped, ranked
from searchkit.engines.embedded.layout import Coded, FieldPostings

__all__ = ["Distinct", "Value"]

_Member = TypeVar("_Member", str, bytes, str | bytes)


@dataclass(frozen=True, slots=True)
class Value:
    """One distinct value of a field, and what it stands for."""

    terms: Sequence[str | bytes] = ()
    """Under which a speech that has it is found."""
    places: Sequence[int] | None = None
    """Where they stand, where that counts."""
    exact: Sequence[str] = ()
    """The values as they are shown and counted."""


class Distinct:
    """The values of one field over the speeches of a segment."""

    def __init__(self, described: Callable[..., Value]) -> None:
        """`described` tells what a value stands for that has not come up before."""
        self._described = described
        self._codes: dict[Hashable, int] = {}
        self._values: list[Value] = []
        self._of = array("i")

    def add(self, key: Hashable, *context: object) -> None:
        """The next speech has the value `key`; `context` goes to `described` where it is new."""
        code = self._codes.get(key)
        if code is None:
            code = self._codes[key] = len(self._values)
            self._values.append(self._described(key, *context))
        self._of.append(code)

    def numbers(self, of: Callable[[Value], int]) -> Array:
        """Which number has each speech, as `of` tells it of its value?"""
        return np.asarray([of(value) for value in self._values] or [0], np.int64)[self._owners()]

    def postings(self, of: Callable[[Value], Sequence[str | bytes]] | None = None) -> FieldPostings:
        """Under which terms do the speeches stand?  Those that `of` tells of a value, else its `terms`."""
        listed = [value.terms if of is None else of(value) for value in self._values]
        numbers, terms, counts = _numbered(listed)
        terms_of, rank = ranked(terms, np.arange(len(terms)), len(terms))
        tokens, speeches = self._spread(counts)
        places = [value.places for value in self._values]
        positional = of is None and any(place is not None for place in places)
        flat = [place for found in places for place in found or ()] if positional else [0] * len(numbers)
        rows = grouped(rank[numbers[tokens]], speeches, np.asarray(flat, np.int64)[tokens], len(terms))
        times = np.diff(rows.starts, append=len(rows.details))
        return FieldPostings(terms_of, rows.counts, rows.speeches, times, rows.details if positional else None)

    def coded(self, of: Callable[[Value], Sequence[str]], *, several: bool = False) -> Coded:
        """The same as a column of values."""
        numbers, values, counts = _numbered([of(value) for value in self._values])
        tokens, speeches = self._spread(counts)
        if several or int(counts.max(initial=0)) > 1:
            at = np.concatenate(([0], np.cumsum(counts[self._owners()])))
            return Coded(values, numbers[tokens], at)
        codes = np.full(len(self._of), -1, np.int64)
        codes[speeches] = numbers[tokens]
        return Coded(values, codes)

    def _owners(self) -> Array:
        return np.frombuffer(self._of, np.int32) if self._of else np.zeros(0, np.int32)

    def _spread(self, counts: Array) -> tuple[Array, Array]:
        """The items of all speeches, by place among those of all values (`counts` each), and the speech of each."""
        owners = self._owners()
        starts = (np.cumsum(counts) - counts)[owners]
        each = counts[owners]
        before = np.cumsum(each) - each
        items = np.repeat(starts - before, each) + np.arange(int(each.sum()))
        return items, np.repeat(np.arange(len(owners)), each)


def _numbered(lists: Sequence[Sequence[_Member]]) -> tuple[Array, list[_Member], Array]:
    """All members of `lists` as numbers, what the numbers stand for, and the length of each list."""
    known: dict[_Member, int] = {}
    numbers = [known.setdefault(member, len(known)) for members in lists for member in members]
    return np.asarray(numbers, np.int64), list(known), np.asarray(list(map(len, lists)), np.int64)
