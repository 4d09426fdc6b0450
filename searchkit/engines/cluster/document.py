"""What is sent to the cluster for one speech, and which speech comes back.  The one mapping from Speech to document."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from searchkit.dates import span
from searchkit.engines.cluster.mapping import joined, token_fields
from searchkit.engines.scanned import Scanned, looked_at
from searchkit.engines.terms import SpeechTerms, terms_of
from searchkit.errors import IndexDamaged
from searchkit.identity.side import Names, renamed
from searchkit.models import Quote, Speech
from searchkit.query import TEXT_STREAMS, TokenStream
from searchkit.schema import DATE_FACETS, Field, exact_name

__all__ = ["Place", "document_of", "key_of", "people_in", "scanned_from", "shown_in", "terms_and_tokens", "written_in"]

_LONGEST_KEY = 500
"""Bytes; the cluster takes 512."""
_STORED = (
    "id", "page", "text", "start", "end", "url", "title", "kind", "label", "role", "event", "date", "source",
    "language", "procedural",
)  # fmt: skip
_STORED_LISTS = ("speakers", "venue")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a speech stands among the others: what cannot be told from the speech alone."""

    number: int
    page_number: int
    """The page's place among all pages, so that pages are counted by a bit each."""
    original: int
    """The number of the speech that it is a copy of; its own if it is none."""
    copies: int
    """How many other speeches are the same text."""


def key_of(id: str) -> str:
    """Under which key does the cluster hold the speech `id`?  Always the same, so that nothing is held twice."""
    encoded = id.encode("utf-8", "surrogatepass")
    if len(encoded) <= _LONGEST_KEY and not id.startswith("sha256:"):
        return id
    return f"sha256:{hashlib.sha256(encoded).hexdigest()}"


def terms_and_tokens(item: Scanned, fields: tuple[Field, ...]) -> dict[str, TokenStream]:
    """Field -> its tokens, for each field that has one."""
    return {name: item.streams[name] for name in token_fields(fields) if item.streams[name].terms}


def document_of(item: Scanned, place: Place, fields: tuple[Field, ...]) -> dict[str, Any]:
    """Which document is sent for this speech?"""
    held: dict[str, Any] = {
        name: joined(stream.terms, stream.positions) for name, stream in terms_and_tokens(item, fields).items()
    }
    held |= {name: list(values) for name, values in item.terms.values.items() if values}
    for name in DATE_FACETS:
        held[name] = list(item.facet_values(name))
    if item.written.date:
        held["date_first"], held["date_last"] = span(item.written.date)
    return {
        "number": place.number,
        "page_number": place.page_number,
        "original": place.original,
        "copies": place.copies,
        "length": item.terms.length,
        "owned": any(not stretch.quoted for stretch in item.stretches),
        "f": held,
        "said": [_quoted(item, stretch) for stretch in item.stretches if stretch.quoted],
        "speech": _stored(item.written),
        "people": {"speakers": _kept(item.speakers), "quoted": [_kept(names) for names in item.quoted]},
    }


def _quoted(item: Scanned, stretch: Any) -> dict[str, Any]:
    inside = {name: item.streams[name].within(stretch.first, stretch.last) for name in TEXT_STREAMS}
    person = stretch.person.get("quoting")
    if person is not None and person.terms:
        inside["quoting"] = person
    sent = {
        # positions within a stretch are compared with each other alone
        name: joined(stream.terms, [position - stream.positions[0] for position in stream.positions])
        for name, stream in inside.items()
        if stream.terms
    }
    exact = stretch.person.get(exact_name("quoting"))
    return {**sent, exact_name("quoting"): list(exact.terms)} if exact is not None and exact.terms else sent


def _stored(speech: Speech) -> dict[str, Any]:
    stored = {name: value for name in _STORED if (value := getattr(speech, name)) not in (None, False)}
    stored |= {name: list(value) for name in _STORED_LISTS if (value := getattr(speech, name))}
    if speech.quotes:
        # the words are in the text
        stored["quotes"] = [[quote.speaker, quote.text, quote.start, quote.end] for quote in speech.quotes]
    if speech.notes:
        stored["notes"] = [list(note) for note in speech.notes]
    if speech.extras:
        stored["extras"] = [list(extra) for extra in speech.extras]
    return stored


def _kept(names: Names) -> dict[str, list[str]]:
    return {"values": list(names.values), "spelled": list(names.spelled)}


def written_in(hit: dict[str, Any]) -> Speech:
    """Which speech stands in this hit, with people as the page names them?  Raises IndexDamaged for anything else."""
    try:
        stored = dict(hit["_source"]["speech"])
        for name in _STORED_LISTS:
            stored[name] = tuple(stored.get(name, ()))
        stored["quotes"] = tuple(Quote(*quote) for quote in stored.get("quotes", ()))
        stored["notes"] = tuple((int(start), int(end)) for start, end in stored.get("notes", ()))
        stored["extras"] = tuple((str(key), str(value)) for key, value in stored.get("extras", ()))
        return Speech(**stored)
    except (KeyError, TypeError, ValueError) as error:
        raise IndexDamaged(f"the document {hit.get('_id')!r} of the cluster is none of searchkit's: {error}") from error


def people_in(hit: dict[str, Any]) -> tuple[Names, tuple[Names, ...]]:
    """Who speaks in this hit, and who is quoted, quote by quote?"""
    people = hit["_source"]["people"]
    return _names(people["speakers"]), tuple(_names(quoted) for quoted in people["quoted"])


def shown_in(hit: dict[str, Any]) -> Speech:
    """Which speech stands in this hit, with its people?"""
    return renamed(written_in(hit), *people_in(hit))


def _names(kept: dict[str, Sequence[str]]) -> Names:
    return Names(tuple(kept["values"]), tuple(kept["spelled"]))


def scanned_from(hit: dict[str, Any], fields: tuple[Field, ...]) -> Scanned:
    """What can be asked of the speech in this hit, looked up in plain dictionaries?"""
    speech = written_in(hit)
    terms: SpeechTerms = terms_of(speech, fields)
    source = hit["_source"]
    return looked_at(source["number"], speech, terms, *people_in(hit), original=source["original"])
