"""What is known of each document of a segment, as Whoosh asks for it: of a foreign program's, and of ours."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from whoosh.codec import base
from whoosh.util.numeric import byte_to_length

from searchkit.engines.embedded.arrays import Array, ArrayFile
from searchkit.engines.embedded.blocks import BlockReader
from searchkit.engines.embedded.fields import STORED_SPEECH
from searchkit.engines.embedded.layout import DOCUMENTS, column_filename
from searchkit.engines.embedded.plain_values import decoded
from searchkit.engines.embedded.posting_lists import TermMatcher
from searchkit.engines.embedded.records import values_of
from searchkit.engines.embedded.segment import ColumnarSegment
from searchkit.engines.embedded.segment_data import SegmentData, texts_in

__all__ = ["DocumentReader", "SpeechReader"]


class _Reader(base.PerDocumentReader):  # type: ignore[misc]
    """What both have in common: the deletions, and lengths as bytes."""

    def __init__(self, segment: ColumnarSegment) -> None:
        self._segment = segment

    def doc_count(self) -> int:
        return int(self._segment.doc_count())

    def doc_count_all(self) -> int:
        return self._segment.doc_count_all()

    def has_deletions(self) -> bool:
        return bool(self._segment.has_deletions())

    def is_deleted(self, docnum: int) -> bool:
        return self._segment.is_deleted(docnum)

    def deleted_docs(self) -> Iterable[int]:
        return self._segment.deleted_docs()

    def supports_columns(self) -> bool:
        return True

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        norms = self._norms(fieldname)
        return default if norms is None else int(byte_to_length(int(norms[docnum])))

    def min_field_length(self, fieldname: str) -> int:
        return self._some_length(fieldname, np.min)

    def max_field_length(self, fieldname: str) -> int:
        return self._some_length(fieldname, np.max)

    def _some_length(self, fieldname: str, choose: Any) -> int:
        norms = self._norms(fieldname)
        return 0 if norms is None or not len(norms) else int(byte_to_length(int(choose(norms))))

    def _norms(self, fieldname: str) -> Array | None:
        raise NotImplementedError


class DocumentReader(_Reader):
    """The documents of a foreign program."""

    def __init__(self, storage: Any, segment: ColumnarSegment) -> None:
        super().__init__(segment)
        self._storage = storage
        self._file = ArrayFile(storage, segment.make_filename(DOCUMENTS), DOCUMENTS[1:])
        self._stored = BlockReader(self._file, "stored")
        self._vectors = BlockReader(self._file, "vectors")
        self._columns: dict[str, Any] = {}

    def close(self) -> None:
        for file in self._columns.values():
            file.close()
        self._columns.clear()

    def has_column(self, fieldname: str) -> bool:
        return bool(self._storage.file_exists(column_filename(self._segment, fieldname)))

    def column_reader(self, fieldname: str, column: Any) -> Any:
        filename = column_filename(self._segment, fieldname)
        if fieldname not in self._columns:
            self._columns[fieldname] = self._storage.open_file(filename)
        length = self._storage.file_length(filename)
        return column.reader(self._columns[fieldname], 0, length, self._segment.doc_count_all())

    def field_length(self, fieldname: str) -> int:
        return int(self._file.meta["words"].get(fieldname, 0))

    def has_vector(self, docnum: int, fieldname: str) -> bool:
        return fieldname in self._vectors_of(docnum)

    def vector(self, docnum: int, fieldname: str, format_: Any) -> TermMatcher:
        items = self._vectors_of(docnum).get(fieldname)
        if items is None:
            raise KeyError(f"document {docnum} has no vector of {fieldname!r}")
        ids, weights, values = zip(*items, strict=True)
        return TermMatcher(ids, weights, values, format_)

    def stored_fields(self, docnum: int) -> dict[str, Any]:
        kept = self._stored[docnum]
        return dict(decoded(kept)) if kept else {}

    def _vectors_of(self, docnum: int) -> dict[str, Any]:
        kept = self._vectors[docnum]
        return dict(decoded(kept)) if kept else {}

    def _norms(self, fieldname: str) -> Array | None:
        name = f"norm.{fieldname}"
        return self._file.array(name) if name in self._file else None


class SpeechReader(_Reader):
    """Our speeches: stored fields are what a speech says of itself, field by field, and all of it."""

    def __init__(self, storage: Any, segment: ColumnarSegment) -> None:
        super().__init__(segment)
        self._data = SegmentData(storage, segment)

    def field_length(self, fieldname: str) -> int:
        return self._data.columns.words.get("text" if fieldname == "stems" else fieldname, 0)

    def stored_fields(self, docnum: int) -> dict[str, Any]:
        kept = values_of(self._data.records(np.array((docnum,)))[0])
        speech = {**kept, "text": texts_in([(self._data, np.array((docnum,)))])[0]}
        shown = {name: value for name, value in speech.items() if value not in (None, [])}
        return {**shown, "speaker": kept["speakers"], STORED_SPEECH: speech}

    def _norms(self, fieldname: str) -> Array | None:
        return self._data.norms(fieldname)
