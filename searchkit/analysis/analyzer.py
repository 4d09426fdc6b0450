"""From text to tokens: the one function that index and query share."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from searchkit.analysis.folding import fold
from searchkit.analysis.notes import Interval, stage_notes
from searchkit.analysis.sentences import gap_after
from searchkit.analysis.stemming import stem_term
from searchkit.analysis.words import words_in

__all__ = ["HYPHENS", "LONGEST_COMPOUND", "Analysis", "Compound", "Intervals", "analyze", "fold_value"]

Compound = tuple[str, tuple[str, ...]]
"""The joined form of a hyphenated compound and its parts: ("ceasefire", ("cease", "fire"))."""

HYPHENS = frozenset("-\u2010\u2011")
LONGEST_COMPOUND = 3
"""Parts.  Longer chains ("wait-and-see-what-happens") are nobody's spelling of one word."""


@dataclass(frozen=True, slots=True)
class Analysis:
    """The tokens of a text, as parallel lists: literal form, position, and where the word stands in the text."""

    forms: list[str]
    positions: list[int]
    starts: list[int]
    ends: list[int]
    compounds: frozenset[Compound] = frozenset()
    """The hyphenated compounds that stand in the text."""

    def __len__(self) -> int:
        return len(self.forms)

    def stems(self, language: str | None) -> list[str]:
        """Under which stem terms does a speech in `language` hold these tokens?  One a token."""
        return [stem_term(form, language) for form in self.forms]


def analyze(text: str, notes: Iterable[Interval] | None = None) -> Analysis:
    """Which words stand in `text`, in which form, at which positions?

    Positions count words; a sentence end skips 1 position and a paragraph end 100 (see sentences.py), so that
    adjacency of positions means: side by side within one sentence.  Words inside `notes` (intervals of `text`;
    by default those that `stage_notes` finds) give no token.
    """
    forms: list[str] = []
    positions: list[int] = []
    starts: list[int] = []
    ends: list[int] = []
    hyphenated: list[int] = []
    skipped = Intervals(stage_notes(text) if notes is None else notes)
    position = -1
    end = 0
    for match in words_in(text):
        start = match.start()
        if skipped.cover(start):
            continue
        word = match.group()
        form = fold(word)
        if not form:
            continue
        if forms:
            between = text[end:start]
            if between in HYPHENS:
                hyphenated.append(len(forms))
            elif between != " ":
                position += gap_after(forms[-1], skipped.cut(text, end, start), word)
        position += 1
        end = match.end()
        forms.append(form)
        positions.append(position)
        starts.append(start)
        ends.append(end)
    return Analysis(forms, positions, starts, ends, _compounds(forms, hyphenated))


class Intervals:
    """Sorted intervals, asked about with rising offsets: the work is linear over the whole text."""

    def __init__(self, intervals: Iterable[Interval]) -> None:
        self._intervals = sorted(intervals)
        self._next = 0

    def cover(self, offset: int) -> bool:
        """Does `offset` lie in one of them?"""
        while self._next < len(self._intervals) and self._intervals[self._next][1] <= offset:
            self._next += 1
        return self._next < len(self._intervals) and self._intervals[self._next][0] <= offset

    def cut(self, text: str, start: int, end: int) -> str:
        """What stands in text[start:end] outside the intervals?"""
        first = self._next
        while first > 0 and self._intervals[first - 1][1] > start:
            first -= 1
        pieces: list[str] = []
        for low, high in self._intervals[first : self._next]:
            pieces.append(text[start:low])
            start = max(start, high)
        pieces.append(text[start:end])
        return "".join(pieces)


def _compounds(forms: list[str], hyphenated: list[int]) -> frozenset[Compound]:
    """Which compounds do the tokens give whose left neighbour is joined to them by a hyphen (`hyphenated`)?"""
    found: set[Compound] = set()
    index = 0
    while index < len(hyphenated):
        first = hyphenated[index] - 1
        last = hyphenated[index]
        while index + 1 < len(hyphenated) and hyphenated[index + 1] == last + 1:
            index += 1
            last += 1
        parts = tuple(forms[first : last + 1])
        if len(parts) <= LONGEST_COMPOUND and all(part.isalpha() for part in parts):
            found.add(("".join(parts), parts))
        index += 1
    return frozenset(found)


def fold_value(text: str) -> str:
    """Under which form is `text` compared as one whole value?  Its folded words, joined by single spaces."""
    return " ".join(form for form in (fold(match.group()) for match in words_in(text)) if form)
