"""Takes speeches into a new index: batches become segments, and what is known of all of them stands beside."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from whoosh.filedb.filestore import FileStorage

from searchkit.engines.embedded.assembling import assemble, segment_files
from searchkit.engines.embedded.bulk.crew import Crew
from searchkit.engines.embedded.bulk.merging import merge, sources_of
from searchkit.engines.embedded.bulk.messages import Job
from searchkit.engines.embedded.bulk.runs import RunWriter
from searchkit.engines.embedded.segment import ColumnarSegment
from searchkit.engines.embedded.tiers import to_be_merged
from searchkit.engines.embedded.toc import INDEX_NAME
from searchkit.models import Speech
from searchkit.query import Profile
from searchkit.schema import Field

__all__ = ["EmbeddedWriter"]

_BATCH = 300_000
"""Characters of speeches that are analysed at a time: their arrays fit into the cache of a core."""
_BATCHES_ALONE = 12
"""So many batches are written here before other processes are started, which takes half a second."""


class EmbeddedWriter:
    """Writes one index into a `directory` that holds none, with the help of other processes; a SpeechWriter."""

    def __init__(
        self,
        directory: Path,
        fields: tuple[Field, ...],
        segments: Sequence[ColumnarSegment] = (),
        *,
        jobs: int = 1,
        side: bool = True,
        optimize: bool = False,
    ) -> None:
        """`segments` stand in `directory` already and belong to the index (see `take_over`); `jobs` processes write.

        Without `side` the caller sees to the side columns: see `assemble`.  With `optimize` one segment is left, and
        nothing deleted in it.
        """
        self._directory = directory
        self._fields = fields
        self._segments = list(segments)
        self._jobs = jobs
        self._side = side
        self._optimize = optimize
        self._batch: list[Speech] = []
        self._size = 0
        self._waiting: list[list[Speech]] = []
        self._crew: Crew | None = None

    @property
    def job(self) -> Job:
        """What must a process know that writes segments of this index by itself, to be handed to `stand`?"""
        return Job(self._directory, self._fields)

    def add(self, speech: Speech) -> None:
        """Take in one speech."""
        # The speeches of a page stay together: pages are counted segment by segment.
        if self._size >= _BATCH and speech.page != self._batch[-1].page:
            self._end_batch()
        self._batch.append(speech)
        self._size += len(speech.text)

    def stand(self, segments: Sequence[ColumnarSegment]) -> None:
        """Let `segments`, whose files stand in the directory already, belong to the index too: see `take_over`."""
        self._segments += segments

    def commit(self) -> Profile:
        """Finish the index and say what queries must know of it."""
        self._end_batch()
        if self._crew:
            self._segments += self._crew.finish()
            self._crew = None
        elif self._waiting:
            self._segments += self._written_here()
        self._merge_what_is_due()
        return assemble(self._directory, self._fields, self._segments, side=self._side)

    def cancel(self) -> None:
        """Let go of everything that is open."""
        if self._crew:
            self._crew.dismiss()
        self._crew, self._waiting, self._batch = None, [], []

    def _end_batch(self) -> None:
        if not self._batch:
            return
        self._waiting.append(self._batch)
        self._batch, self._size = [], 0
        if not self._crew and len(self._waiting) > _BATCHES_ALONE:
            self._crew = Crew(Job(self._directory, self._fields), self._jobs)
        if self._crew:
            for batch in self._waiting:
                self._crew.add(batch)
            self._waiting = []

    def _merge_what_is_due(self) -> None:
        """Where many segments are small or much is dead, make one of them."""
        due = list(self._segments) if self._optimize else to_be_merged(self._segments)
        if not due or (len(due) == 1 and not due[0].deleted_count()):
            return
        storage = FileStorage(str(self._directory))
        whole = merge(sources_of(storage, due), storage, INDEX_NAME)
        self._segments = [*(segment for segment in self._segments if segment not in due), whole]
        for segment in due:
            for name in segment_files(segment):
                (self._directory / name).unlink(missing_ok=True)

    def _written_here(self) -> list[ColumnarSegment]:
        writer = RunWriter(self._directory, self._fields)
        try:
            for batch in self._waiting:
                writer.add(batch)
            return writer.finish()
        except BaseException:
            writer.cancel()
            raise
