"""Which occurrences of a word stand in the text with certain capitals?  Told by the marks of the rests.

Of each word in the stream the rest of its text has a mark (see `rests.py`): no text is put together; what is written
neither in small letters nor with the first or with all letters as capitals is read behind its mark.
"""

from __future__ import annotations

import numpy as np

from searchkit import deadline
from searchkit.analysis import analyze, cased
from searchkit.analysis.words import first_words
from searchkit.engines.arrays import distinct
from searchkit.engines.embedded.answers import Numbers
from searchkit.engines.embedded.arrays import Array
from searchkit.engines.embedded.postings import PostingsReader
from searchkit.engines.embedded.records import parts_of
from searchkit.engines.embedded.rests import ALL, FIRST, MARKS, OTHERWISE, SAME, SPACED, WHOLE
from searchkit.engines.embedded.segment_data import SegmentData, texts_in
from searchkit.engines.embedded.tallies import Piece, pieces

__all__ = ["stand_as"]


def stand_as(form: str, wanted: str, keys: Numbers, postings: PostingsReader) -> Array:
    """Which occurrences of the word `form` of the text stand there as `wanted`, a cased form?  As a mask.

    Arguments:
        keys: of each its speech * 2**32 + its position; rising.
    """
    holds = np.zeros(len(keys), bool)
    cuts = keys.searchsorted(np.asarray(postings.bases, np.int64) << 32).tolist()
    for segment, base, low, high in zip(postings.segments, postings.bases, cuts, cuts[1:], strict=False):
        if low < high:
            own = keys[low:high]
            holds[low:high] = _in_segment(segment, form, wanted, (own >> 32) - base, own & _POSITION)
    return holds


_POSITION = 2**32 - 1


def _in_segment(segment: SegmentData, form: str, wanted: str, speeches: Array, positions: Array) -> Array:
    slots, _ = segment.stream.slots_at(speeches, positions)
    by_mark = np.zeros(MARKS, bool)
    for mark, word in ((SAME, form), (FIRST, form[:1].upper() + form[1:]), (ALL, form.upper())):
        by_mark[mark] = by_mark[mark | SPACED] = cased(word) == wanted
    holds = np.zeros(len(speeches), bool)
    reached = 0
    for piece in pieces(segment.stream, distinct(speeches)):
        deadline.check()
        first, reached = reached, int(speeches.searchsorted(piece.speeches[-1], side="right"))
        own = speeches[first:reached]
        rows = piece.speeches.searchsorted(own)
        places = slots[first:reached] - segment.stream.starts.take(own) + piece.begins.take(rows)
        marked = _Marked(segment, piece)
        words = marked.words_at(rows, places)
        marks = marked.marks(rows, words)
        holds[first:reached] = by_mark.take(marks)
        for index in np.flatnonzero((marks == OTHERWISE) | (marks == WHOLE)).tolist():
            holds[first + index] = cased(marked.written(int(rows[index]), int(words[index]))) == wanted
    return holds


class _Marked:
    """The words of some speeches, each speech a row, with their marks."""

    def __init__(self, segment: SegmentData, piece: Piece) -> None:
        self._segment = segment
        self._speeches = piece.speeches
        self._places = np.flatnonzero(piece.codes != 0)
        self._words_before = self._places.searchsorted(piece.begins)
        rests = segment.rests(piece.speeches)
        self._rest = np.frombuffer(b"".join(rests), np.uint8)
        lengths = np.fromiter(map(len, rests), np.int64, len(rests))
        self._ends = np.cumsum(lengths)
        self._whole = np.fromiter((rest[:1] == _WHOLE for rest in rests), bool, len(rests))
        self._at = np.flatnonzero(self._rest < MARKS)
        """Where the marks stand; texts that are stored whole have bytes there that are none."""
        self._marks_before = self._at.searchsorted(self._ends - lengths)
        words = np.diff(self._words_before, append=len(self._places))
        marks = np.diff(self._marks_before, append=len(self._at))
        if ((words != marks) & ~self._whole).any():
            raise ValueError("a text has more or fewer words than the stream holds of it")

    def words_at(self, rows: Array, places: Array) -> Array:
        """Which word of its row stands at each of `places` of the piece?  Counted from 0."""
        words: Array = self._places.searchsorted(places) - self._words_before.take(rows)
        return words

    def marks(self, rows: Array, words: Array) -> Array:
        """Which marks have these words?  WHOLE in texts that are stored whole."""
        whole = self._whole.take(rows)
        marks = self._rest.take(self._at.take((self._marks_before.take(rows) + words) * ~whole, mode="clip"))
        return np.where(whole, np.uint8(WHOLE), marks & ~np.uint8(SPACED))

    def written(self, row: int, word: int) -> str:
        """How is a word written that has no mark or the mark OTHERWISE?"""
        if self._whole[row]:
            number = self._speeches[row : row + 1]
            [text], [record] = texts_in([(self._segment, number)]), self._segment.records(number)
            analysis = analyze(text, parts_of(record)["notes"])
            return text[analysis.starts[word] : analysis.ends[word]]
        mark = int(self._marks_before[row]) + word
        end = min([int(self._ends[row]), *self._at[mark + 1 : mark + 2].tolist()])
        behind = self._rest[int(self._at[mark]) + 1 : end].tobytes()
        return first_words(behind.decode("utf-8", "surrogatepass"), 1)[0]


_WHOLE = bytes((WHOLE,))
