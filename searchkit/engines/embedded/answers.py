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
_SAMPLED = 4_096
_STEP = 16
"""Of more scores than _SAMPLED every sixteenth is looked at for a bound: of 228,000 the best ten are found in 0.07 ms,
where partitioning all of them takes 1.5."""
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
        if self._scored is None and self.dense is not None:
            self._scored = self.dense.take(self.speeches)
        return self._scored

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
        held = np.zeros(len(numbers), bool)
        reached = int(numbers.searchsorted(len(self.dense)))
        held[:reached] = self.dense.take(numbers[:reached]) != 0
        return held

    def leading(self, most: int) -> Answer:
        """A part of the answer that surely holds the `most` best of it, told from a sample; all of it if that fails."""
        scores = self._scored if self.dense is None else self.dense
        if scores is None or len(scores) <= _SAMPLED:
            return self
        sample = -scores[::_STEP]  # the least come first: among many equal ones, the greatest take ten times as long
        expected = most / _STEP
        place = int(expected + 4 * expected**0.5 + 8)
        bound = -np.partition(sample, place)[place] if place < len(sample) else 0
        # Few reach the bound: listing their places is ten times as fast as choosing by a mask.
        best = np.flatnonzero(scores >= bound) if bound > 0 else _NOBODY
        if len(best) < most:
            return self
        return Answer(best if self.dense is not None else self.speeches.take(best), scores.take(best))

    def newest(self, by_day: Callable[[], Numbers], most: int) -> Answer:
        """The same for the `most` newest, where all score alike; `by_day` is Columns.newest."""
        if self.mask is None or len(self) <= max(_FEW, most):
            return self
        keys = by_day()
        reached = 2 * most * len(keys) // len(self) + _FEW
        while len(found := self._held(keys[:reached])) < most:
            reached *= 4
        day = int(found[most - 1]) >> 32
        return Answer(np.sort(self._held(keys[: keys.searchsorted(day + 1 << 32)]) & _NUMBER), None, self.same)

    def _held(self, keys: Numbers) -> Numbers:
        """Those of `keys` whose speeches the mask holds."""
        assert self.mask is not None
        return keys.take(np.flatnonzero(self.mask.take(keys & _NUMBER)))

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
        kept = np.flatnonzero(mask)  # taken by places twice is faster than chosen by a mask once
        return Answer(self.speeches.take(kept), None if self.scored is None else self.scored.take(kept), self.same)


NOTHING = Answer(_NOBODY)


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
    places = among.searchsorted(numbers)
    places[places == len(among)] = 0
    return np.asarray(among.take(places) == numbers)


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
