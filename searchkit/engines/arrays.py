"""What engines hand over whole, as flat arrays, to those who count: where words stand, and which values speeches have.

Numbers of speeches are the engine's own (as in `Match`); positions are those of `analysis.analyze`, where a sentence
end skips 1 and a paragraph end 100.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

__all__ = [
    "Dates",
    "FacetColumn",
    "Ints",
    "Neighbours",
    "Occurrences",
    "TokenRun",
    "Vocabulary",
    "distinct",
    "integers",
    "token_places",
]

Ints = npt.NDArray[np.signedinteger[Any]]
"""Whole numbers of any width that holds them: an engine may hand over what it keeps on disk."""


def integers(values: Sequence[int]) -> Ints:
    """Which array holds `values`?"""
    return np.asarray(values, np.int64)


def distinct(rising: Ints) -> Ints:
    """Which numbers are in `rising`, each once?"""
    new = np.ones(len(rising), bool)
    new[1:] = rising[1:] != rising[:-1]
    return rising[new]


@dataclass(frozen=True, slots=True)
class Occurrences:
    """Where the words of a query stand: parallel arrays, rising by speech, first and last position, each span once."""

    speeches: Ints
    firsts: Ints
    """Position of the first word of each."""
    lasts: Ints
    """Position of the last word of each; that of a single word is its first too."""

    def __len__(self) -> int:
        return len(self.speeches)

    @property
    def of_single_words(self) -> bool:
        """Is every occurrence one word?"""
        return self.lasts is self.firsts or np.array_equal(self.firsts, self.lasts)

    def holders(self) -> Ints:
        """Which speeches hold an occurrence?"""
        return distinct(self.speeches)


@dataclass(frozen=True, slots=True)
class FacetColumn:
    """Which speech has which value: `values[codes[i]]` is a value of speech `speeches[i]`.

    A speech stands there once for each of its values, and not at all without one.
    """

    values: Sequence[str]
    speeches: Ints
    codes: Ints


@dataclass(frozen=True)
class Dates:
    """First and last day of each speech's date, by its number: ordinals as `datetime.date.toordinal`, 0 for no date."""

    first: Ints
    last: Ints

    @cached_property
    def coarse(self) -> Ints:
        """Which speeches are dated by a month or a year, not by a day?  In rising order."""
        return np.flatnonzero(self.first != self.last)

    @cached_property
    def undated(self) -> Ints:
        """Which speeches have no date?  In rising order."""
        return np.flatnonzero(self.last == 0)

    def in_doubt(self, among: Ints, first: int | None, last: int | None) -> Ints:
        """Which of the speeches `among` (rising) may lie within the days from `first` to `last`, but need not?"""
        coarse = _shared(self.coarse, among)
        begins, ends = self.first[coarse], self.last[coarse]
        reaches_in, lies_in = np.ones(len(coarse), bool), np.ones(len(coarse), bool)
        if first is not None:
            reaches_in &= ends >= first
            lies_in &= begins >= first
        if last is not None:
            reaches_in &= begins <= last
            lies_in &= ends <= last
        found: Ints = coarse[reaches_in & ~lies_in]
        return found

    def periods(self, speeches: Ints) -> list[tuple[int, int]]:
        """Within which first and last days lie `speeches`?  The most frequent first, then the earliest."""
        pairs, counts = np.unique(np.stack([self.first[speeches], self.last[speeches]]), axis=1, return_counts=True)
        ordered = pairs[:, np.lexsort((-pairs[1], pairs[0], -counts))]
        return [(int(first), int(last)) for first, last in ordered.T]

    def without(self, among: Ints) -> Ints:
        """Which of the speeches `among` (rising) have no date?"""
        return _shared(self.undated, among)


def _shared(few: Ints, among: Ints) -> Ints:
    """Which of `few` are `among` these?  Both rising."""
    if not len(few) or not len(among):
        return few[:0]
    places = np.searchsorted(among, few)
    places[places == len(among)] = 0
    found: Ints = few[among[places] == few]
    return found


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """How often does each literal form stand in the whole index?  By its code: its place in the order of all forms.

    Forms are in the order of their code points, so that codes compare as the forms do.
    """

    occurrences: Ints
    speeches: Ints
    """How many speeches hold it."""

    def __len__(self) -> int:
        return len(self.occurrences)


@dataclass(frozen=True, slots=True)
class Neighbours:
    """How often does each form of the `Vocabulary` stand beside the words of a query?  Three arrays, by its code."""

    together: Ints
    """On either side, each word of the text once however many it is beside."""
    left: Ints
    right: Ints


@dataclass(frozen=True, slots=True)
class TokenRun:
    """The words of some speeches, one speech after the other: speech i has the tokens starts[i] to starts[i + 1]."""

    codes: Ints
    """Each word's literal form, as a code of the `Vocabulary`."""
    positions: Ints
    """Each word's position in its speech."""
    starts: Ints
    """One more than there are speeches."""

    def __len__(self) -> int:
        return len(self.codes)


def token_places(positions: Ints, begins: Ints, ends: Ints, wanted: Ints) -> Ints:
    """Where in `positions`, rising from each of `begins` to its end, is the first that is not below each `wanted`?

    A binary search in many speeches at once.  No word stands further along in its speech than its position says, and
    most stand little before: where nothing ends, positions count words.
    """
    low = begins.astype(np.int64)
    high = np.clip(low + wanted, low, ends)
    while True:
        searching = low < high
        if not searching.any():
            return low
        middle = (low + high) >> 1
        before = searching.copy()
        before[searching] = positions[middle[searching]] < wanted[searching]
        low = np.where(before, middle + 1, low)
        high = np.where(searching & ~before, middle, high)
