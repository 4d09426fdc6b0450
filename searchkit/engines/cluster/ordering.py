"""In which order do matches come, and which of them are on the page asked for?

The tier is a sort key: the speeches with the exact phrase are asked for by themselves, then the rest.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from searchkit.engines.base import Match, Request, Sort
from searchkit.engines.cluster.connection import Connection, Json
from searchkit.engines.cluster.dsl import filtered

__all__ = ["Pages", "by_age"]

_WINDOW = 10_000
"""Hits that a cluster puts in order at once; beyond, it is walked."""
_FIRST_TIER = "first tier"
_ORDERS: dict[Sort, list[Any]] = {
    "relevance": ["_score", {"f.date_first": {"order": "desc", "missing": "_last"}}, {"f.id": "asc"}],
    "newest": [{"f.date_first": {"order": "desc", "missing": "_last"}}, {"f.id": "asc"}],
    "oldest": [{"f.date_first": {"order": "asc", "missing": "_last"}}, {"f.id": "asc"}],
}


def by_age(hit: Json) -> tuple[bool, bool, int, str]:
    """By which key is the original of a group before its copies, and of those the earliest before the others?"""
    fields = hit["fields"]
    number, original = fields["number"][0], fields["original"][0]
    day = fields.get("f.date_first", [0])[0]
    return (number != original, not day, day, fields["f.id"][0])


class Pages:
    """Fetches the matches of a page."""

    def __init__(self, connection: Connection, index: str, preference: str) -> None:
        self._connection = connection
        self._index = index
        self._preference = preference

    def page(self, query: Json, phrases: Sequence[Json], request: Request) -> tuple[Match, ...]:
        """Which matches are on the page that `request` asks for?"""
        if request.sort != "relevance" or not phrases:
            marked = _marked(query, phrases) if phrases else query
            hits = self._part(marked, request.sort, request.offset, request.limit)
            tiers = [0 if not phrases or _FIRST_TIER in hit.get("matched_queries", ()) else 1 for hit in hits]
        else:
            hits, tiers = self._tiered(query, phrases, request.offset, request.limit)
        return tuple(_match(hit, tier) for hit, tier in zip(hits, tiers, strict=True))

    def _tiered(self, query: Json, phrases: Sequence[Json], offset: int, limit: int) -> tuple[list[Json], list[int]]:
        first = filtered(query, phrases)
        rest = {"bool": {"must": [query], "must_not": [{"bool": {"filter": list(phrases)}}]}}
        hits = self._part(first, "relevance", offset, limit)
        many = len(hits)
        if many < limit:
            before = offset + many if many else self._total(first)
            hits += self._part(rest, "relevance", max(0, offset - before), limit - many)
        return hits, [0] * many + [1] * (len(hits) - many)

    def _total(self, query: Json) -> int:
        found = self._connection.search_all(self._index, [{"size": 0, "query": query}], self._preference)
        return int(found[0]["hits"]["total"]["value"])

    def _part(self, query: Json, sort: Sort, offset: int, limit: int) -> list[Json]:
        body = {
            "query": query,
            "sort": _ORDERS[sort],
            "track_scores": True,
            "_source": False,
            "docvalue_fields": ["number", "copies"],
        }
        if offset + limit <= _WINDOW:
            paged = {**body, "from": offset, "size": limit}
            hits: list[Json] = self._connection.search_all(self._index, [paged], self._preference)[0]["hits"]["hits"]
            return hits
        walked = self._connection.walk(self._index, body, _WINDOW, offset + limit)
        return [hit for place, hit in enumerate(walked) if place >= offset]


def _marked(query: Json, phrases: Sequence[Json]) -> Json:
    """The same matches with the same scores, and of each it is told whether it holds all phrases."""
    mark = {"bool": {"filter": list(phrases), "boost": 0.0, "_name": _FIRST_TIER}}
    return {"bool": {"must": [query], "should": [mark]}}


def _match(hit: Json, tier: int) -> Match:
    fields = hit["fields"]
    return Match(fields["number"][0], float(hit["_score"] or 0.0), tier, fields["copies"][0])
