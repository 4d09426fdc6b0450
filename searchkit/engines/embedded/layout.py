"""What a segment consists of, and in which pieces its writers receive it.

A segment holds speeches numbered from 0.  Its files, each an `arrays.ArrayFile` named SEGMENT + suffix:

.terms    every field's vocabulary.  For field F (terms in the order of their UTF-8 bytes; "at" arrays have one entry
          more than there are terms):
              F/blob            the bytes of all terms, one after another
              F/at              where each term begins in the blob
              F/prefix          the first 8 bytes of each term as one big-endian number: what a search compares first;
                                left out where each term has one posting
              F/postings_at     where its postings begin, counted over the field; left out where each term has one
              F/speeches_at     where its speeches begin in the array that its width chooses (see `width_of`); left out
                                where each term has one
              F/positions_at    where its positions begin; left out where there are none
              F/forms_at, F/forms   (stems) which terms of `text` have this stem
              F/shortest, F/longest (foreign programs) lengths of the speeches that have it, as bytes
.postings F/bits, F/speeches1, F/speeches2, F/speeches4   the speeches of terms, by width: a bit a speech for the
          densest terms, else differences in 1, 2 or 4 bytes, `narrow`
          F/frequencies     how often the term stands in each, `narrow`, 4 bits; left out where it is always once
          F/weights_at, F/weights            where a weight is not the frequency, and what it is
          F/values_at, F/values              what a foreign program's formats keep beside; never in our own indexes
.places   F/positions       of all postings of the field, one after another, rising in each: `narrow`, 2 bytes
          text/streamed     the terms whose positions are left out, rising: the stream is looked through for them
          text/streamed_at  how many positions are left out before each of them, and in all
.stream   codes             the words of `text` of all speeches in a row: one slot a position, 16 bits
          starts            the first slot of each speech, and the end
          breaks            the first slot of each paragraph end or speech end
          rare_at, rare     where the code ESCAPE stands, and the code that stands there
          code_of, term_of  term of `text` -> its code, code -> its term
          forms, forms_at   the bytes of the terms once more, by their codes: texts are put together of them
.columns  what is known of each speech by its number:
              length.F, norm.F  words of a scored field, exact and as the byte that scores count with
              date_first, date_last     ordinals, 0 for no date
              V.codes, V.at, V.values.blob, V.values.offsets    coded values: every facet but speaker and quoting (those
                                are side columns), date, year, month, stem_language, compounds ("cease fire"),
                                and names in other letters than plain Latin ones (Şuşa)
              id.blob, id.offsets, id.rank; page.blob, page.offsets, page.codes, left out where pages are ids
              quote_speeches, quote_first, quote_last   the speech of each quote, and the positions of its words
              plain             1: of what stands in its record, columns tell all that a snippet asks (records.py);
                                may be left out
              sketches          of each text that is long enough, for finding copies: see identity/sketches.py
.texts    records: what a speech says of itself beside its text, as JSON
          rests: what its words do not tell of its text (see rests.py); both in zstandard blocks (see blocks.py)
.traits   start, people   of each speech, for those who compare all speeches: see traits.py; searches do not open it
.documents  in place of the last three, in an index of a foreign program: lengths, stored fields and vectors; and one
          file .FIELD.col a column of Whoosh's own kinds

**Slots.**  Analysis gives positions: a sentence end skips 1, a paragraph end 100.  In a segment the text field counts
in slots instead: a paragraph end skips PARAGRAPH_SLOTS = 2, and a speech ends with 2 as well, so that the stream stays
short and `starts[speech] + slot` is a place in it.  Slot and position differ by 98 for each paragraph end before them
in the speech; `breaks` tells how many those are.  Differences within a paragraph are the same in both.

**Codes.**  0: no word stands here.  Else 1 + the rank of the word by its frequency in the segment; from ESCAPE on the
stream holds ESCAPE and `rare` the code.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from searchkit.engines.embedded.arrays import Array

__all__ = [
    "BITS",
    "COLUMNS",
    "DOCUMENTS",
    "ESCAPE",
    "PARAGRAPH_SLOTS",
    "PLACES",
    "POSTINGS",
    "STREAM",
    "STREAMED_FROM",
    "STREAMED_SHARE",
    "TERMS",
    "TEXTS",
    "TRAITS",
    "Coded",
    "FieldPostings",
    "Strings",
    "column_filename",
    "streamed_from",
    "width_of",
    "widths_of",
]

TERMS, POSTINGS, PLACES = ".terms", ".postings", ".places"
STREAM, COLUMNS, TEXTS = ".stream", ".columns", ".texts"
TRAITS = ".traits"
DOCUMENTS = ".documents"

PARAGRAPH_SLOTS = 2
"""Slots that a paragraph end or the end of a speech takes; a sentence end takes 1."""
ESCAPE = 0xFFFF
"""The greatest code of the stream: the word is too rare for a code of 16 bits."""

STREAMED_SHARE, STREAMED_FROM = 128, 20_000
"""The positions of a term are left to the stream if it is so great a share of the words, and so many times there.

