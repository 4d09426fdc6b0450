"""What a tool answers: few enough words for a context window, each with the id, offsets and citation to quote it by.

An assistant that shows `text[start:end]` of the speech `id` shows what was said; nothing here is a summary.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from searchkit.counting import Concordance, Trend, TrendValue
from searchkit.models import Citation, Results, Speech
from searchkit.presenting import citation_line, headline
from searchkit.searching import Quotes

__all__ = ["contexts", "found", "quoted", "rates", "shown", "spread"]

_MOST_CHARACTERS = 6_000
"""Of one speech in one answer: some 1,500 tokens; `start` asks for what follows."""
_LONGEST_QUOTE = 1_000
"""Characters of one quotation; `speech` gives the rest."""
_MOST_TIMES = 100
"""Rows of a trend: some 3,000 tokens."""


def found(results: Results) -> dict[str, Any]:
    """The answer of the tool `search`."""
    return {
        "answer": headline(results),
        "understood": results.understood,
        "total": results.total,
        "remarks": list(results.remarks),
        "hits": [
            {
                **_named(hit.speech),
                **({"copies": hit.copies} if hit.copies else {}),
                "snippets": [
                    {"voice": piece.voice, "text": piece.text, "start": piece.start, "end": piece.end}
                    for piece in hit.snippets
                ],
            }
            for hit in results.hits
        ],
        "generation": results.generation,
    }


def spread(results: Results, by: str) -> dict[str, Any]:
    """The answer of the tool `facets`."""
    facet = results.facets[by]
    return {
        "understood": results.understood,
        "total": results.total,
        "by": by,
        "values": [{"value": value.value, "count": value.count} for value in facet.values],
        "truncated": facet.truncated,
        "remarks": list(results.remarks),
        "generation": results.generation,
    }


def rates(trend: Trend, generation: str | None) -> dict[str, Any]:
    """The answer of the tool `trend`; of many values those with the most occurrences, still in their order."""
    values = trend.values
    if len(values) > _MOST_TIMES:
        least = sorted((value.occurrences for value in values), reverse=True)[_MOST_TIMES - 1]
        values = tuple(value for value in values if value.occurrences >= max(1, least))[:_MOST_TIMES]
    return {
        "understood": trend.understood,
        "total": trend.total,
        "occurrences": trend.occurrences,
        "rates_of": trend.scope,
        "by": trend.by,
        "values": [_rate(value) for value in values],
        "left_out": len(trend.values) - len(values),
        "generation": generation,
    }


def _rate(value: TrendValue) -> dict[str, Any]:
    told = {"value": value.value, "speeches": value.count, "occurrences": value.occurrences, "words": value.words}
    thin = {"coverage": value.coverage} if value.coverage else {}
    return {**told, "per_million": round(value.per_million, 1), **thin}


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


def quoted(quotes: Quotes, generation: str | None, holding: int | None) -> dict[str, Any]:
    """The answer of the tool `quotes`; where there is none, `holding` speeches have the words all the same."""
    return {
        "understood": quotes.understood,
        "total": quotes.total,
        "remarks": [f"nobody is quoted so; speeches with these words: {holding} (ask search)"] if holding else [],
        "people": [{"value": name, "count": count} for name, count in quotes.people[:20]],
        "quotes": [
            {
                "quoted": hit.quote.speaker,
                "text": hit.quote.text[:_LONGEST_QUOTE],
                "start": hit.quote.start,
                "end": hit.quote.start + min(len(hit.quote.text), _LONGEST_QUOTE),
                **({"goes_on_to": hit.quote.end} if len(hit.quote.text) > _LONGEST_QUOTE else {}),
                "speech": _named(hit.speech),
            }
            for hit in quotes
        ],
        "generation": generation,
    }


def contexts(concordance: Concordance, speeches: Mapping[str, Speech], generation: str | None) -> dict[str, Any]:
    """The answer of the tool `kwic`; `speeches` are those of its lines, by id."""
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
        "citations": {id: citation_line(Citation.whole(speech)) for id, speech in speeches.items()},
        "generation": generation,
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
