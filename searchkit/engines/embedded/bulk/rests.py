"""Takes texts apart: what remains of each when the forms of its words stand elsewhere.  See `embedded/rests.py`."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np

from searchkit.analysis.bulk import Batch
from searchkit.engines.embedded.arrays import Array
from searchkit.engines.embedded.rests import ALL, FIRST, MARKS, OTHERWISE, SAME, SPACED, WHOLE

__all__ = ["rests_of"]

_CONTINUES, _CONTINUATION = 0xC0, 0x80
"""Bytes of UTF-8 that begin no character: 10xxxxxx."""


def rests_of(texts: Sequence[str], encoded: Sequence[bytes], batch: Batch, form_lengths: Array) -> list[bytes]:
    """What remains of `texts` without the forms of the words that `batch` found in them?

    Arguments:
        encoded: the same texts in UTF-8.
        form_lengths: how many bytes has each form of the vocabulary.
    """
    written = np.frombuffer(b"".join(encoded), np.uint8)
    starts, ends = _in_bytes(written, texts, batch)
    marks = _marks(written, starts, ends, batch.as_forms & (ends - starts == form_lengths.take(batch.forms)))
    otherwise = marks == OTHERWISE
    marks[_spaced(written, starts, ends, batch) & ~otherwise] += SPACED
    taken = np.where(otherwise, 0, ends - starts + (marks & SPACED))
    # What stands between: from the end of what one word takes to the beginning of the next.
    froms = np.concatenate((np.zeros(1, np.int64), starts + taken))
    widths = np.append(starts, len(written)) - froms
    before = np.cumsum(widths) - widths
    places = before[1:] + np.arange(len(starts))
    rest = np.empty(int(widths.sum()) + len(starts), np.uint8)
    between = np.ones(len(rest), bool)
    between[places] = False
    rest[places] = marks
    rest[between] = written.take(np.repeat(froms - before, widths) + np.arange(int(widths.sum())))
    begins = np.cumsum([0, *map(len, encoded)])
    shortened = np.concatenate((np.zeros(1, np.int64), np.cumsum(taken - 1)))
    bounds = (begins - shortened.take(batch.bounds)).tolist()
    joined = rest.tobytes()
    rests = [joined[start:end] for start, end in itertools.pairwise(bounds)]
    if len(written) and written.min() < MARKS:
        for place, text in enumerate(encoded):
            if text and min(text) < MARKS:
                rests[place] = bytes((WHOLE,)) + text
    return rests


def _in_bytes(written: Array, texts: Sequence[str], batch: Batch) -> tuple[Array, Array]:
    """Where does each word begin and end in `written`, where the batch counts the characters of each text?"""
    lengths = np.fromiter(map(len, texts), np.int64, len(texts))
    base = np.repeat(np.cumsum(lengths) - lengths, batch.lengths)
    starts, ends = batch.starts + base, batch.ends + base
    if int(lengths.sum()) == len(written):
        return starts, ends
    # Bytes that begin no character are few: each moves the words behind its character by one.
    further = np.flatnonzero((written & _CONTINUES) == _CONTINUATION)
    behind = further - np.arange(len(further))
    return _moved(starts, behind), _moved(ends, behind)


def _moved(places: Array, behind: Array) -> Array:
    """`places` (rising), each one further for every one of `behind` (rising) that does not exceed it."""
    passed = np.bincount(places.searchsorted(behind), minlength=len(places) + 1)
    moved: Array = places + np.cumsum(passed[:-1])
    return moved


def _marks(written: Array, starts: Array, ends: Array, as_forms: Array) -> Array:
    """How is each word written?  `as_forms`: which are their forms, but for capitals A-Z."""
    capitals = np.flatnonzero(written - np.uint8(ord("A")) < 26)
    owners = starts.searchsorted(capitals, side="right") - 1
    inside = owners >= 0
    capitals, owners = capitals[inside], owners[inside]
    inside = capitals < ends.take(owners)
    capitals, owners = capitals[inside], owners[inside]
    held = np.bincount(owners, minlength=len(starts))
    first = np.zeros(len(starts), bool)
    first[owners[capitals == starts.take(owners)]] = True
    marks = np.full(len(starts), OTHERWISE, np.uint8)
    marks[held == ends - starts] = ALL
    marks[(held == 1) & first] = FIRST
    marks[held == 0] = SAME
    marks[~as_forms] = OTHERWISE
    return marks


def _spaced(written: Array, starts: Array, ends: Array, batch: Batch) -> Array:
    """Which words have a single space between them and the next word of their text?"""
    spaced = np.zeros(len(starts), bool)
    if len(starts) > 1:
        spaced[:-1] = (starts[1:] - ends[:-1] == 1) & (written.take(ends[:-1]) == ord(" "))
        spaced[batch.bounds[1:][batch.lengths > 0] - 1] = False
    return spaced
