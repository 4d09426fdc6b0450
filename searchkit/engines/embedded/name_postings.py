"""Which combinations of names does a query on people match?  There are few of them: dictionaries do."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from searchkit.engines.arrays import distinct
from searchkit.engines.embedded.answers import Numbers
from searchkit.engines.embedded.expansion import literal_of, matches
from searchkit.engines.embedded.spans import following, in_a_row
from searchkit.engines.naming import EXACT_PEOPLE, naming_terms
from searchkit.identity.side import Names
from searchkit.query import MAX_EXPANSION, nodes, too_many_words, unknown_node

__all__ = ["NamePostings"]


class NamePostings:
    """The words and the exact values of combinations of names, each by its place in the side columns."""

    def __init__(self, names: Iterable[tuple[int, Names]]) -> None:
        self._words: dict[str, list[int]] = {}
        """Term -> each of its occurrences as place * 2**32 + position, rising."""
        self._values: dict[str, list[int]] = {}
        for place, item in names:
            tokens, exact = naming_terms(item)
            for term, position in zip(tokens.terms, tokens.positions, strict=True):
                self._words.setdefault(term, []).append((place << 32) + position)
            for value in exact:
                self._values.setdefault(value, []).append(place << 32)

    def terms(self, field: str) -> list[str]:
        """Which terms are there in `field`, in order?"""
        return sorted(self._held(field))

    def keys(self, query: Any) -> Numbers:
        """Where do the names stand that `query`, a leaf, matches?  As place * 2**32 + position, rising."""
        held = self._held(query.fieldname)
        if isinstance(query, nodes.Term):
            return _keys([query.text], held)
        if isinstance(query, nodes.StockPhrase):
            return self._phrase(query, held)
        if isinstance(query, nodes.Every):
            return _keys(held, held)
        if isinstance(query, (nodes.Prefix, nodes.Wildcard, nodes.Fuzzy)):
            literal = "" if isinstance(query, nodes.Fuzzy) else literal_of(query.text)
            terms = matches(query, (term for term in held if term.startswith(literal)))
            if len(terms) > MAX_EXPANSION:
                raise too_many_words(query)
            return _keys(terms, held)
        raise unknown_node(query)

    def matching(self, query: Any) -> Numbers:
        """Which combinations of names does `query`, a leaf, match?  Rising."""
        return distinct(self.keys(query) >> 32)

    def _held(self, field: str) -> dict[str, list[int]]:
        return self._values if field in EXACT_PEOPLE else self._words

    def _phrase(self, query: Any, held: dict[str, list[int]]) -> Numbers:
        words = [_keys([word], held) for word in query.words]
        if not words or not all(map(len, words)):
            return np.empty(0, np.int64)
        offsets = getattr(query, "offsets", None) or range(len(words))
        return (in_a_row(words, offsets) if query.slop == 1 else following(words, query.slop)).firsts


def _keys(terms: Iterable[str], held: dict[str, list[int]]) -> Numbers:
    return np.sort(np.asarray([key for term in terms for key in held.get(term, ())], np.int64))
