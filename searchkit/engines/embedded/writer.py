"""Takes speeches into a new index: batches become segments, and what is known of all of them stands beside."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from whoosh.filedb.filestore import FileStorage

from searchkit.engines.embedded.assembling import assemble
from searchkit.engines.embedded.batch import SpeechBatch
from searchkit.engines.embedded.segment import ColumnarSegment
from searchkit.engines.embedded.toc import INDEX_NAME
from searchkit.engines.terms import terms_of
from searchkit.models import Speech
from searchkit.query import Profile
from searchkit.schema import Field

__all__ = ["EmbeddedWriter"]

_WORDS_A_SEGMENT = 4_000_000
"""Words after which a batch becomes a segment: some 500 MB of memory while it is collected."""


class EmbeddedWriter:
    """Writes one index into a `directory` that holds none; a SpeechWriter."""

    def __init__(self, directory: Path, fields: tuple[Field, ...], segments: Sequence[ColumnarSegment] = ()) -> None:
        """`segments` stand in `directory` already and belong to the index: see `take_over`."""
        self._directory = directory
        self._storage = FileStorage(str(directory))
        self._fields = fields
        self._batch = SpeechBatch(fields)
        self._segments = list(segments)
        self._page: str | None = None

    def add(self, speech: Speech) -> None:
        """Analyse one speech and take it in."""
        # The speeches of a page stay together: pages are counted segment by segment.
        if self._batch.words >= _WORDS_A_SEGMENT and speech.page != self._page:
            self._flush()
        terms = terms_of(speech, self._fields)
        self._batch.add(speech, terms)
        self._page = speech.page

    def stand(self, segments: Sequence[ColumnarSegment]) -> None:
        """Let `segments`, whose files stand in the directory already, belong to the index too: see `take_over`."""
        self._segments += segments

    def commit(self) -> Profile:
        """Finish the index and say what queries must know of it."""
        self._flush()
        return assemble(self._directory, self._fields, self._segments)

    def cancel(self) -> None:
        """Let go of everything that is open."""
        self._batch = SpeechBatch(self._fields)

    def _flush(self) -> None:
        if len(self._batch):
            self._segments.append(self._batch.write(self._storage, INDEX_NAME))
            self._batch = SpeechBatch(self._fields)
