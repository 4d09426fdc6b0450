"""extract: CleanPage -> Speech, one for an article or an address, one a turn for a transcript."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from searchkit.analysis import fold, stage_notes
from searchkit.extraction import facts
from searchkit.extraction.attribution import quotes_of
from searchkit.extraction.given import Given, given
from searchkit.extraction.ids import turn_ids
from searchkit.extraction.labels import person_of_label
from searchkit.extraction.language import language_of
from searchkit.extraction.naming import read_name, title_of_name
from searchkit.extraction.occasion import event_in, venues_in
from searchkit.extraction.people import Person
from searchkit.extraction.principal import principal_in, principal_of_title
from searchkit.extraction.quotations import quotations
from searchkit.extraction.rosters import resolved
from searchkit.extraction.transcripts import Turn, is_procedural, opening_label, turns_of
from searchkit.models import CleanPage, Quote, Speech

__all__ = ["ExtractOptions", "extract"]

_OPENING_PARAGRAPHS = 2
"""Paragraphs in which a report says where and at what it happened; later ones tell of other occasions."""
_FIRST_PERSON = frozenset("i we my our me us mine ours myself ourselves".split())
_FIRST_PERSON_SHARE = 0.02
"""Of the words: 1,296 addresses of governors have 0.04 and more, news reports without their quotes under 0.01."""
_SAMPLE = 20_000
_SEVERAL_SPEAK = frozenset(("debate", "interview", "press conference", "town hall", "hearing"))
"""Kinds whose words are nobody's alone, where no labels say whose."""


_NOTHING_GIVEN = Given()


@dataclass(frozen=True, slots=True)
class ExtractOptions:
    """What is looked for in structured records, which are otherwise taken as they are."""

    labels: bool = False
    """A speaker's label that opens the text."""
    records: bool = False
    """Quotes, and a label that opens the text."""
    own_fields: tuple[str, ...] = ()
    """Keys that are fields of the user's own."""


def extract(page: CleanPage, options: ExtractOptions | None = None) -> tuple[Speech, ...]:
    """Which speeches does `page` hold?"""
    options = options or ExtractOptions()
    if page.format == "record":
        return (_record(page, options),)
    table = given(page.sidecar, options.own_fields)
    title = page.title or title_of_name(page.key)
    turns = resolved(turns_of(page.text, title), page.text, title)
    speeches = _transcript(page, turns) if turns else (_single(page, table),)
    return tuple(_filled(speech, table) for speech in speeches)


# -- structured records ------------------------------------------------------------------------------------------------


def _record(page: CleanPage, options: ExtractOptions) -> Speech:
    fields = given(page.record, options.own_fields)
    start, label = 0, None
    if options.labels or options.records:
        start, label = opening_label(page.text)
    speech = _speech(page, start, len(page.text), page.key)
    person = Person(None) if label is None else person_of_label(label)
    if person.name:
        speech = replace(speech, speakers=(person.name,), role=person.role)
    speech = replace(speech, label=label)
    if options.records:
        speech = replace(speech, quotes=quotes_of(speech.text, speech.speaker))
    return _filled(_filled(speech, fields), given(page.sidecar, options.own_fields))


def _filled(speech: Speech, fields: Given) -> Speech:
    """`speech` with what is given in place of what was found; the speaker of a labelled turn stays."""
    if fields == _NOTHING_GIVEN:
        return speech
    values = {
        name: value
        for name in ("title", "date", "role", "venue", "event", "source", "kind", "language", "url")
        if (value := getattr(fields, name))
    }
    if fields.speakers and (speech.label is None or not speech.speakers):
        values["speakers"] = fields.speakers
    elif fields.speakers:
        values.pop("role", None)
    extras = tuple(dict((*speech.extras, *fields.extras)).items())
    return replace(speech, **values, extras=extras)


# -- pages -------------------------------------------------------------------------------------------------------------


def _speech(page: CleanPage, start: int, end: int, id: str) -> Speech:
    text = page.text[start:end]
    return Speech(
        id,
        page.key,
        text,
        start,
        end,
        language=language_of(text, facts.declared_language(page.declared)),
        notes=stage_notes(text),
    )


def _of_page(page: CleanPage, speech: Speech) -> Speech:
    """`speech` with what the page, or else its name, says of it as a whole."""
    named = read_name(page.key)
    return replace(
        speech,
        url=facts.url_of(page.declared),
        title=page.title or title_of_name(page.key),
        kind=named.kind,
        venue=named.venue,
        event=named.event,
        date=facts.date_of(page),
        source=facts.source_of(page) or named.source,
    )


