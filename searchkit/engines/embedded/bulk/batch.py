"""Speeches that wait to become one segment: their words as numbers, their columns, what is stored of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from whoosh.filedb.filestore import FileStorage

from searchkit.analysis.bulk import Batch, BulkAnalyzer
from searchkit.analysis.bulk.growing import GrowingArray
from searchkit.engines.embedded.arrays import Array
from searchkit.engines.embedded.bulk.fields import FieldRun
from searchkit.engines.embedded.bulk.joining import JoinedText
from searchkit.engines.embedded.bulk.records import records_of
from searchkit.engines.embedded.bulk.rests import rests_of
from searchkit.engines.embedded.bulk.scratch import Scratch
from searchkit.engines.embedded.bulk.sharing import Run
from searchkit.engines.embedded.bulk.sorting import KeySpace
from searchkit.engines.embedded.bulk.text import TextRun
from searchkit.engines.embedded.layout import Coded, Strings
from searchkit.engines.embedded.records import is_plain
from searchkit.engines.embedded.segment import ColumnarSegment
from searchkit.engines.embedded.segment_writer import SegmentWriter, StoredWriter
from searchkit.engines.embedded.toc import INDEX_NAME
from searchkit.identity.sketches import sketches, word_hash
from searchkit.models import Speech
from searchkit.schema import Field

__all__ = ["USUAL", "BulkBatch", "Words"]

USUAL = KeySpace(speech_bits=19, slot_bits=23)
"""Half a million speeches of up to 8 million slots."""


class Words:
    """What was learned of words and goes on from segment to segment: an analyzer, hash and length of each form."""

    def __init__(self) -> None:
        self.analyzer = BulkAnalyzer()
        self._hashes: GrowingArray[np.uint64] = GrowingArray(np.uint64)
        self._lengths: GrowingArray[np.int32] = GrowingArray(np.int32)

    def form_lengths(self) -> Array:
        """How many bytes has each form?"""
        new = self.analyzer.vocabulary.forms[len(self._lengths) :]
        self._lengths.extend([len(form) if form.isascii() else len(_encoded(form)) for form in new])
        return self._lengths.values

    def sketches(self, batch: Batch) -> Array:
        """The sketch of each text of `batch`."""
        forms = self.analyzer.vocabulary.forms
        self._hashes.extend([word_hash(form) for form in forms[len(self._hashes) :]])
        return sketches(self._hashes.values[batch.forms], batch.lengths)


class BulkBatch:
    """Collects speeches; `write` makes a segment of them, `leave` a part of one that several processes write."""

    def __init__(
        self, fields: tuple[Field, ...], words: Words, space: KeySpace = USUAL, directory: Path | None = None
    ) -> None:
        """`space` must hold the speeches and their words; what is too much for memory goes to `directory`."""
        self._words = words
        self._scratch = Scratch(directory)
        self._text = TextRun(words.analyzer.vocabulary, space, self._scratch)
        self._fields = FieldRun(fields, words.analyzer)
        self._ids: list[bytes] = []
        self._pages: dict[str, int] = {}
        self._page_of: list[int] = []
        self._quotes: list[tuple[int, int, int]] = []
        self._plain: list[bool] = []
        self._sketches: list[Array] = []
        self._compounds: list[tuple[Array, Array]] = []
        self._stored = StoredWriter(None if directory is None else str(directory))

    def __len__(self) -> int:
        return len(self._ids)

    def add(self, speeches: Sequence[Speech]) -> Batch:
        """Take in the next speeches, some 300 KB of text at best; what was found in their texts?"""
        texts = [speech.text for speech in speeches]
        batch = self._words.analyzer.analyze(texts, [speech.notes for speech in speeches])
        rests = rests_of(texts, list(map(_encoded, texts)), batch, self._words.form_lengths())
        self._text.add(batch, [speech.language for speech in speeches])
        self._sketches.append(self._words.sketches(batch))
        self._compounds.append((batch.compounds, np.diff(batch.compound_bounds)))
        self._fields.add(speeches, batch)
        for place, speech in enumerate(speeches):
            if speech.quotes:
                self._add_quotes(len(self._ids) + place, speech, batch, place)
        self._plain += map(is_plain, speeches)
        pages = self._pages
        self._page_of += [pages.setdefault(speech.page, len(pages)) for speech in speeches]
        self._ids += [_encoded(speech.id) for speech in speeches]
        self._stored.add(records_of(speeches), rests)
        return batch

    def write(self, storage: Any, indexname: str) -> ColumnarSegment:
        """Write the speeches as one segment; which one is it?"""
        try:
            segment = ColumnarSegment(indexname, speeches=len(self))
            with SegmentWriter.whole(storage, segment.segment_id(), len(self)) as writer:
                text = JoinedText([self._text.gathered()])
                text.write_fields(writer, self._scratch)
                text.write_stream(writer)
                self._write_others(writer)
            return segment
        finally:
            self.close()

    def leave(self) -> Run:
        """Write what only remains to be joined with what others leave; where does it stand?"""
        segment = ColumnarSegment(INDEX_NAME, speeches=len(self))
        self._text.leave()
        with SegmentWriter.whole(FileStorage(str(self._scratch.folder)), segment.segment_id(), len(self)) as writer:
            self._write_others(writer)
        return Run(self._scratch.folder, segment)

    def close(self) -> None:
        """Let go of all files, and remove those that were temporary."""
        self._text.close()
        self._stored.close()
        self._scratch.remove()

    # ------------------------------------------------------------------------------------------------------------------

    def _add_quotes(self, number: int, speech: Speech, batch: Batch, place: int) -> None:
        tokens = slice(int(batch.bounds[place]), int(batch.bounds[place + 1]))
        positions = batch.positions[tokens]
        firsts, behinds = np.searchsorted(
            batch.starts[tokens], [[quote.start for quote in speech.quotes], [quote.end for quote in speech.quotes]]
        ).tolist()
        for first, behind in zip(firsts, behinds, strict=True):
            ends = (int(positions[first]), int(positions[behind - 1])) if first < behind else (0, -1)
            self._quotes.append((number, *ends))

    def _write_others(self, writer: SegmentWriter) -> None:
        """Write all but the words of the texts."""
        self._fields.write(writer)
        self._write_columns(writer)
        writer.stored(self._stored)

    def _write_columns(self, writer: SegmentWriter) -> None:
        writer.length("text", self._text.lengths())
        writer.coded("compounds", self._compounds_column())
        quotes = np.asarray(self._quotes, np.int64).reshape(-1, 3)
        for place, part in enumerate(("quote_speeches", "quote_first", "quote_last")):
            writer.numbers(part, quotes[:, place], "<i4")
        writer.numbers("plain", np.asarray(self._plain), "<u1")
        writer.ids(Strings.of(self._ids))
        writer.pages(Strings.of([_encoded(page) for page in self._pages]), np.asarray(self._page_of, np.int64))
        writer.sketches(np.concatenate(self._sketches), self._text.lengths())

    def _compounds_column(self) -> Coded:
        """The hyphenated compounds of each speech, as "cease fire"."""
        values = [" ".join(parts) for _, parts in self._words.analyzer.compounds.met]
        numbers = np.concatenate([numbers for numbers, _ in self._compounds])
        counts = np.concatenate([counts for _, counts in self._compounds])
        used = np.flatnonzero(np.bincount(numbers, minlength=len(values)))
        # The values of a speech stand in their order, which is that of ranks.
        order = sorted(used.tolist(), key=values.__getitem__)
        rank = np.zeros(len(values), np.int64)
        rank[order] = np.arange(len(order))
        rows = np.sort((np.repeat(np.arange(len(counts)), counts) << 32) | rank[numbers])
        at = np.concatenate(([0], np.cumsum(counts)))
        return Coded([values[number] for number in order], rows & 0xFFFFFFFF, at)


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
