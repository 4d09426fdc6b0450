"""From the query tree to the query DSL: which documents does the cluster have to find?

What Lucene's positions answer exactly is sent as it is.  A form that they do not (a chain of words each near the one
before, NEAR of whole phrases) is a set of documents: `resolve` answers with it.  Nothing is sent that finds other
documents than the tree means.
"""

from __future__ import annotations

import fnmatch
import itertools
import re
from collections.abc import Callable, Sequence
from typing import Any

from searchkit.engines.cluster.connection import Json
from searchkit.engines.cluster.dsl import (
    EVERYTHING,
    NOTHING,
    all_of,
    any_of,
    boosted,
    conditions,
    exactly,
    one_of,
    unscored,
)
from searchkit.engines.cluster.mapping import joined, kept, token_fields
from searchkit.query import (
    MAX_EXPANSION,
    TEXT_STREAMS,
    Query,
    nodes,
    one_edit_apart,
    positive_words,
    too_many_words,
    unknown_node,
)
from searchkit.schema import Field, exact_name

__all__ = ["Compiler"]

_DATES = ("date_first", "date_last")
_MOST_ALTERNATIVES = 200
"""Terms on one side of a NEAR that is sent as intervals; more are looked at one speech after the other."""


class _NotByPositions(Exception):
    """Raised for a form that Lucene's positions do not answer exactly."""


class Compiler:
    """Compiles trees for one generation."""

    def __init__(
        self,
        fields: tuple[Field, ...],
        terms_in: Callable[[str], Sequence[str]],
        resolve: Callable[[Query, Json], Json],
    ) -> None:
        """`terms_in`: the terms of a field; `resolve`: what finds the documents of a tree among those of a query."""
        self._tokens = frozenset(token_fields(fields))
        self._terms_in = terms_in
        self._resolve = resolve

    def compile(self, query: Query) -> Json:
        """Which query finds the documents that the tree means, scored by its words?  Raises QueryError."""
        return _Scope(self, "f.", None).compile(query)

    # -- the words of patterns -----------------------------------------------------------------------------------------

    def expanded(self, query: Any) -> list[str]:
        """Which terms of the index does this Prefix, Wildcard or Fuzzy stand for?  Raises QueryError for too many."""
        terms = self._terms_in(query.fieldname)
        if isinstance(query, nodes.Fuzzy):
            return [term for term in terms if one_edit_apart(query.text, term)]
        pattern = re.compile(fnmatch.translate(query.text + "*" * isinstance(query, nodes.Prefix)))
        found = [term for term in terms if pattern.match(term)]
        if len(found) > MAX_EXPANSION:
            raise too_many_words(query)
        return found


