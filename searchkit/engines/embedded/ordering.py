"""The first of many, without sorting all: tier, score, newest, id; or the date, then the id."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from searchkit.engines.embedded.answers import Numbers

__all__ = ["first_places"]

Key = Callable[[Numbers], npt.NDArray[Any]]
"""Places -> what each is worth by one criterion; less is better."""

_SORTED_AT_ONCE = 256
_SAMPLED = 4_096
_STEP = 16


def first_places(size: int, wanted: int, keys: Sequence[Key]) -> Numbers:
    """Which of `size` places are the first `wanted` by `keys`, in their order?

    The first key counts most; places that are equal by all of them may come in any order.
    """
    chosen = _first(np.arange(size), wanted, keys)
    *before, last = keys
    values = [key(chosen) for key in before]
    if not values:
        return chosen[np.argsort(last(chosen), kind="stable")[:wanted]]
    order = np.lexsort(values[::-1])
    # The last key is an id, which is slow to compare: only where all the others are equal.
    equal = np.ones(len(order) - 1, bool)
    for column in values:
        ordered = column[order]
        equal &= ordered[1:] == ordered[:-1]
    chosen = chosen[order]
    tied = np.concatenate([[False], equal]) | np.concatenate([equal, [False]])
    if tied.any():
        groups = np.cumsum(~np.concatenate([[False], equal]))[tied]
        members = chosen[tied]
        chosen[tied] = members[np.lexsort((last(members), groups))]
    return chosen[:wanted]


def _first(places: Numbers, wanted: int, keys: Sequence[Key]) -> Numbers:
    """The first `wanted` of `places` in no order, and some of those that follow, if that is easier."""
    if len(places) <= max(wanted, _SORTED_AT_ONCE) or not keys or not wanted:
        return places
    values = keys[0](places)
    cut = _least(values, wanted)
    better, equal = places[values < cut], places[values == cut]
    return np.concatenate([better, _first(equal, wanted - len(better), keys[1:])])


def _least(values: npt.NDArray[Any], wanted: int) -> Any:
    """The greatest of the `wanted` least values."""
    if len(values) > _SAMPLED:
        # A sample tells a bound that a few more than wanted stay below: partitioning all of them costs ten times more.
        sample = values[::_STEP]
        expected = wanted / _STEP
        bound = int(expected + 4 * expected**0.5 + 8)
        if bound < len(sample):
            below = values[values <= np.partition(sample, bound)[bound]]
            if len(below) >= wanted:
                values = below
    return np.partition(values, wanted - 1)[wanted - 1]
