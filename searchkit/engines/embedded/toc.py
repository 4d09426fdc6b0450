"""Whoosh's table of contents of an index: which segments are there?  Read without letting it run anything.

The file holds two pickles: the schema, which is skipped here (ours comes from schema.py), and the list of segments, of
which nothing but ColumnarSegment and plain values are allowed.  Whoosh itself reads both: `open_dir` by others is as
safe as Whoosh is.
"""

from __future__ import annotations

import io
import pickle
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from whoosh.fields import Schema
from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.structfile import StructFile
from whoosh.index import TOC

from searchkit.engines.embedded.segment import ColumnarSegment
from searchkit.errors import IndexDamaged

__all__ = ["INDEX_NAME", "WRITE_LOCK", "read_segments", "write_toc"]

INDEX_NAME = "MAIN"
_TOC = re.compile(rf"_{INDEX_NAME}_([0-9]{{1,9}})\.toc")
WRITE_LOCK = f"{INDEX_NAME}_WRITELOCK"
"""The lock of Whoosh's writers, as `Index.lock` names it."""
_NEVER_WRITTEN_TO = """\
This folder keeps writers out. An index of searchkit is made anew by "searchkit build", and what it has
published is never written to: its files are linked from one generation to the next, and have checksums.
To read it with Whoosh, whoosh.index.open_dir(...).searcher() needs no lock. To write to a copy, remove
this folder there.
"""
_VERSION = -111
"""Of the file, in Whoosh 2.7.4."""


def write_toc(directory: Path, schema: Schema, segments: Sequence[ColumnarSegment]) -> None:
    """Make `directory`, where the files of `segments` stand, a Whoosh index that is read and never written to.

    A folder stands where a writer of Whoosh's opens its lock before anything else: the writer of another program gets
    an IsADirectoryError that names it.  Modes would not keep out the owner of the files, nor root.
    """
    TOC(schema, list(segments), 1).write(FileStorage(str(directory)), INDEX_NAME)
    lock = directory / WRITE_LOCK
    lock.mkdir(exist_ok=True)
    (lock / "README.txt").write_text(_NEVER_WRITTEN_TO, encoding="ascii")


def read_segments(directory: Path) -> list[ColumnarSegment]:
    """Which segments has the index in `directory`?  Raises IndexDamaged where that cannot be told."""
    path = _newest(directory)
    try:
        return _segments(path.read_bytes())
    except Exception as error:  # a pickle raises whatever its bytes lead to
        raise IndexDamaged(
            f"{path} is not as it was written ({type(error).__name__}: {error}); build the index anew: searchkit build"
        ) from error


def _newest(directory: Path) -> Path:
    try:
        found = [(int(match[1]), path) for path in directory.iterdir() if (match := _TOC.fullmatch(path.name))]
    except OSError as error:
        raise IndexDamaged(f"{directory} cannot be read: {error.strerror}") from error
    if not found:
        raise IndexDamaged(f"{directory} has no table of contents (.toc); build the index anew: searchkit build")
    return max(found)[1]


def _segments(content: bytes) -> list[ColumnarSegment]:
    stream: Any = StructFile(io.BytesIO(content))
    sizes = [stream.read_varint() for _ in range(3)]
    if sizes != [4, 8, 4] or stream.read_int() != -12345 or stream.read_int() != _VERSION:
        raise ValueError("it is no table of contents that Whoosh 2.7.4 wrote")
    for _ in range(3):
        stream.read_varint()  # of the release
    stream.skip_string()  # the pickled schema
    stream.read_int()
    stream.read_int()
    segments = _OnlySegments(io.BytesIO(stream.read())).load()
    if not isinstance(segments, list) or not all(type(segment) is ColumnarSegment for segment in segments):
        raise ValueError("a segment of another codec is in it")
    if len({segment.segment_id() for segment in segments}) < len(segments):
        raise ValueError("a segment is in it twice")
    return segments


class _OnlySegments(pickle.Unpickler):
    """Unpickles the one class that has to be there."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) == (ColumnarSegment.__module__, ColumnarSegment.__qualname__):
            return ColumnarSegment
        raise pickle.UnpicklingError(f"{module}.{name} has no business in a table of contents")
