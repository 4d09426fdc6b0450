"""Words in use, people and changes over HTTP: what kwic, trend, freq, collocates, keyness … print with --json."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Path, Query, Request
from fastapi.responses import Response

import searchkit
from searchkit import presenting
from searchkit.counting import CollocateOptions, KeynessOptions
from searchkit.searching import Searcher
from searchkit.web.api import PROBLEMS, tagged
from searchkit.web.parameters import Asked, asked_text, ticked
from searchkit.web.problems import NotFound
from searchkit.web.service import Service

__all__ = ["words_api"]

_Window = Annotated[int, Query(ge=1, le=99, description="Words on either side.")]
_Limit = Annotated[int, Query(ge=1, le=1_000, description="Rows at most.")]
_Least = Annotated[int, Query(ge=1, le=1_000_000, description="Occurrences at least.")]
_StopWords = Annotated[bool, Query(description="List little words too.")]
_Name = Annotated[str, Query(max_length=200, description="Words in a row of a speaker's name.", examples=["aliyev"])]


def words_api(service: Service) -> APIRouter:
    """Which routes tell programs of words in use?"""
    router = APIRouter(prefix="/api/v1", responses=PROBLEMS, dependencies=[Depends(ticked)])
    _of_words(router, service)
    _of_groups(router, service)
    _of_the_index(router, service)
    return router


def _of_words(router: APIRouter, service: Service) -> None:
    @router.get("/kwic", summary="In which surroundings do the words stand?")
    def kwic(
        request: Request,
        question: Asked,
        window: _Window = 10,
        order: Annotated[Literal["oldest", "newest", "left", "right"], Query()] = "oldest",
    ) -> Response:
        def ask(speeches: Searcher) -> Mapping[str, object]:
            found = speeches.kwic(
                asked_text(question),
                where=question.where,
                window=window,
                sort=order,
                limit=question.limit,
                offset=question.offset,
            )
            return presenting.kwic_json(found, found.lines)

        return tagged(request, service, ask)

    @router.get("/trend", summary="How often in each year, month or value of a facet?")
    def trend(
        request: Request,
        question: Asked,
        by: Annotated[str, Query(max_length=60, examples=["year"])] = "year",
        order: Annotated[Literal["count", "rate", "value"], Query()] = "count",
    ) -> Response:
        return tagged(
            request,
            service,
            lambda speeches: presenting.trend_json(
                speeches.trend(asked_text(question), by, where=question.where, sort=order)
            ),
        )

    @router.get("/freq", summary="In which written forms do the words stand, how often each?")
    def freq(request: Request, question: Asked, stop_words: _StopWords = True) -> Response:
        return tagged(
            request,
            service,
            lambda speeches: presenting.frequencies_json(
                speeches.freq(asked_text(question), where=question.where, limit=question.limit, stop_words=stop_words)
            ),
        )

    @router.get("/collocates", summary="Which words stand near these more often than chance would have it?")
    def collocates(
        request: Request, question: Asked, window: _Window = 5, least: _Least = 2, stop_words: _StopWords = True
    ) -> Response:
        options = CollocateOptions(window=window, least=least, stop_words=stop_words, limit=question.limit)
        return tagged(
            request,
            service,
            lambda speeches: presenting.collocates_json(
                speeches.collocates(asked_text(question), where=question.where, options=options)
            ),
        )

    @router.get("/ngrams", summary="Which words stand in a row most often?")
    def ngrams(
        request: Request,
        question: Asked,
        size: Annotated[int, Query(ge=1, le=8)] = 3,
        least: _Least = 2,
        stop_words: _StopWords = True,
    ) -> Response:
        return tagged(
            request,
            service,
            lambda speeches: presenting.ngrams_json(
                speeches.ngrams(
                    asked_text(question),
                    size,
                    where=question.where,
                    limit=question.limit,
                    least=least,
                    stop_words=stop_words,
                )
            ),
        )


def _of_groups(router: APIRouter, service: Service) -> None:
    @router.get("/keyness", summary="Which words set these speeches apart from others?")
    def keyness(
        request: Request,
        question: Asked,
        against: Annotated[
            str | None, Query(max_length=10_000, description="A query; else all other speeches.")
        ] = None,
        least: _Least = 3,
        stop_words: _StopWords = True,
    ) -> Response:
        options = KeynessOptions(least=least, stop_words=stop_words, limit=question.limit)
        return tagged(
            request,
            service,
            lambda speeches: presenting.keyness_json(
                speeches.keyness(asked_text(question), where=question.where, against=against, options=options)
            ),
        )

    @router.get("/compare", summary="What sets two speakers apart?")
    def compare(request: Request, question: Asked, first: _Name, second: _Name) -> Response:
        return tagged(
            request,
            service,
            lambda speeches: presenting.comparison_json(
                speeches.compare(first, second, question.query or None, where=question.where)
            ),
        )

    @router.get("/first", summary="Who used a phrase first, who repeated it, verbatim or altered?")
    def first(
        request: Request,
        question: Asked,
        phrase: Annotated[str, Query(max_length=1_000, examples=["cost of living"])],
        altered: Annotated[bool, Query(description="Altered repetitions too.")] = True,
    ) -> Response:
        return tagged(
            request,
            service,
            lambda speeches: presenting.echoes_json(
                speeches.first(phrase, where=question.where, limit=question.limit, altered=altered)
            ),
        )


def _of_the_index(router: APIRouter, service: Service) -> None:
    @router.get("/similar/{id:path}", summary="Which speeches are in the same words as this one?")
    def similar(request: Request, id: Annotated[str, Path(max_length=2_000)], question: Asked) -> Response:
        def ask(speeches: Searcher) -> Mapping[str, object]:
            found = speeches.similar(id, where=question.where, limit=question.limit)
            if found is None:
                raise NotFound(f"no speech has the id {id!r}")
            return presenting.similar_json(id, found)

        return tagged(request, service, ask)

    @router.get("/changes", summary="Which speeches are new, changed and withdrawn?")
    def changes(
        request: Request,
        since: Annotated[str | None, Query(max_length=64, description="A generation or a date.")] = None,
    ) -> Response:
        index = service.settings.index
        return tagged(request, service, lambda _: presenting.changes_json(searchkit.changes(index, since)))
