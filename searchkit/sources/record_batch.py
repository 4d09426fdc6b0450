"""Records that travel together, still to be looked at one by one: whole lines of a file, or what its reader made.

Making a page of a record takes longer than reading its line, so whole pieces of a file are handed to whoever shares
the work.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from searchkit.models import RawPage, Skipped
from searchkit.sources.files import InputFile, Line, Origin, SkipFile
from searchkit.sources.jsonl import records_in
from searchkit.sources.record import Record

__all__ = ["RecordBatch", "StandingLines", "batches_of_lines", "batched"]

_BYTES = 300_000
"""Of lines, or characters of texts, in a batch: what analysis takes at a time."""
_MOST_RECORDS = 1_000


@dataclass(frozen=True, slots=True)
class StandingLines:
    """Lines that follow each other and stand as a former build found them."""

    number: int
    """Of the first."""
    count: int
    file: int
    """The file in the table of that build."""
    place: int
    """The number of the first line there."""

    def number_of(self, file: int, place: int | None) -> int | None:
        """Which number has now the line that stood at `place` of `file`?  None if it is none of these."""
        if file != self.file or place is None or not 0 <= place - self.place < self.count:
            return None
        return self.number + place - self.place

    def without(self, lost: Iterable[int]) -> Iterator[StandingLines]:
        """What is left without those that stood at the places `lost`, in rising order?"""
        place, end = self.place, self.place + self.count
        for line in (*lost, end):
            if line > place:
                yield replace(self, number=self.number + place - self.place, place=place, count=line - place)
            place = line + 1


@dataclass(frozen=True, slots=True)
class RecordBatch:
    """Records of one file that follow each other."""

    origin: Origin
    lines: tuple[Line, ...] = ()
    """Whole lines of a JSON Lines file, those left out that stand; or else:"""
    records: tuple[Record | Skipped, ...] = ()
    standing: tuple[StandingLines, ...] = ()

    def __iter__(self) -> Iterator[Record | Skipped]:
        """Which records are these?  In their order, with what had to be skipped."""
        for lines in self.lines:
            yield from records_in(self.origin.key, lines)
        yield from self.records

    def stands_before(self, number: int, file: int, place: int | None) -> bool:
        """Is what stood at `place` of `file` one of the lines that stand, and before the line `number`?"""
        now = (lines.number_of(file, place) for lines in self.standing)
        return any(line is not None and line < number for line in now)

    @property
    def size(self) -> int:
        """How many bytes or characters has it, about?"""
        return sum(len(lines.content or b"") for lines in self.lines) + sum(map(_length, self.records))

    @property
    def count(self) -> int:
        """How many records are in it, about?"""
        stand = sum(lines.count for lines in self.standing)
        return sum(lines.count for lines in self.lines) + len(self.records) + stand


def batches_of_lines(file: InputFile) -> Iterator[RecordBatch]:
    """Which records does this JSON Lines file hold?"""
    for lines in file.lines_together(_BYTES):
        if lines.content is None or not lines.content.isspace():
            yield RecordBatch(file.origin, (lines,))


def batched(items: Iterable[RawPage | Record | Skipped], origin: Origin) -> Iterator[RawPage | Skipped | RecordBatch]:
    """`items` of one file in their order, with its records taken together."""
    waiting: list[Record | Skipped] = []
    size = 0
    try:
        for item in items:
            if isinstance(item, RawPage):
                yield from _ended(waiting, origin)
                waiting, size = [], 0
                yield item
                continue
            waiting.append(item)
            size += _length(item)
            if size >= _BYTES or len(waiting) >= _MOST_RECORDS:
                yield from _ended(waiting, origin)
                waiting, size = [], 0
    except SkipFile:
        yield from _ended(waiting, origin)
        raise
    yield from _ended(waiting, origin)


def _ended(waiting: list[Record | Skipped], origin: Origin) -> Iterator[Skipped | RecordBatch]:
    if any(isinstance(item, Record) for item in waiting):
        yield RecordBatch(origin, records=tuple(waiting))
    else:
        yield from (item for item in waiting if isinstance(item, Skipped))


def _length(item: Record | Skipped) -> int:
    value = item.value if isinstance(item, Record) else None
    text = value.get("text") if isinstance(value, dict) else None
    return len(text) if isinstance(text, str) else 0
