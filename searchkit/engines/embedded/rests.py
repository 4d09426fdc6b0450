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


_SIZES: Array = np.where(np.arange(256) < MARKS, np.arange(256) & SPACED, 1)
"""How many letters stand for a byte of a rest, but for the form of a word."""

_ROW = 16
"""Bytes of a form that are copied at once: in English one word in thousands is longer."""
_NOTHING: Array = np.zeros(0, np.int64)


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
    ends = list(itertools.accumulate(map(len, rests)))
    marked = rest < MARKS
    marks = marked.nonzero()[0]
    kinds = rest.take(marks)
    counted, words = _counted(parts)
    if marks.searchsorted(ends).tolist() != counted:
        raise ValueError("a text has more or fewer words than the stream holds of it")
    spaced = (kinds & SPACED).view(bool).nonzero()[0]
    widths = _joined([part.lengths for part in parts]) * (kinds < OTHERWISE)
    sizes = _SIZES.take(rest)
    sizes[marks] += widths
    behind = np.zeros(len(rest) + 1, np.int64)
    sizes.cumsum(out=behind[1:])
    begins = behind.take(marks)
    text = np.empty(int(behind[-1]) + _ROW, np.uint8)
    for part, (low, high) in zip(parts, itertools.pairwise(words), strict=True):
        _write_words(text, part, begins[low:high], widths[low:high], kinds[low:high])
    between = (~marked).nonzero()[0]
    text[behind.take(between)] = rest.take(between)
    text[(begins + widths).take(spaced)] = ord(" ")
    written = text.tobytes()
    return [written[start:end] for start, end in itertools.pairwise([0, *behind.take(ends).tolist()])]


def _counted(parts: Sequence[Words]) -> tuple[list[int], list[int]]:
    """How many words are there up to the end of each text, and up to the beginning and the end of each of `parts`?"""
    ends: list[int] = []
    words = [0]
    for part in parts:
        ends += (part.ends + words[-1]).tolist()
        words.append(words[-1] + len(part.starts))
    return ends, words


def _joined(columns: Sequence[Array]) -> Array:
    return columns[0] if len(columns) == 1 else np.concatenate([_NOTHING, *columns])


def _write_words(text: Array, words: Words, begins: Array, widths: Array, kinds: Array) -> None:
    """Write each of `words` with its capitals into `text`, from `begins` on; what stands behind is written over.

    _ROW bytes each, one after the other: a row is one copy, and the next word stands over what was too much.  With a
    number for each letter it takes three times as long.
    """
    if not len(begins):
        return
    blob = words.blob
    if int(words.starts.max()) + _ROW > len(blob):
        blob = np.append(blob, np.zeros(_ROW, np.uint8))
    rows = _rows(blob)[words.starts]
    letters = rows.view(np.uint8).reshape(-1, _ROW)
    letters[:, 0] ^= (kinds & FIRST) * np.uint8(_CASE // FIRST)  # ALL has the bit of FIRST
    letters[(kinds & ALL == ALL).nonzero()[0], 1:] ^= _CASE
    _rows(text)[begins] = rows
    for word in (widths > _ROW).nonzero()[0].tolist():
        begin, behind = int(begins[word]) + _ROW, int(begins[word] + widths[word])
        start = int(words.starts[word]) + _ROW
        text[begin:behind] = blob[start : start + behind - begin] ^ (_CASE if kinds[word] & ALL == ALL else 0)


def _rows(letters: Array) -> Array:
    """The _ROW bytes from each of `letters` on, as one record: they overlap."""
    return np.ndarray((len(letters) - _ROW + 1,), f"V{_ROW}", letters, strides=(1,))
