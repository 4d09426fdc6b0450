"""What an operator asks: is it alive, can it answer, how much was asked and how long did it take?"""

from __future__ import annotations

import threading
import time
from collections import Counter
from datetime import UTC, datetime

from fastapi import APIRouter
from fastapi.responses import JSONResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from searchkit.errors import SearchkitError
from searchkit.web.service import Service

__all__ = ["Figures", "Watching", "health"]

_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Upper bounds in seconds, as Prometheus clients have them by default."""


class Figures:
    """Counts requests by status and by time taken; nothing of what was asked is kept."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._statuses: Counter[int] = Counter()
        self._buckets: Counter[float] = Counter()
        self._seconds = 0.0

    def count(self, status: int, seconds: float) -> None:
        """Take in one request."""
        with self._lock:
            self._statuses[status] += 1
            self._seconds += seconds
            self._buckets[next((bound for bound in _BUCKETS if seconds <= bound), float("inf"))] += 1

    def lines(self) -> list[str]:
        """The figures in Prometheus's text format."""
        with self._lock:
            statuses, buckets, seconds = dict(self._statuses), dict(self._buckets), self._seconds
        lines = ["# TYPE searchkit_requests_total counter"]
        lines += [
            f'searchkit_requests_total{{status="{status}"}} {count}' for status, count in sorted(statuses.items())
        ]
        lines.append("# TYPE searchkit_request_seconds histogram")
        total = 0
        for bound in (*_BUCKETS, float("inf")):
            total += buckets.get(bound, 0)
            shown = "+Inf" if bound == float("inf") else f"{bound:g}"
            lines.append(f'searchkit_request_seconds_bucket{{le="{shown}"}} {total}')
        lines += [f"searchkit_request_seconds_sum {seconds:.6f}", f"searchkit_request_seconds_count {total}"]
        return lines


class Watching:
    """An ASGI application around another, whose requests it counts."""

    def __init__(self, app: ASGIApp, figures: Figures) -> None:
        self._app = app
        self._figures = figures

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request on, and count it once it is answered."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started, status = time.perf_counter(), 500

        async def seen(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, seen)
        finally:
            self._figures.count(status, time.perf_counter() - started)


def health(service: Service, figures: Figures) -> APIRouter:
    """Which routes tell an operator how the server does?"""
    router = APIRouter(include_in_schema=False)

    @router.get("/healthz")
    async def healthz() -> Response:
        return PlainTextResponse("alive\n")

    @router.get("/readyz")
    async def readyz() -> Response:
        try:
            searcher = service.searcher()
            return JSONResponse({"ready": True, "generation": searcher.generation, "speeches": len(searcher)})
        except SearchkitError as error:
            return JSONResponse({"ready": False, "code": error.code}, 503)

    @router.get("/metrics")
    async def metrics() -> Response:
        lines = figures.lines()
        try:
            searcher = service.held()
        except SearchkitError:
            searcher = None
        if searcher is not None and searcher.created:
            age = (datetime.now(UTC) - datetime.fromisoformat(searcher.created)).total_seconds()
            lines += ["# TYPE searchkit_generation_age_seconds gauge", f"searchkit_generation_age_seconds {age:.0f}"]
            lines += ["# TYPE searchkit_speeches gauge", f"searchkit_speeches {len(searcher)}"]
        return PlainTextResponse("\n".join(lines) + "\n", media_type="text/plain; version=0.0.4")

    return router
