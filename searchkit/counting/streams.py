"""The tokens of many speeches, some at a time: memory stays bounded however large the corpus is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from searchkit import deadline
from searchkit.engines.arrays import Ints, Occurrences, TokenRun, distinct, token_places
from searchkit.engines.base import Engine, Request
from searchkit.query import nodes

__all__ = ["Mask", "Stretch", "batches", "everyone", "form_counts", "members", "stretches"]

Mask = npt.NDArray[np.bool_]

_BATCH_WORDS = 4_000_000
"""Words looked at together: some 100 MB with the arrays made of them; larger is not faster."""


def batches(engine: Engine, numbers: Ints, words: int | None = None) -> Iterator[Ints]:
    """Which parts of `numbers` (rising) have few enough `words` to be looked at together?"""
    words = words or _BATCH_WORDS
    if not len(numbers):
        return
    ends = np.cumsum(engine.lengths()[numbers], dtype=np.int64)
    cuts = np.searchsorted(ends, np.arange(words, ends[-1], words), side="left")
    for part in np.split(numbers, distinct(cuts[(cuts > 0) & (cuts < len(numbers))])):
        deadline.check()
        yield part


def everyone(engine: Engine) -> Ints:
    """Which speeches are there?  Numbers of those that are gone are left out."""
    return engine.matching(Request(nodes.Every()))


def members(engine: Engine, numbers: Ints) -> Mask:
    """Is each speech of the index, by its number, one of `numbers`?"""
    held = np.zeros(len(engine.lengths()), bool)
    held[numbers] = True
    return held


def form_counts(engine: Engine, numbers: Ints) -> Ints:
    """How often does each form of the vocabulary stand in the speeches `numbers` (rising)?  By its code."""
    vocabulary = engine.vocabulary()
    if len(numbers) == len(engine):
        return vocabulary.occurrences
    if len(numbers) > len(engine) // 2:
        others = np.setdiff1d(everyone(engine), numbers, assume_unique=True)
        return vocabulary.occurrences - form_counts(engine, others)
    return engine.form_counts(numbers)


@dataclass(frozen=True, slots=True)
class Stretch:
    """The tokens of some speeches, and the occurrences in them as places in the run."""

    run: TokenRun
    chosen: slice
    """Which of all occurrences these are."""
    firsts: Ints
    lasts: Ints
    begins: Ints
    """For each occurrence, where its speech begins in the run."""
    ends: Ints

    def neighbours(self, distance: int) -> tuple[Ints, Mask]:
        """Which token stands `distance` words (not 0) right or, if negative, left of each occurrence?

        Answers with places in the run, and whether there is such a token in the speech; where there is none the
        place is that of another token.
        """
        places = (self.lasts if distance > 0 else self.firsts) + distance
        there = (places >= self.begins) & (places < self.ends)
        return np.where(there, places, 0), there


def stretches(engine: Engine, found: Occurrences) -> Iterator[Stretch]:
    """Which tokens stand in the speeches that hold an occurrence?  In the order of the occurrences."""
    done = 0
    for numbers in batches(engine, distinct(found.speeches)):
        last = int(np.searchsorted(found.speeches, numbers[-1], side="right"))
        chosen = slice(done, last)
        done = last
        run = engine.tokens(numbers)
        rows = np.searchsorted(numbers, found.speeches[chosen])
        begins, ends = run.starts[rows], run.starts[rows + 1]
        firsts = token_places(run.positions, begins, ends, found.firsts[chosen])
        lasts = token_places(run.positions, begins, ends, found.lasts[chosen])
        yield Stretch(run, chosen, firsts, lasts, begins, ends)
