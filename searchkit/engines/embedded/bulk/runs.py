"""Speeches of any number -> one segment, in bounded memory: sorted runs on disk, which are merged at the end."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from whoosh.filedb.filestore import FileStorage

from searchkit.engines.embedded.bulk.batch import USUAL, BulkBatch, Words
from searchkit.engines.embedded.bulk.merging import merge, sources_of
from searchkit.engines.embedded.bulk.sorting import KeySpace
from searchkit.engines.embedded.segment import ColumnarSegment
from searchkit.engines.embedded.toc import INDEX_NAME
from searchkit.models import Speech
from searchkit.schema import Field

__all__ = ["RunWriter"]

_SPEECHES_A_RUN = 150_000
"""Speeches that become a run.  Of each some 500 bytes wait in memory for the end; its words wait in files."""
_MOST_FORMS = 400_000
"""Distinct words after which a run ends and what was learned of words is forgotten, so that it does not grow with the
corpus."""
_LONGEST = 1 << 22
"""Characters of a text, which may take two slots each; a longer one makes a run by itself."""


class RunWriter:
    """Writes speeches into `directory` as one segment; at home in one process and one thread."""

    def __init__(self, directory: Path, fields: tuple[Field, ...]) -> None:
        self._directory = directory
        self._fields = fields
        self._words = Words()
        self._batch = self._new_batch()
        self._place: Path | None = None
        self._runs: list[ColumnarSegment] = []

    def add(self, speeches: Sequence[Speech]) -> None:
        """Take in the next speeches; those of a page come together."""
        longest = max((len(speech.text) for speech in speeches), default=0)
        if longest > _LONGEST:
            self._end_run(KeySpace.of(len(speeches), 2 * longest))
            self._batch.add(speeches)
            self._end_run()
            return
        if len(self._batch) >= _SPEECHES_A_RUN or len(self._words.analyzer.vocabulary) > _MOST_FORMS:
            self._end_run()
        self._batch.add(speeches)

    def finish(self) -> list[ColumnarSegment]:
        """Write the segment, if there are speeches; no files but its own are left."""
        storage = FileStorage(str(self._directory))
        if not self._runs:
            written = [self._batch.write(storage, INDEX_NAME)] if len(self._batch) else []
            self._batch.close()
            return written
        self._end_run()
        merged = merge(sources_of(FileStorage(str(self._place)), self._runs), storage, INDEX_NAME)
        self.cancel()
        return [merged]

    def cancel(self) -> None:
        """Remove the runs, and what is not yet one."""
        self._batch.close()
        if self._place is not None:
            shutil.rmtree(self._place, ignore_errors=True)

    def _end_run(self, following: KeySpace = USUAL) -> None:
        """Write what there is as a run; the keys of the next one are `following`."""
        if len(self._batch):
            if self._place is None:
                self._place = Path(tempfile.mkdtemp(prefix="runs-", dir=self._directory))
            self._runs.append(self._batch.write(FileStorage(str(self._place)), INDEX_NAME))
        self._batch.close()
        if len(self._words.analyzer.vocabulary) > _MOST_FORMS:
            self._words = Words()
        self._batch = self._new_batch(following)

    def _new_batch(self, space: KeySpace = USUAL) -> BulkBatch:
        return BulkBatch(self._fields, self._words, space, self._directory)
