"""read: where do the pages come from?

SOURCEs (folder trees, files, standard input) or the records of a program go in; `RawPage` and `Skipped` come out.
"""

from searchkit.sources.files import Line, Origin
from searchkit.sources.jsonl import DIGEST_BYTES, line_digest, lines_apart
from searchkit.sources.marks import FileBegun, FileMark, KnownFiles
from searchkit.sources.reader import Reader, RecordReader, read, records
from searchkit.sources.record import DUPLICATE, Record, UnknownKeys, page_of
from searchkit.sources.record_batch import RecordBatch, StandingLines
from searchkit.sources.source import ReadOptions, Source, parse_source, readable

__all__ = [
    "DIGEST_BYTES",
    "DUPLICATE",
    "FileBegun",
    "FileMark",
    "KnownFiles",
    "Line",
    "Origin",
    "ReadOptions",
    "Reader",
    "Record",
    "RecordBatch",
    "RecordReader",
    "Source",
    "StandingLines",
    "UnknownKeys",
    "line_digest",
    "lines_apart",
    "page_of",
    "parse_source",
    "read",
    "readable",
    "records",
]
