"""The vocabulary and the postings of one segment, as Whoosh asks for them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from whoosh import formats
from whoosh.codec import base
from whoosh.reading import TermInfo, TermNotFound
from whoosh.util.numeric import byte_to_length

from searchkit.engines.embedded.arrays import Array, ArrayFile
from searchkit.engines.embedded.field_reader import FieldReader, FieldSources
from searchkit.engines.embedded.layout import COLUMNS, PLACES, POSTINGS, TERMS
from searchkit.engines.embedded.posting_lists import TermMatcher
from searchkit.engines.embedded.segment import ColumnarSegment
from searchkit.engines.embedded.segment_data import SegmentData
from searchkit.engines.embedded.term_list import TermList

__all__ = ["ColumnarTermsReader"]


class ColumnarTermsReader(base.TermsReader):  # type: ignore[misc]
    """Reads the terms of a segment, ours or a foreign program's."""

    def __init__(self, storage: Any, segment: ColumnarSegment) -> None:
        ours = storage.file_exists(segment.make_filename(COLUMNS))
        self._speeches = SegmentData(storage, segment) if ours else None
        self._terms, *others = (ArrayFile(storage, segment.make_filename(suffix), suffix[1:])
                                for suffix in (TERMS, POSTINGS, PLACES))  # fmt: skip
        self._sources = FieldSources(self._terms, *others)
        self._names = sorted(self._terms.meta["fields"])
        self._fields: dict[str, FieldReader] = {}

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        field = self._field(term[0])
        return field is not None and field.vocabulary.find(term[1]) >= 0

    def indexed_field_names(self) -> Sequence[str]:
        """Which fields have postings?"""
        return list(self._names)

    def cursor(self, fieldname: str, fieldobj: Any) -> Any:
        """What walks the vocabulary of a field?"""
        field = self._field(fieldname)
        return base.EmptyCursor() if field is None else _Cursor(self, field, fieldobj)

    def terms(self) -> Iterator[tuple[str, bytes]]:
        """Every term of every field."""
        return self.terms_from("", b"")

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        """Every term from `prefix` on, and those of the fields behind."""
        for name in self._names:
            field = self._field(name)
            if field is not None and name >= fieldname:
                first = field.vocabulary.place(prefix) if name == fieldname else 0
                for number in range(first, len(field.vocabulary)):
                    yield name, field.vocabulary.term(number)

    def items(self) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        """Every term with its account."""
        return ((term, self.term_info(*term)) for term in self.terms())

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        """The same from `prefix` on."""
        return ((term, self.term_info(*term)) for term in self.terms_from(fieldname, prefix))

    def term_info(self, fieldname: str, tbytes: bytes) -> TermInfo:
        """What is known of a term?"""
        try:
            field, number = self._find(fieldname, tbytes)
        except KeyError:
            raise TermNotFound(f"No term {fieldname}:{tbytes!r}") from None
        return self.account(field, number)

    def account(self, field: FieldReader, number: int) -> TermInfo:
        """What is known of the term with this number?"""
        documents, weights = field.speeches(number), _weights(field, number)
        shortest, longest = field.lengths(number) or self._lengths(field, documents)
        return TermInfo(
            float(weights.sum()), len(documents), byte_to_length(shortest), byte_to_length(longest),
            float(weights.max()), int(documents[0]), int(documents[-1]),
        )  # fmt: skip

    def frequency(self, fieldname: str, tbytes: bytes) -> float:
        """How much do all its postings weigh together?"""
        return float(_weights(*self._find(fieldname, tbytes)).sum())

    def doc_frequency(self, fieldname: str, tbytes: bytes) -> int:
        """How many documents have it?"""
        field, number = self._find(fieldname, tbytes)
        return field.count(number)

    def matcher(self, fieldname: str, tbytes: bytes, format_: Any, scorer: Any = None) -> TermMatcher:
        """What walks its documents?"""
        try:
            field, number = self._find(fieldname, tbytes)
        except KeyError:
            raise TermNotFound(f"No term {fieldname}:{tbytes!r}") from None
        return TermMatcher(
            field.speeches(number).tolist(), _weights(field, number).tolist(),
            lambda: self._values(field, number, format_), format_, scorer=scorer, term=(fieldname, tbytes),
            terminfo=self.account(field, number),
        )  # fmt: skip

    def close(self) -> None:
        """Nothing is to be done: maps go with the last array that looks into them."""

    # ------------------------------------------------------------------------------------------------------------------

    def _field(self, name: str) -> FieldReader | None:
        if name not in self._fields and name in self._terms.meta["fields"]:
            self._fields[name] = FieldReader(self._sources, name)
        return self._fields.get(name)

    def _find(self, fieldname: str, tbytes: bytes) -> tuple[FieldReader, int]:
        field = self._field(fieldname)
        number = -1 if field is None else field.vocabulary.find(tbytes)
        if field is None or number < 0:
            raise KeyError(f"{fieldname}:{tbytes!r}")
        return field, number

    def _lengths(self, field: FieldReader, documents: Array) -> tuple[int, int]:
        norms = self._speeches.norms(field.name) if self._speeches else None
        if norms is None:
            return 0, 0
        held = norms.take(documents)
        return int(held.min()), int(held.max())

    def _values(self, field: FieldReader, number: int, format_: Any) -> Sequence[bytes]:
        kept = field.values(number)
        if kept is not None:
            return kept
        frequencies = field.frequencies(number)
        if isinstance(format_, formats.Positions) and (field.has_positions or field.has_forms):
            if self._speeches is not None:
                positions = TermList(self._speeches, field, number).keys(None) & 0xFFFFFFFF
            else:
                positions = field.positions(number)
            return [format_.encode(places.tolist()) for places in np.split(positions, np.cumsum(frequencies)[:-1])]
        if isinstance(format_, formats.Frequency):
            return [formats.pack_uint(times) for times in frequencies.tolist()]
        return [b""] * len(frequencies)


def _weights(field: FieldReader, number: int) -> Array:
    weights = field.weights(number)
    return field.frequencies(number).astype(np.float64) if weights is None else weights


class _Cursor(base.FieldCursor):  # type: ignore[misc]
    """Stands on one term of a field after the other."""

    def __init__(self, terms: ColumnarTermsReader, field: FieldReader, fieldobj: Any) -> None:
        self._reader = terms
        self._field = field
        self._fieldobj = fieldobj
        self._number = 0

    def first(self) -> Any:
        self._number = 0
        return self.text()

    def find(self, term: Any) -> Any:
        sought = term if isinstance(term, bytes) else self._fieldobj.to_bytes(term)
        self._number = self._field.vocabulary.place(sought)
        return self.text()

    def next(self) -> Any:
        self._number += 1
        return self.text()

    def text(self) -> Any:
        return self._fieldobj.from_bytes(self._field.vocabulary.term(self._number)) if self.is_valid() else None

    def term(self) -> Any:
        return self.text()

    def term_info(self) -> Any:
        return self._reader.account(self._field, self._number) if self.is_valid() else None

    def is_valid(self) -> bool:
        return self._number < len(self._field.vocabulary)
