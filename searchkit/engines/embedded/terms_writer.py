"""Takes Whoosh's sorted postings, field by field, term by term: any field of any schema becomes flat arrays.

Values of Whoosh's Existence, Frequency and Positions formats (and of our own) are told from the arrays again; those of
other formats are kept as they are.
"""

from __future__ import annotations

from array import array
from itertools import chain
from typing import Any

import numpy as np
from whoosh import formats
from whoosh.codec import base
from whoosh.util.numeric import length_to_byte

from searchkit.engines.embedded.arrays import ArrayFileWriter
from searchkit.engines.embedded.fields import PackedPositions
from searchkit.engines.embedded.layout import PLACES, POSTINGS, TERMS, FieldPostings, Strings
from searchkit.engines.embedded.postings_writer import FieldFiles, FieldWriter
from searchkit.engines.embedded.segment import ColumnarSegment

__all__ = ["TermsWriter"]

_POSTINGS_A_PIECE = 200_000
_PROBED = 1_000
_WITHOUT_END = 1 << 32
"""The size of a segment whose documents are not counted when its postings come."""


class _Piece:
    """The postings of some terms of one field, as Whoosh gives them."""

    def __init__(self) -> None:
        self.terms: list[bytes] = []
        self.counts = array("I")
        self.documents = array("I")
        self.weights = array("d")
        self.values: list[bytes] = []
        self.shortest = array("B")
        self.longest = array("B")

    def postings(self, kind: str, format_: Any) -> FieldPostings:
        """The same as flat arrays, with the values taken apart if the field's `kind` allows it."""
        frequencies = positions = values = None
        if kind == "positions":
            listed = [format_.decode_positions(value) for value in self.values]
            frequencies = np.asarray([len(places) for places in listed], np.int64)
            positions = np.fromiter(chain.from_iterable(listed), np.int64, int(frequencies.sum()))
        elif kind == "frequency":
            frequencies = np.asarray([format_.decode_frequency(value) for value in self.values], np.int64)
        elif kind == "values":
            values = Strings.of(self.values)
        return FieldPostings(
            Strings.of(self.terms),
            np.frombuffer(self.counts, np.uint32),
            np.frombuffer(self.documents, np.uint32),
            frequencies,
            positions,
            weights=np.frombuffer(self.weights, np.float64),
            values=values,
            lengths=(np.frombuffer(self.shortest, np.uint8), np.frombuffer(self.longest, np.uint8)),
        )


class TermsWriter(base.FieldWriter):  # type: ignore[misc]
    """Writes the vocabulary and the postings of a segment."""

    def __init__(self, storage: Any, segment: ColumnarSegment) -> None:
        self._segment = segment
        files = [ArrayFileWriter(storage, segment.make_filename(suffix), suffix[1:])
                 for suffix in (TERMS, POSTINGS, PLACES)]  # fmt: skip
        self._files = FieldFiles(*files)
        self._fields: dict[str, Any] = {}
        self._field: FieldWriter | None = None
        self._name = ""
        self._format: Any = None
        self._kind: str | None = None
        self._piece = _Piece()
        self._started = 0
        self.is_closed = False

    def start_field(self, fieldname: str, fieldobj: Any) -> None:
        """Begin a field; fields come in the order of their names."""
        self._name, self._format, self._kind = fieldname, fieldobj.format, None
        self._field, self._piece = None, _Piece()

    def start_term(self, text: bytes) -> None:
        """Begin a term; terms come in the order of their bytes."""
        if not self._name:
            raise ValueError("start_term before start_field")
        self._piece.terms.append(text)
        self._piece.shortest.append(255)
        self._piece.longest.append(0)
        self._started = len(self._piece.documents)

    def add(self, docnum: int, weight: float, vbytes: bytes, length: int | None) -> None:
        """Add a posting of the term."""
        piece = self._piece
        piece.documents.append(docnum)
        piece.weights.append(weight)
        piece.values.append(bytes(vbytes))
        byte = length_to_byte(length)
        piece.shortest[-1] = min(piece.shortest[-1], byte)
        piece.longest[-1] = max(piece.longest[-1], byte)

    def finish_term(self) -> None:
        """End the term."""
        self._piece.counts.append(len(self._piece.documents) - self._started)
        if len(self._piece.documents) >= _POSTINGS_A_PIECE:
            self._flush()

    def finish_field(self) -> None:
        """End the field."""
        self._flush()
        if self._field is not None:
            self._fields[self._name] = {**self._field.close(), "kind": self._kind}
        self._name, self._field = "", None

    def close(self) -> None:
        """Finish every file."""
        if self._name:
            self.finish_field()
        self._files.terms.meta["fields"] = self._fields
        for file in (self._files.terms, self._files.postings, self._files.places):
            file.close()
        self.is_closed = True

    def _flush(self) -> None:
        piece, self._piece = self._piece, _Piece()
        if not piece.terms:
            return
        if self._kind is None:
            self._kind = _kind_of(self._format, piece.values)
        if self._field is None:
            size = self._segment.doc_count_all() or _WITHOUT_END
            self._field = FieldWriter(self._files, self._name, size, positions=self._kind == "positions")
        self._field.add(piece.postings(self._kind, self._format))


def _kind_of(format_: Any, values: list[bytes]) -> str:
    """Which arrays tell the values of a format's postings?"""
    kind = {
        formats.Existence: "existence",
        formats.Frequency: "frequency",
        formats.Positions: "positions",
        PackedPositions: "positions",
    }.get(type(format_), "values")
    return kind if _tells(kind, format_, values) else "values"


def _tells(kind: str, format_: Any, values: list[bytes]) -> bool:
    """Are these really values of the format?  Whoever writes postings by hand may give any bytes."""
    if kind == "existence":
        return not any(values)
    if kind == "frequency":
        return all(len(value) == 4 for value in values)
    try:
        return all(format_.encode(format_.decode_positions(value)) == value for value in values[:_PROBED])
    except Exception:  # whatever those bytes lead to
        return False