In English 15 words, 29 % of all positions.  Looking through the whole stream reads at most 128 codes of two
bytes for each occurrence that is found, and is needed only where a phrase or NEAR has no rarer word.
"""

BITS = 0
"""The width of terms that so many speeches have that one bit a speech is the shortest list."""
_BITS_FROM = 8
_ONE_BYTE_FROM = 64
_TWO_BYTES_FROM = 16_384
"""With one posting in so many speeches on average, some 2 % of the differences exceed the width and become exceptions:
exp(-255 / 64), exp(-65535 / 16384)."""


def widths_of(counts: Array, speeches: int) -> Array:
    """In how many bytes a speech are the posting lists kept of terms that `counts` of `speeches` speeches have?

    4, 2 or 1, or BITS.  It follows from the counts alone, so it is kept nowhere.
    """
    bounds = [-(-speeches // share) for share in (_TWO_BYTES_FROM, _ONE_BYTE_FROM, _BITS_FROM)]
    widths = np.array((2 if speeches <= 1 << 16 else 4, 2, 1, BITS), np.uint8)
    return widths.take(np.array(bounds).searchsorted(counts, side="right"))


def width_of(count: int, speeches: int) -> int:
    """In how many bytes a speech is the posting list of one term kept?  As `widths_of`, without an array."""
    if count * _BITS_FROM >= speeches:
        return BITS
    if count * _ONE_BYTE_FROM >= speeches:
        return 1
    return 2 if speeches <= 1 << 16 or count * _TWO_BYTES_FROM >= speeches else 4


def streamed_from(words: int) -> int:
    """From how many occurrences on are a term's positions left to the stream, in a segment of so many words?"""
    return max(STREAMED_FROM, words // STREAMED_SHARE)


@dataclass(frozen=True, slots=True)
class Strings:
    """Many strings as one: their UTF-8 one after another, and where each begins (one entry more than strings)."""

    blob: bytes
    at: Array

    @classmethod
    def of(cls, strings: Sequence[bytes]) -> Strings:
        """Pack `strings`."""
        return cls(b"".join(strings), _bounds(strings))

    @classmethod
    def of_texts(cls, texts: Sequence[str]) -> Strings:
        """Pack the UTF-8 of `texts`."""
        blob = "".join(texts).encode("utf-8", "surrogatepass")
        at = _bounds(texts)
        if at[-1] == len(blob):  # all of it ASCII
            return cls(blob, at)
        return cls(blob, _bounds([text.encode("utf-8", "surrogatepass") for text in texts]))

    def __len__(self) -> int:
        return len(self.at) - 1

    def __getitem__(self, index: int) -> bytes:
        return self.blob[int(self.at[index]) : int(self.at[index + 1])]

    def between(self, low: int, high: int) -> Strings:
        """The strings `low` to `high`."""
        start, end = int(self.at[low]), int(self.at[high])
        return Strings(self.blob[start:end], self.at[low : high + 1] - start)

    def listed(self) -> list[bytes]:
        """All strings, one by one."""
        ends = self.at.tolist()
        return [self.blob[start:end] for start, end in itertools.pairwise(ends)]


def _bounds(strings: Sequence[str] | Sequence[bytes]) -> Array:
    at = np.zeros(len(strings) + 1, np.int64)
    np.cumsum(list(map(len, strings)), out=at[1:])
    return at


@dataclass(frozen=True, slots=True)
class FieldPostings:
    """The postings of some consecutive terms of one field, as flat arrays.  A field is written in one or more of them.

    The terms rise, from piece to piece too.  Of each term: its speeches, rising; of each speech: how often the term
    stands there; of each time: where, rising.
    """

    terms: Strings
    counts: Array
    """How many speeches each term has: none 0."""
    speeches: Array
    """Of all terms, one after another: numbers in this segment."""
    frequencies: Array | None = None
    """As long as `speeches`.  None: once in each."""
    positions: Array | None = None
    """As long as the frequencies' sum.  Slots in `text`, positions in other fields; None where a field keeps none."""
    forms_at: Array | None = None
    """Stems alone: where the forms of each term begin, one entry more than terms."""
    forms: Array | None = None
    """Stems alone: the numbers of the terms of `text` with this stem, counted over the whole field."""
    weights: Array | None = None
    """float64, as long as `speeches`; None where each weight is the frequency."""
    values: Strings | None = None
    """As many as `speeches`; None where they can be told from frequencies and positions."""
    lengths: tuple[Array, Array] | None = None
    """The least and the greatest length, each one byte, of the speeches that have each term."""
    streamed: Array | None = None
    """As long as `counts`: the terms of which there are no positions, because the stream tells them.  None: none."""


@dataclass(frozen=True, slots=True)
class Coded:
    """A column of values from a small set: values[codes[i]] is a value of a speech.

    With `at` None there is one entry a speech, and -1 says that it has none; else the codes of speech i are
    codes[at[i]:at[i + 1]].
    """

    values: list[str]
    codes: Array
    at: Array | None = None


def column_filename(segment: Any, field: str) -> str:
    """In which file does a segment of a foreign program keep the Whoosh column of `field`?"""
    return str(segment.make_filename(f".{field}.col"))
