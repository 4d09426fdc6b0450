"""Files that stay readable while they are held, also when their generation has been pruned meanwhile."""

from __future__ import annotations

import errno
import mmap
import os
import weakref
from pathlib import Path

__all__ = ["HeldFile", "mapped"]


class HeldFile:
    """A small file that is opened now and read later; it is released with the last reference to it."""

    def __init__(self, path: Path) -> None:
        """Raises OSError."""
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
        self.path = path
        self._descriptor = descriptor
        weakref.finalize(self, os.close, descriptor)

    def map(self) -> mmap.mmap:
        """The same, read where it is looked at.  Raises what `mapped` does."""
        return mapped(self._descriptor)

    def read(self) -> bytes:
        """What does it hold?  Safe in several threads, and after a fork.  Raises OSError."""
        size = os.fstat(self._descriptor).st_size
        if not hasattr(os, "pread"):  # Windows: a file that is open cannot be pruned
            return self.path.read_bytes()
        pieces, place = [], 0
        while place < size and (piece := os.pread(self._descriptor, size - place, place)):
            pieces.append(piece)
            place += len(piece)
        return b"".join(pieces)


def mapped(descriptor: int) -> mmap.mmap:
    """The bytes of an open file, read where they are looked at.

    Raises OSError, ValueError for an empty file, and MemoryError where there is no room: that is no fault of the file.
    """
    try:
        return mmap.mmap(descriptor, 0, access=mmap.ACCESS_READ)
    except OSError as error:
        if error.errno == errno.ENOMEM:
            raise MemoryError(error.strerror) from error
        raise
