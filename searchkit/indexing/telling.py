"""How far is the build?  Tells its listener and whoever waits for the lock, and takes the time of each stage."""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterator

from searchkit.generations import Doing
from searchkit.indexing.intake import Intake
from searchkit.indexing.known import Item, Known
from searchkit.indexing.options import Progress, ProgressListener
from searchkit.indexing.sources import PageReader
from searchkit.models import RawPage, Skipped
from searchkit.sources import FileBegun, FileMark, Reader, RecordBatch

__all__ = ["Teller"]

_PROGRESS_SECONDS = 0.1


class Teller:
    """Tells how far a build is, and not too often."""

    def __init__(self, listener: ProgressListener | None, doing: Doing | None = None) -> None:
        self._started = self._stage_began = time.monotonic()
        self._listener = listener
        self._doing = doing
        self._told = 0.0
        self._reader: PageReader | None = None
        self._read = 0
        self._stage = "read"
        self._stages: dict[str, float] = {}

    @property
    def remarks(self) -> tuple[str, ...]:
        """What is to be said of the lock?"""
        return self._doing.remarks if self._doing else ()

    @property
    def seconds(self) -> float:
        """How long has the build taken so far?"""
        return round(time.monotonic() - self._started, 3)

    def stages(self) -> tuple[tuple[str, float], ...]:
        """How many seconds did each stage take?  The one that runs ends here."""
        self._enter("")
        return tuple((stage, round(seconds, 3)) for stage, seconds in self._stages.items())

    def watched(self, reader: PageReader, known: Known, *, together: bool) -> Iterator[Item]:
        """The pages of `reader`, counted as they are read; records in batches if `together`."""
        self._reader = reader
        pages: Iterator[RawPage | Skipped | FileBegun | FileMark | RecordBatch]
        if isinstance(reader, Reader):
            pages = reader.read_marked(known, together=together)
        else:
            pages = itertools.chain(
                (FileBegun(reader.location, reader.location),), reader.read_together() if together else reader.read()
            )
        for item in known.sifted(pages):
            if isinstance(item, RecordBatch):
                self._read += item.count
            elif not isinstance(item, FileBegun):
                self._read += not (isinstance(item, FileMark) and item.read)
            yield item

    def tell_sometimes(self, stage: str, intake: Intake) -> None:
        """Tell it if nothing was told for a moment."""
        if time.monotonic() - self._told >= _PROGRESS_SECONDS:
            self.tell(stage, intake)

    def tell(self, stage: str, intake: Intake) -> None:
        """Tell that `stage` has come as far as `intake` says."""
        self._told = time.monotonic()
        self._enter(stage)
        if self._doing is not None:
            self._doing.tell(f"{stage}, {intake.pages_read:,} pages")
        if self._listener is not None:
            self._listener(Progress(stage, intake.pages_read, intake.speeches, self._total()))

    def _enter(self, stage: str) -> None:
        if stage != self._stage:
            now = time.monotonic()
            self._stages[self._stage] = self._stages.get(self._stage, 0.0) + now - self._stage_began
            self._stage, self._stage_began = stage, now

    def _total(self) -> int | None:
        if not isinstance(self._reader, Reader) or not self._reader.fraction_read:
            return None
        return max(self._read, round(self._read / self._reader.fraction_read))
