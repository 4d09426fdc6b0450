"""How Whoosh's own searcher walks the nodes of places.py: the plain rules of occurrences.py over its posting lists.

Our engines evaluate these nodes themselves; this makes them true Whoosh queries, to be asked as a second witness.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from searchkit.analysis import analyze, cased_forms
from searchkit.models import Quote, Speech
from searchkit.query import nodes
from searchkit.query.matchers import FilterMatcher, NullMatcher, UnionMatcher, unscored
from searchkit.query.occurrences import holds
from searchkit.query.streams import CASED, Streams, TokenStream
from searchkit.query.stretches import Stretch, stretches_in
from searchkit.query.trees import asked_words, positive_words

__all__ = ["placed_matcher"]

_STORED = "speech"
"""The stored field with all of a speech: quotations and capitals are read there, with people as pages name them."""

_Places = dict[int, dict[str, list[tuple[int, str]]]]
"""Document -> field -> positions and the terms there."""


def placed_matcher(query: Any, searcher: Any, context: Any) -> Any:
    """Which matcher gives the documents in which the words of `query` stand as it asks?  Scored as the sum of them."""
    reader = searcher.reader()
    found = set(_in_texts(query, reader) if _looks_at_texts(query) else _in_postings(query, reader))
    if not found:
        return NullMatcher()
    words = nodes.Or(list(positive_words(query)), boost=query.boost).matcher(searcher, context)
    return UnionMatcher(FilterMatcher(words, found), unscored(found))


def _in_postings(query: Any, reader: Any) -> Iterator[int]:
    places: _Places = defaultdict(lambda: defaultdict(list))
    for field, term in sorted(set(_terms(query, reader))):
        for number, positions in _postings(reader, field, term):
            places[number][field] += [(position, term) for position in positions]
    for number, held in places.items():
        if holds(query, {field: TokenStream.of(sorted(tokens)) for field, tokens in held.items()}):
            yield number


def _in_texts(query: Any, reader: Any) -> Iterator[int]:
    for number in reader.all_doc_ids():
        if holds(query, *_words(reader.stored_fields(number)[_STORED])):
            yield number


def _words(stored: dict[str, Any]) -> tuple[Streams, tuple[Stretch, ...]]:
    """The streams and the direct speech of a stored speech."""
    notes = tuple((start, end) for start, end in stored["notes"])
    analysis = analyze(stored["text"], notes)
    quotes = tuple(Quote(**quote) for quote in stored["quotes"])
    speech = Speech(id="", page="", text=stored["text"], kind=stored["kind"], quotes=quotes)
    streams = {
        "text": TokenStream(analysis.forms, analysis.positions),
        "stems": TokenStream(analysis.stems(stored["language"]), analysis.positions),
        CASED: TokenStream(cased_forms(stored["text"], analysis), analysis.positions),
    }
    return streams, stretches_in(speech, analysis)


def _terms(query: Any, reader: Any) -> Iterator[tuple[str, str]]:
    fields = set(reader.schema.names())
    for leaf in asked_words(query):
        if leaf.fieldname in fields:
            if isinstance(leaf, nodes.StockPhrase):
                yield from ((leaf.fieldname, word) for word in leaf.words)
            elif isinstance(leaf, nodes.Term):
                yield leaf.fieldname, leaf.text
            else:
                yield from ((leaf.fieldname, term.decode()) for term in leaf._btexts(reader))


def _postings(reader: Any, field: str, term: str) -> Iterator[tuple[int, list[int]]]:
    if (field, term) in reader:
        matcher = reader.postings(field, term)
        while matcher.is_active():
            yield matcher.id(), list(matcher.value_as("positions"))
            matcher.next()


def _looks_at_texts(query: Any) -> bool:
    return isinstance(query, (nodes.Said, nodes.Cased)) or any(map(_looks_at_texts, query.children()))
