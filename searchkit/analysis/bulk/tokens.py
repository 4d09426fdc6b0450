"""Where the words of many texts stand: `words_in`, applied to an array of bytes.

A word is a run of non-zero bytes once everything that cannot belong to a word is zero.  Apostrophes and marks belong
to one only beside the right neighbours, so those that do not are set to zero first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from searchkit.analysis.bulk.code_page import APOSTROPHE, ASCII, CodePage
from searchkit.analysis.bulk.growing import GrowingArray
from searchkit.analysis.bulk.spellings import PADDING, Spans, Spellings
from searchkit.analysis.bulk.vocabulary import Vocabulary
from searchkit.analysis.folding import fold
from searchkit.analysis.notes import Interval
from searchkit.analysis.words import words_in

__all__ = ["Tokenizer", "Tokens"]

Bytes = npt.NDArray[np.uint8]
Integers = npt.NDArray[np.int64]
Numbers = npt.NDArray[np.int32]
Flags = npt.NDArray[np.bool_]
Scalar = TypeVar("Scalar", bound=np.generic)


@dataclass(frozen=True, slots=True)
class Tokens:
    """Words of several texts that stand in one buffer, a byte a character."""

    written: Bytes
    """The buffer: a line break, each text and a line break behind it, padding."""
    text_starts: Integers
    """Where each text begins in the buffer."""
    bounds: Integers
    """The tokens of text i are bounds[i] to bounds[i + 1]."""
    starts: Integers
    """Where each token begins in the buffer."""
    lengths: Integers
    forms: Numbers
    """The number of each token's folded form."""
    as_forms: Flags
    """Is each token written as its form, but for capitals A-Z and the kind of its apostrophes?"""
    foreign: Integers
    """Where characters beyond ASCII stand in the buffer."""

    def offsets(self) -> tuple[Numbers, Numbers]:
        """Where does each token begin and end in its text?"""
        starts = self.starts.astype(np.int32)
        starts -= np.repeat(self.text_starts.astype(np.int32), np.diff(self.bounds))
        return starts, starts + self.lengths.astype(np.int32)

    def placed(self, notes: Sequence[Sequence[Interval]]) -> Integers:
        """Where do the `notes` of each text stand in the buffer?  Rows of start and end."""
        rows = [
            (start + low, start + high)
            for start, found in zip(self.text_starts.tolist(), notes, strict=True)
            if found
            for low, high in found
        ]
        return np.asarray(rows, np.int64).reshape(-1, 2)

    def without(self, intervals: Integers, dropped: int) -> Tokens:
        """These tokens but for those that begin inside `intervals` or have the form `dropped`."""
        ranges = [[place, place + 1] for place in np.flatnonzero(self.forms == dropped).tolist()]
        ranges = sorted([*ranges, *np.searchsorted(self.starts, intervals).tolist()])
        if not ranges:
            return self
        # Few are: what stands between them is copied as it is.
        kept: list[slice] = []
        end = 0
        for first, last in ranges:
            kept.append(slice(end, max(end, first)))
            end = max(end, last)
        kept.append(slice(end, len(self.starts)))
        ends = np.asarray([part.stop for part in kept])
        before = np.cumsum([0, *(part.stop - part.start for part in kept)])
        part_of = ends.searchsorted(self.bounds)
        inside = np.maximum(self.bounds - np.asarray([part.start for part in kept])[part_of], 0)
        return replace(
            self,
            bounds=before[part_of] + inside,
            starts=_joined(self.starts, kept),
            lengths=_joined(self.lengths, kept),
            forms=_joined(self.forms, kept),
            as_forms=_joined(self.as_forms, kept),
        )


