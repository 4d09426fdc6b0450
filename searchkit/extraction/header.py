"""The lines above a speech or a transcript: who, where, when.

    Remarks                                 Speaker: Deputy Minister Ada Okafor
    Helen Marsh, Secretary of State         Venue: Congress Hall, Port Elin
    Port Elin, Norland                      Delivered on: 12 May 2023
    May 12, 2023

Only short lines that are no sentences are read, and only those at the head.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from searchkit.analysis import fold
from searchkit.extraction.datelines import dateline_of
from searchkit.extraction.dating import date_in_text
from searchkit.extraction.labels import person_of_label
from searchkit.extraction.occasion import BUILDINGS, PLACE
from searchkit.extraction.people import NAME, OFFICE, OFFICE_AND_NAME, Person

__all__ = ["Header", "header_of"]

_MOST_LINES = 10
_LONGEST_LINE = 120
_DAY_LENGTH = len("2024-06-15")
_KEYED = re.compile(
    r"(?P<key>speaker|by|venue|place|location|where|date|when|delivered on|delivered|date of speech)\s*:"
    r"\s*(?P<value>.+)",
    re.IGNORECASE,
)
_NAME_AND_OFFICE = re.compile(rf"(?P<name>{NAME}),\s(?:the\s)?(?P<office>{OFFICE}\b[^\n,;]{{0,60}})\Z")
_TWO_PLACES = re.compile(rf"(?P<place>{PLACE}),\s(?:{PLACE})\Z")
_BODIES = frozenset(("parliament", "club", "house", "school"))
"""These words end the names of institutions as often as of buildings; in a line of their own they settle nothing."""
_CLOCK = re.compile(r"\d{1,2}[:.]\d{2}\s*(?:[ap]\.?m\.?)?(?:\s[A-Z]{2,4})?\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Header:
    """What the lines above a text say; None and () where they say nothing."""

    person: Person | None = None
    venue: tuple[str, ...] = ()
    date: str | None = None


def header_of(text: str, language: str | None = None) -> Header:
    """What do the lines at the head of `text` say?"""
    header = Header()
    lines = _lines(text)
    for number, line in enumerate(lines):
        keyed = _KEYED.match(line)
        if keyed:
            header = _with_key(header, keyed["key"].lower(), keyed["value"].strip(), language)
            continue
        date = date_in_text(line, language)
        is_day = date is not None and len(date) == _DAY_LENGTH
        dateline = dateline_of(line)
        if dateline:
            header = replace(header, venue=header.venue or (dateline.place,), date=header.date or dateline.date)
        elif is_day:
            header = replace(header, date=header.date or date)
        else:
            near_day = any(date_in_text(near, language) for near in lines[max(0, number - 1) : number + 2])
            header = _with_line(header, line, near_day=near_day)
    return header


def _lines(text: str) -> list[str]:
    """The short lines above the first sentence."""
    found: list[str] = []
    for line in text[: _MOST_LINES * _LONGEST_LINE].split("\n"):
        stripped = line.strip()
        if not stripped:
            continue
        if len(stripped) > _LONGEST_LINE or (stripped[-1] in ".!?…,;" and not _KEYED.match(stripped)):
            break
        found.append(stripped)
    return found[:_MOST_LINES]


def _with_key(header: Header, key: str, value: str, language: str | None) -> Header:
    if key in ("speaker", "by"):
        person = person_of_label(value)
        named = _NAME_AND_OFFICE.match(value)
        person = Person(named["name"], named["office"]) if named else person
        return replace(header, person=header.person or person) if person.name and " " in person.name else header
    if key in ("date", "when", "delivered on", "delivered", "date of speech"):
        return replace(header, date=date_in_text(value, language) or header.date)
    places = [part.strip(" .") for part in value.split(",")]
    return replace(header, venue=tuple(dict.fromkeys(part for part in places if part)))


def _with_line(header: Header, line: str, *, near_day: bool) -> Header:
    named = _NAME_AND_OFFICE.match(line)
    if named:
        return replace(header, person=header.person or Person(named["name"], named["office"]))
    with_office = re.fullmatch(OFFICE_AND_NAME, line)
    if with_office and " " in with_office["name"]:
        return replace(header, person=header.person or Person(with_office["name"], with_office["office"]))
    words = fold(line).split()
    # TENTH PARLIAMENT is a heading, and no house.
    if words[-1] in BUILDINGS - _BODIES and line[0].isupper() and not line.isupper() and re.fullmatch(PLACE, line):
        return replace(header, venue=(*header.venue, line))
    two = _TWO_PLACES.match(line)
    if two and near_day and not _CLOCK.match(line):
        return replace(header, venue=(*header.venue, two["place"]))
    return header
