"""What becomes of each page while a build runs: written, unchanged or stale, skipped or withdrawn.  Nothing is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest

from searchkit.generations import PageRow
from searchkit.indexing.former import Former
from searchkit.indexing.known import Item, Known, Same
from searchkit.indexing.outlet import Outlet
from searchkit.indexing.pipeline import content_hash
from searchkit.indexing.report import PageCounts
from searchkit.indexing.sites import Sites
from searchkit.models import CleanPage, Inspection, RawPage, Skipped, Speech
from searchkit.sources import FileMark

__all__ = ["Intake", "TakenTwice"]

_DUPLICATE = "duplicate id"
"""Why a page is skipped whose key another one has: which of them comes first may be another matter tomorrow."""
Locations = Callable[[str], Iterable[str]]
"""Page key of a file or folder -> where it may stand."""


class TakenTwice(Exception):
    """A new speech has the id of one that stands on another page: which of the two counts, only a full build tells."""


class Intake:
    """Takes inspected pages into the writer and the table of pages, and keeps the account."""

    def __init__(self, outlet: Outlet, former: Former, known: Known, locations: Locations, pipeline: str) -> None:
        self._outlet = outlet
        self._table = outlet.table
        self._former = former
        self._known = known
        self._locations = locations
        self._pipeline = pipeline
        self._keys: dict[str, bool] = {}
        """Every page met, and whether it gave speeches."""
        self._ids: set[str] = set()
        """Of the speeches that were made anew."""
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

    def take(self, read: Item, inspection: Inspection | None) -> None:
        """Take in one page, or the mark of a file: what was read, and what was made of it."""
        if isinstance(read, FileMark):
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
                self._skip(Skipped(read.key, _DUPLICATE, detail="another page has the ids of its speeches"), read)

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

    def _take_mark(self, mark: FileMark) -> None:
        whole, self._file_is_whole = self._file_is_whole, True
        if not mark.read:
            for row in self._known.taken(mark.key, mark.location):
                self._keep(row)
            self._table.keep_file(mark.location)
        elif whole and mark.stamp is not None:
            self._table.add_file(mark.location, mark.stamp)

    def _keep(self, row: PageRow, *, moved: bool = False) -> None:
        """Let a page stand with what became of it."""
        if row.key in self._keys:
            return
        self._keys[row.key] = row.speeches > 0
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
        self._keys[read.key] = True
        # What lost a speech to another page has to be looked at again when that page has changed.
        self._file_is_whole &= whole
        pipeline = self._pipeline if whole else None
        self._table.add(PageRow(read.key, read.location, content, pipeline, written, inspection.page.removed))

    def _skip(self, page: Skipped, read: RawPage | None) -> None:
        self.skipped.append(page)
        self._file_is_whole &= not page.unreadable and page.reason != _DUPLICATE
        row = PageRow(
            page.page,
            read.location if read else "",
            content_hash(read) if read else None,
            None if page.reason == _DUPLICATE else self._pipeline,
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
        self._keys[former.key] = True
        row = replace(former, speeches=written, skipped=unreadable.skipped, detail=unreadable.detail, stale=True)
        self._table.add(row)
        return True

    def _record(self, row: PageRow) -> None:
        """Keep the account of a page without speeches; the first reason stands, and speeches count for more."""
        if row.key not in self._keys:
            self._keys[row.key] = False
            self._table.add(row)
