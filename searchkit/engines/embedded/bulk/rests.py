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
_NONE: Array = np.zeros(0, np.int64)
_ZERO: Array = np.zeros(1, np.int32)


def rests_of(texts: Sequence[str], encoded: Sequence[bytes], batch: Batch, form_lengths: Array) -> list[bytes]:
    """What remains of `texts` without the forms of the words that `batch` found in them?

    Arguments:
        encoded: the same texts in UTF-8.
        form_lengths: how many bytes has each form of the vocabulary.
    """
    written = np.frombuffer(b"".join(encoded), np.uint8)
    starts, lengths = _in_bytes(written, texts, batch)
    marks = _marks(written, starts, lengths)
    otherwise = np.flatnonzero(~batch.as_forms | (lengths != form_lengths.take(batch.forms)))
    marks[otherwise] = OTHERWISE
    spaced = _spaced(written, starts, starts + lengths, batch)
    spaced &= marks != OTHERWISE
    marks += spaced.view(np.uint8) * np.uint8(SPACED)
    taken = lengths + spaced
    taken[marks == OTHERWISE] = 0
    # What stands between: from the end of what one word takes to the beginning of the next.
    froms = np.concatenate((_ZERO, starts + taken))
    untils = np.append(starts, np.int32(len(written)))
    widths = untils - froms
    before = np.cumsum(widths, dtype=np.int32) - widths
    rest = np.empty(int(before[-1] + widths[-1]) + len(starts), np.uint8)
    rest[before[1:] + np.arange(len(starts), dtype=np.int32)] = marks
    # Nothing stands between most words.
    gaps = np.flatnonzero(widths)
    own = widths[gaps]
    steps = np.arange(int(own.sum())) - np.repeat(np.cumsum(own) - own, own)
    rest[np.repeat(before[gaps] + gaps, own) + steps] = written.take(np.repeat(froms[gaps], own) + steps)
    begins = np.cumsum([0, *map(len, encoded)])
    # Of what stands before a word, what is not between has been taken.
    ends = batch.bounds
    shortened = untils.take(ends) - before.take(ends) - widths.take(ends)
    bounds = (begins - shortened + ends).tolist()
    joined = rest.tobytes()
    rests = [joined[start:end] for start, end in itertools.pairwise(bounds)]
    if len(written) and written.min() < MARKS:
        for place, text in enumerate(encoded):
            if text and min(text) < MARKS:
                rests[place] = bytes((WHOLE,)) + text
    return rests


def _in_bytes(written: Array, texts: Sequence[str], batch: Batch) -> tuple[Array, Array]:
    """Where in `written` does each word begin, and how long is it, where the batch counts characters of each text?"""
    sizes = np.fromiter(map(len, texts), np.int64, len(texts))
    starts = batch.starts + np.repeat((np.cumsum(sizes) - sizes).astype(np.int32), batch.lengths)
    lengths = batch.ends - batch.starts
    if int(sizes.sum()) == len(written) or not len(starts):
        return starts, lengths
    # Bytes that begin no character are few: each moves the words behind its character by one.
    further = np.flatnonzero((written & _CONTINUES) == _CONTINUATION)
    behind = (further - np.arange(len(further))).astype(np.int32)
    words = starts.searchsorted(behind)
    # One character further back stands what is longer by it: a word that begins before and does not end before.
    holds = (words > 0) & (behind <= (starts + lengths).take(words - 1, mode="clip"))
    np.add.at(lengths, words[holds] - 1, 1)
    moved = np.cumsum(np.bincount(words, minlength=len(starts) + 1)[:-1], dtype=np.int32)
    return starts + moved, lengths


def _marks(written: Array, starts: Array, lengths: Array) -> Array:
    """How is each word written, if it is its form but for capitals A-Z?"""
    marks = np.full(len(starts), SAME, np.uint8)
    capitals = np.flatnonzero(written - np.uint8(ord("A")) < 26).astype(np.int32)
    owners = starts.searchsorted(capitals, side="right") - 1
    inside = np.flatnonzero(capitals < (starts + lengths).take(owners, mode="clip")) if len(starts) else _NONE
    inside = inside[owners[inside] >= 0]
    capitals, owners = capitals[inside], owners[inside]
    firsts = np.flatnonzero(np.diff(owners, prepend=-1))
    held = np.diff(firsts, append=len(owners))
    words = owners[firsts]
    found = np.full(len(words), OTHERWISE, np.uint8)
    found[held == lengths[words]] = ALL
    found[(held == 1) & (capitals[firsts] == starts[words])] = FIRST
    marks[words] = found
    return marks


def _spaced(written: Array, starts: Array, ends: Array, batch: Batch) -> Array:
    """Which words have a single space between them and the next word of their text?"""
    spaced = np.zeros(len(starts), bool)
    if len(starts) > 1:
        spaced[:-1] = (starts[1:] - ends[:-1] == 1) & (written.take(ends[:-1]) == ord(" "))
        spaced[batch.bounds[1:][batch.lengths > 0] - 1] = False
    return spaced
