"""read: where do the pages come from?

SOURCEs (folder trees, files, standard input) or the records of a program go in; `RawPage` and `Skipped` come out.
"""

from searchkit.sources.marks import FileMark, KnownFiles
from searchkit.sources.reader import Reader, RecordReader, read, records
from searchkit.sources.source import ReadOptions, Source, parse_source, readable

__all__ = [
    "FileMark",
    "KnownFiles",
    "ReadOptions",
    "Reader",
    "RecordReader",
    "Source",
    "parse_source",
    "read",
    "readable",
    "records",
]
