"""Direct speech as arrays: which stretches are there, and in which of them does all that said: asks for hold?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from searchkit.analysis import ARTICLE
from searchkit.engines.embedded.answers import Numbers
from searchkit.engines.embedded.columns import Columns
from searchkit.engines.embedded.postings import PostingsReader
from searchkit.engines.embedded.side import SideColumns
from searchkit.engines.embedded.spans import Spans, places_in, union
from searchkit.query import Query, Streams, holds, named, nodes, unknown_node
from searchkit.schema import exact_name

__all__ = ["DirectSpeech", "holding"]

_END = 2**32 - 1
"""Behind the last position of any speech."""


class DirectSpeech:
    """The stretches of direct speech of one index; see query/stretches.py for what they are."""

    def __init__(self, postings: PostingsReader, columns: Columns, side: SideColumns) -> None:
        self._postings = postings
        self._columns = columns
        self._side = side

    def stretches(self, query: Any) -> Spans:
        """Which stretches may hold the words of `query`, a Said?  Rising; no two overlap."""
        quotes, people = self._quotes
        if query.person is None:
            return union([self._own, quotes.where(np.isin(quotes.firsts >> 32, self._articles))])
        meant = np.asarray([holds(query.person, person) for person in self._people], dtype=bool)
        return quotes.where(meant[people])

    @cached_property
    def _people(self) -> list[Streams]:
        return [named(names.all, names.values) for names in self._side.names]

    @cached_property
    def _articles(self) -> Numbers:
        return self._postings.read(exact_name("kind"), ARTICLE).speeches

    @cached_property
    def _own(self) -> Spans:
        """The speeches that are the speaker's own words, each a stretch from its first word to its last."""
        speaking = np.asarray(self._columns["length_text"] > 0)
        speaking[self._articles] = False
        if self._columns.live is not None:
            speaking &= self._columns.live
        firsts = np.flatnonzero(speaking).astype(np.int64) << 32
        return Spans(firsts, firsts + _END)

    @cached_property
    def _quotes(self) -> tuple[Spans, npt.NDArray[np.int64]]:
        """Every quotation but those within others, and for each the place of its person among the names."""
        base = self._columns["quote_speeches"].astype(np.int64) << 32
        firsts, lasts = base + self._columns["quote_first"], base + self._columns["quote_last"]
        order = np.lexsort((-lasts, firsts))
        firsts, lasts = firsts[order], lasts[order]
        farthest = np.maximum.accumulate(lasts)
        outermost = lasts >= firsts
        outermost[1:] &= firsts[1:] > farthest[:-1]
        people = np.asarray(self._side.quoted)[order].astype(np.int64)
        return Spans(firsts[outermost], lasts[outermost]), people[outermost]


def holding(query: Any, stretches: Spans, find: Callable[[Query], Spans]) -> Spans:
    """Within which of `stretches` do the words of `query`, a Said, hold?  `find` tells where words stand."""
    return stretches.where(_held(query.words, stretches, find))


def _held(query: Any, stretches: Spans, find: Callable[[Query], Spans]) -> Any:
    """For each of `stretches`: does `query` hold within it?"""
    if isinstance(query, nodes.StockNot):
        return ~_held(query.query, stretches, find)
    if isinstance(query, (nodes.And, nodes.Or, nodes.DisjunctionMax)):
        parts: Sequence[Any] = [_held(child, stretches, find) for child in query.children()]
        return np.logical_and.reduce(parts) if isinstance(query, nodes.And) else np.logical_or.reduce(parts)
    if isinstance(query, nodes.Every) and query.fieldname in (None, "*"):
        return np.ones(len(stretches), bool)
    if not isinstance(query, _WORDS):
        raise unknown_node(query)
    held = np.zeros(len(stretches), bool)
    places = places_in(find(query), stretches)
    held[places[places >= 0]] = True
    return held


_WORDS = (nodes.Term, nodes.StockPhrase, nodes.Prefix, nodes.Wildcard, nodes.Fuzzy, nodes.Near, nodes.Cased)
