"""What need not be made again?  Files that stand as they stood, and pages whose content and rules are as they were."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass

from searchkit.generations import FileRow, PageRow, storable
from searchkit.indexing.digests import content_hash
from searchkit.indexing.former import Former
from searchkit.indexing.journal import Journal
from searchkit.indexing.known_lines import KnownLines
from searchkit.indexing.record_making import RecordTask
from searchkit.models import Inspection, RawPage, Skipped
from searchkit.sources import FileBegun, FileMark, RecordBatch

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


Item = RawPage | Skipped | Same | Done | FileBegun | FileMark | RecordBatch
"""What an incremental build has to do with: pages to be made, pages that stand, and marks of files."""


class Known:
    """What the former generation knows of pages made by the rules `pipeline`; a KnownFiles for the reader."""

    def __init__(
        self, former: Former, pipeline: str, reserved: Set[str], *, checksum: bool, nothing: bool, linked: bool
    ) -> None:
        """`reserved` are the keys of files, which no record can have.

        `nothing`: every page is to be made anew, whatever the former generation knows of it.  `linked`: what stands
        need not be written again.
        """
        self._reserved = reserved
        self._journal: Journal | None = None
        self._former = former
        self._nothing = nothing
        self.pipeline = pipeline
        self._checksum = checksum
        self._files: dict[str, FileRow] | None = None
        self._doubted: set[int] | None = None
        self._lines = KnownLines(self.file_in_no_doubt, former, pipeline) if linked and not nothing else None

    def resume(self, journal: Journal) -> None:
        """Know of the pages that a build made which was cut off."""
        self._journal = journal

    def stands(self, key: str, location: str, stamp: str) -> bool:
        """Did this file stand like this when its pages were made, by the same rules, and can all be taken over?"""
        if self._nothing or self._checksum:
            return False
        file = self.file(location)
        return file is not None and file.stamp == stamp and file.key == storable(key) and file.current

    def file(self, location: str) -> FileRow | None:
        """What became of the pages of the file at `location`?"""
        if self._files is None:
            self._files = self._former.file_rows(self.pipeline)
        return self._files.get(storable(location))

    def file_in_no_doubt(self, location: str) -> FileRow | None:
        """The same, unless one of its records has a key that is a file's by now."""
        return None if self.is_doubted(location) else self.file(location)

    def keys(self, location: str) -> Sequence[str]:
        """Which keys have the pages of a file that stands?"""
        file = self.file(location)
        return [row.key for row in self._former.of_file(file.number) if row.location] if file else []

    def is_doubted(self, location: str) -> bool:
        """Has one of the records of this file a key that is a file's by now?"""
        if self._doubted is None:
            taken = self._reserved
            self._doubted = {file for key, file in self._former.inside_files() if key in taken} if taken else set()
        file = self.file(location)
        return file is not None and file.number in self._doubted

    def sifted(self, pages: Iterable[RawPage | Skipped | FileBegun | FileMark | RecordBatch]) -> Iterator[Item]:
        """Which of `pages` have to be made?  Those that stand come out as Same, but for records in batches."""
        for page in pages:
            if isinstance(page, RecordBatch):
                yield self._lines.sifted(page) if self._lines else page
            else:
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
