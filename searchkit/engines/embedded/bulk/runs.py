"""Speeches of any number -> one segment, in bounded memory: sorted runs on disk, which are merged at the end."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from whoosh.filedb.filestore import FileStorage

from searchkit.engines.embedded.bulk.batch import BulkBatch, Words
from searchkit.engines.embedded.bulk.merging import merge, sources_of
from searchkit.engines.embedded.segment import ColumnarSegment
from searchkit.engines.embedded.toc import INDEX_NAME
from searchkit.models import Speech
from searchkit.schema import Field

__all__ = ["RunWriter"]

_WORDS_A_RUN = 2_000_000
"""Words after which speeches become a run.  From 1 to 8 million it takes the same time; a process has 180 MB at most
with 2 million, 400 with 8."""
_MOST_FORMS = 400_000
"""Distinct words after which everything learned of words is forgotten, so that it does not grow with the corpus."""


class RunWriter:
    """Writes speeches into `directory` as one segment; at home in one process and one thread."""

    def __init__(self, directory: Path, fields: tuple[Field, ...]) -> None:
        self._directory = directory
        self._fields = fields
        self._words = Words()
        self._batch = BulkBatch(fields, self._words)
        self._place: Path | None = None
        self._runs: list[ColumnarSegment] = []

    def add(self, speeches: Sequence[Speech]) -> None:
        """Take in the next speeches; those of a page come together."""
        if self._batch.words >= _WORDS_A_RUN:
            self._end_run()
        self._batch.add(speeches)

    def finish(self) -> list[ColumnarSegment]:
        """Write the segment, if there are speeches; no files but its own are left."""
        storage = FileStorage(str(self._directory))
        if not self._runs:
            return [self._batch.write(storage, INDEX_NAME)] if len(self._batch) else []
        self._end_run()
        merged = merge(sources_of(FileStorage(str(self._place)), self._runs), storage, INDEX_NAME)
        self.cancel()
        return [merged]

    def cancel(self) -> None:
        """Remove the runs."""
        if self._place is not None:
            shutil.rmtree(self._place, ignore_errors=True)

    def _end_run(self) -> None:
        if not len(self._batch):
            return
        if self._place is None:
            self._place = Path(tempfile.mkdtemp(prefix="runs-", dir=self._directory))
        self._runs.append(self._batch.write(FileStorage(str(self._place)), INDEX_NAME))
        if len(self._words.analyzer.vocabulary) > _MOST_FORMS:
            self._words = Words()
        self._batch = BulkBatch(self._fields, self._words)
