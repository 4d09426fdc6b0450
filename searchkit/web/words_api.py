"""Words in use over HTTP: what kwic, trend, freq, collocates, keyness … print with --json."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated, Any, TypeVar

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import Response

from searchkit import presenting
from searchkit.counting import CollocateOptions, KeynessOptions
from searchkit.searching import Searcher, Where
from searchkit.web.answering import PROBLEMS, linked, tagged
from searchkit.web.api import spoken
from searchkit.web.calling import Call
from searchkit.web.parameters import (
    CollocatesParameters,
    CompareParameters,
    FirstParameters,
    FreqParameters,
    KeynessParameters,
    KwicParameters,
    NgramsParameters,
    QuotesParameters,
    Selection,
    SimilarParameters,
    TrendParameters,
)
from searchkit.web.service import Service

__all__ = ["words_api"]

Asked = TypeVar("Asked", bound=Selection)
Ask = Callable[[Searcher, Where], Mapping[str, object]]


class _Words:
    """Answers over one service."""

    def __init__(self, service: Service) -> None:
        self._service = service

    async def answer(self, request: Request, asked: Selection, ask: Ask) -> Response:
        """What does `ask` find, given the filters beside the query?"""
        return await tagged(
            request, self._service, lambda speeches: ask(speeches, asked.question(speeches.own_fields).where)
        )


def words_api(service: Service) -> APIRouter:
    """Which routes tell programs of words in use?"""
    router = APIRouter(prefix="/api/v1", responses=PROBLEMS, route_class=Call)
    words = _Words(service)
    _of_places(router, words)
    _of_lists(router, words)
    _of_groups(router, words)
    return router


def _of_places(router: APIRouter, words: _Words) -> None:
    @router.get("/kwic", summary="In which surroundings do the words stand?")
    async def kwic(request: Request, asked: Annotated[KwicParameters, Query()]) -> Response:
        def ask(speeches: Searcher, where: Where) -> Mapping[str, object]:
            found = speeches.kwic(
                asked.text(),
                where=where,
                window=asked.window,
                sort=asked.sort,
                limit=asked.limit,
                offset=asked.offset,
            )
            return {**presenting.kwic_json(found, found.lines), "links": _links(request, asked, found)}

        return await words.answer(request, asked, ask)

    @router.get("/quotes", summary="In which words is somebody quoted inside texts?")
    async def quotes(request: Request, asked: Annotated[QuotesParameters, Query()]) -> Response:
        def ask(speeches: Searcher, where: Where) -> Mapping[str, object]:
            found = speeches.quotes(
                asked.q.strip(),
                speaker=asked.person,
                where=where,
                limit=asked.limit,
                offset=asked.offset,
                sort=asked.sort,
            )
            return {**presenting.quotes_json(found), "links": _links(request, asked, found)}

        return await words.answer(request, asked, ask)

    @router.get("/first", summary="Who used a phrase first, who repeated it, verbatim or altered?")
    async def first(request: Request, asked: Annotated[FirstParameters, Query()]) -> Response:
        def ask(speeches: Searcher, where: Where) -> Mapping[str, object]:
            found = speeches.first(asked.phrase, where=where, limit=asked.limit, altered=asked.altered)
            return presenting.echoes_json(found)

        return await words.answer(request, asked, ask)


def _links(request: Request, asked: KwicParameters | QuotesParameters, found: Any) -> dict[str, str | None]:
    return linked(request, offset=asked.offset, limit=asked.limit, shown=len(found), total=found.total)


def _of_lists(router: APIRouter, words: _Words) -> None:
    @router.get("/trend", summary="How often in each year, month or value of a facet?")
    async def trend(request: Request, asked: Annotated[TrendParameters, Query()]) -> Response:
        def ask(speeches: Searcher, where: Where) -> Mapping[str, object]:
            return presenting.trend_json(speeches.trend(asked.text(), asked.by, where=where, sort=asked.sort))

        return await words.answer(request, asked, ask)

    @router.get("/freq", summary="In which written forms do the words stand, how often each?")
    async def freq(request: Request, asked: Annotated[FreqParameters, Query()]) -> Response:
        def ask(speeches: Searcher, where: Where) -> Mapping[str, object]:
            found = speeches.freq(asked.text(), where=where, limit=asked.limit, stop_words=asked.stop_words)
            return presenting.frequencies_json(found)

        return await words.answer(request, asked, ask)

    @router.get("/collocates", summary="Which words stand near these more often than chance would have it?")
    async def collocates(request: Request, asked: Annotated[CollocatesParameters, Query()]) -> Response:
        options = CollocateOptions(
            window=asked.window, least=asked.least, stop_words=asked.stop_words, limit=asked.limit
        )

        def ask(speeches: Searcher, where: Where) -> Mapping[str, object]:
            return presenting.collocates_json(speeches.collocates(asked.text(), where=where, options=options))

        return await words.answer(request, asked, ask)

    @router.get("/ngrams", summary="Which words stand in a row most often?")
    async def ngrams(request: Request, asked: Annotated[NgramsParameters, Query()]) -> Response:
        def ask(speeches: Searcher, where: Where) -> Mapping[str, object]:
            found = speeches.ngrams(
                asked.text(),
                asked.size,
                where=where,
                limit=asked.limit,
                least=asked.least,
                stop_words=asked.stop_words,
            )
            return presenting.ngrams_json(found)

        return await words.answer(request, asked, ask)


def _of_groups(router: APIRouter, words: _Words) -> None:
    @router.get("/keyness", summary="Which words set these speeches apart from others?")
    async def keyness(request: Request, asked: Annotated[KeynessParameters, Query()]) -> Response:
        options = KeynessOptions(least=asked.least, stop_words=asked.stop_words, limit=asked.limit)

        def ask(speeches: Searcher, where: Where) -> Mapping[str, object]:
            found = speeches.keyness(asked.text(), where=where, against=asked.against, options=options)
            return presenting.keyness_json(found)

        return await words.answer(request, asked, ask)

    @router.get("/compare", summary="What sets two speakers apart?")
    async def compare(request: Request, asked: Annotated[CompareParameters, Query()]) -> Response:
        def ask(speeches: Searcher, where: Where) -> Mapping[str, object]:
            found = speeches.compare(asked.first, asked.second, asked.q.strip() or None, where=where)
            return presenting.comparison_json(found)

        return await words.answer(request, asked, ask)

    @router.get("/similar/{id:path}", summary="Which speeches are in the same words as this one?")
    async def similar(
        request: Request,
        id: Annotated[str, Path(max_length=2_000, description="As a hit gives it.")],
        asked: Annotated[SimilarParameters, Query()],
    ) -> Response:
        def ask(speeches: Searcher, where: Where) -> Mapping[str, object]:
            found = spoken(speeches, id, speeches.similar(id, where=where, limit=asked.limit))
            return presenting.similar_json(id, found)

        return await words.answer(request, asked, ask)
