"""In which languages many texts are written: `identify_language`, counted for all of them at once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from searchkit.analysis.bulk.tokens import Tokens
from searchkit.analysis.bulk.vocabulary import NO_FORM, Vocabulary
from searchkit.analysis.languages import LEAST_LEAD, LEAST_LITTLE, MOST_WORDS, has_own_script, identify_language

__all__ = ["Guesser"]

Integers = npt.NDArray[np.int64]


class Guesser:
    """Tells languages by the little words of a vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary

    def languages(self, texts: Sequence[str], tokens: Tokens) -> tuple[str | None, ...]:
        """What does `identify_language` say of each text?  `tokens` are all its words, notes and all."""
        words = np.minimum(np.diff(tokens.bounds), MOST_WORDS)
        ends = np.cumsum(words)
        places = np.arange(ends[-1] if len(ends) else 0) + np.repeat(tokens.bounds[:-1] - (ends - words), words)
        forms = tokens.forms[places]
        real = forms != NO_FORM
        sets = np.zeros(len(forms), np.int64)
        sets[real] = self._vocabulary.little.values[forms[real]]
        kinds = len(self._vocabulary.language_sets)
        owners = np.repeat(np.arange(len(texts)) * kinds, words)
        counts = np.bincount(owners + sets, minlength=len(texts) * kinds).reshape(len(texts), kinds)
        names = sorted({name for members in self._vocabulary.language_sets for name in members})
        member = np.array([[name in members for name in names] for members in self._vocabulary.language_sets], np.int64)
        totals = counts @ member.reshape(kinds, len(names))
        found = self._likeliest(totals, names, words)
        return tuple(
            identify_language(text) if has_own_script(text) else name for text, name in zip(texts, found, strict=True)
        )

    @staticmethod
    def _likeliest(totals: Integers, names: list[str], words: Integers) -> list[str | None]:
        if not names:
            return [None] * len(words)
        ranked = np.sort(np.pad(totals, ((0, 0), (1, 0))), axis=1)
        most, second = ranked[:, -1], ranked[:, -2]
        clear = (most > 0) & (most >= LEAST_LEAD * second) & (most >= LEAST_LITTLE * words)
        return [
            names[best] if sure else None
            for best, sure in zip(totals.argmax(axis=1).tolist(), clear.tolist(), strict=True)
        ]
