"""From the names of speeches to their persons: what people told comes first, then what the names say together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from searchkit.identity.labels import read_label
from searchkit.identity.persons import Person, Tally, name_key, persons
from searchkit.identity.roll import RollEntry
from searchkit.identity.side import NOBODY, Names, Traits
from searchkit.identity.speakers_file import Alias, Pin, Told

__all__ = ["Namer"]

_NO_NAME = "an office or no name"
_TOLD = ("a pin", "an alias", "an alias of that time")


@dataclass(frozen=True, slots=True)
class _Known:
    """What was found for all speeches with the same names."""

    names: Names
    counts: list[list[int]]


class Namer:
    """Tells the persons of each speech of one corpus."""

    def __init__(self, traits: Sequence[Traits], told: Told) -> None:
        self._persons = persons(_tallies(traits), told)
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

    def speakers(self, item: Traits) -> Names:
        """Who speaks in this speech?"""
        pinned = self._pinned(item) if self._pins else None
        key = (item.speakers, item.label, pinned, item.date if self._dated else None)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._find(item, pinned)
        for counts in known.counts:
            counts[0] += 1
        return known.names

    def quoted(self, item: Traits) -> list[Names]:
        """Who is quoted in this speech, quote by quote?"""
        return [NOBODY if name is None else self._quoted(name, item.date) for name in item.quoted]

    def roll(self) -> list[RollEntry]:
        """Every label that was asked for, with whom it came to and how often; the most frequent first."""
        entries = [
            RollEntry(label, person.name, person.why, person.resolved, *counts)
            for (label, person), counts in self._roll.items()
        ]
        return sorted(entries, key=lambda entry: (-entry.speeches - entry.quotes, entry.label, entry.speaker or ""))

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

    def _quoted(self, name: str, date: str | None) -> Names:
        person = self._dated_alias(name, date) or self._persons[name]
        self._counts(name, person)[1] += 1
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


def _tallies(traits: Iterable[Traits]) -> dict[str, Tally]:
    tallies: dict[str, Tally] = {}
    named: dict[tuple[tuple[str, ...], str | None], tuple[str, ...]] = {}
    for item in traits:
        year = int(item.date[:4]) if item.date else None
        key = (item.speakers, item.label)
        names = named.get(key)
        if names is None:
            names = named[key] = names_of(item)
        for name in (*names, *item.quoted):
            if name is not None:
                tally = tallies.get(name)
                if tally is None:
                    tally = tallies[name] = Tally()
                tally.add(year)
    return tallies


def _pins(pins: Sequence[Pin]) -> dict[tuple[str, str | None], str]:
    """Speech or page, and label -> speaker.  A pin of a speech is asked before one of its page (see `_pinned`)."""
    return {(pin.speech or pin.page or "", pin.label): pin.speaker for pin in pins}
