"""What of a text its words do not tell: where capitals stand, and everything between words.

The stream of a segment holds the words of each text in their folded forms.  Of the text itself only the rest is stored:
a byte for each word, the word's mark, and between the marks what stands between the words.

    SAME, FIRST, ALL    the word is its form; with its first letter a capital; with all letters a-z as capitals
    SPACED added        the same, and a single space stands behind it
    OTHERWISE           the word is written in another way, and stands as it is written behind the mark

A text that holds a byte below MARKS itself is stored whole, behind WHOLE.  `bulk/rests.py` takes texts apart.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from searchkit.engines.embedded.arrays import Array

__all__ = ["ALL", "FIRST", "MARKS", "OTHERWISE", "SAME", "SPACED", "WHOLE", "Words", "texts_of"]

WHOLE = 0
SPACED = 1
SAME, FIRST, ALL, OTHERWISE = 2, 4, 6, 8
MARKS = 9
"""Every byte below is a mark."""

_CASE = 0x20
"""What a capital letter of ASCII lacks."""


@dataclass(frozen=True, slots=True)
class Words:
    """The forms of the words of some texts, one text after the other."""

    blob: Array
    """Bytes that hold every form."""
    starts: Array
    """Where the form of each word begins there."""
    lengths: Array
    counts: Array
    """Words of each text."""


def texts_of(rests: Sequence[bytes], words: Words) -> list[bytes]:
    """Which texts have these `rests` and `words`?  As many texts as `words.counts`; raises ValueError if they part.

    None of them may be WHOLE.
    """
    rest = np.frombuffer(b"".join(rests), np.uint8)
    ends = np.cumsum(np.fromiter(map(len, rests), np.int64, len(rests)))
    marks = np.flatnonzero(rest < MARKS)
    kinds = rest.take(marks)
    if not np.array_equal(marks.searchsorted(ends), np.cumsum(words.counts)):
        raise ValueError("a text has more or fewer words than the stream holds of it")
    lengths = words.lengths * (kinds != OTHERWISE)
    sizes = np.ones(len(rest), np.int64)
    sizes[marks] = lengths + (kinds & SPACED)
    behind = np.cumsum(sizes)
    text = np.empty(int(behind[-1]) if len(behind) else 0, np.uint8)
    between = np.flatnonzero(rest >= MARKS)
    text[behind.take(between) - 1] = rest.take(between)
    places = behind.take(marks) - sizes.take(marks)
    spaced = np.flatnonzero(kinds & SPACED)
    text[places.take(spaced) + lengths.take(spaced)] = ord(" ")
    before = np.cumsum(lengths) - lengths
    steps = np.arange(int(lengths.sum()))
    letters = words.blob.take(np.repeat(words.starts - before, lengths) + steps)
    capitals = kinds - (kinds & SPACED)
    letters[before[capitals == FIRST]] ^= _CASE
    if (capitals == ALL).any():
        small = (letters >= ord("a")) & (letters <= ord("z"))
        letters[small & np.repeat(capitals == ALL, lengths)] ^= _CASE
    text[np.repeat(places - before, lengths) + steps] = letters
    written = text.tobytes()
    bounds = [0, *behind.take(ends[ends > 0] - 1).tolist()]
    bounds = [0] * (len(ends) + 1 - len(bounds)) + bounds
    return [written[start:end] for start, end in itertools.pairwise(bounds)]
