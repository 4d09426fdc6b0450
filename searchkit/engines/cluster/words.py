"""The words of speeches on a cluster as arrays: read from stored speeches and columns, some at a time."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from searchkit import deadline
from searchkit.analysis import analyze
from searchkit.engines.arrays import Dates, FacetColumn, Ints, Neighbours, Occurrences, TokenRun, Vocabulary, integers
from searchkit.engines.base import Request
from searchkit.engines.cluster.compiler import Compiler
from searchkit.engines.cluster.connection import Json
from searchkit.engines.cluster.document import scanned_from, written_in
from searchkit.engines.cluster.dsl import EVERYTHING, filtered, unscored
from searchkit.engines.cluster.facets import field_of
from searchkit.engines.cluster.numbers import numbers_in, set_of
from searchkit.engines.cluster.state import FieldVocabulary, Told
from searchkit.errors import QueryError
from searchkit.query import Profile

__all__ = ["ClusterWords"]

_MOST_OCCURRENCES = 5_000_000
"""Occurrences that are counted on a cluster: 24 bytes each, twice while they are put in order, 240 MB."""


class ClusterWords:
    """Answers those methods of an Engine that count words."""

    told: Told
    _profile: Profile
    _compiler: Compiler
    _columns: dict[str, Ints]

    def _ask(self, *bodies: Json) -> list[Json]:
        raise NotImplementedError

    def _all(self, query: Json, fields: Sequence[str] = (), *, most: int | None = None, sort: str = "number") -> Any:
        raise NotImplementedError

    def _hits(self, numbers: Sequence[int]) -> list[Json]:
        raise NotImplementedError

    def _vocabulary(self, field: str) -> FieldVocabulary:
        raise NotImplementedError

    def words(self) -> int:
        """How many words have all speeches together?"""
        return self.told.words

    def matching(self, request: Request) -> Ints:
        """Which speeches answer the request's query within its filters?"""
        return numbers_in(self._one({"query": self._wanted(request), "aggs": {"numbers": set_of("number")}}))

    def occurrences(self, request: Request) -> Occurrences:
        """Where do the words that the request's query asks for stand, in the speeches that answer it?"""
        found = array("q")
        for hit in self._all(self._wanted(request)):
            deadline.check()
            item = scanned_from(hit, self._profile.fields)
            for first, last in item.spans(request.query):
                found.extend((item.number, first, last))
            if len(found) > 3 * _MOST_OCCURRENCES:
                raise _too_many(request.query)
        return Occurrences(*np.asarray(found).reshape(-1, 3).T.copy())

    def lengths(self) -> Ints:
        """How many words has the text of each speech?"""
        return self._column("length")

    def dates(self) -> Dates:
        """On which days may each speech have been held?"""
        return Dates(self._column("f.date_first"), self._column("f.date_last"))

    def ranks(self, speeches: Ints) -> Ints:
        """Which place has each of `speeches` in the order of ids?"""
        ranks = np.zeros(self.told.speeches, np.int64)
        for rank, hit in enumerate(self._all(EVERYTHING, ["number"], sort="f.id")):
            ranks[hit["fields"]["number"][0]] = rank
        return ranks[speeches]

    def column(self, facet: str) -> FacetColumn:
        """Which values has each speech in the facet `facet`?"""
        field = field_of(facet)
        codes: dict[str, int] = {}
        speeches: list[int] = []
        firsts: list[int] = []
        for hit in self._all({"exists": {"field": field}}, ["number", field]):
            for value in hit["fields"][field]:
                speeches.append(hit["fields"]["number"][0])
                firsts.append(codes.setdefault(value, len(codes)))
        values = sorted(codes)
        place = np.zeros(len(codes), np.int64)
        for new, value in enumerate(values):
            place[codes[value]] = new
        return FacetColumn(values, integers(speeches), place[integers(firsts)])

    def vocabulary(self) -> Vocabulary:
        """How often does each literal form stand in the whole index?"""
        return self._vocabulary("text").counts

    def forms(self, codes: Ints) -> list[str]:
        """Which literal forms have these codes?"""
        terms = self._vocabulary("text").terms
        return [terms[code] for code in codes.tolist()]

    def form_counts(self, numbers: Ints) -> Ints:
        """How often does each form of the vocabulary stand in the speeches `numbers`?"""
        code_of = self._codes()
        counts = np.zeros(len(code_of), np.int64)
        for forms, _ in self._analysed(numbers.tolist()):
            np.add.at(counts, [code_of[form] for form in forms], 1)
        return counts

    def neighbours(self, found: Occurrences, window: int) -> Neighbours:
        """Which words stand at most `window` positions beside what was `found`, and how often?"""
        code_of = self._codes()
        together, left, right = (np.zeros(len(code_of), np.int64) for _ in range(3))
        numbers, starts = np.unique(found.speeches, return_index=True)
        ends = [*starts[1:].tolist(), len(found)]
        for start, end, (forms, places) in zip(starts.tolist(), ends, self._analysed(numbers.tolist()), strict=True):
            at = {place: code_of[form] for form, place in zip(forms, places, strict=True)}
            before = {first - near for first in found.firsts[start:end].tolist() for near in range(1, window + 1)}
            behind = {last + near for last in found.lasts[start:end].tolist() for near in range(1, window + 1)}
            for counts, beside in ((together, before | behind), (left, before), (right, behind)):
                np.add.at(counts, [at[place] for place in beside if place in at], 1)
        return Neighbours(together, left, right)

    def tokens(self, numbers: Ints) -> TokenRun:
        """Which words stand in the texts of the speeches `numbers`?"""
        code_of = self._codes()
        codes: list[int] = []
        positions: list[int] = []
        starts = [0]
        for forms, places in self._analysed(numbers.tolist()):
            codes += [code_of[form] for form in forms]
            positions += places
            starts.append(len(codes))
        return TokenRun(integers(codes), integers(positions), integers(starts))

    def codes_at(self, speeches: Ints, positions: Ints) -> Ints:
        """Which form stands in each of `speeches` at its position?"""
        code_of = self._codes()
        found = np.full(len(speeches), -1, np.int64)
        order = np.argsort(speeches, kind="stable")
        wanted, firsts = np.unique(speeches[order], return_index=True)
        asked = np.split(order, firsts[1:])
        for places, (forms, at) in zip(asked, self._analysed(wanted.tolist()), strict=False):
            standing = dict(zip(at, forms, strict=True))
            held = [standing.get(position) for position in positions[places].tolist()]
            found[places] = [-1 if form is None else code_of[form] for form in held]
        return found

    # ------------------------------------------------------------------------------------------------------------------

    def _wanted(self, request: Request) -> Json:
        conditions = [self._compiler.compile(query) for query in request.filters.values()]
        return unscored(filtered(self._compiler.compile(request.query), conditions))

    def _one(self, body: Json) -> Any:
        aggregated = self._ask({"size": 0, **body})[0]["aggregations"]
        return next(iter(aggregated.values()))

    def _column(self, field: str) -> Ints:
        """The values of a whole-number field by number: read once, since a generation does not change."""
        known = self._columns.get(field)
        if known is not None:
            return known
        column = np.zeros(self.told.speeches, np.int64)
        for hit in self._all(EVERYTHING, ["number", field]):
            fields = hit["fields"]
            column[fields["number"][0]] = fields.get(field, [0])[0]
        self._columns[field] = column
        return column

    def _codes(self) -> dict[str, int]:
        return {form: code for code, form in enumerate(self._vocabulary("text").terms)}

    def _analysed(self, numbers: Sequence[int]) -> Iterator[tuple[list[str], list[int]]]:
        """Forms and positions of the texts of these speeches, in the order asked."""
        size = 500
        for start in range(0, len(numbers), size):
            some = numbers[start : start + size]
            speeches = {hit["_source"]["number"]: written_in(hit) for hit in self._hits(sorted(set(some)))}
            for number in some:
                analysis = analyze(speeches[number].text, speeches[number].notes)
                yield analysis.forms, analysis.positions


def _too_many(query: Any) -> QueryError:
    return QueryError(
        f"these words stand at more than {_MOST_OCCURRENCES:,} places, and a cluster is asked for at most so many; ask "
        "for rarer words or fewer speeches, or copy the index into a folder: searchkit copy",
        start=getattr(query, "startchar", None) or 0,
        end=getattr(query, "endchar", None) or 0,
    )
