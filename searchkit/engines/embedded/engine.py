"""Opens an index that EmbeddedWriter wrote, and answers requests over it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from searchkit.engines.base import Match, Matches, Request
from searchkit.engines.embedded.answers import Answer, Numbers, intersection
from searchkit.engines.embedded.evaluator import Evaluator
from searchkit.engines.embedded.opened import OpenIndex
from searchkit.engines.embedded.profile import read_profile
from searchkit.engines.embedded.side import SideColumns
from searchkit.engines.embedded.span_finder import SpanFinder
from searchkit.engines.embedded.stream import ForwardStream
from searchkit.engines.embedded.stretches import DirectSpeech
from searchkit.engines.embedded.traits import read_traits
from searchkit.engines.embedded.words import EmbeddedWords
from searchkit.engines.facets import facet, own_filters
from searchkit.engines.naming import PEOPLE
from searchkit.identity.side import Names, Traits, renamed
from searchkit.models import Facet, Form, Speech
from searchkit.query import Profile, Query, forms_of, tier_phrases
from searchkit.schema import exact_name

__all__ = ["EmbeddedEngine"]


class EmbeddedEngine(EmbeddedWords):
    """One immutable index, open for reading; an Engine."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._profile = read_profile(directory)
        self._index = OpenIndex(directory)
        self._postings = self._index.postings
        self._columns = self._index.columns
        self._stream = ForwardStream(self._index.segments)
        self._side = SideColumns(directory, self._columns)
        direct = DirectSpeech(self._postings, self._columns, self._side)
        self._spans = SpanFinder(self._postings, self._index.speeches, direct)
        self._evaluator = Evaluator(self._postings, self._columns, self._side, self._spans)

    @property
    def profile(self) -> Profile:
        """What must a query know of the corpus?"""
        return self._profile

    def __len__(self) -> int:
        return len(self._index)

    def search(self, request: Request) -> Matches:
        """Which speeches answer the request, how many, and how do they spread over the facets?"""
        unfiltered = self._evaluator.evaluate(request.query)
        filters = {field: self._evaluator.evaluate(query) for field, query in request.filters.items()}
        answer = _filtered(unfiltered, filters.values())
        phrase = self._phrase(request.query)
        first_tier = None if phrase is None else answer.within(phrase.speeches).speeches
        facets: dict[str, Facet] = {}
        for name in request.facets:
            ignored = own_filters(name)
            others = [held for field, held in filters.items() if field not in ignored]
            held = answer if len(others) == len(filters) else _filtered(unfiltered, others)
            facets[name] = self._facet(name, held.speeches, request)
        return Matches(
            total=len(answer),
            pages=len(np.unique(self._columns["pages"][answer.speeches])),
            originals=len(np.unique(self._side.originals[answer.speeches])),
            phrase_total=None if first_tier is None else len(first_tier),
            page=self._page(answer, first_tier, request),
            facets=facets,
            forms=tuple(
                Form(label, len(answer.within(self._evaluator.evaluate(form).speeches)))
                for label, form in forms_of(request.query)
            ),
        )

    def speeches(self, numbers: Sequence[int]) -> list[Speech]:
        """Which speeches have these numbers?"""
        return [renamed(self._index.speech(number), *self._side.people(number)) for number in numbers]

    def find(self, id: str) -> Speech | None:
        """Which speech has this id?"""
        found = self._postings.read("id", id).speeches
        return self.speeches(found.tolist())[0] if len(found) else None

    def of_page(self, page: str) -> list[Speech]:
        """Which speeches stand on this page?"""
        return self.speeches(self._postings.read("page", page).speeches.tolist())

    def values(self, field: str) -> list[str]:
        """Which exact values occur in the facet or key `field`?"""
        if field in PEOPLE:
            return self._side.postings(field).all_terms(exact_name(field))
        kept = exact_name(field) if any(item.name == field and item.facet for item in self._profile.fields) else field
        return self._postings.all_terms(kept)

    def traits(self) -> Iterator[Traits]:
        """What do the pages say of each speech that is to be compared with others?"""
        return read_traits(self._index.segments)

    def as_written(self, page: str) -> list[Speech]:
        """Which speeches stand on this page, with people as the page names them?"""
        return [self._index.speech(number) for number in self._postings.read("page", page).speeches.tolist()]

    def people(self, number: int) -> tuple[Names, tuple[Names, ...]]:
        """Who speaks in the speech `number`, and who is quoted, quote by quote?"""
        return self._side.people(number)

    def copies(self, number: int) -> list[int]:
        """Which speeches are one text with the speech `number`, itself included?"""
        group = np.flatnonzero(self._side.originals == self._side.originals[number])
        return list(map(int, group[self._by_age(group)]))

    def words(self) -> int:
        """How many words have all speeches together?"""
        lengths, live = self._columns["length_text"], self._columns.live
        return int((lengths if live is None else lengths[live]).sum(dtype=np.int64))

    def close(self) -> None:
        """Release every file: nothing is to be done, the maps go with the last array that looks into them."""

    # ------------------------------------------------------------------------------------------------------------------

    def _phrase(self, query: Query) -> Answer | None:
        phrases = tier_phrases(query)
        return intersection([self._evaluator.evaluate(phrase) for phrase in phrases]) if phrases else None

    def _page(self, answer: Answer, first_tier: Numbers | None, request: Request) -> tuple[Match, ...]:
        if request.collapsed:
            answer = answer.within(self._earliest(answer.speeches))
        speeches = answer.speeches
        tier = np.zeros(len(speeches), np.int64)
        if first_tier is not None:
            tier = 1 - np.isin(speeches, first_tier, assume_unique=True).astype(np.int64)
        first = self._columns["date_first"][speeches].astype(np.int64)
        rank = self._columns["id_rank"][speeches]
        # np.lexsort takes the last key first
        if request.sort == "relevance":
            order = np.lexsort((rank, -first, -answer.scores, tier))
        else:
            by_date = -first if request.sort == "newest" else np.where(first > 0, first, np.iinfo(np.int64).max)
            order = np.lexsort((rank, by_date))
        wanted = order[request.offset : request.offset + request.limit]
        copies = self._side.group_sizes[self._side.originals[speeches[wanted]]] - 1
        return tuple(
            Match(int(speeches[place]), float(answer.scores[place]), int(tier[place]), int(others))
            for place, others in zip(wanted, copies, strict=True)
        )

    def _by_age(self, speeches: Numbers) -> Numbers:
        """The order of `speeches` in which an original stands before its copies, and an earlier one before a later."""
        first = self._columns["date_first"][speeches]
        is_copy = self._side.originals[speeches] != speeches
        return np.lexsort((self._columns["id_rank"][speeches], first, first == 0, is_copy))

    def _earliest(self, speeches: Numbers) -> Numbers:
        """Of each group of copies among `speeches` its original, or else the earliest, in rising order."""
        aged = speeches[self._by_age(speeches)]
        _, places = np.unique(self._side.originals[aged], return_index=True)
        return np.sort(aged[places])

    def _facet(self, name: str, speeches: Numbers, request: Request) -> Facet:
        column = self._side.facet(name) if name in PEOPLE else self._columns.facet(name)
        mask = np.zeros(len(self._columns), bool)
        mask[speeches] = True
        held = mask[column.speeches]
        having, codes = column.speeches[held], column.codes[held]
        lacking = speeches[np.isin(speeches, having, invert=True)]
        if request.unit != "speeches":
            units = self._columns["pages"] if request.unit == "pages" else self._side.originals
            codes = np.unique((codes.astype(np.int64) << 32) + units[having]) >> 32
            lacking = np.unique(units[lacking])
        counts = np.bincount(codes, minlength=len(column.values)).tolist()
        without = len(lacking)
        return facet(
            zip(column.values, counts, strict=True), without, request.selected.get(name, ()), request.facet_limit
        )


def _filtered(answer: Answer, filters: Any) -> Answer:
    for held in filters:
        answer = answer.within(held.speeches)
    return answer
