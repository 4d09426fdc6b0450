"""ColumnarCodec: Whoosh's codec API over our segments, for any schema and any program.

    index.writer(codec=ColumnarCodec())         # writes document by document, as Whoosh does
    whoosh.index.open_dir(path).searcher()      # reads what is written here or by a build

The files of a segment are those of layout.py.  What Whoosh keeps for other programs alone (columns of Whoosh's own
kinds, vectors, stored fields of plain values) stands beside, in `.documents` and one file a column.
"""

from __future__ import annotations

from typing import Any

from whoosh.codec import base

from searchkit.engines.embedded.document_reader import DocumentReader, SpeechReader
from searchkit.engines.embedded.document_writer import DocumentWriter
from searchkit.engines.embedded.layout import COLUMNS, column_filename
from searchkit.engines.embedded.posting_lists import PostingListWriter, read_posting_list
from searchkit.engines.embedded.segment import ColumnarSegment
from searchkit.engines.embedded.terms_reader import ColumnarTermsReader
from searchkit.engines.embedded.terms_writer import TermsWriter

__all__ = ["ColumnarCodec"]


class ColumnarCodec(base.Codec):  # type: ignore[misc]
    """Reads and writes segments of mapped arrays.

    It takes the options of Whoosh's own codec (`blocklimit`, `compression`, `inlinelimit`), for programs that name
    them, and has no use for them: its lists have neither blocks nor levels.
    """

    def __init__(self, **_options: Any) -> None:
        super().__init__()

    def per_document_writer(self, storage: Any, segment: Any) -> DocumentWriter:
        """What takes lengths, stored fields, columns and vectors, document by document?"""
        return DocumentWriter(storage, segment)

    def field_writer(self, storage: Any, segment: Any) -> TermsWriter:
        """What takes the sorted postings?"""
        return TermsWriter(storage, segment)

    def postings_writer(self, dbfile: Any, byteids: bool = False) -> PostingListWriter:
        """What writes one posting list of its own into `dbfile`?"""
        return PostingListWriter(dbfile, byteids)

    def postings_reader(self, dbfile: Any, terminfo: Any, format_: Any, term: Any = None, scorer: Any = None) -> Any:
        """What walks such a list?"""
        return read_posting_list(dbfile, terminfo, format_, term, scorer)

    def terms_reader(self, storage: Any, segment: Any) -> ColumnarTermsReader:
        """What knows the vocabulary and the postings of `segment`?"""
        return ColumnarTermsReader(storage, segment)

    def per_document_reader(self, storage: Any, segment: Any) -> Any:
        """What knows the documents of `segment`?"""
        if storage.file_exists(segment.make_filename(COLUMNS)):
            return SpeechReader(storage, segment)
        return DocumentReader(storage, segment)

    def new_segment(self, _storage: Any, indexname: str) -> ColumnarSegment:
        """Which segment is written next?"""
        return ColumnarSegment(indexname)

    def supports_columns(self) -> bool:
        """Does a segment keep columns?"""
        return True

    @classmethod
    def column_filename(cls, segment: Any, fieldname: str) -> str:
        """In which file does `segment` keep the column of a field?"""
        return column_filename(segment, fieldname)
