"""Files that stay readable while they are held, also when their generation has been pruned meanwhile."""

from __future__ import annotations

import mmap
import os
import weakref
from pathlib import Path

__all__ = ["HeldFile"]


class HeldFile:
    """A small file that is opened now and read later; it is released with the last reference to it."""

    def __init__(self, path: Path) -> None:
        """Raises OSError."""
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
        self.path = path
        self._descriptor = descriptor
        weakref.finalize(self, os.close, descriptor)

    def map(self) -> mmap.mmap:
        """The same, read where it is looked at.  Raises OSError, and ValueError for an empty file."""
        return mmap.mmap(self._descriptor, 0, access=mmap.ACCESS_READ)

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
