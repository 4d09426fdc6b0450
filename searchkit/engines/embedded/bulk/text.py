"""The words of many speeches -> the fields `text` and `stems` and the stream of one segment.

Tokens are kept as numbers until the segment is full.  Then one sort of 64-bit keys (term, speech, slot) puts every
occurrence in its place: 5 million of them in 0.15 s.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from searchkit.analysis import PARAGRAPH_GAP, stem_language
from searchkit.analysis.bulk import Batch
from searchkit.analysis.bulk.vocabulary import Vocabulary
from searchkit.engines.embedded.arrays import Array
from searchkit.engines.embedded.bulk.sorting import grouped, pieces, postings_of, ranked
from searchkit.engines.embedded.layout import PARAGRAPH_SLOTS, FieldPostings
from searchkit.engines.embedded.segment_writer import SegmentWriter

__all__ = ["TextRun", "slots_of"]

_PIECE = 1 << 20
"""Postings that are handed on at a time."""


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of a batch of speeches."""

    forms: Array
    slots: Array
    counts: Array
    """Words of each speech."""


class TextRun:
    """Collects the words of speeches until `write`; `vocabulary` is that of the analyzer whose batches it takes."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._batches: list[_Words] = []
        self._languages: list[str] = []
        self.tokens = 0

    def __len__(self) -> int:
        return len(self._languages)

    def add(self, batch: Batch, languages: Sequence[str | None]) -> None:
        """Take in the words of the next speeches; `languages` are those of the speeches."""
        self._batches.append(_Words(batch.forms, slots_of(batch), batch.lengths))
        self._languages += map(stem_language, languages)
        self.tokens += len(batch.forms)

    def lengths(self) -> Array:
        """How many words has each speech?"""
        return _joined([words.counts for words in self._batches])

    def write(self, writer: SegmentWriter) -> None:
        """Write both fields and the stream."""
        forms = _joined([words.forms for words in self._batches])
        occurrences = np.bincount(forms, minlength=len(self._vocabulary))
        used = np.flatnonzero(occurrences)
        terms, rank = ranked([self._vocabulary.forms[form] for form in used.tolist()], used, len(self._vocabulary))
        speeches = np.repeat(np.arange(len(self)), self.lengths())
        slots = _joined([words.slots for words in self._batches]).astype(np.int64)
        postings = postings_of(terms, rank[forms], speeches, slots)
        del forms, speeches, slots
        form_of = np.zeros(len(used), np.int64)
        form_of[rank[used]] = used
        with writer.field("text", positions=True, words=self.tokens) as field:
            for piece in pieces(postings, _PIECE):
                field.add(piece)
        with writer.field("stems") as field:
            for piece in pieces(self._stems(postings, form_of), _PIECE):
                field.add(piece)
        code_of = np.empty(len(used), np.int64)
        code_of[np.argsort(-occurrences[form_of], kind="stable")] = np.arange(1, len(used) + 1)
        code_of_form = np.zeros(len(self._vocabulary), np.int64)
        code_of_form[form_of] = code_of
        writer.stream(code_of, self._stream(code_of_form))

    def _stream(self, code_of_form: Array) -> Iterator[tuple[Array, Array]]:
        for words in self._batches:
            lengths = _lengths_in_slots(words)
            starts = np.cumsum(lengths) - lengths
            codes = np.zeros(int(lengths.sum()), np.int64)
            codes[np.repeat(starts, words.counts) + words.slots] = code_of_form[words.forms]
            yield codes, lengths

    def _stems(self, postings: FieldPostings, form_of: Array) -> FieldPostings:
        """The postings of stems: those of the forms that share one, taken together."""
        languages = Counter(self._languages)
        usual = max(languages, key=languages.__getitem__, default="")
        stem_of = self._vocabulary.stems_of(usual, form_of).astype(np.int64)
        stems = np.repeat(stem_of, postings.counts)
        ranks = np.repeat(np.arange(len(form_of)), postings.counts)
        others = [name for name in languages if name != usual]
        names = [usual, *others]
        language_of = np.asarray([names.index(name) for name in self._languages], np.int64)
        pairs = []
        for number, name in enumerate(names):
            chosen = np.flatnonzero(language_of[postings.speeches] == number) if others else slice(None)
            there = np.flatnonzero(np.bincount(ranks[chosen], minlength=len(form_of)))
            if number:
                stem_of[there] = self._vocabulary.stems_of(name, form_of[there])
                stems[chosen] = stem_of[ranks[chosen]]
            pairs.append((stem_of[there] << 32) | there)
        del ranks
        return self._postings_of_stems(stems, postings, np.concatenate(pairs))

    def _postings_of_stems(self, stems: Array, postings: FieldPostings, pairs: Array) -> FieldPostings:
        size = len(self._vocabulary.stems)
        numbers = np.flatnonzero(np.bincount(stems, minlength=size))
        terms, rank = ranked([self._vocabulary.stems[stem] for stem in numbers.tolist()], numbers, size)
        assert postings.frequencies is not None
        rows = grouped(rank[stems], postings.speeches, postings.frequencies, len(terms))
        pairs = np.sort((rank[pairs >> 32] << 32) | (pairs & 0xFFFFFFFF))
        return FieldPostings(
            terms,
            rows.counts,
            rows.speeches,
            np.add.reduceat(rows.details, rows.starts) if len(rows.starts) else rows.details,
            forms_at=np.searchsorted(pairs >> 32, np.arange(len(terms) + 1)),
            forms=pairs & 0xFFFFFFFF,
        )


def slots_of(batch: Batch) -> Array:
    """In which slot of its speech does each word stand?  As its position, but a paragraph end skips PARAGRAPH_SLOTS."""
    paragraph = np.diff(batch.positions, prepend=0) > PARAGRAPH_GAP
    filled = batch.bounds[:-1][batch.lengths > 0]
    paragraph[filled] = False  # the first word of a speech ends nothing
    ends = np.cumsum(paragraph)
    before = np.repeat(ends[filled], batch.lengths[batch.lengths > 0])
    return (batch.positions - (PARAGRAPH_GAP - PARAGRAPH_SLOTS) * (ends - before)).astype(np.int32)


def _lengths_in_slots(words: _Words) -> Array:
    """How many slots has each speech, its end included?"""
    lengths = np.full(len(words.counts), PARAGRAPH_SLOTS, np.int64)
    filled = words.counts > 0
    lengths[filled] += words.slots[np.cumsum(words.counts)[filled] - 1] + 1
    return lengths


def _joined(arrays: list[Array]) -> Array:
    return np.concatenate(arrays) if arrays else np.zeros(0, np.int64)
