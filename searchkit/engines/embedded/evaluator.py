"""Answers a query tree over posting lists and columns, a whole list at a time.

Every kind of node stands in one table; a node that is not there raises, nothing is evaluated halfway.
"""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy as np

from searchkit import deadline
from searchkit.engines import scoring
from searchkit.engines.embedded.answers import NOTHING, Answer, Numbers, intersection, optional, union
from searchkit.engines.embedded.columns import Columns
from searchkit.engines.embedded.phrases import phrase_speeches
from searchkit.engines.embedded.postings import Postings, PostingsReader
from searchkit.engines.embedded.side import NamePostings, SideColumns
from searchkit.engines.embedded.span_finder import SpanFinder
from searchkit.engines.naming import EXACT_PEOPLE, PEOPLE
from searchkit.query import (
    MAX_EXPANSION,
    Query,
    nodes,
    one_edit_apart,
    positive_words,
    too_many_words,
    unknown_node,
)

__all__ = ["Evaluator"]

_SCORED = {"text": "text", "stems": "text", "title": "title", "event": "event"}
"""Fields whose words are scored by BM25, and the column of their lengths.  All others only choose: they score 0."""

_DATES = ("date_first", "date_last")
"""Numeric fields: first and last day of a speech's date, as ordinals; 0 in their columns stands for no date."""


_PEOPLE = {**{field: field for field in PEOPLE}, **EXACT_PEOPLE}
"""Fields of the index that hold people -> speaker or quoting."""


