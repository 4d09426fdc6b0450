"""Of what is the score of a hit made?  The share of each word, as the engine scores it."""

from __future__ import annotations

from typing import Any

from searchkit.engines.base import Engine, Request
from searchkit.models import ScorePart
from searchkit.query import Query, condition, nodes

__all__ = ["score_parts"]


def score_parts(engine: Engine, query: Query, id: str) -> tuple[ScorePart, ...]:
    """Which words of `query` give the speech `id` its score, how much each?  The parts add up to it.

    BM25 of the speech's text (see engines/scoring.py).  A word that several forms have is counted form by form; of
    unquoted words and their phrase the better of the two counts.
    """
    return tuple(part for part in _parts(engine, query, id) if part.score)


def _parts(engine: Engine, query: Any, id: str) -> list[ScorePart]:
    if isinstance(query, nodes.DisjunctionMax):
        return max((_parts(engine, child, id) for child in query.children()), key=_sum, default=[])
    if isinstance(query, nodes.StockNot) or not _score(engine, query, id):
        return []
    children = [] if isinstance(query, nodes.Word) else list(query.children())
    if children and not isinstance(query, nodes.StockPhrase):
        return [part for child in children for part in _parts(engine, child, id)]
    speeches = engine.search(Request(query, limit=0)).total
    return [ScorePart(condition(query), _score(engine, query, id), speeches)]


def _score(engine: Engine, query: Query, id: str) -> float:
    """What does the speech score for `query` alone?  0 if it does not match."""
    found = engine.search(Request(nodes.And([query, nodes.Term("id", id)]), limit=1)).page
    return found[0].score if found else 0.0


def _sum(parts: list[ScorePart]) -> float:
    return sum(part.score for part in parts)
