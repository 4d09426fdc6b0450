"""The columns and stored texts of several segments become those of one."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from searchkit.engines.embedded.arrays import Array
from searchkit.engines.embedded.bulk.source import Source
from searchkit.engines.embedded.layout import Coded, Strings
from searchkit.engines.embedded.segment_columns import CodedColumn, SegmentColumns
from searchkit.engines.embedded.segment_writer import SegmentWriter, StoredWriter
from searchkit.identity.sketches import LEAST_WORDS, SLOTS

__all__ = ["merge_columns", "merge_stored"]

_LENGTH, _NORM, _CODES = "length.", "norm.", ".codes"
_QUOTES = ("quote_speeches", "quote_first", "quote_last")
_APART = frozenset(("id.rank", "page.codes", *_QUOTES))


def merge_columns(sources: Sequence[Source], writer: SegmentWriter) -> None:
    """Write every column of `sources` as one."""
    names = sorted({name for source in sources for name in source.columns.names})
    for name in names:
        if name.startswith(_NORM) or name.endswith((".blob", ".offsets", ".at")) or name in _APART:
            continue  # each comes with another
        if name.startswith(_LENGTH):
            writer.length(name.removeprefix(_LENGTH), _numbers(sources, name))
        elif name == "sketches":
            writer.sketches(*_sketches(sources))
        elif name == "plain" and any(name not in source.columns for source in sources):
            continue  # it may be left out
        elif name.endswith(_CODES):
            writer.coded(name.removesuffix(_CODES), _coded(sources, name.removesuffix(_CODES)))
        else:
            dtype = np.result_type(*(source.columns.array(name) for source in sources)).str
            writer.numbers(name, _numbers(sources, name), dtype)
    _merge_quotes(sources, writer)
    _merge_keys(sources, writer)


def merge_stored(sources: Sequence[Source], writer: SegmentWriter) -> None:
    """Write what is stored of the speeches that stay."""
    stored = StoredWriter(writer.folder)
    for source in sources:
        for name, into in (("records", stored.records), ("rests", stored.rests)):
            packed = source.packed(name)
            if source.live is None and packed.is_well_packed:
                into.take(packed)
                continue
            for string in source.strings(packed):
                into.add(string)
    writer.stored(stored)


def _numbers(sources: Sequence[Source], name: str) -> Array:
    """A column of numbers, of which each speech has as many as any other."""
    parts = []
    for source in sources:
        column = source.columns.array(name)
        each = len(column) // source.speeches if source.speeches else 1
        parts.append(source.chosen(column.reshape(source.speeches, each)).reshape(-1))
    return np.concatenate(parts)


def _sketches(sources: Sequence[Source]) -> tuple[Array, Array]:
    """The sketches of all speeches, zeros where there is none, and how many words each speech has."""
    words = [source.columns.array("length.text") for source in sources]
    rows = []
    for source, lengths in zip(sources, words, strict=True):
        sketches = np.zeros((source.speeches, SLOTS), np.uint16)
        sketches[lengths >= LEAST_WORDS] = source.columns.array("sketches").reshape(-1, SLOTS)
        rows.append(source.chosen(sketches))
    return np.concatenate(rows), _numbers(sources, "length.text")


def _coded(sources: Sequence[Source], name: str) -> Coded:
    columns = [SegmentColumns(source.columns).coded(name) for source in sources]
    known: dict[str, int] = {}
    codes, counts = [], []
    for source, column in zip(sources, columns, strict=True):
        held, each = _values_of(column, source.speeches)
        places = [known.setdefault(value, len(known)) for value in (list(column.values) if column else ())]
        stays = np.ones(source.speeches, bool) if source.live is None else source.live
        codes.append(np.asarray([*places, 0], np.int64)[held[np.repeat(stays, each)]])
        counts.append(each[stays])
    all_counts = np.concatenate(counts)
    used, all_codes = np.unique(np.concatenate(codes), return_inverse=True)
    listed = list(known)
    values = [listed[code] for code in used.tolist()]
    if any(column is not None and column.at is not None for column in columns):
        return Coded(values, all_codes, np.concatenate(([0], np.cumsum(all_counts))))
    single = np.full(len(all_counts), -1, np.int64)
    single[all_counts > 0] = all_codes
    return Coded(values, single)


def _values_of(column: CodedColumn | None, speeches: int) -> tuple[Array, Array]:
    """The places of all values of all speeches, and how many each has."""
    if column is None:
        return np.zeros(0, np.int64), np.zeros(speeches, np.int64)
    codes = column.codes.astype(np.int64)
    if column.at is not None:
        return codes, np.diff(column.at.astype(np.int64))
    return codes[codes > 0] - 1, (codes > 0).astype(np.int64)


def _merge_quotes(sources: Sequence[Source], writer: SegmentWriter) -> None:
    parts: list[list[Array]] = [[], [], []]
    for source in sources:
        speeches, first, last = (source.columns.array(name).astype(np.int64) for name in _QUOTES)
        if source.live is not None:
            stays = source.live[speeches]
            speeches, first, last = (np.cumsum(source.live) - 1)[speeches[stays]], first[stays], last[stays]
        for part, column in zip(parts, (speeches + source.first, first, last), strict=True):
            part.append(column)
    for name, part in zip(_QUOTES, parts, strict=True):
        writer.numbers(name, np.concatenate(part), "<i4")


def _merge_keys(sources: Sequence[Source], writer: SegmentWriter) -> None:
    ids: list[bytes] = []
    pages: dict[bytes, int] = {}
    page_of = []
    for source in sources:
        listed = source.strings_of_column("id")
        ids += listed if source.live is None else [listed[number] for number in np.flatnonzero(source.live).tolist()]
        codes = source.chosen(SegmentColumns(source.columns).page_codes)
        used = np.unique(codes, return_index=True)
        own = listed if source.columns.meta.get("pages_are_ids") else source.strings_of_column("page")
        places = np.zeros(len(own), np.int64)
        for code in used[0][np.argsort(used[1])].tolist():
            places[code] = pages.setdefault(own[code], len(pages))
        page_of.append(places[codes])
    writer.ids(Strings.of(ids))
    writer.pages(Strings.of(list(pages)), np.concatenate(page_of))
