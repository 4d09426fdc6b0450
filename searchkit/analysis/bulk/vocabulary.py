"""The words of a corpus under numbers, and what the rules of `analyze` say of each: asked once for each word."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from searchkit.analysis.bulk.growing import GrowingArray
from searchkit.analysis.sentences import stop_behind

__all__ = ["NO_FORM", "Vocabulary"]

NO_FORM = -1
"""The number of a word of which folding leaves nothing."""


class Vocabulary:
    """Folded forms, each with its number in the order of first appearance."""

    def __init__(self) -> None:
        self.forms: list[str] = []
        self.stops: GrowingArray[np.uint8] = GrowingArray(np.uint8)
        """StopBehind of each form."""
        self.alphabetic: GrowingArray[np.bool_] = GrowingArray(np.bool_)
        """Is each form made of letters only?"""
        self._form_numbers: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self.forms)

    def numbers(self, forms: Iterable[str]) -> list[int]:
        """Which numbers have these forms?  New ones get the next; NO_FORM for an empty one."""
        known = self._form_numbers
        first = len(self.forms)
        numbers = []
        for form in forms:
            number = known.get(form)
            if number is None:
                number = len(self.forms) if form else NO_FORM
                if form:
                    known[form] = number
                    self.forms.append(form)
            numbers.append(number)
        self._describe(self.forms[first:])
        return numbers

    def _describe(self, forms: list[str]) -> None:
        self.stops.extend([stop_behind(form) for form in forms])
        self.alphabetic.extend([form.isalpha() for form in forms])
