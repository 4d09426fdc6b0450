"""Where the words of a query stand in all speeches at once: spans over posting lists, an array at a time.

The plain form of the same rules is query/occurrences.py; the contract tests hold the two equal.
"""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from searchkit.engines.arrays import Occurrences
from searchkit.engines.embedded.answers import Numbers
from searchkit.engines.embedded.postings import PostingsReader
from searchkit.query import MAX_EXPANSION, Query, nodes, too_many_words

__all__ = ["Spans", "SpanFinder"]

_FIELDS = ("text", "stems")


@dataclass(frozen=True, slots=True)
class Spans:
    """Stretches of text from a first to a last word, each end as speech * 2**32 + position; rising, each once."""

    firsts: Numbers
    lasts: Numbers

    def __len__(self) -> int:
        return len(self.firsts)

    def where(self, mask: Any) -> Spans:
        """Those of the spans that `mask` chooses."""
        return Spans(self.firsts[mask], self.lasts[mask])

    def within(self, speeches: Numbers, of: int) -> Occurrences:
        """Those of the spans that stand in `speeches`, of all the `of` speeches of the index."""
        wanted = np.zeros(of, bool)
        wanted[speeches] = True
        numbers = self.firsts >> 32
        chosen = wanted[numbers]
        kept = self if chosen.all() else self.where(chosen)
        return Occurrences(
            (kept.firsts >> 32).astype(np.int32),
            (kept.firsts & _POSITION).astype(np.int32),
            (kept.lasts & _POSITION).astype(np.int32),
        )


_POSITION = 2**32 - 1
_NONE = Spans(np.empty(0, np.int64), np.empty(0, np.int64))


class SpanFinder:
    """Finds the spans of query trees in one index."""

    def __init__(self, postings: PostingsReader) -> None:
        self._postings = postings

    def find(self, query: Query) -> Spans:
        """Where do the words that `query` asks for stand?  In every speech, whether or not it answers the query."""
        for kind in type(query).__mro__:
            finder = _FINDERS.get(kind)
            if finder is not None:
                return finder(self, query) if (query.fieldname or "") in _FIELDS else _NONE
        if isinstance(query, nodes.StockNot):
            return _NONE
        if isinstance(query, nodes.Tiered):
            phrases = self.find(query.phrase)
            return _union([phrases, _outside(self.find(query.words), phrases)])
        return _union([self.find(child) for child in query.children()])

    def _term(self, query: Any) -> Spans:
        return self._words(query.fieldname, [query.text])

    def _prefix(self, query: Any) -> Spans:
        return self._expanded(query, self._postings.terms(query.fieldname, query.text, MAX_EXPANSION))

    def _wildcard(self, query: Any) -> Spans:
        pattern = re.compile(fnmatch.translate(query.text))
        literal = re.split(r"[*?\[]", query.text, maxsplit=1)[0]
        terms = self._postings.terms(query.fieldname, literal, MAX_EXPANSION * 10)
        return self._expanded(query, [term for term in terms if pattern.match(term)])

    def _expanded(self, query: Any, terms: Sequence[str]) -> Spans:
        if len(terms) > MAX_EXPANSION:
            raise too_many_words(query)
        return self._words(query.fieldname, terms)

    def _words(self, field: str, terms: Sequence[str]) -> Spans:
        """Every place of any of `terms`: no two terms share one."""
        found = [self._postings.read(field, term).keys() for term in terms]
        if not found:
            return _NONE
        keys = found[0] if len(found) == 1 else np.sort(np.concatenate(found))
        return Spans(keys, keys)

    def _phrase(self, query: Any) -> Spans:
        words = [self._postings.read(query.fieldname, word).keys() for word in query.words]
        if not words or not all(map(len, words)):
            return _NONE
        offsets = getattr(query, "offsets", None) or range(len(words))
        if query.slop == 1:
            return _in_a_row(words, offsets)
        return _following(words, query.slop)


def _in_a_row(words: Sequence[Numbers], offsets: Sequence[int]) -> Spans:
    """Where the words stand exactly `offsets` apart.  The rarest leads, and the others are looked up from it."""
    steps = [offset - offsets[0] for offset in offsets]
    rarest = min(range(len(words)), key=lambda index: len(words[index]))
    firsts = words[rarest] - steps[rarest]
    for index in sorted(range(len(words)), key=lambda index: len(words[index])):
        if index != rarest:
            firsts = firsts[_contained(firsts + steps[index], words[index])]
    return Spans(firsts, firsts + steps[-1])


def _following(words: Sequence[Numbers], slop: int) -> Spans:
    """Where each word stands at most `slop` positions after the one before: for each last word the tightest way."""
    reached = begins = words[0]
    for keys in words[1:]:
        # The latest predecessor has the latest beginning, because beginnings rise with the places reached.
        places = np.searchsorted(reached, keys, side="left") - 1
        found = places >= 0
        found[found] = keys[found] - reached[places[found]] <= slop
        reached, begins = keys[found], begins[places[found]]
    return _sorted(begins, reached)


def _contained(keys: Numbers, among: Numbers) -> Any:
    places = np.searchsorted(among, keys)
    places[places == len(among)] = len(among) - 1
    return among[places] == keys


def _outside(spans: Spans, phrases: Spans) -> Spans:
    """Those of `spans` that lie within none of `phrases`."""
    if not len(phrases) or not len(spans):
        return spans
    farthest = np.maximum.accumulate(phrases.lasts)
    before = np.searchsorted(phrases.firsts, spans.firsts, side="right") - 1
    covered = before >= 0
    covered[covered] = farthest[before[covered]] >= spans.lasts[covered]
    return spans.where(~covered)


def _union(found: Sequence[Spans]) -> Spans:
    held = [spans for spans in found if len(spans)]
    if len(held) < 2:
        return held[0] if held else _NONE
    return _sorted(np.concatenate([spans.firsts for spans in held]), np.concatenate([spans.lasts for spans in held]))


def _sorted(firsts: Numbers, lasts: Numbers) -> Spans:
    """The spans with these ends, in order, each once."""
    order = np.lexsort((lasts, firsts))
    firsts, lasts = firsts[order], lasts[order]
    new = np.ones(len(firsts), bool)
    new[1:] = (firsts[1:] != firsts[:-1]) | (lasts[1:] != lasts[:-1])
    return Spans(firsts[new], lasts[new])


_FINDERS: dict[type, Callable[[SpanFinder, Any], Spans]] = {
    nodes.Term: SpanFinder._term,
    nodes.Prefix: SpanFinder._prefix,
    nodes.Wildcard: SpanFinder._wildcard,
    nodes.StockPhrase: SpanFinder._phrase,
}
