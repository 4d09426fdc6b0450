"""Answers a query tree over posting lists and columns, a whole list at a time.

Every kind of node stands in one table; a node that is not there raises, nothing is evaluated halfway.  An And begins
with its rarest part and asks the others about those speeches alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from searchkit import deadline
from searchkit.engines.embedded.answers import (
    NOTHING,
    Answer,
    Numbers,
    Scores,
    contained,
    intersection,
    optional,
    union,
)
from searchkit.engines.embedded.arrays import Array
from searchkit.engines.embedded.columns import Columns
from searchkit.engines.embedded.expansion import Terms, all_terms, chosen_terms, speeches_with
from searchkit.engines.embedded.nearby import near_in_stream
from searchkit.engines.embedded.phrases import phrase_speeches
from searchkit.engines.embedded.postings import PostingsReader
from searchkit.engines.embedded.scores import SCORED, Scorer
from searchkit.engines.embedded.side import SideColumns
from searchkit.engines.embedded.span_finder import SpanFinder
from searchkit.engines.embedded.word_scores import word_scores
from searchkit.engines.naming import EXACT_PEOPLE, PEOPLE
from searchkit.query import Query, nodes, positive_words, unknown_node

__all__ = ["Evaluator", "Sources"]

_DATES = ("date_first", "date_last")
"""Numeric fields: first and last day of a speech's date, as ordinals; 0 in their columns stands for no date."""
_PEOPLE = {**{field: field for field in PEOPLE}, **EXACT_PEOPLE}
"""Fields of the index that hold people -> speaker or quoting."""


@dataclass(frozen=True, slots=True)
class Sources:
    """What of one index a query is answered from."""

    postings: PostingsReader
    columns: Columns
    side: SideColumns
    spans: SpanFinder
    scorer: Scorer


