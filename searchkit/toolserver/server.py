"""The tools of an assistant, over the official SDK: on standard input and output, or over HTTP on loopback."""

from __future__ import annotations

import functools
from collections.abc import Awaitable, Callable
from typing import Annotated, Any, Literal

import uvicorn
from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.server.transport_security import TransportSecuritySettings
from pydantic import Field

from searchkit.errors import QueryError, SearchkitError
from searchkit.presenting import facets_json, trend_json
from searchkit.query import nodes
from searchkit.searching import Searcher
from searchkit.toolserver.answers import contexts, found, quoted, shown
from searchkit.version import VERSION
from searchkit.web import Settings
from searchkit.web.safety import Safety
from searchkit.web.service import Service

__all__ = ["run", "tool_server"]

Tool = Callable[..., Awaitable[dict[str, Any]]]

_INSTRUCTIONS = """\
Search an index of speeches: who said these words, where, when, how often, since when. Answers are exact and literal.
Quote only text that a tool returned, with its citation; `speech` gives more of the text around an offset.
Query language: words (AND), "exact phrase", OR, -without, a NEAR/5 b, begin*, speaker:name, venue:name, quoting:name,
date:2024-06, 2008..2010. `said:words` finds words in somebody's direct speech. A snippet's voice tells whose words it
is: the speaker's, a quoted person's, or the reporter's; never give words to another.
"""
_Query = Annotated[str, Field(description="In searchkit's query language.", max_length=10_000)]
_Limit = Annotated[int, Field(ge=1, le=20, description="At most how many.")]
_Offset = Annotated[int, Field(ge=0, le=1_000_000, description="Leave out so many before them.")]
_Name = Annotated[str | None, Field(max_length=200, description="Words in a row of a person's name.")]


def tool_server(settings: Settings) -> MCPServer:
    """Which server offers the index of `settings` to an assistant?"""
    service = Service(settings)
    server = MCPServer("searchkit", instructions=_INSTRUCTIONS, version=VERSION)

    def tool(answer: Tool) -> None:
        server.tool(structured_output=False)(_told(answer))

    async def search(
        query: _Query,
        limit: _Limit = 5,
        offset: _Offset = 0,
        sort: Literal["relevance", "newest", "oldest"] = "relevance",
    ) -> dict[str, Any]:
        """Which speeches answer, how many are there, and which verbatim snippets show it?"""
        return await service.ask(lambda speeches: found(speeches.search(query, limit=limit, offset=offset, sort=sort)))

    async def speech(
        id: Annotated[str, Field(max_length=2_000, description="As a hit gives it.")],
        start: Annotated[int, Field(ge=0, description="The character to begin with.")] = 0,
    ) -> dict[str, Any]:
        """What does one speech say?  Its text, piece by piece, with who is quoted in it."""

        def ask(speeches: Searcher) -> dict[str, Any]:
            whole = speeches.speech(id)
            if whole is None:
                near = ", ".join(speeches.similar_ids(id))
                raise ToolError(f"no speech has the id {id!r}" + (f"; near it: {near}" if near else ""))
            return shown(whole, start)

        return await service.ask(ask)

    async def quotes(
        query: _Query = "", speaker: _Name = None, limit: _Limit = 10, offset: _Offset = 0
    ) -> dict[str, Any]:
        """In which words is somebody quoted inside texts?  Every quotation that holds the query's words."""
        names = (speaker,) if speaker else ()
        return await service.ask(
            lambda speeches: quoted(speeches.quotes(query, speaker=names, limit=limit, offset=offset))
        )

    async def facets(
        query: _Query = "",
        by: Annotated[str, Field(max_length=60, description="speaker, venue, source, year, month, kind …")] = "speaker",
        limit: Annotated[int, Field(ge=1, le=100)] = 20,
    ) -> dict[str, Any]:
        """How do all matching speeches spread over the values of a field?  Exact counts."""

        def ask(speeches: Searcher) -> dict[str, Any]:
            results = speeches.facets(query or nodes.Every(), [by], limit=limit)
            return {"understood": results.understood, "total": results.total, "facets": facets_json(results.facets)}

        return await service.ask(ask)

    async def trend(
        query: _Query, by: Annotated[str, Field(max_length=60, description="year, month, speaker …")] = "year"
    ) -> dict[str, Any]:
        """How often do the words stand in each year, and how often in a million words spoken then?"""
        return await service.ask(lambda speeches: dict(trend_json(speeches.trend(query, by))))

    async def kwic(
        query: _Query,
        window: Annotated[int, Field(ge=1, le=30)] = 8,
        limit: Annotated[int, Field(ge=1, le=50)] = 20,
        offset: _Offset = 0,
    ) -> dict[str, Any]:
        """In which surroundings do the words stand?  One line for each occurrence."""
        return await service.ask(
            lambda speeches: contexts(speeches.kwic(query, window=window, limit=limit, offset=offset))
        )

    for answer in (search, speech, quotes, facets, trend, kwic):
        tool(answer)
    return server


def _told(answer: Tool) -> Tool:
    """The tool `answer`, its errors worded so that an assistant can correct its query."""

    @functools.wraps(answer)
    async def told(*given: Any, **named: Any) -> dict[str, Any]:
        try:
            return await answer(*given, **named)
        except QueryError as error:
            place = f"; it stands at {error.start}-{error.end} of {error.query!r}" if error.query else ""
            near = f"; instead: {', '.join(error.suggestions)}" if error.suggestions else ""
            raise ToolError(f"{error}{place}{near}") from error
        except SearchkitError as error:
            raise ToolError(str(error)) from error

    return told


def run(settings: Settings, *, over_http: bool = False) -> None:
    """Serve an assistant until it goes: on standard input and output, or at /mcp over HTTP, as safe as the page."""
    server = tool_server(settings)
    if not over_http:
        server.run("stdio")
        return
    # Names and tokens are looked at by the same guard as the page's; the SDK's own list would stand beside it.
    security = TransportSecuritySettings(enable_dns_rebinding_protection=False)
    app = Safety(server.streamable_http_app(transport_security=security), settings)
    uvicorn.run(app, host=settings.host, port=settings.port, server_header=False, access_log=settings.log_queries)
