"""How do matches spread over the values of a field?  Composite aggregations, asked for until their end: exact."""

from __future__ import annotations

from typing import Any

from searchkit.engines.base import Unit
from searchkit.engines.cluster.connection import Json
from searchkit.engines.facets import facet
from searchkit.models import Facet
from searchkit.schema import DATE_FACETS, exact_name

__all__ = ["Spread", "field_of"]

_PAGE = 10_000
"""Buckets of one answer; a cluster gives 65,535 at most."""
_UNITS = {"pages": "page_number", "originals": "original"}


def field_of(facet_name: str) -> str:
    """In which field of the cluster stand the exact values of a facet?"""
    return f"f.{facet_name if facet_name in DATE_FACETS else exact_name(facet_name)}"


class Spread:
    """Counts the values of one field over the matches of a query, answer by answer until there is no more."""

    def __init__(self, query: Json, field: str, unit: Unit = "speeches") -> None:
        self._query = query
        self._unit = _UNITS.get(unit)
        self._summed: Json = {"aggs": {"words": {"sum": {"field": "length"}}}} if unit == "words" else {}
        self._sources: list[Json] = [{"value": {"terms": {"field": field, "missing_bucket": True}}}]
        if self._unit:
            self._sources.append({"unit": {"terms": {"field": self._unit}}})
        self._after: Any = None
        self.counts: dict[str | None, int] = {}
        """Value, None for those without one -> matches, or units of matches."""

    def body(self) -> Json:
        """What is to be asked next?"""
        composite = {"size": _PAGE, "sources": self._sources, **({"after": self._after} if self._after else {})}
        return {"size": 0, "query": self._query, "aggs": {"spread": {"composite": composite, **self._summed}}}

    def take(self, answer: Json) -> bool:
        """Take in an answer; is there more to be asked?"""
        spread = answer["aggregations"]["spread"]
        for bucket in spread["buckets"]:
            value = bucket["key"]["value"]
            self.counts[value] = self.counts.get(value, 0) + self._counted(bucket)
        self._after = spread.get("after_key")
        return len(spread["buckets"]) == _PAGE and self._after is not None

    def _counted(self, bucket: Json) -> int:
        if self._unit:
            return 1
        return int(bucket["words"]["value"] if self._summed else bucket["doc_count"])

    def facet(self, selected: tuple[str | None, ...], limit: int) -> Facet:
        """How do the matches spread, once all is taken in?"""
        held = ((value, count) for value, count in self.counts.items() if value is not None)
        return facet(held, self.counts.get(None, 0), selected, limit)
