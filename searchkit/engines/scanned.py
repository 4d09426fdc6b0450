"""One speech as the scan engine keeps it: everything that can be asked of it, looked up in plain dictionaries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from searchkit.analysis import cased_forms
from searchkit.dates import span
from searchkit.engines.naming import PEOPLE, joined, naming_terms
from searchkit.engines.terms import SpeechTerms, terms_of
from searchkit.identity.side import Names, Side, Traits, as_written, renamed
from searchkit.models import Speech
from searchkit.query import CASED, TEXT_STREAMS, Query, Stretch, TokenStream, named, occurrences, stretches_in
from searchkit.schema import DATE_FACETS, Field, exact_name

__all__ = ["Scanned", "ScannedSide", "beside", "earliest_of_groups", "looked_at", "scanned", "traits_of"]


@dataclass(frozen=True, slots=True)
class Scanned:
    """One speech and all that can be asked of it."""

    number: int
    written: Speech
    """As its page has it."""
    speech: Speech
    """With its people as the side columns have them."""
    terms: SpeechTerms
    streams: dict[str, TokenStream]
    speakers: Names
    quoted: tuple[Names, ...]
    """The person of each quote, beside `terms.quotes`, which says where it stands."""
    stretches: tuple[Stretch, ...]
    """Its direct speech, and whose it is."""
    original: int

    def holds(self, field: str, term: str) -> bool:
        """Does the speech have `term` in `field`?"""
        if field in self.streams:
            return term in self.streams[field].places
        return term in self.terms.values.get(field, ())

    def all_terms(self, field: str) -> Iterable[str]:
        """Which terms has it in `field`?"""
        return self.streams[field].terms if field in self.streams else self.terms.values.get(field, ())

    def facet_values(self, name: str) -> tuple[str, ...]:
        """Under which values of the facet `name` is it counted?"""
        if name in DATE_FACETS:
            date = self.speech.date
            return () if not date else (date[:4] if name == "year" else date[:7],)
        return self.terms.values.get(exact_name(name), ())

    def spans(self, query: Query) -> Iterator[tuple[int, int]]:
        """From which position of the text to which stands each occurrence of what `query` asks for?"""
        at = self.streams["text"].positions
        streams = {name: self.streams[name] for name in TEXT_STREAMS}
        return ((at[first], at[last]) for first, last in occurrences(query, streams, self.stretches))

    def age(self) -> tuple[bool, bool, int, str]:
        """By which key is the original of a group before its copies, and of those the earliest before the others?"""
        date = self.speech.date
        return (self.number != self.original, not date, span(date)[0] if date else 0, self.speech.id)


def scanned(speeches: Iterable[Speech], fields: tuple[Field, ...], side: Side | None) -> list[Scanned]:
    """What can be asked of each of `speeches`, whose people and copies are those of `side`, else as written?"""
    written = [(speech, terms_of(speech, fields)) for speech in speeches]
    if side is None:
        side = as_written((traits_of(number, *item) for number, item in enumerate(written)), len(written))
    return [_beside(side, number, *item) for number, item in enumerate(written)]


def beside(items: Sequence[Scanned], side: Side) -> list[Scanned]:
    """The same speeches with the people and the copies of `side`."""
    return [_beside(side, item.number, item.written, item.terms) for item in items]


def earliest_of_groups(items: Iterable[Scanned]) -> list[Scanned]:
    """Of each group of copies among `items` its original, or else the earliest."""
    earliest: dict[int, Scanned] = {}
    for item in sorted(items, key=Scanned.age):
        earliest.setdefault(item.original, item)
    return list(earliest.values())


class ScannedSide:
    """Answers those methods of an Engine that concern people and copies, over a list of `Scanned`."""

    _scanned: Sequence[Scanned]

    def traits(self) -> Iterator[Traits]:
        """What do the pages say of each speech that is to be compared with others?"""
        from searchkit.identity.sketches import sketch_of  # loads NumPy, which a mere search does not need

        for item in self._scanned:
            yield traits_of(item.number, item.written, item.terms, sketch_of(item.terms.analysis.forms))

    def as_written(self, page: str) -> list[Speech]:
        """Which speeches stand on this page, with people as the page names them?"""
        return [item.written for item in self._scanned if item.written.page == page]

    def people(self, number: int) -> tuple[Names, tuple[Names, ...]]:
        """Who speaks in the speech `number`, and who is quoted, quote by quote?"""
        return self._scanned[number].speakers, self._scanned[number].quoted

    def copies(self, number: int) -> list[int]:
        """Which speeches are one text with the speech `number`, itself included?"""
        original = self._scanned[number].original
        group = [item for item in self._scanned if item.original == original]
        return [item.number for item in sorted(group, key=Scanned.age)]


def _beside(side: Side, number: int, speech: Speech, terms: SpeechTerms) -> Scanned:
    return looked_at(
        number, speech, terms, side.speakers_of(number), side.quoted_in(number), original=side.originals[number]
    )


def looked_at(
    number: int, speech: Speech, terms: SpeechTerms, speakers: Names, quoted: tuple[Names, ...], *, original: int
) -> Scanned:
    """What can be asked of the speech `number`, given its terms and its people?"""
    tokens, values = dict(terms.tokens), dict(terms.values)
    for field, names in zip(PEOPLE, (speakers, joined(quoted)), strict=True):
        tokens[field], values[exact_name(field)] = naming_terms(names)
    terms = replace(terms, tokens=tokens, values=values)
    streams = {field: TokenStream(held.terms, held.positions) for field, held in tokens.items()}
    streams[CASED] = TokenStream(cased_forms(speech.text, terms.analysis), terms.analysis.positions)
    stretches = stretches_in(speech, terms.analysis, [named(names.all, names.values) for names in quoted])
    shown = renamed(speech, speakers, quoted)
    return Scanned(number, speech, shown, terms, streams, speakers, quoted, stretches, original)


def traits_of(number: int, speech: Speech, terms: SpeechTerms, sketch: bytes = b"") -> Traits:
    """What does the page say of the speech `number` that is to be compared with others?"""
    return Traits(
        number=number,
        id=speech.id,
        page=speech.page,
        start=speech.start,
        date=speech.date,
        speakers=speech.speakers,
        label=speech.label,
        role=speech.role,
        quoted=tuple(quote.speaker for quote in speech.quotes),
        words=terms.length,
        sketch=sketch,
    )
