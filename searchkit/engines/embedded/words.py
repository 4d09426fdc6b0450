"""The words of an index as arrays, for those who count: spans from posting lists, streams of tokens, columns."""

from __future__ import annotations

from searchkit.engines.arrays import Dates, FacetColumn, Ints, Neighbours, Occurrences, TokenRun, Vocabulary
from searchkit.engines.base import Request
from searchkit.engines.embedded.answers import Numbers
from searchkit.engines.embedded.columns import Columns
from searchkit.engines.embedded.damage import damage_is_named
from searchkit.engines.embedded.evaluator import Evaluator, Sources
from searchkit.engines.embedded.postings import PostingsReader
from searchkit.engines.embedded.side import SideColumns
from searchkit.engines.embedded.span_finder import SpanFinder
from searchkit.engines.embedded.stream import ForwardStream
from searchkit.engines.naming import PEOPLE

__all__ = ["EmbeddedWords"]


class EmbeddedWords:
    """Answers those methods of an Engine that count words."""

    _dates: Dates | None = None
    _postings: PostingsReader
    _columns: Columns
    _side: SideColumns
    _sources: Sources
    _spans: SpanFinder
    _stream: ForwardStream

    @damage_is_named
    def matching(self, request: Request) -> Ints:
        """Which speeches answer the request's query within its filters?"""
        return self._matching(request)

    @damage_is_named
    def occurrences(self, request: Request) -> Occurrences:
        """Where do the words that the request's query asks for stand, in the speeches that answer it?"""
        answering = self._matching(request)
        return self._spans.of_text().find(request.query).within(answering, len(self._columns))

    @damage_is_named
    def lengths(self) -> Ints:
        """How many words has the text of each speech?"""
        return self._columns["length_text"]

    @damage_is_named
    def dates(self) -> Dates:
        """On which days may each speech have been held?"""
        if self._dates is None:
            self._dates = Dates(self._columns["date_first"], self._columns["date_last"])
        return self._dates

    @damage_is_named
    def ranks(self, speeches: Ints) -> Ints:
        """Which place has each of `speeches` in the order of ids?"""
        return self._columns.ranks(speeches)

    @damage_is_named
    def column(self, facet: str) -> FacetColumn:
        """Which values has each speech in the facet `facet`?"""
        return self._side.facet(facet) if facet in PEOPLE else self._columns.facet(facet)

    @damage_is_named
    def vocabulary(self) -> Vocabulary:
        """How often does each literal form stand in the whole index?"""
        return self._stream.vocabulary

    @damage_is_named
    def forms(self, codes: Ints) -> list[str]:
        """Which literal forms have these codes?"""
        return self._stream.forms(codes)

    @damage_is_named
    def form_counts(self, numbers: Ints) -> Ints:
        """How often does each form stand in the speeches `numbers`?"""
        return self._stream.form_counts(numbers)

    @damage_is_named
    def neighbours(self, found: Occurrences, window: int) -> Neighbours:
        """Which words stand at most `window` positions beside what was `found`, and how often?"""
        return self._stream.neighbours(found, window)

    @damage_is_named
    def tokens(self, numbers: Ints) -> TokenRun:
        """Which words stand in the texts of the speeches `numbers`?"""
        return self._stream.run(numbers)

    @damage_is_named
    def codes_at(self, speeches: Ints, positions: Ints) -> Ints:
        """Which form stands in each of `speeches` at its position?"""
        return self._stream.codes_at(speeches, positions)

    def _matching(self, request: Request) -> Numbers:
        evaluator = Evaluator(self._sources)
        answer = evaluator.evaluate(request.query, scored=False)
        for query in request.filters.values():
            answer = answer.within(evaluator.evaluate(query, scored=False).speeches)
        return answer.speeches
