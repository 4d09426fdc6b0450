"""Dates whose precision is kept: a day, a month or a year, as ISO text ("2024-06-15", "2024-06", "2024").

ISO text sorts, compares and prints as it stands, so a date travels as a plain `str`; this module says which
days it covers. It reads ISO alone: what people write is read by `extraction` (pages) and `query` (filters).
"""

from __future__ import annotations

import calendar
import datetime
import re

__all__ = ["DaySpan", "is_date", "span", "written"]

_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?\Z")

DaySpan = tuple[int, int]
"""First and last day of a period, both included, as proleptic Gregorian ordinals."""


def is_date(text: str) -> bool:
    """Is `text` a date in one of the three ISO precisions, and one that the calendar knows?"""
    try:
        span(text)
    except ValueError:
        return False
    return True


def span(text: str) -> DaySpan:
    """Which days does the date `text` cover?  `span("2024-06")` covers 1 to 30 June 2024.

    Raises ValueError for any text that is not an ISO date of the calendar.
    """
    match = _ISO.match(text)
    if match is None:
        raise ValueError(f"not an ISO date: {text!r}")
    year, month, day = (int(part) if part else None for part in match.groups())
    assert year is not None
    if month is None:
        first, last = datetime.date(year, 1, 1), datetime.date(year, 12, 31)
    elif day is None:
        first = datetime.date(year, month, 1)
        last = first.replace(day=calendar.monthrange(year, month)[1])
    else:
        first = last = datetime.date(year, month, day)
    return first.toordinal(), last.toordinal()


def written(days: DaySpan) -> str:
    """Which date covers just these days?  The reverse of `span`."""
    first, last = days
    text = datetime.date.fromordinal(first).isoformat()
    return text if first == last else text[:7] if last - first < 31 else text[:4]
