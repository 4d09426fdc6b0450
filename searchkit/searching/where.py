"""Filters beside a query: exact values as a facet's click sends them, names as people type them, a period."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from searchkit.dates import is_date, span
from searchkit.errors import UsageError
from searchkit.query import Profile, Query, condition, date_filter, describe, filter_query, name_filter, nodes
from searchkit.schema import DATE_FACETS, Field, facet_names

__all__ = ["Filters", "Where"]

Exact = Mapping[str, Sequence[str | None]]


@dataclass(frozen=True, slots=True)
class Where:
    """What must hold beside the query.  Values of one field are alternatives; fields add up."""

    exact: Exact = field(default_factory=dict)
    """Facet -> whole values, never parsed; None stands for speeches without a value."""
    named: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Field -> words in a row within one name, as `speaker:"X Y"` has them."""
    since: str | None = None
    """First day, month or year, as `from:` has it."""
    until: str | None = None
    """Last day, month or year, as `to:` has it."""


_ALL = describe(nodes.Every())


@dataclass(frozen=True, slots=True)
class Filters:
    """The filters as an engine takes them."""

    queries: dict[str, Query]
    selected: dict[str, tuple[str | None, ...]]

    @classmethod
    def of(cls, where: Exact | Where | None, profile: Profile) -> Filters:
        """Which filters does `where` stand for in a corpus with `profile`?

        Raises UsageError for a field that cannot be filtered, QueryError for a name or a date that cannot be read.
        """
        if not where:
            return cls({}, {})
        if not isinstance(where, Where):
            where = Where(exact=where)
        queries: dict[str, Query] = {}
        for name, values in where.exact.items():
            if values:
                _both(queries, name, _exact(name, values, profile))
        for name, names in where.named.items():
            if names:
                _both(queries, name, name_filter(_field(name, profile), names, profile))
        period = date_filter(where.since, where.until)
        if period is not None:
            _both(queries, "date", period)
        return cls(queries, {name: tuple(values) for name, values in where.exact.items()})

    def added_to(self, understood: str) -> str:
        """How is a query that reads back as `understood` read back with the filters?"""
        if not self.queries:
            return understood
        conditions = ", ".join(condition(query) for query in self.queries.values())
        return f"speeches {conditions}" if understood == _ALL else f"{understood}, {conditions}"


def _both(queries: dict[str, Query], name: str, query: Query) -> None:
    queries[name] = nodes.And([queries[name], query]) if name in queries else query


def _field(name: str, profile: Profile) -> Field:
    for item in profile.fields:
        if item.name == name and item.facet:
            return item
    raise UsageError(f"{name!r} is no facet; there are {', '.join(facet_names(profile.fields))}")


def _exact(name: str, values: Sequence[str | None], profile: Profile) -> Query:
    if isinstance(values, str):
        raise UsageError(f"where: the values of {name!r} are a list: [{values!r}]")
    if name not in DATE_FACETS:
        return filter_query(_field(name, profile), values)
    buckets: list[Any] = [_dated(name, value) for value in values]
    return buckets[0] if len(buckets) == 1 else nodes.Or(buckets)


def _dated(name: str, value: str | None) -> Query:
    """The speeches in one bucket of the facet `year` or `month`."""
    if value is None:
        return nodes.NoValue("date")
    if not is_date(value) or len(value) > (4 if name == "year" else 7):
        raise UsageError(
            f"where: {value!r} is no {name}; a {name} looks like {'2024' if name == 'year' else '2024-06'}"
        )
    if name == "month" and len(value) == 4:
        return nodes.Term("date", value)  # dated by the year alone: a bucket of its own under that year
    return nodes.DateWithin(*span(value))
