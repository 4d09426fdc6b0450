"""What becomes of each page while a build runs: written, unchanged or stale, skipped or withdrawn.  Nothing is lost."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest

import numpy as np
import numpy.typing as npt

from searchkit.generations import PageRow
from searchkit.indexing.digests import content_hash
from searchkit.indexing.former import Former
from searchkit.indexing.known import Item, Known, Same
from searchkit.indexing.met import MetKeys, repeated
from searchkit.indexing.outlet import Outlet
from searchkit.indexing.record_making import ADDED, CHANGED, REMADE, STANDS, UNCHANGED, RecordsMade
from searchkit.indexing.report import PageCounts
from searchkit.indexing.sites import Sites
from searchkit.indexing.sources import PageReader
from searchkit.models import CleanPage, Inspection, RawPage, Skipped, Speech
from searchkit.sources import DUPLICATE, FileMark, Origin, RecordBatch

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
        self._keys = MetKeys()
        """Every page met."""
        self._ids = MetKeys()
        """Of the speeches that were made anew."""
        self._reserved = MetKeys(reader.reserved)
        """Keys of files, which no record can have."""
        self._unknown = reader.unknown
        self.unwanted: dict[int, list[int]] = {}
        """Process -> places of speeches that it has written and that another page's speech has made superfluous."""
        self._fates: dict[str, int] = dict.fromkeys(("added", "changed", "unchanged", "stale", "skipped"), 0)
        self._unreadable: list[PageRow] = []
        self._kept_speeches = 0
        self._kept = 0
        self._doubled = 0
        self._impossible_dates = 0
        self._remade = 0
        self._file_is_whole = True
        self.sites = Sites(former.directory if former.exists else None)
        """What the pages that are made now tell of their sites."""
        self.skipped: list[Skipped] = []
        """Skipped and stale pages, in the order in which they were met."""

    @property
    def speeches(self) -> int:
        """How many speeches does the new generation hold?"""
        return len(self._ids) + self._kept_speeches

    @property
    def pages_read(self) -> int:
        """How many pages were met?"""
        return sum(self._fates.values()) + len(self._unreadable)

    def take(self, read: Item, inspection: Inspection | RecordsMade | None) -> None:
        """Take in one page, a batch of records, or the mark of a file: what was read, and what was made of it."""
        if isinstance(inspection, RecordsMade):
            assert isinstance(read, RecordBatch)
            self._take_records(read.origin, inspection)
        elif isinstance(read, FileMark):
            self._take_mark(read)
        elif isinstance(read, Same):
            self._keep(replace(read.row, location=read.raw.location), moved=read.raw.location != read.row.location)
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
            stood = [self._stand(former, page) for former in behind if former.key not in self._keys]
            if not any(stood):
                self._fates["skipped"] += 1
                self._record(page)

    def withdrawn(self) -> Iterator[str]:
        """Which pages of the former generation are not in the new one as they were there?"""
        return (key for key in self._former.pages_with_speeches() if key not in self._outlet.kept)

    def counts(self) -> PageCounts:
        """How many pages met which fate?"""
        return PageCounts(read=self.pages_read, withdrawn=self._former.count_pages() - self._kept, **self._fates)

    def remarks(self) -> tuple[str, ...]:
        """What else was noticed?"""
        remarks = []
        if self._doubled:
            many = "1 speech was" if self._doubled == 1 else f"{self._doubled:,} speeches were"
            remarks.append(f"{many} left out: another has the same id")
        if self._impossible_dates:
            many = "1 speech has" if self._impossible_dates == 1 else f"{self._impossible_dates:,} speeches have"
            remarks.append(f"{many} a date that no calendar knows, kept among the extras as it stands")
        if self._remade:
            many = "1 page was" if self._remade == 1 else f"{self._remade:,} pages were"
            remarks.append(f"{many} made anew, because the rules or options have changed")
        return (*remarks, *self.sites.remarks())

    def _take_records(self, origin: Origin, made: RecordsMade) -> None:
        """Take in the records of one batch; of those with one key the first is kept."""
        if made.taken_twice is not None:
            raise TakenTwice(made.taken_twice)
        for key, records in made.unknown.items():
            self._unknown.add(key, records)
        codes = np.asarray(made.codes, np.uint64)
        doubled = repeated(codes) | self._keys.holds(codes) | self._ids.holds(codes) | self._reserved.holds(codes)
        fates = np.frombuffer(made.fates, np.uint8)
        written = fates < STANDS
        self._keys.add_new(codes[~doubled & written])
        self._ids.add_new(codes[~doubled & written])
        apart = np.flatnonzero(doubled | ~written).tolist()
        skipped = deque(made.skipped)
        for place in apart:
            while skipped and skipped[0][0] <= place:
                self._skip(skipped.popleft()[1], None)
            self._take_apart(origin, made, place, doubled=bool(doubled[place]))
        for _, page in skipped:
            self._skip(page, None)
        self._write_records(origin, made, np.flatnonzero(~doubled & written))
        self._leave_out(made, np.cumsum(written)[doubled & written] - 1)

    def _take_apart(self, origin: Origin, made: RecordsMade, place: int, *, doubled: bool) -> None:
        """Take in a record that is not written: another one has its key, it stands as it was, or it has no speech."""
        number = f"#{made.numbers[place]}"
        if doubled:
            self._skip(Skipped(origin.key + number, DUPLICATE, detail=made.keys[place]), None)
        elif place in made.standing:
            row = made.standing[place]
            location = origin.location + number
            self._keep(replace(row, location=location), moved=location != row.location)
        else:
            self._skip(made.speechless[place], None, origin.location + number, made.contents[place])

    def _write_records(self, origin: Origin, made: RecordsMade, places: Ints) -> None:
        """Enter the records at these places of the batch, which are written."""
        counts = np.bincount(np.frombuffer(made.fates, np.uint8)[places], minlength=STANDS)
        for fate, name in ((ADDED, "added"), (CHANGED, "changed"), (UNCHANGED, "unchanged"), (REMADE, "unchanged")):
            self._fates[name] += int(counts[fate])
        self._kept += int(counts[CHANGED:].sum())
        self._remade += int(counts[REMADE])
        chosen = places.tolist()
        self._impossible_dates += len(set(made.impossible_dates).intersection(chosen)) if made.impossible_dates else 0
        keys, contents, digests, numbers = made.keys, made.contents, made.digests, made.numbers
        prefix = f"{origin.location}#"
        rows = [(keys[place], f"{prefix}{numbers[place]}", contents[place], digests[place]) for place in chosen]
        self._table.add_records(rows, self._pipeline)

    def _leave_out(self, made: RecordsMade, superfluous: Ints) -> None:
        """See that the speeches at these places among those of the batch are in no segment."""
        if made.writer >= 0:
            self.unwanted.setdefault(made.writer, []).extend((superfluous + made.first).tolist())
            return
        left_out = set(superfluous.tolist())
        for place, speech in enumerate(made.speeches):
            if place not in left_out:
                self._outlet.writer.add(speech)

    def _take_mark(self, mark: FileMark) -> None:
        whole, self._file_is_whole = self._file_is_whole, True
        if not mark.read:
            doubled = 0
            for row in self._known.taken(mark.key, mark.location):
                if row.speeches and row.key in self._keys:
                    place = mark.key + row.location.removeprefix(mark.location)
                    self._skip(Skipped(place, DUPLICATE, detail=row.key), None)
                    doubled += 1
                else:
                    self._keep(row)
            self._file_is_whole = True
            if not doubled:
                self._table.keep_file(mark.location)
        elif whole and mark.stamp is not None:
            self._table.add_file(mark.location, mark.stamp)

    def _keep(self, row: PageRow, *, moved: bool = False) -> None:
        """Let a page stand with what became of it."""
        if row.key in self._keys:
            return
        self._keys.add(row.key)
        if row.speeches:
            self._fates["unchanged"] += 1
            self._kept += 1
            self._kept_speeches += row.speeches
            self._outlet.keep(row.key)
        else:
            self._fates["skipped"] += 1
            self.skipped.append(Skipped(row.key, row.skipped or "", detail=row.detail))
            self._table.keep(row.key)
        if moved:
            self._table.add(row)

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
            self._impossible_dates += any(key == "date" for key, _ in speech.extras)
            self._outlet.add(speech, digest)
            written += 1
        self._doubled += left_out
        return written, left_out

    def _add(self, read: RawPage, inspection: Inspection, written: int, *, whole: bool) -> None:
        assert isinstance(inspection.page, CleanPage)
        content, former = inspection.content or content_hash(read), self._former.page(read.key)
        self._kept += former is not None
        fate = "added" if former is None else "unchanged" if former.content == content else "changed"
        self._remade += fate == "unchanged" and former is not None and former.pipeline not in (None, self._pipeline)
        self._fates[fate] += 1
        self._keys.add(read.key)
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
            self._fates["skipped"] += 1
            self._record(row)

    def _stand(self, former: PageRow, unreadable: PageRow) -> bool:
        """Let the speeches that `former` had stand; are there any that no other page has?"""
        written = former.speeches
        if not self._outlet.linked:
            written, _ = self._write(self._former.speeches_of(former.key))
        elif any(id in self._ids for id in self._former.ids_of(former.key)):
            raise TakenTwice(former.key)
        else:
            self._kept_speeches += written
            self._outlet.keep(former.key)
        if not written:
            return False
        self._kept += 1
        self._fates["stale"] += 1
        self._keys.add(former.key)
        row = replace(former, speeches=written, skipped=unreadable.skipped, detail=unreadable.detail, stale=True)
        self._table.add(row)
        return True

    def _record(self, row: PageRow) -> None:
        """Keep the account of a page without speeches; the first reason stands, and speeches count for more."""
        if row.key not in self._keys:
            self._keys.add(row.key)
            self._table.add(row)
