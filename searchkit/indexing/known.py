"""What need not be made again?  Files that stand as they stood, and pages whose content and rules are as they were."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from searchkit.generations import PageRow
from searchkit.indexing.digests import content_hash
from searchkit.indexing.former import Former
from searchkit.indexing.journal import Journal
from searchkit.indexing.record_making import RecordTask
from searchkit.models import Inspection, RawPage, Skipped
from searchkit.sources import FileMark, RecordBatch

__all__ = ["Done", "Item", "Known", "Same"]


@dataclass(frozen=True, slots=True)
class Same:
    """A page that was read and is as it was: what became of it stands."""

    raw: RawPage
    row: PageRow


@dataclass(frozen=True, slots=True)
class Done:
    """A page of which a build that was cut off has made this."""

    raw: RawPage
    inspection: Inspection


Item = RawPage | Skipped | Same | Done | FileMark | RecordBatch
"""What an incremental build has to do with: pages to be made, pages that stand, and marks of files."""


class Known:
    """What the former generation knows of pages made by the rules `pipeline`; a KnownFiles for the reader."""

    def __init__(self, former: Former, pipeline: str, *, checksum: bool, nothing: bool = False) -> None:
        """`nothing`: every page is to be made anew, whatever the former generation knows of it."""
        self._journal: Journal | None = None
        self._former = former
        self._nothing = nothing
        self.pipeline = pipeline
        self._checksum = checksum
        self._rows: dict[tuple[str, str], list[PageRow]] = {}
        """Key and location of a file that stands -> what became of its pages, until it is taken."""

    def resume(self, journal: Journal) -> None:
        """Know of the pages that a build made which was cut off."""
        self._journal = journal

    def stands(self, key: str, location: str, stamp: str) -> bool:
        """Did this file stand like this when its pages were made, by the same rules, and can all be taken over?"""
        if self._nothing or self._checksum or self._former.stamp(location) != stamp:
            return False
        rows = self._former.of_file(key, location)
        if not all(map(self._is_current, rows)):
            return False
        self._rows[key, location] = rows
        return True

    def keys(self, key: str, location: str) -> Sequence[str]:
        """Which keys have its pages?"""
        return [row.key for row in self._rows[key, location] if row.location]

    def taken(self, key: str, location: str) -> list[PageRow]:
        """What became of its pages?  Asked once of a file that stands."""
        return self._rows.pop((key, location))

    def sifted(self, pages: Iterable[RawPage | Skipped | FileMark | RecordBatch]) -> Iterator[Item]:
        """Which of `pages` have to be made?  Those that stand come out as Same, but for records in batches."""
        for page in pages:
            yield self._sift(page) if isinstance(page, RawPage) else page

    def _sift(self, page: RawPage) -> Item:
        row = None if self._nothing else self._former.row(page.key)
        if row is not None and self._is_current(row) and row.content == content_hash(page):
            return Same(page, row)
        if self._journal and not self._journal.is_empty:
            made = self._journal.find(page, content_hash(page))
            if made is not None:
                return Done(page, made)
        return page

    def of_records(self, own_fields: tuple[str, ...]) -> RecordTask:
        """What is to be made of records in batches, and with what are they compared?"""
        takes_over = self._former.takes_over and not self._nothing
        return RecordTask(own_fields, self.pipeline, self._former.pages, takes_over)

    def page_of_speech(self, id: str) -> str | None:
        """On which page did the speech `id` stand?  None where nothing stands over."""
        return None if self._nothing else self._former.page_of_speech(id)

    def _is_current(self, row: PageRow) -> bool:
        return row.pipeline == self.pipeline and not row.stale
