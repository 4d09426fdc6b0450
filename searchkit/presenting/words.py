"""Words in use as tables and as JSON: concordances, trends, forms, collocates, keywords."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import TYPE_CHECKING

from searchkit.presenting.json import JSONObject
from searchkit.presenting.tables import Row, Table

if TYPE_CHECKING:  # slow to load, and not needed to look at its values
    from searchkit.counting import (
        Collocates,
        Comparison,
        Concordance,
        Echoes,
        Frequencies,
        Group,
        Keyness,
        KwicLine,
        Ngrams,
        SimilarSpeech,
        Trend,
    )

__all__ = [
    "KWIC_COLUMNS",
    "collocates_json",
    "collocates_table",
    "comparison_json",
    "echoes_json",
    "echoes_table",
    "frequencies_json",
    "frequencies_table",
    "keyness_json",
    "keyness_table",
    "kwic_json",
    "kwic_rows",
    "ngrams_json",
    "ngrams_table",
    "similar_json",
    "similar_table",
    "trend_json",
    "trend_table",
]

KWIC_COLUMNS = ("document", "position", "left", "match", "right", "start", "end", "speaker", "date")
"""Of a concordance in CSV; `document` is the speech's id, `position` the number of the match's first word in it."""

_LINE = attrgetter("id", *KWIC_COLUMNS[1:])
_TREND = ("value", "count", "occurrences", "words", "per_million", "speeches", "share", "coverage")
_FREQUENCIES = ("form", "occurrences", "speeches", "per_million")
_COLLOCATES = ("form", "together", "left", "right", "frequency", "expected", "log_likelihood", "log_dice")
_NGRAMS = ("form", "occurrences", "speeches", "per_million")
_ECHOES = ("id", "speaker", "date", "start", "end", "text", "verbatim")
_KEYWORDS = (
    "form",
    "target",
    "reference",
    "target_per_million",
    "reference_per_million",
    "log_likelihood",
    "log_ratio",
    "speeches",
)


def kwic_rows(lines: Iterable[KwicLine]) -> Iterable[Row]:
    """Which rows has `kwic --csv`?  One a line, under KWIC_COLUMNS."""
    return map(_LINE, lines)


def kwic_json(found: Concordance, lines: Iterable[KwicLine]) -> JSONObject:
    """What does `kwic --json` print?  `total` is occurrences."""
    keys = ("id", "start", "end", "left", "match", "right", "position", "speaker", "date")
    return {
        "query": found.query,
        "understood": found.understood,
        "total": found.total,
        "speeches": found.speeches,
        "lines": _table(keys, lines).objects(),
    }


def trend_table(found: Trend) -> Table:
    """Which rows has `trend --csv`?  One for each period or value."""
    return _table(_TREND, found.values)


def trend_json(found: Trend) -> JSONObject:
    """What does `trend --json` print?  `count` and `total` are speeches, rates are of the words of `scope`."""
    return {
        "query": found.query,
        "understood": found.understood,
        "by": found.by,
        "total": found.total,
        "occurrences": found.occurrences,
        "scope": found.scope,
        "values": trend_table(found).objects(),
    }


def frequencies_table(found: Frequencies) -> Table:
    """Which rows has `freq --csv`?  One for each form."""
    return _table(_FREQUENCIES, found.values)


def frequencies_json(found: Frequencies) -> JSONObject:
    """What does `freq --json` print?  `total` is occurrences of all forms."""
    return {
        "query": found.query,
        "understood": found.understood,
        "total": found.total,
        "speeches": found.speeches,
        "forms": found.forms,
        "scope": found.scope,
        "words": found.words,
        "values": frequencies_table(found).objects(),
        "truncated": found.truncated,
    }


def collocates_table(found: Collocates) -> Table:
    """Which rows has `collocates --csv`?  One for each word."""
    return _table(_COLLOCATES, found.values)


def collocates_json(found: Collocates) -> JSONObject:
    """What does `collocates --json` print?  `total` is occurrences of what was asked for."""
    return {
        "query": found.query,
        "understood": found.understood,
        "total": found.total,
        "window": found.window,
        "neighbours": found.neighbours,
        "scope": found.scope,
        "words": found.words,
        "values": collocates_table(found).objects(),
        "truncated": found.truncated,
    }


def keyness_table(found: Keyness) -> Table:
    """Which rows has `keyness --csv`?  The words of the target first, then those of the reference."""
    return _table(_KEYWORDS, (*found.more, *found.fewer))


def keyness_json(found: Keyness) -> JSONObject:
    """What does `keyness --json` print?"""
    return {
        "target": _group(found.target),
        "reference": _group(found.reference),
        "shared": found.shared,
        "more": _table(_KEYWORDS, found.more).objects(),
        "fewer": _table(_KEYWORDS, found.fewer).objects(),
        "truncated": found.truncated,
    }


def comparison_json(found: Comparison) -> JSONObject:
    """What does `compare --json` print?  What `keyness --json` prints, and how each speaker uses the query."""
    usage = ("understood", "speeches", "occurrences", "words", "per_million")
    return {**keyness_json(found.keyness), "usage": _table(usage, found.usage).objects()}


def ngrams_table(found: Ngrams) -> Table:
    """Which rows has `ngrams --csv`?"""
    return _table(_NGRAMS, found.values)


def ngrams_json(found: Ngrams) -> JSONObject:
    """What does `ngrams --json` print?  `total` is n-grams counted."""
    return {
        "query": found.query,
        "understood": found.understood,
        "size": found.size,
        "total": found.total,
        "scope": found.scope,
        "words": found.words,
        "values": ngrams_table(found).objects(),
    }


def echoes_table(found: Echoes) -> Table:
    """Which rows has `first --csv`?  One for each use, the earliest first."""
    return _table(_ECHOES, found.values)


def echoes_json(found: Echoes) -> JSONObject:
    """What does `first --json` print?  `contenders` are the speeches that may be the first, as far as dates tell."""
    return {
        "query": found.query,
        "understood": found.understood,
        "total": found.total,
        "verbatim": found.verbatim,
        "altered": found.altered,
        "speeches": found.speeches,
        "contenders": found.contenders,
        "undated": found.undated,
        "values": echoes_table(found).objects(),
    }


def similar_table(found: Sequence[SimilarSpeech]) -> Table:
    """Which rows has `similar --csv`?  Words that both share are joined by spaces."""
    return Table(
        ("id", "similarity", "same_text", "speaker", "date", "title", "shared"),
        [
            (
                item.speech.id,
                item.similarity,
                item.same_text,
                item.speech.speaker,
                item.speech.date,
                item.speech.title,
                " ".join(item.shared),
            )
            for item in found
        ],
    )


def similar_json(id: str, found: Sequence[SimilarSpeech]) -> JSONObject:
    """What does `similar --json` print?  Of each speech what is known of it, without its text."""
    rows = [
        {**row, "shared": list(item.shared)} for row, item in zip(similar_table(found).objects(), found, strict=True)
    ]
    return {"id": id, "values": rows}


def _group(group: Group) -> JSONObject:
    return {
        "understood": group.understood,
        "speeches": group.speeches,
        "words": group.words,
        "forms": group.forms,
        "since": group.since,
        "until": group.until,
    }


def _table(columns: tuple[str, ...], items: Iterable[object]) -> Table:
    """The table of those attributes of `items`."""
    return Table(columns, list(map(attrgetter(*columns), items)))
