"""What a tool answers: few enough words for a context window, each with the id, offsets and citation to quote it by.

An assistant that shows `text[start:end]` of the speech `id` shows what was said; nothing here is a summary.
"""

from __future__ import annotations

from typing import Any

from searchkit.counting import Concordance
from searchkit.models import Citation, Results, Speech
from searchkit.presenting import citation_line, facets_json, headline
from searchkit.searching import Quotes

__all__ = ["contexts", "found", "quoted", "shown"]

_MOST_CHARACTERS = 6_000
"""Of one speech in one answer: some 1,500 tokens; `start` asks for what follows."""


def found(results: Results) -> dict[str, Any]:
    """The answer of the tool `search`."""
    answer: dict[str, Any] = {
        "answer": headline(results),
        "understood": results.understood,
        "total": results.total,
        "remarks": list(results.remarks),
        "hits": [
            {
                **_named(hit.speech),
                "snippets": [
                    {"voice": piece.voice, "text": piece.text, "start": piece.start, "end": piece.end}
                    for piece in hit.snippets
                ],
            }
            for hit in results.hits
        ],
        "generation": results.generation,
    }
    if results.facets:
        answer["facets"] = facets_json(results.facets)
    return answer


def shown(speech: Speech, start: int) -> dict[str, Any]:
    """The answer of the tool `speech`: its text from `start`, with the quotes that lie in that stretch."""
    end = min(len(speech.text), start + _MOST_CHARACTERS)
    return {
        **_named(speech),
        "text": speech.text[start:end],
        "start": start,
        "end": end,
        "characters": len(speech.text),
        "next_start": end if end < len(speech.text) else None,
        "quotes": [
            {"speaker": quote.speaker, "start": quote.start, "end": quote.end}
            for quote in speech.quotes
            if quote.start < end and quote.end > start
        ],
    }


def quoted(quotes: Quotes) -> dict[str, Any]:
    """The answer of the tool `quotes`."""
    return {
        "understood": quotes.understood,
        "total": quotes.total,
        "people": [{"value": name, "count": count} for name, count in quotes.people[:20]],
        "quotes": [
            {
                "quoted": hit.quote.speaker,
                "text": hit.quote.text,
                "start": hit.quote.start,
                "end": hit.quote.end,
                "speech": _named(hit.speech),
            }
            for hit in quotes
        ],
    }


def contexts(concordance: Concordance) -> dict[str, Any]:
    """The answer of the tool `kwic`."""
    return {
        "understood": concordance.understood,
        "occurrences": concordance.total,
        "speeches": concordance.speeches,
        "lines": [
            {
                "id": line.id,
                "start": line.start,
                "end": line.end,
                "speaker": line.speaker,
                "date": line.date,
                "text": f"{line.left}[[{line.match}]]{line.right}",
            }
            for line in concordance
        ],
    }


def _named(speech: Speech) -> dict[str, Any]:
    known = {
        "speaker": speech.speaker,
        "role": speech.role,
        "date": speech.date,
        "venue": list(speech.venue),
        "event": speech.event,
        "title": speech.title,
        "kind": speech.kind,
        "source": speech.source,
        "url": speech.url,
    }
    return {
        "id": speech.id,
        "citation": citation_line(Citation.whole(speech)),
        **{name: value for name, value in known.items() if value},
    }
