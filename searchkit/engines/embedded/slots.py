"""The words of all speeches of a segment in a row, one slot a position: what stands where, and phrases in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

import numpy as np

from searchkit.analysis import PARAGRAPH_GAP
from searchkit.engines.embedded.arrays import Array, ArrayFile
from searchkit.engines.embedded.layout import ESCAPE, PARAGRAPH_SLOTS
from searchkit.engines.embedded.rests import Words

__all__ = ["Stream", "slots_of"]

_NOTHING: Array = np.empty(0, np.uint16)
_SLOTS_AT_ONCE = 1 << 18
"""They stay in the cache while they are compared."""
_GATHERED = 10
"""Slots of the whole stream are compared in the time in which one is fetched.

Of 64 million slots in memory a tenth was fetched in 36 and 33 ms, and the whole stream looked through in 55 and 30, for
a term that is one word in 100, and one in 475.
"""

_LOOKED_THROUGH = 40_000
"""Slots of a few speeches up to which words are counted there rather than read from posting lists: three words in
39,000 slots of 30 speeches take 92 µs, in 165,000 of 100 speeches 428, and the posting lists of frequent words 40 each.
"""

_SKIPPED = PARAGRAPH_GAP - PARAGRAPH_SLOTS
"""By so much does a position exceed its slot for each paragraph end before it."""


class Stream:
    """The stream of one segment."""

    def __init__(self, file: ArrayFile) -> None:
        self._file = file
        self.codes = file.array("codes")
        """16 bits a slot; 0 where no word stands."""
        self._code_of = file.array("code_of")

    @cached_property
    def starts(self) -> Array:
        """The first slot of each speech, and the end: int64."""
        return self._file.array("starts").astype(np.int64)

    @cached_property
    def breaks(self) -> Array:
        """The first slot of each paragraph end or speech end: int64."""
        return self._file.array("breaks").astype(np.int64)

    @property
    def code_count(self) -> int:
        """How many codes are there, 0 and ESCAPE among them?"""
        return len(self._code_of) + 1

    def terms(self, codes: Array) -> Array:
        """Which term of `text` has each of `codes`, none of them 0?"""
        return self._term_of.take(codes)

    def rare_codes(self, slots: Array) -> Array:
        """Which codes stand at `slots`, all of which hold ESCAPE?"""
        rare_at = self._file.array("rare_at")
        return self._file.array("rare").take(rare_at.searchsorted(slots.astype(rare_at.dtype)))

    def code(self, term: int) -> int:
        """Under which code does the stream hold the term of `text` with this number?"""
        return int(self._code_of[term])

    def holds(self, slots: Array, term: int) -> Array:
        """At which of `slots` (rising; there need be none with these numbers) does the term stand?  As a mask."""
        code = self.code(term)
        # A slot beyond either end is taken for the one there: at the last no word stands, at the first there may.
        mask = np.asarray(self.codes.take(slots, mode="clip") == min(code, ESCAPE))
        if len(slots) and slots[0] < 0:
            mask[: slots.searchsorted(0)] = False
        if code < ESCAPE:
            return mask
        places = np.flatnonzero(mask)
        rare_at = self._file.array("rare_at")
        wanted = slots[places].astype(rare_at.dtype)
        entries = rare_at.searchsorted(wanted)
        entries[entries == len(rare_at)] = 0
        mask[places] = (rare_at.take(entries) == wanted) & (self._file.array("rare").take(entries) == code)
        return mask

    def around(self, slots: Array, distance: int) -> tuple[Array, Array]:
        """Which codes stand up to `distance` slots around each of `slots` (rising), and where does each row begin?

        A row of 2 * distance + 1 codes for each of `slots`.  At the ends of the stream a row begins later or earlier
        than `distance` slots before.
        """
        width = 2 * distance + 1
        codes = self.codes
        if len(codes) < width:
            codes = np.concatenate((codes, np.zeros(width - len(codes), codes.dtype)))
        # Rows that overlap, each one record: so a row is one copy, where its codes one by one take four times as long.
        rows: Array = np.ndarray((len(codes) - width + 1,), f"V{2 * width}", codes, strides=(2,))
        firsts = slots - distance
        if len(firsts) and not 0 <= firsts[0] <= firsts[-1] < len(rows):
            firsts = np.minimum(np.maximum(firsts, 0), len(rows) - 1)
        return rows[firsts].view(codes.dtype).reshape(-1, width), firsts

    def counts(self, speeches: Array, terms: Sequence[int]) -> Array | None:
        """How often does each of `terms` stand in each of `speeches` (rising)?  A row for each term.

        None where these speeches have so many words that reading posting lists is faster.
        """
        begins, ends = self.starts.take(speeches), self.starts.take(speeches + 1)
        firsts = np.zeros(len(speeches) + 1, np.int64)
        np.cumsum(ends - begins, out=firsts[1:])
        size = int(firsts[-1])
        if size > _LOOKED_THROUGH:
            return None
        runs = zip(begins.tolist(), ends.tolist(), strict=True)
        codes = np.concatenate([self.codes[begin:end] for begin, end in runs])
        wanted = [self.code(term) for term in terms]
        held = codes == np.minimum(wanted, ESCAPE).astype(codes.dtype)[:, None]
        for row, code in enumerate(wanted):
            if code >= ESCAPE:
                places = np.flatnonzero(held[row])
                slots = places + (begins - firsts[:-1]).take(firsts.searchsorted(places, side="right") - 1)
                held[row, places] = self.rare_codes(slots) == code
        before = np.flatnonzero(held).searchsorted(firsts + np.arange(len(wanted))[:, None] * size)
        return np.asarray(before[:, 1:] - before[:, :-1])

    def everywhere(self, term: int) -> Array:
        """In which slots stands a term whose code is none of the rare ones?"""
        return np.concatenate([*self.runs(term), _NOTHING])

    def runs(self, term: int) -> Iterator[Array]:
        """The same, some at a time."""
        code, codes = self.code(term), self.codes
        for first in range(0, len(codes), _SLOTS_AT_ONCE):
            yield np.flatnonzero(codes[first : first + _SLOTS_AT_ONCE] == code) + first

    def within(self, speeches: Array, term: int) -> Array:
        """In which slots of `speeches` (rising) does such a term stand?"""
        starts = self.starts.take(speeches)
        lengths = self.starts.take(speeches + 1) - starts
        if int(lengths.sum()) * _GATHERED > len(self.codes):
            slots = self.everywhere(term)
            mask = np.zeros(len(self.starts) - 1, bool)
            mask[speeches] = True
            return slots.take(np.flatnonzero(mask.take(self.speeches_of(slots))))
        slots = np.repeat(starts - (np.cumsum(lengths) - lengths), lengths) + np.arange(int(lengths.sum()))
        return slots.take(np.flatnonzero(self.codes.take(slots) == self.code(term)))

    def speeches_of(self, slots: Array) -> Array:
        """In which speech does each of `slots` (of the whole stream) stand?"""
        return np.asarray(self.starts.searchsorted(slots, side="right")) - 1

    def together(self, slots: Array, others: Array, speeches: Array) -> Array:
        """Do each of `slots`, which are in `speeches`, and of `others` stand in one paragraph?  At all stand words."""
        if not self._has_paragraphs:
            return np.asarray((others >= self.starts.take(speeches)) & (others < self.starts.take(speeches + 1)))
        before = self.breaks.searchsorted(np.minimum(slots, others))
        return np.asarray(self.breaks.take(before, mode="clip") >= np.maximum(slots, others))

    def paragraphs_of(self, slots: Array) -> Array:
        """In which paragraph, counted over the whole stream, does each of `slots` stand?"""
        return np.asarray(self.breaks.searchsorted(slots))

    def words(self, speeches: Array) -> Words:
        """Which words stand in each of `speeches`, in the order of the text?"""
        starts, forms, at = self._words
        firsts, behind = starts.take(speeches), starts.take(speeches + 1)
        runs = zip(firsts.tolist(), behind.tolist(), strict=True)
        codes = np.concatenate([_NOTHING, *(self.codes[first:end] for first, end in runs)])
        places = codes.nonzero()[0]
        codes = codes.take(places).astype(np.int64)
        bounds = (behind - firsts).astype(np.int64).cumsum()
        rare = (codes == ESCAPE).nonzero()[0]
        if len(rare):
            slots = places.take(rare)
            owners = bounds.searchsorted(slots, side="right")
            codes[rare] = self.rare_codes(slots + (behind - bounds).take(owners))
        begins = at.take(codes).astype(np.int64)
        return Words(forms, begins, at.take(codes + 1) - begins, places.searchsorted(bounds))

    def tokens(self, speeches: Array) -> tuple[Array, Array, Array]:
        """Which terms of `text` stand in `speeches`, at which positions, and how many in each?  In the order asked."""
        starts, ends = self.starts.take(speeches), self.starts.take(speeches + 1)
        lengths = ends - starts
        firsts = np.cumsum(lengths) - lengths
        slots = np.repeat(starts - firsts, lengths) + np.arange(int(lengths.sum()))
        codes = self.codes.take(slots)
        words = np.flatnonzero(codes)
        counts = np.diff(np.searchsorted(words, np.append(firsts, len(slots))))
        slots, codes = slots[words], codes[words].astype(np.int64)
        owners = np.repeat(speeches, counts)
        self._look_up_rare(slots, codes)
        return self._term_of.take(codes), self.positions(slots - self.starts.take(owners), owners), counts

    def terms_at(self, speeches: Array, positions: Array) -> Array:
        """Which term of `text` stands in each of `speeches` at its position?  -1 where none does."""
        slots, there = self.slots_at(speeches, positions)
        codes = self.codes.take(slots, mode="clip") * there
        found = self._term_or_none.take(codes)
        rare = np.flatnonzero(codes == ESCAPE)
        if len(rare):
            found[rare] = self._term_of.take(self.rare_codes(slots[rare]))
        return found

    def slots_at(self, speeches: Array, positions: Array) -> tuple[Array, Array]:
        """Which slot of the stream has each position, and has it one at all?"""
        starts, ends = self.starts.take(speeches), self.starts.take(speeches + 1)
        if not self._has_paragraphs:
            return starts + positions, (positions >= 0) & (starts + positions < ends)
        keys = (speeches.astype(np.int64) << 32) + positions
        before = self._break_keys.searchsorted(keys)
        ended = before - self.paragraphs_of(starts)
        slots = starts + positions - _SKIPPED * ended
        # Within the gap of a paragraph end there is no slot: counted back from there one would meet words before it.
        latest = np.where(ended > 0, self.breaks[before - 1] + PARAGRAPH_SLOTS, starts)
        return slots, (positions >= 0) & (slots >= latest) & (slots < ends)

    def _look_up_rare(self, slots: Array, codes: Array) -> None:
        """Put in the codes of words that are too rare for 16 bits."""
        rare = np.flatnonzero(codes == ESCAPE)
        if len(rare):
            codes[rare] = self.rare_codes(slots[rare])

    @cached_property
    def _words(self) -> tuple[Array, Array, Array]:
        """The first slot of each speech, the forms of all words, and where each begins: mapped."""
        starts, forms, at = map(self._file.array, ("starts", "forms", "forms_at"))
        return starts, forms, at

    @cached_property
    def _term_of(self) -> Array:
        return self._file.array("term_of")

    @cached_property
    def _term_or_none(self) -> Array:
        """The term of each code of 16 bits, -1 where no word stands."""
        table = self._term_of[: ESCAPE + 1].astype(np.int32)
        table = np.pad(table, (0, ESCAPE + 1 - len(table)))
        table[0] = -1
        return table

    @cached_property
    def _break_keys(self) -> Array:
        """Each paragraph end as speech * 2**32 + its position."""
        speeches = self.speeches_of(self.breaks)
        keys: Array = (speeches << 32) + self.positions(self.breaks - self.starts[speeches], speeches)
        return keys

    def positions(self, slots: Array, speeches: Array) -> Array:
        """At which positions, as analysis counts them, do `slots` stand, each counted from the start of its speech?"""
        if not self._has_paragraphs:
            return slots
        starts = self.starts.take(speeches)
        ended: Array = self.paragraphs_of(slots + starts) - self.paragraphs_of(starts)
        counted: Array = slots + _SKIPPED * ended
        return counted

    @cached_property
    def _has_paragraphs(self) -> bool:
        """Has any speech more than one?"""
        return len(self._file.array("breaks")) > len(self._file.array("starts")) - 1


def slots_of(positions: Sequence[int]) -> Array:
    """Which slots have the words of one speech, given their positions?"""
    counted = np.asarray(positions, np.int64)
    steps = np.diff(counted, prepend=0)
    steps[steps > PARAGRAPH_GAP] -= _SKIPPED
    return np.cumsum(steps)
