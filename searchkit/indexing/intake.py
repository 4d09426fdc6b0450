"""What becomes of each page while a build runs: written, unchanged or stale, skipped or withdrawn.  Nothing is lost."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import zip_longest

import numpy as np
import numpy.typing as npt

from searchkit.generations import FileRow, PageRow
from searchkit.indexing.digests import content_hash
from searchkit.indexing.fates import Fates
from searchkit.indexing.former import Former
from searchkit.indexing.known import Item, Known, Same
from searchkit.indexing.met import MetKeys, MetPages, repeated
from searchkit.indexing.outlet import Outlet
from searchkit.indexing.record_making import ADDED, CHANGED, REMADE, STANDS, UNCHANGED, RecordsMade
from searchkit.indexing.report import PageCounts
from searchkit.indexing.sites import Sites
from searchkit.indexing.sources import PageReader
from searchkit.models import CleanPage, Inspection, RawPage, Skipped, Speech
from searchkit.sources import DUPLICATE, FileBegun, FileMark, Origin, RecordBatch

__all__ = ["Intake", "TakenTwice"]

Ints = npt.NDArray[np.int64]
Locations = Callable[[str], Iterable[str]]
"""Page key of a file or folder -> where it may stand."""


class TakenTwice(Exception):
    """A new speech has the id of one that stands on another page: which of the two counts, only a full build tells."""


class Intake:
    """Takes inspected pages into the writer and the table of pages, and keeps the account."""

    def __init__(self, outlet: Outlet, former: Former, known: Known, locations: Locations, reader: PageReader) -> None:
        self._outlet = outlet
        self._table = outlet.table
        self._former = former
        self._known = known
        self._locations = locations
        self._pipeline = known.pipeline
        self._met = MetPages(outlet.stands)
        self._ids = MetKeys()
        """Of the speeches that were made anew."""
        self._reserved = MetKeys(reader.reserved)
        """Keys of files, which no record can have."""
        self._unknown = reader.unknown
        self._fates = Fates()
        self._unreadable: list[PageRow] = []
        self._file_is_whole = True
        self.sites = Sites(former.directory if former.exists else None)
        """What the pages that are made now tell of their sites."""
        self.skipped: list[Skipped] = []
        """Skipped and stale pages, in the order in which they were met."""

    @property
    def speeches(self) -> int:
        """How many speeches does the new generation hold?"""
        return len(self._ids) + self._fates.kept_speeches

    @property
    def pages_read(self) -> int:
        """How many pages were met?"""
        return self._fates.met + len(self._unreadable)

    def take(self, read: Item, inspection: Inspection | RecordsMade | None) -> None:
        """Take in one page, a batch of records, or the mark of a file: what was read, and what was made of it."""
        if isinstance(inspection, RecordsMade):
            assert isinstance(read, RecordBatch)
            self._take_records(read, inspection)
        elif isinstance(read, FileBegun):
            self._table.begin_file(read.location, read.key)
        elif isinstance(read, FileMark):
            self._take_mark(read)
        elif isinstance(read, Same):
            self._keep(replace(read.row, location=read.raw.location))
        elif inspection is None or isinstance(inspection.page, Skipped):
            page = read if inspection is None else inspection.page
            assert isinstance(page, Skipped)
            self._skip(page, read if isinstance(read, RawPage) else None)
        elif isinstance(read, RawPage):
            written, left_out = self._write(inspection.speeches, inspection.digests)
            self.sites.see(inspection.page)
            if written:
                self._add(read, inspection, written, whole=not left_out)
            else:
                self._skip(Skipped(read.key, DUPLICATE, detail="another page has the ids of its speeches"), read)

    def finish(self) -> None:
        """Let the former speeches of what could not be read stand, where no page that was read has taken their place.

        Done at the end, because a record may have moved from a file that cannot be read to one that can.
        """
        pages, self._unreadable = self._unreadable, []
        for page in pages:
            behind = self._former.pages_behind(page.key, self._locations(page.key))
            stood = [self._stand(former, page) for former in behind if not self._met.is_met(former.key, former)]
            if not any(stood):
                self._fates.pages["skipped"] += 1
                self._record(page)

    def counts(self) -> PageCounts:
        """How many pages met which fate?"""
        return self._fates.counts(self.pages_read, self._former.count_pages())

    def remarks(self) -> tuple[str, ...]:
        """What else was noticed?"""
        return (*self._fates.remarks(), *self.sites.remarks())

    def _take_records(self, batch: RecordBatch, made: RecordsMade) -> None:
        """Take in the records of one batch; of those with one key the first is kept."""
        origin = batch.origin
        if made.taken_twice is not None:
            raise TakenTwice(made.taken_twice)
        for key, records in made.unknown.items():
            self._unknown.add(key, records)
        codes = np.asarray(made.codes, np.uint64)
        doubled = repeated(codes) | self._met.keys.holds(codes) | self._ids.holds(codes) | self._reserved.holds(codes)
        for place, (file, line) in made.elsewhere.items():
            if self._outlet.stands(file, line) or batch.stands_before(made.numbers[place], file, line):
                doubled[place] = True
            elif not doubled[place]:
                self._met.usurp(file, line)
        self._keep_lines(batch)
        fates = np.frombuffer(made.fates, np.uint8)
        written = fates < STANDS
        self._met.keys.add_new(codes[~doubled & written])
        self._ids.add_new(codes[~doubled & written])
        skipped = deque(made.skipped)
        for place in np.flatnonzero(doubled | ~written).tolist():
            while skipped and skipped[0][0] <= place:
                self._skip(skipped.popleft()[1], None)
            self._take_apart(origin, made, place, doubled=bool(doubled[place]))
        for _, page in skipped:
            self._skip(page, None)
        self._write_records(made, np.flatnonzero(~doubled & written))
        self._outlet.take_records(made, np.cumsum(written)[doubled & written] - 1)

    def _keep_lines(self, batch: RecordBatch) -> None:
        """Let the lines that stand do so, but for those whose key another record took that came before."""
        for lines in batch.standing:
            lost = self._met.lost(lines)
            for line in lost:
                now, key = lines.number_of(lines.file, line), self._former.key_of_line(lines.file, line)
                self._skip(Skipped(f"{batch.origin.key}#{now}", DUPLICATE, detail=key), None)
            for part in lines.without(lost):
                self._fates.stand(part.count, part.count)
                self._outlet.keep_lines(part)

    def _take_apart(self, origin: Origin, made: RecordsMade, place: int, *, doubled: bool) -> None:
        """Take in a record that is not written: another one has its key, it stands as it was, or it has no speech."""
        number = f"#{made.numbers[place]}"
        if doubled:
            self._skip(Skipped(origin.key + number, DUPLICATE, detail=made.keys[place]), None)
        elif place in made.standing:
            self._keep(replace(made.standing[place], location=origin.location + number))
        else:
            self._skip(made.speechless[place], None, origin.location + number, made.contents[place].hex() or None)

    def _write_records(self, made: RecordsMade, places: Ints) -> None:
        """Enter the records at these places of the batch, which are written."""
        counts = np.bincount(np.frombuffer(made.fates, np.uint8)[places], minlength=STANDS)
        for fate, name in ((ADDED, "added"), (CHANGED, "changed"), (UNCHANGED, "unchanged"), (REMADE, "unchanged")):
            self._fates.pages[name] += int(counts[fate])
        self._fates.kept += int(counts[CHANGED:].sum())
        self._fates.remade += int(counts[REMADE])
        if made.impossible_dates:
            self._fates.impossible_dates += int(np.isin(made.impossible_dates, places).sum())
        self._table.add_records(made.rows(places.tolist()), self._pipeline)

    def _take_mark(self, mark: FileMark) -> None:
        whole, self._file_is_whole = self._file_is_whole, True
        if not mark.read:
            file = self._known.file(mark.location)
            assert file is not None
            if self._met.has_lost(file.number):
                self._keep_what_is_left(mark, file)
            else:
                self._keep_file(file)
        else:
            self._table.end_file(mark.stamp if whole else None)

    def _keep_file(self, file: FileRow) -> None:
        """Let a file stand with all its pages."""
        self._fates.stand(file.pages, file.speeches)
        if file.rows > file.pages:
            for row in self._former.speechless_of_file(file.number):
                self._tell_skipped(row)
        self._outlet.keep_file(file.number)

    def _keep_what_is_left(self, mark: FileMark, file: FileRow) -> None:
        """Let those pages of a file stand that no other place has."""
        self._table.begin_file(mark.location, mark.key)
        for row in self._former.of_file(file.number):
            if row.speeches and row.key in self._met.keys:
                place = mark.key + row.location.removeprefix(mark.location)
                self._skip(Skipped(place, DUPLICATE, detail=row.key), None)
            else:
                self._keep(row)
        self._table.end_file()
        self._file_is_whole = True

    def _keep(self, row: PageRow) -> None:
        """Let a page of the former table stand with what became of it, at the location that `row` tells now."""
        if self._met.is_met(row.key, row):
            return
        self._met.meet(row.key, row)
        if row.speeches:
            self._fates.stand(1, row.speeches)
        else:
            self._tell_skipped(row)
        self._outlet.keep(row)

    def _tell_skipped(self, row: PageRow) -> None:
        self._fates.pages["skipped"] += 1
        self.skipped.append(Skipped(row.key, row.skipped or "", detail=row.detail))

    def _write(self, speeches: Iterable[Speech], digests: Sequence[bytes] = ()) -> tuple[int, int]:
        """Write what has an id of its own; how many were written, and how many left out?"""
        written = left_out = 0
        for speech, digest in zip_longest(speeches, digests):
            if speech.id in self._ids:
                left_out += 1
                continue
            page = self._known.page_of_speech(speech.id)
            if page is not None and page != speech.page:
                raise TakenTwice(speech.id)
            self._ids.add(speech.id)
            self._fates.impossible_dates += any(key == "date" for key, _ in speech.extras)
            self._outlet.add(speech, digest)
            written += 1
        self._fates.doubled += left_out
        return written, left_out

    def _add(self, read: RawPage, inspection: Inspection, written: int, *, whole: bool) -> None:
        assert isinstance(inspection.page, CleanPage)
        content, row = inspection.content or content_hash(read), self._former.any_row(read.key)
        former = row if row is not None and row.speeches else None
        self._fates.kept += former is not None
        fate = "added" if former is None else "unchanged" if former.content == content else "changed"
        if fate == "unchanged" and former is not None:
            self._fates.remade += former.pipeline not in (None, self._pipeline)
        self._fates.pages[fate] += 1
        self._met.meet(read.key, row)
        # What lost a speech to another page has to be looked at again when that page has changed.
        self._file_is_whole &= whole
        pipeline = self._pipeline if whole else None
        self._table.add(PageRow(read.key, read.location, content, pipeline, written, inspection.page.removed))

    def _skip(self, page: Skipped, read: RawPage | None, location: str = "", content: str | None = None) -> None:
        self.skipped.append(page)
        self._file_is_whole &= not page.unreadable and page.reason != DUPLICATE
        row = PageRow(
            page.page,
            read.location if read else location,
            content_hash(read) if read else content,
            # Which of two comes first may be another matter tomorrow.
            None if page.reason == DUPLICATE else self._pipeline,
            skipped=page.reason,
            detail=page.detail,
        )
        if page.unreadable:
            self._unreadable.append(row)
        else:
            self._fates.pages["skipped"] += 1
            self._record(row)

    def _stand(self, former: PageRow, unreadable: PageRow) -> bool:
        """Let the speeches that `former` had stand; are there any that no other page has?"""
        written = former.speeches
        if not self._outlet.linked:
            written, _ = self._write(self._former.speeches_of(former.key))
        elif any(id in self._ids for id in self._former.ids_of(former.key)):
            raise TakenTwice(former.key)
        else:
            self._fates.kept_speeches += written
        if not written:
            return False
        self._fates.kept += 1
        self._fates.pages["stale"] += 1
        self._met.meet(former.key, former)
        row = replace(former, speeches=written, skipped=unreadable.skipped, detail=unreadable.detail, stale=True)
        if self._outlet.linked:
            self._outlet.keep_stale(row)
        else:
            self._table.add(row)
        return True

    def _record(self, row: PageRow) -> None:
        """Keep the account of a page without speeches; the first reason stands, and speeches count for more."""
        former = self._former.any_row(row.key)
        if not self._met.is_met(row.key, former):
            self._met.meet(row.key, former)
            self._table.add(row)
