"""The segments of one index, open for reading."""

from __future__ import annotations

from collections.abc import Sequence
from operator import itemgetter
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from whoosh.filedb.filestore import FileStorage

from searchkit.engines.embedded.arrays import Array
from searchkit.engines.embedded.columns import Columns
from searchkit.engines.embedded.postings import PostingsReader
from searchkit.engines.embedded.segment_data import SegmentData, texts_in
from searchkit.engines.embedded.toc import read_segments
from searchkit.errors import IndexDamaged

__all__ = ["OpenIndex"]

_T = TypeVar("_T")
_RELEASED_AT_ONCE = 8 << 20


def _keep_memory() -> None:
    """Let what large arrays leave behind be used for the next ones.

    The C library of Linux gives each array of more than 128 KB back to the system when it is freed, so that every page
    of the next one is a fault; that limit rises to the largest block that was ever freed (mallopt(3),
    M_MMAP_THRESHOLD), and twice as much stays at hand.  The block is never written to: it takes no memory, and 10 µs.
    An OR of three words over 227,784 speeches takes 0.48 ms with it, 1.00 without.
    """
    np.empty(_RELEASED_AT_ONCE, np.uint8)


class OpenIndex:
    """What stands in the folder `directory`.  Opening maps the files and reads no array; raises IndexDamaged."""

    def __init__(self, directory: Path) -> None:
        _keep_memory()
        storage = FileStorage(str(directory), readonly=True)
        self.directory = directory
        self.segments = [SegmentData(storage, segment) for segment in read_segments(directory)]
        self.columns = Columns(self.segments)
        self.postings = PostingsReader(self.segments)
        self.numbers = sum(segment.speeches for segment in self.segments)
        """How many numbers are there, those of deleted speeches included?"""

    def __len__(self) -> int:
        """How many speeches are there?"""
        return sum(segment.speeches if segment.live is None else int(segment.live.sum()) for segment in self.segments)

    def holding(self, field: str, term: str) -> int:
        """How many speeches have `term` in `field`?"""
        if self.columns.live is not None:
            return len(self.postings.read(field, term).speeches)
        readers = ((segment, reader) for segment in self.segments if (reader := segment.field(field)) is not None)
        found = ((reader, segment.number(reader, term)) for segment, reader in readers)
        return sum(reader.count(number) for reader, number in found if number >= 0)

    def ids_and_dates(self, numbers: Sequence[int]) -> list[tuple[str, str | None]]:
        """Which id have these speeches, and which date, as it is written?  In the order asked."""
        places, chosen = self._by_segment(numbers)
        ids: list[str] = []
        dates: list[str | None] = []
        for segment, own in chosen:
            ids += segment.columns.ids.chosen(own)
            dates += segment.columns.firsts("date", own)
        return _in_order(places, list(zip(ids, dates, strict=True)))

    def records(self, numbers: Sequence[int]) -> list[bytes]:
        """What is stored of these speeches beside their texts?  In the order asked."""
        places, chosen = self._by_segment(numbers)
        return _in_order(places, [record for segment, own in chosen for record in segment.records(own)])

    def texts(self, numbers: Sequence[int]) -> list[str]:
        """Which texts have these speeches?  In the order asked."""
        places, chosen = self._by_segment(numbers)
        return _in_order(places, texts_in(chosen))

    def shown(self, numbers: Sequence[int]) -> list[dict[str, Any]]:
        """Which texts have these speeches, and what else do columns tell a snippet of them?  By names of fields."""
        places, chosen = self._by_segment(numbers)
        told = [parts for segment, own in chosen for parts in segment.columns.told(own)]
        for parts, text in zip(told, texts_in(chosen), strict=True):
            parts["text"] = text
        return _in_order(places, told)

    def verify(self) -> None:
        """Read every byte of every segment; raises IndexDamaged that names the first file that is not as written.

        And where a page has speeches in two segments: readers count the pages of each by itself.
        """
        seen: set[str] = set()
        for segment in self.segments:
            segment.verify()
            own = segment.living_pages()
            if not seen.isdisjoint(own):
                raise IndexDamaged(
                    f"{self.directory}: the page {min(seen & own)!r} is in two segments; "
                    "build the index anew: searchkit build"
                )
            seen |= own

    def _by_segment(self, numbers: Sequence[int]) -> tuple[Sequence[int], list[tuple[SegmentData, Array]]]:
        """The segments that have some of `numbers`, with their own numbers for these; and the place of each of them."""
        wanted = np.asarray(numbers, np.int64)
        if len(self.segments) == 1:
            return range(len(wanted)), [(self.segments[0], wanted)]
        owners = np.searchsorted(self.postings.bases, wanted, side="right") - 1
        places: list[int] = []
        chosen = []
        for number, (segment, base) in enumerate(zip(self.segments, self.postings.bases, strict=False)):
            own = (owners == number).nonzero()[0]
            if len(own):
                places += own.tolist()
                chosen.append((segment, wanted.take(own) - base))
        return places, chosen


def _in_order(places: Sequence[int], values: Sequence[_T]) -> list[_T]:
    """Each of `values` at its place."""
    if isinstance(places, range):  # of the only segment
        return list(values)
    return [value for _, value in sorted(zip(places, values, strict=True), key=_place)]


_place = itemgetter(0)
