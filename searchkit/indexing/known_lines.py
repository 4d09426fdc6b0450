"""Which lines of a file that was touched stand as they stood?  Told by a hash of each, without reading them as JSON.

A dump that is written anew every night is one file, of which a hundredth is new: its lines are hashed, a microsecond
each, and what a former build has made of those that it met stands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from searchkit.generations import FileRow
from searchkit.indexing.former import Former
from searchkit.sources import DIGEST_BYTES, Line, RecordBatch, StandingLines, line_digest, lines_apart

__all__ = ["KnownLines"]

Ints = npt.NDArray[np.int64]
Hashes = npt.NDArray[np.uint64]
"""Two numbers a line."""
_NONE = -1


@dataclass(slots=True)
class _File:
    """The lines that one file had, in the order of the first numbers of their hashes."""

    number: int
    hashes: Hashes
    places: Ints
    fixed: npt.NDArray[np.bool_]
    """Whose key is their number: they stand in their place alone."""
    met: npt.NDArray[np.bool_]
    """Of two lines alike only the first stands."""

    def places_of(self, hashes: Hashes, first: int) -> Ints:
        """At which place stood each of the lines with these hashes, the first of which is line `first` now?

        Of lines that share the first number only one is found: the others are read, and stand all the same.
        """
        found = np.full(len(hashes), _NONE, np.int64)
        if not len(self.hashes):
            return found
        rows = self.hashes[:, 0].searchsorted(hashes[:, 0])
        rows[rows == len(self.hashes)] = 0
        stands = (self.hashes[rows] == hashes).all(axis=1)
        stands &= ~self.fixed[rows] | (self.places[rows] == first + np.arange(len(hashes)))
        stands &= ~self.met[rows]
        stands[np.flatnonzero(stands)[_again(rows[stands])]] = False
        self.met[rows[stands]] = True
        found[stands] = self.places[rows[stands]]
        return found


class KnownLines:
    """Takes from batches of lines those that stand."""

    def __init__(self, file_at: Callable[[str], FileRow | None], former: Former, pipeline: str) -> None:
        self._file_at = file_at
        self._former = former
        self._pipeline = pipeline
        self._location: str | None = None
        self._file: _File | None = None

    def sifted(self, batch: RecordBatch) -> RecordBatch:
        """The same batch, with the lines that stand told apart."""
        if self._location != batch.origin.location:
            self._location, self._file = batch.origin.location, self._opened(batch.origin.location, batch.origin.key)
        if self._file is None or not batch.lines:
            return batch
        rest: list[Line] = []
        standing: list[StandingLines] = []
        for lines in batch.lines:
            if lines.content is None:
                rest.append(lines)
                continue
            apart = lines_apart(lines)
            places = self._file.places_of(_hashes(map(line_digest, apart)), lines.number)
            standing += _runs(self._file.number, places, lines.number)
            rest += (
                Line(lines.number + place, apart[place])
                for place in np.flatnonzero(places == _NONE).tolist()
                if apart[place]
            )
        return replace(batch, lines=tuple(rest), standing=tuple(standing))

    def _opened(self, location: str, key: str) -> _File | None:
        file = self._file_at(location)
        if file is None or file.key != key:
            return None
        lines = [
            line
            for line in self._former.lines_of_file(file.number, key, self._pipeline)
            if len(line[0]) == DIGEST_BYTES
        ]
        hashes = _hashes(line[0] for line in lines)
        order = np.argsort(hashes[:, 0], kind="stable")
        return _File(
            file.number,
            hashes[order],
            np.asarray([place for _, place, _ in lines], np.int64)[order],
            np.asarray([fixed for *_, fixed in lines], bool)[order],
            np.zeros(len(lines), bool),
        )


def _hashes(digests: Iterable[bytes]) -> Hashes:
    return np.frombuffer(b"".join(digests), "<u8").reshape(-1, 2)


def _again(rows: Ints) -> npt.NDArray[np.bool_]:
    """Which of `rows` were met before among them?"""
    again = np.ones(len(rows), bool)
    again[np.unique(rows, return_index=True)[1]] = False
    return again


def _runs(file: int, places: Ints, first: int) -> Iterator[StandingLines]:
    """The lines that stand, taken together where they follow each other now as they did."""
    stand = np.flatnonzero(places != _NONE)
    if not len(stand):
        return
    apart = (np.diff(stand) != 1) | (np.diff(places[stand]) != 1)
    begins = np.concatenate(([0], np.flatnonzero(apart) + 1))
    counts = np.diff(np.append(begins, len(stand)))
    for begin, count in zip(begins.tolist(), counts.tolist(), strict=True):
        yield StandingLines(first + int(stand[begin]), count, file, int(places[stand[begin]]))
