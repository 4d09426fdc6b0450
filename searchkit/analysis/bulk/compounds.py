"""Hyphenated compounds under numbers: which words are joined in which texts?"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from searchkit.analysis.analyzer import LONGEST_COMPOUND, Compound
from searchkit.analysis.bulk.key_table import UNKNOWN, KeyTable
from searchkit.analysis.bulk.vocabulary import Vocabulary

__all__ = ["Compounds"]

Integers = npt.NDArray[np.int64]
Numbers = npt.NDArray[np.int32]

_ONE, _HALF, _LOW = np.uint64(1), np.uint64(32), np.uint64(0xFFFFFFFF)


class Compounds:
    """The compounds of a corpus, each with its number in the order of first appearance."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.met: list[Compound] = []
        self._vocabulary = vocabulary
        self._pairs = KeyTable()
        self._numbers: dict[tuple[int, ...], int] = {}
        """By the forms that are joined."""

    def of_texts(self, forms: Numbers, joints: Integers, bounds: Integers) -> tuple[Numbers, Integers]:
        """Which compounds has each text, each once?  Their numbers, and the bounds of each text's among them.

        `forms` are the tokens' forms, `joints` the places of those that a hyphen joins to the next, in order,
        `bounds` those of each text's tokens.
        """
        firsts = joints[np.diff(joints, prepend=-2) > 1]
        lasts = joints[np.diff(joints, append=len(forms) + 1) > 1] + 1
        texts = np.searchsorted(bounds, firsts, side="right") - 1
        parts = lasts - firsts + 1
        pair = np.flatnonzero(parts == 2)
        numbers = np.full(len(firsts), UNKNOWN, np.int32)
        numbers[pair] = self._numbers_of_pairs(forms[firsts[pair]], forms[lasts[pair]])
        for place in np.flatnonzero((parts > 2) & (parts <= LONGEST_COMPOUND)).tolist():
            numbers[place] = self._number(tuple(forms[firsts[place] : lasts[place] + 1].tolist()))
        real = numbers != UNKNOWN
        rows = np.unique((texts[real] << 32) + numbers[real])
        return (rows & 0xFFFFFFFF).astype(np.int32), np.searchsorted(rows >> 32, np.arange(len(bounds)))

    def number(self, compound: Compound) -> int:
        """Which number has `compound`?"""
        return self._number(tuple(self._vocabulary.numbers(compound[1])))

    def _numbers_of_pairs(self, first: Numbers, second: Numbers) -> Numbers:
        alphabetic = self._vocabulary.alphabetic.values
        numbers = np.full(len(first), UNKNOWN, np.int32)
        right = np.flatnonzero(alphabetic[first] & alphabetic[second])
        keys = ((first[right].astype(np.uint64) + _ONE) << _HALF) | second[right].astype(np.uint64)
        found = self._pairs.find(keys)
        new = np.unique(keys[found == UNKNOWN])
        if len(new):
            pairs = zip(((new >> _HALF) - _ONE).tolist(), (new & _LOW).tolist(), strict=True)
            self._pairs.add(new, np.fromiter(map(self._number, pairs), np.int32))
            found = self._pairs.find(keys)
        numbers[right] = found
        return numbers

    def _number(self, parts: tuple[int, ...]) -> int:
        number = self._numbers.get(parts)
        if number is None:
            forms = tuple(self._vocabulary.forms[part] for part in parts)
            number = len(self.met) if all(form.isalpha() for form in forms) else UNKNOWN
            self._numbers[parts] = number
            if number != UNKNOWN:
                self.met.append(("".join(forms), forms))
        return number
