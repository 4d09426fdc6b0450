"""Puts the parts together: one ASGI application for one index."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from starlette.exceptions import HTTPException
from starlette.staticfiles import StaticFiles

from searchkit.errors import IndexDamaged, IndexMissing, SearchkitError, UsageError
from searchkit.version import VERSION
from searchkit.web.answering import problem_response
from searchkit.web.api import api
from searchkit.web.examples import with_examples
from searchkit.web.health import Figures, Watching, health
from searchkit.web.pages import error_page, pages
from searchkit.web.problems import NotFound
from searchkit.web.safety import Safety
from searchkit.web.service import Service
from searchkit.web.settings import Settings
from searchkit.web.templating import Templates
from searchkit.web.views import views
from searchkit.web.words_api import words_api

__all__ = ["create_app"]


class _Application(FastAPI):
    def openapi(self) -> dict[str, Any]:
        """What describes the API to programs, made once."""
        if self.openapi_schema is None:
            self.openapi_schema = with_examples(super().openapi())
        return self.openapi_schema


def create_app(settings: Settings) -> FastAPI:
    """Which application answers as `settings` say?  It opens the index when it is first asked."""
    service, templates, figures = Service(settings), Templates(), Figures()

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        yield
        service.close()

    app = _Application(
        title="searchkit",
        version=VERSION,
        summary="Who said these words, where, when, how often, and since when?",
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
        lifespan=lifespan,
    )
    app.include_router(api(service))
    app.include_router(words_api(service))
    app.include_router(pages(service, templates))
    app.include_router(views(service, templates))
    app.include_router(health(service, figures))
    app.mount("/static", StaticFiles(directory=Path(__file__).parent / "static"), name="static")

    def answer(request: Request, error: SearchkitError) -> Response:
        if request.url.path.startswith("/api/"):
            return problem_response(error)
        return error_page(templates, request, error)

    @app.exception_handler(SearchkitError)
    async def told(request: Request, error: Exception) -> Response:
        assert isinstance(error, SearchkitError)
        if isinstance(error, (IndexMissing, IndexDamaged)):
            logging.getLogger("uvicorn.error").error("%s", error)  # a stranger is not told which file it is
        return answer(request, error)

    @app.exception_handler(HTTPException)
    async def refused(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        if error.status_code == 404:
            return answer(request, NotFound("nothing stands at this address"))
        return Response(f"{error.detail}\n", error.status_code, error.headers, "text/plain")

    @app.exception_handler(RequestValidationError)
    async def unreadable(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        first = error.errors()[0]
        return answer(request, UsageError(f"{first['loc'][-1]}: {first['msg']}"))

    app.add_middleware(Watching, figures=figures)
    app.add_middleware(Safety, settings=settings)
    return app
