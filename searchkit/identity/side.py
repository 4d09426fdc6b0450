"""What is known of a speech only beside all the others, and what of each speech it is computed from.

An engine gives the `Traits` of its speeches, `identity` compares them, and the `Side` goes back into the engine: side
columns, which take the place of what the pages say.  No posting and no stored speech is rewritten for them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from searchkit.models import Quote, Speech

__all__ = ["NOBODY", "Names", "Side", "SideBuilder", "Traits", "as_written", "renamed", "renamed_quotes", "shown"]


@dataclass(frozen=True, slots=True)
class Traits:
    """What a page says of one of its speeches to be compared with other pages.  It depends on that page alone."""

    number: int
    """The engine's own number of the speech."""
    id: str
    page: str
    start: int
    """Where the speech stands in the page's text."""
    date: str | None
    speakers: tuple[str, ...]
    label: str | None
    role: str | None
    quoted: tuple[str | None, ...]
    """The person of each quote."""
    words: int
    """Words of the text."""
    sketch: bytes
    """Of the text: see sketches.py."""


@dataclass(frozen=True, slots=True)
class Names:
    """The people of one speech or one quote."""

    values: tuple[str, ...] = ()
    """The canonical name of each: what facets count and hits show."""
    spelled: tuple[str, ...] = ()
    """How the page names them besides: a query finds these too."""

    @property
    def all(self) -> tuple[str, ...]:
        """By which names can these people be asked for?  Each once."""
        return tuple(dict.fromkeys((*self.values, *self.spelled)))


NOBODY = Names()


@dataclass(frozen=True, slots=True)
class Side:
    """The side columns: one entry for each number that an engine has, speeches that are withdrawn included."""

    names: tuple[Names, ...]
    """Every combination of names that occurs, once; the columns refer to it by place."""
    speakers: Sequence[int]
    """Number of a speech -> place in `names` of its speakers."""
    quoted: Sequence[Sequence[int]]
    """Number of a speech -> for each of its quotes, place in `names` of the person quoted."""
    originals: Sequence[int]
    """Number of a speech -> number of the speech that it is a copy of; its own if it is none."""

    def speakers_of(self, number: int) -> Names:
        """Who speaks in the speech `number`?"""
        return self.names[self.speakers[number]]

    def quoted_in(self, number: int) -> tuple[Names, ...]:
        """Who is quoted, quote by quote, in the speech `number`?"""
        return tuple(self.names[place] for place in self.quoted[number])


class SideBuilder:
    """Puts a Side together, speech by speech; numbers that are never named stay without people and copies."""

    def __init__(self, count: int) -> None:
        self._places: dict[Names, int] = {NOBODY: 0}
        self._names = [NOBODY]
        self._speakers = [0] * count
        self._quoted: list[tuple[int, ...]] = [()] * count
        self._originals = list(range(count))

    def name(self, number: int, speakers: Names, quoted: Iterable[Names]) -> None:
        """Say who speaks and who is quoted in the speech `number`."""
        self._speakers[number] = self._place(speakers)
        self._quoted[number] = tuple(map(self._place, quoted))

    def name_all(self, numbers: Iterable[int], speakers: Names, quoted: Iterable[Names]) -> None:
        """Say it of several speeches."""
        named, places = self._place(speakers), tuple(map(self._place, quoted))
        for number in numbers:
            self._speakers[number] = named
            if places:
                self._quoted[number] = places

    def speakers(self, numbers: Iterable[int]) -> list[tuple[str, ...]]:
        """Who was said to speak in each of these speeches, by canonical names?"""
        values = [names.values for names in self._names]
        return [values[self._speakers[number]] for number in numbers]

    def copy(self, number: int, original: int) -> None:
        """Say of which speech `number` is a copy."""
        self._originals[number] = original

    def side(self) -> Side:
        """Which Side was put together?"""
        return Side(tuple(self._names), self._speakers, self._quoted, self._originals)

    def _place(self, names: Names) -> int:
        place = self._places.setdefault(names, len(self._names))
        if place == len(self._names):
            self._names.append(names)
        return place


def as_written(traits: Iterable[Traits], count: int) -> Side:
    """Which Side stands for what the pages say, each by itself, of an engine with `count` numbers?"""
    builder = SideBuilder(count)
    for item in traits:
        label = (item.label,) if item.label and item.label not in item.speakers else ()
        quoted = (NOBODY if name is None else Names((name,)) for name in item.quoted)
        builder.name(item.number, Names(item.speakers, label), quoted)
    return builder.side()


def renamed(speech: Speech, speakers: Names, quoted: Sequence[Names]) -> Speech:
    """How is `speech` shown, given its people?  What the page calls the speaker is kept as the label."""
    quotes = renamed_quotes(speech.quotes, quoted)
    shown_speakers, label = shown(speech.speakers, speech.label, speakers)
    if shown_speakers == speech.speakers:
        return speech if quotes == speech.quotes else replace(speech, quotes=quotes)
    return replace(speech, speakers=shown_speakers, label=label, quotes=quotes)


def renamed_quotes(quotes: Sequence[Quote], quoted: Sequence[Names]) -> tuple[Quote, ...]:
    """How are `quotes` shown, given who is quoted in each?"""
    return tuple(
        quote if (name := next(iter(names.values), None)) == quote.speaker else replace(quote, speaker=name)
        for quote, names in zip(quotes, quoted, strict=True)
    )


def shown(speakers: tuple[str, ...], label: str | None, named: Names) -> tuple[tuple[str, ...], str | None]:
    """Which speakers and which label are shown of a speech whose page has these, given who they are?"""
    if speakers == named.values:
        return speakers, label
    return named.values, label or "; ".join(speakers) or None
