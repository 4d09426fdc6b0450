"""Where words stand in a row: phrases over posting lists, all speeches at once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from searchkit.engines.embedded.answers import Numbers
from searchkit.engines.embedded.postings import Postings

__all__ = ["phrase_speeches"]


def phrase_speeches(words: Sequence[Postings], offsets: Sequence[int], slop: int) -> Numbers:
    """Which speeches hold `words` in this order?

    With a `slop` of 1 they stand exactly `offsets` apart; with a greater one each stands at most `slop` positions
    after the one before.
    """
    speeches = words[0].speeches
    for word in words[1:]:
        speeches = np.intersect1d(speeches, word.speeches, assume_unique=True)
    if not len(speeches):
        return speeches
    reached = _keys_within(words[0], speeches)
    for word, before, offset in zip(words[1:], offsets, offsets[1:], strict=False):
        nearest, farthest = (offset - before,) * 2 if slop == 1 else (1, slop)
        reached = _follow(reached, _keys_within(word, speeches), nearest, farthest)
        if not len(reached):
            break
    return np.unique(reached >> 32)


def _keys_within(word: Postings, speeches: Numbers) -> Numbers:
    """The occurrences of `word` in `speeches`, as Postings.keys gives them."""
    wanted = np.isin(word.speeches, speeches, assume_unique=True)
    numbers = np.repeat(word.speeches[wanted], word.frequencies[wanted])
    return (numbers << 32) + word.positions[np.repeat(wanted, word.frequencies)].astype(np.int64)


def _follow(reached: Numbers, keys: Numbers, nearest: int, farthest: int) -> Numbers:
    """Those of `keys` that stand `nearest` to `farthest` positions after one of `reached`."""
    # The latest predecessor that is far enough away is the one to ask: any earlier one is farther still.
    places = np.searchsorted(reached, keys - nearest, side="right") - 1
    found = places >= 0
    found[found] = keys[found] - reached[places[found]] <= farthest
    return keys[found]
