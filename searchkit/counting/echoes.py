"""Who said these words first, who repeated them, in which order, verbatim or altered?

An altered repetition keeps at least three quarters of the words, by their stems and in their order, and puts at most a
quarter as many others (one at least) in between, inside one sentence.  Of two or three words it keeps all.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from searchkit.analysis import Analysis, analyze, stem_term
from searchkit.counting.question import Question
from searchkit.counting.streams import stretches
from searchkit.engines.arrays import Ints, Occurrences, distinct
from searchkit.engines.base import Engine, Request
from searchkit.errors import UsageError
from searchkit.models import Speech
from searchkit.plain import Plain, Rows
from searchkit.query import nodes

__all__ = ["Echo", "Echoes", "echoes"]

_KEPT = 0.75
_MOST_WORDS = 60


@dataclass(frozen=True, slots=True)
class Echo(Plain):
    """One place where the words stand: `speech.text[start:end] == text`."""

    id: str
    speaker: str | None
    date: str | None
    start: int
    end: int
    text: str
    verbatim: bool
    """False where words are inflected otherwise, left out or put in between."""


@dataclass(frozen=True, slots=True)
class Echoes(Rows):
    """Every use of a phrase, the earliest first, those without a date last."""

    query: str
    understood: str
    verbatim: int
    altered: int
    speeches: int
    contenders: int
    """Speeches that may be the first, as far as dates tell: more than one on one day, or where a date is coarse."""
    undated: int
    """Speeches without a date: each may be earlier."""
    values: tuple[Echo, ...]

    @property
    def total(self) -> int:
        """How many uses are there?"""
        return self.verbatim + self.altered


Span = tuple[int, int, int]
"""Speech, first and last position."""


def echoes(question: Question, phrase: str, limit: int | None, *, altered: bool = True) -> Echoes:
    """Who used `phrase` first, who repeated it, and how faithfully?

    Arguments:
        question: asks for the phrase in quotes, with the filters that hold.
        limit: uses to be listed, the earliest; None for all.
        altered: whether altered repetitions are looked for.
    """
    if limit is not None and limit < 0:
        raise UsageError("limit must not be negative")
    forms = analyze(phrase, ()).forms
    if len(forms) > _MOST_WORDS:
        raise UsageError(f"a phrase of {len(forms)} words is too long to follow; take {_MOST_WORDS} at most")
    engine = question.engine
    verbatim = engine.occurrences(question.request)
    changed = _altered(question, forms, verbatim) if altered else _NOWHERE
    order = _Order(engine)
    uses = _joined(verbatim, changed)
    earliest = order.of(uses)[:limit]
    speeches = distinct(np.sort(uses.speeches))
    contenders, undated = order.firsts(speeches)
    return Echoes(
        question.query,
        question.understood,
        len(verbatim),
        len(changed),
        len(speeches),
        contenders,
        undated,
        tuple(
            _listed(
                engine,
                [
                    (span, place < len(verbatim))
                    for place, span in zip(earliest.tolist(), _spans(uses, earliest), strict=True)
                ],
            )
        ),
    )


def _spans(found: Occurrences, places: Any = slice(None)) -> list[Span]:
    ends = (found.speeches[places].tolist(), found.firsts[places].tolist(), found.lasts[places].tolist())
    return list(zip(*ends, strict=True))


def _joined(some: Occurrences, others: Occurrences) -> Occurrences:
    pairs = ((some.speeches, others.speeches), (some.firsts, others.firsts), (some.lasts, others.lasts))
    return Occurrences(*map(np.concatenate, pairs))


class _Order:
    """The order in which speeches were held, as far as their dates tell; then that of their ids."""

    def __init__(self, engine: Engine) -> None:
        self._dates = engine.dates()
        self._ranks = engine.ranks(np.arange(len(self._dates.first)))

    def of(self, uses: Occurrences) -> Ints:
        """The places of `uses`, the earliest first.  None of them begins where another does."""
        days = np.where(self._dates.first > 0, self._dates.first, datetime.date.max.toordinal() + 1)
        place = np.empty(len(days), np.int64)
        place[np.lexsort((self._ranks, self._dates.last, days))] = np.arange(len(days))
        return np.argsort((place[uses.speeches] << 32) + uses.firsts)

    def firsts(self, speeches: Ints) -> tuple[int, int]:
        """How many of `speeches` may be the first, and how many have no date?"""
        dated = speeches[self._dates.first[speeches] > 0]
        if not len(dated):
            return 0, len(speeches)
        settled = self._dates.last[dated].min()
        return int(np.count_nonzero(self._dates.first[dated] <= settled)), len(speeches) - len(dated)


# -- altered -----------------------------------------------------------------------------------------------------------


def _altered(question: Question, forms: Sequence[str], verbatim: Occurrences) -> Occurrences:
    """Where does the phrase stand altered?  No span meets a verbatim one, or another."""
    pattern = _Pattern(question.engine, forms)
    if len(forms) == 1:
        return _others(pattern.inflected(question.request), verbatim)
    taken: dict[int, list[tuple[int, int]]] = {}
    for number, first, last in _spans(verbatim):
        taken.setdefault(number, []).append((first, last))
    found: list[Span] = []
    for _, number, first, last in sorted(pattern.candidates(question.request)):
        spans = taken.setdefault(number, [])
        if all(last < low or first > high for low, high in spans):
            spans.append((first, last))
            found.append((number, first, last))
    columns = np.asarray(found, np.int64).reshape(-1, 3).T
    return Occurrences(*columns)


def _others(found: Occurrences, without: Occurrences) -> Occurrences:
    """Those of `found` that are none of `without`; all of them single words."""
    keys, taken = ((part.speeches.astype(np.int64) << 32) + part.firsts for part in (found, without))
    if not len(taken):
        return found
    places = np.minimum(np.searchsorted(taken, keys), len(taken) - 1)
    kept = np.flatnonzero(taken[places] != keys)
    return Occurrences(found.speeches[kept], found.firsts[kept], found.lasts[kept])


_NOWHERE = Occurrences(*np.zeros((3, 0), np.int64))


class _Pattern:
    """The words of a phrase by their stems, and how much of them an alteration keeps."""

    def __init__(self, engine: Engine, forms: Sequence[str]) -> None:
        self._engine = engine
        self._languages = sorted(engine.profile.languages) or [""]
        self._forms = forms
        self.least = math.ceil(_KEPT * len(forms))
        self.longest = len(forms) + max(1, len(forms) // 4)

    def inflected(self, request: Request) -> Occurrences:
        """Where does the only word stand, in any form?"""
        return self._engine.occurrences(Request(self._word(self._forms[0]), filters=request.filters))

    def candidates(self, request: Request) -> Iterator[tuple[int, int, int, int]]:
        """Every stretch that keeps enough: words missing and added, speech, first and last position."""
        words = [self._word(form) for form in self._forms]
        found = [self._engine.occurrences(Request(word, filters=request.filters)) for word in words]
        # Of any len - least + 1 words of the phrase an alteration keeps one: the rarest are looked at.
        rarest = sorted(range(len(words)), key=lambda place: len(found[place]))[: len(words) - self.least + 1]
        bits = self._bits(found)
        needed = len({self._forms[place] for place in range(len(words))}) - (len(words) - self.least)
        for place in {self._forms[place]: place for place in rarest}.values():
            for stretch in stretches(self._engine, found[place]):
                seen = bits[stretch.run.codes[stretch.firsts]]
                for distance in range(1, self.longest):
                    for side in (-distance, distance):
                        places, there = stretch.neighbours(side)
                        seen = seen | np.where(there, bits[stretch.run.codes[places]], 0)
                numbers = found[place].speeches[stretch.chosen]
                for index in np.flatnonzero(_ones(seen) >= needed).tolist():
                    low = max(int(stretch.begins[index]), int(stretch.firsts[index]) - self.longest + 1)
                    high = min(int(stretch.ends[index]), int(stretch.firsts[index]) + self.longest)
                    window = slice(low, high)
                    best = self._best(bits[stretch.run.codes[window]].tolist(), stretch.run.positions[window].tolist(),
                                      int(stretch.firsts[index]) - low)  # fmt: skip
                    if best is not None:
                        yield best[0], int(numbers[index]), best[1], best[2]

    def _word(self, form: str) -> Any:
        stems = dict.fromkeys(stem_term(form, language) for language in self._languages)
        return nodes.Word([nodes.Term("stems", stem) for stem in stems], form)

    def _bits(self, found: Sequence[Occurrences]) -> Ints:
        """For each form of the vocabulary the words of the phrase (a bit each) that share its stem."""
        bits = np.zeros(len(self._engine.vocabulary()), np.int64)
        place_of: dict[str, int] = {}
        for form, occurrences in zip(self._forms, found, strict=True):
            bit = place_of.setdefault(form, len(place_of))
            codes = distinct(np.sort(self._engine.codes_at(occurrences.speeches, occurrences.firsts)))
            bits[codes] |= 1 << bit
        self._sequence = [1 << place_of[form] for form in self._forms]
        return bits

    def _best(self, bits: Sequence[int], positions: Sequence[int], anchor: int) -> tuple[int, int, int] | None:
        """The stretch around `anchor` that keeps the most and adds the least: (missing + added, first, last)."""
        best: tuple[int, int, int] | None = None
        for start in range(anchor + 1):
            if not bits[start]:
                continue
            row = [0] * (len(self._sequence) + 1)
            for stop in range(start, min(len(bits), start + self.longest)):
                if stop > start and positions[stop] != positions[stop - 1] + 1:
                    break  # a sentence has ended
                row = self._longer(row, bits[stop])
                kept = row[-1]
                if stop >= anchor and bits[stop] and kept >= self.least:
                    cost = len(self._sequence) - kept + (stop - start + 1 - kept)
                    if best is None or cost < best[0]:
                        best = (cost, positions[start], positions[stop])
        return best

    def _longer(self, row: Sequence[int], bits: int) -> list[int]:
        """The next row of the longest common subsequence of the phrase and a text, when the text goes on."""
        following = [0]
        for place, wanted in enumerate(self._sequence):
            same = row[place] + 1 if bits & wanted else 0
            following.append(max(same, row[place + 1], following[place]))
        return following


def _ones(numbers: Ints) -> Ints:
    """How many bits are set in each?"""
    counts = np.zeros(len(numbers), np.int64)
    rest = numbers.copy()
    while rest.any():
        counts += rest & 1
        rest >>= 1
    return counts


# -- what was said -----------------------------------------------------------------------------------------------------


def _listed(engine: Engine, uses: Sequence[tuple[Span, bool]]) -> Iterator[Echo]:
    numbers = sorted({span[0] for span, _ in uses})
    read: dict[int, tuple[Speech, Analysis]] = {
        number: (speech, analyze(speech.text, speech.notes))
        for number, speech in zip(numbers, engine.speeches(numbers), strict=True)
    }
    for (number, first, last), verbatim in uses:
        speech, words = read[number]
        start, end = words.starts[words.positions.index(first)], words.ends[words.positions.index(last)]
        yield Echo(speech.id, speech.speaker, speech.date, start, end, speech.text[start:end], verbatim)
