"""Dates as pages write them -> ISO text of the precision they have.  A missing part is never guessed."""

from __future__ import annotations

import datetime
import re

from searchkit.analysis import fold
from searchkit.dates import is_date

__all__ = ["date_in_text", "day_and_month_in", "read_date"]

_MONTHS = {
    # language -> January to December, folded, as they stand beside a day
    "en": "january february march april may june july august september october november december",
    "az": "yanvar fevral mart aprel may iyun iyul avqust sentyabr oktyabr noyabr dekabr",
    "tr": "ocak subat mart nisan mayis haziran temmuz agustos eylul ekim kasim aralik",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "fr": "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre",
    "de": "januar februar marz april mai juni juli august september oktober november dezember",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
}
_NUMBER_OF = {name: number for names in _MONTHS.values() for number, name in enumerate(names.split(), 1)}
_NUMBER_OF.update({name[:3]: number for number, name in enumerate(_MONTHS["en"].split(), 1)})
_NUMBER_OF["sept"] = 9

_WORD = r"[^\W\d_]{3,12}"
_ISO = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?(?![\d-])")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})\Z")
_NUMERIC = re.compile(r"(?<![\d./])(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?![\d/])")
_DAY_MONTH = re.compile(
    rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th|er|\.|º)?(?:\s+of|\s+de)?\s+({_WORD})\.?,?(?:\s+de)?\s+(\d{{4}})(?!\d)"
)
_MONTH_DAY = re.compile(rf"\b({_WORD})\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})(?!\d)")
_MONTH_YEAR = re.compile(rf"(?<![\d.] )(?<!(?:st|nd|rd|th|of|de) )\b({_WORD})\s+(\d{{4}})(?!\d)")
_YEAR = re.compile(r"\d{4}\Z")

_SAME_PLACE = 8
"""Code points between the starts of two readings of one date: "15th of June 2024"."""

_MONTH_FIRST = ("en-us",)
"""Languages of pages that write 06/15/2024; all others, as far as a page says one, put the day first."""


def read_date(text: str, language: str | None = None) -> str | None:
    """Which date is `text`, as a page declares it (a meta value, a JSON-LD field, a cell)?

    `language` is the page's language tag, for dates such as 04/05/2024; without one, or with one that does not settle
    it, they are kept at the year.  None for what is no date of the calendar.
    """
    text = text.strip()
    if _YEAR.match(text):
        return _iso(int(text))
    compact = _COMPACT.match(text)
    if compact:
        return _iso(*map(int, compact.groups()))
    return date_in_text(text, language) or _by_dateutil(text)


def date_in_text(text: str, language: str | None = None) -> str | None:
    """Which date stands first in `text`?  None if there is none."""
    found: list[tuple[int, str]] = []
    for pattern, read in _PATTERNS:
        for match in pattern.finditer(text):
            date = read(match, language)
            if date is not None:
                found.append((match.start(), date))
                break
    if not found:
        return None
    first = min(start for start, _ in found)
    # Of the readings of one place the most precise wins: "15 June 2024" is no "June 2024".
    return max((date for start, date in found if start - first <= _SAME_PLACE), key=len)


def _iso(year: int, month: int | None = None, day: int | None = None) -> str | None:
    text = f"{year:04}" + (f"-{month:02}" if month else "") + (f"-{day:02}" if month and day else "")
    return text if 1000 <= year <= 2200 and is_date(text) else None


def _month(word: str) -> int | None:
    return _NUMBER_OF.get(fold(word))


def _read_iso(match: re.Match[str], _language: str | None) -> str | None:
    year, month, day = match.groups()
    return _iso(int(year), int(month), int(day) if day else None)


def _read_numeric(match: re.Match[str], language: str | None) -> str | None:
    first, sign, second, year = int(match[1]), match[2], int(match[3]), int(match[4])
    if sign == "." or second > 12:
        day, month = (first, second) if second <= 12 else (second, first)
    elif first > 12 or first == second:
        day, month = first, second
    elif language and language.lower().startswith(_MONTH_FIRST):
        day, month = second, first
    elif language and language.lower() != "en":
        day, month = first, second
    else:
        return _iso(year)
    return _iso(year, month, day)


def _read_day_month(match: re.Match[str], _language: str | None) -> str | None:
    month = _month(match[2])
    return _iso(int(match[3]), month, int(match[1])) if month else None


def _read_month_day(match: re.Match[str], _language: str | None) -> str | None:
    month = _month(match[1])
    return _iso(int(match[3]), month, int(match[2])) if month else None


def _read_month_year(match: re.Match[str], _language: str | None) -> str | None:
    month = _month(match[1])
    return _iso(int(match[2]), month) if month else None


def day_and_month_in(text: str) -> tuple[int, int] | None:
    """Which month and day does `text` name, be it without a year: June 15, 15 June?"""
    found = re.match(rf"\s*({_WORD})\.?\s+(\d{{1,2}})(?!\d)", text)
    if found and _month(found[1]):
        return _month(found[1]) or 0, int(found[2])
    found = re.match(rf"\s*(\d{{1,2}})\.?\s+({_WORD})", text)
    return (_month(found[2]) or 0, int(found[1])) if found and _month(found[2]) else None


_PATTERNS = (
    (_ISO, _read_iso),  # 2024-06-15, 2024-06
    (_NUMERIC, _read_numeric),  # 15.06.2024, 06/15/2024
    (_DAY_MONTH, _read_day_month),  # 15 June 2024, 15 de junio de 2024, 15 iyun 2024
    (_MONTH_DAY, _read_month_day),  # June 15, 2024
    (_MONTH_YEAR, _read_month_year),  # June 2024
)


def _by_dateutil(text: str) -> str | None:
    """Whatever else python-dateutil reads, as far as two readings with other defaults agree: the rest is guessed."""
    if not re.search(r"\d{4}", text) or len(text) > 60:
        return None
    from dateutil import parser

    readings = []
    for default in (datetime.datetime(2000, 1, 1), datetime.datetime(2004, 12, 31)):
        try:
            readings.append(parser.parse(text, default=default))
        except (ValueError, OverflowError, TypeError):
            return None
    one, other = readings
    if one.year != other.year:
        return None
    month = one.month if one.month == other.month else None
    return _iso(one.year, month, one.day if one.day == other.day else None)
