"""A segment as Whoosh's table of contents names it: what is pickled there, and nothing else of ours is.

It holds who it is, how many speeches it has and which of them are deleted; everything else stands in its files.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import numpy as np
from whoosh.codec import base

from searchkit.engines.embedded.arrays import Array

__all__ = ["ColumnarSegment"]

_SEGMENT_ID = re.compile(r"[0-9a-z]+\Z")
_INDEX_NAME = re.compile(r"[A-Za-z0-9_.-]+\Z")


class ColumnarSegment(base.Segment):  # type: ignore[misc]
    """Names a segment and keeps its deletions: one bit a speech."""

    def __init__(self, indexname: str, segid: str | None = None, speeches: int = 0, deleted: bytes = b"") -> None:
        self.indexname = indexname
        self.segid: str = self._random_id() if segid is None else segid
        self.compound = False
        self._speeches = speeches
        self._deleted: set[int] = set(_numbers(deleted).tolist())

    def __getstate__(self) -> dict[str, Any]:
        return {
            "indexname": self.indexname,
            "segid": self.segid,
            "speeches": self._speeches,
            "deleted": _bits(self._deleted, self._speeches),
        }

    def __setstate__(self, state: Any) -> None:
        # Whoever can write into the folder can write this: it is believed only as far as it makes sense.
        indexname, segid = state["indexname"], state["segid"]
        speeches, deleted = state["speeches"], state["deleted"]
        if not (isinstance(indexname, str) and _INDEX_NAME.match(indexname)):
            raise ValueError(f"{indexname!r} is not the name of an index")
        if not (isinstance(segid, str) and _SEGMENT_ID.match(segid)):
            raise ValueError(f"{segid!r} is not the name of a segment")
        if not (isinstance(speeches, int) and 0 <= speeches < 1 << 32):
            raise ValueError(f"{speeches!r} is not a number of speeches")
        if not isinstance(deleted, bytes) or len(deleted) > (speeches + 7) // 8:
            raise ValueError("the deletions make no sense")
        self.__init__(indexname, segid, speeches, deleted)  # type: ignore[misc]

    def codec(self, **_options: Any) -> Any:
        """Which codec reads this segment?"""
        from searchkit.engines.embedded.codec import ColumnarCodec

        return ColumnarCodec()

    def should_assemble(self) -> bool:
        """Never: a compound file's table of contents is a pickle."""
        return False

    def set_doc_count(self, count: int) -> None:
        """Say how many speeches there are."""
        self._speeches = count

    def doc_count_all(self) -> int:
        """How many speeches are there, deleted ones included?"""
        return self._speeches

    def deleted_count(self) -> int:
        """How many are deleted?"""
        return len(self._deleted)

    def deleted_docs(self) -> Iterator[int]:
        """Which are deleted?"""
        return iter(self._deleted)

    def delete_document(self, docnum: int, delete: bool = True) -> None:
        """Delete a speech, or take that back."""
        if delete:
            self._deleted.add(docnum)
        else:
            self._deleted.discard(docnum)

    def is_deleted(self, docnum: int) -> bool:
        """Is the speech deleted?"""
        return docnum in self._deleted

    def live(self) -> Array | None:
        """Which speeches are not deleted, as a mask?  None: all."""
        if not self._deleted:
            return None
        mask = np.ones(self._speeches, bool)
        mask[sorted(self._deleted)] = False
        return mask


def _bits(numbers: set[int], size: int) -> bytes:
    if not numbers:
        return b""
    mask = np.zeros(size, bool)
    mask[sorted(numbers)] = True
    return np.packbits(mask, bitorder="little").tobytes()


def _numbers(bits: bytes) -> Array:
    return np.flatnonzero(np.unpackbits(np.frombuffer(bits, np.uint8), bitorder="little"))