class Tokenizer:
    """Finds the words of texts that `page` can write, and folds each distinct spelling once."""

    def __init__(self, page: CodePage, vocabulary: Vocabulary) -> None:
        self._page = page
        self._vocabulary = vocabulary
        self._spellings = Spellings()
        self._forms: GrowingArray[np.int32] = GrowingArray(np.int32)
        """Of each spelling twice the number of its form, and one more if it is its form."""

    def tokens(self, texts: Sequence[bytes]) -> Tokens:
        """Which words stand in `texts`, written in the bytes of the page?"""
        joined = b"\n".join([b"", *texts, b"\n" * PADDING])
        lengths = np.fromiter(map(len, texts), np.int64, len(texts))
        text_starts = 1 + np.cumsum(lengths + 1) - (lengths + 1)
        written = np.frombuffer(joined, np.uint8)
        words = np.frombuffer(bytearray(self._page.words_only(joined)), np.uint8)
        foreign = np.flatnonzero(written >= ASCII) if not joined.isascii() else np.zeros(0, np.int64)
        characters = written[foreign]
        self._part_marks(words, foreign[self._page.is_inner[characters]])
        self._part_apostrophes(words)
        inside = words != 0
        edges = np.flatnonzero(inside[1:] != inside[:-1])
        starts = edges[0::2] + 1
        lengths = edges[1::2] - edges[0::2]
        unspaced = foreign[self._page.is_unspaced[characters]]
        if len(unspaced):
            starts, lengths = self._parted(words, starts, lengths, unspaced)
        forms, as_forms = self._forms_of(Spans(words, starts, lengths))
        bounds = np.searchsorted(starts, np.append(text_starts, len(words)))
        return Tokens(written, text_starts, bounds, starts, lengths, forms, as_forms, foreign)

    def _forms_of(self, spans: Spans) -> tuple[Numbers, Flags]:
        """The form of each span, and is it written so?"""
        numbers = self._spellings.numbers(spans)
        new = self._spellings.met[len(self._forms) :]
        if new:
            spelled = [self._page.decode(spelling) for spelling in new]
            forms = list(map(fold, spelled))
            found = zip(self._vocabulary.numbers(forms), map(str.__eq__, spelled, forms), strict=True)
            self._forms.extend([2 * number + same for number, same in found])
        both = self._forms.values.take(numbers)
        return both >> 1, (both & 1).astype(bool)

    def _part_marks(self, words: Bytes, marks: Integers) -> None:
        """Set `marks` to zero that follow no letter: a run of them goes on with the word before it."""
        if len(marks):
            begins = np.append(True, np.diff(marks) > 1)
            before = words[marks[begins] - 1]
            follows = (before != 0) & (before != APOSTROPHE)
            words[marks[~follows[np.cumsum(begins) - 1]]] = 0

    def _part_apostrophes(self, words: Bytes) -> None:
        """Set apostrophes to zero that do not stand between a letter (or its marks) and a letter."""
        marks = np.flatnonzero(words == APOSTROPHE)
        before, after = words[marks - 1], words[marks + 1]
        inner = (before != 0) & (before != APOSTROPHE) & (after != 0) & (after != APOSTROPHE)
        inner &= ~self._page.is_inner[after]
        words[marks[~inner]] = 0

    def _parted(
        self, words: Bytes, starts: Integers, lengths: Integers, unspaced: Integers
    ) -> tuple[Integers, Integers]:
        """The spans with those that hold `unspaced` letters parted as `words_in` parts them."""
        touched = np.unique(np.searchsorted(starts, unspaced, side="right") - 1)
        parts: list[tuple[Integers, Integers]] = []
        behind = 0
        for place, start in zip(touched.tolist(), starts[touched].tolist(), strict=True):
            run = self._page.decode(words[start : start + int(lengths[place])].tobytes())
            found = np.asarray([match.span() for match in words_in(run)], np.int64).reshape(-1, 2)
            parts.append((starts[behind:place], lengths[behind:place]))
            parts.append((start + found[:, 0], found[:, 1] - found[:, 0]))
            behind = place + 1
        parts.append((starts[behind:], lengths[behind:]))
        return np.concatenate([part for part, _ in parts]), np.concatenate([part for _, part in parts])


def _joined(values: npt.NDArray[Scalar], parts: list[slice]) -> npt.NDArray[Scalar]:
    return np.concatenate([values[part] for part in parts])
