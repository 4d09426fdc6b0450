"""Which years or months lie between the first and the last of a corpus?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

__all__ = ["filled_in", "is_coarse"]


def is_coarse(period: str, by: str) -> bool:
    """Is `period` the bucket of speeches dated by the year alone, among months?"""
    return by == "month" and len(period) == 4


def filled_in(periods: Iterable[str], by: str) -> list[str]:
    """Which periods of the facet `by` (year or month) run from the first to the last of `periods`, in order?

    A bare year among months stands before its months, and makes none of them.
    """
    known = set(periods)
    exact = {period for period in known if not is_coarse(period, by)}
    if exact:
        known.update(_between(min(exact), max(exact), by))
    return sorted(known)


def _between(first: str, last: str, by: str) -> Iterator[str]:
    if by == "year":
        yield from (f"{year:04}" for year in range(int(first), int(last) + 1))
        return
    month, end = _month_number(first), _month_number(last)
    yield from (f"{number // 12:04}-{number % 12 + 1:02}" for number in range(month, end + 1))


def _month_number(month: str) -> int:
    return int(month[:4]) * 12 + int(month[5:7]) - 1
