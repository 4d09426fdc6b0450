"""What an answer must say beside its hits: dates too coarse for a filter, and why there is nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from searchkit.engines.base import Engine, Request
from searchkit.query import Clause, nodes
from searchkit.searching.emptied import conjuncts, counted, why_nothing

__all__ = ["remarks"]


def remarks(engine: Engine, request: Request, clauses: tuple[Clause, ...], total: int) -> tuple[str, ...]:
    """Which sentences must stand beside the answer to `request`, whose query is made of `clauses`?"""
    found = list(_coarse_dates(engine, request))
    if total == 0:
        found += why_nothing(engine, request, clauses)
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
    rest: list[Any] = [part for part in parts if not isinstance(part, nodes.DateWithin)] or [nodes.Every()]
    first = max((period.first for period in periods if period.first is not None), default=None)
    last = min((period.last for period in periods if period.last is not None), default=None)
    undated = nodes.NoValue("date")
    excluded = [undated, *periods] if len(periods) == 1 else [undated, nodes.And(periods)]
    if first is not None:
        excluded.append(nodes.DateWithin(None, first - 1))
    if last is not None:
        excluded.append(nodes.DateWithin(last + 1, None))
    maybe = engine.search(Request(nodes.And([*rest, *map(nodes.Not, excluded)]), facets=("month",), limit=0))
    if maybe.total:
        dates = ", ".join(value.label for value in maybe.facets["month"].values[:3])
        more = " ..." if len(maybe.facets["month"].values) > 3 else ""
        yield f"{maybe.total:,} more may fall in (dated only {dates}{more})"
    without = counted(engine, nodes.And([*rest, undated]))
    if without:
        yield f"{without:,} undated"
