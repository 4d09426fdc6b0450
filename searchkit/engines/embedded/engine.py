"""Opens an index that EmbeddedWriter wrote, and answers requests over it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import repeat
from pathlib import Path
from typing import Any

import numpy as np

from searchkit.engines.base import Match, Matches, Request
from searchkit.engines.embedded.answers import Answer, Numbers, contained, intersection
from searchkit.engines.embedded.damage import damage_is_named
from searchkit.engines.embedded.evaluator import Evaluator, Sources
from searchkit.engines.embedded.facet_counts import FacetCounts, coded
from searchkit.engines.embedded.opened import OpenIndex
from searchkit.engines.embedded.ordering import Key, places_between
from searchkit.engines.embedded.profile import read_profile
from searchkit.engines.embedded.scores import Scorer
from searchkit.engines.embedded.side import SideColumns
from searchkit.engines.embedded.span_finder import SpanFinder
from searchkit.engines.embedded.stored import StoredSpeeches
from searchkit.engines.embedded.stream import ForwardStream
from searchkit.engines.embedded.stretches import DirectSpeech
from searchkit.engines.embedded.words import EmbeddedWords
from searchkit.engines.facets import own_filters
from searchkit.engines.naming import PEOPLE
from searchkit.identity.side import Names, Traits
from searchkit.models import Facet, Form, Speech
from searchkit.query import Profile, forms_of, tier_phrases
from searchkit.schema import exact_name

__all__ = ["EmbeddedEngine"]


class EmbeddedEngine(EmbeddedWords):
    """One immutable index, open for reading; an Engine."""

    def __init__(self, directory: Path) -> None:
        self._profile = read_profile(directory)
        self._index = OpenIndex(directory)
        self._postings = self._index.postings
        self._columns = self._index.columns
        self._stream = ForwardStream(self._index.segments)
        self._side = SideColumns(directory, self._columns)
        direct = DirectSpeech(self._postings, self._columns, self._side)
        self._spans = SpanFinder(self._postings, direct)
        self._sources = Sources(
            self._postings, self._columns, self._side, self._spans, Scorer(self._columns, len(self._index))
        )
        self._facets: dict[str, FacetCounts] = {}

    @property
    def profile(self) -> Profile:
        """What must a query know of the corpus?"""
        return self._profile

    def __len__(self) -> int:
        return len(self._index)

    @damage_is_named
    def search(self, request: Request) -> Matches:
        """Which speeches answer the request, how many, and how do they spread over the facets?"""
        evaluator = Evaluator(self._sources)
        scored = request.limit > 0
        unfiltered = evaluator.evaluate(request.query, scored=scored)
        filters = {field: evaluator.evaluate(query, scored=False) for field, query in request.filters.items()}
        answer = _filtered(unfiltered, filters.values())
        phrases = [evaluator.evaluate(phrase, scored=False) for phrase in tier_phrases(request.query)]
        in_first_tier = contained(answer.speeches, intersection(phrases).speeches) if phrases else None
        facets: dict[str, Facet] = {}
        for name in request.facets:
            ignored = own_filters(name)
            others = [held for field, held in filters.items() if field not in ignored]
            held = answer if len(others) == len(filters) else _filtered(unfiltered, others)
            facets[name] = self._facet(name, held.speeches, request)
        return Matches(
            total=len(answer),
            pages=self._columns.count_pages(answer),
            originals=self._side.count_originals(answer),
            phrase_total=None if in_first_tier is None else int(np.count_nonzero(in_first_tier)),
            page=self._page(answer, in_first_tier, request),
            facets=facets,
            forms=tuple(
                Form(label, len(answer.within(evaluator.evaluate(form, scored=False).speeches)))
                for label, form in forms_of(request.query)
            ),
        )

    @damage_is_named
    def speeches(self, numbers: Sequence[int], *, texts: bool = False) -> list[Speech]:
        """Which speeches have these numbers?  Each further part of them is read when it is looked at."""
        return StoredSpeeches(self._index, numbers, self._side).listed(texts=texts)

    @damage_is_named
    def find(self, id: str) -> Speech | None:
        """Which speech has this id?"""
        return self.find_all([id])[0]

    @damage_is_named
    def find_all(self, ids: Sequence[str]) -> list[Speech | None]:
        """Which speeches have these ids?  Those that are read later are read together."""
        numbers = [self._postings.read("id", id).speeches.tolist() for id in ids]
        speeches = iter(self.speeches([number for found in numbers for number in found]))
        return [next(speeches) if found else None for found in numbers]

    @damage_is_named
    def of_page(self, page: str) -> list[Speech]:
        """Which speeches stand on this page?"""
        return self.speeches(self._postings.read("page", page).speeches.tolist())

    @damage_is_named
    def values(self, field: str) -> list[str]:
        """Which exact values occur in the facet or key `field`?"""
        if field in PEOPLE:
            return self._side.postings(field).terms(exact_name(field))
        kept = exact_name(field) if any(item.name == field and item.facet for item in self._profile.fields) else field
        return self._postings.all_terms(kept)

    @damage_is_named
    def spellings(self, stem: str) -> list[str]:
        """Which literal forms with this stem, a term of the field `stems`, occur?"""
        found: set[bytes] = set()
        for segment, stems in self._postings.readers("stems"):
            text, number = segment.field("text"), segment.number(stems, stem)
            if text is not None and number >= 0:
                found.update(text.vocabulary.chosen(stems.forms(number)))
        return [form.decode("utf-8", "surrogatepass") for form in sorted(found)]

    @damage_is_named
    def spelled_like(self, field: str, word: str, most: int) -> list[tuple[int, str]]:
        """Which words of `field` are at most `most` edits away from `word`?  The edits of each, and the word."""
        from searchkit.engines.embedded.spelling import spelled_like  # asked of words that stand nowhere

        found = {
            (edits, term)
            for segment, reader in self._postings.readers(field)
            for number, edits, term in spelled_like(reader.vocabulary, word, most)
            if segment.live is None or segment.live[reader.speeches_of(number, number + 1)[0]].any()
        }
        return sorted(found)

    def traits(self) -> Iterator[Traits]:
        """What do the pages say of each speech that is to be compared with others?"""
        from searchkit.engines.embedded.traits import read_traits  # asked by builds, not by searches

        return iter(read_traits(self._index.segments))

    @damage_is_named
    def as_written(self, page: str) -> list[Speech]:
        """Which speeches stand on this page, with people as the page names them?"""
        return self._as_written(self._postings.read("page", page).speeches.tolist())

    @damage_is_named
    def people(self, number: int) -> tuple[Names, tuple[Names, ...]]:
        """Who speaks in the speech `number`, and who is quoted, quote by quote?"""
        return self._side.people(number)

    @damage_is_named
    def copies(self, number: int) -> list[int]:
        """Which speeches are one text with the speech `number`, itself included?"""
        group = np.flatnonzero(self._side.originals == self._side.originals[number])
        return list(map(int, group[self._by_age(group)]))

    @damage_is_named
    def words(self) -> int:
        """How many words have all speeches together?"""
        return self._columns.words("text")

    def verify(self) -> None:
        """Read every byte of every segment; raises IndexDamaged that names the first file that is not as written."""
        self._index.verify()

    def close(self) -> None:
        """Release every file: nothing is to be done, the maps go with the last array that looks into them."""

    # ------------------------------------------------------------------------------------------------------------------

    def _as_written(self, numbers: Sequence[int]) -> list[Speech]:
        """Which speeches have these numbers, with people as their pages name them?"""
        return StoredSpeeches(self._index, numbers).listed()

    def _page(self, answer: Answer, in_first_tier: Any, request: Request) -> tuple[Match, ...]:
        if request.collapsed:
            kept = contained(answer.speeches, self._earliest(answer.speeches))
            answer = answer.where(kept)
            in_first_tier = None if in_first_tier is None else in_first_tier[kept]
        start, stop = request.offset, min(request.offset + request.limit, len(answer))
        if start >= stop:
            return ()
        if in_first_tier is None and request.sort == "relevance":
            answer = answer.leading(stop)
        if in_first_tier is None and (request.sort == "newest" or (request.sort == "relevance" and answer.alike)):
            answer = answer.newest(self._columns.newest, stop)
        order = places_between(len(answer), start, stop, self._keys(answer, in_first_tier, request))
        numbers = answer.speeches.take(order)
        scores = repeat(answer.same) if answer.scored is None else answer.scored.take(order).tolist()
        tiers = repeat(0) if in_first_tier is None else (~in_first_tier.take(order)).tolist()
        copies = self._side.count_others(numbers)
        return tuple(map(Match, numbers.tolist(), scores, map(int, tiers), copies.tolist()))

    def _keys(self, answer: Answer, in_first_tier: Any, request: Request) -> list[Key]:
        """By what is the answer ordered, most important first?"""
        speeches, days, ranks = answer.speeches, self._columns["date_first"], self._columns.ranks
        newest: Key = lambda places: -days.take(speeches[places])  # noqa: E731
        by_id: Key = lambda places: ranks(speeches[places])  # noqa: E731
        if request.sort == "newest":
            return [newest, by_id]
        if request.sort == "oldest":
            # the undated last: as unsigned numbers they are the greatest once one is taken away
            return [lambda places: days.take(speeches[places]).astype(np.uint32) - np.uint32(1), by_id]
        keys: list[Key] = []
        if in_first_tier is not None:
            keys.append(lambda places: ~in_first_tier[places])
        if answer.scored is not None:
            scores = answer.scored
            keys.append(lambda places: -scores[places])
        return [*keys, newest, by_id]

    def _by_age(self, speeches: Numbers) -> Numbers:
        """The order of `speeches` in which an original stands before its copies, and an earlier one before a later."""
        first = self._columns["date_first"][speeches]
        is_copy = self._side.originals[speeches] != speeches
        return np.lexsort((self._columns.ranks(speeches), first, first == 0, is_copy))

    def _earliest(self, speeches: Numbers) -> Numbers:
        """Of each group of copies among `speeches` its original, or else the earliest, in rising order."""
        aged = speeches[self._by_age(speeches)]
        _, places = np.unique(self._side.originals[aged], return_index=True)
        return np.sort(aged[places])

    def _facet(self, name: str, speeches: Numbers, request: Request) -> Facet:
        selected, limit = request.selected.get(name, ()), request.facet_limit
        counts = self._facets.get(name)
        if counts is None:
            counts = self._facets[name] = self._counts_of(name)
        if request.unit == "speeches":
            return counts.of(speeches, selected, limit)
        if request.unit == "words":
            return counts.words(speeches, self._columns["length_text"], selected, limit)
        units = self._columns["pages"] if request.unit == "pages" else self._side.originals
        return counts.units(speeches, units, selected, limit)

    def _counts_of(self, name: str) -> FacetCounts:
        single = self._columns.coded(name) if name not in PEOPLE else None
        return FacetCounts(single or coded(self.column(name), len(self._columns)))


def _filtered(answer: Answer, filters: Any) -> Answer:
    for held in filters:
        answer = answer.within(held.speeches)
    return answer
