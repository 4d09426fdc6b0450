"""How often does each n-gram occur?  Counted by sorting, some at a time, and the counts of all put together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from searchkit.counting.streams import Mask
from searchkit.engines.arrays import Ints

__all__ = ["GramCounts", "Hashes", "mixed"]

Hashes = npt.NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class GramCounts:
    """Different n-grams, and how often each occurs."""

    keys: Ints
    """The codes of each in one number, or in as many as hold them: a row an n-gram."""
    times: Ints

    @classmethod
    def of(cls, keys: Ints, times: Ints | None = None) -> GramCounts:
        """How often does each of these stand there?  In any order, each once unless `times` are given."""
        times = np.ones(len(keys), np.int64) if times is None else times
        order = _like_together(keys)
        keys, times = keys.take(order, axis=0), times.take(order)
        firsts = np.flatnonzero(_new(keys))
        return cls(keys.take(firsts, axis=0), np.add.reduceat(times, firsts) if len(firsts) else times)

    @classmethod
    def together(cls, parts: Sequence[GramCounts]) -> GramCounts:
        """How often does each stand in all `parts`, one at least?"""
        if len(parts) == 1:
            return parts[0]
        return cls.of(np.concatenate([part.keys for part in parts]), np.concatenate([part.times for part in parts]))


def _like_together(keys: Ints) -> Ints:
    """An order of `keys` in which rows that are equal stand together: sorting hashes is ten times as fast as rows."""
    if keys.shape[1] == 1:
        return np.argsort(keys[:, 0])
    hashes = np.zeros(len(keys), np.uint64)
    for column in keys.T:
        hashes = mixed(hashes, column)
    order = np.argsort(hashes)
    ordered = hashes.take(order)
    if (_new(keys.take(order, axis=0))[1:] & (ordered[1:] == ordered[:-1])).any():
        return np.lexsort(keys.T)
    return order


def _new(rows: Ints) -> Mask:
    """Which of `rows` are not what the one before is?"""
    new = np.ones(len(rows), bool)
    new[1:] = (rows[1:] != rows[:-1]).any(axis=1)
    return new


def mixed(hashes: Hashes, codes: Ints) -> Hashes:
    """Which hashes has what `hashes` are of, with `codes` behind it?"""
    # a multiplicative hash: the golden ratio's odd 64-bit multiple spreads, the high bits are taken
    hashes = (hashes ^ codes.astype(np.uint64)) * np.uint64(0x9E3779B97F4A7C15)
    return hashes ^ hashes >> np.uint64(29)
