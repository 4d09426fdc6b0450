"""The library over HTTP, under /api/v1: the same shapes as `--json`, errors as problem+json, ETags by generation."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Path, Request
from fastapi.responses import JSONResponse, Response

from searchkit.errors import SearchkitError
from searchkit.presenting import count_json, facets_json, results_json, speech_json, stats_json, to_json
from searchkit.searching import Searcher
from searchkit.web.asking import MOST_VALUES, Question
from searchkit.web.exports import FORMS, TYPES, export
from searchkit.web.parameters import Asked, Facets, asked_text, ticked
from searchkit.web.problems import NotFound, problem_of
from searchkit.web.service import Service

__all__ = ["PROBLEMS", "api", "problem_response", "tagged"]

PROBLEMS: dict[int | str, dict[str, Any]] = {
    400: {"description": "The query or a parameter cannot be understood; start and end point at the place.",
          "content": {"application/problem+json": {"example": {
              "type": "about:blank#query", "title": "Bad Request", "status": 400, "code": "query",
              "detail": "there is no field 'speeker'", "query": "speeker:aliyev", "start": 0, "end": 7,
              "suggestions": ["speaker"]}}}},
    401: {"description": "A token is needed."},
    404: {"description": "Nothing stands there."},
    503: {"description": "Too many questions, too long an answer, or no index; Retry-After says when to come back."},
}  # fmt: skip


def problem_response(error: SearchkitError) -> Response:
    """How is `error` told to a program?"""
    problem = problem_of(error)
    return JSONResponse(problem.json(), int(problem.status), problem.headers, media_type="application/problem+json")


def api(service: Service) -> APIRouter:
    """Which routes answer programs?"""
    router = APIRouter(prefix="/api/v1", responses=PROBLEMS)
    filtered = [Depends(ticked)]

    def answer(request: Request, ask: Callable[[Searcher], Mapping[str, object]]) -> Response:
        return tagged(request, service, ask)

    @router.get("/search", dependencies=filtered, summary="Which speeches answer, how many, and which words show it?")
    def search(request: Request, question: Asked, facet: Facets = []) -> Response:  # noqa: B006
        return answer(request, lambda speeches: _searched(speeches, question, facet))

    @router.get("/count", dependencies=filtered, summary="How many speeches answer?")
    def count(request: Request, question: Asked) -> Response:
        return answer(request, lambda speeches: count_json(speeches.count(asked_text(question), where=question.where)))

    @router.get("/facets", dependencies=filtered, summary="How do the matches spread over these fields?")
    def facets(request: Request, question: Asked, by: Facets) -> Response:
        return answer(
            request,
            lambda speeches: facets_json(
                speeches.facets(asked_text(question), by, where=question.where, limit=MOST_VALUES).facets
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


def _searched(speeches: Searcher, question: Question, facets: list[str]) -> Mapping[str, object]:
    results = speeches.search(
        asked_text(question),
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


def tagged(request: Request, service: Service, ask: Callable[[Searcher], Mapping[str, object]]) -> Response:
    """The answer with an ETag of its generation and address: the same question to the same generation is the same."""
    searcher = service.held()
    seed = f"{searcher.generation} {request.url.path}?{request.url.query}"
    tag = f'"{hashlib.sha256(seed.encode("utf-8", "replace")).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
    if tag in {each.strip() for each in request.headers.get("if-none-match", "").split(",")}:
        return Response(status_code=304, headers=headers)
    body = service.ask(ask, searcher)
    return Response(to_json(dict(body), one_line=True), headers=headers, media_type="application/json")
