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
from starlette.testclient import TestClient  # noqa: E402

import searchkit  # noqa: E402
from searchkit import sample  # noqa: E402
from searchkit.toolserver import http_app, tool_server  # noqa: E402
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
    assert [tool.name for tool in tools] == ["search", "speech", "quotes", "kwic", "facets", "trend"]
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
    assert sum(v["count"] for v in called(server, "facets", query="declaration", by="year")["values"]) == total
    assert sum(v["speeches"] for v in called(server, "trend", query="declaration")["values"]) == total
    lines = called(server, "kwic", query="declaration", limit=50)
    assert len(lines["lines"]) == min(50, lines["occurrences"])


def test_quotes_name_who_is_quoted(index: Path) -> None:
    answer = called(tool_server(Settings(index)), "quotes", speaker="Gasimzade")
    assert answer["total"] > 0
    assert {hit["quoted"] for hit in answer["quotes"]} == {"Narmin Gasimzade"}


def test_a_line_in_context_can_be_cited(index: Path) -> None:
    server = tool_server(Settings(index))
    answer = called(server, "kwic", query="declaration", limit=50)
    for line in answer["lines"]:
        assert line["id"] in answer["citations"][line["id"]]
        whole = called(server, "speech", id=line["id"], start=line["start"])
        said = line["text"].partition("[[")[2].partition("]]")[0]
        assert whole["text"][: line["end"] - line["start"]] == said
    assert answer["generation"]


def test_no_quotation_is_told_from_no_such_words(tmp_path: Path) -> None:
    searchkit.build([{"id": "one", "text": "We speak of peace."}], tmp_path / "index")
    server = tool_server(Settings(tmp_path / "index"))
    assert called(server, "quotes", query="peace")["remarks"] == [
        "nobody is quoted so; speeches with these words: 1 (ask search)"
    ]
    assert called(server, "quotes", query="war")["remarks"] == []


_LARGE = 40_000
"""Characters: some ten thousand tokens, a twentieth of what assistants have."""


@pytest.mark.parametrize(
    ("tool", "arguments"),
    [
        ("search", {"query": "the", "limit": 20}),
        ("speech", {"id": "long"}),
        ("quotes", {"query": "word", "limit": 20}),
        ("facets", {"by": "month", "limit": 100}),
        ("trend", {"query": "the", "by": "month"}),
        ("kwic", {"query": "the", "window": 30, "limit": 50}),
    ],
)
def test_the_largest_answer_fits_into_a_context_window(tmp_path: Path, tool: str, arguments: dict[str, Any]) -> None:
    months = [f"{year}-{month:02d}" for year in range(1980, 2024) for month in range(1, 13)]
    records = [{"id": f"speech-{at}", "date": month, "text": "the word. " * 40} for at, month in enumerate(months)]
    said = [
        {"id": f"quoting-{at}", "text": f"Mr Smith said: “{'Many a word. ' * 400}”. Then he left for day {at}."}
        for at in range(20)
    ]
    searchkit.build([*records, *said, {"id": "long", "text": "the word. " * 9_000}], tmp_path / "index")
    server = tool_server(Settings(tmp_path / "index"))
    result = asked(server, lambda client: client.call_tool(tool, arguments))
    assert not result.is_error
    assert len(result.content[0].text) < _LARGE


@pytest.mark.parametrize(
    ("tool", "arguments", "told"),
    [
        ("search", {"query": "speeker:aliyev"}, "there is no field 'speeker'"),
        ("search", {"query": ""}, "empty"),
        ("speech", {"id": "nothing"}, "no speech has the id"),
        ("facets", {"query": "peace", "by": "colour"}, "no facet"),
        ("trend", {"query": "peace", "by": "colour"}, "colour"),
        ("kwic", {"query": '"peace'}, "quot"),
        ("speech", {"id": "news/2024-06-15-shusha-conference.html", "start": 10**6}, "characters; start is"),
        ("search", {"query": "peace", "limit": 10**6}, "limit"),
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


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 401),
        ({"Authorization": "Bearer wrong-wrong-wrong"}, 401),
        ({"Authorization": "Bearer right-right-right", "Host": "evil.example"}, 421),
        ({"Authorization": "Bearer right-right-right", "Origin": "https://evil.example"}, 403),
        ({"Authorization": "Bearer right-right-right", "Origin": "null"}, 403),
        ({"Authorization": "Bearer right-right-right"}, 200),
        ({"Authorization": "Bearer right-right-right", "Origin": "http://127.0.0.1:8000"}, 200),
    ],
)
def test_over_http_it_is_guarded_like_the_page(index: Path, headers: dict[str, str], status: int) -> None:
    hello = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}}
    asked = {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": hello}
    app = http_app(Settings(index, token="right-right-right"))
    with TestClient(app, base_url="http://127.0.0.1:8000") as client:
        answer = client.post("/mcp", json=asked, headers={"Accept": "application/json, text/event-stream", **headers})
        assert answer.status_code == status, answer.text


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
