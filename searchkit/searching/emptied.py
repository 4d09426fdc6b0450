"""Why is there nothing?  Which word or filter emptied the answer, what is spelled like it, and who spoke anyway."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from searchkit.analysis import analyze, fold, fold_value
from searchkit.engines.base import Engine, Request, SpellsOut
from searchkit.query import (
    Clause,
    Query,
    TokenStream,
    condition,
    edits,
    nodes,
    phrase_occurrences,
)
from searchkit.schema import FieldKind, exact_name

__all__ = ["counted", "why_nothing"]

_MOST_READ = 1_000
"""Speeches read to see whether a phrase stands across a sentence end."""
_MOST_NEAR = 3
_MOST_COUNTED = 12
"""Words spelled alike whose speeches are counted, to find the most frequent of them."""
_TWO_EDITS, _THREE_EDITS = 6, 10
"""Letters from which on so many edits leave a word recognisable; of shorter ones one is made."""
_OTHER_INITIAL = 1
_TEXT = ("text", "stems")


def why_nothing(engine: Engine, request: Request, clauses: tuple[Clause, ...]) -> Iterator[str]:
    """Which sentences explain that nothing answers `request`, whose query is made of `clauses`?"""
    yield from _emptied(engine, request, clauses)
    yield from _silent(engine, request, clauses)
    yield from _elsewhere(engine, clauses)
    yield from _across_sentences(engine, request)


def counted(engine: Engine, query: Query) -> int:
    """How many speeches answer `query` alone?"""
    return engine.search(Request(query, limit=0)).total


def _speeches(count: int) -> str:
    return "1 speech" if count == 1 else f"{count:,} speeches"


# -- which part, and what is spelled like it ---------------------------------------------------------------------------


def _emptied(engine: Engine, request: Request, clauses: tuple[Clause, ...]) -> Iterator[str]:
    """Which clause or filter left nothing?"""
    counts = [(clause, counted(engine, clause.query)) for clause in clauses]
    missing = [clause for clause, count in counts if not count]
    if missing:
        for clause in missing:
            yield f"nothing matches {clause.text} by itself"
            yield from _spelled_alike(engine, clause.query)
    elif len(counts) > 1:
        each = ", ".join(f"{clause.text} {count:,}" for clause, count in counts)
        yield f"each part matches by itself, never all in one speech: {each}"
    if not missing and request.filters:
        unfiltered = counted(engine, request.query)
        if unfiltered:
            yield f"{_speeches(unfiltered)} without the filters ({', '.join(map(condition, request.filters.values()))})"


def _spelled_alike(engine: Engine, query: Query) -> Iterator[str]:
    """What is spelled like those words of `query` that stand nowhere?"""
    for field, word in dict.fromkeys(_words_of(query)):
        if counted(engine, nodes.Term(field, word)):
            continue
        listed = [f"{other} ({_speeches(count)})" for other, count in _near(engine, field, word)]
        if listed:
            yield f"did you mean {', '.join(listed)}?"


def _words_of(query: Any) -> Iterator[tuple[str, str]]:
    """The words that `query` asks for, each with its field; an unquoted one as it was typed."""
    if isinstance(query, nodes.Word):
        yield from (("text", form) for form in analyze(query.surface, ()).forms)
    elif isinstance(query, nodes.StockPhrase):
        yield from ((query.fieldname, word) for word in query.words)
    elif isinstance(query, nodes.Term):
        yield query.fieldname, query.text
    elif not isinstance(query, nodes.StockNot):
        for child in query.children():
            yield from _words_of(child)


def _near(engine: Engine, field: str, word: str) -> list[tuple[str, int]]:
    """Which words of `field` may have been meant by `word`?  The likeliest first.

    Letters in another order come before other letters, and the same first letter before another, which is seldom
    mistyped: J. J. Pollock and A. Zamora, Automatic spelling correction in scientific and scholarly text (1984).
    """
    most = 1 + (len(word) >= _TWO_EDITS) + (len(word) >= _THREE_EDITS)
    alike = _alike(engine, field, word, most)
    near = ((_unlikeness(word, other, found), other) for found, other in alike if found)
    likeliest = heapq.nsmallest(_MOST_COUNTED, near)
    counts = {other: counted(engine, nodes.Term(field, other)) for _, other in likeliest}
    ranked = sorted((unlikeness, -counts[other], other) for unlikeness, other in likeliest if counts[other])
    return [(other, -count) for unlikeness, count, other in ranked if unlikeness == ranked[0][0]][:_MOST_NEAR]


def _unlikeness(word: str, other: str, found: int) -> int:
    """How unlikely is it that `word` was typed for `other`, `found` edits apart?"""
    swapped = found == 1 and sorted(word) == sorted(other)
    return 2 * found - swapped + _OTHER_INITIAL * (word[:1] != other[:1] and not swapped)


def _alike(engine: Engine, field: str, word: str, most: int) -> Iterable[tuple[int, str]]:
    """Which words or values of `field` are at most `most` edits away from `word`?  The edits of each before it."""
    if isinstance(engine, SpellsOut) and _kind(engine, field) is FieldKind.WORDS:
        return engine.spelled_like(field, word, most)
    known = ((edits(word, other, most), other) for other in _vocabulary(engine, field))
    return ((found, other) for found, other in known if found is not None)


def _kind(engine: Engine, field: str) -> FieldKind | None:
    return next((item.kind for item in engine.profile.fields if item.name == field), None)


def _vocabulary(engine: Engine, field: str) -> set[str]:
    """Which words or values does the index hold in `field`?"""
    name = field.removesuffix(exact_name(""))
    kind = _kind(engine, name)
    if field != name or kind is FieldKind.KEY:
        return set(engine.values(name))
    if kind is FieldKind.NAMES:
        return {fold(form) for value in engine.values(name) for form in analyze(value, ()).forms}
    if kind is FieldKind.VALUE:
        return {fold_value(value) for value in engine.values(name)}
    return set(engine.values(name)) if kind is FieldKind.WORDS else set()


# -- who spoke all the same --------------------------------------------------------------------------------------------


def _silent(engine: Engine, request: Request, clauses: tuple[Clause, ...]) -> Iterator[str]:
    """Did those asked for speak at all, then and there, whatever they said?"""
    asked = [clause.query for clause in clauses] + list(request.filters.values())
    words = [query for query in asked if _about_text(query)]
    others = [query for query in asked if not _about_text(query)]
    if not others or len(asked) < 2:
        return
    heard = counted(engine, nodes.And(others))
    if heard and words:
        yield f"{_speeches(heard)} {_all(others)}, none of them {_all(words)}"
    if heard:
        return
    if len(others) > 1:
        yield f"no speech at all {_all(others)}"
    people = [query for query in others if not isinstance(query, nodes.DateWithin)]
    if people and len(people) < len(others):
        yield from _when(engine, people)


def _when(engine: Engine, people: Sequence[Query]) -> Iterator[str]:
    """When did those speak who did not in the period asked for?"""
    ends = [engine.search(Request(nodes.And(people), sort=sort, limit=1)) for sort in ("oldest", "newest")]
    if not ends[0].total:
        return
    dates = [engine.speeches([match.number for match in found.page])[0].date for found in ends]
    period = f", from {dates[0]} to {dates[1]}" if dates[0] and dates[1] else ""
    yield f"{_speeches(ends[0].total)} {_all(people)} at other times{period}"


def _about_text(query: Any) -> bool:
    if isinstance(query, nodes.StockNot):
        return _about_text(query.query)
    return getattr(query, "fieldname", None) in _TEXT or any(map(_about_text, query.children()))


def _all(queries: Sequence[Query]) -> str:
    return condition(queries[0] if len(queries) == 1 else nodes.And(list(queries)))


# -- where else it stands ----------------------------------------------------------------------------------------------


def _elsewhere(engine: Engine, clauses: tuple[Clause, ...]) -> Iterator[str]:
    """Do the words stand in a title or an event, which unquoted words do not search?"""
    for field in ("title", "event"):
        query = _moved([clause.query for clause in clauses], field)
        count = counted(engine, query) if query is not None else 0
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
        if counted(engine, phrase):
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
