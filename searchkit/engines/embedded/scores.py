"""BM25 of whole posting lists: engines/scoring.py by a table of everything but the word's weight."""

from __future__ import annotations

import threading
from collections.abc import Sequence

import numpy as np

from searchkit.engines import scoring
from searchkit.engines.embedded.answers import Numbers, Scores
from searchkit.engines.embedded.arrays import Array
from searchkit.engines.embedded.columns import Columns
from searchkit.engines.embedded.postings import Postings

__all__ = ["SCORED", "Scorer"]

SCORED = {"text": "text", "stems": "text", "title": "title", "event": "event"}
"""Fields whose words are scored by BM25, and the field of their lengths.  All others only choose: they score 0."""

_TABLED = 256
"""Occurrences in one speech below which the table has a row."""


class Scorer:
    """Scores words of one index; statistics are of the speeches that are not deleted."""

    def __init__(self, columns: Columns, speeches: int) -> None:
        self._columns = columns
        self._speeches = speeches
        self._tables: dict[str, tuple[Array, Scores]] = {}
        self._lock = threading.Lock()

    def all(self, field: str, postings: Postings) -> Scores:
        """How well does each speech of a posting list answer its term?  Kept with the list."""
        if postings.scores is None:
            postings.scores = self.some(field, len(postings), postings.speeches, postings.frequencies)
        scores: Scores = postings.scores
        return scores

    def some(self, field: str, holding: int, speeches: Numbers, frequencies: Array) -> Scores:
        """How well do `speeches`, in which the term stands `frequencies` times, answer it?  So many hold it in all."""
        norms, table = self._table(SCORED[field])
        weight = np.float32(scoring.idf(self._speeches, holding))
        if frequencies.dtype != np.uint8:
            over = np.flatnonzero(frequencies >= _TABLED)
            if len(over):
                return self._with_many(SCORED[field], speeches, frequencies, over) * weight
        places = frequencies.astype(np.uint16) << 8
        places |= norms.take(speeches, mode="clip")
        return table.take(places, mode="clip") * weight

    def sums(self, field: str, holding: Sequence[int], speeches: Numbers, frequencies: Array) -> Scores:
        """How well do `speeches` answer several terms?  `frequencies` has a row for each term, and may be 0."""
        if frequencies.max(initial=0) >= _TABLED:
            rows = zip(holding, frequencies, strict=True)
            scores: Scores = np.sum([self.some(field, count, speeches, row) for count, row in rows], axis=0)
            return scores
        norms, table = self._table(SCORED[field])
        weights = np.array([scoring.idf(self._speeches, count) for count in holding], np.float32)
        return np.asarray((table.take(frequencies << 8 | norms.take(speeches)) * weights[:, None]).sum(axis=0))

    def _with_many(self, measured: str, speeches: Numbers, frequencies: Array, over: Array) -> Scores:
        norms, table = self._table(measured)
        few = np.minimum(frequencies, _TABLED - 1).astype(np.uint16) << 8
        few |= norms.take(speeches, mode="clip")
        scores = table.take(few)
        times = frequencies[over].astype(np.float64)
        scores[over] = times * (scoring.K1 + 1) / (times + self._norms(measured)[norms.take(speeches[over])])
        return scores

    def _table(self, measured: str) -> tuple[Array, Scores]:
        kept = self._tables.get(measured)
        if kept is None:
            with self._lock:
                kept = self._tables[measured] = self._made(measured)
        return kept

    def _made(self, measured: str) -> tuple[Array, Scores]:
        times = np.arange(_TABLED, dtype=np.float64)[:, None]
        table = times * (scoring.K1 + 1) / (times + self._norms(measured)[None, :])
        return self._columns[f"norm.{measured}"], table.astype(np.float32).reshape(-1)

    def _norms(self, measured: str) -> Array:
        """For each of the 256 lengths: K1 * (1 - B + B * length / average)."""
        average = self._columns.words(measured) / self._speeches if self._speeches else 0.0
        if not average:
            return np.full(256, scoring.K1)
        return scoring.K1 * (1 - scoring.B + scoring.B * np.asarray(scoring.LENGTHS) / average)
