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


_START: Array = np.zeros(1, np.int64)


@dataclass(frozen=True, slots=True)
class Words:
    """The forms of the words of some texts of one segment, one text after the other."""

    blob: Array
    """Bytes that hold every form of the segment."""
    starts: Array
    """Where the form of each word begins there."""
    lengths: Array
    ends: Array
    """How many words are there up to the end of each text?"""


def texts_of(rests: Sequence[bytes], parts: Sequence[Words]) -> list[bytes]:
    """Which texts have these `rests` and words?  Raises ValueError if they part; none of the texts may be WHOLE.

    `parts` are the words of the first texts, of the next ones, and so on, one for each segment they stand in.
    """
    rest = np.frombuffer(b"".join(rests), np.uint8)
    ends = np.fromiter(map(len, rests), np.int64, len(rests)).cumsum()
    marked = rest < MARKS
    marks = marked.nonzero()[0]
    kinds = rest.take(marks)
    counted, words = _counted(parts)
    if not np.array_equal(marks.searchsorted(ends), counted):
        raise ValueError("a text has more or fewer words than the stream holds of it")
    spaced = kinds & SPACED
    widths = np.concatenate([_START[:0], *(part.lengths for part in parts)]) * (kinds < OTHERWISE)
    sizes = np.ones(len(rest), np.int64)
    sizes[marks] = widths + spaced
    behind = np.concatenate((_START, sizes.cumsum()))
    text = _forms(behind, sizes, marks, parts, words)
    # What is no word has been filled with some letter.
    between = (~marked).nonzero()[0]
    text[behind.take(between)] = rest.take(between)
    text[behind.take(marks[spaced.nonzero()] + 1) - 1] = ord(" ")
    begins, shapes = behind.take(marks), kinds - spaced
    text[begins[shapes == FIRST]] ^= _CASE
    for word in (shapes == ALL).nonzero()[0].tolist():
        text[begins[word] : begins[word] + widths[word]] ^= _CASE
    written = text.tobytes()
    bounds = [0, *behind.take(ends).tolist()]
    return [written[start:end] for start, end in itertools.pairwise(bounds)]


def _counted(parts: Sequence[Words]) -> tuple[Array, list[int]]:
    """How many words are there up to the end of each text, and of each of `parts`?"""
    ends, words = [_START[:0]], [0]
    for part in parts:
        ends.append(part.ends + words[-1])
        words.append(words[-1] + len(part.starts))
    return np.concatenate(ends), words


def _forms(behind: Array, sizes: Array, marks: Array, parts: Sequence[Words], words: list[int]) -> Array:
    """The texts with the form of each word at its place: the only step that takes a number for each letter."""
    froms = -behind[:-1]
    froms[marks] += np.concatenate([_START[:0], *(part.starts for part in parts)])
    places = froms.repeat(sizes)
    places += np.arange(len(places))
    text = np.empty(len(places), np.uint8)
    cuts = behind.take(np.append(marks, len(sizes)).take(words)).tolist()
    cuts[:1], cuts[-1:] = [0], [len(places)]
    for part, (low, high) in zip(parts, itertools.pairwise(cuts), strict=True):
        if len(part.blob):
            part.blob.take(places[low:high], mode="clip", out=text[low:high])
    return text
