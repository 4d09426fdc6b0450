"""The segments of one index, open for reading."""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from whoosh.filedb.filestore import FileStorage

from searchkit.engines.embedded.columns import Columns
from searchkit.engines.embedded.damage import SIGNS, blame
from searchkit.engines.embedded.postings import PostingsReader
from searchkit.engines.embedded.segment_data import SegmentData
from searchkit.engines.embedded.toc import read_segments
from searchkit.identity.side import Names
from searchkit.models import Speech

__all__ = ["OpenIndex"]


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

    def speech(self, number: int) -> Speech:
        """Which speech has this number?  With people as its page names them; raises IndexDamaged as `speeches` does."""
        return self.speeches((number,))[0]

    def speeches(self, numbers: Sequence[int], named: Sequence[Names] | None = None) -> list[Speech]:
        """Which speeches have these numbers?  In the order asked; who speaks in each is `named`, else as its page says.

        Raises IndexDamaged where the bytes of one are not as they were written.
        """
        found: list[Any] = [None] * len(numbers)
        chosen: list[list[int]] = [[] for _ in self.segments]
        for index, number in enumerate(numbers):
            chosen[bisect.bisect_right(self.postings.bases, number) - 1].append(index)
        for segment, base, own in zip(self.segments, self.postings.bases, chosen, strict=False):
            if not own:
                continue
            wanted = [numbers[index] - base for index in own]
            names = [named[index] for index in own] if named is not None else [None] * len(own)
            try:
                read = segment.read(np.array(wanted, np.int64), names)
            except SIGNS as error:
                blame(segment.verify, error)
                raise
            for index, speech in zip(own, read, strict=True):
                found[index] = speech
        return found
