"""The occasion of a speech: where it was given (venue) and what it was given at (event), as the text says."""

from __future__ import annotations

import re
from collections.abc import Iterable

from searchkit.analysis import fold
from searchkit.extraction.people import UPPER

__all__ = ["BUILDINGS", "PLACE", "event_in", "venue_of_title", "venues_in"]

_WORD = rf"(?:{UPPER}[\w’'.-]*\w|{UPPER}|\d+(?:st|nd|rd|th))"
PLACE = rf"{_WORD}(?:\s(?:(?:of|de|du|del|al|and)\s(?:the\s)?)?{_WORD}){{0,6}}"

_HAPPENS = (
    "held", "hosted", "taking place", "took place", "takes place", "taken place", "convened", "gathered", "organized",
    "organised", "opened", "inaugurated", "delivered", "speaking", "spoke", "speech", "address", "remarks", "briefing",
    "conference", "summit", "forum", "meeting", "reporters", "rally", "lecture", "statement", "debate", "hearing",
    "ceremony", "town hall", "talks", "visit", "opening", "gathering", "dinner", "reception", "congress", "workshop",
)  # fmt: skip
"""Words behind which "in" or "at" names where something happens: "held in Shusha", "told reporters in Geneva"."""

_WHERE = re.compile(
    rf"\b(?:{'|'.join(_HAPPENS)})\b(?:\s(?:today|yesterday|earlier|here|on\s\w+(?:\s\d{{1,2}}(?:,?\s\d{{4}})?)?))?,?\s"
    rf"(?P<preposition>in|at)\s(?:the\s)?(?:(?:capital\s)?city\sof\s|capital\s|town\sof\s)?(?P<place>{PLACE})"
    rf"(?:(?:,\s|\sin\s(?:the\scity\sof\s)?)(?P<city>{_WORD}(?:\s{_WORD}){{0,3}}))?"
)
_AT_BUILDING = re.compile(
    rf"\b(?:(?:{'|'.join(_HAPPENS)})\b[^.\n]{{0,60}}?\s(?:at|in)|opening\s(?:ceremony\s)?of)\s(?:the\s)?(?P<place>{PLACE})"
    rf"(?:(?:,\s|\sin\s(?:the\scity\sof\s)?)(?P<city>{_WORD}(?:\s{_WORD}){{0,3}}))?"
)
"""An address on the river at the Delta Institute in Port Elin: between the two, what it is about."""
_ENDS_TITLE = re.compile(
    rf",\s(?P<place>{PLACE}),\s(?:\d{{1,2}}\.?\s[^\W\d_]{{3,12}}\s\d{{4}}|[^\W\d_]{{3,12}}\s\d{{1,2}},?\s\d{{4}})\Z"
)
"""…'s speech at the Council, Lodz, 1 December 2022."""

BUILDINGS = frozenset(
    """
    center centre hall palace university academy house hotel office embassy square library museum theatre theater
    institute school college church cathedral mosque temple stadium arena airport harbour harbor port station building
    complex residence castle tower room headquarters chamber capitol parliament club park hospital cemetery memorial
    base camp plant factory pavilion garden
    """.split()
)
"""Words of a place that something is held at: "at the Congress Center"; "at the General Assembly" is an event."""
_NO_PLACES = frozenset(
    """
    january february march april may june july august september october november december monday tuesday wednesday
    thursday friday saturday sunday english french german russian spanish arabic turkish azerbaijani chinese
    """.split()
)

