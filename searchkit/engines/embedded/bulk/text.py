"""The words of many speeches -> the fields `text` and `stems` and the stream of one segment.

Every occurrence is a 64-bit key (form, speech, slot).  Sorting the keys puts all of them in their places: 5 million in
0.15 s.  What is too much for memory waits in files, keys by ranges of forms (see buckets.py).
"""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from searchkit.analysis import PARAGRAPH_GAP, stem_language
from searchkit.analysis.bulk import Batch
from searchkit.analysis.bulk.growing import GrowingArray
from searchkit.analysis.bulk.vocabulary import Vocabulary
from searchkit.engines.embedded.arrays import Array
from searchkit.engines.embedded.bulk.buckets import Buckets
from searchkit.engines.embedded.bulk.sorting import KeySpace, pieces, ranked
from searchkit.engines.embedded.bulk.stems import StemRun
from searchkit.engines.embedded.layout import PARAGRAPH_SLOTS
from searchkit.engines.embedded.segment_writer import SegmentWriter

__all__ = ["TextRun", "slots_of"]

_PIECE = 1 << 18
"""Occurrences that are handed on at a time."""
_STREAM_IN_MEMORY = 8 << 20
_UNCOUNTED = 8
"""Batches whose forms are counted at a time: some 2 MB."""


class TextRun:
    """Collects the words of speeches until `write`; `vocabulary` is that of the analyzer whose batches it takes."""

    def __init__(self, vocabulary: Vocabulary, space: KeySpace, directory: Path | None = None) -> None:
        """`space` must hold the speeches and their slots; what is too much for memory goes to `directory`."""
        self._vocabulary = vocabulary
        self._space = space
        self._directory = directory
        self._keys = Buckets(vocabulary.forms, space.below, directory)
        self._times = np.zeros(0, np.int64)
        """How often each form stands in all speeches."""
        self._uncounted: list[Array] = []
        """Forms of batches that are still to be counted."""
        self._languages: list[str] = []
        self._lengths: GrowingArray[np.int32] = GrowingArray(np.int32)
        self._slots: GrowingArray[np.int32] = GrowingArray(np.int32)
        self._batches: list[int] = []
        """Speeches of each batch."""
        folder = None if directory is None else str(directory)
        self._stream = tempfile.SpooledTemporaryFile(_STREAM_IN_MEMORY, dir=folder)  # noqa: SIM115 -- see close
        self.tokens = 0

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
        self._stream.write(stream.tobytes())
        self._batches.append(len(counts))
        self._lengths.extend(counts)
        self._slots.extend(lengths)
        self._languages += map(stem_language, languages)
        self.tokens += len(batch.forms)

    def lengths(self) -> Array:
        """How many words has each speech?"""
        return self._lengths.values

    def write(self, writer: SegmentWriter) -> None:
        """Write both fields and the stream."""
        self._count()
        used = np.flatnonzero(self._times)
        terms, rank = ranked([self._vocabulary.forms[form] for form in used.tolist()], used, len(self._vocabulary))
        form_of = np.zeros(len(used), np.int64)
        form_of[rank[used]] = used
        stems = StemRun(self._vocabulary, form_of, self._languages, self._space, self._directory)
        stems.expect(self._times[form_of])
        with writer.field("text", positions=True, words=self.tokens) as field:
            for keys in self._keys.in_order(rank):
                for first, piece in self._space.pieces(keys, terms, _PIECE):
                    field.add(piece)
                    stems.add(first, piece)
        with contextlib.closing(stems), writer.field("stems") as field:
            for postings in stems.postings():
                for part in pieces(postings, _PIECE):
                    field.add(part)
        code_of = np.empty(len(used), np.int64)
        code_of[np.argsort(-self._times[form_of], kind="stable")] = np.arange(1, len(used) + 1)
        code_of_form = np.zeros(len(self._vocabulary) + 1, np.int32)
        code_of_form[form_of + 1] = code_of
        writer.stream(code_of, self._codes(code_of_form))

    def close(self) -> None:
        """Let go of the files."""
        self._keys.close()
        self._stream.close()

    def _count(self) -> None:
        """Count the forms of the last batches: together, because the table of all forms is long."""
        forms = np.concatenate([np.zeros(0, np.int32), *self._uncounted])
        times = np.bincount(forms, minlength=len(self._vocabulary))
        times[: len(self._times)] += self._times
        self._times, self._uncounted = times, []

    def _codes(self, code_of_form: Array) -> Iterator[tuple[Array, Array]]:
        """The stream, batch by batch; `code_of_form` begins with the code of an empty slot."""
        place = 0
        self._stream.seek(0)
        for speeches in self._batches:
            lengths = self._slots.values[place : place + speeches].astype(np.int64)
            forms = np.frombuffer(self._stream.read(4 * int(lengths.sum())), np.int32)
            yield code_of_form.take(forms), lengths
            place += speeches


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
