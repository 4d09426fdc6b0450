"""Speeches that wait to become one segment: their words as numbers, their columns, what is stored of them."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from functools import partial
from operator import attrgetter
from typing import Any

import numpy as np

from searchkit.analysis import analyze, fold_value, foreign_names, stem_language
from searchkit.analysis.bulk import Batch, BulkAnalyzer
from searchkit.analysis.bulk.growing import GrowingArray
from searchkit.dates import span
from searchkit.engines.embedded.arrays import Array
from searchkit.engines.embedded.bulk.rests import rests_of
from searchkit.engines.embedded.bulk.text import TextRun
from searchkit.engines.embedded.bulk.values import Distinct, Value
from searchkit.engines.embedded.fields import day_term
from searchkit.engines.embedded.layout import Coded, Strings
from searchkit.engines.embedded.records import record_of
from searchkit.engines.embedded.segment import ColumnarSegment
from searchkit.engines.embedded.segment_writer import SegmentWriter
from searchkit.engines.naming import PEOPLE
from searchkit.engines.terms import field_values, name_tokens
from searchkit.identity.sketches import sketches, word_hash
from searchkit.models import Speech
from searchkit.schema import Field, FieldKind, exact_name

__all__ = ["BulkBatch", "Words"]

_YEAR, _MONTH = len("2024"), len("2024-06")


class Words:
    """What was learned of words and goes on from segment to segment: an analyzer, hash and length of each form."""

    def __init__(self) -> None:
        self.analyzer = BulkAnalyzer()
        self._hashes: GrowingArray[np.uint64] = GrowingArray(np.uint64)
        self._lengths: GrowingArray[np.int64] = GrowingArray(np.int64)

    def form_lengths(self) -> Array:
        """How many bytes has each form?"""
        self._lengths.extend([len(_encoded(form)) for form in self.analyzer.vocabulary.forms[len(self._lengths) :]])
        return self._lengths.values

    def sketches(self, batch: Batch) -> Array:
        """The sketch of each text of `batch`."""
        forms = self.analyzer.vocabulary.forms
        self._hashes.extend([word_hash(form) for form in forms[len(self._hashes) :]])
        return sketches(self._hashes.values[batch.forms], batch.lengths)


class BulkBatch:
    """Collects speeches; `write` makes a segment of them."""

    def __init__(self, fields: tuple[Field, ...], words: Words) -> None:
        self._words = words
        self._text = TextRun(words.analyzer.vocabulary)
        self._fields = {field.name: field for field in fields if field.name != "text"}
        self._distinct = {name: Distinct(_describer(field)) for name, field in self._fields.items()}
        self._key_of = [_key_of(field) for field in self._fields.values()]
        self._stem_languages = Distinct(lambda language: Value(exact=(stem_language(language),)))
        self._names = Distinct(lambda names: Value(exact=names))
        self._ids: list[bytes] = []
        self._pages: dict[str, int] = {}
        self._page_of: list[int] = []
        self._quotes: list[tuple[int, int, int]] = []
        self._sketches: list[Array] = []
        self._compounds: list[tuple[Array, Array]] = []
        self._stored: list[tuple[bytes, bytes]] = []

    def __len__(self) -> int:
        return len(self._ids)

    @property
    def words(self) -> int:
        """Words of all texts so far."""
        return self._text.tokens

    def add(self, speeches: Sequence[Speech]) -> Batch:
        """Take in the next speeches, some 300 KB of text at best; what was found in their texts?"""
        texts = [speech.text for speech in speeches]
        batch = self._words.analyzer.analyze(texts, [speech.notes for speech in speeches])
        rests = rests_of(texts, list(map(_encoded, texts)), batch, self._words.form_lengths())
        self._text.add(batch, [speech.language for speech in speeches])
        self._sketches.append(self._words.sketches(batch))
        self._compounds.append((batch.compounds, np.diff(batch.compound_bounds)))
        for place, speech in enumerate(speeches):
            if speech.quotes:
                self._add_quotes(len(self._ids), speech, batch, place)
            for distinct, key_of in zip(self._distinct.values(), self._key_of, strict=True):
                distinct.add(key_of(speech), speech)
            self._stem_languages.add(speech.language)
            self._names.add(foreign_names(speech.text))
            self._ids.append(_encoded(speech.id))
            self._page_of.append(self._pages.setdefault(speech.page, len(self._pages)))
            self._stored.append((record_of(speech), rests[place]))
        return batch

    def write(self, storage: Any, indexname: str) -> ColumnarSegment:
        """Write the speeches as one segment; which one is it?"""
        segment = ColumnarSegment(indexname, speeches=len(self))
        writer = SegmentWriter(storage, segment.segment_id(), len(self))
        try:
            self._text.write(writer)
            self._write_fields(writer)
            self._write_columns(writer)
            with writer.stored() as stored:
                for record, rest in self._stored:
                    stored.add(record, rest)
            writer.finish()
        except BaseException:
            writer.abandon()
            raise
        return segment

    # ------------------------------------------------------------------------------------------------------------------

    def _add_quotes(self, number: int, speech: Speech, batch: Batch, place: int) -> None:
        tokens = slice(int(batch.bounds[place]), int(batch.bounds[place + 1]))
        positions = batch.positions[tokens]
        firsts, behinds = np.searchsorted(
            batch.starts[tokens], [[quote.start for quote in speech.quotes], [quote.end for quote in speech.quotes]]
        ).tolist()
        for first, behind in zip(firsts, behinds, strict=True):
            ends = (int(positions[first]), int(positions[behind - 1])) if first < behind else (0, -1)
            self._quotes.append((number, *ends))

    def _write_fields(self, writer: SegmentWriter) -> None:
        for name, field in self._fields.items():
            distinct = self._distinct[name]
            with writer.field(name, positions=field.kind in (FieldKind.WORDS, FieldKind.NAMES)) as written:
                written.add(distinct.postings())
            if field.facet:
                with writer.field(exact_name(name)) as written:
                    written.add(distinct.postings(_exact))
        for name, of in (("date_first", _first_day), ("date_last", _last_day)):
            with writer.field(name) as written:
                written.add(self._distinct["date"].postings(partial(_day_terms, of)))

    def _write_columns(self, writer: SegmentWriter) -> None:
        writer.length("text", self._text.lengths())
        for name, field in self._fields.items():
            distinct = self._distinct[name]
            if field.kind is FieldKind.WORDS:
                writer.length(name, distinct.numbers(lambda value: len(value.terms)))
            if field.facet and name not in PEOPLE:
                writer.coded(name, distinct.coded(_exact, several=field.several))
        dates = self._distinct["date"]
        writer.numbers("date_first", dates.numbers(_first_day), "<i4")
        writer.numbers("date_last", dates.numbers(_last_day), "<i4")
        writer.coded("date", dates.coded(_exact))
        writer.coded("year", dates.coded(partial(_shortened, _YEAR)))
        writer.coded("month", dates.coded(partial(_shortened, _MONTH)))
        writer.coded("stem_language", self._stem_languages.coded(_exact))
        writer.coded("names", self._names.coded(_exact, several=True))
        writer.coded("compounds", self._compounds_column())
        quotes = np.asarray(self._quotes, np.int64).reshape(-1, 3)
        for place, part in enumerate(("quote_speeches", "quote_first", "quote_last")):
            writer.numbers(part, quotes[:, place], "<i4")
        writer.ids(Strings.of(self._ids))
        writer.pages(Strings.of([_encoded(page) for page in self._pages]), np.asarray(self._page_of, np.int64))
        writer.numbers("sketches", np.concatenate(self._sketches).reshape(-1), "<u2")

    def _compounds_column(self) -> Coded:
        """The hyphenated compounds of each speech, as "cease fire"."""
        values = [" ".join(parts) for _, parts in self._words.analyzer.compounds.met]
        numbers = np.concatenate([numbers for numbers, _ in self._compounds])
        counts = np.concatenate([counts for _, counts in self._compounds])
        used = np.flatnonzero(np.bincount(numbers, minlength=len(values)))
        # The values of a speech stand in their order, which is that of ranks.
        order = sorted(used.tolist(), key=values.__getitem__)
        rank = np.zeros(len(values), np.int64)
        rank[order] = np.arange(len(order))
        rows = np.sort((np.repeat(np.arange(len(counts)), counts) << 32) | rank[numbers])
        at = np.concatenate(([0], np.cumsum(counts)))
        return Coded([values[number] for number in order], rows & 0xFFFFFFFF, at)


def _key_of(field: Field) -> Callable[[Speech], Hashable]:
    """What of a speech decides which values it has in `field`?"""
    if field.own:
        return lambda speech: field_values(speech, field)
    if field.name == "speaker":
        return attrgetter("speakers", "label")
    if field.name == "quoting":
        return lambda speech: speech.quoting if speech.quotes else ()
    return attrgetter(field.name)


def _describer(field: Field) -> Callable[[Hashable, Speech], Value]:
    """What stands a value of `field` for?"""

    def described(_key: Hashable, speech: Speech) -> Value:
        exact = field_values(speech, field)
        if field.kind is FieldKind.NAMES:
            names = (*exact, speech.label) if field.name == "speaker" and speech.label else exact
            tokens = name_tokens(names)
            return Value(tokens.terms, tokens.positions, exact)
        if field.kind is FieldKind.WORDS:
            words = analyze(" ".join(exact), ())
            return Value(words.forms, words.positions, exact)
        if field.kind is FieldKind.VALUE:
            return Value(tuple(dict.fromkeys(map(fold_value, exact))), None, exact)
        return Value(exact, None, exact)

    return described


def _exact(value: Value) -> Sequence[str]:
    return value.exact


def _first_day(value: Value) -> int:
    return span(value.exact[0])[0] if value.exact else 0


def _last_day(value: Value) -> int:
    return span(value.exact[0])[1] if value.exact else 0


def _day_terms(of: Callable[[Value], int], value: Value) -> list[bytes]:
    return [day_term(of(value))] if value.exact else []


def _shortened(length: int, value: Value) -> list[str]:
    return [date[:length] for date in value.exact]


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
