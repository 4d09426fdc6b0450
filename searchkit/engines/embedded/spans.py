"""Stretches of text in all speeches at once, an array at a time: in a row, near each other, inside one another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from searchkit.engines.arrays import Ints, Occurrences, distinct
from searchkit.engines.embedded.answers import Numbers
from searchkit.errors import QueryTimeout

__all__ = [
    "NO_SPANS",
    "Spans",
    "following",
    "in_a_row",
    "inside",
    "near",
    "near_speeches",
    "outside",
    "places_in",
    "union",
]


@dataclass(frozen=True, slots=True)
class Spans:
    """Stretches of text from a first to a last word, each end as speech * 2**32 + position; rising, each once."""

    firsts: Numbers
    lasts: Numbers

    def __len__(self) -> int:
        return len(self.firsts)

    def where(self, mask: Any) -> Spans:
        """Those of the spans that `mask` chooses."""
        firsts = self.firsts[mask]
        return Spans(firsts, firsts if self.lasts is self.firsts else self.lasts[mask])

    def speeches(self) -> Numbers:
        """In which speeches are there spans?"""
        return distinct(self.firsts >> 32)

    def within(self, speeches: Numbers, of: int) -> Occurrences:
        """Those of the spans that stand in `speeches`, of all the `of` speeches of the index."""
        wanted = np.zeros(of, bool)
        wanted[speeches] = True
        numbers, firsts = _halves(self.firsts)
        chosen = wanted.take(numbers)
        if chosen.all():
            lasts = firsts if self.lasts is self.firsts else _halves(self.lasts)[1]
            return Occurrences(numbers, firsts, lasts)
        places = np.flatnonzero(chosen)
        numbers, firsts = numbers.take(places), firsts.take(places)
        lasts = firsts if self.lasts is self.firsts else _halves(self.lasts)[1].take(places)
        return Occurrences(numbers, firsts, lasts)


def _halves(keys: Numbers) -> tuple[Ints, Ints]:
    """The speech and the position of each key, as 32-bit numbers."""
    halves = keys.astype("<i8", copy=False).view("<i4")
    return halves[1::2].copy(), halves[::2].copy()


_MOST_PAIRS = 30_000_000
"""Pairs of a NEAR that are listed: 1.7 GB while they are sorted, as each takes 57 bytes then."""
NO_SPANS = Spans(np.empty(0, np.int64), np.empty(0, np.int64))


def in_a_row(words: Sequence[Numbers], offsets: Sequence[int]) -> Spans:
    """Where the words stand exactly `offsets` apart.  The rarest leads, and the others are looked up from it."""
    steps = [offset - offsets[0] for offset in offsets]
    rarest = min(range(len(words)), key=lambda index: len(words[index]))
    firsts = words[rarest] - steps[rarest]
    for index in sorted(range(len(words)), key=lambda index: len(words[index])):
        if index != rarest:
            firsts = firsts[_contained(firsts + steps[index], words[index])]
    return Spans(firsts, firsts + steps[-1])


def following(words: Sequence[Numbers], slop: int) -> Spans:
    """Where each word stands at most `slop` positions after the one before: for each last word the tightest way."""
    reached = begins = words[0]
    for keys in words[1:]:
        # The latest predecessor has the latest beginning, because beginnings rise with the places reached.
        places = np.searchsorted(reached, keys, side="left") - 1
        found = places >= 0
        found[found] = keys[found] - reached[places[found]] <= slop
        reached, begins = keys[found], begins[places[found]]
    return _sorted(begins, reached)


def near(left: Spans, right: Spans, distance: int) -> Spans:
    """Every pair of a left and a right span whose nearest ends are 1 to `distance` apart, in either order."""
    return union([_before(left, right, distance), _before(right, left, distance)])


def near_speeches(left: Spans, right: Spans, distance: int) -> Numbers:
    """In which speeches is there such a pair?  Without listing every pair, of which frequent words have many."""
    lefts, rights = (part.firsts[_reached(part, other, distance)] for part, other in ((left, right), (right, left)))
    return distinct(np.sort(np.concatenate([lefts, rights]) >> 32))


def _reached(befores: Spans, afters: Spans, distance: int) -> Any:
    """Which of `befores` have a span that begins at most `distance` positions behind their end?"""
    lows = np.searchsorted(afters.firsts, befores.lasts, side="right")
    return np.searchsorted(afters.firsts, befores.lasts + distance, side="right") > lows


def _before(befores: Spans, afters: Spans, distance: int) -> Spans:
    """Every pair of a span and one that begins at most `distance` positions behind its end."""
    lows = np.searchsorted(afters.firsts, befores.lasts, side="right")
    counts = np.searchsorted(afters.firsts, befores.lasts + distance, side="right") - lows
    if counts.sum() > _MOST_PAIRS:
        raise QueryTimeout("this NEAR holds for too many pairs of words here; ask for rarer words, or nearer ones")
    begins = np.repeat(np.arange(len(befores)), counts)
    ends = np.arange(len(begins)) - np.repeat(np.cumsum(counts) - counts, counts) + np.repeat(lows, counts)
    return _sorted(befores.firsts[begins], afters.lasts[ends])


def inside(spans: Spans, stretches: Spans) -> Any:
    """Which of `spans` lie within one of `stretches`, no two of which overlap?"""
    return places_in(spans, stretches) >= 0


def places_in(spans: Spans, stretches: Spans) -> Numbers:
    """In which of `stretches`, by its place among them, lies each of `spans`?  -1 if in none."""
    places = np.searchsorted(stretches.firsts, spans.firsts, side="right") - 1
    held = places >= 0
    held[held] = spans.lasts[held] <= stretches.lasts[places[held]]
    return np.where(held, places, -1)


def _contained(keys: Numbers, among: Numbers) -> Any:
    places = np.searchsorted(among, keys)
    places[places == len(among)] = len(among) - 1
    return among[places] == keys


def outside(spans: Spans, phrases: Spans) -> Spans:
    """Those of `spans` that lie within none of `phrases`."""
    if not len(phrases) or not len(spans):
        return spans
    farthest = np.maximum.accumulate(phrases.lasts)
    before = np.searchsorted(phrases.firsts, spans.firsts, side="right") - 1
    covered = before >= 0
    covered[covered] = farthest[before[covered]] >= spans.lasts[covered]
    return spans.where(~covered)


def union(found: Sequence[Spans]) -> Spans:
    held = [spans for spans in found if len(spans)]
    if len(held) < 2:
        return held[0] if held else NO_SPANS
    return _sorted(np.concatenate([spans.firsts for spans in held]), np.concatenate([spans.lasts for spans in held]))


def _sorted(firsts: Numbers, lasts: Numbers) -> Spans:
    """The spans with these ends, in order, each once."""
    order = np.lexsort((lasts, firsts))
    firsts, lasts = firsts[order], lasts[order]
    new = np.ones(len(firsts), bool)
    new[1:] = (firsts[1:] != firsts[:-1]) | (lasts[1:] != lasts[:-1])
    return Spans(firsts[new], lasts[new])
