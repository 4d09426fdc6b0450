"""What is given rather than found: the fields of a structured record or of a row in a metadata table.

Values are taken as they stand. What fits no field is kept as an extra under its own name, and so is a date that no
calendar knows: nothing that somebody wrote down is lost.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeVar

from searchkit.extraction.dating import read_date
from searchkit.frozen import quick
from searchkit.schema import RECORD_KEYS

__all__ = ["Given", "given"]

_Answer = TypeVar("_Answer")
_OTHER_NAMES = {
    # what columns of real tables are called -> the key it is here
    "year": "date",
    "day": "date",
    "date_time": "date",
    "type": "kind",
    "genre": "kind",
    "place": "venue",
    "location": "venue",
    "city": "venue",
    "person": "speaker",
    "author": "speaker",
    "name": "speaker",
    "office": "role",
    "position": "role",
    "outlet": "source",
    "publisher": "source",
    "lang": "language",
    "link": "url",
    "headline": "title",
}
"""Only where the key itself is not given: a table with `date` and `year` keeps its year as an extra."""

_URL = re.compile(r"https?://[^\s<>\"\x00-\x1f]+\Z", re.IGNORECASE)
_LAST_NAME_FIRST = re.compile(r"(?P<last>[^\W\d_][^\s_,]*)_(?P<first>[^\W\d_][^\s,]*)\Z")
_KEYS = frozenset(RECORD_KEYS)
_APART = frozenset(("id", "text"))
"""Keys that no stage but this one's callers reads."""
_KEPT, _LONGEST_KEPT = 8192, 500
_NAMES_APART = re.compile(r"\s*;\s*")


@dataclass(frozen=True, slots=True)
class Given:
    """The fields of a speech that somebody gave; None and () where nobody did."""

    title: str | None = None
    date: str | None = None
    speakers: tuple[str, ...] = ()
    role: str | None = None
    venue: tuple[str, ...] = ()
    event: str | None = None
    source: str | None = None
    kind: str | None = None
    language: str | None = None
    url: str | None = None
    extras: tuple[tuple[str, str], ...] = ()


_given = quick(Given)


def given(values: Mapping[str, object], own_fields: tuple[str, ...] = ()) -> Given:
    """Which fields do the keys and values of a record, or the cells of a row, give?

    Keys in `own_fields` are the user's own and stand for nothing else.
    """
    fields: dict[str, object] = {}
    read: dict[str, Any] = {}
    extras: list[tuple[str, str]] = []
    alone = _ALONE.get
    for key, value in values.items():
        reading = alone(key)
        if reading is not None and type(value) is str and len(value) <= _LONGEST_KEPT and key not in own_fields:
            name, reads = reading
            read[name] = reads(value)
            continue
        if key in _APART or value is None or value == "" or value == []:
            continue
        meant = key if key in _KEYS else _OTHER_NAMES.get(key.strip().lower())
        if key in own_fields or meant is None or meant in fields or (meant != key and meant in values):
            extras.append((key, _as_text(value)))
        elif meant == "date":
            date = _date(_as_text(value))
            if date is None:
                extras.append((key, _as_text(value)))
            else:
                fields["date"] = date
        else:
            fields[meant] = value
    if "source" in fields and "url" not in fields and _URL.match(_as_text(fields["source"]).strip()):
        fields["url"] = fields.pop("source")  # a column `source` of addresses names pages, not outlets
    for key, value in fields.items():
        name, reads_any = _PARTS[key]
        read[name] = reads_any(value)
    return _given(**read, extras=tuple(extras))


def _line(value: object) -> str | None:
    return _single_line(value if type(value) is str else _as_text(value)) if value is not None else None


def _kept(read: Callable[[str], _Answer]) -> Callable[[str], _Answer]:
    """The same function, which keeps its answers: titles, names and days come again and again in one corpus."""
    keeping = lru_cache(_KEPT)(read)
    return lambda text: keeping(text) if len(text) <= _LONGEST_KEPT else read(text)


_date = _kept(read_date)


def _single_line(text: str) -> str | None:
    return " ".join(text.split()) or None


def _url(value: object) -> str | None:
    # Anything else would be a link that runs a script, or none at all.
    line = _line(value)
    return line if line and _URL.match(line) else None


def _names(value: object) -> tuple[str, ...]:
    """The names in a value: a list, or one text; a semicolon parts several."""
    if type(value) is str:
        return _names_in(value)
    if value is None:
        return ()
    return _distinct(map(_line, value)) if isinstance(value, list) else _names_in(_as_text(value))


def _names_in(text: str) -> tuple[str, ...]:
    return _distinct(map(_single_line, _NAMES_APART.split(text)))


def _distinct(names: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_first_name_first(name) for name in names if name))


def _first_name_first(name: str) -> str:
    """`Knowles_Tony`, as file names have it, is Tony Knowles."""
    match = _LAST_NAME_FIRST.match(name)
    return f"{match['first']} {match['last']}".replace("_", " ") if match else name


def _as_text(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)


_PARTS: dict[str, tuple[str, Callable[[object], Any]]] = {
    "title": ("title", _line),
    "date": ("date", _line),
    "speaker": ("speakers", _names),
    "role": ("role", _line),
    "venue": ("venue", _names),
    "event": ("event", _line),
    "source": ("source", _line),
    "kind": ("kind", _line),
    "language": ("language", _line),
    "url": ("url", _url),
}
"""Key of a record -> the field of Given that it fills, and how its value is read."""

_ALONE: dict[str, tuple[str, Callable[[str], Any]]] = {
    "title": ("title", lru_cache(_KEPT)(_single_line)),
    "speaker": ("speakers", lru_cache(_KEPT)(_names_in)),
    "role": ("role", lru_cache(_KEPT)(_single_line)),
    "venue": ("venue", lru_cache(_KEPT)(_names_in)),
    "event": ("event", lru_cache(_KEPT)(_single_line)),
    "kind": ("kind", lru_cache(_KEPT)(_single_line)),
    "language": ("language", lru_cache(_KEPT)(_single_line)),
}
"""The same of keys whose meaning no other key changes, for values that are short texts, as most are."""
