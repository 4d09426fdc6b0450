"""Takes speeches into a new generation on a cluster; nobody sees it before it is published (generations.py)."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from searchkit.analysis import foreign_names, stem_language
from searchkit.engines.cluster.bulk import BulkSender
from searchkit.engines.cluster.connection import Connection
from searchkit.engines.cluster.document import Place, document_of, key_of, terms_and_tokens
from searchkit.engines.cluster.mapping import IndexSettings, index_body
from searchkit.engines.cluster.names import speeches_index, state_index
from searchkit.engines.cluster.state import GenerationState, Told
from searchkit.engines.scanned import Scanned, looked_at
from searchkit.engines.terms import Hyphenation, terms_of
from searchkit.errors import BuildRefused, SearchkitError
from searchkit.identity.side import NOBODY, Names
from searchkit.models import Speech
from searchkit.query import CASED, Profile
from searchkit.schema import FIELDS, Field

__all__ = ["ClusterWriter", "Known"]

_BATCH_SPEECHES = 500
_BATCH_LETTERS = 500_000
"""Of texts; some four times as many bytes are sent, for their words, stems and cased forms."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a speech beside the others: its people, and its copies."""

    speakers: Names
    quoted: tuple[Names, ...]
    original: int
    copies: int = 0


class ClusterWriter:
    """Writes one generation; a SpeechWriter."""

    def __init__(
        self,
        connection: Connection,
        told: Told,
        fields: tuple[Field, ...] = FIELDS,
        settings: IndexSettings | None = None,
    ) -> None:
        """`told`: what the generation is to say of itself; its counts are those of what is added."""
        self._connection = connection
        self._told = told
        self._fields = fields
        self._settings = settings or IndexSettings()
        self._index = speeches_index(connection.address.name, told.generation)
        self._state_index = state_index(connection.address.name, told.generation)
        self._state = GenerationState(connection, self._state_index)
        self._hyphenation = Hyphenation()
        self._languages: set[str] = set()
        self._names: Counter[str] = Counter()
        self._occurring: dict[str, Counter[str]] = {}
        self._holding: dict[str, Counter[str]] = {}
        self._pages: dict[str, int] = {}
        self._words = 0
        self._count = 0
        self._batch: list[tuple[Scanned, Place]] = []
        self._letters = 0
        connection.request("PUT", f"/{self._index}", index_body(fields, self._settings))
        self._state.create(self._settings.replicas)
        self._sender = BulkSender(connection, self._index)

    @property
    def sent_again(self) -> int:
        """How many documents had to be sent a second time?"""
        return self._sender.sent_again

    def add(self, speech: Speech, known: Known | None = None) -> None:
        """Analyse one speech and take it in.  Without `known`, its people are those that the page names."""
        number = self._count
        known = known or _as_written(speech, number)
        terms = terms_of(speech, self._fields)
        item = looked_at(number, speech, terms, known.speakers, known.quoted, original=known.original)
        page = self._pages.setdefault(speech.page, len(self._pages))
        self._note(item)
        self._count += 1
        self._batch.append((item, Place(number, page, known.original, known.copies)))
        self._letters += len(speech.text)
        if len(self._batch) >= _BATCH_SPEECHES or self._letters >= _BATCH_LETTERS:
            self._send()

    def commit(self) -> Profile:
        """Finish the generation: is every speech there, once?  Raises BuildRefused where one is not."""
        self._send()
        self._sender.finish()
        profile = self._hyphenation.profile(
            self._fields, self._languages, lambda form: self._holding.get("text", Counter())[form], self._names
        )
        for field, occurring in self._occurring.items():
            holding = self._holding[field]
            self._state.put_vocabulary(field, {term: (count, holding[term]) for term, count in occurring.items()})
        self._state.put_profile(profile)
        counts = {"speeches": self._count, "words": self._words, "pages": len(self._pages)}
        self._state.put_told(replace(self._told, **counts))  # type: ignore[arg-type]
        self._seal()
        return profile

    def keep(self, name: str, content: bytes) -> None:
        """Keep `content` with the generation under the name of a file; before `commit`."""
        self._state.put(f"file-{name}", content)

    def cancel(self) -> None:
        """Remove what was written."""
        self._sender.cancel()
        for index in (self._index, self._state_index):
            with contextlib.suppress(SearchkitError):
                self._connection.request("DELETE", f"/{index}", missing_allowed=True)

    def _send(self) -> None:
        if self._batch:
            self._sender.send(
                [(key_of(item.speech.id), document_of(item, place, self._fields)) for item, place in self._batch]
            )
            self._batch, self._letters = [], 0

    def _note(self, item: Scanned) -> None:
        self._hyphenation.add(item.terms.analysis)
        self._languages.add(stem_language(item.written.language))
        self._names.update(foreign_names(item.written.text))
        self._words += item.terms.length
        for field, stream in terms_and_tokens(item, self._fields).items():
            if field != CASED:
                self._occurring.setdefault(field, Counter()).update(stream.terms)
                self._holding.setdefault(field, Counter()).update(set(stream.terms))

    def _seal(self) -> None:
        """From now on nothing is written into it; every speech is there."""
        for index in (self._index, self._state_index):
            self._connection.request("POST", f"/{index}/_refresh", timeout=120)
        found = self._connection.search_all(self._index, [{"size": 0}], "_primary_first")
        total = found[0]["hits"]["total"]["value"]
        if total != self._count:
            raise BuildRefused(
                f"{self._connection.address}: {self._count} speeches were sent and {total} are there, so nothing was "
                "published; two of them have one id, or the cluster lost some: copy or build it again"
            )
        for index in (self._index, self._state_index):
            settings = {"index": {"blocks": {"write": True}, "refresh_interval": "-1"}}
            self._connection.request("PUT", f"/{index}/_settings", settings)


def _as_written(speech: Speech, number: int) -> Known:
    label: Sequence[str] = (speech.label,) if speech.label and speech.label not in speech.speakers else ()
    quoted = tuple(NOBODY if quote.speaker is None else Names((quote.speaker,)) for quote in speech.quotes)
    return Known(Names(speech.speakers, tuple(label)), quoted, number)
