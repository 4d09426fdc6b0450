"""Datelines: "BAKU, June 15, 2024 (Northwire) —" at the head of a report, "Shusha, 4 November 2023" above a speech."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from searchkit.dates import span
from searchkit.extraction.dating import date_in_text, day_and_month_in
from searchkit.extraction.gazetteer import CITIES
from searchkit.extraction.people import UPPER

__all__ = ["Dateline", "dateline_of"]

_WORD = rf"{UPPER}[\w’'.-]*"
_PLACE = rf"(?P<place>{_WORD}(?:[ -]{_WORD}){{0,3}})"
_REGION = rf"(?:,\s{_WORD}(?:\s{_WORD})?)?"
_DAY = r"(?P<day>[^\W\d_]{3,12}\.?\s\d{1,2}(?:,?\s\d{4})?|\d{1,2}\.?\s[^\W\d_]{3,12}(?:\s\d{4})?)"
_SOURCE = r"(?:\s?[(/](?P<source>[^()/\n]{2,40})[)/])"
_HEAD = re.compile(
    # GENEVA, March 3 (Northwire) - The …
    rf"{_PLACE}{_REGION}(?:,\s{_DAY})?(?:[,.]?{_SOURCE})?\.?\s?(?P<dash>[-–—]{{1,2}})\s"
    # MOSCOW, March 5. /TASS/. The …
    rf"|(?P<place_2>{_WORD}(?:[ -]{_WORD}){{0,3}}){_REGION},\s(?P<day_2>[^\n.(/]{{4,20}})[,.]?\s?"
    r"/(?P<source_2>[^/\n]{2,40})/\.\s"
)
_LINE = re.compile(rf"{_PLACE}{_REGION},\s{_DAY}(?:,\s(?P<source>[\w.]{{2,30}}))?\.?\Z")
"""A line of its own: Baku, June 15, AZERTAC."""
_MOST_DAYS_BEFORE = 31
"""A dateline without its year is of the month before publication."""


@dataclass(frozen=True, slots=True)
class Dateline:
    """What a dateline says."""

    place: str
    date: str | None
    source: str | None = None


def dateline_of(paragraph: str, published: str | None = None) -> Dateline | None:
    """Which dateline opens `paragraph`, or is it?  A day without its year takes that of `published`, an ISO date."""
    line = _LINE.match(paragraph)
    if line:
        date = _date(line["day"], published)
        return Dateline(_cased(line["place"]), date, line["source"]) if date or _is_town(line["place"]) else None
    head = _HEAD.match(paragraph)
    if head is None:
        return None
    place, day = head["place"] or head["place_2"], head["day"] or head["day_2"]
    source = head["source"] or head["source_2"]
    # "Shusha — a town of poets" opens no report; PORT ELIN — does, and so does a place with its day or its source.
    if not (place.isupper() or day or source or _is_town(place)) or (head["dash"] and not head["dash"].strip()):
        return None
    return Dateline(_cased(place), _date(day, published) if day else None, source)


def _date(day: str, published: str | None) -> str | None:
    whole = date_in_text(day)
    if whole and len(whole) == len("2024-06-15"):
        return whole
    found = day_and_month_in(day)
    if found is None or published is None or len(published) != len("2024-06-15"):
        return None
    month, number = found
    last = datetime.date.fromisoformat(published)
    for year in (last.year, last.year - 1):
        date = f"{year}-{month:02}-{number:02}"
        try:
            days = last.toordinal() - span(date)[0]
        except ValueError:
            continue
        if -1 <= days <= _MOST_DAYS_BEFORE:
            return date
    return None


def _is_town(place: str) -> bool:
    return place.casefold() in CITIES


def _cased(place: str) -> str:
    return place.title() if place.isupper() and len(place) > 2 else place
