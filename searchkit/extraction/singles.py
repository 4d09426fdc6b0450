"""A page that is one Speech: a report about somebody's words, or the words themselves."""

from __future__ import annotations

import re
from dataclasses import dataclass

from searchkit.analysis import stage_notes
from searchkit.extraction import facts
from searchkit.extraction.attribution import quotes_of
from searchkit.extraction.language import language_of
from searchkit.extraction.own_words import ADDRESS, FIRST_PERSON, first_person_share, greets
from searchkit.extraction.people import Person
from searchkit.extraction.principal import Principal, introduced_in, principal_in, principal_of_title
from searchkit.extraction.setting import Setting, setting_of
from searchkit.models import CleanPage, Quote, Speech

__all__ = ["single"]

_OPENING_PARAGRAPHS = 2
"""Paragraphs in which a report says where and at what it happened; later ones tell of other occasions."""
_SEVERAL_SPEAK = frozenset(("debate", "interview", "press conference", "town hall", "hearing"))
"""Kinds whose words are nobody's alone, where no labels say whose."""
_TITLE = re.compile(
    r"(?:[\w-]+\s){0,3}?(?:statement|message|letter|remarks|address|speech|lecture|greetings?|toast)\b", re.IGNORECASE
)
"""Statement of the Ministry of …"""
_NOBODY = Person(None)


def single(page: CleanPage, *, has_speaker: bool) -> Speech:
    """Which Speech is `page`?  `has_speaker`: a metadata table names who speaks, so the words are that person's own."""
    text, setting = page.text, setting_of(page)
    language = language_of(text, facts.declared_language(page.declared))
    spoken = _own_words(setting, text, language, has_speaker=has_speaker, is_html=page.format == "html")
    voice = spoken or _report(text)
    passages = [voice.reported.passage] if voice.reported else []
    if voice.kind == "article":
        # In a speech itself they tell of other occasions.
        passages += text.split("\n\n", _OPENING_PARAGRAPHS)[:_OPENING_PARAGRAPHS]
    return Speech(
        page.key,
        page.key,
        text,
        0,
        len(text),
        url=setting.url,
        title=setting.title,
        kind=voice.kind,
        speakers=(voice.person.name,) if voice.person.name else (),
        label=voice.reported.label if voice.reported else None,
        role=voice.person.role,
        venue=setting.venue(passages),
        event=setting.event(passages),
        date=setting.date,
        source=setting.source,
        language=language,
        quotes=voice.quotes,
        notes=stage_notes(text),
    )


@dataclass(frozen=True, slots=True)
class _Voice:
    """Whose text it is, of which kind, and whom it quotes."""

    kind: str
    person: Person
    quotes: tuple[Quote, ...]
    reported: Principal | None = None


def _own_words(setting: Setting, text: str, language: str | None, *, has_speaker: bool, is_html: bool) -> _Voice | None:
    """The voice of a text that holds somebody's own words; None for a report about them."""
    share = first_person_share(text, language)
    person = principal_of_title(setting.title) or setting.header.person or introduced_in(text)
    if not (setting.kind or has_speaker) and share <= FIRST_PERSON:
        # "Speech by X" over a text in the third person is a report of it.
        return None
    named_kind = setting.kind or facts.kind_of_title((setting.title,))
    kind = named_kind or "speech"
    if kind in _SEVERAL_SPEAK:
        person = None
    name = person.name if person else None
    is_titled = _TITLE.match(setting.title or "") is not None
    if person or setting.kind or has_speaker or is_titled or greets(text):
        return _Voice(kind, person or _NOBODY, quotes_of(text, name, own_words=True))
    if is_html:
        return None  # columns and product pages say I and we too
    quotes = quotes_of(text, name, own_words=True)
    if share <= ADDRESS and (any(quote.speaker for quote in quotes) or principal_in(text)):
        return None
    return _Voice(kind, _NOBODY, quotes)


def _report(text: str) -> _Voice:
    """The voice of a report, with its principal speaker if it reports that person's speech."""
    reported = principal_in(text)
    person = reported.person if reported else _NOBODY
    quotes = quotes_of(text, person.name)
    if reported and not _speaks_most(person, quotes):
        return _Voice("article", _NOBODY, quotes)
    return _Voice("article", person, quotes, reported)


def _speaks_most(person: Person, quotes: tuple[Quote, ...]) -> bool:
    """Is nobody else quoted at greater length?  Else the page is not a report of this person's speech."""
    length: dict[str | None, int] = {}
    for quote in quotes:
        length[quote.speaker] = length.get(quote.speaker, 0) + len(quote.text)
    length.pop(None, None)
    return not length or max(length, key=lambda name: length[name]) == person.name