class Evaluator:
    """Evaluates the trees of one request; what it has found once it does not look for again."""

    def __init__(self, sources: Sources) -> None:
        self._postings = sources.postings
        self._columns = sources.columns
        self._side = sources.side
        self._spans = sources.spans
        self._scorer = sources.scorer
        self._phrases: dict[int, tuple[Any, Numbers]] = {}

    def evaluate(self, query: Query, *, scored: bool = True) -> Answer:
        """Which speeches does `query` match, and how well?  Raises QueryError for a node it does not know.

        Where nobody asks how well (`scored` false), the scores that come with the answer mean nothing.
        """
        if query.is_leaf() and getattr(query, "fieldname", None) in _PEOPLE:
            return self._people(query)
        deadline.check()
        for kind in type(query).__mro__:
            method = _METHODS.get(kind)
            if method is not None:
                return method(self, query, scored)
        raise unknown_node(query)

    # -- leaves --------------------------------------------------------------------------------------------------------

    def _term(self, query: Any, scored: bool) -> Answer:
        postings = self._postings.read(query.fieldname, query.text)
        if not scored or query.fieldname not in SCORED or not len(postings):
            return Answer.constant(postings.speeches, 0.0)
        return Answer(postings.speeches, self._scorer.all(query.fieldname, postings)).times(query.boost)

    def _phrase(self, query: Any, scored: bool) -> Answer:
        # By identity: the tree holds the phrase of its first tier once, and the request asks for it twice.
        _, speeches = self._phrases.get(id(query)) or (query, phrase_speeches(query, self._postings))
        self._phrases[id(query)] = query, speeches
        if not scored or query.fieldname not in SCORED or not len(speeches):
            return Answer.constant(speeches, 0.0)
        scores = self._sums(speeches, (nodes.Term(query.fieldname, word) for word in query.words))
        return Answer(speeches, scores).times(query.boost)

    def _pattern(self, query: Any, _scored: bool) -> Answer:
        return self._any_of(query, chosen_terms(query, self._postings))

    def _any_of(self, query: Any, terms: Sequence[Terms]) -> Answer:
        mask = speeches_with(query.fieldname, terms, self._postings, len(self._columns))
        if self._columns.live is not None:
            mask &= self._columns.live
        return Answer(None, None, query.boost, mask=mask)

    def _placed(self, query: Any, scored: bool) -> Answer:
        """What asks where words stand, scored as the sum of its words."""
        speeches = near_in_stream(query, self._postings) if isinstance(query, nodes.Near) else None
        if speeches is None:
            among = None
            if isinstance(query, nodes.Near):
                sides = [self.evaluate(side, scored=False).speeches for side in query.children()]
                among = sides[0][contained(sides[0], sides[1])]
                if not len(among):
                    return NOTHING
            speeches = self._spans.speeches(query, among)
        if not scored or not len(speeches):
            return Answer.constant(speeches, 0.0)
        return Answer(speeches, self._sums(speeches, positive_words(query))).times(query.boost)

    def _sums(self, speeches: Numbers, words: Iterable[Any]) -> Scores:
        """The scores of all `words` in each of `speeches`, added up."""
        found = Answer.constant(speeches, 0.0)
        return word_scores(
            speeches, list(words), self._postings, self._scorer, lambda word: self._narrow(found, word, True)
        )

    def _every(self, query: Any, _scored: bool) -> Answer:
        if query.fieldname in (None, "*"):
            return Answer.constant(self._all(), query.boost)
        if query.fieldname in _DATES:
            return Answer.constant(self._living(self._columns[query.fieldname] > 0), query.boost)
        return self._any_of(query, all_terms(query.fieldname, self._postings))

    def _all(self) -> Numbers:
        live = self._columns.live
        return np.arange(len(self._columns), dtype=np.int64) if live is None else np.flatnonzero(live)

    def _living(self, mask: Array) -> Numbers:
        live = self._columns.live
        return np.flatnonzero(mask if live is None else mask & live)

    def _range(self, query: Any, _scored: bool) -> Answer:
        return Answer.constant(self._living(self._inside(query, None)), query.boost)

    def _inside(self, query: Any, speeches: Numbers | None) -> Array:
        """Which speeches (all, or each of `speeches`) does a range of days hold?"""
        if query.fieldname not in _DATES or query.startexcl or query.endexcl:
            raise unknown_node(query)
        days = self._columns[query.fieldname]
        if speeches is not None:
            days = days.take(speeches)
        inside = days > 0 if query.start is None else days >= max(query.start, 1)
        if query.end is not None:
            inside &= days <= query.end
        return np.asarray(inside)

    def _people(self, query: Any) -> Answer:
        """A leaf on speakers or people quoted: which combinations of names does it match, and who has those?"""
        field = _PEOPLE[query.fieldname]
        speeches = self._side.speeches(field, self._side.postings(field).matching(query))
        live = self._columns.live
        constant = isinstance(query, (nodes.Prefix, nodes.Wildcard, nodes.Fuzzy, nodes.Every))
        return Answer.constant(speeches if live is None else speeches[live[speeches]], query.boost if constant else 0.0)

    def _filter(self, query: Any, _scored: bool) -> Answer:
        return Answer.constant(self._and(query, False).speeches, 0.0)

    # -- branches ------------------------------------------------------------------------------------------------------

    def _and(self, query: Any, scored: bool) -> Answer:
        children = query.children() if not isinstance(query, nodes.And) else query.subqueries
        wanted = sorted((child for child in children if not isinstance(child, nodes.StockNot)), key=self._size)
        answer = self.evaluate(wanted[0], scored=scored) if wanted else Answer.constant(self._all(), 0.0)
        for child in wanted[1:]:
            answer = self._narrow(answer, child, scored)
        for child in children:
            if isinstance(child, nodes.StockNot):
                answer = answer.where(~self._held(child.query, answer.speeches))
        return answer.times(query.boost)

    def _narrow(self, answer: Answer, query: Any, scored: bool) -> Answer:
        """The part of `answer` that matches `query` too; scores add up."""
        query = _bare(query)
        if type(query) is nodes.Term and query.fieldname not in _PEOPLE:
            postings = self._postings.read(query.fieldname, query.text)
            places, frequencies = postings.locate(answer.speeches)
            answer = answer.at(places)
            if not scored or query.fieldname not in SCORED or not len(answer):
                return answer
            scores = self._scorer.some(query.fieldname, len(postings), answer.speeches, frequencies)
            return Answer(answer.speeches, answer.scores + scores * np.float32(query.boost))
        if isinstance(query, nodes.DateWithin):
            for part in query.subqueries:
                answer = answer.where(self._inside(part, answer.speeches))
            return answer
        return intersection([answer, self.evaluate(query, scored=scored)])

    def _held(self, query: Any, speeches: Numbers) -> Array:
        """Which of `speeches` match `query`?"""
        query = _bare(query)
        if type(query) is nodes.Term and query.fieldname not in _PEOPLE:
            mask = np.zeros(len(speeches), bool)
            mask[self._postings.read(query.fieldname, query.text).locate(speeches)[0]] = True
            return mask
        return contained(speeches, self.evaluate(query, scored=False).speeches)

    def _size(self, query: Any) -> float:
        """How many speeches match `query` at most, as far as that is told without evaluating it?"""
        query = _bare(query)
        if type(query) is nodes.Term and query.fieldname not in _PEOPLE:
            return len(self._postings.read(query.fieldname, query.text))
        if isinstance(query, nodes.StockPhrase) and query.fieldname not in _PEOPLE:
            return min((len(self._postings.read(query.fieldname, word)) for word in query.words), default=0)
        if isinstance(query, nodes.Or):
            return sum(map(self._size, query.subqueries))
        return float("inf")

    def _or(self, query: Any, scored: bool) -> Answer:
        return union(self._each(query, scored)).times(query.boost)

    def _best(self, query: Any, scored: bool) -> Answer:
        return union(self._each(query, scored), best=True).times(query.boost)

    def _each(self, query: Any, scored: bool) -> Sequence[Answer]:
        return [self.evaluate(child, scored=scored) for child in query.subqueries]

    def _not(self, query: Any, _scored: bool) -> Answer:
        everyone = self._all()
        return Answer.constant(everyone[~self._held(query.query, everyone)], 0.0)

    def _and_maybe(self, query: Any, scored: bool) -> Answer:
        required = self.evaluate(query.a, scored=scored)
        extra = self.evaluate(query.b, scored=scored)
        return (optional(required, extra) if scored else required).times(query.boost)

    def _constant(self, query: Any, _scored: bool) -> Answer:
        return Answer.constant(self.evaluate(query.child, scored=False).speeches, query.score)

    def _nothing(self, _query: Any, _scored: bool) -> Answer:
        return NOTHING


