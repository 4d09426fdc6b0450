"""The query DSL of OpenSearch in the few shapes that searchkit asks for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from searchkit.engines.cluster.connection import Json
from searchkit.engines.cluster.mapping import kept

__all__ = [
    "EVERYTHING",
    "NOTHING",
    "all_of",
    "any_of",
    "boosted",
    "conditions",
    "exactly",
    "filtered",
    "one_of",
    "unscored",
]

EVERYTHING: Json = {"match_all": {}}
NOTHING: Json = {"match_none": {}}


def filtered(query: Json, conditions: Iterable[Json]) -> Json:
    """Which query finds those of `query` that meet all `conditions`, with the same scores?"""
    return {"bool": {"must": [query], "filter": list(conditions)}}


def unscored(query: Json) -> Json:
    """Which query finds the same and says nothing of relevance?"""
    return {"bool": {"filter": [query]}}


def all_of(queries: Iterable[Json]) -> Json:
    """Which query finds what all `queries` find, scored by their sum?"""
    listed = list(queries)
    return listed[0] if len(listed) == 1 else {"bool": {"must": listed}}


def conditions(queries: list[Json]) -> Json:
    """Which query finds what all `queries` find, and says nothing of relevance?"""
    return {"bool": {"filter": queries}}


def any_of(queries: list[Json]) -> Json:
    """Which query finds what one of `queries` finds, scored by the sum of those that do?"""
    return {"bool": {"should": queries, "minimum_should_match": 1}} if queries else NOTHING


def exactly(word: str) -> Json:
    """Which intervals are the places of `word`?"""
    return {"match": {"query": kept(word)}}


def one_of(terms: Iterable[str]) -> Json:
    """Which intervals are the places of any of `terms`?"""
    words = [exactly(term) for term in sorted(terms)]
    return words[0] if len(words) == 1 else {"any_of": {"intervals": words}}


def boosted(compiled: Json, query: Any) -> Json:
    """Which query is `compiled` with the boost of the node that it was compiled from?"""
    boost = float(getattr(query, "boost", 1.0))
    return compiled if boost == 1.0 else {"bool": {"must": [compiled], "boost": boost}}
