"""Parameters read in one go are those that FastAPI would have read."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlencode

import pytest
from fastapi import APIRouter, FastAPI, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from searchkit.web.calling import Call
from searchkit.web.parameters import KwicParameters, SearchParameters, Some

MODELS: dict[str, type[BaseModel]] = {"search": SearchParameters, "kwic": KwicParameters, "some": Some}
NAMES = ("q", "speaker", "year", "from", "since", "limit", "offset", "facet", "snippets", "group", "sort", "party", "")
VALUES = st.sampled_from(("", "0", "7", "-1", "101", "1e3", " 5", "true", "copies", "newest", "left", "2020", "x", "é"))


def read_by(route: type[APIRoute]) -> TestClient:
    app, router = FastAPI(), APIRouter(route_class=route)

    def add(path: str, model: type[BaseModel]) -> None:
        async def read(request: Request, asked: Annotated[model, Query()]) -> Response:  # type: ignore[valid-type]
            return JSONResponse({**asked.model_dump(), "type": type(asked).__name__})

        read.__annotations__.update(request=Request, asked=Annotated[model, Query()])
        router.add_api_route(f"/{path}", read)

    for path, model in MODELS.items():
        add(path, model)
    app.include_router(router)

    @app.exception_handler(RequestValidationError)
    async def unreadable(_request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        return JSONResponse([(each["loc"][-1], each["msg"]) for each in error.errors()], 400)

    return TestClient(app)


OURS, THEIRS = read_by(Call), read_by(APIRoute)


@settings(deadline=None, max_examples=150)
@given(st.sampled_from(sorted(MODELS)), st.lists(st.tuples(st.sampled_from(NAMES), VALUES), max_size=6))
def test_any_address_is_read_alike(path: str, pairs: list[tuple[str, str]]) -> None:
    address = f"/{path}?{urlencode(pairs)}"
    ours, theirs = OURS.get(address), THEIRS.get(address)
    assert (ours.status_code, ours.json()) == (theirs.status_code, theirs.json())


@pytest.mark.parametrize("path", sorted(MODELS))
def test_the_description_is_the_same(path: str) -> None:
    assert (
        OURS.get("/openapi.json").json()["paths"][f"/{path}"] == THEIRS.get("/openapi.json").json()["paths"][f"/{path}"]
    )
