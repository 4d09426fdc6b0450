"""Which quotations answer a question, and whom do they quote?  Counted speech by speech."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from searchkit import deadline
from searchkit.analysis import Analysis, analyze, cased_forms
from searchkit.counting import Question
from searchkit.engines.base import Engine, Request, Sort
from searchkit.errors import UsageError
from searchkit.identity.side import Names
from searchkit.models import Interval, Quote, Speech
from searchkit.plain import Plain, Rows
from searchkit.query import (
    CASED,
    TEXT_STREAMS,
    Query,
    Stretch,
    TokenStream,
    condition,
    conjuncts,
    holds,
    name_filter,
    named,
    nodes,
    occurrences,
    stretches_in,
    words_within,
)

__all__ = ["QuoteHit", "Quotes", "quotes_of"]

_AT_ONCE = 500
"""Speeches held in memory while quotations are counted."""
_ORDERS: tuple[Sort, ...] = ("newest", "oldest")


@dataclass(frozen=True, slots=True)
class QuoteHit(Plain):
    """One quotation that answers; highlights are offsets into its text."""

    speech: Speech
    quote: Quote
    highlights: tuple[Interval, ...] = ()


@dataclass(frozen=True, slots=True)
class Quotes(Rows):
    """The quotations that answer, all counted, and those of the page asked for."""

    listed = ("hits",)

    query: str
    understood: str
    total: int
    """Quotations, all of them."""
    speeches: int
    """Speeches that hold one."""
    people: tuple[tuple[str | None, int], ...]
    """Who is quoted, and how often, the most frequent first; None for those whom the texts do not name."""
    hits: tuple[QuoteHit, ...]

    def __iter__(self) -> Iterator[QuoteHit]:
        return iter(self.hits)

    def __len__(self) -> int:
        return len(self.hits)


def quotes_of(question: Question, speaker: tuple[str, ...], *, limit: int, offset: int, sort: Sort) -> Quotes:
    """Which quotations of `speaker` answer, all counted?  Those from `offset` on, at most `limit`, are told.

    Raises UsageError for an unknown order or a negative number.
    """
    if sort not in _ORDERS or limit < 0 or offset < 0:
        raise UsageError(f"quotes: sort is {' or '.join(_ORDERS)}; limit and offset are not negative")
    asked = _Asked.of(question, speaker)
    people: Counter[str | None] = Counter()
    speeches = 0
    hits: list[QuoteHit] = []
    for found in _quotations(question, asked, sort):
        speeches += bool(found)
        for hit in found:
            if offset <= people.total() < offset + limit:
                hits.append(hit)
            people[hit.quote.speaker] += 1
    ranked = sorted(people.items(), key=lambda item: (-item[1], item[0] is None, item[0] or ""))
    understood = ", ".join([asked.understood, *(condition(held) for held in question.request.filters.values())])
    return Quotes(question.query, understood, people.total(), speeches, tuple(ranked), tuple(hits))


@dataclass(frozen=True, slots=True)
class _Asked:
    """A query taken apart: what must hold inside one quotation, and what of the speech."""

    said: Any
    of_speech: tuple[Any, ...]
    understood: str

    @classmethod
    def of(cls, question: Question, speaker: tuple[str, ...]) -> _Asked:
        parts = list(conjuncts(question.request.query))
        words = [part for part in parts if _asks_of_words(part)]
        rest = tuple(part for part in parts if not _asks_of_words(part))
        inside = words[0] if len(words) == 1 else nodes.And(words) if words else nodes.Every()
        person = _person(speaker, question.engine) if speaker else nodes.Every()
        sentence = ["quotations" if not speaker else f"quotations of {condition(person).removeprefix('quoting ')}"]
        if not isinstance(inside, nodes.Every):
            sentence[0] += f" {condition(inside)}"
        sentence += [condition(part) for part in rest]
        return cls(nodes.Said(inside, person), rest, ", ".join(sentence))


def _person(names: tuple[str, ...], engine: Engine) -> Query:
    [field] = (item for item in engine.profile.fields if item.name == "quoting")
    return name_filter(field, names, engine.profile)


def _asks_of_words(query: Any) -> bool:
    """Does `query` ask of nothing but the words of the text?"""
    if isinstance(query, nodes.Said):
        return False
    if query.is_leaf():
        return (isinstance(query, nodes.Every) and query.fieldname in (None, "*")) or query.fieldname in TEXT_STREAMS
    children = [query.query] if isinstance(query, nodes.StockNot) else list(query.children())
    return all(map(_asks_of_words, children))


def _quotations(question: Question, asked: _Asked, sort: Sort) -> Iterator[list[QuoteHit]]:
    """Of each speech that answers, in order, the quotations that do."""
    engine = question.engine
    tree = nodes.And([asked.said, *asked.of_speech]) if asked.of_speech else asked.said
    total = engine.search(Request(tree, filters=question.request.filters, limit=0)).total
    for offset in range(0, total, _AT_ONCE):
        request = Request(tree, filters=question.request.filters, sort=sort, limit=_AT_ONCE, offset=offset)
        numbers = [match.number for match in engine.search(request).page]
        for number, speech in zip(numbers, engine.speeches(numbers), strict=True):
            deadline.check()
            yield _within(speech, engine.people(number)[1], asked.said)


def _within(speech: Speech, people: Sequence[Names], said: Any) -> list[QuoteHit]:
    """The quotations of one speech in which `said` holds."""
    analysis = analyze(speech.text, speech.notes)
    streams = {
        "text": TokenStream(analysis.forms, analysis.positions),
        "stems": TokenStream(analysis.stems(speech.language), analysis.positions),
        CASED: TokenStream(cased_forms(speech.text, analysis), analysis.positions),
    }
    at = {words_within(analysis, quote.start, quote.end): quote for quote in reversed(speech.quotes)}
    hits = []
    for stretch in stretches_in(speech, analysis, [named(names.all, names.values) for names in people]):
        if stretch.quoted and holds(said, streams, (stretch,)):
            quote = at[stretch.first, stretch.last]
            hits.append(QuoteHit(speech, quote, _highlights(said, streams, stretch, analysis, quote)))
    return hits


def _highlights(
    said: Any, streams: dict[str, TokenStream], stretch: Stretch, analysis: Analysis, quote: Quote
) -> tuple[Interval, ...]:
    places: list[Interval] = []
    for first, last in occurrences(said, streams, (stretch,)):
        start, end = analysis.starts[first] - quote.start, min(analysis.ends[last], quote.end) - quote.start
        if not places or start >= places[-1][1]:
            places.append((start, end))
    return tuple(places)
