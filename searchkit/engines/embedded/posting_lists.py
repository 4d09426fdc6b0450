"""Walks posting lists the way Whoosh's matchers do, for Whoosh's own searcher and for vectors."""

from __future__ import annotations

import bisect
from collections.abc import Callable, Sequence
from typing import Any

from whoosh.codec import base
from whoosh.matching import ListMatcher, ReadTooFar
from whoosh.reading import TermInfo
from whoosh.util.numeric import byte_to_length, length_to_byte

from searchkit.engines.embedded.plain_values import decoded, encoded

__all__ = ["PostingListWriter", "TermMatcher", "read_posting_list"]


class TermMatcher(ListMatcher):  # type: ignore[misc]
    """Walks the documents of one term; its values are put together when the first is asked for."""

    _i: int

    def __init__(self, ids: Sequence[Any], weights: Sequence[float], values: Any, format_: Any, **options: Any) -> None:
        self._load_values: Callable[[], Sequence[bytes]] | None = values if callable(values) else None
        super().__init__(ids, weights, None if callable(values) else values, format_, **options)

    def copy(self) -> TermMatcher:
        return TermMatcher(
            self._ids, self._weights, self._load_values or self._values, self._format, scorer=self._scorer,
            position=self._i, term=self._term, terminfo=self._terminfo,
        )  # fmt: skip

    def skip_to(self, id: Any) -> None:
        if not self.is_active():
            raise ReadTooFar
        self._i = bisect.bisect_left(self._ids, id, self._i)

    def value(self) -> bytes:
        return bytes(self._all_values()[self._i])

    def all_items(self) -> Any:
        return zip(self._ids, self._all_values(), strict=True)

    def _all_values(self) -> Sequence[bytes]:
        if self._load_values is not None:
            self._values, self._load_values = self._load_values(), None
        return self._values or [b""] * len(self._ids)


class PostingListWriter(base.PostingsWriter):  # type: ignore[misc]
    """Writes one posting list of its own at the end of a file."""

    def __init__(self, dbfile: Any, byteids: bool) -> None:
        self._dbfile = dbfile
        self._byteids = byteids
        self._items: list[tuple[Any, float, bytes, int]] = []
        self._terminfo: Any = None
        self._written = False

    def start_postings(self, _format: Any, terminfo: Any) -> None:
        """Begin the list."""
        if self._terminfo is not None:
            raise ValueError("start_postings within a list")
        self._items, self._terminfo = [], terminfo

    def add_posting(self, id_: Any, weight: float, vbytes: bytes, length: int | None = None) -> None:
        """Add a posting."""
        self._items.append((id_, float(weight), bytes(vbytes or b""), length_to_byte(length)))

    def finish_postings(self) -> Any:
        """End the list; the term's account says where it stands."""
        offset, data = self._dbfile.tell(), encoded(self._items)
        self._dbfile.write(data)
        self._written = True
        terminfo, self._terminfo = self._terminfo, None
        for id_, weight, _, length in self._items:
            terminfo.add_posting(0 if self._byteids else id_, weight, byte_to_length(length))
        terminfo.set_extent(offset, len(data))
        return terminfo

    def written(self) -> bool:
        """Is there a list in the file already?"""
        return self._written


def read_posting_list(dbfile: Any, terminfo: Any, format_: Any, term: Any, scorer: Any) -> TermMatcher:
    """What walks the list that PostingListWriter wrote?"""
    offset, length = terminfo.extent()
    items = decoded(bytes(dbfile.get(offset, length)))
    ids, weights, values, _ = zip(*items, strict=True) if items else ((), (), (), ())
    return TermMatcher(ids, weights, values, format_, scorer=scorer, term=term, terminfo=terminfo)


class ColumnarTermInfo(TermInfo):  # type: ignore[misc]
    """What is known of one term, and where a list of its own stands."""

    _offset = _length = 0

    def set_extent(self, offset: int, length: int) -> None:
        """Say where."""
        self._offset, self._length = offset, length

    def extent(self) -> tuple[int, int]:
        """Where?"""
        return self._offset, self._length