def _single(page: CleanPage, table: Given) -> Speech:
    speech = _of_page(page, _speech(page, 0, len(page.text), page.key))
    text = speech.text
    titled = principal_of_title(page.title)
    reported = principal_in(text)
    person = reported.person if reported else titled or Person(None)
    quotes = quotes_of(text, person.name)
    if reported and not _speaks_most(person, quotes):
        reported, person = None, titled or Person(None)
    kind: str | None
    if reported:
        kind = "article"
    elif speech.kind:
        kind = speech.kind
    else:
        kind = _kind_of_own_words(speech, quotes, has_speaker=bool(titled or table.speakers)) or "article"
    if kind in _SEVERAL_SPEAK or (kind == "article" and not reported):
        person = Person(None)
    passages = [reported.passage] if reported else []
    passages.append(page.title or "")
    if kind == "article":
        # In a speech itself they tell of other occasions.
        passages += text.split("\n\n", _OPENING_PARAGRAPHS)[:_OPENING_PARAGRAPHS]
    return replace(
        speech,
        kind=kind,
        speakers=(person.name,) if person.name else (),
        label=reported.label if reported else None,
        role=person.role,
        venue=speech.venue or venues_in(passages),
        event=speech.event or event_in(passages),
        quotes=quotes,
    )


def _speaks_most(person: Person, quotes: tuple[Quote, ...]) -> bool:
    """Is nobody else quoted at greater length?  Else the page is not a report of this person's speech."""
    length: dict[str | None, int] = {}
    for quote in quotes:
        length[quote.speaker] = length.get(quote.speaker, 0) + len(quote.text)
    length.pop(None, None)
    return not length or max(length, key=lambda name: length[name]) == person.name


def _kind_of_own_words(speech: Speech, quotes: tuple[Quote, ...], *, has_speaker: bool) -> str | None:
    """Which kind of speech is a text that holds the speaker's own words?  None for a report about somebody's words."""
    named = sum(quote.speaker is not None for quote in quotes)
    if not has_speaker and (named or not _in_first_person(speech)):
        return None
    return facts.kind_of_title((speech.title, speech.page)) or "speech"


def _in_first_person(speech: Speech) -> bool:
    """Does the text say I and we in its own words, not only in quotations?"""
    own, position = [], 0
    for quotation in quotations(speech.text[:_SAMPLE]):
        own.append(speech.text[position : quotation.start])
        position = quotation.end
    own.append(speech.text[position:_SAMPLE])
    words = re.findall(r"[^\W\d_]+", fold(" ".join(own)))
    return sum(word in _FIRST_PERSON for word in words) > _FIRST_PERSON_SHARE * len(words)


def _transcript(page: CleanPage, turns: list[Turn]) -> tuple[Speech, ...]:
    ids = turn_ids(page.key, ((turn.label, page.text[turn.start : turn.end]) for turn in turns))
    whole = _of_page(page, Speech(page.key, page.key, ""))
    kind = whole.kind or facts.kind_of_title((page.title, page.key)) or _kind_of_turns(turns)
    language = language_of(page.text, facts.declared_language(page.declared))
    passages = (page.title or "", page.text[: turns[0].end] if turns[0].label is None else "")
    venue, event = whole.venue or venues_in(passages), whole.event or event_in(passages)
    speeches = []
    for id, turn in zip(ids, turns, strict=True):
        text = page.text[turn.start : turn.end]
        name = turn.person.name
        speeches.append(
            Speech(
                id,
                page.key,
                text,
                turn.start,
                turn.end,
                url=whole.url,
                title=turn.title or whole.title,
                kind=kind,
                speakers=(name,) if name else (),
                label=turn.label,
                role=turn.person.role,
                venue=venue,
                event=event,
                date=whole.date,
                source=whole.source,
                language=language,
                procedural=is_procedural(turn, page.text) or (turn.label is None and turn is not turns[0]),
                quotes=quotes_of(text, name, own_words=True),
                notes=stage_notes(text),
            )
        )
    return tuple(speeches)


def _kind_of_turns(turns: list[Turn]) -> str | None:
    """Which kind of occasion do the labels themselves show?"""
    labels = {turn.label.casefold() for turn in turns if turn.label}
    if labels & {"q", "a", "question", "answer"}:
        return "interview"
    if any("speaker" in label or "chair" in label for label in labels):
        return "debate"
    return "speech" if len(labels) == 1 else None
