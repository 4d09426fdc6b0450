"""Answers as JSON: the shapes that other programs rely on, key for key and in this order.

Goes in: a value of the library. Comes out: a plain dict (`*_json`), or its text (`to_json`). Unknown is null; offsets
are code points; counts are speeches unless named otherwise. It computes nothing and leaves nothing out.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from searchkit.errors import QueryError, SearchkitError
from searchkit.models import (
    Facet,
    FacetValue,
    Form,
    Hit,
    Inspection,
    Interval,
    Quote,
    Results,
    ScorePart,
    Skipped,
    Snippet,
    Speech,
)

if TYPE_CHECKING:  # neither package is needed to look at its values, and both are slow to load
    from searchkit.indexing.report import BuildReport
    from searchkit.searching.stats import Stats

__all__ = [
    "JSONObject",
    "count_json",
    "error_json",
    "facets_json",
    "hit_json",
    "inspection_json",
    "report_json",
    "results_json",
    "speech_json",
    "stats_json",
    "to_json",
]

JSONObject = dict[str, object]

_ESCAPED = re.compile("[\ud800-\udfff\x85\u2028\u2029]")
"""Half a character, as in the name of a file that is not UTF-8: it can be escaped in JSON, not encoded.  And what some
programs take for the end of a line.
"""


def to_json(value: JSONObject | Sequence[JSONObject], *, one_line: bool = False) -> str:
    """How is `value` written as JSON?  Letters stand for themselves; indented unless it is to fit on one line."""
    text = json.dumps(value, ensure_ascii=False, indent=None if one_line else 2)
    return _ESCAPED.sub(lambda match: f"\\u{ord(match.group()):04x}", text)


# -- the read arrow ----------------------------------------------------------------------------------------------------


def results_json(results: Results) -> JSONObject:
    """What does `query --json` print?  `written` only where asked for, as the `parts` of a hit."""
    explained: JSONObject = {} if results.written is None else {"written": results.written}
    return {
        "query": results.query,
        "understood": results.understood,
        **explained,
        "total": results.total,
        "pages": results.pages,
        "originals": results.originals,
        "phrase_total": results.phrase_total,
        "forms": _forms(results.forms),
        "hits": [hit_json(hit) for hit in results.hits],
        "facets": facets_json(results.facets),
        "generation": results.generation,
        "took_ms": results.took_ms,
    }


def hit_json(hit: Hit) -> JSONObject:
    """What does a line of `query --jsonl` hold?  One hit, as `query --json` has it; `parts` only where asked for."""
    speech = hit.speech
    explained: JSONObject = {"parts": [_part(part) for part in hit.parts]} if hit.parts else {}
    return {
        "id": speech.id,
        "page": speech.page,
        "url": speech.url,
        "title": speech.title,
        "kind": speech.kind,
        "speaker": speech.speaker,
        "role": speech.role,
        "venue": list(speech.venue),
        "quoting": list(speech.quoting),
        "event": speech.event,
        "date": speech.date,
        "source": speech.source,
        "language": speech.language,
        "score": hit.score,
        "copies": hit.copies,
        "snippets": [_snippet(snippet) for snippet in hit.snippets],
        **explained,
    }


def count_json(results: Results) -> JSONObject:
    """What does `count --json` print?"""
    return {
        "query": results.query,
        "understood": results.understood,
        "total": results.total,
        "pages": results.pages,
        "forms": _forms(results.forms),
    }


def facets_json(facets: Mapping[str, Facet]) -> JSONObject:
    """What does `facets --json` print?  Field -> its values with counts, the value null for speeches without one.

    A year of the facet `date` has its `months` too.
    """
    return {
        name: {"values": [_facet_value(value) for value in facet.values], "truncated": facet.truncated}
        for name, facet in facets.items()
    }


def speech_json(speech: Speech) -> JSONObject:
    """What does `show --json` print?  The speech whole."""
    return {
        "id": speech.id,
        "page": speech.page,
        "url": speech.url,
        "title": speech.title,
        "kind": speech.kind,
        "speaker": speech.speaker,
        "speakers": list(speech.speakers),
        "label": speech.label,
        "role": speech.role,
        "venue": list(speech.venue),
        "quoting": list(speech.quoting),
        "event": speech.event,
        "date": speech.date,
        "source": speech.source,
        "language": speech.language,
        "procedural": speech.procedural,
        "text": speech.text,
        "start": speech.start,
        "end": speech.end,
        "notes": _intervals(speech.notes),
        "quotes": _quotes(speech.quotes),
        "extras": dict(speech.extras),
    }


def stats_json(stats: Stats) -> JSONObject:
    """What does `stats --json` print?"""
    return {
        "index": stats.index,
        "generation": stats.generation,
        "created": stats.created,
        "speeches": stats.speeches,
        "pages": stats.pages,
        "words": stats.words,
        "skipped": stats.skipped,
        "bytes": stats.bytes,
        "first_date": stats.first_date,
        "last_date": stats.last_date,
        "languages": dict(stats.languages),
        "sources": list(stats.sources),
        "coverage": dict(stats.coverage),
    }


# -- the write arrow ---------------------------------------------------------------------------------------------------


def inspection_json(inspection: Inspection) -> JSONObject:
    """What does `inspect --json` print for one page?  For a page that is skipped: its key, the reason, the detail."""
    page, speeches = inspection.page, inspection.speeches
    if isinstance(page, Skipped):
        return {"page": page.page, "skipped": page.reason, "detail": page.detail or None}
    return {
        "page": page.key,
        "title": page.title,
        "date": _first(speech.date for speech in speeches),
        "source": _first(speech.source for speech in speeches),
        "language": _first(speech.language for speech in speeches),
        "text": page.text,
        "removed": [{"text": removal.text, "rule": removal.rule} for removal in page.removed],
        "speeches": [_inspected(speech) for speech in speeches],
    }


def report_json(report: BuildReport) -> JSONObject:
    """What does `build --json` print?"""
    pages = report.pages
    return {
        "generation": report.generation,
        "index": report.index,
        "pages": {
            "read": pages.read,
            "added": pages.added,
            "changed": pages.changed,
            "unchanged": pages.unchanged,
            "withdrawn": pages.withdrawn,
            "stale": pages.stale,
            "skipped": pages.skipped,
        },
        "speeches": report.speeches,
        "skipped": [{"page": page.page, "reason": page.reason} for page in report.skipped],
        "seconds": report.seconds,
    }


# -- errors ------------------------------------------------------------------------------------------------------------


def error_json(error: SearchkitError) -> JSONObject:
    """What stands on standard error where JSON was asked for and an error comes instead?"""
    shape: JSONObject = {"error": error.code, "message": str(error), "exit_status": error.exit_status}
    if isinstance(error, QueryError):
        shape |= {
            "query": error.query,
            "start": error.start,
            "end": error.end,
            "suggestions": list(error.suggestions),
        }
    return shape


# -- parts -------------------------------------------------------------------------------------------------------------


def _forms(forms: Sequence[Form]) -> list[JSONObject]:
    return [{"form": form.form, "count": form.count} for form in forms]


def _part(part: ScorePart) -> JSONObject:
    return {"asked": part.asked, "score": part.score, "speeches": part.speeches}


def _facet_value(value: FacetValue) -> JSONObject:
    months: JSONObject = {"months": [_facet_value(month) for month in value.months]} if value.months else {}
    return {"value": value.value, "label": value.label, "count": value.count, "selected": value.selected, **months}


def _snippet(snippet: Snippet) -> JSONObject:
    return {
        "text": snippet.text,
        "start": snippet.start,
        "end": snippet.end,
        "voice": snippet.voice,
        "highlights": _intervals(snippet.highlights),
    }


def _inspected(speech: Speech) -> JSONObject:
    return {
        "id": speech.id,
        "title": speech.title,
        "kind": speech.kind,
        "speaker": speech.speaker,
        "label": speech.label,
        "role": speech.role,
        "venue": list(speech.venue),
        "event": speech.event,
        "date": speech.date,
        "procedural": speech.procedural,
        "text": speech.text,
        "start": speech.start,
        "end": speech.end,
        "notes": _intervals(speech.notes),
        "quotes": _quotes(speech.quotes),
    }


def _quotes(quotes: Sequence[Quote]) -> list[JSONObject]:
    return [{"speaker": quote.speaker, "text": quote.text, "start": quote.start, "end": quote.end} for quote in quotes]


def _intervals(intervals: Sequence[Interval]) -> list[list[int]]:
    return [[start, end] for start, end in intervals]


def _first(values: Iterable[str | None]) -> str | None:
    return next((value for value in values if value is not None), None)
