"""extract: CleanPage -> Speech, one for an article or an address, one a turn for a transcript."""

from __future__ import annotations

from dataclasses import dataclass, replace

from searchkit.analysis import stage_notes
from searchkit.extraction import facts
from searchkit.extraction.attribution import quotes_of
from searchkit.extraction.given import Given, given
from searchkit.extraction.ids import turn_ids
from searchkit.extraction.labels import person_of_label
from searchkit.extraction.language import language_of
from searchkit.extraction.naming import title_of_name
from searchkit.extraction.people import Person
from searchkit.extraction.rosters import resolved
from searchkit.extraction.setting import setting_of
from searchkit.extraction.singles import single
from searchkit.extraction.transcripts import Turn, is_procedural, opening_label, turns_of
from searchkit.models import CleanPage, Speech

__all__ = ["ExtractOptions", "extract"]


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
    speeches = _transcript(page, turns) if turns else (single(page, has_speaker=bool(table.speakers)),)
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


def _transcript(page: CleanPage, turns: list[Turn]) -> tuple[Speech, ...]:
    ids = turn_ids(page.key, ((turn.label, page.text[turn.start : turn.end]) for turn in turns))
    setting = setting_of(page, turns[0].end if turns[0].label is None else 0)
    kind = setting.kind or facts.kind_of_title((page.title, page.key)) or _kind_of_turns(turns)
    language = language_of(page.text, facts.declared_language(page.declared))
    venue, event = setting.venue(()), setting.event(())
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
                url=setting.url,
                title=turn.title or setting.title,
                kind=kind,
                speakers=(name,) if name else (),
                label=turn.label,
                role=turn.person.role,
                venue=venue,
                event=event,
                date=setting.date,
                source=setting.source,
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
