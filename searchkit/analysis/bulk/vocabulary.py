"""The words of a corpus under numbers, and what the rules of `analyze` say of each: asked once for each word."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from searchkit.analysis.bulk.growing import GrowingArray
from searchkit.analysis.sentences import stop_behind
from searchkit.analysis.stemming import stem_language, stem_terms

__all__ = ["NO_FORM", "Vocabulary"]

Numbers = npt.NDArray[np.int32]

NO_FORM = -1
"""The number of a word of which folding leaves nothing."""
_UNKNOWN = -1


class Vocabulary:
    """Folded forms and stem terms, each with its number in the order of first appearance."""

    def __init__(self) -> None:
        self.forms: list[str] = []
        self.stems: list[str] = []
        self.stops: GrowingArray[np.uint8] = GrowingArray(np.uint8)
        """StopBehind of each form."""
        self.alphabetic: GrowingArray[np.bool_] = GrowingArray(np.bool_)
        """Is each form made of letters only?"""
        self._form_numbers: dict[str, int] = {}
        self._stem_numbers: dict[str, int] = {}
        self._stems_of: dict[str, GrowingArray[np.int32]] = {}

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

    def stems_of(self, language: str | None, forms: Numbers) -> Numbers:
        """Under which stem term does a speech in `language` hold each of `forms`?  Places in `stems`."""
        stemmer = stem_language(language)
        known = self._stems_of.setdefault(stemmer, GrowingArray(np.int32))
        if len(known) < len(self.forms):
            known.extend(np.full(len(self.forms) - len(known), _UNKNOWN, np.int32))
        stems = known.values[forms]
        new = np.unique(forms[stems == _UNKNOWN])
        if len(new):
            numbers = self._stem_numbers
            found = []
            for stem in stem_terms([self.forms[form] for form in new.tolist()], stemmer):
                number = numbers.get(stem)
                if number is None:
                    number = numbers[stem] = len(self.stems)
                    self.stems.append(stem)
                found.append(number)
            known.values[new] = found
            stems = known.values[forms]
        return stems

    def _describe(self, forms: list[str]) -> None:
        self.stops.extend([stop_behind(form) for form in forms])
        self.alphabetic.extend([form.isalpha() for form in forms])
