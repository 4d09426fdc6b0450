"""What stands between words: the positions that are skipped there, and hyphens.

Most words have a single space between them.  Of the rest every distinct separator is judged once, by `end_in`.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from searchkit.analysis.analyzer import HYPHENS
from searchkit.analysis.bulk.code_page import CodePage
from searchkit.analysis.bulk.growing import GrowingArray
from searchkit.analysis.bulk.spellings import Spans, Spellings
from searchkit.analysis.bulk.tokens import Tokens
from searchkit.analysis.bulk.vocabulary import Vocabulary
from searchkit.analysis.sentences import PARAGRAPH_GAP, SENTENCE_GAP, End, StopBehind, end_in

__all__ = ["Gaps", "Separators"]

Integers = npt.NDArray[np.int64]
Numbers = npt.NDArray[np.int32]
Flags = npt.NDArray[np.bool_]
Codes = npt.NDArray[np.uint8]

_HYPHEN = len(End)
"""The code of a hyphen, beside those of End."""
_SPACE = 0x20


class Separators:
    """Judges what stands between words in texts that `page` can write."""

    def __init__(self, page: CodePage) -> None:
        self.page = page
        self._spellings = Spellings()
        self._codes: GrowingArray[np.uint8] = GrowingArray(np.uint8)

    def codes(self, spans: Spans) -> Codes:
        """What does each separator end?  End, or _HYPHEN."""
        numbers = self._spellings.numbers(spans)
        new = self._spellings.met[len(self._codes) :]
        if new:
            between = map(self.page.decode, new)
            self._codes.extend([_HYPHEN if text in HYPHENS else end_in(text) for text in between])
        return self._codes.values[numbers]


class Gaps:
    """The gaps between the tokens of a batch; `intervals` are the stage notes, of which nothing counts."""

    def __init__(self, tokens: Tokens, separators: Separators, vocabulary: Vocabulary, intervals: Integers) -> None:
        self._tokens = tokens
        self._page = separators.page
        self._vocabulary = vocabulary
        ends = tokens.starts[:-1] + tokens.lengths[:-1]
        widths = tokens.starts[1:] - ends
        self.spaced: Flags = np.zeros(len(tokens.starts), bool)
        """Has each token a single space between it and the next one of its text?"""
        spaced = self.spaced[:-1]
        np.equal(tokens.written.take(ends), _SPACE, out=spaced)
        spaced &= widths == 1
        judged = ~spaced
        judged[self._crossings()] = False
        noted = self._noted(intervals, ends)
        judged[list(noted)] = False
        places = np.flatnonzero(judged)
        # Nothing stands between two letters that are words by themselves.
        places = places[widths[places] > 0]
        codes = separators.codes(Spans(tokens.written, ends[places], widths[places]))
        if noted:
            places = np.concatenate((places, np.fromiter(noted, np.int64)))
            codes = np.concatenate((codes, np.fromiter(noted.values(), np.uint8)))
        self.hyphens = np.sort(places[codes == _HYPHEN])
        """Tokens that a hyphen joins to the next."""
        ending = (codes != End.NOTHING) & (codes != _HYPHEN)
        self.sizes = self._sizes(places[ending], codes[ending])
        """Positions skipped before each token."""

    def _crossings(self) -> Integers:
        """Between which neighbours does one text end and another begin?  The place of the first of the two."""
        inner = self._tokens.bounds[1:-1]
        return inner[(inner > 0) & (inner < len(self._tokens.starts))] - 1

    def _noted(self, intervals: Integers, ends: Integers) -> dict[int, int]:
        """Between which neighbours stand stage notes, and what ends there beside them?"""
        places = np.searchsorted(self._tokens.starts, intervals[:, 0], side="right") - 1
        crossings = set(self._crossings().tolist()) | {-1, len(ends)}
        written, starts = self._tokens.written, self._tokens.starts
        beside: dict[int, list[tuple[int, int]]] = {}
        for place, (low, high) in zip(places.tolist(), intervals.tolist(), strict=True):
            for touched in (place, place - 1):
                if touched not in crossings and touched >= 0 and low < starts[touched + 1] and high > ends[touched]:
                    beside.setdefault(touched, []).append((low, high))
        found = {}
        for place, notes in beside.items():
            start, end = int(ends[place]), int(starts[place + 1])
            whole = self._page.decode(written[start:end].tobytes())
            if whole != " ":
                found[place] = _HYPHEN if whole in HYPHENS else end_in(self._cut(notes, start, end))
        return found

    def _cut(self, notes: list[tuple[int, int]], start: int, end: int) -> str:
        pieces = []
        for low, high in notes:
            pieces.append(self._tokens.written[start : max(start, low)])
            start = max(start, high)
        pieces.append(self._tokens.written[start:end])
        return self._page.decode(b"".join(piece.tobytes() for piece in pieces))

    def _sizes(self, places: Integers, codes: Codes) -> Numbers:
        tokens = self._tokens
        following = tokens.written[tokens.starts[places + 1]]
        stops = self._vocabulary.stops.values[tokens.forms[places]]
        abbreviates = (stops == StopBehind.ABBREVIATES) | (
            (stops == StopBehind.ABBREVIATES_BEFORE_NUMBER) & self._page.is_digit[following]
        )
        ends = ~self._page.is_lower[following] & ~((codes == End.FULL_STOP) & abbreviates)
        sizes = np.zeros(len(tokens.starts), np.int32)
        sizes[places[ends] + 1] = np.where(codes[ends] == End.PARAGRAPH, PARAGRAPH_GAP, SENTENCE_GAP)
        return sizes
