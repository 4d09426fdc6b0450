"""One segment of ours, open: its fields, its columns, its stream, its stored speeches."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from searchkit.engines.embedded.arrays import Array, ArrayFile
from searchkit.engines.embedded.blocks import BlockReader
from searchkit.engines.embedded.field_reader import FieldReader, FieldSources
from searchkit.engines.embedded.layout import COLUMNS, PLACES, POSTINGS, STREAM, TERMS, TEXTS
from searchkit.engines.embedded.rests import WHOLE, texts_of
from searchkit.engines.embedded.segment import ColumnarSegment
from searchkit.engines.embedded.segment_columns import SegmentColumns
from searchkit.engines.embedded.slots import Stream

__all__ = ["SegmentData", "texts_in"]


class SegmentData:
    """The files of one segment, mapped.  Opening reads their directories alone."""

    def __init__(self, storage: Any, segment: ColumnarSegment) -> None:
        self.storage = storage
        """Where do its files stand?"""
        self.name = segment.segment_id()
        self._opened = {suffix: ArrayFile(storage, self.name + suffix, suffix[1:]) for suffix in
                        (TERMS, POSTINGS, PLACES, STREAM, COLUMNS, TEXTS)}  # fmt: skip
        self._opened[TERMS].read_at_random()
        self._sources = FieldSources(self._opened[TERMS], self._opened[POSTINGS], self._opened[PLACES])
        self._fields: dict[str, FieldReader | None] = {}
        self._numbers: dict[tuple[str, str], int] = {}
        self.speeches = segment.doc_count_all()
        self.live: Array | None = segment.live()
        """Which speeches are not deleted, as a mask; None: all."""
        if self._opened[COLUMNS].meta.get("speeches") != self.speeches:
            raise self._opened[COLUMNS].damaged("it belongs to another segment")
        self.columns = SegmentColumns(self._opened[COLUMNS])
        self.stream = Stream(self._opened[STREAM])
        self._records = BlockReader(self._opened[TEXTS], "records")
        self._rests = BlockReader(self._opened[TEXTS], "rests")

    def field(self, name: str) -> FieldReader | None:
        """Which postings has the field `name`?  None if it has none here."""
        if name not in self._fields:
            known = self._opened[TERMS].meta["fields"]
            self._fields[name] = FieldReader(self._sources, name) if name in known else None
        return self._fields[name]

    def number(self, field: FieldReader, term: str) -> int:
        """Which number has `term` in the vocabulary of `field`?  -1 if it is not there."""
        key = (field.name, term)
        found = self._numbers.get(key)
        if found is None:
            if len(self._numbers) > _KEPT_NUMBERS:
                self._numbers.clear()
            found = self._numbers[key] = field.vocabulary.find(term.encode("utf-8", "surrogatepass"))
        return found

    def norms(self, field: str) -> Array | None:
        """How long is each speech in `field`, as the byte that scores count with?  None where nothing is scored."""
        name = f"norm.{'text' if field == 'stems' else field}"
        return self.columns.numbers(name) if name in self._opened[COLUMNS] else None

    def speaking(self, stem: bytes) -> Array | None:
        """Which speeches have stems of the language of `stem`, as a mask?  None: all.

        A stem belongs to a language: words count only in the speeches whose words have stems of that language.
        """
        languages = self.columns.coded("stem_language")
        if languages is None or len(languages.values) < 2:
            return None
        own = stem.partition(b":")[0].decode() if b":" in stem else ""
        listed = list(languages.values)
        return np.asarray(languages.codes == (listed.index(own) + 1 if own in listed else 0), bool)

    def records(self, numbers: Array) -> list[bytes]:
        """What is stored of these speeches beside their texts?  In the order asked."""
        return self._records.take(numbers)

    def rests(self, numbers: Array) -> list[bytes]:
        """What do the words of these speeches not tell of their texts?  In the order asked."""
        return self._rests.take(numbers)

    def living_pages(self) -> set[str]:
        """Which pages have speeches here that are not deleted?"""
        codes = self.columns.page_codes if self.live is None else self.columns.page_codes[self.live]
        held = np.bincount(codes, minlength=len(self.columns.pages))
        return {page for page, count in zip(self.columns.pages.listed(), held.tolist(), strict=True) if count}

    def verify(self) -> None:
        """Read every byte of every file; raises IndexDamaged that names the first one that is not as written."""
        for file in self._opened.values():
            file.verify()


def texts_in(chosen: Sequence[tuple[SegmentData, Array]]) -> list[str]:
    """Which texts have these speeches of some segments?  Those of one segment after those of another."""
    rests: list[bytes] = []
    parted: list[bytes] = []
    words = []
    for segment, numbers in chosen:
        own = segment.rests(numbers)
        in_parts = [place for place, rest in enumerate(own) if not rest.startswith(_WHOLE)]
        rests += own
        parted += [own[place] for place in in_parts]
        words.append(segment.stream.words(numbers.take(in_parts)))
    put_together = iter(texts_of(parted, words))
    return [
        str(rest[1:] if rest.startswith(_WHOLE) else next(put_together), "utf-8", "surrogatepass") for rest in rests
    ]


_WHOLE = bytes((WHOLE,))
_KEPT_NUMBERS = 10_000
