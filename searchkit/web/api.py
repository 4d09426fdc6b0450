"""The library over HTTP, under /api/v1: the same shapes as `--json`, errors as problem+json, ETags by generation."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Path, Query, Request
from fastapi.responses import JSONResponse, Response

from searchkit.errors import SearchkitError, UsageError
from searchkit.presenting import count_json, facets_json, results_json, speech_json, stats_json, to_json
from searchkit.query import nodes
from searchkit.searching import Searcher
from searchkit.web.asking import DEEPEST, MOST_HITS, MOST_VALUES, Question, Sort
from searchkit.web.exports import FORMS, TYPES, export
from searchkit.web.problems import NotFound, problem_of
from searchkit.web.service import Service

__all__ = ["api", "problem_response"]

_PROBLEMS: dict[int | str, dict[str, Any]] = {
    400: {"description": "The query or a parameter cannot be understood; start and end point at the place.",
          "content": {"application/problem+json": {"example": {
              "type": "about:blank#query", "title": "Bad Request", "status": 400, "code": "query",
              "detail": "there is no field 'speeker'", "query": "speeker:aliyev", "start": 0, "end": 7,
              "suggestions": ["speaker"]}}}},
    401: {"description": "A token is needed."},
    404: {"description": "Nothing stands there."},
    503: {"description": "Too many questions, too long an answer, or no index; Retry-After says when to come back."},
}  # fmt: skip
_Text = Annotated[
    str, Query(alias="q", max_length=10_000, description="In searchkit's query language; empty: every speech.",
               examples=['"Shusha Declaration"'])
]  # fmt: skip
_Values = Annotated[list[str], Query(description="Exact values, as a facet shows them; several: any of them.")]


def problem_response(error: SearchkitError) -> Response:
    """How is `error` told to a program?"""
    problem = problem_of(error)
    return JSONResponse(problem.json(), int(problem.status), problem.headers, media_type="application/problem+json")


def asked(
    request: Request,
    q: _Text = "",
    since: Annotated[str | None, Query(alias="from", max_length=10, examples=["2008-07"])] = None,
    until: Annotated[str | None, Query(alias="to", max_length=10, examples=["2010"])] = None,
    sort: Annotated[Sort, Query()] = "relevance",
    limit: Annotated[int, Query(ge=0, le=MOST_HITS)] = 10,
    offset: Annotated[int, Query(ge=0, le=DEEPEST)] = 0,
) -> Question:
    """Which question do the parameters ask?  Those that tick a facet's value are read by Question.of."""
    for name in request.query_params:
        if name not in _KNOWN:  # silently ignored it would widen the answer
            raise UsageError(f"there is no parameter {name[:40]!r}; there are {', '.join(sorted(_KNOWN))}")
    ticked = Question.of(request.query_params.multi_items())
    return replace(ticked, query=q.strip(), since=since, until=until, sort=sort, limit=limit, offset=offset)


def ticked(
    speaker: _Values = [],  # noqa: B006 - FastAPI copies it
    venue: _Values = [],  # noqa: B006
    source: _Values = [],  # noqa: B006
    kind: _Values = [],  # noqa: B006
    language: _Values = [],  # noqa: B006
    year: _Values = [],  # noqa: B006
    without: Annotated[list[str], Query(description="Facets that a speech must have no value in.")] = [],  # noqa: B006
) -> None:
    """Documents the parameters that tick a facet's value, and checks their shape."""
    del speaker, venue, source, kind, language, year, without


Asked = Annotated[Question, Depends(asked)]
_KNOWN = frozenset(
    "q speaker venue source kind language year without from to sort limit offset facet by window".split()
)


def _no_strangers(request: Request) -> None:
    """An unknown parameter is an error: silently ignored it would widen the answer."""
    for name in request.query_params:
        if name not in _KNOWN:
            raise UsageError(f"there is no parameter {name[:40]!r}; there are {', '.join(sorted(_KNOWN))}")


