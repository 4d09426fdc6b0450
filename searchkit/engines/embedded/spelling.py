"""Which terms of a vocabulary are spelled almost like a word?  A handful of them is compared, all at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from searchkit.engines.embedded.arrays import Array
from searchkit.engines.embedded.vocabulary import Vocabulary

__all__ = ["edits_of", "spelled_like"]

_LETTER = np.zeros(256, np.uint32)
"""Byte -> the bit of its letter: 32 bits for the 128 of ASCII, none for the bytes of other letters."""
_LETTER[:128] = np.uint32(1) << (np.arange(128, dtype=np.uint32) % 32)


def spelled_like(vocabulary: Vocabulary, word: str, most: int) -> Iterator[tuple[int, int, str]]:
    """Which terms are at most `most` edits away from `word`?  The number of each, its edits, and the term itself."""
    numbers = _candidates(vocabulary, word, most)
    terms = [term.decode("utf-8", "surrogatepass") for term in vocabulary.chosen(numbers)]
    edits = edits_of(word, terms, most)
    for place in np.flatnonzero(edits <= most).tolist():
        yield int(numbers[place]), int(edits[place]), terms[place]


def _candidates(vocabulary: Vocabulary, word: str, most: int) -> Array:
    """The numbers of the terms with as many letters as `word` has, more or less, and hardly any others.

    An edit adds and takes away one letter at most; letters beyond ASCII are counted, but not compared.
    """
    blob, at = vocabulary.packed(0, len(vocabulary))
    if not blob:
        return np.empty(0, np.int64)
    read = np.frombuffer(blob, np.uint8)
    begins = at[:-1]
    lengths = at[1:] - begins
    wide = np.flatnonzero((read & 0xC0) == 0x80)  # what follows the first byte of a letter
    lengths -= np.bincount(at.searchsorted(wide, side="right") - 1, minlength=len(lengths))
    fitting = np.flatnonzero((np.abs(lengths - len(word)) <= most) & (at[1:] > begins))
    mine = np.bitwise_or.reduce(_LETTER[np.frombuffer(word.encode("utf-8", "surrogatepass"), np.uint8)])
    masks = np.bitwise_or.reduceat(_LETTER.take(read), np.minimum(begins, len(read) - 1)).take(fitting)
    alike: Array = fitting[np.bitwise_count(masks ^ mine) <= 2 * most]
    return alike


def edits_of(word: str, others: Sequence[str], most: int) -> Array:
    """How many letters must be added, dropped, changed or swapped to make each of `others` of `word`?

    As `searchkit.query.edits` counts them, for all at once; `most` + 1 stands for more.
    """
    if not others:
        return np.empty(0, np.uint8)
    table = np.array(others)
    width = table.dtype.itemsize // 4
    letters = np.ascontiguousarray(table.view(np.uint32).reshape(len(others), width).T)
    far = most + 1
    row = np.full((width + 1, len(others)), far, np.uint8)
    row[: far + 1] = np.arange(min(far, width) + 1, dtype=np.uint8)[:, None]
    before, swappable = row, np.zeros_like(letters, bool)
    for place, letter in enumerate(word, 1):
        older, before, row = before, row, np.full_like(row, far)
        row[0] = min(place, far)
        same = letters == ord(letter)
        # further from the diagonal there is nothing within `most`
        for at in range(max(1, place - most), min(width, place + most) + 1):
            cost = np.minimum(np.minimum(before[at], row[at - 1]) + 1, before[at - 1] + ~same[at - 1])
            if place > 1 and at > 1:
                swapped = same[at - 2] & swappable[at - 1]
                cost = np.where(swapped, np.minimum(cost, older[at - 2] + 1), cost)
            row[at] = np.minimum(cost, far)
        swappable = same
    ends = np.fromiter(map(len, others), np.int64, len(others))
    return row[ends, np.arange(len(others))]
