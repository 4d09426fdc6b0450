"""Some of many in order, without sorting all: tier, score, newest, id; or the date, then the id."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from searchkit.engines.embedded.answers import Numbers

__all__ = ["Key", "places_between"]

Key = Callable[[Any], npt.NDArray[Any]]
"""Places (an array of them, or a slice) -> what each is worth by one criterion; less is better."""

_SORTED_AT_ONCE = 256
_SAMPLED = 4_096
_STEP = 16
"""Of more values than _SAMPLED every sixteenth is looked at for a bound: of 228,000 scores the first ten are found in
0.2 ms, where partitioning all of them takes 1.5."""


def places_between(size: int, start: int, stop: int, keys: Sequence[Key]) -> Numbers:
    """Which of `size` places are those from `start` up to `stop` in the order of `keys`?  In that order.

    The first key counts most; places that are equal by all of them may come in any order.
    """
    stop = min(stop, size)
    if start >= stop:
        return np.empty(0, np.int64)
    chosen, skipped = _window(None, size, start, stop, keys)
    return _ordered(chosen, start - skipped, stop - skipped, keys)


def _window(places: Numbers | None, size: int, start: int, stop: int, keys: Sequence[Key]) -> tuple[Numbers, int]:
    """Those of `places` (None: all of `size`) from `start` up to `stop`, and some around them; how many are before?"""
    if size <= max(stop - start, _SORTED_AT_ONCE) or len(keys) < 2:
        return np.arange(size) if places is None else places, 0
    values = keys[0](slice(None) if places is None else places)
    few = _sampled(values, stop)
    if few is not None:
        values = values.take(few)
        places = few if places is None else places.take(few)
    parted = np.partition(values, (start, stop - 1) if start else stop - 1)
    held = values <= parted[stop - 1]
    before = 0
    if start:
        early = values < parted[start]
        before = int(np.count_nonzero(early))
        held &= ~early
    inside = np.flatnonzero(held)
    values = values.take(inside)
    inside = inside if places is None else places.take(inside)
    if len(inside) <= max(2 * (stop - start), _SORTED_AT_ONCE):
        return inside, before
    chosen, skipped = _cut(inside, values, start - before, stop - before, keys[1:])
    return chosen, before + skipped


def _cut(inside: Numbers, values: npt.NDArray[Any], start: int, stop: int, keys: Sequence[Key]) -> tuple[Numbers, int]:
    """The window where many places are equal to its first or to its last: of those only what the other keys choose."""
    low, high = values.min(), values.max()
    if low == high:
        return _window(inside, len(inside), start, stop, keys)
    lowest, highest = inside[values == low], inside[values == high]
    between = inside[(values != low) & (values != high)]
    reached = len(lowest) + len(between)
    first, skipped = _window(lowest, len(lowest), min(start, len(lowest) - 1), len(lowest), keys)
    last, _ = _window(highest, len(highest), 0, max(stop - reached, 1), keys)
    return np.concatenate([first, between, last]), skipped


def _sampled(values: npt.NDArray[Any], stop: int) -> Numbers | None:
    """Places among which the first `stop` of `values` surely are, told from a sample.  None: it does not tell."""
    if len(values) <= _SAMPLED:
        return None
    expected = stop / _STEP
    bound = int(expected + 4 * expected**0.5 + 8)
    sample = values[::_STEP]
    if bound >= len(sample):
        return None
    # Few are below the bound: listing their places is ten times as fast as choosing by a mask.
    below = np.flatnonzero(values <= np.partition(sample, bound)[bound])
    return below if len(below) >= stop else None


def _tied(values: Sequence[npt.NDArray[Any]], shown: Numbers) -> bool:
    """Are two neighbours of `shown` equal by all `values`?"""
    equal: Any = True
    for column in values:
        ranked = column.take(shown)
        equal = equal & (ranked[1:] == ranked[:-1])
    return bool(np.count_nonzero(equal))


def _ordered(chosen: Numbers, start: int, stop: int, keys: Sequence[Key]) -> Numbers:
    """The `chosen` in order, from `start` up to `stop`."""
    *before, last = keys
    values: list[npt.NDArray[Any]] = []
    for key in before or keys:
        values.append(key(chosen))
        order = values[0].argsort(kind="stable") if len(values) == 1 else np.lexsort(values[::-1])
        # Most often the score alone decides, of what is shown.
        if not before or not _tied(values, order[max(start - 1, 0) : stop + 1]):
            return chosen.take(order[start:stop])
    # The last key is an id, which is slow to compare: only where all the others are equal, in what is shown.
    equal = np.ones(len(order) - 1, bool)
    for column in values:
        ordered = column[order]
        equal &= ordered[1:] == ordered[:-1]
    chosen = chosen[order]
    groups = np.cumsum(~np.concatenate([[False], equal]))
    tied = np.concatenate([[False], equal]) | np.concatenate([equal, [False]])
    tied &= (groups >= groups[start]) & (groups <= groups[stop - 1])
    if tied.any():
        members = chosen[tied]
        chosen[tied] = members[np.lexsort((last(members), groups[tied]))]
    return chosen[start:stop]
