"""From counts to a Facet: one order, one cut, one bucket for speeches without a value, in every engine."""

from __future__ import annotations

from collections.abc import Iterable

from searchkit.models import Facet, FacetValue
from searchkit.schema import DATE_FACETS

__all__ = ["NO_VALUE", "facet", "own_filters"]

NO_VALUE = "(none)"
"""How the bucket of speeches without a value is labelled."""


def own_filters(name: str) -> frozenset[str]:
    """Which filters does the facet `name` ignore, so that it shows what else could be chosen?  Dates are one field."""
    return frozenset((*DATE_FACETS, "date")) if name in DATE_FACETS else frozenset((name,))


def facet(counts: Iterable[tuple[str, int]], without: int, selected: tuple[str | None, ...], limit: int) -> Facet:
    """Which values does a field have, most frequent first, with `without` speeches that have none?

    A selected value is shown whatever its count and place; of the others `limit` at most.  Equal counts are in the
    order of the values, the bucket without a value comes last among its equals.
    """
    held = {value: count for value, count in counts if count}
    rows = [*held.items(), *((value, 0) for value in selected if value is not None and value not in held)]
    rows.sort(key=lambda row: (-row[1], row[0]))
    listed = [FacetValue(value, value, count, value in selected) for value, count in rows]
    if without or None in selected:
        bucket = FacetValue(None, NO_VALUE, without, None in selected)
        place = next((index for index, item in enumerate(listed) if item.count < without), len(listed))
        listed.insert(place, bucket)
    shown = [item for index, item in enumerate(listed) if index < limit or item.selected]
    return Facet(tuple(shown), truncated=len(shown) < len(listed))
