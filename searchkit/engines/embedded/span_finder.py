"""Where the words of a query stand in all speeches at once: from posting lists, an array at a time.

The plain form of the same rules is query/occurrences.py; the contract tests hold the two equal.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from searchkit import deadline
from searchkit.engines.embedded.answers import Numbers
from searchkit.engines.embedded.expansion import chosen_terms, in_words
from searchkit.engines.embedded.phrases import phrase_spans
from searchkit.engines.embedded.postings import PostingsReader
from searchkit.engines.embedded.spans import (
    NO_SPANS,
    Spans,
    following,
    inside,
    near,
    near_speeches,
    outside,
    union,
)
from searchkit.engines.embedded.stretches import DirectSpeech, holding
from searchkit.query import Query, nodes

__all__ = ["SpanFinder"]

_FIELDS = ("text", "stems")
_OF_ONE_FIELD = (nodes.Term, nodes.Prefix, nodes.Wildcard, nodes.Fuzzy, nodes.StockPhrase)


class SpanFinder:
    """Finds the spans of query trees in one index."""

    def __init__(
        self,
        postings: PostingsReader,
        direct: DirectSpeech,
        *,
        fields: Sequence[str] | None = None,
        inside: Spans | None = None,
    ) -> None:
        """Words of other fields than `fields` (None: any), and those that reach out of `inside`, have no span."""
        self._postings = postings
        self._direct = direct
        self._fields = fields
        self._inside = inside
        self._among: Numbers | None = None

    def of_text(self, inside: Spans | None = None) -> SpanFinder:
        """Which finder finds the spans in the text alone, and only those `inside`?"""
        return SpanFinder(self._postings, self._direct, fields=_FIELDS, inside=inside)

    def find(self, query: Query) -> Spans:
        """Where do the words that `query` asks for stand?  In every speech, whether or not it answers the query."""
        deadline.check()
        for kind in type(query).__mro__:
            finder = _FINDERS.get(kind)
            if finder is not None:
                if not self._looks_in(query):
                    return NO_SPANS
                spans = finder(self, query)
                return spans if self._inside is None else spans.where(inside(spans, self._inside))
        if isinstance(query, nodes.StockNot):
            return NO_SPANS
        if isinstance(query, nodes.Tiered):
            phrases = self.find(query.phrase)
            return union([phrases, outside(self.find(query.words), phrases)])
        return union([self.find(child) for child in query.children()])

    def speeches(self, query: Any, among: Numbers | None = None) -> Numbers:
        """Which speeches (`among` these) does `query`, a node of places.py, match?"""
        if isinstance(query, nodes.Near):
            finder = self if among is None else self._among_only(among)
            return near_speeches(finder.find(query.left), finder.find(query.right), query.distance)
        found = self._stretches(query) if isinstance(query, nodes.Said) else self.find(query)
        return found.speeches()

    def _stretches(self, query: Any) -> Spans:
        """In which stretches of direct speech do the words of `query`, a Said, hold?"""
        return holding(query, self._direct.stretches(query), self.of_text().find)

    def _looks_in(self, query: Any) -> bool:
        return self._fields is None or not isinstance(query, _OF_ONE_FIELD) or query.fieldname in self._fields

    def _among_only(self, speeches: Numbers) -> SpanFinder:
        finder = copy.copy(self)
        finder._among = speeches
        return finder

    def _term(self, query: Any) -> Spans:
        return self._words(query.fieldname, [query.text])

    def _pattern(self, query: Any) -> Spans:
        return self._words(query.fieldname, sorted(in_words(chosen_terms(query, self._postings))))

    def _words(self, field: str, terms: Sequence[str]) -> Spans:
        """Every place of any of `terms`: no two terms share one."""
        found = [self._postings.read(field, term).keys(self._among) for term in terms]
        if not found:
            return NO_SPANS
        keys = found[0] if len(found) == 1 else np.sort(np.concatenate(found))
        return Spans(keys, keys)

    def _phrase(self, query: Any) -> Spans:
        return phrase_spans(query, self._postings)

    def _near(self, query: Any) -> Spans:
        return near(self.find(query.left), self.find(query.right), query.distance)

    def _cased(self, query: Any) -> Spans:
        """What stands as the folded words, where each of them has its capitals."""
        cased, literal = query.words, query.literal
        if not isinstance(cased, nodes.StockPhrase):
            return self._with_capitals(self._words("text", [literal.text]), 0, literal.text, cased.text)
        words = list(zip(literal.words, cased.words, strict=True))
        if cased.slop == 1:
            spans = self.find(literal)
            for offset, (form, wanted) in zip(cased.offsets, words, strict=True):
                spans = self._with_capitals(spans, offset - cased.offsets[0], form, wanted)
            return spans
        finder = self._among_only(self.find(literal).speeches())
        places = [self._with_capitals(finder._words("text", [form]), 0, form, wanted) for form, wanted in words]
        return following([spans.firsts for spans in places], cased.slop)

    def _with_capitals(self, spans: Spans, offset: int, form: str, wanted: str) -> Spans:
        """Those of `spans` in which the word `form`, so many positions behind the first, stands as `wanted`."""
        from searchkit.engines.embedded.capitals import stand_as  # for `case:` alone

        return spans.where(np.flatnonzero(stand_as(form, wanted, spans.firsts + offset, self._postings)))

    def _said(self, query: Any) -> Spans:
        return self.of_text(self._stretches(query)).find(query.words)


_FINDERS: dict[type, Callable[[SpanFinder, Any], Spans]] = {
    nodes.Term: SpanFinder._term,
    nodes.Prefix: SpanFinder._pattern,
    nodes.Wildcard: SpanFinder._pattern,
    nodes.Fuzzy: SpanFinder._pattern,
    nodes.Near: SpanFinder._near,
    nodes.Said: SpanFinder._said,
    nodes.Cased: SpanFinder._cased,
    nodes.StockPhrase: SpanFinder._phrase,
}
