"""Which words set some speeches apart from others?  Keywords of a person, a period, a party; two of them compared."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace
from typing import Literal, get_args

import numpy as np

from searchkit.counting.listing import Listing
from searchkit.counting.measures import log_likelihood, log_ratio, per_million
from searchkit.counting.question import Question
from searchkit.counting.streams import Mask, everyone, form_counts, members
from searchkit.engines.arrays import Ints
from searchkit.engines.base import Engine, Request
from searchkit.errors import UsageError
from searchkit.plain import Plain, Rows
from searchkit.query import nodes

__all__ = ["Group", "KeyOrder", "Keyness", "KeynessOptions", "Keyword", "keyness"]

KeyOrder = Literal["log-likelihood", "log-ratio"]
"""How sure, or how large, the difference is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeynessOptions(Listing):
    """Which keywords are listed, in which order."""

    least: int = 3
    """Times that a word must stand in the two groups together."""
    surest: float = 6.63
    """Log-likelihood that a word must reach: by chance one in a hundred words does."""
    limit: int | None = 30


@dataclass(frozen=True, slots=True)
class Group(Plain):
    """Some speeches, as one side of a comparison."""

    understood: str
    """Which speeches these are, in words."""
    speeches: int
    words: int
    forms: int
    """Different words."""
    since: str | None = None
    """The day of the first, and of the last of them that have a date."""
    until: str | None = None


@dataclass(frozen=True, slots=True)
class Keyword(Plain):
    """A word (folded) that is more frequent in one group than in the other."""

    form: str
    target: int
    """Occurrences in the first group."""
    reference: int
    """Occurrences in the second."""
    target_per_million: float
    reference_per_million: float
    log_likelihood: float
    log_ratio: float
    """Above 0: more frequent in the first group, 1 twice, 2 four times; below 0 likewise in the second."""
    speeches: int
    """Speeches that hold it, of the group where it is more frequent: a keyword of one speech is a topic of a day."""


@dataclass(frozen=True, slots=True)
class Keyness(Rows):
    """Two groups of speeches and the words that set them apart."""

    listed = ("more", "fewer")

    target: Group
    reference: Group
    shared: int
    """Speeches that would be in both, and are counted in neither."""
    more: tuple[Keyword, ...]
    """Words more frequent in the target."""
    fewer: tuple[Keyword, ...]
    """Words more frequent in the reference."""
    truncated: bool
    """Are there more of either?"""


def keyness(target: Question, reference: Question | None, options: KeynessOptions) -> Keyness:
    """Which words are more, and which less frequent in the speeches of `target` than in those of `reference`?

    Without a `reference` it is every other speech of the index.  Words are ranked by log-likelihood over the 2 x 2
    table of both groups (see measures.py); the size of the difference is the log ratio.  A speech that is in both
    groups counts in neither.  Raises UsageError where one of them has no words.
    """
    options.check(get_args(KeyOrder))
    engine = target.engine
    here = members(engine, engine.matching(target.request))
    if reference is None:
        first, shared = _Side.of(engine, here), 0
        sides = (first, first.others())
    else:
        there = members(engine, engine.matching(reference.request))
        sides = (_Side.of(engine, here & ~there), _Side.of(engine, there & ~here))
        shared = int(np.count_nonzero(here & there))
    groups = (
        sides[0].group(target.understood),
        sides[1].group(reference.understood if reference else "all other speeches"),
    )
    for group in groups:
        if not group.words:
            raise UsageError(f"there is no word to compare in {group.understood}")
    more, more_of_more = _ranked(engine, sides, options)
    fewer, more_of_fewer = _ranked(engine, (sides[1], sides[0]), options)
    return Keyness(
        groups[0],
        groups[1],
        shared,
        tuple(more),
        tuple(map(_turned, fewer)),
        more_of_more or more_of_fewer,
    )


@dataclass(frozen=True, slots=True)
class _Side:
    """One group while it is counted."""

    engine: Engine
    held: Mask
    """Is each speech of the index in the group?"""
    counts: Ints
    """Occurrences of each form, by its code."""
    words: int

    @classmethod
    def of(cls, engine: Engine, held: Mask) -> _Side:
        counts = form_counts(engine, np.flatnonzero(held))
        return cls(engine, held, counts, int(counts.sum(dtype=np.int64)))

    def others(self) -> _Side:
        """All other speeches of the index."""
        counts = self.engine.vocabulary().occurrences - self.counts
        held = members(self.engine, everyone(self.engine)) & ~self.held
        return _Side(self.engine, held, counts, int(counts.sum(dtype=np.int64)))

    def group(self, understood: str) -> Group:
        dates = self.engine.dates()
        dated = self.held & (dates.first > 0)
        return Group(
            understood,
            int(np.count_nonzero(self.held)),
            self.words,
            int(np.count_nonzero(self.counts)),
            _day(dates.first[dated].min()) if dated.any() else None,
            _day(dates.last[dated].max()) if dated.any() else None,
        )

    def holding(self, form: str) -> int:
        """How many of the speeches hold the form?"""
        holders = self.engine.matching(Request(nodes.Term("text", form)))
        return int(np.count_nonzero(self.held[holders]))


def _day(ordinal: int) -> str:
    return datetime.date.fromordinal(int(ordinal)).isoformat()


def _ranked(engine: Engine, sides: tuple[_Side, _Side], options: KeynessOptions) -> tuple[list[Keyword], bool]:
    """The words that are more frequent on the first side, and whether there are more."""
    here, there = sides
    codes = np.flatnonzero(here.counts + there.counts >= max(options.least, 1))
    first, second = here.counts[codes], there.counts[codes]
    likelihood = log_likelihood(first, here.words - first, second, there.words - second)
    ratio = log_ratio(first, here.words, second, there.words)
    more = first / here.words > second / there.words
    chosen = np.flatnonzero(more & (likelihood >= options.surest))
    key = likelihood if options.order == "log-likelihood" else ratio
    listed, truncated = options.listed(engine, codes, chosen[np.lexsort((codes[chosen], -key[chosen]))])
    words = [
        Keyword(
            form=form,
            target=int(first[place]),
            reference=int(second[place]),
            target_per_million=float(per_million(first[place], here.words)),
            reference_per_million=float(per_million(second[place], there.words)),
            log_likelihood=float(likelihood[place]),
            log_ratio=float(ratio[place]),
            speeches=here.holding(form),
        )
        for form, place in listed
    ]
    return words, truncated


def _turned(word: Keyword) -> Keyword:
    """The same word as the other group sees it."""
    return replace(
        word,
        target=word.reference,
        reference=word.target,
        target_per_million=word.reference_per_million,
        reference_per_million=word.target_per_million,
        log_ratio=-word.log_ratio,
    )
