"""Opens a generation on a cluster, and answers requests over it."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from typing import Any

from searchkit import deadline
from searchkit.engines.arrays import Ints
from searchkit.engines.base import Matches, Request
from searchkit.engines.cluster.address import ClusterAddress
from searchkit.engines.cluster.compiler import Compiler
from searchkit.engines.cluster.connection import Connection, Json
from searchkit.engines.cluster.document import people_in, scanned_from, shown_in, written_in
from searchkit.engines.cluster.dsl import EVERYTHING, filtered, unscored
from searchkit.engines.cluster.facets import Spread, field_of
from searchkit.engines.cluster.names import speeches_index, state_index
from searchkit.engines.cluster.numbers import among, numbers_in, set_of
from searchkit.engines.cluster.ordering import Pages, by_age
from searchkit.engines.cluster.state import FieldVocabulary, GenerationState, Told
from searchkit.engines.cluster.words import ClusterWords
from searchkit.engines.facets import own_filters
from searchkit.engines.scanned import traits_of
from searchkit.errors import QueryError
from searchkit.identity.side import Names, Traits
from searchkit.models import Form, Speech
from searchkit.query import Profile, Query, forms_of, holds, tier_phrases
from searchkit.schema import DATE_FACETS, FieldKind, exact_name

__all__ = ["ClusterEngine"]

_MOST_LOOKED_AT = 200_000
"""Speeches that are fetched and looked at for a form that the cluster does not answer: some 1,000 a second."""
_AT_A_TIME = 1000
_STORED = ["number", "original", "speech", "people"]


class ClusterEngine(ClusterWords):
    """One generation on a cluster, open for reading; an Engine."""

    def __init__(self, connection: Connection, generation: str) -> None:
        """Raises IndexMissing or IndexDamaged."""
        self._connection = connection
        self._generation = generation
        name = connection.address.name
        self._index = speeches_index(name, generation)
        self._state = GenerationState(connection, state_index(name, generation))
        self.told: Told = self._state.told()
        self._profile = self._state.profile()
        self._compiler = Compiler(self._profile.fields, self._terms, self._resolved)
        self._sets: dict[Query, Json] = {}
        self._columns: dict[str, Ints] = {}
        self._vocabularies: dict[str, FieldVocabulary] = {}
        self._loading = threading.Lock()
        # one copy of each shard for one reader: copies may differ in what they know of documents that were sent twice
        self._preference = f"searchkit-{generation}"

    def again(self) -> ClusterEngine:
        """The same generation through sockets of its own: a process must not write into those of its parent."""
        return ClusterEngine(self._connection.again(), self._generation)

    @property
    def address(self) -> ClusterAddress:
        """Where is the index?"""
        return self._connection.address

    @property
    def profile(self) -> Profile:
        """What must a query know of the corpus?"""
        return self._profile

    def __len__(self) -> int:
        return self.told.speeches

    def search(self, request: Request) -> Matches:
        """Which speeches answer the request, how many, and how do they spread over the facets?"""
        unfiltered = self._compiler.compile(request.query)
        filters = {field: self._compiler.compile(query) for field, query in request.filters.items()}
        wanted = filtered(unfiltered, filters.values()) if filters else unfiltered
        phrases = [self._compiler.compile(phrase) for phrase in tier_phrases(request.query)]
        forms = [(label, self._compiler.compile(form)) for label, form in forms_of(request.query)]
        whole = unscored(wanted)
        spreads = {name: self._spread(name, unfiltered, filters, request) for name in request.facets}
        counted, *parts = self._ask(
            {"size": 0, "query": whole, "aggs": {name: set_of(name) for name in ("page_number", "original")}},
            *({"size": 0, "query": filtered(whole, phrases)} for _ in phrases[:1]),
            *({"size": 0, "query": filtered(whole, [form])} for _, form in forms),
            *(spread.body() for spread in spreads.values()),
        )
        firsts = parts[len(parts) - len(spreads) :]
        totals = [int(part["hits"]["total"]["value"]) for part in parts[: len(parts) - len(spreads)]]
        self._follow([spread for spread, first in zip(spreads.values(), firsts, strict=True) if spread.take(first)])
        phrase_total = totals.pop(0) if phrases else None
        pages = Pages(self._connection, self._index, self._preference)
        shown = filtered(wanted, [self._earliest(whole)]) if request.collapsed else wanted
        sums = counted["aggregations"]
        return Matches(
            total=int(counted["hits"]["total"]["value"]),
            pages=len(numbers_in(sums["page_number"])),
            originals=len(numbers_in(sums["original"])),
            phrase_total=phrase_total,
            page=pages.page(shown, phrases, request) if request.limit else (),
            facets={
                name: spread.facet(request.selected.get(name, ()), request.facet_limit)
                for name, spread in spreads.items()
            },
            forms=tuple(Form(label, total) for (label, _), total in zip(forms, totals, strict=True)),
        )

    def speeches(self, numbers: Sequence[int], *, texts: bool = False) -> list[Speech]:  # noqa: ARG002 -- it reads all
        """Which speeches have these numbers?"""
        found = {hit["_source"]["number"]: shown_in(hit) for hit in self._hits(numbers)}
        return [found[number] for number in numbers]

    def find(self, id: str) -> Speech | None:
        """Which speech has this id?"""
        hit = next(self._all({"term": {"f.id": id}}, most=1), None)
        return shown_in(hit) if hit else None

    def find_all(self, ids: Sequence[str]) -> list[Speech | None]:
        """Which speeches have these ids?"""
        found = {speech.id: speech for speech in map(shown_in, self._all({"terms": {"f.id": list(ids)}}))}
        return [found.get(id) for id in ids]

    def of_page(self, page: str) -> list[Speech]:
        """Which speeches stand on this page?"""
        return [shown_in(hit) for hit in self._all({"term": {"f.page": page}})]

    def as_written(self, page: str) -> list[Speech]:
        """Which speeches stand on this page, with people as the page names them?"""
        return [written_in(hit) for hit in self._all({"term": {"f.page": page}})]

    def values(self, field: str) -> list[str]:
        """Which exact values occur in the facet or key `field`, or which forms in a field of words?"""
        is_facet = any(item.name == field and item.facet for item in self._profile.fields)
        return list(self._terms(exact_name(field) if is_facet else field))

    def traits(self) -> Iterator[Traits]:
        """What do the pages say of each speech that is to be compared with others?"""
        from searchkit.identity.sketches import sketch_of

        for hit in self._all(EVERYTHING):
            item = scanned_from(hit, self._profile.fields)
            yield traits_of(item.number, item.written, item.terms, sketch_of(item.terms.analysis.forms))

    def people(self, number: int) -> tuple[Names, tuple[Names, ...]]:
        """Who speaks in the speech `number`, and who is quoted, quote by quote?"""
        return people_in(self._hits([number])[0])

    def copies(self, number: int) -> list[int]:
        """Which speeches are one text with the speech `number`, itself included?"""
        original = self._hits([number])[0]["_source"]["original"]
        fields = ["number", "f.date_first", "f.id", "original"]
        hits = list(self._all({"term": {"original": original}}, fields))
        return [hit["fields"]["number"][0] for hit in sorted(hits, key=by_age)]

    def everything(self) -> Iterator[tuple[Speech, Names, tuple[Names, ...], str]]:
        """Every speech as its page has it, its people, who is quoted in it, and the id of its original."""
        ids: dict[int, str] = {}
        with_copies = {"range": {"copies": {"gt": 0}}}
        for hit in self._all(with_copies, ["number", "f.id"]):
            ids[hit["fields"]["number"][0]] = hit["fields"]["f.id"][0]
        for hit in self._all(EVERYTHING):
            speech = written_in(hit)
            yield speech, *people_in(hit), ids.get(hit["_source"]["original"], speech.id)

    def file(self, name: str) -> bytes | None:
        """What is kept with the generation under the name of a file, beside the speeches?  None where nothing is."""
        return self._state.get(f"file-{name}")

    def bytes(self) -> int:
        """How much room does the generation take on all nodes, replicas included?"""
        found = self._connection.request("GET", f"/{self._index}/_stats/store")
        return int(found["_all"]["total"]["store"]["size_in_bytes"])

    def close(self) -> None:
        """Close the sockets."""
        self._connection.close()

    # -- asking --------------------------------------------------------------------------------------------------------

    def _ask(self, *bodies: Json) -> list[Json]:
        return self._connection.search_all(self._index, bodies, self._preference)

    def _all(self, query: Json, fields: Sequence[str] = (), *, most: int | None = None, sort: str = "number") -> Any:
        """The documents that `query` finds, in the order of their numbers: stored speeches, or these fields alone."""
        shown: Json = {"_source": False, "docvalue_fields": list(fields)} if fields else {"_source": _STORED}
        body = {"query": unscored(query), "sort": [{sort: "asc"}], **shown}
        yield from self._connection.walk(self._index, body, _AT_A_TIME if not fields else 10_000, most)

    def _hits(self, numbers: Sequence[int]) -> list[Json]:
        found: list[Json] = []
        for start in range(0, len(numbers), _AT_A_TIME):
            some = [int(number) for number in numbers[start : start + _AT_A_TIME]]
            body = {"query": unscored({"terms": {"number": some}}), "size": len(some), "_source": _STORED}
            found += self._ask(body)[0]["hits"]["hits"]
        return found

    def _spread(self, name: str, unfiltered: Json, filters: dict[str, Json], request: Request) -> Spread:
        ignored = own_filters(name)
        others = [held for field, held in filters.items() if field not in ignored]
        return Spread(unscored(filtered(unfiltered, others)), field_of(name), request.unit)

    def _follow(self, spreads: list[Spread]) -> None:
        """Ask until every one of `spreads` has all its values."""
        while spreads:
            answers = self._ask(*(spread.body() for spread in spreads))
            spreads = [spread for spread, answer in zip(spreads, answers, strict=True) if spread.take(answer)]

    def _terms(self, field: str) -> Sequence[str]:
        """Every term of `field`, in order: from the vocabulary for words, from the index for values."""
        kinds = {item.name: item.kind for item in self._profile.fields}
        if field == "stems" or kinds.get(field) in (FieldKind.WORDS, FieldKind.NAMES):
            return self._vocabulary(field).terms
        exact = {exact_name(item.name): item.name for item in self._profile.fields if item.facet}
        stands = field_of(exact[field]) if field in exact else f"f.{field}"
        if field not in exact and field not in kinds and field not in DATE_FACETS:
            return ()
        spread = Spread(EVERYTHING, stands)
        self._follow([spread])
        return sorted(value for value in spread.counts if value is not None)

    def _vocabulary(self, field: str) -> FieldVocabulary:
        with self._loading:
            if field not in self._vocabularies:
                self._vocabularies[field] = self._state.vocabulary(field)
            return self._vocabularies[field]

    # -- what the cluster does not answer by itself --------------------------------------------------------------------

    def _resolved(self, query: Query, wider: Json) -> Json:
        """Which query finds the speeches that `query` means, all of them among those of `wider`?"""
        known = self._sets.get(query)
        if known is None:
            known = self._sets[query] = among(self._looked_at(query, wider))
        return known

    def _looked_at(self, query: Any, wider: Json) -> list[int]:
        many = int(self._ask({"size": 0, "query": wider})[0]["hits"]["total"]["value"])
        if many > _MOST_LOOKED_AT:
            raise QueryError(
                f"on a cluster a chain of words near each other is looked up speech by speech, and {many:,} speeches "
                f"hold these words (at most {_MOST_LOOKED_AT:,}); ask for rarer words, or use an index in a folder",
                start=getattr(query, "startchar", None) or 0,
                end=getattr(query, "endchar", None) or 0,
            )
        found: list[int] = []
        for hit in self._all(wider):
            deadline.check()
            item = scanned_from(hit, self._profile.fields)
            if holds(query, item.streams, item.stretches):
                found.append(item.number)
        return found

    def _earliest(self, whole: Json) -> Json:
        """Which condition leaves of each group of copies among the matches its original, or else the earliest?"""
        fields = ["number", "f.date_first", "f.id", "original"]
        with_copies = filtered(whole, [{"range": {"copies": {"gt": 0}}}])
        earliest: dict[int, Json] = {}
        others: list[int] = []
        for hit in self._all(with_copies, fields):
            group = hit["fields"]["original"][0]
            first = min(hit, earliest.get(group, hit), key=by_age)
            if group in earliest:
                others.append((hit if first is not hit else earliest[group])["fields"]["number"][0])
            earliest[group] = first
        return {"bool": {"must_not": [among(others)]}}
