"""Words in use as tables and as JSON: concordances, trends, forms, collocates, keywords."""

from __future__ import annotations

from collections.abc import Iterable
from operator import attrgetter
from typing import TYPE_CHECKING

from searchkit.presenting.json import JSONObject
from searchkit.presenting.tables import Row, Table

if TYPE_CHECKING:  # slow to load, and not needed to look at its values
    from searchkit.counting import Collocates, Concordance, Frequencies, Group, Keyness, KwicLine, Trend

__all__ = [
    "KWIC_COLUMNS",
    "collocates_json",
    "collocates_table",
    "frequencies_json",
    "frequencies_table",
    "keyness_json",
    "keyness_table",
    "kwic_json",
    "kwic_rows",
    "trend_json",
    "trend_table",
]

KWIC_COLUMNS = ("document", "position", "left", "match", "right", "start", "end", "speaker", "date")
"""Of a concordance in CSV; `document` is the speech's id, `position` the number of the match's first word in it."""

_LINE = attrgetter("id", *KWIC_COLUMNS[1:])
_TREND = ("value", "count", "occurrences", "words", "per_million", "speeches", "share", "coverage")
_FREQUENCIES = ("form", "occurrences", "speeches", "per_million")
_COLLOCATES = ("form", "together", "left", "right", "frequency", "expected", "log_likelihood", "log_dice")
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


def _group(group: Group) -> JSONObject:
    return {
        "understood": group.understood,
        "speeches": group.speeches,
        "words": group.words,
        "forms": group.forms,
    }


def _table(columns: tuple[str, ...], items: Iterable[object]) -> Table:
    """The table of those attributes of `items`."""
    return Table(columns, list(map(attrgetter(*columns), items)))
