"""Writes one segment: fields in pieces of rising terms, the stream, columns, what is stored.  See layout.py.

    writer = SegmentWriter(storage, "MAIN_a1b2", speeches=50_000)
    with writer.field("text", positions=True) as field:          # one field after another, in the order of their names
        for chunk in chunks:                                      # consecutive ranges of terms: FieldPostings
            field.add(chunk)
    writer.stream(code_of, pieces)                                # pieces: (codes, slots of each speech)
    writer.length("text", lengths); writer.numbers("date_first", days, "<i4"); writer.coded("speaker", Coded(...))
    writer.ids(Strings(...))
    writer.stored(stored)                                         # a StoredWriter that has taken in all speeches
    writer.finish()

Two processes may share the work: one writes the fields, the other all else.

Every writer of speeches ends here: Whoosh's document by document, the batches of a build, merging.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
from whoosh.filedb.filestore import FileStorage

from searchkit.engines import scoring
from searchkit.engines.embedded.arrays import Array, ArrayFileWriter
from searchkit.engines.embedded.blocks import BlockWriter
from searchkit.engines.embedded.layout import (
    COLUMNS,
    ESCAPE,
    PARAGRAPH_SLOTS,
    PLACES,
    POSTINGS,
    STREAM,
    TERMS,
    TEXTS,
    Coded,
    Strings,
    streamed_from,
)
from searchkit.engines.embedded.postings_writer import FieldFiles, FieldWriter
from searchkit.identity.sketches import LEAST_WORDS

__all__ = ["SegmentWriter", "StoredWriter"]

_NOTHING: Array = np.zeros(0, np.int64)
_FORMS_AT_ONCE = 100_000


class StoredWriter:
    """Takes what is stored of each speech: its record (JSON without the text) and the rest of its text."""

    def __init__(self, folder: str | None) -> None:
        """What is packed waits in `folder`, under no name."""
        self.records = BlockWriter(folder)
        self.rests = BlockWriter(folder)

    def add(self, records: Iterable[bytes], rests: Iterable[bytes]) -> None:
        """Take in what is stored of the next speeches."""
        for record in records:
            self.records.add(record)
        for rest in rests:
            self.rests.add(rest)

    def write(self, file: ArrayFileWriter) -> None:
        """Write both."""
        self.records.write(file, "records")
        self.rests.write(file, "rests")

    def close(self) -> None:
        """Let go of what waits."""
        self.records.close()
        self.rests.close()


class SegmentWriter:
    """Writes the files of one segment into a Whoosh storage."""

    def __init__(self, storage: Any, segment: str, speeches: int) -> None:
        self._storage = storage
        self._segment = segment
        self._speeches = speeches
        self._opened: dict[str, ArrayFileWriter] = {}
        self._fields: dict[str, Any] = {}
        self._forms = self._ids = Strings.of([])

    @property
    def folder(self) -> str | None:
        """Where do the files stand?  None: in memory."""
        return self._storage.folder if isinstance(self._storage, FileStorage) else None

    @classmethod
    @contextlib.contextmanager
    def whole(cls, storage: Any, segment: str, speeches: int) -> Iterator[SegmentWriter]:
        """A writer that is finished behind the block, or lets go of its files if that fails."""
        writer = cls(storage, segment, speeches)
        try:
            yield writer
            writer.finish()
        except BaseException:
            writer.abandon()
            raise

    @contextlib.contextmanager
    def field(self, name: str, *, positions: bool = False, words: int | None = None) -> Iterator[FieldWriter]:
        """Write the postings of the field `name`: add its pieces to what this gives.

        Positions that the stream tells are left out where it is said how many `words` it has.
        """
        limit = None if words is None else streamed_from(words)
        files = FieldFiles(self._file(TERMS), self._file(POSTINGS), self._file(PLACES))
        writer = FieldWriter(files, name, self._speeches, positions=positions, streamed_from=limit)
        yield writer
        self._fields[name] = writer.close()
        if name == "text":
            self._forms = writer.terms()

    # -- the stream ----------------------------------------------------------------------------------------------------

    def stream(self, code_of: Array, pieces: Iterable[tuple[Array, Array]], forms: Strings | None = None) -> None:
        """Write the stream.

        Arguments:
            code_of: the code of each term of `text`, in the order of its vocabulary: 1 + its rank by frequency.
            pieces: whole speeches in order, each piece as (codes of their slots, slots of each speech).  A speech ends
                with PARAGRAPH_SLOTS slots of code 0, an empty one consists of them.
            forms: the terms of `text`; None: those that were written.
        """
        file = self._file(STREAM)
        starts, breaks, rare_at, rare = [np.zeros(1, np.int64)], [], [], []
        codes = file.stream("codes", "<u2")
        for piece, slots in pieces:
            before = codes.count
            codes.append(np.minimum(piece, ESCAPE))
            starts.append(before + np.cumsum(slots, dtype=np.int64))
            breaks.append(before + _breaks(piece))
            escaped = np.flatnonzero(piece >= ESCAPE)
            rare_at.append(before + escaped)
            rare.append(piece[escaped])
        codes.close()
        term_of = np.zeros(len(code_of) + 1, np.int64)
        term_of[code_of] = np.arange(len(code_of))
        wide = "<u8" if codes.count >> 32 else "<u4"
        file.write("starts", np.concatenate(starts), wide)
        file.write("breaks", np.concatenate([*breaks, _NOTHING]), wide)
        file.write("rare_at", np.concatenate([*rare_at, _NOTHING]), wide)
        file.write("rare", np.concatenate([*rare, _NOTHING]), "<u4")
        file.write("code_of", code_of, "<u4")
        file.write("term_of", term_of, "<u4")
        self._write_forms(file, term_of[1:], forms or self._forms)

    def _write_forms(self, file: ArrayFileWriter, term_of: Array, forms: Strings) -> None:
        """Write the terms of `text` once more, in the order of their codes: frequent ones lie side by side."""
        starts, lengths = forms.at[:-1].take(term_of), np.diff(forms.at).take(term_of)
        letters = np.frombuffer(forms.blob, np.uint8)
        blob = file.stream("forms", "<u1")
        for first in range(0, len(term_of), _FORMS_AT_ONCE):
            some = lengths[first : first + _FORMS_AT_ONCE]
            before = np.cumsum(some) - some
            blob.append(
                letters[np.repeat(starts[first : first + _FORMS_AT_ONCE] - before, some) + np.arange(some.sum())]
            )
        blob.close()
        file.write("forms_at", np.concatenate(([0, 0], np.cumsum(lengths))), "<u4")

    # -- columns -------------------------------------------------------------------------------------------------------

    def numbers(self, name: str, values: Array, dtype: str) -> None:
        """Write a number of each speech."""
        self._columns.write(name, values, dtype)

    def length(self, field: str, lengths: Array) -> None:
        """Write how many words each speech has in `field`: exact, and as the byte that scores count with."""
        self._columns.write(f"length.{field}", lengths, "<u4")
        table = np.asarray(scoring.LENGTHS)
        quantised = np.minimum(np.searchsorted(table, lengths), len(table) - 1)
        self._columns.write(f"norm.{field}", quantised, "<u1")
        self._columns.meta.setdefault("words", {})[field] = int(lengths.sum(dtype=np.int64))

    def sketches(self, sketches: Array, words: Array) -> None:
        """Write the sketches of the speeches that have words enough for one: a row a speech, and its `words`."""
        self._columns.write("sketches", sketches[words >= LEAST_WORDS].reshape(-1), "<u2")

    def coded(self, name: str, column: Coded) -> None:
        """Write a column of values from a set; they are sorted here."""
        encoded = [value.encode() for value in column.values]
        order = sorted(range(len(encoded)), key=encoded.__getitem__)
        place = np.zeros(len(order) + 1, np.int64)
        place[order] = np.arange(len(order))
        place[-1] = -1
        codes = place[column.codes]
        self._strings(f"{name}.values", Strings.of([encoded[index] for index in order]))
        if column.at is not None:
            self._columns.write(f"{name}.at", column.at, _type_for(len(codes)))
            self._columns.write(f"{name}.codes", codes, _type_for(len(order)))
        else:
            self._columns.write(f"{name}.codes", codes + 1, _type_for(len(order) + 1))

    def ids(self, ids: Strings) -> None:
        """Write the id of each speech, and its rank among all ids of the segment."""
        listed = ids.listed()
        rank = np.zeros(len(listed), np.int64)
        rank[sorted(range(len(listed)), key=listed.__getitem__)] = np.arange(len(listed))
        self._strings("id", ids)
        self._ids = ids
        self._columns.write("id.rank", rank, "<u4")

    def pages(self, pages: Strings, codes: Array) -> None:
        """Write the page of each speech: `pages` in the order in which they come up, `codes` into them; after `ids`."""
        own = pages.blob == self._ids.blob and np.array_equal(pages.at, self._ids.at)
        if own:  # as records are: each a page, under the same key
            self._columns.meta["pages_are_ids"] = True
        else:
            self._strings("page", pages)
            self._columns.write("page.codes", codes, "<u4")
        # Speeches of a page that stand side by side are counted by looking at neighbours alone.
        steps = np.diff(codes.astype(np.int64))
        self._columns.meta["pages"] = {
            "rising": bool((steps >= 0).all()), "single": len(pages) == len(codes)
        }  # fmt: skip

    # -- records and rests ---------------------------------------------------------------------------------------------

    def stored(self, stored: StoredWriter) -> None:
        """Write the records and rests of all speeches."""
        stored.write(self._file(TEXTS))

    def finish(self, **meta: Any) -> None:
        """Close every file; what was written is whole from now on.  `meta` is kept with the columns."""
        if TERMS in self._opened:
            self._opened[TERMS].meta["fields"] = self._fields
        if COLUMNS in self._opened:
            self._columns.meta.update(meta, speeches=self._speeches)
        for file in self._opened.values():
            file.close()

    def abandon(self) -> None:
        """Let go of every file; the caller removes them."""
        for file in self._opened.values():
            file.abandon()

    # ------------------------------------------------------------------------------------------------------------------

    @property
    def _columns(self) -> ArrayFileWriter:
        return self._file(COLUMNS)

    def _file(self, suffix: str) -> ArrayFileWriter:
        if suffix not in self._opened:
            self._opened[suffix] = ArrayFileWriter(self._storage, self._segment + suffix, suffix[1:])
        return self._opened[suffix]

    def _strings(self, name: str, strings: Strings) -> None:
        self._columns.write(f"{name}.blob", np.frombuffer(strings.blob, np.uint8), "<u1")
        self._columns.write(f"{name}.offsets", strings.at, _type_for(len(strings.blob)))


def _breaks(codes: Array) -> Array:
    """Where in whole speeches do paragraphs and speeches end?  At the first of two empty slots."""
    empty = codes == 0
    pairs = np.flatnonzero(empty[:-1] & empty[1:]) if len(codes) else _NOTHING
    if not len(pairs):
        return pairs
    # Of more than two in a row (an empty speech behind another) only every second one begins a break.
    runs = np.flatnonzero(np.diff(pairs, prepend=-2) > 1)
    first_of_run = np.repeat(runs, np.diff([*runs, len(pairs)]))
    firsts: Array = pairs[(np.arange(len(pairs)) - first_of_run) % PARAGRAPH_SLOTS == 0]
    return firsts


def _type_for(greatest: int) -> str:
    return "<u1" if greatest < 1 << 8 else "<u2" if greatest < 1 << 16 else "<u4" if greatest < 1 << 32 else "<u8"
