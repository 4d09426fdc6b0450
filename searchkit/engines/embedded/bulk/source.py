"""A finished segment as something to be merged: its files, and which number each of its speeches gets."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any

import numpy as np

from searchkit.engines.embedded.arrays import Array, ArrayFile
from searchkit.engines.embedded.blocks import BlockReader
from searchkit.engines.embedded.field_reader import FieldReader, FieldSources
from searchkit.engines.embedded.layout import (
    COLUMNS,
    ESCAPE,
    PLACES,
    POSTINGS,
    STREAM,
    TERMS,
    TEXTS,
    FieldPostings,
    Strings,
)

__all__ = ["Source"]

_SLOTS_AT_ONCE = 1 << 21
_STRINGS_AT_ONCE = 1_000


class Source:
    """One of several segments that become one."""

    def __init__(self, storage: Any, segment: str, first: int, live: Array | None = None) -> None:
        """`first` is the number of its first speech in the whole; `live` a mask of those that stay, None: all."""
        self._storage, self._segment = storage, segment
        self.columns = self._file(COLUMNS)
        self._terms = self._file(TERMS)
        self._sources = FieldSources(self._terms, self._file(POSTINGS), self._file(PLACES))
        self.speeches = int(self.columns.meta["speeches"])
        self.live = None if live is None or live.all() else live
        self.kept = self.speeches if self.live is None else int(self.live.sum())
        """How many of its speeches stay."""
        self.first = first
        """The number of its first speech in the whole."""

    @property
    def field_names(self) -> list[str]:
        """Which fields has it?"""
        return list(self._terms.meta["fields"])

    def field(self, name: str) -> FieldReader | None:
        """The field `name`, if it has it."""
        return FieldReader(self._sources, name) if name in self._terms.meta["fields"] else None

    def chosen(self, column: Array) -> Array:
        """The entries of a column, one a speech, of the speeches that stay."""
        return column if self.live is None else column[self.live]

    def postings(self, field: FieldReader, low: int, high: int) -> FieldPostings:
        """The postings of the terms `low` to `high` of `field`, with the numbers in the whole; some may have none."""
        speeches, counts = field.speeches_of(low, high)
        frequencies = field.frequencies_of(low, high)
        positions = field.positions_of(low, high) if field.has_positions else None
        streamed = field.streamed_of(low, high)
        if self.live is not None:
            stays = self.live[speeches]
            if positions is not None:
                times = np.ones(len(speeches), np.int64) if frequencies is None else frequencies
                times = np.where(np.repeat(streamed, counts), 0, times)
                positions = positions[np.repeat(stays, times)]
            counts = _sums(stays, counts)
            speeches, frequencies = speeches[stays], None if frequencies is None else frequencies[stays]
            speeches = (np.cumsum(self.live) - 1)[speeches]
        return FieldPostings(
            Strings(b"", np.zeros(1)), counts, speeches + self.first, frequencies, positions, streamed=streamed
        )

    # -- the stream ----------------------------------------------------------------------------------------------------

    @cached_property
    def _stream(self) -> ArrayFile:
        return self._file(STREAM)

    def slot_starts(self) -> Array:
        """The first slot of each speech, and the end."""
        return self._stream.array("starts").astype(np.int64)

    def stream(self, code_of_term: Array) -> Iterator[tuple[Array, Array]]:
        """The stream with new codes, in pieces of whole speeches, as SegmentWriter takes it.

        Arguments:
            code_of_term: the new code of each term of `text`.
        """
        new = np.concatenate(([0], code_of_term[self._stream.array("term_of")[1:]]))
        starts = self.slot_starts()
        codes, rare_at, rare = (self._stream.array(name) for name in ("codes", "rare_at", "rare"))
        cuts = np.unique(np.searchsorted(starts, np.arange(0, starts[-1] + _SLOTS_AT_ONCE, _SLOTS_AT_ONCE)))
        cuts = np.unique(np.minimum(cuts, self.speeches))
        for low, high in zip(cuts[:-1].tolist(), cuts[1:].tolist(), strict=True):
            begin, end = int(starts[low]), int(starts[high])
            piece = codes[begin:end].astype(np.int64)
            first, last = np.searchsorted(rare_at, np.array((begin, end), rare_at.dtype))
            assert np.count_nonzero(piece == ESCAPE) == last - first
            piece[rare_at[first:last].astype(np.int64) - begin] = rare[first:last]
            slots = np.diff(starts[low : high + 1])
            if self.live is not None:
                stays = self.live[low:high]
                piece, slots = piece[np.repeat(stays, slots)], slots[stays]
            yield new[piece], slots

    def strings_of_column(self, name: str) -> list[bytes]:
        """The strings of the column `name`: ids, pages."""
        blob, at = bytes(self.columns.bytes(f"{name}.blob")), self.columns.array(f"{name}.offsets")
        return Strings(blob, at).listed()

    # -- what is stored ------------------------------------------------------------------------------------------------

    def packed(self, name: str) -> BlockReader:
        """The strings of "records" or "rests", of all speeches."""
        return BlockReader(self._file(TEXTS), name)

    def strings(self, packed: BlockReader) -> Iterator[bytes]:
        """Those of the speeches that stay."""
        numbers = np.arange(self.speeches) if self.live is None else np.flatnonzero(self.live)
        for first in range(0, len(numbers), _STRINGS_AT_ONCE):
            yield from packed.take(numbers[first : first + _STRINGS_AT_ONCE])

    def _file(self, suffix: str) -> ArrayFile:
        return ArrayFile(self._storage, self._segment + suffix, suffix[1:])


def _sums(flags: Array, counts: Array) -> Array:
    """How many of each of several runs of `flags`, of lengths `counts`, are set?"""
    before = np.concatenate(([0], np.cumsum(flags)))
    ends = np.cumsum(counts)
    sums: Array = before[ends] - before[ends - counts]
    return sums
