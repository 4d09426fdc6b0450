"""The words of speeches in the order of the text, over all segments of an index, with one numbering of forms."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any

import numpy as np

from searchkit.engines.arrays import Ints, Neighbours, Occurrences, TokenRun, Vocabulary
from searchkit.engines.embedded.arrays import Array
from searchkit.engines.embedded.field_reader import FieldReader
from searchkit.engines.embedded.segment_data import SegmentData

__all__ = ["ForwardStream"]

_AT_ONCE = 1 << 16
"""Words looked up together: what is made of them stays in the cache, which of 3.8 million takes half the time."""


class ForwardStream:
    """The streams of all segments.  A form's code is its place among the forms of all segments."""

    def __init__(self, segments: Sequence[SegmentData]) -> None:
        self._segments = segments
        self._bases = np.cumsum([0, *(segment.speeches for segment in segments)])

    def forms(self, codes: Ints) -> list[str]:
        """Which literal forms have these codes?"""
        return [self._form(code).decode("utf-8", "surrogatepass") for code in codes.tolist()]

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """How often does each form stand in the speeches that are not deleted?"""
        size = self._size
        occurrences, holding = np.zeros(size, np.int64), np.zeros(size, np.int64)
        for segment, codes in zip(self._segments, self._codes, strict=True):
            text = segment.field("text")
            if text is not None:
                times, speeches = _counts(segment, text)
                places = np.arange(size) if codes is None else codes
                np.add.at(occurrences, places, times)
                np.add.at(holding, places, speeches)
        return Vocabulary(occurrences, holding)

    def form_counts(self, numbers: Ints) -> Ints:
        """How often does each form stand in the speeches `numbers` (rising)?"""
        from searchkit.engines.embedded.tallies import in_speeches  # for those who count words

        counts = np.zeros(self._size, np.int64)
        for place, base, chosen in self._parts(numbers):
            own = in_speeches(self._segments[place].stream, np.asarray(numbers[chosen], np.int64) - base)
            self._add(counts, place, own)
        return counts

    def neighbours(self, found: Occurrences, window: int) -> Neighbours:
        """Which words stand at most `window` positions beside what was `found`, and how often?"""
        from searchkit.engines.embedded.tallies import beside

        left, right, both = counts = np.zeros((3, self._size), np.int64)
        for place, base, chosen in self._parts(found.speeches):
            stream = self._segments[place].stream
            speeches = np.asarray(found.speeches[chosen], np.int64) - base
            firsts, _ = stream.slots_at(speeches, found.firsts[chosen])
            lasts = firsts if found.of_single_words else stream.slots_at(speeches, found.lasts[chosen])[0]
            for row, own in zip(counts, beside(stream, speeches, firsts, lasts, window), strict=True):
                self._add(row, place, own)
        return Neighbours(left + right + both, left + both, right + both)

    def run(self, numbers: Ints) -> TokenRun:
        """Which words stand in the speeches `numbers`, one speech after the other?"""
        numbers = np.asarray(numbers, np.int64)
        counts = np.zeros(len(numbers), np.int64)
        parts: list[tuple[Array, Array, Array]] = []
        owners = np.searchsorted(self._bases, numbers, side="right") - 1
        for place, segment in enumerate(self._segments):
            chosen = np.flatnonzero(owners == place)
            if not len(chosen):
                continue
            terms, positions, own = segment.stream.tokens(numbers[chosen] - self._bases[place])
            codes = self._codes[place]
            counts[chosen] = own
            parts.append((chosen, terms if codes is None else codes[terms], positions))
        starts = np.concatenate([[0], np.cumsum(counts)])
        if len(parts) == 1:
            return TokenRun(parts[0][1].astype(np.int32), parts[0][2].astype(np.int32), starts)
        all_codes, all_positions = np.zeros(starts[-1], np.int32), np.zeros(starts[-1], np.int32)
        for chosen, codes_of, positions in parts:
            own = counts[chosen]
            places = np.repeat(starts[chosen] - (np.cumsum(own) - own), own) + np.arange(int(own.sum()))
            all_codes[places], all_positions[places] = codes_of, positions
        return TokenRun(all_codes, all_positions, starts)

    def codes_at(self, speeches: Ints, positions: Ints) -> Ints:
        """Which form stands in each of `speeches` at its position?  -1 where none does."""
        found = np.full(len(speeches), -1, np.int32)
        for first in range(0, len(speeches), _AT_ONCE):
            some = slice(first, first + _AT_ONCE)
            self._look_up(speeches[some], positions[some], found[some])
        return found

    def _look_up(self, speeches: Ints, positions: Ints, found: Ints) -> None:
        for place, base, chosen in self._parts(speeches):
            numbers = np.asarray(speeches[chosen], np.int64) - base
            terms = self._segments[place].stream.terms_at(numbers, np.asarray(positions[chosen], np.int64))
            codes = self._codes[place]
            found[chosen] = terms if codes is None else np.where(terms >= 0, codes[terms], -1)

    # ------------------------------------------------------------------------------------------------------------------

    @cached_property
    def _merged(self) -> list[bytes] | None:
        """The forms of all segments; None where the vocabulary of the only one does."""
        if len(self._segments) == 1 and self._segments[0].live is None:
            return None
        forms: set[bytes] = set()
        for segment in self._segments:
            text = segment.field("text")
            if text is not None:
                held = text.vocabulary.terms(0, len(text.vocabulary))
                speaking = _counts(segment, text)[1] > 0
                forms.update(form for form, spoken in zip(held, speaking.tolist(), strict=True) if spoken)
        return sorted(forms)

    @cached_property
    def _codes(self) -> list[Array | None]:
        """For each segment the code of each of its terms; None where it is the term's number.

        A term of which nothing is left but deleted speeches has the code of another; nobody asks for it.
        """
        merged = self._merged
        if merged is None:
            return [None]
        place = {form: code for code, form in enumerate(merged)}
        codes: list[Array | None] = []
        for segment in self._segments:
            text = segment.field("text")
            held = [] if text is None else text.vocabulary.terms(0, len(text.vocabulary))
            codes.append(np.asarray([place.get(form, 0) for form in held], np.int64))
        return codes

    def _parts(self, numbers: Ints) -> Iterator[tuple[int, int, Any]]:
        """Which of `numbers` (as an index into them) lie in which segment, and which is the first number of that?"""
        if (numbers[1:] >= numbers[:-1]).all():
            cuts = np.searchsorted(numbers, self._bases).tolist()
            chosen: list[Any] = [slice(low, high) for low, high in itertools.pairwise(cuts)]
        else:
            owners = np.searchsorted(self._bases, numbers, side="right") - 1
            chosen = [np.flatnonzero(owners == place) for place in range(len(self._segments))]
        for place, own in enumerate(chosen):
            if len(numbers[own]):
                yield place, int(self._bases[place]), own

    def _add(self, counts: Ints, place: int, own: Array) -> None:
        """Add to `counts` those of one segment, by the numbers of its terms."""
        codes = self._codes[place]
        if codes is None:
            counts += own
        else:
            np.add.at(counts, codes, own)  # terms of deleted speeches alone share a code, and count nothing

    @property
    def _size(self) -> int:
        if self._merged is not None:
            return len(self._merged)
        text = self._segments[0].field("text")
        return 0 if text is None else len(text.vocabulary)

    def _form(self, code: int) -> bytes:
        if self._merged is not None:
            return self._merged[code]
        text = self._segments[0].field("text")
        assert text is not None
        return text.vocabulary.term(code)


def _counts(segment: SegmentData, text: FieldReader) -> tuple[Array, Array]:
    """How often does each term stand in speeches that are not deleted, and how many of them have it?"""
    size = len(text.vocabulary)
    if segment.live is None or not size:
        return text.occurrences_of(0, size), text.counts(0, size)
    speeches, counts = text.speeches_of(0, size)
    live = segment.live[speeches].astype(np.int64)
    starts = np.cumsum(counts) - counts
    frequencies = text.frequencies_of(0, size)
    times = live if frequencies is None else live * frequencies
    return np.add.reduceat(times, starts), np.add.reduceat(live, starts)
