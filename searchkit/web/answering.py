"""How a program is answered: JSON with an ETag of its generation, links through long answers, problems that point."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any
from urllib.parse import urlencode

import orjson
from fastapi import Request
from fastapi.responses import JSONResponse, Response

from searchkit.errors import SearchkitError
from searchkit.presenting import to_json
from searchkit.searching import Searcher
from searchkit.web.problems import problem_of
from searchkit.web.service import Service

__all__ = ["PROBLEMS", "encoded", "linked", "problem_response", "tagged"]

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


async def tagged(request: Request, service: Service, ask: Callable[[Searcher], Mapping[str, object]]) -> Response:
    """The answer with an ETag of its generation and address: the same question to the same generation is the same.

    Whoever has it already is told so without waiting for a turn.
    """
    known = {each.strip() for each in request.headers.get("if-none-match", "").split(",")} - {""}
    if known and (tag := _tag(request, await service.generation())) in known:
        return Response(status_code=304, headers=_headers(tag))

    def answer(speeches: Searcher) -> Response:
        headers = _headers(_tag(request, speeches.generation))
        return Response(encoded(ask(speeches)), headers=headers, media_type="application/json")

    return await service.ask(answer)


def encoded(answer: Mapping[str, object]) -> bytes:
    """`answer` as JSON on one line."""
    try:
        return orjson.dumps(answer)
    except orjson.JSONEncodeError:  # half a character, as in the name of a file that is not UTF-8
        return to_json(dict(answer), one_line=True).encode()


def _tag(request: Request, generation: str | None) -> str:
    # The day too: `yesterday` is another one tomorrow.
    seed = f"{generation} {date.today()} {request.url.path}?{request.url.query}"
    return f'"{hashlib.sha256(seed.encode("utf-8", "replace")).hexdigest()[:32]}"'


def _headers(tag: str) -> dict[str, str]:
    return {"ETag": tag, "Cache-Control": "private, no-cache"}


def linked(request: Request, *, offset: int, limit: int, shown: int, total: int) -> dict[str, str | None]:
    """At which addresses stand the next and the former piece of this answer?  None where there is none."""
    there = offset + shown < total and shown > 0
    return {
        "next": _at(request, offset + shown) if there else None,
        "prev": _at(request, max(0, offset - limit)) if offset and limit else None,
    }


def _at(request: Request, offset: int) -> str:
    kept = [(name, value) for name, value in request.query_params.multi_items() if name != "offset"]
    return f"{request.url.path}?{urlencode([*kept, ('offset', str(offset))] if offset else kept)}"
