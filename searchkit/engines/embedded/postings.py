"""Posting lists over all segments of an index as flat arrays, deleted speeches left out: what evaluation works on."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from searchkit.engines.embedded.arrays import Array
from searchkit.engines.embedded.field_reader import FieldReader
from searchkit.engines.embedded.segment_data import SegmentData

__all__ = ["NO_POSTINGS", "Postings", "PostingsReader"]

_KEPT_POSTINGS = 4_000_000
"""Numbers kept in memory over all cached lists: some 32 MB."""


@dataclass(frozen=True, slots=True)
class Postings:
    """Where one term stands: the speeches in rising order, and for each the rising positions."""

    speeches: npt.NDArray[np.int64]
    frequencies: npt.NDArray[np.int64]
    _positions: Callable[[], Array]

    @property
    def positions(self) -> Array:
        """Of all speeches, one after the other: `frequencies` tells them apart."""
        return self._positions()

    def keys(self) -> npt.NDArray[np.int64]:
        """Which occurrences are there?  Each as speech * 2**32 + position, in rising order."""
        return (np.repeat(self.speeches, self.frequencies) << 32) + self._positions().astype(np.int64)


def _nowhere() -> Array:
    return np.empty(0, np.int64)


NO_POSTINGS = Postings(_nowhere(), _nowhere(), _nowhere)


class PostingsReader:
    """Reads the posting lists of one index; safe in several threads and after a fork."""

    def __init__(self, segments: Sequence[SegmentData]) -> None:
        self._segments = segments
        self._bases = np.cumsum([0, *(segment.speeches for segment in segments)]).tolist()
        self._kept: OrderedDict[tuple[str, str], Postings] = OrderedDict()
        self._size = 0
        self._lock = threading.Lock()

    def read(self, field: str, term: str) -> Postings:
        """Where does `term` stand in `field`?"""
        key = (field, term)
        with self._lock:
            postings = self._kept.get(key)
            if postings is not None:
                self._kept.move_to_end(key)
                return postings
        postings = self._load(field, term)
        with self._lock:
            self._size += 2 * len(postings.speeches)
            self._kept[key] = postings
            while self._size > _KEPT_POSTINGS and len(self._kept) > 1:
                _, dropped = self._kept.popitem(last=False)
                self._size -= 2 * len(dropped.speeches)
        return postings

    def terms(self, field: str, prefix: str, most: int) -> list[str]:
        """Which terms of `field` begin with `prefix`, in order?  At most one more than `most`."""
        found: set[bytes] = set()
        for segment in self._segments:
            reader = segment.field(field)
            if reader is not None:
                first, last = reader.vocabulary.starting_with(prefix.encode("utf-8", "surrogatepass"))
                found.update(_living(reader, segment.live, first, last, most + 1))
        return [term.decode("utf-8", "surrogatepass") for term in sorted(found)[: most + 1]]

    def all_terms(self, field: str) -> list[str]:
        """Which terms has `field`, in order?"""
        return self.terms(field, "", 1 << 62)

    # ------------------------------------------------------------------------------------------------------------------

    def _load(self, field: str, term: str) -> Postings:
        parts = []
        for segment, base in zip(self._segments, self._bases, strict=False):
            reader = segment.field(field)
            number = -1 if reader is None else segment.number(reader, term)
            if reader is not None and number >= 0:
                parts.append(_part(segment, reader, number, base))
        if len(parts) < 2:
            return parts[0] if parts else NO_POSTINGS
        return Postings(
            np.concatenate([part.speeches for part in parts]),
            np.concatenate([part.frequencies for part in parts]),
            lambda: np.concatenate([part.positions for part in parts]),
        )


def _part(segment: SegmentData, reader: FieldReader, number: int, base: int) -> Postings:
    """The postings of one term in one segment, as numbers of the index."""
    speeches, frequencies = reader.speeches(number), reader.frequencies(number)
    kept = None if segment.live is None else segment.live[speeches]

    def positions() -> Array:
        found = segment.positions(reader, number)
        return found if kept is None else found[np.repeat(kept, frequencies)]

    if kept is None:
        return Postings(speeches + base if base else speeches, frequencies, positions)
    return Postings(speeches[kept] + base, frequencies[kept], positions)


def _living(reader: FieldReader, live: Array | None, first: int, last: int, most: int) -> list[bytes]:
    """The terms from `first` up to `last` that a speech has which is not deleted; `most` at most."""
    if live is None:
        return reader.vocabulary.terms(first, min(last, first + most))
    if first == last:
        return []
    speeches, counts = reader.speeches_of(first, last)
    held = np.add.reduceat(live[speeches].astype(np.int64), np.cumsum(counts) - counts) > 0
    return [reader.vocabulary.term(first + int(place)) for place in np.flatnonzero(held)[:most]]
