"""How often does each word stand in some part of a stream?  Counted on its 16-bit codes, a stretch of slots at a time.

Nothing is made of a word but its code: neither its position nor its term is looked up before the counts are there.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from searchkit.engines.arrays import distinct
from searchkit.engines.embedded.arrays import Array
from searchkit.engines.embedded.layout import ESCAPE, PARAGRAPH_SLOTS
from searchkit.engines.embedded.slots import Stream

__all__ = ["Piece", "beside", "in_speeches", "pieces"]

_AT_ONCE = 1 << 20
"""Slots counted together: some 20 MB with what is made of them."""
_LEFT, _RIGHT = 1, 2
"""Their sum: on both sides."""


def in_speeches(stream: Stream, speeches: Array) -> Array:
    """How often does each term of `text`, by its number, stand in `speeches` (rising)?"""
    tally = _Tally(stream, 1)
    for piece in pieces(stream, speeches):
        tally.add(piece)
    [counts] = tally.by_term()
    return counts


def beside(stream: Stream, speeches: Array, firsts: Array, lasts: Array, window: int) -> list[Array]:
    """How often does each term of `text` stand at most `window` slots beside spans, in their paragraph?

    Arguments:
        speeches, firsts, lasts: of each span, rising; its ends are slots of the whole stream.

    Returns three counts by the number of the term: on the left alone, on the right alone, on both sides.
    """
    tally = _Tally(stream, 4)
    held = distinct(speeches)
    counts = np.diff(speeches.searchsorted(held), append=len(speeches))
    until = 0
    for piece in pieces(stream, held):
        own = counts[: len(piece.speeches)]
        counts = counts[len(own) :]
        chosen = slice(until, until := until + int(own.sum()))
        moved = np.repeat(piece.begins - stream.starts.take(piece.speeches), own)
        ends = stream.paragraphs_of(lasts[chosen])
        begins = ends if firsts is lasts else stream.paragraphs_of(firsts[chosen])
        right = _marked(piece, lasts[chosen] + moved, stream.breaks.take(ends) + moved, range(1, window + 1))
        left = _marked(piece, firsts[chosen] + moved, _before(stream, begins) + moved, range(-1, -window - 1, -1))
        tally.add(piece, left | right, left.view(np.uint8) * _LEFT + right.view(np.uint8) * _RIGHT)
    return tally.by_term()[1:]


def _before(stream: Stream, paragraphs: Array) -> Array:
    """Which empty slot is the last before each of `paragraphs`?"""
    ends: Array = stream.breaks.take(np.maximum(paragraphs - 1, 0)) + (PARAGRAPH_SLOTS - 1)
    ends[paragraphs == 0] = -1
    return ends


def _marked(piece: Piece, places: Array, bounds: Array, steps: range) -> Array:
    """Which slots of the piece are so many `steps` from `places`, but not beyond `bounds`?

    A bound is an empty slot, marked where the paragraph ends before the steps do.  That before the piece is -1, which
    is its last slot, as empty.
    """
    marked = np.zeros(len(piece.codes), bool)
    nearest = np.minimum if steps.step > 0 else np.maximum
    for step in steps:
        marked[nearest(places + step, bounds)] = True
    return marked


@dataclass(frozen=True, slots=True)
class Piece:
    """The slots of some speeches, one speech after the other."""

    speeches: Array
    begins: Array
    """Where each speech begins among the codes."""
    codes: Array


def pieces(stream: Stream, speeches: Array) -> Iterator[Piece]:
    """Which slots have `speeches` (rising)?  Some speeches at a time."""
    if not len(speeches):
        return
    lengths = stream.starts.take(speeches + 1) - stream.starts.take(speeches)
    ends = np.cumsum(lengths)
    cuts = np.searchsorted(ends, np.arange(_AT_ONCE, ends[-1], _AT_ONCE), side="left")
    for low, high in itertools.pairwise([0, *distinct(cuts[cuts > 0]).tolist(), len(speeches)]):
        chosen = speeches[low:high]
        news = np.flatnonzero(np.diff(chosen) != 1) + 1
        froms = stream.starts.take(chosen[np.append(0, news)]).tolist()
        tos = stream.starts.take(chosen[np.append(news, len(chosen)) - 1] + 1).tolist()
        codes = [stream.codes[begin:end] for begin, end in zip(froms, tos, strict=True)]
        yield Piece(
            chosen, ends[low:high] - lengths[low:high] - (ends[low] - lengths[low]),
            codes[0] if len(codes) == 1 else np.concatenate(codes),
        )  # fmt: skip


class _Tally:
    """Counts of codes, in several columns."""

    def __init__(self, stream: Stream, columns: int) -> None:
        self._stream = stream
        self._columns = columns
        self._counts = np.zeros((stream.code_count, columns), np.int64)

    def add(self, piece: Piece, chosen: Array | None = None, columns: Array | None = None) -> None:
        """Count the `chosen` slots of the piece (a mask), each in its column; if none are said all."""
        codes, places = piece.codes, None
        if chosen is not None and columns is not None:
            places = np.flatnonzero(chosen)
            codes, columns = codes.take(places), columns.take(places)
        keys = codes if columns is None else codes.astype(np.int32) * self._columns + columns
        counts = np.bincount(keys, minlength=(ESCAPE + 1) * self._columns).reshape(-1, self._columns)
        rare = np.flatnonzero(codes == ESCAPE) if counts[ESCAPE].any() else ()
        counts[ESCAPE] = 0
        self._counts[: ESCAPE + 1] += counts[: len(self._counts)]
        if len(rare):
            slots = rare if places is None else places.take(rare)
            rows = piece.begins.searchsorted(slots, side="right") - 1
            slots = slots - piece.begins.take(rows) + self._stream.starts.take(piece.speeches.take(rows))
            into = np.zeros(len(rare), np.uint8) if columns is None else columns.take(rare)
            np.add.at(self._counts, (self._stream.rare_codes(slots), into), 1)

    def by_term(self) -> list[Array]:
        """The counts of each column, by the number of the term."""
        counts = np.zeros((self._columns, len(self._counts) - 1), np.int64)
        counts[:, self._stream.terms(np.arange(1, len(self._counts)))] = self._counts[1:].T
        return list(counts)
