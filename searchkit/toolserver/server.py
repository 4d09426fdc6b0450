"""The tools of an assistant, over the official SDK: on standard input and output, or over HTTP on loopback."""

from __future__ import annotations

import functools
from collections.abc import Awaitable, Callable
from inspect import getdoc
from typing import Annotated, Any, Literal

import uvicorn
from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.server.transport_security import TransportSecuritySettings
from mcp.types import ToolAnnotations
from pydantic import Field

from searchkit.errors import QueryError, SearchkitError
from searchkit.presenting import to_json
from searchkit.query import nodes
from searchkit.searching import Searcher
from searchkit.toolserver.answers import contexts, found, quoted, rates, shown, spread
from searchkit.version import VERSION
from searchkit.web import Settings
from searchkit.web.safety import Safety
from searchkit.web.service import Service

__all__ = ["http_app", "run", "tool_server"]

Tool = Callable[..., Awaitable[dict[str, Any]]]

_INSTRUCTIONS = """\
Search an index of speeches: who said these words, where, when, how often, since when. Answers are exact and literal.

Begin with `search`; read `understood`, which says what was looked for, and `remarks`, which say what is uncertain or
why nothing was found. `facets` tells which speakers, venues, years … there are; `speech` gives more of the text around
an offset.

Quote only text that a tool returned, letter for letter, with its citation and, for a part of a speech, its offsets
(`start` and `end` count characters of that speech's text). A snippet's `voice` tells whose words it is: the speaker's,
a quoted person's, or the reporter's; never give words to another. Totals are exact: do not estimate.

Query language: words (all of them, in any inflection), "exact phrase", OR, -without, brackets, a NEAR/5 b, begin*,
speaker:name, speaker:="Exact Name", venue:name, quoting:name, title:word, date:2024-06, 2008..2010, from:2008-07,
to:2010. said:words finds words in somebody's direct speech.
"""
_READS = ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False)
_Query = Annotated[
    str,
    Field(
        description='Words, "an exact phrase", OR, -without, NEAR/5, speaker:name, venue:name, 2008..2010; see the '
        "server's instructions.",
        max_length=10_000,
        examples=['"Shusha Declaration" speaker:aliyev 2021..2024'],
    ),
]
_Limit = Annotated[int, Field(ge=1, le=20, description="Hits at most.")]
_Offset = Annotated[int, Field(ge=0, le=1_000_000, description="How many to leave out before them: the next page.")]
_Name = Annotated[str | None, Field(max_length=200, description="Who is quoted: words in a row of a person's name.")]
_By = "speaker, quoting, venue, source, kind, role, language, year, month, or a field of the index's own."


def tool_server(settings: Settings) -> MCPServer:
    """Which server offers the index of `settings` to an assistant?"""
    service = Service(settings)
    # Below warnings the SDK logs arguments: what people look for is theirs.
    level: Literal["INFO", "WARNING"] = "INFO" if settings.log_queries else "WARNING"
    server = MCPServer("searchkit", instructions=_INSTRUCTIONS, version=VERSION, log_level=level)
    for answer in (*_of_speeches(service), *_of_counts(service)):
        server.tool(description=getdoc(answer), structured_output=False, annotations=_READS)(_told(answer))
    return server


