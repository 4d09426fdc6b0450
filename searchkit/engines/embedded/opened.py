"""The segments of one index, open for reading."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from whoosh.filedb.filestore import FileStorage

from searchkit.engines.embedded.columns import Columns
from searchkit.engines.embedded.postings import PostingsReader
from searchkit.engines.embedded.segment_data import SegmentData
from searchkit.engines.embedded.toc import read_segments
from searchkit.errors import IndexDamaged
from searchkit.models import Speech

__all__ = ["OpenIndex"]


class OpenIndex:
    """What stands in the folder `directory`.  Opening maps the files and reads no array; raises IndexDamaged."""

    def __init__(self, directory: Path) -> None:
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

    def speeches(self, numbers: Sequence[int]) -> list[Speech]:
        """Which speeches have these numbers?"""
        return [self.speech(number) for number in numbers]

    def speech(self, number: int) -> Speech:
        """Which speech has this number?  Raises IndexDamaged where its bytes are not as they were written."""
        segment, local = self._segment_of(number)
        try:
            return segment.speech(local)
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise IndexDamaged(
                f"{self.directory}: speech {number} cannot be read ({type(error).__name__}); "
                "build the index anew: searchkit build"
            ) from error

    def _segment_of(self, number: int) -> tuple[SegmentData, int]:
        for segment in self.segments:
            if number < segment.speeches:
                return segment, number
            number -= segment.speeches
        raise IndexError(number)
