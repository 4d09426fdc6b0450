"""Takes speeches into a new Whoosh index: postings and stored speeches by Whoosh, columns beside them."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

from whoosh import index as whoosh_index

from searchkit.analysis import stem_language
from searchkit.dates import span
from searchkit.engines.embedded.columns import ColumnWriter
from searchkit.engines.embedded.fields import SPEECH_COLUMN, whoosh_schema
from searchkit.engines.embedded.profile import write_profile
from searchkit.engines.embedded.side import write_side
from searchkit.engines.embedded.traits import TraitsWriter
from searchkit.engines.terms import Hyphenation, terms_of
from searchkit.identity.side import as_written
from searchkit.models import Speech
from searchkit.query import Profile
from searchkit.schema import Field

__all__ = ["EmbeddedWriter"]

_POOL_MB = 256
"""Postings that Whoosh keeps in memory before it spills a sorted run to disk."""


class EmbeddedWriter:
    """Writes one index into an empty `directory`; a SpeechWriter."""

    def __init__(self, directory: Path, fields: tuple[Field, ...]) -> None:
        self._directory = directory
        self._fields = fields
        self._index = whoosh_index.create_in(str(directory), whoosh_schema(fields))
        # Never a compound file: its table of contents is a pickle.
        self._writer = self._index.writer(limitmb=_POOL_MB, compound=False)
        self._columns = ColumnWriter(fields)
        self._traits = TraitsWriter()
        self._languages: set[str] = set()
        self._hyphenation = Hyphenation()

    def add(self, speech: Speech) -> None:
        """Analyse one speech and take it in."""
        terms = terms_of(speech, self._fields)
        document: dict[str, Any] = {**terms.tokens, **terms.values}
        document[SPEECH_COLUMN] = json.dumps(dataclasses.asdict(speech), ensure_ascii=False).encode()
        if speech.date:
            document["date_first"], document["date_last"] = span(speech.date)
        self._writer.add_document(**document)
        self._columns.add(terms)
        self._traits.add(speech, terms)
        self._languages.add(stem_language(speech.language))
        self._hyphenation.add(terms.analysis)

    def commit(self) -> Profile:
        """Finish the index and say what queries must know of it."""
        self._writer.commit(merge=False)
        self._columns.write(self._directory)
        self._traits.write(self._directory)
        write_side(self._directory, as_written(self._traits.traits, len(self._traits.traits)))
        with self._index.reader() as reader:
            profile = self._hyphenation.profile(
                self._fields, self._languages, lambda form: int(reader.doc_frequency("text", form.encode()))
            )
        write_profile(self._directory, profile)
        return profile

    def cancel(self) -> None:
        """Let go of everything that is open."""
        if not self._writer.is_closed:
            self._writer.cancel()
