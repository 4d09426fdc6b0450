"""Posting lists as flat arrays: the seam between a codec and the evaluator.

Today's lists come from Whoosh's stock codec, read once and kept; whatever else can fill `Postings` may take its place.
"""

from __future__ import annotations

import os
import sys
import threading
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from whoosh.reading import IndexReader, TermNotFound

__all__ = ["NO_POSTINGS", "Postings", "PostingsReader"]

_KEPT_POSTINGS = 5_000_000
"""Numbers kept in memory over all cached lists: some 40 MB."""


@dataclass(frozen=True, slots=True)
class Postings:
    """Where one term stands: the speeches in rising order, and for each the rising positions."""

    speeches: npt.NDArray[np.int64]
    frequencies: npt.NDArray[np.int64]
    positions: npt.NDArray[np.uint32]
    """Of all speeches, one after the other: `frequencies` tells them apart."""

    def keys(self) -> npt.NDArray[np.int64]:
        """Which occurrences are there?  Each as speech * 2**32 + position, in rising order."""
        return (np.repeat(self.speeches, self.frequencies) << 32) + self.positions.astype(np.int64)


def _postings(speeches: list[int], frequencies: list[int], packed: bytes) -> Postings:
    return Postings(
        np.asarray(speeches, np.int64), np.asarray(frequencies, np.int64), np.frombuffer(packed, dtype="<u4")
    )


NO_POSTINGS = _postings([], [], b"")


class PostingsReader:
    """Reads the posting lists of one Whoosh index; safe in several threads and after a fork."""

    def __init__(self, reader: IndexReader) -> None:
        self._reader = reader
        self._kept: OrderedDict[tuple[str, str], Postings] = OrderedDict()
        self._size = 0
        self._lock = threading.RLock()
        self._process = os.getpid()

    def read(self, field: str, term: str) -> Postings:
        """Where does `term` stand in `field`?"""
        key = (field, term)
        with self.exclusive():
            postings = self._kept.get(key)
            if postings is not None:
                self._kept.move_to_end(key)
                return postings
            postings = self._kept[key] = self._load(field, term)
            self._size += 2 * len(postings.speeches) + len(postings.positions)
            while self._size > _KEPT_POSTINGS and len(self._kept) > 1:
                _, dropped = self._kept.popitem(last=False)
                self._size -= 2 * len(dropped.speeches) + len(dropped.positions)
        return postings

    def terms(self, field: str, prefix: str, most: int) -> list[str]:
        """Which terms of `field` begin with `prefix`, in order?  At most one more than `most`."""
        found: list[str] = []
        with self.exclusive():
            for term in self._expand(field, prefix):
                found.append(term)
                if len(found) > most:
                    break
        return found

    def all_terms(self, field: str) -> list[str]:
        """Which terms has `field`, in order?"""
        return self.terms(field, "", sys.maxsize)

    def exclusive(self) -> threading.RLock:
        """Which lock must a thread hold that reads through Whoosh?  Its readers share file positions."""
        # One held by another thread at the moment of a fork would stay locked in the child for ever.
        if self._process != os.getpid():
            self._lock, self._process = threading.RLock(), os.getpid()
        return self._lock

    def _expand(self, field: str, prefix: str) -> Iterator[str]:
        for term in self._reader.expand_prefix(field, prefix):
            yield term.decode()

    def _load(self, field: str, term: str) -> Postings:
        try:
            matcher: Any = self._reader.postings(field, term.encode())
        except TermNotFound:
            return NO_POSTINGS
        speeches: list[int] = []
        values: list[bytes] = []
        while matcher.is_active():
            speeches.append(matcher.id())
            values.append(matcher.value() or b"")
            matcher.next()
        return _postings(speeches, [len(value) // 4 for value in values], b"".join(values))
