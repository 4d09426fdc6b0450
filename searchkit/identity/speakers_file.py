"""Reads `speakers.toml`: what people know of speakers and no page says.  TOML goes in; Told or an error comes out.

[[speaker]]
name = "Ilham Aliyev"                              # how this person is called in facets and hits
aliases = ["Aliyev", "President Aliyev"]           # labels that always mean this person

[[speaker]]
name = "Lim Yew Hock"
aliases = [{ label = "The Chief Minister", from = 1956-06-07, to = "1959-06" }]

[[split]]
labels = ["Mr David Lim", "Dr David Lim"]          # each a person of its own, never merged with another

[[pin]]
page = "2024/interview.html"                       # or: speech = "2024/interview.html#30bd7787"
label = "Q"                                        # only turns with this label; without it, all
speaker = "Leyla Hasanova"
"""

from __future__ import annotations

import datetime
import difflib
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from searchkit.dates import is_date, span
from searchkit.errors import UsageError

__all__ = ["FILE_NAME", "Alias", "Pin", "Told", "read_speakers"]

FILE_NAME = "speakers.toml"
"""Under which name it is found by itself, inside a folder of pages or beside it."""


@dataclass(frozen=True, slots=True)
class Alias:
    """A label that means a person, always or within days."""

    label: str
    speaker: str
    first: int | None = None
    last: int | None = None
    """First and last day, as ordinals; None leaves an end open."""

    @property
    def dated(self) -> bool:
        """Does it hold for a time only?"""
        return self.first is not None or self.last is not None

    def holds(self, date: str | None) -> bool:
        """Does it hold for a speech of this date?  Only if the whole date lies inside."""
        if not self.dated:
            return True
        if date is None:
            return False
        first, last = span(date)
        return (self.first is None or first >= self.first) and (self.last is None or last <= self.last)


@dataclass(frozen=True, slots=True)
class Pin:
    """Who speaks in one speech, or on one page, under one label or under any."""

    speaker: str
    speech: str | None = None
    page: str | None = None
    label: str | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """What people said of speakers."""

    names: tuple[str, ...] = ()
    aliases: tuple[Alias, ...] = ()
    apart: tuple[str, ...] = ()
    pins: tuple[Pin, ...] = ()


def read_speakers(paths: Iterable[Path]) -> Told:
    """What do these files say of speakers, all together?

    Raises UsageError, with the file and the entry, for what cannot be read or contradicts itself.
    """
    names: dict[str, None] = {}
    aliases: dict[Alias, str] = {}
    apart: dict[str, None] = {}
    pins: dict[Pin, None] = {}
    for path in paths:
        for entry in _entries(path):
            if entry.kind == "speaker":
                name = entry.text("name")
                names[name] = None
                aliases.update((alias, entry.place) for alias in entry.aliases(name))
            elif entry.kind == "split":
                apart.update(dict.fromkeys(entry.texts("labels")))
            else:
                pins[entry.pin()] = None
    _refuse_contradictions(aliases)
    names.update(dict.fromkeys(pin.speaker for pin in pins))
    return Told(tuple(names), tuple(aliases), tuple(apart), tuple(pins))


_KEYS = {
    "speaker": ("name", "aliases"),
    "split": ("labels",),
    "pin": ("speech", "page", "label", "speaker"),
}
_ALIAS_KEYS = ("label", "from", "to")


