"""Where the words that a query asks for stand in one speech: the tokens of each match, for highlights and counts."""

from __future__ import annotations

import bisect
import fnmatch
import itertools
import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any

from searchkit.query import nodes
from searchkit.query.matchers import follow

__all__ = ["Occurrence", "TokenStream", "occurrences", "phrase_occurrences"]

Occurrence = tuple[int, int]
"""Index of the first and of the last token of one match."""


class TokenStream:
    """The terms of one field of one speech, to be looked up by term."""

    def __init__(self, terms: Sequence[str], positions: Sequence[int]) -> None:
        self.terms = terms
        self.positions = positions

    @cached_property
    def places(self) -> dict[str, list[int]]:
        """Term -> indices of its tokens, rising."""
        places: defaultdict[str, list[int]] = defaultdict(list)
        for index, term in enumerate(self.terms):
            places[term].append(index)
        return dict(places)

    @cached_property
    def token_at(self) -> dict[int, int]:
        """Position -> index of the token there."""
        return {position: index for index, position in enumerate(self.positions)}


Streams = dict[str, TokenStream]


def occurrences(query: nodes.Query, streams: Streams) -> list[Occurrence]:
    """Where do the words and phrases that `query` asks for stand in `streams` (field -> tokens)?

    A phrase is one occurrence, from its first to its last token; what the query excludes has none.  Fields that are
    not among `streams` give none.  Each span once, in order.  Where unquoted words side by side stand as their exact
    phrase, the phrase is the occurrence, not each of its words.
    """
    return sorted(set(_occurrences(query, streams)))


def _occurrences(query: nodes.Query, streams: Streams) -> list[Occurrence]:
    for kind in type(query).__mro__:
        finder = _FINDERS.get(kind)
        if finder is not None:
            stream = streams.get(query.fieldname or "")
            return finder(query, stream) if stream is not None else []
    if isinstance(query, nodes.StockNot):
        return []
    if isinstance(query, nodes.Tiered):
        phrases = sorted(_occurrences(query.phrase, streams))
        return phrases + _outside(_occurrences(query.words, streams), phrases)
    return [span for child in query.children() for span in _occurrences(child, streams)]


def _outside(spans: list[Occurrence], phrases: list[Occurrence]) -> list[Occurrence]:
    """Those of `spans` that lie within none of `phrases` (rising)."""
    firsts = [first for first, _ in phrases]
    farthest = list(itertools.accumulate((last for _, last in phrases), max))
    return [
        (first, last)
        for first, last in spans
        if (before := bisect.bisect_right(firsts, first)) == 0 or farthest[before - 1] < last
    ]


def _term(query: Any, stream: TokenStream) -> list[Occurrence]:
    return [(index, index) for index in stream.places.get(query.text, ())]


def _prefix(query: Any, stream: TokenStream) -> list[Occurrence]:
    return [(index, index) for index, term in enumerate(stream.terms) if term.startswith(query.text)]


def _wildcard(query: Any, stream: TokenStream) -> list[Occurrence]:
    pattern = re.compile(fnmatch.translate(query.text))
    return [(index, index) for index, term in enumerate(stream.terms) if pattern.match(term)]


def phrase_occurrences(phrase: Any, stream: TokenStream) -> list[Occurrence]:
    """Where does `phrase` (ours or Whoosh's) stand?  One occurrence for each place where its last word is reached."""
    places = [stream.places.get(word, ()) for word in phrase.words]
    if not places or not all(places):
        return []
    offsets = getattr(phrase, "offsets", None) or range(len(places))
    positions = [[stream.positions[index] for index in indices] for indices in places]
    return [(stream.token_at[first], stream.token_at[last]) for first, last in follow(positions, offsets, phrase.slop)]


_FINDERS: dict[type, Callable[[Any, TokenStream], list[Occurrence]]] = {
    nodes.Term: _term,
    nodes.Prefix: _prefix,
    nodes.Wildcard: _wildcard,
    nodes.StockPhrase: phrase_occurrences,
}
