"""Takes texts apart: what remains of each when the forms of its words stand elsewhere.  See `embedded/rests.py`."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np

from searchkit.analysis.bulk import Batch
from searchkit.engines.embedded.arrays import Array
from searchkit.engines.embedded.rests import ALL, FIRST, MARKS, OTHERWISE, SAME, SPACED, WHOLE

__all__ = ["rests_of"]

_CONTINUES, _CONTINUATION = 0xC0, 0x80
"""Bytes of UTF-8 that begin no character: 10xxxxxx."""
_NONE: Array = np.zeros(0, np.int64)


def rests_of(texts: Sequence[str], encoded: Sequence[bytes], batch: Batch, form_lengths: Array) -> list[bytes]:
    """What remains of `texts` without the forms of the words that `batch` found in them?

    Arguments:
        encoded: the same texts in UTF-8.
        form_lengths: how many bytes has each form of the vocabulary.
    """
    written = np.frombuffer(b"".join(encoded), np.uint8)
    starts, lengths, wide = _in_bytes(written, texts, batch)
    otherwise = ~batch.as_forms
    # Only the apostrophe of a form can have fewer bytes than that of the text.
    otherwise[wide] |= lengths[wide] != form_lengths[batch.forms[wide]]
    marks = _marks(written, starts, lengths)
    otherwise |= marks == OTHERWISE
    spaced = batch.spaced & ~otherwise
    marks[otherwise] = OTHERWISE
    marks += spaced.view(np.uint8) * np.uint8(SPACED)
    # What stands between the marks: before the first, and behind each word with no single space behind it.
    before = np.append(0, np.flatnonzero(~spaced) + 1)
    words = before[1:] - 1
    froms = np.append(0, starts[words] + np.where(otherwise[words], 0, lengths[words]))
    untils = np.append(starts, len(written))[before]
    widths = untils - froms
    ends = np.cumsum(widths)
    steps = np.arange(int(ends[-1])) - np.repeat(ends - widths, widths)
    rest = np.empty(len(marks) + len(steps), np.uint8)
    is_mark = np.ones(len(rest), bool)
    between = np.repeat(ends - widths + before, widths) + steps
    is_mark[between] = False
    rest[np.flatnonzero(is_mark)] = marks  # two thirds of the time that the flags themselves take as an index
    rest[between] = written.take(np.repeat(froms, widths) + steps)
    joined = rest.tobytes()
    rests = [joined[start:end] for start, end in itertools.pairwise(_bounds(encoded, batch, before, ends, untils))]
    if len(written) and written.min() < MARKS:
        for place, text in enumerate(encoded):
            if text and min(text) < MARKS:
                rests[place] = bytes((WHOLE,)) + text
    return rests


def _bounds(encoded: Sequence[bytes], batch: Batch, before: Array, ends: Array, untils: Array) -> list[int]:
    """Where does the rest of each text begin, and the last one end?

    So many marks stand `before` what stands between them, which ends at `ends`, if marks are not counted, and in
    the texts at `untils`.
    """
    # The first word of the next text ends what stands between; of that, some is of the next text.
    places = before.searchsorted(batch.bounds)
    beyond = untils[places] - np.cumsum([0, *map(len, encoded)])
    return (batch.bounds + ends[places] - beyond).tolist()  # type: ignore[no-any-return]


def _in_bytes(written: Array, texts: Sequence[str], batch: Batch) -> tuple[Array, Array, Array]:
    """Where in `written` does each word begin, how long is it, and in which is a character longer than a byte?

    The batch counts characters of each text.
    """
    sizes = np.fromiter(map(len, texts), np.int64, len(texts))
    starts = np.repeat(np.cumsum(sizes) - sizes, batch.lengths)
    starts += batch.starts
    lengths = batch.ends - batch.starts
    if int(sizes.sum()) == len(written) or not len(starts):
        return starts, lengths, _NONE
    # Bytes that begin no character are few: each moves the words behind its character by one.
    further = np.flatnonzero((written & _CONTINUES) == _CONTINUATION)
    behind = further - np.arange(len(further))
    words = starts.searchsorted(behind)
    # One character further back stands what is longer by it: a word that begins before and does not end before.
    owners = words[words > 0] - 1
    owners = owners[behind[words > 0] <= starts[owners] + lengths[owners]]
    np.add.at(lengths, owners, 1)
    starts += np.repeat(np.arange(len(words) + 1), np.diff(words, prepend=0, append=len(starts)))
    return starts, lengths, np.unique(owners)


def _marks(written: Array, starts: Array, lengths: Array) -> Array:
    """How is each word written, if it is its form but for capitals A-Z?"""
    capital = written - np.uint8(ord("A")) < 26
    first = capital.take(starts)
    marks = first.view(np.uint8) * np.uint8(FIRST - SAME) + np.uint8(SAME)
    # The other capitals are few.
    capital[starts] = False
    capitals = np.flatnonzero(capital)
    owners = starts.searchsorted(capitals, side="right") - 1
    owners = owners[owners >= 0]
    capitals = capitals[len(capitals) - len(owners) :]
    owners = owners[capitals < starts[owners] + lengths[owners]]
    words, held = np.unique(owners, return_counts=True)
    marks[words] = np.where(held + first[words] == lengths[words], ALL, OTHERWISE)
    return marks
