"""Which speeches are about the same, in the same words?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from searchkit.counting.measures import Numbers
from searchkit.engines.arrays import Ints
from searchkit.engines.base import Engine, Request
from searchkit.errors import UsageError
from searchkit.models import Speech
from searchkit.plain import Plain
from searchkit.query import Query, nodes

__all__ = ["SimilarSpeech", "similar"]

_TELLING = 30
"""Words of the speech that candidates are found by, as "more like this" of Lucene takes 25."""
_CANDIDATES = 300
"""Best candidates by those words, of which each is then compared whole."""
_SHARED = 8


@dataclass(frozen=True, slots=True)
class SimilarSpeech(Plain):
    """A speech, and how near it is."""

    speech: Speech
    similarity: float
    """The cosine of the angle between both: 1 for the same words as often, 0 for none in common."""
    shared: tuple[str, ...]
    """The words that bring them near, the most telling first."""
    same_text: bool
    """Is it a copy, letter by letter?"""


def similar(engine: Engine, id: str, filters: dict[str, Query], limit: int) -> list[SimilarSpeech] | None:
    """Which speeches are most similar to the one with this id?  None if no speech has it.

    Compared are vectors of words, each weighted by (1 + ln f) * ln(N / n): f its occurrences in the speech, N all
    speeches, n those that hold it.  G. Salton and C. Buckley, Term-weighting approaches in automatic text retrieval,
    Information Processing & Management 24 (1988), weighting ltc.
    """
    if limit < 1:
        raise UsageError("limit must be above 0")
    speech = engine.find(id)
    if speech is None:
        return None
    [number] = engine.matching(Request(nodes.Term("id", id))).tolist()
    weights = _Weights(engine)
    codes, own = weights.of(number)
    telling = codes[np.argsort(-own, kind="stable")[:_TELLING]]
    telling = telling[weights.rarity[telling] > 0]
    if not len(telling):
        return []
    query = nodes.Or([nodes.Term("text", form) for form in engine.forms(telling)])
    candidates = engine.search(Request(query, filters=filters, limit=_CANDIDATES + 1)).page
    rows = [weights.likeness(codes, own, match.number) for match in candidates if match.number != number]
    rows = sorted((row for row in rows if row[0] > 0), key=lambda row: (-row[0], row[1]))[:limit]
    speeches = engine.speeches([row[1] for row in rows])
    return [
        SimilarSpeech(found, likeness, tuple(engine.forms(shared)), found.text == speech.text)
        for found, (likeness, _, shared) in zip(speeches, rows, strict=True)
    ]


class _Weights:
    """The weighted words of speeches, as unit vectors."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.rarity: Numbers = np.log(len(engine) / np.maximum(engine.vocabulary().speeches, 1))

    def of(self, number: int) -> tuple[Ints, Numbers]:
        """The codes of a speech's words, rising, and their weights."""
        codes, times = np.unique(self._engine.tokens(np.asarray([number])).codes, return_counts=True)
        weights = (1 + np.log(times)) * self.rarity[codes]
        length = float(np.sqrt((weights**2).sum()))
        return codes, weights / length if length else weights

    def likeness(self, codes: Ints, own: Numbers, other: int) -> tuple[float, int, Ints]:
        """The cosine with the speech `other`, its number, and the most telling words of both."""
        others, weights = self.of(other)
        shared, here, there = np.intersect1d(codes, others, assume_unique=True, return_indices=True)
        products = own[here] * weights[there]
        best = np.argsort(-products, kind="stable")[: min(_SHARED, np.count_nonzero(products))]
        return min(1.0, float(products.sum())), other, shared[best]
