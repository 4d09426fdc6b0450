"""What an answer must say beside its hits: dates too coarse for a filter, and why there is nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from searchkit import searching
from searchkit.dates import written
from searchkit.engines.base import Engine, Request
from searchkit.query import Clause, conjuncts, nodes

__all__ = ["remarks"]

_MOST_DATES = 3


def remarks(engine: Engine, request: Request, clauses: tuple[Clause, ...], total: int) -> tuple[str, ...]:
    """Which sentences must stand beside the answer to `request`, whose query is made of `clauses`?"""
    found = list(_coarse_dates(engine, request))
    if total == 0:
        found += searching.why_nothing(engine, request, clauses)
    return tuple(found)


def _coarse_dates(engine: Engine, request: Request) -> Iterator[str]:
    """How many speeches may fall into the period asked for, but are dated too coarsely, or not at all?"""
    parts = [
        *conjuncts(request.query),
        *(part for query in request.filters.values() for part in conjuncts(query)),
    ]
    periods = [part for part in parts if isinstance(part, nodes.DateWithin)]
    if not periods:
        return
    dates = engine.dates()
    if not len(dates.coarse) and not len(dates.undated):
        return
    rest: list[Any] = [part for part in parts if not isinstance(part, nodes.DateWithin)] or [nodes.Every()]
    first = max((period.first for period in periods if period.first is not None), default=None)
    last = min((period.last for period in periods if period.last is not None), default=None)
    others = engine.matching(Request(nodes.And(rest)))
    maybe = dates.in_doubt(others, first, last)
    if len(maybe):
        doubtful = dates.periods(maybe)
        shown = ", ".join(written(period) for period in doubtful[:_MOST_DATES])
        more = " ..." if len(doubtful) > _MOST_DATES else ""
        yield f"{len(maybe):,} more may fall in (dated only {shown}{more})"
    without = len(dates.without(others))
    if without:
        yield f"{without:,} undated"
