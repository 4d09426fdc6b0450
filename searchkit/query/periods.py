"""Periods as people type them: 2024, 2024-06, 2008..2010, [2005 to 2009], yesterday, "15 June 2024".

In goes a piece of the query, out come first and last day as ordinals (None: open).  Nothing is guessed: a date with
two readings is an error that names both.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from searchkit.dates import DaySpan, is_date, span
from searchkit.errors import QueryError
from searchkit.query.pieces import Piece

__all__ = ["DAY_WORDS", "Period", "looks_like_range", "period_words", "read_period", "read_point"]

DAY_WORDS = {"today": 0, "yesterday": 1}
"""Days named from where we stand -> how many days ago."""

_FORMS = "2024, 2024-06, 2024-06-15, 2008..2010, [2005 to 2009], yesterday"
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH_NAME = r"(?P<name>[a-z]{3,9})\.?"
_WRITTEN = tuple(
    re.compile(rf"{pattern}(?:,\s*|\s+)(?P<year>[0-9]{{4}})\Z", re.IGNORECASE)
    for pattern in (
        rf"(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH_NAME}",  # 15 June 2024, 15th of June, 2024
        rf"{_MONTH_NAME}\s+(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?",  # June 15, 2024
        rf"{_MONTH_NAME}(?P<day>)",  # June 2024
    )
)
_FULL_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december", "sept"),
)
_NUMERIC = re.compile(r"(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{1,2})(?:-(?P<day>[0-9]{1,2}))?)?\Z")
_COMPACT = re.compile(r"(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})\Z")
_TWO_READINGS = re.compile(r"([0-9]{1,2})[./-]([0-9]{1,2})[./-]([0-9]{4})\Z")  # 03/04/2024
_RANGE = re.compile(r"(?<!\.)\.\.(?!\.)")
_BRACKETS = re.compile(r"\[(.*)\]\Z", re.DOTALL)
_TO = re.compile(r"\s+to\s+", re.IGNORECASE)
_RANGE_LIKE = re.compile(r"[0-9][0-9-]*\.\.(?!\.)|\.\.[0-9]")


@dataclass(frozen=True, slots=True)
class Period:
    """First and last day, both included, as ordinals; None leaves an end open."""

    first: int | None
    last: int | None


def looks_like_range(text: str) -> bool:
    """Is the bare word `text` meant as a range of dates?  2008..2010, 2008.., ..2010-06; not 2008...."""
    return _RANGE_LIKE.match(text) is not None


def read_period(piece: Piece, today: datetime.date) -> Period:
    """Which days does the value of `date:` name?  Raises QueryError where it names none, or runs backwards."""
    brackets = _BRACKETS.match(piece.text)
    inside = piece.cut(*brackets.span(1)) if brackets else piece
    separator = _RANGE.search(inside.text) or (_TO.search(inside.text) if brackets else None)
    if separator is None:
        if brackets:
            raise piece.error(f"brackets hold two dates, [2005 to 2009], not {inside.shown!r}")
        return Period(*read_point(piece, today))
    left = _stripped(inside.cut(0, separator.start()))
    right = _stripped(inside.cut(separator.end(), len(inside.text)))
    if not left.text and not right.text:
        raise piece.error(f"the range {piece.shown!r} has no date: write 2008..2010, 2008.. or ..2010")
    first = read_point(left, today)[0] if left.text else None
    last = read_point(right, today)[1] if right.text else None
    if first is not None and last is not None and first > last:
        raise piece.error(
            f"the range {piece.shown!r} runs backwards: {left.shown} is after {right.shown}",
            f"{right.text}..{left.text}",
        )
    return Period(first, last)


def read_point(piece: Piece, today: datetime.date) -> DaySpan:
    """Which days does one date cover, a day, a month or a year?  Raises QueryError where there is no such date."""
    text = " ".join(piece.text.split())
    if text.lower() in DAY_WORDS:
        day = today.toordinal() - DAY_WORDS[text.lower()]
        return day, day
    iso = _iso(text)
    if iso is None:
        raise _not_a_date(piece, text)
    try:
        return span(iso)
    except ValueError:
        raise piece.error(f"there is no such date as {piece.shown!r}") from None


def period_words(first: int | None, last: int | None) -> str:
    """How is the period said?  "from 2024", "from 2008 to the end of 2010", "from 2024-06-15 on"."""
    if last is None:
        return "from any day" if first is None else f"from {_coarsest(first, starts=True)} on"
    end = _coarsest(last, starts=False)
    until = end if len(end) == 10 else f"the end of {end}"
    if first is None:
        return f"up to {until}"
    for length in (4, 7, 10):
        one = datetime.date.fromordinal(first).isoformat()[:length]
        if span(one) == (first, last):
            return f"from {one}"
    return f"from {_coarsest(first, starts=True)} to {until}"


def _coarsest(day: int, *, starts: bool) -> str:
    """The year, else the month, else the day that starts (or ends) on `day`."""
    iso = datetime.date.fromordinal(day).isoformat()
    return next(iso[:length] for length in (4, 7, 10) if span(iso[:length])[0 if starts else 1] == day)


def _stripped(piece: Piece) -> Piece:
    text = piece.text
    start = len(text) - len(text.lstrip())
    return piece.cut(start, max(start, len(text.rstrip())))


def _iso(text: str) -> str | None:
    """The date in ISO form, possible or not; None if it is in no form we read."""
    numeric = _NUMERIC.match(text) or _COMPACT.match(text)
    if numeric is not None:
        parts = (numeric["year"], numeric["month"], numeric["day"])
        return "-".join(part.zfill(2) for part in parts if part is not None)
    for pattern in _WRITTEN:
        written = pattern.match(text)
        if written is not None:
            month = _month_number(written["name"].lower())
            if month is not None:
                day = f"-{written['day'].zfill(2)}" if written["day"] else ""
                return f"{written['year']}-{month:02}{day}"
    return None


def _month_number(name: str) -> int | None:
    if name in _MONTHS or name in _FULL_MONTHS:
        return _MONTHS.index(name[:3]) + 1
    return None


def _not_a_date(piece: Piece, text: str) -> QueryError:
    two = _TWO_READINGS.match(text)
    if two is not None:
        first, second, year = two.groups()
        readings = (f"{year}-{second.zfill(2)}-{first.zfill(2)}", f"{year}-{first.zfill(2)}-{second.zfill(2)}")
        possible = tuple(dict.fromkeys(iso for iso in readings if is_date(iso)))
        return piece.error(f"the order of day and month in {piece.shown!r} is not clear: write 2024-06-15", *possible)
    return piece.error(f"{piece.shown!r} is not a date: dates are {_FORMS}")
