"""What engines hand over whole, as flat arrays, to those who count: where words stand, and which values speeches have.

Numbers of speeches are the engine's own (as in `Match`); positions are those of `analysis.analyze`, where a sentence
end skips 1 and a paragraph end 100.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Dates:
    """First and last day of each speech's date, by its number: ordinals as `datetime.date.toordinal`, 0 for no date."""

    first: Ints
    last: Ints


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
