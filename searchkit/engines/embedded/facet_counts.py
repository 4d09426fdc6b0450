"""How do speeches spread over the values of a facet?  Counted over codes; only the values shown become text."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from searchkit.engines.arrays import FacetColumn, distinct
from searchkit.engines.embedded.answers import Numbers
from searchkit.engines.embedded.arrays import Array
from searchkit.engines.embedded.segment_columns import CodedColumn
from searchkit.engines.facets import facet
from searchkit.models import Facet

__all__ = ["FacetCounts", "coded"]


def coded(column: FacetColumn, speeches: int) -> CodedColumn:
    """The same facet by the number of the speech, of an index with so many numbers."""
    order = np.argsort(column.speeches, kind="stable")
    numbers, codes = column.speeches[order].astype(np.int64), column.codes[order]
    if not (numbers[1:] == numbers[:-1]).any():
        single = np.zeros(speeches, np.int32)
        single[numbers] = codes + 1
        return CodedColumn(column.values, single, None)
    return CodedColumn(column.values, codes, numbers.searchsorted(np.arange(speeches + 1)))


class FacetCounts:
    """Counts one facet of one index."""

    def __init__(self, column: CodedColumn) -> None:
        self._column = column

    def of(self, speeches: Numbers, selected: tuple[str | None, ...], limit: int) -> Facet:
        """How many of `speeches` have each value?"""
        counts, without = self._column.counts(speeches)
        return self._facet(counts, without, selected, limit)

    def units(self, speeches: Numbers, units: Array, selected: tuple[str | None, ...], limit: int) -> Facet:
        """How many of the `units` (one for each number of the index) that `speeches` belong to have each value?"""
        owners, codes = self._column.pairs(speeches)
        lacking = speeches[np.isin(speeches, owners, assume_unique=False, invert=True)]
        pairs = distinct(np.sort((codes.astype(np.int64) << 32) + units[owners])) >> 32
        counts = np.bincount(pairs, minlength=len(self._column.values))
        return self._facet(counts, len(distinct(np.sort(units[lacking]))), selected, limit)

    def words(self, speeches: Numbers, lengths: Array, selected: tuple[str | None, ...], limit: int) -> Facet:
        """How many words (`lengths`: of each number of the index) have those of `speeches` with each value?"""
        owners, codes = self._column.pairs(speeches)
        counts = np.bincount(codes, lengths[owners], len(self._column.values)).astype(np.int64)
        lacking = speeches[np.isin(speeches, owners, invert=True)]
        return self._facet(counts, int(lengths[lacking].sum(dtype=np.int64)), selected, limit)

    def _facet(self, counts: Array, without: int, selected: tuple[str | None, ...], limit: int) -> Facet:
        values: Sequence[str] = self._column.values
        held = np.flatnonzero(counts)
        if len(held) > limit + 1:
            # One more than is shown, and all that are as frequent as the last: the rest cannot come before them.
            least = np.partition(counts[held], len(held) - limit - 1)[len(held) - limit - 1]
            held = held[counts[held] >= least]
        shown = {values[place]: int(counts[place]) for place in held.tolist()}
        for value in selected:
            if value is not None and value not in shown:
                shown[value] = self._count(value, counts)
        return facet(shown.items(), without, selected, limit)

    def _count(self, value: str, counts: Array) -> int:
        values = self._column.values
        return next((int(counts[place]) for place in range(len(values)) if values[place] == value), 0)
