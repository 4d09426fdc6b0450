"""The words of every speech in the order of the text, turned back out of the posting lists when first asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from searchkit.engines.arrays import Ints, TokenRun, Vocabulary, token_places
from searchkit.engines.embedded.postings import PostingsReader

__all__ = ["ForwardStream"]


@dataclass(frozen=True, slots=True)
class ForwardStream:
    """The literal forms of an index, and the token run of all its speeches."""

    forms: Sequence[str]
    vocabulary: Vocabulary
    whole: TokenRun

    @classmethod
    def of(cls, postings: PostingsReader, speeches: int) -> ForwardStream:
        """Which stream have the `speeches` speeches behind `postings`?"""
        forms = postings.all_terms("text")
        lists = [postings.read("text", form) for form in forms]
        keys = np.concatenate([item.keys() for item in lists]) if lists else np.empty(0, np.int64)
        counts = np.asarray([len(item.positions) for item in lists], np.int64)
        order = np.argsort(keys)
        keys = keys[order]
        codes = np.repeat(np.arange(len(forms), dtype=np.int32), counts)[order]
        starts = np.searchsorted(keys, np.arange(speeches + 1, dtype=np.int64) << 32)
        holding = np.asarray([len(item.speeches) for item in lists], np.int64)
        whole = TokenRun(codes, (keys & (2**32 - 1)).astype(np.int32), starts)
        return cls(forms, Vocabulary(counts, holding), whole)

    def run(self, numbers: Ints) -> TokenRun:
        """Which words stand in the speeches `numbers`, one speech after the other?"""
        begins, ends = self.whole.starts[numbers], self.whole.starts[numbers.astype(np.int64) + 1]
        starts = np.concatenate([[0], np.cumsum(ends - begins)])
        if len(numbers) and starts[-1] == ends[-1] - begins[0] and (np.diff(numbers) == 1).all():
            chosen = slice(begins[0], ends[-1])
            return TokenRun(self.whole.codes[chosen], self.whole.positions[chosen], starts)
        places = np.repeat(begins - starts[:-1], ends - begins) + np.arange(starts[-1])
        return TokenRun(self.whole.codes[places], self.whole.positions[places], starts)

    def codes_at(self, speeches: Ints, positions: Ints) -> Ints:
        """Which form stands in each of `speeches` at its position?  -1 where none does."""
        begins, ends = self.whole.starts[speeches], self.whole.starts[speeches.astype(np.int64) + 1]
        places = token_places(self.whole.positions, begins, ends, positions)
        there = (places < ends) & (positions >= 0)
        there[there] = self.whole.positions[places[there]] == positions[there]
        return np.where(there, self.whole.codes[np.where(there, places, 0)], -1) if len(self.whole) else places - 1
