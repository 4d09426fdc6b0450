"""Two speakers side by side: what sets their words apart, and how often each says what was asked for."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from searchkit.counting.keyness import Keyness
from searchkit.counting.measures import per_million
from searchkit.counting.question import Question
from searchkit.plain import Plain, Rows

__all__ = ["Comparison", "Usage", "usage"]


@dataclass(frozen=True, slots=True)
class Usage(Plain):
    """How often one of the two says the words of a query."""

    understood: str
    speeches: int
    """Speeches that hold one of them."""
    occurrences: int
    words: int
    """All words of the speaker, in the scope of the query."""
    per_million: float


@dataclass(frozen=True, slots=True)
class Comparison(Rows):
    """The keywords of the first speaker against the second, and the use that each makes of a query."""

    listed = ("usage",)

    keyness: Keyness
    usage: tuple[Usage, ...]
    """Of the first and of the second; empty where no query was asked."""


def usage(question: Question) -> Usage:
    """How often do the words that `question` asks for stand in the speeches of its scope?"""
    engine = question.engine
    found = engine.occurrences(question.request)
    words = int(engine.lengths()[engine.matching(question.scope)].sum(dtype=np.int64))
    return Usage(question.understood, len(found.holders()), len(found), words, float(per_million(len(found), words)))
