"""The read arrow: a query in words, its answer with exact totals, facets and verbatim snippets."""

from __future__ import annotations

import time
from collections.abc import Sequence
from functools import lru_cache
from types import TracebackType
from typing import Self, cast

from searchkit import counting, searching
from searchkit.engines.base import Engine, Matches, Request, Sort, SpellsOut, Unit
from searchkit.errors import UsageError
from searchkit.highlighting import Highlighter, marks
from searchkit.models import Citation, Hit, Interval, Results, Speech
from searchkit.query import Parsed, Query, describe
from searchkit.schema import DATES
from searchkit.searching.asking import (
    MOST_FACET_VALUES,
    SNIPPETS,
    Asked,
    known_facets,
    known_group,
    known_sort,
    known_unit,
    not_negative,
)
from searchkit.searching.opening import Opened
from searchkit.searching.people import People
from searchkit.searching.remarks import remarks
from searchkit.searching.state import State
from searchkit.searching.where import Exact, Filters, Where
from searchkit.searching.words_in_use import WordsInUse

__all__ = ["Searcher"]

_MOST_LIKELY = 3


class Searcher(WordsInUse, People):
    """Answers queries over one generation of an index.

    It holds that generation until `refresh()`, whatever is built meanwhile; it is safe to use from several threads
    and after a fork.  Once closed, it raises UsageError.
    """

    def __init__(self, state: State) -> None:
        self._state = state

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def __len__(self) -> int:
        return len(self._current().engine)

    @property
    def generation(self) -> str | None:
        """Which generation of the index is answering?  None for speeches in memory."""
        return self._current().generation

    @property
    def created(self) -> str | None:
        """When was that generation built?  ISO 8601, UTC."""
        manifest = self._current().manifest
        return manifest.created if manifest else None

    def search(
        self,
        query: str | Query,
        *,
        where: Exact | Where | None = None,
        facets: Sequence[str] = (),
        limit: int = 10,
        offset: int = 0,
        sort: Sort | None = None,
        snippets: int = SNIPPETS,
        literal: bool = False,
        group: str | None = None,
        explain: bool = False,
    ) -> Results:
        """Which speeches answer `query`, how many are there, and which words show it?

        Arguments:
            query: in searchkit's query language, or a tree of whoosh.query nodes.
            where: filters beside the query: facet -> exact values (never parsed), or a Where.
            facets: fields to count over all matches; a facet ignores the filters on its own field.
            limit, offset: which hits of the whole order are wanted.
            sort: relevance (the default), newest or oldest; `sort:` in the query wins over it.
            snippets: at most how many pieces show why a hit matches; with 0 its text is not looked at again.
            literal: take every word as it is typed, as if behind exact:.
            group: "copies" for one hit a group of copies, as `group:copies` in the query has it.
            explain: write the query out, to be read in one way only, and say of what each hit's score is made.

        Raises QueryError where the query cannot be understood, UsageError for an unknown facet or a negative limit.
        """
        asked = Asked(
            facets=tuple(facets),
            sort=sort,
            limit=limit,
            offset=offset,
            snippets=not_negative("snippets", snippets),
            literal=literal,
            collapsed=known_group(group) == "copies",
            explain=explain,
        )
        return self._answer(query, where, asked)

    def facets(
        self,
        query: str | Query,
        fields: Sequence[str],
        *,
        where: Exact | Where | None = None,
        limit: int = MOST_FACET_VALUES,
        unit: Unit = "speeches",
        literal: bool = False,
    ) -> Results:
        """How do the speeches that answer `query` spread over `fields`?

        At most `limit` values of each, but every year and month of `date`; `unit` is what they count: speeches, the
        pages that these stand on, originals (groups of copies), or the words of the speeches.
        """
        asked = Asked(tuple(fields), limit, unit=known_unit(unit), literal=literal)
        return self._answer(query, where, asked)

    def count(self, query: str | Query, *, where: Exact | Where | None = None, literal: bool = False) -> Results:
        """How many speeches answer `query`?  The totals of `search`, without a hit."""
        return self._answer(query, where, Asked(literal=literal))

    def speech(self, id: str) -> Speech | None:
        """Which speech has this id?"""
        return self._current().engine.find(id)

    def turns(self, page: str) -> list[Speech]:
        """Which speeches stand on this page?  In their order there."""
        return self._current().engine.of_page(page)

    def marks(self, query: str | Query, speech: Speech) -> tuple[Interval, ...]:
        """Where in the text of `speech` stands what `query` asks for?  Code point intervals, in order.

        Raises QueryError where the query cannot be understood.
        """
        return marks(_parsed(query, self._current()).query, speech)

    def cite(self, id: str, words: str | None = None) -> Citation:
        """How is the speech `id` cited, or the first place where `words` stand in it as one phrase?

        Raises UsageError where there is no such speech, or it does not hold the words.
        """
        speech = self.speech(id)
        if speech is None:
            raise UsageError(f"no speech has the id {id!r}")
        return searching.cited(speech, words, self._current().engine.profile)

    def similar_ids(self, id: str) -> list[str]:
        """Which ids may have been meant by `id`, which no speech has?  Those of the same page first."""
        engine = self._current().engine
        siblings = [speech.id for speech in engine.of_page(id.partition("#")[0])]
        return siblings[:_MOST_LIKELY] or searching.likely_ids(id, engine.values("id"), _MOST_LIKELY)

    def values(self, field: str) -> list[str]:
        """Which exact values occur in the facet `field`, in order?  Raises UsageError for what is no facet."""
        engine = self._current().engine
        known_facets([field], engine)
        return engine.values(field)

    @property
    def own_fields(self) -> tuple[str, ...]:
        """Which fields of the user's own has the index?"""
        return tuple(field.name for field in self._current().engine.profile.fields if field.own)

    def stats(self) -> searching.Stats:
        """What does the index hold?"""
        return searching.stats_of(self._current())

    def removed(self, page: str) -> list[searching.RemovedPart]:
        """Which parts were cut out of this page, by which rules?  In its order; empty for speeches in memory."""
        directory = self._current().directory
        return [] if directory is None else searching.removed_from(directory, page)

    def held(self) -> Searcher:
        """Which searcher answers from what is live now, however often this one moves on?

        For several questions whose answers must agree.  It need not be closed.
        """
        opened = self._current()
        return Searcher(State(lambda: opened, lambda: opened.generation))

    def refresh(self) -> bool:
        """Move to the newest generation; was there one?  Results handed out before stay as they are.

        Raises IndexMissing or IndexDamaged if it cannot be opened; what was open answers on.
        """
        return self._state.refresh()

    def close(self) -> None:
        """Answer no more.  Its files are released with the last hit: what was handed out stays readable."""
        self._state.close()

    def _current(self) -> Opened:
        return self._state.current()

    def _answer(self, query: str | Query, where: Exact | Where | None, asked: Asked) -> Results:
        started = time.perf_counter()
        opened = self._current()
        engine = opened.engine
        parsed = _parsed(query, opened, asked.literal)
        filters = Filters.of(where, engine.profile)
        named = known_facets(asked.facets, engine)
        request = Request(
            parsed.query,
            filters=filters.queries,
            selected=filters.selected,
            facets=tuple(name for name in named if name != DATES),
            facet_limit=not_negative("limit", asked.facet_limit),
            sort=known_sort(parsed.sort or asked.sort or "relevance"),
            limit=not_negative("limit", asked.limit),
            offset=not_negative("offset", asked.offset),
            unit=asked.unit,
            collapsed=asked.collapsed or parsed.group == "copies",
        )
        matches = engine.search(request)
        return Results(
            query=parsed.text,
            understood=filters.added_to(parsed.understood),
            total=matches.total,
            pages=matches.pages,
            originals=matches.originals,
            collapsed=request.collapsed,
            phrase_total=matches.phrase_total,
            hits=_hits(engine, request, matches, asked),
            facets={
                name: searching.calendar(engine, request) if name == DATES else matches.facets[name] for name in named
            },
            forms=tuple(form for form in matches.forms if form.count),
            remarks=remarks(engine, request, parsed.clauses, matches.total),
            generation=opened.generation,
            took_ms=round((time.perf_counter() - started) * 1000, 3),
            written=_written_out(parsed) if asked.explain and isinstance(query, str) else None,
        )

    def _question(self, query: str | Query, where: Exact | Where | None) -> counting.Question:
        opened = self._current()
        engine, parsed = opened.engine, _parsed(query, opened)
        filters = Filters.of(where, engine.profile)
        understood = filters.added_to(parsed.understood)
        return counting.Question(
            engine, Request(parsed.query, filters=filters.queries), parsed.text, understood, parsed.sort
        )


