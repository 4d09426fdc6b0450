"""What a file's name tells of a page: "2015-08-29 (Complete) Speech with Mike Pence, Rally, Nashville, TN.txt".

Names of these shapes are read, the parts in this order and each of them optional: a day, a time, a status in brackets;
a kind of occasion and who takes part in it; in quotation marks a title or a broadcast; an event or an outlet; a town
and a state. What a name tells is taken where the page itself does not say.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePosixPath

from searchkit.analysis import fold
from searchkit.extraction.dating import read_date
from searchkit.extraction.gazetteer import STATES

__all__ = ["FileName", "date_of_name", "read_name", "title_of_name"]

_DAY_AND_TIME = re.compile(r"\A\d{4}-\d{2}-\d{2}(?:[ T_]\d{2}[.:]\d{2}(?:[.:]\d{2})?)?[ _-]+(?:\([^()]*\)\s*)?")
_DAY = re.compile(r"(?<!\d)(\d{4}-\d{2}-\d{2}|\d{4}_\d{2}_\d{2}|(?:19|20)\d{6})(?!\d)")
_STATE_AND_YEAR = re.compile(rf"(?:{'|'.join(STATES)}|US)[_-]?((?:19|20)\d\d)\Z")
"""AK1995: an address of a state's governor."""
_SUFFIX = re.compile(r"\.[A-Za-z]{1,5}\Z")
_KIND = re.compile(
    r"(?P<kind>speech|interview|debate|statement|town hall|press conference|advertisement|remarks|address|hearing|"
    r"lecture|message|letter)\b(?P<others>\s+with\b)?",
    re.IGNORECASE,
)
_PART = re.compile(r"\s*(?:(?P<quoted>'.+?'|\"[^\"]+\"|‘.+?’|“[^”]+”)(?=,\s|\s*\Z)|(?P<plain>[^,]+))")
"""Parts between commas; a quoted one has commas and apostrophes of its own."""
_EVENTS = frozenset(
    "rally convention summit conference forum luncheon dinner breakfast meeting ceremony congress assembly primaries "
    "primary fair club festival event candidates".split()
)
_OUTLETS = re.compile(
    r"(?:[A-Z]{2,5}\d?|.*\b(?:Times|Post|News|Radio|Magazine|Journal|Examiner|Herald|Tribune|Network|Press|Today|Gazette|"
    r"Guardian|Globe|Broadcasting|Television|TV|Breitbart|Bloomberg|Reuters|Fox|Union Leader)\b.*)\Z"
)
_HAS_OUTLET = ("interview", "debate", "town hall")


@dataclass(frozen=True, slots=True)
class FileName:
    """What a file's name tells."""

    kind: str | None = None
    event: str | None = None
    source: str | None = None
    venue: tuple[str, ...] = ()


def title_of_name(key: str) -> str | None:
    """Which title does a file name tell?  Only one of several words: "2015-08-29 Speech, Rally, Nashville.txt"."""
    stem = _DAY_AND_TIME.sub("", _stem(key)).strip()
    return stem if " " in stem and len(re.findall(r"[^\W\d_]{2,}", stem)) > 1 else None


def date_of_name(key: str) -> str | None:
    """The day in a file name, 2024-06-15-title.html, or the year in one of a known shape, AK1995.txt."""
    match = _DAY.search(PurePosixPath(key).name)
    if match:
        return read_date(match[1].replace("_", "-"))
    year = _STATE_AND_YEAR.match(_stem(key))
    return year[1] if year else None


def read_name(key: str) -> FileName:
    """What does the name of the page `key` tell of its occasion?  Nothing, unless it names the kind of one."""
    stem = _DAY_AND_TIME.sub("", _stem(key)).strip()
    kind = _KIND.match(stem)
    if kind is None:
        return FileName()
    name = kind["kind"].lower()
    parts = [(match["plain"] or "").strip() or _QUOTED for match in _PART.finditer(stem, kind.end())]
    venue = _venue(parts, first=1 if kind["others"] else 0)
    outlet = _outlet(parts) if name in _HAS_OUTLET else None
    broadcast = _broadcast(stem[kind.end() :]) if name == "interview" else None
    event = _event(parts, has_others=bool(kind["others"])) if name != "interview" else None
    return FileName(_KINDS.get(name, name), event or broadcast, outlet, venue)


_QUOTED = "'"
"""Stands for a part in quotation marks."""
_KINDS = {"remarks": "speech", "address": "speech", "lecture": "speech"}


def _stem(key: str) -> str:
    name = PurePosixPath(key).name.removesuffix(".gz")
    return _SUFFIX.sub("", name)


def _venue(parts: list[str], first: int) -> tuple[str, ...]:
    """The town before a state; both go out of `parts`.  A state alone is the place, if no town is named."""
    for place in range(len(parts) - 1, -1, -1):
        state = STATES.get(parts[place])
        if state is None:
            continue
        town = parts[place - 1] if place > first else ""
        if town and town != _QUOTED and not _OUTLETS.match(town) and not set(fold(town).split()) & _EVENTS:
            del parts[place - 1 : place + 1]
            return (town,)
        del parts[place]
        return (state,)
    return ()


def _outlet(parts: list[str]) -> str | None:
    """The outlet stands last, behind the broadcast in quotation marks, or is known as one by its words."""
    if len(parts) < 2 or parts[-1] == _QUOTED:
        return None
    return parts.pop() if parts[-2] == _QUOTED or _OUTLETS.match(parts[-1]) else None


def _broadcast(rest: str) -> str | None:
    quoted = [match["quoted"][1:-1] for match in _PART.finditer(rest) if match["quoted"]]
    return quoted[-1] if quoted else None


def _event(parts: list[str], *, has_others: bool) -> str | None:
    """The event stands last.  Where people take part ("with Mike Pence, …"), it must be known as one by its words."""
    plain = [part for part in parts if part != _QUOTED]
    if not plain or (has_others and not set(fold(plain[-1]).split()) & _EVENTS):
        return None
    return plain[-1] or None
