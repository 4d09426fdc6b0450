"""What a searcher tells of people: what they are quoted with, and whom each label was resolved to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from searchkit import deadline
from searchkit.analysis import Analysis, analyze, cased_forms, fold_value
from searchkit.counting import Question
from searchkit.engines.base import Engine, Request, Sort
from searchkit.errors import UsageError
from searchkit.identity.roll import RollEntry
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
    holds,
    name_filter,
    named,
    nodes,
    occurrences,
    stretches_in,
    words_within,
)
from searchkit.searching.opening import Opened
from searchkit.searching.where import Exact, Where

__all__ = ["People", "QuoteHit", "Quotes"]

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


class People:
    """Answers questions about people; `where` is that of `search` throughout."""

    def _question(self, query: str | Query, where: Exact | Where | None) -> Question:
        raise NotImplementedError

    def _current(self) -> Opened:
        raise NotImplementedError

    def speakers(self, name: str = "", *, unresolved: bool = False) -> tuple[RollEntry, ...]:
        """Which labels occur, whom was each resolved to and why, and how often?  The most frequent first.

        Arguments:
            name: only labels with these words in them or in the person's name, whatever their case, accents and order.
            unresolved: only labels of which it is not known who is meant.
        """
        forms = fold_value(name).split()
        if name.strip() and not forms:
            return ()
        roll = self._current().speakers()
        return tuple(entry for entry in roll if not (unresolved and entry.resolved) and _named(entry, forms))

    def copies(self, id: str) -> tuple[str, ...]:
        """Which speeches are the same text as the speech `id`, itself included?  The original first, then by date.

        Empty for a text that stands on one page only, and for an id that no speech has.
        """
        engine = self._current().engine
        matches = engine.search(Request(nodes.Term("id", id), limit=1)).page
        group = engine.copies(matches[0].number) if matches else []
        return tuple(speech.id for speech in engine.speeches(group)) if len(group) > 1 else ()

    def quotes(
        self,
        query: str | Query = "",
        *,
        speaker: Sequence[str] = (),
        where: Exact | Where | None = None,
        limit: int = 20,
        offset: int = 0,
        sort: Sort = "newest",
    ) -> Quotes:
        """In which words is `speaker` quoted inside texts?  Every quotation in which all words of `query` stand.

        Arguments:
            query: words, phrases, NEAR, all within one quotation; what it asks of other fields is asked of the speech.
                Without it, every quotation.
            speaker: names of people quoted, as `quoting:"X Y"` has them; several: one of them.
            limit, offset: which quotations of the whole order are wanted.
            sort: newest or oldest, by the date of the speech; within it by its text.

        Raises QueryError where the query cannot be understood, UsageError for an unknown order or a negative number.
        """
        if sort not in _ORDERS or limit < 0 or offset < 0:
            raise UsageError(f"quotes: sort is {' or '.join(_ORDERS)}; limit and offset are not negative")
        question = self._question(query or nodes.Every(), where)
        asked = _Asked.of(question, tuple(speaker))
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
        text = query if isinstance(query, str) else question.query
        return Quotes(text, understood, people.total(), speeches, tuple(ranked), tuple(hits))


@dataclass(frozen=True, slots=True)
class _Asked:
    """A query taken apart: what must hold inside one quotation, and what of the speech."""

    said: Any
    of_speech: tuple[Any, ...]
    understood: str

    @classmethod
    def of(cls, question: Question, speaker: tuple[str, ...]) -> _Asked:
        parts = list(_conjuncts(question.request.query))
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


def _conjuncts(query: Any) -> Iterator[Any]:
    """The parts of a query that must all hold."""
    if type(query) is nodes.And:
        for child in query.children():
            yield from _conjuncts(child)
    else:
        yield query


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


def _named(entry: RollEntry, forms: Sequence[str]) -> bool:
    """Do the folded words stand in the label or in the person's name?"""
    if not forms:
        return True
    held = {*fold_value(entry.label).split(), *fold_value(entry.speaker or "").split()}
    return held.issuperset(forms)
