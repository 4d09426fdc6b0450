"""How do the answers spread over time?  The years, and the months within each, in their order."""

from __future__ import annotations

from dataclasses import replace

from searchkit.engines.base import Engine, Request
from searchkit.models import Facet, FacetValue

__all__ = ["calendar"]

_EVERY_VALUE = 1 << 30
_YEAR_ALONE = len("2024")


def calendar(engine: Engine, request: Request) -> Facet:
    """Which years, and which months of each, have how many of the matches of `request`?

    All of them, in the order of time, and last those without a date.  What is dated by its year alone is the last part
    of its year, so that the parts add up to it.
    """
    asked = replace(request, facets=("year", "month"), facet_limit=_EVERY_VALUE, limit=0, offset=0)
    facets = engine.search(asked).facets
    within: dict[str, list[FacetValue]] = {}
    for month in facets["month"].values:
        if month.value is not None:
            coarse = len(month.value) == _YEAR_ALONE
            within.setdefault(month.value[:_YEAR_ALONE], []).append(
                replace(month, label=f"{month.value}, no month") if coarse else month
            )
    years = [
        replace(year, months=tuple(sorted(within.get(year.value or "", ()), key=_in_time)))
        for year in facets["year"].values
    ]
    return Facet(tuple(sorted(years, key=_in_time)))


def _in_time(value: FacetValue) -> tuple[bool, bool, str]:
    """Years and months alike: what has no date, and among months what has none, comes last."""
    return value.value is None, len(value.value or "") == _YEAR_ALONE, value.value or ""
