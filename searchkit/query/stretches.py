"""Direct speech in one text: the stretches of words within which said: holds.

The whole text, where it is the speaker's own words (a turn, an address, a record); in an article its quotations.
"""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from dataclasses import dataclass, field

from searchkit.analysis import ARTICLE, Analysis, analyze
from searchkit.models import Interval, Speech
from searchkit.query.streams import Streams, TokenStream
from searchkit.schema import exact_name

__all__ = ["Stretch", "named", "stretches_in", "words_within"]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words in a row in direct speech, by the positions of the first and the last of them."""

    first: int
    last: int
    quoted: bool = False
    """Is it a quotation, rather than the speaker's own words?"""
    person: Streams = field(default_factory=dict)
    """The names of the person quoted, as the fields quoting and quoting_value; empty for somebody unnamed."""


def named(names: Sequence[str], values: Sequence[str]) -> Streams:
    """Which streams has a person who can be asked for by the words of `names` and exactly by one of `values`?"""
    streams = {exact_name("quoting"): TokenStream(values, range(len(values)))}
    words = [analyze(name, ()) for name in names]
    terms = [form for name in words for form in name.forms]
    places = [1_000 * number + position for number, name in enumerate(words) for position in name.positions]
    return streams | {"quoting": TokenStream(terms, places)}


def words_within(analysis: Analysis, start: int, end: int) -> Interval:
    """At which positions stand the first and the last word that begin in text[start:end]?  (0, -1) if there is none."""
    first, behind = bisect.bisect_left(analysis.starts, start), bisect.bisect_left(analysis.starts, end)
    return (analysis.positions[first], analysis.positions[behind - 1]) if first < behind else (0, -1)


def stretches_in(speech: Speech, analysis: Analysis, people: Sequence[Streams] | None = None) -> tuple[Stretch, ...]:
    """Which stretches of direct speech has `speech`?  `people` are those of its quotes, else named as they are there.

    A quotation without a word is none, and one that begins within an earlier one is a part of it.
    """
    if people is None:
        people = [named([quote.speaker], [quote.speaker]) if quote.speaker else {} for quote in speech.quotes]
    found: list[Stretch] = []
    if analysis.positions and speech.kind != ARTICLE:
        found.append(Stretch(analysis.positions[0], analysis.positions[-1]))
    places = [words_within(analysis, quote.start, quote.end) for quote in speech.quotes]
    farthest = -1
    for (first, last), person in sorted(zip(places, people, strict=True), key=lambda item: (item[0][0], -item[0][1])):
        if farthest < first <= last:
            found.append(Stretch(first, last, True, person))
        farthest = max(farthest, last)
    return tuple(found)
