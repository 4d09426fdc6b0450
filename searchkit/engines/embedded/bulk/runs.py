"""Speeches of any number -> runs on disk, in bounded memory, which are joined at the end: see sharing.py."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from whoosh.filedb.filestore import FileStorage

from searchkit.engines.embedded.bulk.batch import USUAL, BulkBatch, Words
from searchkit.engines.embedded.bulk.sharing import Run, join
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
    """Takes in speeches, for a segment in `directory`; at home in one process and one thread."""

    def __init__(self, directory: Path, fields: tuple[Field, ...]) -> None:
        self._directory = directory
        self._fields = fields
        self._words = Words()
        self._batch = self._new_batch()
        self._runs: list[Run] = []

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

    def leave(self) -> list[Run]:
        """Write what only remains to be joined with what other processes leave; where does it stand, in its order?"""
        self._end_run()
        self._batch.close()
        self._words = Words()
        return self._runs

    def finish(self) -> list[ColumnarSegment]:
        """Write the segment here, if there are speeches; no files but its own are left."""
        if not self._runs:
            written = [self._batch.write(FileStorage(str(self._directory)), INDEX_NAME)] if len(self._batch) else []
            self._batch.close()
            return written
        return join(self._directory, self.leave())

    def cancel(self) -> None:
        """Remove the runs, and what is not yet one."""
        self._batch.close()
        for run in self._runs:
            run.remove()

    def _end_run(self, following: KeySpace = USUAL) -> None:
        """Let what there is become a run; the keys of the next one are `following`."""
        if len(self._batch):
            self._runs.append(self._batch.leave())
        else:
            self._batch.close()
        if len(self._words.analyzer.vocabulary) > _MOST_FORMS:
            self._words = Words()
        self._batch = self._new_batch(following)

    def _new_batch(self, space: KeySpace = USUAL) -> BulkBatch:
        return BulkBatch(self._fields, self._words, space, self._directory)
