"""Where the words that a query asks for stand in one speech: the plain meaning of words, phrases, NEAR, said:, case:.

For highlights, for counts, and as what other engines' answers must equal.
"""

from __future__ import annotations

import bisect
import fnmatch
import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from searchkit import deadline
from searchkit.query import nodes
from searchkit.query.matchers import follow
from searchkit.query.similar import one_edit_apart
from searchkit.query.streams import TEXT_STREAMS, Streams, TokenStream
from searchkit.query.stretches import Stretch
from searchkit.query.trees import unknown_node

__all__ = ["Occurrence", "holds", "occurrences", "phrase_occurrences"]

Occurrence = tuple[int, int]
"""Index of the first and of the last token of one match."""
Place = tuple[int, int]
"""Position of the first and of the last word of one match."""


@dataclass(frozen=True, slots=True)
class _Words:
    """What is looked at: the words of one speech, or of one stretch of it."""

    streams: Streams
    stretches: Sequence[Stretch]

    def within(self, stretch: Stretch) -> _Words:
        inside = {
            name: self.streams[name].within(stretch.first, stretch.last)
            for name in TEXT_STREAMS
            if name in self.streams
        }
        return _Words(inside, ())


def occurrences(query: nodes.Query, streams: Streams, stretches: Sequence[Stretch] = ()) -> list[Occurrence]:
    """Where do the words and phrases that `query` asks for stand in `streams` (field -> tokens)?

    A phrase is one occurrence, from its first to its last token, and so is a NEAR; what the query excludes has none.
    Fields that are not among `streams` give none, and said: holds within `stretches` alone.  Each span once, in order.
    Where unquoted words side by side stand as their exact phrase, the phrase is the occurrence, not each of its words.
    """
    token_at = next((streams[name].token_at for name in TEXT_STREAMS if name in streams), {})
    places = sorted(set(_places(query, _Words(streams, stretches))))
    return [(token_at[first], token_at[last]) for first, last in places]


def holds(query: nodes.Query, streams: Streams, stretches: Sequence[Stretch] = ()) -> bool:
    """Do these words have what `query` asks of words?  Raises QueryError for a node that asks for anything else."""
    return _holds(query, _Words(streams, stretches))


def phrase_occurrences(phrase: Any, stream: TokenStream) -> list[Occurrence]:
    """Where does `phrase` (ours or Whoosh's) stand?  One occurrence for each place where its last word is reached."""
    return [(stream.token_at[first], stream.token_at[last]) for first, last in _phrase_places(phrase, stream)]


def _holds(query: nodes.Query, words: _Words) -> bool:
    finder = _finder(query)
    if isinstance(query, nodes.Said):
        return any(True for _ in _said_within(query, words))
    if finder is not None:
        return bool(finder(query, words))
    if isinstance(query, nodes.StockNot):
        return not _holds(query.query, words)
    if isinstance(query, nodes.And):
        return all(_holds(child, words) for child in query.children())
    if isinstance(query, (nodes.Or, nodes.DisjunctionMax)):
        return any(_holds(child, words) for child in query.children())
    if isinstance(query, nodes.Every) and query.fieldname in (None, "*"):
        return True
    raise unknown_node(query)


# -- by kind of node ---------------------------------------------------------------------------------------------------


def _places(query: nodes.Query, words: _Words) -> list[Place]:
    deadline.check()
    finder = _finder(query)
    if finder is not None:
        return finder(query, words)
    if isinstance(query, nodes.StockNot):
        return []
    if isinstance(query, nodes.Tiered):
        phrases = sorted(_places(query.phrase, words))
        return phrases + _outside(_places(query.words, words), phrases)
    return [span for child in query.children() for span in _places(child, words)]


def _finder(query: nodes.Query) -> Callable[[Any, _Words], list[Place]] | None:
    return next((_FINDERS[kind] for kind in type(query).__mro__ if kind in _FINDERS), None)


def _outside(spans: list[Place], phrases: list[Place]) -> list[Place]:
    """Those of `spans` that lie within none of `phrases` (rising)."""
    firsts = [first for first, _ in phrases]
    farthest = list(itertools.accumulate((last for _, last in phrases), max))
    return [
        (first, last)
        for first, last in spans
        if (before := bisect.bisect_right(firsts, first)) == 0 or farthest[before - 1] < last
    ]


def _term(query: Any, words: _Words) -> list[Place]:
    stream = words.streams.get(query.fieldname)
    return [(position, position) for position in stream.at(query.text)] if stream else []


def _phrase(query: Any, words: _Words) -> list[Place]:
    stream = words.streams.get(query.fieldname)
    return _phrase_places(query, stream) if stream else []


def _phrase_places(phrase: Any, stream: TokenStream) -> list[Place]:
    positions = [stream.at(word) for word in phrase.words]
    if not positions or not all(positions):
        return []
    offsets = getattr(phrase, "offsets", None) or range(len(positions))
    return follow(positions, offsets, phrase.slop)


def _prefix(query: Any, words: _Words) -> list[Place]:
    return _any_word(query, words, lambda term: term.startswith(query.text))


def _wildcard(query: Any, words: _Words) -> list[Place]:
    pattern = re.compile(fnmatch.translate(query.text))
    return _any_word(query, words, lambda term: pattern.match(term) is not None)


def _fuzzy(query: Any, words: _Words) -> list[Place]:
    return _any_word(query, words, lambda term: one_edit_apart(query.text, term))


def _any_word(query: Any, words: _Words, fits: Callable[[str], bool]) -> list[Place]:
    stream = words.streams.get(query.fieldname)
    if stream is None:
        return []
    return [(at, at) for term, at in zip(stream.terms, stream.positions, strict=True) if fits(term)]


def _near(query: Any, words: _Words) -> list[Place]:
    """Every pair of a left and a right span whose nearest ends are 1 to `distance` apart."""
    left, right = set(_places(query.left, words)), set(_places(query.right, words))
    found: list[Place] = []
    for one in left:
        deadline.check()
        found += [
            (min(one[0], other[0]), max(one[1], other[1]))
            for other in right
            if 1 <= other[0] - one[1] <= query.distance or 1 <= one[0] - other[1] <= query.distance
        ]
    return found


def _cased(query: Any, words: _Words) -> list[Place]:
    return _places(query.words, words)


def _said(query: Any, words: _Words) -> list[Place]:
    return [place for inside in _said_within(query, words) for place in _places(query.words, inside)]


def _said_within(query: Any, words: _Words) -> Iterator[_Words]:
    """The words of those stretches of direct speech in which all that is said holds."""
    for stretch in _stretches(query, words.stretches):
        inside = words.within(stretch)
        if _holds(query.words, inside):
            yield inside


def _stretches(query: Any, stretches: Sequence[Stretch]) -> list[Stretch]:
    """Those of `stretches` that `query`, a Said, looks at."""
    if query.person is not None:
        return [stretch for stretch in stretches if stretch.quoted and holds(query.person, stretch.person)]
    own = [stretch for stretch in stretches if not stretch.quoted]
    return own or list(stretches)


_FINDERS: dict[type, Callable[[Any, _Words], list[Place]]] = {
    nodes.Term: _term,
    nodes.Prefix: _prefix,
    nodes.Wildcard: _wildcard,
    nodes.Fuzzy: _fuzzy,
    nodes.StockPhrase: _phrase,
    nodes.Near: _near,
    nodes.Cased: _cased,
    nodes.Said: _said,
}
