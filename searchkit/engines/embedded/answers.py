"""Sets of speeches with their scores, and the algebra over them, a whole list at a time.

Scores are 32-bit: they agree with the oracle's to 1e-6 or so, and half the bytes are half the time.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

__all__ = ["NOTHING", "Answer", "Mask", "Numbers", "Scores", "contained", "intersection", "optional", "union"]

Numbers = npt.NDArray[np.int64]
Scores = npt.NDArray[np.float32]
Mask = npt.NDArray[np.bool_]

_SPARSE = 32
"""A set is dense where one of so many speeches is in it: sums over all speeches are then cheaper than sorting."""
_FEW = 512
_MANY = 4_096
_ROWS = 64
"""More scores than _MANY are looked through in so many rows, for the best of each column: of 228,000 the best ten are
found in 44 µs, where partitioning all of them takes 1,500."""
_STEP = 16
"""Where nearly every column would have one of the best, every sixteenth score is looked at instead: 82 µs for ten."""
_LOOKED_FOR = 32
"""Speeches of a list whose days are compared in the time in which one speech is looked for in it."""
_NUMBER = 2**32 - 1
_NOBODY = np.empty(0, np.int64)


class Answer:
    """The speeches that match, in rising order of their numbers, each with its score.  Never changed once made."""

    __slots__ = ("_scored", "_size", "_speeches", "dense", "mask", "same")

    def __init__(
        self,
        speeches: Numbers | None,
        scored: Scores | None = None,
        same: float = 0.0,
        *,
        dense: Scores | None = None,
        mask: Mask | None = None,
    ) -> None:
        """One of `speeches`, `dense` and `mask` says which speeches match."""
        self._speeches = speeches
        self._scored = scored
        self._size: int | None = None
        self.same = same
        """The score of all, where `scored` is None."""
        self.dense = dense
        """The score of each speech of the index by its number: above 0 where it matches, else 0.  None: not put so."""
        self.mask = mask
        """Whether each speech of the index, by its number, matches; all score the same.  None: not put so."""

    def __len__(self) -> int:
        if self._size is None:
            if self.mask is not None:
                self._size = int(np.count_nonzero(self.mask))
            elif self.dense is not None:
                # Positive 32-bit numbers are those whose bits are not all 0, and bits are counted six times as fast.
                self._size = int(np.count_nonzero(self.dense.view(np.uint32)))
            else:
                self._size = len(self.speeches)
        return self._size

    @property
    def speeches(self) -> Numbers:
        """Which speeches match?  Listed when that is first asked."""
        if self._speeches is None:
            held = self.mask if self.dense is None else self.dense != 0
            assert held is not None
            self._speeches = np.flatnonzero(held)
        return self._speeches

    @property
    def scored(self) -> Scores | None:
        """The score of each; None where all have the same."""
        if self.dense is not None and self._scored is None:
            self._scored = self.dense.take(self.speeches)
        return self._scored

    @property
    def alike(self) -> bool:
        """Do all have the same score?"""
        return self._scored is None and self.dense is None

    @property
    def scores(self) -> Scores:
        """The score of each."""
        return np.full(len(self.speeches), self.same, np.float32) if self.scored is None else self.scored

    @classmethod
    def constant(cls, speeches: Numbers, score: float) -> Answer:
        """All of `speeches`, with the same score."""
        return cls(speeches, None, float(score))

    def holds(self, numbers: Numbers) -> Mask:
        """Which of `numbers` (rising) match?"""
        if self.mask is not None:
            return self.mask.take(numbers)
        if self.dense is None:
            return contained(numbers, self.speeches)
        return np.asarray((numbers < len(self.dense)) & (self.dense.take(numbers, mode="clip") != 0))

    def leading(self, most: int) -> Answer:
        """A part of the answer that surely holds the `most` best of it; all of it where that is not told at once."""
        scores = self._scored if self.dense is None else self.dense
        if scores is None or len(scores) <= _MANY or len(best := _best(scores, most)) < most:
            return self
        return Answer(best if self.dense is not None else self.speeches.take(best), scores.take(best))

    def newest(self, by_day: Callable[[], Numbers], most: int) -> Answer:
        """A part of the answer that holds the `most` newest of it, or all of it; `by_day` is Columns.newest."""
        if len(self) <= max(_FEW, most):
            return self
        keys = by_day()
        reached = 2 * most * len(keys) // len(self) + _FEW
        if self.mask is None and reached * _LOOKED_FOR > len(self):
            return self
        while len(found := self._held(keys[:reached])) < most:
            reached *= 4
        day = int(found[most - 1]) >> 32
        kept = np.sort(self._held(keys[: keys.searchsorted(day + 1 << 32)]) & _NUMBER)
        return Answer(kept, *_at(self, kept))

    def _held(self, keys: Numbers) -> Numbers:
        """Those of `keys` whose speeches match."""
        numbers = keys & _NUMBER
        if self.mask is not None or self.dense is not None:
            held = self.holds(numbers)
        else:  # `contained` takes rising numbers
            held = self.speeches.take(self.speeches.searchsorted(numbers), mode="clip") == numbers
        return keys.take(held.nonzero()[0])

    def times(self, boost: float) -> Answer:
        """The same speeches, with every score multiplied."""
        if boost == 1.0:
            return self
        if self.mask is not None:
            return Answer(self._speeches, None, self.same * boost, mask=self.mask)
        scored = None if self.scored is None else self.scored * np.float32(boost)
        return Answer(self.speeches, scored, self.same * boost)

    def within(self, speeches: Numbers) -> Answer:
        """The part of the answer that lies in `speeches` (rising)."""
        return self if speeches is self.speeches else self.where(contained(self.speeches, speeches))

    def without(self, speeches: Numbers) -> Answer:
        """The part of the answer that lies outside `speeches` (rising)."""
        return self.where(~contained(self.speeches, speeches)) if len(speeches) else self

    def where(self, mask: Mask) -> Answer:
        """The part that `mask` chooses."""
        return self.at(mask.nonzero()[0])  # taken by places twice is faster than chosen by a mask once

    def at(self, places: Numbers) -> Answer:
        """The part at these places (rising) of `speeches`."""
        speeches, scored = self.speeches, self.scored
        if len(places) == len(speeches):
            return self
        return Answer(speeches.take(places), None if scored is None else scored.take(places), self.same)


NOTHING = Answer(_NOBODY)


def _best(scores: Scores, most: int) -> Numbers:
    """At which places, rising, stand some of `scores` among which the `most` best are?  Fewer: that is not told."""
    width = len(scores) // _ROWS
    if most * _STEP > width:
        return _best_by_sample(scores, most)
    # As many columns as are wanted reach the bound, and so do as many scores.
    best = scores[: _ROWS * width].reshape(_ROWS, width).max(axis=0)
    bound = _greatest(best, most - 1)
    reached = (best >= bound).nonzero()[0]
    if bound <= 0 or len(reached) * _STEP > width:
        return _NOBODY
    inside = (np.arange(0, _ROWS * width, width)[:, None] + reached).reshape(-1)
    places = np.concatenate((inside, np.arange(_ROWS * width, len(scores))))
    return places.take((scores.take(places) >= bound).nonzero()[0])


def _best_by_sample(scores: Scores, most: int) -> Numbers:
    expected = most / _STEP
    place = int(expected + 4 * expected**0.5 + 8)
    sample = scores[::_STEP]
    bound = _greatest(sample, place) if place < len(sample) else 0.0
    # Few reach the bound: listing their places is ten times as fast as choosing by a mask.
    return np.flatnonzero(scores >= bound) if bound > 0 else _NOBODY


def _greatest(scores: Scores, place: int) -> float:
    """Which score stands at `place`, the greatest first?"""
    # the least come first: among many equal ones, the greatest take ten times as long
    return -float(np.partition(-scores, place)[place])


def contained(numbers: Numbers, among: Numbers) -> Mask:
    """Which of `numbers` are in `among`?  Both rising."""
    if not len(among) or not len(numbers):
        return np.zeros(len(numbers), bool)
    if len(numbers) > _FEW and len(among) > _FEW:
        size = int(max(numbers[-1], among[-1])) + 1
        if size < _SPARSE * (len(numbers) + len(among)):
            mask = np.zeros(size, bool)
            mask[among] = True
            return mask.take(numbers)
    return np.asarray(among.take(among.searchsorted(numbers), mode="clip") == numbers)


def intersection(answers: Sequence[Answer]) -> Answer:
    """The speeches in every one of `answers`; scores add up."""
    ordered = sorted(answers, key=len)
    speeches = ordered[0].speeches
    for answer in ordered[1:]:
        speeches = speeches[contained(speeches, answer.speeches)]
    return Answer(speeches, *_sum([_at(answer, speeches) for answer in answers]))


def union(answers: Sequence[Answer], *, best: bool = False) -> Answer:
    """The speeches in any of `answers`; scores add up, or the best counts."""
    held = [answer for answer in answers if len(answer)]
    if len(held) < 2:
        return held[0] if held else NOTHING
    size = max(int(answer.speeches[-1]) for answer in held) + 1
    if size < _SPARSE * sum(map(len, held)):
        return _dense_union(held, size, best)
    numbers = np.concatenate([answer.speeches for answer in held])
    speeches, places = np.unique(numbers, return_inverse=True)
    if all(answer.scored is None and answer.same == 0 for answer in held):
        return Answer.constant(speeches, 0.0)
    listed = np.concatenate([answer.scores for answer in held])
    if not best:
        return Answer(speeches, np.bincount(places, listed).astype(np.float32))
    scores = np.zeros(len(speeches), np.float32)
    np.maximum.at(scores, places, listed)
    return Answer(speeches, scores)


def optional(required: Answer, extra: Answer) -> Answer:
    """The speeches of `required`; those in `extra` score more."""
    shared = extra.within(required.speeches)
    scores = required.scores.copy()
    scores[required.speeches.searchsorted(shared.speeches)] += shared.scores
    return Answer(required.speeches, scores)


def _dense_union(held: Sequence[Answer], size: int, best: bool) -> Answer:
    """The same by a number for each speech of the index.  Where every match scores, they are listed only when asked."""
    ordered = sorted(held, key=len, reverse=True)
    if all(answer.scored is None and answer.same == 0 for answer in held):
        return Answer.constant(_listed(ordered, size), 0.0)
    sums = np.zeros(size, np.float32)
    sums[ordered[0].speeches] = ordered[0].scores
    for answer in ordered[1:]:
        if best:
            sums[answer.speeches] = np.maximum(sums.take(answer.speeches), answer.scores)
        else:
            sums[answer.speeches] += answer.scores
    if all(_positive(answer) for answer in ordered):
        return Answer(None, dense=sums)
    speeches = _listed(ordered, size)
    return Answer(speeches, sums.take(speeches))


def _listed(answers: Sequence[Answer], size: int) -> Numbers:
    there = np.zeros(size, bool)
    for answer in answers:
        there[answer.speeches] = True
    return np.flatnonzero(there)


def _positive(answer: Answer) -> bool:
    return answer.same > 0 if answer.scored is None else bool(answer.scored.min() > 0)


def _at(answer: Answer, speeches: Numbers) -> tuple[Scores | None, float]:
    """The scores of `speeches`, all of which are in `answer`."""
    if answer.dense is not None:
        return answer.dense.take(speeches), 0.0
    if answer.scored is None or len(answer) == len(speeches):
        return answer.scored, answer.same
    return answer.scored.take(answer.speeches.searchsorted(speeches)), 0.0


def _sum(parts: Sequence[tuple[Scores | None, float]]) -> tuple[Scores | None, float]:
    same = sum(constant for scored, constant in parts if scored is None)
    listed = [scored for scored, _ in parts if scored is not None]
    if not listed:
        return None, same
    total = listed[0] + np.float32(same)
    for scored in listed[1:]:
        total += scored
    return total, 0.0
