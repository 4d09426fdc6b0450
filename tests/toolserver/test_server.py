"""A real client of the protocol asks the tools: in the same process, over standard input, and over HTTP."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

mcp = pytest.importorskip("mcp", reason="the extra [mcp] is not installed")
from mcp import Client, StdioServerParameters  # noqa: E402

import searchkit  # noqa: E402
from searchkit import sample  # noqa: E402
from searchkit.toolserver import tool_server  # noqa: E402
from searchkit.web import Settings  # noqa: E402

PORT = 8791


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tools") / "index"
    searchkit.build([str(sample.pages())], folder)
    return folder


def asked(server: Any, ask: Callable[[Client], Awaitable[Any]]) -> Any:
    async def session() -> Any:
        async with Client(server) as client:
            return await ask(client)

    return asyncio.run(session())


def called(server: Any, tool: str, **arguments: Any) -> Any:
    result = asked(server, lambda client: client.call_tool(tool, arguments))
    text = result.content[0].text
    assert not result.is_error, text
    return json.loads(text)


def test_every_tool_says_what_it_answers(index: Path) -> None:
    tools = asked(tool_server(Settings(index)), lambda client: client.list_tools()).tools
    assert [tool.name for tool in tools] == ["search", "speech", "quotes", "facets", "trend", "kwic"]
    assert all(tool.description for tool in tools)


def test_a_hit_can_be_quoted_with_its_source(index: Path) -> None:
    server = tool_server(Settings(index))
    answer = called(server, "search", query='"Shusha Declaration"', limit=3)
    assert answer["total"] == 9
    for hit in answer["hits"]:
        assert hit["citation"]
        whole = called(server, "speech", id=hit["id"])
        for piece in hit["snippets"]:
            assert whole["text"][piece["start"] : piece["end"]] == piece["text"]


def test_counts_agree_between_the_tools(index: Path) -> None:
    server = tool_server(Settings(index))
    total = called(server, "search", query="declaration")["total"]
    assert (
        sum(v["count"] for v in called(server, "facets", query="declaration", by="year")["facets"]["year"]["values"])
        == total
    )
    assert sum(v["count"] for v in called(server, "trend", query="declaration")["values"]) == total
    lines = called(server, "kwic", query="declaration", limit=50)
    assert len(lines["lines"]) == min(50, lines["occurrences"])


def test_quotes_name_who_is_quoted(index: Path) -> None:
    answer = called(tool_server(Settings(index)), "quotes", speaker="Gasimzade")
    assert answer["total"] > 0
    assert {hit["quoted"] for hit in answer["quotes"]} == {"Narmin Gasimzade"}


@pytest.mark.parametrize(
    ("tool", "arguments", "told"),
    [
        ("search", {"query": "speeker:aliyev"}, "there is no field 'speeker'"),
        ("search", {"query": ""}, "empty"),
        ("speech", {"id": "nothing"}, "no speech has the id"),
        ("facets", {"query": "peace", "by": "colour"}, "no facet"),
    ],
)
def test_a_mistake_is_told_so_that_it_can_be_corrected(
    index: Path, tool: str, arguments: dict[str, Any], told: str
) -> None:
    result = asked(tool_server(Settings(index)), lambda client: client.call_tool(tool, arguments))
    assert result.is_error
    assert told in result.content[0].text


def test_over_standard_input(index: Path) -> None:
    started = StdioServerParameters(command=sys.executable, args=["-m", "searchkit", "mcp", "--index", str(index)])
    assert called(started, "search", query='"Shusha Declaration"')["total"] == 9


def test_over_http(index: Path) -> None:
    command = [sys.executable, "-m", "searchkit", "mcp", "--http", "--port", str(PORT), "--index", str(index)]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
        try:
            for attempt in range(100):
                try:
                    assert called(f"http://127.0.0.1:{PORT}/mcp", "search", query='"Shusha Declaration"')["total"] == 9
                    break
                except Exception:
                    if attempt == 99:
                        raise
                    time.sleep(0.2)
        finally:
            process.kill()
