"""Takes Whoosh documents one by one: lengths, stored fields, columns and vectors, for any schema."""

from __future__ import annotations

from array import array
from typing import Any

import numpy as np
from whoosh.codec import base
from whoosh.util.numeric import length_to_byte

from searchkit.engines.embedded.arrays import ArrayFileWriter
from searchkit.engines.embedded.blocks import BlockWriter
from searchkit.engines.embedded.layout import DOCUMENTS, column_filename
from searchkit.engines.embedded.plain_values import encoded
from searchkit.engines.embedded.segment import ColumnarSegment

__all__ = ["DocumentWriter"]


class DocumentWriter(base.PerDocWriterWithColumns):  # type: ignore[misc]
    """Writes what is known of each document of a segment by its number."""

    def __init__(self, storage: Any, segment: ColumnarSegment) -> None:
        self._storage = storage
        self._segment = segment
        self._docnum: int | None = None
        self._count = 0
        self._columns: dict[str, tuple[Any, Any]] = {}
        self._lengths: dict[str, array[int]] = {}
        self._totals: dict[str, int] = {}
        self._file = ArrayFileWriter(storage, segment.make_filename(DOCUMENTS), DOCUMENTS[1:])
        self._stored = BlockWriter(self._file.folder)
        self._vectors = BlockWriter(self._file.folder)
        self._fields: dict[str, Any] = {}
        self._vectors_of: dict[str, list[tuple[Any, float, bytes]]] = {}
        self._in_document = False
        self.is_closed = False

    def start_doc(self, docnum: int) -> None:
        """Begin the document `docnum`: the next one."""
        if self._in_document:
            raise ValueError("start_doc before the former document is finished")
        if docnum != self._count:
            raise ValueError(f"start_doc({docnum}), and {self._count} is the next")
        self._docnum = docnum
        self._count += 1
        self._fields, self._vectors_of = {}, {}
        self._in_document = True

    def add_field(self, fieldname: str, _fieldobj: Any, value: Any, length: int | None) -> None:
        """Store a value, and say how many words the field has."""
        if value is not None:
            self._fields[fieldname] = value
        if length:
            lengths = self._lengths.setdefault(fieldname, array("B"))
            lengths.extend(bytes(self._count - 1 - len(lengths)))
            lengths.append(length_to_byte(length))
            self._totals[fieldname] = self._totals.get(fieldname, 0) + length

    def add_vector_items(self, fieldname: str, _fieldobj: Any, items: Any) -> None:
        """Keep the terms of one field of one document together: (term, weight, value)."""
        listed = [(text, float(weight), value) for text, weight, value in items]
        if listed:
            self._vectors_of[fieldname] = listed

    def finish_doc(self) -> None:
        """End the document."""
        self._stored.add(encoded(self._fields) if self._fields else b"")
        self._vectors.add(encoded(self._vectors_of) if self._vectors_of else b"")
        self._in_document = False

    def close(self) -> None:
        """Finish every file."""
        if self._in_document:
            self.finish_doc()
        self._stored.write(self._file, "stored")
        self._vectors.write(self._file, "vectors")
        for fieldname, lengths in self._lengths.items():
            lengths.extend(bytes(self._count - len(lengths)))
            self._file.write(f"norm.{fieldname}", np.frombuffer(lengths, np.uint8), "<u1")
        self._file.meta = {"documents": self._count, "words": self._totals}
        self._file.close()
        for writer, file in self._columns.values():
            writer.finish(self._count)
            file.close()
        self.is_closed = True

    # What PerDocWriterWithColumns.add_column_value asks for.

    def _has_column(self, fieldname: str) -> bool:
        return fieldname in self._columns

    def _create_column(self, fieldname: str, column: Any) -> None:
        file = self._storage.create_file(column_filename(self._segment, fieldname))
        self._columns[fieldname] = column.writer(file), file

    def _get_column(self, fieldname: str) -> Any:
        return self._columns[fieldname][0]
