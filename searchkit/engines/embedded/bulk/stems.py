"""The postings of stems, of those of the forms that share one: taken while the postings of `text` pass by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np

from searchkit.analysis.bulk.stems import Stems
from searchkit.engines.embedded.arrays import Array
from searchkit.engines.embedded.bulk.ahead import ahead
from searchkit.engines.embedded.bulk.buckets import Buckets
from searchkit.engines.embedded.bulk.scratch import Scratch
from searchkit.engines.embedded.bulk.sorting import KeySpace, ranked
from searchkit.engines.embedded.layout import FieldPostings

__all__ = ["StemRun"]

_FREQUENCY_BITS = 12
"""Of a key: a stem that stands 4,096 times in a speech takes several there."""


class StemRun:
    """Collects the postings of `text`, range of terms by range of terms."""

    def __init__(self, forms: Sequence[str], languages: Sequence[str], scratch: Scratch) -> None:
        """`forms` are the terms of `text`, in their order; `languages` names the stemmer of each speech."""
        counted = Counter(languages)
        usual = max(counted, key=counted.__getitem__, default="")
        self._others = [name for name in counted if name != usual]
        names = {name: number for number, name in enumerate([usual, *self._others])}
        self._language_of = np.fromiter(map(names.__getitem__, languages), np.int64, len(languages))
        self._stems = Stems(forms)
        self._usual = self._stems.of(usual, np.arange(len(forms)))
        """The stem of each term in the language of most speeches."""
        self._space = KeySpace(len(languages).bit_length(), _FREQUENCY_BITS)
        self._keys = Buckets(self._stems.terms, self._space.below, scratch, "stems")
        """Stem, speech, and how often the forms stand there."""
        self._pairs: list[Array] = []

    def expect(self, times: Array) -> None:
        """Prepare for the postings of terms that stand in all speeches so many `times`."""
        # They come in the order of terms, so that the first of them are of the first stems alone.
        expected = np.bincount(self._usual, times, len(self._stems.terms))
        self._keys.expect(expected.astype(np.int64))

    def add(self, first: int, piece: FieldPostings) -> None:
        """Take in the postings of the next terms of `text`, of which `first` is the first."""
        assert piece.frequencies is not None
        size = len(piece.terms)
        usual = self._usual[first : first + size]
        stems = np.repeat(usual, piece.counts)
        if not self._others:
            self._pair(usual, np.arange(first, first + size))
        else:
            terms = np.repeat(np.arange(size), piece.counts)
            language_of = self._language_of[piece.speeches]
            for number, name in enumerate(["", *self._others]):
                chosen = np.flatnonzero(language_of == number)
                there = np.flatnonzero(np.bincount(terms[chosen], minlength=size))
                stem_of = usual
                if number:
                    stem_of = np.zeros(size, np.int32)
                    stem_of[there] = self._stems.of(name, first + there)
                    stems[chosen] = stem_of[terms[chosen]]
                self._pair(stem_of[there], first + there)
        self._add_keys(stems, piece.speeches, piece.frequencies)

    def postings(self) -> Iterator[FieldPostings]:
        """The postings of all stems, range by range."""
        pairs = np.concatenate([np.zeros(0, np.int64), *self._pairs])
        size = len(self._stems.terms)
        used = np.flatnonzero(np.bincount(pairs >> 32, minlength=size))
        terms, rank = ranked([self._stems.terms[stem] for stem in used.tolist()], used, size)
        pairs = np.sort((rank[pairs >> 32] << 32) | (pairs & 0xFFFFFFFF))
        forms_at = np.searchsorted(pairs >> 32, np.arange(len(terms) + 1))
        for keys in ahead(self._keys.in_order(rank)):
            low, high, rows = self._space.rows(keys)
            forms = pairs[forms_at[low] : forms_at[high]] & 0xFFFFFFFF
            yield FieldPostings(
                terms.between(low, high),
                rows.counts,
                rows.speeches,
                np.add.reduceat(rows.details, rows.starts),
                forms_at=forms_at[low : high + 1] - forms_at[low],
                forms=forms,
            )

    def close(self) -> None:
        """Let go of the files."""
        self._keys.close()

    def _add_keys(self, stems: Array, speeches: Array, times: Array) -> None:
        most = (1 << self._space.slot_bits) - 1
        self._keys.add(self._space.keys(stems, speeches, np.minimum(times, most)))
        more = np.flatnonzero(times > most)
        if len(more):
            self._add_keys(stems[more], speeches[more], times[more] - most)

    def _pair(self, stems: Array, terms: Array) -> None:
        self._pairs.append((stems.astype(np.int64) << 32) | terms)
