"""The stem terms of many words under numbers, language by language: asked once for each word."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from searchkit.analysis.stemming import stem_terms

__all__ = ["Stems"]

Numbers = npt.NDArray[np.int32]
Places = npt.NDArray[np.int64]


class Stems:
    """Stem terms of the words in a list, each with its number in the order of first appearance."""

    def __init__(self, forms: Sequence[str]) -> None:
        self.terms: list[str] = []
        self._forms = forms
        self._numbers: dict[str, int] = {}

    def of(self, stemmer: str, places: Places) -> Numbers:
        """Under which stem term does a speech whose words `stemmer` takes hold each of the words at `places`?"""
        numbers, terms = self._numbers, self.terms
        found = []
        for stem in stem_terms([self._forms[place] for place in places.tolist()], stemmer):
            number = numbers.setdefault(stem, len(terms))
            if number == len(terms):
                terms.append(stem)
            found.append(number)
        return np.asarray(found, np.int32)
