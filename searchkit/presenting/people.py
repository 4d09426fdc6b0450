"""People as tables and as JSON: what they are quoted with, and whom each label was resolved to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from searchkit.presenting.json import JSONObject
from searchkit.presenting.tables import Table

if TYPE_CHECKING:  # slow to load, and not needed to look at its values
    from searchkit import Quotes, RollEntry

__all__ = ["quotes_json", "quotes_table", "roll_json", "roll_table"]

_QUOTES = ("id", "page", "url", "title", "date", "source", "speaker", "text", "start", "end")
_ROLL = ("label", "speaker", "resolved", "why", "speeches", "quotes")


def quotes_table(found: Quotes) -> Table:
    """Which rows has `quotes --csv`?  One a quotation; `speaker` is the person quoted, offsets lie in the speech."""
    return Table(_QUOTES, [_quote_row(found, place) for place in range(len(found.hits))])


def quotes_json(found: Quotes) -> JSONObject:
    """What does `quotes --json` print?"""
    quotes = quotes_table(found).objects()
    for shape, hit in zip(quotes, found.hits, strict=True):
        shape["highlights"] = [list(interval) for interval in hit.highlights]
    return {
        "query": found.query,
        "understood": found.understood,
        "total": found.total,
        "speeches": found.speeches,
        "people": [{"value": name, "count": count} for name, count in found.people],
        "quotes": quotes,
    }


def roll_table(entries: Sequence[RollEntry]) -> Table:
    """Which rows has `speakers --csv`?  One a label."""
    return Table(_ROLL, [[getattr(entry, name) for name in _ROLL] for entry in entries])


def roll_json(entries: Sequence[RollEntry], total: int) -> JSONObject:
    """What does `speakers --json` print?  `total` counts the labels, also those not listed."""
    return {"total": total, "labels": roll_table(entries).objects()}


def _quote_row(found: Quotes, place: int) -> list[object]:
    speech, quote = found.hits[place].speech, found.hits[place].quote
    return [
        speech.id,
        speech.page,
        speech.url,
        speech.title,
        speech.date,
        speech.source,
        quote.speaker,
        quote.text,
        quote.start,
        quote.end,
    ]
