"""Sets of speeches with their scores, and the algebra over them, a whole list at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

__all__ = ["NOTHING", "Answer", "Numbers", "difference", "intersection", "optional", "union"]

Numbers = npt.NDArray[np.int64]
Scores = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Answer:
    """The speeches that match, in rising order of their numbers, each with its score."""

    speeches: Numbers
    scores: Scores

    def __len__(self) -> int:
        return len(self.speeches)

    @classmethod
    def constant(cls, speeches: Numbers, score: float) -> Answer:
        """All of `speeches`, with the same score."""
        return cls(speeches, np.full(len(speeches), score))

    def times(self, boost: float) -> Answer:
        """The same speeches, with every score multiplied."""
        return self if boost == 1.0 else Answer(self.speeches, self.scores * boost)

    def within(self, speeches: Numbers) -> Answer:
        """The part of the answer that lies in `speeches` (rising)."""
        return self._where(_contained(self.speeches, speeches))

    def without(self, speeches: Numbers) -> Answer:
        """The part of the answer that lies outside `speeches` (rising)."""
        return self._where(~_contained(self.speeches, speeches))

    def _where(self, mask: npt.NDArray[np.bool_]) -> Answer:
        return Answer(self.speeches[mask], self.scores[mask])


NOTHING = Answer(np.empty(0, np.int64), np.empty(0, np.float64))


def _contained(numbers: Numbers, among: Numbers) -> npt.NDArray[np.bool_]:
    """Which of `numbers` are in `among`?  Both rising."""
    if not len(among):
        return np.zeros(len(numbers), bool)
    places = np.searchsorted(among, numbers)
    places[places == len(among)] = len(among) - 1
    return np.asarray(among[places] == numbers, bool)


def intersection(answers: Sequence[Answer]) -> Answer:
    """The speeches in every one of `answers`; scores add up."""
    ordered = sorted(answers, key=len)
    speeches = ordered[0].speeches
    for answer in ordered[1:]:
        speeches = speeches[_contained(speeches, answer.speeches)]
    scores = np.zeros(len(speeches))
    for answer in answers:
        scores += answer.scores[np.searchsorted(answer.speeches, speeches)]
    return Answer(speeches, scores)


def union(answers: Sequence[Answer], *, best: bool = False) -> Answer:
    """The speeches in any of `answers`; scores add up, or the best counts."""
    if not answers:
        return NOTHING
    speeches, places = np.unique(np.concatenate([answer.speeches for answer in answers]), return_inverse=True)
    scores = np.zeros(len(speeches))
    combine: Callable[..., None] = np.maximum.at if best else np.add.at
    combine(scores, places, np.concatenate([answer.scores for answer in answers]))
    return Answer(speeches, scores)


def difference(answer: Answer, unwanted: Answer) -> Answer:
    """The speeches of `answer` that are not in `unwanted`."""
    return answer.without(unwanted.speeches)


def optional(required: Answer, extra: Answer) -> Answer:
    """The speeches of `required`; those in `extra` score more."""
    shared = extra.within(required.speeches)
    scores = required.scores.copy()
    scores[np.searchsorted(required.speeches, shared.speeches)] += shared.scores
    return Answer(required.speeches, scores)
