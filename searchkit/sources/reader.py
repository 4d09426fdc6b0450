"""The verb of this package: SOURCEs, or the records of a program, become pages, one after the other.

Files are read in the order of their keys (as UTF-8 bytes); in memory are one page or record, and the list of names.
Cleaning and extraction are not its business: content is delivered as bytes, records as they are.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from searchkit.models import RawPage, Skipped
from searchkit.sources.files import InputFile, Origin, SkipFile, open_input
from searchkit.sources.formats import Format, format_named, format_of, known_suffixes, suffix_of
from searchkit.sources.marks import FileBegun, FileMark, KnownFiles, cells_digest, stamp_of
from searchkit.sources.record import Record, RecordPages, UnknownKeys
from searchkit.sources.record_batch import RecordBatch, batched, batches_of_lines
from searchkit.sources.remarks import Remarks
from searchkit.sources.sniffing import sniff
from searchkit.sources.source import Found, ReadOptions, Source, standard_input
from searchkit.sources.survey import survey

__all__ = ["Reader", "RecordReader", "read", "records"]


def read(sources: Sequence[Source], options: ReadOptions | None = None) -> Iterator[RawPage | Skipped]:
    """Which pages do `sources` hold?  In the order of their keys; use a `Reader` to learn what else there was.

    Raises UsageError at once for a SOURCE that cannot be read, for two that yield one key, and for the other
    mistakes that `Reader` names.
    """
    return Reader(sources, options).read()


def records(items: Iterable[Mapping[str, object]]) -> Iterator[RawPage | Skipped]:
    """Which pages are the records `items`?  Their keys are their ids, else records#n, counted from 1."""
    return RecordReader(items).read()


class Reader:
    """Reads SOURCEs once, and knows afterwards what a person should be told beside the pages."""

    def __init__(self, sources: Sequence[Source], options: ReadOptions | None = None) -> None:
        """List and check what there is to read.

        Raises UsageError for a SOURCE that cannot be read or is an index, for two SOURCEs that yield one key or hold
        the same files, for a table without a column `text` that is a SOURCE by itself, and for a metadata table that
        cannot be used.
        """
        self._survey = survey(sources, options or ReadOptions())
        self._file_count = len(self._survey.files)
        # A page keeps its key even if a record that is read before it claims the same as its id.
        self._records = RecordPages({file.key for file in self._survey.files if _may_be_page(file)})
        self._reserved = self._records.reserved()
        self._files_begun = 0
        self._current: InputFile | None = None

    @property
    def reserved(self) -> frozenset[str]:
        """Which keys belong to files, so that no record can have them?"""
        return self._reserved

    @property
    def files(self) -> int:
        """How many files are there to read?"""
        return self._file_count

    def sizes(self) -> dict[str, int]:
        """How many bytes have the files of each suffix?  Standard input and files that cannot be asked have none."""
        sizes: dict[str, int] = {}
        for file in self._survey.files:
            with contextlib.suppress(OSError, ValueError):
                suffix = suffix_of(Path(file.path).name)
                sizes[suffix] = sizes.get(suffix, 0) + os.stat(file.path).st_size  # noqa: PTH116 -- see stamp_of
        return sizes

    @property
    def fraction_read(self) -> float:
        """How far has the reading come, from 0 to 1?  Every file counts alike, a file half read as a half."""
        ahead = 1.0 - self._current.fraction_read if self._current else 0.0
        return (self._files_begun - ahead) / self._file_count if self._file_count else 1.0

    @property
    def unknown(self) -> UnknownKeys:
        """Who counts the keys of records that are no fields of searchkit?"""
        return self._records.unknown

    @property
    def unknown_keys(self) -> Mapping[str, int]:
        """Which keys of records are no fields of searchkit, and how many records have each?"""
        return self._records.unknown.counts

    @property
    def remarks(self) -> tuple[str, ...]:
        """What should a person know of the reading, beside pages and skips?  Complete when `read` has ended."""
        tables = (sidecar.remark() for sidecar in self._survey.sidecars)
        return (*tables, *self._records.unknown.remarks(), *self._survey.sentences())

    def read(self) -> Iterator[RawPage | Skipped]:
        """Which pages are there?  In the order of their keys; the records of a file in their order there."""
        for entry in self._survey.entries:
            if isinstance(entry, Skipped):
                yield entry
            else:
                yield from self._pages_of(entry)

    def read_marked(
        self, known: KnownFiles, *, together: bool = False
    ) -> Iterator[RawPage | Skipped | FileBegun | FileMark | RecordBatch]:
        """What `read` gives, but a mark in the place of files that are as `known` has them, and around every other.

        With `together`, records come in batches, as they stand, where no metadata table says anything of them: whoever
        makes pages of them sees that each key is taken once, and counts `unknown` keys.
        """
        for entry in self._survey.entries:
            if isinstance(entry, Skipped):
                yield entry
                continue
            location, stamp = entry.origin.location, self._stamp(entry)
            if stamp is not None and known.stands(entry.key, location, stamp) and self._claimed(entry, known, together):
                self._files_begun += 1
                yield FileMark(entry.key, location, stamp, read=False)
                continue
            yield FileBegun(entry.key, location)
            yield from self._items_of(entry, together=together and self._records_stand_alone())
            yield FileMark(entry.key, location, stamp, read=True)

    def _claimed(self, entry: Found, known: KnownFiles, together: bool) -> bool:
        """May the pages of a file that stands have the keys that they have?  Notes what tables say of them."""
        if together and not self._survey.sidecars:
            # Whoever makes pages of the other records sees to their keys.
            return not known.is_doubted(entry.origin.location)
        keys = known.keys(entry.origin.location)
        if not self._records.claim(keys, entry.key):
            return False
        for key in keys:
            self._cells(key, entry, is_record=key != entry.key)
        return True

    def _records_stand_alone(self) -> bool:
        return not any(sidecar.concerns_records for sidecar in self._survey.sidecars)

    def _stamp(self, found: Found) -> str | None:
        """How the file stands, with what metadata tables say of it; None where only reading it can tell."""
        if found.source.is_standard_input or any(sidecar.names_records for sidecar in self._survey.sidecars):
            return None
        cells: dict[str, str] = {}
        for sidecar in self._survey.sidecars:
            cells = {**(sidecar.peek(found.key, found.source) or {}), **cells}
        return stamp_of(found.path, cells_digest(cells))

    def _pages_of(self, found: Found) -> Iterator[RawPage | Skipped]:
        for item in self._items_of(found, together=False):
            assert not isinstance(item, RecordBatch)
            yield item

    def _items_of(self, found: Found, *, together: bool) -> Iterator[RawPage | Skipped | RecordBatch]:
        self._files_begun += 1
        try:
            if found.source.is_standard_input:
                yield from self._read_input(_standard_input(found, self._survey.remarks), found, together)
                return
            with open_input(found.path, found.origin, self._survey.remarks) as file:
                yield from self._read_input(file, found, together)
        except SkipFile as problem:
            yield problem.skipped(found.key)

    def _read_input(self, file: InputFile, found: Found, together: bool) -> Iterator[RawPage | Skipped | RecordBatch]:
        self._current = file
        empty = True
        try:
            for item in _items(_format(file, found), file, together=together):
                empty = False
                yield item if isinstance(item, RecordBatch) else self._finished(item, found)
            if empty:
                yield Skipped(found.key, "no records")
        finally:
            self._current = None

    def _finished(self, item: RawPage | Record | Skipped, found: Found) -> RawPage | Skipped:
        is_record = isinstance(item, Record)
        page = self._records.page(item, found.origin) if isinstance(item, Record) else item
        if isinstance(page, Skipped):
            return page
        cells = self._cells(page.key, found, is_record=is_record)
        return replace(page, sidecar={**page.sidecar, **cells}) if cells else page

    def _cells(self, key: str, found: Found, *, is_record: bool) -> dict[str, str]:
        """What do metadata tables say of this page?  The first table that says something of a field is right."""
        cells: dict[str, str] = {}
        for sidecar in self._survey.sidecars:
            cells = {**sidecar.cells(key, found.source, is_record=is_record), **cells}
        return cells


