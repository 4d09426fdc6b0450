"""From the names of speeches to their persons: what people told comes first, then what the names say together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from searchkit.identity.labels import read_label
from searchkit.identity.persons import Person, Tally, name_key, persons
from searchkit.identity.roll import RollEntry
from searchkit.identity.side import NOBODY, Names, Traits
from searchkit.identity.speakers_file import Alias, Pin, Told
from searchkit.identity.table import TraitTable

__all__ = ["Namer"]

_NO_YEAR, _MOST_YEARS = 0, 10_000
_NO_NAME = "an office or no name"
_TOLD = ("a pin", "an alias", "an alias of that time")


@dataclass(frozen=True, slots=True)
class _Known:
    """What was found for all speeches with the same names."""

    names: Names
    counts: list[list[int]]


class Namer:
    """Tells the persons of each speech of one corpus."""

    def __init__(self, table: TraitTable, told: Told) -> None:
        self._table = table
        self._persons = persons(_tallies(table), told)
        self._dated: dict[tuple[str, ...], list[Alias]] = {}
        self._always: dict[tuple[str, ...], str] = {}
        for alias in told.aliases:
            key = name_key(alias.label)
            if alias.dated:
                self._dated.setdefault(key, []).append(alias)
            else:
                self._always[key] = alias.speaker
        self._pins = _pins(told.pins)
        self._roll: dict[tuple[str, Person], list[int]] = {}
        self._known: dict[tuple[tuple[str, ...], str | None, str | None, str | None], _Known] = {}

    def named(self) -> Iterator[tuple[Names, list[Names], list[int]]]:
        """Who speaks, and who is quoted, quote by quote, in which speeches?  Those with equal names come at once."""
        if self._pins:
            keys = np.arange(len(self._table))
        elif self._dated:
            keys = self._table.said * len(self._table.dates) + self._table.dated
        else:
            keys = self._table.said
        order = np.argsort(keys, kind="stable")
        starts = np.flatnonzero(np.diff(keys[order], prepend=-1))
        for rows in np.split(order, starts[1:]) if len(order) else ():
            item = self._table.item(int(rows[0]))
            yield self._speakers(item, len(rows)), self._quotes(item, len(rows)), self._table.numbers[rows].tolist()

    def _speakers(self, item: Traits, times: int) -> Names:
        """Who speaks in this speech, and in others with the same names, so many `times` in all?"""
        pinned = self._pinned(item) if self._pins else None
        key = (item.speakers, item.label, pinned, item.date if self._dated else None)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._find(item, pinned)
        for counts in known.counts:
            counts[0] += times
        return known.names

    def _quotes(self, item: Traits, times: int) -> list[Names]:
        return [NOBODY if name is None else self._quoted(name, item.date, times) for name in item.quoted]

    def roll(self) -> list[RollEntry]:
        """Every label that was asked for, with whom it came to and how often; the most frequent first."""
        entries = [
            RollEntry(label, person.name, person.why, person.resolved, *counts)
            for (label, person), counts in self._roll.items()
        ]
        return sorted(
            entries, key=lambda entry: (-entry.speeches - entry.quotes, entry.label, entry.speaker or "", entry.why)
        )

    def _find(self, item: Traits, pinned: str | None) -> _Known:
        names = names_of(item) or ((item.label,) if item.label else ())
        if pinned is not None:
            people = [Person(pinned, "a pin", resolved=True)] * max(1, len(names))
        else:
            people = [self._speaker(name, item) for name in names]
        listed = [_listed(name, person, item) for name, person in zip(names or ("",), people, strict=False)]
        counts = [self._counts(label, person) for label, person in listed]
        values = tuple(dict.fromkeys(person.name for person in people if person.name))
        spelled = (*item.speakers, *((item.label,) if item.label else ()))
        return _Known(Names(values, tuple(name for name in dict.fromkeys(spelled) if name not in values)), counts)

    def _quoted(self, name: str, date: str | None, times: int) -> Names:
        person = self._dated_alias(name, date) or self._persons[name]
        self._counts(name, person)[1] += times
        if person.name is None:
            return Names((), (name,))
        return Names((person.name,), () if person.name == name else (name,))

    def _speaker(self, name: str, item: Traits) -> Person:
        by_label = item.label and len(item.speakers) <= 1
        told = self._dated_alias(name, item.date) or (by_label and self._alias(item.label or "", item.date)) or None
        if told is not None:
            return told
        # A label that the page could not resolve names no speaker; the page may know more than the label says.
        return self._persons[name] if item.speakers else Person(None, _NO_NAME, resolved=False)

    def _alias(self, label: str, date: str | None) -> Person | None:
        speaker = self._always.get(name_key(label))
        return self._dated_alias(label, date) or (Person(speaker, "an alias", resolved=True) if speaker else None)

    def _dated_alias(self, label: str, date: str | None) -> Person | None:
        for alias in self._dated.get(name_key(label), ()) if self._dated else ():
            if alias.holds(date):
                return Person(alias.speaker, "an alias of that time", resolved=True)
        return None

    def _pinned(self, item: Traits) -> str | None:
        for place in ((item.id, item.label), (item.id, None), (item.page, item.label), (item.page, None)):
            if place in self._pins:
                return self._pins[place]
        return None

    def _counts(self, name: str, person: Person) -> list[int]:
        """Speeches and quotes of a label that means this person, to be counted up."""
        return self._roll.setdefault((name, person), [0, 0])


def names_of(item: Traits) -> tuple[str, ...]:
    """By which names does the page call the speakers?  With their titles, where its label has them.

    A page that calls somebody Mr Lim may have made a speaker Lim of it, and so of Mrs Lim.
    """
    if item.label is None or len(item.speakers) != 1:
        return item.speakers
    name, label = read_label(item.speakers[0]), read_label(item.label)
    same = [word.plain for word in name.words] == [word.plain for word in label.words]
    return (item.label,) if same and name.title is None and label.title is not None else item.speakers


def _listed(name: str, person: Person, item: Traits) -> tuple[str, Person]:
    """Under which label, and with which reason, does this speaker stand in the roll?"""
    if item.label is None or len(item.speakers) != 1 or name == item.label:
        return name, person
    if read_label(item.label).words == read_label(name).words or person.why in _TOLD:
        return item.label, person
    # TRUMP, on a page that says who that is.
    why = (
        "named on its page"
        if person.why in ("the name itself", "the same name")
        else f"named on its page; {person.why}"
    )
    return item.label, replace(person, why=why)


def _tallies(table: TraitTable) -> dict[str, Tally]:
    tallies: dict[str, Tally] = {}
    years = np.asarray([int(date[:4]) if date else _NO_YEAR for date in table.dates], np.int64)
    # Rows with the same names in the same year count together.
    keys, firsts, counts = np.unique(
        table.said * _MOST_YEARS + years[table.dated], return_index=True, return_counts=True
    )
    for key, row, times in zip(keys.tolist(), firsts.tolist(), counts.tolist(), strict=True):
        item, year = table.item(row), key % _MOST_YEARS
        for name in (*names_of(item), *item.quoted):
            if name is not None:
                tallies.setdefault(name, Tally()).add(None if year == _NO_YEAR else year, times)
    return tallies


def _pins(pins: Sequence[Pin]) -> dict[tuple[str, str | None], str]:
    """Speech or page, and label -> speaker.  A pin of a speech is asked before one of its page (see `_pinned`)."""
    return {(pin.speech or pin.page or "", pin.label): pin.speaker for pin in pins}
