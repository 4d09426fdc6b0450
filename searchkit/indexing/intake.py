"""What becomes of each page while a build runs: written, unchanged or stale, skipped or withdrawn.  Nothing is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from searchkit.engines.base import SpeechWriter
from searchkit.generations import PageRow, PageTableWriter, SpeechRow
from searchkit.indexing.former import Former
from searchkit.indexing.pipeline import PIPELINE, content_hash, speech_digest
from searchkit.indexing.report import PageCounts
from searchkit.models import CleanPage, Inspection, RawPage, Skipped, Speech

__all__ = ["Intake"]

Locations = Callable[[str], Iterable[str]]
"""Page key of a file or folder -> where it may stand."""


class Intake:
    """Takes inspected pages into the writer and the table of pages, and keeps the account."""

    def __init__(self, writer: SpeechWriter, table: PageTableWriter, former: Former, locations: Locations) -> None:
        self._writer = writer
        self._table = table
        self._former = former
        self._locations = locations
        self._keys: dict[str, bool] = {}
        """Every page met, and whether it gave speeches."""
        self._ids: dict[str, None] = {}
        self._fates: dict[str, int] = dict.fromkeys(("added", "changed", "unchanged", "stale", "skipped"), 0)
        self._unreadable: list[PageRow] = []
        self._kept = 0
        self._doubled = 0
        self._impossible_dates = 0
        self.skipped: list[Skipped] = []
        """Skipped and stale pages, in the order in which they were met."""

    @property
    def speeches(self) -> int:
        """How many speeches were written?"""
        return len(self._ids)

    @property
    def pages_read(self) -> int:
        """How many pages were met?"""
        return sum(self._fates.values()) + len(self._unreadable)

    def take(self, read: RawPage | Skipped, inspection: Inspection) -> None:
        """Take in one page: what was read, and what was made of it."""
        if isinstance(inspection.page, Skipped):
            self._skip(inspection.page, read if isinstance(read, RawPage) else None)
            return
        assert isinstance(read, RawPage)
        written = self._write(inspection.speeches)
        if written:
            self._add(read, inspection.page, written)
        else:
            self._skip(Skipped(read.key, "duplicate id", detail="another page has the ids of its speeches"), read)

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
        return tuple(remarks)

    def _write(self, speeches: Iterable[Speech]) -> int:
        written = 0
        for speech in speeches:
            if speech.id in self._ids:
                self._doubled += 1
                continue
            self._ids[speech.id] = None
            self._impossible_dates += any(key == "date" for key, _ in speech.extras)
            self._writer.add(speech)
            self._table.add_speech(SpeechRow(speech.id, speech.page, speech_digest(speech)))
            written += 1
        return written

    def _add(self, read: RawPage, page: CleanPage, written: int) -> None:
        content, former = content_hash(read), self._former.page(read.key)
        self._kept += former is not None
        fate = "added" if former is None else "unchanged" if former.content == content else "changed"
        self._fates[fate] += 1
        self._keys[read.key] = True
        self._table.add(PageRow(read.key, read.location, content, PIPELINE, written, page.removed))

    def _skip(self, page: Skipped, read: RawPage | None) -> None:
        self.skipped.append(page)
        row = PageRow(
            page.page,
            read.location if read else "",
            content_hash(read) if read else None,
            PIPELINE,
            skipped=page.reason,
            detail=page.detail,
        )
        if page.unreadable:
            self._unreadable.append(row)
        else:
            self._fates["skipped"] += 1
            self._record(row)

    def _stand(self, former: PageRow, unreadable: PageRow) -> bool:
        """Write the speeches that `former` had; are there any that no other page has?"""
        written = self._write(self._former.speeches_of(former.key))
        if not written:
            return False
        self._kept += 1
        self._fates["stale"] += 1
        self._keys[former.key] = True
        self._table.add(
            replace(former, speeches=written, skipped=unreadable.skipped, detail=unreadable.detail, stale=True)
        )
        return True

    def _record(self, row: PageRow) -> None:
        """Keep the account of a page without speeches; the first reason stands, and speeches count for more."""
        if row.key not in self._keys:
            self._keys[row.key] = False
            self._table.add(row)