def api(service: Service) -> APIRouter:
    """Which routes answer programs?"""
    router = APIRouter(prefix="/api/v1", responses=_PROBLEMS)
    filtered = [Depends(ticked)]

    def answer(request: Request, ask: Callable[[Searcher], Mapping[str, object]]) -> Response:
        return _tagged(request, service, ask)

    @router.get("/search", dependencies=filtered, summary="Which speeches answer, how many, and which words show it?")
    def search(request: Request, question: Asked, facet: _Facets = []) -> Response:  # noqa: B006
        return answer(request, lambda speeches: _searched(speeches, question, facet))

    @router.get("/count", dependencies=filtered, summary="How many speeches answer?")
    def count(request: Request, question: Asked) -> Response:
        return answer(request, lambda speeches: count_json(speeches.count(_text(question), where=question.where)))

    @router.get("/facets", dependencies=filtered, summary="How do the matches spread over these fields?")
    def facets(request: Request, question: Asked, by: _Facets) -> Response:
        return answer(
            request,
            lambda speeches: facets_json(
                speeches.facets(_text(question), by, where=question.where, limit=MOST_VALUES).facets
            ),
        )

    @router.get("/speech/{id:path}", summary="One speech, whole")
    def speech(request: Request, id: Annotated[str, Path(max_length=2_000)]) -> Response:
        return answer(request, lambda speeches: _speech(speeches, id))

    @router.get("/stats", summary="What does the index hold?")
    def stats(request: Request) -> Response:
        def of(speeches: Searcher) -> Mapping[str, object]:
            held = stats_json(speeches.stats())
            return {name: value for name, value in held.items() if name not in ("index", "sources")}

        return answer(request, of)

    @router.get(
        "/export.{form}",
        dependencies=filtered,
        summary="Every hit of an answer, streamed",
        response_class=Response,
        responses={200: {"content": {kind.partition(";")[0]: {} for kind in TYPES.values()}}},
    )
    def exported(request: Request, form: Literal[FORMS], question: Asked) -> Response:  # type: ignore[valid-type]
        return export(service, question, form, str(request.base_url))

    return router


_Facets = Annotated[list[str], Query(max_length=10, description="Fields to count by.", examples=[["speaker", "year"]])]


def _text(question: Question) -> Any:
    return question.query or nodes.Every()


def _searched(speeches: Searcher, question: Question, facets: list[str]) -> Mapping[str, object]:
    results = speeches.search(
        _text(question),
        where=question.where,
        facets=facets,
        limit=question.limit,
        offset=question.offset,
        sort=question.sort,
    )
    here = question.offset + len(results)
    links = {
        "next": question.link("/api/v1/search", offset=here) if question.limit and here < results.total else None,
        "prev": question.link("/api/v1/search", offset=max(0, question.offset - question.limit))
        if question.offset
        else None,
    }
    return {**results_json(results), "links": links}


def _speech(speeches: Searcher, id: str) -> Mapping[str, object]:
    found = speeches.speech(id)
    if found is None:
        raise NotFound(f"no speech has the id {id!r}")
    return speech_json(found)


def _tagged(request: Request, service: Service, ask: Callable[[Searcher], Mapping[str, object]]) -> Response:
    """The answer with an ETag of its generation and address: the same question to the same generation is the same."""
    searcher = service.searcher()
    seed = f"{searcher.generation} {request.url.path}?{request.url.query}"
    tag = f'"{hashlib.sha256(seed.encode("utf-8", "replace")).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
    if tag in {each.strip() for each in request.headers.get("if-none-match", "").split(",")}:
        return Response(status_code=304, headers=headers)
    body = service.ask(ask)
    if body.get("generation", searcher.generation) != searcher.generation:
        del headers["ETag"]  # a newer generation came in between
    return Response(to_json(dict(body), one_line=True), headers=headers, media_type="application/json")