_EVENTS = (
    "conference", "forum", "summit", "meeting", "congress", "assembly", "seminar", "symposium", "session", "convention",
    "festival", "workshop", "ceremony", "roundtable", "round table", "panel", "debate", "colloquium", "exhibition",
)  # fmt: skip
_NAMED_BY_CAPITALS = (
    "Conference", "Forum", "Summit", "Seminar", "Symposium", "Convention", "Festival", "Workshop", "Colloquium",
)  # fmt: skip
"""Not Assembly, Congress or Session: "members of the General Assembly" are greeted wherever they are."""
_NAMED = (
    r"(?:,?\s(?:themed|titled|entitled|called|named|dubbed|dedicated\sto|devoted\sto|under\sthe\s(?:theme|motto|slogan|"
    r"title)(?:\sof)?|on\sthe\s(?:theme|topic|subject)(?:\sof)?|on))?,?"
)
_QUOTED_EVENT = re.compile(
    rf"\b(?:{'|'.join(_EVENTS)})s?{_NAMED}\s(?:\"(?P<straight>[^\"\n]{{3,250}})\"|“(?P<curly>[^“”\n]{{3,250}})”"
    r"|«(?P<angled>[^«»\n]{3,250})»|„(?P<low>[^„“”\n]{3,250})[“”])",
    re.IGNORECASE,
)
_CAPITAL_EVENT = re.compile(
    rf"\b(?:at|to|of|addressing|addressed|opening|during|attending|attended)\s(?:the\s)?"
    rf"(?P<event>(?:{_WORD}\s(?:(?:on|for|of|and)\s(?:the\s)?)?){{1,6}}(?:{'|'.join(_NAMED_BY_CAPITALS)})"
    rf"(?:\son\s(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|[JFMASOND]\w+\s\d){_WORD}(?:\s(?:and\s)?{_WORD}){{0,4}})?)\b(?!\s(?:Cent(?:er|re)|Hall|Room|House))"
)
_TITLE_EVENT = re.compile(
    rf"\b(?:at|during)\s(?:the\s)?(?P<event>(?:{_WORD}\s){{1,4}}(?:Council|Session|Debate|Assembly|Congress|Meeting|Ceremony|"
    rf"Dialogue|Week|Day)(?:\sof\s(?:the\s)?{_WORD}(?:\s(?:of\s)?(?:the\s)?{_WORD}){{0,4}})?)\b"
)
"""In a title these are occasions too: Statement at the General Debate of the 77th Session."""


def venues_in(passages: Iterable[str]) -> tuple[str, ...]:
    """Where was it, building first and city second?  The first passage that says so decides."""
    for passage in passages:
        for found in _WHERE.finditer(passage):
            venues = _venues(found, at_building=found["preposition"] == "at")
            if venues:
                return venues
        for found in _AT_BUILDING.finditer(passage):
            venues = _venues(found, at_building=True)
            if venues:
                return venues
    return ()


def venue_of_title(title: str) -> tuple[str, ...]:
    """Which place stands before the day at the end of a title?"""
    found = _ENDS_TITLE.search(title)
    if found is None or set(fold(found["place"]).split()) & set(_EVENTS):
        return ()
    return (found["place"],)


def _venues(found: re.Match[str], *, at_building: bool) -> tuple[str, ...]:
    place, city = _trimmed(found["place"]), _trimmed(found["city"] or "")
    words = fold(place).split()
    if not words or words[0] in _NO_PLACES or words[-1] in _EVENTS or words[-1].rstrip("s") in _EVENTS:
        return ()
    is_building = bool(BUILDINGS & set(words))
    if at_building and not is_building:
        return ()
    # "at the Congress Center in Shusha"; but "in Shusha, News.Az reports" and "in Baku, Azerbaijan" name one place.
    return (place, city) if is_building and city and fold(city).split()[0] not in _NO_PLACES else (place,)


def _trimmed(place: str) -> str:
    return re.sub(r"\s+and\Z", "", place).strip(" .,'’-")


def event_in(title: str, passages: Iterable[str]) -> str | None:
    """Which conference, forum or sitting was it?  Its name, without the quotation marks around it."""
    for passage in (title, *passages):
        quoted = _QUOTED_EVENT.search(passage)
        if quoted:
            return next(group for group in quoted.groups() if group).strip(" ,.")
        capital = _CAPITAL_EVENT.search(passage)
        if capital:
            return capital["event"]
    named = _TITLE_EVENT.search(title)
    return named["event"] if named else None