_OF_A_PROGRAM = Origin("records", "records")


class RecordReader:
    """Reads the records that a program hands in, once, and knows afterwards which of their keys are no fields."""

    reserved: frozenset[str] = frozenset()
    """No key belongs to a file."""
    location = _OF_A_PROGRAM.location
    """Where all of them are said to be found."""

    def __init__(self, items: Iterable[Mapping[str, object]]) -> None:
        self._items = items
        self._records = RecordPages(set())

    @property
    def unknown(self) -> UnknownKeys:
        """Who counts the keys of records that are no fields of searchkit?"""
        return self._records.unknown

    @property
    def unknown_keys(self) -> Mapping[str, int]:
        """Which keys of records are no fields of searchkit, and how many records have each?"""
        return self._records.unknown.counts

    @property
    def remarks(self) -> tuple[str, ...]:
        """What should a person know of the reading, beside pages and skips?  Complete when `read` has ended."""
        return tuple(self._records.unknown.remarks())

    def read(self) -> Iterator[RawPage | Skipped]:
        """Which pages are there?  In the order of the records."""
        for record in self._numbered():
            yield self._records.page(record, _OF_A_PROGRAM)

    def read_together(self) -> Iterator[RawPage | Skipped | RecordBatch]:
        """The same records in batches: whoever makes pages of them sees that each key is taken once."""
        return batched(self._numbered(), _OF_A_PROGRAM)

    def _numbered(self) -> Iterator[Record]:
        for number, item in enumerate(self._items, 1):
            # A program may fill one mapping again and again.
            yield Record(number, dict(item) if isinstance(item, Mapping) else item)


def _standard_input(found: Found, remarks: Remarks) -> InputFile:
    stream = standard_input()
    if stream is None:
        raise SkipFile("cannot be read", "standard input is closed", unreadable=True)
    file = InputFile(stream, found.origin, remarks)
    if not file.head():
        raise SkipFile("empty file")
    return file


def _format(file: InputFile, found: Found) -> Format:
    name = Path(found.path).name
    declared = format_of(name)
    if declared is not None:
        return declared
    sniffed = sniff(file.head())
    if sniffed is not None:
        format = format_named(sniffed)
        if found.source.is_standard_input or format.holds == "page":
            return format
    if found.source.is_standard_input:
        raise SkipFile("neither JSON, HTML nor text")
    suffix = suffix_of(name)
    reason = f"unknown suffix {suffix}" if suffix else "no suffix, and neither HTML nor text"
    raise SkipFile(reason, f"known are {known_suffixes()}")


def _items(format: Format, file: InputFile, *, together: bool) -> Iterator[RawPage | Record | Skipped | RecordBatch]:
    if not together:
        return format.read(file)
    return batches_of_lines(file) if format.name == "jsonl" else batched(format.read(file), file.origin)


def _may_be_page(file: Found) -> bool:
    format = format_of(Path(file.path).name)
    return format is None or format.holds == "page"
