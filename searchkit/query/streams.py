"""The words of one speech, field by field, to be looked up by term and by position."""

from __future__ import annotations

import bisect
from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property

__all__ = ["CASED", "TEXT_STREAMS", "Streams", "TokenStream"]

CASED = "cased"
"""The stream of a text's words with their capitals; an index need not hold it."""
TEXT_STREAMS = ("text", "stems", CASED)
"""Streams over the same words of the text, at the same positions."""


class TokenStream:
    """The terms of one field of one speech, to be looked up by term."""

    def __init__(self, terms: Sequence[str], positions: Sequence[int]) -> None:
        self.terms = terms
        self.positions = positions

    @classmethod
    def of(cls, tokens: Sequence[tuple[int, str]]) -> TokenStream:
        """Which stream has these positions and terms?"""
        return cls([term for _, term in tokens], [position for position, _ in tokens])

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

    def at(self, term: str) -> list[int]:
        """At which positions stands `term`?"""
        return [self.positions[index] for index in self.places.get(term, ())]

    def within(self, first: int, last: int) -> TokenStream:
        """The part of the stream from position `first` to `last`."""
        part = slice(bisect.bisect_left(self.positions, first), bisect.bisect_right(self.positions, last))
        return TokenStream(self.terms[part], self.positions[part])


Streams = dict[str, TokenStream]
"""Field -> its tokens."""
