"""What speeches have beside their text -> fields and columns of a segment, each distinct value described once."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from functools import lru_cache
from operator import attrgetter
from typing import Any

import numpy as np

from searchkit.analysis import fold_value, stem_language
from searchkit.analysis.bulk import Batch, BulkAnalyzer
from searchkit.dates import span
from searchkit.engines.embedded.bulk.values import Distinct, Members
from searchkit.engines.embedded.fields import day_term
from searchkit.engines.embedded.segment_writer import SegmentWriter
from searchkit.engines.naming import PEOPLE
from searchkit.engines.terms import Tokens, field_values, name_tokens
from searchkit.models import Speech
from searchkit.schema import Field, FieldKind, exact_name

__all__ = ["FieldRun"]

_YEAR, _MONTH = len("2024"), len("2024-06")
_VALUES_AT_ONCE = 4_000
"""Titles that are analysed at a time: some 200 KB."""


class FieldRun:
    """Collects what speeches have in `fields` until it is written; `analyzer` finds the words of titles."""

    def __init__(self, fields: tuple[Field, ...], analyzer: BulkAnalyzer) -> None:
        self._analyzer = analyzer
        self._fields = {field.name: field for field in fields if field.name != "text"}
        self._key_of = {name: _key_of(field) for name, field in self._fields.items()}
        self._distinct = {name: Distinct() for name in self._fields}
        self._stem_languages, self._names = Distinct(), Distinct()

    def add(self, speeches: Sequence[Speech], batch: Batch) -> None:
        """Take in the next speeches; `batch` is what was found in their texts."""
        for name, key_of in self._key_of.items():
            self._distinct[name].extend(list(map(key_of, speeches)))
        self._stem_languages.extend([speech.language for speech in speeches])
        self._names.extend(batch.names)

    def write(self, writer: SegmentWriter) -> None:
        """Write every field but those of the text, and the columns of values."""
        for name, field in self._fields.items():
            self._write_field(name, field, writer)
        self._write_dates(writer)
        languages = Members.of([(stem_language(_text(value)),) for value in self._stem_languages.values])
        writer.coded("stem_language", self._stem_languages.coded(languages))
        names = Members.of([_listed(value) for value in self._names.values])
        writer.coded("names", self._names.coded(names, several=True))

    # ------------------------------------------------------------------------------------------------------------------

    def _write_field(self, name: str, field: Field, writer: SegmentWriter) -> None:
        distinct = self._distinct[name]
        exact = [_exact(field, value) for value in distinct.values]
        values = Members.of(exact)
        terms = self._terms(field, exact, distinct.values) or values
        with writer.field(name, positions=terms.places is not None) as written:
            written.add(distinct.postings(terms))
        if field.kind is FieldKind.WORDS:
            writer.length(name, distinct.spread(terms.counts))
        if field.facet:
            with writer.field(exact_name(name)) as written:
                written.add(distinct.postings(values))
            if name not in PEOPLE:
                writer.coded(name, distinct.coded(values, several=field.several))

    def _terms(self, field: Field, exact: list[tuple[str, ...]], values: list[Hashable]) -> Members | None:
        """Under which terms is a speech found that has each of `values`?  None: under the `exact` ones."""
        if field.kind is FieldKind.WORDS:
            return self._words([" ".join(listed) for listed in exact])
        if field.kind is FieldKind.NAMES:
            return _names(field, exact, values)
        if field.kind is FieldKind.VALUE:
            return Members.of([tuple(dict.fromkeys(map(_folded, listed))) for listed in exact])
        return None

    def _words(self, texts: list[str]) -> Members:
        vocabulary = self._analyzer.vocabulary
        batches = [
            self._analyzer.analyze(piece, [()] * len(piece))
            for first in range(0, len(texts), _VALUES_AT_ONCE)
            for piece in (texts[first : first + _VALUES_AT_ONCE],)
        ]
        forms = np.concatenate([np.zeros(0, np.int32), *(batch.forms for batch in batches)])
        used = np.flatnonzero(np.bincount(forms, minlength=len(vocabulary)))
        place = np.zeros(len(vocabulary), np.int64)
        place[used] = np.arange(len(used))
        return Members(
            [vocabulary.forms[form] for form in used.tolist()],
            place[forms],
            np.concatenate([np.zeros(0, np.int64), *(batch.lengths for batch in batches)]),
            np.concatenate([np.zeros(0, np.int64), *(batch.positions for batch in batches)]),
        )

    def _write_dates(self, writer: SegmentWriter) -> None:
        dates = self._distinct["date"]
        values = [_text(value) for value in dates.values]
        spans = [span(value) if value else None for value in values]
        for place, name in enumerate(("date_first", "date_last")):
            days = [found[place] if found else 0 for found in spans]
            terms = Members.of([[day_term(day)] if found else [] for found, day in zip(spans, days, strict=True)])
            with writer.field(name) as written:
                written.add(dates.postings(terms))
            writer.numbers(name, dates.spread(np.asarray(days, np.int64)), "<i4")
        for name, length in (("date", None), ("year", _YEAR), ("month", _MONTH)):
            shown = Members.of([[value[:length]] if value else [] for value in values])
            writer.coded(name, dates.coded(shown))


def _key_of(field: Field) -> Callable[[Speech], Hashable]:
    """What of a speech decides which values it has in `field`?"""
    if field.own:
        return lambda speech: field_values(speech, field)
    if field.name == "speaker":
        return attrgetter("speakers", "label")
    if field.name == "quoting":
        return lambda speech: speech.quoting if speech.quotes else ()
    return attrgetter(field.name)


def _exact(field: Field, key: Any) -> tuple[str, ...]:
    """The same as `field_values`, of what `_key_of` gives."""
    if field.kind is FieldKind.FLAG:
        return ("yes" if key else "no",)
    if field.name == "speaker":
        key = key[0]
    if isinstance(key, tuple):
        return tuple(dict.fromkeys(value for value in key if value))
    return (key,) if key else ()


def _names(field: Field, exact: list[tuple[str, ...]], keys: list[Any]) -> Members:
    """The words of names, a speaker's label among them."""
    if field.name == "speaker":
        exact = [(*listed, label) if label else listed for listed, (_, label) in zip(exact, keys, strict=True)]
    tokens = [_tokens(listed) for listed in exact]
    words = Members.of([found.terms for found in tokens])
    places = [position for found in tokens for position in found.positions]
    return Members(words.listed, words.numbers, words.counts, np.asarray(places, np.int64))


@lru_cache(maxsize=1 << 13)
def _tokens(names: tuple[str, ...]) -> Tokens:
    return name_tokens(names)


@lru_cache(maxsize=1 << 13)
def _folded(value: str) -> str:
    return fold_value(value)


def _text(value: Any) -> str | None:
    return value or None


def _listed(value: Any) -> tuple[str, ...]:
    return tuple(value)
