"""read: where do the pages come from?

SOURCEs (folder trees, files, standard input) or the records of a program go in; `RawPage` and `Skipped` come out.
"""

from searchkit.sources.files import Origin
from searchkit.sources.marks import FileMark, KnownFiles
from searchkit.sources.reader import Reader, RecordReader, read, records
from searchkit.sources.record import DUPLICATE, UnknownKeys, page_of
from searchkit.sources.record_batch import RecordBatch
from searchkit.sources.source import ReadOptions, Source, parse_source, readable

__all__ = [
    "DUPLICATE",
    "FileMark",
    "KnownFiles",
    "Origin",
    "ReadOptions",
    "Reader",
    "RecordBatch",
    "RecordReader",
    "Source",
    "UnknownKeys",
    "page_of",
    "parse_source",
    "read",
    "readable",
    "records",
]
