"""What an answer must say beside its hits: dates too coarse for a filter, and why there is nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from searchkit.analysis import analyze
from searchkit.engines.base import Engine, Request
from searchkit.query import Clause, Query, TokenStream, condition, nodes, phrase_occurrences

__all__ = ["remarks"]

_MOST_READ = 1_000
"""Speeches read to see whether a phrase stands across a sentence end."""


def remarks(engine: Engine, request: Request, clauses: tuple[Clause, ...], total: int) -> tuple[str, ...]:
    """Which sentences must stand beside the answer to `request`, whose query is made of `clauses`?"""
    found = list(_coarse_dates(engine, request))
    if total == 0:
        found += _emptied(engine, request, clauses)
        found += _elsewhere(engine, clauses)
        found += _across_sentences(engine, request)
    return tuple(found)


def _count(engine: Engine, query: Query, request: Request | None = None) -> int:
    asked = replace(request, query=query, facets=(), limit=0) if request else Request(query, limit=0)
    return engine.search(asked).total


def _speeches(count: int) -> str:
    return "1 speech" if count == 1 else f"{count:,} speeches"


# -- dates -------------------------------------------------------------------------------------------------------------


def _coarse_dates(engine: Engine, request: Request) -> Iterator[str]:
    """How many speeches may fall into the period asked for, but are dated too coarsely, or not at all?"""
    conjuncts = [
        *_conjuncts(request.query),
        *(part for query in request.filters.values() for part in _conjuncts(query)),
    ]
    periods = [part for part in conjuncts if isinstance(part, nodes.DateWithin)]
    if not periods:
        return
    rest: list[Any] = [part for part in conjuncts if not isinstance(part, nodes.DateWithin)] or [nodes.Every()]
    first = max((period.first for period in periods if period.first is not None), default=None)
    last = min((period.last for period in periods if period.last is not None), default=None)
    undated = nodes.NoValue("date")
    excluded = [undated, *periods] if len(periods) == 1 else [undated, nodes.And(periods)]
    if first is not None:
        excluded.append(nodes.DateWithin(None, first - 1))
    if last is not None:
        excluded.append(nodes.DateWithin(last + 1, None))
    maybe = engine.search(Request(nodes.And([*rest, *map(nodes.Not, excluded)]), facets=("month",), limit=0))
    if maybe.total:
        dates = ", ".join(value.label for value in maybe.facets["month"].values[:3])
        more = " ..." if len(maybe.facets["month"].values) > 3 else ""
        yield f"{maybe.total:,} more may fall in (dated only {dates}{more})"
    without = _count(engine, nodes.And([*rest, undated]))
    if without:
        yield f"{without:,} undated"


def _conjuncts(query: Query) -> Iterator[Query]:
    """The parts that must all hold."""
    if type(query) is nodes.And:
        for child in query.children():
            yield from _conjuncts(child)
    else:
        yield query


# -- nothing found -----------------------------------------------------------------------------------------------------


def _emptied(engine: Engine, request: Request, clauses: tuple[Clause, ...]) -> Iterator[str]:
    """Which clause or filter left nothing?"""
    counts = [(clause, _count(engine, clause.query)) for clause in clauses]
    missing = [clause for clause, count in counts if not count]
    if missing:
        for clause in missing:
            yield f"nothing matches {clause.text} by itself"
    elif len(counts) > 1:
        each = ", ".join(f"{clause.text} {count:,}" for clause, count in counts)
        yield f"each part matches by itself, never all in one speech: {each}"
    if not missing and request.filters:
        unfiltered = _count(engine, request.query)
        if unfiltered:
            yield f"{_speeches(unfiltered)} without the filters ({', '.join(map(condition, request.filters.values()))})"


def _elsewhere(engine: Engine, clauses: tuple[Clause, ...]) -> Iterator[str]:
    """Do the words stand in a title or an event, which unquoted words do not search?"""
    for field in ("title", "event"):
        query = _moved([clause.query for clause in clauses], field)
        count = _count(engine, query) if query is not None else 0
        if count:
            yield f"{_speeches(count)} with these words in the {field}: {field}:(...) searches there"


def _moved(queries: list[Any], field: str) -> Query | None:
    """The words and phrases of `queries`, all asked of another field; None if there are other things among them."""
    parts: list[Any] = []
    for query in queries:
        if isinstance(query, nodes.StockPhrase) and query.fieldname == "text":
            parts.append(nodes.Phrase(field, query.words, query.offsets, query.slop))
        elif isinstance(query, nodes.Term) and query.fieldname == "text":
            parts.append(nodes.Term(field, query.text))
        elif isinstance(query, nodes.Word):
            parts += [nodes.Term(field, form) for form in analyze(query.surface, ()).forms]
        else:
            return None
    return nodes.And(parts) if parts else None


def _across_sentences(engine: Engine, request: Request) -> Iterator[str]:
    """How often does a phrase that stands nowhere stand across the end of a sentence?"""
    for phrase in _phrases(request.query):
        if _count(engine, phrase):
            continue
        near = nodes.Phrase(phrase.fieldname, phrase.words, slop=2)
        matches = engine.search(Request(near, limit=_MOST_READ))
        times = 0
        for speech in engine.speeches([match.number for match in matches.page]):
            analysis = analyze(speech.text, speech.notes)
            in_a_row = TokenStream(analysis.forms, range(len(analysis)))
            times += len(phrase_occurrences(nodes.Phrase("text", phrase.words), in_a_row))
        if times:
            least = "at least " if matches.total > _MOST_READ else ""
            many = "once" if times == 1 else f"{times:,} times"
            yield f"{condition(phrase)}: {least}{many} across the end of a sentence, never inside one"


def _phrases(query: Query) -> Iterator[Any]:
    if isinstance(query, nodes.Phrase):
        if query.fieldname == "text" and query.slop == 1:
            yield query
    elif not isinstance(query, (nodes.Tiered, nodes.StockNot)):
        for child in query.children():
            yield from _phrases(child)