def _of_speeches(service: Service) -> tuple[Tool, ...]:
    """The tools that answer with words that were said."""

    async def search(
        query: _Query,
        limit: _Limit = 5,
        offset: _Offset = 0,
        sort: Literal["relevance", "newest", "oldest"] = "relevance",
    ) -> dict[str, Any]:
        """Which speeches answer, how many are there in all, and which verbatim snippets show it?

        Each hit has an id, a citation, and snippets with their offsets and whose words they are.
        """
        return await service.ask(lambda speeches: found(speeches.search(query, limit=limit, offset=offset, sort=sort)))

    async def speech(
        id: Annotated[str, Field(max_length=2_000, description="As a hit gives it.")],
        start: Annotated[
            int, Field(ge=0, description="The character to begin with: a snippet's start, or `next_start`.")
        ] = 0,
    ) -> dict[str, Any]:
        """What does one speech say?  Its text, 6,000 characters at a time, and where in it people are quoted."""

        def ask(speeches: Searcher) -> dict[str, Any]:
            whole = speeches.speech(id)
            if whole is None:
                near = ", ".join(speeches.similar_ids(id))
                raise ToolError(f"no speech has the id {id!r}" + (f"; near it: {near}" if near else ""))
            if start > len(whole.text):
                raise ToolError(f"the speech has {len(whole.text)} characters; start is {start}")
            return shown(whole, start)

        return await service.ask(ask)

    async def quotes(
        query: _Query = "", speaker: _Name = None, limit: _Limit = 10, offset: _Offset = 0
    ) -> dict[str, Any]:
        """In which words is somebody quoted inside texts (articles, reports), by whom and where?

        Without a query: every quotation of `speaker`.
        """

        def ask(speeches: Searcher) -> dict[str, Any]:
            names = (speaker,) if speaker else ()
            told = speeches.quotes(query, speaker=names, limit=limit, offset=offset)
            holding = speeches.count(query).total if query and not told.total else None
            return quoted(told, speeches.generation, holding)

        return await service.ask(ask)

    async def kwic(
        query: _Query,
        window: Annotated[int, Field(ge=1, le=30, description="Words on either side.")] = 8,
        limit: Annotated[int, Field(ge=1, le=50, description="Lines at most.")] = 20,
        offset: _Offset = 0,
    ) -> dict[str, Any]:
        """In which surroundings do the words stand?  A line for each occurrence, the oldest first, match in [[ ]].

        `start` and `end` are those of the match; `citations` has one for each speech.
        """

        def ask(speeches: Searcher) -> dict[str, Any]:
            lines = speeches.kwic(query, window=window, limit=limit, offset=offset)
            cited = {id: speech for id in dict.fromkeys(line.id for line in lines) if (speech := speeches.speech(id))}
            return contexts(lines, cited, speeches.generation)

        return await service.ask(ask)

    return search, speech, quotes, kwic


def _of_counts(service: Service) -> tuple[Tool, ...]:
    """The tools that answer with numbers."""

    async def facets(
        query: _Query = "",
        by: Annotated[str, Field(max_length=60, description=_By)] = "speaker",
        limit: Annotated[int, Field(ge=1, le=100, description="Values at most, the most frequent first.")] = 20,
    ) -> dict[str, Any]:
        """How many of all matching speeches are by each speaker, of each venue, year …?  Exact counts.

        Without a query: of the whole index, to see what it holds.
        """

        def ask(speeches: Searcher) -> dict[str, Any]:
            return spread(speeches.facets(query or nodes.Every(), [by], limit=limit), by)

        return await service.ask(ask)

    async def trend(
        query: _Query, by: Annotated[str, Field(max_length=60, description=_By)] = "year"
    ) -> dict[str, Any]:
        """How often do the words stand in each year (month, speaker …), and how often in a million words spoken then?

        Compare `per_million`, not counts: the number of speeches differs from year to year.
        """
        return await service.ask(lambda speeches: rates(speeches.trend(query, by), speeches.generation))

    return facets, trend


def _told(answer: Tool) -> Callable[..., Awaitable[str]]:
    """The tool `answer` as text, its errors worded so that an assistant can correct its query."""

    @functools.wraps(answer)
    async def told(*given: Any, **named: Any) -> str:
        try:
            # On one line: spaces that indent are a quarter of an assistant's context.
            return to_json(await answer(*given, **named), one_line=True)
        except QueryError as error:
            place = f"; it stands at {error.start}-{error.end} of {error.query!r}" if error.query else ""
            near = f"; instead: {', '.join(error.suggestions)}" if error.suggestions else ""
            raise ToolError(f"{error}{place}{near}") from error
        except SearchkitError as error:
            raise ToolError(str(error)) from error

    return told


def http_app(settings: Settings) -> Safety:
    """Which application answers at /mcp, guarded like the page?"""
    # Names, origins and tokens are looked at by the page's own guard; the SDK's list would stand beside it.
    security = TransportSecuritySettings(enable_dns_rebinding_protection=False)
    return Safety(tool_server(settings).streamable_http_app(transport_security=security), settings)


def run(settings: Settings, *, over_http: bool = False) -> None:
    """Serve an assistant until it goes: on standard input and output, or at /mcp over HTTP."""
    if not over_http:
        tool_server(settings).run("stdio")
        return
    app = http_app(settings)
    uvicorn.run(app, host=settings.host, port=settings.port, server_header=False, access_log=settings.log_queries)