class _Scope:
    """Compiles for whole speeches, or for one stretch of direct speech."""

    def __init__(self, compiler: Compiler, path: str, fields: frozenset[str] | None) -> None:
        """`fields`: those that have words there; None for all."""
        self._compiler = compiler
        self._path = path
        self._fields = fields

    def compile(self, query: Query) -> Json:
        for kind in type(query).__mro__:
            form = _FORMS.get(kind)
            if form is not None:
                break
        else:
            raise unknown_node(query)
        try:
            compiled = form(self, query)
        except _NotByPositions:
            if self._fields is not None:
                raise  # the whole of the said: is looked at
            compiled = self._looked_at(query)
        return boosted(compiled, query)

    def _looked_at(self, query: Any) -> Json:
        """The documents in which each word that must be there is, looked at one after the other."""
        words = list(positive_words(query))
        found = self._compiler._resolve(query, unscored(self.compile(_necessary(query))))
        return {"bool": {"filter": [found], "should": [self._word(word) for word in words if self._is_plain(word)]}}

    def _is_plain(self, word: Any) -> bool:
        return isinstance(word, (nodes.Term, nodes.StockPhrase))

    # -- words ---------------------------------------------------------------------------------------------------------

    def _has(self, field: str) -> bool:
        return self._fields is None or field in self._fields

    def _at(self, field: str) -> str:
        return f"{self._path}{field}"

    def _holds_tokens(self, field: str) -> bool:
        return self._has(field) and field in self._compiler._tokens

    def _term(self, query: Any) -> Json:
        field = query.fieldname
        if not self._has(field):
            return NOTHING
        if field in self._compiler._tokens:
            found: Json = {"term": {self._at(field): kept(query.text)}}
            return found if field in _SCORED else unscored(found)
        return unscored({"term": {self._at(field): query.text}})

    def _word(self, query: Any) -> Json:
        """The words of a Term or a phrase, for their scores."""
        if isinstance(query, nodes.Term):
            return self._term(query)
        terms = [nodes.Term(query.fieldname, word) for word in query.words]
        return all_of(self._term(term) for term in terms)

    def _pattern(self, query: Any) -> Json:
        if not self._has(query.fieldname):
            return NOTHING
        terms = [kept(term) for term in self._compiler.expanded(query)]
        return {"constant_score": {"filter": {"terms": {self._at(query.fieldname): terms}}}} if terms else NOTHING

    def _phrase(self, query: Any) -> Json:
        if not self._holds_tokens(query.fieldname) or not query.words:
            return NOTHING
        if len(query.words) == 1:
            return self._term(nodes.Term(query.fieldname, query.words[0]))
        placed = self._in_a_row(query) if query.slop == 1 else self._in_order(query)
        # a phrase scores as the sum of its words
        return {"bool": {"filter": [placed], "must": [self._word(query)]}}

    def _in_a_row(self, query: Any) -> Json:
        offsets = list(getattr(query, "offsets", None) or range(len(query.words)))
        if any(one >= other for one, other in itertools.pairwise(offsets)):
            raise _NotByPositions
        return {"match_phrase": {self._at(query.fieldname): joined(query.words, offsets)}}

    def _in_order(self, query: Any) -> Json:
        # of three words the nearest pair may stand too far from the third where another pair does not
        if len(query.words) != 2 or query.words[0] == query.words[1]:
            raise _NotByPositions
        sides = [exactly(word) for word in query.words]
        return self._intervals(query.fieldname, sides, query.slop, ordered=True)

    def _intervals(self, field: str, sides: list[Json], distance: int, *, ordered: bool) -> Json:
        rule = {"ordered": ordered, "max_gaps": distance - 1, "intervals": sides}
        return {"intervals": {self._at(field): {"all_of": rule}}}

    def _near(self, query: Any) -> Json:
        (left_field, left), (right_field, right) = self._single(query.left), self._single(query.right)
        if left_field != right_field or left & right:
            raise _NotByPositions
        if not left or not right or not self._holds_tokens(left_field):
            return NOTHING
        sides = [one_of(terms) for terms in (left, right)]
        found = self._intervals(left_field, sides, query.distance, ordered=False)
        return {"bool": {"filter": [found], "should": [self._word(word) for word in positive_words(query)]}}

    def _single(self, query: Any) -> tuple[str, frozenset[str]]:
        """Which words of which field can stand here, each of one position?"""
        if isinstance(query, nodes.Term):
            return query.fieldname, frozenset((query.text,))
        if isinstance(query, nodes.Or) and query.children():
            parts = [self._single(child) for child in query.children()]
            if len({field for field, _ in parts}) == 1:
                found = frozenset().union(*(terms for _, terms in parts))
                if len(found) <= _MOST_ALTERNATIVES:
                    return parts[0][0], found
        raise _NotByPositions

    def _cased(self, query: Any) -> Json:
        literal = [self._word(word) for word in positive_words(query)]
        return {"bool": {"filter": [unscored(self.compile(query.words))], "should": literal}}

    def _said(self, query: Any) -> Json:
        if self._fields is not None:
            raise unknown_node(query)
        inside = _Scope(self._compiler, "said.", frozenset((*TEXT_STREAMS,)))
        quoted = [inside.compile(query.words)]
        if query.person is not None:
            quoted.append(_Scope(self._compiler, "said.", _PERSON).compile(query.person))
        words = [self._word(word) for word in positive_words(query) if self._is_plain(word)]
        in_quotes = {"nested": {"path": "said", "query": conditions(quoted), "score_mode": "none"}}
        if query.person is not None:
            return {"bool": {"filter": [in_quotes], "should": words}}
        owned = {"term": {"owned": True}}
        own = conditions([owned, _Scope(self._compiler, "f.", frozenset(TEXT_STREAMS)).compile(query.words)])
        others = {"bool": {"filter": [in_quotes], "must_not": [owned]}}
        return {"bool": {"filter": [any_of([own, others])], "should": words}}

    # -- everything else -----------------------------------------------------------------------------------------------

    def _every(self, query: Any) -> Json:
        if query.fieldname in (None, "*"):
            return {"constant_score": {"filter": EVERYTHING}}
        if self._fields is not None:
            raise unknown_node(query)
        return {"constant_score": {"filter": {"exists": {"field": self._at(query.fieldname)}}}}

    def _range(self, query: Any) -> Json:
        if query.fieldname not in _DATES or query.startexcl or query.endexcl or self._fields is not None:
            raise unknown_node(query)
        bounds = {name: bound for name, bound in (("gte", query.start), ("lte", query.end)) if bound is not None}
        return {"constant_score": {"filter": {"range": {self._at(query.fieldname): bounds}}}}

    def _all(self, query: Any) -> Json:
        present = [self.compile(child) for child in query.children() if not isinstance(child, nodes.StockNot)]
        absent = [self.compile(child.query) for child in query.children() if isinstance(child, nodes.StockNot)]
        if isinstance(query, (nodes.DateWithin, nodes.NoValue, nodes.AllBut)):
            return {"bool": {"filter": present, "must_not": absent}}
        return {"bool": {"must": present, "must_not": absent}} if present or absent else EVERYTHING

    def _any(self, query: Any) -> Json:
        return any_of([self.compile(child) for child in query.children()])

    def _best(self, query: Any) -> Json:
        parts = [self.compile(child) for child in query.children()]
        return {"dis_max": {"queries": parts}} if parts else NOTHING

    def _absent(self, query: Any) -> Json:
        return {"bool": {"must_not": [self.compile(query.query)]}}

    def _perhaps(self, query: Any) -> Json:
        return {"bool": {"must": [self.compile(query.a)], "should": [self.compile(query.b)]}}

    def _constant(self, query: Any) -> Json:
        return {"constant_score": {"filter": self.compile(query.child), "boost": float(query.score)}}

    def _never(self, _query: Any) -> Json:
        return NOTHING


