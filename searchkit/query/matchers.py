"""How Whoosh's own searcher walks our nodes: the matchers behind nodes.py.

Our engines evaluate the tree themselves; these make a tree of ours a true Whoosh query, so that the stock searcher
(`limit=None`) can be asked as a second witness.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from searchkit.query.stock import loading_whoosh

with loading_whoosh():
    from whoosh.matching import FilterMatcher, IntersectionMatcher, ListMatcher, NullMatcher, UnionMatcher
    from whoosh.query.spans import Span, SpanWrappingMatcher
    from whoosh.util import make_binary_tree

__all__ = ["FilterMatcher", "NullMatcher", "PhraseMatcher", "UnionMatcher", "follow", "unscored"]

_AS_GOOD_AS_NOTHING = 1e-12
"""The score of a filter.  Not 0: Whoosh's union of three or more takes a document that scores 0 for no match."""


def follow(positions: Sequence[Sequence[int]], offsets: Sequence[int], slop: int) -> list[tuple[int, int]]:
    """Where does a phrase stand, given the sorted positions of each of its words?

    Answers with the position of the first and of the last word.  With slop 1 the words stand exactly `offsets`
    apart; with more, each stands 1 to `slop` positions after the one before.  Of the ways to reach one last word
    only the tightest is told: the reader sees the shortest stretch, and the work stays linear in the positions.
    """
    if slop == 1:
        following = [frozenset(places) for places in positions[1:]]
        steps = [offset - offsets[0] for offset in offsets[1:]]
        return [
            (first, first + offsets[-1] - offsets[0])
            for first in positions[0]
            if all(first + step in places for step, places in zip(steps, following, strict=True))
        ]
    # reached: position of the latest word -> the latest position at which a chain to it can begin
    reached = {place: place for place in positions[0]}
    for places in positions[1:]:
        reached = {
            place: max(begins)
            for place in places
            if (begins := [reached[back] for back in range(place - slop, place) if back in reached])
        }
    return [(first, last) for last, first in reached.items()]


class PhraseMatcher(SpanWrappingMatcher):  # type: ignore[misc]
    """Walks the documents that hold every word of a phrase, and stops where the words follow each other."""

    def __init__(self, words: list[Any], offsets: Sequence[int], slop: int) -> None:
        self.words = words
        self.offsets = offsets
        self.slop = slop
        super().__init__(make_binary_tree(IntersectionMatcher, words))

    def copy(self) -> PhraseMatcher:
        return PhraseMatcher([word.copy() for word in self.words], self.offsets, self.slop)

    def replace(self, _minquality: float = 0) -> Any:
        # The words must stay the very matchers whose positions we read: no part may be replaced below us.
        return self if self.is_active() else NullMatcher()

    def supports_block_quality(self) -> bool:
        # Skipping by quality would move the words without looking at positions again.
        return False

    def _get_spans(self) -> list[Span]:
        positions = [sorted({span.start for span in word.spans()}) for word in self.words]
        return [Span(first, last) for first, last in follow(positions, self.offsets, self.slop)]


def unscored(numbers: Iterable[int]) -> Any:
    """Which matcher gives these documents, with as good as no score?  For filters, which say nothing of relevance."""
    ids = sorted(numbers)
    return ListMatcher(ids, weights=[_AS_GOOD_AS_NOTHING] * len(ids)) if ids else NullMatcher()
