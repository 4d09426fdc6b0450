"""Occurrences in any order -> the postings of a field, by one sort of packed keys."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from searchkit.engines.embedded.arrays import Array
from searchkit.engines.embedded.layout import FieldPostings, Strings

__all__ = ["Grouped", "grouped", "pieces", "postings_of", "ranked"]

_KEY_BITS = 64


def ranked(texts: Sequence[str | bytes], numbers: Array, size: int) -> tuple[Strings, Array]:
    """`texts` in the order of their bytes, and for each of their `numbers` (below `size`) its place there."""
    encoded = [text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass") for text in texts]
    order = sorted(range(len(encoded)), key=encoded.__getitem__)
    rank = np.zeros(size, np.int64)
    rank[numbers[order]] = np.arange(len(order))
    return Strings.of([encoded[place] for place in order]), rank


@dataclass(frozen=True, slots=True)
class Grouped:
    """Rows of (term, speech, detail) in their order: each pair of term and speech once, with all its details."""

    counts: Array
    """How many speeches each term has."""
    speeches: Array
    starts: Array
    """Where the details of each pair begin."""
    details: Array


def grouped(terms: Array, speeches: Array, details: Array, size: int) -> Grouped:
    """Sort rows by term (below `size`), speech and detail, all of them whole numbers and none negative.

    As one 64-bit key a row wherever the greatest numbers leave room for it: 5 million rows in 0.15 s instead of 1.5.
    """
    speech_bits, detail_bits = (int(column.max()).bit_length() if len(column) else 0 for column in (speeches, details))
    if size.bit_length() + speech_bits + detail_bits > _KEY_BITS:
        order = np.lexsort((details, speeches, terms))
        terms, speeches, details = terms[order], speeches[order], details[order]
        starts = _starts((terms[1:] != terms[:-1]) | (speeches[1:] != speeches[:-1]), len(terms))
        return Grouped(np.bincount(terms[starts], minlength=size), speeches[starts], starts, details)
    keys = terms.astype(np.uint64)
    keys <<= np.uint64(speech_bits)
    keys |= speeches.view(np.uint64)
    keys <<= np.uint64(detail_bits)
    keys |= details.view(np.uint64)
    keys.sort()
    details = (keys & np.uint64((1 << detail_bits) - 1)).view(np.int64)
    keys >>= np.uint64(detail_bits)
    starts = _starts(keys[1:] != keys[:-1], len(keys))
    pairs = keys[starts]
    speeches = (pairs & np.uint64((1 << speech_bits) - 1)).view(np.int64)
    pairs >>= np.uint64(speech_bits)
    return Grouped(np.bincount(pairs.view(np.int64), minlength=size), speeches, starts, details)


def postings_of(terms: Strings, ranks: Array, speeches: Array, positions: Array) -> FieldPostings:
    """The postings of a field, of occurrences in any order: the term of each (a place in `terms`), speech, position."""
    rows = grouped(ranks, speeches, positions, len(terms))
    return FieldPostings(
        terms, rows.counts, rows.speeches, np.diff(rows.starts, append=len(rows.details)), rows.details
    )


def pieces(postings: FieldPostings, most: int) -> Iterator[FieldPostings]:
    """The same in pieces of some `most` postings, so that what is made of each stays small."""
    posting_at = _bounds(postings.counts)
    cuts = np.unique(np.searchsorted(posting_at, np.arange(0, posting_at[-1] + most, most)))
    cuts[-1] = len(postings.terms)
    place = 0
    for low, high in zip(cuts[:-1].tolist(), cuts[1:].tolist(), strict=True):
        first, last = int(posting_at[low]), int(posting_at[high])
        blob = slice(int(postings.terms.at[low]), int(postings.terms.at[high]))
        piece = replace(
            postings,
            terms=Strings(postings.terms.blob[blob], postings.terms.at[low : high + 1] - blob.start),
            counts=postings.counts[low:high],
            speeches=postings.speeches[first:last],
        )
        if postings.frequencies is not None:
            piece = replace(piece, frequencies=postings.frequencies[first:last])
        if postings.positions is not None:
            times = last - first if piece.frequencies is None else int(piece.frequencies.sum(dtype=np.int64))
            piece = replace(piece, positions=postings.positions[place : place + times])
            place += times
        if postings.forms_at is not None and postings.forms is not None:
            forms = slice(int(postings.forms_at[low]), int(postings.forms_at[high]))
            piece = replace(
                piece, forms=postings.forms[forms], forms_at=postings.forms_at[low : high + 1] - forms.start
            )
        yield piece


def _starts(changes: Array, length: int) -> Array:
    """Where do runs of equal rows begin, if `changes` tells which rows differ from the one before?"""
    return np.concatenate(([0], np.flatnonzero(changes) + 1)) if length else np.zeros(0, np.int64)


def _bounds(counts: Array) -> Array:
    return np.concatenate(([0], np.cumsum(counts, dtype=np.int64)))