def _bare(query: Any) -> Any:
    """An Or of one part without a boost is that part."""
    while isinstance(query, nodes.Or) and len(query.subqueries) == 1 and query.boost == 1.0:
        query = query.subqueries[0]
    return query


_METHODS: dict[type, Callable[[Evaluator, Any, bool], Answer]] = {
    nodes.Term: Evaluator._term,
    nodes.StockPhrase: Evaluator._phrase,
    nodes.Prefix: Evaluator._pattern,
    nodes.Wildcard: Evaluator._pattern,
    nodes.Fuzzy: Evaluator._pattern,
    nodes.Near: Evaluator._placed,
    nodes.Cased: Evaluator._placed,
    nodes.Said: Evaluator._placed,
    nodes.Every: Evaluator._every,
    nodes.NumericRange: Evaluator._range,
    nodes.DateWithin: Evaluator._filter,
    nodes.NoValue: Evaluator._filter,
    nodes.AllBut: Evaluator._filter,
    nodes.And: Evaluator._and,
    nodes.Or: Evaluator._or,
    nodes.DisjunctionMax: Evaluator._best,
    nodes.StockNot: Evaluator._not,
    nodes.AndMaybe: Evaluator._and_maybe,
    nodes.ConstantScoreQuery: Evaluator._constant,
    type(nodes.NullQuery): Evaluator._nothing,
}
