"""What speeches have in their fields beside the text: each distinct value is looked at once, and speeches refer to it.

Titles, names, dates and offices come up again and again, so that a speech costs one dictionary look-up a field.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np

from searchkit.engines.embedded.arrays import Array
from searchkit.engines.embedded.bulk.sorting import grouped, ranked
from searchkit.engines.embedded.layout import Coded, FieldPostings

__all__ = ["Distinct", "Members"]

Member = str | bytes


@dataclass(frozen=True, slots=True)
class Members:
    """What each of several distinct values stands for: some members of one list."""

    listed: Sequence[Member]
    """Each once."""
    numbers: Array
    """Places in `listed`: those of the first value, then those of the second."""
    counts: Array
    """How many belong to each value."""
    places: Array | None = None
    """Where each stands, where that counts."""

    @classmethod
    def of(cls, lists: Sequence[Sequence[Member]]) -> Members:
        """The members of each of `lists`."""
        known: dict[Member, int] = {}
        numbers = [known.setdefault(member, len(known)) for members in lists for member in members]
        counts = np.fromiter(map(len, lists), np.int64, len(lists))
        return cls(list(known), np.asarray(numbers, np.int64), counts)


class Distinct:
    """The values of one field over the speeches of a segment."""

    def __init__(self) -> None:
        self._codes: defaultdict[Hashable, int] = defaultdict()
        self._codes.default_factory = self._codes.__len__
        self._of = array("i")

    @property
    def values(self) -> list[Hashable]:
        """Every value once, in the order of first appearance."""
        return list(self._codes)

    def extend(self, values: Sequence[Hashable]) -> None:
        """The next speeches have these values, one each."""
        self._of.extend(map(self._codes.__getitem__, values))

    def spread(self, numbers: Array) -> Array:
        """Which number has each speech, if `numbers` are those of the values?"""
        owners = self._owners()
        return numbers[owners] if len(owners) else np.zeros(0, np.int64)

    def postings(self, members: Members) -> FieldPostings:
        """Under which terms do the speeches stand, if `members` are those of the values?"""
        terms, rank = ranked(members.listed, np.arange(len(members.listed)), len(members.listed))
        items, speeches = self._items(members.counts)
        places = np.zeros(len(items), np.int64) if members.places is None else members.places[items]
        rows = grouped(rank[members.numbers[items]], speeches, places, len(terms))
        times = np.diff(rows.starts, append=len(rows.details))
        return FieldPostings(terms, rows.counts, rows.speeches, times, None if members.places is None else rows.details)

    def coded(self, members: Members, *, several: bool = False) -> Coded:
        """The same as a column of values."""
        items, speeches = self._items(members.counts)
        listed = [member for member in members.listed if isinstance(member, str)]
        if several or int(members.counts.max(initial=0)) > 1:
            at = np.concatenate(([0], np.cumsum(self.spread(members.counts))))
            return Coded(listed, members.numbers[items], at)
        codes = np.full(len(self._of), -1, np.int64)
        codes[speeches] = members.numbers[items]
        return Coded(listed, codes)

    def _owners(self) -> Array:
        return np.frombuffer(self._of, np.int32) if self._of else np.zeros(0, np.int32)

    def _items(self, counts: Array) -> tuple[Array, Array]:
        """The members of all speeches, by place among those of all values (`counts` each), and the speech of each."""
        owners = self._owners()
        each = self.spread(counts)
        starts = self.spread(np.cumsum(counts) - counts)
        before = np.cumsum(each) - each
        items = np.repeat(starts - before, each) + np.arange(int(each.sum()))
        return items, np.repeat(np.arange(len(owners)), each)