def _necessary(query: Any) -> Any:
    """Which tree holds at least wherever `query` does, and asks for no places?"""
    if isinstance(query, (nodes.Term, nodes.Prefix, nodes.Wildcard, nodes.Fuzzy)):
        return query
    if isinstance(query, nodes.StockPhrase):
        return nodes.And([nodes.Term(query.fieldname, word) for word in query.words])
    if isinstance(query, nodes.StockNot) or not query.children():
        return nodes.Every()
    parts = [_necessary(child) for child in query.children()]
    return nodes.Or(parts) if isinstance(query, (nodes.Or, nodes.DisjunctionMax)) else nodes.And(parts)


_SCORED = frozenset(("text", "stems", "title", "event"))
_PERSON = frozenset(("quoting", exact_name("quoting")))

_FORMS: dict[type, Callable[[_Scope, Any], Json]] = {
    nodes.Term: _Scope._term,
    nodes.StockPhrase: _Scope._phrase,
    nodes.Prefix: _Scope._pattern,
    nodes.Wildcard: _Scope._pattern,
    nodes.Fuzzy: _Scope._pattern,
    nodes.Near: _Scope._near,
    nodes.Said: _Scope._said,
    nodes.Cased: _Scope._cased,
    nodes.Every: _Scope._every,
    nodes.NumericRange: _Scope._range,
    nodes.And: _Scope._all,
    nodes.Or: _Scope._any,
    nodes.DisjunctionMax: _Scope._best,
    nodes.StockNot: _Scope._absent,
    nodes.AndMaybe: _Scope._perhaps,
    nodes.ConstantScoreQuery: _Scope._constant,
    type(nodes.NullQuery): _Scope._never,
}
