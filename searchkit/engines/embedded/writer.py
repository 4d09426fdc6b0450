"""Takes speeches into a new index: batches become segments, and what is known of all of them stands beside."""

from __future__ import annotations

from pathlib import Path

from whoosh.filedb.filestore import FileStorage

from searchkit.analysis import stem_language
from searchkit.engines.embedded.batch import SpeechBatch
from searchkit.engines.embedded.fields import whoosh_schema
from searchkit.engines.embedded.opened import OpenIndex
from searchkit.engines.embedded.profile import write_profile
from searchkit.engines.embedded.segment import ColumnarSegment
from searchkit.engines.embedded.side import write_side
from searchkit.engines.embedded.toc import INDEX_NAME, write_toc
from searchkit.engines.embedded.traits import read_traits
from searchkit.engines.terms import Hyphenation, terms_of
from searchkit.identity.side import as_written
from searchkit.models import Speech
from searchkit.query import Profile
from searchkit.schema import Field

__all__ = ["EmbeddedWriter"]

_WORDS_A_SEGMENT = 4_000_000
"""Words after which a batch becomes a segment: some 500 MB of memory while it is collected."""


class EmbeddedWriter:
    """Writes one index into an empty `directory`; a SpeechWriter."""

    def __init__(self, directory: Path, fields: tuple[Field, ...]) -> None:
        self._directory = directory
        self._storage = FileStorage(str(directory))
        self._fields = fields
        self._batch = SpeechBatch(fields)
        self._segments: list[ColumnarSegment] = []
        self._page: str | None = None
        self._languages: set[str] = set()
        self._hyphenation = Hyphenation()

    def add(self, speech: Speech) -> None:
        """Analyse one speech and take it in."""
        # The speeches of a page stay together: pages are counted segment by segment.
        if self._batch.words >= _WORDS_A_SEGMENT and speech.page != self._page:
            self._flush()
        terms = terms_of(speech, self._fields)
        self._batch.add(speech, terms)
        self._page = speech.page
        self._languages.add(stem_language(speech.language))
        self._hyphenation.add(terms.analysis)

    def commit(self) -> Profile:
        """Finish the index and say what queries must know of it."""
        self._flush()
        write_toc(self._directory, whoosh_schema(self._fields), self._segments)
        opened = OpenIndex(self._directory)
        write_side(self._directory, as_written(read_traits(opened.segments), opened.numbers))
        profile = self._hyphenation.profile(self._fields, self._languages, lambda form: opened.holding("text", form))
        write_profile(self._directory, profile)
        return profile

    def cancel(self) -> None:
        """Let go of everything that is open."""
        self._batch = SpeechBatch(self._fields)

    def _flush(self) -> None:
        if len(self._batch):
            self._segments.append(self._batch.write(self._storage, INDEX_NAME))
            self._batch = SpeechBatch(self._fields)