def _parsed(query: str | Query, opened: Opened, literal: bool = False) -> Parsed:
    if isinstance(query, str):
        return opened.parsed(query, literal)
    described = describe(query)
    return Parsed(described, query, described)


def _written_out(parsed: Parsed) -> str:
    from searchkit.query.writing import written  # for who wants it explained

    return written(parsed)


def _highlighter(engine: Engine, query: Query) -> Highlighter:
    spells_out = _spells_out(type(engine))
    return Highlighter(query, cast(SpellsOut, engine).spellings if spells_out else None)


@lru_cache
def _spells_out(kind: type[Engine]) -> bool:
    """Is it an engine that spells out?  Kept: to look at a Protocol takes 30 µs."""
    return issubclass(kind, SpellsOut)


def _hits(engine: Engine, request: Request, matches: Matches, asked: Asked) -> tuple[Hit, ...]:
    speeches = engine.speeches([match.number for match in matches.page], texts=asked.snippets > 0)
    highlighter = _highlighter(engine, request.query) if asked.snippets and speeches else None
    scored = request.sort == "relevance"
    return tuple(
        Hit(
            speech,
            match.score if scored else None,
            highlighter.snippets(speech, asked.snippets) if highlighter else (),
            match.copies,
            searching.score_parts(engine, request.query, speech.id) if asked.explain and scored else (),
        )
        for match, speech in zip(matches.page, speeches, strict=True)
    )
