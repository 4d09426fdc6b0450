"""The words of many speeches, gathered: keys by ranges of forms, the stream, what is known of each form.

Every occurrence is a 64-bit key (form, speech, slot).  What is too much for memory waits in files.  `joining.py` makes
fields and a stream of what one or several of these have gathered, in this process or, after `leave`, in another.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import IO

import numpy as np

from searchkit.analysis import PARAGRAPH_GAP, stem_language
from searchkit.analysis.bulk import Batch
from searchkit.analysis.bulk.growing import GrowingArray
from searchkit.analysis.bulk.vocabulary import Vocabulary
from searchkit.engines.embedded.arrays import Array
from searchkit.engines.embedded.bulk.buckets import Buckets
from searchkit.engines.embedded.bulk.gathered import KEYS, STREAM, Gathered, keep
from searchkit.engines.embedded.bulk.scratch import Scratch
from searchkit.engines.embedded.bulk.sorting import KeySpace
from searchkit.engines.embedded.layout import PARAGRAPH_SLOTS

__all__ = ["TextRun", "slots_of"]

_STREAM_IN_MEMORY = 8 << 20
_UNCOUNTED = 8
"""Batches whose forms are counted at a time: some 2 MB."""


class TextRun:
    """Collects the words of speeches; `vocabulary` is that of the analyzer whose batches it takes."""

    def __init__(self, vocabulary: Vocabulary, space: KeySpace, scratch: Scratch) -> None:
        """`space` must hold the speeches and their slots; what is too much for memory goes to `scratch`."""
        self._vocabulary = vocabulary
        self._space = space
        self._scratch = scratch
        self._keys = Buckets(vocabulary.forms, space.below, scratch, KEYS)
        self._times = np.zeros(0, np.int64)
        """How often each form stands in all speeches."""
        self._uncounted: list[Array] = []
        """Forms of batches that are still to be counted."""
        self._languages: list[str] = []
        self._lengths: GrowingArray[np.int32] = GrowingArray(np.int32)
        self._slots: GrowingArray[np.int32] = GrowingArray(np.int32)
        self._stream: list[Array] = []
        """Of each slot 1 + its form, 0 for an empty one: what has not gone to the file yet."""
        self._stream_bytes = 0
        self._stream_file: IO[bytes] | None = None

    def __len__(self) -> int:
        return len(self._languages)

    def add(self, batch: Batch, languages: Sequence[str | None]) -> None:
        """Take in the words of the next speeches; `languages` are those of the speeches."""
        slots, counts = slots_of(batch), batch.lengths
        first = len(self)
        speeches = np.repeat(np.arange(first, first + len(counts)), counts)
        self._keys.add(self._space.keys(batch.forms, speeches, slots))
        self._uncounted.append(batch.forms)
        if len(self._uncounted) >= _UNCOUNTED:
            self._count()
        lengths = _lengths_in_slots(slots, counts)
        stream = np.zeros(int(lengths.sum()), np.int32)
        stream[np.repeat(np.cumsum(lengths) - lengths, counts) + slots] = batch.forms + 1
        self._stream.append(stream)
        self._stream_bytes += stream.nbytes
        if self._stream_bytes > _STREAM_IN_MEMORY:
            self._put_stream()
        self._lengths.extend(counts)
        self._slots.extend(lengths)
        self._languages += map(stem_language, languages)

    def lengths(self) -> Array:
        """How many words has each speech?"""
        return self._lengths.values

    def gathered(self) -> Gathered:
        """What was gathered, for this process; asked once, at the end."""
        self._count()
        used = np.flatnonzero(self._times)
        return Gathered(
            forms=[self._vocabulary.forms[form] for form in used.tolist()],
            numbers=used,
            times=self._times[used],
            languages=self._languages,
            slots=self._slots.values,
            space=self._space,
            key_parts=self._keys.parts,
            stream=self._streamed,
        )

    def leave(self) -> None:
        """Write what was gathered into the folder of temporary files, for another process: see `left_in`."""
        parts = self._keys.leave()
        self._put_stream()
        self.close()
        keep(self.gathered(), parts, self._scratch.folder)

    def close(self) -> None:
        """Let go of the files."""
        self._keys.close()
        if self._stream_file is not None:
            self._stream_file.close()

    def _count(self) -> None:
        """Count the forms of the last batches: together, because the table of all forms is long."""
        forms = np.concatenate([np.zeros(0, np.int32), *self._uncounted])
        times = np.bincount(forms, minlength=len(self._vocabulary))
        times[: len(self._times)] += self._times
        self._times, self._uncounted = times, []

    def _put_stream(self) -> None:
        if self._stream_file is None:
            self._stream_file = self._scratch.file(STREAM)
        for piece in self._stream:
            self._stream_file.write(piece.data)
        self._stream, self._stream_bytes = [], 0

    def _streamed(self) -> Iterator[Array]:
        if self._stream_file is not None:
            self._stream_file.seek(0)
            while len(piece := np.fromfile(self._stream_file, np.int32, _STREAM_IN_MEMORY // 4)):
                yield piece
        yield from self._stream


def slots_of(batch: Batch) -> Array:
    """In which slot of its speech does each word stand?  As its position, but a paragraph end skips PARAGRAPH_SLOTS."""
    # No step from one speech to the next is that long: every speech begins at position 0.
    ends = np.flatnonzero(np.diff(batch.positions) > PARAGRAPH_GAP) + 1
    if not len(ends):
        return batch.positions
    before = np.zeros(len(batch.positions), np.int32)
    before[ends] = 1
    np.cumsum(before, out=before)
    filled = batch.lengths > 0
    before -= np.repeat(before[batch.bounds[:-1][filled]], batch.lengths[filled])
    return batch.positions - (PARAGRAPH_GAP - PARAGRAPH_SLOTS) * before


def _lengths_in_slots(slots: Array, counts: Array) -> Array:
    """How many slots has each speech, its end included?"""
    lengths = np.full(len(counts), PARAGRAPH_SLOTS, np.int64)
    filled = counts > 0
    lengths[filled] += slots[np.cumsum(counts)[filled] - 1] + 1
    return lengths