@dataclass(frozen=True, slots=True)
class _Entry:
    """One table of the file, and where it stands, for messages."""

    kind: str
    place: str
    values: Mapping[str, object]

    def text(self, key: str) -> str:
        value = self.values.get(key)
        if not isinstance(value, str) or not value.strip():
            raise UsageError(f'{self.place}: it needs a {key}, as in {key} = "Ilham Aliyev"')
        return " ".join(value.split())

    def optional(self, key: str) -> str | None:
        return self.text(key) if key in self.values else None

    def texts(self, key: str) -> tuple[str, ...]:
        values = self.values.get(key)
        if not isinstance(values, list) or not values or not all(isinstance(item, str) and item for item in values):
            raise UsageError(f'{self.place}: {key} is a list of names, as in {key} = ["Mr David Lim", "Dr David Lim"]')
        return tuple(" ".join(item.split()) for item in values)

    def aliases(self, name: str) -> Iterator[Alias]:
        values = self.values.get("aliases", [])
        if not isinstance(values, list):
            raise UsageError(
                f'{self.place}: aliases is a list, as in aliases = ["Aliyev", {{ label = "The President" }}]'
            )
        for value in values:
            shape = {"label": value} if isinstance(value, str) else value
            if not isinstance(shape, dict):
                raise UsageError(f"{self.place}: an alias is a text or a table with a label, not {value!r}")
            alias = _Entry("alias", f"{self.place}, alias {shape.get('label')!r}", shape)
            _refuse_unknown(alias, _ALIAS_KEYS)
            first, last = alias.day("from", 0), alias.day("to", 1)
            if first is not None and last is not None and first > last:
                raise UsageError(f"{alias.place}: from is after to")
            yield Alias(alias.text("label"), name, first, last)

    def day(self, key: str, end: int) -> int | None:
        """The first (end 0) or last (end 1) day of a date, month or year."""
        value = self.values.get(key)
        if value is None:
            return None
        text = value.isoformat() if isinstance(value, datetime.date) else str(value)
        if isinstance(value, bool) or not is_date(text):
            raise UsageError(f"{self.place}: {key} is a day, a month or a year: 2024-06-15, 2024-06, 2024")
        return span(text)[end]

    def pin(self) -> Pin:
        if ("speech" in self.values) == ("page" in self.values):
            raise UsageError(f"{self.place}: it needs either speech = ID or page = KEY, as `searchkit show` has them")
        return Pin(self.text("speaker"), self.optional("speech"), self.optional("page"), self.optional("label"))


def _entries(path: Path) -> Iterator[_Entry]:
    try:
        with path.open("rb") as file:
            content = tomllib.load(file)
    except OSError as error:
        raise UsageError(
            f"{path}: cannot be read ({error.strerror}); name the file of speakers with --speakers"
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise UsageError(f"{path}: is no TOML ({error})") from error
    for kind, tables in content.items():
        if kind not in _KEYS:
            raise UsageError(
                f"{path}: there is no [[{kind}]]{_near(kind, _KEYS)}; there are [[speaker]], [[split]], [[pin]]"
            )
        if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
            raise UsageError(f"{path}: write [[{kind}]], with two brackets, before each {kind}")
        for number, table in enumerate(tables, 1):
            entry = _Entry(kind, f"{path}: {kind} {number}", table)
            _refuse_unknown(entry, _KEYS[kind])
            yield entry


def _refuse_unknown(entry: _Entry, known: tuple[str, ...]) -> None:
    for key in entry.values:
        if key not in known:
            raise UsageError(f"{entry.place}: there is no {key!r}{_near(key, known)}; there are {', '.join(known)}")


def _near(word: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(word, list(known), n=1)
    return f" (did you mean {near[0]}?)" if near else ""


def _refuse_contradictions(aliases: Mapping[Alias, str]) -> None:
    """Raise UsageError where one label means two people on one day."""
    by_label: dict[str, list[Alias]] = {}
    for alias in aliases:
        others = by_label.setdefault(alias.label.casefold(), [])
        for other in others:
            if alias.speaker != other.speaker and alias.dated == other.dated and _overlap(alias, other):
                raise UsageError(
                    f"{aliases[alias]}: {alias.label!r} already means {other.speaker!r} ({aliases[other]})"
                )
        others.append(alias)


def _overlap(one: Alias, other: Alias) -> bool:
    first = max(one.first or 0, other.first or 0)
    ends = [end for end in (one.last, other.last) if end is not None]
    return not ends or first <= min(ends)
