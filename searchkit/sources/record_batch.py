"""Records that travel together, still to be looked at one by one: whole lines of a file, or what its reader made.

Making a page of a record takes longer than reading its line, so whole pieces of a file are handed to whoever shares
the work.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from searchkit.models import RawPage, Skipped
from searchkit.sources.files import InputFile, Line, Origin, SkipFile
from searchkit.sources.jsonl import records_in
from searchkit.sources.record import Record

__all__ = ["RecordBatch", "batches_of_lines", "batched"]

_BYTES = 300_000
"""Of lines, or characters of texts, in a batch: what analysis takes at a time."""
_MOST_RECORDS = 1_000


@dataclass(frozen=True, slots=True)
class RecordBatch:
    """Records of one file that follow each other."""

    origin: Origin
    lines: Line | None = None
    """Whole lines of a JSON Lines file; or else:"""
    records: tuple[Record | Skipped, ...] = ()

    def __iter__(self) -> Iterator[Record | Skipped]:
        """Which records are these?  In their order, with what had to be skipped."""
        return records_in(self.origin.key, self.lines) if self.lines is not None else iter(self.records)

    @property
    def size(self) -> int:
        """How many bytes or characters has it, about?"""
        if self.lines is not None:
            return len(self.lines.content or b"")
        return sum(map(_length, self.records))

    @property
    def count(self) -> int:
        """How many records are in it, about?"""
        return (self.lines.content or b"").count(b"\n") if self.lines is not None else len(self.records)


def batches_of_lines(file: InputFile) -> Iterator[RecordBatch]:
    """Which records does this JSON Lines file hold?"""
    for lines in file.lines_together(_BYTES):
        if lines.content is None or not lines.content.isspace():
            yield RecordBatch(file.origin, lines)


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
