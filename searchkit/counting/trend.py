"""How often over time, or by whom?  Counts by year, month or any facet, set against all words spoken there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np

from searchkit.counting.measures import per_million
from searchkit.counting.periods import filled_in, is_coarse
from searchkit.counting.question import Question
from searchkit.engines.arrays import Ints
from searchkit.engines.base import Engine
from searchkit.errors import UsageError
from searchkit.plain import Plain, Rows
from searchkit.schema import DATE_FACETS, facet_names

__all__ = ["Coverage", "Trend", "TrendOrder", "TrendValue", "trend"]

Coverage = Literal["none", "thin", "coarse"]
"""Why a low count may say nothing: no speech of that time is in the index; far fewer words than usual; only speeches
dated by the year alone."""

TrendOrder = Literal["count", "rate", "value"]
"""Of values that are no dates: most speeches first, most per million words first, by their letters."""

_THIN = 0.1
"""A period with less than this share of the median period's words is called thin: a month of recess, a first issue."""


@dataclass(frozen=True, slots=True)
class TrendValue(Plain):
    """One period or value; `value` is None for the speeches that have none."""

    value: str | None
    count: int
    """Speeches that answer."""
    occurrences: int
    words: int
    """All words of the speeches that could have answered (Trend.scope)."""
    per_million: float
    """occurrences * 1e6 / words."""
    speeches: int
    """Speeches that could have answered."""
    coverage: Coverage | None = None

    @property
    def share(self) -> float:
        """Which part of the speeches answers?"""
        return self.count / self.speeches if self.speeches else 0.0


@dataclass(frozen=True, slots=True)
class Trend(Rows):
    """How the answers to a query spread over the values of one facet, every value and none left out."""

    query: str
    understood: str
    by: str
    total: int
    """Speeches that answer.  The counts of a single-valued facet add up to it."""
    occurrences: int
    scope: str
    """Which speeches the rates are of, in words."""
    values: tuple[TrendValue, ...]

    @property
    def by_date(self) -> bool:
        """Are the values periods?"""
        return self.by in DATE_FACETS


def trend(question: Question, by: str, order: str) -> Trend:
    """How often do the words that `question` asks for stand in each year, month, or value of the facet `by`?

    Periods are in the order of time, without a gap from the first to the last of the scope; other values in `order`;
    the speeches without a value come last.  Raises UsageError for an unknown facet or order.
    """
    engine = question.engine
    known = facet_names(engine.profile.fields)
    if by not in known:
        raise UsageError(f"{by!r} is no facet; there are {', '.join(known)}")
    if order not in get_args(TrendOrder):
        raise UsageError(f"there is no order {order!r}; there are {', '.join(get_args(TrendOrder))}")
    answering = question.engine.matching(question.request)
    found = engine.occurrences(question.request)
    values = _counted(question, by, answering, np.bincount(found.speeches, minlength=len(engine.lengths())))
    dated = [value for value in values if value.value is not None]
    without = [value for value in values if value.value is None]
    if by in DATE_FACETS:
        dated = _with_gaps(dated, by)
    else:
        dated.sort(key=_ORDERS[order])
    return Trend(
        question.query,
        question.understood,
        by,
        len(answering),
        len(found),
        question.scope_in_words(),
        (*dated, *without),
    )


_ORDERS: dict[str, Callable[[TrendValue], tuple[object, ...]]] = {
    "count": lambda item: (-item.count, -item.occurrences, item.value),
    "rate": lambda item: (-item.per_million, -item.count, item.value),
    "value": lambda item: (item.value,),
}


def _counted(question: Question, by: str, answering: Ints, occurrences: Ints) -> list[TrendValue]:
    """Every value that a speech in the scope has."""
    engine = question.engine
    scope = _flags(engine, engine.matching(question.scope))
    matched = _flags(engine, answering)
    scope |= matched  # what answers by its phrase alone is in the scope whatever the query excludes
    words = engine.lengths() * scope
    column = engine.column(by)
    sums = [
        np.bincount(column.codes, weights=counted[column.speeches], minlength=len(column.values)).astype(np.int64)
        for counted in (matched, occurrences, words, scope)
    ]
    valueless = np.ones(len(engine.lengths()), bool)
    valueless[column.speeches] = False
    rest = [int(counted[valueless].sum(dtype=np.int64)) for counted in (matched, occurrences, words, scope)]
    rows = [*zip(column.values, *(row.tolist() for row in sums), strict=True), (None, *rest)]
    return [
        TrendValue(value, count, times, spoken, float(per_million(times, spoken)), speeches)
        for value, count, times, spoken, speeches in rows
        if speeches
    ]


def _flags(engine: Engine, numbers: Ints) -> Ints:
    flags = np.zeros(len(engine.lengths()), np.int64)
    flags[numbers] = 1
    return flags


def _with_gaps(values: list[TrendValue], by: str) -> list[TrendValue]:
    """The periods in order, those without a speech put in between, and each told where it covers little."""
    held = {item.value: item for item in values}
    usual = float(np.median([item.words for item in values])) if values else 0.0
    rows: list[TrendValue] = []
    for period in filled_in([value for value in held if value is not None], by):
        item = held.get(period)
        if item is None:
            coverage: Coverage = "coarse" if by == "month" and period[:4] in held else "none"
            rows.append(TrendValue(period, 0, 0, 0, 0.0, 0, coverage))
        elif item.words < _THIN * usual and not is_coarse(period, by):
            rows.append(TrendValue(*_fields(item), "thin"))
        else:
            rows.append(item)
    return rows


def _fields(item: TrendValue) -> tuple[str | None, int, int, int, float, int]:
    return item.value, item.count, item.occurrences, item.words, item.per_million, item.speeches