class Evaluator:
    """Evaluates query trees over one index."""

    def __init__(
        self,
        postings: PostingsReader | NamePostings,
        columns: Columns,
        side: SideColumns | None = None,
        spans: SpanFinder | None = None,
    ) -> None:
        """`side` and `spans` are those of the speeches; combinations of names have neither."""
        self._postings = postings
        self._columns = columns
        self._side = side
        self._spans = spans
        self._live = columns.live
        self._speeches = len(columns) if self._live is None else int(self._live.sum())
        self._norm = lru_cache(maxsize=None)(self._norms)

    def evaluate(self, query: Query) -> Answer:
        """Which speeches does `query` match, and how well?  Raises QueryError for a node it does not know."""
        field = _PEOPLE.get(getattr(query, "fieldname", None) or "") if query.is_leaf() else None
        if self._side is not None and field is not None:
            return self._people(query, field, self._side)
        deadline.check()
        for kind in type(query).__mro__:
            method = _METHODS.get(kind)
            if method is not None:
                return method(self, query)
        raise unknown_node(query)

    # -- leaves --------------------------------------------------------------------------------------------------------

    def _term(self, query: Any) -> Answer:
        return self._scored(query.fieldname, query.text).times(query.boost)

    def _scored(self, field: str, term: str) -> Answer:
        postings = self._postings.read(field, term)
        lengths = _SCORED.get(field)
        if lengths is None or not len(postings.speeches):
            return Answer.constant(postings.speeches, 0.0)
        weight = scoring.idf(self._speeches, len(postings.speeches))
        occurrences = postings.frequencies
        norm = self._norm(lengths)[postings.speeches]
        return Answer(postings.speeches, weight * occurrences * (scoring.K1 + 1) / (occurrences + norm))

    def _norms(self, field: str) -> Any:
        """The length norm of each speech in `field`: K1 * (1 - B + B * length / average)."""
        lengths = self._columns[f"length_{field}"]
        counted = lengths if self._live is None else lengths[self._live]
        average = float(counted.mean()) if len(counted) else 0.0
        table = np.asarray(scoring.LENGTHS)
        places = np.minimum(np.searchsorted(table, lengths), len(table) - 1)
        return scoring.K1 * (1 - scoring.B + scoring.B * table[places] / (average or 1.0))

    def _phrase(self, query: Any) -> Answer:
        words = [self._postings.read(query.fieldname, word) for word in query.words]
        if not words:
            return NOTHING
        offsets = getattr(query, "offsets", None) or range(len(words))
        speeches = phrase_speeches(words, offsets, query.slop)
        if query.fieldname not in _SCORED:
            return Answer.constant(speeches, 0.0)
        each = [self._scored(query.fieldname, word).within(speeches) for word in query.words]
        return intersection(each).times(query.boost)

    def _prefix(self, query: Any) -> Answer:
        return self._any_of(query, self._postings.terms(query.fieldname, query.text, MAX_EXPANSION))

    def _wildcard(self, query: Any) -> Answer:
        pattern = re.compile(fnmatch.translate(query.text))
        literal = re.split(r"[*?\[]", query.text, maxsplit=1)[0]
        terms = self._postings.terms(query.fieldname, literal, MAX_EXPANSION * 10)
        return self._any_of(query, [term for term in terms if pattern.match(term)])

    def _fuzzy(self, query: Any) -> Answer:
        terms = self._postings.all_terms(query.fieldname)
        return self._any_of(query, [term for term in terms if one_edit_apart(query.text, term)])

    def _placed(self, query: Any) -> Answer:
        """What asks where words stand, scored as the sum of its words."""
        if self._spans is None:
            raise unknown_node(query)
        speeches = self._spans.speeches(query)
        words = [self.evaluate(word).within(speeches) for word in positive_words(query)]
        return union([Answer.constant(speeches, 0.0), *words]).times(query.boost)

    def _any_of(self, query: Any, terms: list[str]) -> Answer:
        if len(terms) > MAX_EXPANSION:
            raise too_many_words(query)
        lists: list[Postings] = [self._postings.read(query.fieldname, term) for term in terms]
        if not lists:
            return NOTHING
        return Answer.constant(np.unique(np.concatenate([item.speeches for item in lists])), query.boost)

    def _every(self, query: Any) -> Answer:
        if query.fieldname in (None, "*"):
            return Answer.constant(self._all(), query.boost)
        if query.fieldname in _DATES:
            return Answer.constant(self._living(self._columns[query.fieldname] > 0), query.boost)
        held = [
            self._postings.read(query.fieldname, term).speeches for term in self._postings.all_terms(query.fieldname)
        ]
        return Answer.constant(np.unique(np.concatenate(held)), query.boost) if held else NOTHING

    def _all(self) -> Numbers:
        if self._live is not None:
            return np.flatnonzero(self._live)
        return np.arange(len(self._columns), dtype=np.int64)

    def _living(self, mask: Any) -> Numbers:
        return np.flatnonzero(mask if self._live is None else mask & self._live)

    def _range(self, query: Any) -> Answer:
        if query.fieldname not in _DATES or query.startexcl or query.endexcl:
            raise unknown_node(query)
        days = self._columns[query.fieldname]
        inside = days > 0
        if query.start is not None:
            inside &= days >= query.start
        if query.end is not None:
            inside &= days <= query.end
        return Answer.constant(self._living(inside), query.boost)

    def _people(self, query: Any, field: str, side: SideColumns) -> Answer:
        """A leaf on speakers or people quoted: which combinations of names does it match, and who has those?"""
        names = Evaluator(side.postings(field), self._columns).evaluate(query)
        if not len(names):
            return NOTHING
        speeches = side.speeches(field, names.speeches)
        if self._live is not None:
            speeches = speeches[self._live[speeches]]
        return Answer.constant(speeches, float(names.scores[0]))

    def _filter(self, query: Any) -> Answer:
        return Answer.constant(self._and(query).speeches, 0.0)

    # -- branches ------------------------------------------------------------------------------------------------------

    def _and(self, query: Any) -> Answer:
        wanted = [self.evaluate(child) for child in query.children() if not isinstance(child, nodes.StockNot)]
        answer = intersection(wanted) if wanted else Answer.constant(self._all(), 0.0)
        for child in query.children():
            if isinstance(child, nodes.StockNot):
                answer = answer.without(self.evaluate(child.query).speeches)
        return answer.times(query.boost)

    def _or(self, query: Any) -> Answer:
        return union([self.evaluate(child) for child in query.children()]).times(query.boost)

    def _best(self, query: Any) -> Answer:
        return union([self.evaluate(child) for child in query.children()], best=True).times(query.boost)

    def _not(self, query: Any) -> Answer:
        return Answer.constant(self._all(), 0.0).without(self.evaluate(query.query).speeches)

    def _and_maybe(self, query: Any) -> Answer:
        return optional(self.evaluate(query.a), self.evaluate(query.b)).times(query.boost)

    def _constant(self, query: Any) -> Answer:
        return Answer.constant(self.evaluate(query.child).speeches, query.score)

    def _nothing(self, _query: Any) -> Answer:
        return NOTHING


_METHODS: dict[type, Callable[[Evaluator, Any], Answer]] = {
    nodes.Term: Evaluator._term,
    nodes.StockPhrase: Evaluator._phrase,
    nodes.Prefix: Evaluator._prefix,
    nodes.Wildcard: Evaluator._wildcard,
    nodes.Fuzzy: Evaluator._fuzzy,
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
